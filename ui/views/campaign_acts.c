#include "campaign_acts.h"

#include "acts.h"
#include "campaign_builder.h"
#include "campaign_cells.h"
#include "campaign_view.h"
#include "holding.h"
#include "i18n.h"
#include "mem.h"
#include "say.h"
#include "sending.h"

#define DAY_SECONDS 86400

static void take(struct campaign_acts *a, const struct campaign *c)
{
	a->id = c->id;
	a->status = c->status;
	a->cause = c->cause;
	snprintf(a->name, sizeof(a->name), "%s", c->name);
}

static bool may(const struct campaign_acts *a, enum campaign_act act)
{
	enum campaign_status to;

	return campaign_next(act, a->status, &to);
}

/* "Promo · stopped": what was done, and everything is read anew. */
static unsigned done(const struct campaign_acts *a, const char *what)
{
	sending_poke(a->desk);
	holding_show(a->desk);
	return ui_say(a->desk->ui, "%s · %s", a->name, what) | STALE_RELOAD;
}

static unsigned fail(const struct campaign_acts *a, const struct err *err)
{
	return ui_error(a->desk->ui, err) | STALE_RELOAD;
}

/* --- pause --------------------------------------------------------------- */

unsigned campaign_acts_pause(struct campaign_acts *a, const struct campaign *c)
{
	struct err err = ERR_INIT;

	take(a, c);
	if (!campaigns_pause(a->desk->s, a->id, &err))
		return fail(a, &err);
	return done(a, _("paused: what is on its way arrives, no other message leaves."));
}

/* --- going on ------------------------------------------------------------ */

static unsigned resume(struct campaign_acts *a, const struct campaign_resume *how)
{
	struct err err = ERR_INIT;

	if (!campaigns_resume(a->desk->s, a->id, how, &err))
		return fail(a, &err);
	return done(a, _("goes on."));
}

enum { LATE_SEND, LATE_LEAVE };

static unsigned on_late(void *ctx, const struct answer *answer)
{
	struct campaign_acts *a = ctx;
	struct campaign_resume how = CAMPAIGN_RESUME_INIT;

	if (answer->value < 0)
		return STALE_PAINT;
	if (answer->value == LATE_SEND)
		how.not_after = session_now(a->desk->s) + DAY_SECONDS;
	else
		how.expire = true;
	return resume(a, &how);
}

static unsigned ask_late(struct campaign_acts *a)
{
	const struct menu_item items[] = {
		{ .letter = 's',
			.label = _("Send them all the same, within 24 hours"),
			.value = LATE_SEND },
		{ .letter = 'n',
			.label = _("Do not send what is past its time"),
			.value = LATE_LEAVE },
	};
	const struct menu_spec spec = { .title = _("Messages are past their time"),
		.items = items,
		.count = ARRAY_SIZE(items),
		.current = LATE_LEAVE };

	return ui_menu(a->desk->ui, &spec, on_late, a);
}

static unsigned ask_budget(struct campaign_acts *a);

static unsigned on_budget(void *ctx, const struct answer *answer)
{
	struct campaign_acts *a = ctx;
	struct campaign_resume how = CAMPAIGN_RESUME_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!*answer->text)
		how.budget = 0;
	else if (!act_amount(a->desk, answer->text, &how.budget))
		return ask_budget(a);
	return resume(a, &how);
}

static unsigned ask_budget(struct campaign_acts *a)
{
	const char *const buttons[] = { _("Go on"), _("Cancel") };
	char label[64];
	const struct dialog_spec spec = {
		.title = a->name,
		.text = _("The budget is used up. Until which amount may it go on? Left empty, "
			  "without a limit."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = label,
		.max = 32,
	};

	cell_head(label, sizeof(label), a->desk, _("Budget"));
	return ui_dialog(a->desk->ui, &spec, on_budget, a);
}

unsigned campaign_acts_resume(struct campaign_acts *a, const struct campaign *c)
{
	const struct campaign_resume how = CAMPAIGN_RESUME_INIT;

	take(a, c);
	if (!may(a, CAMPAIGN_ACT_RESUME))
		return STALE_NONE;
	if (a->cause == CAUSE_LATE)
		return ask_late(a);
	if (a->cause == CAUSE_BUDGET)
		return ask_budget(a);
	return resume(a, &how);
}

/* --- stopping ------------------------------------------------------------ */

struct stop_job {
	struct job job;
	int64_t id, cancelled;
	char name[CAMPAIGN_NAME_MAX + 1];
};

static bool run_stop(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct stop_job *stop = (struct stop_job *)job;

	return campaigns_stop(s, stop->id, p, &stop->cancelled, err);
}

static unsigned stop_ended(struct desk *d, struct job *job)
{
	const struct stop_job *stop = (struct stop_job *)job;
	struct strbuf n = STRBUF_INIT_MAX(64);
	unsigned stale;

	if (!job->ok)
		return ui_error(d->ui, &job->err) | STALE_RELOAD;
	cell_count(&n, d, stop->cancelled);
	stale = ui_say(d->ui,
		ngettext("%s: stopped, %s message will not leave.",
			"%s: stopped, %s messages will not leave.", (unsigned long)stop->cancelled),
		stop->name, n.buf);
	strbuf_release(&n);
	return stale | STALE_RELOAD;
}

static const struct job_ops stop_ops = {
	.title = N_("Stop of a campaign"),
	.run = run_stop,
	.ended = stop_ended,
};

static unsigned on_stop(void *ctx, const struct answer *answer)
{
	struct campaign_acts *a = ctx;
	struct stop_job *stop;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	stop = mem_zalloc(1, sizeof(*stop));
	stop->job.ops = &stop_ops;
	stop->id = a->id;
	snprintf(stop->name, sizeof(stop->name), "%s", a->name);
	if (!job_start(a->desk, &stop->job, &err))
		return fail(a, &err);
	return STALE_PAINT;
}

unsigned campaign_acts_stop(struct campaign_acts *a, const struct campaign *c)
{
	struct campaign_gone gone = { 0, 0, 0, 0 };
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	unsigned stale;

	take(a, c);
	if (!may(a, CAMPAIGN_ACT_STOP))
		return ui_say(a->desk->ui, "%s",
			_("Only what is scheduled, under way or paused can be stopped."));
	if (!campaign_gone(a->desk, a->id, &gone, &err))
		return fail(a, &err);
	campaign_add_gone(&text, a->desk, &gone);
	strbuf_addf(&text, "\n%s",
		_("What has gone cannot be called back. The others never leave: a campaign that "
		  "was stopped does not go on. To go on later, pause it instead."));
	stale = ui_confirm(
		a->desk->ui, _("Stop this campaign for good?"), text.buf, _("Stop"), on_stop, a);
	strbuf_release(&text);
	return stale;
}

/* --- drafts -------------------------------------------------------------- */

unsigned campaign_acts_duplicate(struct campaign_acts *a, const struct campaign *c)
{
	struct err err = ERR_INIT;
	int64_t copy;

	take(a, c);
	if (!campaigns_duplicate(a->desk->s, a->id, &copy, &err))
		return fail(a, &err);
	return done(a, _("duplicated: the copy is a draft without a date.")) |
	       builder_open(a->desk->ui, copy);
}

static unsigned on_delete(void *ctx, const struct answer *answer)
{
	struct campaign_acts *a = ctx;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!campaigns_delete(a->desk->s, a->id, &err))
		return fail(a, &err);
	return done(a, _("the draft was deleted."));
}

unsigned campaign_acts_delete(struct campaign_acts *a, const struct campaign *c)
{
	take(a, c);
	if (!may(a, CAMPAIGN_ACT_EDIT))
		return STALE_NONE;
	return ui_confirm(a->desk->ui, a->name,
		_("Delete this draft? Nothing was sent of it; its texts are lost."), _("Delete"),
		on_delete, a);
}

/* --- the menu ------------------------------------------------------------ */

typedef unsigned deed(struct campaign_acts *a, const struct campaign *c);

static const struct {
	uint32_t letter;
	const char *label; /* N_() */
	enum campaign_act act;
	deed *run;
} deeds[] = {
	{ 'p', N_("Pause"), CAMPAIGN_ACT_PAUSE, campaign_acts_pause },
	{ 'r', N_("Go on"), CAMPAIGN_ACT_RESUME, campaign_acts_resume },
	{ 'd', N_("Duplicate, without its date"), CAMPAIGN_ACT_COUNT, campaign_acts_duplicate },
	{ 'x', N_("Stop for good"), CAMPAIGN_ACT_STOP, campaign_acts_stop },
	{ 's', N_("Delete the draft"), CAMPAIGN_ACT_EDIT, campaign_acts_delete },
};

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct campaign_acts *a = ctx;
	struct campaign_card card;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	unsigned stale;

	if (answer->value < 0)
		return STALE_PAINT;
	if (campaigns_get(a->desk->s, a->id, &arena, &card, &err))
		stale = deeds[answer->value].run(a, &card.campaign);
	else
		stale = fail(a, &err);
	arena_release(&arena);
	return stale;
}

unsigned campaign_acts_menu(struct campaign_acts *a, const struct campaign *c)
{
	struct menu_item items[ARRAY_SIZE(deeds)];
	struct menu_spec spec = { .title = c->name, .items = items };

	take(a, c);
	for (size_t i = 0; i < ARRAY_SIZE(deeds); i++)
		if (deeds[i].act == CAMPAIGN_ACT_COUNT || may(a, deeds[i].act))
			items[spec.count++] = (struct menu_item){ .letter = deeds[i].letter,
				.label = _(deeds[i].label),
				.value = (int)i };
	return ui_menu(a->desk->ui, &spec, on_menu, a);
}

unsigned campaign_open(struct desk *d, int64_t id, enum campaign_status status)
{
	if (status == CAMPAIGN_DRAFT || status == CAMPAIGN_READY)
		return builder_open(d->ui, id);
	return ui_push(d->ui, &campaign_view, &id);
}
