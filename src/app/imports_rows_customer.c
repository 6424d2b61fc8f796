/*
 * A line of third parties.
 *
 * Whose it is: the customer with its code; without a code, one of the same name
 * and the same e-mail or phone, or of the same name where neither has any. A line
 * with a new code takes over a customer who was typed in by hand without one.
 *
 * What it does: a filled cell that says something else replaces the value, an
 * empty one changes nothing. A line that says the same as the last time leaves
 * the customer alone, so what people corrected since stays. Two lines of one file
 * that say different things about one customer: the second is refused.
 *
 * Two numbers: the mobile one is the customer's, the other a further address.
 *
 * Consents: UNKNOWN to GRANTED, anything to REFUSED, nothing else.
 */
#include "imports_private.h"

#include "date.h"
#include "email.h"
#include "fold.h"
#include "import_words.h"
#include "phone.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_customer.h"
#include "undo_rows.h"

#define FIELDS (CUSTOMER_OK_CALLS + 1)
#define MATCHES 8 /* customers of one address that are looked at */

/* What a line says. Texts are *borrowed until* the next row. */
struct said {
	const char *text[FIELDS];
	struct customer c; /* "" and DAY_NONE where it says nothing */
	bool kind_said;
	uint32_t yes; /* bits of consent subjects */
	uint32_t no;
	const char *further; /* a second number, NULL if none */
	const char *further_e164;
	int64_t digest;
	const char *name_key;
};

/* --- reading --- */

static bool read_texts(struct import *im, struct import_line *l, struct said *said)
{
	for (int f = 0; f < FIELDS; f++)
		if (!import_text(im, l, (enum import_field)f, &said->text[f]))
			return false;
	return true;
}

static bool read_consents(struct import_line *l, struct said *said)
{
	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum import_field f = (enum import_field)(CUSTOMER_OK_PROCESSING + i);
		int yes;

		if (!import_yes_no(said->text[f], &yes))
			return import_refuse(l, REASON_BAD_YES_NO, f, said->text[f]);
		if (yes == 1)
			said->yes |= CONSENT_BIT(i);
		else if (yes == 0)
			said->no |= CONSENT_BIT(i);
	}
	return true;
}

static void read_email(struct import *im, struct import_line *l, struct said *said)
{
	const char *typed = said->text[CUSTOMER_EMAIL];
	struct email email;

	said->c.email = typed;
	if (!*typed)
		return;
	if (email_clean(typed, &email))
		said->c.email_key = arena_strdup(&im->scrap, email.key);
	else
		import_remark(l, REASON_BAD_EMAIL, CUSTOMER_EMAIL, typed);
}

static bool clean_phone(struct import *im, struct import_line *l, const struct said *said,
	enum import_field field, const char **e164)
{
	static const enum import_reason reasons[PHONE_RESULTS] = {
		[PHONE_NOT_A_NUMBER] = REASON_BAD_PHONE,
		[PHONE_SCIENTIFIC] = REASON_PHONE_SCIENTIFIC,
		[PHONE_LOST_ZERO] = REASON_PHONE_LOST_ZERO,
		[PHONE_TOO_SHORT] = REASON_BAD_PHONE,
		[PHONE_TOO_LONG] = REASON_BAD_PHONE,
		[PHONE_NO_SUCH_START] = REASON_BAD_PHONE,
	};
	struct phone phone;

	*e164 = "";
	if (!*said->text[field])
		return false;
	if (!phone_clean(said->text[field], im->home, &phone)) {
		import_remark(l, reasons[phone.result], field, said->text[field]);
		return false;
	}
	*e164 = arena_strdup(&im->scrap, phone.e164);
	return true;
}

/* The mobile number is the customer's, unless only the other one is a number. */
static void read_phones(struct import *im, struct import_line *l, struct said *said)
{
	const char *mobile, *other;
	bool mobile_good = clean_phone(im, l, said, CUSTOMER_MOBILE, &mobile);
	bool other_good = clean_phone(im, l, said, CUSTOMER_PHONE, &other);
	bool first = mobile_good || (*said->text[CUSTOMER_MOBILE] && !other_good);

	said->c.phone = said->text[first ? CUSTOMER_MOBILE : CUSTOMER_PHONE];
	said->c.phone_e164 = first ? mobile : other;
	if (first && other_good && strcmp(mobile, other)) {
		said->further = said->text[CUSTOMER_PHONE];
		said->further_e164 = other;
	}
}

static bool read_words(struct import_line *l, struct said *said)
{
	const char *country = said->text[CUSTOMER_COUNTRY];
	const char *language = said->text[CUSTOMER_LANGUAGE];
	const struct country *c = *country ? import_country(country) : NULL;

	if (c)
		said->c.country = c->iso;
	else if (*country)
		import_remark(l, REASON_UNKNOWN_WORD, CUSTOMER_COUNTRY, country);
	said->c.language = *language ? import_language(language) : "";
	if (!said->c.language) {
		import_remark(l, REASON_UNKNOWN_WORD, CUSTOMER_LANGUAGE, language);
		said->c.language = "";
	}
	if (*said->text[CUSTOMER_KIND]) {
		said->kind_said = import_person_or_firm(said->text[CUSTOMER_KIND], &said->c.kind);
		if (!said->kind_said)
			import_remark(
				l, REASON_UNKNOWN_WORD, CUSTOMER_KIND, said->text[CUSTOMER_KIND]);
	}
	return true;
}

/* A line without a name may still have a firm's, or a first name. */
static bool read_name(struct import *im, struct import_line *l, struct said *said)
{
	said->c.name = said->text[CUSTOMER_NAME];
	said->c.first_name = said->text[CUSTOMER_FIRST_NAME];
	said->c.firm = said->text[CUSTOMER_FIRM];
	if (*said->c.name)
		return true;
	if (*said->c.firm) {
		said->c.name = said->c.firm;
		said->c.firm = "";
		said->c.kind = KIND_FIRM;
		said->kind_said = true;
	} else if (*said->c.first_name) {
		said->c.name = said->c.first_name;
		said->c.first_name = "";
	} else {
		return import_needs(im, l, CUSTOMER_NAME, &said->c.name);
	}
	return true;
}

static void guess_kind(const struct import *im, struct said *said)
{
	struct customer *c = &said->c;

	if (!said->kind_said) {
		c->kind = KIND_PERSON;
		if (!*c->first_name && c->birth_day == DAY_NONE &&
			(import_names_firm(c->name) ||
				im->mapping.column[CUSTOMER_FIRST_NAME] >= 0))
			c->kind = KIND_FIRM;
	}
	c->nature = c->kind == KIND_FIRM || *c->firm ? NATURE_PROFESSIONAL : NATURE_PRIVATE;
}

static void fold_name(struct import *im, struct said *said)
{
	struct strbuf key = STRBUF_INIT;
	struct strbuf name = STRBUF_INIT;

	strbuf_adds(&name, said->c.name);
	strbuf_addc(&name, ' ');
	strbuf_adds(&name, said->c.first_name);
	fold_add(&key, name.buf);
	said->name_key = arena_strdup(&im->scrap, key.buf);
	strbuf_release(&name);
	strbuf_release(&key);
}

/* What the line says, as one number: fields that are not mapped do not count. */
static void digest(const struct import *im, struct said *said)
{
	const char *texts[FIELDS + 1];

	for (int f = 0; f < FIELDS; f++)
		texts[f] = said->text[f];
	texts[FIELDS] = im->o.existing_customers ? "existing" : "";
	said->digest = import_digest(texts, ARRAY_SIZE(texts));
}

static bool read_line(struct import *im, struct import_line *l, struct said *said)
{
	*said = (struct said){ .c = CUSTOMER_INIT };
	if (!read_texts(im, l, said) || !read_name(im, l, said) || !read_consents(l, said) ||
		!import_day(im, l, CUSTOMER_BIRTH_DAY, &said->c.birth_day) || !read_words(l, said))
		return false;
	if (said->c.birth_day != DAY_NONE && said->c.birth_day > im->today)
		return import_refuse(
			l, REASON_FUTURE_BIRTH, CUSTOMER_BIRTH_DAY, said->text[CUSTOMER_BIRTH_DAY]);
	read_email(im, l, said);
	read_phones(im, l, said);
	said->c.account_key = said->text[CUSTOMER_CODE];
	said->c.street = said->text[CUSTOMER_STREET];
	said->c.postcode = said->text[CUSTOMER_POSTCODE];
	said->c.city = said->text[CUSTOMER_CITY];
	guess_kind(im, said);
	fold_name(im, said);
	digest(im, said);
	return true;
}

/* --- whose it is --- */

static bool same_name(const struct customer *c, const char *name_key)
{
	struct strbuf key = STRBUF_INIT, name = STRBUF_INIT;
	bool same;

	strbuf_adds(&name, c->name);
	strbuf_addc(&name, ' ');
	strbuf_adds(&name, c->first_name);
	fold_add(&key, name.buf);
	same = !strcmp(key.buf, name_key);
	strbuf_release(&name);
	strbuf_release(&key);
	return same;
}

/* Of the customers of an address the one of that name; for a line with a code only
 * one that has none. */
static void pick(const struct said *said, const struct customer *list, int n, struct customer *out)
{
	for (int i = 0; i < n && !out->id; i++)
		if (same_name(&list[i], said->name_key) &&
			(!*said->c.account_key || !*list[i].account_key))
			*out = list[i];
}

static bool find_by_address(
	struct import *im, const struct said *said, struct customer *out, struct err *err)
{
	struct session *s = im->s;
	struct customer *list;
	int64_t id = 0;
	int n;

	if (*said->c.email_key) {
		if (!store_customer_by_email(s->db, s->company.id, said->c.email_key, MATCHES,
			    &im->scrap, &list, &n, err))
			return false;
		pick(said, list, n, out);
	}
	if (!out->id && *said->c.phone_e164) {
		if (!store_customer_by_phone(s->db, s->company.id, said->c.phone_e164, MATCHES,
			    &im->scrap, &list, &n, err))
			return false;
		pick(said, list, n, out);
	}
	if (out->id || *said->c.email_key || *said->c.phone_e164)
		return true;
	if (!store_import_customer_bare(s->db, s->company.id, said->name_key, &id, err))
		return false;
	if (id && !store_customer_get(s->db, s->company.id, id, &im->scrap, out, err))
		return false;
	if (*said->c.account_key && *out->account_key)
		*out = (struct customer)CUSTOMER_INIT;
	return true;
}

static bool find_customer(
	struct import *im, const struct said *said, struct customer *out, struct err *err)
{
	struct session *s = im->s;

	*out = (struct customer)CUSTOMER_INIT;
	if (*said->c.account_key && !store_customer_find(s->db, s->company.id, said->c.account_key,
					    &im->scrap, out, err))
		return false;
	if (!out->id && (!*said->c.account_key || im->unkeyed) &&
		!find_by_address(im, said, out, err))
		return false;
	if (!out->merged_into)
		return true;
	return store_customer_get(s->db, s->company.id, out->merged_into, &im->scrap, out, err);
}

/* What a dry run would have made is known by the same signs. */
static const char *sign(struct import *im, const struct said *said, int i)
{
	const struct customer *c = &said->c;

	if (i == 0 && *c->account_key)
		return arena_printf(&im->scrap, "c:%s", c->account_key);
	if (i == 1 && !*c->account_key && *c->email_key)
		return arena_printf(&im->scrap, "e:%s|%s", c->email_key, said->name_key);
	if (i == 2 && !*c->account_key && *c->phone_e164)
		return arena_printf(&im->scrap, "p:%s|%s", c->phone_e164, said->name_key);
	if (i == 3 && !*c->account_key && !*c->email_key && !*c->phone_e164)
		return arena_printf(&im->scrap, "n:%s", said->name_key);
	return NULL;
}

static bool find_imagined(struct import *im, const struct said *said, int64_t *id, struct err *err)
{
	*id = 0;
	for (int i = 0; i < 4 && !*id; i++) {
		const char *key = sign(im, said, i);

		if (key && !import_seen(im, key, id, err))
			return false;
	}
	return true;
}

static bool imagine(struct import *im, const struct said *said, int64_t id, struct err *err)
{
	for (int i = 0; i < 4; i++) {
		const char *key = sign(im, said, i);

		if (key && !import_mark_seen(im, key, id, err))
			return false;
	}
	return true;
}

/* --- consents --- */

static struct consent_event new_event(struct import *im, int64_t customer_id)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	const char *path = im->run.path ? strrchr(im->run.path, '/') : NULL;

	event.company_id = im->s->company.id;
	event.customer_id = customer_id;
	event.at = event.noted_at = session_now(im->s);
	event.source = SOURCE_IMPORT;
	event.note = path ? path + 1 : im->run.path ? im->run.path : "";
	event.actor = im->s->actor.login;
	return event;
}

/* The columns' answers; then, as existing customers, what they leave open. */
static void wanted(const struct import *im, const struct said *said, const struct customer *c,
	uint32_t consents, struct consent_event *answers, struct consent_event *existing)
{
	uint32_t open = CONSENT_BIT(CONSENT_PROCESSING) | CONSENT_BIT(CONSENT_MARKETING);

	answers->basis = said->yes ? BASIS_CONSENT : -1;
	answers->granted = said->yes;
	answers->refused = said->no;
	existing->basis = BASIS_EXISTING_CUSTOMER;
	if (!im->o.existing_customers)
		return;
	if (*c->email_key)
		open |= CONSENT_BIT(CONSENT_EMAIL);
	if (*c->phone_e164)
		open |= CONSENT_BIT(CONSENT_SMS);
	open &= ~(said->yes | said->no);
	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (open & CONSENT_BIT(i) &&
			consents_get(consents, (enum consent_subject)i) == CONSENT_UNKNOWN)
			existing->granted |= CONSENT_BIT(i);
}

static bool is_something(const struct consent_event *event)
{
	return event->granted || event->refused;
}

static bool first_consents(
	struct import *im, const struct said *said, struct customer *c, struct err *err)
{
	struct consent_event answers = new_event(im, c->id), existing = answers;

	wanted(im, said, c, 0, &answers, &existing);
	if (is_something(&answers)) {
		answers.id = import_next_id(im, &im->first, err);
		if (!answers.id || !store_consent_first(im->s->db, c, &answers, &im->tally, err))
			return false;
	}
	if (!is_something(&existing))
		return true;
	existing.id = import_next_id(im, &im->first, err);
	if (!existing.id)
		return false;
	if (!is_something(&answers))
		return store_consent_first(im->s->db, c, &existing, &im->tally, err);
	return store_consent_add(
		im->s->db, &existing, &(struct consent_outcome){ .id = 0 }, &im->tally, err);
}

/* Whether one event moves anything, and a remark for each yes that meets a refusal. */
static bool moves(struct import_line *l, const struct consent_event *event, uint32_t consents)
{
	bool any = false;

	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_state now = consents_get(consents, (enum consent_subject)i);

		if (event->refused & CONSENT_BIT(i))
			any = any || now != CONSENT_REFUSED;
		else if (!(event->granted & CONSENT_BIT(i)))
			continue;
		else if (now == CONSENT_UNKNOWN)
			any = true;
		else if (now == CONSENT_REFUSED)
			import_remark(l, REASON_REFUSAL_STANDS,
				(enum import_field)(CUSTOMER_OK_PROCESSING + i), "");
	}
	return any;
}

static bool add_event(struct import *im, struct consent_event *event, struct err *err)
{
	struct consent_outcome outcome;

	event->id = import_next_id(im, &im->events, err);
	return event->id && store_consent_add(im->s->db, event, &outcome, &im->tally, err);
}

/* Later consents of a customer who was there; *changed if any moved. */
static bool more_consents(struct import *im, struct import_line *l, const struct said *said,
	const struct customer *c, bool *changed, struct err *err)
{
	struct consent_event answers = new_event(im, c->id), existing = answers;
	bool first, second;

	wanted(im, said, c, c->consents, &answers, &existing);
	first = moves(l, &answers, c->consents);
	second = is_something(&existing);
	*changed = first || second;
	if (im->dry)
		return true;
	return (!first || add_event(im, &answers, err)) &&
	       (!second || add_event(im, &existing, err));
}

/* --- making and changing --- */

static bool add_further(
	struct import *im, const struct said *said, int64_t customer_id, struct err *err)
{
	struct contact c = CONTACT_INIT;

	c.company_id = im->s->company.id;
	c.customer_id = customer_id;
	c.kind = CONTACT_PHONE;
	c.typed = said->further;
	c.value = said->further_e164;
	c.id = import_next_id(im, &im->contacts, err);
	return c.id && store_contact_add(im->s->db, &c, &im->tally, err);
}

/* Whether the second number is news of a customer who was there. */
static bool is_further(struct import *im, const struct said *said, const struct customer *c,
	bool *news, struct err *err)
{
	struct contact *list;
	int n;

	*news = said->further && strcmp(said->further_e164, c->phone_e164);
	if (!*news)
		return true;
	if (!store_contacts_of(im->s->db, c->company_id, c->id, &im->scrap, &list, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (!strcmp(list[i].value, said->further_e164))
			*news = false;
	return true;
}

static enum import_outcome create(struct import *im, const struct said *said, struct err *err)
{
	struct customer c = said->c;
	struct session *s = im->s;

	if (im->dry)
		return imagine(im, said, -im->lines, err) ? LINE_CREATED : LINE_FAILED;
	c.company_id = s->company.id;
	c.created_at = c.updated_at = session_now(s);
	c.imported = said->digest;
	c.id = import_next_id(im, &im->customers, err);
	if (!c.id || !store_customer_insert(s->db, &c, &im->initial, &im->tally, err) ||
		(said->further && !add_further(im, said, c.id, err)) ||
		!first_consents(im, said, &c, err))
		return LINE_FAILED;
	return LINE_CREATED;
}

static bool take(const char **to, const char *said)
{
	if (!*said || !strcmp(*to, said))
		return false;
	*to = said;
	return true;
}

/* Lays what the line says over the customer; false if it is all there already. */
static bool overlay(const struct said *said, struct customer *c)
{
	const struct customer *new = &said->c;
	bool changed = take(&c->account_key, new->account_key);

	changed |= take(&c->name, new->name);
	changed |= take(&c->first_name, new->first_name);
	changed |= take(&c->firm, new->firm);
	/* The same address written in another way is the same address. */
	if (!*new->email_key || strcmp(new->email_key, c->email_key)) {
		changed |= take(&c->email, new->email);
		if (*new->email)
			c->email_key = new->email_key;
	}
	if (!*new->phone_e164 || strcmp(new->phone_e164, c->phone_e164)) {
		changed |= take(&c->phone, new->phone);
		if (*new->phone)
			c->phone_e164 = new->phone_e164;
	}
	changed |= take(&c->street, new->street);
	changed |= take(&c->postcode, new->postcode);
	changed |= take(&c->city, new->city);
	changed |= take(&c->country, new->country);
	changed |= take(&c->language, new->language);
	if (new->birth_day != DAY_NONE &&new->birth_day != c->birth_day) {
		c->birth_day = new->birth_day;
		changed = true;
	}
	if (said->kind_said && new->kind != c->kind) {
		c->kind = new->kind;
		c->nature = new->nature;
		changed = true;
	}
	return changed;
}

static bool write_change(
	struct import *im, const struct customer *before, struct customer *after, struct err *err)
{
	struct session *s = im->s;
	struct strbuf text = STRBUF_INIT;
	bool ok;

	undo_customer_before(before, after, &text);
	ok = store_customer_update(s->db, before, after, &im->tally, err) &&
	     store_journal_changed(
		     s->db, &im->journal, "customer", after->id, after->revision, text.buf, err);
	strbuf_release(&text);
	return ok;
}

static enum import_outcome change(struct import *im, struct import_line *l, const struct said *said,
	const struct customer *found, struct err *err)
{
	struct customer after = *found;
	bool changed, consents, further;

	if (found->anonymised_at) {
		import_refuse(l, REASON_ANONYMISED, CUSTOMER_CODE, said->c.account_key);
		return LINE_REFUSED;
	}
	if (found->imported == said->digest)
		return LINE_UNCHANGED;
	changed = overlay(said, &after);
	after.imported = said->digest;
	after.updated_at = session_now(im->s);
	if (!im->dry) {
		if (changed ? !write_change(im, found, &after, err)
			    : !store_customer_imported(
				      im->s->db, im->s->company.id, found->id, said->digest, err))
			return LINE_FAILED;
	}
	if (!is_further(im, said, &after, &further, err) ||
		(further && !im->dry && !add_further(im, said, after.id, err)) ||
		!more_consents(im, l, said, &after, &consents, err))
		return LINE_FAILED;
	return changed || further || consents ? LINE_CHANGED : LINE_UNCHANGED;
}

enum import_outcome import_customer_row(struct import *im, struct import_line *l, struct err *err)
{
	struct customer found;
	struct said said;
	int64_t id, met;
	const char *key;
	enum import_outcome outcome;

	if (!read_line(im, l, &said))
		return LINE_REFUSED;
	if (!find_customer(im, &said, &found, err))
		return LINE_FAILED;
	id = found.id;
	if (!id && im->dry && !find_imagined(im, &said, &id, err))
		return LINE_FAILED;
	met = 0;
	key = arena_printf(&im->scrap, "i:%lld", (long long)id);
	if (id && !import_seen(im, key, &met, err))
		return LINE_FAILED;
	if (met == said.digest)
		return LINE_UNCHANGED;
	if (met) {
		import_refuse(l, REASON_REPEATED, CUSTOMER_CODE,
			*said.c.account_key ? said.c.account_key : said.c.name);
		return LINE_REFUSED;
	}
	outcome = im->replay ? LINE_HELD
		  : id	     ? change(im, l, &said, &found, err)
			     : create(im, &said, err);
	if (outcome == LINE_REFUSED || outcome == LINE_FAILED)
		return outcome;
	if (outcome == LINE_CREATED)
		id = im->dry ? -im->lines : im->customers.next - 1;
	key = arena_printf(&im->scrap, "i:%lld", (long long)id);
	return import_mark_seen(im, key, said.digest, err) ? outcome : LINE_FAILED;
}
