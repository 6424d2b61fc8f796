#include "test.h"

#include <stdio.h>

#include "provider_case.h"

static void init(struct provider_case *c)
{
	case_init(c, &provider_sendgrid);
	case_set(c, "api_key", "SG.secret");
	case_set(c, "from_address", "news@example.com");
	case_set(c, "from_name", "Shop");
	case_template(c, &c->html, "<p>{{nom}} {{ville|ici & l\xc3\xa0}}</p>");
	c->batch.html = &c->html;
	c->batch.marketing = true;
	for (size_t i = 1; i < ARRAY_SIZE(c->to); i++) {
		static const char *const others[] = { "", "bo@example.org", "ci@example.org",
			"di@example.org" };

		c->to[i] = c->to[0];
		c->to[i].message_id += (int64_t)i;
		c->to[i].to = others[i];
	}
}

/* The mark of the batch: what stands before the number of the first token. */
static void find_mark(const struct provider_case *c, char mark[13])
{
	const char *at = strstr(c->req.body.buf, "Bonjour -");

	assert_non_null(at);
	memcpy(mark, at + strlen("Bonjour -"), 12);
	mark[12] = '\0';
	assert_int_equal(strspn(mark, "0123456789abcdef"), 12);
}

/* `form` with @ for the mark. */
static void assert_body(const struct provider_case *c, const char *form)
{
	struct strbuf want = STRBUF_INIT;
	char mark[13];

	find_mark(c, mark);
	for (; *form; form++) {
		if (*form == '@' && form[1] >= '0' && form[1] <= '9')
			strbuf_adds(&want, mark);
		else
			strbuf_addc(&want, *form);
	}
	assert_string_equal(c->req.body.buf, want.buf);
	strbuf_release(&want);
}

static void sendgrid__build__one_text_for_many(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.count = 2;
	c.to[1].to_name = "";
	c.to[1].unsubscribe = "";
	c.values[VAR_NOM] = "<Kabr\xc3\xa9>";
	case_set(&c, "reply_to", "help@example.com");
	case_set(&c, "asm_group", "12345");
	assert_true(case_build(&c));
	assert_int_equal(c.req.method, WIRE_POST);
	assert_string_equal(c.req.url.buf, "https://api.sendgrid.com/v3/mail/send");
	assert_header(&c.req, "Authorization: Bearer SG.secret");
	assert_header(&c.req, "Content-Type: application/json");
	assert_body(&c,
		"{\"from\":{\"email\":\"news@example.com\",\"name\":\"Shop\"},"
		"\"reply_to\":{\"email\":\"help@example.com\"},\"categories\":[\"c-9\"],"
		"\"asm\":{\"group_id\":12345},\"tracking_settings\":{"
		"\"click_tracking\":{\"enable\":true,\"enable_text\":false},"
		"\"open_tracking\":{\"enable\":true},\"subscription_tracking\":{\"enable\":false},"
		"\"ganalytics\":{\"enable\":false}},\"subject\":\"Bonjour -@0-\",\"content\":["
		"{\"type\":\"text/plain\",\"value\":\"Bonjour -@1- -@2-\"},"
		"{\"type\":\"text/html\",\"value\":\"<p>-@3- -@4-</p>\"}],\"personalizations\":["
		"{\"to\":[{\"email\":\"awa@example.org\",\"name\":\"Awa Kabr\xc3\xa9\"}],"
		"\"headers\":{\"List-Unsubscribe\":\"<https://crm.example.org/u/7>\","
		"\"List-Unsubscribe-Post\":\"List-Unsubscribe=One-Click\"},\"substitutions\":{"
		"\"-@0-\":\"Awa\",\"-@1-\":\"Awa\",\"-@2-\":\"<Kabr\xc3\xa9>\","
		"\"-@3-\":\"&lt;Kabr\xc3\xa9&gt;\",\"-@4-\":\"ici & l\xc3\xa0\"},"
		"\"custom_args\":{\"relay_msg_id\":\"m-7\",\"relay_campaign\":\"c-9\"}},"
		"{\"to\":[{\"email\":\"bo@example.org\"}],\"substitutions\":{"
		"\"-@0-\":\"Awa\",\"-@1-\":\"Awa\",\"-@2-\":\"<Kabr\xc3\xa9>\","
		"\"-@3-\":\"&lt;Kabr\xc3\xa9&gt;\",\"-@4-\":\"ici & l\xc3\xa0\"},"
		"\"custom_args\":{\"relay_msg_id\":\"m-8\",\"relay_campaign\":\"c-9\"}}]}");
	case_release(&c);
}

static void sendgrid__build__a_reminder_without_extras(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.marketing = false;
	c.batch.html = NULL;
	c.batch.sender = "Caisse";
	c.to[0].to_name = "Awa\r\nBcc: y@example.org";
	c.values[VAR_PRENOM] = "A\r\nwa";
	case_set(&c, "asm_group", "12345");
	case_set(&c, "tracking", "no");
	case_set(&c, "base_url", "https://api.eu.sendgrid.com/");
	assert_true(case_build(&c));
	assert_string_equal(c.req.url.buf, "https://api.eu.sendgrid.com/v3/mail/send");
	assert_body(&c,
		"{\"from\":{\"email\":\"news@example.com\",\"name\":\"Caisse\"},"
		"\"categories\":[\"c-9\"],\"tracking_settings\":{"
		"\"click_tracking\":{\"enable\":false,\"enable_text\":false},"
		"\"open_tracking\":{\"enable\":false},\"subscription_tracking\":{\"enable\":false},"
		"\"ganalytics\":{\"enable\":false}},\"subject\":\"Bonjour -@0-\",\"content\":["
		"{\"type\":\"text/plain\",\"value\":\"Bonjour -@1- -@2-\"}],\"personalizations\":["
		"{\"to\":[{\"email\":\"awa@example.org\",\"name\":\"Awa  Bcc: y@example.org\"}],"
		"\"substitutions\":{\"-@0-\":\"A  wa\",\"-@1-\":\"A  wa\","
		"\"-@2-\":\"Kabr\xc3\xa9\"},"
		"\"custom_args\":{\"relay_msg_id\":\"m-7\",\"relay_campaign\":\"c-9\"}}]}");
	case_release(&c);
}

static void sendgrid__build__no_value_holds_the_mark(void **state)
{
	struct provider_case c;
	char first[13], second[13], third[13], forged[32], text[64];

	(void)state;
	init(&c);
	assert_true(case_build(&c));
	find_mark(&c, first);
	snprintf(forged, sizeof(forged), "-%s1-", first);
	c.values[VAR_NOM] = forged;
	assert_true(case_build(&c));
	find_mark(&c, second);
	assert_string_not_equal(first, second);
	snprintf(text, sizeof(text), "Bonjour {{prenom}} %s", second);
	case_template(&c, &c.text, text);
	assert_true(case_build(&c));
	find_mark(&c, third);
	assert_string_not_equal(first, third);
	assert_string_not_equal(second, third);
	c.account.salt = "another";
	c.values[VAR_NOM] = "";
	assert_true(case_build(&c));
	find_mark(&c, second);
	assert_string_not_equal(first, second);
	case_release(&c);
}

static void sendgrid__build__refuses(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.count = 3;
	c.to[2].to = "AWA@Example.org";
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_INVALID);
	assert_string_equal(c.err.subject, "m-9");
	c.to[2].to = "awa@example.or";
	assert_true(case_build(&c));
	c.to[2].to = "awa@example.org\n";
	err_clear(&c.err);
	assert_false(case_build(&c));
	assert_string_equal(c.err.subject, "m-9");
	assert_false(provider_sendgrid.fits(&c.account, &c.batch, 2, c.results));
	assert_result(c.results, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS, "");
	c.batch.count = 1;
	case_set(&c, "asm_group", "x");
	err_clear(&c.err);
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_ACCOUNT);
	assert_string_equal(c.err.subject, "asm_group");
	case_set(&c, "from_address", "");
	err_clear(&c.err);
	assert_false(case_build(&c));
	assert_string_equal(c.err.subject, "from_address");
	case_template(&c, &c.subject, "");
	err_clear(&c.err);
	assert_false(case_build(&c));
	assert_string_equal(c.err.subject, "subject");
	case_release(&c);
}

static void sendgrid__build__a_thousand(void **state)
{
	static struct outgoing to[1000];
	static char addresses[1000][32];
	struct json root, list;
	struct json_doc *doc;
	struct provider_case c;

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(to); i++) {
		snprintf(addresses[i], sizeof(addresses[i]), "client%zu@example.org", i);
		to[i] = c.to[0];
		to[i].message_id = (int64_t)i + 1;
		to[i].to = addresses[i];
	}
	c.batch.to = to;
	c.batch.count = ARRAY_SIZE(to);
	assert_int_equal(provider_sendgrid.batch_max, ARRAY_SIZE(to));
	assert_true(case_build(&c));
	doc = json_parse(c.req.body.buf, c.req.body.len, (size_t)30 << 20, &c.err);
	assert_non_null(doc);
	root = json_root(doc);
	assert_true(json_array(&root, "personalizations", &list, &c.err));
	assert_int_equal(json_count(&list), 1000);
	json_free(doc);
	snprintf(addresses[999], sizeof(addresses[999]), "Client0@Example.ORG");
	assert_false(case_build(&c));
	assert_string_equal(c.err.subject, "m-1000");
	case_release(&c);
}

/* Subject and text have a token of 15 bytes each: "-" 12 of the mark, a digit, "-". */
static void sendgrid__fits__10000_bytes_a_person(void **state)
{
	struct provider_case c;
	char value[5000];

	(void)state;
	init(&c);
	c.batch.html = NULL;
	case_template(&c, &c.text, "Bonjour {{prenom}} {{nom}}");
	memset(value, 'a', sizeof(value));
	/* 2 names and what is around: 2 * 21; 9958 bytes are left for both values. */
	value[4979] = '\0';
	c.values[VAR_PRENOM] = value;
	c.values[VAR_NOM] = value;
	assert_true(provider_sendgrid.fits(&c.account, &c.batch, 0, c.results));
	assert_true(case_build(&c));
	c.values[VAR_NOM] = "b";
	assert_true(provider_sendgrid.fits(&c.account, &c.batch, 0, c.results));
	value[4979] = 'a';
	value[4980] = '\0';
	c.values[VAR_NOM] = value;
	assert_false(provider_sendgrid.fits(&c.account, &c.batch, 0, c.results));
	assert_result(c.results, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE, "");
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_TOO_LARGE);
	assert_string_equal(c.err.subject, "m-7");
	case_release(&c);
}

static void sendgrid__read__accepted(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.count = 3;
	strbuf_adds(&c.answer.lines, "X-Message-Id: Xj5LmNkWSOqRbdvOpR34BA\n");
	case_read(&c, 202, "");
	for (int i = 0; i < 3; i++) {
		assert_result(&c.results[i], OUTCOME_SENT, MESSAGE_QUEUED, REASON_NONE, "202");
		assert_string_equal(c.results[i].provider_id, "Xj5LmNkWSOqRbdvOpR34BA");
	}
	assert_int_equal(case_read(&c, 200, "{\"errors\":[]}")->outcome, OUTCOME_SENT);
	case_release(&c);
}

#define ERROR(field, message) "{\"errors\":[{\"field\":" field ",\"message\":\"" message "\"}]}"

static const struct {
	long status;
	const char *body;
	enum send_outcome outcome;
	enum message_status to;
	enum message_reason reason;
	const char *code;
} errors[] = {
	{ 400, ERROR("\"content.0.value\"", "m"), OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"400 content.0.value" },
	{ 400, ERROR("null", "m"), OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "400" },
	{ 400, ERROR("\"from.email\"", "m"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"400 from.email" },
	{ 400, ERROR("\"reply_to.email\"", "m"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"400 reply_to.email" },
	{ 400, ERROR("\"asm.group_id\"", "m"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"400 asm.group_id" },
	{ 401, ERROR("null", "authorization required"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"401" },
	{ 401, ERROR("null", "Maximum credits exceeded"), OUTCOME_QUOTA, 0, REASON_QUOTA, "401" },
	{ 403, ERROR("\"from\"", "m"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "403 from" },
	{ 404, ERROR("null", "m"), OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "404" },
	{ 405, "", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "405" },
	{ 413, "<html>\r\n<head><title>413 Request Entity Too Large</title></head>",
		OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "413" },
	{ 429, ERROR("null", "too many requests"), OUTCOME_QUOTA, 0, REASON_QUOTA, "429" },
	{ 500, ERROR("null", "m"), OUTCOME_RETRY, 0, REASON_RETRY, "500" },
	{ 500, "", OUTCOME_UNCERTAIN, 0, REASON_BAD_ANSWER, "500" },
	{ 502, "<html>", OUTCOME_UNCERTAIN, 0, REASON_BAD_ANSWER, "502" },
	{ 503, ERROR("null", "m"), OUTCOME_RETRY, 0, REASON_RETRY, "503" },
	{ 408, ERROR("null", "m"), OUTCOME_UNCERTAIN, 0, REASON_BAD_ANSWER, "408" },
};

static void sendgrid__read__every_error(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.count = 2;
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
		case_read(&c, errors[i].status, errors[i].body);
		for (int n = 0; n < 2; n++)
			assert_result(&c.results[n], errors[i].outcome, errors[i].to,
				errors[i].reason, errors[i].code);
	}
	c.answer.wait_seconds = 12;
	assert_int_equal(case_read(&c, 429, "")->wait_seconds, 12);
	case_release(&c);
}

static void sendgrid__read__some_are_at_fault(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.count = 4;
	case_read(&c, 400,
		"{\"errors\":[{\"message\":\"m\",\"field\":\"personalizations.1.to.0.email\"},"
		"{\"message\":\"m\",\"field\":\"personalizations.3.substitutions\"},"
		"{\"message\":\"m\",\"field\":\"personalizations.2.headers\"}]}");
	assert_result(&c.results[0], OUTCOME_RETRY, MESSAGE_QUEUED, REASON_RETRY, "400");
	assert_result(&c.results[1], OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS,
		"400 to.0.email");
	assert_result(
		&c.results[2], OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "400 headers");
	assert_result(&c.results[3], OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE,
		"400 substitutions");
	case_read(&c, 400,
		"{\"errors\":[{\"field\":\"personalizations.0\"},{\"field\":\"from.email\"}]}");
	assert_result(&c.results[0], OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "400");
	assert_result(&c.results[1], OUTCOME_FORBIDDEN, MESSAGE_QUEUED, REASON_CREDENTIALS,
		"400 from.email");
	/* Nobody of ours: then the call is at fault, and nobody goes round for ever. */
	case_read(&c, 400, ERROR("\"personalizations.4.to\"", "m"));
	assert_result(&c.results[0], OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"400 personalizations.4.to");
	case_release(&c);
}

static void sendgrid__read__hostile(void **state)
{
	static const char *const fields[] = { "7", "[]", "\"personalizations.\"",
		"\"personalizations.-1.to\"", "\"personalizations.99999999999999999999.to\"",
		"\"personalizations.00000.to\"", "\"personalizations.0to\"",
		"\"personalizations.4294967296.to\"", "\"a b\\u0001\xc3\xa9\"" };
	struct provider_case c;
	char *deep = deep_json(100000), body[256];

	(void)state;
	init(&c);
	c.batch.count = 2;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		snprintf(body, sizeof(body), "{\"errors\":[{\"field\":%s}]}", fields[i]);
		assert_int_equal(case_read(&c, 400, body)->outcome, OUTCOME_REFUSED);
		assert_int_equal(case_read(&c, 500, body)->outcome, OUTCOME_RETRY);
		assert_int_equal(case_read(&c, 202, body)->outcome, OUTCOME_SENT);
		body[strlen(body) - 3] = '\0';
		assert_int_equal(case_read(&c, 500, body)->outcome, OUTCOME_UNCERTAIN);
	}
	case_read(&c, 400, ERROR("\"a b\\u0001-0123456789012345678901234567890\"", "m"));
	assert_string_equal(c.results[1].code, "400 a?b?-0123456789012345678901");
	assert_int_equal(case_read(&c, 500, deep)->outcome, OUTCOME_UNCERTAIN);
	free(deep);
	case_release(&c);
}

static void sendgrid__lookup__by_address_campaign_and_time(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	assert_true(provider_sendgrid.lookup(&c.account, &c.batch, &c.req, &c.err));
	assert_string_equal(c.req.url.buf, "https://api.sendgrid.com/v3/logs");
	assert_header(&c.req, "Authorization: Bearer SG.secret");
	assert_string_equal(c.req.body.buf,
		"{\"query\":\"to_email = 'awa@example.org' AND categories IN ('c-9') AND "
		"sg_message_id_created_at >= TIMESTAMP \\\"2026-11-22T09:59:00Z\\\"\","
		"\"limit\":10}");
	c.to[0].to = "o'brien@example.org";
	assert_false(provider_sendgrid.lookup(&c.account, &c.batch, &c.req, &c.err));
	case_release(&c);
}

#define LOGGED(to, made)                                                                           \
	"{\"messages\":[{\"to_email\":\"" to "\",\"sg_message_id\":\"Xj.1\",\"status\":"           \
	"\"processed\",\"sg_message_id_created_at\":\"" made "\"}]}"

static void sendgrid__lookup_read__what_is_listed_was_sent(void **state)
{
	static const struct {
		const char *body;
		enum lookup_answer answer;
	} cases[] = {
		{ LOGGED("awa@example.org", "2026-11-22T10:00:02Z"), LOOKUP_SENT },
		{ LOGGED("Awa@Example.org", "2026-11-22T09:59:00Z"), LOOKUP_SENT },
		{ LOGGED("awa@example.org", "2026-11-22T09:58:59Z"), LOOKUP_UNKNOWN },
		{ LOGGED("bo@example.org", "2026-11-22T10:00:02Z"), LOOKUP_UNKNOWN },
		{ LOGGED("awa@example.org", "yesterday"), LOOKUP_UNKNOWN },
		{ "{\"messages\":[]}", LOOKUP_UNKNOWN },
		{ "{\"messages\":[[],7,null]}", LOOKUP_UNKNOWN },
		{ "[]", LOOKUP_UNKNOWN },
		{ "", LOOKUP_UNKNOWN },
	};
	struct provider_case c;
	char id[160];

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		case_answer(&c, 200, cases[i].body);
		assert_int_equal(provider_sendgrid.lookup_read(&c.account, &c.batch, &c.answer, id),
			cases[i].answer);
		assert_string_equal(id, cases[i].answer == LOOKUP_SENT ? "Xj.1" : "");
	}
	case_answer(&c, 403, cases[0].body);
	assert_int_equal(
		provider_sendgrid.lookup_read(&c.account, &c.batch, &c.answer, id), LOOKUP_UNKNOWN);
	case_release(&c);
}

/* --- against the published description, where it is at hand --- */

static bool read_spec(struct strbuf *out)
{
	const char *top = getenv("TOP_SRCDIR");
	struct strbuf path = STRBUF_INIT;
	char piece[4096];
	size_t got;
	FILE *file;

	strbuf_addf(&path, "%s/../shared/specs/sendgrid/tsg_mail_v3.json", top ? top : ".");
	file = fopen(path.buf, "rb");
	strbuf_release(&path);
	if (!file)
		return false;
	while ((got = fread(piece, 1, sizeof(piece), file)))
		strbuf_add(out, piece, got);
	fclose(file);
	return true;
}

static struct json_doc *parse(const struct strbuf *text)
{
	struct err err = ERR_INIT;
	struct json_doc *doc = json_parse(text->buf, text->len, (size_t)4 << 20, &err);

	assert_non_null(doc);
	return doc;
}

/* What `schema` says of `value`: members known, those required there, arrays and
 * strings within their lengths, types right. References are not followed. */
static void check_schema(const struct json *schema, const struct json *value, const char *name)
{
	struct json list, item = { 0 }, sub, member;
	struct err err = ERR_INIT;
	const char *type, *key;
	int64_t n;

	if (json_find(schema, "required", &list)) {
		while (json_next(&list, &item)) {
			assert_true(json_as_str(&item, &key, &err));
			if (!json_find(value, key, &member))
				fail_msg("%s lacks %s", name, key);
		}
	}
	if (json_int(schema, "maxItems", 0, INT32_MAX, &n, &err))
		assert_true(json_count(value) <= (size_t)n);
	if (!json_str(schema, "type", &type, &err))
		return;
	if (strcmp(type, "string") == 0) {
		assert_true(json_as_str(value, &key, &err));
		if (json_int(schema, "minLength", 0, INT32_MAX, &n, &err))
			assert_true(strlen(key) >= (size_t)n);
	} else if (strcmp(type, "integer") == 0) {
		assert_true(json_as_int(value, INT64_MIN, INT64_MAX, &n, &err));
	} else if (strcmp(type, "boolean") == 0) {
		bool on;

		assert_true(json_as_bool(value, &on, &err));
	} else if (strcmp(type, "array") == 0 && json_find(schema, "items", &sub)) {
		item = (struct json){ 0 };
		while (json_next(value, &item))
			check_schema(&sub, &item, name);
	}
}

static const char *const members[] = { "from", "reply_to", "categories", "asm", "tracking_settings",
	"subject", "content", "personalizations" };
static const char *const persons[] = { "to", "headers", "substitutions", "custom_args" };

static void check_members(
	const struct json *schema, const struct json *value, const char *const *names, size_t count)
{
	struct json properties, rule, member;
	struct err err = ERR_INIT;

	assert_true(json_object(schema, "properties", &properties, &err));
	assert_int_equal(json_count(value), count);
	for (size_t i = 0; i < count; i++) {
		if (!json_find(&properties, names[i], &rule))
			fail_msg("%s is not published", names[i]);
		assert_true(json_find(value, names[i], &member));
		check_schema(&rule, &member, names[i]);
	}
	check_schema(schema, value, "the body");
}

static void sendgrid__build__keeps_to_the_published_description(void **state)
{
	static const char *const way[] = { "components", "requestBodies", "PostMailSend", "content",
		"application/json", "schema" };
	struct strbuf text = STRBUF_INIT;
	struct json at[8], root, list, one = { 0 }, properties, rule, items;
	struct json_doc *spec, *body;
	struct err err = ERR_INIT;
	struct provider_case c;

	(void)state;
	if (!read_spec(&text)) {
		print_message("the published description is not at hand\n");
		strbuf_release(&text);
		skip();
	}
	init(&c);
	c.batch.count = 2;
	case_set(&c, "reply_to", "help@example.com");
	case_set(&c, "asm_group", "12345");
	assert_true(case_build(&c));
	spec = parse(&text);
	body = parse(&c.req.body);
	at[0] = json_root(spec);
	for (size_t i = 0; i < ARRAY_SIZE(way); i++)
		assert_true(json_object(&at[i], way[i], &at[i + 1], &err));
	root = json_root(body);
	check_members(&at[ARRAY_SIZE(way)], &root, members, ARRAY_SIZE(members));
	assert_true(json_object(&at[ARRAY_SIZE(way)], "properties", &properties, &err));
	assert_true(json_object(&properties, "personalizations", &rule, &err));
	assert_true(json_object(&rule, "items", &items, &err));
	assert_true(json_array(&root, "personalizations", &list, &err));
	while (json_next(&list, &one))
		check_members(&items, &one, persons, ARRAY_SIZE(persons));
	json_free(spec);
	json_free(body);
	strbuf_release(&text);
	case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sendgrid__build__one_text_for_many),
		cmocka_unit_test(sendgrid__build__a_reminder_without_extras),
		cmocka_unit_test(sendgrid__build__no_value_holds_the_mark),
		cmocka_unit_test(sendgrid__build__refuses),
		cmocka_unit_test(sendgrid__build__a_thousand),
		cmocka_unit_test(sendgrid__fits__10000_bytes_a_person),
		cmocka_unit_test(sendgrid__read__accepted),
		cmocka_unit_test(sendgrid__read__every_error),
		cmocka_unit_test(sendgrid__read__some_are_at_fault),
		cmocka_unit_test(sendgrid__read__hostile),
		cmocka_unit_test(sendgrid__lookup__by_address_campaign_and_time),
		cmocka_unit_test(sendgrid__lookup_read__what_is_listed_was_sent),
		cmocka_unit_test(sendgrid__build__keeps_to_the_published_description),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
