#include "words.h"

#include "date.h"
#include "i18n.h"
#include "num.h"

enum lang words_lang(void)
{
	enum lang lang = LANG_EN;

	/* TRANSLATORS: the code of your language, two letters. */
	if (!lang_parse(_("en"), &lang))
		return LANG_EN;
	return lang;
}

void words_count(struct strbuf *out, int64_t n)
{
	num_format(out, n, 0, words_lang());
}

void words_duration(struct strbuf *out, int64_t seconds)
{
	if (seconds < 60)
		/* TRANSLATORS: seconds, as a duration; the space does not break. */
		strbuf_addf(out, _("%lld s"), (long long)seconds);
	else if (seconds < 3600)
		/* TRANSLATORS: minutes, as a duration; the space does not break. */
		strbuf_addf(out, _("%lld min"), (long long)((seconds + 30) / 60));
	else
		/* TRANSLATORS: hours and minutes, as a duration; no space breaks. */
		strbuf_addf(out, _("%lld h %02lld"), (long long)(seconds / 3600),
			(long long)(seconds % 3600 / 60));
}

void words_day(struct strbuf *out, int32_t day)
{
	struct civil c;

	if (day == DAY_NONE)
		return;
	c = date_to_civil(day);
	if (words_lang() == LANG_FR)
		strbuf_addf(out, "%02d/%02d/%04d", c.day, c.month, (int)c.year);
	else
		date_add_iso(out, day);
}

/* "20/11" and "20/11/26": the parts, false for anything else. */
static bool read_parts(const char *text, int parts[3], int *count)
{
	*count = 0;
	parts[0] = parts[1] = parts[2] = 0;
	for (; *text; text++) {
		if (*text >= '0' && *text <= '9') {
			*count = *count ? *count : 1;
			parts[*count - 1] = parts[*count - 1] * 10 + (*text - '0');
			if (parts[*count - 1] > 9999)
				return false;
		} else if ((*text == '/' || *text == '.' || *text == '-') && *count && *count < 3) {
			++*count;
		} else if (*text != ' ') {
			return false;
		}
	}
	return true;
}

static bool read_short(const char *text, int32_t today, int32_t *day)
{
	int parts[3], count, year;

	if (!read_parts(text, parts, &count) || count < 2 || parts[2] > 99)
		return false;
	year = count == 3 ? 2000 + parts[2] : (int)date_to_civil(today).year;
	if (parts[1] < 1 || parts[1] > 12 || !date_exists(year, parts[1], parts[0]))
		return false;
	*day = date_from_civil(year, parts[1], parts[0]);
	if (count == 2 && *day < today) {
		if (!date_exists(year + 1, parts[1], parts[0]))
			return false;
		*day = date_from_civil(year + 1, parts[1], parts[0]);
	}
	return true;
}

bool words_read_day(const char *text, int32_t today, int32_t *day)
{
	int64_t days;

	if (date_parse(text, strlen(text), DATE_ANY, day) == DATE_OK)
		return true;
	if (text[0] == '+' && num_parse_i64(text + 1, 0, 36500, &days)) {
		*day = today + (int32_t)days;
		return true;
	}
	return read_short(text, today, day);
}
