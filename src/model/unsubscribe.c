#include "unsubscribe.h"

#include <string.h>

#define BASE_MAX 512

/* RFC 3986, 2.3 */
static bool unreserved(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c && strchr("-._~", c));
}

static bool all_unreserved(const char *s)
{
	size_t n = 0;

	while (unreserved(s[n]))
		n++;
	return n && !s[n];
}

/* The part of a base before its host, 0 if it is of another kind. */
static size_t scheme_length(const char *base)
{
	static const char *const local[] = { "http://localhost", "http://127.", "http://[::1]" };

	if (strncmp(base, "https://", 8) == 0)
		return 8;
	for (size_t i = 0; i < ARRAY_SIZE(local); i++) {
		size_t n = strlen(local[i]);

		if (strncmp(base, local[i], n) == 0 && (i || strchr("/:", base[n])))
			return 7;
	}
	return 0;
}

static bool base_allowed(const char *base)
{
	size_t n = scheme_length(base);

	if (!n || strlen(base) > BASE_MAX || !base[n] || base[n] == '/' || base[n] == ':')
		return false;
	for (const char *s = base + n; *s; s++) {
		if (!unreserved(*s) && !strchr("/:[]%", *s))
			return false;
	}
	return true;
}

bool unsubscribe_url(const char *base, const char *ref, const char *token, struct strbuf *out)
{
	size_t len = strlen(base);

	if (!base_allowed(base) || !all_unreserved(ref) || !all_unreserved(token))
		return false;
	while (base[len - 1] == '/')
		len--;
	strbuf_add(out, base, len);
	strbuf_addf(out, UNSUBSCRIBE_PATH "%s.%s", ref, token);
	return true;
}

static void add_escaped(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		if (unreserved(*s) || *s == '@')
			strbuf_addc(out, *s);
		else
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

void unsubscribe_mailto(const char *address, const char *ref, struct strbuf *out)
{
	strbuf_adds(out, "mailto:");
	add_escaped(out, address);
	strbuf_adds(out, "?subject=unsubscribe%20");
	add_escaped(out, ref);
}
