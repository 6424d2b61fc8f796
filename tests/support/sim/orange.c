/* Orange SMS API: the token (oauth/v3) and outbound messages (smsmessaging/v1). */
#include <inttypes.h>

#include "faults.h"
#include "num.h"
#include "sim.h"

enum { TOKEN_SECONDS = 3600, NAME_CHARS = 11 };

static void gateway_error(struct sim_call *c, int status, int code, const char *message)
{
	call_reply(c, status, "{\"code\":%d,\"message\":\"%s\",\"description\":\"%s\"}", code,
		message, message);
}

static void request_error(
	struct sim_call *c, int status, const char *kind, const char *id, const char *text)
{
	call_reply(c, status,
		"{\"requestError\":{\"%s\":{\"messageId\":\"%s\",\"text\":\"%s\",\"variables\":[]}}"
		"}",
		kind, id, text);
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_429:
		gateway_error(c, 429, 53, "Too many requests");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		break;
	case FAULT_QUOTA:
		request_error(
			c, 403, "policyException", "POL0001", "Expired contract: no units left");
		break;
	case FAULT_500:
		request_error(c, 500, "serviceException", "SVC0001", "A service error occurred");
		break;
	case FAULT_403:
		gateway_error(c, 403, 50, "Access denied");
		break;
	case FAULT_EXPIRED:
		gateway_error(c, 401, 42, "Expired credentials");
		break;
	default:
		if (c->kind == SIM_TOKEN)
			call_reply(c, 401,
				"{\"error\":\"invalid_client\",\"error_description\":\"The client "
				"is "
				"not known\"}");
		else
			gateway_error(c, 401, 41, "Invalid credentials");
	}
}

static void token(struct sim_call *c)
{
	struct strbuf who = STRBUF_INIT, grant = STRBUF_INIT;

	c->kind = SIM_TOKEN;
	if (!call_basic(c, &who))
		call_violation(c, "Authorization is not HTTP Basic");
	else if (strcmp(who.buf, "orange-id:orange-secret") != 0)
		call_denied(c, "client");
	if (!call_type_is(c, "application/x-www-form-urlencoded"))
		call_violation(c, "Content-Type is not application/x-www-form-urlencoded");
	if (!form_get(c->body, c->len, "grant_type", &grant) ||
		strcmp(grant.buf, "client_credentials") != 0)
		call_violation(c, "grant_type is not client_credentials");
	if (c->denied) {
		call_reply(c, 401,
			"{\"error\":\"invalid_client\",\"error_description\":\"The client is not "
			"known\"}");
	} else if (c->violations) {
		call_reply(c, 400,
			"{\"error\":\"invalid_request\",\"error_description\":\"The request is not "
			"right\"}");
	} else {
		call_reply(c, 200, "{\"token_type\":\"Bearer\",\"access_token\":\"");
		call_give_token(c, &c->answer);
		strbuf_addf(&c->answer, "\",\"expires_in\":\"%d\"}", TOKEN_SECONDS);
	}
	strbuf_release(&who);
	strbuf_release(&grant);
}

static bool tel(const char *s)
{
	return s && strncmp(s, "tel:+", 5) == 0 && digits_only(s + 5, 4, 15);
}

/* The members of a message; its address goes to *address, its words to *text. */
static void check_message(struct sim_call *c, const cJSON *root, const char *sender,
	const char **address, const char **text)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(root, "outboundSMSMessageRequest");
	const char *from = json_text(m, "senderAddress"), *name = json_text(m, "senderName");
	const cJSON *to = cJSON_GetObjectItemCaseSensitive(m, "address");

	if (!cJSON_IsObject(m))
		call_violation(c, "outboundSMSMessageRequest is missing");
	if (cJSON_IsArray(to) && cJSON_GetArraySize(to) == 1)
		to = cJSON_GetArrayItem(to, 0);
	*address = cJSON_IsString(to) ? to->valuestring : NULL;
	if (!*address || strncmp(*address, "tel:", 4) != 0 || !e164_plausible(*address + 4))
		call_violation(c, "address is not one \"tel:+...\"");
	if (!tel(from) || strcmp(from, sender) != 0)
		call_violation(c, "senderAddress is not that of the path, %s", sender);
	if (cJSON_HasObjectItem(m, "senderName") &&
		(!name || !*name || strlen(name) > NAME_CHARS ||
			strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789") != strlen(name)))
		call_violation(c, "senderName is not up to %d letters and digits", NAME_CHARS);
	*text = json_text(cJSON_GetObjectItemCaseSensitive(m, "outboundSMSTextMessage"), "message");
	if (!*text || !**text)
		call_violation(c, "outboundSMSTextMessage.message is missing");
}

static void accept_message(struct sim_call *c, const cJSON *root, const char *sender,
	const char *address, const char *text)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(root, "outboundSMSMessageRequest");
	struct strbuf id = STRBUF_INIT;

	sim_id(c->sim, 32, &id);
	call_got(c, address + 4, "", "", text, id.buf);
	call_reply(c, 201,
		"{\"outboundSMSMessageRequest\":{\"address\":[\"%s\"],\"senderAddress\":\"%s\"",
		address, sender);
	if (json_text(m, "senderName"))
		strbuf_addf(&c->answer, ",\"senderName\":\"%s\"", json_text(m, "senderName"));
	strbuf_adds(&c->answer, ",\"outboundSMSTextMessage\":{\"message\":");
	json_quote(&c->answer, text);
	strbuf_addf(&c->answer,
		"},\"resourceURL\":\"https://api.orange.com/smsmessaging/v1/outbound/%s/requests/"
		"%s\"}}",
		sender, id.buf);
	strbuf_release(&id);
}

static void outbound(struct sim_call *c, const char *sender)
{
	const char *address = NULL, *text = NULL, *code;
	cJSON *root;

	c->kind = SIM_SEND;
	if (!call_token(c)) {
		gateway_error(c, 401, c->denied ? 42 : 41,
			c->denied ? "Expired credentials" : "Invalid credentials");
		return;
	}
	root = call_json(c);
	if (root)
		check_message(c, root, sender, &address, &text);
	if (c->violations) {
		request_error(c, 400, "serviceException", "SVC0002", "Invalid input value");
	} else {
		code = faults_reject(c->sim->faults, c->provider, address + 4, "SVC0004");
		if (code)
			request_error(c, 400, "serviceException", code,
				"No valid addresses provided in message part %1");
		else
			accept_message(c, root, sender, address, text);
	}
	cJSON_Delete(root);
}

static void answer(struct sim_call *c)
{
	static const char prefix[] = "/smsmessaging/v1/outbound/";
	const char *p = c->path + sizeof(prefix) - 1, *end;
	struct strbuf sender = STRBUF_INIT;

	if (call_is(c, "POST", "/oauth/v3/token")) {
		token(c);
	} else if (strcmp(c->method, "POST") == 0 &&
		   strncmp(c->path, prefix, sizeof(prefix) - 1) == 0 && (end = strchr(p, '/')) &&
		   strcmp(end, "/requests") == 0) {
		percent_decode(p, (size_t)(end - p), false, &sender);
		if (!tel(sender.buf) || memchr(p, '+', (size_t)(end - p)) ||
			memchr(p, ':', (size_t)(end - p)))
			call_violation(c, "the path's sender is not an encoded tel:+...");
		outbound(c, sender.buf);
	} else {
		call_violation(c, "no such path");
		gateway_error(c, 404, 60, "Resource not found");
	}
	strbuf_release(&sender);
}

const struct sim_family sim_orange = {
	.prefix = "/orange", .provider = SIM_ORANGE, .answer = answer, .fail = fail
};
