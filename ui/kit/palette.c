#include "palette.h"

#include "edit.h"
#include "fold.h"
#include "i18n.h"
#include "mem.h"
#include "vec.h"

#define TYPED_MAX 100
#define WIDTH 70
#define LINES_MOST 14

struct entry {
	char *name, *text, *keys;
	char *folded; /* name and text, as they are searched */
	int value;
};

struct palette {
	struct overlay base;
	struct entry *entries;
	size_t count;
	VEC(size_t) found; /* entries that match, best first */
	size_t cursor, top;
	struct edit edit;
	struct rect lines; /* of the last drawing */
};

static void palette_free(struct overlay *o)
{
	struct palette *p = (struct palette *)o;

	for (size_t i = 0; i < p->count; i++) {
		free(p->entries[i].name);
		free(p->entries[i].text);
		free(p->entries[i].keys);
		free(p->entries[i].folded);
	}
	free(p->entries);
	vec_release(&p->found);
	edit_release(&p->edit);
	free(p);
}

/* Does every typed word occur? */
static bool matches(const char *folded, const char *words)
{
	while (*words) {
		char word[TYPED_MAX];
		size_t n = strcspn(words, " ");

		snprintf(word, sizeof(word), "%.*s", (int)n, words);
		if (!strstr(folded, word))
			return false;
		words += n + (words[n] == ' ');
	}
	return true;
}

/* Those whose name begins with what was typed come first. */
static void find(struct palette *p)
{
	struct strbuf words = STRBUF_INIT;

	fold_add(&words, edit_text(&p->edit));
	p->found.len = p->cursor = p->top = 0;
	for (int rest = 0; rest < 2; rest++) {
		for (size_t i = 0; i < p->count; i++) {
			bool begins = !strncmp(p->entries[i].folded, words.buf, words.len);

			if (begins != !rest || !matches(p->entries[i].folded, words.buf))
				continue;
			vec_push(&p->found, i);
		}
	}
	strbuf_release(&words);
}

static unsigned take(struct palette *p)
{
	if (!p->found.len)
		return STALE_NONE;
	p->base.answer.value = p->entries[p->found.items[p->cursor]].value;
	return STALE_POP;
}

static void step(struct palette *p, long by)
{
	long to = (long)p->cursor + by, last = (long)p->found.len - 1;

	p->cursor = to < 0 || last < 0 ? 0 : (size_t)(to < last ? to : last);
}

static unsigned palette_key(struct palette *p, struct key key)
{
	switch (key.code) {
	case K_ESC:
		return STALE_POP;
	case K_ENTER:
		return take(p);
	case K_UP:
		step(p, -1);
		return STALE_PAINT;
	case K_DOWN:
	case K_TAB:
		step(p, key.code == K_TAB && key.mods & MOD_SHIFT ? -1 : 1);
		return STALE_PAINT;
	case K_PGUP:
		step(p, -LINES_MOST);
		return STALE_PAINT;
	case K_PGDN:
		step(p, LINES_MOST);
		return STALE_PAINT;
	}
	if (edit_key(&p->edit, key) == EDIT_CHANGED)
		find(p);
	return STALE_PAINT;
}

static unsigned palette_input(struct overlay *o, const struct input *in, int64_t now)
{
	struct palette *p = (struct palette *)o;
	const struct mouse *m = &in->mouse;

	(void)now;
	switch (in->kind) {
	case INPUT_KEY:
		return palette_key(p, in->key);
	case INPUT_PASTE:
		edit_paste(&p->edit, in->text, in->len);
		find(p);
		return STALE_PAINT;
	case INPUT_MOUSE:
		if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
			step(p, m->what == MOUSE_WHEEL_UP ? -1 : 1);
			return STALE_PAINT;
		}
		if (m->what != MOUSE_PRESS || !rect_has(p->lines, m->y, m->x) ||
			p->top + (size_t)(m->y - p->lines.y) >= p->found.len)
			return STALE_NONE;
		p->cursor = p->top + (size_t)(m->y - p->lines.y);
		return take(p);
	case INPUT_NONE:
		break;
	}
	return STALE_NONE;
}

static void draw_entry(struct palette *p, struct canvas *c, int y, struct rect r, size_t index)
{
	const struct entry *e = &p->entries[p->found.items[index]];
	bool on = index == p->cursor;
	int used = draw_right(c, y, r.x, r.w - 1, ROLE_KEY, e->keys);
	int x = r.x + 2;

	if (on)
		draw_glyph(c, y, r.x, ROLE_MARKER, G_CURSOR);
	draw_text(c, y, x, r.w - 4 - used, on ? ROLE_SELECT : ROLE_NORMAL, e->text);
}

static void palette_draw(struct overlay *o, struct canvas *c, struct rect body)
{
	struct palette *p = (struct palette *)o;
	struct rect r = draw_box(c, overlay_place(body, LINES_MOST + 4, WIDTH), _("Commands"));
	struct rect line = rect_top(&r, 1);

	line.x++;
	line.w -= 2;
	rect_top(&r, 1);
	p->lines = r;
	if (p->cursor < p->top)
		p->top = p->cursor;
	if (r.h > 0 && p->cursor >= p->top + (size_t)r.h)
		p->top = p->cursor - (size_t)r.h + 1;
	for (int i = 0; i < r.h && p->top + (size_t)i < p->found.len; i++)
		draw_entry(p, c, r.y + i, r, p->top + (size_t)i);
	if (!p->found.len)
		draw_text(c, r.y, r.x + 2, r.w - 3, ROLE_DIM, _("Nothing has that name."));
	edit_draw(&p->edit, c, line, true, _("Type a part of the name"));
}

static void palette_keys(const struct overlay *o, struct strbuf *out)
{
	(void)o;
	/* TRANSLATORS: keys of the list of commands, as they are printed on the keyboard. */
	strbuf_adds(out, _("Up/Down Choose  Enter Do it  Esc Close"));
}

static const struct overlay_ops palette_ops = {
	.input = palette_input,
	.draw = palette_draw,
	.keys = palette_keys,
	.free = palette_free,
};

struct overlay *palette_new(const struct palette_item *items, size_t count)
{
	struct palette *p = mem_zalloc(1, sizeof(*p));

	p->base.ops = &palette_ops;
	p->base.answer = (struct answer){ ANSWER_NONE, "" };
	p->base.typing = true;
	p->entries = mem_zalloc(count, sizeof(*p->entries));
	p->count = count;
	edit_init(&p->edit, false, TYPED_MAX);
	for (size_t i = 0; i < count; i++) {
		struct entry *e = &p->entries[i];
		struct strbuf folded = STRBUF_INIT;

		e->name = mem_strdup(items[i].name);
		e->text = mem_strdup(items[i].text);
		e->keys = mem_strdup(items[i].keys);
		e->value = items[i].value;
		fold_add(&folded, items[i].name);
		strbuf_addc(&folded, ' ');
		fold_add(&folded, items[i].text);
		e->folded = strbuf_detach(&folded);
	}
	find(p);
	return &p->base;
}
