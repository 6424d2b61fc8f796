#include "exports_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "customer_list.h"
#include "date.h"
#include "db.h"
#include "i18n.h"
#include "json_out.h"
#include "money.h"
#include "path.h"
#include "store_customer.h"
#include "store_score.h"
#include "word.h"

#define IDS 500 /* customers read at once */

static const struct word whats[EXPORT_KINDS] = {
	[EXPORT_CUSTOMERS] = { "CUSTOMERS", N_("Customers") },
	[EXPORT_INVOICES] = { "INVOICES", N_("Invoices") },
	[EXPORT_PAYMENTS] = { "PAYMENTS", N_("Payments") },
	[EXPORT_TASKS] = { "TASKS", N_("Tasks") },
};

WORD_FUNCTIONS(export_what, whats)

/* What the file is called in the exchange folder. */
static const char *const stems[EXPORT_KINDS][LANG_COUNT] = {
	[EXPORT_CUSTOMERS] = { [LANG_FR] = "clients", [LANG_EN] = "customers" },
	[EXPORT_INVOICES] = { [LANG_FR] = "factures", [LANG_EN] = "invoices" },
	[EXPORT_PAYMENTS] = { [LANG_FR] = "reglements", [LANG_EN] = "payments" },
	[EXPORT_TASKS] = { [LANG_FR] = "taches", [LANG_EN] = "tasks" },
};

static const struct export_column *columns_of(enum export_what what)
{
	switch (what) {
	case EXPORT_INVOICES:
		return export_invoice_columns;
	case EXPORT_PAYMENTS:
		return export_payment_columns;
	case EXPORT_TASKS:
		return export_task_columns;
	case EXPORT_CUSTOMERS:
	case EXPORT_KINDS:
		break;
	}
	return export_customer_columns;
}

const char *export_column(enum export_what what, size_t i, const char **label)
{
	const struct export_column *c = columns_of(what);

	for (size_t k = 0; k < i && c->key; k++)
		c++;
	if (label)
		*label = c->label;
	return c->key;
}

/* --- where it goes --- */

static const char *extension(enum sheet_format format)
{
	return format == SHEET_XLSX ? "xlsx" : format == SHEET_JSON ? "json" : "csv";
}

/* clients-2026-11-17.csv, and -2, -3 while there is one already. */
static bool free_name(const struct export_options *o, const char *stem, struct session *s,
	struct strbuf *out, struct err *err)
{
	struct strbuf name = STRBUF_INIT;
	bool ok = true;

	for (int again = 1; ok && (again == 1 || !access(out->buf, F_OK)); again++) {
		strbuf_clear(out);
		strbuf_clear(&name);
		strbuf_addf(&name, "%s-", stem);
		date_add_iso(&name, session_today(s));
		if (again > 1)
			strbuf_addf(&name, "-%d", again);
		strbuf_addf(&name, ".%s", extension(o->format));
		ok = path_file(PATH_EXCHANGE, name.buf, out, err);
	}
	strbuf_release(&name);
	return ok;
}

bool export_path(const struct export_options *o, const char *stem, struct session *s,
	struct strbuf *out, struct err *err)
{
	char *here;

	if (!o->path)
		return free_name(o, stem, s, out, err);
	if (*o->path != '/') {
		here = getcwd(NULL, 0);
		if (!here)
			return err_set_errno(err, ERR_IO, o->path);
		strbuf_adds(out, here);
		strbuf_addc(out, '/');
		free(here);
	}
	strbuf_adds(out, o->path);
	return true;
}

/* --- rows --- */

void export_word(struct exporter *x, const char *word, const char *label)
{
	if (x->o->format == SHEET_JSON)
		sheet_text(x->sheet, word);
	else
		sheet_text(x->sheet, *label ? x->o->translate(label) : "");
}

bool export_row(struct exporter *x, struct err *err)
{
	for (size_t i = 0; i < x->n_columns; i++)
		x->columns[i]->put(x);
	x->rows++;
	return sheet_end_row(x->sheet, err);
}

static bool one_customer(struct exporter *x, int64_t id,
	bool (*each)(struct exporter *x, struct err *err), struct err *err)
{
	struct session *s = x->s;
	struct err gone = ERR_INIT;
	bool found;

	if (!store_customer_get(s->db, s->company.id, id, &x->scrap, &x->c, &gone)) {
		if (gone.code != ERR_GONE)
			*err = gone;
		return gone.code == ERR_GONE;
	}
	return store_score_get(s->db, s->company.id, id, &x->score, &found, err) && each(x, err);
}

/* The next customers behind the `done` first ones, of which `after` was the last. */
static bool next_ids(struct exporter *x, const struct list_query *q, int64_t done, int64_t after,
	int64_t *ids, int *n, struct err *err)
{
	size_t left = x->o->n_ids - (size_t)done;

	if (!x->o->ids)
		return customer_list_ids(x->s, q, after, IDS, ids, n, err);
	*n = left < IDS ? (int)left : IDS;
	memcpy(ids, x->o->ids + done, (size_t)*n * sizeof(*ids));
	return true;
}

bool export_each_customer(
	struct exporter *x, bool (*each)(struct exporter *x, struct err *err), struct err *err)
{
	struct list_query q = customer_list_query(x->s);
	int64_t ids[IDS], after = 0, done = 0;
	int n;

	q.filter = x->o->filter;
	x->total = (int64_t)x->o->n_ids;
	if (!x->o->ids && !customer_list_count(x->s, &q, &x->total, err))
		return false;
	do {
		arena_clear(&x->scrap);
		if (!next_ids(x, &q, done, after, ids, &n, err))
			return false;
		for (int i = 0; i < n; i++)
			if (!one_customer(x, ids[i], each, err))
				return false;
		if (n)
			after = ids[n - 1];
		done += n;
		if (!progress_step(x->progress, done, x->total))
			return err_set(err, ERR_CANCELLED, "", "export");
	} while (n == IDS);
	return true;
}

/* --- columns --- */

static bool find_column(
	const struct exporter *x, const char *key, size_t len, const struct export_column **out)
{
	for (*out = columns_of(x->o->what); (*out)->key; (*out)++)
		if (strlen((*out)->key) == len && !memcmp((*out)->key, key, len))
			return true;
	return false;
}

static bool choose_columns(struct exporter *x, struct arena *a, struct err *err)
{
	const struct export_column *all = columns_of(x->o->what), *c;
	const char *p = x->o->columns;
	size_t n = 0;

	while (all[n].key)
		n++;
	x->columns = arena_zalloc(a, n + (p ? strlen(p) : 0) + 1, sizeof(*x->columns));
	for (size_t i = 0; !p && i < n; i++)
		x->columns[x->n_columns++] = &all[i];
	while (p && *p) {
		size_t len = strcspn(p, ",");

		if (!find_column(x, p, len, &c))
			return err_set(err, ERR_EXPORT_COLUMN, arena_strndup(a, p, len), "%s", "");
		x->columns[x->n_columns++] = c;
		p += len + (p[len] == ',');
	}
	return x->n_columns || err_set(err, ERR_EXPORT_COLUMN, "", "%s", "");
}

static struct sheet *create(struct exporter *x, const char *path, struct arena *a, struct err *err)
{
	struct sheet_column *columns = arena_zalloc(a, x->n_columns, sizeof(*columns));
	struct sheet_options *how = arena_zalloc(a, 1, sizeof(*how));
	const struct export_options *o = x->o;

	for (size_t i = 0; i < x->n_columns; i++)
		columns[i] = (struct sheet_column){
			.key = x->columns[i]->key,
			.title = o->translate(x->columns[i]->label),
			.width = x->columns[i]->width,
		};
	*how = (struct sheet_options){
		.format = o->format,
		.delimiter = o->delimiter,
		.decimal_mark = o->decimal_mark		 ? o->decimal_mark
				: o->language == LANG_FR ? ','
							 : '.',
		.bom = true,
		.name = o->translate(export_what_label(o->what)),
	};
	return sheet_create(path, how, columns, x->n_columns, err);
}

/* --- the whole --- */

/* The last look at the rights and the line of the audit trail come before the file
 * is put in its place: what left is known. */
static bool audit_export(struct exporter *x, const char *path, struct err *err)
{
	struct session *s = x->s;
	struct strbuf detail = STRBUF_INIT, filter = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "what", export_what_word(x->o->what));
	json_out_str(&o, "file", path);
	json_out_int(&o, "rows", x->rows);
	if (x->o->columns)
		json_out_str(&o, "columns", x->o->columns);
	if (x->o->filter) {
		filter_print(x->o->filter, &filter);
		json_out_str(&o, "filter", filter.buf);
	}
	json_out_end(&o);
	ok = json_out_finish(&o, err) && db_write(s->db, err) &&
	     session_audit(s, "export", "", 0, detail.buf, err) && db_commit(s->db, err);
	db_rollback(s->db);
	strbuf_release(&detail);
	strbuf_release(&filter);
	return ok;
}

static bool write_rows(struct exporter *x, struct err *err)
{
	static bool (*const each[EXPORT_KINDS])(struct exporter * x, struct err * err) = {
		[EXPORT_CUSTOMERS] = export_row,
		[EXPORT_INVOICES] = export_invoices_of,
		[EXPORT_PAYMENTS] = export_payments_of,
		[EXPORT_TASKS] = export_tasks_of,
	};

	return export_each_customer(x, each[x->o->what], err);
}

bool export_run(struct session *s, const struct export_options *o, const struct progress *progress,
	struct arena *a, struct export_result *result, struct err *err)
{
	struct exporter x = {
		.s = s,
		.o = o,
		.progress = progress,
		.decimals = money_decimals(s->company.currency),
		.terms = { session_today(s), s->company.terms_days },
	};
	struct strbuf path = STRBUF_INIT;
	bool ok = false;

	*result = (struct export_result){ .path = "" };
	if (!session_ready(s, RIGHT_CUSTOMERS_EXPORT, err) || !choose_columns(&x, a, err) ||
		!export_path(o, stems[o->what][o->language], s, &path, err))
		goto out;
	x.sheet = create(&x, path.buf, a, err);
	if (!x.sheet)
		goto out;
	ok = write_rows(&x, err) && audit_export(&x, path.buf, err);
	if (ok)
		ok = sheet_finish(x.sheet, err);
	else
		sheet_discard(x.sheet);
	result->path = arena_strdup(a, path.buf);
	result->rows = x.rows;
out:
	arena_release(&x.scrap);
	strbuf_release(&path);
	return ok;
}

bool export_page_noted(struct session *s, int64_t customer_id, struct err *err)
{
	bool ok = session_ready(s, RIGHT_CUSTOMERS_EXPORT, err) && db_write(s->db, err) &&
		  session_audit(s, "export.page", customer_id ? "customer" : "", customer_id, "",
			  err) &&
		  db_commit(s->db, err);

	db_rollback(s->db);
	return ok;
}
