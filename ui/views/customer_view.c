#include "customer_view.h"

#include "acts.h"
#include "cells.h"
#include "chart.h"
#include "customer_form.h"
#include "customer_parts.h"
#include "i18n.h"
#include "message_new.h"
#include "message_view.h"
#include "receivables.h"
#include "say.h"
#include "scores.h"
#include "tabs.h"
#include "tasks.h"
#include "page.h"

#define LARGE_COLS 110 /* from here the score stands beside the lists */
#define SCORE_COLS 62
#define MONTHS 12
#define HEAD_LINES 5

/* The first tab is the score, unless it stands beside. */
enum { TAB_SCORE, TAB_PARTS };

struct customer_screen {
	struct view view;
	struct desk *desk;
	int64_t id;
	struct arena arena;
	struct customer_card card;
	struct scores_why why;
	struct receivables owed;
	bool explained;
	struct customer_part parts[PART_COUNT];
	struct tabs tabs;
	int tab; /* TAB_SCORE, or TAB_PARTS + enum part */
	bool large;
	struct acts acts;
};

static struct customer_screen *screen_of(struct view *view)
{
	return (struct customer_screen *)view;
}

/* --- reading ------------------------------------------------------------- */

static bool read_all(struct customer_screen *v, struct err *err)
{
	struct session *s = v->desk->s;

	arena_clear(&v->arena);
	if (!customers_get(s, v->id, &v->arena, &v->card, err))
		return false;
	v->explained = v->card.scored;
	if (v->explained && (!scores_explain(s, v->id, &v->arena, &v->why, err) ||
				    !receivables_of(s, v->id, &v->owed, err)))
		return false;
	v->explained = v->explained && v->why.found;
	for (int i = 0; i < PART_COUNT; i++)
		if (!customer_part_fill(&v->parts[i], err))
			return false;
	return true;
}

static void choose(struct customer_screen *v, int tab)
{
	v->tab = tab;
	v->tabs.open = -1 - tab;
	v->view.list = tab >= TAB_PARTS ? &v->parts[tab - TAB_PARTS].list : NULL;
}

static void release(struct customer_screen *v)
{
	for (int i = 0; i < PART_COUNT; i++)
		customer_part_release(&v->parts[i]);
	acts_release(&v->acts);
	arena_release(&v->arena);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct customer_screen *v = screen_of(view);
	struct err unseen = ERR_INIT;

	v->desk = desk_of(view);
	v->id = *(const int64_t *)arg;
	acts_init(&v->acts, v->desk);
	for (int i = 0; i < PART_COUNT; i++)
		customer_part_init(&v->parts[i], (enum part)i, v->desk, v->id);
	if (!read_all(v, err)) {
		release(v);
		return false;
	}
	/* Whom one opened lately is a convenience: it may fail. */
	if (!customers_opened(v->desk->s, v->id, &unseen))
		err_clear(&unseen);
	choose(v, TAB_SCORE);
	return true;
}

static void on_close(struct view *view)
{
	release(screen_of(view));
}

static unsigned on_reload(struct view *view)
{
	struct ui *ui = view->ui;
	struct err err = ERR_INIT;

	if (read_all(screen_of(view), &err))
		return STALE_PAINT;
	ui_close(ui, view);
	return ui_error(ui, &err) | STALE_REFLOW;
}

/* --- the score ----------------------------------------------------------- */

static void add_style(const struct customer_screen *v, struct say_style *style)
{
	*style = (struct say_style){ v->desk->lang, v->desk->s->company.currency };
}

static void draw_score_line(struct canvas *c, struct rect r, const struct score_line *line,
	const struct say_style *style)
{
	struct strbuf text = STRBUF_INIT_MAX(256);
	int label = r.w >= 70 ? 22 : 18, value = r.w >= 70 ? 27 : 19;

	draw_text(c, r.y, r.x, label, ROLE_NORMAL, _(score_rule_label(line->rule)));
	say_rule_value(&text, line, style);
	draw_text(c, r.y, r.x + label + 1, value, ROLE_NORMAL, text.buf);
	strbuf_clear(&text);
	say_rule_test(&text, line, style);
	draw_text(c, r.y, r.x + label + value + 2, r.w - label - value - 8, ROLE_DIM, text.buf);
	strbuf_clear(&text);
	say_points(&text, line);
	draw_right(c, r.y, r.x, r.w,
		line->points < 0	   ? ROLE_BAD
		: line->rule == RULE_START ? ROLE_NORMAL
					   : ROLE_GOOD,
		text.buf);
	strbuf_release(&text);
}

static void draw_total(struct customer_screen *v, struct canvas *c, struct rect r)
{
	const struct score_result *result = &v->why.why.result;
	struct strbuf text = STRBUF_INIT_MAX(256);

	if (result->total > 100)
		/* TRANSLATORS: the sum of the points, which is more than 100. */
		strbuf_addf(&text, _("total: %d, at most"), result->total);
	else if (result->total < 0)
		/* TRANSLATORS: the sum of the points, which is less than 0. */
		strbuf_addf(&text, _("total: %d, at least"), result->total);
	else
		strbuf_adds(&text, _("total"));
	draw_text(c, r.y, r.x, r.w - 6, ROLE_EMPHASIS, text.buf);
	draw_textf(c, r.y, r.x + r.w - 3, 3, ROLE_EMPHASIS, "%3d", result->score);
	strbuf_release(&text);
}

static void draw_score_head(struct customer_screen *v, struct canvas *c, struct rect r)
{
	const struct customer_score *score = &v->why.now;
	struct strbuf text = STRBUF_INIT_MAX(256);
	int x = r.x;

	x += draw_textf(c, r.y, x, r.w, ROLE_TITLE, "%s %d", _("Score"), score->score) + 1;
	draw_glyph(c, r.y, x, cell_level_role(score_level(score->score)), G_DOT);
	x += 2;
	x += draw_text(c, r.y, x, r.x + r.w - x, cell_segment_role(score->segment),
		_(segment_label(score->segment)));
	/* TRANSLATORS: the day of the calculation follows. */
	strbuf_addf(&text, "%s ", _("calculated on"));
	cell_date(&text, v->desk, v->card.score.computed_on);
	draw_right(c, r.y, x + 1, r.x + r.w - x - 1, ROLE_DIM, text.buf);
	strbuf_release(&text);
}

static int draw_hint(struct customer_screen *v, struct canvas *c, struct rect r,
	const struct score_hint *hint, enum score_goal goal)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct say_style style;
	int used = 0;

	add_style(v, &style);
	if (hint->count && r.h > 0) {
		say_hint(&text, hint, goal, &style);
		used = draw_wrapped(c, r, ROLE_NORMAL, text.buf);
	}
	strbuf_release(&text);
	return used;
}

/* The score at the end of each of the last months, by what is known of its changes. */
static void months(const struct customer_screen *v, int64_t *out)
{
	const struct scores_why *why = &v->why;

	for (int m = 0; m < MONTHS; m++) {
		int32_t day = date_add_months(why->today, m + 1 - MONTHS);
		int score = why->n_history ? why->history[0].score_before : why->now.score;

		for (int i = 0; i < why->n_history && why->history[i].day <= day; i++)
			score = why->history[i].score_after;
		out[m] = score;
	}
}

static void draw_history(struct customer_screen *v, struct canvas *c, struct rect r)
{
	int64_t scores[MONTHS];
	int x = r.x;

	if (r.h < 1)
		return;
	months(v, scores);
	x += draw_text(c, r.y, x, r.w, ROLE_DIM, _("Twelve months")) + 1;
	chart_spark(c, r.y, x, MONTHS, ROLE_NORMAL, scores, MONTHS);
	draw_textf(c, r.y, x + MONTHS + 1, r.w, ROLE_DIM, "%d %s %d", (int)scores[0],
		draw_sign(c, G_RIGHT), (int)scores[MONTHS - 1]);
}

static void draw_score(struct customer_screen *v, struct canvas *c, struct rect r)
{
	struct say_style style;

	if (!v->explained) {
		draw_wrapped(c, r, ROLE_NORMAL,
			_("This record was merged into another one: the score is there."));
		return;
	}
	add_style(v, &style);
	draw_score_head(v, c, rect_top(&r, 1));
	for (int i = 0; i < SCORE_LINES && r.h > 0; i++) {
		struct rect line = rect_top(&r, 1);

		line.x += 2;
		line.w -= 2;
		draw_score_line(c, line, &v->why.why.score[i], &style);
	}
	draw_total(v, c, rect_top(&r, 1));
	rect_top(&r, draw_hint(v, c, r, &v->why.down, GOAL_LOWER_SCORE));
	rect_top(&r, draw_hint(v, c, r, &v->why.up, GOAL_RAISE_SCORE));
	if (v->why.segment_up.count)
		rect_top(&r, draw_hint(v, c, r, &v->why.segment_up, GOAL_RAISE_SEGMENT));
	if (r.h > 1)
		rect_top(&r, 1);
	draw_history(v, c, r);
}

/* --- who it is ----------------------------------------------------------- */

struct pen {
	struct canvas *c;
	struct rect r;
	int x;
};

static void write_text(struct pen *p, enum role role, const char *text)
{
	int room = p->r.x + p->r.w - p->x;

	if (*text && room > 0)
		p->x += draw_text(p->c, p->r.y, p->x, room, role, text);
}

/* "Phone  70 12 34 56": a label and what it is; nothing of an empty value. */
static void write_pair(struct pen *p, const char *label, enum role role, const char *value)
{
	if (!*value)
		return;
	if (p->x > p->r.x)
		write_text(p, ROLE_NORMAL, "  ");
	write_text(p, ROLE_DIM, label);
	write_text(p, ROLE_NORMAL, " ");
	write_text(p, role, value);
}

static const char *consent_word(const struct customer *c, enum consent_subject subject)
{
	switch (consents_get(c->consents, subject)) {
	case CONSENT_GRANTED:
		/* TRANSLATORS: may be written to by that channel */
		return _("yes");
	case CONSENT_REFUSED:
		/* TRANSLATORS: may not be written to by that channel */
		return _("no");
	case CONSENT_UNKNOWN:
	case CONSENT_STATES:
		break;
	}
	return "?";
}

static void draw_contact(struct customer_screen *v, struct canvas *c, struct rect r)
{
	const struct customer *cust = &v->card.customer;
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct pen p = { c, r, r.x };

	cell_phone(&text, v->desk, cust->phone_e164, cust->phone);
	write_pair(&p, _("Phone"), *cust->phone_e164 ? ROLE_EMPHASIS : ROLE_BAD, text.buf);
	if (*cust->phone && !*cust->phone_e164)
		/* TRANSLATORS: after a telephone number or e-mail address */
		write_text(&p, ROLE_BAD, _(" (not valid)"));
	else if (v->card.no_phone.id)
		write_text(&p, ROLE_BAD, _(" (never written to)"));
	write_pair(&p, _("E-mail"), *cust->email_key ? ROLE_EMPHASIS : ROLE_BAD, cust->email);
	if (*cust->email && !*cust->email_key)
		write_text(&p, ROLE_BAD, _(" (not valid)"));
	else if (v->card.no_email.id)
		write_text(&p, ROLE_BAD, _(" (never written to)"));
	if (p.x == r.x)
		write_text(&p, ROLE_DIM, _("No phone and no e-mail: e adds them."));
	strbuf_release(&text);
}

static void draw_address(struct customer_screen *v, struct canvas *c, struct rect r)
{
	const struct customer *cust = &v->card.customer;
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct pen p = { c, r, r.x };

	if (*cust->street)
		strbuf_addf(&text, "%s, ", cust->street);
	if (*cust->postcode)
		strbuf_addf(&text, "%s ", cust->postcode);
	strbuf_adds(&text, cust->city);
	write_pair(&p, _("Address"), ROLE_NORMAL, text.buf);
	strbuf_clear(&text);
	for (int i = 0; i < v->card.n_tags; i++)
		strbuf_addf(&text, "%s%s", i ? ", " : "", v->card.tags[i].name);
	write_pair(&p, _("Tags"), ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static void draw_consents(struct customer_screen *v, struct canvas *c, struct rect r)
{
	static const struct {
		enum consent_subject subject;
		const char *label;
	} shown[] = {
		{ CONSENT_MARKETING, N_("Marketing") },
		{ CONSENT_SMS, N_("SMS") },
		{ CONSENT_EMAIL, N_("E-mail") },
		{ CONSENT_WHATSAPP, N_("WhatsApp") },
		{ CONSENT_CALLS, N_("Phone calls") },
	};
	const struct customer *cust = &v->card.customer;
	struct pen p = { c, r, r.x };

	for (size_t i = 0; i < ARRAY_SIZE(shown); i++) {
		enum consent_state state = consents_get(cust->consents, shown[i].subject);

		write_pair(&p, _(shown[i].label),
			state == CONSENT_GRANTED   ? ROLE_GOOD
			: state == CONSENT_REFUSED ? ROLE_BAD
						   : ROLE_DIM,
			consent_word(cust, shown[i].subject));
	}
}

static void draw_owed(struct customer_screen *v, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(256);
	struct pen p = { c, r, r.x };

	if (!v->explained)
		return;
	if (v->owed.overdue) {
		cell_money(&text, v->desk, v->owed.overdue);
		write_pair(&p, _("Overdue"), ROLE_BAD, text.buf);
		strbuf_clear(&text);
		cell_date(&text, v->desk, v->owed.since);
		write_pair(&p, _("since"), ROLE_NORMAL, text.buf);
	} else {
		write_pair(&p, _("Overdue"), ROLE_GOOD, _("nothing"));
	}
	strbuf_clear(&text);
	if (v->owed.not_due) {
		cell_money(&text, v->desk, v->owed.not_due);
		write_pair(&p, _("Not due yet"), ROLE_NORMAL, text.buf);
		strbuf_clear(&text);
	}
	/* TRANSLATORS: how a customer pays: "Pays: Good". */
	write_pair(&p, _("Pays"), ROLE_NORMAL, _(behaviour_label(v->why.now.behaviour)));
	strbuf_release(&text);
}

static void draw_outlook(struct customer_screen *v, struct canvas *c, struct rect r)
{
	const struct customer_score *score = &v->why.now;
	enum score_level level = churn_level(score->churn);
	struct strbuf text = STRBUF_INIT_MAX(256);
	struct pen p = { c, r, r.x };

	if (!v->explained)
		return;
	write_text(&p, ROLE_DIM, _("Estimates"));
	cell_tenths(&text, v->desk, score->churn);
	strbuf_addf(&text, " (%s)", _(churn_level_label(level)));
	/* TRANSLATORS: among the estimates: the risk that the customer leaves. */
	write_pair(&p, _("departure"), cell_level_role(level), text.buf);
	strbuf_clear(&text);
	cell_money(&text, v->desk, score->lifetime_value);
	/* TRANSLATORS: among the estimates: what the customer will have brought in. */
	write_pair(&p, _("value"), ROLE_NORMAL, text.buf);
	strbuf_clear(&text);
	strbuf_addf(&text, "%d/10", score->satisfaction);
	/* TRANSLATORS: among the estimates. */
	write_pair(&p, _("satisfaction"), ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

/* --- the screen ---------------------------------------------------------- */

static void headline(struct view *view, struct strbuf *out)
{
	struct customer_screen *v = screen_of(view);
	const struct customer *c = &v->card.customer;

	if (v->card.favourite)
		strbuf_addf(out, "%s ", ui_look(view->ui)->glyphs[G_MARK]);
	customer_name(c->name, c->first_name, out);
	if (*c->firm)
		strbuf_addf(out, " · %s", c->firm);
	if (v->explained)
		strbuf_addf(
			out, " · %s %d", _(segment_label(v->why.now.segment)), v->why.now.score);
	if (c->anonymised_at)
		strbuf_addf(out, " · %s", _("anonymised"));
}

static void make_tabs(struct customer_screen *v)
{
	v->tabs.count = 0;
	if (!v->large)
		v->tabs.items[v->tabs.count++] = (struct tab){ -1 - TAB_SCORE, _("Score") };
	for (int i = 0; i < PART_COUNT; i++)
		v->tabs.items[v->tabs.count++] =
			(struct tab){ -1 - TAB_PARTS - i, _(customer_part_title((enum part)i)) };
}

static void draw_part(struct customer_screen *v, struct canvas *c, struct rect r)
{
	if (v->tab == TAB_SCORE)
		draw_score(v, c, r);
	else
		table_draw(
			&v->parts[v->tab - TAB_PARTS].list.table, c, r, true, ui_now(v->view.ui));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct customer_screen *v = screen_of(view);
	struct rect inner = { r.y, r.x + 1, HEAD_LINES, r.w - 2 };

	v->large = r.w >= LARGE_COLS;
	if (v->large && v->tab == TAB_SCORE)
		choose(v, TAB_PARTS);
	draw_contact(v, c, rect_top(&inner, 1));
	draw_address(v, c, rect_top(&inner, 1));
	draw_consents(v, c, rect_top(&inner, 1));
	draw_owed(v, c, rect_top(&inner, 1));
	draw_outlook(v, c, rect_top(&inner, 1));
	rect_top(&r, HEAD_LINES);
	if (r.h > 20)
		draw_hline(c, rect_top(&r, 1).y, r.x, r.w, ROLE_LINE);
	if (v->large) {
		struct rect left = rect_left(&r, SCORE_COLS);

		draw_vline(c, left.y, left.x + left.w - 1, left.h, ROLE_LINE);
		left.x++;
		left.w -= 3;
		draw_score(v, c, left);
	}
	make_tabs(v);
	tabs_draw(&v->tabs, c, rect_top(&r, 1));
	if (v->tab == TAB_SCORE) {
		draw_cursor(c, r.y, r.x + 1);
		r.x++;
		r.w -= 2;
	}
	draw_part(v, c, r);
}

static unsigned turn(struct customer_screen *v, int by)
{
	int first = v->large ? TAB_PARTS : TAB_SCORE, n = TAB_PARTS + PART_COUNT - first;

	choose(v, first + (v->tab - first + n + by) % n);
	return STALE_PAINT;
}

static unsigned on_mouse(struct view *view, const struct mouse *m)
{
	struct customer_screen *v = screen_of(view);
	int tab = m->what == MOUSE_PRESS ? tabs_at(&v->tabs, m->y, m->x) : 0;

	if (!tab)
		return STALE_PASS;
	choose(v, -1 - tab);
	return STALE_PAINT;
}

/* What is under the cursor, where it opens: a message, a task. */
static unsigned open_row(struct customer_screen *v)
{
	int64_t message = v->tab == TAB_PARTS + PART_MESSAGES
				  ? table_id(&v->parts[PART_MESSAGES].list.table)
				  : 0;
	const struct task_line *task =
		v->tab >= TAB_PARTS ? customer_part_task(&v->parts[v->tab - TAB_PARTS]) : NULL;

	if (message)
		return ui_push(v->view.ui, &message_view, &message);
	if (!task)
		return STALE_NONE;
	return acts_call(&v->acts, v->id, task->task.id, task->task.revision);
}

static void row_of(const struct customer_screen *v, struct act_row *row)
{
	*row = (struct act_row){ .consent_id = 0 };
	if (v->tab >= TAB_PARTS)
		customer_part_row(&v->parts[v->tab - TAB_PARTS], row);
}

static unsigned open_menu(struct customer_screen *v)
{
	struct act_row row;

	row_of(v, &row);
	return acts_menu_of(&v->acts, v->id, &row);
}

/* The row under the cursor where it can be edited, else the customer. */
static unsigned edit(struct customer_screen *v)
{
	struct act_row row;

	row_of(v, &row);
	if (row.task && !row.task->done_at)
		return acts_task_edit(&v->acts, row.task);
	if (row.note && acts_note_mine(&v->acts, row.note))
		return acts_note_edit(&v->acts, row.note);
	return acts_edit(&v->acts, v->id);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct customer_screen *v = screen_of(view);

	switch ((int)action) {
	case ACT_NEXT_PART:
	case ACT_RIGHT:
		return turn(v, 1);
	case ACT_PREV_PART:
	case ACT_LEFT:
		return turn(v, -1);
	case ACT_EDIT:
		return edit(v);
	case ACT_COPY:
		return acts_copy(&v->acts, v->id);
	case ACT_PRINT:
		return page_customer(v->desk, v->id);
	case ACT_REMIND:
		return acts_remind(&v->acts, v->id);
	case ACT_STOP:
		return acts_stop(&v->acts, v->id);
	case ACT_MENU:
		return open_menu(v);
	case ACT_OPEN:
		return open_row(v);
	case ACT_NEW:
		return message_new(&v->acts, v->id);
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	(void)view;
	return NEED_ROW; /* the customer itself: the menu is always there */
}

static const struct view_action customer_actions[] = {
	{ ACT_EDIT, NULL },
	{ ACT_NEXT_PART, N_("Next part") },
	{ ACT_MENU, NULL },
	{ ACT_COPY, NULL },
	{ ACT_NEW, N_("New message") },
	{ ACT_REMIND, NULL },
	{ ACT_STOP, NULL },
	{ ACT_PRINT, NULL },
};

const struct view_ops customer_view = {
	.name = "customer",
	.title = N_("Customer"),
	.size = sizeof(struct customer_screen),
	.actions = customer_actions,
	.action_count = ARRAY_SIZE(customer_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
	.mouse = on_mouse,
};
