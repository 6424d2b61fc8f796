#include "sight.h"

#include "i18n.h"
#include "say.h"

static void tell_invoices(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "number", N_("Number"), OUT_LEFT },
		{ "issued", N_("Date"), OUT_LEFT },
		{ "due", N_("Due"), OUT_LEFT },
		{ "total", N_("Total"), OUT_RIGHT },
		{ "open", N_("Still owed"), OUT_RIGHT },
		{ "settled_on", N_("Settled"), OUT_LEFT },
	};
	const char *currency = cli->s->company.currency;
	struct out_table *t = out_doc_table(d, "invoices",
		v->n_invoices ? _("Last invoices") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < v->n_invoices; i++) {
		const struct invoice_line *line = &v->invoices[i];

		out_text(t, line->invoice.number);
		out_day(t, line->invoice.issued);
		out_day(t, line->due);
		out_money(t, line->invoice.total, currency);
		out_money(t, line->open, currency);
		out_day(t, line->settled_on);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_payments(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "invoice", N_("Invoice"), OUT_LEFT },
		{ "paid_on", N_("Date"), OUT_LEFT },
		{ "amount", N_("Amount"), OUT_RIGHT },
		{ "reference", N_("Reference"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(d, "payments",
		v->n_payments ? _("Last payments") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < v->n_payments; i++) {
		const struct payment_line *line = &v->payments[i];

		out_text(t, line->number);
		out_day(t, line->payment.paid_on);
		out_money(t, line->payment.amount, cli->s->company.currency);
		out_text(t, line->payment.reference);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_notes(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "at", N_("When"), OUT_LEFT },
		{ "author", N_("Who"), OUT_LEFT },
		{ "kind", NULL, OUT_JSON },
		{ "text", N_("Note"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(
		d, "notes", v->n_notes ? _("Last notes") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < v->n_notes; i++) {
		out_instant(t, v->notes[i].at, cli->tz);
		out_text(t, v->notes[i].author);
		out_text(t, v->notes[i].kind == NOTE_CALL ? "CALL" : "NOTE");
		out_text(t, v->notes[i].text);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_tasks(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "due", N_("Due"), OUT_LEFT },
		{ "kind", N_("Kind"), OUT_LEFT },
		{ "owner", N_("Owner"), OUT_LEFT },
		{ "note", N_("Note"), OUT_LEFT },
		{ "done_at", N_("Done"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(
		d, "tasks", v->n_tasks ? _("Tasks") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < v->n_tasks; i++) {
		const struct task *task = &v->tasks[i].task;

		out_id(t, task->id);
		out_day(t, task->due_day);
		out_word(t, task_kind_word(task->kind), task_kind_label(task->kind));
		out_text(t, task->owner);
		out_text(t, task->note);
		out_instant(t, task->done_at, cli->tz);
		out_row_end(t);
	}
	out_table_end(t);
}

/* "Marketing, SMS" of a set of CONSENT_BITs; words in JSON. */
static void out_subjects(struct cli *cli, struct out_table *t, uint32_t set)
{
	struct strbuf s = STRBUF_INIT;

	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_subject subject = (enum consent_subject)i;

		if (set & CONSENT_BIT(i))
			strbuf_addf(&s, "%s%s", s.len ? ", " : "",
				cli->json ? consent_subject_word(subject)
					  : _(consent_subject_label(subject)));
	}
	out_text(t, s.buf);
	strbuf_release(&s);
}

static void tell_consent_history(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "at", N_("When"), OUT_LEFT },
		{ "granted", N_("Granted"), OUT_LEFT },
		{ "refused", N_("Refused"), OUT_LEFT },
		{ "cleared", NULL, OUT_JSON },
		{ "source", N_("How"), OUT_LEFT },
		{ "actor", N_("Who"), OUT_LEFT },
		{ "wording", NULL, OUT_JSON },
		{ "note", N_("Proof"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(d, "consent_history",
		v->n_consents ? _("History of consents") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < v->n_consents; i++) {
		const struct consent_event *e = &v->consents[i];

		out_instant(t, e->at, cli->tz);
		out_subjects(cli, t, e->granted);
		out_subjects(cli, t, e->refused);
		out_subjects(cli, t, e->cleared);
		out_word(t, consent_source_word(e->source), consent_source_label(e->source));
		out_text(t, e->actor);
		out_text(t, e->wording);
		out_text(t, e->note);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_acts(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	static const struct out_column columns[] = {
		{ "at", N_("When"), OUT_LEFT },
		{ "actor", N_("Who"), OUT_LEFT },
		{ "action", NULL, OUT_JSON },
		{ "words", N_("What"), OUT_LEFT },
		{ "detail", NULL, OUT_JSON },
	};
	struct out_table *t = out_doc_table(
		d, "history", v->n_acts ? _("History") : NULL, columns, ARRAY_SIZE(columns));

	struct strbuf s = STRBUF_INIT;

	for (int i = 0; i < v->n_acts; i++) {
		out_instant(t, v->acts[i].at, cli->tz);
		out_text(t, v->acts[i].actor);
		out_text(t, v->acts[i].action);
		say_act(&s, v->acts[i].action);
		out_text(t, s.buf);
		strbuf_clear(&s);
		out_text(t, v->acts[i].detail);
		out_row_end(t);
	}
	out_table_end(t);
	strbuf_release(&s);
}

void sight_tell_lists(struct cli *cli, struct out_doc *d, const struct sight *v)
{
	tell_invoices(cli, d, v);
	tell_payments(cli, d, v);
	tell_notes(cli, d, v);
	tell_tasks(cli, d, v);
	tell_consent_history(cli, d, v);
	tell_acts(cli, d, v);
}
