#include "csv.h"

#include <strings.h>

#include "intake.h"
#include "mem.h"
#include "utf8.h"

#define GUESS_BYTES ((int64_t)256 << 20) /* looked at to find the encoding */
#define GUESS_PIECE ((size_t)64 << 10)
#define SNIFF_ROWS 100 /* looked at to find the delimiter */

/* What a byte may mean. Those over STOP end a run of ordinary ones. */
enum {
	HIGH = 1, /* not ASCII */
	NUL = 2,  /* a NUL, or the end of the window */
	DELIM = 4,
	QUOTE = 8,
	CR = 16,
	LF = 32,
};

enum scan { SCAN_ROW, SCAN_MORE, SCAN_BAD };

/* What the scan of one record found. */
struct record {
	const unsigned char *p;	   /* reading here; in the end, after the record */
	const unsigned char *body; /* where the record's own bytes end */
	size_t n;
	size_t surplus; /* filled cells after the last that is kept */
	int64_t lines;	/* line ends inside quotes */
	unsigned seen;	/* HIGH, NUL */
	bool filled;	/* a cell has something in it */
	enum row_fault fault;
};

struct csv {
	struct intake in;
	enum charset charset;
	bool has_bom;
	char delimiter;
	unsigned char plain[256];  /* meanings outside quotes */
	unsigned char quoted[256]; /* and inside */
	struct rows_mark first;	   /* after the mark and the "sep=" line */
	struct rows_mark at;	   /* of the next record */
	struct cell cells[ROWS_MAX_COLUMNS];
	bool doubled[ROWS_MAX_COLUMNS]; /* the cell has "" in it */
	struct strbuf text;		/* converted cells, or the beginning of a bad line */
};

static void csv_set_delimiter(struct csv *csv, char delimiter)
{
	csv->delimiter = delimiter;
	for (int i = 0; i < 256; i++)
		csv->plain[i] = csv->quoted[i] = i < 0x80 ? 0 : HIGH;
	csv->plain[0] = csv->quoted[0] = NUL;
	csv->plain['\r'] = csv->quoted['\r'] = CR;
	csv->plain['\n'] = csv->quoted['\n'] = LF;
	csv->plain[(unsigned char)delimiter] = DELIM;
	if (delimiter == ' ')
		csv->plain['\t'] = DELIM;
	csv->quoted['"'] = QUOTE;
}

static const unsigned char *csv_end(const struct csv *csv)
{
	return csv->in.window + csv->in.end;
}

static enum scan scan_fault(struct record *r, enum row_fault fault)
{
	r->fault = fault;
	r->body = r->p;
	return SCAN_BAD;
}

/* Whether `p` is the last byte of the window while more may follow in the file. */
static bool at_edge(const struct csv *csv, const unsigned char *p)
{
	return p + 1 == csv_end(csv) && !csv->in.at_end;
}

/* From after the opening quote to after the closing one. */
static enum scan scan_quoted(
	const struct csv *csv, struct record *r, struct cell *cell, bool *doubled)
{
	const unsigned char *p = r->p;
	int spanned = 1;

	cell->text = (const char *)p;
	for (;; p++) {
		unsigned char k = csv->quoted[*p];

		if (!k)
			continue;
		r->p = p;
		if (k == HIGH) {
			r->seen |= HIGH;
		} else if (k == QUOTE) {
			if (at_edge(csv, p))
				return SCAN_MORE;
			if (p[1] != '"')
				break;
			*doubled = true;
			p++;
		} else if (k == NUL) {
			if (p < csv_end(csv))
				r->seen |= NUL;
			else
				return csv->in.at_end ? scan_fault(r, ROW_UNBALANCED_QUOTE)
						      : SCAN_MORE;
		} else {
			if (k == CR && at_edge(csv, p))
				return SCAN_MORE;
			p += k == CR && p[1] == '\n';
			r->lines++;
			if (++spanned > ROWS_MAX_OPEN_LINES)
				return scan_fault(r, ROW_UNBALANCED_QUOTE);
		}
	}
	cell->len = (size_t)((const char *)p - cell->text);
	r->p = p + 1;
	return SCAN_ROW;
}

/* Blanks that some programs leave between a closing quote and the delimiter. */
static void skip_blanks(const struct csv *csv, struct record *r)
{
	while (*r->p == ' ' && csv->delimiter != ' ')
		r->p++;
}

/* One cell, up to what ends it; `r->p` is then on that. */
static enum scan scan_cell(
	const struct csv *csv, struct record *r, struct cell *cell, bool *doubled)
{
	const unsigned char *p = r->p;
	unsigned seen = 0;

	*doubled = false;
	if (*p == '"') {
		enum scan got;

		r->p = p + 1;
		got = scan_quoted(csv, r, cell, doubled);
		if (got != SCAN_ROW)
			return got;
		skip_blanks(csv, r);
		if (csv->plain[*r->p] & (DELIM | CR | LF) || r->p == csv_end(csv))
			return SCAN_ROW;
		return scan_fault(r, ROW_STRAY_QUOTE);
	}
	cell->text = (const char *)p;
	for (;; p++) {
		unsigned char k = csv->plain[*p];

		if (!k)
			continue;
		if (k > NUL || p == csv_end(csv))
			break;
		seen |= k;
	}
	cell->len = (size_t)((const char *)p - cell->text);
	r->p = p;
	r->seen |= seen;
	return SCAN_ROW;
}

static void keep_cell(struct csv *csv, struct record *r, const struct cell *cell, bool doubled)
{
	r->filled = r->filled || cell->len;
	if (r->n < ROWS_MAX_COLUMNS) {
		csv->cells[r->n] = *cell;
		csv->cells[r->n].kind = cell->len ? CELL_TEXT : CELL_EMPTY;
		csv->doubled[r->n++] = doubled;
	} else if (cell->len) {
		r->surplus++;
	}
}

/* Between columns parted by blanks, any number of them is one; those at the ends
 * of a line part nothing. Returns whether the line ends here. */
static bool skip_parting(const struct csv *csv, struct record *r)
{
	if (csv->delimiter != ' ')
		return false;
	while (*r->p == ' ' || *r->p == '\t')
		r->p++;
	return r->n && (csv->plain[*r->p] & (CR | LF) || r->p == csv_end(csv));
}

/* Cuts one record; cells point into the window. */
static enum scan scan_record(struct csv *csv, struct record *r)
{
	*r = (struct record){ .p = csv->in.window + csv->in.start };
	for (;;) {
		struct cell cell = { .day = 0 };
		bool doubled;
		enum scan got;

		if (skip_parting(csv, r)) {
			if (r->p == csv_end(csv) && !csv->in.at_end)
				return SCAN_MORE;
			break;
		}
		got = scan_cell(csv, r, &cell, &doubled);
		if (got != SCAN_ROW)
			return got;
		if (r->p == csv_end(csv) && !csv->in.at_end)
			return SCAN_MORE;
		keep_cell(csv, r, &cell, doubled);
		if (csv->plain[*r->p] != DELIM)
			break;
		r->p++;
	}
	r->body = r->p;
	if (*r->p == '\r') {
		if (at_edge(csv, r->p))
			return SCAN_MORE;
		r->p += 1 + (r->p[1] == '\n');
	} else if (*r->p == '\n') {
		r->p++;
	}
	return SCAN_ROW;
}

/* Scans the next record, reading on as needed, and judges its length. */
static enum scan csv_scan(struct csv *csv, struct record *r, struct err *err)
{
	for (;;) {
		enum scan got = scan_record(csv, r);
		const unsigned char *from = csv->in.window + csv->in.start;
		size_t len = (size_t)((got == SCAN_MORE ? csv_end(csv) : r->body) - from);

		if (len > ROWS_MAX_LINE + (got == SCAN_MORE ? 2 : 0)) {
			r->fault = r->lines ? ROW_UNBALANCED_QUOTE : ROW_LINE_TOO_LONG;
			return SCAN_BAD;
		}
		if (got != SCAN_MORE)
			return got;
		if (!intake_fill(&csv->in, err))
			return SCAN_MORE;
	}
}

/* Bytes of the file that these bytes of the window were. */
static int64_t source_len(const struct csv *csv, const unsigned char *p, size_t len)
{
	int64_t units = 0;

	if (csv->charset != CHARSET_UTF16LE && csv->charset != CHARSET_UTF16BE)
		return (int64_t)len;
	for (size_t i = 0; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			units += p[i] >= 0xf0 && p[i] <= 0xf4 ? 2 : 1;
	}
	return units * 2;
}

static void csv_advance(struct csv *csv, size_t len)
{
	csv->at.offset += source_len(csv, csv->in.window + csv->in.start, len);
	/* Half a unit at the end of UTF-16 was counted as a whole one. */
	if (csv->at.offset > csv->in.size)
		csv->at.offset = csv->in.size;
	csv->in.start += len;
}

/* The beginning of a bad line as text that can be shown. */
static void add_excerpt(struct csv *csv, const unsigned char *p, size_t len)
{
	while (len && csv->text.len < ROWS_MAX_EXCERPT) {
		uint32_t cp;
		size_t took = 1;

		/* 81 means nothing in Windows-1252, so it gives the sign that is wanted. */
		if (csv->charset == CHARSET_LATIN1 || csv->charset == CHARSET_WINDOWS_1252) {
			charset_add_1252(&csv->text, *p ? p : (const unsigned char *)"\x81", 1);
		} else {
			took = utf8_decode((const char *)p, len, &cp);
			utf8_add(&csv->text, cp ? cp : UTF8_REPLACEMENT);
		}
		p += took;
		len -= took;
	}
}

static size_t line_len(const unsigned char *p, size_t len)
{
	size_t n = 0;

	while (n < len && p[n] != '\r' && p[n] != '\n')
		n++;
	return n;
}

/* Drops what is left of the physical line, however long, and its end. */
static bool skip_line(struct csv *csv, struct err *err)
{
	for (;;) {
		const unsigned char *p = csv->in.window + csv->in.start;
		size_t left = csv->in.end - csv->in.start;
		size_t n = line_len(p, left);

		if (n < left && !(p[n] == '\r' && n + 1 == left && !csv->in.at_end)) {
			csv_advance(csv, n + 1 + (p[n] == '\r' && p[n + 1] == '\n'));
			return true;
		}
		csv_advance(csv, n);
		if (csv->in.at_end)
			return true;
		if (!intake_fill(&csv->in, err))
			return false;
	}
}

static enum rows_status bad_row(
	struct csv *csv, const struct record *r, struct row *out, struct err *err)
{
	const unsigned char *from = csv->in.window + csv->in.start;
	bool broken = r->fault == ROW_UNBALANCED_QUOTE || r->fault == ROW_STRAY_QUOTE ||
		      r->fault == ROW_LINE_TOO_LONG;

	strbuf_clear(&csv->text);
	add_excerpt(csv, from, line_len(from, (size_t)(csv_end(csv) - from)));
	csv->cells[0] = (struct cell){ csv->text.buf, csv->text.len, CELL_TEXT, 0 };
	*out = (struct row){ csv->at.line, r->fault, 1, csv->cells };
	if (!broken) {
		csv_advance(csv, (size_t)(r->p - from));
		csv->at.line += 1 + r->lines;
		return ROW_BAD;
	}
	csv->at.line++;
	return skip_line(csv, err) ? ROW_BAD : ROW_FAIL;
}

/* "" inside quotes becomes ". */
static void undouble(struct cell *cell)
{
	char *text = (char *)(uintptr_t)cell->text;
	size_t n = 0;

	for (size_t i = 0; i < cell->len; i++) {
		text[n++] = text[i];
		if (text[i] == '"')
			i++;
	}
	cell->len = n;
}

/* Turns one-byte text into UTF-8. */
static void convert_cells(struct csv *csv, size_t n)
{
	const char *next;

	strbuf_clear(&csv->text);
	for (size_t i = 0; i < n; i++) {
		struct cell *cell = &csv->cells[i];
		size_t from = csv->text.len;

		charset_add_1252(&csv->text, (const unsigned char *)cell->text, cell->len);
		strbuf_addc(&csv->text, '\0');
		cell->len = csv->text.len - from - 1;
	}
	next = csv->text.buf;
	for (size_t i = 0; i < n; i++) {
		csv->cells[i].text = next;
		next += csv->cells[i].len + 1;
	}
}

static bool one_byte(const struct csv *csv)
{
	return csv->charset == CHARSET_LATIN1 || csv->charset == CHARSET_WINDOWS_1252;
}

/* What is wrong with a record whose cells could be cut. */
static enum row_fault judge(const struct csv *csv, const struct record *r)
{
	const unsigned char *from = csv->in.window + csv->in.start;
	size_t len = (size_t)(r->body - from);

	if (r->seen & NUL)
		return ROW_NUL_BYTE;
	if (r->seen & HIGH && !(one_byte(csv) ? charset_valid_1252(from, len)
					      : utf8_valid((const char *)from, len)))
		return ROW_BAD_ENCODING;
	return r->surplus ? ROW_TOO_MANY_COLUMNS : ROW_FINE;
}

/* Programs put a ' before what a spreadsheet would calculate; so does sheet.h. */
static bool is_guarded(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

/* Makes the cells final in place: each ends with a NUL where its delimiter,
 * quote or line end was. */
static void finish_cells(struct csv *csv, const struct record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct cell *cell = &csv->cells[i];

		if (csv->doubled[i])
			undouble(cell);
		((char *)(uintptr_t)cell->text)[cell->len] = '\0';
		if (cell->text[0] == '\'' && is_guarded(cell->text[1])) {
			cell->text++;
			cell->len--;
		}
	}
	if (r->seen & HIGH && one_byte(csv))
		convert_cells(csv, r->n);
}

enum rows_status csv_next(struct csv *csv, struct row *out, struct err *err)
{
	for (;;) {
		struct record r;
		enum scan got = csv_scan(csv, &r, err);
		size_t len = (size_t)(r.p - (csv->in.window + csv->in.start));
		int64_t line = csv->at.line;

		if (got == SCAN_MORE)
			return ROW_FAIL;
		if (got == SCAN_ROW)
			r.fault = judge(csv, &r);
		if (r.fault)
			return bad_row(csv, &r, out, err);
		if (!len)
			return ROW_END;
		csv_advance(csv, len);
		csv->at.line += 1 + r.lines;
		if (r.filled) {
			finish_cells(csv, &r);
			*out = (struct row){ line, ROW_FINE, r.n, csv->cells };
			return ROW_OK;
		}
	}
}

/* The encoding by the mark, by what the caller says, else by the bytes. */
static bool find_charset(struct csv *csv, enum charset given, struct err *err)
{
	struct charset_guess guess = CHARSET_GUESS_INIT;
	unsigned char *piece = mem_alloc(GUESS_PIECE);
	int64_t got = intake_peek(&csv->in, 0, piece, GUESS_PIECE);
	size_t bom_len = 0;

	if (got > 0)
		csv->charset = charset_of_bom(piece, (size_t)got, &bom_len);
	csv->has_bom = bom_len > 0;
	csv->first = (struct rows_mark){ (int64_t)bom_len, 1 };
	if (!csv->has_bom)
		csv->charset = given;
	for (int64_t at = 0; csv->charset == CHARSET_NONE && got > 0 && at < GUESS_BYTES;) {
		charset_guess_feed(&guess, piece, (size_t)got);
		at += got;
		got = intake_peek(&csv->in, at, piece, GUESS_PIECE);
	}
	free(piece);
	if (got < 0)
		return err_set_errno(err, ERR_IO, csv->in.name);
	if (csv->charset == CHARSET_NONE)
		csv->charset = charset_guess_end(&guess);
	csv->in.charset = csv->charset;
	return true;
}

/* Excel's own way to say which delimiter follows: a first line "sep=;". Returns
 * the delimiter, or 0 without such a line, and leaves that line behind. */
static bool take_sep_line(struct csv *csv, char *delimiter, struct err *err)
{
	const unsigned char *p;
	size_t len;
	bool quoted;

	*delimiter = 0;
	intake_seek(&csv->in, csv->first.offset);
	csv->at = csv->first;
	if (!intake_fill(&csv->in, err))
		return false;
	p = csv->in.window;
	len = line_len(p, csv->in.end);
	quoted = len == 7 && p[0] == '"' && p[6] == '"';
	if (!quoted && len != 5)
		return true;
	if (strncasecmp((const char *)p + quoted, "sep=", 4) || p[4 + quoted] >= 0x7f ||
		p[4 + quoted] == '"' || !p[4 + quoted])
		return true;
	*delimiter = (char)p[4 + quoted];
	if (!skip_line(csv, err))
		return false;
	csv->first = (struct rows_mark){ csv->at.offset, 2 };
	return true;
}

/* How many of the first rows have the same number of cells, over one. */
static bool count_alike(struct csv *csv, char delimiter, size_t *alike, struct err *err)
{
	size_t of[ROWS_MAX_COLUMNS + 1] = { 0 };
	struct row row;

	*alike = 0;
	csv_set_delimiter(csv, delimiter);
	if (!csv_seek(csv, csv->first, err))
		return false;
	for (int i = 0; i < SNIFF_ROWS; i++) {
		enum rows_status status = csv_next(csv, &row, err);

		if (status == ROW_FAIL)
			return false;
		if (status == ROW_END)
			break;
		if (status == ROW_OK && row.n > 1 && ++of[row.n] > *alike)
			*alike = of[row.n];
	}
	return true;
}

/* The delimiter that cuts most rows alike. On a draw the comma comes last, for
 * it may be the decimal point of "1;2,50". */
static bool find_delimiter(struct csv *csv, char given, struct err *err)
{
	static const char candidates[] = { '\t', ';', ',' };
	char best = ',';
	size_t most = 0, alike;

	if (!take_sep_line(csv, &best, err))
		return false;
	if (given || best) {
		csv_set_delimiter(csv, given ? given : best);
		return true;
	}
	best = ',';
	for (size_t i = 0; i < ARRAY_SIZE(candidates); i++) {
		if (!count_alike(csv, candidates[i], &alike, err))
			return false;
		if (alike > most) {
			most = alike;
			best = candidates[i];
		}
	}
	csv_set_delimiter(csv, best);
	return true;
}

static struct csv *csv_start(struct csv *csv, const struct rows_options *options, struct err *err)
{
	if (!find_charset(csv, options->charset, err))
		goto fail;
	if (csv->in.size <= csv->first.offset) {
		err_set(err, ERR_FILE_EMPTY, csv->in.name, "%s", "");
		goto fail;
	}
	if (find_delimiter(csv, options->delimiter, err) && csv_seek(csv, csv->first, err))
		return csv;
fail:
	csv_close(csv);
	return NULL;
}

struct csv *csv_open_fd(
	int fd, const char *path, int64_t size, const struct rows_options *options, struct err *err)
{
	struct csv *csv = mem_zalloc(1, sizeof(*csv));

	strbuf_init(&csv->text, 0);
	intake_open_fd(&csv->in, fd, path, size, ROWS_MAX_LINE + 2);
	return csv_start(csv, options, err);
}

struct csv *csv_open_text(
	const char *text, size_t len, const struct rows_options *options, struct err *err)
{
	struct csv *csv = mem_zalloc(1, sizeof(*csv));

	strbuf_init(&csv->text, 0);
	intake_open_text(&csv->in, text, len, ROWS_MAX_LINE + 2);
	return csv_start(csv, options, err);
}

void csv_close(struct csv *csv)
{
	if (!csv)
		return;
	intake_release(&csv->in);
	strbuf_release(&csv->text);
	free(csv);
}

void csv_facts(const struct csv *csv, struct rows_facts *out)
{
	*out = (struct rows_facts){
		.format = ROWS_CSV,
		.charset = csv->charset,
		.has_bom = csv->has_bom,
		.delimiter = csv->delimiter,
	};
}

int64_t csv_size(const struct csv *csv)
{
	return csv->in.size;
}

struct rows_mark csv_mark(const struct csv *csv)
{
	return csv->at;
}

bool csv_seek(struct csv *csv, struct rows_mark mark, struct err *err)
{
	if (mark.offset < csv->first.offset || mark.offset > csv->in.size || mark.line < 1)
		return err_set(err, ERR_FILE_CHANGED, csv->in.name, "mark %lld of %lld",
			(long long)mark.offset, (long long)csv->in.size);
	intake_seek(&csv->in, mark.offset);
	csv->at = mark;
	return true;
}
