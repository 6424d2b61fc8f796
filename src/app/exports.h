/*
 * What leaves the program as a file: customers, invoices, payments, tasks, as
 * CSV, a workbook or JSON, row by row in flat memory; and the lines that an import
 * refused, to be corrected and imported again. Without a path the file goes to the
 * exchange folder (~/ecompta) under a name that is not taken yet. Every export is
 * audited. Headers of customers, invoices and payments are such that an import
 * knows them. One thread, the session's.
 */
#ifndef EXPORTS_H
#define EXPORTS_H

#include "arena.h"
#include "filter.h"
#include "import_run.h"
#include "session.h"
#include "sheet.h"

enum export_what { EXPORT_CUSTOMERS, EXPORT_INVOICES, EXPORT_PAYMENTS, EXPORT_TASKS, EXPORT_KINDS };

const char *export_what_word(enum export_what v);
const char *export_what_label(enum export_what v);
bool export_what_parse(const char *s, enum export_what *v) MUST_USE;

struct export_options {
	enum export_what what;
	enum sheet_format format;
	const char *path;	     /* NULL: the exchange folder */
	const char *columns;	     /* "name,phone,score"; NULL: all */
	const struct filter *filter; /* of customers, also for their documents; NULL: all */
	const int64_t *ids;	     /* these customers alone, ascending; NULL: by the filter */
	size_t n_ids;
	char delimiter;			  /* of CSV; 0 is ';' */
	char decimal_mark;		  /* of CSV; 0 is the one of `language` */
	enum lang language;		  /* of the file's name */
	char *(*translate)(const char *); /* of headers and words: gettext */
};

struct export_result {
	const char *path; /* full; *borrowed* from the arena */
	int64_t rows;
};

/* The i-th column that can be chosen: its key, and its English label to translate.
 * NULL past the last. */
const char *export_column(enum export_what what, size_t i, const char **label);

/* Right: RIGHT_CUSTOMERS_EXPORT. ERR_EXPORT_COLUMN for a column that there is not. */
bool export_run(struct session *s, const struct export_options *o, const struct progress *progress,
	struct arena *a, struct export_result *result, struct err *err) MUST_USE;

/* A page that the screens made of one customer, or of a list (0): checks the right to
 * export and leaves the line in the audit trail. */
bool export_page_noted(struct session *s, int64_t customer_id, struct err *err) MUST_USE;

/* --- refused lines --- */

/* A file of lines with their number and reason behind; *owned*, ended by _finish or
 * _discard. `header_raw` is the analysis' or "". */
struct refused_file;
struct refused_file *refused_file_open(const char *path, enum sheet_format format,
	enum import_kind kind, const char *header_raw, char *(*translate)(const char *),
	struct err *err) MUST_USE;
/* Remarks are left out. */
bool refused_file_add(
	struct refused_file *f, const struct import_refusal *refusal, struct err *err) MUST_USE;
bool refused_file_finish(struct refused_file *f, struct err *err) MUST_USE;
void refused_file_discard(struct refused_file *f);

/* The refused lines of a run. Right: RIGHT_IMPORT. Of `o` only format, path, language
 * and translate count. */
bool export_refused(struct session *s, int64_t import_id, const struct export_options *o,
	struct arena *a, struct export_result *result, struct err *err) MUST_USE;

#endif
