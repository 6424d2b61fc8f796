#include "own_store.h"

#include "db.h"
#include "demos.h"
#include "stmt.h"

static struct test_store store;

static int make(void **state)
{
	(void)state;
	test_store_make(&store);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	test_store_remove(&store);
	return 0;
}

static void expect(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

static int64_t number(struct session *s, const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(s->db, sql);
	int64_t n;

	expect(stmt_number(q, -1, &n, &err), &err);
	stmt_free(q);
	return n;
}

/* Rows of every table that has a column company_id, but the audit trail and stones. */
static int64_t rows_of(struct session *s, int64_t company_id)
{
	static const char *const tables =
		"SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c "
		"WHERE m.type = 'table' AND c.name = 'company_id' "
		"AND m.name NOT IN ('audit', 'tombstone')";
	struct stmt *q = stmt_make(s->db, tables);
	struct err err = ERR_INIT;
	char sql[200];
	int64_t n = 0;
	int count = 0;

	for (; stmt_step(q, &err) == STEP_ROW; count++) {
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE company_id = %lld",
			col_text(q, 0), (long long)company_id);
		n += number(s, sql);
	}
	stmt_free(q);
	assert_true(count > 15);
	return n;
}

static void make_demo(struct session *s, int64_t customers)
{
	struct demos_options o = { .customers = customers, .seed = 7 };
	struct err err = ERR_INIT;

	expect(demos_make(s, &o, NULL, &err), &err);
}

static void demos__erase__leaves_nothing_of_it(void **state)
{
	struct session *s = test_store_open(&store, "BF", NULL);
	struct err err = ERR_INIT;
	int64_t own = s->company.id, kept, demo;

	(void)state;
	kept = rows_of(s, own);
	make_demo(s, 150);
	demo = s->company.id;
	assert_true(demo != own);
	assert_int_equal(number(s, "SELECT count(*) FROM customer"), 150);
	assert_true(rows_of(s, demo) > 1000);
	expect(demos_erase(s, NULL, &err), &err);
	assert_int_equal(s->company.id, 0);
	assert_int_equal(rows_of(s, demo), 0);
	assert_int_equal(rows_of(s, own), kept);
	assert_int_equal(number(s, "SELECT count(*) FROM company"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM search_vocab"), 0);
	assert_int_equal(number(s, "SELECT count(*) FROM tombstone"), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM audit WHERE action = 'company.erase'"), 1);
	session_close(s);
}

static void demos__erase__refuses_a_company_of_ones_own(void **state)
{
	struct session *s = test_store_open(&store, "BF", NULL);
	struct err err = ERR_INIT;

	(void)state;
	assert_false(demos_erase(s, NULL, &err));
	assert_int_equal(err.code, ERR_NOT_DEMO);
	assert_true(s->company.id != 0);
	assert_int_equal(number(s, "SELECT count(*) FROM company"), 1);
	session_close(s);
}

/* Stops at the third step. */
static bool third(void *data, int64_t done, int64_t total)
{
	int *steps = data;

	assert_true(done <= total);
	return ++*steps < 3;
}

static void demos__erase__stopped_goes_on(void **state)
{
	struct session *s = test_store_open(&store, "BF", NULL);
	struct err err = ERR_INIT;
	int steps = 0;
	const struct progress p = { third, &steps };
	int64_t left, counted;

	(void)state;
	make_demo(s, 100);
	assert_false(demos_erase(s, &p, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	left = number(s, "SELECT count(*) FROM customer");
	assert_true(left > 0 && left < 100);
	counted = number(s, "SELECT value FROM counter WHERE name = 'customers' AND value > 0");
	assert_int_equal(counted, left);
	err_clear(&err);
	expect(demos_erase(s, NULL, &err), &err);
	assert_int_equal(number(s, "SELECT count(*) FROM customer"), 0);
	session_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(demos__erase__leaves_nothing_of_it, make, drop),
		cmocka_unit_test_setup_teardown(
			demos__erase__refuses_a_company_of_ones_own, make, drop),
		cmocka_unit_test_setup_teardown(demos__erase__stopped_goes_on, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
