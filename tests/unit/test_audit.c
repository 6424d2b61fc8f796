#include "test.h"

#include "crypt.h"
#include "stmt.h"
#include "store_audit.h"

static struct db *db;

static void add(const char *action, int64_t subject_id, const char *detail)
{
	struct actor actor = { .login = "awa", .origin = ORIGIN_COMMAND };
	struct audit_entry e = { .at = 1000,
		.company_id = 7,
		.action = action,
		.subject = "customer",
		.subject_id = subject_id,
		.detail = detail };
	struct err err = ERR_INIT;

	assert_true(db_write(db, &err));
	assert_true(store_audit_add(db, &actor, &e, &err));
	assert_true(db_commit(db, &err));
}

static int set_up(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_true(crypt_init(&err));
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	add("customer.make", 1, "{}");
	add("customer.edit", 1, "{\"email\":\"a@b.example\"}");
	add("customer.make", 2, "{}");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(db);
	return 0;
}

static void run(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);

	assert_true(stmt_run(q, &err));
	stmt_free(q);
}

static int64_t broken_at(void)
{
	struct err err = ERR_INIT;
	int64_t lines, at;

	assert_true(store_audit_verify(db, &lines, &at, &err));
	return at;
}

static void audit__verify__accepts_an_untouched_chain(void **state)
{
	struct err err = ERR_INIT;
	int64_t lines, at;

	(void)state;
	assert_true(store_audit_verify(db, &lines, &at, &err));
	assert_int_equal(lines, 3);
	assert_int_equal(at, 0);
}

static void audit__verify__finds_an_altered_line(void **state)
{
	(void)state;
	run("UPDATE audit SET actor = 'issa' WHERE seq = 2");
	assert_int_equal(broken_at(), 2);
}

static void audit__verify__finds_a_removed_line(void **state)
{
	(void)state;
	run("PRAGMA foreign_keys = OFF");
	run("DELETE FROM audit WHERE seq = 2");
	assert_int_equal(broken_at(), 3);
}

static void audit__verify__finds_altered_details_but_lets_erasure_pass(void **state)
{
	(void)state;
	run("UPDATE audit_detail SET detail = '' WHERE seq = 2");
	assert_int_equal(broken_at(), 0);
	run("UPDATE audit_detail SET detail = '{\"email\":\"x@y.example\"}' WHERE seq = 2");
	assert_int_equal(broken_at(), 2);
}

static void audit__of__gives_a_subjects_lines_newest_first(void **state)
{
	struct arena a = ARENA_INIT;
	struct audit_entry *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	assert_true(store_audit_of(db, 7, "customer", 1, 0, 10, &a, &list, &n, &err));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].action, "customer.edit");
	assert_string_equal(list[0].actor, "awa");
	assert_string_equal(list[0].origin, "COMMAND");
	assert_string_equal(list[1].action, "customer.make");
	arena_release(&a);
}

#define audit_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		audit_test(audit__verify__accepts_an_untouched_chain),
		audit_test(audit__verify__finds_an_altered_line),
		audit_test(audit__verify__finds_a_removed_line),
		audit_test(audit__verify__finds_altered_details_but_lets_erasure_pass),
		audit_test(audit__of__gives_a_subjects_lines_newest_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
