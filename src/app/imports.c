#include "imports_private.h"

#include "crypt.h"
#include "db.h"
#include "mem.h"

char import_delimiter(const char *word)
{
	static const struct {
		const char *word;
		char delimiter;
	} words[] = { { "tab", '\t' }, { "space", ' ' }, { "semicolon", ';' }, { "comma", ',' },
		{ "pipe", '|' }, { ";", ';' }, { ",", ',' }, { "|", '|' }, { "\t", '\t' },
		{ " ", ' ' } };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].word, word))
			return words[i].delimiter;
	return '\0';
}

/* --- opening --- */

static const char *keep_text(struct import *im, const char *text)
{
	return text ? arena_strdup(&im->keep, text) : NULL;
}

static const char *const *keep_texts(struct import *im, const char *const *texts, size_t n)
{
	const char **copy = arena_zalloc(&im->keep, n + 1, sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		copy[i] = keep_text(im, texts[i]);
	return copy;
}

static void keep_options(struct import *im, const struct import_options *o)
{
	im->o = *o;
	im->o.path = keep_text(im, o->path);
	im->o.text = NULL;
	im->o.sheet = keep_text(im, o->sheet);
	im->o.maps = keep_texts(im, o->maps, o->n_maps);
	im->o.currency = keep_text(im, o->currency);
	im->o.rates = keep_texts(im, o->rates, o->n_rates);
}

static bool hash_source(struct import *im, const struct import_options *o, struct err *err)
{
	unsigned char hash[CRYPT_HASH_SIZE];
	struct strbuf hex = STRBUF_INIT;

	if (!o->path)
		crypt_hash(o->text, o->text_len, hash);
	else if (!crypt_hash_file(o->path, hash, err))
		return false;
	crypt_hex(hash, sizeof(hash), &hex);
	im->file_hash = arena_strdup(&im->keep, hex.buf);
	strbuf_release(&hex);
	return true;
}

static bool open_rows(struct import *im, const struct import_options *o, struct err *err)
{
	struct rows_options how = {
		.delimiter = o->delimiter,
		.charset = o->charset,
		.sheet = o->sheet,
	};

	im->rows = o->path ? rows_open_file(o->path, &how, err)
			   : rows_open_text(o->text, o->text_len, &how, err);
	return im->rows && hash_source(im, o, err);
}

static bool check_options(struct import *im, struct err *err)
{
	if (im->o.currency && !money_is_currency(im->o.currency))
		return err_set(err, ERR_INVALID, im->o.currency, "currency");
	for (size_t i = 0; i < im->o.n_rates; i++)
		if (!import_rate_option(im, im->o.rates[i], err))
			return false;
	return true;
}

/* Runs of this very file: one to go on with, one that came to its end. */
static bool find_runs(struct import *im, struct err *err)
{
	struct session *s = im->s;

	return store_import_same(s->db, s->company.id, im->o.kind, im->file_hash, IMPORT_RUNNING,
		       &im->analysis.cut_short, err) &&
	       store_import_same(s->db, s->company.id, im->o.kind, im->file_hash, IMPORT_DONE,
		       &im->analysis.done_before, err);
}

struct import *import_open(struct session *s, const struct import_options *o,
	const struct progress *progress, struct err *err)
{
	struct import *im;

	if (!session_ready(s, RIGHT_IMPORT, err))
		return NULL;
	im = mem_zalloc(1, sizeof(*im));
	im->s = s;
	im->home = country_find(s->company.country);
	if (!im->home)
		im->home = country_find(COUNTRY_DEFAULT);
	im->currency = s->company.currency;
	im->decimals = money_decimals(im->currency);
	im->today = session_today(s);
	strbuf_init(&im->last_key, 0);
	strbuf_init(&im->held.raw, 0);
	keep_options(im, o);
	if (check_options(im, err) && open_rows(im, o, err) && import_analyse(im, progress, err) &&
		find_runs(im, err))
		return im;
	import_close(im);
	return NULL;
}

struct import *import_reopen(
	struct session *s, int64_t import_id, const struct progress *progress, struct err *err)
{
	struct import_options o = { .path = NULL };
	struct arena a = ARENA_INIT;
	struct import_run run;
	struct import *im = NULL;
	const char *const *maps;
	struct mapping mapping;
	size_t n_maps;

	if (!session_ready(s, RIGHT_IMPORT, err) ||
		!store_import_get(s->db, s->company.id, import_id, &a, &run, err))
		goto out;
	o.kind = run.kind;
	o.path = run.path;
	if (!*run.path) {
		err_set(err, ERR_IMPORT_PASTE_GONE, "", "%s", "");
		goto out;
	}
	if (!import_options_read(run.options, &a, &o, err))
		goto out;
	maps = o.maps;
	n_maps = o.n_maps;
	o.n_maps = 0;
	im = import_open(s, &o, progress, err);
	if (im && strcmp(im->file_hash, run.file_hash)) {
		err_set(err, ERR_FILE_CHANGED, run.path, "%s", "");
		import_close(im);
		im = NULL;
	} else if (im) {
		mapping_init(&mapping, run.kind);
		for (size_t i = 0; i < n_maps; i++)
			mapping_read(&mapping, maps[i], im->columns.len);
		if (!import_remap(im, &mapping, progress, err)) {
			import_close(im);
			im = NULL;
		}
	}
out:
	arena_release(&a);
	return im;
}

void import_close(struct import *im)
{
	if (!im)
		return;
	rows_close(im->rows);
	scratch_close(im->seen);
	vec_release(&im->columns);
	vec_release(&im->touched);
	strbuf_release(&im->last_key);
	strbuf_release(&im->held.raw);
	arena_release(&im->held.arena);
	arena_release(&im->scrap);
	arena_release(&im->keep);
	free(im);
}

const struct import_analysis *import_analysis(const struct import *im)
{
	return &im->analysis;
}

bool import_decide(struct import *im, const struct import_options *o, struct err *err)
{
	im->o.currency = keep_text(im, o->currency);
	im->o.rates = keep_texts(im, o->rates, o->n_rates);
	im->o.n_rates = o->n_rates;
	im->o.merge_same_day = o->merge_same_day;
	im->o.create_customers = o->create_customers;
	im->o.existing_customers = o->existing_customers;
	im->o.collected_at_sale = o->collected_at_sale;
	im->o.similar_goods = o->similar_goods;
	im->o.told_they_may_refuse = o->told_they_may_refuse;
	im->currency = im->o.currency ? im->o.currency : im->s->company.currency;
	im->n_rates = 0;
	return check_options(im, err);
}

void import_set_decimal(struct import *im, char mark)
{
	im->o.decimal = mark;
}

void import_set_dates(struct import *im, enum import_dates dates)
{
	im->o.dates = dates;
}

/* --- what was imported --- */

bool imports_list(struct session *s, int64_t before, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_IMPORT, err) &&
	       store_import_list(s->db, s->company.id, before, n, a, out, count, err);
}

bool imports_get(
	struct session *s, int64_t id, struct arena *a, struct import_run *out, struct err *err)
{
	return session_ready(s, RIGHT_IMPORT, err) &&
	       store_import_get(s->db, s->company.id, id, a, out, err);
}

bool imports_busy(struct session *s, bool *busy, struct err *err)
{
	return lease_held(s, IMPORT_LEASE, busy, err);
}

bool imports_cut_short(struct session *s, int n, struct arena *a, struct import_run **out,
	int *count, struct err *err)
{
	bool held;

	*count = 0;
	if (!session_ready(s, RIGHT_IMPORT, err) || !lease_held(s, IMPORT_LEASE, &held, err))
		return false;
	return held || store_import_open(s->db, s->company.id, n, a, out, count, err);
}

bool imports_refusals(struct session *s, int64_t id, int64_t line, const char *field, int n,
	struct arena *a, struct import_refusal **out, int *count, struct err *err)
{
	struct import_run run;

	return session_ready(s, RIGHT_IMPORT, err) &&
	       store_import_get(s->db, s->company.id, id, a, &run, err) &&
	       store_import_refusals(s->db, id, line, field, n, a, out, count, err);
}
