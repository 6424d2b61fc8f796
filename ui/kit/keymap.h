/*
 * Which key asks for which action. Filled from texts of lines
 *
 *	action-name  key [key ...]
 *
 * (a line that begins with # is a comment), first the default, then the person's
 * own: a line replaces all keys of its action; without keys it takes them away. A key is a
 *character or a name (Enter Esc Tab Space Backspace Delete Insert Up Down Left Right Home End PgUp
 * PgDn F1..F12), with Ctrl-, Alt- or Shift- before it. One key may serve several
 * actions: the caller says which of them count now. One thread.
 */
#ifndef KEYMAP_H
#define KEYMAP_H

#include "action.h"
#include "compiler.h"
#include "err.h"
#include "input.h"
#include "strbuf.h"
#include "vec.h"

struct binding {
	struct key key;
	int action;
};

struct keymap {
	const struct action *actions; /* *borrowed* for its life */
	int count;
	VEC(struct binding) bindings;
};

void keymap_init(struct keymap *km, const struct action *actions, int count);
void keymap_release(struct keymap *km);
/* Reads such a text. Lines that are wrong are left out; the first of them is
 * reported as "name:line" (ERR_KEYS) after the others took effect. */
bool keymap_load(struct keymap *km, const char *text, const char *name, struct err *err) MUST_USE;
bool keymap_has(const struct keymap *km, int action, struct key key) MUST_USE;
/* The first key of an action as a person reads it ("Entrée"), or "" without one. */
void keymap_key(const struct keymap *km, int action, struct strbuf *out);
/* All of them, with ", " between. */
void keymap_keys(const struct keymap *km, int action, struct strbuf *out);
/* The action of that stable name, -1 when there is none. */
int keymap_action(const struct keymap *km, const char *name) MUST_USE;

/* A key by its name in such a text, and as it is printed on the keyboard. */
bool key_parse(const char *text, size_t len, struct key *key) MUST_USE;
void key_label(struct key key, struct strbuf *out);

#endif
