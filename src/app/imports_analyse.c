#include "imports_private.h"

#include "crypt.h"
#include "date.h"
#include "fold.h"
#include "utf8.h"

#define PROGRESS_ROWS 4096

/* --- the columns --- */

static void add_sample(struct import *im, struct import_column *c, const struct cell *cell)
{
	for (int i = 0; i < IMPORT_SAMPLES; i++) {
		if (c->samples[i])
			continue;
		c->samples[i] =
			arena_strndup(&im->keep, cell->text, cell->len < 80 ? cell->len : 80);
		return;
	}
}

static bool is_whole(const struct cell *cell)
{
	return cell->text[strspn(cell->text, "0123456789")] == '\0';
}

static void guess_money(struct import *im, struct import_column *c, const struct cell *cell)
{
	uint64_t ambiguous = c->money.ambiguous;

	if (is_whole(cell)) {
		c->money.plain++;
		return;
	}
	money_guess_add(&c->money, cell->text, cell->len);
	if (c->money.ambiguous > ambiguous && !c->money_doubt)
		c->money_doubt = arena_strndup(&im->keep, cell->text, cell->len);
}

/* A day that can be read with the day first: with the month first too? */
static bool may_be_month(const char *text)
{
	int n = 0;

	for (text += strspn(text, " "); *text >= '0' && *text <= '9'; text++)
		n = n * 10 + (*text - '0');
	return n <= 12;
}

static void guess_date(struct import *im, struct import_column *c, const struct cell *cell)
{
	int32_t day;

	if (cell->kind == CELL_DATE) {
		c->dates.other++;
	} else if (date_parse(cell->text, cell->len, DATE_DMY, &day) == DATE_OK) {
		if (may_be_month(cell->text))
			c->dates.either++;
		else
			c->dates.dmy++;
	} else if (date_parse(cell->text, cell->len, DATE_ISO | DATE_COMPACT, &day) == DATE_OK) {
		c->dates.other++;
	} else if (date_parse(cell->text, cell->len, DATE_MDY, &day) == DATE_OK) {
		c->dates.mdy++;
		if (!c->date_doubt)
			c->date_doubt = arena_strndup(&im->keep, cell->text, cell->len);
	} else if (date_parse_excel(cell->text, cell->len, false, &day) == DATE_OK) {
		c->dates.serial++;
	}
}

static void take_cell(struct import *im, struct import_column *c, const struct cell *cell)
{
	c->filled++;
	if (!c->samples[IMPORT_SAMPLES - 1])
		add_sample(im, c, cell);
	if (c->field == IMPORT_FIELDS)
		return;
	if (import_field_info(c->field)->type == TYPE_DATE)
		guess_date(im, c, cell);
	else if (import_field_info(c->field)->type == TYPE_MONEY && cell->kind == CELL_TEXT)
		guess_money(im, c, cell);
}

static void take_row(struct import *im, const struct row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		if (i >= im->columns.len) {
			struct import_column c = { .header = "" };

			c.field = mapping_field(&im->mapping, (int)i);
			vec_push(&im->columns, c);
		}
		if (row->cells[i].kind != CELL_EMPTY)
			take_cell(im, &im->columns.items[i], &row->cells[i]);
	}
}

/* --- the header --- */

/* A line of titles: something in it that is known, or nothing in it but words. */
static bool looks_like_header(const struct import *im, const struct row *row, const char **texts)
{
	if (mapping_headers(im->o.kind, texts, row->n))
		return true;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cells[i].kind != CELL_TEXT && row->cells[i].kind != CELL_EMPTY)
			return false;
		if (strpbrk(texts[i], "0123456789@"))
			return false;
	}
	return true;
}

static void take_header(struct import *im, const struct row *row)
{
	struct strbuf raw = STRBUF_INIT;

	for (size_t i = 0; i < row->n; i++) {
		struct strbuf clean = STRBUF_INIT;
		struct import_column c = { .field = IMPORT_FIELDS };

		utf8_add_clean(&clean, row->cells[i].text, row->cells[i].len, "");
		strbuf_trim(&clean);
		c.header = arena_strdup(&im->keep, clean.buf);
		vec_push(&im->columns, c);
		strbuf_release(&clean);
	}
	import_add_raw(&raw, row);
	im->header_raw = arena_strdup(&im->keep, raw.buf);
	strbuf_release(&raw);
}

/* Reads the first row and decides whether it is a header. */
static bool find_header(struct import *im, struct err *err)
{
	struct rows_mark start = rows_mark(im->rows);
	const char *texts[ROWS_MAX_COLUMNS];
	struct row row;
	enum rows_status status = rows_next(im->rows, &row, err);

	if (status == ROW_FAIL)
		return false;
	if (status == ROW_END)
		return err_set(err, ERR_FILE_EMPTY, im->o.path ? im->o.path : "", "%s", "");
	if (status == ROW_OK) {
		for (size_t i = 0; i < row.n; i++)
			texts[i] = row.cells[i].text;
		im->analysis.has_header =
			im->o.header == IMPORT_HEADER_YES ||
			(im->o.header == IMPORT_HEADER_FIND && looks_like_header(im, &row, texts));
	}
	if (im->analysis.has_header)
		take_header(im, &row);
	else if (!rows_seek(im->rows, start, err))
		return false;
	im->top = rows_mark(im->rows);
	return true;
}

/* What the header line is known by: its folded cells. */
static void hash_header(struct import *im)
{
	struct crypt_hash h;
	unsigned char hash[CRYPT_HASH_SIZE];
	struct strbuf text = STRBUF_INIT;

	im->header_hash = "";
	if (!im->analysis.has_header)
		return;
	crypt_hash_init(&h);
	for (size_t i = 0; i < im->columns.len; i++) {
		strbuf_clear(&text);
		fold_words(&text, im->columns.items[i].header);
		crypt_hash_part(&h, text.buf, text.len);
	}
	crypt_hash_final(&h, hash);
	strbuf_clear(&text);
	crypt_hex(hash, sizeof(hash), &text);
	im->header_hash = arena_strdup(&im->keep, text.buf);
	strbuf_release(&text);
}

/* --- the pass --- */

/* What the values of a column say depends on what it is read as. */
static void forget_values(struct import *im)
{
	for (size_t i = 0; i < im->columns.len; i++) {
		struct import_column *c = &im->columns.items[i];

		*c = (struct import_column){ .header = c->header, .field = c->field };
		c->field = mapping_field(&im->mapping, (int)i);
	}
	im->analysis.rows = 0;
}

static bool read_through(struct import *im, const struct progress *progress, struct err *err)
{
	int64_t size = rows_size(im->rows);

	forget_values(im);
	for (;;) {
		struct row row;

		switch (rows_next(im->rows, &row, err)) {
		case ROW_FAIL:
			return false;
		case ROW_END:
			im->analysis.size = size;
			return rows_seek(im->rows, im->top, err);
		case ROW_OK:
			take_row(im, &row);
			break;
		case ROW_BAD:
			break;
		}
		if (++im->analysis.rows % PROGRESS_ROWS == 0 &&
			!progress_step(progress, rows_tell(im->rows), size))
			return err_set(err, ERR_CANCELLED, "", "analysis");
	}
}

/* By the header, as the last time or by what its titles mean, and then by hand. */
static bool map_columns(struct import *im, struct err *err)
{
	const char *headers[ROWS_MAX_COLUMNS];
	size_t n = im->columns.len;

	mapping_init(&im->mapping, im->o.kind);
	for (size_t i = 0; i < n; i++)
		headers[i] = im->columns.items[i].header;
	if (im->analysis.has_header && !import_recall(im, err))
		return false;
	if (im->analysis.has_header && !im->analysis.remembered)
		mapping_match(&im->mapping, headers, n);
	for (size_t i = 0; i < im->o.n_maps; i++)
		if (!mapping_by_hand(&im->mapping, im->o.maps[i], headers, n, err))
			return false;
	return true;
}

/* A column by its number is known to be there once the rows were read. */
static bool check_columns(const struct import *im, struct err *err)
{
	enum import_field first, end;
	char number[16];

	import_fields_of(im->o.kind, &first, &end);
	for (enum import_field f = first; f < end; f++) {
		if (im->mapping.column[f] < (int)im->columns.len)
			continue;
		snprintf(number, sizeof(number), "%d", im->mapping.column[f] + 1);
		return err_set(err, ERR_MAP_COLUMN, number, "of %zu columns", im->columns.len);
	}
	return true;
}

static bool read_again(struct import *im, const struct progress *progress, struct err *err)
{
	bool ok = read_through(im, progress, err) && check_columns(im, err);

	im->analysis.columns = im->columns.items;
	im->analysis.n_columns = im->columns.len;
	return ok;
}

bool import_analyse(struct import *im, const struct progress *progress, struct err *err)
{
	im->header_raw = "";
	im->analysis.facts = rows_facts(im->rows);
	if (!find_header(im, err))
		return false;
	hash_header(im);
	im->analysis.header_raw = im->header_raw;
	im->analysis.n_header = im->columns.len;
	im->analysis.mapping = &im->mapping;
	return map_columns(im, err) && read_again(im, progress, err);
}

/* Whether values have to be looked at that were not before. */
static bool reads_others(const struct import *im, const struct mapping *mapping)
{
	enum import_field first, end;

	import_fields_of(im->o.kind, &first, &end);
	for (enum import_field f = first; f < end; f++) {
		enum field_type type = import_field_info(f)->type;

		if ((type == TYPE_DATE || type == TYPE_MONEY) &&
			mapping->column[f] != im->mapping.column[f])
			return true;
	}
	return false;
}

bool import_remap(struct import *im, const struct mapping *mapping, const struct progress *progress,
	struct err *err)
{
	bool others = reads_others(im, mapping);

	im->mapping = *mapping;
	for (size_t i = 0; i < im->columns.len; i++)
		im->columns.items[i].field = mapping_field(&im->mapping, (int)i);
	return others ? read_again(im, progress, err) : check_columns(im, err);
}

/* --- what a person must say --- */

bool import_marks(const struct import *im, int column, char *mark, char *group)
{
	if (money_column_marks(money_guess_answer(&im->columns.items[column].money), mark, group))
		return true;
	*mark = im->o.decimal;
	*group = im->o.decimal == ',' ? '.' : ',';
	return im->o.decimal;
}

/* Invoices may have a code or a name of the customer, and merged ones no number. */
static bool is_missing(const struct import *im, enum import_field field)
{
	if (im->mapping.column[field] >= 0)
		return false;
	if (field == INVOICE_CUSTOMER)
		return im->mapping.column[INVOICE_CUSTOMER_NAME] < 0;
	if (field == INVOICE_NUMBER && im->o.merge_same_day)
		return false;
	return import_field_info(field)->required;
}

static bool ask_about(const struct import *im, enum import_field field, struct import_question *out)
{
	int column = im->mapping.column[field];
	const struct import_column *c = column < 0 ? NULL : &im->columns.items[column];
	enum field_type type = import_field_info(field)->type;
	char mark, group;

	*out = (struct import_question){ .field = field, .column = column, .value = "" };
	if (!c) {
		out->ask = IMPORT_ASK_FIELD;
		return is_missing(im, field);
	}
	if (type == TYPE_MONEY && !import_marks(im, column, &mark, &group)) {
		out->ask = IMPORT_ASK_DECIMAL;
		out->value = c->money_doubt ? c->money_doubt : c->samples[0];
		return true;
	}
	if (type == TYPE_DATE && im->o.dates == IMPORT_DATES_FIND && c->dates.mdy &&
		!c->dates.dmy) {
		out->ask = IMPORT_ASK_DATES;
		out->value = c->date_doubt;
		return true;
	}
	return false;
}

bool import_question(const struct import *im, size_t i, struct import_question *out)
{
	enum import_field first, end;

	import_fields_of(im->o.kind, &first, &end);
	for (enum import_field f = first; f < end; f++)
		if (ask_about(im, f, out) && !i--)
			return true;
	return false;
}

bool import_map(struct import *im, const char *spec, struct err *err)
{
	const char *headers[ROWS_MAX_COLUMNS];
	struct mapping mapping = im->mapping;

	for (size_t i = 0; i < im->columns.len; i++)
		headers[i] = im->columns.items[i].header;
	return mapping_by_hand(&mapping, spec, headers, im->columns.len, err) &&
	       import_remap(im, &mapping, NULL, err);
}
