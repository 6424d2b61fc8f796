/* customers show: all that is known of one customer. */
#include "cli_value.h"
#include "cmds.h"
#include "score_tell.h"
#include "sight.h"

#include "customer_ref.h"
#include "i18n.h"

static bool read_lists(struct cli *cli, struct sight *v, struct err *err)
{
	struct session *s = cli->s;
	struct arena *a = &cli->arena;

	return receivables_invoices(s, v->id, (struct invoice_key)INVOICE_KEY_FIRST, v->most, a,
		       &v->invoices, &v->n_invoices, err) &&
	       receivables_payments(s, v->id, (struct invoice_key)INVOICE_KEY_FIRST, v->most, a,
		       &v->payments, &v->n_payments, err) &&
	       customers_notes(
		       s, v->id, INT64_MAX, INT64_MAX, v->most, a, &v->notes, &v->n_notes, err) &&
	       tasks_of(s, v->id, (struct task_key)TASK_KEY_LAST, v->most, a, &v->tasks,
		       &v->n_tasks, err) &&
	       customers_consents(
		       s, v->id, INT64_MAX, v->most, a, &v->consents, &v->n_consents, err) &&
	       customers_history(s, v->id, 0, v->most, a, &v->acts, &v->n_acts, err);
}

static bool read_all(struct cli *cli, struct sight *v, struct err *err)
{
	return customer_ref(cli->s, cli->args[0], &v->id, err) &&
	       customers_get(cli->s, v->id, &cli->arena, &v->card, err) &&
	       scores_explain(cli->s, v->id, &cli->arena, &v->why, err) &&
	       receivables_of(cli->s, v->id, &v->owed, err) && read_lists(cli, v, err);
}

/* --- who it is --- */

/* "invalid", "not to be written to": what stands behind an address. */
static const char *address_note(
	struct cli *cli, const char *typed, const char *key, const struct suppression *stop)
{
	if (!*typed)
		return "";
	if (!*key)
		/* TRANSLATORS: behind an address or a number */
		return _(" (invalid)");
	if (stop->id)
		return arena_printf(&cli->arena, _(" (never to be written to: %s)"), stop->reason);
	return "";
}

static void tell_addresses(struct cli *cli, struct out_doc *d, const struct customer_card *card)
{
	const struct customer *c = &card->customer;
	struct arena *a = &cli->arena;

	out_doc_said(d, "phone", N_("Telephone"), *c->phone_e164 ? c->phone_e164 : c->phone,
		arena_printf(a, "%s%s", cli_phone(cli, c->phone, c->phone_e164),
			address_note(cli, c->phone, c->phone_e164, &card->no_phone)));
	out_doc_said(d, "email", N_("E-mail"), c->email,
		arena_printf(a, "%s%s", c->email,
			address_note(cli, c->email, c->email_key, &card->no_email)));
	if (cli->json) {
		out_doc_bool(d, "phone_valid", *c->phone_e164);
		out_doc_bool(d, "email_valid", *c->email_key);
	}
	for (int i = 0; i < card->n_contacts && !cli->json; i++)
		out_doc_text(d, NULL, contact_kind_label(card->contacts[i].kind),
			arena_printf(a, "%s%s%s", card->contacts[i].typed,
				*card->contacts[i].label ? ", " : "", card->contacts[i].label));
	out_doc_text(d, "street", N_("Street"), c->street);
	out_doc_text(d, "postcode", N_("Postcode"), c->postcode);
	out_doc_text(d, "city", N_("City"), c->city);
	out_doc_text(d, "country", N_("Country"), c->country);
}

static void tell_best_time(struct out_doc *d, int minute)
{
	struct strbuf s = STRBUF_INIT;

	if (minute >= 0)
		date_add_time(&s, minute);
	out_doc_text(d, "best_time", N_("Best contact time"), s.buf);
	strbuf_release(&s);
}

static void tell_tags(struct cli *cli, struct out_doc *d, const struct customer_card *card)
{
	const char **names = arena_zalloc(&cli->arena, (size_t)card->n_tags + 1, sizeof(*names));

	for (int i = 0; i < card->n_tags; i++)
		names[i] = card->tags[i].name;
	out_doc_texts(d, "tags", N_("Tags"), names, card->n_tags);
}

static void tell_identity(struct cli *cli, struct out_doc *d, const struct customer_card *card)
{
	const struct customer *c = &card->customer;

	out_doc_line(d, cli_customer_name(cli, c->name, c->first_name));
	out_doc_line(d, "");
	out_doc_id(d, "id", N_("Id"), c->id);
	out_doc_text(d, "code", N_("Code"), c->account_key);
	out_doc_text(d, "name", NULL, c->name);
	out_doc_text(d, "first_name", NULL, c->first_name);
	out_doc_word(
		d, "kind", N_("Kind"), customer_kind_word(c->kind), customer_kind_label(c->kind));
	out_doc_word(
		d, "nature", N_("Written to as"), nature_word(c->nature), nature_label(c->nature));
	out_doc_text(d, "firm", N_("Works at"), c->firm);
	tell_addresses(cli, d, card);
	out_doc_day(d, "birth_day", N_("Date of birth"), c->birth_day);
	out_doc_text(d, "language", N_("Language"), c->language);
	out_doc_text(d, "time_zone", N_("Time zone"), c->time_zone);
	out_doc_text(d, "channels", N_("Preferred channels"), c->channels);
	tell_best_time(d, c->best_minute);
	tell_tags(cli, d, card);
	out_doc_instant(d, "created_at", N_("Entered"), c->created_at, cli->tz);
	out_doc_instant(d, "anonymised_at", N_("Anonymised"), c->anonymised_at, cli->tz);
}

static void tell_contacts(struct out_doc *d, const struct customer_card *card)
{
	static const struct out_column columns[] = {
		{ "kind", NULL, OUT_JSON },
		{ "typed", NULL, OUT_JSON },
		{ "value", NULL, OUT_JSON },
		{ "label", NULL, OUT_JSON },
	};
	struct out_table *t = out_doc_table(d, "contacts", NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < card->n_contacts; i++) {
		out_text(t, contact_kind_word(card->contacts[i].kind));
		out_text(t, card->contacts[i].typed);
		out_text(t, card->contacts[i].value);
		out_text(t, card->contacts[i].label);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_keys(struct out_doc *d, const struct customer_card *card)
{
	static const struct out_column columns[] = {
		{ "system", N_("System"), OUT_LEFT },
		{ "key", N_("Key"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(
		d, "keys", card->n_keys ? _("Keys elsewhere") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < card->n_keys; i++) {
		out_text(t, card->keys[i].system);
		out_text(t, card->keys[i].key);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_consents(struct out_doc *d, uint32_t consents)
{
	static const char *const keys[CONSENT_SUBJECTS] = { "processing", "marketing", "email",
		"sms", "whatsapp", "facebook", "instagram", "calls" };

	out_doc_section(d, "consents", _("Consents"));
	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_subject subject = (enum consent_subject)i;
		enum consent_state state = consents_get(consents, subject);

		out_doc_word(d, keys[i], consent_subject_label(subject), consent_state_word(state),
			consent_state_label(state));
	}
	out_doc_section_end(d);
}

/* --- how it stands --- */

static void tell_score(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	const struct score_result *r = &v->why.why.result;
	const char *currency = cli->s->company.currency;

	if (!v->why.found)
		return;
	out_doc_section(d, "why", NULL);
	score_tell(cli, d, &v->why);
	out_doc_section_end(d);
	out_doc_section(d, "estimates", NULL);
	out_doc_word(d, "behaviour", N_("Payment behaviour"), behaviour_word(r->behaviour),
		behaviour_label(r->behaviour));
	out_doc_money(d, "lifetime_value", N_("Estimated customer value"), r->ltv, currency);
	out_doc_int(d, "satisfaction", N_("Estimated satisfaction"), r->satisfaction);
	out_doc_day(d, "last_interaction", N_("Last interaction"), v->why.now.last_interaction);
	out_doc_section_end(d);
}

static void tell_owed(struct cli *cli, struct out_doc *d, const struct receivables *r)
{
	static const char *const keys[AGE_COUNT] = { "up_to_30", "up_to_60", "up_to_90",
		"over_90" };
	const char *currency = cli->s->company.currency;

	out_doc_section(d, "receivables", _("Receivables"));
	out_doc_money(d, "overdue", N_("Overdue"), r->overdue, currency);
	for (int i = 0; i < AGE_COUNT; i++)
		out_doc_money(d, keys[i],
			r->ages[i] ? receivables_age_label((enum receivables_age)i) : NULL,
			r->ages[i], currency);
	out_doc_day(d, "since", N_("Since"), r->since);
	out_doc_money(d, "not_due", N_("Not due yet"), r->not_due, currency);
	out_doc_section_end(d);
}

static int show(struct cli *cli)
{
	struct sight v = { .id = 0 };
	struct err err = ERR_INIT;
	struct out_doc *d;
	int64_t most;

	if (!cli_number(cli, "--limit", 1, 10000, 10, &most))
		return EXIT_USAGE;
	v.most = (int)most;
	if (!read_all(cli, &v, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	tell_identity(cli, d, &v.card);
	if (cli->json)
		tell_contacts(d, &v.card);
	tell_keys(d, &v.card);
	tell_consents(d, v.card.customer.consents);
	tell_score(cli, d, &v);
	tell_owed(cli, d, &v.owed);
	sight_tell_lists(cli, d, &v);
	out_doc_end(d);
	return EXIT_DONE;
}

static const struct cli_option options[] = {
	{ "--limit", N_("N"), N_("at most so many lines of each list; 10 by default"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_show = {
	.name = "customers show",
	.args = N_("CUSTOMER"),
	.help = N_("all that is known of one customer, by id or accounting key"),
	.options = options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};
