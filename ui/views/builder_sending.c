/* Fourth step: when it goes, until when, for how much, and who carries it. */
#include "builder.h"
#include "cells.h"
#include "date.h"
#include "i18n.h"
#include "money.h"
#include "num.h"
#include "say.h"
#include "tz.h"

#define HOUR_FIRST (9 * 60) /* proposed for a start */
#define HOUR_LAST (20 * 60) /* and for an end */

static const struct form_choice starts[] = {
	{ "now", N_("when it is launched") },
	{ "at", N_("at a day and hour") },
};

static const struct form_choice zones[] = {
	/* TRANSLATORS: by whose clock. */
	{ "company", N_("the company's clock") },
	{ "customer", N_("each customer's clock") },
};

static void check_hour(void *ctx, const char *value, struct strbuf *sentence);

static const struct form_field fields[] = {
	{ .name = "when",
		/* TRANSLATORS: when a campaign begins. */
		.label = N_("Begins"),
		.kind = FORM_CHOICE,
		.width = 24,
		.choices = starts,
		.choice_count = ARRAY_SIZE(starts) },
	/* TRANSLATORS: of the start of a campaign. */
	{ .name = "day", .label = N_("Day"), .kind = FORM_DAY, .required = true },
	{ .name = "hour",
		/* TRANSLATORS: of the start of a campaign. */
		.label = N_("Hour"),
		.kind = FORM_TEXT,
		.width = 8,
		.max = 8,
		.required = true,
		.check = check_hour },
	{ .name = "zone",
		/* TRANSLATORS: by whose clock a campaign starts: the company's, each customer's. */
		.label = N_("Clock"),
		.kind = FORM_CHOICE,
		.width = 24,
		.choices = zones,
		.choice_count = ARRAY_SIZE(zones) },
	/* TRANSLATORS: nothing is sent after that day. */
	{ .name = "until", .label = N_("Not after"), .kind = FORM_DAY },
	{ .name = "until_hour",
		/* TRANSLATORS: nothing is sent after that hour of that day. */
		.label = N_("at"),
		.kind = FORM_TEXT,
		.width = 8,
		.max = 8,
		.check = check_hour },
	/* TRANSLATORS: what becomes of messages past their time. */
	{ .name = "late", .label = N_("If late"), .kind = FORM_CHOICE, .width = 32 },
	/* TRANSLATORS: what a campaign may cost at most. */
	{ .name = "budget",
		.label = N_("At most"),
		.kind = FORM_NUMBER,
		.width = 12,
		.max = 15,
		.hint = N_("no ceiling") },
};

/* --- hours --------------------------------------------------------------- */

/* 14:32, 14h32, 14 h 32, 14. */
static bool read_hour(const char *text, int *minute)
{
	int hour = 0, min = 0, digits = 0;

	for (; *text >= '0' && *text <= '9' && digits < 2; text++, digits++)
		hour = hour * 10 + (*text - '0');
	if (!digits)
		return false;
	text += strspn(text, " hH:.");
	for (digits = 0; *text >= '0' && *text <= '9' && digits < 2; text++, digits++)
		min = min * 10 + (*text - '0');
	*minute = hour * 60 + min;
	return !*text && hour < 24 && min < 60 && digits != 1;
}

static void check_hour(void *ctx, const char *value, struct strbuf *sentence)
{
	int minute;

	(void)ctx;
	if (!read_hour(value, &minute))
		strbuf_adds(sentence, _("This is no hour: write 9:30 or 14:00."));
}

static int64_t instant(const struct desk *d, int32_t day, int minute)
{
	return d->tz ? tz_instant(d->tz, day, minute * 60)
		     : (int64_t)day * DAY_SECONDS + minute * 60;
}

static void set_moment(struct builder *b, const char *day, const char *hour, int64_t at)
{
	struct strbuf text = STRBUF_INIT_MAX(32);
	int minute;
	int32_t date = desk_day(b->desk, at, &minute);

	date_add_iso(&text, date);
	form_set(&b->form, day, text.buf);
	strbuf_clear(&text);
	date_add_time(&text, minute);
	form_set(&b->form, hour, text.buf);
	strbuf_release(&text);
}

/* False when it is not, or cannot be, read; then what was chosen before stays. */
static bool get_moment(struct builder *b, const char *day, const char *hour, int64_t *at)
{
	const char *text = form_get(&b->form, day);
	int32_t date;
	int minute;

	if (date_parse(text, strlen(text), DATE_ISO, &date) != DATE_OK ||
		!read_hour(form_get(&b->form, hour), &minute))
		return false;
	*at = instant(b->desk, date, minute);
	return true;
}

/* --- the form ------------------------------------------------------------ */

static int64_t currency_unit(const struct builder *b)
{
	int64_t unit = 1;

	for (int i = money_decimals(b->desk->s->company.currency); i > 0; i--)
		unit *= 10;
	return unit;
}

static void enter(struct builder *b)
{
	const struct campaign *c = &b->draft.c;
	struct strbuf budget = STRBUF_INIT_MAX(32);

	for (int i = 0; i < LATE_POLICY_COUNT; i++)
		b->choices[i] = (struct form_choice){ late_policy_word((enum late_policy)i),
			late_policy_label((enum late_policy)i) };
	builder_form(b, fields, ARRAY_SIZE(fields));
	builder_choices(b, "late", b->choices, LATE_POLICY_COUNT);
	form_set(&b->form, "when", c->start_at ? "at" : "now");
	set_moment(b, "day", "hour",
		c->start_at ? c->start_at : instant(b->desk, desk_today(b->desk) + 1, HOUR_FIRST));
	form_set(&b->form, "zone", c->customer_zone ? "customer" : "company");
	if (c->not_after)
		set_moment(b, "until", "until_hour", c->not_after);
	else
		form_set(&b->form, "until_hour", "20:00");
	form_set(&b->form, "late", late_policy_word(c->late));
	if (c->budget)
		strbuf_addf(&budget, "%lld", (long long)(c->budget / currency_unit(b)));
	form_set(&b->form, "budget", budget.buf);
	strbuf_release(&budget);
}

static void show(struct builder *b)
{
	bool at = !strcmp(form_get(&b->form, "when"), "at");

	form_show(&b->form, "day", at);
	form_show(&b->form, "hour", at);
	form_show(&b->form, "zone", at);
	form_show(&b->form, "until_hour", *form_get(&b->form, "until") != '\0');
}

static void take(struct builder *b)
{
	struct campaign c = b->draft.c;
	int64_t budget;

	if (strcmp(form_get(&b->form, "when"), "at"))
		c.start_at = 0;
	else if (!get_moment(b, "day", "hour", &c.start_at))
		c.start_at = b->draft.c.start_at;
	c.customer_zone = c.start_at && !strcmp(form_get(&b->form, "zone"), "customer");
	if (!*form_get(&b->form, "until"))
		c.not_after = 0;
	else if (!get_moment(b, "until", "until_hour", &c.not_after))
		c.not_after = b->draft.c.not_after;
	(void)!late_policy_parse(form_get(&b->form, "late"), &c.late);
	if (!*form_get(&b->form, "budget"))
		c.budget = 0;
	else if (num_parse_i64(form_get(&b->form, "budget"), 0, INT64_C(1000000000000), &budget))
		c.budget = budget * currency_unit(b);
	draft_set_fields(&b->draft, &c);
}

/* --- beside it ----------------------------------------------------------- */

/* "17/11/2026 10:45" or, on the same day, the hour alone. */
static void say_span(struct builder *b, struct strbuf *out)
{
	const struct campaign_forecast *n = &b->figures->now;
	struct strbuf from = STRBUF_INIT_MAX(64), to = STRBUF_INIT_MAX(64);
	int minute;

	if (!n->ends_at)
		return;
	cell_instant(&from, b->desk, n->starts_at);
	if (desk_day(b->desk, n->starts_at, NULL) == desk_day(b->desk, n->ends_at, &minute))
		date_add_time(&to, minute);
	else
		cell_instant(&to, b->desk, n->ends_at);
	/* TRANSLATORS: from a moment to another one. */
	say_with(out, _("From %s"), from.buf);
	strbuf_addc(out, ' ');
	/* TRANSLATORS: "From 17/11/2026 10:45 to about 11:30". */
	say_with(out, _("to about %s"), to.buf);
	strbuf_release(&from);
	strbuf_release(&to);
}

static void side(struct builder *b, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(256);

	rect_top(&r, figures_draw_people(b->figures, c, r));
	if (b->figures->there) {
		say_span(b, &text);
		rect_top(&r, draw_wrapped(c, r, ROLE_NORMAL, text.buf));
		rect_top(&r, 1);
		for (int i = 0; i < CHANNEL_COUNT; i++) {
			strbuf_clear(&text);
			figures_say_carrier(b->figures, (enum channel)i, &text);
			rect_top(&r, draw_wrapped(c, r, ROLE_NORMAL, text.buf));
		}
		rect_top(&r, 1);
		rect_top(&r, figures_draw_cost(b->figures, c, r));
	}
	strbuf_release(&text);
}

static bool complete(const struct builder *b)
{
	return b->figures->there && b->figures->now.ends_at > 0;
}

const struct step_ops builder_sending = {
	/* TRANSLATORS: a step of making a campaign; up to 12 cells. */
	.title = N_("Sending"),
	.enter = enter,
	.take = take,
	.show = show,
	.side = side,
	.complete = complete,
};
