/* Why messages wait, what a check found, who is left out. */
#include "say_send.h"

#include "date.h"
#include "i18n.h"
#include "money.h"
#include "num.h"
#include "tz.h"

#define LINES_SAID 10 /* of a list that is not known to the last */

static void say_until(
	struct strbuf *out, int64_t until, const struct tz *tz, int64_t now, enum lang lang)
{
	struct tz_time at = tz_local(tz, until), today = tz_local(tz, now);
	struct strbuf when = STRBUF_INIT;

	if (at.day != today.day) {
		date_add_medium(&when, at.day, lang);
		strbuf_addc(&when, ' ');
	}
	date_add_time(&when, at.minute);
	if (at.day == today.day)
		/* TRANSLATORS: behind why messages wait: an hour of today */
		say_with(out, _(", until %s"), when.buf);
	else
		/* TRANSLATORS: behind why messages wait: a day and an hour */
		say_with(out, _(", not before %s"), when.buf);
	strbuf_release(&when);
}

void say_wait(struct strbuf *out, const struct campaign_wait *wait, const struct tz *tz,
	int64_t now, enum lang lang)
{
	/* TRANSLATORS: a channel, and why its messages wait */
	strbuf_addf(out, _("%s: %s"), _(channel_label(wait->channel)),
		_(message_reason_label(wait->reason)));
	if (wait->provider >= 0)
		strbuf_addf(
			out, " (%s)", _(provider_name_label((enum provider_name)wait->provider)));
	if (wait->until)
		say_until(out, wait->until, tz, now, lang);
	else
		/* TRANSLATORS: behind why messages wait */
		strbuf_adds(out, _(", until somebody acts"));
}

static void say_place(struct strbuf *out, const struct finding *f)
{
	struct strbuf place = STRBUF_INIT;

	if (f->why)
		/* TRANSLATORS: what is wrong with a text, behind the place in it */
		strbuf_addf(out, _(": %s"), _(f->why));
	if (f->channel != CHANNEL_COUNT && *f->language)
		strbuf_addf(&place, "%s, %s", _(channel_label(f->channel)), f->language);
	if (f->line)
		/* TRANSLATORS: a place in a text */
		strbuf_addf(&place, _(", line %d, column %d"), f->line, f->column);
	if (place.len)
		strbuf_addf(out, " (%s)", place.buf);
	strbuf_release(&place);
}

void say_finding(struct strbuf *out, const struct finding *f, const struct say_style *style)
{
	struct strbuf subject = STRBUF_INIT;
	unsigned long parts;

	if (f->code == FINDING_BUDGET) {
		money_format(&subject, f->amount, style->currency, style->lang);
	} else if (f->code == FINDING_SMS_LONG) {
		parts = (unsigned long)f->amount;
		strbuf_addf(&subject, ngettext("%lu SMS", "%lu SMS", parts), parts);
	} else {
		strbuf_adds(&subject, f->translate ? _(f->subject) : f->subject);
	}
	say_with(out, _(finding_code_label(f->code)), subject.buf);
	strbuf_release(&subject);
	say_place(out, f);
}

void say_list(struct strbuf *out, size_t found, const int64_t *lines, size_t n, enum lang lang)
{
	struct strbuf number = STRBUF_INIT;

	num_format(&number, (int64_t)found, 0, lang);
	/* TRANSLATORS: how many customers of a list are known here. */
	say_with(out, ngettext("%s found", "%s found", (unsigned long)found), number.buf);
	if (n) {
		strbuf_clear(&number);
		num_format(&number, (int64_t)n, 0, lang);
		/* TRANSLATORS: follows "214 found"; then the numbers of the lines. */
		say_with(out, ngettext(", %s not: line ", ", %s not: lines ", (unsigned long)n),
			number.buf);
	}
	for (size_t i = 0; i < n && i < LINES_SAID; i++)
		strbuf_addf(out, "%s%lld", i ? ", " : "", (long long)lines[i]);
	strbuf_adds(out, n > LINES_SAID ? "…" : "");
	strbuf_release(&number);
}

void say_left_out(struct strbuf *out, enum message_reason reason, int64_t n, enum lang lang)
{
	struct strbuf number = STRBUF_INIT;

	num_format(&number, n, 0, lang);
	/* TRANSLATORS: before a reason: how many are left out for it */
	say_with(out, ngettext("%s person: ", "%s people: ", (unsigned long)n), number.buf);
	strbuf_adds(out, _(message_reason_label(reason)));
	strbuf_release(&number);
}

void say_duration(struct strbuf *out, int64_t seconds)
{
	long long days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;

	if (seconds < 60)
		strbuf_adds(out, _("less than a minute"));
	else if (days)
		/* TRANSLATORS: a duration: days and hours */
		strbuf_addf(out, _("%lld d %lld h"), days, hours);
	else if (hours)
		/* TRANSLATORS: a duration: hours and minutes */
		strbuf_addf(out, _("%lld h %02lld min"), hours, minutes);
	else
		strbuf_addf(out, _("%lld min"), minutes);
}
