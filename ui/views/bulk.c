#include "bulk.h"

#include "campaign_builder.h"
#include "campaigns.h"
#include "cells.h"
#include "customer_list.h"
#include "exports.h"
#include "form_box.h"
#include "i18n.h"
#include "mem.h"
#include "scores.h"
#include "undoing.h"

#define IDS_SLICE 1000

enum bulk_act {
	BULK_ACT_TAG,
	BULK_ACT_UNTAG,
	BULK_ACT_CITY,
	BULK_ACT_LANGUAGE,
	BULK_ACT_SCORES,
	BULK_ACT_WRITE,
	BULK_ACT_EXPORT
};

struct bulk_job {
	struct job job;
	enum bulk_act act;
	/* whom */
	struct list_query query;
	char *filter, *search;
	bool all;	  /* of the list, but `ids`; else these alone */
	VEC(int64_t) ids; /* ascending */
	int64_t count;	  /* -1: not known */
	/* what */
	char *value;
	enum export_what what;
	enum sheet_format format;
	/* and what it came to */
	struct bulk_result result;
	enum lang language;
	char *path; /* owned: of the file */
};

static void free_job(struct job *job)
{
	struct bulk_job *b = (struct bulk_job *)job;

	free(b->filter);
	free(b->search);
	free(b->value);
	free(b->path);
	vec_release(&b->ids);
	free(b);
}

/* --- in the job's thread ------------------------------------------------- */

static bool is_listed(const int64_t *ids, size_t n, int64_t id)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (ids[mid] == id)
			return true;
		if (ids[mid] < id)
			from = mid + 1;
		else
			to = mid;
	}
	return false;
}

struct id_list {
	VEC(int64_t) ids;
};

static void keep(struct bulk_job *b, struct id_list *out, const int64_t *ids, int n)
{
	for (int i = 0; i < n; i++)
		if (!is_listed(b->ids.items, b->ids.len, ids[i]))
			vec_push(&out->ids, ids[i]);
}

/* All of the list but those that were unmarked. */
static bool list_ids(struct bulk_job *b, struct session *s, struct id_list *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer_hits hits;
	int64_t slice[IDS_SLICE], after = 0;
	int n = 0;
	bool ok = true;

	if (*b->search) {
		ok = customers_search(s, &b->query, b->search, &a, &hits, err);
		if (ok)
			keep(b, out, hits.ids, hits.count);
	} else {
		do {
			ok = customer_list_ids(s, &b->query, after, IDS_SLICE, slice, &n, err);
			if (ok && n) {
				keep(b, out, slice, n);
				after = slice[n - 1];
			}
		} while (ok && n == IDS_SLICE);
	}
	arena_release(&a);
	return ok;
}

static bool change(struct bulk_job *b, struct session *s, const struct customer_set *set,
	const struct progress *p, struct err *err)
{
	struct customer values = CUSTOMER_INIT;
	struct bulk_change c = { .tag = b->value, .values = &values };

	values.city = values.language = b->value;
	c.kind = b->act == BULK_ACT_TAG	    ? BULK_TAG
		 : b->act == BULK_ACT_UNTAG ? BULK_UNTAG
					    : BULK_SET;
	if (b->act == BULK_ACT_CITY)
		c.fields = CF_BIT(CF_CITY);
	if (b->act == BULK_ACT_LANGUAGE)
		c.fields = CF_BIT(CF_LANGUAGE);
	return customers_bulk(s, set, &c, p, &b->result, err);
}

/* All of a filter are read as they are written; any others are named. */
static bool write_file(struct bulk_job *b, struct session *s, const struct customer_set *set,
	bool named, const struct progress *p, struct err *err)
{
	struct export_options o = { .what = b->what,
		.format = b->format,
		.filter = b->query.filter,
		.ids = named ? set->ids : NULL,
		.n_ids = named ? set->n : 0,
		.language = b->language,
		.translate = gettext };
	struct export_result result;
	struct arena a = ARENA_INIT;
	bool ok = export_run(s, &o, p, &a, &result, err);

	if (ok) {
		b->result.done = result.rows;
		b->path = mem_strdup(result.path);
	}
	arena_release(&a);
	return ok;
}

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct bulk_job *b = (struct bulk_job *)job;
	struct arena a = ARENA_INIT;
	struct id_list listed = { { NULL, 0, 0 } };
	struct customer_set set = { .ids = b->ids.items, .n = b->ids.len };
	bool named = !b->all || *b->search || b->ids.len || b->act != BULK_ACT_EXPORT;
	struct scores_result scores = { 0, 0 };
	struct filter_error wrong;
	bool ok = !b->all || filter_parse(&a, b->filter, &b->query.filter, &wrong);

	if (ok && b->all && named) {
		ok = list_ids(b, s, &listed, err);
		set.ids = listed.ids.items;
		set.n = listed.ids.len;
	}
	if (ok && b->act == BULK_ACT_SCORES) {
		ok = scores_update_some(s, (int64_t *)set.ids, set.n, p, &scores, err);
		b->result.changed = scores.changed;
		b->result.done = scores.done;
	} else if (ok && b->act == BULK_ACT_EXPORT) {
		ok = write_file(b, s, &set, named, p, err);
	} else if (ok) {
		ok = change(b, s, &set, p, err);
	}
	b->query.filter = NULL;
	vec_release(&listed.ids);
	arena_release(&a);
	return ok;
}

/* --- in the main thread -------------------------------------------------- */

/* The full path, to be found again. */
static unsigned say_file(struct desk *d, const struct bulk_job *b)
{
	const char *buttons[] = { _("OK") };
	struct strbuf n = STRBUF_INIT_MAX(64), text = STRBUF_INIT_MAX(4096);
	struct dialog_spec spec = {
		.title = _("Export"), .buttons = buttons, .count = 1, .bare = true
	};

	cell_count(&n, d, b->result.done);
	strbuf_addf(&text,
		ngettext("%s row is in this file:", "%s rows are in this file:",
			(unsigned long)b->result.done),
		n.buf);
	strbuf_addf(&text, "\n%s", b->path);
	spec.text = text.buf;
	ui_dialog(d->ui, &spec, NULL, NULL);
	strbuf_release(&n);
	strbuf_release(&text);
	return STALE_PAINT;
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct bulk_job *b = (struct bulk_job *)job;
	struct strbuf n = STRBUF_INIT_MAX(64), text = STRBUF_INIT_MAX(256);
	unsigned stale = STALE_NONE;

	if (!job->ok && job->err.code != ERR_CANCELLED)
		return ui_error(d->ui, &job->err);
	if (b->path)
		return say_file(d, b);
	cell_count(&n, d, b->result.changed);
	strbuf_addf(&text,
		ngettext("%s record changed.", "%s records changed.",
			(unsigned long)b->result.changed),
		n.buf);
	if (b->result.journal_id)
		stale = undoing_offer_many(d, b->result.journal_id, "%s", text.buf);
	else
		stale = ui_say(d->ui, "%s", text.buf);
	strbuf_release(&n);
	strbuf_release(&text);
	return stale;
}

static const struct job_ops bulk_ops = {
	.title = N_("Changing"),
	.run = run,
	.ended = ended,
	.free = free_job,
};

void bulk_init(struct bulk *b, struct desk *desk)
{
	*b = (struct bulk){ .desk = desk };
}

void bulk_release(struct bulk *b)
{
	if (b->has_form)
		form_release(&b->form);
	if (b->job)
		free_job(&b->job->job);
}

static void take_target(struct bulk *b, const struct bulk_target *target)
{
	const struct table *t = target->table;
	struct bulk_job *job = mem_zalloc(1, sizeof(*job));

	if (b->job)
		free_job(&b->job->job);
	b->job = job;
	job->job.ops = &bulk_ops;
	job->query = target->query;
	job->query.filter = NULL;
	job->filter = mem_strdup(target->filter);
	job->search = mem_strdup(target->search);
	job->value = mem_strdup("");
	job->all = t->mark_all;
	for (size_t i = 0; i < t->marked.len; i++)
		vec_push(&job->ids, t->marked.items[i]);
	job->count = table_marks(t);
	job->language = b->desk->lang;
}

static unsigned start(struct bulk *b)
{
	struct bulk_job *job = b->job;
	enum bulk_act act = job->act;
	struct err err = ERR_INIT;

	b->job = NULL;
	if (!job_start(b->desk, &job->job, &err))
		return ui_error(b->desk->ui, &err);
	return ui_say(b->desk->ui, "%s",
		act == BULK_ACT_EXPORT ? _("Writing the file…") : _("Changing them…"));
}

static const struct form_choice languages[] = {
	{ "fr", N_("French") },
	{ "en", N_("English") },
};

static const struct form_field tag_fields[] = {
	{ .name = "value", .label = N_("Tag"), .kind = FORM_TEXT, .max = 60, .required = true },
};

static const struct form_field city_fields[] = {
	{ .name = "value", .label = N_("City"), .kind = FORM_TEXT, .max = 100 },
};

static const struct form_field language_fields[] = {
	{ .name = "value",
		.label = N_("Language"),
		.kind = FORM_CHOICE,
		.choices = languages,
		.choice_count = ARRAY_SIZE(languages) },
};

static const struct {
	uint32_t letter;
	const char *label; /* N_() */
	const struct form_field *field;
} entries[] = {
	[BULK_ACT_TAG] = { 't', N_("Tag them"), tag_fields },
	[BULK_ACT_UNTAG] = { 'u', N_("Take a tag off"), tag_fields },
	[BULK_ACT_CITY] = { 'v', N_("Set the city"), city_fields },
	[BULK_ACT_LANGUAGE] = { 'l', N_("Set the language"), language_fields },
	[BULK_ACT_SCORES] = { 's', N_("Update their scores"), NULL },
	[BULK_ACT_WRITE] = { 'w', N_("Write to them"), NULL },
};

static unsigned on_value(void *ctx, const struct answer *answer)
{
	struct bulk *b = ctx;

	if (answer->value != 0 || !b->job)
		return STALE_PAINT;
	free(b->job->value);
	b->job->value = mem_strdup(form_get(&b->form, "value"));
	return start(b);
}

/* "Tag them: 12 customers". */
static void add_title(const struct bulk *b, struct strbuf *out)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	if (b->job->count < 0) {
		strbuf_adds(out, _("all that are listed"));
		return;
	}
	cell_count(&n, b->desk, b->job->count);
	strbuf_addf(out,
		ngettext("%s marked customer", "%s marked customers", (unsigned long)b->job->count),
		n.buf);
	strbuf_release(&n);
}

/* A campaign to these: to all of a filter by the filter itself, to others one by one. */
static unsigned write_to(struct bulk *b)
{
	const struct bulk_job *job = b->job;
	struct builder_start start = { .filter = job->filter };
	struct strbuf ids = STRBUF_INIT;
	unsigned stale;

	if (job->ids.len > CAMPAIGN_PERSONS_MAX || (job->all && (job->ids.len || *job->search)))
		return ui_say(b->desk->ui, "%s",
			_("Too many to name them one by one: choose them by a filter."));
	for (size_t i = 0; i < job->ids.len; i++)
		strbuf_addf(&ids, "%s%lld", i ? "," : "", (long long)job->ids.items[i]);
	if (ids.len)
		start = (struct builder_start){ .persons = ids.buf };
	stale = ui_push(b->desk->ui, &campaign_builder_view, &start);
	strbuf_release(&ids);
	return stale;
}

static unsigned on_entry(void *ctx, const struct answer *answer)
{
	struct bulk *b = ctx;
	struct strbuf whom = STRBUF_INIT_MAX(256);

	if (answer->value < 0 || !b->job)
		return STALE_PAINT;
	b->job->act = (enum bulk_act)answer->value;
	if (b->job->act == BULK_ACT_WRITE)
		return write_to(b);
	if (!entries[answer->value].field)
		return start(b);
	if (b->has_form)
		form_release(&b->form);
	form_init(&b->form, entries[answer->value].field, 1, b);
	b->has_form = true;
	add_title(b, &whom);
	ui_open(b->desk->ui,
		form_box_new(_(entries[answer->value].label), whom.buf, &b->form, _("Do it")),
		on_value, b);
	strbuf_release(&whom);
	return STALE_PAINT;
}

unsigned bulk_menu(struct bulk *b, const struct bulk_target *target)
{
	struct menu_item items[ARRAY_SIZE(entries)];
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(entries) };
	struct strbuf title = STRBUF_INIT_MAX(256);
	bool may = desk_may(b->desk, RIGHT_CUSTOMERS_CHANGE);

	take_target(b, target);
	add_title(b, &title);
	spec.title = title.buf;
	for (size_t i = 0; i < ARRAY_SIZE(entries); i++)
		items[i] = (struct menu_item){ .letter = entries[i].letter,
			.label = _(entries[i].label),
			.value = (int)i,
			.off = i == BULK_ACT_WRITE
				       ? !desk_may(b->desk, RIGHT_CAMPAIGNS_CHANGE)
				       : !may };
	ui_menu(b->desk->ui, &spec, on_entry, b);
	strbuf_release(&title);
	return STALE_PAINT;
}

/* --- files --------------------------------------------------------------- */

static const struct {
	uint32_t letter;
	const char *label; /* N_() */
	enum export_what what;
	enum sheet_format format;
} files[] = {
	{ 'x', N_("Customers, Excel (.xlsx)"), EXPORT_CUSTOMERS, SHEET_XLSX },
	{ 'c', N_("Customers, CSV"), EXPORT_CUSTOMERS, SHEET_CSV },
	{ 'f', N_("Their invoices, Excel (.xlsx)"), EXPORT_INVOICES, SHEET_XLSX },
	{ 'p', N_("Their payments, Excel (.xlsx)"), EXPORT_PAYMENTS, SHEET_XLSX },
};

static unsigned on_file(void *ctx, const struct answer *answer)
{
	struct bulk *b = ctx;

	if (answer->value < 0 || !b->job)
		return STALE_PAINT;
	b->job->act = BULK_ACT_EXPORT;
	b->job->what = files[answer->value].what;
	b->job->format = files[answer->value].format;
	return start(b);
}

unsigned bulk_export(struct bulk *b, const struct bulk_target *target)
{
	struct menu_item items[ARRAY_SIZE(files)];
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(files) };
	struct strbuf title = STRBUF_INIT_MAX(256);

	take_target(b, target);
	if (!b->job->count) {
		b->job->all = true;
		b->job->count = -1;
	}
	strbuf_addf(&title, "%s · ", _("Export"));
	add_title(b, &title);
	spec.title = title.buf;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		items[i] = (struct menu_item){
			.letter = files[i].letter, .label = _(files[i].label), .value = (int)i
		};
	ui_menu(b->desk->ui, &spec, on_file, b);
	strbuf_release(&title);
	return STALE_PAINT;
}
