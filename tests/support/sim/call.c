#include "sim.h"

#include <inttypes.h>

#include "clock.h"
#include "date.h"
#include "faults.h"
#include "mem.h"
#include "num.h"
#include "record.h"
#include "rng.h"
#include "utf8.h"

const char *sim_word(enum sim_provider p)
{
	static const char *const words[] = {
		[SIM_SENDGRID] = "sendgrid",
		[SIM_MAILCHIMP] = "mailchimp",
		[SIM_TWILIO] = "twilio",
		[SIM_ORANGE] = "orange",
		[SIM_MTN] = "mtn",
		[SIM_WHATSAPP] = "whatsapp",
		[SIM_MESSENGER] = "facebook",
		[SIM_INSTAGRAM] = "instagram",
		[SIM_SMTP] = "smtp",
		[SIM_PROVIDERS] = "all",
	};

	return words[p];
}

bool sim_provider_of(const char *word, enum sim_provider *out)
{
	for (int p = 0; p <= SIM_PROVIDERS; p++)
		if (strcmp(word, sim_word((enum sim_provider)p)) == 0) {
			*out = (enum sim_provider)p;
			return true;
		}
	return false;
}

/* SIM_SHIFT: seconds by which the clock of a test differs from the machine's. */
int64_t sim_now(void)
{
	struct clock clock = clock_system();
	const char *shift = getenv("SIM_SHIFT");

	return clock.now(clock.data) + (shift ? strtoll(shift, NULL, 10) : 0);
}

void sim_id(struct sim *s, int digits, struct strbuf *out)
{
	struct rng rng;

	rng_init_stream(&rng, s->seed, ++s->serial);
	for (int i = 0; i < digits; i++)
		strbuf_addc(out, "0123456789abcdef"[rng_below(&rng, 16)]);
}

void got_release(struct sim_got *g)
{
	free(g->address);
	free(g->ref);
	free(g->subject);
	free(g->text);
	free(g->id);
}

bool call_is(const struct sim_call *c, const char *method, const char *path)
{
	return strcmp(c->method, method) == 0 && strcmp(c->path, path) == 0;
}

void call_violation(struct sim_call *c, const char *fmt, ...)
{
	struct strbuf reason = STRBUF_INIT, where = STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&reason, fmt, ap);
	va_end(ap);
	strbuf_addf(&where, "%s %s", c->method, c->path);
	record_line(c->sim->record, "violation", c->provider, where.buf, "", "", reason.buf);
	c->violations++;
	strbuf_release(&reason);
	strbuf_release(&where);
}

void call_denied(struct sim_call *c, const char *what)
{
	record_line(c->sim->record, "denied", c->provider, c->path, "", "", what);
	c->denied = true;
}

void call_reply(struct sim_call *c, int status, const char *fmt, ...)
{
	va_list ap;

	c->status = status;
	strbuf_clear(&c->answer);
	va_start(ap, fmt);
	strbuf_vaddf(&c->answer, fmt, ap);
	va_end(ap);
}

void call_reply_header(struct sim_call *c, const char *name, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(&c->headers, "%s: ", name);
	va_start(ap, fmt);
	strbuf_vaddf(&c->headers, fmt, ap);
	va_end(ap);
	strbuf_addc(&c->headers, '\n');
}

size_t call_got(struct sim_call *c, const char *address, const char *ref, const char *subject,
	const char *text, const char *id)
{
	struct sim_got g = {
		.address = mem_strdup(address ? address : ""),
		.ref = mem_strdup(ref ? ref : ""),
		.subject = mem_strdup(subject ? subject : ""),
		.text = mem_strdup(text ? text : ""),
		.id = mem_strdup(id ? id : ""),
		.at = sim_now(),
		.provider = c->provider,
		.kind = c->kind == SIM_POST ? "post" : "got",
	};

	vec_push(&c->got, g);
	return c->got.len - 1;
}

void call_drop(struct sim_call *c)
{
	for (size_t i = 0; i < c->got.len; i++)
		got_release(&c->got.items[i]);
	c->got.len = 0;
}

void call_looked(struct sim_call *c, const char *what)
{
	record_line(c->sim->record, "lookup", c->provider, what, "", "", "");
}

void call_check_unsubscribe(struct sim_call *c, const char *list, const char *post)
{
	bool click = list && (strstr(list, "<https://") || strstr(list, "<http://127.0.0.1"));

	/* By letter alone (RFC 2369) there is no click to announce (RFC 8058). */
	if (list && !post && !click && strstr(list, "<mailto:"))
		return;
	if (!list != !post)
		call_violation(c, "List-Unsubscribe and List-Unsubscribe-Post go together");
	else if (post && strcmp(post, "List-Unsubscribe=One-Click") != 0)
		call_violation(c, "List-Unsubscribe-Post is \"%s\"", post);
	else if (list && !click)
		call_violation(c, "List-Unsubscribe has no <https://...>");
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

int word_compare(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) - lower(*b);
}

bool word_equal(const char *a, const char *b)
{
	return word_compare(a, b) == 0;
}

bool call_type_is(const struct sim_call *c, const char *type)
{
	const char *sent = call_header(c, "Content-Type");
	char *name = mem_strndup(sent, strcspn(sent, "; "));
	bool same = word_equal(name, type);

	free(name);
	return same;
}

bool call_basic(const struct sim_call *c, struct strbuf *out)
{
	const char *sent = call_header(c, "Authorization");

	strbuf_clear(out);
	return strncmp(sent, "Basic ", 6) == 0 && base64_decode(sent + 6, strlen(sent + 6), out) &&
	       strchr(out->buf, ':');
}

bool call_bearer(struct sim_call *c, const char *token)
{
	const char *sent = call_header(c, "Authorization");

	if (strncmp(sent, "Bearer ", 7) != 0 || !sent[7]) {
		call_violation(c, "Authorization is not \"Bearer TOKEN\"");
		return false;
	}
	if (strcmp(sent + 7, token) != 0) {
		call_denied(c, "Authorization");
		return false;
	}
	return true;
}

bool call_token(struct sim_call *c)
{
	const char *sent = call_header(c, "Authorization");
	struct strbuf prefix = STRBUF_INIT;
	int64_t number = 0;
	bool ok = false;

	strbuf_addf(&prefix, "Bearer %s-token-", sim_word(c->provider));
	if (strncmp(sent, "Bearer ", 7) != 0 || !sent[7])
		call_violation(c, "Authorization is not \"Bearer TOKEN\"");
	else if (strncmp(sent, prefix.buf, prefix.len) != 0 ||
		 !num_parse_i64(sent + prefix.len, c->sim->tokens[c->provider].revoked + 1,
			 c->sim->tokens[c->provider].given, &number))
		call_denied(c, "token");
	else
		ok = true;
	strbuf_release(&prefix);
	return ok;
}

void call_give_token(struct sim_call *c, struct strbuf *out)
{
	struct strbuf token = STRBUF_INIT;

	strbuf_addf(&token, "%s-token-%" PRId64, sim_word(c->provider),
		++c->sim->tokens[c->provider].given);
	record_line(c->sim->record, "token", c->provider, token.buf, "", "", "");
	strbuf_add(out, token.buf, token.len);
	strbuf_release(&token);
}

cJSON *call_json(struct sim_call *c)
{
	const char *end = NULL;
	cJSON *json;

	if (!call_type_is(c, "application/json"))
		call_violation(c, "Content-Type is \"%s\", not application/json",
			call_header(c, "Content-Type"));
	if (!utf8_valid(c->body, c->len) || memchr(c->body, '\0', c->len)) {
		call_violation(c, "the body is not UTF-8 text");
		return NULL;
	}
	json = cJSON_ParseWithLengthOpts(c->body, c->len, &end, false);
	while (json && end < c->body + c->len && strchr(" \t\r\n", *end))
		end++;
	if (!json || end != c->body + c->len || !cJSON_IsObject(json)) {
		call_violation(c, "the body is not one JSON object");
		cJSON_Delete(json);
		return NULL;
	}
	return json;
}

const char *json_text(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return cJSON_IsString(item) ? item->valuestring : NULL;
}

void json_quote(struct strbuf *out, const char *text)
{
	strbuf_addc(out, '"');
	for (const unsigned char *p = (const unsigned char *)(text ? text : ""); *p; p++) {
		if (*p == '"' || *p == '\\')
			strbuf_addf(out, "\\%c", *p);
		else if (*p < 0x20)
			strbuf_addf(out, "\\u%04x", *p);
		else
			strbuf_addc(out, (char)*p);
	}
	strbuf_addc(out, '"');
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void percent_decode(const char *in, size_t len, bool plus, struct strbuf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (in[i] == '%' && i + 2 < len && hex_value(in[i + 1]) >= 0 &&
			hex_value(in[i + 2]) >= 0) {
			strbuf_addc(out, (char)(hex_value(in[i + 1]) * 16 + hex_value(in[i + 2])));
			i += 2;
		} else {
			strbuf_addc(out, plus && in[i] == '+' ? ' ' : in[i]);
		}
	}
}

bool form_next(const char *form, size_t len, size_t *at, struct strbuf *name, struct strbuf *value)
{
	const char *start = form + *at, *end, *equals;

	if (*at >= len)
		return false;
	end = memchr(start, '&', len - *at);
	if (!end)
		end = form + len;
	equals = memchr(start, '=', (size_t)(end - start));
	strbuf_clear(name);
	strbuf_clear(value);
	percent_decode(start, (size_t)((equals ? equals : end) - start), true, name);
	if (equals)
		percent_decode(equals + 1, (size_t)(end - equals - 1), true, value);
	*at = (size_t)(end - form) + 1;
	return true;
}

bool form_get(const char *form, size_t len, const char *wanted, struct strbuf *out)
{
	struct strbuf name = STRBUF_INIT;
	size_t at = 0;
	bool found = false;

	while (!found && form_next(form, len, &at, &name, out))
		found = strcmp(name.buf, wanted) == 0;
	if (!found)
		strbuf_clear(out);
	strbuf_release(&name);
	return found;
}

bool base64_decode(const char *in, size_t len, struct strbuf *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0;
	int held = 0;
	size_t i = 0, used = 0;

	for (; i < len && in[i] != '='; i++) {
		const char *digit = in[i] ? strchr(digits, in[i]) : NULL;

		if (in[i] == '\r' || in[i] == '\n')
			continue;
		if (!digit)
			return false;
		used++;
		bits = bits << 6 | (uint32_t)(digit - digits);
		held += 6;
		if (held >= 8) {
			held -= 8;
			strbuf_addc(out, (char)(bits >> held & 0xff));
		}
	}
	for (; i < len; i++)
		if (in[i] == '=')
			used++;
		else if (in[i] != '\r' && in[i] != '\n')
			return false;
	return used % 4 == 0;
}

size_t text_chars(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

bool email_plausible(const char *email)
{
	const char *at = email ? strchr(email, '@') : NULL;

	return at && at > email && !strchr(at + 1, '@') && strchr(at + 1, '.') && at[1] != '.' &&
	       email[strlen(email) - 1] != '.' && !strpbrk(email, " <>,;\"\\\t\r\n") &&
	       strlen(email) <= 254;
}

bool digits_only(const char *s, size_t min, size_t max)
{
	size_t len = strlen(s);

	return len >= min && len <= max && strspn(s, "0123456789") == len;
}

bool e164_plausible(const char *number)
{
	return number && number[0] == '+' && number[1] != '0' && digits_only(number + 1, 7, 15);
}

void add_rfc2822(struct strbuf *out, int64_t at)
{
	int32_t second;
	int32_t day = date_of_instant(at, &second);
	struct civil c = date_to_civil(day);

	strbuf_addf(out, "%s, %02d %s %04d %02d:%02d:%02d +0000",
		date_weekday_short(LANG_EN, date_weekday(day)), c.day,
		date_month_short(LANG_EN, c.month), (int)c.year, (int)(second / 3600),
		(int)(second / 60 % 60), (int)(second % 60));
}

void add_replaced(struct strbuf *out, const char *text, const char *what, const char *with)
{
	const char *found;

	while (*what && (found = strstr(text, what))) {
		strbuf_add(out, text, (size_t)(found - text));
		strbuf_adds(out, with);
		text = found + strlen(what);
	}
	strbuf_adds(out, text);
}
