#include "desk.h"

#include "date.h"
#include "desk_event.h"
#include "holding.h"
#include "i18n.h"
#include "money.h"
#include "prefs.h"
#include "sending.h"
#include "tz.h"

#define EVENTS 256
#define HOLD_MS 1000 /* between two sentences about sending in the status line */

/* --- start and stop ------------------------------------------------------ */

/* What money_format puts beside the figure. */
static void find_currency(struct desk *d)
{
	struct strbuf all = STRBUF_INIT_MAX(128), bare = STRBUF_INIT_MAX(64), mark = STRBUF_INIT;
	const char *at;

	money_format(&all, 1, d->s->company.currency, d->lang);
	money_format_bare(&bare, 1, d->s->company.currency, d->lang);
	at = strstr(all.buf, bare.buf);
	if (at) {
		strbuf_add(&mark, all.buf, (size_t)(at - all.buf));
		strbuf_adds(&mark, at + bare.len);
	}
	at = mark.buf;
	while (!strncmp(at, "\u00a0", 2))
		at += 2;
	if (mark.len >= 2 && !strcmp(mark.buf + mark.len - 2, "\u00a0"))
		strbuf_truncate(&mark, mark.len - 2);
	snprintf(d->currency, sizeof(d->currency), "%s", at);
	strbuf_release(&all);
	strbuf_release(&bare);
	strbuf_release(&mark);
}

static void forget_company(struct desk *d)
{
	reader_stop(d->reader);
	d->reader = NULL;
	tz_free(d->tz);
	d->tz = NULL;
	d->country = NULL;
	d->currency[0] = '\0';
}

bool desk_renew(struct desk *d, struct err *err)
{
	struct err zone = ERR_INIT;

	forget_company(d);
	d->reader = reader_start(d->s, d->events, err);
	if (!d->reader)
		return false;
	if (d->s->company.id) {
		d->tz = tz_load(d->s->company.time_zone, &zone);
		d->country = country_find(d->s->company.country);
		find_currency(d);
	}
	d->version = session_data_version(d->s);
	return true;
}

unsigned desk_restart(struct desk *d)
{
	d->again = true;
	return STALE_QUIT;
}

bool desk_open_other(struct desk *d, const char *path, struct err *err)
{
	struct session_options o = {
		.store = path,
		.origin = ORIGIN_SCREEN,
		.clock = d->s->clock,
		.must_exist = true,
	};

	session_close(d->other);
	d->other = session_open(&o, err);
	return d->other != NULL;
}

bool desk_open(struct desk *d, struct session *s, enum lang lang, struct err *err)
{
	*d = (struct desk){ .s = s, .lang = lang, .patience = DESK_PATIENCE };
	d->events = evq_new(EVENTS, err);
	if (d->events)
		return true;
	desk_close(d, true);
	return false;
}

void desk_close(struct desk *d, bool stop)
{
	jobs_end(&d->jobs, stop);
	sending_end(d, !stop);
	forget_company(d);
	if (d->events)
		evq_free(d->events);
	session_close(d->other);
	session_close(d->s);
}

void desk_show_company(struct desk *d)
{
	const struct company *c = &d->s->company;

	/* TRANSLATORS: the banner of a company of invented customers. */
	ui_set_company(d->ui, c->id ? c->name : NULL, c->demo ? _("DEMONSTRATION") : NULL);
}

/* --- time ---------------------------------------------------------------- */

int32_t desk_day(const struct desk *d, int64_t instant, int *minute)
{
	struct tz_time local;
	int32_t second, day;

	if (d->tz) {
		local = tz_local(d->tz, instant);
		if (minute)
			*minute = local.minute;
		return local.day;
	}
	day = date_of_instant(instant, &second);
	if (minute)
		*minute = second / 60;
	return day;
}

int32_t desk_today(const struct desk *d)
{
	return desk_day(d, session_now(d->s), NULL);
}

void desk_clock(void *ctx, struct strbuf *out)
{
	const struct desk *d = ctx;
	int minute;

	desk_day(d, session_now(d->s), &minute);
	date_add_time(out, minute);
}

/* --- rights, preferences ------------------------------------------------- */

bool desk_may(const struct desk *d, enum right right)
{
	return role_may(d->s->actor.roles, right);
}

unsigned desk_have(void *ctx)
{
	return desk_may(ctx, RIGHT_CUSTOMERS_CHANGE) ? NEED_WRITE : 0;
}

enum theme_id desk_theme(const struct desk *d)
{
	struct strbuf kept = STRBUF_INIT_MAX(16);
	struct err err = ERR_INIT;
	enum theme_id theme = theme_guess();

	if (pref_get(d->s, PREF_USER, "theme", &kept, &err) && kept.len &&
		!theme_find(kept.buf, &theme))
		theme = theme_guess();
	strbuf_release(&kept);
	return theme;
}

void desk_pref(struct desk *d, const char *key, struct strbuf *out)
{
	struct err err = ERR_INIT;

	if (!pref_get(d->s, PREF_HERE, key, out, &err))
		strbuf_clear(out);
}

void desk_keep(struct desk *d, const char *key, const char *value)
{
	struct err err = ERR_INIT;

	if (!pref_put(d->s, PREF_HERE, key, value, &err))
		err_clear(&err);
}

/* --- a copy -------------------------------------------------------------- */

void desk_look(struct desk *d)
{
	struct err err = ERR_INIT;

	if (!station_look(d->s, &d->station, &err))
		d->station = STATION_NEW;
}

/* --- what happens elsewhere ---------------------------------------------- */

unsigned desk_on_events(void *ctx, struct ui *ui)
{
	struct desk *d = ctx;
	struct event event;
	unsigned stale = STALE_NONE;

	while (evq_take(d->events, &event)) {
		if (event.kind == EV_JOB || event.kind == EV_JOB_END)
			stale |= job_event(d, &event);
		stale |= ui_event(ui, &event);
	}
	return evq_lost(d->events) ? stale | STALE_RELOAD : stale;
}

/* Why sending waits changes with it, but nobody reads faster than this. */
static unsigned hold(struct desk *d, const struct ui *ui)
{
	d->hold_late = ui_now(ui) - d->held_ms < HOLD_MS;
	if (d->hold_late)
		return STALE_NONE;
	d->held_ms = ui_now(ui);
	return holding_show(d);
}

unsigned desk_on_tick(void *ctx, struct ui *ui)
{
	struct desk *d = ctx;
	int64_t version = session_data_version(d->s);
	struct event changed = { .kind = EV_CHANGED };

	if (version == d->version)
		return d->hold_late ? hold(d, ui) : STALE_NONE;
	d->version = version;
	sending_poke(d);
	desk_look(d);
	return hold(d, ui) | ui_event(ui, &changed) | STALE_RELOAD;
}

bool desk_busy(void *ctx)
{
	struct desk *d = ctx;

	return jobs_busy(&d->jobs) || sending_busy(d);
}
