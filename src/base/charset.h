/*
 * The character encodings that exports come in, found out and turned into
 * UTF-8. Bytes of the file in, UTF-8 out; nothing is owned. Any thread.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "strbuf.h"

enum charset {
	CHARSET_NONE,
	CHARSET_UTF8,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_LATIN1,
	CHARSET_WINDOWS_1252,
	CHARSET_COUNT
};

/* "UTF-8", "Windows-1252": the same in every language. */
const char *charset_name(enum charset charset);
/* The charset a byte order mark at the start names and the bytes it takes;
 * CHARSET_NONE and 0 without one. */
enum charset charset_of_bom(const unsigned char *data, size_t len, size_t *bom_len);

/* Finds out what a file without a mark is written in, piece by piece. */
struct charset_guess {
	unsigned char tail[4]; /* a sequence that goes on in the next piece */
	size_t tail_len;
	size_t sequences; /* well-formed UTF-8 sequences of two bytes and more */
	size_t strays;	  /* bytes that are not UTF-8 */
	bool controls;	  /* a stray byte of 80..9F, which Latin-1 has no letter for */
};
#define CHARSET_GUESS_INIT                                                                         \
	{                                                                                          \
		.tail_len = 0                                                                      \
	}

void charset_guess_feed(struct charset_guess *guess, const unsigned char *data, size_t len);
/* UTF-8 while nothing contradicts it, or while what contradicts is rarer than
 * what confirms it: those few lines are then refused one by one, which is safer
 * than misreading every accent of the file. Else one of the two others. */
enum charset charset_guess_end(struct charset_guess *guess);

/* Whether every byte means something in Windows-1252. Latin-1 is read the same
 * way, since it has no letters where the two differ. */
bool charset_valid_1252(const unsigned char *data, size_t len) MUST_USE;
/* Appends one-byte text as UTF-8; a byte that means nothing is U+FFFD. */
void charset_add_1252(struct strbuf *out, const unsigned char *data, size_t len);

/* Most bytes that charset_from_utf16 writes for `len` bytes. */
#define CHARSET_UTF16_ROOM(len) ((len) / 2 * 3 + 3)
/* Turns UTF-16 into UTF-8 and returns the bytes written to `out`; `used` gets
 * what was read of `data`: all but half a unit or half a pair at the end, unless
 * it is the `last` piece. What is no character becomes one byte FF, which is in
 * no UTF-8 text, so that the line is refused where it stands; such a byte always
 * stands for two bytes of the file, except for an odd last one. */
size_t charset_from_utf16(const unsigned char *data, size_t len, bool big_endian, bool last,
	unsigned char *out, size_t *used);

#endif
