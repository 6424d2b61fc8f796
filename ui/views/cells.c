#include "cells.h"

#include "date.h"
#include "i18n.h"
#include "money.h"
#include "num.h"
#include "phone.h"

void cell_money(struct strbuf *out, const struct desk *d, int64_t minor)
{
	money_format(out, minor, d->s->company.currency, d->lang);
}

void cell_amount(struct strbuf *out, const struct desk *d, int64_t minor)
{
	money_format_bare(out, minor, d->s->company.currency, d->lang);
}

void cell_day(struct strbuf *out, const struct desk *d, int32_t day)
{
	date_add_short(out, day, d->lang);
}

void cell_date(struct strbuf *out, const struct desk *d, int32_t day)
{
	date_add_medium(out, day, d->lang);
}

void cell_instant(struct strbuf *out, const struct desk *d, int64_t at)
{
	int minute;

	date_add_medium(out, desk_day(d, at, &minute), d->lang);
	strbuf_addc(out, ' ');
	date_add_time(out, minute);
}

void cell_ago(struct strbuf *out, const struct desk *d, int32_t day)
{
	long days = (long)desk_today(d) - day;

	if (day == DAY_NONE)
		return;
	if (days == 0)
		strbuf_adds(out, _("today"));
	else if (days == 1)
		strbuf_adds(out, _("yesterday"));
	else if (days == -1)
		strbuf_adds(out, _("tomorrow"));
	else if (days > 0)
		strbuf_addf(
			out, ngettext("%ld day ago", "%ld days ago", (unsigned long)days), days);
	else
		strbuf_addf(
			out, ngettext("in %ld day", "in %ld days", (unsigned long)-days), -days);
}

void cell_count(struct strbuf *out, const struct desk *d, int64_t n)
{
	num_format(out, n, 0, d->lang);
}

void cell_tenths(struct strbuf *out, const struct desk *d, int tenths)
{
	num_format(out, tenths, 1, d->lang);
}

void cell_phone(struct strbuf *out, const struct desk *d, const char *e164, const char *typed)
{
	if (*e164 && d->country)
		phone_show(out, e164, d->country);
	else
		strbuf_adds(out, *e164 ? e164 : typed);
}

void cell_consent(struct table_cell *cell, uint32_t consents, enum consent_subject subject)
{
	switch (consents_get(consents, subject)) {
	case CONSENT_GRANTED:
		strbuf_adds(cell->text, cell->look->glyphs[G_YES]);
		cell->role = ROLE_GOOD;
		break;
	case CONSENT_REFUSED:
		strbuf_adds(cell->text, cell->look->glyphs[G_NO]);
		cell->role = ROLE_BAD;
		break;
	case CONSENT_UNKNOWN:
	case CONSENT_STATES:
		/* The most frequent sign, and small enough: a colour would cost 22 bytes each. */
		strbuf_adds(cell->text, cell->look->glyphs[G_BULLET]);
		break;
	}
}

void cell_none(struct table_cell *cell)
{
	strbuf_adds(cell->text, cell->look->glyphs[G_DASH]);
	cell->role = ROLE_DIM;
}

enum role cell_segment_role(enum segment segment)
{
	static const enum role roles[SEGMENT_COUNT] = {
		[SEGMENT_VIP] = ROLE_VIP,
		[SEGMENT_LOYAL] = ROLE_LOYAL,
		[SEGMENT_REGULAR] = ROLE_REGULAR,
		[SEGMENT_OCCASIONAL] = ROLE_OCCASIONAL,
		[SEGMENT_AT_RISK] = ROLE_FRAGILE,
	};

	return segment < SEGMENT_COUNT ? roles[segment] : ROLE_NORMAL;
}

enum role cell_level_role(enum score_level level)
{
	static const enum role roles[LEVEL_COUNT] = {
		[LEVEL_BAD] = ROLE_BAD,
		[LEVEL_MIDDLE] = ROLE_MIDDLE,
		[LEVEL_GOOD] = ROLE_GOOD,
	};

	return level < LEVEL_COUNT ? roles[level] : ROLE_NORMAL;
}

void cell_head(char *out, size_t size, const struct desk *d, const char *label)
{
	snprintf(out, size, "%s %s", label, d->currency);
}

/* --- filters ------------------------------------------------------------- */

static void add_age(struct strbuf *out, long days)
{
	strbuf_addf(out, ngettext("%ld day", "%ld days", (unsigned long)days), days);
}

static void add_filter_word(struct strbuf *out, const struct desk *d, const struct filter_word *w)
{
	switch (w->kind) {
	case WORD_LABEL:
		strbuf_adds(out, _(w->label));
		break;
	case WORD_SIGN:
	case WORD_TEXT:
		strbuf_adds(out, w->label);
		break;
	case WORD_NUMBER:
		num_format(out, w->number, 0, d->lang);
		break;
	case WORD_DECIMAL:
		num_format(out, w->number / (FILTER_SCALE / 10), 1, d->lang);
		break;
	case WORD_MONEY:
		num_format(out, w->number / FILTER_SCALE, 0, d->lang);
		strbuf_addf(out, "\u00a0%s", d->currency);
		break;
	case WORD_AGE:
		add_age(out, (long)w->number);
		break;
	case WORD_DATE:
		cell_date(out, d, (int32_t)w->number);
		break;
	case WORD_COMMA:
	case WORD_OR:
		/* TRANSLATORS: between two conditions of a filter. */
		strbuf_adds(out, _("or"));
		break;
	case WORD_AND:
		/* TRANSLATORS: between two conditions of a filter. */
		strbuf_adds(out, _("and"));
		break;
	case WORD_NOT:
		/* TRANSLATORS: before a condition of a filter: "not (score > 50)". */
		strbuf_adds(out, _("not"));
		break;
	case WORD_OPEN:
		strbuf_addc(out, '(');
		break;
	case WORD_CLOSE:
		strbuf_addc(out, ')');
		break;
	}
}

void cell_filter(struct strbuf *out, const struct desk *d, const struct filter *filter)
{
	struct arena a = ARENA_INIT;
	const struct filter_word *words;
	size_t n = filter_words(&a, filter, &words);

	for (size_t i = 0; i < n; i++) {
		if (i && words[i].kind != WORD_CLOSE && words[i - 1].kind != WORD_OPEN)
			strbuf_addc(out, ' ');
		add_filter_word(out, d, &words[i]);
	}
	arena_release(&a);
}
