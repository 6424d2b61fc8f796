#include "form_box.h"

#include "i18n.h"
#include "mem.h"

#define WIDTH 72

struct form_box {
	struct overlay base;
	char *title, *text, *ok;
	struct form *form;
	struct rect button;
};

static void form_box_free(struct overlay *o)
{
	struct form_box *b = (struct form_box *)o;

	free(b->title);
	free(b->text);
	free(b->ok);
	free(b);
}

static unsigned take(struct form_box *b)
{
	if (!form_check(b->form))
		return STALE_PAINT;
	b->base.answer.value = 0;
	return STALE_POP;
}

static unsigned form_box_key(struct form_box *b, struct key key)
{
	unsigned stale;

	if (key.code == K_ESC)
		return STALE_POP;
	if (key_is(key, 's', MOD_CTRL))
		return take(b);
	if (key.code == K_ENTER && b->form->fields[b->form->focus].kind != FORM_LINES)
		return take(b);
	stale = form_key(b->form, key);
	return stale & STALE_PASS ? STALE_NONE : stale;
}

static unsigned form_box_input(struct overlay *o, const struct input *in, int64_t now)
{
	struct form_box *b = (struct form_box *)o;

	(void)now;
	switch (in->kind) {
	case INPUT_KEY:
		return form_box_key(b, in->key);
	case INPUT_PASTE:
		return form_paste(b->form, in->text, in->len);
	case INPUT_MOUSE:
		if (in->mouse.what == MOUSE_PRESS && rect_has(b->button, in->mouse.y, in->mouse.x))
			return take(b);
		return form_mouse(b->form, &in->mouse) & ~(unsigned)STALE_PASS;
	case INPUT_NONE:
		break;
	}
	return STALE_NONE;
}

static void form_box_draw(struct overlay *o, struct canvas *c, struct rect body)
{
	struct form_box *b = (struct form_box *)o;
	int w = WIDTH + 4 > body.w ? body.w : WIDTH;
	struct rect text = { 0, 0, body.h, w - 4 }, r;
	int lines = draw_wrapped(NULL, text, ROLE_NORMAL, b->text);
	int h = lines + (lines ? 1 : 0) + form_height(b->form, w - 4) + 4;

	r = draw_box(c, overlay_place(body, h, w), b->title);
	r.x++;
	r.w -= 2;
	text = rect_top(&r, lines);
	draw_wrapped(c, text, ROLE_NORMAL, b->text);
	rect_top(&r, lines ? 1 : 0);
	b->button = rect_bottom(&r, 1);
	b->button.w = draw_width(b->ok) + 4;
	draw_textf(c, b->button.y, b->button.x, b->button.w, ROLE_EMPHASIS, "[ %s ]", b->ok);
	rect_bottom(&r, 1);
	form_draw(b->form, c, r, true);
}

static void form_box_keys(const struct overlay *o, struct strbuf *out)
{
	const struct form *f = ((const struct form_box *)o)->form;

	/* TRANSLATORS: keys of a box with fields, as they are printed on the keyboard. */
	strbuf_adds(out, f->fields[f->focus].kind == FORM_LINES
				 ? _("Ctrl-S OK  Tab Next  Esc Cancel")
				 : _("Enter OK  Tab Next  Esc Cancel"));
}

static const struct overlay_ops form_box_ops = {
	.input = form_box_input,
	.draw = form_box_draw,
	.keys = form_box_keys,
	.free = form_box_free,
};

struct overlay *form_box_new(const char *title, const char *text, struct form *form, const char *ok)
{
	struct form_box *b = mem_zalloc(1, sizeof(*b));

	b->base.ops = &form_box_ops;
	b->base.answer = (struct answer){ ANSWER_NONE, "" };
	b->base.typing = true;
	b->title = mem_strdup(title);
	b->text = mem_strdup(text ? text : "");
	b->ok = mem_strdup(ok);
	b->form = form;
	return &b->base;
}
