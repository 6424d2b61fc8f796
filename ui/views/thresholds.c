#include "thresholds.h"

#include "cells.h"
#include "form_box.h"
#include "i18n.h"
#include "money.h"
#include "num.h"
#include "work.h"

void thresholds_init(struct thresholds *t, struct desk *desk)
{
	*t = (struct thresholds){ .desk = desk };
}

void thresholds_release(struct thresholds *t)
{
	if (t->has_form)
		form_release(&t->form);
}

static unsigned accept(struct thresholds *t, const struct score_thresholds *chosen)
{
	struct err err = ERR_INIT;

	if (!scores_thresholds_accept(t->desk->s, chosen, &err))
		return ui_error(t->desk->ui, &err);
	return work_scores(t->desk) | STALE_RELOAD;
}

/* --- others -------------------------------------------------------------- */

static const struct form_field fields[] = {
	{ .name = "low",
		.label = N_("A little from"),
		.kind = FORM_NUMBER,
		.width = 18,
		.required = true },
	{ .name = "mid",
		.label = N_("Much, VIP from"),
		.kind = FORM_NUMBER,
		.width = 18,
		.required = true },
	{ .name = "high",
		.label = N_("Very much from"),
		.kind = FORM_NUMBER,
		.width = 18,
		.required = true },
};

static int64_t value_of(struct thresholds *t, const char *name)
{
	int64_t n = 0;

	return num_parse_i64(form_get(&t->form, name), 1, INT64_MAX, &n) ? n : 0;
}

static unsigned ask_others(struct thresholds *t);

static unsigned on_others(void *ctx, const struct answer *answer)
{
	struct thresholds *t = ctx;
	struct score_thresholds chosen;

	if (answer->value != 0)
		return STALE_PAINT;
	chosen.low = value_of(t, "low");
	chosen.mid = value_of(t, "mid");
	chosen.high = value_of(t, "high");
	if (score_thresholds_valid(&chosen))
		return accept(t, &chosen);
	form_blame(&t->form, "high", _("Each must be larger than the one before."));
	return ask_others(t);
}

static unsigned ask_others(struct thresholds *t)
{
	return ui_open(t->desk->ui,
		form_box_new(_("Thresholds"),
			_("What customers have been invoiced in all, tax included."), &t->form,
			_("Take these")),
		on_others, t);
}

static void set(struct thresholds *t, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	form_set(&t->form, name, text);
}

static unsigned write_others(struct thresholds *t)
{
	if (t->has_form)
		form_release(&t->form);
	form_init(&t->form, fields, ARRAY_SIZE(fields), t);
	t->has_form = true;
	set(t, "low", t->proposal.now.low);
	set(t, "mid", t->proposal.now.mid);
	set(t, "high", t->proposal.now.high);
	return ask_others(t);
}

/* --- the proposal -------------------------------------------------------- */

static void add_three(struct strbuf *out, const struct desk *d, const struct score_thresholds *t)
{
	const int64_t all[] = { t->low, t->mid, t->high };

	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		strbuf_adds(out, i ? " · " : "");
		num_format(out, all[i], 0, d->lang);
	}
	strbuf_addf(out, "\u00a0%s", d->currency);
}

static unsigned on_choice(void *ctx, const struct answer *answer)
{
	struct thresholds *t = ctx;
	bool proposed = t->proposal.customers > 0;

	if (proposed && answer->value == 0)
		return accept(t, &t->proposal.proposed);
	if (answer->value == (proposed ? 1 : 0))
		return write_others(t);
	return STALE_PAINT;
}

static void add_proposal(struct thresholds *t, struct strbuf *out)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	strbuf_addf(out, "%s ", _("Now:"));
	add_three(out, t->desk, &t->proposal.now);
	if (!t->proposal.customers) {
		strbuf_addf(out, "\n\n%s",
			_("Nothing is invoiced yet: there is nothing to propose from."));
		return;
	}
	strbuf_addf(out, "\n%s ", _("Proposed:"));
	add_three(out, t->desk, &t->proposal.proposed);
	cell_count(&n, t->desk, t->proposal.customers);
	strbuf_adds(out, "\n\n");
	strbuf_addf(out,
		ngettext("From the revenue of %s customer: 40%% pass the first, 15%% the second, "
			 "5%% the third.",
			"From the revenues of %s customers: 40%% pass the first, 15%% the second, "
			"5%% the third.",
			(unsigned long)t->proposal.customers),
		n.buf);
	strbuf_release(&n);
}

unsigned thresholds_ask(struct thresholds *t)
{
	const char *buttons[3];
	struct dialog_spec spec = { .buttons = buttons };
	struct strbuf text = STRBUF_INIT_MAX(1024);
	struct err err = ERR_INIT;

	if (!scores_thresholds_propose(t->desk->s, &t->proposal, &err))
		return ui_error(t->desk->ui, &err);
	add_proposal(t, &text);
	if (t->proposal.customers)
		buttons[spec.count++] = _("Take the proposal");
	buttons[spec.count++] = _("Write others");
	buttons[spec.count++] = _("Leave them");
	spec.title = _("Thresholds of the score");
	spec.text = text.buf;
	ui_dialog(t->desk->ui, &spec, on_choice, t);
	strbuf_release(&text);
	return STALE_PAINT;
}
