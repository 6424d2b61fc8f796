#include "test.h"

#include "toy.h"

#include <unistd.h>

#include "form.h"
#include "i18n.h"
#include "screen.h"
#include "words.h"

struct toy {
	struct view base;
	struct list list;
	struct toy_world *world;
};

static const char *const firsts[] = { "Awa", "Issa", "Fatimata", "Noël", "Aïcha", "Jean-Baptiste" };
static const char *const lasts[] = { "Kaboré", "Nikiéma", "Compaoré", "Ouédraogo", "Sawadogo" };

/* --- the source ---------------------------------------------------------- */

static void add_row(struct table_page *page, int64_t id)
{
	struct toy_row *row = arena_zalloc(&page->arena, 1, sizeof(*row));

	row->id = id;
	row->amount = id * 7919 % 1000000;
	row->name = arena_printf(&page->arena, "%s %s", lasts[id % 5], firsts[id % 6]);
	table_page_add(page, id, row);
}

static void fill_up(struct toy_world *w, struct table_page *page, int64_t from, size_t want)
{
	for (; page->rows.len < want && from <= w->count; from++)
		if (from != w->gone)
			add_row(page, from);
	page->last = from > w->count;
}

/* The rows before `before`, in list order. */
static void fill_down(struct toy_world *w, struct table_page *page, int64_t before, size_t want)
{
	int64_t from = before;

	for (size_t n = 0; n < want && from > 1;)
		n += --from != w->gone;
	page->last = from <= 1;
	for (; from < before; from++)
		if (from != w->gone)
			add_row(page, from);
}

static void fill(struct toy_world *w, const struct table_ask *ask, struct table_page *page)
{
	switch (ask->from) {
	case TABLE_FROM_START:
		fill_up(w, page, 1, ask->want);
		break;
	case TABLE_FROM_END:
		fill_down(w, page, w->count + 1, ask->want);
		break;
	case TABLE_AFTER:
		fill_up(w, page, ask->id + 1, ask->want);
		break;
	case TABLE_BEFORE:
		fill_down(w, page, ask->id, ask->want);
		break;
	case TABLE_AT:
		fill_up(w, page, ask->id, ask->want);
		break;
	}
}

static enum table_fetch toy_fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	struct toy *toy = ctx;

	toy->world->fetches++;
	toy->world->asked = *ask;
	if (toy->world->later)
		return TABLE_LATER;
	fill(toy->world, ask, page);
	if (ask->from == TABLE_FROM_START)
		table_total(&toy->list.table, toy->world->count - (toy->world->gone != 0), true);
	return TABLE_DONE;
}

unsigned toy_answer(struct toy_world *world, struct table *t)
{
	struct table_page page = { .last = false };

	fill(world, &world->asked, &page);
	return table_answer(t, world->asked.serial, true, &page);
}

/* --- the columns --------------------------------------------------------- */

static void cell_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct toy_row *)row)->name);
}

static void cell_phone(void *ctx, const void *row, struct table_cell *cell)
{
	int64_t id = ((const struct toy_row *)row)->id;

	(void)ctx;
	strbuf_addf(cell->text, "70 %02d %02d %02d", (int)(id / 10000 % 100), (int)(id / 100 % 100),
		(int)(id % 100));
}

static void cell_consent(void *ctx, const void *row, struct table_cell *cell)
{
	bool yes = ((const struct toy_row *)row)->id % 3;

	(void)ctx;
	cell->role = yes ? ROLE_GOOD : ROLE_BAD;
	strbuf_adds(cell->text, cell->look->glyphs[yes ? G_YES : G_NO]);
}

static void cell_segment(void *ctx, const void *row, struct table_cell *cell)
{
	static const struct {
		const char *name;
		enum role role;
	} segments[] = {
		{ "VIP", ROLE_VIP },
		{ "Loyal", ROLE_LOYAL },
		{ "Regular", ROLE_REGULAR },
		{ "Occasional", ROLE_OCCASIONAL },
		{ "Fragile", ROLE_FRAGILE },
	};
	int64_t id = ((const struct toy_row *)row)->id;

	(void)ctx;
	strbuf_adds(cell->text, segments[id % 5].name);
	cell->role = segments[id % 5].role;
}

static void cell_score(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_addf(cell->text, "%d", (int)(((const struct toy_row *)row)->id * 37 % 101));
}

static void cell_amount(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	words_count(cell->text, ((const struct toy_row *)row)->amount);
}

static void cell_city(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct toy_row *)row)->id % 2 ? "Ouagadougou" : "Lyon");
}

static const struct table_col toy_cols[] = {
	{ .name = "name",
		.title = N_("Customer"),
		.min = 16,
		.max = 40,
		.cell = cell_name,
		.sorts = true,
		.name_of = true },
	{ .name = "phone",
		.title = N_("Phone"),
		.min = 11,
		.max = 12,
		.priority = 2,
		.cell = cell_phone },
	{ .name = "sms", .min = 1, .max = 1, .priority = 2, .cell = cell_consent },
	{ .name = "segment",
		.title = N_("Segment"),
		.min = 10,
		.max = 12,
		.priority = 1,
		.cell = cell_segment,
		.sorts = true },
	{ .name = "score",
		.title = N_("Score"),
		.min = 6,
		.max = 6,
		.priority = 1,
		.align = ALIGN_RIGHT,
		.cell = cell_score,
		.sorts = true },
	{ .name = "overdue",
		.title = N_("Overdue"),
		.min = 11,
		.max = 14,
		.priority = 3,
		.align = ALIGN_RIGHT,
		.cell = cell_amount,
		.sorts = true },
	{ .name = "city",
		.title = N_("City"),
		.min = 11,
		.max = 16,
		.priority = 4,
		.cell = cell_city },
};

static void toy_details(void *ctx, const void *row, struct strbuf *out)
{
	const struct toy_row *r = row;

	(void)ctx;
	strbuf_addf(out, "%s · no. %lld", r->name, (long long)r->id);
}

static void toy_empty(void *ctx, struct strbuf *out)
{
	struct toy *toy = ctx;

	if (*list_search(&toy->list))
		strbuf_addf(out, "Nothing for “%s”.", list_search(&toy->list));
	else
		strbuf_adds(out, "No customer. i Import a file");
}

static const struct table_ops toy_table_ops = {
	.cols = toy_cols,
	.count = ARRAY_SIZE(toy_cols),
	.fetch = toy_fetch,
	.details = toy_details,
	.empty = toy_empty,
};

/* --- the screen ---------------------------------------------------------- */

static bool toy_open(struct view *v, const void *arg, struct err *err)
{
	struct toy *toy = (struct toy *)v;

	(void)arg;
	(void)err;
	toy->world = ui_context(v->ui);
	list_init(&toy->list, &toy_table_ops, toy, N_("Name, e-mail, phone…"));
	toy->list.table.sort = 0;
	v->list = &toy->list;
	return true;
}

static void toy_close(struct view *v)
{
	list_release(&((struct toy *)v)->list);
}

static void toy_headline(struct view *v, struct strbuf *out)
{
	struct toy *toy = (struct toy *)v;
	int64_t marks = table_marks(&toy->list.table);

	strbuf_adds(out, "Customers · all · ");
	words_count(out, toy->world->count);
	if (marks > 0)
		strbuf_addf(out, " · %d marked", (int)marks);
}

static unsigned toy_undo(struct ui *ui, void *ctx, int64_t id)
{
	struct toy_world *world = ctx;

	world->undone++;
	return ui_say(ui, "Undone %d.", (int)id);
}

static unsigned toy_act(struct view *v, enum action_id action)
{
	struct toy *toy = (struct toy *)v;
	const struct toy_row *row = table_row(&toy->list.table);

	if (action == ACT_OPEN)
		return ui_push(v->ui, &toy_detail_ops, row);
	if (action == ACT_EDIT)
		return ui_done(v->ui, toy_undo, toy->world, row->id, "%s was changed.", row->name);
	if (action == ACT_NEW)
		return ui_push(v->ui, &toy_form_ops, NULL);
	if (action == ACT_COPY)
		return ui_copy(v->ui, "+22670123456");
	return STALE_PASS;
}

static unsigned toy_search(struct view *v, const char *text)
{
	struct toy *toy = (struct toy *)v;

	toy->world->last_search = text;
	toy->world->count = *text ? 3 : 1000;
	table_restart(&toy->list.table);
	return STALE_PAINT;
}

static unsigned toy_reload(struct view *v)
{
	struct toy *toy = (struct toy *)v;

	toy->world->reloads++;
	table_reload(&toy->list.table);
	return STALE_PAINT;
}

static const struct view_action toy_actions[] = {
	{ ACT_OPEN, N_("Record") },
	{ ACT_SEARCH, NULL },
	{ ACT_SORT, NULL },
	{ ACT_COPY, NULL },
	{ ACT_MARK, NULL },
	{ ACT_EDIT, NULL },
	{ ACT_NEW, NULL },
	{ ACT_COLUMNS, NULL },
};

const struct view_ops toy_ops = {
	.name = "toys",
	.title = N_("Customers"),
	.size = sizeof(struct toy),
	.actions = toy_actions,
	.action_count = ARRAY_SIZE(toy_actions),
	.open = toy_open,
	.close = toy_close,
	.reload = toy_reload,
	.headline = toy_headline,
	.act = toy_act,
	.search = toy_search,
};

/* --- a screen over it ---------------------------------------------------- */

static bool detail_open(struct view *v, const void *arg, struct err *err)
{
	struct toy_world *world = ui_context(v->ui);
	const struct toy_row *row = arg;

	if (row->id == 13)
		return err_set(err, ERR_GONE, row->name, "%s", "");
	world->opened++;
	snprintf(world->opened_name, sizeof(world->opened_name), "%s", row->name);
	return true;
}

static void detail_draw(struct view *v, struct canvas *c, struct rect r)
{
	const struct toy_world *world = ui_context(v->ui);

	draw_textf(c, r.y, r.x + 1, r.w - 1, ROLE_EMPHASIS, "%s", world->opened_name);
	draw_cursor(c, r.y, r.x + 1);
}

const struct view_ops toy_detail_ops = {
	.name = "toy",
	.title = N_("Customer"),
	.size = sizeof(struct view),
	.open = detail_open,
	.draw = detail_draw,
};

/* --- a form --------------------------------------------------------------- */

struct toy_form {
	struct view base;
	struct form form;
	struct toy_world *world;
};

static const struct form_choice toy_kinds[] = {
	{ "person", N_("Person") },
	{ "firm", N_("Firm") },
	{ "public", N_("Public body") },
};

static void check_email(void *ctx, const char *value, struct strbuf *sentence)
{
	(void)ctx;
	if (!strchr(value, '@'))
		strbuf_addf(sentence, "“%s” has no @.", value);
}

static const struct form_field toy_fields[] = {
	{ .kind = FORM_HEADING, .label = N_("Identity") },
	{ .name = "kind",
		.label = N_("Kind"),
		.kind = FORM_CHOICE,
		.choices = toy_kinds,
		.choice_count = 3,
		.width = 16 },
	{ .name = "name", .label = N_("Name"), .kind = FORM_TEXT, .required = true },
	{ .name = "email",
		.label = N_("E-mail"),
		.kind = FORM_TEXT,
		.check = check_email,
		.hint = N_("name@example.com") },
	{ .kind = FORM_HEADING, .label = N_("Follow-up") },
	{ .name = "remind", .label = N_("Reminder"), .kind = FORM_DAY },
	{ .name = "limit", .label = N_("Credit limit"), .kind = FORM_NUMBER, .width = 14 },
	{ .name = "vat", .label = N_("Pays VAT"), .kind = FORM_CHECK },
	{ .name = "note", .label = N_("Note"), .kind = FORM_LINES, .lines = 3 },
};

static bool toy_form_open(struct view *v, const void *arg, struct err *err)
{
	struct toy_form *t = (struct toy_form *)v;

	(void)arg;
	(void)err;
	t->world = ui_context(v->ui);
	form_init(&t->form, toy_fields, ARRAY_SIZE(toy_fields), t);
	t->form.today = 20774; /* 2026-11-17 */
	form_set(&t->form, "kind", "firm");
	form_set(&t->form, "name", "Kaboré & Fils");
	form_set(&t->form, "remind", "2026-11-20");
	form_set(&t->form, "note", "Paie en fin de mois.");
	v->form = &t->form;
	t->world->form = &t->form;
	return true;
}

static void toy_form_close(struct view *v)
{
	form_release(v->form);
}

static unsigned toy_form_act(struct view *v, enum action_id action)
{
	struct toy_form *t = (struct toy_form *)v;

	if (action != ACT_SAVE)
		return STALE_PASS;
	if (!form_check(v->form))
		return STALE_PAINT;
	form_saved(v->form);
	t->world->saved++;
	return STALE_POP | STALE_RELOAD | ui_say(v->ui, "Saved.");
}

static const struct view_action toy_form_actions[] = { { ACT_SAVE, NULL } };

const struct view_ops toy_form_ops = {
	.name = "toy-form",
	.title = N_("New customer"),
	.size = sizeof(struct toy_form),
	.actions = toy_form_actions,
	.action_count = ARRAY_SIZE(toy_form_actions),
	.open = toy_form_open,
	.close = toy_form_close,
	.act = toy_form_act,
};

/* --- start and stop ------------------------------------------------------ */

static const struct ui_place places[] = {
	{ 'c', 1, &toy_ops, N_("Customers") },
	{ 't', 3, &toy_ops, N_("Tasks") },
	{ 'f', 0, &toy_form_ops, NULL },
};

static void toy_clock(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, "10:42");
}

static unsigned toy_have(void *ctx)
{
	(void)ctx;
	return NEED_WRITE;
}

static int64_t toy_now(void *ctx)
{
	return ((struct toy_world *)ctx)->now;
}

struct ui *toy_start(struct toy_world *world, int rows, int cols, enum look_id look)
{
	return toy_start_on(world, screen_opts(rows, cols), look);
}

struct ui *toy_start_on(struct toy_world *world, struct term_opts term, enum look_id look)
{
	struct ui_config config = {
		.term = term,
		.look = look,
		.theme = THEME_DARK,
		.places = places,
		.place_count = ARRAY_SIZE(places),
		.ctx = world,
		.event_fd = -1,
		.clock = toy_clock,
		.have = toy_have,
		.now = toy_now,
	};
	struct err err = ERR_INIT;
	struct ui *ui = ui_start(&config, &err);

	assert_non_null(ui);
	ui_set_company(ui, "Sahel Négoce SARL", NULL);
	ui_paint(ui);
	return ui;
}

void toy_stop(struct ui *ui)
{
	ui_stop(ui);
}

struct table *toy_table(struct ui *ui)
{
	return &ui_top(ui)->list->table;
}
