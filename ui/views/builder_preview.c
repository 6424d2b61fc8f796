#include "builder_preview.h"

#include "cells.h"
#include "i18n.h"
#include "mem.h"
#include "page.h"
#include "say.h"

/* --- asking -------------------------------------------------------------- */

struct question {
	struct reading reading;
	int64_t id;	     /* of the campaign */
	int64_t customer_id; /* whose it is; 0: the first one over `after` */
	int64_t after;
	int channel;
	struct arena arena;
	struct campaign_preview out;
	bool found;
};

static void free_question(struct reading *r)
{
	struct question *q = (struct question *)r;

	arena_release(&q->arena);
	free(q);
}

static bool run(struct reading *r, struct session *s, struct err *err)
{
	struct question *q = (struct question *)r;
	int64_t whose = q->customer_id;

	arena_clear(&q->arena);
	q->found = true;
	if (!whose) {
		if (!campaigns_preview_next(s, q->id, q->after, &q->arena, &q->out, &q->found, err))
			return false;
		whose = q->out.customer_id;
		if (!q->found || q->channel < 0 || (int)q->out.channel == q->channel || !whose)
			return true;
	}
	return campaigns_preview_of(s, q->id, whose, q->channel, &q->arena, &q->out, err);
}

static void take_person(struct preview *p, const struct question *q)
{
	int64_t id = q->out.customer_id;

	for (size_t i = 0; i < p->seen.len; i++) {
		if (p->seen.items[i] == id) {
			p->at = i;
			return;
		}
	}
	vec_push(&p->seen, id);
	p->at = p->seen.len - 1;
}

static unsigned take(struct preview *p, struct question *q)
{
	struct arena before = p->arena;
	bool last = q->reading.ok && !q->found && p->seen.len;
	unsigned stale = STALE_PAINT;

	err_clear(&p->err);
	if (!q->reading.ok) {
		p->there = p->nobody = false;
		p->err = q->reading.err;
	} else if (last) {
		stale = ui_say(p->desk->ui, "%s", _("That was the last one."));
	} else {
		p->nobody = !q->found;
		p->there = q->found;
		p->now = q->out;
		p->arena = q->arena;
		q->arena = before;
		if (q->found)
			take_person(p, q);
	}
	free_question(&q->reading);
	return stale;
}

static unsigned ask(
	struct preview *p, int64_t campaign_id, int channel, int64_t customer_id, int64_t after)
{
	struct question *q = mem_zalloc(1, sizeof(*q));

	reader_drop(p->desk->reader, &p->serial);
	q->reading.run = run;
	q->reading.free = free_question;
	q->reading.owner = &p->serial;
	q->id = campaign_id;
	q->channel = channel;
	q->customer_id = customer_id;
	q->after = after;
	if (!reader_ask(p->desk->reader, &q->reading, p->desk->patience, &p->serial))
		return STALE_NONE;
	return take(p, q);
}

unsigned preview_came(struct preview *p)
{
	struct question *q = (struct question *)reader_take(p->desk->reader, p->serial);

	return q ? take(p, q) : STALE_NONE;
}

void preview_init(struct preview *p, struct desk *desk)
{
	*p = (struct preview){ .desk = desk };
}

void preview_release(struct preview *p)
{
	reader_drop(p->desk->reader, &p->serial);
	vec_release(&p->seen);
	arena_release(&p->arena);
}

void preview_restart(struct preview *p)
{
	p->seen.len = 0;
	p->at = 0;
	p->there = p->nobody = false;
}

unsigned preview_show(struct preview *p, int64_t campaign_id, int channel)
{
	return ask(p, campaign_id, channel, p->seen.len ? p->seen.items[p->at] : 0, 0);
}

unsigned preview_step(struct preview *p, int64_t campaign_id, int channel, int by)
{
	if (!p->seen.len)
		return preview_show(p, campaign_id, channel);
	if (by < 0) {
		p->at -= p->at > 0;
		return preview_show(p, campaign_id, channel);
	}
	if (p->at + 1 < p->seen.len) {
		p->at++;
		return preview_show(p, campaign_id, channel);
	}
	return ask(p, campaign_id, channel, 0, p->seen.items[p->seen.len - 1]);
}

/* --- drawing ------------------------------------------------------------- */

/* ", 2 of 154", after the name. */
static void add_place(const struct preview *p, int64_t people, struct strbuf *out)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	cell_count(&n, p->desk, (int64_t)p->at + 1);
	strbuf_addf(out, ", %s ", n.buf);
	strbuf_clear(&n);
	cell_count(&n, p->desk, people);
	/* TRANSLATORS: which of how many, after a name: "Awa Kabré, 2 of 154". */
	say_with(out, _("of %s"), n.buf);
	strbuf_release(&n);
}

/* A long name is cut, its place never. */
static void draw_person(const struct preview *p, struct canvas *c, struct rect r, int64_t people)
{
	struct strbuf name = STRBUF_INIT_MAX(256), place = STRBUF_INIT_MAX(128);
	int room = r.w, w;

	customer_name(p->now.name, p->now.first_name, &name);
	if (people > 0 && p->seen.len)
		add_place(p, people, &place);
	room -= draw_width(place.buf);
	w = draw_width(name.buf) < room ? draw_width(name.buf) : room;
	draw_text(c, r.y, r.x + room - w, w, ROLE_EMPHASIS, name.buf);
	draw_text(c, r.y, r.x + room, r.w - room, ROLE_NORMAL, place.buf);
	strbuf_release(&name);
	strbuf_release(&place);
}

static int draw_head(const struct preview *p, struct canvas *c, struct rect r, int64_t people)
{
	int used = draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("PREVIEW")) + 1;

	if (p->there && p->now.customer_id)
		draw_person(p, c, (struct rect){ r.y, r.x + used, 1, r.w - used }, people);
	return 1;
}

/* "GSM-7, 85 characters, 1 SMS". */
static void add_count(const struct preview *p, struct strbuf *out)
{
	const struct sms_count *n = &p->now.sms;

	strbuf_addf(out, "%s, ", n->encoding == SMS_GSM7 ? "GSM-7" : "UCS-2");
	strbuf_addf(
		out, ngettext("%d character", "%d characters", (unsigned long)n->units), n->units);
	strbuf_addf(out, ", %d\302\240SMS", n->parts);
}

static const char *shown_text(const struct preview *p)
{
	return *p->now.text || !*p->now.html ? p->now.text : _("(an HTML page alone)");
}

static void draw_message(const struct preview *p, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	const struct campaign_preview *m = &p->now;
	struct rect foot = rect_bottom(&r, m->channel == CHANNEL_SMS ? 1 : 0);

	if (m->reason != REASON_NONE) {
		strbuf_addf(
			&text, "%s %s", draw_sign(c, G_WARN), _(message_reason_label(m->reason)));
		rect_top(&r, draw_wrapped(c, r, ROLE_MIDDLE, text.buf));
	}
	if (*m->subject)
		rect_top(&r, draw_wrapped(c, r, ROLE_EMPHASIS, m->subject));
	rect_top(&r, draw_wrapped(c, r, ROLE_NORMAL, shown_text(p)));
	if (foot.h && r.h) {
		struct rect line = rect_top(&r, 1);

		strbuf_clear(&text);
		add_count(p, &text);
		draw_text(c, line.y, line.x, line.w,
			m->sms.parts > 1 || m->sms.encoding == SMS_UCS2 ? ROLE_MIDDLE : ROLE_GOOD,
			text.buf);
	} else if (foot.h) {
		strbuf_clear(&text);
		add_count(p, &text);
		draw_text(c, foot.y, foot.x, foot.w, ROLE_MIDDLE, text.buf);
	}
	strbuf_release(&text);
}

void preview_draw(const struct preview *p, struct canvas *c, struct rect r, int64_t people)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);

	rect_top(&r, draw_head(p, c, r, people));
	if (p->there) {
		draw_message(p, c, r);
	} else if (p->nobody) {
		draw_wrapped(c, r, ROLE_MIDDLE, _("Nobody would receive this message."));
	} else if (p->err.code) {
		err_words(&p->err, gettext, &text);
		draw_wrapped(c, r, ROLE_MIDDLE, text.buf);
	}
	strbuf_release(&text);
}

unsigned preview_page(const struct preview *p)
{
	if (!p->there)
		return ui_say(p->desk->ui, "%s", _("There is nothing to show yet."));
	return page_message(p->desk, p->now.subject, p->now.html, p->now.text);
}
