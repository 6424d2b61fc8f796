#include "out.h"

#include "date.h"
#include "i18n.h"
#include "json_out.h"
#include "mem.h"
#include "money.h"
#include "num.h"
#include "tz.h"
#include "utf8.h"
#include "vec.h"

/* Rows that wait for their widths; a longer table is printed in pieces. */
#define PIECE 1000

struct out_table {
	FILE *to;
	bool json;
	enum lang lang;
	const struct out_column *columns;
	int n;
	int at;			 /* the column that comes next */
	struct json_out *writer; /* of the document around it, or the own one */
	struct json_out own;
	struct arena arena;
	VEC(const char *) cells;
	size_t *widths;
	bool titled;
};

static struct out_table *make(
	FILE *to, bool json, enum lang lang, const struct out_column *columns, int n)
{
	struct out_table *t = mem_zalloc(1, sizeof(*t));

	t->to = to;
	t->json = json;
	t->lang = lang;
	t->columns = columns;
	t->n = n;
	t->widths = mem_zalloc((size_t)n, sizeof(*t->widths));
	return t;
}

struct out_table *out_table_new(
	FILE *to, bool json, enum lang lang, const struct out_column *columns, int n)
{
	struct out_table *t = make(to, json, lang, columns, n);

	if (json) {
		t->writer = &t->own;
		json_out_init_file(t->writer, to, true);
		json_out_array(t->writer, NULL);
	}
	return t;
}

struct out_table *out_table_within(FILE *to, struct json_out *json, const char *key, enum lang lang,
	const struct out_column *columns, int n)
{
	struct out_table *t = make(to, json != NULL, lang, columns, n);

	t->writer = json;
	if (json)
		json_out_array(json, key);
	return t;
}

/* The JSON name of the cell that comes next, opening the row at its first. */
static const char *key(struct out_table *t)
{
	if (t->at == 0)
		json_out_object(t->writer, NULL);
	return t->columns[t->at++].key;
}

static void cell(struct out_table *t, const char *s)
{
	vec_push(&t->cells, arena_strdup(&t->arena, s));
	t->at++;
}

void out_text(struct out_table *t, const char *s)
{
	struct strbuf clean = STRBUF_INIT;

	if (t->json) {
		json_out_str(t->writer, key(t), s);
		return;
	}
	utf8_add_clean(&clean, s, strlen(s), " ");
	cell(t, clean.buf);
	strbuf_release(&clean);
}

void out_id(struct out_table *t, int64_t id)
{
	if (t->json)
		json_out_id(t->writer, key(t), id);
	else
		cell(t, arena_printf(&t->arena, "%lld", (long long)id));
}

void out_int(struct out_table *t, int64_t v)
{
	if (t->json)
		json_out_int(t->writer, key(t), v);
	else
		cell(t, arena_printf(&t->arena, "%lld", (long long)v));
}

void out_decimal(struct out_table *t, int64_t v, int decimals)
{
	struct strbuf s = STRBUF_INIT;

	if (t->json) {
		json_out_decimal(t->writer, key(t), v, decimals);
		return;
	}
	num_format(&s, v, decimals, t->lang);
	cell(t, s.buf);
	strbuf_release(&s);
}

void out_word(struct out_table *t, const char *word, const char *label)
{
	if (t->json)
		json_out_str(t->writer, key(t), *word ? word : NULL);
	else
		cell(t, *label ? _(label) : "");
}

void out_money(struct out_table *t, int64_t minor, const char *currency)
{
	struct strbuf s = STRBUF_INIT;

	if (t->json) {
		json_out_decimal(t->writer, key(t), minor, money_decimals(currency));
		return;
	}
	money_format(&s, minor, currency, t->lang);
	cell(t, s.buf);
	strbuf_release(&s);
}

void out_day(struct out_table *t, int32_t day)
{
	struct strbuf s = STRBUF_INIT;

	if (day != DAY_NONE && t->json)
		date_add_iso(&s, day);
	else if (day != DAY_NONE)
		date_add_medium(&s, day, t->lang);
	if (!t->json)
		cell(t, s.buf);
	else
		json_out_str(t->writer, key(t), s.len ? s.buf : NULL);
	strbuf_release(&s);
}

void out_say_instant(struct strbuf *out, int64_t at, const struct tz *tz, enum lang lang)
{
	struct tz_time local = tz_local(tz, at);

	date_add_medium(out, local.day, lang);
	strbuf_addc(out, ' ');
	date_add_time(out, local.minute);
}

void out_instant(struct out_table *t, int64_t at, const struct tz *tz)
{
	struct strbuf s = STRBUF_INIT;

	if (at && t->json)
		date_add_instant(&s, at);
	else if (at)
		out_say_instant(&s, at, tz, t->lang);
	if (!t->json)
		cell(t, s.buf);
	else
		json_out_str(t->writer, key(t), at ? s.buf : NULL);
	strbuf_release(&s);
}

void out_none(struct out_table *t)
{
	if (t->json)
		json_out_null(t->writer, key(t));
	else
		cell(t, "");
}

static void add_cell(struct out_table *t, struct strbuf *line, int column, const char *s)
{
	size_t width = utf8_width(s, strlen(s));
	size_t rest = t->widths[column] > width ? t->widths[column] - width : 0;

	if (t->columns[column].align == OUT_JSON)
		return;
	if (t->columns[column].align == OUT_RIGHT)
		strbuf_addf(line, "%*s", (int)rest, "");
	strbuf_adds(line, s);
	if (t->columns[column].align == OUT_LEFT)
		strbuf_addf(line, "%*s", (int)rest, "");
	strbuf_adds(line, "  ");
}

/* Nothing but the cells themselves ends a line. */
static void print_line(struct out_table *t, struct strbuf *line)
{
	while (line->len && line->buf[line->len - 1] == ' ')
		strbuf_truncate(line, line->len - 1);
	fprintf(t->to, "%s\n", line->buf);
	strbuf_clear(line);
}

static void widen(struct out_table *t, int column, const char *s)
{
	size_t width = utf8_width(s, strlen(s));

	if (width > t->widths[column])
		t->widths[column] = width;
}

static const char *title(const struct out_table *t, int column)
{
	return t->columns[column].align == OUT_JSON ? "" : _(t->columns[column].title);
}

static void print_piece(struct out_table *t)
{
	struct strbuf line = STRBUF_INIT;

	for (int c = 0; c < t->n && !t->titled; c++)
		widen(t, c, title(t, c));
	for (size_t i = 0; i < t->cells.len; i++)
		widen(t, (int)(i % (size_t)t->n), t->cells.items[i]);
	for (int c = 0; c < t->n && !t->titled && t->cells.len; c++)
		add_cell(t, &line, c, title(t, c));
	if (line.len)
		print_line(t, &line);
	t->titled = t->titled || t->cells.len;
	for (size_t i = 0; i < t->cells.len; i++) {
		add_cell(t, &line, (int)(i % (size_t)t->n), t->cells.items[i]);
		if ((i + 1) % (size_t)t->n == 0)
			print_line(t, &line);
	}
	strbuf_release(&line);
	t->cells.len = 0;
	arena_clear(&t->arena);
}

void out_row_end(struct out_table *t)
{
	t->at = 0;
	if (t->json)
		json_out_end(t->writer);
	else if (t->cells.len >= (size_t)t->n * PIECE)
		print_piece(t);
}

void out_table_end(struct out_table *t)
{
	struct err err = ERR_INIT;

	if (t->json && t->writer != &t->own) {
		json_out_end(t->writer);
	} else if (t->json) {
		json_out_end(t->writer);
		/* A write that failed is found by whoever checks the stream at the end. */
		if (json_out_finish(t->writer, &err))
			putc('\n', t->to);
	} else {
		print_piece(t);
	}
	vec_release(&t->cells);
	arena_release(&t->arena);
	free(t->widths);
	free(t);
}
