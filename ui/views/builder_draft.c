#include "builder_draft.h"

#include "cells.h"
#include "filter.h"
#include "i18n.h"
#include "mem.h"
#include "say.h"
#include "template.h"

#define PERSONS_TEXT ((size_t)CAMPAIGN_PERSONS_MAX * 20)
#define SENDER_MOST 64
#define MEDIA_MOST 2000 /* bytes of an address */

/* --- texts --------------------------------------------------------------- */

static void text_free(struct draft_text *t)
{
	strbuf_release(&t->subject);
	strbuf_release(&t->text);
	strbuf_release(&t->html);
	strbuf_release(&t->media);
	free(t);
}

static bool stands_before(const struct draft_text *a, enum channel channel, const char *language)
{
	return a->channel < channel || (a->channel == channel && strcmp(a->language, language) < 0);
}

static struct draft_text *text_add(struct draft *d, enum channel channel, const char *language)
{
	struct draft_text *t = mem_zalloc(1, sizeof(*t));
	size_t at = 0;

	t->channel = channel;
	snprintf(t->language, sizeof(t->language), "%s", language);
	strbuf_init(&t->subject, TEMPLATE_MAX);
	strbuf_init(&t->text, TEMPLATE_MAX);
	strbuf_init(&t->html, TEMPLATE_MAX);
	strbuf_init(&t->media, MEDIA_MOST);
	vec_push(&d->texts, t);
	while (at + 1 < d->texts.len && stands_before(d->texts.items[at], channel, language))
		at++;
	memmove(d->texts.items + at + 1, d->texts.items + at,
		(d->texts.len - 1 - at) * sizeof(*d->texts.items));
	d->texts.items[at] = t;
	return t;
}

struct draft_text *draft_text(const struct draft *d, enum channel channel, const char *language)
{
	for (size_t i = 0; i < d->texts.len; i++)
		if (d->texts.items[i]->channel == channel &&
			!strcmp(d->texts.items[i]->language, language))
			return d->texts.items[i];
	return NULL;
}

/* Marketing has to say how to stop: nobody should have to know how. */
static void add_way_out(const struct draft *d, struct draft_text *t)
{
	if (!campaign_type_marketing(d->c.type))
		return;
	if (t->channel == CHANNEL_SMS)
		strbuf_addf(&t->text, " {{%s}}", template_var_name(VAR_STOP));
	if (t->channel == CHANNEL_EMAIL)
		strbuf_addf(&t->text, "\n\n{{%s}}", template_var_name(VAR_LIEN_DESINSCRIPTION));
}

struct draft_text *draft_text_make(struct draft *d, enum channel channel, const char *language)
{
	struct draft_text *t = draft_text(d, channel, language);

	if (t)
		return t;
	t = text_add(d, channel, language);
	add_way_out(d, t);
	t->changed = true;
	d->changes++;
	return t;
}

static void text_remove(struct draft *d, const struct draft_text *text)
{
	size_t at = 0;

	while (d->texts.items[at] != text)
		at++;
	memmove(d->texts.items + at, d->texts.items + at + 1,
		(d->texts.len - at - 1) * sizeof(*d->texts.items));
	d->texts.len--;
}

bool draft_text_drop(struct draft *d, struct draft_text *text, struct err *err)
{
	if (!draft_save(d, err) || !campaigns_text_drop(d->desk->s, d->c.id, text->channel,
					   text->language, &d->c.revision, err))
		return false;
	text_remove(d, text);
	text_free(text);
	d->saved_at = session_now(d->desk->s);
	return true;
}

void draft_text_set(
	struct draft *d, struct draft_text *text, struct strbuf *field, const char *value)
{
	if (!strcmp(field->buf, value))
		return;
	strbuf_clear(field);
	strbuf_adds(field, value);
	text->changed = true;
	d->changes++;
}

/* --- its life ------------------------------------------------------------ */

/* The texts are the draft's own. */
static void forget_texts(struct campaign *c)
{
	c->name = c->filter = c->persons = c->sender = c->order = c->created_by = "";
}

static void init(struct draft *d, struct desk *desk)
{
	*d = (struct draft){ .desk = desk };
	strbuf_init(&d->name, CAMPAIGN_NAME_MAX);
	strbuf_init(&d->filter, FILTER_TEXT_MAX);
	strbuf_init(&d->persons, PERSONS_TEXT);
	strbuf_init(&d->sender, SENDER_MOST);
	strbuf_init(&d->order, 128);
}

void draft_release(struct draft *d)
{
	strbuf_release(&d->name);
	strbuf_release(&d->filter);
	strbuf_release(&d->persons);
	strbuf_release(&d->sender);
	strbuf_release(&d->order);
	for (size_t i = 0; i < d->texts.len; i++)
		text_free(d->texts.items[i]);
	vec_release(&d->texts);
}

void draft_propose(const struct draft *d, struct strbuf *name)
{
	struct strbuf day = STRBUF_INIT_MAX(64);
	bool one = d->c.kind == CAMPAIGN_ONE;

	cell_date(&day, d->desk, desk_today(d->desk));
	/* TRANSLATORS: the name that a new campaign gets, %s is a day. */
	say_with(name, one ? _("Message of %s") : _("Campaign of %s"), day.buf);
	strbuf_release(&day);
}

void draft_begin(struct draft *d, struct desk *desk)
{
	static const enum channel first[] = { CHANNEL_SMS };

	init(d, desk);
	forget_texts(&d->c);
	d->c.kind = CAMPAIGN_MANY;
	d->c.type = CAMPAIGN_PROMOTIONAL;
	draft_propose(d, &d->name);
	draft_set_channels(d, first, 1);
	d->changed = false; /* nobody has done anything yet */
}

static void take_fields(struct draft *d, const struct campaign *c)
{
	d->c = *c;
	forget_texts(&d->c);
	strbuf_adds(&d->name, c->name);
	strbuf_adds(&d->filter, c->filter);
	strbuf_adds(&d->persons, c->persons);
	strbuf_adds(&d->sender, c->sender);
	strbuf_adds(&d->order, c->order);
}

static void take_text(struct draft *d, const struct campaign_content *content)
{
	struct draft_text *t = text_add(d, content->channel, content->language);

	strbuf_adds(&t->subject, content->subject);
	strbuf_adds(&t->text, content->text);
	strbuf_adds(&t->html, content->html);
	strbuf_adds(&t->media, content->media);
	t->template_version_id = content->template_version_id;
	t->stored = true;
}

bool draft_load(struct draft *d, struct desk *desk, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	enum campaign_status to;
	bool ok = campaigns_get(desk->s, id, &a, &card, err);

	if (ok && !campaign_next(CAMPAIGN_ACT_EDIT, card.campaign.status, &to))
		ok = err_set(err, ERR_CAMPAIGN_STATE, card.campaign.name, "%s",
			campaign_status_word(card.campaign.status));
	if (ok) {
		draft_release(d);
		init(d, desk);
		take_fields(d, &card.campaign);
		for (int i = 0; i < card.n_texts; i++)
			take_text(d, &card.texts[i]);
	}
	arena_release(&a);
	return ok;
}

/* --- saving -------------------------------------------------------------- */

bool draft_changed(const struct draft *d)
{
	bool changed = d->changed;

	for (size_t i = 0; i < d->texts.len; i++)
		changed |= d->c.id && d->texts.items[i]->changed;
	return changed;
}

static bool save_fields(struct draft *d, struct err *err)
{
	struct campaign c = d->c;

	c.name = d->name.buf;
	c.filter = d->filter.buf;
	c.persons = d->persons.buf;
	c.sender = d->sender.buf;
	c.order = d->order.buf;
	if (!campaigns_save(d->desk->s, &c, err))
		return false;
	d->c = c;
	forget_texts(&d->c);
	d->changed = false;
	return true;
}

static bool save_text(struct draft *d, struct draft_text *t, struct err *err)
{
	struct campaign_content content = { .campaign_id = d->c.id,
		.channel = t->channel,
		.subject = t->subject.buf,
		.text = t->text.buf,
		.html = t->html.buf,
		.media = t->media.buf,
		.template_version_id = t->template_version_id };

	snprintf(content.language, sizeof(content.language), "%s", t->language);
	if (!campaigns_text_put(d->desk->s, &content, &d->c.revision, err))
		return false;
	t->changed = false;
	t->stored = true;
	return true;
}

bool draft_save(struct draft *d, struct err *err)
{
	bool any = d->changed || !d->c.id;
	bool ok = !any || save_fields(d, err);

	for (size_t i = 0; ok && i < d->texts.len; i++) {
		if (!d->texts.items[i]->changed)
			continue;
		ok = save_text(d, d->texts.items[i], err);
		any = true;
	}
	if (ok && any)
		d->saved_at = session_now(d->desk->s);
	return ok;
}

bool draft_insist(struct draft *d, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	bool ok = campaigns_get(d->desk->s, d->c.id, &a, &card, err);

	if (ok) {
		d->c.revision = card.campaign.revision;
		d->changed = true;
		for (size_t i = 0; i < d->texts.len; i++)
			d->texts.items[i]->changed = true;
	}
	arena_release(&a);
	return ok && draft_save(d, err);
}

/* --- fields -------------------------------------------------------------- */

static void note_change(struct draft *d)
{
	d->changed = true;
	d->changes++;
}

void draft_set(struct draft *d, struct strbuf *field, const char *value)
{
	if (!strcmp(field->buf, value))
		return;
	strbuf_clear(field);
	strbuf_adds(field, value);
	note_change(d);
}

void draft_plain_names(struct draft *d, bool on)
{
	if (d->c.plain_names == on)
		return;
	d->c.plain_names = on;
	note_change(d);
}

void draft_set_fields(struct draft *d, const struct campaign *c)
{
	struct campaign *mine = &d->c;

	if (mine->type == c->type && mine->start_at == c->start_at &&
		mine->customer_zone == c->customer_zone && mine->not_after == c->not_after &&
		mine->late == c->late && mine->budget == c->budget)
		return;
	mine->type = c->type;
	mine->start_at = c->start_at;
	mine->customer_zone = c->customer_zone;
	mine->not_after = c->not_after;
	mine->late = c->late;
	mine->budget = c->budget;
	note_change(d);
}

/* Of channels that were only passed on the way to another one. */
static void drop_new_texts(struct draft *d)
{
	for (size_t i = d->texts.len; i--;) {
		struct draft_text *t = d->texts.items[i];

		if (t->stored || d->c.channels & UINT32_C(1) << t->channel)
			continue;
		text_remove(d, t);
		text_free(t);
	}
}

void draft_set_channels(struct draft *d, const enum channel *list, size_t n)
{
	struct strbuf order = STRBUF_INIT_MAX(128);
	uint32_t channels = 0;

	for (size_t i = 0; i < n; i++) {
		channels |= UINT32_C(1) << list[i];
		strbuf_addf(&order, "%s%s", i ? "," : "", channel_word(list[i]));
	}
	draft_set(d, &d->order, order.buf);
	strbuf_release(&order);
	if (d->c.channels != channels)
		note_change(d);
	d->c.channels = channels;
	drop_new_texts(d);
	for (size_t i = 0; i < n; i++) {
		bool there = false;

		for (size_t k = 0; k < d->texts.len; k++)
			there |= d->texts.items[k]->channel == list[i];
		if (!there)
			draft_text_make(d, list[i], lang_code(d->desk->s->company.language));
	}
}

size_t draft_channels(const struct draft *d, enum channel list[CHANNEL_COUNT])
{
	const char *p = d->order.buf;
	uint32_t seen = 0;
	size_t n = 0;

	while (*p) {
		size_t len = strcspn(p, ",");
		char word[32];

		snprintf(word, sizeof(word), "%.*s", (int)len, p);
		if (n < CHANNEL_COUNT && channel_parse(word, &list[n]) &&
			d->c.channels & ~seen & UINT32_C(1) << list[n])
			seen |= UINT32_C(1) << list[n++];
		p += len + (p[len] == ',');
	}
	for (enum channel c = 0; c < CHANNEL_COUNT; c++)
		if (d->c.channels & ~seen & UINT32_C(1) << c)
			list[n++] = c;
	return n;
}

int64_t draft_persons(const struct draft *d)
{
	int64_t n = d->persons.len > 0;

	for (const char *p = d->persons.buf; *p; p++)
		n += *p == ',';
	return n;
}
