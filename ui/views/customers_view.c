#include "customers_view.h"

#include "acts.h"
#include "bulk.h"
#include "cells.h"
#include "customer_form.h"
#include "customer_list.h"
#include "customer_view.h"
#include "desk_event.h"
#include "filter_box.h"
#include "first_view.h"
#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "pace.h"
#include "page.h"
#include "page_question.h"

#define READ_MS 1000 /* between two readings while others write */

enum column {
	COL_NAME,
	COL_PHONE,
	COL_SMS,
	COL_SEGMENT,
	COL_SCORE,
	COL_OVERDUE,
	COL_PURCHASE,
	COL_EMAIL,
	COL_EMAIL_OK,
	COL_CHURN,
	COL_REVENUE,
	COL_INTERACTION,
	COL_CITY,
	COL_COUNT
};

struct customers {
	struct view view;
	struct desk *desk;
	struct list list;
	struct table_col cols[COL_COUNT];
	struct table_ops ops;
	char overdue_head[64], revenue_head[64];
	struct strbuf filter; /* as typed */
	struct filter_box ask_filter;
	unsigned page_serial, count_serial, search_serial, ruler_serial;
	struct ruler *ruler; /* owned; NULL until a row's place was asked for */
	bool ruler_asked;
	/* What a search found: then the list is these, in this order. */
	int64_t *hits; /* owned; NULL without a search */
	int n_hits;
	bool more_hits;
	struct acts acts;
	struct bulk bulk;
	struct pace pace; /* others may write all the time: an import, a sending */
};

/* --- cells --------------------------------------------------------------- */

static const struct customer_line *line_of(const void *row)
{
	return &((const struct customer_row *)row)->line;
}

static struct desk *desk_in(void *ctx)
{
	return ((struct customers *)ctx)->desk;
}

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	customer_name(line_of(row)->name, line_of(row)->first_name, cell->text);
}

static void draw_phone(void *ctx, const void *row, struct table_cell *cell)
{
	const struct customer_line *line = line_of(row);

	cell_phone(cell->text, desk_in(ctx), line->phone_e164, line->phone);
}

/* A wrong number shows before the consent: nothing can be sent there. */
static void draw_sms(void *ctx, const void *row, struct table_cell *cell)
{
	const struct customer_line *line = line_of(row);

	(void)ctx;
	if (*line->phone && !*line->phone_e164) {
		strbuf_adds(cell->text, cell->look->glyphs[G_WARN]);
		cell->role = ROLE_BAD;
	} else if (*line->phone) {
		cell_consent(cell, line->consents, CONSENT_SMS);
	}
}

static void draw_segment(void *ctx, const void *row, struct table_cell *cell)
{
	enum segment segment = line_of(row)->score.segment;

	(void)ctx;
	strbuf_adds(cell->text, _(segment_label(segment)));
	cell->role = cell_segment_role(segment);
}

static void draw_score(void *ctx, const void *row, struct table_cell *cell)
{
	int score = line_of(row)->score.score;

	(void)ctx;
	strbuf_addf(cell->text, "%d", score);
	cell->role = cell_level_role(score_level(score));
}

static void draw_overdue(void *ctx, const void *row, struct table_cell *cell)
{
	int64_t overdue = line_of(row)->score.overdue;

	if (!overdue) {
		cell_none(cell);
		return;
	}
	cell_amount(cell->text, desk_in(ctx), overdue);
	cell->role = line_of(row)->score.overdue_30 ? ROLE_BAD : ROLE_MIDDLE;
}

static void draw_day(void *ctx, int32_t day, struct table_cell *cell)
{
	if (day == DAY_NONE)
		cell_none(cell);
	else
		cell_day(cell->text, desk_in(ctx), day);
}

static void draw_purchase(void *ctx, const void *row, struct table_cell *cell)
{
	draw_day(ctx, line_of(row)->score.last_purchase, cell);
}

static void draw_interaction(void *ctx, const void *row, struct table_cell *cell)
{
	draw_day(ctx, line_of(row)->score.last_interaction, cell);
}

static void draw_email(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->email);
}

static void draw_email_ok(void *ctx, const void *row, struct table_cell *cell)
{
	const struct customer_line *line = line_of(row);

	(void)ctx;
	if (*line->email && !line->email_valid) {
		strbuf_adds(cell->text, cell->look->glyphs[G_WARN]);
		cell->role = ROLE_BAD;
	} else if (*line->email) {
		cell_consent(cell, line->consents, CONSENT_EMAIL);
	}
}

static void draw_churn(void *ctx, const void *row, struct table_cell *cell)
{
	int churn = line_of(row)->score.churn;

	cell_tenths(cell->text, desk_in(ctx), churn);
	cell->role = cell_level_role(churn_level(churn));
}

static void draw_revenue(void *ctx, const void *row, struct table_cell *cell)
{
	cell_amount(cell->text, desk_in(ctx), line_of(row)->score.revenue);
}

static void draw_city(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->city);
}

/* Widths are those of the French heads and figures, which are the longer ones. */
static const struct table_col columns[COL_COUNT] = {
	[COL_NAME] = { .name = "name",
		.title = N_("Customer"),
		.min = 20,
		.max = 44,
		.cell = draw_name,
		.sorts = true,
		.name_of = true },
	[COL_PHONE] = { .name = "phone",
		.title = N_("Phone"),
		.min = 13,
		.max = 16,
		.priority = 3,
		.cell = draw_phone },
	[COL_SMS] = { .name = "sms", .min = 1, .max = 1, .priority = 3, .cell = draw_sms },
	[COL_SEGMENT] = { .name = "segment",
		.title = N_("Segment"),
		.min = 11,
		.max = 12,
		.priority = 1,
		.cell = draw_segment },
	[COL_SCORE] = { .name = "score",
		.title = N_("Score"),
		.min = 6,
		.max = 6,
		.priority = 2,
		.align = ALIGN_RIGHT,
		.cell = draw_score,
		.sorts = true },
	[COL_OVERDUE] = { .name = "overdue",
		.title = N_("Overdue"),
		.min = 11,
		.max = 16,
		.priority = 4,
		.align = ALIGN_RIGHT,
		.cell = draw_overdue,
		.sorts = true },
	[COL_PURCHASE] = { .name = "last_purchase",
		/* TRANSLATORS: head of a column: day of the last purchase; 9 cells. */
		.title = N_("Bought on"),
		.min = 9,
		.max = 10,
		.priority = 5,
		.cell = draw_purchase,
		.sorts = true },
	[COL_EMAIL] = { .name = "email",
		.title = N_("E-mail"),
		.min = 22,
		.max = 34,
		.priority = 6,
		.cell = draw_email },
	[COL_EMAIL_OK] = { .name = "email_ok",
		.min = 1,
		.max = 1,
		.priority = 6,
		.cell = draw_email_ok },
	[COL_CHURN] = { .name = "churn",
		/* TRANSLATORS: head of a column: probability that the customer leaves. */
		.title = N_("Departure"),
		.min = 9,
		.max = 9,
		.priority = 7,
		.align = ALIGN_RIGHT,
		.cell = draw_churn,
		.sorts = true },
	[COL_REVENUE] = { .name = "revenue",
		.title = N_("Invoiced"),
		.min = 14,
		.max = 18,
		.priority = 8,
		.align = ALIGN_RIGHT,
		.cell = draw_revenue,
		.sorts = true },
	[COL_INTERACTION] = { .name = "last_interaction",
		/* TRANSLATORS: head of a column: day of the last contact; 9 cells. */
		.title = N_("Contact"),
		.min = 9,
		.max = 10,
		.priority = 9,
		.cell = draw_interaction,
		.sorts = true },
	[COL_CITY] = { .name = "city",
		.title = N_("City"),
		.min = 12,
		.max = 18,
		.priority = 10,
		.cell = draw_city,
		.sorts = true },
};

/* --- pages --------------------------------------------------------------- */

static struct list_query query_of(const struct customers *v)
{
	static const enum list_order orders[COL_COUNT] = {
		[COL_NAME] = LIST_NAME,
		[COL_SCORE] = LIST_SCORE,
		[COL_OVERDUE] = LIST_OVERDUE,
		[COL_PURCHASE] = LIST_LAST_PURCHASE,
		[COL_CHURN] = LIST_CHURN,
		[COL_REVENUE] = LIST_REVENUE,
		[COL_INTERACTION] = LIST_LAST_INTERACTION,
		[COL_CITY] = LIST_CITY,
	};
	struct list_query q = customer_list_query(v->desk->s);
	const struct table *t = &v->list.table;

	q.order = t->sort >= 0 ? orders[t->sort] : LIST_NAME;
	q.descending = t->down;
	return q;
}

static bool is_narrowed(const struct customers *v)
{
	return v->filter.len > 0;
}

static enum table_fetch fetch_failed(struct customers *v, const struct err *err)
{
	if (err->code != ERR_CANCELLED)
		ui_error(v->view.ui, err);
	return TABLE_FAILED;
}

/* --- what a search found ------------------------------------------------- */

static int hit_index(const struct customers *v, int64_t id)
{
	for (int i = 0; i < v->n_hits; i++)
		if (v->hits[i] == id)
			return i;
	return -1;
}

/* Which of the hits are asked for. */
static void hits_asked(const struct customers *v, const struct table_ask *ask, int *from, int *to)
{
	int want = (int)ask->want, at = ask->row ? hit_index(v, ask->id) : 0;

	*from = 0;
	*to = v->n_hits;
	if (ask->from == TABLE_FROM_END)
		*from = *to > want ? *to - want : 0;
	else if (ask->from == TABLE_AFTER)
		*from = at < 0 ? *to : at + 1;
	else if (ask->from == TABLE_AT)
		*from = at < 0 ? 0 : at;
	else if (ask->from == TABLE_BEFORE)
		*to = at < 0 ? 0 : at;
	if (ask->from == TABLE_BEFORE)
		*from = *to > want ? *to - want : 0;
	if (*to - *from > want)
		*to = *from + want;
}

static enum table_fetch fetch_hits(
	struct customers *v, const struct table_ask *ask, struct table_page *page)
{
	struct customer_line *lines;
	struct err err = ERR_INIT;
	int from, to, n;

	hits_asked(v, ask, &from, &to);
	if (!customers_lines(v->desk->s, v->hits + from, to - from, &page->arena, &lines, &n, &err))
		return fetch_failed(v, &err);
	for (int i = 0; i < n; i++) {
		struct customer_row *row = arena_zalloc(&page->arena, 1, sizeof(*row));

		row->line = lines[i];
		table_page_add(page, row->line.id, row);
	}
	page->last = ask->from == TABLE_BEFORE || ask->from == TABLE_FROM_END ? from == 0
									      : to == v->n_hits;
	return TABLE_DONE;
}

static void take_hits(struct customers *v, struct search_question *q)
{
	free(v->hits);
	v->hits = q->hits;
	q->hits = NULL;
	v->n_hits = q->count;
	v->more_hits = q->more;
}

static void show_hits(struct customers *v)
{
	table_restart(&v->list.table);
	table_total(&v->list.table, v->n_hits, !v->more_hits);
}

static void drop_hits(struct customers *v)
{
	reader_drop(v->desk->reader, &v->search_serial);
	free(v->hits);
	v->hits = NULL;
	v->n_hits = 0;
}

/* Asks what is found now; true when it is there already. */
static bool ask_search(struct customers *v, const char *text)
{
	struct list_query query = query_of(v);
	struct search_question *q;

	reader_drop(v->desk->reader, &v->search_serial);
	q = search_question_new(&query, v->filter.buf, text, &v->search_serial);
	if (!reader_ask(v->desk->reader, &q->reading, v->desk->patience, &v->search_serial))
		return false;
	if (q->reading.ok)
		take_hits(v, q);
	search_question_free(q);
	return true;
}

static unsigned search_came(struct customers *v)
{
	struct search_question *q =
		(struct search_question *)reader_take(v->desk->reader, v->search_serial);

	if (!q)
		return STALE_NONE;
	if (q->reading.ok) {
		take_hits(v, q);
		show_hits(v);
	}
	search_question_free(q);
	return STALE_PAINT;
}

/* --- pages of the whole list --------------------------------------------- */

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	struct customers *v = ctx;
	struct list_query query = query_of(v);
	struct page_question *q = page_question_new(&query, v->filter.buf, ask, &v->page_serial);
	enum table_fetch result = TABLE_DONE;

	if (v->hits) {
		page_question_free(q);
		return fetch_hits(v, ask, page);
	}
	if (!is_narrowed(v)) {
		q->reading.ok = page_question_run(q, v->desk->s, &q->reading.err);
	} else {
		reader_drop(v->desk->reader, &v->page_serial);
		if (!reader_ask(v->desk->reader, &q->reading, v->desk->patience, &v->page_serial))
			return TABLE_LATER;
	}
	if (q->reading.ok)
		page_question_take(q, page);
	else
		result = fetch_failed(v, &q->reading.err);
	page_question_free(q);
	return result;
}

static unsigned page_came(struct customers *v)
{
	struct page_question *q =
		(struct page_question *)reader_take(v->desk->reader, v->page_serial);
	struct table_page page = { .arena = ARENA_INIT };
	unsigned stale;

	if (!q)
		return STALE_NONE;
	if (q->reading.ok)
		page_question_take(q, &page);
	else
		fetch_failed(v, &q->reading.err);
	stale = table_answer(&v->list.table, q->ask, q->reading.ok, &page);
	page_question_free(q);
	return stale | STALE_PAINT;
}

/* How many there are: at once from the counters, else when they are counted. A key
 * waits for them less than for the page, which is still to come. */
static void ask_count(struct customers *v)
{
	struct list_query query = query_of(v);
	struct count_question *q;
	struct err err = ERR_INIT;
	int64_t n;

	reader_drop(v->desk->reader, &v->count_serial);
	if (!is_narrowed(v)) {
		if (customer_list_count(v->desk->s, &query, &n, &err))
			table_total(&v->list.table, n, true);
		return;
	}
	q = count_question_new(&query, v->filter.buf, &v->count_serial);
	if (!reader_ask(v->desk->reader, &q->reading, v->desk->patience / 8, &v->count_serial))
		return;
	table_total(&v->list.table, q->reading.ok ? q->count : -1, true);
	count_question_free(q);
}

static unsigned count_came(struct customers *v)
{
	struct count_question *q =
		(struct count_question *)reader_take(v->desk->reader, v->count_serial);

	if (!q)
		return STALE_NONE;
	if (q->reading.ok)
		table_total(&v->list.table, q->count, true);
	count_question_free(q);
	return STALE_PAINT;
}

/* --- where a row stands among all ---------------------------------------- */

static void drop_ruler(struct customers *v)
{
	reader_drop(v->desk->reader, &v->ruler_serial);
	list_ruler_free(v->ruler);
	v->ruler = NULL;
	v->ruler_asked = false;
}

static void take_ruler(struct customers *v, struct ruler_question *q)
{
	v->ruler = q->ruler;
	q->ruler = NULL;
	ruler_question_free(q);
}

/* Asked for once an order and filter, when the table has not counted its way. */
static void ask_ruler(struct customers *v)
{
	struct list_query query = query_of(v);
	struct ruler_question *q;

	v->ruler_asked = true;
	q = ruler_question_new(&query, v->filter.buf, &v->ruler_serial);
	if (reader_ask(v->desk->reader, &q->reading, 0, &v->ruler_serial))
		take_ruler(v, q);
}

static unsigned ruler_came(struct customers *v)
{
	struct ruler_question *q =
		(struct ruler_question *)reader_take(v->desk->reader, v->ruler_serial);

	if (!q)
		return STALE_NONE;
	take_ruler(v, q);
	return STALE_PAINT;
}

static int64_t rank(void *ctx, const void *row)
{
	struct customers *v = ctx;
	const struct customer_row *r = row;
	int64_t total = v->list.table.total;

	if (v->hits || total < 0)
		return -1;
	if (!v->ruler && !v->ruler_asked)
		ask_ruler(v);
	return v->ruler ? list_ruler_at(v->ruler, &r->key) * total / 10000 : -1;
}

/* Another filter or another search: from the start. */
static void restart(struct customers *v)
{
	const char *text = list_search(&v->list);

	drop_ruler(v);
	reader_drop(v->desk->reader, &v->page_serial);
	if (*text) {
		reader_drop(v->desk->reader, &v->count_serial);
		if (ask_search(v, text))
			show_hits(v);
		return;
	}
	drop_hits(v);
	table_restart(&v->list.table);
	table_total(&v->list.table, -1, false);
	ask_count(v);
}

/* --- what stands around the rows ----------------------------------------- */

static void details(void *ctx, const void *row, struct strbuf *out)
{
	struct customers *v = ctx;
	const struct customer_line *line = line_of(row);

	customer_name(line->name, line->first_name, out);
	if (*line->phone || *line->phone_e164) {
		strbuf_adds(out, " · ");
		cell_phone(out, v->desk, line->phone_e164, line->phone);
	}
	if (*line->email)
		strbuf_addf(out, " · %s", line->email);
	if (*line->city)
		strbuf_addf(out, " · %s", line->city);
	if (line->score.overdue_since != DAY_NONE) {
		strbuf_addf(out, " · %s ", _("overdue since"));
		cell_date(out, v->desk, line->score.overdue_since);
	}
}

static void add_filter(const struct customers *v, struct strbuf *out)
{
	struct arena a = ARENA_INIT;
	const struct filter *filter;
	struct filter_error wrong;

	if (filter_parse(&a, v->filter.buf, &filter, &wrong))
		cell_filter(out, v->desk, filter);
	arena_release(&a);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct customers *v = ctx;

	if (*list_search(&v->list)) {
		strbuf_addf(out, _("Nothing for “%s”"), list_search(&v->list));
		if (is_narrowed(v)) {
			/* TRANSLATORS: Nothing for “kab” in Segment = VIP. */
			strbuf_adds(out, _(" in "));
			add_filter(v, out);
		}
		strbuf_adds(out, _(". Esc clears the search."));
	} else if (is_narrowed(v)) {
		strbuf_adds(out, _("Nobody passes this filter. Esc clears it, f changes it."));
	} else {
		strbuf_adds(
			out, _("No customers yet.\ni Import a file · n New customer · d Try with "
			       "examples"));
	}
}

static void add_total(const struct customers *v, struct strbuf *out)
{
	const struct table *t = &v->list.table;

	if (t->total < 0)
		return;
	strbuf_adds(out, " · ");
	cell_count(out, v->desk, t->total);
	if (v->more_hits && v->hits)
		/* TRANSLATORS: a search found more than are listed. */
		strbuf_adds(out, _(" and more"));
}

static void add_marks(const struct customers *v, struct strbuf *out)
{
	int64_t marks = table_marks(&v->list.table);

	if (marks > 0)
		strbuf_addf(out, ngettext(" · %ld marked", " · %ld marked", (unsigned long)marks),
			(long)marks);
	else if (marks < 0)
		strbuf_addf(out, " · %s", _("all marked"));
}

/* A filter may be long: then it comes last, where it is cut. */
static void headline(struct view *view, struct strbuf *out)
{
	struct customers *v = (struct customers *)view;
	const struct table *t = &v->list.table;

	strbuf_adds(out, _("Customers"));
	if (!is_narrowed(v))
		/* TRANSLATORS: all customers. */
		strbuf_addf(out, " · %s", _("all"));
	add_total(v, out);
	if (t->sort >= 0 && !v->hits)
		/* TRANSLATORS: the order of a list: "sort Score ▼". */
		strbuf_addf(out, " · %s %s %s", _("sort"), _(v->cols[t->sort].title),
			ui_look(view->ui)->glyphs[t->down ? G_DOWN : G_UP]);
	add_marks(v, out);
	if (is_narrowed(v)) {
		strbuf_adds(out, " · ");
		add_filter(v, out);
	}
}

/* --- the screen ---------------------------------------------------------- */

static void make_columns(struct customers *v)
{
	memcpy(v->cols, columns, sizeof(columns));
	cell_head(v->overdue_head, sizeof(v->overdue_head), v->desk, _(columns[COL_OVERDUE].title));
	cell_head(v->revenue_head, sizeof(v->revenue_head), v->desk, _(columns[COL_REVENUE].title));
	v->cols[COL_OVERDUE].title = v->overdue_head;
	v->cols[COL_REVENUE].title = v->revenue_head;
	v->ops = (struct table_ops){ .cols = v->cols,
		.count = COL_COUNT,
		.fetch = fetch,
		.details = details,
		.empty = empty,
		.rank = rank };
}

/* "score-" is from large to small. */
static void set_order(struct customers *v, const char *text)
{
	size_t len = strlen(text);
	struct table *t = &v->list.table;
	bool down = len && text[len - 1] == '-';

	t->sort = COL_SCORE;
	t->down = true;
	for (int i = 0; i < COL_COUNT; i++) {
		if (!columns[i].sorts || strlen(columns[i].name) != len - down ||
			strncmp(columns[i].name, text, len - down))
			continue;
		t->sort = i;
		t->down = down;
	}
}

static void read_prefs(struct customers *v)
{
	struct strbuf text = STRBUF_INIT_MAX(512);

	desk_pref(v->desk, "customers.order", &text);
	set_order(v, text.buf);
	strbuf_clear(&text);
	desk_pref(v->desk, "customers.columns", &text);
	table_choose(&v->list.table, text.buf);
	strbuf_release(&text);
}

static unsigned on_filter(void *ctx, const char *text)
{
	struct customers *v = ctx;

	strbuf_clear(&v->filter);
	strbuf_adds(&v->filter, text);
	restart(v);
	return STALE_PAINT;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct customers *v = (struct customers *)view;
	const struct customers_show *show = arg;

	(void)err;
	v->desk = desk_of(view);
	make_columns(v);
	list_init(&v->list, &v->ops, v, N_("Name, e-mail, phone…"));
	view->list = &v->list;
	strbuf_init(&v->filter, FILTER_TEXT_MAX);
	filter_box_init(&v->ask_filter, v->desk, on_filter, v);
	acts_init(&v->acts, v->desk);
	bulk_init(&v->bulk, v->desk);
	v->pace = (struct pace){ .every = READ_MS, .read_ms = ui_now(view->ui) };
	if (show && show->filter)
		strbuf_adds(&v->filter, show->filter);
	read_prefs(v);
	ask_count(v);
	return true;
}

static void on_close(struct view *view)
{
	struct customers *v = (struct customers *)view;

	drop_ruler(v);
	reader_drop(v->desk->reader, &v->page_serial);
	reader_drop(v->desk->reader, &v->count_serial);
	drop_hits(v);
	acts_release(&v->acts);
	bulk_release(&v->bulk);
	list_release(&v->list);
	strbuf_release(&v->filter);
	filter_box_release(&v->ask_filter);
}

static unsigned read_now(struct customers *v)
{
	if (!*list_search(&v->list))
		ask_count(v);
	else if (ask_search(v, list_search(&v->list)))
		table_total(&v->list.table, v->n_hits, !v->more_hits);
	else
		return STALE_NONE;
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_reload(struct view *view)
{
	struct customers *v = (struct customers *)view;

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	return pace_wait(&((struct customers *)view)->pace, ui_now(view->ui));
}

static unsigned on_tick(struct view *view)
{
	struct customers *v = (struct customers *)view;

	return pace_due(&v->pace, ui_now(view->ui)) ? read_now(v) : STALE_NONE;
}

static unsigned on_sort(struct view *view, int col, bool down)
{
	struct customers *v = (struct customers *)view;
	struct table *t = &v->list.table;
	struct strbuf text = STRBUF_INIT_MAX(64);

	t->sort = col;
	t->down = down;
	strbuf_addf(&text, "%s%s", columns[col].name, down ? "-" : "");
	desk_keep(v->desk, "customers.order", text.buf);
	strbuf_release(&text);
	restart(v);
	return STALE_PAINT;
}

static unsigned on_columns(struct view *view)
{
	struct customers *v = (struct customers *)view;
	struct strbuf names = STRBUF_INIT_MAX(512);

	table_chosen(&v->list.table, &names);
	desk_keep(v->desk, "customers.columns", names.buf);
	strbuf_release(&names);
	return STALE_NONE;
}

static unsigned on_search(struct view *view, const char *text)
{
	(void)text;
	restart((struct customers *)view);
	return STALE_PAINT;
}

/* The marked rows, or all that are listed. */
static struct bulk_target many(struct customers *v)
{
	return (struct bulk_target){ .query = query_of(v),
		.filter = v->filter.buf,
		.search = list_search(&v->list),
		.table = &v->list.table };
}

static unsigned change_many(struct customers *v)
{
	struct bulk_target target = many(v);

	return bulk_menu(&v->bulk, &target);
}

static unsigned print_list(struct customers *v)
{
	const struct page_list list = { query_of(v), v->filter.buf, list_search(&v->list) };

	return page_customers(v->desk, &list);
}

static unsigned export_many(struct customers *v)
{
	struct bulk_target target = many(v);

	return bulk_export(&v->bulk, &target);
}

static unsigned on_back(struct customers *v)
{
	if (*list_search(&v->list) || table_marks(&v->list.table) || !v->filter.len)
		return STALE_PASS;
	return on_filter(v, "");
}

static unsigned on_row(struct customers *v, enum action_id action)
{
	int64_t id = table_id(&v->list.table);

	if (!id)
		return STALE_PASS;
	switch ((int)action) {
	case ACT_OPEN:
		return ui_push(v->view.ui, &customer_view, &id);
	case ACT_EDIT:
		return acts_edit(&v->acts, id);
	case ACT_COPY:
		return acts_copy(&v->acts, id);
	case ACT_REMIND:
		return acts_remind(&v->acts, id);
	case ACT_STOP:
		return acts_stop(&v->acts, id);
	case ACT_MENU:
		return table_marks(&v->list.table) ? change_many(v) : acts_menu(&v->acts, id);
	}
	return STALE_PASS;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct customers *v = (struct customers *)view;

	switch ((int)action) {
	case ACT_FILTER:
		return filter_box_ask(&v->ask_filter, v->filter.buf);
	case ACT_EXPORT:
		return export_many(v);
	case ACT_PRINT:
		return print_list(v);
	case ACT_BACK:
		return on_back(v);
	case ACT_NEW:
		return ui_push(view->ui, &customer_form_view, NULL);
	case ACT_EXAMPLE:
		return first_demo(v->desk);
	}
	return on_row(v, action);
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct customers *v = (struct customers *)view;

	pace_event(&v->pace, event);
	if (event->kind != EV_READ)
		return STALE_NONE;
	if (event->id == v->page_serial)
		return page_came(v);
	if (event->id == v->search_serial)
		return search_came(v);
	if (event->id == v->ruler_serial)
		return ruler_came(v);
	return event->id == v->count_serial ? count_came(v) : STALE_NONE;
}

static unsigned on_have(struct view *view)
{
	struct customers *v = (struct customers *)view;

	return v->list.table.total || is_narrowed(v) || v->hits ? 0 : NEED_EMPTY;
}

static const struct view_action customer_actions[] = {
	{ ACT_OPEN, N_("Record") },
	{ ACT_SEARCH, NULL },
	{ ACT_FILTER, NULL },
	{ ACT_SORT, NULL },
	{ ACT_MENU, NULL },
	{ ACT_COPY, NULL },
	{ ACT_NEW, NULL },
	{ ACT_EDIT, NULL },
	{ ACT_REMIND, NULL },
	{ ACT_STOP, NULL },
	{ ACT_MARK, NULL },
	{ ACT_MARK_ALL, NULL },
	{ ACT_COLUMNS, NULL },
	{ ACT_EXPORT, NULL },
	{ ACT_PRINT, NULL },
	{ ACT_EXAMPLE, NULL },
};

const struct view_ops customers_view = {
	.name = "customers",
	.title = N_("Customers"),
	.size = sizeof(struct customers),
	.actions = customer_actions,
	.action_count = ARRAY_SIZE(customer_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.search = on_search,
	.sort = on_sort,
	.columns = on_columns,
	.have = on_have,
	.act = on_act,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
