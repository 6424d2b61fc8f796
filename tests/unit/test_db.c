#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "db.h"
#include "stmt.h"

static char path[64];

static int make_path(void **state)
{
	(void)state;
	snprintf(path, sizeof(path), "/tmp/test_db.%d.db", (int)getpid());
	return 0;
}

static int remove_files(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[80];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
	return 0;
}

static struct db *open_store(enum db_mode mode)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(path, mode, &err);

	if (!db)
		fail_msg("%s", err.detail);
	return db;
}

static void db__open__makes_a_private_file_with_every_statement_valid(void **state)
{
	struct err err = ERR_INIT;
	struct db *db = open_store(DB_CREATE);
	struct stat st;

	(void)state;
	if (!stmt_prepare_all(db, &err))
		fail_msg("%s", err.detail);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	db_close(db);
	db_close(open_store(DB_OPEN));
	db_close(open_store(DB_READ_ONLY));
}

static void db__open__refuses_what_is_not_a_store(void **state)
{
	struct err err = ERR_INIT;
	FILE *f = fopen(path, "w");

	(void)state;
	fputs("This is a letter, and no store at all; it has to be long enough to be read as one. "
	      "So it goes on, and on, and on, until there are a hundred bytes and then some.",
		f);
	fclose(f);
	assert_null(db_open(path, DB_CREATE, &err));
	assert_int_equal(err.code, ERR_STORE_NOT_OURS);
	err_clear(&err);
	assert_null(db_open("/tmp", DB_OPEN, &err));
	assert_int_equal(err.code, ERR_IS_FOLDER);
	err_clear(&err);
	assert_null(db_open("/tmp/no/such/store.db", DB_CREATE, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void db__open__refuses_another_programs_database(void **state)
{
	struct err err = ERR_INIT;
	struct db *db = open_store(DB_CREATE);
	struct stmt *q = stmt_make(db, "PRAGMA application_id = 7");

	(void)state;
	assert_true(stmt_run(q, &err));
	stmt_free(q);
	db_close(db);
	assert_null(db_open(path, DB_OPEN, &err));
	assert_int_equal(err.code, ERR_STORE_NOT_OURS);
}

static void db__open__refuses_a_newer_store(void **state)
{
	struct err err = ERR_INIT;
	struct db *db = open_store(DB_CREATE);
	struct stmt *q = stmt_make(db, "PRAGMA user_version = 9999");

	(void)state;
	assert_true(stmt_run(q, &err));
	stmt_free(q);
	db_close(db);
	assert_null(db_open(path, DB_OPEN, &err));
	assert_int_equal(err.code, ERR_STORE_NEWER);
	assert_string_equal(err.subject, path);
}

static void db__ids__never_meet_and_carry_the_station(void **state)
{
	struct err err = ERR_INIT;
	struct db *one = open_store(DB_CREATE);
	struct db *two = open_store(DB_OPEN);
	int64_t a, b, station;

	(void)state;
	assert_int_equal(db_ids(one, 1, &err), 0);
	assert_true(db_write(one, &err));
	a = db_ids(one, 10, &err);
	assert_true(db_commit(one, &err));
	assert_true(db_write(two, &err));
	b = db_ids(two, 1, &err);
	assert_true(db_commit(two, &err));
	assert_int_equal(b, a + 10);
	station = db_station(one, &err);
	assert_int_equal(a >> 41, station);
	assert_true(station > 0 && station < 1 << 22);
	db_close(one);
	db_close(two);
}

static void db__write__is_refused_inside_another(void **state)
{
	struct err err = ERR_INIT;
	struct db *db = open_store(DB_CREATE);

	(void)state;
	assert_true(db_write(db, &err));
	assert_false(db_write(db, &err));
	assert_int_equal(err.code, ERR_STORE);
	db_rollback(db);
	assert_true(db_read(db, &err));
	assert_false(db_write(db, &err));
	db_read_end(db);
	assert_true(db_write(db, &err));
	db_close(db);
}

static void db__data_version__shows_the_commits_of_others(void **state)
{
	struct err err = ERR_INIT;
	struct db *one = open_store(DB_CREATE);
	struct db *two = open_store(DB_OPEN);
	int64_t before = db_data_version(one);

	(void)state;
	assert_true(db_write(one, &err));
	assert_true(db_ids(one, 1, &err) > 0);
	assert_true(db_commit(one, &err));
	assert_int_equal(db_data_version(one), before);
	assert_true(db_write(two, &err));
	assert_true(db_ids(two, 1, &err) > 0);
	assert_true(db_commit(two, &err));
	assert_true(db_data_version(one) != before);
	db_close(one);
	db_close(two);
}

static void stmt__step__refuses_an_unbound_parameter(void **state)
{
	struct err err = ERR_INIT;
	struct db *db = open_store(DB_CREATE);
	struct stmt *q;

	(void)state;
	assert_true(db_write(db, &err));
	q = stmt_use(db, SQL_STORE_IDS_TAKE);
	assert_int_equal(stmt_step(q, &err), STEP_FAIL);
	assert_non_null(strstr(err.detail, "store_ids_take (data/sql/store.sql:"));
	db_close(db);
}

static void explain(struct db *db, const struct sql_text *sql)
{
	struct strbuf text = STRBUF_INIT;
	struct err err = ERR_INIT;
	enum step step;
	struct stmt *q;

	strbuf_addf(&text, "EXPLAIN QUERY PLAN %s", sql->text);
	q = stmt_make(db, text.buf);
	for (int i = 1; i < 32; i++)
		stmt_i64_at(q, i, 1);
	while ((step = stmt_step(q, &err)) == STEP_ROW)
		if (!strncmp(col_text(q, 3), "SCAN m", 6))
			fail_msg("%s: %s", sql->name, col_text(q, 3));
	assert_int_equal(step, STEP_DONE);
	stmt_free(q);
	strbuf_release(&text);
}

/* There may be millions, and the sender asks between two of them. */
static void stmt__plan__never_reads_all_messages(void **state)
{
	struct db *db = open_store(DB_CREATE);
	int seen = 0;

	(void)state;
	for (int i = 0; i < SQL_COUNT; i++) {
		if (strncmp(sql_table[i].name, "message_", 8) != 0)
			continue;
		explain(db, &sql_table[i]);
		seen++;
	}
	assert_true(seen > 20);
	db_close(db);
}

#define store_test(f) cmocka_unit_test_setup_teardown(f, make_path, remove_files)

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(db__open__makes_a_private_file_with_every_statement_valid),
		store_test(db__open__refuses_what_is_not_a_store),
		store_test(db__open__refuses_another_programs_database),
		store_test(db__open__refuses_a_newer_store),
		store_test(db__ids__never_meet_and_carry_the_station),
		store_test(db__write__is_refused_inside_another),
		store_test(db__data_version__shows_the_commits_of_others),
		store_test(stmt__step__refuses_an_unbound_parameter),
		store_test(stmt__plan__never_reads_all_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
