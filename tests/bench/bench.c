#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "consent.h"
#include "date.h"
#include "db.h"
#include "demos.h"
#include "num.h"
#include "rng.h"
#include "session.h"
#include "store_company.h"

void bench_die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

void bench_need(bool ok, const char *what, const struct err *err)
{
	if (!ok)
		bench_die(what, err->detail[0] ? err->detail : err_name(err->code));
}

/* Set once, before anything is measured. */
static clockid_t measured_by = CLOCK_MONOTONIC;

int64_t bench_ns(void)
{
	struct timespec t;

	clock_gettime(measured_by, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t bench_us(void)
{
	return bench_ns() / 1000;
}

static int compare_values(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t bench_percentile(int64_t *values, size_t n, int percent)
{
	if (!n)
		return 0;
	qsort(values, n, sizeof(*values), compare_values);
	return values[(n - 1) * (size_t)percent / 100];
}

long bench_peak_kb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

void bench_args(struct bench *b, int argc, char **argv)
{
	bench_args_for(b, 50000, argc, argv);
}

void bench_args_for(struct bench *b, int64_t customers, int argc, char **argv)
{
	*b = (struct bench){ .customers = customers };
	for (int i = 1; i < argc; i++) {
		bool more = i + 1 < argc;

		if (!strcmp(argv[i], "--customers") && more) {
			if (!num_parse_i64(argv[++i], 100, 100000000, &b->customers))
				bench_die(argv[i], "not a number of customers");
		} else if (!strcmp(argv[i], "--folder") && more) {
			b->folder = argv[++i];
		} else if (!strcmp(argv[i], "--keep")) {
			b->keep = true;
		} else if (!strcmp(argv[i], "--cpu")) {
			b->cpu = true;
			measured_by = CLOCK_PROCESS_CPUTIME_ID;
		} else {
			bench_die(argv[i],
				"not an option: --customers N, --folder PATH, --keep, --cpu");
		}
	}
	b->now = (int64_t)BENCH_DAY * DAY_SECONDS + 36000;
}

/* --- SQLite by itself --- */

sqlite3 *bench_open(const struct bench *b)
{
	sqlite3 *raw;

	if (sqlite3_open_v2(b->path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
		bench_die(b->path, "cannot be opened");
	bench_exec(raw, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
			"PRAGMA synchronous = NORMAL; PRAGMA journal_mode = WAL");
	return raw;
}

void bench_exec(sqlite3 *raw, const char *sql)
{
	if (sqlite3_exec(raw, sql, NULL, NULL, NULL))
		bench_die(sql, sqlite3_errmsg(raw));
}

sqlite3_stmt *bench_prepare(sqlite3 *raw, const char *sql)
{
	sqlite3_stmt *q;

	if (sqlite3_prepare_v3(raw, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL))
		bench_die(sql, sqlite3_errmsg(raw));
	return q;
}

void bench_line(const char *what, int64_t us, int64_t reference_us, double limit)
{
	double ratio = (double)us / (double)(reference_us ? reference_us : 1);
	int decimals = us < 100000 ? 3 : 1;

	printf("%-44s %9.*f ms %9.*f ms   %5.2fx (at most %.2fx)%s\n", what, decimals,
		(double)us / 1000, decimals, (double)reference_us / 1000, ratio, limit,
		ratio > limit ? "  MISSED" : "");
	fflush(stdout);
}

/* --- the store --- */

static void make_folder(struct bench *b, const char *kind)
{
	const char *tmp = getenv("TMPDIR");
	char folder[400];

	if (b->folder) {
		snprintf(b->path, sizeof(b->path), "%s/%s-%lld.db", b->folder, kind,
			(long long)b->customers);
		return;
	}
	snprintf(folder, sizeof(folder), "%s/ecompta-bench-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder))
		bench_die(folder, "cannot be made");
	snprintf(b->path, sizeof(b->path), "%s/bench.db", folder);
}

static struct company invented_company(void)
{
	return (struct company){
		.name = "Bench",
		.country = "BF",
		.currency = "XOF",
		.time_zone = "Africa/Ouagadougou",
		.language = LANG_FR,
		.terms_days = 30,
		.revenue_low = 1000000,
		.revenue_mid = 4000000,
		.revenue_high = 9000000,
	};
}

static void make_company(struct bench *b)
{
	struct err err = ERR_INIT;
	struct company c = invented_company();
	struct db *db = db_open(b->path, DB_CREATE, &err);

	bench_need(db, "store", &err);
	bench_need(db_write(db, &err) && store_company_insert(db, &c, &err) && db_commit(db, &err),
		"company", &err);
	b->company_id = c.id;
	db_close(db);
}

/* The statements that make the indexes of the loaded tables, taken from the store. */
static char *index_sql(sqlite3 *raw)
{
	sqlite3_stmt *q = bench_prepare(raw,
		"SELECT group_concat(sql, ';'), group_concat('DROP INDEX ' || name, ';')"
		" FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
		" AND tbl_name IN ('customer', 'customer_score', 'invoice', 'payment')");
	char *sql;

	sqlite3_step(q);
	sql = sqlite3_mprintf("%s", sqlite3_column_text(q, 0));
	bench_exec(raw, "BEGIN");
	{
		char *drop = sqlite3_mprintf("%s", sqlite3_column_text(q, 1));

		sqlite3_finalize(q);
		bench_exec(raw, drop);
		sqlite3_free(drop);
	}
	bench_exec(raw, "COMMIT");
	return sql;
}

static void put(sqlite3_stmt *q, int n, const int64_t *values)
{
	for (int i = 0; i < n; i++)
		sqlite3_bind_int64(q, i + 1, values[i]);
	if (sqlite3_step(q) != SQLITE_DONE)
		bench_die(sqlite3_sql(q), sqlite3_errmsg(sqlite3_db_handle(q)));
	sqlite3_reset(q);
}

#define FIRST_CUSTOMER 1000

static int64_t nth_customer(const struct bench *b, int64_t n)
{
	return (b->company_id >> 41 << 41) | (FIRST_CUSTOMER + n);
}

/* Everything a person must have said to be written to. */
static int64_t all_granted(void)
{
	uint32_t consents = 0;

	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		consents = consents_set(consents, (enum consent_subject)i, CONSENT_GRANTED);
	return consents;
}

/* Addresses in no order of theirs, as everywhere. */
static void load_people(sqlite3 *raw)
{
	sqlite3_stmt *q = bench_prepare(raw,
		"UPDATE customer SET kind = 'PERSON', nature = 'PRIVATE', first_name = 'Awa',"
		" consents = ?1, email = printf('%08x.client@example.com',"
		" (id & 0xffffff) * 2654435761 & 0xffffffff), phone = printf('+2267%07d', id & "
		"0x7fffff)");
	int64_t values[] = { all_granted() };

	put(q, 1, values);
	sqlite3_finalize(q);
	bench_exec(raw, "UPDATE customer SET email_key = email, phone_e164 = phone");
}

static void load_customers(const struct bench *b, sqlite3 *raw)
{
	sqlite3_stmt *customer = bench_prepare(raw,
		"INSERT INTO customer (id, company_id, kind, nature, name, name_key, city_key,"
		" created_at, updated_at) VALUES (?1, ?2, 'FIRM', 'PROFESSIONAL',"
		" printf('Client %d', ?1 & 0xffffff), printf('client %d', ?1 & 0xffffff),"
		" 'ouagadougou', 0, 0)");
	sqlite3_stmt *score = bench_prepare(raw,
		"INSERT INTO customer_score VALUES (?2, ?1, 50, 'OCCASIONAL', 'UNKNOWN', 9, 0, 0,"
		" NULL, -2147483648, -2147483648, 0, 5, 0, 0, 0, 0, 2147483647, 0, 0)");

	for (int64_t i = 0; i < b->customers; i++) {
		int64_t values[] = { nth_customer(b, i), b->company_id };

		put(customer, 2, values);
		put(score, 2, values);
	}
	sqlite3_finalize(customer);
	sqlite3_finalize(score);
}

/* Invoices in the order of their days, as an accounting system writes them, each
 * with the payment that nine in ten have; a few are credit notes. */
static void load_documents(const struct bench *b, sqlite3 *raw)
{
	sqlite3_stmt *invoice = bench_prepare(raw,
		"INSERT INTO invoice (id, company_id, customer_id, number, issued, due, total)"
		" VALUES (?1, ?2, ?3, printf('F%d', ?1 & 0x1ffffffffff), ?4, nullif(?5, 0), ?6)");
	sqlite3_stmt *payment = bench_prepare(raw,
		"INSERT INTO payment (id, company_id, customer_id, invoice_id, reference, paid_on,"
		" amount) VALUES (?1, ?2, ?3, ?4, printf('P%d', ?1 & 0x1ffffffffff), ?5, ?6)");
	int64_t n = b->customers * 5, first = nth_customer(b, b->customers);
	struct rng rng;

	rng_init(&rng, 42);
	for (int64_t i = 0; i < n; i++) {
		int64_t day = BENCH_DAY - 1000 + i * 1000 / n;
		int64_t due = rng_chance(&rng, 2, 3) ? day + 30 : 0;
		int64_t total = rng_range(&rng, 5000, 2000000);
		int64_t who = nth_customer(b, (int64_t)rng_below(&rng, (uint64_t)b->customers));
		int64_t doc[] = { first + 2 * i, b->company_id, who, day, due, total };
		int64_t paid[] = { first + 2 * i + 1, b->company_id, who, doc[0],
			day + rng_exponential(&rng, 35, 200), total };

		if (rng_chance(&rng, 1, 100))
			doc[5] = -total;
		put(invoice, 6, doc);
		if (rng_chance(&rng, 9, 10))
			put(payment, 6, paid);
	}
	sqlite3_finalize(invoice);
	sqlite3_finalize(payment);
}

static void load(struct bench *b)
{
	sqlite3 *raw = bench_open(b);
	char *indexes;

	bench_exec(raw, "PRAGMA foreign_keys = OFF");
	indexes = index_sql(raw);
	bench_exec(raw, "BEGIN");
	load_customers(b, raw);
	if (b->people)
		load_people(raw);
	else
		load_documents(b, raw);
	bench_exec(raw, "UPDATE id_counter SET next = 1000000000");
	bench_exec(raw, indexes);
	bench_exec(raw, "INSERT INTO counter VALUES ((SELECT id FROM company), 'customers',"
			" (SELECT count(*) FROM customer_score))");
	bench_exec(raw, "COMMIT; PRAGMA analysis_limit = 400; ANALYZE;"
			"PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_free(indexes);
	sqlite3_close(raw);
}

void bench_empty(struct bench *b)
{
	make_folder(b, "empty");
	unlink(b->path);
}

/* The one that is there already, made with --keep. */
static bool found(struct bench *b)
{
	sqlite3 *raw;
	sqlite3_stmt *q;

	if (!b->folder || access(b->path, F_OK))
		return false;
	raw = bench_open(b);
	q = bench_prepare(raw, "SELECT id FROM company");
	sqlite3_step(q);
	b->company_id = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(raw);
	return true;
}

void bench_base(struct bench *b)
{
	int64_t began = bench_us();

	make_folder(b, b->people ? "people" : "bench");
	if (found(b))
		return;
	make_company(b);
	load(b);
	if (b->people)
		return;
	printf("%lld customers, %lld invoices, about %lld payments made in %.1f s\n",
		(long long)b->customers, (long long)b->customers * 5,
		(long long)b->customers * 9 / 2, (double)(bench_us() - began) / 1e6);
}

struct session *bench_session(struct bench *b)
{
	struct session_options options = {
		.store = b->path, .clock = clock_fixed(&b->now), .origin = ORIGIN_COMMAND
	};
	struct err err = ERR_INIT;
	struct session *s = session_open(&options, &err);

	bench_need(s, "session", &err);
	return s;
}

static void make_demo(struct bench *b)
{
	struct demos_options options = { .customers = b->customers, .seed = 1 };
	int64_t began = bench_us();
	struct err err = ERR_INIT;
	struct session *s = bench_session(b);

	bench_need(demos_make(s, &options, NULL, &err), "demo", &err);
	b->company_id = s->company.id;
	session_close(s);
	printf("%lld customers made in %.1f s\n", (long long)b->customers,
		(double)(bench_us() - began) / 1e6);
}

void bench_demo(struct bench *b)
{
	sqlite3_stmt *q;
	sqlite3 *raw;

	make_folder(b, "demo");
	if (!found(b))
		make_demo(b);
	raw = bench_open(b);
	q = bench_prepare(raw, "SELECT min(id), max(id) FROM customer");
	sqlite3_step(q);
	b->first_id = sqlite3_column_int64(q, 0);
	b->last_id = sqlite3_column_int64(q, 1);
	sqlite3_finalize(q);
	sqlite3_close(raw);
}

void bench_end(struct bench *b)
{
	char file[600];

	if (b->keep)
		return;
	unlink(b->path);
	snprintf(file, sizeof(file), "%s-wal", b->path);
	unlink(file);
	snprintf(file, sizeof(file), "%s-shm", b->path);
	unlink(file);
	if (!b->folder) {
		*strrchr(b->path, '/') = '\0';
		rmdir(b->path);
	}
}
