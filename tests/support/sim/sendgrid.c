/* SendGrid v3: mail/send and the look-up by logs (tsg_mail_v3, tsg_logs_v3). */
#include <inttypes.h>

#include "date.h"
#include "faults.h"
#include "mem.h"
#include "sim.h"

enum { PERSONS_MAX = 1000, ARGS_MAX = 10000 };

/* One error body of several violations: the first is told, as good as any. */
static void refuse(struct sim_call *c, int status, const char *field, const char *message)
{
	struct strbuf quoted = STRBUF_INIT;

	json_quote(&quoted, message);
	call_reply(c, status, "{\"errors\":[{\"message\":%s,\"field\":%s%s%s,\"help\":null}]}",
		quoted.buf, field ? "\"" : "", field ? field : "null", field ? "\"" : "");
	strbuf_release(&quoted);
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_QUOTA: /* of credits; of calls it is the next one */
		refuse(c, 401, NULL, "Maximum credits exceeded");
		break;
	case FAULT_429:
		refuse(c, 429, NULL, "too many requests");
		call_reply_header(c, "X-RateLimit-Limit", "600");
		call_reply_header(c, "X-RateLimit-Remaining", "0");
		if (f->hint)
			call_reply_header(c, "X-RateLimit-Reset", "%" PRId64, sim_now() + f->hint);
		break;
	case FAULT_500:
		refuse(c, 500, NULL, "internal server error");
		break;
	case FAULT_403:
		refuse(c, 403, NULL, "access forbidden");
		break;
	default:
		refuse(c, 401, NULL,
			"The provided authorization grant is invalid, expired, or revoked");
	}
}

/* Those taken from the message when a personalization has none. */
struct mail {
	struct sim_call *c;
	const char *subject, *text;
	const cJSON *persons;
	struct {
		const char **items;
		size_t len, cap;
	} seen;
};

static bool one_address(struct mail *m, const cJSON *who, const char *what)
{
	const char *email = json_text(who, "email");

	if (!cJSON_IsObject(who) || !email_plausible(email)) {
		call_violation(m->c, "%s is not {\"email\": an address}", what);
		return false;
	}
	if (cJSON_HasObjectItem(who, "name") && !json_text(who, "name"))
		call_violation(m->c, "%s: name is not a string", what);
	return true;
}

static void check_strings(struct mail *m, const cJSON *map, const char *what)
{
	size_t bytes = 2;
	const cJSON *item;

	if (!map)
		return;
	if (!cJSON_IsObject(map)) {
		call_violation(m->c, "%s is not an object", what);
		return;
	}
	cJSON_ArrayForEach(item, map)
	{
		if (!cJSON_IsString(item)) {
			call_violation(m->c, "%s: \"%s\" is not a string", what, item->string);
			continue;
		}
		bytes += strlen(item->string) + strlen(item->valuestring) + 6;
	}
	if (bytes > ARGS_MAX)
		call_violation(m->c, "%s has over %d bytes", what, ARGS_MAX);
}

static void check_headers(struct mail *m, const cJSON *headers)
{
	static const char *const forbidden[] = { "x-sg-id", "x-sg-eid", "received",
		"dkim-signature", "content-type", "content-transfer-encoding", "to", "from",
		"subject", "reply-to", "cc", "bcc" };
	const cJSON *item;
	const char *list = NULL, *post = NULL;

	check_strings(m, headers, "headers");
	cJSON_ArrayForEach(item, headers)
	{
		for (size_t i = 0; i < ARRAY_SIZE(forbidden); i++)
			if (word_equal(item->string, forbidden[i]))
				call_violation(m->c, "the header %s may not be set", item->string);
		if (word_equal(item->string, "List-Unsubscribe"))
			list = item->valuestring;
		if (word_equal(item->string, "List-Unsubscribe-Post"))
			post = item->valuestring;
	}
	call_check_unsubscribe(m->c, list, post);
}

/* Every address of every list, to be compared with one another. */
static size_t check_people(struct mail *m, const cJSON *person, const char *key)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(person, key), *who;
	size_t n = 0;

	if (list && !cJSON_IsArray(list))
		call_violation(m->c, "%s is not an array", key);
	cJSON_ArrayForEach(who, list)
	{
		n++;
		if (one_address(m, who, key))
			vec_push(&m->seen, json_text(who, "email"));
	}
	return n;
}

static void substitute(const cJSON *map, const char *text, struct strbuf *out)
{
	struct strbuf before = STRBUF_INIT;
	const cJSON *item;

	strbuf_clear(out);
	strbuf_adds(out, text ? text : "");
	cJSON_ArrayForEach(item, map)
	{
		if (!cJSON_IsString(item) || !strstr(out->buf, item->string))
			continue;
		strbuf_clear(&before);
		strbuf_add(&before, out->buf, out->len);
		strbuf_clear(out);
		add_replaced(out, before.buf, item->string, item->valuestring);
	}
	strbuf_release(&before);
}

static void check_person(struct mail *m, const cJSON *person, size_t index)
{
	const cJSON *map = cJSON_GetObjectItemCaseSensitive(person, "substitutions");
	const cJSON *args = cJSON_GetObjectItemCaseSensitive(person, "custom_args");
	const cJSON *to = cJSON_GetObjectItemCaseSensitive(person, "to");
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(person, "send_at");
	const char *subject = json_text(person, "subject");
	struct strbuf said = STRBUF_INIT, text = STRBUF_INIT, id = STRBUF_INIT;
	const cJSON *who;

	if (!cJSON_IsObject(person) || !cJSON_IsArray(to) || cJSON_GetArraySize(to) == 0)
		call_violation(m->c, "personalizations.%zu.to is missing", index);
	check_people(m, person, "to");
	check_people(m, person, "cc");
	check_people(m, person, "bcc");
	check_strings(m, map, "substitutions");
	check_strings(m, args, "custom_args");
	check_headers(m, cJSON_GetObjectItemCaseSensitive(person, "headers"));
	if (at && (!cJSON_IsNumber(at) || at->valuedouble > (double)sim_now() + 72 * 3600))
		call_violation(m->c, "send_at is no Unix time within 72 hours");
	if ((!subject || !*subject) && (!m->subject || !*m->subject))
		call_violation(m->c, "personalizations.%zu has no subject", index);
	substitute(map, subject && *subject ? subject : m->subject, &said);
	substitute(map, m->text, &text);
	cJSON_ArrayForEach(who, to)
	{
		strbuf_clear(&id);
		sim_id(m->c->sim, 22, &id);
		strbuf_addf(&id, ".recvd-sim-%zu", index);
		call_got(m->c, json_text(who, "email"), json_text(args, "relay_msg_id"), said.buf,
			text.buf, id.buf);
	}
	strbuf_release(&said);
	strbuf_release(&text);
	strbuf_release(&id);
}

static int compare_words(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return word_compare(*x, *y);
}

static void check_unique(struct mail *m)
{
	qsort(m->seen.items, m->seen.len, sizeof(*m->seen.items), compare_words);
	for (size_t i = 1; i < m->seen.len; i++)
		if (word_equal(m->seen.items[i], m->seen.items[i - 1]))
			call_violation(m->c, "%s stands in the request twice", m->seen.items[i]);
	if (m->seen.len > PERSONS_MAX)
		call_violation(m->c, "over %d recipients", PERSONS_MAX);
}

static void check_content(struct mail *m, const cJSON *root)
{
	const cJSON *content = cJSON_GetObjectItemCaseSensitive(root, "content"), *item;
	const char *template = json_text(root, "template_id");
	int html = -1, plain = -1, i = 0;

	if (!content && template && *template)
		return;
	if (!cJSON_IsArray(content) || cJSON_GetArraySize(content) == 0)
		call_violation(m->c, "content is missing");
	cJSON_ArrayForEach(item, content)
	{
		const char *type = json_text(item, "type"), *value = json_text(item, "value");

		if (!type || !value || !*value) {
			call_violation(m->c, "content.%d wants a type and a value", i);
		} else if (strcmp(type, "text/plain") == 0) {
			plain = i;
			m->text = value;
		} else if (strcmp(type, "text/html") == 0) {
			html = i;
			if (!m->text)
				m->text = value;
		}
		i++;
	}
	if (html >= 0 && plain > html)
		call_violation(m->c, "text/plain stands behind text/html");
}

static void check_settings(struct mail *m, const cJSON *root)
{
	const cJSON *item, *group, *flag;
	static const char *const groups[] = { "mail_settings", "tracking_settings" };
	int n = 0;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(root, "categories"))
	{
		n++;
		if (!cJSON_IsString(item) || text_chars(item->valuestring) > 255)
			call_violation(m->c, "a category is no string of up to 255 characters");
	}
	if (n > 10)
		call_violation(m->c, "over 10 categories");
	if (cJSON_HasObjectItem(root, "custom_args"))
		call_violation(m->c, "custom_args outside personalizations");
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		cJSON_ArrayForEach(group, cJSON_GetObjectItemCaseSensitive(root, groups[i]))
		{
			flag = cJSON_GetObjectItemCaseSensitive(group, "enable");
			if (flag && !cJSON_IsBool(flag))
				call_violation(m->c, "%s.%s.enable is not a boolean", groups[i],
					group->string);
		}
	check_headers(m, cJSON_GetObjectItemCaseSensitive(root, "headers"));
}

static void check_mail(struct mail *m, const cJSON *root)
{
	static const char *const known[] = { "personalizations", "from", "reply_to",
		"reply_to_list", "subject", "content", "attachments", "template_id", "headers",
		"categories", "custom_args", "send_at", "batch_id", "asm", "ip_pool_name",
		"mail_settings", "tracking_settings" };
	const cJSON *item;
	size_t i = 0;

	m->persons = cJSON_GetObjectItemCaseSensitive(root, "personalizations");
	m->subject = json_text(root, "subject");
	cJSON_ArrayForEach(item, root)
	{
		bool found = false;

		for (size_t k = 0; k < ARRAY_SIZE(known); k++)
			found = found || strcmp(item->string, known[k]) == 0;
		if (!found)
			call_violation(m->c, "\"%s\" is no member of a mail", item->string);
	}
	one_address(m, cJSON_GetObjectItemCaseSensitive(root, "from"), "from");
	if (cJSON_HasObjectItem(root, "reply_to"))
		one_address(m, cJSON_GetObjectItemCaseSensitive(root, "reply_to"), "reply_to");
	check_content(m, root);
	check_settings(m, root);
	if (!cJSON_IsArray(m->persons) || cJSON_GetArraySize(m->persons) == 0)
		call_violation(m->c, "personalizations is missing");
	else if (cJSON_GetArraySize(m->persons) > PERSONS_MAX)
		call_violation(m->c, "over %d personalizations", PERSONS_MAX);
	cJSON_ArrayForEach(item, m->persons) check_person(m, item, i++);
	check_unique(m);
}

/* An address that the provider takes for none: nobody of the call receives anything. */
static bool rejected(struct sim_call *c)
{
	for (size_t i = 0; i < c->got.len; i++) {
		struct strbuf field = STRBUF_INIT;

		if (!faults_reject(c->sim->faults, c->provider, c->got.items[i].address, ""))
			continue;
		strbuf_addf(&field, "personalizations.%zu.to.0.email", i);
		refuse(c, 400, field.buf, "Does not contain a valid address.");
		strbuf_release(&field);
		call_drop(c);
		return true;
	}
	return false;
}

static void mail_send(struct sim_call *c)
{
	struct mail m = { .c = c };
	cJSON *root;
	const cJSON *sandbox;

	c->kind = SIM_SEND;
	if (!call_bearer(c, "SG.test")) {
		refuse(c, 401, NULL,
			"The provided authorization grant is invalid, expired, or revoked");
		return;
	}
	if (c->sim->cheap) {
		call_reply(c, 202, "%s", "");
		return;
	}
	root = call_json(c);
	if (root)
		check_mail(&m, root);
	if (c->violations) {
		refuse(c, 400, NULL, "Bad Request");
	} else if (!rejected(c)) {
		sandbox = cJSON_GetObjectItemCaseSensitive(root, "mail_settings");
		sandbox = cJSON_GetObjectItemCaseSensitive(sandbox, "sandbox_mode");
		sandbox = cJSON_GetObjectItemCaseSensitive(sandbox, "enable");
		call_reply(c, cJSON_IsTrue(sandbox) ? 200 : 202, "%s", "");
		if (cJSON_IsTrue(sandbox))
			call_drop(c);
		else
			call_reply_header(c, "X-Message-Id", "%.22s", c->got.items[0].id);
	}
	free(m.seen.items);
	cJSON_Delete(root);
}

static const char *blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		p++;
	return p;
}

size_t sendgrid_count(const struct sim_call *c)
{
	const char *p = c->body, *end = p + c->len;
	size_t n = 0;

	if (!call_is(c, "POST", "/v3/mail/send"))
		return 0;
	/* "to" followed by a colon and a bracket cannot stand inside a string: there its
	 * quotes are escaped. */
	while ((p = memmem(p, (size_t)(end - p), "\"to\"", 4))) {
		p = blanks(p + 4, end);
		if (p >= end || *p != ':')
			continue;
		p = blanks(p + 1, end);
		n += p < end && *p == '[';
	}
	return n;
}

/* field = 'value' or field = "value"; false if it is not in the query. */
static bool condition(const char *query, const char *field, struct strbuf *out)
{
	const char *p = strstr(query, field), *end;

	strbuf_clear(out);
	if (!p)
		return false;
	p += strlen(field);
	p += strspn(p, " =");
	if (*p != '\'' && *p != '"')
		return false;
	end = strchr(p + 1, *p);
	if (!end)
		return false;
	strbuf_add(out, p + 1, (size_t)(end - p - 1));
	return true;
}

static void add_found(struct strbuf *out, const struct sim_got *g, bool detail)
{
	strbuf_adds(out, "{\"from_email\":\"news@example.com\",\"sg_message_id\":");
	json_quote(out, g->id);
	strbuf_adds(out, ",\"subject\":");
	json_quote(out, g->subject);
	strbuf_adds(out, ",\"to_email\":");
	json_quote(out, g->address);
	strbuf_adds(out, ",\"status\":\"delivered\",\"sg_message_id_created_at\":\"");
	date_add_instant(out, g->at);
	strbuf_addc(out, '"');
	if (detail) {
		strbuf_adds(out, ",\"events\":[],\"custom_args\":{\"relay_msg_id\":");
		json_quote(out, g->ref);
		strbuf_addc(out, '}');
	}
	strbuf_addc(out, '}');
}

static void logs_search(struct sim_call *c)
{
	cJSON *root;
	const char *query = NULL;
	const cJSON *limit;
	struct strbuf to = STRBUF_INIT;
	int64_t left = 10;

	c->kind = SIM_LOOKUP;
	if (!call_bearer(c, "SG.test")) {
		refuse(c, 401, NULL,
			"The provided authorization grant is invalid, expired, or revoked");
		return;
	}
	root = call_json(c);
	if (root)
		query = json_text(root, "query");
	if (root && (!query || !condition(query, "to_email", &to)))
		call_violation(c, "query has no to_email = 'address'");
	limit = cJSON_GetObjectItemCaseSensitive(root, "limit");
	if (limit && (!cJSON_IsNumber(limit) || limit->valueint < 1 || limit->valueint > 1000))
		call_violation(c, "limit is not within 1 and 1000");
	else if (limit)
		left = limit->valueint;
	call_looked(c, to.buf);
	if (c->violations) {
		refuse(c, 400, "query", "invalid query");
	} else {
		call_reply(c, 200, "{\"messages\":[");
		for (size_t i = c->sim->mail.len; i-- > 0 && left > 0;) {
			const struct sim_got *g = &c->sim->mail.items[i];

			if (g->provider != c->provider || !word_equal(g->address, to.buf))
				continue;
			if (c->answer.buf[c->answer.len - 1] == '}')
				strbuf_addc(&c->answer, ',');
			add_found(&c->answer, g, false);
			left--;
		}
		strbuf_adds(&c->answer, "]}");
	}
	strbuf_release(&to);
	cJSON_Delete(root);
}

static void logs_one(struct sim_call *c, const char *id)
{
	c->kind = SIM_LOOKUP;
	call_looked(c, id);
	if (!call_bearer(c, "SG.test")) {
		refuse(c, 401, NULL,
			"The provided authorization grant is invalid, expired, or revoked");
		return;
	}
	for (size_t i = 0; i < c->sim->mail.len; i++)
		if (c->sim->mail.items[i].provider == c->provider &&
			strcmp(c->sim->mail.items[i].id, id) == 0) {
			c->status = 200;
			add_found(&c->answer, &c->sim->mail.items[i], true);
			return;
		}
	refuse(c, 404, NULL, "not found");
}

static void answer(struct sim_call *c)
{
	if (call_is(c, "POST", "/v3/mail/send")) {
		mail_send(c);
	} else if (call_is(c, "POST", "/v3/logs")) {
		logs_search(c);
	} else if (strcmp(c->method, "GET") == 0 && strncmp(c->path, "/v3/logs/", 9) == 0) {
		logs_one(c, c->path + 9);
	} else {
		call_violation(c, "no such path");
		refuse(c, 404, NULL, "not found");
	}
}

const struct sim_family sim_sendgrid = {
	.prefix = "/sendgrid", .provider = SIM_SENDGRID, .answer = answer, .fail = fail
};
