#include "edit.h"

#include "crypt.h"
#include "utf8.h"

void edit_init(struct edit *e, bool many, size_t max)
{
	*e = (struct edit){ .many = many, .max = max, .width = 80 };
	strbuf_init(&e->text, max);
}

void edit_release(struct edit *e)
{
	if (e->secret && e->text.cap)
		crypt_wipe(e->text.buf, e->text.cap);
	strbuf_release(&e->text);
}

const char *edit_text(const struct edit *e)
{
	return e->text.buf;
}

/* Adds `text` as this editor may hold it: no controls, no broken bytes. */
static void add_clean(const struct edit *e, struct strbuf *out, const char *text, size_t len)
{
	size_t start = 0;

	if (!e->many) {
		utf8_add_clean(out, text, len, "");
		return;
	}
	for (size_t i = 0; i <= len; i++) {
		if (i < len && text[i] != '\n')
			continue;
		utf8_add_clean(out, text + start, i - start, "");
		if (i < len)
			strbuf_addc(out, '\n');
		start = i + 1;
	}
}

/* Puts `text` at the cursor, as much of it as there is room for. */
static enum edit_result insert(struct edit *e, const char *text, size_t len)
{
	struct strbuf clean = STRBUF_INIT, whole = STRBUF_INIT;
	size_t room = e->max - e->text.len, fit = 0;

	add_clean(e, &clean, text, len);
	while (fit < clean.len && utf8_next(clean.buf, clean.len, fit) <= room)
		fit = utf8_next(clean.buf, clean.len, fit);
	if (fit) {
		strbuf_add(&whole, e->text.buf, e->pos);
		strbuf_add(&whole, clean.buf, fit);
		strbuf_add(&whole, e->text.buf + e->pos, e->text.len - e->pos);
		strbuf_clear(&e->text);
		strbuf_add(&e->text, whole.buf, whole.len);
		e->pos += fit;
	}
	strbuf_release(&clean);
	strbuf_release(&whole);
	return fit ? EDIT_CHANGED : EDIT_NOTHING;
}

static enum edit_result cut(struct edit *e, size_t from, size_t to)
{
	if (from >= to)
		return EDIT_NOTHING;
	memmove(e->text.buf + from, e->text.buf + to, e->text.len - to);
	strbuf_truncate(&e->text, e->text.len - (to - from));
	e->pos = from;
	return EDIT_CHANGED;
}

void edit_set(struct edit *e, const char *text)
{
	strbuf_clear(&e->text);
	e->pos = e->left = 0;
	insert(e, text, strlen(text));
}

/* --- words and lines ----------------------------------------------------- */

static bool is_blank(const struct edit *e, size_t pos)
{
	return strchr(" \n\t.,;:!?/@'\"()[]{}<>|-", e->text.buf[pos]) != NULL;
}

static size_t word_left(const struct edit *e)
{
	size_t pos = e->pos;

	while (pos && is_blank(e, pos - 1))
		pos--;
	while (pos && !is_blank(e, pos - 1))
		pos--;
	return pos;
}

static size_t word_right(const struct edit *e)
{
	size_t pos = e->pos;

	while (pos < e->text.len && is_blank(e, pos))
		pos++;
	while (pos < e->text.len && !is_blank(e, pos))
		pos++;
	return pos;
}

static size_t line_start(const struct edit *e)
{
	size_t pos = e->pos;

	while (pos && e->text.buf[pos - 1] != '\n')
		pos--;
	return pos;
}

static size_t line_end(const struct edit *e)
{
	size_t pos = e->pos;

	while (pos < e->text.len && e->text.buf[pos] != '\n')
		pos++;
	return pos;
}

/* The wrapped line that begins at byte `start`: where its text ends and where
 * the next one begins; false behind the last. A blank at the edge stays on the
 * line it ends, so that every byte has a place for the cursor. */
static bool wrap(const struct edit *e, size_t start, size_t *end, size_t *next)
{
	const char *s = e->text.buf;
	size_t len = e->text.len, stop = start, fit;

	if (start > len || (start == len && start && s[start - 1] != '\n'))
		return false;
	while (stop < len && s[stop] != '\n')
		stop++;
	fit = start + utf8_fit(s + start, stop - start, (size_t)(e->width > 1 ? e->width - 1 : 1));
	if (fit >= stop) {
		*end = stop;
		*next = stop < len ? stop + 1 : len + 1;
		return true;
	}
	*end = fit;
	while (*end > start && s[*end - 1] != ' ')
		(*end)--;
	if (*end == start)
		*end = fit > start ? fit : utf8_next(s, len, start);
	*next = *end;
	return true;
}

/* The wrapped line the cursor stands on, and its byte range. */
static size_t line_of(const struct edit *e, size_t pos, size_t *start, size_t *end)
{
	size_t from = 0, to = 0, next = 0, line = 0;

	*start = *end = 0;
	for (; wrap(e, from, &to, &next); from = next, line++) {
		*start = from;
		*end = to;
		if (pos < next)
			return line;
	}
	return line ? line - 1 : 0;
}

static size_t offset_at(const struct edit *e, size_t start, size_t end, int cells)
{
	size_t fit = start + utf8_fit(e->text.buf + start, end - start, (size_t)cells);

	return fit > end ? end : fit;
}

/* Moves by wrapped lines, keeping the column as far as it goes. */
static enum edit_result move_line(struct edit *e, int by)
{
	size_t start, end, line = line_of(e, e->pos, &start, &end);
	int column = (int)utf8_width(e->text.buf + start, e->pos - start);
	size_t from = 0, to = 0, next = 0;
	size_t wanted = by < 0 && line < (size_t)-by ? 0 : line + (size_t)by;
	size_t was = e->pos;

	for (size_t i = 0; wrap(e, from, &to, &next); from = next, i++) {
		if (i == wanted || (by > 0 && i > line)) {
			e->pos = offset_at(e, from, to, column);
			if (e->pos == to && next == to && to > from)
				e->pos = utf8_prev(e->text.buf, e->text.len, to);
		}
		if (i == wanted)
			break;
	}
	return e->pos == was ? EDIT_PASS : EDIT_MOVED;
}

/* --- keys ---------------------------------------------------------------- */

static enum edit_result go(struct edit *e, size_t pos)
{
	if (pos == e->pos)
		return EDIT_NOTHING;
	e->pos = pos;
	return EDIT_MOVED;
}

static enum edit_result named_key(struct edit *e, struct key key)
{
	size_t len = e->text.len;
	bool word = key.mods & (MOD_CTRL | MOD_ALT);

	switch (key.code) {
	case K_LEFT:
		return go(e, word ? word_left(e) : utf8_prev(e->text.buf, len, e->pos));
	case K_RIGHT:
		return go(e, word ? word_right(e) : utf8_next(e->text.buf, len, e->pos));
	case K_HOME:
		return go(e, word ? 0 : line_start(e));
	case K_END:
		return go(e, word ? len : line_end(e));
	case K_BACKSPACE:
		return cut(e, word ? word_left(e) : utf8_prev(e->text.buf, len, e->pos), e->pos);
	case K_DELETE:
		return cut(e, e->pos, word ? word_right(e) : utf8_next(e->text.buf, len, e->pos));
	case K_UP:
		return e->many ? move_line(e, -1) : EDIT_PASS;
	case K_DOWN:
		return e->many ? move_line(e, 1) : EDIT_PASS;
	case K_ENTER:
		return e->many ? insert(e, "\n", 1) : EDIT_PASS;
	}
	return EDIT_PASS;
}

/* cut() leaves the cursor at `from`, which for Delete is where it was. */
static enum edit_result ctrl_key(struct edit *e, struct key key)
{
	switch (key.code) {
	case 'a':
		return go(e, line_start(e));
	case 'e':
		return go(e, line_end(e));
	case 'w':
		return cut(e, word_left(e), e->pos);
	case 'u':
		return cut(e, line_start(e), e->pos);
	case 'k':
		return cut(e, e->pos, line_end(e));
	}
	return EDIT_PASS;
}

enum edit_result edit_key(struct edit *e, struct key key)
{
	char out[UTF8_MAX];

	if (key_types(key))
		return insert(e, out, utf8_encode(key.code, out));
	if (key.code >= K_ENTER)
		return named_key(e, key);
	if (key.mods == MOD_CTRL)
		return ctrl_key(e, key);
	if (key.mods == MOD_ALT && key.code == 'b')
		return go(e, word_left(e));
	if (key.mods == MOD_ALT && key.code == 'f')
		return go(e, word_right(e));
	return EDIT_PASS;
}

enum edit_result edit_paste(struct edit *e, const char *text, size_t len)
{
	/* The line end of a line that was copied whole is no part of a field. */
	while (!e->many && len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	return insert(e, text, len);
}

enum edit_result edit_insert(struct edit *e, const char *text)
{
	return insert(e, text, strlen(text));
}

/* --- drawing ------------------------------------------------------------- */

void edit_click(struct edit *e, struct rect r, int y, int x)
{
	size_t from = 0, to = 0, next = 0;

	if (!rect_has(r, y, x))
		return;
	if (!e->many) {
		e->pos = offset_at(e, e->left, e->text.len, x - r.x);
		return;
	}
	for (size_t i = 0; wrap(e, from, &to, &next); from = next, i++)
		if (i == e->left + (size_t)(y - r.y))
			e->pos = offset_at(e, from, to, x - r.x);
}

static void draw_one(struct edit *e, struct canvas *c, struct rect r, bool focus, enum role role)
{
	struct strbuf shown = STRBUF_INIT;
	const char *s = e->text.buf;
	size_t fit;

	if (e->left > e->pos || e->left > e->text.len)
		e->left = e->pos;
	while (e->left < e->pos && (int)utf8_width(s + e->left, e->pos - e->left) >= r.w)
		e->left = utf8_next(s, e->text.len, e->left);
	/* Room that came free at the right is used again. */
	while (e->left) {
		size_t before = utf8_prev(s, e->text.len, e->left);

		if ((int)utf8_width(s + before, e->text.len - before) >= r.w)
			break;
		e->left = before;
	}
	fit = utf8_fit(s + e->left, e->text.len - e->left, (size_t)r.w);
	if (e->secret)
		for (size_t i = e->left; i < e->left + fit; i = utf8_next(s, e->text.len, i))
			strbuf_addc(&shown, '*');
	else
		strbuf_add(&shown, s + e->left, fit);
	draw_text(c, r.y, r.x, r.w, role, shown.buf);
	if (focus)
		draw_cursor(c, r.y, r.x + (int)utf8_width(s + e->left, e->pos - e->left));
	strbuf_release(&shown);
}

static void draw_many(struct edit *e, struct canvas *c, struct rect r, bool focus, enum role role)
{
	size_t start, end, line = line_of(e, e->pos, &start, &end);
	size_t from = 0, to = 0, next = 0;

	if (line < e->left)
		e->left = line;
	if (line >= e->left + (size_t)r.h)
		e->left = line - (size_t)r.h + 1;
	for (size_t i = 0; wrap(e, from, &to, &next) && i < e->left + (size_t)r.h;
		from = next, i++) {
		struct strbuf shown = STRBUF_INIT;

		if (i < e->left)
			continue;
		strbuf_add(&shown, e->text.buf + from, to - from);
		draw_text(c, r.y + (int)(i - e->left), r.x, r.w, role, shown.buf);
		strbuf_release(&shown);
	}
	if (focus)
		draw_cursor(c, r.y + (int)(line - e->left),
			r.x + (int)utf8_width(e->text.buf + start, e->pos - start));
}

void edit_draw(struct edit *e, struct canvas *c, struct rect r, bool focus, const char *hint)
{
	enum role role = focus ? ROLE_FIELD_FOCUS : ROLE_FIELD;

	if (r.h < 1 || r.w < 1)
		return;
	e->width = r.w;
	draw_fill(c, r, role);
	if (!e->text.len && hint)
		draw_text(c, r.y, r.x, r.w, focus ? ROLE_FIELD_FOCUS : ROLE_DIM, hint);
	if (e->many)
		draw_many(e, c, r, focus, role);
	else
		draw_one(e, c, r, focus, role);
}
