/*
 * What a person does at the terminal, as the decoder hands it on: a key, a
 * paste, a mouse step. Plain values; `text` is *borrowed until* the next call
 * of whoever handed it out.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keys that are no character, above the last code point. */
enum key_code {
	K_ENTER = 0x110000,
	K_ESC,
	K_TAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PGUP,
	K_PGDN,
	K_F1,
	K_F12 = K_F1 + 11,
	K_LAST
};

enum key_mod { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

/* A capital is its own code without MOD_SHIFT; Ctrl-R is 'r' with MOD_CTRL. */
struct key {
	uint32_t code;
	unsigned mods;
};

/* Types something: a character without Ctrl or Alt. */
static inline bool key_types(struct key key)
{
	return key.code >= 0x20 && key.code < K_ENTER && !(key.mods & (MOD_ALT | MOD_CTRL));
}

static inline bool key_is(struct key key, uint32_t code, unsigned mods)
{
	return key.code == code && key.mods == mods;
}

enum input_kind { INPUT_NONE, INPUT_KEY, INPUT_PASTE, INPUT_MOUSE };

enum mouse_what { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
	enum mouse_what what;
	int y, x; /* cells from 0 */
	int button;
	bool again; /* a second press on the same cell within the double-click time */
};

struct input {
	enum input_kind kind;
	struct key key;
	const char *text; /* the paste, line ends as \n, no other control but \t */
	size_t len;
	struct mouse mouse;
};

#endif
