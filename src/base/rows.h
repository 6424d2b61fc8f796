/*
 * Every table that a person hands over, as rows of cells: CSV files, sheets of
 * an XLSX workbook, rows pasted from a spreadsheet. What a cell means (which
 * date, which amount) is decided above; here a row is cut into cells, its text
 * is UTF-8, and what cannot be read is told with its line.
 *
 * Owns the open file and buffers of a fixed size, so memory stays flat however
 * long the file is (an XLSX keeps its shared strings, at most
 * XLSX_MAX_STRINGS). One thread at a time.
 */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "charset.h"
#include "compiler.h"
#include "err.h"

#define ROWS_MAX_COLUMNS 512		/* more non-empty cells refuse the row */
#define ROWS_MAX_LINE ((size_t)1 << 20) /* bytes of one row */
#define ROWS_MAX_OPEN_LINES 1000	/* lines that one quoted cell may span */
#define ROWS_MAX_PASTED 5000		/* rows of a paste */
#define ROWS_MAX_EXCERPT ((size_t)4096) /* bytes of an unusable line that are shown */

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOL, CELL_ERROR };

/* CSV and pasted cells are TEXT or EMPTY; a ' before = + - @ is left out, by
 * which programs keep a spreadsheet from calculating them. From a workbook:
 * NUMBER: a decimal with a point and no exponent: "22670123456", "-0.5"; whole
 * numbers exact, others with the 15 digits that a spreadsheet shows;
 * DATE: `day` is the civil day, text is "2024-03-31" or "2024-03-31 14:05:00";
 * a time without a day is TEXT "14:05:00"; BOOL: "1" or "0"; ERROR: "#N/A". */
struct cell {
	const char *text; /* UTF-8, ends with a NUL that len does not count */
	size_t len;
	enum cell_kind kind;
	int32_t day; /* of a DATE: days since 1970-01-01 */
};

enum row_fault {
	ROW_FINE,
	ROW_UNBALANCED_QUOTE,
	ROW_STRAY_QUOTE,
	ROW_LINE_TOO_LONG,
	ROW_NUL_BYTE,
	ROW_BAD_ENCODING,
	ROW_TOO_MANY_COLUMNS,
	ROW_FAULT_COUNT
};

/* *Borrowed until* the next call on its rows. */
struct row {
	int64_t line; /* physical line of the file, row number of the sheet; from 1 */
	enum row_fault fault;
	size_t n;
	const struct cell *cells;
};

enum rows_status {
	ROW_OK,
	ROW_END,
	ROW_BAD, /* this line is unusable: see `fault`; the next call goes on after it */
	ROW_FAIL /* the file cannot be read further: see err */
};

enum rows_format { ROWS_CSV, ROWS_XLSX };

struct rows_options {
	char delimiter;	      /* 0: found out; ' ': any run of spaces and tabs */
	enum charset charset; /* CHARSET_NONE: found out */
	const char *sheet;    /* name of the sheet; NULL: the first that holds something */
};

/* What was found out, for the person to confirm. */
struct rows_facts {
	enum rows_format format;
	enum charset charset; /* of a CSV */
	bool has_bom;
	char delimiter;	   /* of a CSV */
	const char *sheet; /* of a workbook, else NULL; *borrowed until* rows_close */
};

/* Where the next row begins. Two plain numbers, so that they can be kept and
 * reading go on there after the program was killed. */
struct rows_mark {
	int64_t offset;
	int64_t line;
};

struct rows;

/* The kind of file is told by its first bytes, not by its name. `options` may
 * be NULL. NULL with an error that says what the file is and what to do. */
struct rows *rows_open_file(
	const char *path, const struct rows_options *options, struct err *err) MUST_USE;
/* The text is copied. ROWS_PASTE_TOO_LONG over ROWS_MAX_PASTED rows. */
struct rows *rows_open_text(
	const char *text, size_t len, const struct rows_options *options, struct err *err) MUST_USE;
void rows_close(struct rows *rows);

/* Rows without any filled cell are left out. On ROW_BAD the only cell of `out`
 * is the beginning of the line, what cannot be decoded as U+FFFD. */
enum rows_status rows_next(struct rows *rows, struct row *out, struct err *err) MUST_USE;

const struct rows_facts *rows_facts(const struct rows *rows);
/* Bytes read and bytes in all (of a workbook: of the sheet), for progress. */
int64_t rows_tell(const struct rows *rows);
int64_t rows_size(const struct rows *rows);

struct rows_mark rows_mark(const struct rows *rows);
/* Goes on at a mark that rows_mark gave for the same file. */
bool rows_seek(struct rows *rows, struct rows_mark mark, struct err *err) MUST_USE;

/* The names of the sheets, *owned*: release. A CSV has none. */
struct rows_sheets {
	char **names;
	size_t n;
};
bool rows_sheets(const char *path, struct rows_sheets *out, struct err *err) MUST_USE;
void rows_sheets_release(struct rows_sheets *sheets);

/* "UNBALANCED_QUOTE" for scripts and logs; the untranslated sentence. */
const char *row_fault_name(enum row_fault fault);
const char *row_fault_sentence(enum row_fault fault);

#endif
