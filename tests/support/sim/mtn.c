/* MTN SMS v3: the token and outbound messages, as in MTN's published Swagger files. */
#include <inttypes.h>

#include "faults.h"
#include "sim.h"

enum { TOKEN_SECONDS = 3599, REF_CHARS = 36 };

static void refuse(struct sim_call *c, int status, const char *code, const char *message)
{
	call_reply(c, status,
		"{\"statusCode\":\"%s\",\"statusMessage\":\"%s\",\"supportMessage\":\"%s\","
		"\"transactionId\":\"sim\",\"timestamp\":\"2026-01-01T00:00:00.000Z\","
		"\"path\":\"%s\",\"method\":\"%s\"}",
		code, message, message, c->path, c->method);
}

static const char *code_of(const struct sim_fault *f, const char *usual)
{
	return f->code[0] ? f->code : usual;
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_429:
		refuse(c, 429, code_of(f, "3006"), "Too many requests");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		break;
	case FAULT_QUOTA:
		refuse(c, 429, code_of(f, "1013"), "Quota exceeded");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		break;
	case FAULT_500:
		refuse(c, 500, code_of(f, "3001"), "System error");
		break;
	case FAULT_403:
		refuse(c, 403, code_of(f, "6000"), "Billing refused");
		break;
	default:
		if (c->kind == SIM_TOKEN)
			call_reply(c, 401, "{\"error\":\"invalid_client\"}");
		else
			refuse(c, 401, code_of(f, "4000"), "Unauthorized");
	}
}

static void token(struct sim_call *c)
{
	struct strbuf id = STRBUF_INIT, secret = STRBUF_INIT, grant = STRBUF_INIT;

	c->kind = SIM_TOKEN;
	if (!call_type_is(c, "application/x-www-form-urlencoded"))
		call_violation(c, "Content-Type is not application/x-www-form-urlencoded");
	if (!form_get(c->query, strlen(c->query), "grant_type", &grant) ||
		strcmp(grant.buf, "client_credentials") != 0)
		call_violation(c, "the query's grant_type is not client_credentials");
	if (!form_get(c->body, c->len, "client_id", &id) ||
		!form_get(c->body, c->len, "client_secret", &secret))
		call_violation(c, "client_id or client_secret is missing");
	else if (strcmp(id.buf, "mtn-id") != 0 || strcmp(secret.buf, "mtn-secret") != 0)
		call_denied(c, "client");
	if (c->denied) {
		call_reply(c, 401, "{\"error\":\"invalid_client\"}");
	} else if (c->violations) {
		call_reply(c, 400, "{\"error\":\"unsupported_grant_type\"}");
	} else {
		call_reply(c, 200, "{\"token_type\":\"BearerToken\",\"access_token\":\"");
		call_give_token(c, &c->answer);
		strbuf_addf(&c->answer, "\",\"expires_in\":\"%d\",\"status\":\"approved\"}",
			TOKEN_SECONDS);
	}
	strbuf_release(&id);
	strbuf_release(&secret);
	strbuf_release(&grant);
}

static void check_message(struct sim_call *c, const cJSON *m)
{
	const cJSON *to = cJSON_GetObjectItemCaseSensitive(m, "receiverAddress"), *one, *flag;
	const char *text = json_text(m, "message"), *ref = json_text(m, "clientCorrelatorId"),
		   *code = json_text(m, "serviceCode"), *sender = json_text(m, "senderAddress");

	if (!text || !*text)
		call_violation(c, "message is missing");
	if (!code || !*code)
		call_violation(c, "serviceCode is missing");
	else if (sender && strcmp(sender, code) != 0)
		call_violation(c, "serviceCode does not repeat senderAddress");
	if (!ref || !*ref || strlen(ref) > REF_CHARS)
		call_violation(c, "clientCorrelatorId is not up to %d characters", REF_CHARS);
	if (!cJSON_IsArray(to) || cJSON_GetArraySize(to) != 1)
		call_violation(c, "receiverAddress is not an array of one");
	cJSON_ArrayForEach(one, to) if (!cJSON_IsString(one) || one->valuestring[0] == '0' ||
					!digits_only(one->valuestring, 8, 15))
		call_violation(c, "a receiver is not a number in E.164 without +");
	flag = cJSON_GetObjectItemCaseSensitive(m, "requestDeliveryReceipt");
	if (flag && !cJSON_IsBool(flag))
		call_violation(c, "requestDeliveryReceipt is not a boolean");
}

/* Refused by HTTP; codes of 5xxx by the field of a 200, which says what counts. */
static void reject(struct sim_call *c, const char *code)
{
	if (code[0] == '5')
		call_reply(c, 200,
			"{\"statusCode\":\"%s\",\"statusMessage\":\"Failed\",\"transactionId\":"
			"\"sim\"}",
			code);
	else
		refuse(c, 400, code, "Invalid receiver");
}

static void outbound(struct sim_call *c)
{
	const char *key = call_header(c, "x-api-key"), *to, *code;
	struct strbuf id = STRBUF_INIT;
	cJSON *m;

	c->kind = SIM_SEND;
	if (!call_token(c)) {
		refuse(c, 401, "4000", "Unauthorized");
		return;
	}
	if (*key && strcmp(key, "mtn-id") != 0) {
		call_denied(c, "x-api-key");
		refuse(c, 401, "4000", "Unauthorized");
		return;
	}
	m = call_json(c);
	if (m)
		check_message(c, m);
	if (c->violations) {
		refuse(c, 400, "1001", "Invalid request");
	} else {
		to = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(m, "receiverAddress"), 0)
			     ->valuestring;
		code = faults_reject(c->sim->faults, c->provider, to, "4001");
		sim_id(c->sim, 32, &id);
		if (code) {
			reject(c, code);
		} else {
			call_got(c, to, json_text(m, "clientCorrelatorId"), "",
				json_text(m, "message"), id.buf);
			call_reply(c, 200,
				"{\"statusCode\":\"0000\",\"statusMessage\":\"Sucessful\","
				"\"transactionId\":\"%s\",\"data\":{\"status\":\"PENDING\"}}",
				id.buf);
		}
	}
	strbuf_release(&id);
	cJSON_Delete(m);
}

static void answer(struct sim_call *c)
{
	if (call_is(c, "POST", "/v1/oauth/access_token")) {
		token(c);
	} else if (call_is(c, "POST", "/v3/sms/messages/sms/outbound")) {
		outbound(c);
	} else {
		call_violation(c, "no such path");
		refuse(c, 404, "1000", "Not found");
	}
}

const struct sim_family sim_mtn = {
	.prefix = "/mtn", .provider = SIM_MTN, .answer = answer, .fail = fail
};
