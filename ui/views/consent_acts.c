#include "consent_acts.h"

#include "date.h"
#include "i18n.h"

#define NOON (12 * 60 * 60)

static const struct form_choice answers[] = {
	/* TRANSLATORS: the person agrees to what is checked below. */
	{ "GRANTED", N_("They agree") },
	/* TRANSLATORS: the person refuses what is checked below. */
	{ "REFUSED", N_("They refuse") },
};

static const struct form_choice sources[] = {
	{ "CALL", N_("Call") },
	{ "COUNTER", N_("At the counter") },
	{ "LETTER", N_("Letter") },
	{ "FORM", N_("Form") },
	{ "REPLY", N_("Reply") },
};

/* The names of the checks are those of the subjects. */
static const struct form_field consent_fields[] = {
	{ .name = "answer",
		.label = N_("What they said"),
		.kind = FORM_CHOICE,
		.choices = answers,
		.choice_count = ARRAY_SIZE(answers) },
	{ .name = "PROCESSING", .label = N_("Data processing"), .kind = FORM_CHECK },
	{ .name = "MARKETING", .label = N_("Marketing"), .kind = FORM_CHECK },
	{ .name = "EMAIL", .label = N_("E-mail"), .kind = FORM_CHECK },
	{ .name = "SMS", .label = N_("SMS"), .kind = FORM_CHECK },
	{ .name = "WHATSAPP", .label = N_("WhatsApp"), .kind = FORM_CHECK },
	{ .name = "FACEBOOK", .label = N_("Facebook"), .kind = FORM_CHECK },
	{ .name = "INSTAGRAM", .label = N_("Instagram"), .kind = FORM_CHECK },
	{ .name = "CALLS", .label = N_("Phone calls"), .kind = FORM_CHECK },
	{ .name = "source",
		.label = N_("How they said so"),
		.kind = FORM_CHOICE,
		.choices = sources,
		.choice_count = ARRAY_SIZE(sources) },
	{ .name = "day", .label = N_("Said on"), .kind = FORM_DAY, .required = true },
	{ .name = "proof",
		.label = N_("Proof"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = 500,
		.hint = N_("a letter, words, a reply") },
};

static uint32_t chosen(struct form *f)
{
	uint32_t set = 0;

	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (form_checked(f, consent_subject_word((enum consent_subject)i)))
			set |= CONSENT_BIT(i);
	return set;
}

/* Today is now; of an earlier day only the day is known. */
static int64_t said_at(const struct acts *a, int32_t day)
{
	return day >= desk_today(a->desk) ? session_now(a->desk->s)
					  : (int64_t)day * 24 * 60 * 60 + NOON;
}

/* "SMS, E-mail: why not", of those with the first verdict against; false if none has. */
static bool add_refused(const struct consent_outcome *out, struct strbuf *text)
{
	enum consent_verdict why = CONSENT_OK;

	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_verdict verdict = out->verdict[i];

		if (verdict == CONSENT_OK || verdict == CONSENT_SAME ||
			(why != CONSENT_OK && verdict != why))
			continue;
		why = verdict;
		strbuf_addf(text, "%s%s", text->len ? ", " : "",
			_(consent_subject_label((enum consent_subject)i)));
	}
	if (why == CONSENT_OK)
		return false;
	/* TRANSLATORS: between what a consent is for and why it cannot be noted. */
	strbuf_addf(text, _(": %s"), _(consent_verdict_label(why)));
	return true;
}

static bool lacks_proof(const struct consent_outcome *out)
{
	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (out->verdict[i] == CONSENT_NEEDS_PROOF)
			return true;
	return false;
}

static unsigned ask_consent(struct acts *a);

static unsigned blame(struct acts *a, const char *field, const char *sentence)
{
	form_blame(&a->form, field, sentence);
	a->form.focus = form_find(&a->form, field);
	return ask_consent(a);
}

static unsigned say_outcome(struct acts *a, const struct consent_outcome *out)
{
	struct strbuf why = STRBUF_INIT_MAX(512);
	unsigned stale;

	if (add_refused(out, &why))
		/* TRANSLATORS: a name; for what, and why it cannot be noted. */
		stale = ui_say(a->desk->ui, _("%s, not noted: %s."), a->name, why.buf);
	else if (out->id)
		stale = ui_say(a->desk->ui, _("%s: what they said is noted."), a->name);
	else
		stale = ui_say(a->desk->ui, _("%s had said so already."), a->name);
	strbuf_release(&why);
	return stale | STALE_RELOAD;
}

static unsigned on_consent(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome out;
	struct err err = ERR_INIT;
	uint32_t set;

	if (answer->value != 0)
		return STALE_PAINT;
	set = chosen(&a->form);
	if (!set)
		return blame(a, "MARKETING", _("Space checks what it is about."));
	event.customer_id = a->id;
	*(strcmp(form_get(&a->form, "answer"), "REFUSED") ? &event.granted : &event.refused) = set;
	if (!consent_source_parse(form_get(&a->form, "source"), &event.source))
		event.source = SOURCE_CALL;
	event.at = said_at(a, act_day(&a->form, "day"));
	event.note = arena_strdup(&a->arena, form_get(&a->form, "proof"));
	if (!customers_consent(a->desk->s, &event, &out, &err))
		return acts_fail(a, &err);
	if (lacks_proof(&out))
		return blame(a, "proof", _("A yes after a refusal needs its proof.")) |
		       STALE_RELOAD;
	return say_outcome(a, &out);
}

static unsigned ask_consent(struct acts *a)
{
	return acts_ask(a, _("Consent or refusal"), _("Note it"), on_consent);
}

unsigned consent_acts_note(struct acts *a, int64_t id)
{
	struct strbuf day = STRBUF_INIT_MAX(32);
	struct customer_card card;
	struct err err = ERR_INIT;
	struct form *f;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	f = acts_form(a, consent_fields, ARRAY_SIZE(consent_fields));
	date_add_iso(&day, f->today);
	form_set(f, "day", day.buf);
	strbuf_release(&day);
	return ask_consent(a);
}

/* --- a slip -------------------------------------------------------------- */

static const struct form_field slip_fields[] = {
	{ .name = "reason",
		.label = N_("Why"),
		.kind = FORM_TEXT,
		.width = 44,
		.max = 500,
		.required = true },
};

static unsigned on_correct(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	enum consent_verdict verdict = CONSENT_OK;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!customers_consent_correct(
		    a->desk->s, a->id, a->consent_id, form_get(&a->form, "reason"), &verdict, &err))
		return acts_fail(a, &err);
	if (verdict != CONSENT_OK)
		/* TRANSLATORS: why follows. */
		return ui_say(
			a->desk->ui, _("Not taken back: %s."), _(consent_verdict_label(verdict)));
	return ui_say(a->desk->ui, _("%s: the slip is taken back."), a->name) | STALE_RELOAD;
}

unsigned consent_acts_correct(struct acts *a, int64_t id)
{
	(void)id;
	acts_form(a, slip_fields, ARRAY_SIZE(slip_fields));
	return acts_ask(a, _("Correct a slip"), _("Take it back"), on_correct);
}
