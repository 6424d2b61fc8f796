/*
 * Twilio Programmable Messaging, one SMS a call. Sources: Twilio's OpenAPI document
 * twilio_api_v2010 (CreateMessage, ListMessage) and its error dictionary,
 * https://www.twilio.com/docs/api/errors.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "num.h"
#include "provider_http.h"
#include "provider_table.h"

#define BODY_MAX 1600 /* characters of a text; 21617 beyond */
#define TOO_LONG "21617"
#define VALIDITY_MAX 36000

/* A look-up takes what was made from a minute before the claim (their clock is not
 * ours) to five after it, well over the longest wait for an answer. */
#define LOOKUP_BEFORE 60
#define LOOKUP_AFTER 300
#define LOOKUP_PAGE 1000 /* messages listed: a full page may lack ours */

static const struct provider_field fields[] = {
	{ "account_sid", N_("Account SID"), FIELD_TEXT, true, "", NULL },
	{ "auth_token", N_("Auth token or API secret"), FIELD_SECRET, true, "", NULL },
	{ "api_key", N_("API key SID (SK...)"), FIELD_TEXT, false, "", NULL },
	{ "from", N_("Sender's number or name"), FIELD_TEXT, false, "", NULL },
	{ "messaging_service", N_("Messaging service (MG...)"), FIELD_TEXT, false, "", NULL },
	{ "status_callback", N_("URL of delivery reports"), FIELD_URL, false, "", NULL },
	{ "validity", N_("Longest wait there, s"), FIELD_NUMBER, false, "14400", NULL },
	{ "base_url", N_("Address of the service"), FIELD_URL, false, "https://api.twilio.com",
		NULL },
	{ .key = NULL },
};

static const struct {
	int64_t code;
	enum send_outcome outcome;
	enum message_status status;
	enum message_reason reason;
} codes[] = {
	{ 10001, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* account not active */
	{ 14107, OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 20003, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 20005, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* account not active */
	{ 20404, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* no such account */
	{ 20429, OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 21211, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 21212, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* From is invalid */
	{ 21408, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 21602, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },	 /* no body */
	{ 21603, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },		 /* no From */
	{ 21604, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS }, /* no To */
	{ 21606, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },		 /* From not ours */
	{ 21608, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },	 /* trial account */
	{ 21609, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },		 /* bad callback */
	{ 21610, OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED },
	{ 21611, OUTCOME_QUOTA, 0, REASON_QUOTA }, /* 10 hours queued for this From */
	{ 21612, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED }, /* no such route */
	{ 21614, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 21617, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },	 /* too long */
	{ 21635, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS }, /* a landline */
	{ 21658, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },	 /* too long */
	{ 21703, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* service without senders */
	{ 21705, OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS }, /* no such service */
	{ 30003, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 30005, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 30006, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 30007, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED }, /* filtered */
	{ 30034, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 30450, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 63038, OUTCOME_QUOTA, 0, REASON_QUOTA }, /* the account's day is used up */
};

static void add_url(const struct account *a, struct strbuf *url)
{
	provider_url(a, "/2010-04-01/Accounts/", url);
	wire_escape(url, account_get(a, "account_sid"));
	strbuf_adds(url, "/Messages.json");
}

static void add_login(const struct account *a, struct wire_request *req)
{
	const char *key = account_get(a, "api_key");

	strbuf_adds(&req->user, *key ? key : account_get(a, "account_sid"));
	strbuf_adds(&req->password, account_get(a, "auth_token"));
}

static bool add_sender(
	const struct account *a, const struct batch *b, struct strbuf *form, struct err *err)
{
	const char *from = *b->sender ? b->sender : account_get(a, "from");
	const char *service = account_get(a, "messaging_service");

	if (*from)
		wire_form(form, "From", from);
	/* A sender of the campaign's own need not be in the service's pool. */
	if (*service && !*b->sender)
		wire_form(form, "MessagingServiceSid", service);
	if (!*from && !*service)
		return err_set(err, ERR_ACCOUNT, "from", "neither a sender nor a service");
	return true;
}

/* Our id goes into the query; a fragment, Twilio's rules for repeats, stays last. */
static void add_callback(const struct account *a, int64_t message_id, struct strbuf *form)
{
	const char *url = account_get(a, "status_callback");
	size_t len = strcspn(url, "#");
	struct strbuf full = STRBUF_INIT;
	char ref[32];

	if (!*url)
		return;
	provider_ref(message_id, ref);
	strbuf_add(&full, url, len);
	strbuf_addc(&full, strchr(full.buf, '?') ? '&' : '?');
	strbuf_adds(&full, "mid=");
	strbuf_adds(&full, ref);
	strbuf_adds(&full, url + len);
	wire_form(form, "StatusCallback", full.buf);
	strbuf_release(&full);
}

static bool add_validity(const struct account *a, struct strbuf *form, struct err *err)
{
	const char *validity = account_get(a, "validity");
	int64_t seconds;

	if (!num_parse_i64(validity, 1, VALIDITY_MAX, &seconds))
		return err_set(err, ERR_ACCOUNT, "validity", "1 to %d seconds", VALIDITY_MAX);
	wire_form(form, "ValidityPeriod", validity);
	return true;
}

static void write_body(const struct batch *b, size_t i, struct strbuf *out)
{
	template_write(b->text, WRITE_SMS, b->to[i].values, out);
}

static bool fits(const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	struct strbuf body = STRBUF_INIT;
	size_t length = 0;

	(void)a;
	if (!provider_fits_address(&b->to[i], why))
		return false;
	write_body(b, i, &body);
	for (size_t at = 0; at < body.len; at++)
		length += ((unsigned char)body.buf[at] & 0xc0) != 0x80;
	strbuf_release(&body);
	if (length && length <= BODY_MAX)
		return true;
	*why = (struct send_result){ .code = TOO_LONG };
	if (!length)
		snprintf(why->code, sizeof(why->code), "21602");
	provider_refuse(why, MESSAGE_FAILED, REASON_TEMPLATE);
	return false;
}

static bool build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct strbuf body = STRBUF_INIT;
	bool ok = false;

	req->method = WIRE_POST;
	add_url(a, &req->url);
	add_login(a, req);
	wire_header(req, "Content-Type", "application/x-www-form-urlencoded");
	wire_header(req, "Accept", "application/json");
	write_body(b, 0, &body);
	wire_form(&req->body, "To", b->to[0].to);
	if (!add_sender(a, b, &req->body, err))
		goto out;
	wire_form(&req->body, "Body", body.buf);
	/* What was counted in parts is what is to be sent. */
	wire_form(&req->body, "SmartEncoded", "false");
	add_callback(a, b->to[0].message_id, &req->body);
	ok = add_validity(a, &req->body, err);
out:
	strbuf_release(&body);
	return ok;
}

static void set_code(int64_t code, struct send_result *out)
{
	if (code)
		snprintf(out->code, sizeof(out->code), "%" PRId64, code);
}

/* What a code says outranks the status it came with. */
static void judge_code(int64_t code, struct send_result *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		if (codes[i].code != code)
			continue;
		out->outcome = codes[i].outcome;
		out->status = codes[i].status;
		out->reason = codes[i].reason;
	}
}

/* Made there and refused in the same breath. */
static void read_made(const struct json *root, struct send_result *out)
{
	const char *status = provider_str(root, "status");
	int64_t code = provider_int(root, "error_code");

	provider_copy(out->provider_id, sizeof(out->provider_id), provider_str(root, "sid"));
	if (strcmp(status, "failed") != 0 && strcmp(status, "undelivered") != 0)
		return;
	provider_refuse(out, MESSAGE_FAILED, REASON_REJECTED);
	set_code(code, out);
	judge_code(code, out);
}

static void read_answer(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = answer->end == WIRE_ANSWERED ? provider_json(answer) : NULL;
	struct json root = { 0 };
	struct send_result one;
	int64_t code = 0;

	(void)a;
	if (doc) {
		root = json_root(doc);
		code = provider_int(&root, "code");
	}
	if (!provider_judge(answer, code > 0, &one)) {
		if (doc)
			read_made(&root, &one);
	} else if (answer->end == WIRE_ANSWERED) {
		set_code(code, &one);
		if (answer->status == 404)
			provider_forbid(&one);
		if (answer->status >= 400 && answer->status < 500 && answer->status != 408)
			judge_code(code, &one);
	}
	json_free(doc);
	provider_all(b, &one, results);
}

/* By recipient, sender and day; the text is compared on reading. */
static bool lookup(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *from = *b->sender ? b->sender : account_get(a, "from");
	struct strbuf query = STRBUF_INIT, day = STRBUF_INIT;

	(void)err;
	req->method = WIRE_GET;
	add_login(a, req);
	wire_header(req, "Accept", "application/json");
	wire_form(&query, "To", b->to[0].to);
	if (*from)
		wire_form(&query, "From", from);
	date_add_iso(&day, date_of_instant(b->to[0].claimed_at - LOOKUP_BEFORE, NULL));
	wire_form(&query, "DateSent>", day.buf);
	wire_form(&query, "PageSize", "1000");
	add_url(a, &req->url);
	strbuf_addc(&req->url, '?');
	strbuf_adds(&req->url, query.buf);
	strbuf_release(&query);
	strbuf_release(&day);
	return true;
}

/* "Fri, 24 May 2019 17:18:27 +0000", always GMT (RFC 2822). */
static bool parse_date(const char *s, int64_t *out)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int day, year, hour, minute, second, used = 0;
	char name[4] = "";
	const char *month;

	if (strlen(s) != 31 ||
		sscanf(s, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d +0000%n", &day, name, &year,
			&hour, &minute, &second, &used) != 6 ||
		used != 31 || strlen(name) != 3)
		return false;
	month = strstr(months, name);
	if (!month || (month - months) % 3 ||
		!date_exists(year, (int)(month - months) / 3 + 1, day) || hour < 0 || hour > 23 ||
		minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	*out = (int64_t)date_from_civil(year, (int)(month - months) / 3 + 1, day) * DAY_SECONDS +
	       hour * 3600 + minute * 60 + second;
	return true;
}

/* *certain is false for the same text to the same number at another time: a clock may be
 * wrong. */
static bool is_ours(const struct batch *b, const char *body, const struct json *m, bool *certain)
{
	int64_t claimed = b->to[0].claimed_at, made;

	if (strcmp(provider_str(m, "to"), b->to[0].to) != 0 ||
		strcmp(provider_str(m, "body"), body) != 0)
		return false;
	if (parse_date(provider_str(m, "date_created"), &made) && made >= claimed - LOOKUP_BEFORE &&
		made <= claimed + LOOKUP_AFTER)
		return true;
	*certain = false;
	return false;
}

/* One with our text to our recipient at our time was sent; none has not arrived so far;
 * of two, one is not ours, and nothing is certain. */
static enum lookup_answer lookup_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, char provider_id[160])
{
	struct json_doc *doc;
	struct json root, list, m = { 0 };
	struct strbuf body = STRBUF_INIT;
	struct err err = ERR_INIT;
	bool listed = false;
	int found = 0;

	(void)a;
	provider_id[0] = '\0';
	if (answer->end != WIRE_ANSWERED || answer->status != 200)
		return LOOKUP_UNKNOWN;
	doc = provider_json(answer);
	if (!doc)
		return LOOKUP_UNKNOWN;
	root = json_root(doc);
	write_body(b, 0, &body);
	if (json_array(&root, "messages", &list, &err)) {
		listed = json_count(&list) < LOOKUP_PAGE;
		while (json_next(&list, &m)) {
			if (!is_ours(b, body.buf, &m, &listed))
				continue;
			provider_copy(provider_id, 160, provider_str(&m, "sid"));
			found++;
		}
	}
	if (found != 1)
		provider_id[0] = '\0';
	strbuf_release(&body);
	json_free(doc);
	if (found)
		return found == 1 ? LOOKUP_SENT : LOOKUP_UNKNOWN;
	return listed ? LOOKUP_NEVER_ARRIVED : LOOKUP_UNKNOWN;
}

const struct provider_ops provider_twilio = {
	.name = PROVIDER_TWILIO,
	.fields = fields,
	.batch_max = 1,
	.help = N_("In Twilio's console (console.twilio.com): the account's SID and token stand on "
		   "its first page under “Account Info”, or make an API key under “API keys & "
		   "tokens”. Numbers are under “Phone Numbers”, services under “Messaging”. Give a "
		   "sender or a messaging service."),
	.fits = fits,
	.build = build,
	.read = read_answer,
	.lookup = lookup,
	.lookup_read = lookup_read,
};
