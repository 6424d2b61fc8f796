#include "provider_words.h"

#include "cells.h"
#include "date.h"
#include "i18n.h"
#include "say.h"

void provider_time(struct strbuf *out, const struct desk *d, int64_t at)
{
	int minute;

	if (desk_day(d, at, &minute) == desk_today(d))
		date_add_time(out, minute);
	else
		cell_instant(out, d, at);
}

static const char *field_label(const struct provider_card *card, const char *key)
{
	for (const struct provider_field *f = card->fields; f->key; f++)
		if (!strcmp(f->key, key))
			return _(f->label);
	return key;
}

static void add_until(struct strbuf *out, const struct desk *d, const char *fmt, int64_t until)
{
	struct strbuf time = STRBUF_INIT_MAX(64);

	provider_time(&time, d, until);
	say_with(out, fmt, time.buf);
	strbuf_release(&time);
}

/* Of one that is set up and on. */
static struct provider_words state_words(
	struct strbuf *out, const struct desk *d, const struct provider_account *p)
{
	bool over = p->state_until && p->state_until <= session_now(d->s);

	switch (p->state) {
	case BREAKER_REFUSING:
		strbuf_adds(out, _("refuses the account"));
		if (*p->state_code)
			strbuf_addf(out, " (%s)", p->state_code);
		return (struct provider_words){ G_NO, ROLE_BAD };
	case BREAKER_RESTING:
		if (over)
			break;
		/* TRANSLATORS: a provider that had errors is left alone; a time follows. */
		add_until(out, d, _("resting until %s"), p->state_until);
		return (struct provider_words){ G_WARN, ROLE_MIDDLE };
	case BREAKER_FULL:
		if (over)
			break;
		/* TRANSLATORS: a provider takes no more for now; a time follows. */
		add_until(out, d, _("at its limit until %s"), p->state_until);
		return (struct provider_words){ G_WARN, ROLE_MIDDLE };
	case BREAKER_UP:
	case BREAKER_STATE_COUNT:
		break;
	}
	if (p->tested_at && !p->tested_ok) {
		strbuf_adds(out, _("the last test failed"));
		return (struct provider_words){ G_WARN, ROLE_MIDDLE };
	}
	if (!p->tested_at && p->name != PROVIDER_FILE) {
		strbuf_adds(out, _("not tested"));
		return (struct provider_words){ G_RING, ROLE_NORMAL };
	}
	/* TRANSLATORS: a provider that can be used */
	strbuf_adds(out, _("ready"));
	return (struct provider_words){ G_YES, ROLE_GOOD };
}

struct provider_words provider_words(
	struct strbuf *out, const struct desk *d, const struct provider_card *card)
{
	const struct provider_account *p = &card->account;

	if (d->s->company.demo && p->name != PROVIDER_FILE) {
		strbuf_adds(out, _("not in a demonstration"));
		return (struct provider_words){ G_NO, ROLE_DIM };
	}
	if (!p->revision && (p->name != PROVIDER_FILE || !d->s->company.demo)) {
		strbuf_adds(out, _("not set up"));
		return (struct provider_words){ G_NO, ROLE_DIM };
	}
	if (p->revision && !p->active) {
		/* TRANSLATORS: a provider that was switched off */
		strbuf_adds(out, _("off"));
		return (struct provider_words){ G_NO, ROLE_DIM };
	}
	if (card->missing) {
		/* TRANSLATORS: the name of a setting that has no value follows */
		say_with(out, _("lacks: %s"), field_label(card, card->missing));
		return (struct provider_words){ G_WARN, ROLE_BAD };
	}
	return state_words(out, d, p);
}

void provider_channels(struct strbuf *out, enum provider_name name)
{
	int n = 0;

	for (int c = 0; c < CHANNEL_COUNT; c++)
		n += provider_serves(name, (enum channel)c);
	if (n == CHANNEL_COUNT) {
		/* TRANSLATORS: all channels: e-mail, SMS and so on */
		strbuf_adds(out, _("all channels"));
		return;
	}
	for (int c = 0; c < CHANNEL_COUNT; c++)
		if (provider_serves(name, (enum channel)c))
			strbuf_addf(out, "%s%s", out->len ? ", " : "",
				_(channel_label((enum channel)c)));
}
