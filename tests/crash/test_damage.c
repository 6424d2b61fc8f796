/*
 * Files that are no sound store: what cannot be one is refused with its own
 * sentence and left byte for byte as it was; damage in the middle may be met
 * anywhere, and ends in an error with a code, never in a crash.
 */
#include "test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "crash.h"
#include "customer_list.h"
#include "demos.h"
#include "doctor.h"
#include "rng.h"
#include "scores.h"
#include "session.h"

#define PAGE 4096

static struct crash crash;
static char log_path[160];
static char other[160];
static int64_t now = 1794912000; /* 17 November 2026 */

static struct session *start(struct err *err)
{
	struct session_options o = {
		.store = crash.path,
		.origin = ORIGIN_COMMAND,
		.clock = clock_fixed(&now),
		.must_exist = true,
	};

	return session_open(&o, err);
}

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	snprintf(log_path, sizeof(log_path), "%s-wal", crash.path);
	snprintf(other, sizeof(other), "%s/other.db", crash.folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	crash_end(&crash);
	return 0;
}

/* --- what is refused --- */

static void write_file(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), (ssize_t)len);
	close(fd);
}

/* What a program does that is killed before it closes the store: its log stays. */
static void killed(bool (*work)(struct err *err))
{
	pid_t pid = fork();
	struct err err = ERR_INIT;
	int status;

	if (!pid)
		_exit(work(&err) ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && !WEXITSTATUS(status));
}

static bool do_pieces(struct err *err)
{
	struct db *db = db_open(crash.path, DB_OPEN, err);

	return db && crash_work(db, crash.company_id, 1, err) &&
	       crash_work(db, crash.company_id, 2, err);
}

static bool move_station(struct err *err)
{
	struct db *db = db_open(crash.path, DB_OPEN, err);

	return db && db_write(db, err) && db_new_station(db, err) && db_commit(db, err);
}

static bool another_program(struct err *err)
{
	sqlite3 *raw;

	(void)err;
	return sqlite3_open(crash.path, &raw) == SQLITE_OK &&
	       sqlite3_exec(raw,
		       "PRAGMA journal_mode = WAL; CREATE TABLE t (a);"
		       "INSERT INTO t VALUES (1)",
		       NULL, NULL, NULL) == SQLITE_OK;
}

static void make_empty(void)
{
	write_file(crash.path, "", 0);
}

static void make_empty_with_log(void)
{
	killed(do_pieces);
	write_file(crash.path, "", 0);
}

static void make_letter(void)
{
	static const char text[] = "Madame, Monsieur, veuillez trouver ci-joint notre facture.";

	write_file(crash.path, text, strlen(text));
}

static void make_long_letter(void)
{
	char text[3 * PAGE];

	memset(text, 'a', sizeof(text));
	write_file(crash.path, text, sizeof(text));
}

static void cut_to(off_t size)
{
	assert_int_equal(truncate(crash.path, size), 0);
}

static void cut_to_few_bytes(void)
{
	cut_to(20);
}

static void cut_to_header(void)
{
	cut_to(100);
}

static void cut_to_half(void)
{
	struct stat st;

	assert_int_equal(stat(crash.path, &st), 0);
	cut_to(st.st_size / 2);
}

static void make_another_programs(void)
{
	crash_remove(crash.path);
	killed(another_program);
}

static void make_newer(void)
{
	sqlite3 *raw;

	assert_int_equal(sqlite3_open(crash.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version = 9999", 0, 0, 0), SQLITE_OK);
	sqlite3_close(raw);
}

static void put_beside_log_of_another(void)
{
	struct err err = ERR_INIT;

	db_close(db_open(other, DB_CREATE, &err));
	killed(do_pieces);
	assert_int_equal(rename(other, crash.path), 0);
}

static void put_older_copy_beside_log(void)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(crash.path, DB_OPEN, &err);

	assert_true(db && db_copy(db, other, &err));
	db_close(db);
	killed(do_pieces);
	assert_int_equal(rename(other, crash.path), 0);
}

static const struct refusal {
	const char *what;
	void (*make)(void);
	enum err_code code;
} refusals[] = {
	{ "an empty file", make_empty, ERR_STORE_EMPTY },
	{ "an empty file with a log", make_empty_with_log, ERR_STORE_EMPTY },
	{ "a letter", make_letter, ERR_STORE_NOT_OURS },
	{ "a long letter", make_long_letter, ERR_STORE_NOT_OURS },
	{ "a few bytes", cut_to_few_bytes, ERR_STORE_NOT_OURS },
	{ "a header", cut_to_header, ERR_STORE_DAMAGED },
	{ "half a store", cut_to_half, ERR_STORE_DAMAGED },
	{ "another program's", make_another_programs, ERR_STORE_NOT_OURS },
	{ "a newer one", make_newer, ERR_STORE_NEWER },
	{ "another's log", put_beside_log_of_another, ERR_STORE_LOG },
	{ "an older copy", put_older_copy_beside_log, ERR_STORE_LOG },
};

static void read_file(const char *path, struct strbuf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char buf[65536];
	ssize_t n;

	strbuf_clear(out);
	if (fd < 0)
		return;
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		strbuf_add(out, buf, (size_t)n);
	close(fd);
}

static void assert_same(const char *what, const char *path, const struct strbuf *before)
{
	struct strbuf after = STRBUF_INIT;

	read_file(path, &after);
	if (after.len != before->len || memcmp(after.buf, before->buf, after.len) != 0)
		fail_msg("%s: %s is no longer what it was", what, path);
	strbuf_release(&after);
}

static void refuse(const struct refusal *r, enum db_mode mode)
{
	struct strbuf main_file = STRBUF_INIT, log = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct db *db;

	crash_fresh(&crash);
	r->make();
	read_file(crash.path, &main_file);
	read_file(log_path, &log);
	db = db_open(crash.path, mode, &err);
	if (db || err.code != r->code)
		fail_msg("%s, mode %d: %s %s", r->what, (int)mode, err_name(err.code), err.detail);
	assert_same(r->what, crash.path, &main_file);
	assert_same(r->what, log_path, &log);
	strbuf_release(&main_file);
	strbuf_release(&log);
}

static void damage__what_is_no_store__is_refused_and_left_as_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
		for (int mode = DB_CREATE; mode <= DB_READ_ONLY; mode++)
			refuse(&refusals[i], (enum db_mode)mode);
}

/* A new store at that place would have the old one's changes played into it. */
static void damage__log_without_its_store__is_no_place_for_a_new_one(void **state)
{
	struct strbuf log = STRBUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	killed(do_pieces);
	read_file(log_path, &log);
	assert_int_equal(unlink(crash.path), 0);
	assert_null(db_open(crash.path, DB_CREATE, &err));
	assert_int_equal(err.code, ERR_STORE_LOG);
	assert_string_equal(err.subject, log_path);
	assert_int_equal(access(crash.path, F_OK), -1);
	assert_same("log", log_path, &log);
	strbuf_release(&log);
}

/* New stations and new work lie in the log only; the main file knows the first one. */
static void damage__own_log__is_taken_whatever_the_station(void **state)
{
	struct err err = ERR_INIT;
	struct db *db;

	(void)state;
	killed(do_pieces);
	killed(move_station);
	killed(move_station);
	db = db_open(crash.path, DB_OPEN, &err);
	if (!db)
		fail_msg("%s: %s", err_name(err.code), err.detail);
	assert_int_equal(crash_worked(db, crash.company_id), 2);
	db_close(db);
}

/* A log that is none, or whose end is torn, counts for nothing from there on. */
static void damage__spoilt_log__leaves_a_sound_store(void **state)
{
	struct rng rng;
	struct stat st;
	int rounds = crash_rounds(40);

	(void)state;
	rng_init(&rng, 3);
	for (int i = 0; i < rounds; i++) {
		unsigned char noise[300];
		struct err err = ERR_INIT;
		struct db *db;
		int fd;

		crash_fresh(&crash);
		killed(do_pieces);
		assert_int_equal(stat(log_path, &st), 0);
		fd = open(log_path, O_WRONLY | O_CLOEXEC);
		for (size_t j = 0; j < sizeof(noise); j++)
			noise[j] = (unsigned char)rng_u64(&rng);
		assert_true(pwrite(fd, noise, 1 + rng_below(&rng, sizeof(noise)),
				    i ? (off_t)rng_below(&rng, (uint64_t)st.st_size) : 0) > 0);
		close(fd);
		db = db_open(crash.path, DB_OPEN, &err);
		if (!db)
			fail_msg("round %d: %s: %s", i, err_name(err.code), err.detail);
		assert_true(crash_worked(db, crash.company_id) <= 2);
		db_close(db);
	}
}

/* --- damage in the middle --- */

struct damage {
	int refused; /* at the start */
	int told;    /* by the doctor, or by any other call */
	int unseen;
};

static void note_problem(void *data, const struct doctor_finding *finding)
{
	if (finding->level == DOCTOR_PROBLEM)
		*(bool *)data = true;
}

/* Whatever a call says: when it fails it says why. */
static void heard(bool ok, struct err *err, const char *what, bool *told)
{
	if (ok)
		return;
	if (err->code == ERR_NONE)
		fail_msg("%s failed without a word", what);
	*told = true;
	err_clear(err);
}

static void look_at_lists(struct session *s, bool *told)
{
	struct list_query q = customer_list_query(s);
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct list_page page;
	int64_t n;

	for (int order = 0; order < LIST_ORDERS; order++) {
		q.order = (enum list_order)order;
		heard(customer_list_page(s, &q, NULL, order % 2, false, 50, &a, &page, &err), &err,
			"a list", told);
	}
	heard(customer_list_count(s, &q, &n, &err), &err, "a count", told);
	arena_release(&a);
}

/* What a person does in a day: look, ask, have everything calculated, write. */
static void use(struct session *s, bool *told)
{
	struct scores_result result;
	struct err err = ERR_INIT;
	struct doctor doctor = { .tell = note_problem, .data = told };

	look_at_lists(s, told);
	heard(doctor_run(s, &doctor, &err), &err, "doctor", told);
	heard(scores_update_all(s, NULL, &result, &err), &err, "scores", told);
	heard(crash_work(s->db, s->company.id, 1, &err), &err, "work", told);
}

static void suffer(struct damage *d)
{
	struct err err = ERR_INIT;
	struct session *s = start(&err);
	bool told = false;

	if (!s) {
		heard(false, &err, "start", &told);
		d->refused++;
		return;
	}
	use(s, &told);
	d->told += told;
	d->unseen += !told;
	session_close(s);
}

static void spoil(struct rng *rng, int round)
{
	struct stat st;
	int fd = open(crash.path, O_RDWR | O_CLOEXEC);
	int n = (int)rng_range(rng, 1, 8);
	off_t page;

	assert_int_equal(fstat(fd, &st), 0);
	/* The first pages hold the schema: every fourth round is theirs. */
	page = (off_t)rng_below(rng, round % 4 ? (uint64_t)st.st_size / PAGE : 3);
	if (round % 10 == 9)
		assert_int_equal(
			ftruncate(fd, PAGE + (off_t)rng_below(rng, (uint64_t)st.st_size)), 0);
	for (int i = 0; i < n; i++) {
		/* Half of them in the head of the page, where its structure is. */
		uint64_t where = rng_below(rng, rng_chance(rng, 1, 2) ? 200 : PAGE);
		unsigned char byte = (unsigned char)rng_u64(rng);

		if (rng_chance(rng, 1, 4))
			byte = rng_chance(rng, 1, 2) ? 0 : 255;
		assert_int_equal(pwrite(fd, &byte, 1, page * PAGE + (off_t)where), 1);
	}
	close(fd);
}

static void make_populated(void)
{
	struct demos_options o = { .customers = 120, .seed = 5 };
	struct err err = ERR_INIT;
	struct session *s = start(&err);

	if (!s || !demos_make(s, &o, NULL, &err))
		fail_msg("%s: %s", err_name(err.code), err.detail);
	session_close(s);
	crash_copy(crash.path, crash.clean);
}

static void damage__flipped_bytes__never_crash(void **state)
{
	struct damage d = { 0, 0, 0 };
	int rounds = crash_rounds(400);
	struct rng rng;

	(void)state;
	make_populated();
	rng_init(&rng, 17);
	for (int i = 0; i < rounds; i++) {
		crash_fresh(&crash);
		spoil(&rng, i);
		suffer(&d);
	}
	print_message("%d refused at the start, %d told later, %d in places without meaning\n",
		d.refused, d.told, d.unseen);
	assert_true(d.refused > 0 && d.told > rounds / 5);
}

#define damage_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		damage_test(damage__what_is_no_store__is_refused_and_left_as_it_is),
		damage_test(damage__log_without_its_store__is_no_place_for_a_new_one),
		damage_test(damage__own_log__is_taken_whatever_the_station),
		damage_test(damage__spoilt_log__leaves_a_sound_store),
		damage_test(damage__flipped_bytes__never_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
