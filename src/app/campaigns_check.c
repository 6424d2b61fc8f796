/* What is wrong with a draft, before anybody receives it. */
#include <stdlib.h>

#include "campaigns_private.h"
#include "db.h"
#include "filter.h"
#include "providers.h"
#include "reach.h"
#include "settings.h"
#include "station.h"
#include "stop_text.h"
#include "template.h"

#define DAY 86400
#define TEST_DAYS 90 /* a test of a provider that is older says little */
#define FINDINGS_MOST 64
#define LINK_MAX 200 /* bytes of one that is shown */

struct check {
	struct session *s;
	struct campaign campaign;
	struct campaign_content *texts;
	int n_texts;
	struct finding *list;
	int n;
	bool marketing;
	bool readable; /* filter and texts can be read */
	struct arena *a;
};

/* One of many too many is not told: the place behind the last one takes it. */
static struct finding *found(
	struct check *ck, enum finding_level level, enum finding_code code, const char *subject)
{
	struct finding *f = &ck->list[ck->n];

	if (ck->n < FINDINGS_MOST)
		ck->n++;
	*f = (struct finding){
		.level = level, .code = code, .subject = subject, .channel = CHANNEL_COUNT
	};
	return f;
}

static void found_channel(
	struct check *ck, enum finding_level level, enum finding_code code, enum channel channel)
{
	struct finding *f = found(ck, level, code, channel_label(channel));

	f->channel = channel;
	f->translate = true;
}

static struct finding *found_in(struct check *ck, enum finding_level level, enum finding_code code,
	const struct campaign_content *text, const char *subject)
{
	struct finding *f = found(ck, level, code, subject);

	f->channel = text->channel;
	snprintf(f->language, sizeof(f->language), "%s", text->language);
	return f;
}

/* --- links --- */

static bool is_host_end(char c)
{
	return !c || strchr("/?#:\"'<> \t\r\n", c) != NULL;
}

/* What follows "://": a name with a dot in it, or this machine. */
static bool host_valid(const char *host)
{
	size_t len = 0;
	bool dot = false;

	for (; !is_host_end(host[len]); len++) {
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-",
			    host[len]) &&
			(unsigned char)host[len] < 0x80)
			return false;
		dot |= host[len] == '.' && len && !is_host_end(host[len + 1]);
	}
	return dot || (len == 9 && !strncmp(host, "localhost", 9));
}

static void check_link(struct check *ck, const struct campaign_content *text, const char *link,
	size_t len, enum finding_level bad)
{
	const char *shown = arena_strndup(ck->a, link, len < LINK_MAX ? len : LINK_MAX);

	if (!strncmp(shown, "{{", 2) || !strncmp(shown, "mailto:", 7) ||
		!strncmp(shown, "tel:", 4) || *shown == '#')
		return;
	if (!strncmp(shown, "https://", 8) && host_valid(shown + 8) && !strpbrk(shown, " \t\r\n"))
		return;
	if (!strncmp(shown, "http://", 7) && host_valid(shown + 7) && !strpbrk(shown, " \t\r\n"))
		found_in(ck, FINDING_WARN, FINDING_LINK_HTTP, text, shown);
	else
		found_in(ck, bad, FINDING_LINK_BAD, text, shown);
}

/* Attributes href of the page. */
static void check_html(struct check *ck, const struct campaign_content *text)
{
	const char *p = text->html;

	while ((p = strstr(p, "href="))) {
		p += 5;
		if (*p == '"' || *p == '\'') {
			const char *end = strchr(p + 1, *p);

			if (!end)
				return;
			check_link(ck, text, p + 1, (size_t)(end - p - 1), FINDING_STOP);
			p = end;
		}
	}
}

static void check_plain(struct check *ck, const struct campaign_content *text)
{
	const char *p = text->text;

	while ((p = strstr(p, "http"))) {
		size_t len = strcspn(p, " \t\r\n<>\"()");

		if (!strncmp(p, "http://", 7) || !strncmp(p, "https:", 6) ||
			!strncmp(p, "http:", 5))
			check_link(ck, text, p, len, FINDING_WARN);
		p += len ? len : 1;
	}
}

/* --- texts --- */

static bool check_part(
	struct check *ck, const struct campaign_content *text, const char *part, uint32_t *vars)
{
	struct template_error error;
	struct template t;
	struct finding *f;

	if (template_parse(ck->a, part, !ck->marketing, &t, &error)) {
		*vars |= t.vars;
		return true;
	}
	f = found(ck, FINDING_STOP, FINDING_TEXT,
		arena_strndup(ck->a, part + error.at, error.len < 60 ? error.len : 60));
	f->channel = text->channel;
	snprintf(f->language, sizeof(f->language), "%s", text->language);
	f->line = error.line;
	f->column = error.column;
	f->why = template_problem_label(error.problem);
	ck->readable = false;
	return false;
}

static void check_email(struct check *ck, const struct campaign_content *text, uint32_t vars)
{
	if (!text->subject[strspn(text->subject, " \t")])
		found_in(ck, FINDING_STOP, FINDING_NO_SUBJECT, text, "");
	if (ck->marketing && !(vars & UINT32_C(1) << VAR_LIEN_DESINSCRIPTION))
		found_in(ck, FINDING_STOP, FINDING_NO_UNSUBSCRIBE, text, "");
}

/* Without anybody's words: those are the forecast's to count. */
static void check_sms(struct check *ck, const struct campaign_content *text, uint32_t vars)
{
	const char *const none[TEMPLATE_VAR_COUNT] = { NULL };
	struct strbuf out = STRBUF_INIT;
	struct template_error error;
	struct sms_count count;
	struct template t;
	size_t at, len;

	if (ck->marketing && !(vars & UINT32_C(1) << VAR_STOP))
		found_in(ck, FINDING_STOP, FINDING_NO_STOP_TEXT, text, "");
	if (!template_parse(ck->a, text->text, !ck->marketing, &t, &error))
		return;
	template_write(&t, WRITE_SMS, none, &out);
	if (sms_offender(out.buf, &at, &len))
		found_in(ck, FINDING_WARN, FINDING_SMS_UCS2, text,
			arena_strndup(ck->a, out.buf + at, len));
	sms_count(out.buf, &count);
	if (count.parts > 1)
		found_in(ck, FINDING_WARN, FINDING_SMS_LONG, text, "")->amount = count.parts;
	strbuf_release(&out);
}

static void check_text(struct check *ck, const struct campaign_content *text)
{
	uint32_t subject = 0, vars = 0, html = 0;
	bool ok = check_part(ck, text, text->subject, &subject);

	ok = check_part(ck, text, text->text, &vars) && ok;
	ok = check_part(ck, text, text->html, &html) && ok;
	if (!ok)
		return;
	/* Whoever reads the page sees its link; without a page, the text has to have it. */
	if (text->channel == CHANNEL_EMAIL)
		check_email(ck, text, *text->html ? html : vars);
	if (text->channel == CHANNEL_SMS)
		check_sms(ck, text, vars);
	if (ck->campaign.kind == CAMPAIGN_POST && text->channel == CHANNEL_INSTAGRAM &&
		!*text->media)
		found_channel(ck, FINDING_STOP, FINDING_MEDIA, text->channel);
	check_html(ck, text);
	check_plain(ck, text);
}

static bool uses(const struct check *ck, enum channel channel)
{
	return ck->campaign.channels & UINT32_C(1) << channel;
}

static void check_texts(struct check *ck)
{
	uint32_t there = 0;

	for (int i = 0; i < ck->n_texts; i++) {
		const struct campaign_content *t = &ck->texts[i];

		if (!uses(ck, t->channel))
			continue;
		if (*t->text || *t->html)
			there |= UINT32_C(1) << t->channel;
		check_text(ck, t);
	}
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (uses(ck, (enum channel)i) && !(there & UINT32_C(1) << i)) {
			found_channel(ck, FINDING_STOP, FINDING_NO_TEXT, (enum channel)i);
			ck->readable = false;
		}
}

static bool check_stop(struct check *ck, struct err *err)
{
	struct strbuf stop = STRBUF_INIT;
	enum stop_way way;
	bool ok;

	if (!ck->marketing || !uses(ck, CHANNEL_SMS))
		return true;
	ok = settings_text(ck->s, SETTING_SMS_STOP, &stop, err);
	if (ok && !stop_way_find(stop.buf, &way))
		found(ck, FINDING_STOP, FINDING_NO_STOP_SETTING, "");
	strbuf_release(&stop);
	return ok;
}

/* --- providers --- */

static void found_provider(struct check *ck, enum finding_level level, enum finding_code code,
	enum provider_name name, enum channel channel)
{
	struct finding *f = found(ck, level, code, provider_name_label(name));

	f->channel = channel;
	f->translate = true;
}

static bool check_provider(struct check *ck, enum provider_name name, enum channel channel,
	bool alone, struct err *err)
{
	struct provider_card card;
	const struct provider_account *p = &card.account;

	if (!providers_get(ck->s, name, ck->a, &card, err))
		return false;
	if (p->state == BREAKER_REFUSING)
		found_provider(ck, alone ? FINDING_STOP : FINDING_WARN, FINDING_PROVIDER_REFUSES,
			name, channel);
	else if (!p->tested_at)
		found_provider(ck, FINDING_WARN, FINDING_PROVIDER_UNTESTED, name, channel);
	else if (!p->tested_ok)
		found_provider(ck, FINDING_WARN, FINDING_PROVIDER_FAILED, name, channel);
	else if (session_now(ck->s) - p->tested_at > TEST_DAYS * DAY)
		found_provider(ck, FINDING_WARN, FINDING_PROVIDER_STALE, name, channel);
	return true;
}

static bool check_channel(struct check *ck, enum channel channel, struct err *err)
{
	enum provider_name route[PROVIDER_COUNT];
	bool ok = true;
	int n;

	if (!providers_route(ck->s, channel, false, route, &n, err))
		return false;
	if (!n)
		found_channel(ck, FINDING_STOP, FINDING_NO_PROVIDER, channel);
	for (int i = 0; ok && i < n; i++)
		if (route[i] != PROVIDER_FILE)
			ok = check_provider(ck, route[i], channel, n == 1, err);
		else if (!ck->s->company.demo)
			found_channel(ck, FINDING_WARN, FINDING_FOLDER, channel);
	return ok;
}

static bool check_channels(struct check *ck, struct err *err)
{
	if (!ck->campaign.channels)
		found(ck, FINDING_STOP, FINDING_NO_CHANNEL, "");
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (uses(ck, (enum channel)i) && !check_channel(ck, (enum channel)i, err))
			return false;
	if (ck->s->company.demo)
		found(ck, FINDING_WARN, FINDING_DEMO, "");
	return true;
}

/* --- whom and when --- */

static bool check_audience(struct check *ck, struct err *err)
{
	const struct filter *unused;
	struct filter_error error;
	struct person *people;
	struct reach r;
	bool ok;
	int n;

	if (!filter_parse(ck->a, ck->campaign.filter, &unused, &error)) {
		found(ck, FINDING_STOP, FINDING_FILTER,
			arena_strdup(ck->a, ck->campaign.filter + error.at));
		return true;
	}
	if (!ck->readable || !ck->campaign.channels || ck->campaign.kind == CAMPAIGN_POST)
		return true;
	ok = reach_open(&r, ck->s, &ck->campaign, err) &&
	     reach_people(&r, 0, 1, ck->a, &people, &n, err);
	if (ok && !n)
		found(ck, FINDING_WARN, FINDING_NOBODY, "");
	reach_release(&r);
	return ok;
}

static void check_times(struct check *ck)
{
	const struct campaign *c = &ck->campaign;
	int64_t now = session_now(ck->s), start = c->start_at > now ? c->start_at : now;

	if (c->start_at && c->start_at < now)
		found(ck, FINDING_WARN, FINDING_START_PAST, "");
	if (c->not_after && c->not_after <= start)
		found(ck, FINDING_STOP, FINDING_NOT_AFTER, "");
}

static void check_budget(struct check *ck, const struct campaign_forecast *forecast)
{
	struct finding *f;

	if (!forecast || !ck->campaign.budget || forecast->cost / 100 <= ck->campaign.budget)
		return;
	f = found(ck, FINDING_WARN, FINDING_BUDGET, "");
	f->amount = (forecast->cost + 99) / 100;
}

static bool check_store(struct check *ck, struct err *err)
{
	enum station station;

	if (!station_look(ck->s, &station, err))
		return false;
	if (station == STATION_COPY)
		found(ck, FINDING_STOP, FINDING_COPY, "");
	return true;
}

static int by_level(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->level != y->level)
		return x->level > y->level ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

static bool check_all(struct check *ck, const struct campaign_forecast *forecast, struct err *err)
{
	if (!ck->campaign.name[strspn(ck->campaign.name, " ")])
		found(ck, FINDING_STOP, FINDING_NO_NAME, "");
	check_texts(ck);
	check_times(ck);
	check_budget(ck, forecast);
	return check_stop(ck, err) && check_channels(ck, err) && check_audience(ck, err) &&
	       check_store(ck, err);
}

bool campaigns_check(struct session *s, int64_t id, const struct campaign_forecast *forecast,
	struct arena *a, struct finding **out, int *count, enum finding_level *worst,
	struct err *err)
{
	struct check ck = { .s = s, .readable = true, .a = a };

	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) ||
		!campaign_read(s, id, a, &ck.campaign, err) ||
		!store_contents(s->db, id, a, &ck.texts, &ck.n_texts, err))
		return false;
	ck.marketing = campaign_type_marketing(ck.campaign.type);
	ck.list = arena_zalloc(a, FINDINGS_MOST + 1, sizeof(*ck.list));
	if (!check_all(&ck, forecast, err))
		return false;
	if (!ck.n)
		found(&ck, FINDING_OK, FINDING_READY, "");
	qsort(ck.list, (size_t)ck.n, sizeof(*ck.list), by_level);
	*out = ck.list;
	*count = ck.n;
	*worst = ck.list[0].level;
	return true;
}
