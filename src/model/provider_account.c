#include "provider_account.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "country.h"

bool provider_awake(const struct provider_account *p, int64_t now)
{
	if (!p->revision || !p->active)
		return false;
	return p->state == BREAKER_UP || (p->state_until && p->state_until <= now);
}

/* The next item of "a,b,c" without the blanks around it; false after the last. */
static bool next_item(const char **p, char *out, size_t size, bool *fits)
{
	const char *from = *p + strspn(*p, " ,");
	size_t len = strcspn(from, ",");

	*p = from + len;
	while (len && from[len - 1] == ' ')
		len--;
	*fits = len < size;
	snprintf(out, size, "%.*s", (int)(*fits ? len : size - 1), from);
	return len > 0;
}

bool provider_reaches(const struct provider_account *p, const char *country)
{
	const char *at = p->countries;
	char item[8];
	bool fits;

	if (!*at || !*country)
		return true;
	while (next_item(&at, item, sizeof(item), &fits))
		if (!strcmp(item, country))
			return true;
	return false;
}

/* Whether the country stands in what was written since `from`, as "BF" or "BF=". */
static bool listed(const struct strbuf *sb, size_t from, const char *iso)
{
	for (const char *p = sb->buf + from; *p; p += strcspn(p, ","), p += *p == ',')
		if (!strncmp(p, iso, 2) && strchr(",=", p[2]))
			return true;
	return false;
}

static bool add_country(const char *iso, size_t from, struct strbuf *out)
{
	const struct country *c = strlen(iso) == 2 ? country_find(iso) : NULL;

	if (!c || listed(out, from, c->iso))
		return false;
	if (out->len > from)
		strbuf_addc(out, ',');
	strbuf_adds(out, c->iso);
	return true;
}

bool provider_countries_clean(const char *text, struct strbuf *out)
{
	size_t from = out->len;
	char item[8];
	bool fits;

	while (next_item(&text, item, sizeof(item), &fits))
		if (!fits || !add_country(item, from, out))
			return false;
	return true;
}

#define PRICE_DIGITS 9 /* before the point */

/* Digits, with a point and at most `places` more; in units of the last of them. */
static bool read_price(const char *s, int places, int64_t *out)
{
	int64_t n = 0;
	int digits = 0;

	for (; isdigit((unsigned char)*s); s++, digits++)
		n = n * 10 + (*s - '0');
	if (!digits || digits > PRICE_DIGITS)
		return false;
	if (*s == '.' && !isdigit((unsigned char)*++s))
		return false;
	for (; isdigit((unsigned char)*s) && places; s++, places--)
		n = n * 10 + (*s - '0');
	for (; places; places--)
		n *= 10;
	*out = n;
	return !*s;
}

static bool add_price(const char *item, int decimals, size_t from, struct strbuf *out)
{
	const char *mark = strchr(item, '=');
	char iso[3];
	int64_t price;

	if (!mark || mark - item != 2 || !read_price(mark + 1, decimals + 2, &price))
		return false;
	snprintf(iso, sizeof(iso), "%.2s", item);
	if (!add_country(iso, from, out))
		return false;
	strbuf_adds(out, mark);
	return true;
}

bool provider_prices_clean(const char *text, int decimals, struct strbuf *out)
{
	size_t from = out->len;
	char item[32];
	bool fits;

	while (next_item(&text, item, sizeof(item), &fits))
		if (!fits || !add_price(item, decimals, from, out))
			return false;
	return true;
}

int64_t provider_price(const char *prices, int decimals, const char *country)
{
	char item[32];
	int64_t price;
	bool fits;

	while (next_item(&prices, item, sizeof(item), &fits))
		if (!strncmp(item, country, 2) && item[2] == '=' &&
			read_price(item + 3, decimals + 2, &price))
			return price;
	return 0;
}

void rate_scope_provider(enum provider_name name, char out[RATE_SCOPE_SIZE])
{
	snprintf(out, RATE_SCOPE_SIZE, "provider.%s", provider_name_word(name));
}

void rate_scope_channel(enum channel channel, char out[RATE_SCOPE_SIZE])
{
	snprintf(out, RATE_SCOPE_SIZE, "channel.%s", channel_word(channel));
}
