/*
 * Colours by what they mean. A role has one row a theme; it is degraded to what
 * the terminal has (true colour, 256, 8, none), and every role keeps a sign of
 * its own in mono (bold, underline, reverse or dim), because colour is never
 * the only sign. Main thread: it sets curses' colour pairs.
 */
#ifndef THEME_H
#define THEME_H

#include <stdbool.h>

enum theme_id { THEME_DARK, THEME_LIGHT, THEME_MONO, THEME_COUNT };

enum role {
	ROLE_NORMAL,
	ROLE_EMPHASIS, /* the name of the focused row, a figure that matters */
	ROLE_DIM,      /* what is there but not looked at */
	ROLE_TITLE,    /* heading of a part, of a column */
	ROLE_LINE,     /* rules, boxes, the scroll bar */
	ROLE_MARKER,   /* the sign before the focused row */
	ROLE_MARKED,   /* a row marked for a bulk action */
	ROLE_GOOD,
	ROLE_MIDDLE,
	ROLE_BAD,
	ROLE_VIP,
	ROLE_LOYAL,
	ROLE_REGULAR,
	ROLE_OCCASIONAL,
	ROLE_FRAGILE,
	ROLE_TAB,
	ROLE_TAB_OPEN,
	ROLE_KEY,      /* a key's name in the key line */
	ROLE_KEY_WORD, /* what it does */
	ROLE_STATUS,
	ROLE_FIELD,	  /* a text field */
	ROLE_FIELD_FOCUS, /* the one with the focus */
	ROLE_ERROR,	  /* the sentence beside a field */
	ROLE_SELECT,	  /* the chosen line of a menu, the focused button */
	ROLE_BANNER,	  /* DEMONSTRATION */
	ROLE_COUNT
};

struct theme {
	enum theme_id id;
	int colours;		    /* 0 for none */
	unsigned attrs[ROLE_COUNT]; /* curses' attributes */
	short pairs[ROLE_COUNT];
};

/* After start_color. NO_COLOR in the environment makes it mono. */
void theme_init(struct theme *t, enum theme_id id, int colours);
/* By its stable name ("dark", "light", "mono"). */
bool theme_find(const char *name, enum theme_id *id);
const char *theme_name(enum theme_id id);
/* Dark or light by what the terminal says of itself (COLORFGBG), else dark. */
enum theme_id theme_guess(void);
/* The nearest of the 256 colours to 0xRRGGBB. Pure. */
int theme_nearest256(unsigned rgb);

#endif
