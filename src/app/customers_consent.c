#include "customers_private.h"
#include "json_out.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_customer.h"

/* --- the addresses of a customer --- */

/* Calls `each` for every normalised address, the main ones and the further ones. */
static bool each_address(struct session *s, const struct customer *c,
	bool (*each)(void *data, enum address_kind kind, const char *value, struct err *err),
	void *data, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct contact *list;
	bool ok;
	int n;

	ok = (!*c->email_key || each(data, ADDRESS_EMAIL, c->email_key, err)) &&
	     (!*c->phone_e164 || each(data, ADDRESS_PHONE, c->phone_e164, err)) &&
	     store_contacts_of(s->db, s->company.id, c->id, &a, &list, &n, err);
	for (int i = 0; ok && i < n; i++) {
		enum address_kind kind = address_of_contact(list[i].kind);

		if (kind != ADDRESS_KINDS && *list[i].value)
			ok = each(data, kind, list[i].value, err);
	}
	arena_release(&a);
	return ok;
}

/* What is said of a record that was merged away is said of the one it lives on in. */
static bool living(
	struct session *s, int64_t id, struct arena *a, struct customer *out, struct err *err)
{
	return store_customer_get(s->db, s->company.id, id, a, out, err) &&
	       (!out->merged_into ||
		       store_customer_get(s->db, s->company.id, out->merged_into, a, out, err));
}

/* --- stop writing --- */

struct stopping {
	struct session *s;
	struct tally *tally;
	uint32_t kinds; /* 1 << enum address_kind */
	int suppressed;
};

static bool stop_address(void *data, enum address_kind kind, const char *value, struct err *err)
{
	struct stopping *st = data;
	struct suppression s = { .company_id = st->s->company.id,
		.kind = kind,
		.value = value,
		.reason = SUPPRESSED_REFUSED,
		.at = session_now(st->s),
		.actor = st->s->actor.login };
	bool added = false;

	if (!(st->kinds & UINT32_C(1) << kind))
		return true;
	if (!store_suppress(st->s->db, &s, &added, st->tally, err))
		return false;
	st->suppressed += added;
	return true;
}

static struct consent_event said_by(const struct session *s, int64_t customer_id)
{
	struct consent_event e = CONSENT_EVENT_INIT;

	e.company_id = s->company.id;
	e.customer_id = customer_id;
	e.at = e.noted_at = session_now(s);
	e.actor = s->actor.login;
	return e;
}

/* All channels mean marketing as a whole: what comes later is refused with them. */
static uint32_t refused_by(uint32_t channels, uint32_t *kinds)
{
	uint32_t refused = channels ? 0 : CONSENT_BIT(CONSENT_MARKETING);

	*kinds = 0;
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		enum channel channel = (enum channel)i;

		if (channels && !(channels & UINT32_C(1) << i))
			continue;
		refused |= CONSENT_BIT(consent_of_channel(channel));
		*kinds |= UINT32_C(1) << address_of_channel(channel);
	}
	return refused;
}

static bool stop(struct change *ch, const struct stop_request *r, struct stop_result *result,
	struct arena *a, struct err *err)
{
	struct session *s = ch->s;
	struct consent_event e = said_by(s, 0);
	struct stopping st = { .s = s, .tally = &ch->tally };
	struct consent_outcome outcome;
	struct customer c;

	e.refused = refused_by(r->channels, &st.kinds);
	e.source = r->source;
	e.note = r->note;
	if (!living(s, r->customer_id, a, &c, err))
		return false;
	e.customer_id = c.id;
	if (!store_consent_add(s->db, &e, &outcome, &ch->tally, err))
		return false;
	result->refused = e.refused;
	if (r->suppress && !each_address(s, &c, stop_address, &st, err))
		return false;
	result->suppressed = st.suppressed;
	return true;
}

bool customers_stop_writing(struct session *s, const struct stop_request *request,
	struct stop_result *result, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct change ch;
	char detail[64];
	bool ok;

	*result = (struct stop_result){ .refused = 0 };
	ok = change_begin(&ch, s, RIGHT_REFUSAL, err) && stop(&ch, request, result, &a, err);
	snprintf(detail, sizeof(detail), "{\"refused\":%u,\"suppressed\":%d}", result->refused,
		result->suppressed);
	ok = change_end(&ch, ok, "customer.stop", "customer", request->customer_id, detail, err);
	arena_release(&a);
	return ok;
}

/* --- consents --- */

bool customers_consent(struct session *s, struct consent_event *event, struct consent_outcome *out,
	struct err *err)
{
	enum right right =
		event->granted || event->cleared ? RIGHT_CUSTOMERS_CHANGE : RIGHT_REFUSAL;
	struct arena a = ARENA_INIT;
	struct customer c;
	struct change ch;
	char detail[96];
	bool ok;

	event->company_id = s->company.id;
	event->noted_at = session_now(s);
	event->actor = s->actor.login;
	if (event->at > event->noted_at)
		event->at = event->noted_at; /* nobody says a thing tomorrow */
	ok = change_begin(&ch, s, right, err) && living(s, event->customer_id, &a, &c, err);
	if (ok)
		event->customer_id = c.id;
	ok = ok && store_consent_add(s->db, event, out, &ch.tally, err);
	arena_release(&a);
	snprintf(detail, sizeof(detail), "{\"granted\":%u,\"refused\":%u,\"cleared\":%u}",
		event->granted, event->refused, event->cleared);
	return change_end(&ch, ok, "consent.add", "customer", event->customer_id, detail, err);
}

/* A line taken back takes along what it put on the list of addresses. */
struct taking_back {
	struct session *s;
	struct tally *tally;
	const struct consent_event *line;
	struct arena *a;
};

static bool take_back_address(
	void *data, enum address_kind kind, const char *value, struct err *err)
{
	struct taking_back *t = data;
	struct suppression found;

	if (!store_suppressed(t->s->db, t->s->company.id, kind, value, t->a, &found, err))
		return false;
	if (!found.id || found.at != t->line->noted_at || strcmp(found.actor, t->line->actor) ||
		strcmp(found.reason, SUPPRESSED_REFUSED))
		return true;
	return store_unsuppress(
		t->s->db, t->s->company.id, found.id, session_now(t->s), t->tally, err);
}

static bool correct(struct change *ch, int64_t customer_id, int64_t line, const char *reason,
	enum consent_verdict *verdict, struct arena *a, struct err *err)
{
	struct session *s = ch->s;
	struct consent_event e = said_by(s, customer_id), *slip;
	struct consent_outcome outcome;
	struct taking_back t = { .s = s, .tally = &ch->tally, .a = a };
	struct customer c;
	int n;

	e.corrects_id = line;
	e.note = reason;
	if (!store_customer_get(s->db, s->company.id, customer_id, a, &c, err) ||
		!store_consent_correct(s->db, &e, s->actor.roles & ROLE_BIT(ROLE_ADMIN), verdict,
			&outcome, &ch->tally, err))
		return false;
	if (*verdict != CONSENT_OK)
		return true;
	if (!store_consent_history(
		    s->db, s->company.id, customer_id, line + 1, 1, a, &slip, &n, err))
		return false;
	t.line = slip;
	return each_address(s, &c, take_back_address, &t, err);
}

bool customers_consent_correct(struct session *s, int64_t customer_id, int64_t line,
	const char *reason, enum consent_verdict *verdict, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct change ch;
	bool ok;

	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     correct(&ch, customer_id, line, reason, verdict, &a, err);
	if (ok && *verdict != CONSENT_OK)
		db_rollback(s->db);
	else
		ok = change_end(&ch, ok, "consent.correct", "customer", customer_id, "", err);
	arena_release(&a);
	return ok;
}

bool customers_consents(struct session *s, int64_t customer_id, int64_t before, int n,
	struct arena *a, struct consent_event **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_consent_history(
		       s->db, s->company.id, customer_id, before, n, a, out, count, err);
}

bool customers_wording(
	struct session *s, const char *language, const char *text, int64_t *id, struct err *err)
{
	struct change ch;
	enum lang lang;
	bool ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err);

	if (ok && (!*text || !lang_parse(language, &lang)))
		ok = err_set(err, ERR_INVALID, *text ? language : text, "wording");
	*id = 0;
	ok = ok && store_consent_wording(s->db, s->company.id, language, text, id, err);
	return change_end(&ch, ok, "consent.wording", "wording", *id, "", err);
}

/* --- addresses never written to --- */

bool customers_suppress(struct session *s, enum address_kind kind, const char *typed,
	const char *reason, bool *added, struct err *err)
{
	static const enum contact_kind contacts[ADDRESS_KINDS] = {
		[ADDRESS_EMAIL] = CONTACT_EMAIL,
		[ADDRESS_PHONE] = CONTACT_PHONE,
		[ADDRESS_FACEBOOK] = CONTACT_FACEBOOK,
		[ADDRESS_INSTAGRAM] = CONTACT_INSTAGRAM,
	};
	struct arena a = ARENA_INIT;
	struct contact c = CONTACT_INIT;
	struct suppression made = { .company_id = s->company.id,
		.kind = kind,
		.reason = reason,
		.at = session_now(s),
		.actor = s->actor.login };
	struct change ch;
	bool ok;

	*added = false;
	c.kind = contacts[kind];
	c.typed = typed;
	contact_normalise(&c, &s->company, &a);
	made.value = c.value;
	ok = change_begin(&ch, s, RIGHT_REFUSAL, err);
	if (ok && (!*c.value || !text_is_plain(reason)))
		ok = err_set(err, ERR_INVALID, typed, "%s", address_kind_word(kind));
	ok = ok && store_suppress(s->db, &made, added, &ch.tally, err);
	if (ok && !*added)
		db_rollback(s->db);
	else
		ok = change_end(&ch, ok, "suppression.add", "suppression", made.id, "", err);
	arena_release(&a);
	return ok;
}

bool customers_unsuppress(struct session *s, int64_t id, const char *proof, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	struct change ch;
	bool ok = change_begin(&ch, s, RIGHT_GDPR, err);

	if (ok && !*proof)
		ok = err_set(err, ERR_INVALID, "", "an address comes off the list by a proof");
	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "proof", proof);
	json_out_end(&o);
	ok = ok && json_out_finish(&o, err) &&
	     store_unsuppress(s->db, s->company.id, id, session_now(s), &ch.tally, err);
	ok = change_end(&ch, ok, "suppression.lift", "suppression", id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

bool customers_suppressions(struct session *s, int64_t before, int n, struct arena *a,
	struct suppression **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_suppressions(s->db, s->company.id, before, n, a, out, count, err);
}
