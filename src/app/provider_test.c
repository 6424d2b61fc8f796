#include "provider_test.h"

#include "country.h"
#include "db.h"
#include "email.h"
#include "phone.h"
#include "providers.h"
#include "providers_open.h"

/* In the GSM alphabet, and in both languages: whoever gets it may read either. */
#define TEST_SUBJECT "Essai / Test : {{ma_societe}}"
#define TEST_TEXT "{{ma_societe}} : message d'essai, rien à faire. / Test message, nothing to do."

const char *provider_test_sentence(const struct send_result *r)
{
	static const char *const sentences[SEND_OUTCOME_COUNT] = {
		[OUTCOME_SENT] = N_("The provider took the message: look whether it arrives."),
		[OUTCOME_REFUSED] = N_("The provider turned the message away."),
		[OUTCOME_RETRY] = N_("The provider did not take it now: try again in a while."),
		[OUTCOME_DOWN] = N_("The provider could not be reached, or is down."),
		[OUTCOME_FORBIDDEN] = N_("The provider refuses the account: check its settings."),
		[OUTCOME_QUOTA] = N_("The provider has had enough messages for now."),
		[OUTCOME_UNCERTAIN] = N_("No answer that says whether it left: look whether it "
					 "arrives before trying again."),
		[OUTCOME_MORE] = N_("The provider has begun and not ended: try again."),
	};

	return (size_t)r->outcome < ARRAY_SIZE(sentences) ? sentences[r->outcome] : "";
}

struct trial {
	struct session *s;
	struct provider_opened opened;
	struct wire *wire;
	struct template subject, text, html;
	struct template_piece pieces[3]; /* of a message that is tried */
	const char *values[TEMPLATE_VAR_COUNT];
	struct outgoing to;
	struct batch batch;
	struct arena arena;
	struct provider_test_result *out;
};

/* --- what is sent, and where --- */

static bool find_channel(const struct provider_test *test, enum channel *out, struct err *err)
{
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if ((test->channel < 0 || test->channel == i) &&
			provider_serves(test->name, (enum channel)i)) {
			*out = (enum channel)i;
			return true;
		}
	return err_set(
		err, ERR_PROVIDER_CHANNEL, provider_name_label(test->name), "%d", test->channel);
}

static bool find_address(struct trial *t, const char *typed, struct err *err)
{
	const struct country *home = country_find(t->s->company.country);
	struct provider_test_result *out = t->out;
	const char *clean = typed;
	struct email email;
	struct phone phone;
	bool ok = *typed && strlen(typed) < sizeof(out->to);

	if (ok && out->channel == CHANNEL_EMAIL) {
		ok = email_clean(typed, &email);
		clean = email.key;
	} else if (ok && (out->channel == CHANNEL_SMS || out->channel == CHANNEL_WHATSAPP)) {
		ok = phone_clean(typed, home, &phone);
		clean = phone.e164;
	}
	if (!ok)
		return err_set(err, ERR_INVALID, typed, "%s", channel_word(out->channel));
	snprintf(out->to, sizeof(out->to), "%s", clean);
	return true;
}

/* An id that no message has, so that what comes back about it changes nothing. */
static bool take_id(struct session *s, int64_t *id, struct err *err)
{
	bool ok;

	if (!db_write(s->db, err))
		return false;
	*id = db_ids(s->db, 1, err);
	ok = *id && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* A text that is written out already: what looks like a field in it is none. */
static void set_piece(struct template *out, struct template_piece *piece, const char *text)
{
	*piece = (struct template_piece){ .text = text, .len = strlen(text), .var = -1 };
	*out = (struct template){ .pieces = piece, .count = 1 };
}

static bool read_texts(struct trial *t, const struct provider_test *test, struct err *err)
{
	struct template_error unused;
	bool mail = t->out->channel == CHANNEL_EMAIL;

	if (test->text) {
		set_piece(&t->subject, &t->pieces[0], test->subject);
		set_piece(&t->text, &t->pieces[1], test->text);
		set_piece(&t->html, &t->pieces[2], test->html);
		return true;
	}
	if (template_parse(&t->arena, mail ? TEST_SUBJECT : "", false, &t->subject, &unused) &&
		template_parse(&t->arena, TEST_TEXT, false, &t->text, &unused))
		return true;
	return err_set(err, ERR_TEMPLATE, TEST_TEXT, "%s", "");
}

static bool fill(struct trial *t, const struct provider_test *test, struct err *err)
{
	int64_t now = session_now(t->s), id;

	if (!read_texts(t, test, err) || !take_id(t->s, &id, err))
		return false;
	t->values[VAR_MA_SOCIETE] = t->s->company.name;
	t->to = (struct outgoing){ .message_id = id,
		.to = t->out->to,
		.to_name = "",
		.values = t->values,
		.unsubscribe = "",
		.ref = "",
		.claimed_at = now };
	t->batch = (struct batch){ .channel = t->out->channel,
		.language = lang_code(t->s->company.language),
		.sender = test->text ? test->sender : "",
		.media = "",
		.subject = &t->subject,
		.text = &t->text,
		.html = test->text && *test->html ? &t->html : NULL,
		.to = &t->to,
		.count = 1,
		.now = now };
	return true;
}

/* --- over the wire --- */

static bool call(
	struct trial *t, struct wire_request *req, struct wire_answer *answer, struct err *err)
{
	void *tag;

	if (!wire_send(t->wire, req, t, err))
		return false;
	while (!wire_take(t->wire, &tag, answer))
		wire_wait(t->wire, 1000);
	return true;
}

/* *ok false: the provider gives none, and the result says why. */
static bool get_token(struct trial *t, bool *ok, struct err *err)
{
	struct account *a = &t->opened.account;
	struct wire_request req;
	struct wire_answer answer;
	bool done;

	*ok = true;
	if (!a->ops->token)
		return true;
	wire_request_init(&req);
	done = a->ops->token(a, &req, err) && call(t, &req, &answer, err);
	if (done) {
		*ok = a->ops->token_read(a, &answer, session_now(t->s), &t->out->result);
		wire_answer_release(&answer);
	}
	wire_request_release(&req);
	return done;
}

static bool over_the_wire(struct trial *t, struct err *err)
{
	const struct account *a = &t->opened.account;
	struct wire_options options = WIRE_OPTIONS_INIT;
	struct wire_answer answer;
	struct wire_request req;
	bool ok, go;

	options.connections = 1;
	t->wire = wire_new(&options, err);
	if (!t->wire || !get_token(t, &go, err))
		return false;
	if (!go)
		return true;
	wire_request_init(&req);
	ok = a->ops->build(a, &t->batch, &req, err) && call(t, &req, &answer, err);
	if (ok) {
		a->ops->read(a, &t->batch, &answer, &t->out->result);
		wire_answer_release(&answer);
	}
	wire_request_release(&req);
	return ok;
}

static bool try(struct trial *t, struct err *err)
{
	const struct account *a = &t->opened.account;
	struct send_result why = { .outcome = OUTCOME_REFUSED };

	if (a->ops->fits && !a->ops->fits(a, &t->batch, 0, &why)) {
		t->out->result = why;
		return true;
	}
	return a->ops->deliver ? a->ops->deliver(a, &t->batch, &t->out->result, err)
			       : over_the_wire(t, err);
}

static int64_t now_ms(const struct session *s)
{
	return s->clock.monotonic_ms(s->clock.data);
}

/* A demonstration's folder is no account of its own to note it in. */
static bool note(struct session *s, const struct trial *t, struct err *err)
{
	struct err may_not = ERR_INIT;

	return !t->opened.settings.revision || !session_may(s, RIGHT_SETTINGS, &may_not) ||
	       providers_tested(
		       s, t->opened.account.ops->name, t->out->result.outcome == OUTCOME_SENT, err);
}

bool provider_test_send(struct session *s, const struct provider_test *test,
	struct provider_test_result *out, struct err *err)
{
	struct trial t = { .s = s, .out = out };
	int64_t began;
	bool ok;

	*out = (struct provider_test_result){ .took_ms = 0 };
	if (!session_ready(s, test->text ? RIGHT_CAMPAIGNS_CHANGE : RIGHT_SETTINGS, err) ||
		!find_channel(test, &out->channel, err) || !find_address(&t, test->to, err) ||
		!providers_open(s, test->name, &t.opened, err))
		return false;
	began = now_ms(s);
	ok = fill(&t, test, err) && try(&t, err);
	out->took_ms = now_ms(s) - began;
	wire_free(t.wire);
	ok = ok && note(s, &t, err);
	provider_opened_release(&t.opened);
	arena_release(&t.arena);
	return ok;
}
