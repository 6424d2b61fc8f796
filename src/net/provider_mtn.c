/*
 * MTN SMS v3 (MADAPI). Source: developers.mtn.com, "SMS V3 API" (send, error table) and
 * its OAuth guide. Where the program differs by country, paths are settings.
 *
 * One text for all receivers of a call, so one receiver a call. HTTP 200 alone is no
 * success: the field statusCode says "0000", so an answer without it leaves the message
 * uncertain. Receipts come back under our clientCorrelatorId.
 */
#include <string.h>

#include "i18n.h"
#include "json_out.h"
#include "oauth.h"
#include "provider_table.h"
#include "single.h"

static const struct provider_field fields[] = {
	{ "client_id", N_("Consumer key"), FIELD_TEXT, true, "", NULL },
	{ "client_secret", N_("Consumer secret"), FIELD_SECRET, true, "", NULL },
	{ "api_key", N_("API key, if another"), FIELD_SECRET, false, "", NULL },
	{ "service_code", N_("Service code"), FIELD_TEXT, true, "", NULL },
	{ "sender", N_("Sender name"), FIELD_TEXT, false, "", NULL },
	{ "token_path", N_("Path of the token"), FIELD_TEXT, true,
		"/v1/oauth/access_token?grant_type=client_credentials", NULL },
	{ "base_url", N_("Address of the service"), FIELD_URL, true, "https://api.mtn.com", NULL },
	{ .key = NULL },
};

static bool mtn_token(const struct account *a, struct wire_request *req, struct err *err)
{
	const char *path = account_get(a, "token_path");

	if (*path != '/')
		return err_set(err, ERR_ACCOUNT, "token_path", "a path begins with /");
	oauth_ask(a, OAUTH_FORM, path, req);
	return true;
}

static void add_body(
	struct json_out *o, const struct account *a, const struct batch *b, const char *text)
{
	const char *sender = *b->sender ? b->sender : account_get(a, "sender");
	const char *to = b->to[0].to;
	char ref[32];

	provider_ref(b->to[0].message_id, ref);
	json_out_object(o, NULL);
	if (*sender)
		json_out_str(o, "senderAddress", sender);
	json_out_array(o, "receiverAddress");
	json_out_str(o, NULL, *to == '+' ? to + 1 : to);
	json_out_end(o);
	json_out_str(o, "message", text);
	json_out_str(o, "clientCorrelatorId", ref);
	/* a sender's address is to be repeated as the service code */
	json_out_str(o, "serviceCode", *sender ? sender : account_get(a, "service_code"));
	json_out_bool(o, "requestDeliveryReceipt", true);
	json_out_end(o);
}

static bool mtn_fits(
	const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	(void)a;
	return single_fits(b, i, WRITE_SMS, 0, why);
}

static bool mtn_build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *key = account_get(a, "api_key");
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct json_out o;
	bool ok = false;

	if (!single_text(b, WRITE_SMS, 0, "MTN", &text, err))
		goto out;
	req->method = WIRE_POST;
	provider_url(a, "/v3/sms/messages/sms/outbound", &req->url);
	single_headers(req, a->token);
	wire_header(req, "x-api-key", *key ? key : account_get(a, "client_id"));
	json_out_init_buf(&o, &req->body, false);
	add_body(&o, a, b, text.buf);
	ok = json_out_finish(&o, err);
out:
	strbuf_release(&text);
	return ok;
}

/* clang-format off */
static const struct mtn_rule {
	const char *code;
	enum send_outcome outcome;
	enum message_reason reason;
} rules[] = {
	{ "1001", OUTCOME_REFUSED, REASON_REJECTED },
	{ "1005", OUTCOME_RETRY, REASON_NONE },
	{ "1007", OUTCOME_RETRY, REASON_NONE },
	{ "1012", OUTCOME_RETRY, REASON_NONE },
	{ "1013", OUTCOME_QUOTA, REASON_NONE },
	{ "3000", OUTCOME_RETRY, REASON_NONE },
	{ "3001", OUTCOME_RETRY, REASON_NONE },
	{ "3003", OUTCOME_RETRY, REASON_NONE },
	{ "3006", OUTCOME_QUOTA, REASON_NONE },
	{ "4000", OUTCOME_FORBIDDEN, REASON_NONE },
	{ "4001", OUTCOME_REFUSED, REASON_REJECTED },
	{ "5000", OUTCOME_REFUSED, REASON_REJECTED },
	{ "5001", OUTCOME_REFUSED, REASON_REJECTED },
	{ "6000", OUTCOME_FORBIDDEN, REASON_NONE }, /* billing */
	{ "6001", OUTCOME_FORBIDDEN, REASON_NONE },
};
/* clang-format on */

/* An error of the service itself. Under a success of HTTP a code that is not known says
 * no less that it was not taken. */
static void judge_code(const char *code, struct send_result *r)
{
	provider_copy(r->code, sizeof(r->code), code);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		if (strcmp(code, rules[i].code) == 0) {
			single_result(r, rules[i].outcome, rules[i].reason, 0);
			return;
		}
	}
	if (r->outcome == OUTCOME_SENT)
		single_result(r, OUTCOME_REFUSED, REASON_REJECTED, 0);
}

static void mtn_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);
	const char *code = provider_str(&top, "statusCode");
	bool success = strcmp(code, "0000") == 0;

	(void)a;
	(void)b;
	if (provider_judge(answer, *code && !success, results)) {
		if (*code && !success)
			judge_code(code, results);
	} else if (success) {
		single_sent(results, provider_str(&top, "transactionId"));
	} else if (*code) {
		judge_code(code, results);
	} else {
		single_result(results, OUTCOME_UNCERTAIN, REASON_NONE, 0);
	}
	json_free(doc);
}

const struct provider_ops provider_mtn = {
	.name = PROVIDER_MTN,
	.fields = fields,
	.batch_max = 1,
	.help = N_("On developers.mtn.com, open “My apps” and the application subscribed to "
		   "SMS V3: it shows the consumer key and the consumer secret. The service code "
		   "and the sender name are those that MTN of your country has given you."),
	.token = mtn_token,
	.token_read = oauth_read,
	.fits = mtn_fits,
	.build = mtn_build,
	.read = mtn_read,
};
