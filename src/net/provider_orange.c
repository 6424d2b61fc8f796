/*
 * Orange SMS API (Middle East and Africa). Source: developer.orange.com, "SMS API",
 * getting started (token, send, sender name) and its list of error codes; the texts of
 * service and policy exceptions are those of GSMA OneAPI (SVC0001..., POL0001...).
 *
 * One address a call; nothing by which a call repeated would be known as the same, and
 * no question about one message: what is lost stays uncertain until a receipt comes.
 * The receipt names the message by the last part of resourceURL, which is our id of it.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "i18n.h"
#include "json_out.h"
#include "oauth.h"
#include "provider_table.h"
#include "single.h"

#define SENDER_MAX 11
#define LETTERS_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static const struct provider_field fields[] = {
	{ "client_id", N_("Client ID"), FIELD_TEXT, true, "", NULL },
	{ "client_secret", N_("Client secret"), FIELD_SECRET, true, "", NULL },
	{ "sender_address", N_("Country's sender number"), FIELD_TEXT, true, "tel:+2260000", NULL },
	{ "sender_name", N_("Sender name"), FIELD_TEXT, false, "", NULL },
	{ "base_url", N_("Address of the service"), FIELD_URL, true, "https://api.orange.com",
		NULL },
	{ .key = NULL },
};

static bool orange_token(const struct account *a, struct wire_request *req, struct err *err)
{
	(void)err;
	oauth_ask(a, OAUTH_BASIC, "/oauth/v3/token", req);
	return true;
}

/* The portal takes names of up to 11 letters and digits, and approves each. */
static bool name_good(const char *name, struct err *err)
{
	size_t len = strlen(name);

	if (len > SENDER_MAX || strspn(name, LETTERS_DIGITS) != len)
		return err_set(err, ERR_SENDER_NAME, name, "%zu bytes", len);
	return true;
}

static void add_url(const struct account *a, const char *sender, struct strbuf *url)
{
	provider_url(a, "/smsmessaging/v1/outbound/", url);
	wire_escape(url, sender);
	strbuf_adds(url, "/requests");
}

static void add_body(
	struct json_out *o, const char *to, const char *sender, const char *name, const char *text)
{
	json_out_object(o, NULL);
	json_out_object(o, "outboundSMSMessageRequest");
	json_out_str(o, "address", to);
	json_out_str(o, "senderAddress", sender);
	if (*name)
		json_out_str(o, "senderName", name);
	json_out_object(o, "outboundSMSTextMessage");
	json_out_str(o, "message", text);
	json_out_end(o);
	json_out_end(o);
	json_out_end(o);
}

static bool orange_fits(
	const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	(void)a;
	return single_fits(b, i, WRITE_SMS, 0, why);
}

static bool orange_build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *name = *b->sender ? b->sender : account_get(a, "sender_name");
	const char *number = account_get(a, "sender_address");
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct strbuf sender = STRBUF_INIT;
	struct strbuf to = STRBUF_INIT;
	struct json_out o;
	bool ok = false;

	if (!name_good(name, err) || !single_text(b, WRITE_SMS, 0, "Orange", &text, err))
		goto out;
	strbuf_addf(&sender, "%s%s", strncmp(number, "tel:", 4) == 0 ? "" : "tel:", number);
	strbuf_addf(&to, "tel:%s", b->to[0].to);
	req->method = WIRE_POST;
	add_url(a, sender.buf, &req->url);
	single_headers(req, a->token);
	json_out_init_buf(&o, &req->body, false);
	add_body(&o, to.buf, sender.buf, name, text.buf);
	ok = json_out_finish(&o, err);
out:
	strbuf_release(&to);
	strbuf_release(&sender);
	strbuf_release(&text);
	return ok;
}

/* clang-format off */
static const struct orange_rule {
	const char *code;
	enum send_outcome outcome;
	enum message_reason reason;
} rules[] = {
	/* the gateway's; of 20 to 28, wrong requests, the status says enough. 42 is a token past
	 * its life, so that a fresh one is asked for */
	{ "40", OUTCOME_FORBIDDEN, REASON_NONE },	/* missing credentials */
	{ "41", OUTCOME_FORBIDDEN, REASON_NONE },	/* invalid credentials */
	{ "42", OUTCOME_FORBIDDEN, REASON_NONE },	/* expired credentials */
	{ "50", OUTCOME_FORBIDDEN, REASON_NONE },	/* access denied */
	{ "51", OUTCOME_FORBIDDEN, REASON_NONE },	/* forbidden requester */
	{ "52", OUTCOME_FORBIDDEN, REASON_NONE },	/* forbidden user */
	{ "53", OUTCOME_QUOTA, REASON_NONE },		/* too many requests */
	{ "60", OUTCOME_FORBIDDEN, REASON_NONE },	/* no such resource: the sender number */
	/* the service's */
	{ "SVC0002", OUTCOME_REFUSED, REASON_REJECTED },	/* invalid value */
	{ "SVC0003", OUTCOME_REFUSED, REASON_REJECTED },	/* value not of the list */
	{ "SVC0004", OUTCOME_REFUSED, REASON_BAD_ADDRESS },	/* no valid address */
	{ "SVC0280", OUTCOME_REFUSED, REASON_REJECTED },	/* too long */
	{ "POL0001", OUTCOME_FORBIDDEN, REASON_NONE },		/* policy; see no_units */
	{ "POL1009", OUTCOME_FORBIDDEN, REASON_NONE },		/* not provisioned */
	{ "POL1010", OUTCOME_FORBIDDEN, REASON_NONE },		/* suspended */
};
/* clang-format on */

static bool says(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (; *text; text++) {
		if (strncasecmp(text, word, len) == 0)
			return true;
	}
	return false;
}

/* " text variable variable ": what an exception says, and what is put into it. */
static void exception_words(const struct json *exception, struct strbuf *out)
{
	struct err ignored = ERR_INIT;
	struct json list, at = { .item = NULL };
	const char *s;

	strbuf_addf(out, " %s ", provider_str(exception, "text"));
	if (!json_find(exception, "variables", &list))
		return;
	while (json_next(&list, &at)) {
		if (json_as_str(&at, &s, &ignored))
			strbuf_addf(out, "%s ", s);
	}
}

/* A policy exception has one id for a contract that ended and for one whose units are
 * used up; only its words tell. Without units the account stands, and a purchase makes
 * it work again. */
static bool no_units(const char *words)
{
	static const char *const units[] = { "unit", "balance", "credit", "quota", "solde" };

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		if (says(words, units[i]))
			return !says(words, "expired");
	}
	return false;
}

static void judge_code(const char *code, struct send_result *r)
{
	provider_copy(r->code, sizeof(r->code), code);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		if (strcmp(code, rules[i].code) == 0)
			single_result(r, rules[i].outcome, rules[i].reason, 0);
	}
}

static void judge_exception(
	const struct json *exception, const struct outgoing *to, struct send_result *r)
{
	struct strbuf words = STRBUF_INIT;

	exception_words(exception, &words);
	judge_code(provider_str(exception, "messageId"), r);
	if (strcmp(r->code, "POL0001") == 0 && no_units(words.buf))
		single_result(r, OUTCOME_QUOTA, REASON_NONE, 0);
	/* an address that is not valid also comes as an invalid value that names it */
	if (strcmp(r->code, "SVC0002") == 0 &&
		(says(words.buf, " address ") || says(words.buf, to->to)))
		single_result(r, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0);
	if (r->outcome == OUTCOME_REFUSED && r->reason == REASON_BAD_ADDRESS)
		r->status = MESSAGE_BOUNCED;
	strbuf_release(&words);
}

/* The three shapes of an error: {"requestError":...} of the service, {"code":...} of
 * the gateway, {"error":...} of the keeper of tokens. */
static bool find_exception(const struct json *top, struct json *error, struct json *exception)
{
	return json_find(top, "requestError", error) &&
	       (json_find(error, "serviceException", exception) ||
		       json_find(error, "policyException", exception));
}

static void judge_error(const struct json *top, const struct outgoing *to, struct send_result *r)
{
	struct json error, exception;
	char code[32];
	int64_t n;

	if (find_exception(top, &error, &exception)) {
		judge_exception(&exception, to, r);
	} else if (single_int(top, "code", 0, 999999, &n)) {
		snprintf(code, sizeof(code), "%d", (int)n);
		judge_code(code, r);
	} else if (*provider_str(top, "error")) {
		provider_copy(r->code, sizeof(r->code), provider_str(top, "error"));
	}
}

static bool own_error(const struct json *top)
{
	struct json error, exception;
	int64_t n;

	return find_exception(top, &error, &exception) || single_int(top, "code", 0, 999999, &n) ||
	       *provider_str(top, "error");
}

static void sent(const struct json *top, struct send_result *r)
{
	struct json request;
	const char *url = "", *slash;

	if (json_find(top, "outboundSMSMessageRequest", &request))
		url = provider_str(&request, "resourceURL");
	slash = strrchr(url, '/');
	single_sent(r, slash ? slash + 1 : "");
}

static void orange_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);
	bool own = own_error(&top);

	(void)a;
	if (provider_judge(answer, own, results)) {
		if (own)
			judge_error(&top, b->to, results);
	} else if (own) { /* an error under a status that is none */
		single_result(results, OUTCOME_UNCERTAIN, REASON_NONE, 0);
		judge_error(&top, b->to, results);
	} else {
		sent(&top, results);
	}
	json_free(doc);
}

const struct provider_ops provider_orange = {
	.name = PROVIDER_ORANGE,
	.fields = fields,
	.batch_max = 1,
	.per_second = 5,
	.help = N_("On developer.orange.com, open “My apps” and the application subscribed to "
		   "the SMS API: it shows the client ID and the client secret. The sender number "
		   "is the one of your country (Burkina Faso: tel:+2260000). A sender name has "
		   "at most 11 letters and digits and works once Orange has approved it."),
	.token = orange_token,
	.token_read = oauth_read,
	.fits = orange_fits,
	.build = orange_build,
	.read = orange_read,
};
