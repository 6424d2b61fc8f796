#include "message_new.h"

#include "campaign_cells.h"
#include "campaigns.h"
#include "cells.h"
#include "i18n.h"
#include "say_send.h"
#include "sending.h"
#include "template_view.h"
#include "templates.h"

#define TEMPLATES_MOST 40 /* that the menu offers */

/* What is written, by its types that a person thinks of. */
static const struct form_choice kinds[] = {
	{ "TRANSACTIONAL", N_("Service: order, invoice, appointment") },
	{ "PROMOTIONAL", N_("Offer or news, if they agreed") },
};

static const struct form_field email_fields[] = {
	{ .name = "kind",
		.label = N_("Kind"),
		.kind = FORM_CHOICE,
		.width = 40,
		.choices = kinds,
		.choice_count = ARRAY_SIZE(kinds) },
	{ .name = "subject",
		.label = N_("Subject"),
		.kind = FORM_TEXT,
		.width = 50,
		.max = TEMPLATE_SUBJECT_MAX,
		.required = true },
	{ .name = "text",
		.label = N_("Text"),
		.kind = FORM_LINES,
		.lines = 8,
		.max = TEMPLATE_MAX,
		.required = true },
};

static const struct form_field text_fields[] = {
	{ .name = "kind",
		.label = N_("Kind"),
		.kind = FORM_CHOICE,
		.width = 40,
		.choices = kinds,
		.choice_count = ARRAY_SIZE(kinds) },
	{ .name = "text",
		.label = N_("Text"),
		.kind = FORM_LINES,
		.lines = 8,
		.max = TEMPLATE_MAX,
		.required = true },
};

/* --- the draft ----------------------------------------------------------- */

static void drop_draft(struct acts *a)
{
	struct err err = ERR_INIT;

	if (a->draft_id && !campaigns_delete(a->desk->s, a->draft_id, &err))
		err_clear(&err);
	a->draft_id = 0;
}

static bool is_email(const struct acts *a)
{
	return a->channel == CHANNEL_EMAIL;
}

static bool save_draft(struct acts *a, struct err *err)
{
	struct campaign c = { .kind = CAMPAIGN_ONE,
		.order = "",
		.filter = "",
		.sender = "",
		.created_by = "",
		.channels = UINT32_C(1) << a->channel };
	struct campaign_content content = {
		.channel = a->channel, .subject = "", .html = "", .media = ""
	};
	struct strbuf name = STRBUF_INIT_MAX(CAMPAIGN_NAME_MAX);
	bool ok;

	/* TRANSLATORS: the name of a message to one customer. */
	strbuf_addf(&name, _("Message to %s"), a->name);
	c.name = name.buf;
	c.persons = arena_printf(&a->arena, "%lld", (long long)a->id);
	if (!campaign_type_parse(form_get(&a->form, "kind"), &c.type))
		c.type = CAMPAIGN_TRANSACTIONAL;
	snprintf(content.language, sizeof(content.language), "%s", a->language);
	if (is_email(a))
		content.subject = arena_strdup(&a->arena, form_get(&a->form, "subject"));
	content.text = arena_strdup(&a->arena, form_get(&a->form, "text"));
	ok = campaigns_save(a->desk->s, &c, err);
	a->draft_id = ok ? c.id : 0;
	content.campaign_id = c.id;
	ok = ok && campaigns_text_put(a->desk->s, &content, &c.revision, err);
	strbuf_release(&name);
	return ok;
}

/* --- sending ------------------------------------------------------------- */

static unsigned send(struct acts *a)
{
	struct launch_result result;
	struct err err = ERR_INIT;

	if (!campaigns_launch(a->desk->s, a->draft_id, NULL, &result, &err)) {
		drop_draft(a);
		return acts_fail(a, &err);
	}
	a->draft_id = 0;
	sending_poke(a->desk);
	if (!result.queued)
		return ui_say(a->desk->ui, _("%s: nothing was sent, see their messages."),
			       a->name) |
		       STALE_RELOAD;
	return ui_say(a->desk->ui, _("%s: the message is on its way."), a->name) | STALE_RELOAD;
}

static unsigned ask_text(struct acts *a);

/* The first button goes on only where nothing speaks against it. */
static unsigned on_ready(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;

	if (answer->value == 0)
		return send(a);
	drop_draft(a);
	return answer->value == 1 ? ask_text(a) : STALE_PAINT;
}

static unsigned on_wrong(void *ctx, const struct answer *answer)
{
	drop_draft(ctx);
	return answer->value == 0 ? ask_text(ctx) : STALE_PAINT;
}

static unsigned tell_wrong(struct acts *a, const char *text)
{
	const char *buttons[] = { _("Correct"), _("Cancel") };
	const struct dialog_spec spec = { .title = _("It cannot go like this"),
		.text = text,
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons) };

	return ui_dialog(a->desk->ui, &spec, on_wrong, a);
}

static void add_preview(struct strbuf *out, const struct acts *a, const struct campaign_preview *p)
{
	if (*p->subject)
		strbuf_addf(out, "%s %s\n\n", _("Subject:"), p->subject);
	strbuf_addf(out, "%s\n\n%s", p->text, p->address);
	if (p->channel == CHANNEL_SMS)
		strbuf_addf(out,
			ngettext(" · %s, %d characters, %d SMS", " · %s, %d characters, %d SMS",
				(unsigned long)p->sms.parts),
			p->sms.encoding == SMS_GSM7 ? "GSM-7" : "UCS-2", p->sms.units,
			p->sms.parts);
	if (p->due_at > session_now(a->desk->s) + 60) {
		struct strbuf when = STRBUF_INIT_MAX(64);

		campaign_add_until(&when, a->desk, p->due_at);
		/* TRANSLATORS: an hour, or a day and an hour follow */
		strbuf_addf(out, _(" · leaves at %s"), when.buf);
		strbuf_release(&when);
	}
}

static unsigned ask_ready(struct acts *a, const struct campaign_preview *p)
{
	const char *buttons[] = { _("Send"), _("Correct"), _("Cancel") };
	struct strbuf title = STRBUF_INIT_MAX(512), text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct dialog_spec spec = { .buttons = buttons, .count = ARRAY_SIZE(buttons), .focus = 2 };

	strbuf_addf(&title, "%s · %s", a->name, _(channel_label(p->channel)));
	add_preview(&text, a, p);
	spec.title = title.buf;
	spec.text = text.buf;
	ui_dialog(a->desk->ui, &spec, on_ready, a);
	strbuf_release(&title);
	strbuf_release(&text);
	return STALE_PAINT;
}

/* What stops it, one sentence a line. */
static unsigned tell_findings(struct acts *a, const struct finding *findings, int n)
{
	const struct say_style style = { a->desk->lang, a->desk->s->company.currency };
	struct strbuf text = STRBUF_INIT_MAX(4096);
	unsigned stale;

	for (int i = 0; i < n && findings[i].level == FINDING_STOP; i++) {
		strbuf_adds(&text, i ? "\n" : "");
		say_finding(&text, &findings[i], &style);
	}
	stale = tell_wrong(a, text.buf);
	strbuf_release(&text);
	return stale;
}

static unsigned tell_reason(struct acts *a, enum message_reason reason)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	unsigned stale;

	/* TRANSLATORS: the customer's name, and why they may not be written to. */
	strbuf_addf(
		&text, _("%s cannot be written to: %s."), a->name, _(message_reason_label(reason)));
	stale = tell_wrong(a, text.buf);
	strbuf_release(&text);
	return stale;
}

static unsigned look(struct acts *a)
{
	struct campaign_preview preview;
	enum finding_level worst;
	struct finding *findings;
	struct err err = ERR_INIT;
	int n;

	if (!save_draft(a, &err) ||
		!campaigns_check(
			a->desk->s, a->draft_id, NULL, &a->arena, &findings, &n, &worst, &err) ||
		(worst != FINDING_STOP && !campaigns_preview_of(a->desk->s, a->draft_id, a->id,
						  (int)a->channel, &a->arena, &preview, &err))) {
		drop_draft(a);
		return acts_fail(a, &err);
	}
	if (worst == FINDING_STOP)
		return tell_findings(a, findings, n);
	if (preview.reason != REASON_NONE)
		return tell_reason(a, preview.reason);
	return ask_ready(a, &preview);
}

/* --- writing ------------------------------------------------------------- */

static unsigned on_text(void *ctx, const struct answer *answer)
{
	return answer->value == 0 ? look(ctx) : STALE_PAINT;
}

static unsigned ask_text(struct acts *a)
{
	return acts_ask(a, _("New message"), _("See how it reads"), on_text);
}

static unsigned begin_text(struct acts *a, enum campaign_type type, const struct saved_version *v)
{
	struct form *f = acts_form(a, is_email(a) ? email_fields : text_fields,
		is_email(a) ? ARRAY_SIZE(email_fields) : ARRAY_SIZE(text_fields));

	form_set(f, "kind",
		campaign_type_word(campaign_type_marketing(type) ? CAMPAIGN_PROMOTIONAL
								 : CAMPAIGN_TRANSACTIONAL));
	if (v && is_email(a))
		form_set(f, "subject", v->subject);
	if (v) {
		form_set(f, "text", v->text);
		/* A long text is read from its beginning. */
		f->values[form_find(f, "text")].edit.pos = 0;
	}
	f->focus = form_find(f, is_email(a) ? "subject" : "text");
	return ask_text(a);
}

static unsigned on_template(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	const struct saved_version *version;
	struct template_card card;
	struct err err = ERR_INIT;

	if (answer->value < 0)
		return STALE_PAINT;
	if (!answer->value || (size_t)answer->value > a->alike.len)
		return begin_text(a, CAMPAIGN_TRANSACTIONAL, NULL);
	if (!templates_get(a->desk->s, a->alike.items[answer->value - 1], &a->arena, &card, &err))
		return acts_fail(a, &err);
	version = template_latest(&card, a->language);
	if (!version && card.n_versions) {
		version = &card.versions[0];
		snprintf(a->language, sizeof(a->language), "%s", version->language);
	}
	return begin_text(a, card.head.type, version);
}

static unsigned ask_template(struct acts *a)
{
	struct menu_item items[TEMPLATES_MOST + 1];
	struct menu_spec spec = { .title = _("Begin with"), .items = items, .count = 1 };
	struct saved_template *list;
	struct err err = ERR_INIT;
	int n;

	if (!templates_list(a->desk->s, (int)a->channel, false, &a->arena, &list, &n, &err))
		return acts_fail(a, &err);
	items[0] = (struct menu_item){ .letter = '0', .label = _("My own words"), .value = 0 };
	a->alike.len = 0;
	for (int i = 0; i < n && i < TEMPLATES_MOST; i++) {
		struct strbuf name = STRBUF_INIT_MAX(512);

		template_add_name(&name, &list[i]);
		vec_push(&a->alike, list[i].id);
		items[spec.count++] = (struct menu_item){ .letter = i < 9 ? (uint32_t)('1' + i) : 0,
			.label = arena_strdup(&a->arena, name.buf),
			.note = list[i].languages,
			.value = i + 1 };
		strbuf_release(&name);
	}
	return ui_menu(a->desk->ui, &spec, on_template, a);
}

/* --- the channel --------------------------------------------------------- */

static unsigned on_channel(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	a->channel = (enum channel)answer->value;
	return ask_template(a);
}

static bool has_contact(const struct customer_card *card, enum contact_kind kind)
{
	for (int i = 0; i < card->n_contacts; i++)
		if (card->contacts[i].kind == kind && *card->contacts[i].value)
			return true;
	return false;
}

static bool has_address(const struct customer_card *card, enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return *card->customer.email_key != '\0';
	case CHANNEL_SMS:
		return *card->customer.phone_e164 != '\0';
	case CHANNEL_WHATSAPP:
		return *card->customer.phone_e164 || has_contact(card, CONTACT_WHATSAPP);
	case CHANNEL_FACEBOOK:
		return has_contact(card, CONTACT_FACEBOOK);
	case CHANNEL_INSTAGRAM:
		return has_contact(card, CONTACT_INSTAGRAM);
	case CHANNEL_COUNT:
		break;
	}
	return false;
}

static enum consent_subject subject_of(enum channel channel)
{
	static const enum consent_subject subjects[CHANNEL_COUNT] = {
		[CHANNEL_EMAIL] = CONSENT_EMAIL,
		[CHANNEL_SMS] = CONSENT_SMS,
		[CHANNEL_WHATSAPP] = CONSENT_WHATSAPP,
		[CHANNEL_FACEBOOK] = CONSENT_FACEBOOK,
		[CHANNEL_INSTAGRAM] = CONSENT_INSTAGRAM,
	};

	return subjects[channel];
}

/* Why not, or what may be written there. */
static void add_channel(
	struct menu_item *item, const struct customer_card *card, enum channel channel)
{
	*item = (struct menu_item){ .letter = (uint32_t)('1' + channel),
		.label = _(channel_label(channel)),
		.value = (int)channel };
	if (!has_address(card, channel)) {
		item->note = _("no address or number");
		item->off = true;
		return;
	}
	switch (consents_get(card->customer.consents, subject_of(channel))) {
	case CONSENT_GRANTED:
		item->note = _("agreed");
		break;
	case CONSENT_REFUSED:
		item->note = _("said stop");
		item->off = true;
		break;
	case CONSENT_UNKNOWN:
	case CONSENT_STATES:
		item->note = _("service messages only");
		break;
	}
}

unsigned message_new(struct acts *a, int64_t id)
{
	struct menu_item items[CHANNEL_COUNT];
	struct menu_spec spec = { .title = _("New message by"), .items = items };
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!session_may(a->desk->s, RIGHT_CAMPAIGNS_CHANGE, &err) ||
		!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	snprintf(a->language, sizeof(a->language), "%s",
		*card.customer.language ? card.customer.language
					: lang_code(a->desk->s->company.language));
	for (int i = 0; i < CHANNEL_COUNT; i++)
		add_channel(&items[spec.count++], &card, (enum channel)i);
	return ui_menu(a->desk->ui, &spec, on_channel, a);
}
