#include "customer_pick.h"

#include "cells.h"
#include "customer_list.h"
#include "i18n.h"

#define SHOWN_MOST 12

void customer_pick_init(struct customer_pick *p, struct desk *desk,
	unsigned (*chosen)(void *ctx, int64_t id), void *ctx)
{
	*p = (struct customer_pick){ .desk = desk, .chosen = chosen, .ctx = ctx };
}

void customer_pick_release(struct customer_pick *p)
{
	arena_release(&p->arena);
}

static unsigned on_line(void *ctx, const struct answer *answer)
{
	struct customer_pick *p = ctx;

	if (answer->value < 0 || answer->value >= p->count)
		return STALE_PAINT;
	return p->chosen(p->ctx, p->ids[answer->value]);
}

static unsigned choose(struct customer_pick *p)
{
	struct menu_item items[SHOWN_MOST];
	struct menu_spec spec = { .title = _("Which customer?"), .items = items };
	struct customer_line *lines;
	struct err err = ERR_INIT;
	int n = p->count < SHOWN_MOST ? p->count : SHOWN_MOST;

	if (!customers_lines(p->desk->s, p->ids, n, &p->arena, &lines, &n, &err))
		return ui_error(p->desk->ui, &err);
	for (int i = 0; i < n; i++) {
		struct strbuf name = STRBUF_INIT_MAX(512), phone = STRBUF_INIT_MAX(64);

		customer_name(lines[i].name, lines[i].first_name, &name);
		cell_phone(&phone, p->desk, lines[i].phone_e164, lines[i].phone);
		p->ids[i] = lines[i].id;
		items[i] = (struct menu_item){ .label = arena_strdup(&p->arena, name.buf),
			.note = arena_strdup(&p->arena, phone.buf),
			.value = i };
		strbuf_release(&name);
		strbuf_release(&phone);
	}
	spec.count = (size_t)n;
	return ui_menu(p->desk->ui, &spec, on_line, p);
}

static unsigned on_text(void *ctx, const struct answer *answer)
{
	struct customer_pick *p = ctx;
	struct list_query query = customer_list_query(p->desk->s);
	struct customer_hits hits;
	struct err err = ERR_INIT;

	if (answer->value != 0 || !*answer->text)
		return STALE_PAINT;
	arena_clear(&p->arena);
	if (!customers_search(p->desk->s, &query, answer->text, &p->arena, &hits, &err))
		return ui_error(p->desk->ui, &err);
	p->ids = hits.ids;
	p->count = hits.count;
	if (!p->count)
		return ui_say(p->desk->ui, _("Nobody for “%s”."), answer->text);
	if (p->count == 1)
		return p->chosen(p->ctx, p->ids[0]);
	return choose(p);
}

unsigned customer_pick_ask(struct customer_pick *p, const char *title)
{
	const char *buttons[] = { _("Search"), _("Cancel") };
	const struct dialog_spec spec = { .title = title,
		.text = _("Part of a name, a phone or an e-mail."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = _("Customer"),
		.max = 200 };

	return ui_dialog(p->desk->ui, &spec, on_text, p);
}
