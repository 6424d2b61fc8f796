/* Twilio Programmable Messaging: Messages.json (twilio_api_v2010). */
#include <inttypes.h>

#include "date.h"
#include "faults.h"
#include "num.h"
#include "sim.h"
#include "utf8.h"

enum { BODY_CHARS = 1600 };

static void refuse(struct sim_call *c, int status, int code, const char *message)
{
	call_reply(c, status,
		"{\"code\":%d,\"message\":\"%s\",\"more_info\":\"https://www.twilio.com/docs/"
		"errors/%d\","
		"\"status\":%d}",
		code, message, code, status);
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_429:
	case FAULT_QUOTA:
		refuse(c, 429, fault_code(f, 20429), "Too Many Requests");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		break;
	case FAULT_500:
		refuse(c, 500, fault_code(f, 20500), "Internal Server Error");
		break;
	case FAULT_403:
		refuse(c, 403, fault_code(f, 20403), "Forbidden");
		break;
	default:
		refuse(c, 401, 20003, "Authenticate");
	}
}

/* "AC...:twilio-test" of the account in the path. False: answered. */
static bool authorized(struct sim_call *c, const char *account)
{
	struct strbuf who = STRBUF_INIT;
	bool ok = false;

	if (!call_basic(c, &who))
		call_violation(c, "Authorization is not HTTP Basic");
	else if (strncmp(who.buf, account, 34) != 0 || strcmp(who.buf + 34, ":twilio-test") != 0)
		call_denied(c, "Authorization");
	else
		ok = true;
	if (!ok)
		refuse(c, 401, 20003, "Authenticate");
	strbuf_release(&who);
	return ok;
}

static bool field(const struct sim_call *c, const char *name, struct strbuf *out)
{
	return form_get(c->body, c->len, name, out);
}

static bool sid(const char *s, const char *kind)
{
	return strncmp(s, kind, 2) == 0 && strlen(s) == 34 &&
	       strspn(s + 2, "0123456789abcdefABCDEF") == 32;
}

static const char *bare(const char *number)
{
	return strncmp(number, "whatsapp:", 9) == 0 ? number + 9 : number;
}

/* Letters, digits and blanks, one letter at least, 11 at most. */
static bool sender_name(const char *s)
{
	size_t len = strlen(s);

	return len >= 1 && len <= 11 &&
	       strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_+&") ==
		       len &&
	       strpbrk(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

static void check_known(struct sim_call *c)
{
	static const char *const known[] = { "To", "From", "MessagingServiceSid", "Body",
		"MediaUrl", "ContentSid", "ContentVariables", "StatusCallback", "ApplicationSid",
		"MaxPrice", "ProvideFeedback", "Attempt", "ValidityPeriod", "ForceDelivery",
		"ContentRetention", "AddressRetention", "SmartEncoded", "PersistentAction",
		"TrafficType", "ShortenUrls", "ScheduleType", "SendAt", "SendAsMms", "RiskCheck" };
	struct strbuf name = STRBUF_INIT, value = STRBUF_INIT;
	size_t at = 0;

	while (form_next(c->body, c->len, &at, &name, &value)) {
		bool found = false;

		for (size_t i = 0; i < ARRAY_SIZE(known); i++)
			found = found || strcmp(name.buf, known[i]) == 0;
		if (!found)
			call_violation(c, "\"%s\" is no field of a message", name.buf);
		if (!utf8_valid(value.buf, value.len))
			call_violation(c, "%s is not UTF-8", name.buf);
	}
	strbuf_release(&name);
	strbuf_release(&value);
}

/* Checks what is there besides To and Body. */
static void check_rest(struct sim_call *c)
{
	struct strbuf value = STRBUF_INIT;
	bool from = field(c, "From", &value) && value.len > 0;
	bool service;
	int64_t seconds;

	if (from && !e164_plausible(bare(value.buf)) && !digits_only(value.buf, 3, 8) &&
		!sender_name(value.buf))
		call_violation(c, "From is no number and no name: %s", value.buf);
	service = field(c, "MessagingServiceSid", &value) && value.len > 0;
	if (service && !sid(value.buf, "MG"))
		call_violation(c, "MessagingServiceSid is not MG and 32 hexadecimal digits");
	if (!from && !service)
		call_violation(c, "neither From nor MessagingServiceSid");
	if (field(c, "StatusCallback", &value) &&
		(strncmp(value.buf, "http", 4) != 0 || strchr(value.buf, ' ')))
		call_violation(c, "StatusCallback is no URL");
	if (field(c, "ValidityPeriod", &value) && !num_parse_i64(value.buf, 1, 36000, &seconds))
		call_violation(c, "ValidityPeriod is not within 1 and 36000");
	strbuf_release(&value);
}

/* The program's own reference: mid in the query of the callback. */
static void find_ref(struct sim_call *c, struct strbuf *ref)
{
	struct strbuf url = STRBUF_INIT;
	const char *query;

	if (field(c, "StatusCallback", &url) && (query = strchr(url.buf, '?')) &&
		!form_get(query + 1, strcspn(query + 1, "#"), "mid", ref))
		strbuf_clear(ref);
	strbuf_release(&url);
}

static void add_message(struct strbuf *out, const struct sim_got *g, const char *account,
	const char *from, const char *status)
{
	strbuf_addf(out,
		"{\"account_sid\":\"%.34s\",\"api_version\":\"2010-04-01\",\"body\":", account);
	json_quote(out, g->text);
	strbuf_adds(out, ",\"date_created\":\"");
	add_rfc2822(out, g->at);
	strbuf_adds(out, "\",\"date_sent\":\"");
	add_rfc2822(out, g->at);
	strbuf_adds(out, "\",\"date_updated\":\"");
	add_rfc2822(out, g->at);
	strbuf_adds(out,
		"\",\"direction\":\"outbound-api\",\"error_code\":null,\"error_message\":null,"
		"\"from\":");
	if (*from)
		json_quote(out, from);
	else
		strbuf_adds(out, "null");
	strbuf_adds(out,
		",\"messaging_service_sid\":null,\"num_media\":\"0\",\"num_segments\":\"1\","
		"\"price\":null,\"price_unit\":null,\"sid\":");
	json_quote(out, g->id);
	strbuf_addf(out, ",\"status\":\"%s\",\"subresource_uris\":{},\"to\":", status);
	json_quote(out, g->address);
	strbuf_addf(
		out, ",\"uri\":\"/2010-04-01/Accounts/%.34s/Messages/%s.json\"}", account, g->id);
}

static void refuse_number(struct sim_call *c, const char *code)
{
	int64_t number = 21211;

	if (!num_parse_i64(code, 10000, 99999, &number))
		number = 21211;
	refuse(c, 400, (int)number,
		number == 21610 ? "Attempt to send to unsubscribed recipient"
				: "Invalid 'To' Phone Number");
}

static void create(struct sim_call *c, const char *account)
{
	struct strbuf to = STRBUF_INIT, body = STRBUF_INIT, ref = STRBUF_INIT, id = STRBUF_INIT,
		      from = STRBUF_INIT;
	const char *code;

	c->kind = SIM_SEND;
	if (!authorized(c, account))
		goto out;
	if (!call_type_is(c, "application/x-www-form-urlencoded")) {
		call_violation(c, "Content-Type is not application/x-www-form-urlencoded");
		refuse(c, 415, 20415, "Unsupported Media Type");
		goto out;
	}
	check_known(c);
	if (!field(c, "To", &to) || !e164_plausible(bare(to.buf)))
		call_violation(c, "To is not a number in E.164: \"%s\"", to.buf);
	if (!field(c, "Body", &body) && !field(c, "MediaUrl", &id) && !field(c, "ContentSid", &id))
		call_violation(c, "neither Body nor MediaUrl nor ContentSid");
	if (text_chars(body.buf) > BODY_CHARS)
		call_violation(c, "Body has over %d characters", BODY_CHARS);
	check_rest(c);
	if (c->violations) {
		refuse(c, 400, 21602, "Bad request");
		goto out;
	}
	code = faults_reject(c->sim->faults, c->provider, to.buf, "21211");
	if (code) {
		refuse_number(c, code);
		goto out;
	}
	find_ref(c, &ref);
	if (!field(c, "From", &from))
		strbuf_clear(&from);
	strbuf_clear(&id);
	strbuf_adds(&id, "SM");
	sim_id(c->sim, 32, &id);
	call_got(c, to.buf, ref.buf, "", body.buf, id.buf);
	c->status = 201;
	add_message(&c->answer, &c->got.items[0], account, from.buf, "queued");
out:
	strbuf_release(&to);
	strbuf_release(&body);
	strbuf_release(&ref);
	strbuf_release(&id);
	strbuf_release(&from);
}

/* A day or an instant of a filter; false: none was given. */
static bool when(struct sim_call *c, const char *name, int64_t *out)
{
	struct strbuf value = STRBUF_INIT;
	int32_t day;
	bool found = form_get(c->query, strlen(c->query), name, &value);

	if (!found)
		;
	else if (date_parse_instant(value.buf, value.len, out))
		;
	else if (date_parse(value.buf, value.len, DATE_ISO, &day) == DATE_OK)
		*out = (int64_t)day * DAY_SECONDS;
	else
		call_violation(c, "%s is no date: %s", name, value.buf);
	strbuf_release(&value);
	return found;
}

static void list(struct sim_call *c, const char *account)
{
	struct strbuf to = STRBUF_INIT, from = STRBUF_INIT, size = STRBUF_INIT;
	int64_t since = 0, until = INT64_MAX, page = 50;
	bool any;

	c->kind = SIM_LOOKUP;
	if (!authorized(c, account))
		goto out;
	any = !form_get(c->query, strlen(c->query), "To", &to);
	if (!any && !e164_plausible(bare(to.buf)))
		call_violation(c, "To is not a number in E.164: \"%s\"", to.buf);
	if (!form_get(c->query, strlen(c->query), "From", &from))
		strbuf_clear(&from);
	(void)when(c, "DateSent>", &since);
	if (when(c, "DateSent", &since))
		until = since + DAY_SECONDS;
	(void)when(c, "DateSent<", &until);
	if (form_get(c->query, strlen(c->query), "PageSize", &size) &&
		!num_parse_i64(size.buf, 1, 1000, &page))
		call_violation(c, "PageSize is not within 1 and 1000");
	call_looked(c, to.buf);
	if (c->violations) {
		refuse(c, 400, 20001, "Bad request");
		goto out;
	}
	call_reply(c, 200, "{\"messages\":[");
	for (size_t i = c->sim->mail.len; i-- > 0 && page > 0;) {
		const struct sim_got *g = &c->sim->mail.items[i];

		if (g->provider != c->provider || (!any && strcmp(g->address, to.buf) != 0) ||
			g->at < since || g->at > until)
			continue;
		if (c->answer.buf[c->answer.len - 1] == '}')
			strbuf_addc(&c->answer, ',');
		add_message(&c->answer, g, account, from.buf, "delivered");
		page--;
	}
	strbuf_adds(&c->answer, "],\"page\":0,\"page_size\":50,\"next_page_uri\":null}");
out:
	strbuf_release(&to);
	strbuf_release(&from);
	strbuf_release(&size);
}

static void answer(struct sim_call *c)
{
	static const char prefix[] = "/2010-04-01/Accounts/";
	char account[35] = "";
	const char *p = c->path + sizeof(prefix) - 1;

	if (strncmp(c->path, prefix, sizeof(prefix) - 1) == 0 && strlen(p) > 34) {
		memcpy(account, p, 34);
		p += 34;
	}
	if (!sid(account, "AC") || strcmp(p, "/Messages.json") != 0) {
		call_violation(c, "no such path, or no account: AC and 32 hexadecimal digits");
		refuse(c, 404, 20404, "The requested resource was not found");
	} else if (strcmp(c->method, "POST") == 0) {
		create(c, account);
	} else if (strcmp(c->method, "GET") == 0) {
		list(c, account);
	} else {
		call_violation(c, "no such method");
		refuse(c, 405, 20004, "Method not allowed");
	}
}

const struct sim_family sim_twilio = {
	.prefix = "/twilio", .provider = SIM_TWILIO, .answer = answer, .fail = fail
};
