/* Mailchimp Transactional: messages/send, messages/search, users/ping2
 * (transactional.openapi). */
#include <inttypes.h>

#include "faults.h"
#include "sim.h"

enum { SUBJECT_CHARS = 998, PEOPLE_MAX = 1000, ASYNC_OVER = 10, TAG_CHARS = 50 };

static void refuse(struct sim_call *c, int status, int code, const char *name, const char *message)
{
	call_reply(c, status,
		"{\"status\":\"error\",\"code\":%d,\"name\":\"%s\",\"message\":\"%s\"}", code, name,
		message);
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_429:
		refuse(c, 429, -99, "RequestLimitExceeded", "Too many requests");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		break;
	case FAULT_QUOTA:
		refuse(c, 402, 10, "PaymentRequired", "The account has no sends left");
		break;
	case FAULT_500:
		refuse(c, 500, -99, "GeneralError", "An unexpected error occurred");
		break;
	default: /* 500 for a wrong key: it has always been so */
		refuse(c, f->mode == FAULT_403 ? 403 : 500, -1, "Invalid_Key", "Invalid API key");
	}
}

/* False: answered. */
static bool authorized(struct sim_call *c, const cJSON *root)
{
	const char *key = json_text(root, "key");

	if (!key || !*key)
		call_violation(c, "key is missing");
	else if (strcmp(key, "test-key") != 0)
		call_denied(c, "key");
	if (c->denied)
		refuse(c, 401, -1, "Invalid_Key", "Invalid API key");
	else if (c->violations)
		refuse(c, 422, -2, "ValidationError", "Validation error");
	return !c->denied && !c->violations;
}

/* The member `inside` of the element of `list` that is about this address. */
static const cJSON *about(
	const cJSON *message, const char *list, const char *address, const char *inside)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(message, list))
	{
		const char *rcpt = json_text(item, "rcpt");

		if (rcpt && word_equal(rcpt, address))
			return cJSON_GetObjectItemCaseSensitive(item, inside);
	}
	return NULL;
}

static void merge_one(const cJSON *vars, struct strbuf *text)
{
	const cJSON *var;

	cJSON_ArrayForEach(var, vars)
	{
		struct strbuf tag = STRBUF_INIT, before = STRBUF_INIT;
		const char *content = json_text(var, "content");

		strbuf_addf(&tag, "*|%s|*", json_text(var, "name") ? json_text(var, "name") : "");
		strbuf_add(&before, text->buf, text->len);
		strbuf_clear(text);
		add_replaced(text, before.buf, tag.buf, content ? content : "");
		strbuf_release(&tag);
		strbuf_release(&before);
	}
}

static void merge(const cJSON *message, const char *address, const char *from, struct strbuf *out)
{
	const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(message, "merge");

	strbuf_clear(out);
	strbuf_adds(out, from ? from : "");
	if (cJSON_IsFalse(wanted))
		return;
	merge_one(about(message, "merge_vars", address, "vars"), out);
	merge_one(cJSON_GetObjectItemCaseSensitive(message, "global_merge_vars"), out);
}

static void check_headers(struct sim_call *c, const cJSON *headers)
{
	const cJSON *item;
	const char *list = NULL, *post = NULL;

	if (headers && !cJSON_IsObject(headers))
		call_violation(c, "headers is not an object");
	cJSON_ArrayForEach(item, headers)
	{
		if (!cJSON_IsString(item))
			call_violation(c, "headers: %s is not a string", item->string);
		else if (word_equal(item->string, "List-Unsubscribe"))
			list = item->valuestring;
		else if (word_equal(item->string, "List-Unsubscribe-Post"))
			post = item->valuestring;
	}
	call_check_unsubscribe(c, list, post);
}

static void check_to(struct sim_call *c, const cJSON *to)
{
	const cJSON *who, *other;

	if (!cJSON_IsArray(to) || cJSON_GetArraySize(to) == 0)
		call_violation(c, "message.to is not an array of people");
	if (cJSON_GetArraySize(to) > PEOPLE_MAX)
		call_violation(c, "over %d recipients", PEOPLE_MAX);
	cJSON_ArrayForEach(who, to)
	{
		const char *type = json_text(who, "type"), *email = json_text(who, "email");

		if (!email_plausible(email)) {
			call_violation(c, "message.to has an element without an address");
			continue;
		}
		if (type && strcmp(type, "to") != 0 && strcmp(type, "cc") != 0 &&
			strcmp(type, "bcc") != 0)
			call_violation(c, "type is %s", type);
		for (other = who->next; other; other = other->next)
			if (json_text(other, "email") &&
				word_equal(json_text(other, "email"), email))
				call_violation(c, "%s stands in the request twice", email);
	}
}

static void check_tags(struct sim_call *c, const cJSON *tags)
{
	const cJSON *tag;

	cJSON_ArrayForEach(tag, tags) if (!cJSON_IsString(tag) || tag->valuestring[0] == '_' ||
					  text_chars(tag->valuestring) > TAG_CHARS)
		call_violation(c, "a tag is no string of up to %d characters", TAG_CHARS);
}

static void check_message(struct sim_call *c, const cJSON *m)
{
	static const char *const flags[] = { "preserve_recipients", "track_opens", "track_clicks",
		"auto_text", "auto_html", "merge", "important", "inline_css" };
	const char *subject = json_text(m, "subject"), *text = json_text(m, "text"),
		   *html = json_text(m, "html"), *language = json_text(m, "merge_language");
	const cJSON *flag, *keep = cJSON_GetObjectItemCaseSensitive(m, "preserve_recipients");
	const cJSON *to = cJSON_GetObjectItemCaseSensitive(m, "to");

	if (!cJSON_IsObject(m))
		call_violation(c, "message is missing");
	if (!subject || !*subject || text_chars(subject) > SUBJECT_CHARS ||
		strpbrk(subject, "\r\n"))
		call_violation(c, "subject is no line of up to %d characters", SUBJECT_CHARS);
	if ((!text || !*text) && (!html || !*html))
		call_violation(c, "neither text nor html");
	if (!email_plausible(json_text(m, "from_email")))
		call_violation(c, "from_email is no address");
	if (language && strcmp(language, "mailchimp") != 0 && strcmp(language, "handlebars") != 0)
		call_violation(c, "merge_language is %s", language);
	for (size_t i = 0; i < ARRAY_SIZE(flags); i++) {
		flag = cJSON_GetObjectItemCaseSensitive(m, flags[i]);
		if (flag && !cJSON_IsBool(flag) && !cJSON_IsNull(flag))
			call_violation(c, "%s is not a boolean", flags[i]);
	}
	if (cJSON_GetArraySize(to) > 1 && !cJSON_IsFalse(keep))
		call_violation(c, "several people would see each other");
	check_to(c, to);
	check_headers(c, cJSON_GetObjectItemCaseSensitive(m, "headers"));
	check_tags(c, cJSON_GetObjectItemCaseSensitive(m, "tags"));
}

/* One element of the answer; who is not rejected receives it. */
static void answer_one(struct sim_call *c, const cJSON *m, const char *email, bool queued)
{
	const cJSON *values = about(m, "recipient_metadata", email, "values");
	const char *ref = json_text(values, "relay_msg_id");
	const char *why = faults_reject(c->sim->faults, c->provider, email, "hard-bounce");
	struct strbuf id = STRBUF_INIT, subject = STRBUF_INIT, text = STRBUF_INIT;

	if (!ref)
		ref = json_text(cJSON_GetObjectItemCaseSensitive(m, "metadata"), "relay_msg_id");
	sim_id(c->sim, 32, &id);
	merge(m, email, json_text(m, "subject"), &subject);
	merge(m, email, json_text(m, "text") ? json_text(m, "text") : json_text(m, "html"), &text);
	if (!why)
		call_got(c, email, ref, subject.buf, text.buf, id.buf);
	strbuf_addf(&c->answer, "%s{\"email\":\"%s\",\"status\":\"%s\",\"reject_reason\":%s%s%s,",
		c->answer.buf[c->answer.len - 1] == '[' ? "" : ",", email,
		why	 ? strcmp(why, "invalid") == 0 ? "invalid" : "rejected"
		: queued ? "queued"
			 : "sent",
		why ? "\"" : "", why ? why : "null", why ? "\"" : "");
	strbuf_addf(&c->answer, "\"queued_reason\":%s,\"_id\":\"%s\"}",
		queued && !why ? "\"multiple-recipients\"" : "null", id.buf);
	strbuf_release(&id);
	strbuf_release(&subject);
	strbuf_release(&text);
}

static void messages_send(struct sim_call *c, const cJSON *root)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(root, "message"), *who;
	const cJSON *to = cJSON_GetObjectItemCaseSensitive(m, "to");
	const cJSON *async = cJSON_GetObjectItemCaseSensitive(root, "async");

	check_message(c, m);
	if (async && !cJSON_IsBool(async))
		call_violation(c, "async is not a boolean");
	if (c->violations) {
		refuse(c, 422, -2, "ValidationError", "Validation error");
		return;
	}
	call_reply(c, 200, "[");
	cJSON_ArrayForEach(who, to) answer_one(c, m, json_text(who, "email"),
		cJSON_IsTrue(async) || cJSON_GetArraySize(to) > ASYNC_OVER);
	strbuf_addc(&c->answer, ']');
}

/* The query's words: email:ADDRESS, u_relay_msg_id:REF; all of them must hold. */
static bool matches(const struct sim_got *g, const char *query)
{
	bool any = false;

	while (*(query += strspn(query, " "))) {
		size_t len = strcspn(query, " ");

		if (strncmp(query, "email:", 6) == 0) {
			if (strlen(g->address) != len - 6 ||
				memcmp(g->address, query + 6, len - 6) != 0)
				return false;
		} else if (strncmp(query, "u_relay_msg_id:", 15) == 0) {
			if (strlen(g->ref) != len - 15 || memcmp(g->ref, query + 15, len - 15) != 0)
				return false;
		} else if (strncmp(query, "AND", len) != 0) {
			return false;
		}
		any = true;
		query += len;
	}
	return any;
}

static void messages_search(struct sim_call *c, const cJSON *root)
{
	const char *query = json_text(root, "query");
	const cJSON *limit = cJSON_GetObjectItemCaseSensitive(root, "limit");
	int left = cJSON_IsNumber(limit) ? limit->valueint : 100;

	call_looked(c, query);
	if (!query || !*query)
		call_violation(c, "query is missing");
	if (limit && (!cJSON_IsNumber(limit) || left < 1 || left > 1000))
		call_violation(c, "limit is not within 1 and 1000");
	if (c->violations) {
		refuse(c, 422, -2, "ValidationError", "Validation error");
		return;
	}
	call_reply(c, 200, "[");
	for (size_t i = c->sim->mail.len; i-- > 0 && left > 0;) {
		const struct sim_got *g = &c->sim->mail.items[i];

		if (g->provider != c->provider || !matches(g, query))
			continue;
		strbuf_addf(&c->answer,
			"%s{\"ts\":%" PRId64 ",\"_id\":\"%s\",\"state\":\"sent\",\"subject\":",
			c->answer.buf[c->answer.len - 1] == '[' ? "" : ",", g->at, g->id);
		json_quote(&c->answer, g->subject);
		strbuf_addf(&c->answer, ",\"email\":\"%s\",\"tags\":[],\"opens\":0,\"clicks\":0,",
			g->address);
		strbuf_adds(&c->answer, "\"metadata\":{\"relay_msg_id\":");
		json_quote(&c->answer, g->ref);
		strbuf_adds(&c->answer, "}}");
		left--;
	}
	strbuf_addc(&c->answer, ']');
}

static void answer(struct sim_call *c)
{
	cJSON *root;
	bool send =
		call_is(c, "POST", "/messages/send") || call_is(c, "POST", "/messages/send.json");
	bool search = call_is(c, "POST", "/messages/search") ||
		      call_is(c, "POST", "/messages/search.json");
	bool ping = call_is(c, "POST", "/users/ping2") || call_is(c, "POST", "/users/ping2.json");

	if (!send && !search && !ping) {
		call_violation(c, "no such path");
		refuse(c, 404, -1, "Unknown_Method", "No such method");
		return;
	}
	c->kind = send ? SIM_SEND : search ? SIM_LOOKUP : SIM_OTHER;
	root = call_json(c);
	if (!root || c->violations)
		refuse(c, 400, -2, "ValidationError", "Validation error");
	else if (!authorized(c, root))
		;
	else if (send)
		messages_send(c, root);
	else if (search)
		messages_search(c, root);
	else
		call_reply(c, 200, "{\"PING\":\"PONG!\"}");
	cJSON_Delete(root);
}

const struct sim_family sim_mailchimp = {
	.prefix = "/mailchimp", .provider = SIM_MAILCHIMP, .answer = answer, .fail = fail
};
