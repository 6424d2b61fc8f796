/*
 * A window of fixed size over the bytes of a file or of a text, for a reader
 * that takes whole lines: what is unread stays, more is read behind it. UTF-16
 * becomes UTF-8 on the way in; everything else comes as it is.
 *
 * Owns the file descriptor, the copy of the text and the window. One thread at
 * a time.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charset.h"
#include "compiler.h"
#include "err.h"

struct intake {
	int fd;	      /* -1 for a text */
	char *text;   /* owned; NULL for a file */
	char *name;   /* for errors */
	int64_t size; /* bytes of the source */
	int64_t next; /* offset in the source of the next byte to read */
	enum charset charset;
	bool at_end; /* the window holds all that is left */
	unsigned char *window;
	size_t start, end; /* what is unread; window[end] is always 0 */
	size_t cap;
};

/* `fd` is *taken*. `room` is the most that may be unread at once. */
void intake_open_fd(struct intake *in, int fd, const char *name, int64_t size, size_t room);
/* The text is copied. */
void intake_open_text(struct intake *in, const char *text, size_t len, size_t room);
void intake_release(struct intake *in);

/* Moves what is unread to the front of the window and reads behind it, at least
 * one byte unless `at_end` is the outcome; only call it with less than `room`
 * unread. Pointers into the window are no longer valid. */
bool intake_fill(struct intake *in, struct err *err) MUST_USE;
/* Drops the window; the next byte is the one at `offset` of the source. */
void intake_seek(struct intake *in, int64_t offset);
/* Reads raw bytes at `offset`, whatever the charset; 0 at the end, -1 on error. */
int64_t intake_peek(struct intake *in, int64_t offset, void *out, size_t len);

#endif
