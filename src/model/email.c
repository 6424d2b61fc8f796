#include "email.h"

#include <arpa/inet.h>
#include <strings.h>

#include "i18n.h"
#include "utf8.h"

#define LABEL_MAX 63
/* A name before "<...>", or what a paste brings; more is no address. */
#define RAW_MAX 1000

static const char *const results[EMAIL_RESULTS] = {
	[EMAIL_OK] = "",
	[EMAIL_EMPTY] = N_("there is no address"),
	[EMAIL_NO_AT] = N_("an address has a name, an @ and a domain"),
	[EMAIL_SEVERAL] = N_("there is more than one address: keep one"),
	[EMAIL_TOO_LONG] = N_("the address is too long"),
	[EMAIL_NOT_ASCII] = N_("accents cannot stand before the @"),
	[EMAIL_BAD_LOCAL] = N_("what stands before the @ is not right"),
	[EMAIL_BAD_DOMAIN] = N_("the domain after the @ is not right"),
};

const char *email_result_label(enum email_result result)
{
	return (size_t)result < EMAIL_RESULTS ? results[result] : "";
}

/* A piece of the text under work. */
struct piece {
	const char *s;
	size_t len;
};

/* Bytes of the blank that stands at `s`, 0 if none does. */
static size_t blank_at(const char *s, size_t len)
{
	if (!len)
		return 0;
	if (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		return 1;
	if (len >= 2 && !memcmp(s, "\xc2\xa0", 2))
		return 2;
	/* Thin, narrow and zero-width spaces, the byte-order mark. */
	if (len >= 3 && !memcmp(s, "\xe2\x80", 2) &&
		((unsigned char)s[2] <= 0x8f || (unsigned char)s[2] == 0xaf))
		return 3;
	return len >= 3 && !memcmp(s, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static size_t blank_before(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++)
		if (blank_at(s + len - n, n) == n)
			return n;
	return 0;
}

static void piece_trim(struct piece *p)
{
	size_t n;

	while ((n = blank_at(p->s, p->len))) {
		p->s += n;
		p->len -= n;
	}
	while ((n = blank_before(p->s, p->len)))
		p->len -= n;
}

static const char *piece_find(const struct piece *p, char c)
{
	return memchr(p->s, c, p->len);
}

static const char *piece_last(const struct piece *p, char c)
{
	for (size_t i = p->len; i > 0; i--)
		if (p->s[i - 1] == c)
			return p->s + i - 1;
	return NULL;
}

/* "Awa Kabré <awa@mail.bf>" and "<awa@mail.bf>". */
static void piece_unwrap_angle(struct piece *p)
{
	const char *open;

	if (!p->len || p->s[p->len - 1] != '>')
		return;
	open = piece_last(p, '<');
	if (!open)
		return;
	p->len = (size_t)(p->s + p->len - 1 - (open + 1));
	p->s = open + 1;
}

/* Quotes around the whole address, not those of a quoted local part. */
static void piece_unwrap_quotes(struct piece *p)
{
	char q = p->len ? p->s[0] : '\0';

	if (p->len < 2 || (q != '"' && q != '\'') || p->s[p->len - 1] != q)
		return;
	p->s++;
	p->len -= 2;
}

static void piece_clean(struct piece *p)
{
	size_t before;

	do {
		before = p->len;
		piece_trim(p);
		while (p->len && memchr(".,;", p->s[p->len - 1], 3))
			p->len--;
		piece_unwrap_angle(p);
		piece_unwrap_quotes(p);
		if (p->len > 7 && !strncasecmp(p->s, "mailto:", 7)) {
			p->s += 7;
			p->len -= 7;
		}
	} while (p->len != before);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 5322's atext, the characters of an unquoted local part. */
static bool is_atext(char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool dot_string_ok(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool dot = s[i] == '.' && i > 0 && i + 1 < len && s[i - 1] != '.';

		if (!dot && !is_atext(s[i]))
			return false;
	}
	return len > 0;
}

/* The bytes of a quoted string with its quotes, 0 if `s` is not one. */
static size_t quoted_length(const char *s, size_t len)
{
	if (!len || s[0] != '"')
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (s[i] == '"')
			return i + 1;
		if (s[i] == '\\')
			i++;
		if (i < len && (s[i] < ' ' || s[i] > '~'))
			return 0;
	}
	return 0;
}

static bool has_high_bytes(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return true;
	return false;
}

static enum email_result local_check(const char *s, size_t len)
{
	if (len > EMAIL_LOCAL_MAX)
		return EMAIL_TOO_LONG;
	if (has_high_bytes(s, len))
		return EMAIL_NOT_ASCII;
	if (s[0] == '"')
		return quoted_length(s, len) == len ? EMAIL_OK : EMAIL_BAD_LOCAL;
	return dot_string_ok(s, len) ? EMAIL_OK : EMAIL_BAD_LOCAL;
}

/* Letters, digits and inner hyphens; any letter beyond ASCII that is well formed. */
static bool label_ok(const char *s, size_t len)
{
	if (!len || len > LABEL_MAX || s[0] == '-' || s[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len;) {
		uint32_t cp;
		size_t n = utf8_decode(s + i, len - i, &cp);

		if (cp < 0x80 ? !is_alnum(s[i]) && s[i] != '-'
			      : cp < 0xc0 || cp == UTF8_REPLACEMENT || utf8_is_control(cp) ||
					blank_at(s + i, n))
			return false;
		i += n;
	}
	return true;
}

/* [192.0.2.1], [IPv6:2001:db8::1], [tag:what the tag's standard says]. */
static bool literal_ok(const char *s, size_t len)
{
	char inside[EMAIL_DOMAIN_MAX + 1];
	unsigned char address[16];
	const char *colon;

	if (len < 3 || s[len - 1] != ']')
		return false;
	memcpy(inside, s + 1, len - 2);
	inside[len - 2] = '\0';
	if (strlen(inside) != len - 2)
		return false;
	if (!strncasecmp(inside, "IPv6:", 5))
		return inet_pton(AF_INET6, inside + 5, address) == 1;
	colon = strchr(inside, ':');
	if (!colon)
		return inet_pton(AF_INET, inside, address) == 1;
	for (const char *c = inside; c < colon; c++)
		if (!is_alnum(*c) && *c != '-')
			return false;
	for (const char *c = colon + 1; *c; c++)
		if (*c < '!' || *c > '~' || *c == '[' || *c == '\\' || *c == ']')
			return false;
	return colon > inside && colon[-1] != '-' && colon[1];
}

static enum email_result domain_check(const char *s, size_t len, bool *dotted)
{
	size_t start = 0;

	*dotted = len && s[0] == '[';
	if (len > EMAIL_DOMAIN_MAX)
		return EMAIL_TOO_LONG;
	if (*dotted)
		return literal_ok(s, len) ? EMAIL_OK : EMAIL_BAD_DOMAIN;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && s[i] != '.')
			continue;
		if (!label_ok(s + start, i - start))
			return EMAIL_BAD_DOMAIN;
		*dotted |= i < len;
		start = i + 1;
	}
	return EMAIL_OK;
}

/* Lower case in place: ASCII, and the capitals of Latin-1 in UTF-8 (À to Þ). */
static void lower(char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 'A' && c <= 'Z')
			s[i] = (char)(c - 'A' + 'a');
		else if (i > 0 && (unsigned char)s[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e &&
			 c != 0x97)
			s[i] = (char)(c + 0x20);
	}
}

/* The key's local part: out of needless quotes. Returns its length. */
static size_t key_local(char *key, const char *local, size_t len)
{
	if (local[0] == '"' && dot_string_ok(local + 1, len - 2)) {
		local++;
		len -= 2;
	}
	memcpy(key, local, len);
	return len;
}

static void email_fill(struct email *e, const struct piece *p, size_t local)
{
	size_t n;

	memcpy(e->address, p->s, p->len);
	lower(e->address + local, p->len - local);
	n = key_local(e->key, p->s, local);
	memcpy(e->key + n, e->address + local, p->len - local);
	lower(e->key, n);
}

static enum email_result email_read(const struct piece *p, struct email *e)
{
	size_t quoted, local;
	const char *at;
	enum email_result result;
	bool dotted = false;

	if (!p->len)
		return EMAIL_EMPTY;
	quoted = quoted_length(p->s, p->len);
	at = quoted ? (quoted < p->len && p->s[quoted] == '@' ? p->s + quoted : NULL)
		    : piece_find(p, '@');
	if (!at || at == p->s || at == p->s + p->len - 1)
		return EMAIL_NO_AT;
	local = (size_t)(at - p->s);
	if (at[1] != '[' && memchr(at + 1, '@', p->len - local - 1))
		return EMAIL_SEVERAL;
	result = local_check(p->s, local);
	if (result == EMAIL_OK)
		result = domain_check(at + 1, p->len - local - 1, &dotted);
	if (result == EMAIL_OK && p->len > EMAIL_MAX)
		result = EMAIL_TOO_LONG;
	if (result != EMAIL_OK)
		return result;
	email_fill(e, p, local);
	e->doubtful = !dotted;
	return EMAIL_OK;
}

bool email_clean(const char *raw, struct email *email)
{
	struct piece p = { .s = raw, .len = 0 };

	*email = (struct email){ .result = EMAIL_TOO_LONG };
	while (p.len <= RAW_MAX && raw[p.len])
		p.len++;
	if (p.len > RAW_MAX)
		return false;
	piece_clean(&p);
	email->result = email_read(&p, email);
	return email->result == EMAIL_OK;
}
