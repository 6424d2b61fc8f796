#include "test.h"

#include "store_consent.h"
#include "store_contact.h"
#include "with_store.h"

#define PROCESSING CONSENT_BIT(CONSENT_PROCESSING)
#define MARKETING CONSENT_BIT(CONSENT_MARKETING)
#define EMAIL CONSENT_BIT(CONSENT_EMAIL)
#define SMS CONSENT_BIT(CONSENT_SMS)
#define FACEBOOK CONSENT_BIT(CONSENT_FACEBOOK)

static struct customer awa;

static int set_up(void **state)
{
	with_store(state);
	awa = with_awa();
	with_insert(&awa);
	return 0;
}

static struct consent_event event(int64_t at, enum consent_source source)
{
	struct consent_event e = CONSENT_EVENT_INIT;

	e.company_id = company_id;
	e.customer_id = awa.id;
	e.at = e.noted_at = at;
	e.source = source;
	e.actor = "awa";
	return e;
}

static struct consent_outcome add(struct consent_event *e)
{
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;
	struct consent_outcome out;

	with_begin();
	with_ok(store_consent_add(db, e, &out, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	return out;
}

static struct consent_outcome grant(int64_t at, enum consent_source source, uint32_t bits)
{
	struct consent_event e = event(at, source);

	e.granted = bits;
	return add(&e);
}

static struct consent_outcome refuse(int64_t at, enum consent_source source, uint32_t bits)
{
	struct consent_event e = event(at, source);

	e.refused = bits;
	return add(&e);
}

static enum consent_state state_of(enum consent_subject s)
{
	struct err err = ERR_INIT;
	struct customer c;
	uint32_t replayed;

	with_ok(store_customer_get(db, company_id, awa.id, &arena, &c, &err), &err);
	with_ok(store_consent_replay(db, company_id, awa.id, &replayed, &err), &err);
	assert_int_equal(c.consents, replayed);
	return consents_get(c.consents, s);
}

static int64_t reach(enum channel channel)
{
	struct err err = ERR_INIT;
	struct tally t;

	with_ok(store_counter_read(db, company_id, &t, &err), &err);
	return t.by[COUNTER_REACH + (int)channel];
}

static void consent__add__grants_and_counts_the_reach(void **state)
{
	struct consent_outcome out;

	(void)state;
	out = grant(100, SOURCE_FORM, PROCESSING | MARKETING | SMS);
	assert_true(out.id > 0);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_GRANTED);
	assert_int_equal(state_of(CONSENT_EMAIL), CONSENT_UNKNOWN);
	assert_int_equal(reach(CHANNEL_SMS), 1);
	assert_int_equal(reach(CHANNEL_EMAIL), 0);
	refuse(200, SOURCE_REPLY, SMS);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(reach(CHANNEL_SMS), 0);
}

static void consent__add__writes_no_line_for_what_is_so_already(void **state)
{
	struct consent_outcome out;

	(void)state;
	grant(100, SOURCE_FORM, SMS);
	out = grant(200, SOURCE_FORM, SMS);
	assert_int_equal(out.id, 0);
	assert_int_equal(out.verdict[CONSENT_SMS], CONSENT_SAME);
	assert_false(out.refusal_stands);
	assert_int_equal(with_number("SELECT count(*) FROM consent_event"), 1);
}

static void consent__add__an_import_lifts_no_refusal(void **state)
{
	struct consent_outcome out;

	(void)state;
	refuse(100, SOURCE_CALL, SMS);
	out = grant(200, SOURCE_IMPORT, SMS | EMAIL);
	assert_true(out.refusal_stands);
	assert_int_equal(out.verdict[CONSENT_SMS], CONSENT_REFUSAL_STANDS);
	assert_int_equal(out.verdict[CONSENT_EMAIL], CONSENT_OK);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(state_of(CONSENT_EMAIL), CONSENT_GRANTED);
	assert_int_equal(with_number("SELECT granted FROM consent_event ORDER BY id DESC"), EMAIL);
}

static void consent__add__the_persons_later_yes_needs_its_proof(void **state)
{
	struct consent_event e = event(99, SOURCE_LETTER);

	(void)state;
	refuse(100, SOURCE_CALL, SMS);
	assert_int_equal(grant(200, SOURCE_LETTER, SMS).verdict[CONSENT_SMS], CONSENT_NEEDS_PROOF);
	e.granted = SMS;
	e.note = "letter of 17/11, folder 12";
	e.at = 100;
	assert_int_equal(add(&e).verdict[CONSENT_SMS], CONSENT_NOT_LATER);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_REFUSED);
	e.granted = SMS;
	e.at = 101;
	assert_int_equal(add(&e).verdict[CONSENT_SMS], CONSENT_OK);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_GRANTED);
}

static void consent__add__a_refusal_wins_over_a_yes_of_the_same_act(void **state)
{
	struct consent_event e = event(100, SOURCE_FORM);

	(void)state;
	e.granted = SMS | EMAIL;
	e.refused = SMS;
	add(&e);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(state_of(CONSENT_EMAIL), CONSENT_GRANTED);
}

static void consent__add__to_nobody_is_gone(void **state)
{
	struct consent_event e = event(100, SOURCE_FORM);
	struct consent_outcome out;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	e.granted = SMS;
	e.customer_id++;
	with_begin();
	assert_false(store_consent_add(db, &e, &out, &tally, &err));
	assert_int_equal(err.code, ERR_GONE);
	db_rollback(db);
}

static void consent__add__counts_social_handles(void **state)
{
	struct contact c = CONTACT_INIT;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	grant(100, SOURCE_FORM, PROCESSING | MARKETING | FACEBOOK);
	assert_int_equal(reach(CHANNEL_FACEBOOK), 0);
	c.company_id = company_id;
	c.customer_id = awa.id;
	c.kind = CONTACT_FACEBOOK;
	c.typed = "@Awa.Kabre";
	c.value = "awa.kabre";
	with_begin();
	with_ok(store_contact_add(db, &c, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	assert_int_equal(reach(CHANNEL_FACEBOOK), 1);
	refuse(200, SOURCE_CALL, MARKETING);
	assert_int_equal(reach(CHANNEL_FACEBOOK), 0);
	with_begin();
	with_ok(store_contact_drop(db, company_id, c.id, 300, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
}

static void consent__first__writes_line_and_customer(void **state)
{
	struct customer c = with_awa();
	struct consent_event e = event(100, SOURCE_IMPORT);
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	c.account_key = "";
	e.granted = PROCESSING | MARKETING | EMAIL;
	e.basis = BASIS_EXISTING_CUSTOMER;
	with_begin();
	with_ok(store_customer_insert(db, &c, &with_initial, &tally, &err), &err);
	with_ok(store_consent_first(db, &c, &e, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	assert_int_equal(consents_get(c.consents, CONSENT_EMAIL), CONSENT_GRANTED);
	assert_int_equal(reach(CHANNEL_EMAIL), 1);
	assert_string_equal(with_text("SELECT basis FROM consent_event"), "EXISTING_CUSTOMER");
}

static void consent__history__newest_first_with_the_sentence(void **state)
{
	struct consent_event e = event(100, SOURCE_FORM), *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	with_begin();
	with_ok(store_consent_wording(db, company_id, "fr", "J’accepte de recevoir les offres.",
			&e.wording_id, &err),
		&err);
	with_ok(db_commit(db, &err), &err);
	e.granted = SMS;
	e.basis = BASIS_CONSENT;
	e.ip = "192.0.2.7";
	add(&e);
	refuse(200, SOURCE_CALL, SMS);
	with_ok(store_consent_history(
			db, company_id, awa.id, INT64_MAX, 10, &arena, &list, &n, &err),
		&err);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].refused, SMS);
	assert_int_equal(list[0].source, SOURCE_CALL);
	assert_int_equal(list[0].basis, -1);
	assert_int_equal(list[1].granted, SMS);
	assert_int_equal(list[1].at, 100);
	assert_int_equal(list[1].basis, BASIS_CONSENT);
	assert_string_equal(list[1].ip, "192.0.2.7");
	assert_string_equal(list[1].wording, "J’accepte de recevoir les offres.");
	with_ok(store_consent_history(
			db, company_id, awa.id, list[0].id, 10, &arena, &list, &n, &err),
		&err);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].granted, SMS);
}

static void consent__wording__keeps_one_version_a_sentence(void **state)
{
	struct err err = ERR_INIT;
	int64_t a, b, c;

	(void)state;
	with_begin();
	with_ok(store_consent_wording(db, company_id, "fr", "Oui.", &a, &err), &err);
	with_ok(store_consent_wording(db, company_id, "fr", "Oui !", &b, &err), &err);
	with_ok(store_consent_wording(db, company_id, "fr", "Oui.", &c, &err), &err);
	with_ok(db_commit(db, &err), &err);
	assert_int_equal(a, c);
	assert_int_not_equal(a, b);
	assert_int_equal(with_number("SELECT max(version) FROM consent_wording"), 2);
}

static enum consent_verdict correct(
	int64_t line, int64_t at, const char *actor, const char *reason, bool by_admin)
{
	struct consent_event e = event(at, SOURCE_CORRECTION);
	enum consent_verdict verdict;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;
	struct consent_outcome out;

	e.corrects_id = line;
	e.actor = actor;
	e.note = reason;
	with_begin();
	with_ok(store_consent_correct(db, &e, by_admin, &verdict, &out, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	return verdict;
}

static void consent__correct__goes_back_to_what_was_before(void **state)
{
	int64_t slip;

	(void)state;
	grant(100, SOURCE_FORM, SMS);
	slip = refuse(200, SOURCE_CALL, SMS | EMAIL).id;
	assert_int_equal(correct(slip, 300, "awa", "wrong row", false), CONSENT_OK);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_GRANTED);
	assert_int_equal(state_of(CONSENT_EMAIL), CONSENT_UNKNOWN);
	assert_int_equal(
		with_number("SELECT corrects_id FROM consent_event ORDER BY id DESC"), slip);
}

static void consent__correct__leaves_what_later_lines_said(void **state)
{
	int64_t slip;

	(void)state;
	slip = refuse(200, SOURCE_CALL, SMS | EMAIL).id;
	refuse(250, SOURCE_REPLY, FACEBOOK);
	grant(260, SOURCE_LETTER, EMAIL);
	assert_int_equal(correct(slip, 300, "awa", "wrong row", false), CONSENT_OK);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_UNKNOWN);
	assert_int_equal(state_of(CONSENT_EMAIL), CONSENT_UNKNOWN);
	assert_int_equal(state_of(CONSENT_FACEBOOK), CONSENT_REFUSED);
	assert_int_equal(correct(slip, 301, "awa", "again", false), CONSENT_SAME);
}

static void consent__correct__asks_who_when_and_why(void **state)
{
	int64_t slip, reply;

	(void)state;
	slip = refuse(200, SOURCE_CALL, SMS).id;
	reply = refuse(201, SOURCE_REPLY, EMAIL).id;
	assert_int_equal(correct(slip, 300, "issa", "wrong row", false), CONSENT_NOT_YOURS);
	assert_int_equal(correct(slip, 300, "awa", "", false), CONSENT_NO_REASON);
	assert_int_equal(correct(slip, 200 + 86401, "awa", "wrong row", false), CONSENT_TOO_OLD);
	assert_int_equal(correct(reply, 300, "awa", "wrong row", true), CONSENT_NOT_A_SLIP);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_REFUSED);
	assert_int_equal(correct(slip, 200 + 86400, "issa", "wrong row", true), CONSENT_OK);
	assert_int_equal(state_of(CONSENT_SMS), CONSENT_UNKNOWN);
}

static void suppression__add__keeps_the_first_reason(void **state)
{
	struct suppression s = { .company_id = company_id,
		.kind = ADDRESS_PHONE,
		.value = "+22676001122",
		.reason = SUPPRESSED_REFUSED,
		.at = 100,
		.actor = "awa" };
	struct suppression found;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;
	bool added;

	(void)state;
	with_begin();
	with_ok(store_suppress(db, &s, &added, &tally, &err), &err);
	assert_true(added);
	s.reason = "other";
	with_ok(store_suppress(db, &s, &added, &tally, &err), &err);
	assert_false(added);
	with_commit(&tally);
	with_ok(store_suppressed(
			db, company_id, ADDRESS_PHONE, "+22676001122", &arena, &found, &err),
		&err);
	assert_string_equal(found.reason, "REFUSED");
	assert_int_equal(found.at, 100);
	with_ok(store_suppressed(
			db, company_id, ADDRESS_EMAIL, "+22676001122", &arena, &found, &err),
		&err);
	assert_int_equal(found.id, 0);
}

static void suppression__add__takes_the_address_out_of_reach(void **state)
{
	struct suppression s = { .company_id = company_id,
		.kind = ADDRESS_PHONE,
		.value = "+22676001122",
		.reason = "letter",
		.actor = "awa" };
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;
	bool added;

	(void)state;
	grant(100, SOURCE_FORM, PROCESSING | MARKETING | SMS | EMAIL);
	assert_int_equal(reach(CHANNEL_SMS), 1);
	with_begin();
	with_ok(store_suppress(db, &s, &added, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	assert_int_equal(reach(CHANNEL_SMS), 0);
	assert_int_equal(reach(CHANNEL_EMAIL), 1);
	refuse(200, SOURCE_CALL, SMS);
	with_begin();
	with_ok(store_unsuppress(db, company_id, s.id, 300, &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	assert_int_equal(reach(CHANNEL_SMS), 0);
	assert_int_equal(
		with_number("SELECT count(*) FROM tombstone WHERE kind = 'suppression'"), 1);
}

static void customer__delete__keeps_what_was_refused(void **state)
{
	struct suppression *list;
	struct contact second = CONTACT_INIT;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;
	int n;

	(void)state;
	second.company_id = company_id;
	second.customer_id = awa.id;
	second.kind = CONTACT_PHONE;
	second.typed = second.value = "+22670123456";
	with_begin();
	with_ok(store_contact_add(db, &second, &tally, &err), &err);
	with_commit(&tally);
	grant(90, SOURCE_FORM, PROCESSING | MARKETING | EMAIL);
	refuse(100, SOURCE_CALL, SMS);
	with_begin();
	with_ok(store_customer_delete(db, company_id, awa.id, 200, "issa", &tally, &err), &err);
	with_commit(&tally);
	with_counters_right();
	with_ok(store_suppressions(db, company_id, INT64_MAX, 10, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].value, "+22670123456");
	assert_string_equal(list[1].value, "+22676001122");
	assert_int_equal(list[1].kind, ADDRESS_PHONE);
	assert_string_equal(list[1].reason, "REFUSED");
	assert_string_equal(list[1].actor, "issa");
	assert_int_equal(with_number("SELECT count(*) FROM tombstone WHERE kind = 'customer'"), 1);
	assert_int_equal(with_number("SELECT count(*) FROM customer_score"), 0);
}

static void customer__delete__of_one_with_a_note_is_refused(void **state)
{
	struct note note = { .customer_id = awa.id, .at = 1, .author = "awa", .text = "Rappeler" };
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	with_begin();
	with_ok(store_note_add(db, company_id, &note, &err), &err);
	assert_false(store_customer_delete(db, company_id, awa.id, 200, "awa", &tally, &err));
	assert_int_equal(err.code, ERR_IN_USE);
	with_ok(store_note_drop(db, company_id, note.id, 200, &err), &err);
	err_clear(&err);
	with_ok(store_customer_delete(db, company_id, awa.id, 200, "awa", &tally, &err), &err);
	with_commit(&tally);
	assert_int_equal(with_number("SELECT count(*) FROM suppression"), 0);
}

#define consent_test(f) cmocka_unit_test_setup_teardown(f, set_up, without_store)

int main(void)
{
	const struct CMUnitTest tests[] = {
		consent_test(consent__add__grants_and_counts_the_reach),
		consent_test(consent__add__writes_no_line_for_what_is_so_already),
		consent_test(consent__add__an_import_lifts_no_refusal),
		consent_test(consent__add__the_persons_later_yes_needs_its_proof),
		consent_test(consent__add__a_refusal_wins_over_a_yes_of_the_same_act),
		consent_test(consent__add__to_nobody_is_gone),
		consent_test(consent__add__counts_social_handles),
		consent_test(consent__first__writes_line_and_customer),
		consent_test(consent__history__newest_first_with_the_sentence),
		consent_test(consent__wording__keeps_one_version_a_sentence),
		consent_test(consent__correct__goes_back_to_what_was_before),
		consent_test(consent__correct__leaves_what_later_lines_said),
		consent_test(consent__correct__asks_who_when_and_why),
		consent_test(suppression__add__keeps_the_first_reason),
		consent_test(suppression__add__takes_the_address_out_of_reach),
		consent_test(customer__delete__keeps_what_was_refused),
		consent_test(customer__delete__of_one_with_a_note_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
