#include "pause_all.h"

#include "campaign_cells.h"
#include "holding.h"
#include "i18n.h"
#include "say.h"
#include "sending.h"

#define CAMPAIGNS_MOST 200
#define PAUSED "paused" /* preference: the campaigns that were paused together */

/* The text has one %s: how many campaigns. */
static unsigned say(struct desk *d, const char *text, int64_t campaigns)
{
	struct strbuf n = STRBUF_INIT_MAX(64), out = STRBUF_INIT_MAX(512);
	unsigned stale;

	sending_poke(d);
	holding_show(d);
	cell_count(&n, d, campaigns);
	say_with(&out, text, n.buf);
	stale = ui_say(d->ui, "%s", out.buf) | STALE_RELOAD;
	strbuf_release(&n);
	strbuf_release(&out);
	return stale;
}

/* --- what is under way --------------------------------------------------- */

static bool add_of(struct desk *d, enum campaign_status status, struct arena *a, struct strbuf *ids,
	struct campaign_gone *gone, struct err *err)
{
	const struct campaign_list list = { .kind = -1, .status = (int)status };
	struct campaign_line *lines;
	int n;

	if (!campaigns_page(d->s, &list, INT64_MAX, CAMPAIGNS_MOST, a, &lines, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		strbuf_addf(ids, "%s%lld", ids->len ? "," : "", (long long)lines[i].campaign.id);
		if (!campaign_gone(d, lines[i].campaign.id, gone, err))
			return false;
	}
	return true;
}

static bool read_active(
	struct desk *d, struct strbuf *ids, struct campaign_gone *gone, struct err *err)
{
	struct arena a = ARENA_INIT;
	bool ok = add_of(d, CAMPAIGN_SCHEDULED, &a, ids, gone, err) &&
		  add_of(d, CAMPAIGN_RUNNING, &a, ids, gone, err);

	arena_release(&a);
	return ok;
}

/* --- going on ------------------------------------------------------------ */

/* Those that were paused together and still are, by a person. */
static int each_paused(struct desk *d, bool resume, struct err *err)
{
	const struct campaign_resume how = CAMPAIGN_RESUME_INIT;
	struct strbuf ids = STRBUF_INIT_MAX(8192);
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct err gone = ERR_INIT;
	int n = 0;

	desk_pref(d, PAUSED, &ids);
	for (char *at = ids.buf; *at;) {
		char *end;
		int64_t id = strtoll(at, &end, 10);

		at = *end ? end + 1 : end;
		if (!campaigns_get(d->s, id, &a, &card, &gone) ||
			card.campaign.status != CAMPAIGN_PAUSED ||
			card.campaign.cause != CAUSE_PERSON)
			continue;
		if (!resume || campaigns_resume(d->s, id, &how, err))
			n++;
	}
	arena_release(&a);
	strbuf_release(&ids);
	return n;
}

bool pause_all_holds(struct desk *d)
{
	struct err err = ERR_INIT;

	return each_paused(d, false, &err) > 0;
}

static unsigned on_resume(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct err err = ERR_INIT;
	unsigned stale;
	int n;

	if (answer->value != 0)
		return STALE_PAINT;
	n = each_paused(d, true, &err);
	stale = say(d,
		ngettext("Sending goes on: %s campaign.", "Sending goes on: %s campaigns.",
			(unsigned long)n),
		n);
	return err.code ? stale | ui_error(d->ui, &err) : stale;
}

static unsigned ask_resume(struct desk *d, int n)
{
	const char *const buttons[] = { _("Go on"), _("Cancel") };
	char text[256];
	const struct dialog_spec spec = { .title = _("Let sending go on?"),
		.text = text,
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons) };

	snprintf(text, sizeof(text),
		ngettext("%d campaign was paused by ! and goes on.",
			"%d campaigns were paused by ! and go on.", (unsigned long)n),
		n);
	return ui_dialog(d->ui, &spec, on_resume, d);
}

/* --- pausing ------------------------------------------------------------- */

static unsigned on_pause(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct strbuf ids = STRBUF_INIT_MAX(8192);
	struct campaign_gone gone = { 0, 0, 0, 0 };
	struct err err = ERR_INIT;
	int64_t n = 0;
	bool ok;

	if (answer->value != 0)
		return STALE_PAINT;
	ok = read_active(d, &ids, &gone, &err) && campaigns_pause_all(d->s, &n, &err);
	if (ok)
		desk_keep(d, PAUSED, ids.buf);
	strbuf_release(&ids);
	return ok ? say(d,
			    ngettext("Paused: %s campaign. ! lets it go on.",
				    "Paused: %s campaigns. ! lets them go on.", (unsigned long)n),
			    n)
		  : ui_error(d->ui, &err);
}

static unsigned ask_pause(struct desk *d, const struct campaign_gone *gone)
{
	const char *const buttons[] = { _("Pause"), _("Cancel") };
	struct strbuf text = STRBUF_INIT_MAX(1024);
	struct dialog_spec spec = {
		.title = _("Pause every sending?"), .buttons = buttons, .count = ARRAY_SIZE(buttons)
	};

	campaign_add_gone(&text, d, gone);
	strbuf_addf(&text, "\n%s",
		_("What has gone, and what is on the way, cannot be called back. What is held "
		  "leaves only once somebody lets it go on."));
	spec.text = text.buf;
	ui_dialog(d->ui, &spec, on_pause, d);
	strbuf_release(&text);
	return STALE_PAINT;
}

unsigned pause_all(struct desk *d)
{
	struct strbuf ids = STRBUF_INIT_MAX(8192);
	struct campaign_gone gone = { 0, 0, 0, 0 };
	struct err err = ERR_INIT;
	unsigned stale;
	int n;

	if (!read_active(d, &ids, &gone, &err))
		stale = ui_error(d->ui, &err);
	else if (ids.len)
		stale = ask_pause(d, &gone);
	else if ((n = each_paused(d, false, &err)))
		stale = ask_resume(d, n);
	else
		stale = ui_say(d->ui, "%s", _("Nothing is being sent."));
	strbuf_release(&ids);
	return stale;
}
