#include "look.h"

static const struct look looks[LOOK_COUNT] = {
	[LOOK_RICH] = {
		.id = LOOK_RICH,
		.glyphs = {
#define GLYPH_(g, rich, windows, ascii) [G_##g] = (rich),
			GLYPHS(GLYPH_)
#undef GLYPH_
		},
		.bars = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" },
		.parts = { "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" },
	},
	[LOOK_WINDOWS] = {
		.id = LOOK_WINDOWS,
		.glyphs = {
#define GLYPH_(g, rich, windows, ascii) [G_##g] = (windows),
			GLYPHS(GLYPH_)
#undef GLYPH_
		},
		.bars = { "░", "░", "▒", "▒", "▓", "▓", "█", "█" },
		.parts = { " ", " ", " ", "▌", "▌", "▌", "▌", "█" },
	},
	[LOOK_ASCII] = {
		.id = LOOK_ASCII,
		.glyphs = {
#define GLYPH_(g, rich, windows, ascii) [G_##g] = (ascii),
			GLYPHS(GLYPH_)
#undef GLYPH_
		},
		.bars = { ".", ".", ":", "-", "=", "+", "*", "#" },
		.parts = { " ", " ", " ", "=", "=", "=", "=", "#" },
	},
};

static const char *const names[LOOK_COUNT] = { "rich", "windows", "ascii" };

const struct look *look_get(enum look_id id)
{
	return &looks[id];
}

bool look_find(const char *name, enum look_id *id)
{
	for (unsigned i = 0; i < LOOK_COUNT; i++) {
		if (!strcmp(names[i], name)) {
			*id = (enum look_id)i;
			return true;
		}
	}
	return false;
}

const char *look_name(enum look_id id)
{
	return names[id];
}

/* U+00C0 to U+017F without their marks; a dot where two letters are needed. */
static const char latin[] = "AAAAAA.CEEEEIIIIDNOOOOOxOUUUUYT."
			    "aaaaaa.ceeeeiiiidnooooo/ouuuuyty"
			    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
			    "GgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
			    "lLlNnNnNnnNnOoOoOo..RrRrRrSsSsSs"
			    "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

/* What is not a letter with a mark. */
static const struct {
	unsigned cp;
	const char *text;
} twins[] = {
	{ 0x00A0, " " },
	{ 0x00A3, "L" },
	{ 0x00A7, "S" },
	{ 0x00A9, "(c)" },
	{ 0x00AB, "\"" },
	{ 0x00AE, "(R)" },
	{ 0x00B0, "o" },
	{ 0x00B1, "+-" },
	{ 0x00B2, "2" },
	{ 0x00B3, "3" },
	{ 0x00B7, "-" },
	{ 0x00BB, "\"" },
	{ 0x00C6, "AE" },
	{ 0x00DF, "ss" },
	{ 0x00E6, "ae" },
	{ 0x0132, "IJ" },
	{ 0x0133, "ij" },
	{ 0x0152, "OE" },
	{ 0x0153, "oe" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "-" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201C, "\"" },
	{ 0x201D, "\"" },
	{ 0x2022, "*" },
	{ 0x2026, "~" },
	{ 0x202F, " " },
	{ 0x203A, ">" },
	{ 0x2039, "<" },
	{ 0x20AC, "EUR" },
	{ 0x2190, "<" },
	{ 0x2192, ">" },
	{ 0x21C5, "v" },
	{ 0x2212, "-" },
	{ 0x221A, "y" },
	{ 0x2248, "~" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x25A0, "#" },
	{ 0x25B2, "^" },
	{ 0x25BA, ">" },
	{ 0x25BC, "v" },
	{ 0x25CB, "o" },
	{ 0x25CF, "*" },
	{ 0x2713, "y" },
	{ 0x2717, "-" },
	{ 0x2588, "#" },
};

void look_fold(struct strbuf *out, unsigned cp)
{
	if (cp < 0x80) {
		strbuf_addc(out, (char)cp);
		return;
	}
	if (cp >= 0xC0 && cp <= 0x17F && latin[cp - 0xC0] != '.') {
		strbuf_addc(out, latin[cp - 0xC0]);
		return;
	}
	if (cp >= 0x300 && cp <= 0x36F) /* a combining mark on a letter that stays */
		return;
	for (size_t i = 0; i < ARRAY_SIZE(twins); i++) {
		if (twins[i].cp == cp) {
			strbuf_adds(out, twins[i].text);
			return;
		}
	}
	strbuf_addc(out, cp >= 0x2500 && cp < 0x2580 ? '-' : '?');
}
