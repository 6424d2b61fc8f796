#include "holding.h"

#include "campaign_cells.h"
#include "i18n.h"
#include "pause_all.h"

#define CAMPAIGNS_MOST 200

/* "Sending 34/120": of all that are under way. */
static bool add_running(struct desk *d, struct arena *a, struct strbuf *out, struct err *err)
{
	const struct campaign_list running = { .kind = -1, .status = CAMPAIGN_RUNNING };
	struct campaign_funnel sum = { .people = 0 };
	struct campaign_line *lines;
	int n;

	if (!campaigns_page(d->s, &running, INT64_MAX, CAMPAIGNS_MOST, a, &lines, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		sum.people += lines[i].funnel.people;
		sum.left_out += lines[i].funnel.left_out;
		sum.sent +=
			lines[i].funnel.sent + lines[i].funnel.failed + lines[i].funnel.uncertain;
		sum.queued += lines[i].funnel.queued;
	}
	if (!sum.queued)
		return true;
	/* TRANSLATORS: in the status line: how many of how many have gone follows. */
	strbuf_addf(out, "%s ", _("Sending"));
	campaign_add_sent(out, d, &sum);
	return true;
}

/* The wait that ends first; one until somebody acts is told before all. */
static const struct campaign_wait *next_wait(const struct waiting *list, int n)
{
	const struct campaign_wait *next = NULL;

	for (int i = 0; i < n; i++)
		if (!next || list[i].wait.until < next->until)
			next = &list[i].wait;
	return next;
}

static bool add_wait(struct desk *d, struct arena *a, struct strbuf *out, struct err *err)
{
	const struct campaign_wait *wait;
	struct waiting *list;
	int n;

	if (!campaigns_waiting(d->s, a, &list, &n, err))
		return false;
	wait = next_wait(list, n);
	if (!wait)
		return true;
	strbuf_adds(out, _(": "));
	campaign_add_wait(out, d, wait);
	return true;
}

unsigned holding_show(struct desk *d)
{
	unsigned stale;
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	bool ok = d->s->company.id && desk_may(d, RIGHT_CAMPAIGNS_READ) &&
		  add_running(d, &a, &text, &err);

	if (d->station == STATION_COPY) {
		strbuf_clear(&text);
		strbuf_adds(&text, _("This store is a copy: nothing is sent (settings)"));
	} else if (ok && text.len)
		ok = add_wait(d, &a, &text, &err);
	if (ok && !text.len && pause_all_holds(d))
		strbuf_adds(&text, _("Sending is paused: ! lets it go on"));
	if (!ok && d->station != STATION_COPY)
		strbuf_clear(&text);
	stale = ui_status(d->ui, STATUS_HOLD, text.buf);
	strbuf_release(&text);
	arena_release(&a);
	return stale;
}
