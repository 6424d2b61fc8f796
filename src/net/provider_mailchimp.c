/*
 * Mailchimp Transactional (Mandrill), one e-mail a call: its headers are those of a
 * call, and each person has an own address to unsubscribe at. Source: Mailchimp's
 * OpenAPI document transactional.openapi (/messages/send, /messages/search).
 *
 * Success is a field of the answer, and errors may come with any status: the body
 * decides. No tags are set, since the account keeps the first hundred only.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "json_out.h"
#include "mime.h"
#include "provider_http.h"
#include "provider_table.h"

#define LOOKUP_BEFORE 60 /* seconds by which their clock may be behind */

static const struct provider_field fields[] = {
	{ "api_key", N_("API key"), FIELD_SECRET, true, "", NULL },
	{ "from_address", N_("Sender's e-mail"), FIELD_EMAIL, true, "", NULL },
	{ "from_name", N_("Sender's name"), FIELD_TEXT, false, "", NULL },
	{ "reply_to", N_("E-mail for answers"), FIELD_EMAIL, false, "", NULL },
	{ "subaccount", N_("Sub-account"), FIELD_TEXT, false, "", NULL },
	{ "tracking", N_("Count openings and clicks"), FIELD_CHOICE, false, "yes", "yes|no" },
	{ "base_url", N_("Address of the service"), FIELD_URL, false,
		"https://mandrillapp.com/api/1.0", NULL },
	{ .key = NULL },
};

struct verdict {
	const char *word;
	enum send_outcome outcome;
	enum message_status status;
	enum message_reason reason;
};

static const struct verdict errors[] = {
	{ "Invalid_Key", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ "PaymentRequired", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ "Unknown_Subaccount", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ "Unknown_Template", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ "ValidationError", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ "RequestLimitExceeded", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ "GeneralError", OUTCOME_RETRY, 0, REASON_RETRY },
	{ "ServerError", OUTCOME_RETRY, 0, REASON_RETRY },
	{ "ServiceUnavailable", OUTCOME_RETRY, 0, REASON_RETRY },
};

static const struct verdict rejects[] = {
	{ "hard-bounce", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ "soft-bounce", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BLOCKED },
	{ "spam", OUTCOME_REFUSED, MESSAGE_COMPLAINED, REASON_REFUSED },
	{ "unsub", OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED },
	{ "invalid", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_BAD_ADDRESS },
	/* What the account may not send, whoever it is for. */
	{ "invalid-sender", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ "unsigned", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ "test-mode-limit", OUTCOME_QUOTA, 0, REASON_QUOTA },
};

static bool apply(
	const struct verdict *table, size_t count, const char *word, struct send_result *r)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(table[i].word, word) != 0)
			continue;
		r->outcome = table[i].outcome;
		r->status = table[i].status;
		r->reason = table[i].reason;
		return true;
	}
	return false;
}

/* Control characters become blanks: names and subjects are single lines. */
static void add_line(struct json_out *o, const char *key, const char *s)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_adds(&line, s);
	for (size_t i = 0; i < line.len; i++) {
		if ((unsigned char)line.buf[i] < ' ' || line.buf[i] == 0x7f)
			line.buf[i] = ' ';
	}
	json_out_str(o, key, line.buf);
	strbuf_release(&line);
}

static void add_to(struct json_out *o, const struct outgoing *to)
{
	json_out_array(o, "to");
	json_out_object(o, NULL);
	json_out_str(o, "email", to->to);
	if (*to->to_name)
		add_line(o, "name", to->to_name);
	json_out_str(o, "type", "to");
	json_out_end(o);
	json_out_end(o);
}

static void add_headers(struct json_out *o, const struct account *a, const struct batch *b)
{
	const char *reply = account_get(a, "reply_to");
	struct strbuf url = STRBUF_INIT;

	json_out_object(o, "headers");
	if (*reply)
		json_out_str(o, "Reply-To", reply);
	if (b->marketing && *b->to[0].unsubscribe) {
		strbuf_addf(&url, "<%s>", b->to[0].unsubscribe);
		json_out_str(o, "List-Unsubscribe", url.buf);
		if (mime_one_click(b->to[0].unsubscribe))
			json_out_str(o, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
	}
	json_out_end(o);
	strbuf_release(&url);
}

static void add_metadata(struct json_out *o, const struct batch *b)
{
	char ref[32];

	json_out_object(o, "metadata");
	provider_ref(b->to[0].message_id, ref);
	json_out_str(o, "relay_msg_id", ref);
	snprintf(ref, sizeof(ref), "c-%" PRId64, b->campaign_id);
	json_out_str(o, "relay_campaign", ref);
	json_out_end(o);
}

static void add_texts(struct json_out *o, const struct batch *b)
{
	const char *const *values = b->to[0].values;
	struct strbuf text = STRBUF_INIT;

	if (b->subject)
		template_write(b->subject, WRITE_TEXT, values, &text);
	add_line(o, "subject", text.buf);
	strbuf_clear(&text);
	if (b->text)
		template_write(b->text, WRITE_TEXT, values, &text);
	json_out_str(o, "text", text.buf);
	strbuf_clear(&text);
	if (b->html) {
		template_write(b->html, WRITE_HTML, values, &text);
		json_out_str(o, "html", text.buf);
	}
	strbuf_release(&text);
}

static void add_message(struct json_out *o, const struct account *a, const struct batch *b)
{
	const char *name = *b->sender ? b->sender : account_get(a, "from_name");
	bool track = strcmp(account_get(a, "tracking"), "no") != 0;

	json_out_object(o, "message");
	add_texts(o, b);
	json_out_str(o, "from_email", account_get(a, "from_address"));
	if (*name)
		add_line(o, "from_name", name);
	add_to(o, &b->to[0]);
	add_headers(o, a, b);
	json_out_bool(o, "preserve_recipients", false);
	json_out_bool(o, "track_opens", track);
	json_out_bool(o, "track_clicks", track);
	json_out_bool(o, "auto_text", false);
	/* Our values are in place: what looks like a merge tag is somebody's name. */
	json_out_bool(o, "merge", false);
	if (*account_get(a, "subaccount"))
		json_out_str(o, "subaccount", account_get(a, "subaccount"));
	add_metadata(o, b);
	json_out_end(o);
}

static bool fits(const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	(void)a;
	return provider_fits_address(&b->to[i], why);
}

static bool build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct json_out o;
	char ref[32];

	if (!*account_get(a, "from_address"))
		return err_set(err, ERR_ACCOUNT, "from_address", "%s", "");
	if (!*b->to[0].to || !provider_plain(b->to[0].to) ||
		!provider_plain(b->to[0].unsubscribe)) {
		provider_ref(b->to[0].message_id, ref);
		return err_set(err, ERR_INVALID, ref, "an address with control characters");
	}
	req->method = WIRE_POST;
	provider_url(a, "/messages/send", &req->url);
	wire_header(req, "Content-Type", "application/json");
	json_out_init_buf(&o, &req->body, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "key", account_get(a, "api_key"));
	add_message(&o, a, b);
	json_out_bool(&o, "async", false);
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static void read_error(
	const struct json *root, const struct wire_answer *answer, struct send_result *r)
{
	const char *name = provider_str(root, "name");
	bool known;

	provider_judge(answer, true, r);
	if (r->outcome == OUTCOME_SENT || r->outcome == OUTCOME_UNCERTAIN) {
		r->outcome = OUTCOME_RETRY;
		r->reason = REASON_RETRY;
	}
	known = apply(errors, ARRAY_SIZE(errors), name, r);
	if (!known && answer->status == 404)
		provider_forbid(r);
	provider_copy(r->code, sizeof(r->code), name);
}

/* The element of the one recipient. */
static void read_element(const struct json *e, struct send_result *r)
{
	const char *status = provider_str(e, "status"), *why = provider_str(e, "reject_reason");

	provider_copy(r->provider_id, sizeof(r->provider_id), provider_str(e, "_id"));
	provider_copy(r->code, sizeof(r->code), *why ? why : status);
	r->outcome = OUTCOME_UNCERTAIN;
	r->reason = REASON_BAD_ANSWER;
	if (strcmp(status, "sent") == 0 || strcmp(status, "queued") == 0 ||
		strcmp(status, "scheduled") == 0) {
		r->outcome = OUTCOME_SENT;
		r->reason = REASON_NONE;
	} else if (strcmp(status, "invalid") == 0) {
		provider_refuse(r, MESSAGE_FAILED, REASON_BAD_ADDRESS);
	} else if (strcmp(status, "rejected") == 0 &&
		   !apply(rejects, ARRAY_SIZE(rejects), why, r)) {
		provider_refuse(r, MESSAGE_FAILED, REASON_REJECTED);
	}
}

static void read_body(
	const struct json_doc *doc, const struct wire_answer *answer, struct send_result *r)
{
	struct json root = { 0 }, e = { 0 };
	bool judged;

	if (doc)
		root = json_root(doc);
	if (doc && strcmp(provider_str(&root, "status"), "error") == 0 &&
		*provider_str(&root, "name")) {
		read_error(&root, answer, r);
		return;
	}
	judged = provider_judge(answer, false, r);
	if (judged && answer->status == 404)
		provider_forbid(r);
	if (judged)
		return;
	r->outcome = OUTCOME_UNCERTAIN;
	r->reason = REASON_BAD_ANSWER;
	if (doc && json_next(&root, &e))
		read_element(&e, r);
}

static void read_answer(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc;
	struct send_result one;

	(void)a;
	if (answer->end != WIRE_ANSWERED) {
		provider_judge(answer, false, &one);
	} else {
		doc = provider_json(answer);
		read_body(doc, answer, &one);
		json_free(doc);
	}
	provider_all(b, &one, results);
}

/* Found only where "relay_msg_id" is among the account's searchable metadata. */
static bool lookup(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	struct json_out o;
	char ref[32];
	bool ok;

	req->method = WIRE_POST;
	provider_url(a, "/messages/search", &req->url);
	wire_header(req, "Content-Type", "application/json");
	json_out_init_buf(&o, &req->body, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "key", account_get(a, "api_key"));
	provider_ref(b->to[0].message_id, ref);
	strbuf_addf(&text, "u_relay_msg_id:%s", ref);
	json_out_str(&o, "query", text.buf);
	strbuf_clear(&text);
	date_add_iso(&text, date_of_instant(b->to[0].claimed_at - LOOKUP_BEFORE, NULL));
	json_out_str(&o, "date_from", text.buf);
	json_out_int(&o, "limit", 10);
	json_out_end(&o);
	ok = json_out_finish(&o, err);
	strbuf_release(&text);
	return ok;
}

/* What was found carries our id, or it is another's. One that is not found may be
 * unsearchable or too new. */
static enum lookup_answer lookup_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, char provider_id[160])
{
	enum lookup_answer found = LOOKUP_UNKNOWN;
	struct json root, metadata, m = { 0 };
	struct json_doc *doc;
	char ref[32];

	(void)a;
	provider_id[0] = '\0';
	if (answer->end != WIRE_ANSWERED || answer->status != 200)
		return LOOKUP_UNKNOWN;
	doc = provider_json(answer);
	if (!doc)
		return LOOKUP_UNKNOWN;
	provider_ref(b->to[0].message_id, ref);
	root = json_root(doc);
	while (found == LOOKUP_UNKNOWN && json_next(&root, &m)) {
		if (!json_find(&m, "metadata", &metadata) ||
			strcmp(provider_str(&metadata, "relay_msg_id"), ref) != 0)
			continue;
		provider_copy(provider_id, 160, provider_str(&m, "_id"));
		found = LOOKUP_SENT;
	}
	json_free(doc);
	return found;
}

const struct provider_ops provider_mailchimp = {
	.name = PROVIDER_MAILCHIMP,
	.fields = fields,
	.batch_max = 1,
	.help = N_("At mandrillapp.com: make a key under Settings, “SMTP & API Info”. The sender's "
		   "domain must be verified under “Sending Domains”. So that lost answers can be "
		   "asked after, add relay_msg_id under “Custom Metadata”."),
	.fits = fits,
	.build = build,
	.read = read_answer,
	.lookup = lookup,
	.lookup_read = lookup_read,
};
