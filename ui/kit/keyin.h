/*
 * From the terminal's bytes to keys, pastes and mouse steps. Pure: no terminal,
 * no clock, no locale; the caller feeds what it read, takes what is complete,
 * and says when nothing came for keyin_wait() milliseconds. One thread.
 *
 * It knows what xterm, PuTTY, rxvt, tmux, screen and the Linux console send
 * whatever TERM says (ECMA-48 for the shape of a sequence, xterm's ctlseqs for
 * the meaning). A sequence it does not know is read to its final byte and
 * dropped: no part of it is ever taken for a key, however the reads split it.
 */
#ifndef KEYIN_H
#define KEYIN_H

#include "compiler.h"
#include "input.h"
#include "strbuf.h"

#define KEYIN_ESC_MS 100
#define KEYIN_PASTE_MAX ((size_t)1 << 20)

enum keyin_state {
	KEYIN_GROUND,
	KEYIN_PASTING,	   /* between the marks of a paste */
	KEYIN_PASTE_TAIL,  /* behind its end mark: is it the last one? */
	KEYIN_PASTE_DONE,  /* to be handed out */
	KEYIN_SKIP_CSI,	   /* in a sequence too long to be meant */
	KEYIN_SKIP_STRING, /* in an answer too long to be kept */
};

struct keyin {
	struct strbuf in;    /* bytes not yet taken */
	size_t used;	     /* of them, how many are done with */
	struct strbuf paste; /* being gathered, or the last one handed out */
	enum keyin_state state;
	bool utf8;     /* else the bytes are Latin-1 */
	bool burst;    /* the terminal cannot mark a paste: a burst of text is one */
	bool esc_done; /* the Esc in front was handed out, its sequence may be late */
	bool esc_due;  /* to be handed out: nothing followed the Esc */
	bool handed;   /* `paste` was handed out and is emptied by the next call */
	int esc_ms;    /* how long a lone Esc is waited for */
};

void keyin_init(struct keyin *k, bool utf8);
void keyin_release(struct keyin *k);
void keyin_feed(struct keyin *k, const char *bytes, size_t len);
/* Takes the next event; false when what is left is incomplete. */
bool keyin_next(struct keyin *k, struct input *out) MUST_USE;
/* Milliseconds of silence after which keyin_timeout is to be called; -1 when
 * nothing is pending. */
int keyin_wait(const struct keyin *k) MUST_USE;
/* Nothing came for that long: what is pending is decided. Call keyin_next after. */
void keyin_timeout(struct keyin *k);

#endif
