/*
 * One import as it is kept: what came in, where it is in its file, what it made
 * of the lines, and the lines it refused. Texts are never NULL and *borrowed*.
 */
#ifndef IMPORT_RUN_H
#define IMPORT_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "mapping.h"
#include "word.h"

enum import_status {
	IMPORT_RUNNING, /* or cut short, to be gone on with */
	IMPORT_DONE,
	IMPORT_UNDOING,
	IMPORT_UNDONE,
	IMPORT_STATUSES
};

const char *import_status_word(enum import_status v);
const char *import_status_label(enum import_status v);
bool import_status_parse(const char *s, enum import_status *v) MUST_USE;

struct import_counts {
	int64_t created;
	int64_t changed;
	int64_t unchanged;
	int64_t refused;
	int64_t customers; /* made for invoices that came before them */
	int64_t remarks;   /* values that were kept but are no use, or were left out */
};

struct import_run {
	int64_t id; /* its journal's */
	int64_t company_id;
	enum import_kind kind;
	const char *path;  /* "" for pasted rows */
	const char *sheet; /* "" for a CSV */
	const char *file_hash;
	const char *options; /* JSON */
	enum import_status status;
	int64_t position;    /* rows of the source already committed */
	int64_t next_offset; /* where the next one begins */
	int64_t next_line;
	int64_t size; /* bytes of the source */
	struct import_counts counts;
	int64_t started_at;
	int64_t ended_at; /* 0 while it runs */
};

/* A line that was refused, or a remark on one that was taken in. */
struct import_refusal {
	int64_t line;
	bool refused;
	const char *reason; /* a name of import_reason.h */
	const char *field;  /* typed name, "" when it is about the line */
	const char *value;
	const char *raw; /* the line as CSV; "" for a remark */
};

#endif
