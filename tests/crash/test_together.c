/*
 * Several programs on one store at once: two imports, a recalculation, two people
 * who edit the same customers, one who comes and goes. Nobody is told that the
 * store is busy, no edit is lost, no id is given twice, and in the end all of it
 * is there.
 */
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "crash.h"
#include "customers.h"
#include "doctor.h"
#include "imports.h"
#include "scores.h"
#include "store_customer.h"

#define OLD 40
#define NEW 6000
#define INVOICES 2500
#define EDITS 150 /* of each of the two */

static struct crash crash;

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	crash_end(&crash);
	return 0;
}

static struct session *enter(struct err *err)
{
	struct session_options o = {
		.store = crash.path,
		.origin = ORIGIN_COMMAND,
		.clock = clock_system(),
		.must_exist = true,
	};

	return session_open(&o, err);
}

/* --- what comes in --- */

static const char *export_path(const char *name)
{
	static char path[192];

	snprintf(path, sizeof(path), "%s/%s", crash.folder, name);
	return path;
}

static void write_customers(const char *name, int first, int n)
{
	FILE *f = fopen(export_path(name), "w");

	fputs("Code client;Nom;Prénom;E-mail;Ville\n", f);
	for (int i = first; i < first + n; i++)
		fprintf(f, "C%d;Ouédraogo %d;Awa;c%d@faso.bf;Koudougou\n", i, i, i);
	assert_int_equal(fclose(f), 0);
}

static void write_invoices(void)
{
	FILE *f = fopen(export_path("invoices.csv"), "w");

	fputs("Code client;Client;Numéro;Date;Total TTC\n", f);
	for (int i = 0; i < INVOICES; i++)
		fprintf(f, "%c%d;Zongo;F%d;2026-%02d-%02d;%d\n", i % 3 ? 'C' : 'D', i % OLD, i,
			1 + i % 10, 1 + i % 28, 25000 + i);
	assert_int_equal(fclose(f), 0);
}

static bool take_in(struct session *s, enum import_kind kind, const char *name,
	const struct progress *p, struct err *err)
{
	struct import_watch watch = { .progress = p };
	struct import_options o = {
		.kind = kind,
		.path = export_path(name),
		.create_customers = kind == IMPORT_INVOICES,
	};
	struct import_result result;
	struct import *im = import_open(s, &o, NULL, err);
	bool ok = im && import_run(im, &watch, &result, err);

	import_close(im);
	return ok;
}

/* One import at a time: the other one waits for its turn, as a person would. */
static bool wait_and_take_in(enum import_kind kind, const char *name, struct err *err)
{
	struct session *s = enter(err);
	bool ok = false;

	while (s && !(ok = take_in(s, kind, name, NULL, err)) && err->code == ERR_IMPORT_BUSY) {
		err_clear(err);
		usleep(20000);
	}
	session_close(s);
	return ok;
}

static bool bring_customers(struct err *err)
{
	return wait_and_take_in(IMPORT_CUSTOMERS, "customers.csv", err);
}

static bool bring_invoices(struct err *err)
{
	return wait_and_take_in(IMPORT_INVOICES, "invoices.csv", err);
}

/* --- what the others do --- */

static bool score_again_and_again(struct err *err)
{
	struct session *s = enter(err);
	struct scores_result result;
	bool ok = s != NULL;

	for (int i = 0; ok && i < 15; i++) {
		ok = scores_update_all(s, NULL, &result, err);
		/* An import may be at it. */
		if (!ok && err->code == ERR_SCORES_BUSY) {
			err_clear(err);
			ok = true;
		}
		usleep(30000);
	}
	session_close(s);
	return ok;
}

/* Adds a letter to the street of a customer, whatever others add meanwhile. */
static bool add_letter(struct session *s, const char *key, char letter, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer_conflict conflict;
	struct customer before, after;
	bool ok = store_customer_find(s->db, s->company.id, key, &a, &before, err);

	while (ok) {
		after = before;
		after.street = arena_printf(&a, "%s%c", before.street, letter);
		ok = customers_edit(s, &before, &after, &a, &conflict, err);
		if (ok || err->code != ERR_CONFLICT)
			break;
		err_clear(err);
		before = conflict.theirs;
		ok = true;
	}
	arena_release(&a);
	return ok;
}

static bool edit(char letter, struct err *err)
{
	struct session *s = enter(err);
	bool ok = s != NULL;
	char key[16];

	for (int i = 0; ok && i < EDITS; i++) {
		snprintf(key, sizeof(key), "C%d", i % 5);
		ok = add_letter(s, key, letter, err);
	}
	session_close(s);
	return ok;
}

static bool edit_a(struct err *err)
{
	return edit('a', err);
}

static bool edit_b(struct err *err)
{
	return edit('b', err);
}

static bool come_and_go(struct err *err)
{
	bool ok = true;

	for (int i = 0; ok && i < 60; i++) {
		struct session *s = enter(err);

		ok = s != NULL;
		session_close(s);
	}
	return ok;
}

static bool (*const programs[])(struct err *err) = {
	bring_customers,
	bring_invoices,
	score_again_and_again,
	edit_a,
	edit_b,
	come_and_go,
};

static pid_t begin(bool (*work)(struct err *err), int i)
{
	struct err err = ERR_INIT;
	pid_t pid = fork();

	if (pid)
		return pid;
	if (work(&err))
		_exit(0);
	fprintf(stderr, "program %d: %s (%s): %s\n", i, err_name(err.code), err.subject,
		err.detail);
	_exit(1);
}

static void add_problem(void *data, const struct doctor_finding *finding)
{
	if (finding->level == DOCTOR_PROBLEM)
		strbuf_addf(data, "%s: %lld %s\n", doctor_name(finding->check),
			(long long)finding->n, finding->detail);
}

static void assert_all_there(void)
{
	struct strbuf problems = STRBUF_INIT;
	struct doctor doctor = { .tell = add_problem, .data = &problems };
	struct err err = ERR_INIT;
	struct session *s = enter(&err);

	assert_non_null(s);
	crash_sound(s->db);
	assert_true(doctor_run(s, &doctor, &err));
	if (problems.len)
		fail_msg("%s", problems.buf);
	assert_int_equal(
		crash_number(s->db, "SELECT sum(length(street)) FROM customer"), 2 * EDITS);
	assert_int_equal(
		crash_number(s->db, "SELECT sum(length(replace(street, 'b', ''))) FROM customer"),
		EDITS);
	assert_int_equal(crash_number(s->db, "SELECT count(*) FROM invoice"), INVOICES);
	assert_int_equal(crash_number(s->db, "SELECT count(*) FROM customer WHERE account_key"
					     " LIKE 'C%'"),
		OLD + NEW);
	assert_int_equal(crash_number(s->db,
				 "SELECT count(*) FROM (SELECT id, count(*) AS n FROM (SELECT id"
				 " FROM customer UNION ALL SELECT id FROM invoice UNION ALL SELECT"
				 " id FROM journal UNION ALL SELECT id FROM company UNION ALL"
				 " SELECT id FROM user) GROUP BY id) WHERE n > 1"),
		0);
	assert_int_equal(
		crash_number(s->db, "SELECT count(*) FROM import_run WHERE status <> 'DONE'"), 0);
	session_close(s);
}

static void together__six_programs__get_on(void **state)
{
	int rounds = crash_rounds(1);

	(void)state;
	write_customers("old.csv", 0, OLD);
	write_customers("customers.csv", OLD, NEW);
	write_invoices();
	for (int round = 0; round < rounds; round++) {
		pid_t pids[ARRAY_SIZE(programs)];
		struct err err = ERR_INIT;
		int status, bad = 0;
		struct session *s;

		crash_fresh(&crash);
		s = enter(&err);
		assert_true(s && take_in(s, IMPORT_CUSTOMERS, "old.csv", NULL, &err));
		session_close(s);
		for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
			pids[i] = begin(programs[i], (int)i);
		for (size_t i = 0; i < ARRAY_SIZE(programs); i++) {
			assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
			bad += !WIFEXITED(status) || WEXITSTATUS(status);
		}
		assert_int_equal(bad, 0);
		assert_all_there();
	}
}

static int64_t number(const char *sql)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(crash.path, DB_READ_ONLY, &err);
	int64_t n;

	assert_non_null(db);
	n = crash_number(db, sql);
	db_close(db);
	return n;
}

/* Two pipes: "I am in the middle of it", "go on". */
struct rendezvous {
	int middle[2];
	int go_on[2];
	bool met;
};

static bool pause_once(void *data, int64_t done, int64_t total)
{
	struct rendezvous *r = data;
	char byte = 0;

	(void)done;
	(void)total;
	if (r->met)
		return true;
	r->met = true;
	return write(r->middle[1], &byte, 1) == 1 && read(r->go_on[0], &byte, 1) == 1;
}

/* No connection may be open here: a child would inherit its locks without having them. */
static pid_t begin_scores(struct rendezvous *r)
{
	struct progress p = { pause_once, r };
	struct scores_result result;
	struct err err = ERR_INIT;
	struct session *s;
	pid_t pid = fork();

	if (pid)
		return pid;
	s = enter(&err);
	_exit(s && scores_update_all(s, &p, &result, &err) ? 0 : 1);
}

static void assert_ends_well(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && !WEXITSTATUS(status));
}

static bool stop(void *data, int64_t done, int64_t total)
{
	(void)data;
	(void)total;
	return done < NEW / 3;
}

static void cut_short(void)
{
	struct progress p = { stop, NULL };
	struct err err = ERR_INIT;
	struct session *s = enter(&err);

	assert_false(take_in(s, IMPORT_CUSTOMERS, "customers.csv", &p, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	session_close(s);
}

/* An import that was cut short recalculates all in the end: not beside another who does,
 * whose first half knows nothing of what came in. */
static void together__import__waits_for_a_recalculation(void **state)
{
	struct rendezvous r = { .met = false };
	pid_t scores, import;
	char byte = 0;

	(void)state;
	write_customers("customers.csv", 0, NEW);
	cut_short();
	assert_true(!pipe(r.middle) && !pipe(r.go_on));
	scores = begin_scores(&r);
	assert_int_equal(read(r.middle[0], &byte, 1), 1);
	import = begin(bring_customers, 0);
	for (int i = 0; i < 500 && number("SELECT position FROM import_run") < NEW; i++)
		usleep(20000);
	usleep(200000);
	assert_int_equal(number("SELECT count(*) FROM import_run WHERE status = 'RUNNING'"), 1);
	assert_int_equal(write(r.go_on[1], &byte, 1), 1);
	assert_ends_well(scores);
	assert_ends_well(import);
	assert_int_equal(number("SELECT count(*) FROM import_run WHERE status = 'DONE'"), 1);
	crash_sound_at(crash.path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			together__import__waits_for_a_recalculation, set_up, tear_down),
		cmocka_unit_test_setup_teardown(together__six_programs__get_on, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
