#include "test.h"

#include "with_store.h"

static enum err_code update(const struct customer *before, struct customer *after)
{
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	assert_true(db_write(db, &err));
	if (store_customer_update(db, before, after, &tally, &err) &&
		store_counter_apply(db, company_id, &tally, &err)) {
		assert_true(db_commit(db, &err));
		return ERR_NONE;
	}
	db_rollback(db);
	return err.code;
}

static struct customer get(int64_t id)
{
	struct err err = ERR_INIT;
	struct customer c;

	assert_true(store_customer_get(db, company_id, id, &arena, &c, &err));
	return c;
}

static void customer__insert__reads_back_whole(void **state)
{
	struct customer c = with_awa(), got;

	(void)state;
	c.kind = KIND_PERSON;
	c.nature = NATURE_PROFESSIONAL;
	c.firm = "Kaboré & Fils";
	c.street = "Rue 12.34";
	c.postcode = "01 BP 55";
	c.country = "BF";
	c.birth_day = 7000;
	c.language = "fr";
	c.time_zone = "Africa/Abidjan";
	c.channels = "SMS,EMAIL";
	c.best_minute = 600;
	with_insert(&c);
	assert_true(c.id > 0);
	got = get(c.id);
	assert_int_equal(got.id, c.id);
	assert_int_equal(got.company_id, company_id);
	assert_string_equal(got.account_key, "411042");
	assert_int_equal(got.kind, KIND_PERSON);
	assert_int_equal(got.nature, NATURE_PROFESSIONAL);
	assert_string_equal(got.name, "Kabré");
	assert_string_equal(got.first_name, "Awa");
	assert_string_equal(got.firm, "Kaboré & Fils");
	assert_string_equal(got.email, "Awa.Kabre@Faso.bf");
	assert_string_equal(got.email_key, "awa.kabre@faso.bf");
	assert_string_equal(got.phone, "76 00 11 22");
	assert_string_equal(got.phone_e164, "+22676001122");
	assert_string_equal(got.street, "Rue 12.34");
	assert_string_equal(got.postcode, "01 BP 55");
	assert_string_equal(got.city, "Bobo-Dioulasso");
	assert_string_equal(got.country, "BF");
	assert_int_equal(got.birth_day, 7000);
	assert_string_equal(got.language, "fr");
	assert_string_equal(got.time_zone, "Africa/Abidjan");
	assert_string_equal(got.channels, "SMS,EMAIL");
	assert_int_equal(got.best_minute, 600);
	assert_int_equal(got.consents, 0);
	assert_int_equal(got.merged_into, 0);
	assert_int_equal(got.created_at, 1000);
	assert_int_equal(got.revision, 1);
	with_counters_right();
}

static void customer__insert__folds_the_keys(void **state)
{
	struct customer c = with_awa();

	(void)state;
	with_insert(&c);
	assert_string_equal(with_text("SELECT name_key FROM customer"), "kabre awa");
	assert_string_equal(with_text("SELECT city_key FROM customer"), "bobo-dioulasso");
	assert_int_equal(with_number("SELECT count(*) FROM customer_score WHERE score = 40 AND "
				     "last_purchase = -2147483648 AND overdue_since = 2147483647"),
		1);
}

static void customer__insert__sorts_a_missing_city_last(void **state)
{
	struct customer c = with_awa();

	(void)state;
	c.city = "";
	with_insert(&c);
	assert_int_equal(with_number("SELECT city_key > 'zzzz' FROM customer"), 1);
}

static void customer__insert__refuses_a_second_of_one_account(void **state)
{
	struct customer a = with_awa(), b = with_awa();
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	with_insert(&a);
	assert_true(db_write(db, &err));
	assert_false(store_customer_insert(db, &b, &with_initial, &tally, &err));
	assert_int_equal(err.code, ERR_DUPLICATE);
	db_rollback(db);
	assert_int_equal(with_number("SELECT count(*) FROM customer"), 1);
}

static void customer__update__writes_and_raises_the_revision(void **state)
{
	struct customer c = with_awa(), after, got;

	(void)state;
	with_insert(&c);
	after = c;
	after.name = "Ouédraogo";
	after.email = after.email_key = "";
	after.updated_at = 2000;
	assert_int_equal(update(&c, &after), ERR_NONE);
	assert_int_equal(after.revision, 2);
	got = get(c.id);
	assert_string_equal(got.name, "Ouédraogo");
	assert_string_equal(got.email, "");
	assert_string_equal(got.email_key, "");
	assert_int_equal(got.updated_at, 2000);
	assert_int_equal(got.created_at, 1000);
	assert_int_equal(got.revision, 2);
	assert_string_equal(with_text("SELECT name_key FROM customer"), "ouedraogo awa");
	with_counters_right();
}

static void customer__update__of_an_old_revision_is_a_conflict(void **state)
{
	struct customer c = with_awa(), mine, theirs;

	(void)state;
	with_insert(&c);
	mine = theirs = c;
	theirs.street = "Avenue Kwame N'Krumah";
	mine.street = "Rue 1";
	assert_int_equal(update(&c, &theirs), ERR_NONE);
	assert_int_equal(update(&c, &mine), ERR_CONFLICT);
	assert_string_equal(get(c.id).street, "Avenue Kwame N'Krumah");
}

static void customer__update__of_one_that_is_gone(void **state)
{
	struct customer c = with_awa(), after;

	(void)state;
	with_insert(&c);
	after = c;
	after.id = c.id + 1;
	assert_int_equal(update(&after, &after), ERR_GONE);
}

static void customer__get__of_another_company_is_gone(void **state)
{
	struct customer c = with_awa(), got;
	struct err err = ERR_INIT;

	(void)state;
	with_insert(&c);
	assert_false(store_customer_get(db, company_id + 1, c.id, &arena, &got, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void customer__find__by_the_accounting_key(void **state)
{
	struct customer c = with_awa(), got;
	struct err err = ERR_INIT;

	(void)state;
	with_insert(&c);
	assert_true(store_customer_find(db, company_id, "411042", &arena, &got, &err));
	assert_int_equal(got.id, c.id);
	assert_true(store_customer_find(db, company_id, "411043", &arena, &got, &err));
	assert_int_equal(got.id, 0);
	assert_true(store_customer_find(db, company_id + 1, "411042", &arena, &got, &err));
	assert_int_equal(got.id, 0);
}

static void customer__by_phone__finds_all_that_share_it(void **state)
{
	struct customer a = with_awa(), b = with_awa(), *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	b.account_key = "";
	b.first_name = "Issa";
	with_insert(&a);
	with_insert(&b);
	assert_true(store_customer_by_phone(
		db, company_id, "+22676001122", 10, &arena, &list, &n, &err));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].id, a.id);
	assert_int_equal(list[1].id, b.id);
	assert_true(store_customer_by_phone(
		db, company_id, "+22676001122", 1, &arena, &list, &n, &err));
	assert_int_equal(n, 1);
	assert_true(store_customer_by_email(
		db, company_id, "awa.kabre@faso.bf", 10, &arena, &list, &n, &err));
	assert_int_equal(n, 2);
	assert_true(store_customer_by_email(db, company_id, "x@y.bf", 10, &arena, &list, &n, &err));
	assert_int_equal(n, 0);
}

#define customer_test(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)

int main(void)
{
	const struct CMUnitTest tests[] = {
		customer_test(customer__insert__reads_back_whole),
		customer_test(customer__insert__folds_the_keys),
		customer_test(customer__insert__sorts_a_missing_city_last),
		customer_test(customer__insert__refuses_a_second_of_one_account),
		customer_test(customer__update__writes_and_raises_the_revision),
		customer_test(customer__update__of_an_old_revision_is_a_conflict),
		customer_test(customer__update__of_one_that_is_gone),
		customer_test(customer__get__of_another_company_is_gone),
		customer_test(customer__find__by_the_accounting_key),
		customer_test(customer__by_phone__finds_all_that_share_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
