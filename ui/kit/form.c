#include "form.h"

#include "date.h"
#include "i18n.h"
#include "mem.h"
#include "num.h"
#include "utf8.h"
#include "words.h"

#define TEXT_MAX 200
#define LINES_MAX 4000

/* --- values -------------------------------------------------------------- */

static bool is_typed(const struct form_field *field)
{
	switch (field->kind) {
	case FORM_TEXT:
	case FORM_LINES:
	case FORM_SECRET:
	case FORM_DAY:
	case FORM_NUMBER:
		return true;
	case FORM_HEADING:
	case FORM_CHOICE:
	case FORM_CHECK:
		break;
	}
	return false;
}

static size_t field_max(const struct form_field *field)
{
	if (field->max)
		return field->max;
	return field->kind == FORM_LINES ? LINES_MAX : TEXT_MAX;
}

void form_release(struct form *f)
{
	for (size_t i = 0; i < f->count; i++) {
		edit_release(&f->values[i].edit);
		strbuf_release(&f->values[i].before);
		strbuf_release(&f->values[i].theirs);
		strbuf_release(&f->values[i].sentence);
	}
	free(f->values);
	strbuf_release(&f->out);
}

size_t form_find(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->fields[i].name && !strcmp(f->fields[i].name, name))
			return i;
	abort(); /* a field that the screen's own table does not have */
}

/* The value of field `i` in its stable form. */
static void add_value(const struct form *f, size_t i, struct strbuf *out)
{
	const struct form_field *field = &f->fields[i];
	const char *text = edit_text(&f->values[i].edit);
	int32_t day;

	switch (field->kind) {
	case FORM_HEADING:
		break;
	case FORM_CHOICE:
		if (field->choice_count)
			strbuf_adds(out, field->choices[f->values[i].choice].name);
		break;
	case FORM_CHECK:
		strbuf_addc(out, f->values[i].choice ? '1' : '0');
		break;
	case FORM_DAY:
		if (*text && words_read_day(text, f->today, &day))
			date_add_iso(out, day);
		else
			strbuf_adds(out, text);
		break;
	case FORM_NUMBER:
		for (const char *p = text; *p; p++) /* spaces between thousands are let go */
			if (*p != ' ' && *p != '\xc2' && *p != '\xa0')
				strbuf_addc(out, *p);
		break;
	case FORM_TEXT:
	case FORM_LINES:
	case FORM_SECRET:
		strbuf_adds(out, text);
		strbuf_trim(out);
		break;
	}
}

/* Puts a value in its stable form into field `i`. */
static void put_value(struct form *f, size_t i, const char *value)
{
	const struct form_field *field = &f->fields[i];
	struct form_value *v = &f->values[i];
	struct strbuf text = STRBUF_INIT;
	int32_t day;

	if (field->kind == FORM_CHECK) {
		v->choice = !strcmp(value, "1");
	} else if (field->kind == FORM_CHOICE) {
		v->choice = 0;
		for (size_t c = 0; c < field->choice_count; c++)
			if (!strcmp(field->choices[c].name, value))
				v->choice = c;
	} else if (field->kind == FORM_DAY && *value && words_read_day(value, f->today, &day)) {
		words_day(&text, day);
		edit_set(&v->edit, text.buf);
	} else {
		edit_set(&v->edit, value);
	}
	strbuf_release(&text);
}

static void assign(struct strbuf *to, const char *text)
{
	strbuf_clear(to);
	strbuf_adds(to, text);
}

static void remember(struct form *f, size_t i)
{
	struct form_value *v = &f->values[i];

	strbuf_clear(&v->before);
	add_value(f, i, &v->before);
	v->conflict = false;
	strbuf_clear(&v->sentence);
}

void form_init(struct form *f, const struct form_field *fields, size_t count, void *ctx)
{
	*f = (struct form){ .fields = fields, .count = count, .ctx = ctx };
	f->values = mem_zalloc(count, sizeof(*f->values));
	strbuf_init(&f->out, 0);
	for (size_t i = 0; i < count; i++) {
		struct form_value *v = &f->values[i];

		edit_init(&v->edit, fields[i].kind == FORM_LINES, field_max(&fields[i]));
		v->edit.secret = fields[i].kind == FORM_SECRET;
		strbuf_init(&v->before, 0);
		strbuf_init(&v->theirs, 0);
		strbuf_init(&v->sentence, 1024);
	}
	while (f->focus + 1 < count && fields[f->focus].kind == FORM_HEADING)
		f->focus++;
	for (size_t i = 0; i < count; i++) {
		put_value(f, i, "");
		remember(f, i);
	}
}

void form_set(struct form *f, const char *name, const char *value)
{
	size_t i = form_find(f, name);

	put_value(f, i, value ? value : "");
	remember(f, i);
}

void form_type(struct form *f, const char *name, const char *value)
{
	put_value(f, form_find(f, name), value);
}

const char *form_get(struct form *f, const char *name)
{
	strbuf_clear(&f->out);
	add_value(f, form_find(f, name), &f->out);
	return f->out.buf;
}

bool form_checked(struct form *f, const char *name)
{
	return f->values[form_find(f, name)].choice != 0;
}

void form_blame(struct form *f, const char *name, const char *sentence)
{
	assign(&f->values[form_find(f, name)].sentence, sentence ? sentence : "");
}

bool form_field_changed(const struct form *f, size_t field)
{
	struct strbuf now = STRBUF_INIT;
	bool changed;

	add_value(f, field, &now);
	changed = strcmp(now.buf, f->values[field].before.buf) != 0;
	strbuf_release(&now);
	return changed;
}

bool form_changed(const struct form *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (form_field_changed(f, i))
			return true;
	return false;
}

size_t form_conflicts(const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		n += f->values[i].conflict;
	return n;
}

void form_refresh(struct form *f, const char *name, const char *value)
{
	size_t i = form_find(f, name);
	struct form_value *v = &f->values[i];

	if (!strcmp(v->before.buf, value)) {
		v->conflict = false;
		return;
	}
	if (!form_field_changed(f, i)) {
		form_set(f, name, value);
		return;
	}
	assign(&v->theirs, value);
	v->conflict = true;
}

void form_saved(struct form *f)
{
	for (size_t i = 0; i < f->count; i++)
		remember(f, i);
}

/* --- checks -------------------------------------------------------------- */

static void check_kind(const struct form *f, size_t i, const char *value, struct strbuf *sentence)
{
	int32_t day;
	int64_t n;

	switch (f->fields[i].kind) {
	case FORM_DAY:
		if (date_parse(value, strlen(value), DATE_ISO, &day) != DATE_OK)
			strbuf_adds(sentence, _("This is no date: write 20/11/2026, 20/11 or +3."));
		break;
	case FORM_NUMBER:
		if (!num_parse_i64(value, INT64_MIN, INT64_MAX, &n))
			strbuf_adds(sentence, _("This is no whole number."));
		break;
	case FORM_HEADING:
	case FORM_TEXT:
	case FORM_LINES:
	case FORM_SECRET:
	case FORM_CHOICE:
	case FORM_CHECK:
		break;
	}
}

static bool check_field(struct form *f, size_t i)
{
	const struct form_field *field = &f->fields[i];
	struct form_value *v = &f->values[i];
	struct strbuf value = STRBUF_INIT;

	strbuf_clear(&v->sentence);
	if (field->kind == FORM_HEADING || v->off)
		return true;
	add_value(f, i, &value);
	if (field->required && !value.len)
		strbuf_adds(&v->sentence, _("This cannot stay empty."));
	if (value.len)
		check_kind(f, i, value.buf, &v->sentence);
	if (value.len && !v->sentence.len && field->check)
		field->check(f->ctx, value.buf, &v->sentence);
	strbuf_release(&value);
	return !v->sentence.len;
}

bool form_check(struct form *f)
{
	bool good = true;

	for (size_t i = 0; i < f->count; i++) {
		if (check_field(f, i))
			continue;
		if (good)
			f->focus = i;
		good = false;
	}
	return good;
}

/* --- focus --------------------------------------------------------------- */

static bool can_focus(const struct form *f, size_t i)
{
	return f->fields[i].kind != FORM_HEADING && !f->values[i].off;
}

static size_t neighbour(const struct form *f, int by)
{
	for (size_t i = f->focus + (size_t)by; i < f->count; i += (size_t)by)
		if (can_focus(f, i))
			return i;
	return f->focus;
}

/* Leaving a field writes a day out in full and says what is wrong with it. */
static unsigned leave(struct form *f, size_t to)
{
	struct strbuf value = STRBUF_INIT;

	if (f->fields[f->focus].kind == FORM_DAY) {
		add_value(f, f->focus, &value);
		put_value(f, f->focus, value.buf);
		strbuf_release(&value);
	}
	if (form_field_changed(f, f->focus) || f->values[f->focus].sentence.len)
		(void)check_field(f, f->focus);
	f->focus = to;
	return STALE_PAINT;
}

/* Around the ends, as Tab goes. */
static unsigned go_round(struct form *f, int by)
{
	size_t to = neighbour(f, by);

	if (to == f->focus) {
		to = by > 0 ? 0 : f->count - 1;
		while (to < f->count && !can_focus(f, to))
			to += (size_t)by;
	}
	return to < f->count ? leave(f, to) : STALE_NONE;
}

bool form_is_last(const struct form *f)
{
	return neighbour(f, 1) == f->focus;
}

bool form_is_choice(const struct form *f)
{
	return f->fields[f->focus].kind == FORM_CHOICE;
}

void form_show(struct form *f, const char *name, bool shown)
{
	size_t i = form_find(f, name);

	f->values[i].off = !shown;
	if (!shown && f->focus == i)
		(void)go_round(f, 1);
}

/* --- keys ---------------------------------------------------------------- */

/* Back to what was saved; when somebody else changed it meanwhile, to theirs. */
static unsigned undo_field(struct form *f)
{
	struct form_value *v = &f->values[f->focus];
	struct strbuf value = STRBUF_INIT;

	strbuf_adds(&value, v->conflict ? v->theirs.buf : v->before.buf);
	put_value(f, f->focus, value.buf);
	remember(f, f->focus);
	strbuf_release(&value);
	return STALE_PAINT;
}

unsigned form_pick(struct form *f, size_t choice)
{
	const struct form_field *field = &f->fields[f->focus];

	if (field->kind == FORM_CHOICE && choice < field->choice_count)
		f->values[f->focus].choice = choice;
	return STALE_PAINT;
}

static unsigned pick_by_letter(struct form *f, uint32_t letter)
{
	const struct form_field *field = &f->fields[f->focus];
	size_t from = f->values[f->focus].choice;

	for (size_t n = 1; n <= field->choice_count; n++) {
		size_t i = (from + n) % field->choice_count;
		const char *label = _(field->choices[i].label);
		uint32_t first;

		utf8_decode(label, strlen(label), &first);
		if (first < 0x80 && letter < 0x80 && (first | 0x20) == (letter | 0x20))
			return form_pick(f, i);
	}
	return STALE_NONE;
}

static unsigned choice_key(struct form *f, struct key key)
{
	size_t n = f->fields[f->focus].choice_count, now = f->values[f->focus].choice;

	if (!n)
		return STALE_NONE;
	if (key.code == K_LEFT)
		return form_pick(f, (now + n - 1) % n);
	if (key.code == K_RIGHT || key.code == ' ')
		return form_pick(f, (now + 1) % n);
	return key_types(key) ? pick_by_letter(f, key.code) : STALE_PASS;
}

static unsigned check_key(struct form *f, struct key key)
{
	if (key.code == ' ' || key.code == 'x') {
		f->values[f->focus].choice = !f->values[f->focus].choice;
		return STALE_PAINT;
	}
	return key_types(key) ? STALE_NONE : STALE_PASS;
}

/* + and - count in a number and go by days in a date, where they mean nothing
 * else: at the end of a value that is complete. */
static bool count_key(struct form *f, struct key key)
{
	struct form_value *v = &f->values[f->focus];
	int by = key.code == '+' ? 1 : -1;
	struct strbuf text = STRBUF_INIT;
	bool counted;
	int64_t n;
	int32_t day;

	if ((key.code != '+' && key.code != '-') || v->edit.pos != v->edit.text.len ||
		!v->edit.text.len)
		return false;
	if (f->fields[f->focus].kind == FORM_NUMBER &&
		num_parse_i64(edit_text(&v->edit), -1000000000, 1000000000, &n))
		strbuf_addf(&text, "%lld", (long long)(n + by));
	else if (f->fields[f->focus].kind == FORM_DAY &&
		 date_parse(edit_text(&v->edit), v->edit.text.len, DATE_ANY, &day) == DATE_OK)
		words_day(&text, day + by);
	counted = text.len > 0;
	if (counted)
		edit_set(&v->edit, text.buf);
	strbuf_release(&text);
	return counted;
}

static unsigned edited(struct form *f, enum edit_result result)
{
	switch (result) {
	case EDIT_PASS:
		return STALE_PASS;
	case EDIT_CHANGED:
		strbuf_clear(&f->values[f->focus].sentence);
		return STALE_PAINT;
	case EDIT_NOTHING:
	case EDIT_MOVED:
		break;
	}
	return STALE_PAINT;
}

static unsigned field_key(struct form *f, struct key key)
{
	const struct form_field *field = &f->fields[f->focus];

	if (field->kind == FORM_CHOICE)
		return choice_key(f, key);
	if (field->kind == FORM_CHECK)
		return check_key(f, key);
	if ((field->kind == FORM_NUMBER || field->kind == FORM_DAY) && count_key(f, key))
		return STALE_PAINT;
	return edited(f, edit_key(&f->values[f->focus].edit, key));
}

unsigned form_key(struct form *f, struct key key)
{
	unsigned stale;

	if (!f->count)
		return STALE_PASS;
	if (key.code == K_TAB)
		return go_round(f, key.mods & MOD_SHIFT ? -1 : 1);
	if (key_is(key, 'z', MOD_CTRL))
		return undo_field(f);
	stale = field_key(f, key);
	if (!(stale & STALE_PASS))
		return stale;
	switch (key.code) {
	case K_UP:
		return leave(f, neighbour(f, -1));
	case K_DOWN:
		return leave(f, neighbour(f, 1));
	case K_PGUP:
		for (int i = 0; i < 5; i++)
			leave(f, neighbour(f, -1));
		return STALE_PAINT;
	case K_PGDN:
		for (int i = 0; i < 5; i++)
			leave(f, neighbour(f, 1));
		return STALE_PAINT;
	case K_ENTER:
		if (form_is_choice(f) || form_is_last(f))
			return STALE_PASS;
		return leave(f, neighbour(f, 1));
	}
	return STALE_PASS;
}

unsigned form_paste(struct form *f, const char *text, size_t len)
{
	if (!f->count || !is_typed(&f->fields[f->focus]))
		return STALE_NONE;
	return edited(f, edit_paste(&f->values[f->focus].edit, text, len));
}

unsigned form_insert(struct form *f, const char *text)
{
	if (!f->count || !is_typed(&f->fields[f->focus]))
		return STALE_NONE;
	return edited(f, edit_insert(&f->values[f->focus].edit, text));
}

unsigned form_mouse(struct form *f, const struct mouse *m)
{
	if (m->what != MOUSE_PRESS)
		return STALE_PASS;
	for (size_t i = 0; i < f->count; i++) {
		if (!can_focus(f, i) || !rect_has(f->values[i].place, m->y, m->x))
			continue;
		leave(f, i);
		if (is_typed(&f->fields[i]))
			edit_click(&f->values[i].edit, f->values[i].place, m->y, m->x);
		else if (f->fields[i].kind == FORM_CHECK)
			f->values[i].choice = !f->values[i].choice;
		return STALE_PAINT;
	}
	return STALE_PASS;
}
