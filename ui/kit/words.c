#include "words.h"

#include "i18n.h"

void words_count(struct strbuf *out, int64_t n)
{
	/* TRANSLATORS: what stands between thousands: a comma in English, a
	 * no-break space (U+00A0) in French. */
	const char *apart = _(",");
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)(n < 0 ? -n : n));

	if (n < 0)
		strbuf_addc(out, '-');
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			strbuf_adds(out, apart);
		strbuf_addc(out, digits[i]);
	}
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
