#include "reach.h"

#include "filter.h"
#include "settings.h"

#define DAY_SECONDS 86400

static bool read_filter(struct reach *r, struct err *err)
{
	struct filter_error error;

	r->list = customer_list_query(r->s);
	if (filter_parse(&r->arena, r->campaign->filter, &r->list.filter, &error))
		return true;
	return err_set(err, ERR_FILTER, r->campaign->filter + error.at, "byte %zu: %s", error.at,
		filter_problem_label(error.problem));
}

static bool asks_for_invoice(const struct composer *c)
{
	const uint32_t invoice = UINT32_C(1) << VAR_FACTURE | UINT32_C(1) << VAR_ECHEANCE;

	for (int i = 0; i < c->n; i++)
		if (c->list[i].vars & invoice)
			return true;
	return false;
}

static bool read_terms(struct reach *r, struct err *err)
{
	const struct campaign *c = r->campaign;
	int64_t days, hours;

	r->terms = (struct audience_terms){
		.channels = c->channels,
		.order = c->order,
		.marketing = campaign_type_marketing(c->type),
	};
	if (!settings_number(r->s, SETTING_CAP_MESSAGES, &r->terms.cap, err) ||
		!settings_number(r->s, SETTING_CAP_DAYS, &days, err) ||
		!settings_number(r->s, SETTING_LATE_HOURS, &hours, err))
		return false;
	r->start = c->start_at > r->now ? c->start_at : r->now;
	r->not_after = c->not_after ? c->not_after : r->start + hours * 3600;
	r->query = (struct audience_query){
		.list = &r->list,
		.persons = c->persons,
		.channels = c->channels,
		.marketing = r->terms.marketing && r->terms.cap,
		.since = r->now - days * DAY_SECONDS,
		.campaign_id = c->id,
		.invoice = asks_for_invoice(&r->composer),
		.today = r->list.today,
	};
	return true;
}

bool reach_open(
	struct reach *r, struct session *s, const struct campaign *campaign, struct err *err)
{
	*r = (struct reach){ .s = s, .campaign = campaign, .now = session_now(s) };
	return composer_open(&r->composer, s, campaign, err) &&
	       calendar_open(&r->calendar, s, err) && read_filter(r, err) && read_terms(r, err);
}

void reach_release(struct reach *r)
{
	composer_release(&r->composer);
	calendar_release(&r->calendar);
	arena_release(&r->arena);
}

bool reach_has_texts(const struct reach *r, struct err *err)
{
	if (!r->campaign->channels)
		return err_set(err, ERR_NO_TEXT, r->campaign->name, "no channel");
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (r->campaign->channels & UINT32_C(1) << i &&
			!composer_pick(&r->composer, (enum channel)i, ""))
			return err_set(err, ERR_NO_TEXT, channel_label((enum channel)i), "%s",
				r->campaign->name);
	return true;
}

bool reach_people(struct reach *r, int64_t after, int n, struct arena *a, struct person **out,
	int *count, struct err *err)
{
	return store_audience(r->s->db, &r->query, after, n, a, out, count, err);
}

int64_t reach_due(struct reach *r, const struct person *p, enum channel channel)
{
	int64_t at = r->campaign->customer_zone && r->campaign->start_at
			     ? calendar_same_time(&r->calendar, p->time_zone, r->start)
			     : r->start;

	return r->terms.marketing ? calendar_next(&r->calendar, channel, p->time_zone, at) : at;
}
