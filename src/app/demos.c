#include "demos.h"

#include "campaigns.h"
#include "companies.h"
#include "consent_event.h"
#include "date.h"
#include "db.h"
#include "demo.h"
#include "mem.h"
#include "scores.h"
#include "settings.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_company.h"
#include "store_customer.h"
#include "store_demo.h"
#include "store_invoice.h"
#include "store_task.h"
#include "templates.h"

/* Some 5,000 rows with their documents: well under the 100 ms that others wait. */
#define BATCH 250

/* One maker for the whole run, one tally a batch. */
struct maker {
	struct session *s;
	struct demo demo;
	struct customer_score initial;
	struct tally tally;
	struct demo_invoice *invoices; /* DEMO_INVOICES of them */
	int64_t now;
};

static struct customer describe(const struct maker *m, const struct demo_customer *d, int64_t id)
{
	return (struct customer){
		.id = id,
		.company_id = m->s->company.id,
		.account_key = d->account_key,
		.kind = d->kind,
		.nature = d->nature,
		.name = d->name,
		.first_name = d->first_name,
		.firm = "",
		.email = d->email,
		.email_key = d->email,
		.phone = d->phone,
		.phone_e164 = d->phone_e164,
		.street = d->street,
		.postcode = d->postcode,
		.city = d->city,
		.country = d->country,
		.birth_day = d->birth_day,
		.language = d->language,
		.time_zone = d->time_zone,
		.channels = d->channels,
		.best_minute = d->best_minute,
		.created_at = m->now,
		.updated_at = m->now,
	};
}

static bool add_consents(
	struct maker *m, struct customer *c, const struct demo_customer *d, struct err *err)
{
	struct consent_event e = CONSENT_EVENT_INIT;

	if (d->consent_day == DAY_NONE)
		return true;
	e.company_id = c->company_id;
	e.customer_id = c->id;
	e.at = (int64_t)d->consent_day * DAY_SECONDS + 10 * 3600;
	e.noted_at = e.at;
	e.source = SOURCE_FORM;
	e.basis = BASIS_CONSENT;
	/* What there is to show for it. */
	e.note = "form at the counter";
	e.actor = m->s->actor.login;
	for (int subject = 0; subject < CONSENT_SUBJECTS; subject++)
		switch (consents_get(d->consents, (enum consent_subject)subject)) {
		case CONSENT_GRANTED:
			e.granted |= CONSENT_BIT(subject);
			break;
		case CONSENT_REFUSED:
			e.refused |= CONSENT_BIT(subject);
			break;
		case CONSENT_UNKNOWN:
		case CONSENT_STATES:
			break;
		}
	return store_consent_first(m->s->db, c, &e, &m->tally, err);
}

static bool add_payments(struct maker *m, const struct invoice *inv, const struct demo_invoice *d,
	int64_t *next_id, struct err *err)
{
	for (int i = 0; i < d->payment_count; i++) {
		struct payment p = {
			.id = (*next_id)++,
			.company_id = inv->company_id,
			.customer_id = inv->customer_id,
			.invoice_id = inv->id,
			.reference = d->payments[i].reference,
			.paid_on = d->payments[i].paid_on,
			.amount = d->payments[i].amount,
		};

		if (!store_payment_insert(m->s->db, &p, err))
			return false;
	}
	return true;
}

static bool add_documents(struct maker *m, int64_t i, int64_t customer_id, struct err *err)
{
	size_t n = demo_invoices(&m->demo, i, m->invoices);
	int64_t first, next;

	if (!n)
		return true;
	first = db_ids(m->s->db, (int64_t)n * (1 + DEMO_PAYMENTS), err);
	if (!first)
		return false;
	next = first + (int64_t)n;
	for (size_t k = 0; k < n; k++) {
		const struct demo_invoice *d = &m->invoices[k];
		struct invoice inv = {
			.id = first + (int64_t)k,
			.company_id = m->s->company.id,
			.customer_id = customer_id,
			.number = d->number,
			.issued = d->issued,
			.due = d->due,
			.total = d->total,
			.credits_id = d->credits >= 0 ? first + d->credits : 0,
			.original_currency = "",
		};

		if (!store_invoice_insert(m->s->db, &inv, err) ||
			!add_payments(m, &inv, d, &next, err))
			return false;
	}
	return true;
}

/* A call or a reminder for one customer in forty, from last week to next month. */
static bool add_task(struct maker *m, int64_t i, int64_t customer_id, struct err *err)
{
	struct task task = {
		.company_id = m->s->company.id,
		.customer_id = customer_id,
		.kind = i % 80 ? TASK_REMINDER : TASK_CALL,
		.due_day = m->demo.today - 7 + (int32_t)(i / 40 % 37),
		.due_minute = i % 120 ? TASK_ALL_DAY : 10 * 60,
		.owner = m->s->actor.login,
		.note = "",
		.outcome = -1,
		.promise_day = DAY_NONE,
		.created_at = m->now,
	};

	return i % 40 || store_task_insert(m->s->db, &task, err);
}

static bool add_tags(
	struct maker *m, int64_t customer_id, const struct demo_customer *d, struct err *err)
{
	struct db *db = m->s->db;
	int64_t company_id = m->s->company.id, tag;
	bool changed;

	for (int i = 0; i < d->tag_count; i++)
		if (!store_tag_find(db, company_id, d->tags[i], true, &tag, err) ||
			!store_tag_put(db, company_id, tag, customer_id, true, &changed, err))
			return false;
	return true;
}

static bool add_customer(struct maker *m, int64_t i, int64_t id, struct err *err)
{
	struct demo_customer d;
	struct customer c;

	demo_customer(&m->demo, i, &d);
	c = describe(m, &d, id);
	return store_customer_insert(m->s->db, &c, &m->initial, &m->tally, err) &&
	       add_consents(m, &c, &d, err) && add_tags(m, id, &d, err) &&
	       add_documents(m, i, id, err) && add_task(m, i, id, err);
}

static bool add_batch(struct maker *m, int64_t from, int64_t to, struct err *err)
{
	struct db *db = m->s->db;
	int64_t first;
	bool ok = true;

	if (!db_write(db, err))
		return false;
	first = db_ids(db, to - from, err);
	ok = first != 0;
	for (int64_t i = from; ok && i < to; i++)
		ok = add_customer(m, i, first + (i - from), err);
	ok = ok && store_counter_apply(db, m->s->company.id, &m->tally, err) && db_commit(db, err);
	db_rollback(db);
	return ok;
}

static bool add_all(struct maker *m, const struct progress *p, struct err *err)
{
	int64_t n = m->demo.customers;

	for (int64_t from = 0; from < n; from += BATCH) {
		if (!progress_step(p, from, n))
			return err_set(err, ERR_CANCELLED, NULL, "%s", "");
		if (!add_batch(m, from, from + BATCH < n ? from + BATCH : n, err))
			return false;
	}
	return true;
}

static bool add_company(struct session *s, struct err *err)
{
	struct company c;

	if (!company_suggest("BF", &c, err))
		return false;
	snprintf(c.name, sizeof(c.name), "Sahel Négoce SARL");
	c.demo = true;
	return companies_add(s, &c, err);
}

static bool score_all(struct session *s, const struct progress *p, struct err *err)
{
	struct scores_proposal proposal;
	struct scores_result unused;

	/* Twice: thresholds are proposed from revenues, which the first run finds. */
	return scores_update_anew(s, p, &unused, err) &&
	       scores_thresholds_propose(s, &proposal, err) &&
	       (!proposal.customers || scores_thresholds_accept(s, &proposal.proposed, err)) &&
	       scores_update_anew(s, p, &unused, err);
}

/* --- what there is to send --- */

struct draft {
	const char *name, *filter;
	enum campaign_type type;
	enum channel channel;
	const char *subject, *text;
};

static const struct draft drafts[] = {
	{ "Promo VIP et fidèles", "segment:vip,loyal", CAMPAIGN_PROMOTIONAL, CHANNEL_SMS, "",
		"Bonjour {{prenom|cher client}}, -20 % sur tout le magasin jusqu'à samedi chez "
		"{{ma_societe}}. {{stop}}" },
	{ "Lettre du mois", "", CAMPAIGN_NEWSLETTER, CHANNEL_EMAIL,
		"Les nouveautés de {{ma_societe}}",
		"Bonjour {{prenom|cher client}},\n\n"
		"Les nouveautés du mois sont arrivées chez {{ma_societe}}\302\240: tissus, "
		"quincaillerie "
		"et petit outillage. Passez nous voir, l'équipe vous attend.\n\n"
		"À bientôt,\n{{ma_societe}}\n\n"
		"Pour ne plus recevoir nos messages\302\240: {{lien_desinscription}}\n" },
};

static bool add_draft(struct session *s, const struct draft *d, struct err *err)
{
	struct campaign c = { .name = d->name,
		.kind = CAMPAIGN_MANY,
		.type = d->type,
		.channels = UINT32_C(1) << d->channel,
		.order = "",
		.filter = d->filter,
		.persons = "",
		.sender = "" };
	struct campaign_content text = { .channel = d->channel,
		.language = "fr",
		.subject = d->subject,
		.text = d->text,
		.html = "",
		.media = "" };

	if (!campaigns_save(s, &c, err))
		return false;
	text.campaign_id = c.id;
	return campaigns_text_put(s, &text, &c.revision, err);
}

/* Drafts that only want to be launched: a demonstration lays its messages into a folder,
 * without any account. */
static bool add_drafts(struct session *s, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct saved_template *unused;
	bool ok;
	int n;

	ok = templates_list(s, -1, false, &a, &unused, &n, err) &&
	     settings_set(s, SETTING_SMS_STOP, "4455", err);
	for (size_t i = 0; ok && i < ARRAY_SIZE(drafts); i++)
		ok = add_draft(s, &drafts[i], err);
	arena_release(&a);
	return ok;
}

bool demos_make(
	struct session *s, const struct demos_options *o, const struct progress *p, struct err *err)
{
	struct maker m = { .s = s, .tally = TALLY_INIT, .now = session_now(s) };
	bool ok;

	if (o->customers < 1 || o->customers > DEMOS_MOST)
		return err_set(err, ERR_INVALID, "customers", "%lld", (long long)o->customers);
	if (!add_company(s, err))
		return false;
	demo_init(&m.demo, o->seed, o->customers, session_today(s));
	scores_initial(s, &m.initial);
	m.invoices = mem_zalloc(DEMO_INVOICES, sizeof(*m.invoices));
	/* It can be made again: no need to wait for the disk at every batch. */
	ok = db_durable(s->db, false, err) && add_all(&m, p, err);
	free(m.invoices);
	return ok && db_durable(s->db, true, err) && score_all(s, p, err) && add_drafts(s, err);
}

/* --- erasing ------------------------------------------------------------- */

#define ERASE_CUSTOMERS 20 /* at once: about as long as others may wait */
#define ERASE_ROWS 2000

static bool erase_some(struct session *s, int *done, struct err *err)
{
	struct db *db = s->db;
	int64_t id = s->company.id;
	bool ok = db_write(db, err) &&
		  store_demo_customers(db, id, ERASE_CUSTOMERS, session_now(s), done, err);

	if (ok && !*done)
		ok = store_demo_journals(db, id, ERASE_ROWS, done, err);
	ok = ok && db_commit(db, err);
	db_rollback(db);
	return ok;
}

static bool erase_company(struct session *s, struct err *err)
{
	struct db *db = s->db;
	bool ok = db_write(db, err) &&
		  session_audit(s, "company.erase", "company", s->company.id, "", err) &&
		  store_demo_company(db, s->company.id, session_now(s), err) && db_commit(db, err);

	db_rollback(db);
	return ok;
}

bool demos_erase(struct session *s, const struct progress *p, struct err *err)
{
	struct company now;
	struct tally counted;
	int64_t total, gone = 0;
	int done = 1;

	if (!session_ready(s, RIGHT_SETTINGS, err) ||
		!store_company_get(s->db, s->company.id, &now, err))
		return false;
	if (!now.demo)
		return err_set(err, ERR_NOT_DEMO, s->company.name, "%s", "");
	if (!store_counter_read(s->db, s->company.id, &counted, err))
		return false;
	total = counted.by[COUNTER_CUSTOMERS];
	while (done) {
		if (!progress_step(p, gone < total ? gone : total, total))
			return err_set(err, ERR_CANCELLED, NULL, "%s", "");
		if (!erase_some(s, &done, err))
			return false;
		gone += done;
	}
	if (!erase_company(s, err))
		return false;
	s->company = (struct company){ 0 };
	return true;
}
