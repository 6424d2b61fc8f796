/* Second step: whom the campaign reaches, and who is left out and why. */
#include "builder.h"
#include "builder_left_out.h"
#include "campaign_people.h"
#include "cells.h"
#include "customers.h"
#include "filter.h"
#include "i18n.h"
#include "overview.h"
#include "path.h"
#include "say_send.h"
#include "segment.h"

/* Segments are chosen, but none yet: that is nobody, never everybody. */
#define NOBODY "score<0"

#define PATH_MOST 4096 /* bytes */

enum { RUN_FILTER = 1, RUN_LIST };

static const struct form_choice ways[] = {
	{ "all", N_("All customers") }, { "segments", N_("Segments") },
	{ "filter", N_("A filter") }, { "list", N_("A list (file)") },
	{ "persons", N_("Those who were marked") }, /* the last: not always there */
};

static const struct form_field fields[] = {
	/* TRANSLATORS: whom a campaign reaches. */
	{ .name = "by", .label = N_("To whom"), .kind = FORM_CHOICE, .width = 24 },
	{ .name = "VIP", .label = N_("VIP"), .kind = FORM_CHECK },
	{ .name = "LOYAL", .label = N_("Loyal"), .kind = FORM_CHECK },
	{ .name = "REGULAR", .label = N_("Regular"), .kind = FORM_CHECK },
	{ .name = "OCCASIONAL", .label = N_("Occasional"), .kind = FORM_CHECK },
	{ .name = "AT_RISK", .label = N_("At risk"), .kind = FORM_CHECK },
};

/* --- the filter of segments ---------------------------------------------- */

/* The segments that a filter names, if it does nothing else; -1. */
static int segments_of(const char *text)
{
	struct arena a = ARENA_INIT;
	const struct filter *f;
	struct filter_error wrong;
	int mask = -1;

	if (filter_parse(&a, text, &f, &wrong) && f && f->kind == FILTER_TERM &&
		f->field == FILTER_SEGMENT && f->op == FILTER_EQ) {
		mask = 0;
		for (size_t i = 0; i < f->count; i++)
			if (f->values[i].kind == VALUE_NUMBER)
				mask |= 1 << f->values[i].number;
	}
	arena_release(&a);
	return strcmp(text, NOBODY) ? mask : 0;
}

static void add_segments(struct form *f, struct strbuf *out)
{
	for (int i = 0; i < SEGMENT_COUNT; i++) {
		const char *word = segment_word((enum segment)i);

		if (form_checked(f, word))
			strbuf_addf(out, "%s%s", out->len ? "," : "segment=", word);
	}
	if (!out->len)
		strbuf_adds(out, NOBODY);
}

static enum people_by way_of(const struct builder *b)
{
	const struct draft *d = &b->draft;

	if (d->persons.len)
		return strcmp(d->persons.buf, b->listed.buf) ? BY_PERSONS : BY_LIST;
	if (b->by == BY_LIST && !b->listed.len && !strcmp(d->filter.buf, NOBODY))
		return BY_LIST;
	if (!d->filter.len)
		return b->by == BY_FILTER ? BY_FILTER : BY_ALL;
	return segments_of(d->filter.buf) >= 0 && b->by != BY_FILTER ? BY_SEGMENTS : BY_FILTER;
}

/* --- the form ------------------------------------------------------------ */

static void enter(struct builder *b)
{
	int mask = segments_of(b->draft.filter.buf);

	b->by = way_of(b);
	if (b->by == BY_PERSONS && strcmp(b->marked.buf, b->draft.persons.buf)) {
		strbuf_clear(&b->marked);
		strbuf_adds(&b->marked, b->draft.persons.buf);
	}
	builder_form(b, fields, ARRAY_SIZE(fields));
	builder_choices(b, "by", ways, b->marked.len ? ARRAY_SIZE(ways) : ARRAY_SIZE(ways) - 1);
	form_set(&b->form, "by", ways[b->by].name);
	for (int i = 0; i < SEGMENT_COUNT; i++)
		form_set(&b->form, segment_word((enum segment)i),
			mask > 0 && mask & 1 << i ? "1" : "0");
}

static void show(struct builder *b)
{
	for (int i = 0; i < SEGMENT_COUNT; i++)
		form_show(&b->form, segment_word((enum segment)i), b->by == BY_SEGMENTS);
}

static void take(struct builder *b)
{
	struct strbuf filter = STRBUF_INIT_MAX(FILTER_TEXT_MAX);
	struct draft *d = &b->draft;

	b->by = (enum people_by)b->form.values[form_find(&b->form, "by")].choice;
	if (b->by == BY_SEGMENTS)
		add_segments(&b->form, &filter);
	else if (b->by == BY_FILTER)
		strbuf_adds(&filter, d->filter.buf);
	else if (b->by == BY_LIST && !b->listed.len)
		strbuf_adds(&filter, NOBODY);
	draft_set(d, &d->filter, filter.buf);
	draft_set(d, &d->persons,
		b->by == BY_PERSONS ? b->marked.buf
		: b->by == BY_LIST  ? b->listed.buf
				    : "");
	strbuf_release(&filter);
}

/* --- items --------------------------------------------------------------- */

static void add_filter(struct builder *b)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct arena a = ARENA_INIT;
	const struct filter *f;
	struct filter_error wrong;

	if (filter_parse(&a, b->draft.filter.buf, &f, &wrong) && f)
		cell_filter(&text, b->desk, f);
	else
		strbuf_adds(&text, _("No filter yet: all customers"));
	builder_item(b, ITEM_TEXT, text.buf)->role = ROLE_EMPHASIS;
	builder_button(b, RUN_FILTER, _("Choose a filter"));
	arena_release(&a);
	strbuf_release(&text);
}

static void add_persons(struct builder *b)
{
	struct strbuf n = STRBUF_INIT_MAX(64), text = STRBUF_INIT_MAX(256);
	int64_t count = draft_persons(&b->draft);

	cell_count(&n, b->desk, count);
	say_with(&text,
		ngettext("%s customer, chosen one by one", "%s customers, chosen one by one",
			(unsigned long)count),
		n.buf);
	builder_item(b, ITEM_TEXT, text.buf)->role = ROLE_EMPHASIS;
	strbuf_release(&n);
	strbuf_release(&text);
}

static void add_list(struct builder *b)
{
	const char *said = b->list_said.buf;

	if (!b->list_said.len)
		said = _("No list yet: nobody. Choose a file whose rows name customers by code, "
			 "e-mail or telephone, or paste such rows here.");
	builder_item(b, ITEM_TEXT, said)->role = ROLE_EMPHASIS;
	builder_button(b, RUN_LIST, _("Choose a file"));
}

void builder_add_reasons(struct builder *b)
{
	const struct figures *f = b->figures;
	struct strbuf text = STRBUF_INIT_MAX(256), n = STRBUF_INIT_MAX(64);
	struct builder_item *item;

	if (!f->there)
		return;
	cell_count(&n, b->desk, f->now.looked_at);
	say_with(&text, ngettext("%s chosen", "%s chosen", (unsigned long)f->now.looked_at), n.buf);
	strbuf_adds(&text, f->now.left_out ? ", " : "");
	strbuf_clear(&n);
	cell_count(&n, b->desk, f->now.left_out);
	if (f->now.left_out) {
		say_with(&text,
			ngettext("%s left out:", "%s left out:", (unsigned long)f->now.left_out),
			n.buf);
	}
	item = builder_item(b, ITEM_TEXT, text.buf);
	item->side = true;
	item->role = f->old ? ROLE_DIM : ROLE_NORMAL;
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++) {
		if (!f->now.by_reason[i])
			continue;
		strbuf_clear(&text);
		say_left_out(&text, (enum message_reason)i, f->now.by_reason[i], b->desk->lang);
		item = builder_item(b, ITEM_REASON + i, text.buf);
		item->side = true;
		item->role = f->old ? ROLE_DIM : ROLE_NORMAL;
	}
	strbuf_release(&text);
	strbuf_release(&n);
}

unsigned builder_open_reason(struct builder *b, int value)
{
	const struct left_out_show show = { .campaign_id = b->draft.c.id,
		.reason = value - ITEM_REASON };

	return ui_push(b->view.ui, &builder_left_out_view, &show);
}

static void fill(struct builder *b)
{
	if (b->by == BY_FILTER)
		add_filter(b);
	if (b->by == BY_LIST)
		add_list(b);
	if (b->by == BY_PERSONS)
		add_persons(b);
	builder_add_reasons(b);
}

/* --- a list from elsewhere ------------------------------------------------ */

static void take_list(struct builder *b, const struct campaign_people *people)
{
	strbuf_clear(&b->listed);
	campaign_people_add(people, &b->listed);
	strbuf_clear(&b->list_said);
	say_list(&b->list_said, people->ids.len, people->lines.items, people->lines.len,
		b->desk->lang);
}

/* From a file, or from `text` where `path` is NULL. */
static unsigned read_list(struct builder *b, const char *path, const char *text, size_t len)
{
	struct campaign_people people;
	struct err err = ERR_INIT;
	bool ok = path ? campaign_people_file(b->desk->s, path, &people, &err)
		       : campaign_people_text(b->desk->s, text, len, &people, &err);

	if (ok)
		take_list(b, &people);
	campaign_people_release(&people);
	return ok ? STALE_PAINT : ui_error(b->view.ui, &err);
}

static unsigned on_list(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	const char *home = getenv("HOME"), *typed = answer->text;
	struct strbuf path = STRBUF_INIT_MAX(PATH_MOST);
	bool own = home && !strncmp(typed, "~/", 2);
	unsigned stale = STALE_PAINT;

	if (answer->value == 0 && *typed) {
		strbuf_addf(&path, "%s%s", own ? home : "", typed + own);
		stale = read_list(b, path.buf, NULL, 0);
	}
	strbuf_release(&path);
	return stale;
}

static unsigned ask_list(struct builder *b)
{
	const char *buttons[] = { _("Take it"), _("Cancel") };
	struct strbuf folder = STRBUF_INIT_MAX(PATH_MOST);
	struct err err = ERR_INIT;
	struct dialog_spec spec = { .title = _("A list of customers"),
		.text = _("The path of a CSV file or of an .xlsx workbook; each row names a "
			  "customer by code, e-mail or telephone. ~ is your own folder."),
		.label = _("Path"),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.focus = ARRAY_SIZE(buttons),
		.ask = true,
		.max = PATH_MOST - 1 };
	unsigned stale;

	if (path_place(PATH_EXCHANGE, &folder, &err))
		strbuf_addc(&folder, '/');
	else
		err_clear(&err);
	spec.initial = folder.buf;
	stale = ui_dialog(b->view.ui, &spec, on_list, b);
	strbuf_release(&folder);
	return stale;
}

static unsigned paste(struct builder *b, const char *text, size_t len)
{
	return b->by == BY_LIST ? read_list(b, NULL, text, len) : STALE_PASS;
}

static unsigned run(struct builder *b, int value)
{
	if (value == RUN_LIST)
		return ask_list(b);
	if (value == RUN_FILTER)
		return filter_box_ask(&b->ask_filter, b->draft.filter.buf);
	return builder_open_reason(b, value);
}

static void side(struct builder *b, struct canvas *c, struct rect r)
{
	rect_top(&r, figures_draw_people(b->figures, c, r));
	rect_top(&r, builder_draw_items(b, c, r, true));
	rect_top(&r, 1);
	if (b->figures->there && b->figures->now.left_out)
		draw_wrapped(c, r, ROLE_DIM, _("Tab goes there, Enter shows who they are."));
}

static bool complete(const struct builder *b)
{
	return b->figures->there && b->figures->now.people > 0;
}

const struct step_ops builder_people = {
	/* TRANSLATORS: a step of making a campaign; up to 14 cells. */
	.title = N_("Recipients"),
	.enter = enter,
	.take = take,
	.show = show,
	.fill = fill,
	.run = run,
	.paste = paste,
	.side = side,
	.complete = complete,
};
