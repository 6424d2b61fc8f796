#include "stop_text.h"

#include <string.h>

#include "sms.h"

static const struct word ways[STOP_WAY_COUNT] = {
	[STOP_SHORT_CODE] = { "SHORT_CODE", N_("Short code") },
	[STOP_NUMBER] = { "NUMBER", N_("Phone number") },
	[STOP_LINK] = { "LINK", N_("Web page") },
};

WORD_FUNCTIONS(stop_way, ways)

/* Digits with blanks between them; 0 when there is anything else. */
static size_t count_digits(const char *s)
{
	size_t n = 0;

	for (; *s; s++) {
		if (*s >= '0' && *s <= '9')
			n++;
		else if (*s != ' ')
			return 0;
	}
	return n;
}

static bool is_link(const char *s)
{
	size_t at, len;
	size_t scheme = !strncmp(s, "https://", 8) ? 8 : !strncmp(s, "http://", 7) ? 7 : 0;

	return scheme && s[scheme] && strlen(s) <= STOP_LINK_MAX && !strpbrk(s, " \n\r\f") &&
	       !sms_offender(s, &at, &len);
}

bool stop_way_find(const char *value, enum stop_way *way)
{
	bool plus = *value == '+';
	size_t digits = count_digits(value + plus);

	if (!plus && digits >= 3 && digits <= 6)
		*way = STOP_SHORT_CODE;
	else if (digits >= 7 && digits <= 15)
		*way = STOP_NUMBER;
	else if (is_link(value))
		*way = STOP_LINK;
	else
		return false;
	return true;
}

static void add_without_blanks(struct strbuf *out, const char *s)
{
	for (; *s; s++)
		if (*s != ' ')
			strbuf_addc(out, *s);
}

bool stop_text(const char *language, enum stop_way way, const char *value, struct strbuf *out)
{
	bool french = !strncmp(language, "fr", 2);
	enum stop_way found;

	if (!stop_way_find(value, &found) || found != way)
		return false;
	if (way == STOP_LINK)
		strbuf_adds(out, french ? "Stop : " : "Stop: ");
	else
		strbuf_adds(out, french ? "STOP au " : "STOP to ");
	add_without_blanks(out, value);
	return true;
}
