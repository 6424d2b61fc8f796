/* Duplicates: who is found, who is not, and one of two made and taken back. */
#include "with_session.h"

#include "consent_event.h"
#include "customers.h"
#include "duplicates.h"
#include "rebuild.h"
#include "undo.h"

static int64_t add_full(const char *name, const char *first_name, const char *email,
	const char *phone, const char *city, const char *key)
{
	struct customer c = CUSTOMER_INIT;
	struct err err = ERR_INIT;

	c.kind = *first_name ? KIND_PERSON : KIND_FIRM;
	c.name = name;
	c.first_name = first_name;
	c.email = email;
	c.phone = phone;
	c.city = city;
	c.account_key = key;
	with_ok(customers_add(session, &c, &err), &err);
	return c.id;
}

static int64_t add(const char *name, const char *first_name, const char *email, const char *phone)
{
	return add_full(name, first_name, email, phone, "", "");
}

static struct duplicate *of(
	const char *name, const char *first_name, const char *email, const char *phone, int *n)
{
	struct customer c = CUSTOMER_INIT;
	struct duplicate *list;
	struct err err = ERR_INIT;

	c.name = name;
	c.first_name = first_name;
	c.email = email;
	c.phone = phone;
	with_ok(duplicates_of(session, &c, &arena, &list, n, &err), &err);
	return list;
}

static struct customer_card card(int64_t id)
{
	struct customer_card out;
	struct err err = ERR_INIT;

	with_ok(customers_get(session, id, &arena, &out, &err), &err);
	return out;
}

static int found(const char *text)
{
	struct list_query q = { .company_id = session->company.id };
	struct customer_hits hits;
	struct err err = ERR_INIT;

	with_ok(customers_search(session, &q, text, &arena, &hits, &err), &err);
	return hits.count;
}

static void all_right(void)
{
	struct rebuild_report report = { .differences = 0 };
	struct err err = ERR_INIT;
	struct tally kept, counted;

	with_ok(rebuild_compare(session, NULL, &report, &err), &err);
	if (report.differences)
		fail_msg("%s", report.first);
	with_ok(store_counter_read(session->db, session->company.id, &kept, &err), &err);
	with_ok(store_counter_count(session->db, session->company.id, &counted, &err), &err);
	for (int i = 0; i < COUNTER_COUNT; i++)
		assert_int_equal(kept.by[i], counted.by[i]);
}

/* --- at entry --- */

static void duplicates__of__the_same_address(void **state)
{
	int64_t awa = add("Kabré", "Awa", "awa@faso.bf", "70 12 34 56");
	struct duplicate *list;
	int n;

	(void)state;
	list = of("Traoré", "Ali", "AWA@faso.bf", "", &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].line.id, awa);
	assert_int_equal(list[0].why, DUPLICATE_EMAIL);
	list = of("Traoré", "Ali", "", "+226 70123456", &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].why, DUPLICATE_PHONE);
	of("Traoré", "Ali", "ali@faso.bf", "70 12 34 57", &n);
	assert_int_equal(n, 0);
}

static void duplicates__of__a_name_spelt_otherwise(void **state)
{
	int64_t fatou = add("Ouédraogo", "Fatimata", "", "");
	struct duplicate *list;
	int n;

	(void)state;
	add("Ouédraogo", "Issa", "", "");
	list = of("OUEDRAOGO", "Fatimata", "", "", &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].line.id, fatou);
	assert_int_equal(list[0].why, DUPLICATE_NAME);
	assert_int_equal(list[0].likeness, 100);
	list = of("Fatimata", "Ouedraogo", "", "", &n);
	assert_int_equal(n, 1);
	list = of("Ouédraoogo", "Fatimata", "", "", &n);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].line.id, fatou);
}

static void duplicates__of__the_likeliest_first(void **state)
{
	int64_t shared = add("Sawadogo", "Paul", "contact@faso.bf", "");
	int64_t same = add("Kaboré", "Awa", "contact@faso.bf", "70 12 34 56");
	struct duplicate *list;
	int n;

	(void)state;
	list = of("Kabore", "Awa", "contact@faso.bf", "70123456", &n);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].line.id, same);
	assert_int_equal(list[0].why, DUPLICATE_EMAIL | DUPLICATE_PHONE | DUPLICATE_NAME);
	assert_int_equal(list[1].line.id, shared);
}

static void duplicates__of__leaves_out_itself_and_the_dismissed(void **state)
{
	int64_t a = add("Kabré", "Awa", "awa@faso.bf", ""), b = add("Kabré", "Awa", "", "");
	struct customer me = card(a).customer;
	struct duplicate *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	with_ok(duplicates_of(session, &me, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].line.id, b);
	with_ok(duplicates_dismiss(session, b, a, &err), &err);
	with_ok(duplicates_of(session, &me, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 0);
}

/* --- on demand --- */

static void duplicates__find__pairs_the_likeliest_first(void **state)
{
	int64_t a = add("Établissements Nikiéma", "", "nikiema@faso.bf", ""),
		b = add("Ets Nikiema", "", "nikiema@faso.bf", ""),
		c = add("Garage du Progrès", "", "", ""), d = add("Garage Progres", "", "", "");
	struct duplicate_pair *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	add("Pharmacie Centrale", "", "", "");
	with_ok(duplicates_find(session, NULL, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].low_id, a);
	assert_int_equal(list[0].high_id, b);
	assert_int_equal(list[0].why, DUPLICATE_EMAIL | DUPLICATE_NAME);
	assert_int_equal(list[1].low_id, c);
	assert_int_equal(list[1].high_id, d);
	with_ok(duplicates_dismiss(session, c, d, &err), &err);
	with_ok(duplicates_find(session, NULL, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
}

static void duplicates__find__leaves_common_names_aside(void **state)
{
	struct duplicate_pair *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	for (int i = 0; i < 12; i++)
		add("Ouédraogo", "Issa", "", "");
	with_ok(duplicates_find(session, NULL, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 66);
	add("Ouédraogo", "Issa", "", "");
	with_ok(duplicates_find(session, NULL, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 0);
}

/* --- one of two --- */

static int64_t winner, loser;

/* Two records of one person, each with something of everything. */
static void two(void)
{
	struct consent_event e = CONSENT_EVENT_INIT;
	struct stop_request r = { .channels = 1 << CHANNEL_SMS, .source = SOURCE_CALL, .note = "" };
	struct note note = { .kind = NOTE_NOTE, .text = "Préfère le matin" };
	struct contact c = CONTACT_INIT;
	struct bulk_change tag = { .kind = BULK_TAG, .tag = "fidèle" };
	struct consent_outcome out;
	struct stop_result stopped;
	struct bulk_result tagged;
	struct customer_set set = { .ids = &loser, .n = 1 };
	struct err err = ERR_INIT;

	winner = add_full("Kabré", "Awa", "awa@faso.bf", "70 12 34 56", "Kaya", "411001");
	loser = add_full(
		"Kabre", "Awa", "kabre.awa@mail.bf", "76 00 11 22", "Ouahigouya", "411002");
	with_invoice(winner, WITH_DAY - 10, DAY_NONE, 30000, 0);
	with_payment(loser, with_invoice(loser, WITH_DAY - 40, DAY_NONE, 50000, 0), WITH_DAY - 35,
		50000);
	with_ok(scores_update_one(session, winner, &(struct scores_result){ .done = 0 }, &err),
		&err);
	with_ok(scores_update_one(session, loser, &(struct scores_result){ .done = 0 }, &err),
		&err);
	e.customer_id = loser;
	e.at = with_now;
	e.source = SOURCE_FORM;
	e.granted = CONSENT_BIT(CONSENT_PROCESSING) | CONSENT_BIT(CONSENT_MARKETING) |
		    CONSENT_BIT(CONSENT_EMAIL);
	with_ok(customers_consent(session, &e, &out, &err), &err);
	r.customer_id = loser;
	with_ok(customers_stop_writing(session, &r, &stopped, &err), &err);
	note.customer_id = loser;
	with_ok(customers_note_add(session, &note, &err), &err);
	c.customer_id = loser;
	c.kind = CONTACT_INSTAGRAM;
	c.typed = "@awa.kabre";
	with_ok(customers_contact_add(session, &c, &err), &err);
	with_ok(customers_bulk(session, &set, &tag, NULL, &tagged, &err), &err);
	with_ok(customers_favourite(session, loser, true, &err), &err);
}

static int64_t merge(uint32_t fields)
{
	struct err err = ERR_INIT;
	int64_t journal;

	with_ok(duplicates_merge(session, winner, loser, fields, &journal, &err), &err);
	return journal;
}

static bool has_contact(const struct customer_card *c, const char *value)
{
	for (int i = 0; i < c->n_contacts; i++)
		if (!strcmp(c->contacts[i].value, value))
			return true;
	return false;
}

static void duplicates__merge__gives_the_winner_everything(void **state)
{
	struct customer_card c;
	struct note *notes;
	struct customer by_key;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	two();
	merge(CF_BIT(CF_EMAIL) | CF_BIT(CF_CITY));
	c = card(winner);
	assert_string_equal(c.customer.email, "kabre.awa@mail.bf");
	assert_string_equal(c.customer.phone, "70 12 34 56");
	assert_string_equal(c.customer.city, "Ouahigouya");
	assert_string_equal(c.customer.account_key, "411001");
	assert_int_equal(c.score.revenue, 80000);
	assert_int_equal(c.score.purchases, 2);
	assert_int_equal(consents_get(c.customer.consents, CONSENT_EMAIL), CONSENT_GRANTED);
	assert_int_equal(consents_get(c.customer.consents, CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(c.n_tags, 1);
	assert_true(c.favourite);
	assert_int_equal(c.n_contacts, 3);
	assert_true(has_contact(&c, "awa.kabre"));
	assert_true(has_contact(&c, "awa@faso.bf"));
	assert_true(has_contact(&c, "+22676001122"));
	with_ok(customers_notes(
			session, winner, INT64_MAX, INT64_MAX, 10, &arena, &notes, &n, &err),
		&err);
	assert_int_equal(n, 1);
	with_ok(store_customer_find(
			session->db, session->company.id, "411002", &arena, &by_key, &err),
		&err);
	assert_int_equal(by_key.id, winner);
	c = card(loser);
	assert_int_equal(c.customer.merged_into, winner);
	assert_false(c.scored);
	assert_int_equal(found("kabre"), 1);
	assert_int_equal(found("76 00 11"), 1);
	all_right();
}

static void duplicates__merge__can_be_undone(void **state)
{
	struct customer_card w, l;
	struct undo_result result;
	struct customer by_key;
	struct err err = ERR_INIT;
	struct note *notes;
	int64_t journal;
	int n;

	(void)state;
	two();
	journal = merge(CF_BIT(CF_EMAIL) | CF_BIT(CF_ACCOUNT_KEY));
	assert_string_equal(card(winner).customer.account_key, "411002");
	with_ok(store_customer_find(
			session->db, session->company.id, "411001", &arena, &by_key, &err),
		&err);
	assert_int_equal(by_key.id, winner);
	with_ok(undo_journal(session, journal, NULL, &arena, &result, &err), &err);
	assert_int_equal(result.kept, 0);
	w = card(winner);
	l = card(loser);
	assert_string_equal(w.customer.email, "awa@faso.bf");
	assert_string_equal(w.customer.account_key, "411001");
	assert_int_equal(w.score.revenue, 30000);
	assert_int_equal(w.n_contacts, 0);
	assert_int_equal(w.n_tags, 0);
	assert_int_equal(w.n_keys, 0);
	assert_int_equal(consents_get(w.customer.consents, CONSENT_EMAIL), CONSENT_UNKNOWN);
	/* What was refused stays refused, with both. */
	assert_int_equal(consents_get(w.customer.consents, CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(consents_get(l.customer.consents, CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(consents_get(l.customer.consents, CONSENT_EMAIL), CONSENT_GRANTED);
	assert_int_equal(l.customer.merged_into, 0);
	assert_string_equal(l.customer.account_key, "411002");
	assert_int_equal(l.score.revenue, 50000);
	assert_int_equal(l.n_contacts, 1);
	assert_int_equal(l.n_tags, 1);
	with_ok(customers_notes(session, loser, INT64_MAX, INT64_MAX, 10, &arena, &notes, &n, &err),
		&err);
	assert_int_equal(n, 1);
	assert_int_equal(found("kabre"), 2);
	all_right();
}

static void duplicates__merge__of_what_cannot_be(void **state)
{
	struct err err = ERR_INIT;
	int64_t journal;

	(void)state;
	two();
	assert_false(duplicates_merge(session, winner, winner, 0, &journal, &err));
	assert_int_equal(err.code, ERR_INVALID);
	merge(0);
	err_clear(&err);
	assert_false(duplicates_merge(session, winner, loser, 0, &journal, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(journal, 0);
	err_clear(&err);
	assert_false(duplicates_merge(session, winner, 1, 0, &journal, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void duplicates__merge__in_a_row_leads_to_the_last(void **state)
{
	struct err err = ERR_INIT;
	struct customer by_key;
	int64_t journal, third;

	(void)state;
	two();
	third = add_full("Kabré", "Awa", "", "", "", "411003");
	merge(0);
	with_ok(duplicates_merge(session, third, winner, 0, &journal, &err), &err);
	assert_int_equal(card(loser).customer.merged_into, third);
	with_ok(store_customer_find(
			session->db, session->company.id, "411002", &arena, &by_key, &err),
		&err);
	assert_int_equal(by_key.id, third);
	assert_int_equal(card(third).score.revenue, 80000);
	all_right();
	with_ok(undo_journal(
			session, journal, NULL, &arena, &(struct undo_result){ .kept = 0 }, &err),
		&err);
	assert_int_equal(card(loser).customer.merged_into, winner);
	assert_int_equal(card(winner).score.revenue, 80000);
	all_right();
}

static void duplicates__merge__a_merged_record_is_not_edited(void **state)
{
	struct customer before, after;
	struct customer_conflict conflict;
	struct err err = ERR_INIT;

	(void)state;
	two();
	before = after = card(loser).customer;
	merge(0);
	after.city = "Kaya";
	assert_false(customers_edit(session, &before, &after, &arena, &conflict, &err));
	assert_int_equal(err.code, ERR_GONE);
}

#define duplicates_test(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		duplicates_test(duplicates__of__the_same_address),
		duplicates_test(duplicates__of__a_name_spelt_otherwise),
		duplicates_test(duplicates__of__the_likeliest_first),
		duplicates_test(duplicates__of__leaves_out_itself_and_the_dismissed),
		duplicates_test(duplicates__find__pairs_the_likeliest_first),
		duplicates_test(duplicates__find__leaves_common_names_aside),
		duplicates_test(duplicates__merge__gives_the_winner_everything),
		duplicates_test(duplicates__merge__can_be_undone),
		duplicates_test(duplicates__merge__of_what_cannot_be),
		duplicates_test(duplicates__merge__in_a_row_leads_to_the_last),
		duplicates_test(duplicates__merge__a_merged_record_is_not_edited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
