#include "help.h"

#include "i18n.h"
#include "mem.h"

#define KEYS_MOST 24

struct help {
	struct overlay base;
	char *title;
	struct help_row *rows;
	size_t count, top;
	int height;
};

static void help_free(struct overlay *o)
{
	struct help *h = (struct help *)o;

	for (size_t i = 0; i < h->count; i++) {
		free((char *)h->rows[i].keys);
		free((char *)h->rows[i].text);
	}
	free(h->rows);
	free(h->title);
	free(h);
}

static void scroll(struct help *h, long by)
{
	size_t last = h->count > (size_t)h->height ? h->count - (size_t)h->height : 0;

	if (by < 0)
		h->top = h->top > (size_t)-by ? h->top - (size_t)-by : 0;
	else
		h->top = h->top + (size_t)by < last ? h->top + (size_t)by : last;
}

static unsigned help_key(struct help *h, struct key key)
{
	switch (key.code) {
	case K_UP:
	case 'k':
		scroll(h, -1);
		return STALE_PAINT;
	case K_DOWN:
	case 'j':
		scroll(h, 1);
		return STALE_PAINT;
	case K_PGUP:
		scroll(h, -h->height);
		return STALE_PAINT;
	case K_PGDN:
	case ' ':
		scroll(h, h->height);
		return STALE_PAINT;
	case K_HOME:
		scroll(h, -(long)h->count);
		return STALE_PAINT;
	case K_END:
	case 'G':
		scroll(h, (long)h->count);
		return STALE_PAINT;
	case K_ESC:
	case K_ENTER:
	case K_F1:
	case 'q':
	case '?':
		return STALE_POP;
	}
	return STALE_NONE;
}

static unsigned help_input(struct overlay *o, const struct input *in, int64_t now)
{
	struct help *h = (struct help *)o;

	(void)now;
	if (in->kind == INPUT_KEY)
		return help_key(h, in->key);
	if (in->kind == INPUT_MOUSE && in->mouse.what == MOUSE_WHEEL_UP)
		scroll(h, -3);
	if (in->kind == INPUT_MOUSE && in->mouse.what == MOUSE_WHEEL_DOWN)
		scroll(h, 3);
	return STALE_PAINT;
}

/* The widest keys and the widest text. */
static void measure(const struct help *h, int *keys, int *text)
{
	*keys = *text = 0;
	for (size_t i = 0; i < h->count; i++) {
		int k = h->rows[i].keys ? draw_width(h->rows[i].keys) : 0;
		int t = draw_width(h->rows[i].text);

		*keys = k > *keys ? k : *keys;
		*text = t > *text ? t : *text;
	}
	*keys = *keys < KEYS_MOST ? *keys : KEYS_MOST;
}

static void help_draw(struct overlay *o, struct canvas *c, struct rect body)
{
	struct help *h = (struct help *)o;
	int keys, text;
	struct rect r;

	measure(h, &keys, &text);
	r = draw_box(c, overlay_place(body, (int)h->count + 2, keys + text + 6), h->title);
	h->height = r.h;
	scroll(h, 0);
	for (int i = 0; i < r.h && h->top + (size_t)i < h->count; i++) {
		const struct help_row *row = &h->rows[h->top + (size_t)i];

		if (!row->keys) {
			draw_text(c, r.y + i, r.x + 1, r.w - 2, ROLE_TITLE, row->text);
			continue;
		}
		draw_text(c, r.y + i, r.x + 1, keys, ROLE_KEY, row->keys);
		draw_text(c, r.y + i, r.x + 3 + keys, r.w - 4 - keys, ROLE_NORMAL, row->text);
	}
	if (h->count > (size_t)r.h)
		draw_textf(c, r.y + r.h, r.x + 2, r.w - 4, ROLE_LINE, " %zu/%zu ",
			h->top + (size_t)r.h, h->count);
	draw_cursor(c, r.y, r.x + 1);
}

static void help_keys(const struct overlay *o, struct strbuf *out)
{
	(void)o;
	/* TRANSLATORS: keys of the help box, as they are printed on the keyboard. */
	strbuf_adds(out, _("Up/Down Scroll  Esc Close"));
}

static const struct overlay_ops help_ops = {
	.input = help_input,
	.draw = help_draw,
	.keys = help_keys,
	.free = help_free,
};

struct overlay *help_new(const char *title, const struct help_row *rows, size_t count)
{
	struct help *h = mem_zalloc(1, sizeof(*h));

	h->base.ops = &help_ops;
	h->base.answer = (struct answer){ ANSWER_NONE, "" };
	h->title = mem_strdup(title);
	h->rows = mem_zalloc(count, sizeof(*h->rows));
	h->count = count;
	for (size_t i = 0; i < count; i++) {
		h->rows[i].keys = rows[i].keys ? mem_strdup(rows[i].keys) : NULL;
		h->rows[i].text = mem_strdup(rows[i].text);
	}
	return &h->base;
}
