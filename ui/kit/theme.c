#include "theme.h"

#include <curses.h>
#include <stdint.h>

#include "compiler.h"

#define NO_RGB 0xFFFFFFFFu

/* A colour as true colour and as one of the eight; -1 is the terminal's own. */
struct colour {
	uint32_t rgb;
	int ansi;
};

struct style {
	struct colour fg, bg;
	attr_t attr;
};

#define OWN                                                                                        \
	{                                                                                          \
		NO_RGB, -1                                                                         \
	}
#define C(rgb, ansi)                                                                               \
	{                                                                                          \
		(rgb), COLOR_##ansi                                                                \
	}

/* clang-format off */
static const struct style dark[ROLE_COUNT] = {
	[ROLE_NORMAL]      = { OWN, OWN, A_NORMAL },
	[ROLE_EMPHASIS]    = { OWN, OWN, A_BOLD },
	[ROLE_DIM]         = { C(0x8a8a8a, WHITE), OWN, A_NORMAL },
	[ROLE_TITLE]       = { C(0x87afd7, CYAN), OWN, A_BOLD },
	[ROLE_LINE]        = { C(0x6c6c6c, BLUE), OWN, A_NORMAL },
	[ROLE_MARKER]      = { OWN, OWN, A_BOLD }, /* as the name: one change of style a step */
	[ROLE_MARKED]      = { C(0xffd75f, YELLOW), OWN, A_NORMAL },
	[ROLE_GOOD]        = { C(0x87d787, GREEN), OWN, A_NORMAL },
	[ROLE_MIDDLE]      = { C(0xffd75f, YELLOW), OWN, A_NORMAL },
	[ROLE_BAD]         = { C(0xff8787, RED), OWN, A_NORMAL },
	[ROLE_VIP]         = { C(0xffd700, YELLOW), OWN, A_BOLD },
	[ROLE_LOYAL]       = { C(0x87d787, GREEN), OWN, A_NORMAL },
	[ROLE_REGULAR]     = { C(0x87afff, CYAN), OWN, A_NORMAL },
	[ROLE_OCCASIONAL]  = { C(0xd7afff, MAGENTA), OWN, A_NORMAL },
	[ROLE_FRAGILE]     = { C(0xff8787, RED), OWN, A_NORMAL },
	[ROLE_TAB]         = { C(0xa8a8a8, WHITE), OWN, A_NORMAL },
	[ROLE_TAB_OPEN]    = { C(0x87afff, CYAN), OWN, A_BOLD },
	[ROLE_KEY]         = { C(0xffd75f, YELLOW), OWN, A_NORMAL },
	[ROLE_KEY_WORD]    = { C(0xa8a8a8, WHITE), OWN, A_NORMAL },
	[ROLE_STATUS]      = { OWN, OWN, A_NORMAL },
	[ROLE_FIELD]       = { OWN, OWN, A_UNDERLINE },
	[ROLE_FIELD_FOCUS] = { C(0x87afff, CYAN), OWN, A_UNDERLINE | A_BOLD },
	[ROLE_ERROR]       = { C(0xff8787, RED), OWN, A_BOLD },
	[ROLE_SELECT]      = { C(0x87afff, CYAN), OWN, A_BOLD },
	[ROLE_BANNER]      = { C(0x000000, BLACK), C(0xffaf00, YELLOW), A_NORMAL },
};

static const struct style light[ROLE_COUNT] = {
	[ROLE_NORMAL]      = { OWN, OWN, A_NORMAL },
	[ROLE_EMPHASIS]    = { OWN, OWN, A_BOLD },
	[ROLE_DIM]         = { C(0x6c6c6c, BLACK), OWN, A_NORMAL },
	[ROLE_TITLE]       = { C(0x005f87, BLUE), OWN, A_BOLD },
	[ROLE_LINE]        = { C(0x8a8a8a, BLUE), OWN, A_NORMAL },
	[ROLE_MARKER]      = { OWN, OWN, A_BOLD },
	[ROLE_MARKED]      = { C(0x875f00, MAGENTA), OWN, A_NORMAL },
	[ROLE_GOOD]        = { C(0x005f00, GREEN), OWN, A_NORMAL },
	[ROLE_MIDDLE]      = { C(0x875f00, MAGENTA), OWN, A_NORMAL },
	[ROLE_BAD]         = { C(0xaf0000, RED), OWN, A_NORMAL },
	[ROLE_VIP]         = { C(0x875f00, MAGENTA), OWN, A_BOLD },
	[ROLE_LOYAL]       = { C(0x005f00, GREEN), OWN, A_NORMAL },
	[ROLE_REGULAR]     = { C(0x005faf, BLUE), OWN, A_NORMAL },
	[ROLE_OCCASIONAL]  = { C(0x5f005f, MAGENTA), OWN, A_NORMAL },
	[ROLE_FRAGILE]     = { C(0xaf0000, RED), OWN, A_NORMAL },
	[ROLE_TAB]         = { C(0x4e4e4e, BLACK), OWN, A_NORMAL },
	[ROLE_TAB_OPEN]    = { C(0x005faf, BLUE), OWN, A_BOLD },
	[ROLE_KEY]         = { C(0x875f00, RED), OWN, A_NORMAL },
	[ROLE_KEY_WORD]    = { C(0x4e4e4e, BLACK), OWN, A_NORMAL },
	[ROLE_STATUS]      = { OWN, OWN, A_NORMAL },
	[ROLE_FIELD]       = { OWN, OWN, A_UNDERLINE },
	[ROLE_FIELD_FOCUS] = { C(0x005faf, BLUE), OWN, A_UNDERLINE | A_BOLD },
	[ROLE_ERROR]       = { C(0xaf0000, RED), OWN, A_BOLD },
	[ROLE_SELECT]      = { C(0x005faf, BLUE), OWN, A_BOLD },
	[ROLE_BANNER]      = { C(0x000000, BLACK), C(0xffaf00, YELLOW), A_NORMAL },
};

static const attr_t mono[ROLE_COUNT] = {
	[ROLE_EMPHASIS] = A_BOLD,     [ROLE_TITLE] = A_BOLD,     [ROLE_MARKER] = A_BOLD,
	[ROLE_BAD] = A_BOLD,          [ROLE_VIP] = A_BOLD,       [ROLE_FRAGILE] = A_UNDERLINE,
	[ROLE_TAB_OPEN] = A_BOLD,     [ROLE_KEY] = A_BOLD,       [ROLE_FIELD] = A_UNDERLINE,
	[ROLE_FIELD_FOCUS] = A_UNDERLINE | A_BOLD,               [ROLE_ERROR] = A_BOLD,
	[ROLE_SELECT] = A_REVERSE,    [ROLE_BANNER] = A_REVERSE,
};
/* clang-format on */

int theme_nearest256(unsigned rgb)
{
	static const unsigned steps[6] = { 0, 95, 135, 175, 215, 255 };
	unsigned best = ~0u;
	int found = 16;

	for (int i = 16; i < 256; i++) {
		unsigned c[3], d = 0;

		for (int part = 0; part < 3; part++) {
			static const int weight[3] = { 36, 6, 1 };
			unsigned have = i >= 232 ? 8 + 10 * (unsigned)(i - 232)
						 : steps[(i - 16) / weight[part] % 6];

			c[part] = rgb >> (16 - 8 * part) & 0xff;
			d += (have - c[part]) * (have - c[part]);
		}
		if (d < best) {
			best = d;
			found = i;
		}
	}
	return found;
}

static int degrade(const struct colour *c, int colours)
{
	if (c->rgb == NO_RGB)
		return -1;
	if (colours > 256) /* direct colour: the number is the colour */
		return c->rgb < 8 ? 8 : (int)c->rgb;
	return colours >= 256 ? theme_nearest256(c->rgb) : c->ansi;
}

void theme_init(struct theme *t, enum theme_id id, int colours)
{
	const char *no_color = getenv("NO_COLOR");
	const struct style *styles = id == THEME_LIGHT ? light : dark;

	*t = (struct theme){ .id = id, .colours = colours };
	if (id == THEME_MONO || (no_color && *no_color) || colours < 8) {
		t->colours = 0;
		memcpy(t->attrs, mono, sizeof(mono));
		return;
	}
	for (int r = 0; r < ROLE_COUNT; r++) {
		int fg = degrade(&styles[r].fg, colours);
		int bg = degrade(&styles[r].bg, colours);

		t->attrs[r] = styles[r].attr;
		if (fg < 0 && bg < 0)
			continue;
		t->pairs[r] = (short)(r + 1);
		init_extended_pair(r + 1, fg, bg);
	}
}

static const char *const names[THEME_COUNT] = { "dark", "light", "mono" };

bool theme_find(const char *name, enum theme_id *id)
{
	for (int i = 0; i < THEME_COUNT; i++) {
		if (!strcmp(names[i], name)) {
			*id = (enum theme_id)i;
			return true;
		}
	}
	return false;
}

const char *theme_name(enum theme_id id)
{
	return names[id];
}

enum theme_id theme_guess(void)
{
	const char *colours = getenv("COLORFGBG");
	const char *bg = colours ? strrchr(colours, ';') : NULL;

	return bg && (!strcmp(bg, ";7") || !strcmp(bg, ";15")) ? THEME_LIGHT : THEME_DARK;
}
