#include "dialog.h"

#include "edit.h"
#include "i18n.h"
#include "mem.h"
#include "utf8.h"

#define BUTTONS_MAX 4
#define WIDTH 60

struct dialog {
	struct overlay base;
	char *title, *text, *label, *expect;
	char *buttons[BUTTONS_MAX];
	size_t count;
	size_t focus; /* a button, or `count` for the line */
	bool ask, wrong, bare;
	struct edit edit;
	struct rect places[BUTTONS_MAX], line;
};

static char *copy(const char *s)
{
	return mem_strdup(s ? s : "");
}

static void dialog_free(struct overlay *o)
{
	struct dialog *d = (struct dialog *)o;

	free(d->title);
	free(d->text);
	free(d->label);
	free(d->expect);
	for (size_t i = 0; i < d->count; i++)
		free(d->buttons[i]);
	edit_release(&d->edit);
	free(d);
}

static void set_focus(struct dialog *d, size_t focus)
{
	d->focus = focus;
	d->base.typing = d->ask && focus == d->count;
}

static unsigned answer(struct dialog *d, int value)
{
	d->wrong = value == 0 && *d->expect && strcmp(edit_text(&d->edit), d->expect);
	if (d->wrong)
		return STALE_PAINT;
	d->base.answer.value = value;
	d->base.answer.text = edit_text(&d->edit);
	return STALE_POP;
}

/* The letter a button begins with presses it, while no text is typed. */
static unsigned by_letter(struct dialog *d, uint32_t letter)
{
	for (size_t i = 0; i < d->count; i++) {
		uint32_t first;

		utf8_decode(d->buttons[i], strlen(d->buttons[i]), &first);
		if (first < 0x80 && letter < 0x80 && (first | 0x20) == (letter | 0x20))
			return answer(d, (int)i);
	}
	return STALE_NONE;
}

static unsigned dialog_key(struct dialog *d, struct key key)
{
	size_t stops = d->count + (d->ask ? 1 : 0);

	if (key.code == K_ESC)
		return answer(d, ANSWER_NONE);
	if (key.code == K_TAB) {
		set_focus(d, (d->focus + (key.mods & MOD_SHIFT ? stops - 1 : 1)) % stops);
		return STALE_PAINT;
	}
	if (key.code == K_ENTER)
		return answer(d, d->base.typing ? 0 : (int)d->focus);
	if (d->base.typing)
		return edit_key(&d->edit, key) == EDIT_PASS ? STALE_NONE : STALE_PAINT;
	switch (key.code) {
	case K_LEFT:
	case K_UP:
		set_focus(d, (d->focus + stops - 1) % stops);
		return STALE_PAINT;
	case K_RIGHT:
	case K_DOWN:
		set_focus(d, (d->focus + 1) % stops);
		return STALE_PAINT;
	}
	return key_types(key) ? by_letter(d, key.code) : STALE_NONE;
}

static unsigned dialog_mouse(struct dialog *d, const struct mouse *m)
{
	if (m->what != MOUSE_PRESS)
		return STALE_NONE;
	for (size_t i = 0; i < d->count; i++)
		if (rect_has(d->places[i], m->y, m->x))
			return answer(d, (int)i);
	if (d->ask && rect_has(d->line, m->y, m->x)) {
		set_focus(d, d->count);
		edit_click(&d->edit, d->line, m->y, m->x);
		return STALE_PAINT;
	}
	return STALE_NONE;
}

static unsigned dialog_input(struct overlay *o, const struct input *in, int64_t now)
{
	struct dialog *d = (struct dialog *)o;

	(void)now;
	switch (in->kind) {
	case INPUT_KEY:
		return dialog_key(d, in->key);
	case INPUT_MOUSE:
		return dialog_mouse(d, &in->mouse);
	case INPUT_PASTE:
		if (!d->base.typing)
			return STALE_NONE;
		edit_paste(&d->edit, in->text, in->len);
		return STALE_PAINT;
	case INPUT_NONE:
		break;
	}
	return STALE_NONE;
}

static void draw_buttons(struct dialog *d, struct canvas *c, int y, struct rect r)
{
	int x = r.x + 1;

	for (size_t i = 0; i < d->count; i++) {
		int w = draw_width(d->buttons[i]) + 4;
		bool on = d->focus == i;

		d->places[i] = (struct rect){ y, x, 1, w };
		if (on)
			draw_cursor(c, y, x);
		draw_textf(c, y, x, w, on ? ROLE_SELECT : ROLE_NORMAL, on ? "[ %s ]" : "  %s  ",
			d->buttons[i]);
		x += w + 2;
	}
}

static void draw_line(struct dialog *d, struct canvas *c, int y, struct rect r)
{
	int used = *d->label ? draw_text(c, y, r.x + 1, r.w / 2, ROLE_NORMAL, d->label) + 1 : 0;

	d->line = (struct rect){ y, r.x + 1 + used, 1, r.w - 2 - used };
	edit_draw(&d->edit, c, d->line, d->base.typing, NULL);
}

/* Rules above and below instead of a frame around. */
static void draw_bare(struct dialog *d, struct canvas *c, struct rect body)
{
	struct rect text = { 0, 0, body.h, body.w - 2 };
	int lines = draw_wrapped(NULL, text, ROLE_NORMAL, d->text);
	struct rect r = rect_centre(body, lines + 5, body.w);

	draw_fill(c, r, ROLE_NORMAL);
	draw_hline(c, r.y, r.x, r.w, ROLE_LINE);
	draw_hline(c, r.y + r.h - 1, r.x, r.w, ROLE_LINE);
	draw_text(c, r.y + 1, r.x + 1, r.w - 2, ROLE_TITLE, d->title);
	draw_wrapped(c, (struct rect){ r.y + 2, r.x + 1, lines, r.w - 2 }, ROLE_EMPHASIS, d->text);
	draw_buttons(d, c, r.y + r.h - 2, (struct rect){ r.y, r.x - 1, r.h, r.w });
}

static void draw_framed(struct dialog *d, struct canvas *c, struct rect body)
{
	int w = WIDTH + 4 > body.w ? body.w : WIDTH;
	struct rect text = { 0, 0, body.h, w - 4 }, r;
	int lines = draw_wrapped(NULL, text, ROLE_NORMAL, d->text);
	int h = lines + 4 + (d->ask ? 2 : 0);
	int y;

	r = draw_box(c, overlay_place(body, h, w), d->title);
	y = r.y + r.h - 1;
	draw_buttons(d, c, y, r);
	if (d->ask)
		draw_line(d, c, y -= 2, r);
	if (d->wrong)
		draw_textf(
			c, y + 1, r.x + 1, r.w - 2, ROLE_ERROR, _("Type %s to go on."), d->expect);
	text = (struct rect){ r.y, r.x + 1, y - 1 - r.y, r.w - 2 };
	draw_wrapped(c, text, ROLE_NORMAL, d->text);
}

static void dialog_draw(struct overlay *o, struct canvas *c, struct rect body)
{
	struct dialog *d = (struct dialog *)o;

	if (d->bare)
		draw_bare(d, c, body);
	else
		draw_framed(d, c, body);
}

static void dialog_keys(const struct overlay *o, struct strbuf *out)
{
	const struct dialog *d = (const struct dialog *)o;

	/* TRANSLATORS: keys of a question, as they are printed on the keyboard. */
	if (d->count + d->ask < 2)
		strbuf_adds(out, _("Enter OK"));
	else if (o->typing)
		strbuf_adds(out, _("Enter OK  Tab Next  Esc Cancel"));
	else
		strbuf_adds(out, _("Enter Answer  Tab Next  Esc Cancel"));
}

static const struct overlay_ops dialog_ops = {
	.input = dialog_input,
	.draw = dialog_draw,
	.keys = dialog_keys,
	.free = dialog_free,
};

struct overlay *dialog_new(const struct dialog_spec *spec)
{
	struct dialog *d = mem_zalloc(1, sizeof(*d));

	d->base.ops = &dialog_ops;
	d->base.answer = (struct answer){ ANSWER_NONE, "" };
	d->title = copy(spec->title);
	d->text = copy(spec->text);
	d->label = copy(spec->label);
	d->expect = copy(spec->expect);
	d->ask = spec->ask;
	d->bare = spec->bare;
	d->count = spec->count < BUTTONS_MAX ? spec->count : BUTTONS_MAX;
	for (size_t i = 0; i < d->count; i++)
		d->buttons[i] = copy(spec->buttons[i]);
	edit_init(&d->edit, false, spec->max ? spec->max : 256);
	if (spec->initial)
		edit_set(&d->edit, spec->initial);
	set_focus(d, d->ask ? d->count : spec->focus);
	return &d->base;
}
