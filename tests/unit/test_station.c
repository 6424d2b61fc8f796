#include "test.h"

#include "backup.h"
#include "db.h"
#include "secrets.h"
#include "station.h"
#include "with_home.h"

static enum station look(void)
{
	struct err err = ERR_INIT;
	enum station out;

	with_ok(station_look(session, &out, &err), &err);
	return out;
}

static enum station check(void)
{
	struct err err = ERR_INIT;
	enum station out, seen;

	with_ok(station_look(session, &seen, &err), &err);
	with_ok(station_check(session, &out, &err), &err);
	/* Looking says what checking says, but for one that nobody registered. */
	if (seen != STATION_NEW)
		assert_int_equal(seen, out);
	return out;
}

static int64_t station_of(struct session *s)
{
	struct err err = ERR_INIT;
	int64_t station = db_station(s->db, &err);

	with_ok(station, &err);
	return station;
}

static void paper_path(char out[192])
{
	struct err err = ERR_INIT;
	char id[33];

	with_ok(secrets_store_id(session, id, &err), &err);
	snprintf(out, 192, "%s/state/ecompta-crm/stations/%s.%lld", home, id,
		(long long)station_of(session));
}

static int64_t take_over(void)
{
	struct err err = ERR_INIT;
	int64_t paused = -1;

	with_ok(station_take_over(session, &paused, &err), &err);
	return paused;
}

static void other_path(char out[128])
{
	snprintf(out, 128, "%s/other.db", home);
}

static void station__check__registers_a_fresh_store(void **state)
{
	char path[192];
	struct stat st;

	(void)state;
	assert_int_equal(look(), STATION_NEW);
	assert_int_equal(look(), STATION_NEW);
	assert_int_equal(
		with_number("SELECT count(*) FROM meta WHERE key IN ('store_id', 'station_token')"),
		0);
	assert_int_equal(check(), STATION_OK);
	paper_path(path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(check(), STATION_OK);
	home_reopen();
	assert_int_equal(look(), STATION_OK);
	assert_int_equal(check(), STATION_OK);
	assert_int_equal(with_number("SELECT CAST(value AS INTEGER) FROM meta"
				     " WHERE key = 'station_beat'"),
		3);
}

static void station__check__of_a_moved_store_is_ok(void **state)
{
	struct strbuf paper = STRBUF_INIT;
	char to[128], path[192];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	home_close();
	snprintf(to, sizeof(to), "%s/moved.db", home);
	assert_int_equal(rename(store_path, to), 0);
	session = home_open(to);
	assert_int_equal(check(), STATION_OK);
	paper_path(path);
	home_read(path, &paper);
	assert_non_null(strstr(paper.buf, "moved.db"));
	assert_null(strstr(paper.buf, "store.db"));
	strbuf_release(&paper);
}

static void station__check__of_a_copied_store_is_a_copy(void **state)
{
	char to[128];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	home_close();
	other_path(to);
	home_run("cp", "-p", store_path, to);
	session = home_open(to);
	assert_int_equal(check(), STATION_COPY);
	assert_int_equal(check(), STATION_COPY);
	home_close();
	/* The first one is not disturbed by its copy's questions. */
	session = home_open(store_path);
	assert_int_equal(check(), STATION_OK);
}

static void station__check__of_a_backup_is_a_copy(void **state)
{
	struct err err = ERR_INIT;
	const char *path;

	(void)state;
	assert_int_equal(check(), STATION_OK);
	with_ok(backup_make(session, BACKUP_MANUAL, &arena, &path, &err), &err);
	assert_int_equal(check(), STATION_OK);
	home_close();
	/* Into the same file, whose inode stays. */
	home_run("cp", "--", path, store_path);
	session = home_open(store_path);
	assert_int_equal(check(), STATION_COPY);
	home_close();
	/* In its place. */
	assert_int_equal(rename(path, store_path), 0);
	session = home_open(store_path);
	assert_int_equal(check(), STATION_COPY);
}

static void station__check__of_an_older_state_of_itself_is_a_copy(void **state)
{
	char old[128];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	home_close();
	other_path(old);
	home_run("cp", "--", store_path, old);
	session = home_open(store_path);
	assert_int_equal(check(), STATION_OK);
	home_close();
	/* Same file, same inode, same token: but it was checked once less. */
	home_run("cp", "--", old, store_path);
	session = home_open(store_path);
	assert_int_equal(check(), STATION_COPY);
}

static void station__check__without_its_paper_is_a_copy(void **state)
{
	struct err err = ERR_INIT;
	char path[192];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	paper_path(path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(check(), STATION_COPY);
	assert_false(station_must_be_ours(session, &err));
	assert_int_equal(err.code, ERR_STORE_COPY);
	assert_string_equal(err.subject, store_path);
	assert_int_equal(access(path, F_OK), -1);
}

/* Rewrites one value of the paper. */
static void forge(const char *from, const char *to)
{
	struct strbuf paper = STRBUF_INIT, forged = STRBUF_INIT;
	char path[192], *at;
	FILE *f;

	paper_path(path);
	home_read(path, &paper);
	at = strstr(paper.buf, from);
	assert_non_null(at);
	at += strlen(from);
	strbuf_add(&forged, paper.buf, (size_t)(at - paper.buf));
	strbuf_adds(&forged, to);
	strbuf_adds(&forged, at + strcspn(at, "\""));
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(forged.buf, 1, forged.len, f), forged.len);
	assert_int_equal(fclose(f), 0);
	strbuf_release(&paper);
	strbuf_release(&forged);
}

static void station__check__looks_at_machine_device_and_inode(void **state)
{
	(void)state;
	assert_int_equal(check(), STATION_OK);
	/* A disk that is numbered otherwise after a restart. */
	forge("\"device\": \"", "77777");
	assert_int_equal(check(), STATION_OK);
	forge("\"path\": \"", "/elsewhere/store.db");
	assert_int_equal(check(), STATION_OK);
	forge("\"device\": \"", "77777");
	forge("\"path\": \"", "/elsewhere/store.db");
	assert_int_equal(look(), STATION_COPY);
	take_over();
	forge("\"inode\": \"", "1");
	assert_int_equal(look(), STATION_COPY);
	take_over();
	forge("\"machine\": \"", "");
	assert_int_equal(look(), STATION_OK);
	forge("\"machine\": \"", "0123");
	assert_int_equal(look(), access("/etc/machine-id", R_OK) ? STATION_OK : STATION_COPY);
	take_over();
	forge("\"token\": \"", "0123");
	assert_int_equal(look(), STATION_COPY);
}

/* --- taking over --- */

static void campaign(int id, const char *status)
{
	char sql[512];

	snprintf(sql, sizeof(sql),
		"INSERT INTO campaign (id, company_id, name, kind, type, status, created_by,"
		" created_at) VALUES (%d, %lld, 'c', 'MANY', 'NEWSLETTER', '%s', 'awa', 1)",
		id, (long long)session->company.id, status);
	with_run(sql);
}

static void station__take_over__pauses_what_was_to_be_sent(void **state)
{
	struct session *old;
	int64_t before;
	char to[128];

	(void)state;
	campaign(1, "RUNNING");
	campaign(2, "SCHEDULED");
	campaign(3, "DRAFT");
	campaign(4, "COMPLETED");
	campaign(5, "PAUSED");
	assert_int_equal(check(), STATION_OK);
	before = station_of(session);
	/* One that is no copy has nothing to take over. */
	assert_int_equal(take_over(), 0);
	assert_int_equal(station_of(session), before);
	home_close();
	other_path(to);
	home_run("cp", "--", store_path, to);
	session = home_open(to);
	assert_int_equal(check(), STATION_COPY);
	assert_int_equal(take_over(), 2);
	assert_int_equal(with_number("SELECT count(*) FROM campaign WHERE id IN (1, 2) AND"
				     " status = 'PAUSED' AND cause = 'COPY'"),
		2);
	assert_int_equal(with_number("SELECT count(*) FROM campaign WHERE cause = 'NONE' AND"
				     " id IN (3, 4, 5)"),
		3);
	assert_int_equal(
		with_number("SELECT count(*) FROM audit WHERE action = 'station.take_over'"), 1);
	assert_int_not_equal(station_of(session), before);
	assert_int_equal(check(), STATION_OK);
	/* Both go on: a person said so. */
	old = home_open(store_path);
	session_close(session);
	session = old;
	assert_int_equal(check(), STATION_OK);
	assert_int_equal(station_of(session), before);
	assert_int_equal(with_number("SELECT count(*) FROM campaign WHERE cause = 'COPY'"), 0);
}

/* A sender that waits sees what a person says in another program. */
static void station__take_over__is_seen_by_others(void **state)
{
	struct session *waiting;
	enum station seen;
	struct err err = ERR_INIT;
	char path[192];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	paper_path(path);
	assert_int_equal(unlink(path), 0);
	waiting = home_open(store_path);
	with_ok(station_check(waiting, &seen, &err), &err);
	assert_int_equal(seen, STATION_COPY);
	take_over();
	with_ok(station_check(waiting, &seen, &err), &err);
	assert_int_equal(seen, STATION_OK);
	session_close(waiting);
}

static void station__take_over__is_for_who_may_change_settings(void **state)
{
	struct err err = ERR_INIT;
	int64_t paused;
	char path[192];

	(void)state;
	assert_int_equal(check(), STATION_OK);
	paper_path(path);
	assert_int_equal(unlink(path), 0);
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_false(station_take_over(session, &paused, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	assert_int_equal(look(), STATION_COPY);
	session->actor.roles = ROLE_BIT(ROLE_CRM_ADMIN);
	take_over();
	assert_int_equal(look(), STATION_OK);
}

static void station__in_memory__is_no_copy(void **state)
{
	(void)state;
	home_close();
	arena_release(&arena);
	with_open(":memory:", "UTC");
	assert_int_equal(look(), STATION_OK);
	assert_int_equal(check(), STATION_OK);
	assert_int_equal(take_over(), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_home, without_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(station__check__registers_a_fresh_store),
		TEST(station__check__of_a_moved_store_is_ok),
		TEST(station__check__of_a_copied_store_is_a_copy),
		TEST(station__check__of_a_backup_is_a_copy),
		TEST(station__check__of_an_older_state_of_itself_is_a_copy),
		TEST(station__check__without_its_paper_is_a_copy),
		TEST(station__check__looks_at_machine_device_and_inode),
		TEST(station__take_over__pauses_what_was_to_be_sent),
		TEST(station__take_over__is_seen_by_others),
		TEST(station__take_over__is_for_who_may_change_settings),
		TEST(station__in_memory__is_no_copy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
