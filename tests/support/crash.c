#include "test.h"

#include "crash.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actor.h"
#include "arena.h"
#include "crypt.h"
#include "num.h"
#include "stmt.h"
#include "store_audit.h"
#include "store_company.h"
#include "store_counter.h"
#include "store_customer.h"
#include "store_rebuild.h"

#define PIECE 3 /* customers */

static const struct actor worker = {
	.user_id = 1,
	.login = "worker",
	.origin = ORIGIN_COMMAND,
};

static const struct customer_score initial = {
	.score = 40,
	.segment = SEGMENT_OCCASIONAL,
	.behaviour = BEHAVIOUR_UNKNOWN,
	.churn = 9,
	.last_purchase = DAY_NONE,
	.last_interaction = DAY_NONE,
	.satisfaction = 4,
	.overdue_since = DAY_NONE,
	.computed_on = 20000,
};

/* --- files --- */

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s", err_name(err->code), err->detail);
}

/* In memory where there is such a place: files come and go by the thousand. */
static const char *temporary(void)
{
	const char *tmp = getenv("TMPDIR");

	if (tmp)
		return tmp;
	return access("/dev/shm", W_OK | X_OK) ? "/tmp" : "/dev/shm";
}

void crash_begin(struct crash *c)
{
	struct company company = {
		.name = "Sahel Négoce",
		.country = "BF",
		.currency = "XOF",
		.time_zone = "Africa/Ouagadougou",
		.terms_days = 30,
		.revenue_low = 10000,
		.revenue_mid = 50000,
		.revenue_high = 100000,
	};
	struct err err = ERR_INIT;
	struct db *db;

	must(crypt_init(&err), &err);
	snprintf(c->folder, sizeof(c->folder), "%.70s/ecompta-crash.XXXXXX", temporary());
	assert_non_null(mkdtemp(c->folder));
	snprintf(c->path, sizeof(c->path), "%s/store.db", c->folder);
	snprintf(c->clean, sizeof(c->clean), "%s/clean.db", c->folder);
	db = db_open(c->clean, DB_CREATE, &err);
	must(db, &err);
	must(db_write(db, &err) && store_company_insert(db, &company, &err) && db_commit(db, &err),
		&err);
	db_close(db);
	c->company_id = company.id;
	crash_fresh(c);
}

void crash_remove(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char name[160];

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

void crash_copy(const char *from, const char *to)
{
	char buf[65536];
	ssize_t n;
	int in = open(from, O_RDONLY | O_CLOEXEC), out;

	crash_remove(to);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		assert_int_equal(write(out, buf, (size_t)n), n);
	close(in);
	close(out);
}

void crash_fresh(const struct crash *c)
{
	crash_copy(c->clean, c->path);
}

static void remove_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[512];

	while (dir && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (unlink(name))
			remove_folder(name);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

void crash_end(struct crash *c)
{
	remove_folder(c->folder);
}

int crash_rounds(int n)
{
	const char *given = getenv("CRASH_ROUNDS");
	int64_t times = 1;

	if (given && !num_parse_i64(given, 1, 10000, &times))
		fail_msg("CRASH_ROUNDS is a number from 1 to 10000, not %s", given);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	n = n / 5 + 1;
#endif
	return n * (int)times;
}

/* --- work --- */

static bool add_customer(
	struct db *db, int64_t company_id, int64_t n, int i, struct tally *tally, struct err *err)
{
	struct customer c = CUSTOMER_INIT;
	char key[32], email[64], phone[32];

	snprintf(key, sizeof(key), "%lld-%d", (long long)n, i);
	snprintf(email, sizeof(email), "c%s@faso.bf", key);
	snprintf(phone, sizeof(phone), "+2267%06lld%d", (long long)n % 1000000, i);
	c.company_id = company_id;
	c.account_key = key;
	c.name = i ? "Ouédraogo" : "Établissements Kaboré";
	c.first_name = i ? "Awa" : "";
	c.email = c.email_key = email;
	c.phone = c.phone_e164 = phone;
	c.city = "Bobo-Dioulasso";
	c.created_at = c.updated_at = n;
	return store_customer_insert(db, &c, &initial, tally, err);
}

/* One customer of the piece before moves house: columns, keys and search entry. */
static bool edit_one(
	struct db *db, int64_t company_id, int64_t n, struct tally *tally, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer before, after;
	char key[32];
	bool ok;

	snprintf(key, sizeof(key), "%lld-1", (long long)n);
	ok = store_customer_find(db, company_id, key, &a, &before, err);
	if (ok && before.id) {
		after = before;
		after.city = "Lyon";
		after.email = after.email_key = "";
		after.updated_at++;
		ok = store_customer_update(db, &before, &after, tally, err);
	}
	arena_release(&a);
	return ok;
}

bool crash_work(struct db *db, int64_t company_id, int64_t n, struct err *err)
{
	struct audit_entry entry = {
		.at = n,
		.company_id = company_id,
		.action = "work.do",
		.subject = "piece",
		.subject_id = n,
		.detail = "{\"customers\":3}",
	};
	struct tally tally = TALLY_INIT;
	bool ok = db_write(db, err);

	for (int i = 0; ok && i < PIECE; i++)
		ok = add_customer(db, company_id, n, i, &tally, err);
	ok = ok && edit_one(db, company_id, n - 1, &tally, err) &&
	     store_counter_apply(db, company_id, &tally, err) &&
	     store_audit_add(db, &worker, &entry, err) && db_commit(db, err);
	db_rollback(db);
	return ok;
}

int64_t crash_number(struct db *db, const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);
	int64_t n;

	must(stmt_number(q, 0, &n, &err), &err);
	stmt_free(q);
	return n;
}

int64_t crash_worked(struct db *db, int64_t company_id)
{
	int64_t done = crash_number(db, "SELECT count(*) FROM audit WHERE action = 'work.do'");

	(void)company_id;
	assert_int_equal(crash_number(db, "SELECT count(*) FROM customer"), done * PIECE);
	assert_int_equal(crash_number(db, "SELECT max(subject_id) FROM audit"), done);
	assert_int_equal(crash_number(db, "SELECT count(*) FROM customer WHERE city = 'Lyon'"),
		done ? done - 1 : 0);
	assert_int_equal(crash_number(db, "SELECT value FROM counter WHERE name = 'customers'"),
		done * PIECE);
	crash_sound(db);
	return done;
}

/* --- soundness --- */

static void add_finding(void *data, const char *finding)
{
	strbuf_addf(data, "%s\n", finding);
}

static void check_counters(struct db *db, int64_t company_id, struct strbuf *findings)
{
	struct tally kept, counted;
	struct err err = ERR_INIT;

	if (!store_counter_read(db, company_id, &kept, &err) ||
		!store_counter_count(db, company_id, &counted, &err)) {
		strbuf_addf(findings, "counters: %s\n", err.detail);
		return;
	}
	for (int i = 0; i < COUNTER_COUNT; i++)
		if (kept.by[i] != counted.by[i])
			strbuf_addf(findings, "counter %s is %lld, counted %lld\n",
				counter_name((enum counter)i), (long long)kept.by[i],
				(long long)counted.by[i]);
}

static void check_audit(struct db *db, struct strbuf *findings)
{
	struct err err = ERR_INIT;
	int64_t lines, broken_at = 0;

	if (!store_audit_verify(db, &lines, &broken_at, &err))
		strbuf_addf(findings, "audit: %s\n", err.detail);
	else if (broken_at)
		strbuf_addf(findings, "audit: broken at %lld\n", (long long)broken_at);
}

static void check_search(struct db *db, struct strbuf *findings)
{
	struct err err = ERR_INIT;
	int64_t wrong = 0;

	if (!store_rebuild_search_check(db, &wrong, &err))
		strbuf_addf(findings, "search: %s\n", err.detail);
	else if (wrong)
		strbuf_addf(findings, "search: %lld entries wrong\n", (long long)wrong);
}

/* What must be zero. */
static const char *const zeroes[] = {
	"SELECT count(*) FROM customer c WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM"
	" customer_score s WHERE s.company_id = c.company_id AND s.customer_id = c.id)",
	"SELECT count(*) FROM customer_score s JOIN customer c ON c.company_id = s.company_id"
	" AND c.id = s.customer_id WHERE c.merged_into IS NOT NULL",
	"SELECT count(*) FROM (SELECT id FROM customer UNION ALL SELECT id FROM invoice UNION ALL"
	" SELECT id FROM payment UNION ALL SELECT id FROM journal UNION ALL SELECT id FROM company"
	" UNION ALL SELECT id FROM user) JOIN id_counter WHERE id >> 41 = station"
	" AND id & 2199023255551 >= next",
	"SELECT (SELECT count(*) FROM id_counter) - 1",
};

void crash_unsound(struct db *db, struct strbuf *findings)
{
	struct arena a = ARENA_INIT;
	struct company *list;
	struct err err = ERR_INIT;
	int n;

	if (!db_check_pages(db, false, add_finding, findings, &err) ||
		!db_check_links(db, add_finding, findings, &err) ||
		!store_company_list(db, &a, &list, &n, &err)) {
		strbuf_addf(findings, "check: %s\n", err.detail);
		goto out;
	}
	for (int i = 0; i < n; i++)
		check_counters(db, list[i].id, findings);
	check_audit(db, findings);
	check_search(db, findings);
	for (size_t i = 0; i < ARRAY_SIZE(zeroes); i++)
		if (crash_number(db, zeroes[i]))
			strbuf_addf(findings, "not zero: %s\n", zeroes[i]);
out:
	arena_release(&a);
}

void crash_sound(struct db *db)
{
	struct strbuf findings = STRBUF_INIT;

	crash_unsound(db, &findings);
	if (findings.len)
		fail_msg("%s", findings.buf);
	strbuf_release(&findings);
}

void crash_sound_at(const char *path)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(path, DB_OPEN, &err);

	must(db, &err);
	crash_sound(db);
	db_close(db);
}
