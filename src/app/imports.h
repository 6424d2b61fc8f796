/*
 * Imports of third parties, invoices and payments from CSV, XLSX or pasted rows.
 *
 *	im = import_open(s, &options, progress, &err);	    read through, understood
 *	import_question(im, 0, &q)			    what a person must decide
 *	import_map(im, "phone=Tel", &err)		    and decides
 *	import_check(im, &watch, &result, &err)		    dry run: writes nothing
 *	import_run(im, &watch, &result, &err)		    for good
 *	import_close(im);
 *
 * A run backs the store up first, writes in short transactions, and keeps with
 * each where the next row begins: killed or stopped, the same file goes on
 * exactly there. It can be undone as a whole (undo.h). The same file again
 * changes nothing. One import at a time a store.
 *
 * What happens to a row: docs in imports_rows_*.c. An empty cell changes nothing;
 * a line that says the same as the last time it was imported leaves what people
 * have edited since alone; no import lifts a refusal.
 *
 * One thread, the session's. Texts handed out are *borrowed until* import_close.
 */
#ifndef IMPORTS_H
#define IMPORTS_H

#include "arena.h"
#include "import_run.h"
#include "money.h"
#include "rows.h"
#include "session.h"

enum import_header { IMPORT_HEADER_FIND, IMPORT_HEADER_YES, IMPORT_HEADER_NO };
enum import_dates { IMPORT_DATES_FIND, IMPORT_DATES_DMY, IMPORT_DATES_MDY };

struct import_options {
	enum import_kind kind;
	const char *path; /* NULL for pasted rows */
	const char *text;
	size_t text_len;
	const char *sheet;    /* NULL: the first that holds something */
	char delimiter;	      /* 0: found out; ' ': columns parted by blanks */
	enum charset charset; /* CHARSET_NONE: found out */
	enum import_header header;
	const char *const *maps; /* "phone=Tel", see mapping_by_hand */
	size_t n_maps;
	char decimal;		  /* ',' or '.'; 0: found out, column by column */
	enum import_dates dates;  /* 03/04/2026: FIND takes day first unless the values say no */
	const char *currency;	  /* of amounts without one of their own; NULL: the company's */
	const char *const *rates; /* "USD=605.50": one of it in the company's currency */
	size_t n_rates;
	/* Invoices: one a customer and day, of lines that stand together; numbered
	 * CODE-YYYYMMDD when the file has no numbers. */
	bool merge_same_day;
	bool create_customers; /* invoices: make those that are not there yet */
	/* Customers without an opt-in: GRANTED as "existing customers". All three
	 * ticks must be given. */
	bool existing_customers;
	bool collected_at_sale;
	bool similar_goods;
	bool told_they_may_refuse;
};

/* ";" "," "|" or the words tab, space, semicolon, comma; 0 for anything else. */
char import_delimiter(const char *word) MUST_USE;

#define IMPORT_SAMPLES 3

/* A column, as all its values make it out. */
struct import_column {
	const char *header;	 /* "" in a file without header */
	enum import_field field; /* IMPORT_FIELDS: not used */
	int64_t filled;
	const char *samples[IMPORT_SAMPLES]; /* its first values; NULL after the last */
	struct money_guess money;
	const char *money_doubt; /* the first that could be read two ways, or NULL */
	struct {
		int64_t either; /* 03/04/2026 */
		int64_t dmy;	/* 31/12/2026 */
		int64_t mdy;	/* 12/31/2026 */
		int64_t other;	/* ISO, compact, a date cell */
		int64_t serial; /* 46343 */
	} dates;
	const char *date_doubt;
};

struct import_analysis {
	const struct rows_facts *facts;
	bool has_header;
	bool remembered; /* the mapping is the one of the last time */
	const struct import_column *columns;
	size_t n_columns;
	size_t n_header;	/* of them, those that the header names */
	const char *header_raw; /* the header line as CSV, "" without one */
	int64_t rows;		/* below the header */
	int64_t size;		/* bytes */
	const struct mapping *mapping;
	int64_t cut_short;   /* an import of this very file to be gone on with, or 0 */
	int64_t done_before; /* the newest that came to its end and stands, or 0 */
};

/* What a person must say before anything can run. */
enum import_ask {
	IMPORT_ASK_FIELD,   /* a required field has no column: map it */
	IMPORT_ASK_DECIMAL, /* 1.234: decimals or thousands? */
	IMPORT_ASK_DATES,   /* 12/31/2026: month first? */
};

struct import_question {
	enum import_ask ask;
	enum import_field field;
	int column;	   /* -1 for a missing field */
	const char *value; /* the one in doubt */
};

struct import;

/*
 * Opens the source and reads it through. Right: RIGHT_IMPORT. Options are copied.
 * *Owned*: import_close. Errors name the file, the option or the column.
 */
struct import *import_open(struct session *s, const struct import_options *o,
	const struct progress *progress, struct err *err) MUST_USE;
/* The source of a run that was cut short, with its options. ERR_FILE_CHANGED. */
struct import *import_reopen(struct session *s, int64_t import_id, const struct progress *progress,
	struct err *err) MUST_USE;
void import_close(struct import *im);

const struct import_analysis *import_analysis(const struct import *im);
/* The i-th open question, or false. */
bool import_question(const struct import *im, size_t i, struct import_question *out) MUST_USE;
/* Maps one field by hand; the source is read through again. */
bool import_map(struct import *im, const char *spec, struct err *err) MUST_USE;
/* Takes a whole mapping. The source is read through again only where a date or an
 * amount is read from another column. */
bool import_remap(struct import *im, const struct mapping *mapping, const struct progress *progress,
	struct err *err) MUST_USE;
/* Takes over what may still be decided once the source is read: currency, rates and
 * everything below them in the options; the rest of `o` is not looked at. */
bool import_decide(struct import *im, const struct import_options *o, struct err *err) MUST_USE;
void import_set_decimal(struct import *im, char mark);
void import_set_dates(struct import *im, enum import_dates dates);

/* Told while it goes on: rows done of all rows, and each line that was refused or
 * remarked on (*borrowed*). Any of it may be NULL. */
struct import_watch {
	const struct progress *progress;
	void (*refused)(void *data, const struct import_refusal *refusal);
	void *data;
};

struct import_result {
	int64_t id; /* of the run; 0 for a dry run */
	struct import_counts counts;
	int64_t lines;		     /* of the source, done by now */
	int64_t resumed_at;	     /* the line it went on from, or 0 */
	const char *backup;	     /* of the store before it, "" if it was empty */
	int64_t milliseconds;	     /* in all */
	int64_t backup_milliseconds; /* of them, copying the store */
};

/* ERR_IMPORT_ASK_* for an open question; ERR_IMPORT_BUSY; ERR_CANCELLED when the
 * progress says stop: what was committed stays and can be gone on with. */
bool import_check(struct import *im, const struct import_watch *watch, struct import_result *result,
	struct err *err) MUST_USE;
bool import_run(struct import *im, const struct import_watch *watch, struct import_result *result,
	struct err *err) MUST_USE;

/* `n` at most, newest first, older than `before` (INT64_MAX: all). */
bool imports_list(struct session *s, int64_t before, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err) MUST_USE;
bool imports_get(struct session *s, int64_t id, struct arena *a, struct import_run *out,
	struct err *err) MUST_USE;
/* Whether somebody alive imports, or takes an import back, in this store. */
bool imports_busy(struct session *s, bool *busy, struct err *err) MUST_USE;
/* Imports and undos that were cut short and that nobody is working on. */
bool imports_cut_short(struct session *s, int n, struct arena *a, struct import_run **out,
	int *count, struct err *err) MUST_USE;
/* Refusals and remarks in the order of the file, after a line and field. */
bool imports_refusals(struct session *s, int64_t id, int64_t line, const char *field, int n,
	struct arena *a, struct import_refusal **out, int *count, struct err *err) MUST_USE;

#endif
