/* A message as it would go out, for somebody real. */
#include "campaigns_private.h"
#include "db.h"
#include "reach.h"
#include "settings.h"

#define SLICE 200

static const char *write_text(const struct template *t, enum template_way form,
	const char *const *values, struct arena *a)
{
	struct strbuf out = STRBUF_INIT;
	const char *text;

	template_write(t, form, values, &out);
	text = arena_strndup(a, out.buf, out.len);
	strbuf_release(&out);
	return text;
}

/* The real link is made when the message goes: it is the message's own. */
static bool link_shown(struct session *s, struct arena *a, const char **out, struct err *err)
{
	struct strbuf url = STRBUF_INIT;
	bool ok = settings_text(s, SETTING_UNSUBSCRIBE_URL, &url, err);

	*out = url.len ? arena_printf(a, "%s/u/...", url.buf) : "mailto:...";
	strbuf_release(&url);
	return ok;
}

static bool write_preview(struct reach *r, const struct composed *text, const struct person *p,
	struct arena *a, struct campaign_preview *out, struct err *err)
{
	enum template_way form = out->channel == CHANNEL_SMS ? WRITE_SMS : WRITE_TEXT;
	const char *values[TEMPLATE_VAR_COUNT], *unsubscribe;

	if (!link_shown(r->s, a, &unsubscribe, err))
		return false;
	composer_values_for(&r->composer, text, p, unsubscribe, a, values);
	out->language = arena_strdup(a, text->content.language);
	out->subject = write_text(&text->subject, WRITE_TEXT, values, a);
	out->text = write_text(&text->text, form, values, a);
	out->html = write_text(&text->html, WRITE_HTML, values, a);
	if (out->channel == CHANNEL_SMS)
		sms_count(out->text, &out->sms);
	return true;
}

static bool preview_person(struct reach *r, const struct person *p, enum channel channel,
	enum message_reason reason, struct arena *a, struct campaign_preview *out, struct err *err)
{
	const struct composed *text = composer_pick(&r->composer, channel, p->language);

	if (!text)
		return err_set(err, ERR_NO_TEXT, channel_label(channel), "%s", r->campaign->name);
	*out = (struct campaign_preview){
		.customer_id = p->id,
		.name = arena_strdup(a, p->name),
		.first_name = arena_strdup(a, p->first_name),
		.channel = channel,
		.address = arena_strdup(a, p->address[channel]),
		.reason = reason,
		.due_at = reach_due(r, p, channel),
	};
	return write_preview(r, text, p, a, out, err);
}

/* A post is to nobody: the text of its first channel, in the company's language. */
static bool preview_post(
	struct reach *r, struct arena *a, struct campaign_preview *out, struct err *err)
{
	const struct person nobody = { .name = "",
		.first_name = "",
		.firm = "",
		.city = "",
		.invoice = "",
		.invoice_due = DAY_NONE,
		.language = "",
		.time_zone = "",
		.country = "",
		.address = { "", "", "", "", "" } };
	enum channel channel;

	for (channel = 0; channel < CHANNEL_COUNT; channel++)
		if (r->campaign->channels & UINT32_C(1) << channel)
			break;
	return preview_person(r, &nobody, channel, REASON_NONE, a, out, err);
}

static bool find_next(struct reach *r, int64_t after, struct arena *people, struct arena *a,
	struct campaign_preview *out, bool *found, struct err *err)
{
	struct person *list;
	int n = SLICE;

	while (n == SLICE) {
		arena_clear(people);
		if (!reach_people(r, after, SLICE, people, &list, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			enum channel channel;

			if (audience_choose(&list[i], &r->terms, &channel) == REASON_NONE) {
				*found = true;
				return preview_person(
					r, &list[i], channel, REASON_NONE, a, out, err);
			}
			after = list[i].id;
		}
	}
	return true;
}

bool campaigns_preview_next(struct session *s, int64_t id, int64_t after, struct arena *a,
	struct campaign_preview *out, bool *found, struct err *err)
{
	struct arena people = ARENA_INIT;
	struct campaign c;
	struct reach r;
	bool ok;

	*found = false;
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !campaign_read(s, id, a, &c, err))
		return false;
	ok = reach_open(&r, s, &c, err) && reach_has_texts(&r, err);
	if (ok && c.kind == CAMPAIGN_POST) {
		*found = !after;
		ok = after || preview_post(&r, a, out, err);
	} else if (ok) {
		ok = find_next(&r, after, &people, a, out, found, err);
	}
	reach_release(&r);
	arena_release(&people);
	return ok;
}

/* That customer alone, whatever the filter says. */
static bool find_person(
	struct reach *r, int64_t customer_id, struct arena *a, struct person **out, struct err *err)
{
	int n;

	r->list.filter = NULL;
	r->query.persons = arena_printf(a, "%lld", (long long)customer_id);
	if (!reach_people(r, 0, 1, a, out, &n, err))
		return false;
	return n || err_set(err, ERR_GONE, "customer", "%lld", (long long)customer_id);
}

bool campaigns_preview_of(struct session *s, int64_t id, int64_t customer_id, int channel,
	struct arena *a, struct campaign_preview *out, struct err *err)
{
	enum message_reason reason;
	enum channel chosen;
	struct person *p;
	struct campaign c;
	struct reach r;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !campaign_read(s, id, a, &c, err))
		return false;
	ok = reach_open(&r, s, &c, err) && find_person(&r, customer_id, a, &p, err);
	if (ok) {
		reason = audience_choose(p, &r.terms, &chosen);
		if (channel >= 0) {
			chosen = (enum channel)channel;
			reason = audience_may(p, &r.terms, chosen);
		}
		ok = preview_person(&r, p, chosen, reason, a, out, err);
	}
	reach_release(&r);
	return ok;
}
