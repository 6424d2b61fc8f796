#include "store_consent.h"

#include "email.h"
#include "phone.h"
#include "stmt.h"
#include "store_tombstone.h"

/* Who a line is about: what their consents are, and where they can be reached. */
struct person {
	uint32_t consents;
	bool counted; /* not merged away */
	char email[EMAIL_MAX + 1];
	char phone[PHONE_MAX + 2];
};

static void set_addresses(struct person *p, const char *email, const char *phone)
{
	snprintf(p->email, sizeof(p->email), "%s", email);
	snprintf(p->phone, sizeof(p->phone), "%s", phone);
}

static bool find_person(
	struct db *db, int64_t company_id, int64_t customer_id, struct person *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_CUSTOMER);
	enum step step;

	stmt_i64(q, "id", customer_id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		*out = (struct person){ .consents = (uint32_t)col_i64(q, 0),
			.counted = col_i64(q, 3) };
		set_addresses(out, col_text(q, 1), col_text(q, 2));
	}
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "customer", "%lld", (long long)customer_id);
	return step == STEP_ROW;
}

/* --- who can be reached --- */

static bool is_suppressed(struct db *db, int64_t company_id, enum address_kind kind,
	const char *value, bool *yes, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SUPPRESSION_FIND);
	int64_t id;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", address_kind_word(kind));
	stmt_text(q, "value", value);
	if (!stmt_number(q, 0, &id, err))
		return false;
	*yes = id;
	return true;
}

/* Whether an address may be written to, as far as it matters for these consents. */
static bool works(struct db *db, int64_t company_id, uint32_t consents, enum channel channel,
	const char *value, bool *yes, struct err *err)
{
	bool stopped = false;

	*yes = *value && consent_may_send(consents, channel, false);
	if (*yes &&
		!is_suppressed(db, company_id, address_of_channel(channel), value, &stopped, err))
		return false;
	*yes = *yes && !stopped;
	return true;
}

bool store_reach(struct db *db, int sign, int64_t company_id, uint32_t consents,
	const char *email_key, const char *phone_e164, struct tally *tally, struct err *err)
{
	bool email, sms, whatsapp;

	if (!works(db, company_id, consents, CHANNEL_EMAIL, email_key, &email, err) ||
		!works(db, company_id, consents, CHANNEL_SMS, phone_e164, &sms, err) ||
		!works(db, company_id, consents, CHANNEL_WHATSAPP, phone_e164, &whatsapp, err))
		return false;
	tally_reach(tally, sign, consents, email, sms || whatsapp);
	return true;
}

/* --- a line --- */

static bool insert_line(struct db *db, struct consent_event *e, struct err *err)
{
	struct stmt *q;

	if (!e->id && !(e->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_CONSENT_INSERT);
	stmt_i64(q, "id", e->id);
	stmt_i64(q, "company_id", e->company_id);
	stmt_i64(q, "customer_id", e->customer_id);
	stmt_i64(q, "at", e->at);
	stmt_i64(q, "noted_at", e->noted_at);
	stmt_i64(q, "granted", e->granted);
	stmt_i64(q, "refused", e->refused);
	stmt_i64(q, "cleared", e->cleared);
	stmt_text(q, "source", consent_source_word(e->source));
	stmt_text(q, "basis", e->basis < 0 ? "" : legal_basis_word((enum legal_basis)e->basis));
	stmt_text(q, "ip", e->ip);
	stmt_i64_or_null(q, "wording_id", e->wording_id, 0);
	stmt_text(q, "note", e->note);
	stmt_i64_or_null(q, "corrects_id", e->corrects_id, 0);
	stmt_text(q, "actor", e->actor);
	return stmt_run(q, err);
}

static bool pack(struct db *db, const struct consent_event *e, uint32_t consents, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_PACK);

	stmt_i64(q, "id", e->customer_id);
	stmt_i64(q, "company_id", e->company_id);
	stmt_i64(q, "consents", consents);
	return stmt_run(q, err);
}

static bool reach_differs(uint32_t a, uint32_t b, enum channel channel)
{
	return consent_may_send(a, channel, false) != consent_may_send(b, channel, false);
}

/* Handles are looked up only where it matters: hardly ever. */
static bool tally_social(struct db *db, const struct consent_event *e, uint32_t before,
	uint32_t after, struct tally *tally, struct err *err)
{
	struct stmt *q;
	enum step step;

	if (!reach_differs(before, after, CHANNEL_FACEBOOK) &&
		!reach_differs(before, after, CHANNEL_INSTAGRAM))
		return true;
	q = stmt_use(db, SQL_CONSENT_HANDLES);
	stmt_i64(q, "company_id", e->company_id);
	stmt_i64(q, "customer_id", e->customer_id);
	step = stmt_step(q, err);
	for (int i = 0; step == STEP_ROW && i < 2; i++) {
		enum channel channel = i ? CHANNEL_INSTAGRAM : CHANNEL_FACEBOOK;

		if (!col_i64(q, i))
			continue;
		tally_handle(tally, -1, before, channel);
		tally_handle(tally, 1, after, channel);
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

/* Writes the line, the packed consents and the counters, if it changes anything. */
static bool write_line(struct db *db, struct consent_event *e, const struct person *p,
	struct consent_outcome *out, struct tally *tally, struct err *err)
{
	out->before = p->consents;
	out->after = consents_apply(p->consents, e);
	if (!(e->granted | e->refused | e->cleared))
		return true;
	if (!insert_line(db, e, err))
		return false;
	out->id = e->id;
	if (out->after == out->before)
		return true;
	if (!pack(db, e, out->after, err))
		return false;
	if (!p->counted)
		return true;
	return store_reach(db, -1, e->company_id, out->before, p->email, p->phone, tally, err) &&
	       store_reach(db, 1, e->company_id, out->after, p->email, p->phone, tally, err) &&
	       tally_social(db, e, out->before, out->after, tally, err);
}

/* --- what may change --- */

static bool refused_since(struct db *db, const struct consent_event *e, enum consent_subject s,
	int64_t *since, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_REFUSED_AT);

	stmt_i64(q, "company_id", e->company_id);
	stmt_i64(q, "customer_id", e->customer_id);
	stmt_i64(q, "bit", CONSENT_BIT(s));
	return stmt_number(q, INT64_MAX, since, err);
}

static bool wished(const struct consent_event *e, uint32_t bit, enum consent_state *to)
{
	if (e->refused & bit)
		*to = CONSENT_REFUSED;
	else if (e->granted & bit)
		*to = CONSENT_GRANTED;
	else if (e->cleared & bit)
		*to = CONSENT_UNKNOWN;
	else
		return false;
	return true;
}

static bool check_subject(struct db *db, struct consent_event *e, enum consent_subject s,
	uint32_t consents, struct consent_outcome *out, struct err *err)
{
	struct consent_change change = { .from = consents_get(consents, s),
		.source = e->source,
		.proof = e->wording_id || *e->note,
		.at = e->at };
	uint32_t bit = CONSENT_BIT(s);

	if (!wished(e, bit, &change.to))
		return true;
	if (change.from == CONSENT_REFUSED && change.to == CONSENT_GRANTED &&
		!refused_since(db, e, s, &change.since, err))
		return false;
	out->verdict[s] = consent_change_check(&change);
	if (out->verdict[s] == CONSENT_OK)
		return true;
	e->granted &= ~bit;
	e->refused &= ~bit;
	e->cleared &= ~bit;
	if (change.from == CONSENT_REFUSED && out->verdict[s] != CONSENT_SAME)
		out->refusal_stands = true;
	return true;
}

static bool check_all(struct db *db, struct consent_event *e, uint32_t consents,
	struct consent_outcome *out, struct err *err)
{
	e->granted &= ~e->refused;
	e->cleared &= ~(e->refused | e->granted);
	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (!check_subject(db, e, (enum consent_subject)i, consents, out, err))
			return false;
	return true;
}

bool store_consent_add(struct db *db, struct consent_event *event, struct consent_outcome *out,
	struct tally *tally, struct err *err)
{
	struct person p;

	*out = (struct consent_outcome){ .id = 0 };
	return find_person(db, event->company_id, event->customer_id, &p, err) &&
	       check_all(db, event, p.consents, out, err) &&
	       write_line(db, event, &p, out, tally, err);
}

bool store_consent_first(struct db *db, struct customer *c, struct consent_event *event,
	struct tally *tally, struct err *err)
{
	struct person p = { .counted = true };
	struct consent_outcome out = { .id = 0 };

	set_addresses(&p, c->email_key, c->phone_e164);
	event->company_id = c->company_id;
	event->customer_id = c->id;
	if (!check_all(db, event, 0, &out, err) || !write_line(db, event, &p, &out, tally, err))
		return false;
	c->consents = out.after;
	return true;
}

/* --- reading the history --- */

static void read_event(struct stmt *q, struct arena *a, struct consent_event *e)
{
	enum legal_basis basis;

	*e = (struct consent_event){
		.id = col_i64(q, 0),
		.at = col_i64(q, 1),
		.noted_at = col_i64(q, 2),
		.granted = (uint32_t)col_i64(q, 3),
		.refused = (uint32_t)col_i64(q, 4),
		.cleared = (uint32_t)col_i64(q, 5),
		.source = SOURCE_IMPORT,
		.basis = -1,
		.ip = col_dup(q, 8, a),
		.wording_id = col_i64(q, 9),
		.wording = col_dup(q, 10, a),
		.note = col_dup(q, 11, a),
		.corrects_id = col_i64(q, 12),
		.actor = col_dup(q, 13, a),
	};
	if (!consent_source_parse(col_text(q, 6), &e->source))
		e->source = SOURCE_IMPORT;
	if (legal_basis_parse(col_text(q, 7), &basis))
		e->basis = (int)basis;
}

bool store_consent_history(struct db *db, int64_t company_id, int64_t customer_id, int64_t before,
	int n, struct arena *a, struct consent_event **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_HISTORY);
	struct consent_event *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "before", before);
	stmt_i64(q, "n", n);
	for (; i < n && (step = stmt_step(q, err)) == STEP_ROW; i++) {
		read_event(q, a, &list[i]);
		list[i].company_id = company_id;
		list[i].customer_id = customer_id;
	}
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

bool store_consent_replay(
	struct db *db, int64_t company_id, int64_t customer_id, uint32_t *consents, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_SETS);
	enum step step;

	*consents = 0;
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		struct consent_event e = { .granted = (uint32_t)col_i64(q, 0),
			.refused = (uint32_t)col_i64(q, 1),
			.cleared = (uint32_t)col_i64(q, 2) };

		*consents = consents_apply(*consents, &e);
	}
	stmt_done(q);
	return step == STEP_DONE;
}

/* --- corrections --- */

/* A line with what stood before it, and which of its subjects still stand by it. */
struct slip {
	struct consent_event line;
	uint32_t before;
	uint32_t standing;
};

#define HISTORY_PAGE 64

/* Goes back page by page; false in *found when the line is not this customer's. */
static bool find_slip(struct db *db, const struct consent_event *e, struct arena *a,
	struct slip *out, bool *found, struct err *err)
{
	int64_t before = INT64_MAX;
	uint32_t later = 0;
	struct consent_event *list;
	int n;

	*found = false;
	do {
		if (!store_consent_history(db, e->company_id, e->customer_id, before, HISTORY_PAGE,
			    a, &list, &n, err))
			return false;
		for (int i = 0; i < n && !*found; i++) {
			uint32_t touched = list[i].granted | list[i].refused | list[i].cleared;

			before = list[i].id;
			*found = before == e->corrects_id;
			if (*found)
				*out = (struct slip){ .line = list[i],
					.standing = touched & ~later };
			later |= touched;
		}
	} while (n == HISTORY_PAGE && !*found);
	return true;
}

static bool replay_before(struct db *db, struct slip *slip, struct arena *a, struct err *err)
{
	const struct consent_event *line = &slip->line;
	struct consent_event *list;
	uint32_t open = slip->standing;
	int64_t before = line->id;
	int n;

	/* Newest first: the first line that touches a subject decides it. */
	do {
		if (!store_consent_history(db, line->company_id, line->customer_id, before,
			    HISTORY_PAGE, a, &list, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			uint32_t touched = list[i].granted | list[i].refused | list[i].cleared;
			struct consent_event mine = { .granted = list[i].granted & open,
				.refused = list[i].refused & open };

			slip->before = consents_apply(slip->before, &mine);
			open &= ~touched;
			before = list[i].id;
		}
	} while (n == HISTORY_PAGE && open);
	return true;
}

static void set_back(struct consent_event *event, const struct slip *slip)
{
	event->granted = event->refused = event->cleared = 0;
	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		uint32_t bit = CONSENT_BIT(i);

		if (!(slip->standing & bit))
			continue;
		switch (consents_get(slip->before, (enum consent_subject)i)) {
		case CONSENT_GRANTED:
			event->granted |= bit;
			break;
		case CONSENT_REFUSED:
			event->refused |= bit;
			break;
		case CONSENT_UNKNOWN:
		case CONSENT_STATES:
			event->cleared |= bit;
			break;
		}
	}
}

bool store_consent_correct(struct db *db, struct consent_event *event, bool by_admin,
	enum consent_verdict *verdict, struct consent_outcome *out, struct tally *tally,
	struct err *err)
{
	struct arena a = ARENA_INIT;
	struct slip slip = { .line = CONSENT_EVENT_INIT };
	struct person p;
	bool found, ok;

	*out = (struct consent_outcome){ .id = 0 };
	ok = find_person(db, event->company_id, event->customer_id, &p, err) &&
	     find_slip(db, event, &a, &slip, &found, err);
	if (ok && !found)
		ok = err_set(err, ERR_GONE, "consent", "%lld", (long long)event->corrects_id);
	if (!ok)
		goto out;
	*verdict = consent_correct(&(struct consent_slip){ .source = slip.line.source,
		.made_at = slip.line.noted_at,
		.now = event->noted_at,
		.by_author = !strcmp(slip.line.actor, event->actor),
		.by_admin = by_admin,
		.reason = *event->note });
	if (*verdict == CONSENT_OK && !slip.standing)
		*verdict = CONSENT_SAME;
	if (*verdict != CONSENT_OK)
		goto out;
	ok = replay_before(db, &slip, &a, err);
	if (!ok)
		goto out;
	event->source = SOURCE_CORRECTION;
	set_back(event, &slip);
	ok = write_line(db, event, &p, out, tally, err);
out:
	arena_release(&a);
	return ok;
}

/* --- wordings --- */

bool store_consent_wording(struct db *db, int64_t company_id, const char *language,
	const char *text, int64_t *id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_WORDING_FIND);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "language", language);
	stmt_text(q, "text", text);
	if (!stmt_number(q, 0, id, err))
		return false;
	if (*id)
		return true;
	*id = db_ids(db, 1, err);
	if (!*id)
		return false;
	q = stmt_use(db, SQL_CONSENT_WORDING_INSERT);
	stmt_i64(q, "id", *id);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "language", language);
	stmt_text(q, "text", text);
	return stmt_run(q, err);
}

/* --- addresses --- */

static void read_suppression(
	struct stmt *q, int64_t company_id, struct arena *a, struct suppression *s)
{
	*s = (struct suppression){
		.id = col_i64(q, 0),
		.company_id = company_id,
		.value = col_dup(q, 2, a),
		.reason = col_dup(q, 3, a),
		.at = col_i64(q, 4),
		.actor = col_dup(q, 5, a),
	};
	if (!address_kind_parse(col_text(q, 1), &s->kind))
		s->kind = ADDRESS_PHONE;
}

bool store_suppressed(struct db *db, int64_t company_id, enum address_kind kind, const char *value,
	struct arena *a, struct suppression *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SUPPRESSION_FIND);
	enum step step;

	*out = (struct suppression){ .value = "", .reason = "", .actor = "" };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", address_kind_word(kind));
	stmt_text(q, "value", value);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_suppression(q, company_id, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

/* Everybody who has the address is reached by it no more, or again. */
static bool tally_owners(
	struct db *db, const struct suppression *s, int sign, struct tally *tally, struct err *err)
{
	static const enum sql_id statements[ADDRESS_KINDS] = {
		[ADDRESS_EMAIL] = SQL_CONSENT_BY_EMAIL,
		[ADDRESS_PHONE] = SQL_CONSENT_BY_PHONE,
		[ADDRESS_FACEBOOK] = SQL_CONSENT_BY_HANDLE,
		[ADDRESS_INSTAGRAM] = SQL_CONSENT_BY_HANDLE,
	};
	struct stmt *q = stmt_use(db, statements[s->kind]);
	enum step step;

	stmt_i64(q, "company_id", s->company_id);
	stmt_text(q, "value", s->value);
	if (statements[s->kind] == SQL_CONSENT_BY_HANDLE)
		stmt_text(q, "kind", address_kind_word(s->kind));
	while ((step = stmt_step(q, err)) == STEP_ROW)
		for (int i = 0; i < CHANNEL_COUNT; i++)
			if (address_of_channel((enum channel)i) == s->kind)
				tally_handle(tally, sign, (uint32_t)col_i64(q, 0), (enum channel)i);
	stmt_done(q);
	return step == STEP_DONE;
}

bool store_suppress(
	struct db *db, struct suppression *s, bool *added, struct tally *tally, struct err *err)
{
	struct stmt *q;
	bool there;

	*added = false;
	if (!is_suppressed(db, s->company_id, s->kind, s->value, &there, err))
		return false;
	if (there)
		return true;
	s->id = db_ids(db, 1, err);
	if (!s->id || !tally_owners(db, s, -1, tally, err))
		return false;
	q = stmt_use(db, SQL_SUPPRESSION_INSERT);
	stmt_i64(q, "id", s->id);
	stmt_i64(q, "company_id", s->company_id);
	stmt_text(q, "kind", address_kind_word(s->kind));
	stmt_text(q, "value", s->value);
	stmt_text(q, "reason", s->reason);
	stmt_i64(q, "at", s->at);
	stmt_text(q, "actor", s->actor);
	*added = stmt_run(q, err);
	return *added;
}

static bool get_suppression(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct suppression *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SUPPRESSION_GET);
	enum step step;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_suppression(q, company_id, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "suppression", "%lld", (long long)id);
	return step == STEP_ROW;
}

bool store_unsuppress(struct db *db, int64_t company_id, int64_t id, int64_t now,
	struct tally *tally, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct suppression s;
	struct stmt *q;
	bool ok = get_suppression(db, company_id, id, &a, &s, err);

	if (!ok)
		goto out;
	q = stmt_use(db, SQL_SUPPRESSION_DELETE);
	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	ok = stmt_run(q, err) && tally_owners(db, &s, 1, tally, err) &&
	     store_tombstone(db, company_id, id, "suppression", now, err);
out:
	arena_release(&a);
	return ok;
}

bool store_suppressions(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct suppression **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SUPPRESSION_LIST);
	struct suppression *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "before", before);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_suppression(q, company_id, a, &list[i++]);
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}
