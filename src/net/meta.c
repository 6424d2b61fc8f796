#include "meta.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "json_out.h"
#include "num.h"

#define CODE_MIN (-1000)
#define CODE_MAX 999999999

/* clang-format off */
const struct meta_rule meta_rules[] = {
	{ -1, -1, 0, OUTCOME_RETRY, REASON_NONE, 0 },		/* unknown, of their server */
	{ 0, 0, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },		/* not authenticated */
	{ 1, 1, 99, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* advanced access missing */
	/* "invalid JSON reply": Meta has seen these sent all the same */
	{ 1, 1, 1357046, OUTCOME_UNCERTAIN, REASON_NONE, 0 },
	{ 2, 2, 2018344, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* page's terms not accepted */
	{ 1, 2, 0, OUTCOME_RETRY, REASON_NONE, 0 },		/* unknown; service down */
	{ 3, 3, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },		/* capability or permission */
	{ 4, 4, 0, OUTCOME_QUOTA, REASON_NONE, 0 },		/* calls of the application */
	{ 10, 10, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* permission not granted */
	{ 17, 17, 0, OUTCOME_QUOTA, REASON_NONE, 0 },		/* calls of the user */
	{ 32, 32, 0, OUTCOME_QUOTA, REASON_NONE, 0 },		/* calls of the page */
	{ 33, 33, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* our id is none of theirs */
	{ 100, 100, 33, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* likewise */
	{ 100, 100, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },	/* parameter */
	{ 102, 102, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* session over */
	{ 190, 190, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* token dead */
	{ 200, 299, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* permissions */
	{ 341, 341, 0, OUTCOME_QUOTA, REASON_NONE, 0 },		/* limit of the application */
	{ 368, 368, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* blocked for policy */
	{ 506, 506, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },	/* the same post again */
	{ 613, 613, 0, OUTCOME_QUOTA, REASON_NONE, 0 },		/* calls of this edge */
	{ 803, 803, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },	/* our id is none of theirs */
	{ 80000, 80014, 0, OUTCOME_QUOTA, REASON_NONE, 0 },	/* calls by business use case */
	META_RULES_END,
};
/* clang-format on */

void meta_request(const struct account *a, enum wire_method method, const char *id,
	const char *edge, struct wire_request *req)
{
	req->method = method;
	provider_url(a, "/", &req->url);
	wire_escape(&req->url, account_get(a, "version"));
	strbuf_addc(&req->url, '/');
	wire_escape(&req->url, id);
	if (*edge) {
		strbuf_addc(&req->url, '/');
		strbuf_adds(&req->url, edge);
	}
	single_headers(req, account_get(a, "token"));
}

bool meta_message(const struct outgoing *to, const char *type, const char *text,
	struct strbuf *body, struct err *err)
{
	struct json_out o;

	json_out_init_buf(&o, body, false);
	json_out_object(&o, NULL);
	json_out_object(&o, "recipient");
	json_out_str(&o, "id", to->to);
	json_out_end(&o);
	if (type)
		json_out_str(&o, "messaging_type", type);
	json_out_object(&o, "message");
	json_out_str(&o, "text", text);
	json_out_end(&o);
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static const struct meta_rule *find(const struct meta_rule *rules, int code, int subcode)
{
	for (; rules->outcome != SEND_OUTCOME_COUNT; rules++) {
		if (code >= rules->first && code <= rules->last &&
			(!rules->subcode || rules->subcode == subcode))
			return rules;
	}
	return NULL;
}

/* Seconds until access comes back, the longest that is told; 0 if none is. The header
 * maps ids we do not know to lists, so its text is gone through for the member. */
static int64_t regain(const struct wire_answer *answer)
{
	static const char member[] = "\"estimated_time_to_regain_access\":";
	struct strbuf value = STRBUF_INIT;
	const char *at = wire_answer_header(answer, "X-Business-Use-Case-Usage", &value);
	int64_t minutes, longest = 0;
	char digits[8];

	while ((at = strstr(at, member))) {
		size_t n;

		at += sizeof(member) - 1;
		at += strspn(at, " ");
		n = strspn(at, "0123456789");
		if (n >= sizeof(digits))
			continue;
		memcpy(digits, at, n);
		digits[n] = '\0';
		if (num_parse_i64(digits, 0, DAY_SECONDS / 60, &minutes) && minutes > longest)
			longest = minutes;
	}
	strbuf_release(&value);
	return longest * 60;
}

static void judge_code(const struct json *error, int code, int subcode,
	const struct meta_rule *rules, struct send_result *out)
{
	const struct meta_rule *rule = find(rules, code, subcode);
	struct err ignored = ERR_INIT;
	bool passes;

	if (!rule)
		rule = find(meta_rules, code, subcode);
	if (json_bool(error, "is_transient", &passes, &ignored) && passes &&
		(!rule || rule->outcome == OUTCOME_REFUSED))
		single_result(out, OUTCOME_RETRY, REASON_NONE, 0);
	else if (rule)
		single_result(out, rule->outcome, rule->reason, rule->wait);
	if (subcode)
		snprintf(out->code, sizeof(out->code), "%d/%d", code, subcode);
	else
		snprintf(out->code, sizeof(out->code), "%d", code);
}

bool meta_judge(const struct wire_answer *answer, const struct json *top,
	const struct meta_rule *rules, struct send_result *out, int *subcode)
{
	int64_t code = 0, sub = 0, wait;
	struct json error;
	bool own = json_find(top, "error", &error) &&
		   single_int(&error, "code", CODE_MIN, CODE_MAX, &code);
	bool done = provider_judge(answer, own, out);

	if (own && !single_int(&error, "error_subcode", 0, CODE_MAX, &sub))
		sub = 0;
	if (subcode)
		*subcode = (int)sub;
	if (!own)
		return done;
	if (!done) /* an error under a status that is none */
		single_result(out, OUTCOME_UNCERTAIN, REASON_NONE, 0);
	judge_code(&error, (int)code, (int)sub, rules, out);
	wait = out->outcome == OUTCOME_QUOTA ? regain(answer) : 0;
	if (wait && !answer->wait_seconds)
		out->wait_seconds = wait;
	return true;
}
