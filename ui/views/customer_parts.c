#include "customer_parts.h"

#include "acts.h"
#include "campaign_cells.h"
#include "cells.h"
#include "customers.h"
#include "i18n.h"
#include "messages.h"
#include "receivables.h"
#include "say.h"
#include "tasks.h"

#define PAGE 500 /* lines asked for at once */

static const struct customer_part *part_of(void *ctx)
{
	return ctx;
}

static const struct desk *desk_in(void *ctx)
{
	return part_of(ctx)->desk;
}

static void add_day(void *ctx, int32_t day, struct table_cell *cell)
{
	if (day == DAY_NONE)
		cell_none(cell);
	else
		cell_day(cell->text, desk_in(ctx), day);
}

/* --- invoices ------------------------------------------------------------ */

static void invoice_day(void *ctx, const void *row, struct table_cell *cell)
{
	add_day(ctx, ((const struct invoice_line *)row)->invoice.issued, cell);
}

static void invoice_number(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct invoice_line *)row)->invoice.number);
}

static void invoice_total(void *ctx, const void *row, struct table_cell *cell)
{
	cell_amount(cell->text, desk_in(ctx), ((const struct invoice_line *)row)->invoice.total);
}

static void invoice_open(void *ctx, const void *row, struct table_cell *cell)
{
	const struct invoice_line *line = row;

	if (!line->open) {
		cell_none(cell);
		return;
	}
	cell_amount(cell->text, desk_in(ctx), line->open);
	cell->role = line->days_late > 30  ? ROLE_BAD
		     : line->days_late > 0 ? ROLE_MIDDLE
					   : ROLE_NORMAL;
}

static void invoice_due(void *ctx, const void *row, struct table_cell *cell)
{
	add_day(ctx, ((const struct invoice_line *)row)->due, cell);
}

/* "paid 3 days early", "12 days late", "credit note". */
static void invoice_state(void *ctx, const void *row, struct table_cell *cell)
{
	const struct invoice_line *line = row;
	long late = line->days_late;

	(void)ctx;
	if (line->invoice.total < 0) {
		strbuf_adds(cell->text, _("credit note"));
	} else if (!line->late_known) {
		strbuf_adds(cell->text, _("not due yet"));
	} else if (line->open) {
		strbuf_addf(cell->text,
			ngettext("due for %ld day", "due for %ld days", (unsigned long)late), late);
		cell->role = late > 30 ? ROLE_BAD : ROLE_MIDDLE;
	} else if (late > 0) {
		strbuf_addf(cell->text,
			ngettext("paid %ld day late", "paid %ld days late", (unsigned long)late),
			late);
	} else if (late < 0) {
		strbuf_addf(cell->text,
			ngettext("paid %ld day early", "paid %ld days early", (unsigned long)-late),
			-late);
	} else {
		strbuf_adds(cell->text, _("paid on the day"));
	}
}

static const struct table_col invoice_cols[] = {
	{ .name = "number",
		.title = N_("Invoice"),
		.min = 14,
		.max = 20,
		.cell = invoice_number,
		.name_of = true },
	{ .name = "day", .title = N_("Of"), .min = 9, .max = 10, .cell = invoice_day },
	{ .name = "total",
		.title = N_("Total"),
		.min = 12,
		.max = 18,
		.align = ALIGN_RIGHT,
		.cell = invoice_total },
	{ .name = "open",
		.title = N_("Owed"),
		.min = 11,
		.max = 16,
		.align = ALIGN_RIGHT,
		.cell = invoice_open },
	{ .name = "due",
		.title = N_("Due"),
		.min = 9,
		.max = 10,
		.priority = 1,
		.cell = invoice_due },
	{ .name = "state",
		.title = N_("State"),
		.min = 17,
		.max = 28,
		.priority = 2,
		.cell = invoice_state },
};

static bool fill_invoices(struct customer_part *p, struct err *err)
{
	struct invoice_key after = INVOICE_KEY_FIRST;
	struct invoice_line *lines;
	int n = 0;

	do {
		if (!receivables_invoices(p->desk->s, p->customer_id, after, PAGE, &p->whole.arena,
			    &lines, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			whole_add(&p->whole, lines[i].invoice.id, &lines[i]);
			after = (struct invoice_key){ lines[i].invoice.issued,
				lines[i].invoice.id };
		}
	} while (n == PAGE && p->whole.rows.len < WHOLE_MOST);
	return true;
}

/* --- payments ------------------------------------------------------------ */

static void payment_day(void *ctx, const void *row, struct table_cell *cell)
{
	add_day(ctx, ((const struct payment_line *)row)->payment.paid_on, cell);
}

static void payment_amount(void *ctx, const void *row, struct table_cell *cell)
{
	cell_amount(cell->text, desk_in(ctx), ((const struct payment_line *)row)->payment.amount);
}

static void payment_invoice(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct payment_line *)row)->number);
}

static void payment_reference(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct payment_line *)row)->payment.reference);
}

static const struct table_col payment_cols[] = {
	{ .name = "day",
		.title = N_("Paid on"),
		.min = 10,
		.max = 12,
		.cell = payment_day,
		.name_of = true },
	{ .name = "amount",
		.title = N_("Amount"),
		.min = 16,
		.max = 20,
		.align = ALIGN_RIGHT,
		.cell = payment_amount },
	{ .name = "invoice",
		.title = N_("Invoice"),
		.min = 14,
		.max = 20,
		.cell = payment_invoice },
	{ .name = "reference",
		.title = N_("Reference"),
		.min = 16,
		.max = 40,
		.priority = 1,
		.cell = payment_reference },
};

static bool fill_payments(struct customer_part *p, struct err *err)
{
	struct invoice_key after = INVOICE_KEY_FIRST;
	struct payment_line *lines;
	int n = 0;

	do {
		if (!receivables_payments(p->desk->s, p->customer_id, after, PAGE, &p->whole.arena,
			    &lines, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			whole_add(&p->whole, lines[i].payment.id, &lines[i]);
			after = (struct invoice_key){ lines[i].payment.paid_on,
				lines[i].payment.id };
		}
	} while (n == PAGE && p->whole.rows.len < WHOLE_MOST);
	return true;
}

/* --- messages ------------------------------------------------------------ */

static const struct message *message_of(const void *row)
{
	return &((const struct message_line *)row)->message;
}

/* The last thing that happened to it. */
static void message_when(void *ctx, const void *row, struct table_cell *cell)
{
	const struct message *m = message_of(row);
	const int64_t times[] = { m->claimed_at, m->sent_at, m->delivered_at, m->opened_at,
		m->clicked_at, m->bounced_at, m->complained_at, m->unsubscribed_at };
	int64_t last = m->queued_at;

	for (size_t i = 0; i < ARRAY_SIZE(times); i++)
		last = times[i] > last ? times[i] : last;
	if (cell->width < 16)
		cell_day(cell->text, desk_in(ctx), desk_day(desk_in(ctx), last, NULL));
	else
		cell_instant(cell->text, desk_in(ctx), last);
}

static void message_channel(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(channel_label(message_of(row)->channel)));
}

static void message_state(void *ctx, const void *row, struct table_cell *cell)
{
	const struct message *m = message_of(row);

	(void)ctx;
	strbuf_adds(cell->text, _(message_status_label(m->status)));
	cell->role = campaign_message_role(m->status);
}

static void message_campaign(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct message_line *)row)->campaign);
}

static void message_why(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	if (message_of(row)->reason == REASON_NONE)
		cell_none(cell);
	else
		strbuf_adds(cell->text, _(message_reason_label(message_of(row)->reason)));
}

static const struct table_col message_cols[] = {
	{ .name = "when",
		.title = N_("When"),
		.min = 9,
		.max = 18,
		.cell = message_when,
		.name_of = true },
	{ .name = "channel", .title = N_("Channel"), .min = 9, .max = 10, .cell = message_channel },
	{ .name = "state", .title = N_("State"), .min = 13, .max = 18, .cell = message_state },
	{ .name = "campaign",
		.title = N_("Campaign"),
		.min = 18,
		.max = 40,
		.cell = message_campaign },
	{ .name = "why",
		.title = N_("Why"),
		.min = 20,
		.max = 40,
		.priority = 1,
		.cell = message_why },
};

static bool fill_messages(struct customer_part *p, struct err *err)
{
	int64_t before = INT64_MAX;
	struct message_line *lines;
	int n = 0;

	if (!desk_may(p->desk, RIGHT_CAMPAIGNS_READ))
		return true;
	do {
		if (!messages_of(p->desk->s, p->customer_id, before, PAGE, &p->whole.arena, &lines,
			    &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			whole_add(&p->whole, lines[i].message.id, &lines[i]);
			before = lines[i].message.id;
		}
	} while (n == PAGE && p->whole.rows.len < WHOLE_MOST);
	return true;
}

static void message_details(void *ctx, const void *row, struct strbuf *out)
{
	const struct message *m = message_of(row);

	(void)ctx;
	strbuf_addf(out, "%s · %s", ((const struct message_line *)row)->campaign,
		_(message_status_label(m->status)));
	if (m->reason != REASON_NONE)
		strbuf_addf(out, " · %s", _(message_reason_label(m->reason)));
	if (*m->address)
		strbuf_addf(out, " · %s", m->address);
}

/* --- consents ------------------------------------------------------------ */

static void consent_when(void *ctx, const void *row, struct table_cell *cell)
{
	cell_instant(cell->text, desk_in(ctx), ((const struct consent_event *)row)->at);
}

static void add_subjects(struct strbuf *out, uint32_t set, const char *sign)
{
	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (set & CONSENT_BIT(i))
			strbuf_addf(out, "%s%s%s%s", out->len ? ", " : "",
				_(consent_subject_label((enum consent_subject)i)), *sign ? " " : "",
				sign);
}

static void consent_what(void *ctx, const void *row, struct table_cell *cell)
{
	const struct consent_event *e = row;

	(void)ctx;
	add_subjects(cell->text, e->granted, cell->look->glyphs[G_YES]);
	add_subjects(cell->text, e->refused, cell->look->glyphs[G_NO]);
	add_subjects(cell->text, e->cleared, "?");
	if (e->refused)
		cell->role = ROLE_BAD;
}

static void consent_source(void *ctx, const void *row, struct table_cell *cell)
{
	const struct consent_event *e = row;

	(void)ctx;
	strbuf_adds(cell->text, _(consent_source_label(e->source)));
}

static void consent_proof(void *ctx, const void *row, struct table_cell *cell)
{
	const struct consent_event *e = row;

	(void)ctx;
	if (*e->wording)
		strbuf_addf(cell->text, _("“%s”"), e->wording);
	if (*e->note)
		strbuf_addf(cell->text, "%s%s", cell->text->len ? " · " : "", e->note);
	if (e->basis >= 0)
		strbuf_addf(cell->text, "%s%s", cell->text->len ? " · " : "",
			_(legal_basis_label((enum legal_basis)e->basis)));
}

static void consent_actor(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct consent_event *)row)->actor);
}

static const struct table_col consent_cols[] = {
	{ .name = "when",
		.title = N_("When"),
		.min = 17,
		.max = 18,
		.cell = consent_when,
		.name_of = true },
	{ .name = "what", .title = N_("What"), .min = 24, .max = 60, .cell = consent_what },
	{ .name = "source",
		.title = N_("How"),
		.min = 14,
		.max = 20,
		.priority = 1,
		.cell = consent_source },
	{ .name = "proof",
		.title = N_("Proof"),
		.min = 12,
		.max = 60,
		.priority = 2,
		.cell = consent_proof },
	{ .name = "actor",
		.title = N_("Noted by"),
		.min = 8,
		.max = 14,
		.priority = 3,
		.cell = consent_actor },
};

static bool fill_consents(struct customer_part *p, struct err *err)
{
	int64_t before = INT64_MAX;
	struct consent_event *events;
	int n = 0;

	do {
		if (!customers_consents(p->desk->s, p->customer_id, before, PAGE, &p->whole.arena,
			    &events, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			whole_add(&p->whole, events[i].id, &events[i]);
			before = events[i].id;
		}
	} while (n == PAGE && p->whole.rows.len < WHOLE_MOST);
	return true;
}

static void consent_details(void *ctx, const void *row, struct strbuf *out)
{
	const struct consent_event *e = row;

	(void)ctx;
	add_subjects(out, e->granted | e->refused | e->cleared, "");
	if (*e->wording)
		strbuf_addf(out, " · “%s”", e->wording);
	if (*e->note)
		strbuf_addf(out, " · %s", e->note);
	if (*e->ip)
		strbuf_addf(out, " · IP %s", e->ip);
}

/* --- notes and tasks ----------------------------------------------------- */

/* Open tasks first, then what was said and done, newest first. */
struct note_row {
	const struct task_line *task; /* or */
	const struct note *note;
	int64_t at; /* for the order of what is past */
};

static const struct note_row *note_of(const void *row)
{
	return row;
}

static void note_when(void *ctx, const void *row, struct table_cell *cell)
{
	const struct note_row *r = note_of(row);

	if (r->note) {
		cell_instant(cell->text, desk_in(ctx), r->note->at);
		return;
	}
	cell_date(cell->text, desk_in(ctx), r->task->task.due_day);
	if (r->task->task.due_minute < TASK_ALL_DAY) {
		strbuf_addc(cell->text, ' ');
		date_add_time(cell->text, r->task->task.due_minute);
	}
	if (!r->task->task.done_at)
		cell->role =
			r->task->task.due_day < desk_today(desk_in(ctx)) ? ROLE_BAD : ROLE_EMPHASIS;
}

static void note_kind(void *ctx, const void *row, struct table_cell *cell)
{
	const struct note_row *r = note_of(row);

	(void)ctx;
	if (r->note)
		strbuf_adds(cell->text, r->note->kind == NOTE_CALL ? _("Call") : _("Note"));
	else
		strbuf_adds(cell->text, _(task_kind_label(r->task->task.kind)));
}

static void note_state(void *ctx, const void *row, struct table_cell *cell)
{
	const struct note_row *r = note_of(row);

	(void)ctx;
	if (r->note)
		return;
	if (!r->task->task.done_at) {
		/* TRANSLATORS: a task that is still to be done. */
		strbuf_adds(cell->text, r->task->kept ? _("promise kept") : _("to do"));
		cell->role = r->task->kept ? ROLE_GOOD : ROLE_EMPHASIS;
	} else if (r->task->task.outcome >= 0) {
		strbuf_adds(cell->text,
			_(call_outcome_label((enum call_outcome)r->task->task.outcome)));
	} else {
		strbuf_adds(cell->text, _("done"));
	}
}

static void note_text(void *ctx, const void *row, struct table_cell *cell)
{
	const struct note_row *r = note_of(row);

	if (r->note) {
		strbuf_adds(cell->text, r->note->text);
		return;
	}
	strbuf_adds(cell->text, r->task->task.note);
	if (r->task->task.promise_amount) {
		strbuf_adds(cell->text, cell->text->len ? " · " : "");
		cell_money(cell->text, desk_in(ctx), r->task->task.promise_amount);
	}
}

static void note_who(void *ctx, const void *row, struct table_cell *cell)
{
	const struct note_row *r = note_of(row);

	(void)ctx;
	strbuf_adds(cell->text, r->note ? r->note->author : r->task->task.owner);
}

static const struct table_col note_cols[] = {
	{ .name = "when",
		.title = N_("When"),
		.min = 17,
		.max = 18,
		.cell = note_when,
		.name_of = true },
	{ .name = "kind", .title = N_("Kind"), .min = 8, .max = 12, .cell = note_kind },
	{ .name = "state",
		.title = N_("State"),
		.min = 13,
		.max = 22,
		.priority = 1,
		.cell = note_state },
	{ .name = "text", .title = N_("What was said"), .min = 20, .max = 80, .cell = note_text },
	{ .name = "who", .title = N_("Who"), .min = 8, .max = 14, .priority = 2, .cell = note_who },
};

static bool read_tasks(struct customer_part *p, struct task_line **tasks, int *n, struct err *err)
{
	struct task_key after = TASK_KEY_LAST;

	return tasks_of(p->desk->s, p->customer_id, after, PAGE, &p->whole.arena, tasks, n, err);
}

static bool fill_notes(struct customer_part *p, struct err *err)
{
	struct task_line *tasks;
	struct note *notes;
	struct note_row *rows;
	int n_tasks = 0, n_notes = 0, n = 0;

	if (!read_tasks(p, &tasks, &n_tasks, err) ||
		!customers_notes(p->desk->s, p->customer_id, INT64_MAX, INT64_MAX, PAGE,
			&p->whole.arena, &notes, &n_notes, err))
		return false;
	rows = arena_zalloc(&p->whole.arena, (size_t)(n_tasks + n_notes) + 1, sizeof(*rows));
	for (int i = n_tasks - 1; i >= 0; i--)
		if (!tasks[i].task.done_at)
			rows[n++] = (struct note_row){ .task = &tasks[i] };
	for (int i = 0, j = 0; i < n_tasks || j < n_notes;) {
		if (i < n_tasks && !tasks[i].task.done_at) {
			i++;
		} else if (j == n_notes || (i < n_tasks && tasks[i].task.done_at > notes[j].at)) {
			rows[n++] = (struct note_row){ .task = &tasks[i++] };
		} else {
			rows[n++] = (struct note_row){ .note = &notes[j++] };
		}
	}
	for (int i = 0; i < n; i++)
		whole_add(&p->whole, rows[i].task ? rows[i].task->task.id : rows[i].note->id,
			&rows[i]);
	return true;
}

static void note_details(void *ctx, const void *row, struct strbuf *out)
{
	const struct note_row *r = note_of(row);

	(void)ctx;
	strbuf_adds(out, r->note ? r->note->text : r->task->task.note);
}

const struct task_line *customer_part_task(const struct customer_part *p)
{
	const struct note_row *r = p->part == PART_NOTES ? table_row(&p->list.table) : NULL;

	return r && r->task && !r->task->task.done_at ? r->task : NULL;
}

void customer_part_row(const struct customer_part *p, struct act_row *row)
{
	const void *at = table_row(&p->list.table);

	*row = (struct act_row){ .consent_id = 0 };
	if (at && p->part == PART_NOTES) {
		row->task = note_of(at)->task ? &note_of(at)->task->task : NULL;
		row->note = note_of(at)->note;
	}
	if (at && p->part == PART_CONSENTS)
		row->consent_id = ((const struct consent_event *)at)->id;
}

/* --- journal ------------------------------------------------------------- */

static void act_when(void *ctx, const void *row, struct table_cell *cell)
{
	cell_instant(cell->text, desk_in(ctx), ((const struct customer_act *)row)->at);
}

static void act_actor(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct customer_act *)row)->actor);
}

static void act_what(void *ctx, const void *row, struct table_cell *cell)
{
	const struct customer_act *act = row;

	(void)ctx;
	say_act(cell->text, act->action);
}

static void act_detail(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct customer_act *)row)->detail);
}

static const struct table_col journal_cols[] = {
	{ .name = "when",
		.title = N_("When"),
		.min = 17,
		.max = 18,
		.cell = act_when,
		.name_of = true },
	{ .name = "actor", .title = N_("Who"), .min = 8, .max = 14, .cell = act_actor },
	{ .name = "what", .title = N_("What"), .min = 20, .max = 34, .cell = act_what },
	{ .name = "detail",
		.title = N_("Details"),
		.min = 16,
		.max = 80,
		.priority = 1,
		.cell = act_detail },
};

static bool fill_journal(struct customer_part *p, struct err *err)
{
	int64_t before = 0;
	struct customer_act *acts;
	int n = 0;

	do {
		if (!customers_history(p->desk->s, p->customer_id, before, PAGE, &p->whole.arena,
			    &acts, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			whole_add(&p->whole, acts[i].seq, &acts[i]);
			before = acts[i].seq;
		}
	} while (n == PAGE && p->whole.rows.len < WHOLE_MOST);
	return true;
}

static void act_details(void *ctx, const void *row, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, ((const struct customer_act *)row)->detail);
}

/* --- all of them --------------------------------------------------------- */

static const struct {
	const char *title, *empty;
	const struct table_col *cols;
	size_t count;
	bool (*fill)(struct customer_part *p, struct err *err);
	void (*details)(void *ctx, const void *row, struct strbuf *out);
	const char *amounts[2]; /* columns headed by the currency */
} parts[PART_COUNT] = {
	[PART_INVOICES] = { N_("Invoices"), N_("No invoices."), invoice_cols,
		ARRAY_SIZE(invoice_cols), fill_invoices, NULL, { "total", "open" } },
	[PART_PAYMENTS] = { N_("Payments"), N_("No payments."), payment_cols,
		ARRAY_SIZE(payment_cols), fill_payments, NULL, { "amount", NULL } },
	[PART_MESSAGES] = { N_("Messages"), N_("Nothing was written to them yet. n writes."),
		message_cols, ARRAY_SIZE(message_cols), fill_messages, message_details,
		{ NULL, NULL } },
	[PART_CONSENTS] = { N_("Consents"),
		N_("Nothing is known of what they agree to: no marketing is sent."), consent_cols,
		ARRAY_SIZE(consent_cols), fill_consents, consent_details, { NULL, NULL } },
	[PART_NOTES] = { N_("Notes and tasks"),
		N_("No notes and no tasks. m shows what can be noted."), note_cols,
		ARRAY_SIZE(note_cols), fill_notes, note_details, { NULL, NULL } },
	[PART_JOURNAL] = { N_("Journal"), N_("Nothing was done yet."), journal_cols,
		ARRAY_SIZE(journal_cols), fill_journal, act_details, { NULL, NULL } },
};

const char *customer_part_title(enum part part)
{
	return parts[part].title;
}

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&part_of(ctx)->whole, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	strbuf_adds(out, _(parts[part_of(ctx)->part].empty));
}

static void head_amounts(struct customer_part *p)
{
	for (size_t i = 0; i < parts[p->part].count; i++)
		for (size_t a = 0; a < 2; a++) {
			const char *name = parts[p->part].amounts[a];

			if (!name || strcmp(p->cols[i].name, name))
				continue;
			cell_head(p->heads[a], sizeof(p->heads[a]), p->desk, _(p->cols[i].title));
			p->cols[i].title = p->heads[a];
		}
}

void customer_part_init(struct customer_part *p, enum part part, struct desk *desk, int64_t id)
{
	*p = (struct customer_part){ .desk = desk, .part = part, .customer_id = id };
	memcpy(p->cols, parts[part].cols, parts[part].count * sizeof(p->cols[0]));
	head_amounts(p);
	p->ops = (struct table_ops){ .cols = p->cols,
		.count = parts[part].count,
		.fetch = fetch,
		.empty = empty,
		.details = parts[part].details };
	list_init(&p->list, &p->ops, p, NULL);
}

void customer_part_release(struct customer_part *p)
{
	list_release(&p->list);
	whole_release(&p->whole);
}

bool customer_part_fill(struct customer_part *p, struct err *err)
{
	whole_begin(&p->whole);
	if (!parts[p->part].fill(p, err))
		return false;
	table_reload(&p->list.table);
	return true;
}
