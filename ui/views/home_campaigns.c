#include "home_campaigns.h"

#include "campaign_acts.h"
#include "campaign_cells.h"
#include "campaign_messages.h"
#include "i18n.h"
#include "messages.h"

#define LOOKED_AT 20 /* campaigns, for those that were launched */
#define VISIT "visit.messages"

void home_campaigns_release(struct home_campaigns *h)
{
	arena_release(&h->arena);
}

/* --- reading ------------------------------------------------------------- */

static bool read_last(struct home_campaigns *h, const struct desk *d, struct err *err)
{
	const struct campaign_list many = { .kind = CAMPAIGN_MANY, .status = -1 };
	struct campaign_line *lines;
	int n;

	if (!campaigns_page(d->s, &many, INT64_MAX, LOOKED_AT, &h->arena, &lines, &n, err))
		return false;
	for (int i = 0; i < n && h->count < HOME_CAMPAIGNS; i++)
		if (lines[i].funnel.people)
			h->lines[h->count++] = lines[i];
	return true;
}

static int64_t more(int64_t now, long long before)
{
	return now > before ? now - before : 0;
}

static void read_since(struct home_campaigns *h, struct desk *d)
{
	struct strbuf kept = STRBUF_INIT_MAX(128);
	long long gone, failed, expired;

	h->since = (struct campaign_totals){ .gone = 0 };
	desk_pref(d, VISIT, &kept);
	if (sscanf(kept.buf, "%lld %lld %lld", &gone, &failed, &expired) == 3) {
		h->since.gone = more(h->totals.gone, gone);
		h->since.failed = more(h->totals.failed, failed);
		h->since.expired = more(h->totals.expired, expired);
	}
	strbuf_release(&kept);
}

bool home_campaigns_read(struct home_campaigns *h, struct desk *d, struct err *err)
{
	arena_clear(&h->arena);
	h->count = 0;
	h->totals = h->since = (struct campaign_totals){ .gone = 0 };
	if (!desk_may(d, RIGHT_CAMPAIGNS_READ))
		return true;
	if (!read_last(h, d, err) || !campaigns_totals(d->s, &h->totals, err))
		return false;
	read_since(h, d);
	return true;
}

void home_keep_visit(struct desk *d)
{
	struct campaign_totals now;
	struct err err = ERR_INIT;
	char text[96];

	if (!desk_may(d, RIGHT_CAMPAIGNS_READ) || !campaigns_totals(d->s, &now, &err))
		return;
	snprintf(text, sizeof(text), "%lld %lld %lld", (long long)now.gone, (long long)now.failed,
		(long long)now.expired);
	desk_keep(d, VISIT, text);
}

/* --- drawing ------------------------------------------------------------- */

enum { COL_CHANNEL, COL_SENT, COL_ARRIVED, COL_OPENS, COL_CLICKS, COL_STOP, COL_COUNT };

static const struct {
	const char *title; /* N_() */
	int width;
} cols[COL_COUNT] = {
	[COL_CHANNEL] = { NULL, 14 },
	[COL_SENT] = { N_("Gone"), 11 },
	[COL_ARRIVED] = { N_("Arrived"), 9 },
	[COL_OPENS] = { N_("Opens"), 9 },
	[COL_CLICKS] = { N_("Clicks"), 9 },
	[COL_STOP] = { N_("STOP"), 6 },
};

static void add_rate(struct strbuf *out, const struct desk *d, bool told, int64_t n, int64_t of)
{
	if (told && of)
		campaign_add_rate(out, d, n, of);
}

static void add_cell(
	struct strbuf *out, const struct desk *d, const struct campaign_line *line, int col)
{
	const struct campaign_funnel *f = &line->funnel;
	uint32_t channels = line->campaign.channels;

	switch (col) {
	case COL_CHANNEL:
		campaign_add_channels(out, &line->campaign);
		break;
	case COL_SENT:
		campaign_add_sent(out, d, f);
		break;
	case COL_ARRIVED:
		add_rate(out, d, f->delivered > 0, f->delivered, f->sent);
		break;
	case COL_OPENS:
		add_rate(out, d, campaign_tells_opens(channels), f->opened, f->delivered);
		break;
	case COL_CLICKS:
		add_rate(out, d, campaign_tells_clicks(channels), f->clicked, f->delivered);
		break;
	case COL_STOP:
		cell_count(out, d, f->stopped);
		break;
	}
}

static int name_width(struct rect r)
{
	int width = r.w - 2;

	for (int i = 0; i < COL_COUNT; i++)
		width -= cols[i].width;
	return width;
}

static void draw_line(const struct desk *d, struct canvas *c, struct rect r,
	const struct campaign_line *line, bool here)
{
	int x = r.x + 2 + name_width(r);

	if (here) {
		draw_glyph(c, r.y, r.x, ROLE_MARKER, G_CURSOR);
		draw_cursor(c, r.y, r.x + 2);
	}
	draw_text(c, r.y, r.x + 2, x - r.x - 3, here ? ROLE_EMPHASIS : ROLE_NORMAL,
		line->campaign.name);
	for (int i = 0; i < COL_COUNT; i++) {
		struct strbuf text = STRBUF_INIT_MAX(128);
		int w = cols[i].width - 1;

		add_cell(&text, d, line, i);
		if (i == COL_CHANNEL)
			draw_text(c, r.y, x, w, ROLE_DIM, text.buf);
		else
			draw_right(c, r.y, x + 1, w, text.len ? ROLE_NORMAL : ROLE_DIM,
				text.len ? text.buf : draw_sign(c, G_DASH));
		x += cols[i].width;
		strbuf_release(&text);
	}
}

void home_campaigns_draw(const struct home_campaigns *h, const struct desk *d, struct canvas *c,
	struct rect r, int index)
{
	struct rect line = rect_top(&r, 1);
	int x = line.x + 2 + name_width(line);

	draw_text(c, line.y, line.x, x - line.x, ROLE_TITLE, _("CAMPAIGNS"));
	for (int i = 0; i < COL_COUNT; i++) {
		if (cols[i].title)
			draw_right(c, line.y, x + 1, cols[i].width - 1, ROLE_DIM, _(cols[i].title));
		x += cols[i].width;
	}
	for (int i = 0; i < h->count && r.h > 0; i++)
		draw_line(d, c, rect_top(&r, 1), &h->lines[i], i == index);
}

/* --- keys ---------------------------------------------------------------- */

unsigned home_campaigns_open(const struct home_campaigns *h, struct desk *d, int index)
{
	const struct campaign *c;

	if (index >= h->count)
		return STALE_NONE;
	c = &h->lines[index].campaign;
	return campaign_open(d, c->id, c->status);
}

unsigned home_campaigns_settle(struct desk *d)
{
	const struct message_key first = MESSAGE_KEY_FIRST;
	struct arena a = ARENA_INIT;
	struct message_line *lines;
	struct err err = ERR_INIT;
	unsigned stale = STALE_RELOAD;
	int n;

	if (!messages_doubtful(d->s, first, 1, &a, &lines, &n, &err)) {
		stale = ui_error(d->ui, &err);
	} else if (n) {
		struct messages_query query = MESSAGES_ALL(lines[0].message.campaign_id);

		query.list = LIST_UNCERTAIN;
		stale = ui_push(d->ui, &campaign_messages_view, &query);
	}
	arena_release(&a);
	return stale;
}
