#include "page.h"

#include <unistd.h>

#include "campaign_report.h"
#include "cells.h"
#include "customers.h"
#include "exports.h"
#include "filter.h"
#include "i18n.h"
#include "mem.h"
#include "path.h"
#include "receivables.h"
#include "say.h"
#include "scores.h"

#define PAGE_MAX ((size_t)4 << 20)
#define NAMES_MOST 1000

/* --- HTML ---------------------------------------------------------------- */

static void add_escaped(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			strbuf_adds(out, "&amp;");
		else if (*text == '<')
			strbuf_adds(out, "&lt;");
		else if (*text == '>')
			strbuf_adds(out, "&gt;");
		else if (*text == '"')
			strbuf_adds(out, "&quot;");
		else if ((unsigned char)*text >= ' ' || *text == '\n')
			strbuf_addc(out, *text);
	}
}

static void add_element(struct strbuf *out, const char *name, const char *text)
{
	strbuf_addf(out, "<%s>", name);
	add_escaped(out, text);
	strbuf_addf(out, "</%s>\n", name);
}

static const char style[] =
	"@page{size:A4;margin:16mm}body{font:11pt/1.35 sans-serif;max-width:178mm;margin:auto}"
	"h1{font-size:16pt;margin:0}h2{font-size:12pt;margin:6mm 0 1mm}"
	"table{border-collapse:collapse;width:100%}tr{break-inside:avoid}"
	"th,td{text-align:left;padding:.6mm 2mm .6mm 0;border-bottom:.2mm solid #bbb}"
	"td.n,th.n{text-align:right}footer{margin-top:6mm;color:#555;font-size:9pt}";

static void begin(struct strbuf *out, const struct desk *d, const char *title)
{
	strbuf_addf(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
		lang_code(d->lang));
	add_escaped(out, title);
	strbuf_addf(out, "</title>\n<style>%s</style></head>\n<body>\n", style);
	add_element(out, "h1", title);
}

static void end(struct strbuf *out, struct desk *d)
{
	struct strbuf text = STRBUF_INIT_MAX(512);

	if (d->s->company.id)
		strbuf_addf(&text, "%s · ", d->s->company.name);
	cell_instant(&text, d, session_now(d->s));
	add_element(out, "footer", text.buf);
	strbuf_adds(out, "</body></html>\n");
	strbuf_release(&text);
}

/* A row of two cells; nothing of an empty value. */
static void add_pair(struct strbuf *out, const char *label, const char *value)
{
	if (!*value)
		return;
	strbuf_adds(out, "<tr>");
	add_element(out, "th", label);
	add_element(out, "td", value);
	strbuf_adds(out, "</tr>\n");
}

/* --- the file ------------------------------------------------------------ */

/* ~/ecompta/STEM.html, or STEM-2.html and so on. */
static bool find_name(const char *stem, struct strbuf *path, struct err *err)
{
	struct strbuf folder = STRBUF_INIT_MAX(4096);
	bool ok = path_place(PATH_EXCHANGE, &folder, err) && path_mkdirs(folder.buf, err);

	for (int i = 1; ok && i <= NAMES_MOST; i++) {
		strbuf_clear(path);
		strbuf_addf(path, "%s/%s", folder.buf, stem);
		if (i > 1)
			strbuf_addf(path, "-%d", i);
		strbuf_adds(path, ".html");
		if (access(path->buf, F_OK) != 0)
			break;
	}
	strbuf_release(&folder);
	return ok;
}

static unsigned write_page(struct desk *d, const char *stem, const struct strbuf *html)
{
	struct strbuf path = STRBUF_INIT_MAX(4096);
	struct err err = ERR_INIT;
	unsigned stale;

	if (find_name(stem, &path, &err) && path_write(path.buf, html->buf, html->len, &err))
		stale = ui_say(d->ui, _("Page to be printed: %s"), path.buf);
	else
		stale = ui_error(d->ui, &err);
	strbuf_release(&path);
	return stale;
}

/* --- a customer ---------------------------------------------------------- */

static void add_who(struct strbuf *out, struct desk *d, const struct customer *c)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);

	strbuf_adds(out, "<table>\n");
	add_pair(out, _("Accounting key"), c->account_key);
	cell_phone(&text, d, c->phone_e164, c->phone);
	add_pair(out, _("Phone"), text.buf);
	add_pair(out, _("E-mail"), c->email);
	strbuf_clear(&text);
	strbuf_addf(&text, "%s%s%s%s%s", c->street, *c->street ? ", " : "", c->postcode,
		*c->postcode ? " " : "", c->city);
	add_pair(out, _("Address"), text.buf);
	strbuf_adds(out, "</table>\n");
	strbuf_release(&text);
}

static void add_why(struct strbuf *out, struct desk *d, const struct scores_why *why)
{
	const struct say_style say = { d->lang, d->s->company.currency };
	struct strbuf text = STRBUF_INIT_MAX(512);

	strbuf_addf(&text, "%s %d · %s", _("Score"), why->now.score,
		_(segment_label(why->now.segment)));
	add_element(out, "h2", text.buf);
	strbuf_adds(out, "<table>\n");
	for (int i = 0; i < SCORE_LINES; i++) {
		const struct score_line *line = &why->why.score[i];

		strbuf_adds(out, "<tr>");
		add_element(out, "th", _(score_rule_label(line->rule)));
		strbuf_clear(&text);
		say_rule_value(&text, line, &say);
		add_element(out, "td", text.buf);
		strbuf_clear(&text);
		say_rule_test(&text, line, &say);
		add_element(out, "td", text.buf);
		strbuf_clear(&text);
		say_points(&text, line);
		strbuf_adds(out, "<td class=\"n\">");
		add_escaped(out, text.buf);
		strbuf_adds(out, "</td></tr>\n");
	}
	strbuf_adds(out, "</table>\n");
	strbuf_release(&text);
}

static void add_owed(struct strbuf *out, struct desk *d, const struct receivables *r)
{
	struct strbuf text = STRBUF_INIT_MAX(256);

	add_element(out, "h2", _("Receivables"));
	strbuf_adds(out, "<table>\n");
	cell_money(&text, d, r->overdue);
	add_pair(out, _("Overdue"), text.buf);
	strbuf_clear(&text);
	cell_date(&text, d, r->since);
	add_pair(out, _("Overdue since"), text.buf);
	strbuf_clear(&text);
	cell_money(&text, d, r->not_due);
	add_pair(out, _("Not due yet"), text.buf);
	strbuf_adds(out, "</table>\n");
	strbuf_release(&text);
}

static bool fill_customer(struct strbuf *out, struct desk *d, int64_t id, struct err *err)
{
	struct strbuf name = STRBUF_INIT_MAX(512);
	struct arena a = ARENA_INIT;
	struct customer_card card;
	struct scores_why why;
	struct receivables owed;
	bool ok = customers_get(d->s, id, &a, &card, err) &&
		  scores_explain(d->s, id, &a, &why, err) && receivables_of(d->s, id, &owed, err);

	if (ok) {
		customer_name(card.customer.name, card.customer.first_name, &name);
		begin(out, d, name.buf);
		add_who(out, d, &card.customer);
		if (why.found)
			add_why(out, d, &why);
		add_owed(out, d, &owed);
		end(out, d);
	}
	strbuf_release(&name);
	arena_release(&a);
	return ok;
}

unsigned page_customer(struct desk *d, int64_t id)
{
	struct strbuf html = STRBUF_INIT_MAX(PAGE_MAX);
	struct err err = ERR_INIT;
	unsigned stale;

	if (export_page_noted(d->s, id, &err) && fill_customer(&html, d, id, &err))
		/* TRANSLATORS: the beginning of a file's name. */
		stale = write_page(d, _("customer"), &html);
	else
		stale = ui_error(d->ui, &err);
	strbuf_release(&html);
	return stale;
}

/* --- a list -------------------------------------------------------------- */

struct list_job {
	struct job job;
	struct desk *desk; /* its ways of writing, which do not change meanwhile */
	struct list_query query;
	char *filter, *search;
	struct strbuf html;
	int64_t rows;
	bool cut;
};

static void add_cell(struct strbuf *out, const char *class, const char *text)
{
	strbuf_addf(out, "<td%s>", class);
	add_escaped(out, text);
	strbuf_adds(out, "</td>");
}

static bool add_row(void *data, const struct customer_line *line, struct err *err)
{
	struct list_job *l = data;
	struct strbuf text = STRBUF_INIT_MAX(512), *out = &l->html;

	(void)err;
	l->cut = l->rows == PAGE_ROWS;
	if (l->cut)
		return false;
	l->rows++;
	customer_name(line->name, line->first_name, &text);
	strbuf_adds(out, "<tr>");
	add_cell(out, "", text.buf);
	strbuf_clear(&text);
	cell_phone(&text, l->desk, line->phone_e164, line->phone);
	add_cell(out, "", text.buf);
	add_cell(out, "", _(segment_label(line->score.segment)));
	strbuf_clear(&text);
	strbuf_addf(&text, "%d", line->score.score);
	add_cell(out, " class=\"n\"", text.buf);
	strbuf_clear(&text);
	if (line->score.overdue)
		cell_amount(&text, l->desk, line->score.overdue);
	add_cell(out, " class=\"n\"", text.buf);
	strbuf_clear(&text);
	cell_day(&text, l->desk, line->score.last_purchase);
	add_cell(out, "", text.buf);
	strbuf_adds(out, "</tr>\n");
	strbuf_release(&text);
	return true;
}

static void add_head(struct list_job *l)
{
	struct strbuf *out = &l->html;
	char overdue[64];

	cell_head(overdue, sizeof(overdue), l->desk, _("Overdue"));
	strbuf_adds(out, "<table>\n<thead><tr>");
	add_element(out, "th", _("Customer"));
	add_element(out, "th", _("Phone"));
	add_element(out, "th", _("Segment"));
	strbuf_adds(out, "<th class=\"n\">");
	add_escaped(out, _("Score"));
	strbuf_adds(out, "</th><th class=\"n\">");
	add_escaped(out, overdue);
	strbuf_adds(out, "</th>");
	add_element(out, "th", _("Bought on"));
	strbuf_adds(out, "</tr></thead>\n<tbody>\n");
}

static bool run_list(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct list_job *l = (struct list_job *)job;
	struct customer_set set = { .query = &l->query, .search = l->search };
	struct arena a = ARENA_INIT;
	struct filter_error wrong;
	struct err stopped = ERR_INIT;
	bool ok = export_page_noted(s, 0, err);

	if (ok && filter_parse(&a, l->filter, &l->query.filter, &wrong)) {
		begin(&l->html, l->desk, _("Customers"));
		add_head(l);
		ok = customers_each(s, &set, add_row, l, p, &stopped) || l->cut;
		strbuf_adds(&l->html, "</tbody></table>\n");
		end(&l->html, l->desk);
	}
	if (!ok && stopped.code)
		*err = stopped;
	l->query.filter = NULL;
	arena_release(&a);
	return ok;
}

static unsigned list_ended(struct desk *d, struct job *job)
{
	struct list_job *l = (struct list_job *)job;

	if (!job->ok)
		return ui_error(d->ui, &job->err);
	/* TRANSLATORS: the beginning of a file's name. */
	return write_page(d, _("customers"), &l->html);
}

static void free_list(struct job *job)
{
	struct list_job *l = (struct list_job *)job;

	strbuf_release(&l->html);
	free(l->filter);
	free(l->search);
	free(l);
}

static const struct job_ops list_ops = {
	.title = N_("Page"),
	.run = run_list,
	.ended = list_ended,
	.free = free_list,
};

unsigned page_customers(struct desk *d, const struct page_list *list)
{
	struct list_job *l = mem_zalloc(1, sizeof(*l));
	struct err err = ERR_INIT;

	l->job.ops = &list_ops;
	l->desk = d;
	l->query = list->query;
	l->filter = mem_strdup(list->filter);
	l->search = mem_strdup(list->search);
	strbuf_init(&l->html, PAGE_MAX);
	if (!job_start(d, &l->job, &err))
		return ui_error(d->ui, &err);
	return STALE_PAINT;
}

/* --- a message ------------------------------------------------------------ */

unsigned page_message(struct desk *d, const char *subject, const char *html, const char *text)
{
	struct strbuf page = STRBUF_INIT_MAX(PAGE_MAX);
	unsigned stale;

	if (*html) {
		strbuf_adds(&page, html);
	} else {
		begin(&page, d, *subject ? subject : _("Message"));
		strbuf_adds(&page, "<pre style=\"white-space:pre-wrap\">");
		add_escaped(&page, text);
		strbuf_adds(&page, "</pre>\n");
		end(&page, d);
	}
	/* TRANSLATORS: the beginning of a file's name. */
	stale = write_page(d, _("message"), &page);
	strbuf_release(&page);
	return stale;
}

/* --- a campaign ---------------------------------------------------------- */

/* A label, a figure, and what it is of another one. */
static void add_figures(struct strbuf *out, const char *label, const char *figure, const char *rate)
{
	strbuf_adds(out, "<tr>");
	add_element(out, "th", label);
	add_cell(out, " class=\"n\"", figure);
	add_cell(out, " class=\"n\"", rate);
	strbuf_adds(out, "</tr>\n");
}

static void add_funnel(struct strbuf *out, const struct desk *d, const struct campaign_card *card)
{
	struct strbuf figure = STRBUF_INIT_MAX(64), rate = STRBUF_INIT_MAX(64);
	struct report_step steps[REPORT_STEPS];

	report_steps(card, steps);
	strbuf_adds(out, "<table>\n");
	for (int i = 0; i < REPORT_STEPS; i++) {
		strbuf_clear(&figure);
		strbuf_clear(&rate);
		if (steps[i].told)
			cell_count(&figure, d, steps[i].n);
		if (steps[i].told && steps[i].of)
			campaign_add_rate(&rate, d, steps[i].n, steps[i].of);
		add_figures(out, steps[i].label, steps[i].told ? figure.buf : "–", rate.buf);
	}
	strbuf_adds(out, "</table>\n");
	strbuf_release(&figure);
	strbuf_release(&rate);
}

static void add_reasons(struct strbuf *out, const struct desk *d, const struct campaign_card *card)
{
	struct strbuf figure = STRBUF_INIT_MAX(64);
	int64_t by[MESSAGE_REASON_COUNT];

	report_reasons(card, by);
	add_element(out, "h2", _("Left out or failed, and why"));
	strbuf_adds(out, "<table>\n");
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++) {
		if (!by[i])
			continue;
		strbuf_clear(&figure);
		cell_count(&figure, d, by[i]);
		add_figures(out, _(message_reason_label((enum message_reason)i)), figure.buf, "");
	}
	strbuf_adds(out, "</table>\n");
	strbuf_release(&figure);
}

static void add_texts(struct strbuf *out, const struct campaign_card *card)
{
	add_element(out, "h2", _("What is written"));
	for (int i = 0; i < card->n_texts; i++) {
		const struct campaign_content *t = &card->texts[i];

		strbuf_adds(out, "<p>");
		add_escaped(out, _(channel_label(t->channel)));
		strbuf_addf(out, " (%s) ", t->language);
		add_escaped(out, t->subject);
		strbuf_adds(out, "</p>\n<pre style=\"white-space:pre-wrap\">");
		add_escaped(out, t->text);
		strbuf_adds(out, "</pre>\n");
	}
}

unsigned page_campaign(
	struct desk *d, const struct campaign_card *card, const struct campaign_metrics *m)
{
	struct strbuf html = STRBUF_INIT_MAX(PAGE_MAX), state = STRBUF_INIT_MAX(1024);
	struct report_pair pairs[REPORT_PAIRS];
	int n = report_pairs(d, card, m, pairs);
	unsigned stale;

	begin(&html, d, card->campaign.name);
	report_state(&state, d, card);
	add_element(&html, "p", state.buf);
	add_funnel(&html, d, card);
	add_element(&html, "h2", _("Cost and return"));
	strbuf_adds(&html, "<table>\n");
	for (int i = 0; i < n; i++)
		add_pair(&html, pairs[i].label, pairs[i].value);
	strbuf_adds(&html, "</table>\n");
	add_reasons(&html, d, card);
	add_texts(&html, card);
	end(&html, d);
	/* TRANSLATORS: the beginning of a file's name. */
	stale = write_page(d, _("campaign"), &html);
	strbuf_release(&html);
	strbuf_release(&state);
	return stale;
}

/* --- the keys ------------------------------------------------------------ */

unsigned page_keys(struct desk *d)
{
	struct strbuf html = STRBUF_INIT_MAX(PAGE_MAX), keys = STRBUF_INIT_MAX(512);
	unsigned stale;

	begin(&html, d, _("Keys of ecompta-crm"));
	strbuf_adds(&html, "<table>\n");
	for (int i = 0; i < ACT_COUNT; i++) {
		strbuf_clear(&keys);
		keymap_keys(ui_keys(d->ui), i, &keys);
		if (keys.len)
			add_pair(&html, keys.buf, _(actions[i].help));
	}
	strbuf_adds(&html, "</table>\n");
	end(&html, d);
	/* TRANSLATORS: the beginning of a file's name. */
	stale = write_page(d, _("keys"), &html);
	strbuf_release(&html);
	strbuf_release(&keys);
	return stale;
}
