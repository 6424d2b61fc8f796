/* First step: what the campaign is called, and what it is. */
#include "builder.h"
#include "i18n.h"

static const struct form_field fields[] = {
	{ .name = "name",
		.label = N_("Name"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = CAMPAIGN_NAME_MAX },
	{ .name = "type", .label = N_("Type"), .kind = FORM_CHOICE, .width = 22 },
};

static void enter(struct builder *b)
{
	for (int i = 0; i < CAMPAIGN_TYPE_COUNT; i++)
		b->choices[i] = (struct form_choice){ campaign_type_word((enum campaign_type)i),
			campaign_type_label((enum campaign_type)i) };
	builder_form(b, fields, ARRAY_SIZE(fields));
	builder_choices(b, "type", b->choices, CAMPAIGN_TYPE_COUNT);
	/* A name that was only proposed gives way to the first letter that is typed. */
	b->fields[form_find(&b->form, "name")].hint = arena_strdup(&b->words, b->proposed.buf);
	form_set(&b->form, "name",
		strcmp(b->draft.name.buf, b->proposed.buf) ? b->draft.name.buf : "");
	form_set(&b->form, "type", campaign_type_word(b->draft.c.type));
}

static void take(struct builder *b)
{
	struct campaign c = b->draft.c;
	const char *name = form_get(&b->form, "name");

	draft_set(&b->draft, &b->draft.name, *name ? name : b->proposed.buf);
	if (campaign_type_parse(form_get(&b->form, "type"), &c.type))
		draft_set_fields(&b->draft, &c);
}

static void side(struct builder *b, struct canvas *c, struct rect r)
{
	const char *text =
		campaign_type_marketing(b->draft.c.type)
			? _("Marketing: it goes only to people who have agreed to it, within the "
			    "hours allowed, and not too often. Every message says how to stop.")
			: _("About an order or an invoice: it needs no consent, and it may name "
			    "the invoice, the amount and the day it is due. It must not "
			    "advertise.");
	int lines = draw_wrapped(c, r, ROLE_NORMAL, text);

	rect_top(&r, lines + 1);
	draw_wrapped(c, r, ROLE_DIM,
		_("What you type is stored by itself. PgDn goes to the next step, PgUp back."));
}

static bool complete(const struct builder *b)
{
	return b->draft.c.id != 0;
}

const struct step_ops builder_type = {
	/* TRANSLATORS: a step of making a campaign; up to 12 cells. */
	.title = N_("Type"),
	.enter = enter,
	.take = take,
	.side = side,
	.complete = complete,
};
