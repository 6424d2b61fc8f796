#include "utf8.h"

#define ZERO_WIDTH_JOINER 0x200Du

struct range {
	uint32_t first, last;
};

#define WIDE(first, last)
#define ZERO(first, last) { first, last },
static const struct range zero[] = {
#include "utf8_width.def"
};
#undef WIDE
#undef ZERO

#define ZERO(first, last)
#define WIDE(first, last) { first, last },
static const struct range wide[] = {
#include "utf8_width.def"
};
#undef WIDE
#undef ZERO

static bool in_ranges(const struct range *table, size_t count, uint32_t cp)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (cp > table[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && cp >= table[low].first;
}

size_t utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	/* The smallest code point that needs 2, 3, 4 bytes: below it is overlong. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	size_t need;
	uint32_t c;

	*cp = UTF8_REPLACEMENT;
	if (!len)
		return 0;
	c = p[0];
	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	need = c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
	if (!need || need > len)
		return 1;
	c &= 0xFFu >> (need + 1);
	for (size_t i = 1; i < need; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 1;
	*cp = c;
	return need;
}

bool utf8_valid(const char *s, size_t len)
{
	size_t pos = 0;

	while (pos < len) {
		uint32_t cp;
		size_t n;

		if ((unsigned char)s[pos] < 0x80) {
			pos++;
			continue;
		}
		n = utf8_decode(s + pos, len - pos, &cp);

		/* U+FFFD itself is well formed, and takes three bytes. */
		if (cp == UTF8_REPLACEMENT && n == 1)
			return false;
		pos += n;
	}
	return true;
}

size_t utf8_encode(uint32_t cp, char out[UTF8_MAX])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

void utf8_add(struct strbuf *out, uint32_t cp)
{
	char bytes[UTF8_MAX];

	strbuf_add(out, bytes, utf8_encode(cp, bytes));
}

bool utf8_is_control(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return true;
	if (cp < 0x61C)
		return false;
	return cp == 0x61C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

int utf8_char_width(uint32_t cp)
{
	if (cp < zero[0].first || utf8_is_control(cp))
		return 1;
	if (in_ranges(zero, ARRAY_SIZE(zero), cp))
		return 0;
	return in_ranges(wide, ARRAY_SIZE(wide), cp) ? 2 : 1;
}

size_t utf8_next(const char *s, size_t len, size_t pos)
{
	uint32_t cp;

	if (pos >= len)
		return len;
	pos += utf8_decode(s + pos, len - pos, &cp);
	while (pos < len) {
		bool joined = cp == ZERO_WIDTH_JOINER;
		size_t n = utf8_decode(s + pos, len - pos, &cp);

		if (!joined && utf8_char_width(cp) != 0)
			break;
		pos += n;
	}
	return pos;
}

/* One code point back; `pos` is over 0. */
static size_t char_before(const char *s, size_t pos, uint32_t *cp)
{
	for (size_t n = 2; n <= UTF8_MAX && n <= pos; n++) {
		if (((unsigned char)s[pos - n] & 0xC0) == 0x80)
			continue;
		if (utf8_decode(s + pos - n, n, cp) == n)
			return pos - n;
		break;
	}
	utf8_decode(s + pos - 1, 1, cp);
	return pos - 1;
}

size_t utf8_prev(const char *s, size_t len, size_t pos)
{
	uint32_t cp, before;

	if (pos > len)
		pos = len;
	while (pos > 0) {
		pos = char_before(s, pos, &cp);
		if (utf8_char_width(cp) == 0 || pos == 0)
			continue;
		char_before(s, pos, &before);
		if (before != ZERO_WIDTH_JOINER)
			break;
	}
	return pos;
}

size_t utf8_width(const char *s, size_t len)
{
	size_t cells = 0, pos = 0;

	while (pos < len) {
		uint32_t cp;

		pos += utf8_decode(s + pos, len - pos, &cp);
		cells += (size_t)utf8_char_width(cp);
	}
	return cells;
}

size_t utf8_fit(const char *s, size_t len, size_t cells)
{
	size_t pos = 0;

	while (pos < len) {
		size_t next = utf8_next(s, len, pos);
		size_t width = utf8_width(s + pos, next - pos);

		if (width > cells)
			break;
		cells -= width;
		pos = next;
	}
	return pos;
}

void utf8_add_cut(struct strbuf *out, const char *s, size_t len, size_t cells, const char *ellipsis)
{
	size_t tail, room;

	if (utf8_fit(s, len, cells) == len) {
		strbuf_add(out, s, len);
		return;
	}
	tail = utf8_fit(ellipsis, strlen(ellipsis), cells);
	room = cells - utf8_width(ellipsis, tail);
	strbuf_add(out, s, utf8_fit(s, len, room));
	strbuf_add(out, ellipsis, tail);
}

void utf8_add_clean(struct strbuf *out, const char *s, size_t len, const char *instead)
{
	size_t pos = 0, plain = 0;

	while (pos < len) {
		uint32_t cp;
		size_t n = utf8_decode(s + pos, len - pos, &cp);
		bool broken = cp == UTF8_REPLACEMENT && n == 1;

		if (broken || utf8_is_control(cp)) {
			bool blank = (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 ||
				     cp == 0x2029;

			strbuf_add(out, s + plain, pos - plain);
			strbuf_adds(out, blank ? " " : instead);
			plain = pos + n;
		}
		pos += n;
	}
	strbuf_add(out, s + plain, len - plain);
}
