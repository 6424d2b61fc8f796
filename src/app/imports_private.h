/*
 * The inside of an import, for the imports_*.c files alone: one step each.
 *
 *	imports.c		opening, options, lists
 *	imports_analyse.c	the first pass: columns, header, mapping, questions
 *	imports_options.c	options as they are kept: mapping of a header, run to resume
 *	imports_cells.c		a cell's value, or why there is none
 *	imports_run.c		dry run and real run: batches, position, journal
 *	imports_rows_*.c	what a row of each kind means
 */
#ifndef IMPORTS_PRIVATE_H
#define IMPORTS_PRIVATE_H

#include "country.h"
#include "customer.h"
#include "import_reason.h"
#include "imports.h"
#include "invoice.h"
#include "lease.h"
#include "store_counter.h"
#include "store_import.h"
#include "store_journal.h"
#include "store_scratch.h"
#include "vec.h"

#define IMPORT_LEASE "import"
#define IMPORT_MAX_RATES 16
#define IMPORT_MAX_REMARKS 8
#define IMPORT_TEXT_MAX 500		  /* characters of a text */
#define IMPORT_RATE_DECIMALS 8		  /* of an exchange rate */
#define IMPORT_TOUCHED_MAX ((size_t)4096) /* beyond it, all scores are recalculated */

struct import_rate {
	char code[4];
	int64_t rate; /* company's units for one of it, IMPORT_RATE_DECIMALS */
};

/* Ids taken from the store in blocks, so that what is made of one entity lies
 * together and the journal stays short. */
struct import_ids {
	const char *entity;
	int64_t first; /* made since the journal was written last: first <= id < next */
	int64_t next;
	int64_t end;
};

/* Why a line was refused, or what was remarked on it. */
struct import_fault {
	enum import_reason reason;
	enum import_field field; /* IMPORT_FIELDS: the line as such */
	const char *value;
};

struct import_line {
	const struct row *row;
	struct rows_mark at;
	struct import_fault why;
	struct import_fault remarks[IMPORT_MAX_REMARKS];
	size_t n_remarks;
};

enum import_outcome {
	LINE_CREATED,
	LINE_CHANGED,
	LINE_UNCHANGED,
	LINE_REFUSED,
	LINE_HELD,   /* joined with the next ones: told when they are complete */
	LINE_FAILED, /* the store failed: see err */
};

struct import_amount {
	int64_t minor;		       /* of the company's currency */
	int64_t original;	       /* as in the file, 0 when it is the company's */
	const char *original_currency; /* "" when it is the company's */
};

/* Lines of one customer and day, until one of another comes. */
struct import_held {
	bool any;
	struct import_line line; /* the first; its row is no longer there */
	int64_t lines;
	struct arena arena;
	const char *number;
	const char *customer; /* code */
	const char *name;
	const char *credits;
	int32_t issued;
	int32_t due;
	struct import_amount amount; /* so far */
	struct strbuf raw;
};

struct import {
	struct session *s;
	struct arena keep;	 /* until import_close */
	struct arena scrap;	 /* of one row */
	struct import_options o; /* its texts are in keep */
	struct rows *rows;
	struct rows_mark top; /* the first row below the header */
	const struct country *home;
	const char *currency; /* of amounts without one of their own */
	int decimals;	      /* of the company's currency */
	int32_t today;
	struct import_rate rates[IMPORT_MAX_RATES];
	size_t n_rates;
	VEC(struct import_column) columns;
	struct mapping mapping;
	struct import_analysis analysis;
	const char *header_raw; /* the header line as CSV, "" without one */
	const char *file_hash;
	const char *header_hash;

	/* while it runs */
	bool dry;
	bool replay; /* rows that were committed before: only remembered as met */
	const struct import_watch *watch;
	struct scratch *seen;
	struct lease lease;
	struct import_run run;
	struct journal journal;
	struct tally tally;
	struct customer_score initial;
	struct import_ids customers, contacts, invoices, payments;
	struct import_ids events; /* of customers who were there */
	struct import_ids first;  /* of new ones: gone with them, so not journalled */
	struct import_held held;
	VEC(int64_t) touched; /* customers whose scores have to follow */
	bool touched_all;
	int64_t lines;	       /* of the source, done by now */
	bool fresh;	       /* the last document was new: the next one most likely is too */
	bool unkeyed;	       /* some customers have no accounting key: they were typed in */
	int64_t last_customer; /* the last one looked up, by its key */
	struct strbuf last_key;
};

/* imports_analyse.c */
bool import_analyse(struct import *im, const struct progress *progress, struct err *err) MUST_USE;
/* The marks for money_parse in a column; false while they are not known. */
bool import_marks(const struct import *im, int column, char *mark, char *group) MUST_USE;


/* imports_options.c */
void import_options_write(const struct import *im, struct strbuf *out);
/* Reads into `o`, texts in the arena; what is unknown is left aside. */
bool import_options_read(
	const char *json, struct arena *a, struct import_options *o, struct err *err) MUST_USE;
/* The mapping of this header line, as it was the last time. */
bool import_recall(struct import *im, struct err *err) MUST_USE;
bool import_remember(struct import *im, struct err *err) MUST_USE;

/* imports_cells.c. Those that return bool without an err return false once the
 * line is refused. Texts are *borrowed until* the next row. */
const struct cell *import_cell(
	const struct import *im, const struct import_line *l, enum import_field field);
bool import_text(struct import *im, struct import_line *l, enum import_field field,
	const char **out) MUST_USE;
bool import_needs(struct import *im, struct import_line *l, enum import_field field,
	const char **out) MUST_USE;
/* DAY_NONE for an empty cell. */
bool import_day(
	struct import *im, struct import_line *l, enum import_field field, int32_t *out) MUST_USE;
/* total, currency and rate are the fields that hold them. */
bool import_money(struct import *im, struct import_line *l, enum import_field total,
	enum import_field currency, enum import_field rate, struct import_amount *out) MUST_USE;
/* "USD=605.50". */
bool import_rate_option(struct import *im, const char *text, struct err *err) MUST_USE;
bool import_refuse(struct import_line *l, enum import_reason reason, enum import_field field,
	const char *value);
void import_remark(struct import_line *l, enum import_reason reason, enum import_field field,
	const char *value);
/* The row as one line of CSV, without its end. */
void import_add_raw(struct strbuf *out, const struct row *row);

/* imports_run.c */
int64_t import_next_id(struct import *im, struct import_ids *ids, struct err *err) MUST_USE;
/* The last one was not used after all. */
void import_give_back_id(struct import_ids *ids);
void import_touch(struct import *im, int64_t customer_id);
bool import_seen(struct import *im, const char *key, int64_t *value, struct err *err) MUST_USE;
bool import_mark_seen(struct import *im, const char *key, int64_t value, struct err *err) MUST_USE;
/* Writes the joined lines, if there are any, and counts them. */
bool import_flush_held(struct import *im, struct err *err) MUST_USE;
/* A number that tells contents apart, never 0. */
int64_t import_digest(const char *const *texts, size_t n);

/* imports_law.c: whether the company's country allows "existing customers". */
bool import_law(const struct import *im, struct err *err) MUST_USE;

/* imports_rows_*.c */
enum import_outcome import_customer_row(
	struct import *im, struct import_line *l, struct err *err) MUST_USE;
enum import_outcome import_invoice_row(
	struct import *im, struct import_line *l, struct err *err) MUST_USE;
/* Writes what is held back; LINE_HELD when there is nothing. */
enum import_outcome import_invoice_flush(
	struct import *im, struct import_line *l, struct err *err) MUST_USE;
enum import_outcome import_payment_row(
	struct import *im, struct import_line *l, struct err *err) MUST_USE;

#endif
