#include "sms.h"

#include <stdint.h>
#include <string.h>

#include "utf8.h"

#define GSM7_ONE 160 /* septets of a message in one part */
#define GSM7_PART 153
#define UCS2_ONE 70
#define UCS2_PART 67

/* --- the alphabet --- */

/* The letters and signs of the default alphabet beyond ASCII. */
static const uint16_t gsm_others[] = {
	0x00A1, /* ¡ */
	0x00A3, /* £ */
	0x00A4, /* ¤ */
	0x00A5, /* ¥ */
	0x00A7, /* § */
	0x00BF, /* ¿ */
	0x00C4, /* Ä */
	0x00C5, /* Å */
	0x00C6, /* Æ */
	0x00C7, /* Ç */
	0x00C9, /* É */
	0x00D1, /* Ñ */
	0x00D6, /* Ö */
	0x00D8, /* Ø */
	0x00DC, /* Ü */
	0x00DF, /* ß */
	0x00E0, /* à */
	0x00E4, /* ä */
	0x00E5, /* å */
	0x00E6, /* æ */
	0x00E8, /* è */
	0x00E9, /* é */
	0x00EC, /* ì */
	0x00F1, /* ñ */
	0x00F2, /* ò */
	0x00F6, /* ö */
	0x00F8, /* ø */
	0x00F9, /* ù */
	0x00FC, /* ü */
	0x0393, /* Γ */
	0x0394, /* Δ */
	0x0398, /* Θ */
	0x039B, /* Λ */
	0x039E, /* Ξ */
	0x03A0, /* Π */
	0x03A3, /* Σ */
	0x03A6, /* Φ */
	0x03A8, /* Ψ */
	0x03A9, /* Ω */
};

/* Septets of a character in the GSM alphabet, 2 with its escape; 0: not in it. */
static int gsm_septets(uint32_t cp)
{
	if (cp < 0x80) {
		if (cp && strchr("\f^{}\\[~]|", (int)cp))
			return 2;
		return (cp >= ' ' && cp < 0x7F && cp != '`') || cp == '\n' || cp == '\r';
	}
	if (cp == 0x20AC) /* € */
		return 2;
	for (size_t i = 0; i < ARRAY_SIZE(gsm_others); i++)
		if (gsm_others[i] == cp)
			return 1;
	return 0;
}

/* --- counting --- */

bool sms_offender(const char *text, size_t *at, size_t *len)
{
	size_t end = strlen(text);
	size_t n;

	for (size_t pos = 0; pos < end; pos += n) {
		uint32_t cp;

		n = utf8_decode(text + pos, end - pos, &cp);
		if (!gsm_septets(cp)) {
			*at = pos;
			*len = n;
			return true;
		}
	}
	return false;
}

static int units_of(enum sms_encoding encoding, uint32_t cp)
{
	if (encoding == SMS_GSM7)
		return gsm_septets(cp);
	return cp > 0xFFFF ? 2 : 1;
}

void sms_count(const char *text, struct sms_count *out)
{
	size_t end = strlen(text);
	size_t at, len;
	int one, part;
	int full = 1; /* parts, and what is in the last */
	int fill = 0;

	*out = (struct sms_count){ .encoding =
					   sms_offender(text, &at, &len) ? SMS_UCS2 : SMS_GSM7 };
	one = out->encoding == SMS_GSM7 ? GSM7_ONE : UCS2_ONE;
	part = out->encoding == SMS_GSM7 ? GSM7_PART : UCS2_PART;
	for (size_t pos = 0; pos < end;) {
		uint32_t cp;
		int units;

		pos += utf8_decode(text + pos, end - pos, &cp);
		units = units_of(out->encoding, cp);
		out->units += units;
		if (fill + units > part) {
			full++;
			fill = 0;
		}
		fill += units;
	}
	if (out->units <= one) {
		out->parts = out->units ? 1 : 0;
		out->left = one - out->units;
	} else {
		out->parts = full;
		out->left = part - fill;
	}
}

/* --- spelling --- */

/* The letter below the marks, one a code point; '?' has none. */
static const struct {
	uint32_t first;
	const char *letters;
} plain[] = {
	{ 0x00C0, "AAAAAA?CEEEEIIIIDNOOOOOxOUUUUY??"
		  "aaaaaa?ceeeeiiiidnooooo/ouuuuy?y" },
	{ 0x0100, "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlL"
		  "lLlNnNnNnnNnOoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs" },
	{ 0x1E00, "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
		  "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
		  "WwWwWwWwWwXxXxYyZzZzZzhtwy??????AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
		  "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy" },
};

/* What is not a letter below a mark; "" drops it. */
static const struct {
	uint32_t cp;
	const char *as;
} spelled[] = {
	{ '\t', " " },
	{ '`', "'" },
	{ 0x00A0, " " }, /* no-break space */
	{ 0x00A2, "c" },
	{ 0x00A6, "|" },
	{ 0x00A9, "(c)" },
	{ 0x00AA, "a" },
	{ 0x00AB, "\"" }, /* « */
	{ 0x00AD, "" },	  /* soft hyphen */
	{ 0x00AE, "(R)" },
	{ 0x00B0, "o" }, /* n° */
	{ 0x00B1, "+/-" },
	{ 0x00B2, "2" },
	{ 0x00B3, "3" },
	{ 0x00B4, "'" },
	{ 0x00B5, "u" },
	{ 0x00B7, "-" },
	{ 0x00B9, "1" },
	{ 0x00BA, "o" },
	{ 0x00BB, "\"" }, /* » */
	{ 0x00BC, "1/4" },
	{ 0x00BD, "1/2" },
	{ 0x00BE, "3/4" },
	{ 0x0132, "IJ" },
	{ 0x0133, "ij" },
	{ 0x0150, "Ö" }, /* Ő */
	{ 0x0151, "ö" },
	{ 0x0152, "OE" }, /* Œ */
	{ 0x0153, "oe" },
	{ 0x0170, "Ü" }, /* Ű */
	{ 0x0171, "ü" },
	{ 0x0181, "B" }, /* Ɓ and others of the languages of West Africa */
	{ 0x0186, "O" },
	{ 0x0189, "D" },
	{ 0x018A, "D" },
	{ 0x018F, "E" },
	{ 0x0190, "E" },
	{ 0x0192, "f" },
	{ 0x0194, "G" },
	{ 0x0196, "I" },
	{ 0x0198, "K" },
	{ 0x0199, "k" },
	{ 0x019D, "N" },
	{ 0x01A9, "S" },
	{ 0x01B2, "V" },
	{ 0x01B3, "Y" },
	{ 0x01B4, "y" },
	{ 0x01DD, "e" },
	{ 0x0218, "S" }, /* Ș */
	{ 0x0219, "s" },
	{ 0x021A, "T" },
	{ 0x021B, "t" },
	{ 0x0253, "b" },
	{ 0x0254, "o" },
	{ 0x0256, "d" },
	{ 0x0257, "d" },
	{ 0x0259, "e" },
	{ 0x025B, "e" },
	{ 0x0263, "g" },
	{ 0x0269, "i" },
	{ 0x0272, "n" },
	{ 0x0283, "s" },
	{ 0x028B, "v" },
	{ 0x02BC, "'" },
	{ 0x1E9E, "ß" },
	{ 0x200B, "" }, /* zero-width space and joiners */
	{ 0x200C, "" },
	{ 0x200D, "" },
	{ 0x200E, "" },
	{ 0x200F, "" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "-" },
	{ 0x2015, "-" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201A, "'" },
	{ 0x201B, "'" },
	{ 0x201C, "\"" },
	{ 0x201D, "\"" },
	{ 0x201E, "\"" },
	{ 0x201F, "\"" },
	{ 0x2022, "-" }, /* • */
	{ 0x2026, "..." },
	{ 0x2028, "\n" },
	{ 0x2029, "\n" },
	{ 0x202F, " " }, /* narrow no-break space */
	{ 0x2032, "'" },
	{ 0x2033, "\"" },
	{ 0x2039, "<" },
	{ 0x203A, ">" },
	{ 0x2044, "/" },
	{ 0x205F, " " },
	{ 0x2060, "" },
	{ 0x20A3, "F" }, /* ₣ */
	{ 0x20A4, "£" },
	{ 0x2116, "No" }, /* № */
	{ 0x2122, "TM" },
	{ 0x2190, "<-" },
	{ 0x2192, "->" },
	{ 0x2212, "-" },
	{ 0x2260, "<>" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x3000, " " },
	{ 0xFB00, "ff" },
	{ 0xFB01, "fi" },
	{ 0xFB02, "fl" },
	{ 0xFB03, "ffi" },
	{ 0xFB04, "ffl" },
	{ 0xFEFF, "" },
};

/* Letters of the alphabet that may come in two characters, a letter and its mark. */
static const struct {
	char letter;
	uint16_t mark;
	uint16_t one;
} composed[] = {
	{ 'A', 0x0308, 0x00C4 },
	{ 'A', 0x030A, 0x00C5 },
	{ 'C', 0x0327, 0x00C7 },
	{ 'E', 0x0301, 0x00C9 },
	{ 'N', 0x0303, 0x00D1 },
	{ 'O', 0x0308, 0x00D6 },
	{ 'U', 0x0308, 0x00DC },
	{ 'a', 0x0300, 0x00E0 },
	{ 'a', 0x0308, 0x00E4 },
	{ 'a', 0x030A, 0x00E5 },
	{ 'e', 0x0300, 0x00E8 },
	{ 'e', 0x0301, 0x00E9 },
	{ 'i', 0x0300, 0x00EC },
	{ 'n', 0x0303, 0x00F1 },
	{ 'o', 0x0300, 0x00F2 },
	{ 'o', 0x0308, 0x00F6 },
	{ 'u', 0x0300, 0x00F9 },
	{ 'u', 0x0308, 0x00FC },
};

static bool is_space(uint32_t cp)
{
	return cp == 0x00A0 || cp == 0x202F || (cp >= 0x2000 && cp <= 0x200A);
}

/* Writes the spelling of a character outside the alphabet; NULL if it has none. */
static const char *spelling(uint32_t cp, char buf[2])
{
	for (size_t i = 0; i < ARRAY_SIZE(spelled); i++)
		if (spelled[i].cp == cp)
			return spelled[i].as;
	for (size_t i = 0; i < ARRAY_SIZE(plain); i++) {
		const char *letters = plain[i].letters;

		if (cp < plain[i].first || cp - plain[i].first >= strlen(letters))
			continue;
		buf[0] = letters[cp - plain[i].first];
		buf[1] = '\0';
		return *buf == '?' ? NULL : buf;
	}
	if (is_space(cp))
		return " ";
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ? "" : NULL;
}

struct speller {
	struct strbuf *out;
	uint32_t before; /* the character read before this one */
	uint32_t last;	 /* the last one written, as long as it is in the alphabet */
	bool all;
};

/* A mark is melted into the letter before it, or dropped there. */
static bool take_mark(struct speller *sp, uint32_t mark)
{
	if (mark < 0x0300 || mark > 0x036F || !sp->last)
		return false;
	if (sp->out->full)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(composed); i++) {
		if ((uint32_t)composed[i].letter != sp->last || composed[i].mark != mark)
			continue;
		strbuf_truncate(sp->out, sp->out->len - 1);
		sp->last = composed[i].one;
		utf8_add(sp->out, sp->last);
	}
	return true;
}

/* The no-break spaces inside « » go: "word". */
static bool inside_quotes(const struct speller *sp, uint32_t cp, uint32_t next)
{
	return is_space(cp) && (sp->before == 0x00AB || next == 0x00BB);
}

static void spell(struct speller *sp, uint32_t cp, uint32_t next)
{
	char buf[2];
	const char *as;

	if (take_mark(sp, cp) || inside_quotes(sp, cp, next))
		return;
	as = gsm_septets(cp) ? NULL : spelling(cp, buf);
	if (as) {
		strbuf_adds(sp->out, as);
		if (*as)
			sp->last = (unsigned char)as[strlen(as) - 1];
		return;
	}
	utf8_add(sp->out, cp);
	sp->last = gsm_septets(cp) ? cp : 0;
	if (!sp->last)
		sp->all = false;
}

bool sms_spell(const char *text, struct strbuf *out)
{
	struct speller sp = { .out = out, .all = true };
	size_t end = strlen(text);
	size_t n;

	for (size_t pos = 0; pos < end; pos += n) {
		uint32_t cp, next;

		n = utf8_decode(text + pos, end - pos, &cp);
		utf8_decode(text + pos + n, end - pos - n, &next);
		/* A byte that is no text must not join others to make one. */
		if (cp == UTF8_REPLACEMENT && n == 1)
			cp = '?';
		spell(&sp, cp, next);
		sp.before = cp;
	}
	return sp.all;
}

void sms_plain(const char *text, size_t len, struct strbuf *out)
{
	size_t n;

	for (size_t pos = 0; pos < len; pos += n) {
		uint32_t cp;

		n = utf8_decode(text + pos, len - pos, &cp);
		if (is_space(cp))
			strbuf_addc(out, ' ');
		else if (cp == 0x2018 || cp == 0x2019)
			strbuf_addc(out, '\'');
		else
			strbuf_add(out, text + pos, n);
	}
}
