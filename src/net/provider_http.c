#include "provider_http.h"

#include <string.h>

#include "num.h"

void provider_url(const struct account *a, const char *path, struct strbuf *out)
{
	const char *base = account_get(a, "base_url");
	size_t len = strlen(base);

	while (len && base[len - 1] == '/')
		len--;
	strbuf_add(out, base, len);
	strbuf_adds(out, path);
}

struct json_doc *provider_json(const struct wire_answer *answer)
{
	struct err err = ERR_INIT;

	return json_parse(answer->body.buf, answer->body.len, WIRE_BODY_MAX, &err);
}

const char *provider_str(const struct json *obj, const char *key)
{
	struct err err = ERR_INIT;
	struct json at;
	const char *s;

	return json_find(obj, key, &at) && json_as_str(&at, &s, &err) ? s : "";
}

int64_t provider_int(const struct json *obj, const char *key)
{
	struct err err = ERR_INIT;
	struct json at;
	const char *s;
	int64_t n;

	if (!json_find(obj, key, &at))
		return 0;
	if (json_as_int(&at, INT64_MIN, INT64_MAX, &n, &err))
		return n;
	if (json_as_str(&at, &s, &err) && num_parse_i64(s, INT64_MIN, INT64_MAX, &n))
		return n;
	return 0;
}

void provider_copy(char *to, size_t size, const char *from)
{
	size_t i;

	for (i = 0; from[i] && i + 1 < size; i++)
		to[i] = from[i] > ' ' && from[i] < 0x7f ? from[i] : '?';
	to[i] = '\0';
}

bool provider_plain(const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	}
	return true;
}

bool provider_fits_address(const struct outgoing *to, struct send_result *why)
{
	if (*to->to && provider_plain(to->to))
		return true;
	*why = (struct send_result){ 0 };
	provider_refuse(why, MESSAGE_BOUNCED, REASON_BAD_ADDRESS);
	return false;
}

void provider_refuse(struct send_result *r, enum message_status status, enum message_reason reason)
{
	r->outcome = OUTCOME_REFUSED;
	r->status = status;
	r->reason = reason;
}

void provider_forbid(struct send_result *r)
{
	r->outcome = OUTCOME_FORBIDDEN;
	r->status = MESSAGE_QUEUED;
	r->reason = REASON_CREDENTIALS;
}

void provider_all(const struct batch *b, const struct send_result *one, struct send_result *results)
{
	for (size_t i = 0; i < b->count; i++)
		results[i] = *one;
}
