#include "charset.h"

#include <stdint.h>

#include "utf8.h"

#define BAD_BYTE 0xff /* see charset_from_utf16 */

static const char *const names[CHARSET_COUNT] = {
	[CHARSET_NONE] = "",
	[CHARSET_UTF8] = "UTF-8",
	[CHARSET_UTF16LE] = "UTF-16LE",
	[CHARSET_UTF16BE] = "UTF-16BE",
	[CHARSET_LATIN1] = "ISO-8859-1",
	[CHARSET_WINDOWS_1252] = "Windows-1252",
};

/* 80..9F of Windows-1252; 0 where it has nothing. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,	   /* 88 */
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, /* 98 */
};

const char *charset_name(enum charset charset)
{
	return names[charset];
}

enum charset charset_of_bom(const unsigned char *data, size_t len, size_t *bom_len)
{
	if (len >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) {
		*bom_len = 3;
		return CHARSET_UTF8;
	}
	*bom_len = 2;
	if (len >= 2 && !memcmp(data, "\xff\xfe", 2))
		return CHARSET_UTF16LE;
	if (len >= 2 && !memcmp(data, "\xfe\xff", 2))
		return CHARSET_UTF16BE;
	*bom_len = 0;
	return CHARSET_NONE;
}

/* Bytes that a sequence with this first byte has; 1 for what starts none. */
static size_t sequence_len(unsigned char lead)
{
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 1;
}

/* Whether the `len` bytes at the end of a piece may be the head of a sequence. */
static bool may_go_on(const unsigned char *data, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if ((data[i] & 0xc0) != 0x80)
			return false;
	}
	return sequence_len(data[0]) > len;
}

static void guess_stray(struct charset_guess *guess, unsigned char byte)
{
	guess->strays++;
	if (byte < 0xa0)
		guess->controls = true;
}

/* Takes the non-ASCII byte at `data`; returns what it took. */
static size_t guess_take(struct charset_guess *guess, const unsigned char *data, size_t len)
{
	size_t need = sequence_len(data[0]);

	if (need > 1 && need <= len && utf8_valid((const char *)data, need)) {
		guess->sequences++;
		return need;
	}
	guess_stray(guess, data[0]);
	return 1;
}

/* Index of the next byte over 7F, eight at a time: most of a file is ASCII. */
static size_t skip_ascii(const unsigned char *data, size_t i, size_t len)
{
	uint64_t word;

	for (; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, data + i, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < len && data[i] < 0x80)
		i++;
	return i;
}

/* Ends the sequence that the last piece broke off, with the head of this one;
 * returns the bytes of `data` that went into it. */
static size_t guess_join(struct charset_guess *guess, const unsigned char *data, size_t len)
{
	unsigned char joined[sizeof(guess->tail)];
	size_t kept = guess->tail_len;
	size_t need = sequence_len(guess->tail[0]);
	size_t more = need - kept < len ? need - kept : len;

	memcpy(joined, guess->tail, kept);
	memcpy(joined + kept, data, more);
	guess->tail_len = 0;
	if (kept + more < need && may_go_on(joined, kept + more)) {
		memcpy(guess->tail, joined, kept + more);
		guess->tail_len = kept + more;
		return more;
	}
	if (guess_take(guess, joined, kept + more) > 1)
		return more;
	for (size_t i = 1; i < kept; i++)
		guess_stray(guess, joined[i]);
	return 0;
}

void charset_guess_feed(struct charset_guess *guess, const unsigned char *data, size_t len)
{
	size_t i = 0;

	if (guess->tail_len && len)
		i = guess_join(guess, data, len);
	while ((i = skip_ascii(data, i, len)) < len) {
		if (len - i < sizeof(guess->tail) && may_go_on(data + i, len - i)) {
			memcpy(guess->tail, data + i, len - i);
			guess->tail_len = len - i;
			return;
		}
		i += guess_take(guess, data + i, len - i);
	}
}

enum charset charset_guess_end(struct charset_guess *guess)
{
	for (size_t i = 0; i < guess->tail_len; i++)
		guess_stray(guess, guess->tail[i]);
	guess->tail_len = 0;
	if (!guess->strays || guess->sequences > guess->strays)
		return CHARSET_UTF8;
	return guess->controls ? CHARSET_WINDOWS_1252 : CHARSET_LATIN1;
}

bool charset_valid_1252(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (data[i] >= 0x80 && data[i] < 0xa0 && !windows_1252[data[i] - 0x80])
			return false;
	}
	return true;
}

void charset_add_1252(struct strbuf *out, const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t plain = skip_ascii(data, i, len);
		uint32_t cp;

		strbuf_add(out, data + i, plain - i);
		if (plain == len)
			break;
		cp = data[plain] >= 0xa0 ? data[plain] : windows_1252[data[plain] - 0x80];
		utf8_add(out, cp ? cp : UTF8_REPLACEMENT);
		i = plain + 1;
	}
}

static uint32_t unit_at(const unsigned char *data, bool big_endian)
{
	return big_endian ? (uint32_t)data[0] << 8 | data[1] : (uint32_t)data[1] << 8 | data[0];
}

size_t charset_from_utf16(const unsigned char *data, size_t len, bool big_endian, bool last,
	unsigned char *out, size_t *used)
{
	size_t i = 0, n = 0;

	while (i + 2 <= len) {
		uint32_t unit = unit_at(data + i, big_endian), low;

		if (unit < 0x80) {
			out[n++] = (unsigned char)unit;
		} else if (unit < 0xd800 || unit > 0xdfff) {
			n += utf8_encode(unit, (char *)out + n);
		} else if (i + 4 > len && !last && unit < 0xdc00) {
			break;
		} else {
			low = i + 4 <= len ? unit_at(data + i + 2, big_endian) : 0;
			if (unit < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) {
				unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
				n += utf8_encode(unit, (char *)out + n);
				i += 2;
			} else {
				out[n++] = BAD_BYTE;
			}
		}
		i += 2;
	}
	if (last && i < len) {
		out[n++] = BAD_BYTE;
		i = len;
	}
	*used = i;
	return n;
}
