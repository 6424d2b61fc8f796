#include "form.h"

#include "i18n.h"

#define WIDTH 30
#define LINES_HEIGHT 4
#define LABEL_MOST 26
#define BESIDE_LEAST 16 /* cells worth starting a sentence in */

struct form_shape {
	int label; /* cells of the labels */
	int value; /* where values start */
};

static struct form_shape shape(const struct form *f, int width)
{
	struct form_shape s = { 0, 0 };

	for (size_t i = 0; i < f->count; i++) {
		int w = draw_width(_(f->fields[i].label));

		if (f->fields[i].kind != FORM_HEADING && w > s.label)
			s.label = w;
	}
	s.label = s.label > LABEL_MOST ? LABEL_MOST : s.label;
	s.label = s.label > width / 2 ? width / 2 : s.label;
	s.value = 2 + s.label + 2;
	return s;
}

static int value_width(const struct form_field *field, int room)
{
	int w = field->width ? field->width : WIDTH;

	if (field->kind == FORM_LINES)
		w = room - 1;
	if (field->kind == FORM_DAY)
		w = 12;
	return w < room ? w : room;
}

static int value_lines(const struct form_field *field)
{
	if (field->kind != FORM_LINES)
		return 1;
	return field->lines ? field->lines : LINES_HEIGHT;
}

/* What stands beside or under a field: why it cannot stay, or what somebody else
 * made of it. */
static void add_remark(const struct form *f, size_t i, struct strbuf *out)
{
	const struct form_value *v = &f->values[i];

	strbuf_adds(out, v->sentence.buf);
	if (v->conflict)
		strbuf_addf(out,
			_("Somebody else wrote “%s” meanwhile (before: “%s”). Ctrl-Z takes theirs, "
			  "saving keeps yours."),
			v->theirs.buf, v->before.buf);
}

/* Lines of field `i`, and of the remark under it (0 when it fits beside). */
static int field_height(const struct form *f, size_t i, int width, int *under)
{
	const struct form_field *field = &f->fields[i];
	struct form_shape s = shape(f, width);
	struct strbuf remark = STRBUF_INIT_MAX(4096);
	int room = width - s.value, beside = room - value_width(field, room) - 2;
	struct rect r = { 0, 0, 9, room };

	*under = 0;
	if (f->values[i].off)
		return 0;
	if (field->kind == FORM_HEADING)
		return i ? 2 : 1;
	add_remark(f, i, &remark);
	if (remark.len && (beside < BESIDE_LEAST || draw_width(remark.buf) > beside))
		*under = draw_wrapped(NULL, r, ROLE_ERROR, remark.buf);
	strbuf_release(&remark);
	return value_lines(field) + *under;
}

int form_height(const struct form *f, int width)
{
	int lines = 0, under;

	for (size_t i = 0; i < f->count; i++)
		lines += field_height(f, i, width, &under);
	return lines;
}

static void draw_choice(struct form *f, struct canvas *c, size_t i, struct rect r, bool on)
{
	const struct form_field *field = &f->fields[i];
	const char *label = field->choice_count ? _(field->choices[f->values[i].choice].label) : "";
	enum role role = on ? ROLE_FIELD_FOCUS : ROLE_FIELD;

	draw_fill(c, r, role);
	draw_text(c, r.y, r.x, r.w - 2, role, label);
	draw_glyph(c, r.y, r.x + r.w - 1, role, G_DOWN);
	if (on)
		draw_cursor(c, r.y, r.x);
}

static void draw_value(struct form *f, struct canvas *c, size_t i, struct rect r, bool on)
{
	const struct form_field *field = &f->fields[i];
	const char *hint = field->hint ? _(field->hint) : NULL;

	if (field->kind == FORM_CHOICE) {
		draw_choice(f, c, i, r, on);
	} else if (field->kind == FORM_CHECK) {
		draw_text(c, r.y, r.x, 3, on ? ROLE_SELECT : ROLE_NORMAL,
			f->values[i].choice ? "[x]" : "[ ]");
		if (on)
			draw_cursor(c, r.y, r.x + 1);
	} else {
		/* TRANSLATORS: how a date is written in a field. */
		edit_draw(&f->values[i].edit, c, r, on,
			hint			  ? hint
			: field->kind == FORM_DAY ? _("yyyy-mm-dd")
						  : NULL);
	}
}

static void draw_field(
	struct form *f, struct canvas *c, size_t i, struct rect r, bool on, int under)
{
	const struct form_field *field = &f->fields[i];
	struct form_value *v = &f->values[i];
	struct form_shape s = shape(f, r.w);
	struct strbuf remark = STRBUF_INIT_MAX(4096);
	struct rect place = { r.y, r.x + s.value, value_lines(field),
		value_width(field, r.w - s.value) };

	if (field->kind == FORM_HEADING) {
		draw_text(c, r.y + r.h - 1, r.x + 1, r.w - 1, ROLE_TITLE, _(field->label));
		return;
	}
	if (on)
		draw_glyph(c, r.y, r.x, ROLE_MARKER, G_CURSOR);
	draw_text(c, r.y, r.x + 2, s.label, on ? ROLE_EMPHASIS : ROLE_NORMAL, _(field->label));
	if (form_field_changed(f, i))
		draw_text(c, r.y, r.x + 2 + s.label, 1, ROLE_MARKED, "*");
	v->place = place;
	draw_value(f, c, i, place, on);
	add_remark(f, i, &remark);
	if (under)
		draw_wrapped(c, (struct rect){ r.y + place.h, place.x, under, r.w - s.value },
			ROLE_ERROR, remark.buf);
	else if (remark.len)
		draw_text(c, r.y, place.x + place.w + 2, r.x + r.w - place.x - place.w - 2,
			ROLE_ERROR, remark.buf);
	strbuf_release(&remark);
}

/* Scrolls so that the field with the focus, and a heading over it, is seen. */
static void scroll_to_focus(struct form *f, struct rect r)
{
	int from = 0, to = 0, under;

	for (size_t i = 0; i <= f->focus && i < f->count; i++) {
		if (!i || f->fields[i - 1].kind != FORM_HEADING)
			from = to;
		to += field_height(f, i, r.w, &under);
	}
	if (f->top > from)
		f->top = from;
	if (to - f->top > r.h)
		f->top = to - r.h;
}

void form_draw(struct form *f, struct canvas *c, struct rect r, bool focus)
{
	int line = 0, under, total = form_height(f, r.w);

	scroll_to_focus(f, r);
	if (f->top > total - r.h)
		f->top = total > r.h ? total - r.h : 0;
	for (size_t i = 0; i < f->count; i++) {
		int h = field_height(f, i, r.w, &under);
		struct rect place = { r.y + line - f->top, r.x, h, r.w };

		line += h;
		f->values[i].place = (struct rect){ 0, 0, 0, 0 };
		if (h && place.y >= r.y && place.y + h <= r.y + r.h)
			draw_field(f, c, i, place, focus && i == f->focus, under);
	}
	if (f->top > 0)
		draw_glyph(c, r.y, r.x + r.w - 1, ROLE_LINE, G_UP);
	if (total - f->top > r.h)
		draw_glyph(c, r.y + r.h - 1, r.x + r.w - 1, ROLE_LINE, G_DOWN);
}
