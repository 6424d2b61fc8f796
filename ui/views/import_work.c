#include "import_work.h"

#include "i18n.h"
#include "import_said.h"
#include "mapping.h"
#include "mem.h"

#define PATH_MOST 4096
#define PASTE_MOST ((size_t)16 << 20)
#define RATES_MOST 16
#define AT_ONCE ((int64_t)128 << 10) /* bytes that are read in no time */

/* --- its life ------------------------------------------------------------ */

static struct import_work *make(struct desk *d, struct err *err)
{
	struct import_work *w = mem_zalloc(1, sizeof(*w));

	w->holders = 1;
	strbuf_init(&w->path, PATH_MOST);
	strbuf_init(&w->text, PASTE_MOST);
	strbuf_init(&w->sheet, 256);
	strbuf_init(&w->currency, 8);
	strbuf_init(&w->rates, 512);
	w->s = session_clone(d->s, err);
	if (w->s)
		return w;
	import_work_let_go(w);
	return NULL;
}

struct import_work *import_work_new(
	struct desk *d, const char *path, const char *text, size_t len, struct err *err)
{
	struct import_work *w = make(d, err);

	if (!w)
		return NULL;
	w->guess = true;
	w->pasted = !path;
	strbuf_adds(&w->path, path ? path : "");
	strbuf_add(&w->text, text ? text : "", len);
	return w;
}

struct import_work *import_work_resume(
	struct desk *d, const struct import_run *run, struct err *err)
{
	struct import_work *w = make(d, err);

	if (!w)
		return NULL;
	w->resume = run->id;
	w->o.kind = run->kind;
	w->pasted = !*run->path;
	strbuf_adds(&w->path, run->path);
	return w;
}

void import_work_hold(struct import_work *w)
{
	w->holders++;
}

void import_work_let_go(struct import_work *w)
{
	if (!w || --w->holders > 0)
		return;
	import_close(w->im);
	session_close(w->s);
	free((void *)w->o.rates);
	free(w->rates_split);
	rows_sheets_release(&w->sheets);
	strbuf_release(&w->path);
	strbuf_release(&w->text);
	strbuf_release(&w->sheet);
	strbuf_release(&w->currency);
	strbuf_release(&w->rates);
	arena_release(&w->lines_arena);
	vec_release(&w->lines);
	free(w);
}

const char *import_work_name(const struct import_work *w)
{
	return import_say_file(w->path.buf);
}

static const char *part(struct strbuf *sb)
{
	return sb->len ? sb->buf : NULL;
}

/* "EUR=655.957 USD=605.50": one a word. */
static void split_rates(struct import_work *w)
{
	const char **rates = mem_zalloc(RATES_MOST, sizeof(*rates));
	char *at;

	free((void *)w->o.rates);
	free(w->rates_split);
	w->rates_split = mem_strdup(w->rates.buf);
	w->o.rates = rates;
	w->o.n_rates = 0;
	for (at = w->rates_split; *at && w->o.n_rates < RATES_MOST;) {
		size_t len = strcspn(at, " ;\t");
		bool last = !at[len];

		at[len] = '\0';
		if (len)
			rates[w->o.n_rates++] = at;
		at += last ? len : len + 1;
	}
}

bool import_work_decide(struct import_work *w, struct err *err)
{
	split_rates(w);
	w->o.currency = part(&w->currency);
	if (w->again || !w->im)
		return true;
	import_set_decimal(w->im, w->o.decimal);
	import_set_dates(w->im, w->o.dates);
	return import_decide(w->im, &w->o, err);
}

/* --- in the job's thread ------------------------------------------------- */

struct import_job {
	struct job job;
	struct import_work *w;
};

/* The kind of rows by the first line, where it has known headers. */
static void guess_kind(struct import_work *w)
{
	struct rows_options how = {
		.delimiter = w->o.delimiter, .charset = w->o.charset, .sheet = part(&w->sheet)
	};
	const char *headers[ROWS_MAX_COLUMNS];
	struct err ignored = ERR_INIT;
	struct rows *rows = w->pasted ? rows_open_text(w->text.buf, w->text.len, &how, &ignored)
				      : rows_open_file(w->path.buf, &how, &ignored);
	struct row row;

	if (rows && rows_next(rows, &row, &ignored) == ROW_OK) {
		for (size_t i = 0; i < row.n; i++)
			headers[i] = row.cells[i].text;
		if (!mapping_guess_kind(headers, row.n, &w->o.kind))
			w->o.kind = IMPORT_CUSTOMERS;
	}
	rows_close(rows);
}

static bool list_sheets(struct import_work *w, struct err *err)
{
	rows_sheets_release(&w->sheets);
	return w->pasted || rows_sheets(w->path.buf, &w->sheets, err);
}

/* What was mapped by hand stays, as far as the source still has the columns. */
static bool map_as_before(struct import_work *w, const struct progress *p, struct err *err)
{
	int n = (int)import_analysis(w->im)->n_columns;

	for (int f = 0; f < IMPORT_FIELDS; f++)
		if (w->mapping.column[f] >= n)
			w->mapping.column[f] = -1;
	return import_remap(w->im, &w->mapping, p, err);
}

static bool read_source(struct import_work *w, const struct progress *p, struct err *err)
{
	import_close(w->im);
	w->im = NULL;
	if (w->resume) {
		w->im = import_reopen(w->s, w->resume, p, err);
		return w->im != NULL;
	}
	if (!list_sheets(w, err))
		return false;
	if (w->guess)
		guess_kind(w);
	w->o.path = w->pasted ? NULL : w->path.buf;
	w->o.text = w->text.buf;
	w->o.text_len = w->text.len;
	w->o.sheet = part(&w->sheet);
	w->im = import_open(w->s, &w->o, p, err);
	return w->im && (!w->mapped || map_as_before(w, p, err));
}

static void on_line(void *data, const struct import_refusal *r)
{
	struct import_work *w = data;
	struct arena *a = &w->lines_arena;
	struct import_refusal kept = { .line = r->line, .refused = r->refused };

	if (w->lines.len == IMPORT_LINES_KEPT) {
		w->lines_left_out++;
		return;
	}
	kept.reason = arena_strdup(a, r->reason);
	kept.field = arena_strdup(a, r->field);
	kept.value = arena_strdup(a, r->value);
	kept.raw = arena_strdup(a, r->raw);
	vec_push(&w->lines, kept);
}

static bool check(struct import_work *w, const struct progress *p, struct err *err)
{
	struct import_watch watch = { .progress = p, .refused = on_line, .data = w };

	arena_clear(&w->lines_arena);
	w->lines.len = 0;
	w->lines_left_out = 0;
	return import_check(w->im, &watch, &w->result, err);
}

static bool run_for_good(struct import_work *w, const struct progress *p, struct err *err)
{
	struct import_watch watch = { .progress = p };

	if (w->resume && !w->im && !read_source(w, NULL, err))
		return false;
	return import_run(w->im, &watch, &w->result, err);
}

static bool run_job(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct import_work *w = ((struct import_job *)job)->w;

	(void)s; /* the import has a session of its own, from step to step */
	switch (w->step) {
	case IMPORT_STEP_READ:
		return read_source(w, p, err);
	case IMPORT_STEP_MAP:
		return import_remap(w->im, &w->mapping, p, err);
	case IMPORT_STEP_CHECK:
		return check(w, p, err);
	case IMPORT_STEP_RUN:
		break;
	}
	return run_for_good(w, p, err);
}

/* --- back in the main thread --------------------------------------------- */

static unsigned job_ended(struct desk *d, struct job *job)
{
	struct import_work *w = ((struct import_job *)job)->w;

	w->job = 0;
	w->ok = job->ok;
	w->err = job->err;
	if (w->step != IMPORT_STEP_RUN)
		return STALE_PAINT;
	return import_say_end(d, w) | STALE_RELOAD;
}

static void free_job(struct job *job)
{
	import_work_let_go(((struct import_job *)job)->w);
	free(job);
}

/* One title a step, for the status line. */
static const struct job_ops steps[] = {
	[IMPORT_STEP_READ] = { N_("Reading"), run_job, job_ended, free_job },
	[IMPORT_STEP_MAP] = { N_("Reading"), run_job, job_ended, free_job },
	[IMPORT_STEP_CHECK] = { N_("Dry run"), run_job, job_ended, free_job },
	[IMPORT_STEP_RUN] = { N_("Importing"), run_job, job_ended, free_job },
};

bool import_work_start(
	struct desk *d, struct import_work *w, enum import_step step, struct err *err)
{
	struct import_job *job = mem_zalloc(1, sizeof(*job));

	job->job.ops = &steps[step];
	job->w = w;
	import_work_hold(w);
	w->step = step;
	w->ok = false;
	err_clear(&w->err);
	if (!job_start(d, &job->job, err))
		return false;
	w->job = d->jobs.last_id;
	return true;
}

struct job *import_work_job(const struct desk *d, const struct import_work *w)
{
	for (struct job *job = d->jobs.first; job; job = job->next)
		if (w->job && job->id == w->job)
			return job;
	return NULL;
}

bool import_work_any(const struct desk *d)
{
	return job_find(d, &steps[IMPORT_STEP_RUN]) != NULL;
}

bool import_work_map(
	struct desk *d, struct import_work *w, enum import_field field, int column, struct err *err)
{
	const struct import_analysis *a = import_analysis(w->im);

	w->mapping = *a->mapping;
	w->mapped = true;
	mapping_set(&w->mapping, field, column);
	if (a->size <= AT_ONCE)
		return import_remap(w->im, &w->mapping, NULL, err);
	return import_work_start(d, w, IMPORT_STEP_MAP, err);
}
