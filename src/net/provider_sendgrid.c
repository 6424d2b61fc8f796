/*
 * SendGrid v3, up to 1,000 e-mails a call. Sources: SendGrid's OpenAPI documents
 * tsg_mail_v3 (POST /v3/mail/send) and tsg_logs_v3 (POST /v3/logs), and its list of
 * errors, https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors.
 *
 * A batch is one content for many people: the templates become texts with tokens, and
 * each person brings the values that replace them. A token holds a mark that nobody
 * can guess and that is in no text and no value, so that a value never becomes a token.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crypt.h"
#include "date.h"
#include "json_out.h"
#include "mem.h"
#include "mime.h"
#include "num.h"
#include "provider_http.h"
#include "provider_table.h"

#define BATCH_MAX 1000
#define REQUEST_MAX ((size_t)30 << 20)
#define SUBSTITUTIONS_MAX 10000 /* bytes a person, names and values */
#define TOKEN_MAX 40
#define QUOTES 6	 /* of "name":"value", beside the two */
#define LOOKUP_BEFORE 60 /* seconds by which their clock may be behind */
#define CREDITS "Maximum credits exceeded"

static const struct provider_field fields[] = {
	{ "api_key", N_("API key"), FIELD_SECRET, true, "", NULL },
	{ "from_address", N_("Sender's e-mail"), FIELD_EMAIL, true, "", NULL },
	{ "from_name", N_("Sender's name"), FIELD_TEXT, false, "", NULL },
	{ "reply_to", N_("E-mail for answers"), FIELD_EMAIL, false, "", NULL },
	{ "asm_group", N_("Unsubscribe group (number)"), FIELD_NUMBER, false, "", NULL },
	{ "tracking", N_("Count openings and clicks"), FIELD_CHOICE, false, "yes", "yes|no" },
	{ "base_url", N_("Address of the service"), FIELD_URL, false, "https://api.sendgrid.com",
		NULL },
	{ .key = NULL },
};

/* A variable with its fallback, in one form: what one token stands for. */
struct token {
	struct template_piece piece;
	enum template_way form;
	char name[TOKEN_MAX];
};

/* What is made of a batch's templates once. */
struct letter {
	struct token *tokens; /* owned */
	size_t count;
	char mark[13];
	struct strbuf subject, text, html;
	struct strbuf value; /* of a token, for one person */
};

static void letter_release(struct letter *l)
{
	free(l->tokens);
	strbuf_release(&l->subject);
	strbuf_release(&l->text);
	strbuf_release(&l->html);
	strbuf_release(&l->value);
}

static bool in_template(const struct template *t, const char *mark)
{
	for (size_t i = 0; t && i < t->count; i++) {
		const char *end = t->pieces[i].text + t->pieces[i].len;

		for (const char *s = t->pieces[i].text; s + strlen(mark) <= end; s++) {
			if (memcmp(s, mark, strlen(mark)) == 0)
				return true;
		}
	}
	return false;
}

static bool in_values(const struct batch *b, const char *mark)
{
	for (size_t i = 0; i < b->count; i++) {
		for (int var = 0; var < TEMPLATE_VAR_COUNT; var++) {
			const char *value = b->to[i].values[var];

			if (value && strstr(value, mark))
				return true;
		}
	}
	return false;
}

/* From the store's secret, so that no customer can have it in a name on purpose; the
 * counter is for the rest. */
static void choose_mark(const struct account *a, const struct batch *b, char mark[13])
{
	unsigned char hash[CRYPT_HASH_SIZE];
	struct strbuf text = STRBUF_INIT;

	for (int n = 0;; n++) {
		strbuf_clear(&text);
		strbuf_addf(&text, "sendgrid %" PRId64 " %d", b->campaign_id, n);
		crypt_hmac(a->salt, strlen(a->salt), text.buf, text.len, hash);
		strbuf_clear(&text);
		crypt_hex(hash, 6, &text);
		memcpy(mark, text.buf, 13);
		if (!in_template(b->subject, mark) && !in_template(b->text, mark) &&
			!in_template(b->html, mark) && !in_values(b, mark))
			break;
	}
	strbuf_release(&text);
}

static const char *token_name(
	struct letter *l, const struct template_piece *piece, enum template_way form)
{
	struct token *t;

	for (size_t i = 0; i < l->count; i++) {
		t = &l->tokens[i];
		if (t->form == form && t->piece.var == piece->var && t->piece.len == piece->len &&
			memcmp(t->piece.text, piece->text, piece->len) == 0)
			return t->name;
	}
	l->tokens = mem_realloc(l->tokens, l->count + 1, sizeof(*l->tokens));
	t = &l->tokens[l->count];
	*t = (struct token){ .piece = *piece, .form = form };
	snprintf(t->name, sizeof(t->name), "-%s%zu-", l->mark, l->count);
	l->count++;
	return t->name;
}

static void add_template(
	struct letter *l, const struct template *t, enum template_way form, struct strbuf *out)
{
	for (size_t i = 0; t && i < t->count; i++) {
		const struct template_piece *piece = &t->pieces[i];

		if (piece->var < 0)
			strbuf_add(out, piece->text, piece->len);
		else
			strbuf_adds(out, token_name(l, piece, form));
	}
}

static void letter_init(struct letter *l, const struct account *a, const struct batch *b)
{
	*l = (struct letter){
		.subject = STRBUF_INIT,
		.text = STRBUF_INIT,
		.html = STRBUF_INIT,
		.value = STRBUF_INIT,
	};
	choose_mark(a, b, l->mark);
	add_template(l, b->subject, WRITE_TEXT, &l->subject);
	add_template(l, b->text, WRITE_TEXT, &l->text);
	add_template(l, b->html, WRITE_HTML, &l->html);
}

/* A token's value for one person, one line: some of them go into the subject. */
static const char *write_value(struct letter *l, const struct token *t, const struct outgoing *to)
{
	const struct template one = { .pieces = &t->piece, .count = 1 };

	strbuf_clear(&l->value);
	template_write(&one, t->form, to->values, &l->value);
	for (size_t i = 0; i < l->value.len; i++) {
		if ((unsigned char)l->value.buf[i] < ' ' || l->value.buf[i] == 0x7f)
			l->value.buf[i] = ' ';
	}
	return l->value.buf;
}

/* false when they are more than SendGrid takes for one person. */
static bool add_substitutions(struct letter *l, const struct outgoing *to, struct json_out *o)
{
	size_t bytes = 0;

	json_out_object(o, "substitutions");
	for (size_t i = 0; i < l->count; i++) {
		const struct token *t = &l->tokens[i];

		json_out_str(o, t->name, write_value(l, t, to));
		bytes += strlen(t->name) + l->value.len + QUOTES;
	}
	json_out_end(o);
	return bytes <= SUBSTITUTIONS_MAX;
}

/* An upper bound that is under the limit for nearly everybody, and costs nothing. */
static size_t most_bytes(const struct template *t, const struct outgoing *to)
{
	size_t bytes = 0;

	for (size_t i = 0; t && i < t->count; i++) {
		const struct template_piece *piece = &t->pieces[i];
		const char *value = piece->var < 0 ? NULL : to->values[piece->var];
		size_t len = value ? strlen(value) : 0;

		if (piece->var >= 0)
			bytes += TOKEN_MAX + QUOTES +
				 strlen("&quot;") * (len > piece->len ? len : piece->len);
	}
	return bytes;
}

static bool fits(const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	const struct outgoing *to = &b->to[i];
	struct batch one = *b;
	struct letter l;
	size_t bytes = 0;

	if (!provider_fits_address(to, why))
		return false;
	if (most_bytes(b->subject, to) + most_bytes(b->text, to) + most_bytes(b->html, to) <=
		SUBSTITUTIONS_MAX)
		return true;
	one.to = to;
	one.count = 1;
	letter_init(&l, a, &one);
	for (size_t n = 0; n < l.count; n++) {
		write_value(&l, &l.tokens[n], to);
		bytes += strlen(l.tokens[n].name) + l.value.len + QUOTES;
	}
	letter_release(&l);
	if (bytes <= SUBSTITUTIONS_MAX)
		return true;
	*why = (struct send_result){ 0 };
	provider_refuse(why, MESSAGE_FAILED, REASON_TEMPLATE);
	return false;
}

static void add_person(struct json_out *o, const char *key, const char *email, const char *name)
{
	char plain[256];
	size_t len;

	json_out_object(o, key);
	json_out_str(o, "email", email);
	if (*name && provider_plain(name)) {
		json_out_str(o, "name", name);
	} else if (*name) {
		for (len = 0; name[len] && len + 1 < sizeof(plain); len++)
			plain[len] = (unsigned char)name[len] < ' ' || name[len] == 0x7f
					     ? ' '
					     : name[len];
		plain[len] = '\0';
		json_out_str(o, "name", plain);
	}
	json_out_end(o);
}

static void add_refs(struct json_out *o, const struct batch *b, int64_t message_id)
{
	char ref[32];

	json_out_object(o, "custom_args");
	provider_ref(message_id, ref);
	json_out_str(o, "relay_msg_id", ref);
	snprintf(ref, sizeof(ref), "c-%" PRId64, b->campaign_id);
	json_out_str(o, "relay_campaign", ref);
	json_out_end(o);
}

/* RFC 8058, or by letter alone (RFC 2369); the account's own subscription tracking is
 * switched off for it. */
static void add_unsubscribe(struct json_out *o, const char *url)
{
	struct strbuf value = STRBUF_INIT;

	strbuf_addf(&value, "<%s>", url);
	json_out_object(o, "headers");
	json_out_str(o, "List-Unsubscribe", value.buf);
	if (mime_one_click(url))
		json_out_str(o, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
	json_out_end(o);
	strbuf_release(&value);
}

static bool add_personalization(
	struct letter *l, const struct batch *b, size_t i, struct json_out *o, struct err *err)
{
	const struct outgoing *to = &b->to[i];
	char ref[32];
	bool ok;

	json_out_object(o, NULL);
	json_out_array(o, "to");
	add_person(o, NULL, to->to, to->to_name);
	json_out_end(o);
	if (b->marketing && *to->unsubscribe)
		add_unsubscribe(o, to->unsubscribe);
	ok = add_substitutions(l, to, o);
	add_refs(o, b, to->message_id);
	json_out_end(o);
	if (ok)
		return true;
	provider_ref(to->message_id, ref);
	return err_set(err, ERR_TOO_LARGE, ref, "over %d bytes to replace", SUBSTITUTIONS_MAX);
}

static void add_content(struct json_out *o, const struct letter *l)
{
	json_out_array(o, "content");
	if (l->text.len) {
		json_out_object(o, NULL);
		json_out_str(o, "type", "text/plain");
		json_out_str(o, "value", l->text.buf);
		json_out_end(o);
	}
	if (l->html.len) {
		json_out_object(o, NULL);
		json_out_str(o, "type", "text/html");
		json_out_str(o, "value", l->html.buf);
		json_out_end(o);
	}
	json_out_end(o);
}

static void add_switch(struct json_out *o, const char *key, bool on)
{
	json_out_object(o, key);
	json_out_bool(o, "enable", on);
	json_out_end(o);
}

static void add_tracking(struct json_out *o, bool track)
{
	json_out_object(o, "tracking_settings");
	json_out_object(o, "click_tracking");
	json_out_bool(o, "enable", track);
	json_out_bool(o, "enable_text", false);
	json_out_end(o);
	add_switch(o, "open_tracking", track);
	add_switch(o, "subscription_tracking", false);
	add_switch(o, "ganalytics", false);
	json_out_end(o);
}

static bool add_common(
	const struct account *a, const struct batch *b, struct json_out *o, struct err *err)
{
	const char *from = account_get(a, "from_address"), *reply = account_get(a, "reply_to");
	const char *group = account_get(a, "asm_group");
	char category[32];
	int64_t id;

	if (!*from)
		return err_set(err, ERR_ACCOUNT, "from_address", "%s", "");
	if (*group && !num_parse_i64(group, 1, INT32_MAX, &id))
		return err_set(err, ERR_ACCOUNT, "asm_group", "%s", "");
	add_person(o, "from", from, *b->sender ? b->sender : account_get(a, "from_name"));
	if (*reply)
		add_person(o, "reply_to", reply, "");
	json_out_array(o, "categories");
	snprintf(category, sizeof(category), "c-%" PRId64, b->campaign_id);
	json_out_str(o, NULL, category);
	json_out_end(o);
	if (*group && b->marketing) {
		json_out_object(o, "asm");
		json_out_int(o, "group_id", id);
		json_out_end(o);
	}
	add_tracking(o, strcmp(account_get(a, "tracking"), "no") != 0);
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_address(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

/* SendGrid refuses a whole call in which an address comes twice. */
static bool check_addresses(const struct batch *b, struct err *err)
{
	uint16_t slots[2048] = { 0 }; /* index + 1; over twice as many as there can be */

	for (size_t i = 0; i < b->count; i++) {
		const char *to = b->to[i].to;
		uint32_t hash = 2166136261; /* FNV-1a */
		char ref[32];
		size_t at;

		for (const char *s = to; *s; s++)
			hash = (hash ^ (unsigned char)lower(*s)) * 16777619;
		at = hash % ARRAY_SIZE(slots);
		while (slots[at] && !same_address(to, b->to[slots[at] - 1].to))
			at = (at + 1) % ARRAY_SIZE(slots);
		provider_ref(b->to[i].message_id, ref);
		if (slots[at])
			return err_set(err, ERR_INVALID, ref, "its address is in the batch twice");
		if (!*to || !provider_plain(to) || !provider_plain(b->to[i].unsubscribe))
			return err_set(err, ERR_INVALID, ref, "an address with control characters");
		slots[at] = (uint16_t)(i + 1);
	}
	return true;
}

static void add_headers(const struct account *a, struct wire_request *req)
{
	struct strbuf bearer = STRBUF_INIT;

	strbuf_addf(&bearer, "Bearer %s", account_get(a, "api_key"));
	wire_header(req, "Authorization", bearer.buf);
	wire_header(req, "Content-Type", "application/json");
	crypt_wipe(bearer.buf, bearer.len);
	strbuf_release(&bearer);
}

static bool write_letter(struct letter *l, const struct account *a, const struct batch *b,
	struct strbuf *body, struct err *err)
{
	struct err ignored = ERR_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, body, false);
	json_out_object(&o, NULL);
	ok = add_common(a, b, &o, err);
	json_out_str(&o, "subject", l->subject.buf);
	add_content(&o, l);
	json_out_array(&o, "personalizations");
	for (size_t i = 0; ok && i < b->count; i++)
		ok = add_personalization(l, b, i, &o, err);
	json_out_end(&o);
	json_out_end(&o);
	if (!json_out_finish(&o, ok ? err : &ignored) || !ok)
		return false;
	if (body->len > REQUEST_MAX)
		return err_set(err, ERR_TOO_LARGE, "SendGrid", "%zu bytes", body->len);
	return true;
}

static bool build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct letter l;
	bool ok = false;

	assert(b->count >= 1 && b->count <= BATCH_MAX);
	if (!check_addresses(b, err))
		return false;
	req->method = WIRE_POST;
	provider_url(a, "/v3/mail/send", &req->url);
	add_headers(a, req);
	letter_init(&l, a, b);
	if (!l.subject.len)
		err_set(err, ERR_INVALID, "subject", "none");
	else if (!l.text.len && !l.html.len)
		err_set(err, ERR_INVALID, "content", "none");
	else
		ok = write_letter(&l, a, b, &req->body, err);
	letter_release(&l);
	return ok;
}

/* "personalizations.7.to.0.email" is about the eighth person: its number and the rest,
 * "to.0.email". false for fields of the whole. */
static bool personal(const char *field, size_t count, size_t *index, const char **rest)
{
	static const char start[] = "personalizations.";
	size_t n = 0, digits = 0;

	if (strncmp(field, start, strlen(start)) != 0)
		return false;
	field += strlen(start);
	for (; *field >= '0' && *field <= '9' && digits < 5; field++, digits++)
		n = n * 10 + (size_t)(*field - '0');
	if (!digits || n >= count || (*field && *field != '.'))
		return false;
	*index = n;
	*rest = *field ? field + 1 : field;
	return true;
}

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* SendGrid's errors have no numbers: the status, and the field that is at fault. */
static void set_code(struct send_result *r, const char *field)
{
	char code[32];
	size_t len = strlen(r->code);

	if (!*field || len + 2 > sizeof(code))
		return;
	memcpy(code, r->code, len);
	code[len] = ' ';
	provider_copy(code + len + 1, sizeof(code) - len - 1, field);
	memcpy(r->code, code, sizeof(code));
}

/* One error that is about the whole call. */
static void judge_whole(const char *field, const char *message, long status, struct send_result *r)
{
	if (begins(field, "from") || begins(field, "reply_to") || begins(field, "asm"))
		provider_forbid(r);
	if (status == 401 && begins(message, CREDITS)) {
		r->outcome = OUTCOME_QUOTA;
		r->reason = REASON_QUOTA;
	}
	set_code(r, field);
}

static void judge_person(struct send_result *r, const char *rest)
{
	if (begins(rest, "to"))
		provider_refuse(r, MESSAGE_BOUNCED, REASON_BAD_ADDRESS);
	else if (begins(rest, "substitutions"))
		provider_refuse(r, MESSAGE_FAILED, REASON_TEMPLATE);
	else
		provider_refuse(r, MESSAGE_FAILED, REASON_REJECTED);
	set_code(r, rest);
}

/* A call is refused as a whole: where only some people are at fault, the others were
 * certainly not sent, and go again without them. */
static void read_errors(const struct json *errors, const struct batch *b, long status,
	struct send_result *whole, struct send_result *results)
{
	struct send_result judged = *whole;
	bool some = false, general = false;
	struct json e = { 0 };
	const char *rest;
	size_t index;

	while (json_next(errors, &e)) {
		if (status == 400 && personal(provider_str(&e, "field"), b->count, &index, &rest)) {
			some = true;
		} else if (!general) {
			general = true;
			judge_whole(provider_str(&e, "field"), provider_str(&e, "message"), status,
				whole);
		}
	}
	if (some && !general) {
		whole->outcome = OUTCOME_RETRY;
		whole->status = MESSAGE_QUEUED;
		whole->reason = REASON_RETRY;
	}
	provider_all(b, whole, results);
	e = (struct json){ 0 };
	while (some && json_next(errors, &e)) {
		if (!personal(provider_str(&e, "field"), b->count, &index, &rest))
			continue;
		results[index] = judged;
		judge_person(&results[index], rest);
	}
}

static void read_answer(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = answer->end == WIRE_ANSWERED ? provider_json(answer) : NULL;
	struct strbuf id = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct json root, errors;
	struct send_result one;
	bool own = false;

	(void)a;
	if (doc) {
		root = json_root(doc);
		own = json_array(&root, "errors", &errors, &err) && json_count(&errors);
	}
	if (!provider_judge(answer, own, &one)) {
		/* Of the call, and the beginning of each of its messages' ids. */
		provider_copy(one.provider_id, sizeof(one.provider_id),
			wire_answer_header(answer, "X-Message-Id", &id));
	} else if (answer->end == WIRE_ANSWERED &&
		   (answer->status == 404 || answer->status == 405)) {
		provider_forbid(&one);
	}
	if (own && answer->status >= 400 && answer->status < 500 && answer->status != 408)
		read_errors(&errors, b, answer->status, &one, results);
	else
		provider_all(b, &one, results);
	strbuf_release(&id);
	json_free(doc);
}

/* The list cannot be asked for custom_args, nor does it show them. Recipient, campaign
 * (as category) and time say as much, since a campaign writes to an address once. */
static bool lookup(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const struct outgoing *to = &b->to[0];
	struct strbuf query = STRBUF_INIT;
	struct json_out o;
	bool ok;

	/* How a quote is written inside of a query is not published. */
	if (strpbrk(to->to, "'\"\\") || !provider_plain(to->to))
		return err_set(err, ERR_INVALID, to->to, "cannot be asked for");
	strbuf_addf(&query,
		"to_email = '%s' AND categories IN ('c-%" PRId64
		"') AND sg_message_id_created_at >= TIMESTAMP \"",
		to->to, b->campaign_id);
	date_add_instant(&query, to->claimed_at - LOOKUP_BEFORE);
	strbuf_addc(&query, '"');
	req->method = WIRE_POST;
	provider_url(a, "/v3/logs", &req->url);
	add_headers(a, req);
	json_out_init_buf(&o, &req->body, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "query", query.buf);
	json_out_int(&o, "limit", 10);
	json_out_end(&o);
	ok = json_out_finish(&o, err);
	strbuf_release(&query);
	return ok;
}

/* One that is listed was taken. One that is not may not have been listed yet. */
static enum lookup_answer lookup_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, char provider_id[160])
{
	struct json_doc *doc;
	struct json root, list, m = { 0 };
	struct err err = ERR_INIT;
	enum lookup_answer found = LOOKUP_UNKNOWN;

	(void)a;
	provider_id[0] = '\0';
	if (answer->end != WIRE_ANSWERED || answer->status != 200)
		return LOOKUP_UNKNOWN;
	doc = provider_json(answer);
	if (!doc)
		return LOOKUP_UNKNOWN;
	root = json_root(doc);
	if (json_array(&root, "messages", &list, &err)) {
		while (found == LOOKUP_UNKNOWN && json_next(&list, &m)) {
			const char *made = provider_str(&m, "sg_message_id_created_at");
			int64_t at;

			if (!same_address(provider_str(&m, "to_email"), b->to[0].to) ||
				!date_parse_instant(made, strlen(made), &at) ||
				at < b->to[0].claimed_at - LOOKUP_BEFORE)
				continue;
			provider_copy(provider_id, 160, provider_str(&m, "sg_message_id"));
			found = LOOKUP_SENT;
		}
	}
	json_free(doc);
	return found;
}

const struct provider_ops provider_sendgrid = {
	.name = PROVIDER_SENDGRID,
	.fields = fields,
	.batch_max = BATCH_MAX,
	.help = N_("At app.sendgrid.com: make a key with the right “Mail Send” under Settings, "
		   "“API Keys” (and “Email Logs”, to ask after lost answers). The sender must be "
		   "verified under “Sender Authentication”; unsubscribe groups are under "
		   "Suppressions. In the European region the address is "
		   "https://api.eu.sendgrid.com."),
	.fits = fits,
	.build = build,
	.read = read_answer,
	.lookup = lookup,
	.lookup_read = lookup_read,
};
