/*
 * One import from the choice of its source to its end: what was understood of
 * the source, what a person decided, and what came of it. Reading, the dry run
 * and the run itself are jobs; while one goes on, the import belongs to it, and
 * only import_work_job and what does not change (name, kind) may be looked at.
 * It lives as long as a screen or a job holds it. Main thread.
 */
#ifndef IMPORT_WORK_H
#define IMPORT_WORK_H

#include "desk.h"
#include "imports.h"
#include "vec.h"

enum import_step { IMPORT_STEP_READ, IMPORT_STEP_MAP, IMPORT_STEP_CHECK, IMPORT_STEP_RUN };

#define IMPORT_LINES_KEPT 5000 /* refused lines and remarks of a dry run that are shown */

struct import_work {
	int holders;
	struct session *s; /* of its own, passed from job to job */
	struct import *im; /* NULL until it was read */
	struct strbuf path, text, sheet, currency, rates;
	struct import_options o; /* its texts are those above */
	bool guess;		 /* the kind is found out from the header */
	bool pasted;
	bool again;		   /* the source is to be read again: other options */
	char *rates_split;	   /* what o.rates points into */
	struct rows_sheets sheets; /* of a workbook */
	bool mapped;		   /* by hand, as `mapping` says */
	struct mapping mapping;
	int64_t resume; /* a run that was cut short and is gone on with, or 0 */

	int64_t job; /* that goes on, 0 for none */
	enum import_step step;
	bool ok;	/* how the last step ended ... */
	struct err err; /* ... */
	struct import_result result;
	struct arena lines_arena;
	VEC(struct import_refusal) lines; /* of the last dry run */
	int64_t lines_left_out;
};

/* Of a file, or of pasted rows where `path` is NULL; they are copied. Held once. */
struct import_work *import_work_new(
	struct desk *d, const char *path, const char *text, size_t len, struct err *err) MUST_USE;
/* Of a run that was cut short. */
struct import_work *import_work_resume(
	struct desk *d, const struct import_run *run, struct err *err) MUST_USE;
void import_work_hold(struct import_work *w);
/* The last one to let go frees it. */
void import_work_let_go(struct import_work *w);

/* Starts a step; the end is told by the event of its job. */
bool import_work_start(
	struct desk *d, struct import_work *w, enum import_step step, struct err *err) MUST_USE;
/* The job that goes on, for its meter and to stop it; NULL when none does. */
struct job *import_work_job(const struct desk *d, const struct import_work *w);
/* Any import that goes on. */
bool import_work_any(const struct desk *d);

/* The file's name without its folder, or that it was pasted. */
const char *import_work_name(const struct import_work *w);
/* Takes over the decisions in `o`, currency and rates; the source itself is not read
 * again. An error names the rate or the currency. */
bool import_work_decide(struct import_work *w, struct err *err) MUST_USE;
/* Reads a field from another column (-1: from none), as a job where the source has to
 * be looked through for it. */
bool import_work_map(struct desk *d, struct import_work *w, enum import_field field, int column,
	struct err *err) MUST_USE;

#endif
