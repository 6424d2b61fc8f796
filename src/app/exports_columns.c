/* The columns of exports: a key that stays, a header in the person's language, and
 * how the cell is filled. The order is the file's. */
#include "exports_private.h"

#include "consent.h"
#include "date.h"
#include "i18n.h"
#include "store_task.h"

#define PIECE 200 /* documents read at once */

/* --- customers --- */

#define TEXT(name, field)                                                                          \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		sheet_text(x->sheet, *x->field ? x->field : NULL);                                 \
	}
#define DAY(name, field)                                                                           \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		sheet_day(x->sheet, x->field);                                                     \
	}
#define INT(name, field)                                                                           \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		sheet_int(x->sheet, x->field);                                                     \
	}
#define MONEY(name, field)                                                                         \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		sheet_decimal(x->sheet, x->field, x->decimals);                                    \
	}
#define WORD(name, words, field)                                                                   \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		export_word(x, words##_word(x->field), words##_label(x->field));                   \
	}
#define CONSENT(name, subject)                                                                     \
	static void put_##name(struct exporter *x)                                                 \
	{                                                                                          \
		enum consent_state state = consents_get(x->c.consents, subject);                   \
                                                                                                   \
		export_word(x, consent_state_word(state), consent_state_label(state));             \
	}

static void put_id(struct exporter *x)
{
	sheet_id(x->sheet, x->c.id);
}

TEXT(code, c.account_key)
TEXT(name, c.name)
TEXT(first_name, c.first_name)
TEXT(firm, c.firm)
TEXT(email, c.email)
TEXT(phone, c.phone)
TEXT(phone_e164, c.phone_e164)
TEXT(street, c.street)
TEXT(postcode, c.postcode)
TEXT(city, c.city)
TEXT(country, c.country)
TEXT(language, c.language)
DAY(birth_date, c.birth_day)
WORD(kind, customer_kind, c.kind)
WORD(nature, nature, c.nature)
CONSENT(ok_processing, CONSENT_PROCESSING)
CONSENT(ok_marketing, CONSENT_MARKETING)
CONSENT(ok_email, CONSENT_EMAIL)
CONSENT(ok_sms, CONSENT_SMS)
CONSENT(ok_whatsapp, CONSENT_WHATSAPP)
CONSENT(ok_facebook, CONSENT_FACEBOOK)
CONSENT(ok_instagram, CONSENT_INSTAGRAM)
CONSENT(ok_calls, CONSENT_CALLS)
INT(score, score.score)
WORD(segment, segment, score.segment)
WORD(behaviour, behaviour, score.behaviour)
MONEY(revenue, score.revenue)
INT(purchases, score.purchases)
DAY(last_purchase, score.last_purchase)
DAY(last_interaction, score.last_interaction)
MONEY(lifetime_value, score.lifetime_value)
INT(satisfaction, score.satisfaction)
MONEY(overdue, score.overdue)
DAY(overdue_since, score.overdue_since)

static void put_churn(struct exporter *x)
{
	sheet_decimal(x->sheet, x->score.churn, 1);
}

static void put_delay(struct exporter *x)
{
	if (x->score.has_delay)
		sheet_int(x->sheet, x->score.delay_days);
	else
		sheet_blank(x->sheet);
}

static void put_active(struct exporter *x)
{
	sheet_bool(x->sheet, x->score.active);
}

const struct export_column export_customer_columns[] = {
	{ "id", N_("Id"), 20, put_id },
	{ "code", N_("Customer code"), 12, put_code },
	{ "name", N_("Name"), 28, put_name },
	{ "first_name", N_("First name"), 16, put_first_name },
	{ "firm", N_("Works at"), 20, put_firm },
	{ "kind", N_("Person or firm"), 10, put_kind },
	{ "nature", N_("In what quality"), 14, put_nature },
	{ "email", N_("E-mail"), 26, put_email },
	{ "phone", N_("Phone"), 18, put_phone },
	{ "phone_e164", N_("International number"), 18, put_phone_e164 },
	{ "street", N_("Street"), 24, put_street },
	{ "postcode", N_("Postcode"), 10, put_postcode },
	{ "city", N_("City"), 18, put_city },
	{ "country", N_("Country"), 8, put_country },
	{ "birth_date", N_("Birth date"), 12, put_birth_date },
	{ "language", N_("Language"), 8, put_language },
	{ "ok_processing", N_("Agrees to data processing"), 12, put_ok_processing },
	{ "ok_marketing", N_("Agrees to marketing"), 12, put_ok_marketing },
	{ "ok_email", N_("Agrees to e-mail"), 12, put_ok_email },
	{ "ok_sms", N_("Agrees to SMS"), 12, put_ok_sms },
	{ "ok_whatsapp", N_("Agrees to WhatsApp"), 12, put_ok_whatsapp },
	{ "ok_facebook", N_("Agrees to Facebook"), 12, put_ok_facebook },
	{ "ok_instagram", N_("Agrees to Instagram"), 12, put_ok_instagram },
	{ "ok_calls", N_("Agrees to phone calls"), 12, put_ok_calls },
	{ "segment", N_("Segment"), 12, put_segment },
	{ "score", N_("Score"), 8, put_score },
	{ "behaviour", N_("Payment behaviour"), 12, put_behaviour },
	{ "churn", N_("Churn risk"), 8, put_churn },
	{ "revenue", N_("Invoiced total"), 16, put_revenue },
	{ "purchases", N_("Purchases in 365 days"), 10, put_purchases },
	{ "delay", N_("Mean payment delay, days"), 10, put_delay },
	{ "last_purchase", N_("Last purchase"), 12, put_last_purchase },
	{ "last_interaction", N_("Last interaction"), 12, put_last_interaction },
	{ "lifetime_value", N_("Lifetime value"), 16, put_lifetime_value },
	{ "satisfaction", N_("Satisfaction"), 8, put_satisfaction },
	{ "overdue", N_("Overdue"), 16, put_overdue },
	{ "overdue_since", N_("Overdue since"), 12, put_overdue_since },
	{ "active", N_("Active"), 8, put_active },
	{ NULL, NULL, 0, NULL },
};

/* --- invoices --- */

TEXT(number, invoice.invoice.number)
DAY(issued, invoice.invoice.issued)
DAY(due, invoice.due)
MONEY(total, invoice.invoice.total)
MONEY(open, invoice.open)
DAY(settled, invoice.settled_on)

static void put_full_name(struct exporter *x)
{
	struct strbuf name = STRBUF_INIT;

	customer_name(x->c.name, x->c.first_name, &name);
	sheet_text(x->sheet, name.buf);
	strbuf_release(&name);
}

static void put_invoice_id(struct exporter *x)
{
	sheet_id(x->sheet, x->invoice.invoice.id);
}

static void put_days_late(struct exporter *x)
{
	if (x->invoice.late_known)
		sheet_int(x->sheet, x->invoice.days_late);
	else
		sheet_blank(x->sheet);
}

static void put_type(struct exporter *x)
{
	if (x->invoice.invoice.total < 0)
		export_word(x, "CREDIT_NOTE", N_("Credit note"));
	else
		export_word(x, "INVOICE", N_("Invoice"));
}

const struct export_column export_invoice_columns[] = {
	{ "id", N_("Id"), 20, put_invoice_id },
	{ "number", N_("Invoice number"), 16, put_number },
	{ "type", N_("Invoice or credit note"), 12, put_type },
	{ "customer", N_("Customer code"), 12, put_code },
	{ "customer_name", N_("Customer name"), 28, put_full_name },
	{ "issued", N_("Invoice date"), 12, put_issued },
	{ "due", N_("Due date"), 12, put_due },
	{ "total", N_("Total with tax"), 16, put_total },
	{ "open", N_("Still owed"), 16, put_open },
	{ "settled", N_("Settled on"), 12, put_settled },
	{ "days_late", N_("Days late"), 8, put_days_late },
	{ NULL, NULL, 0, NULL },
};

bool export_invoices_of(struct exporter *x, struct err *err)
{
	struct session *s = x->s;
	struct invoice_key after = INVOICE_KEY_FIRST;
	struct arena a = ARENA_INIT;
	struct invoice_line *lines;
	bool ok;
	int n;

	do {
		arena_clear(&a);
		ok = store_invoice_page(s->db, s->company.id, x->c.id, after, &x->terms, PIECE, &a,
			&lines, &n, err);
		for (int i = 0; ok && i < n; i++) {
			x->invoice = lines[i];
			after = (struct invoice_key){ lines[i].invoice.issued,
				lines[i].invoice.id };
			ok = export_row(x, err);
		}
	} while (ok && n == PIECE);
	arena_release(&a);
	return ok;
}

/* --- payments --- */

TEXT(paid_number, payment.number)
TEXT(reference, payment.payment.reference)
DAY(paid_on, payment.payment.paid_on)
MONEY(amount, payment.payment.amount)

static void put_payment_id(struct exporter *x)
{
	sheet_id(x->sheet, x->payment.payment.id);
}

const struct export_column export_payment_columns[] = {
	{ "id", N_("Id"), 20, put_payment_id },
	{ "invoice", N_("Invoice number"), 16, put_paid_number },
	{ "customer", N_("Customer code"), 12, put_code },
	{ "customer_name", N_("Customer name"), 28, put_full_name },
	{ "day", N_("Payment date"), 12, put_paid_on },
	{ "amount", N_("Amount paid"), 16, put_amount },
	{ "reference", N_("Payment reference"), 20, put_reference },
	{ NULL, NULL, 0, NULL },
};

bool export_payments_of(struct exporter *x, struct err *err)
{
	struct session *s = x->s;
	struct invoice_key after = INVOICE_KEY_FIRST;
	struct arena a = ARENA_INIT;
	struct payment_line *lines;
	bool ok;
	int n;

	do {
		arena_clear(&a);
		ok = store_payment_page(
			s->db, s->company.id, x->c.id, after, PIECE, &a, &lines, &n, err);
		for (int i = 0; ok && i < n; i++) {
			x->payment = lines[i];
			after = (struct invoice_key){ lines[i].payment.paid_on,
				lines[i].payment.id };
			ok = export_row(x, err);
		}
	} while (ok && n == PIECE);
	arena_release(&a);
	return ok;
}

/* --- tasks --- */

WORD(task_kind, task_kind, task.task.kind)
DAY(task_due, task.task.due_day)
TEXT(task_owner, task.task.owner)
TEXT(task_note, task.task.note)
DAY(promise_day, task.task.promise_day)

static void put_task_id(struct exporter *x)
{
	sheet_id(x->sheet, x->task.task.id);
}

static void put_task_time(struct exporter *x)
{
	struct strbuf time = STRBUF_INIT;

	if (x->task.task.due_minute != TASK_ALL_DAY)
		date_add_time(&time, x->task.task.due_minute);
	sheet_text(x->sheet, time.len ? time.buf : NULL);
	strbuf_release(&time);
}

static void put_outcome(struct exporter *x)
{
	enum call_outcome outcome = (enum call_outcome)x->task.task.outcome;

	if (x->task.task.outcome < 0)
		sheet_blank(x->sheet);
	else
		export_word(x, call_outcome_word(outcome), call_outcome_label(outcome));
}

static void put_promise(struct exporter *x)
{
	if (x->task.task.promise_amount)
		sheet_decimal(x->sheet, x->task.task.promise_amount, x->decimals);
	else
		sheet_blank(x->sheet);
}

static void put_done(struct exporter *x)
{
	sheet_bool(x->sheet, x->task.task.done_at || x->task.kept);
}

const struct export_column export_task_columns[] = {
	{ "id", N_("Id"), 20, put_task_id },
	{ "customer", N_("Customer code"), 12, put_code },
	{ "customer_name", N_("Customer name"), 28, put_full_name },
	{ "phone", N_("Phone"), 18, put_phone },
	{ "kind", N_("What"), 12, put_task_kind },
	{ "due", N_("Due on"), 12, put_task_due },
	{ "time", N_("Time"), 8, put_task_time },
	{ "owner", N_("Whose"), 14, put_task_owner },
	{ "note", N_("Note"), 40, put_task_note },
	{ "done", N_("Done"), 8, put_done },
	{ "outcome", N_("How the call ended"), 16, put_outcome },
	{ "promise_amount", N_("Promised amount"), 16, put_promise },
	{ "promise_day", N_("Promised for"), 12, put_promise_day },
	{ NULL, NULL, 0, NULL },
};

bool export_tasks_of(struct exporter *x, struct err *err)
{
	struct session *s = x->s;
	struct task_key after = TASK_KEY_LAST;
	struct arena a = ARENA_INIT;
	struct task_line *lines;
	bool ok;
	int n;

	do {
		arena_clear(&a);
		ok = store_task_of(s->db, s->company.id, x->c.id, x->terms.today, after, PIECE, &a,
			&lines, &n, err);
		for (int i = 0; ok && i < n; i++) {
			const struct task *t = &lines[i].task;

			x->task = lines[i];
			after = (struct task_key){ t->due_day, t->due_minute, t->id };
			ok = export_row(x, err);
		}
	} while (ok && n == PIECE);
	arena_release(&a);
	return ok;
}
