#include "test.h"

#include "deeds.h"

#include <sqlite3.h>

#include "doctor.h"
#include "imports.h"
#include "lease.h"
#include "num.h"
#include "scores.h"
#include "undo.h"

#define DAY 86400
#define MORNING INT64_C(1794898800) /* 17 November 2026, 7:00 */
#define OLD_CUSTOMERS 40
#define NEW_CUSTOMERS 120
#define INVOICES 200
#define SCORED 2300 /* customers, so that a recalculation has several slices */

static const char *const names[DEED_COUNT] = {
	[DEED_CUSTOMERS] = "customers",
	[DEED_INVOICES] = "invoices",
	[DEED_PAYMENTS] = "payments",
	[DEED_SCORES] = "scores",
	[DEED_UNDO] = "undo",
	[DEED_MORE] = "more",
};

const char *deed_name(enum deed deed)
{
	return names[deed];
}

/* --- the clock --- */

/*
 * Every life begins a hundred seconds after the last, when the leases of those who
 * died have run out; and each look at the clock takes 60 ms, so that batches
 * are as short as they come.
 */
static struct {
	int64_t now;
	int64_t ms;
} time_here = { MORNING, 0 };

static int64_t tell_now(void *data)
{
	(void)data;
	return time_here.now;
}

static int64_t tell_ms(void *data)
{
	(void)data;
	return time_here.ms += 60;
}

static struct session *enter(const struct crash *c, struct err *err)
{
	struct session_options o = {
		.store = c->path,
		.origin = ORIGIN_COMMAND,
		.clock = { tell_now, tell_ms, NULL },
		.must_exist = true,
	};

	time_here.now += 100;
	return session_open(&o, err);
}

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s (%s): %s", err_name(err->code), err->subject, err->detail);
}

/* --- the exports --- */

static void add_customers(FILE *f, int first, int n, const char *city)
{
	for (int i = first; i < first + n; i++)
		if (i % 29 == 28)
			fprintf(f, "C%d;;Sans nom;;;%s;;\n", i, city);
		else
			fprintf(f, "C%d;Ouédraogo %d;Awa;c%d@faso.bf;7%07d;%s;%s;%s\n", i, i, i, i,
				city, i % 3 ? "oui" : "", i % 7 ? "" : "non");
}

static void write_customers(FILE *f)
{
	fputs("Code client;Nom;Prénom;E-mail;Téléphone;Ville;Accord e-mail;Accord SMS\n", f);
	add_customers(f, OLD_CUSTOMERS / 2, OLD_CUSTOMERS / 2, "Bobo-Dioulasso");
	add_customers(f, OLD_CUSTOMERS, NEW_CUSTOMERS, "Ouagadougou");
}

static void write_old(FILE *f)
{
	fputs("Code client;Nom;Prénom;E-mail;Téléphone;Ville\n", f);
	for (int i = 0; i < OLD_CUSTOMERS; i++)
		fprintf(f, "C%d;Ouédraogo %d;Awa;c%d@faso.bf;7%07d;Koudougou\n", i, i, i, i);
}

static void write_many(FILE *f)
{
	fputs("Code client;Nom\n", f);
	for (int i = 0; i < SCORED; i++)
		fprintf(f, "C%d;Ouédraogo %d\n", i, i);
}

/* On days in the year before, so that 200 days later much has changed. */
static void write_documents(FILE *f, const char *series, int n, int customers)
{
	fputs("Code client;Client;Numéro;Date;Échéance;Total TTC\n", f);
	for (int i = 0; i < n; i++)
		fprintf(f, "C%d;Ouédraogo;%s%d;2026-%02d-%02d;2026-12-31;%d\n", i * 7 % customers,
			series, i, 1 + i % 10, 1 + i % 28, 25000 + i * 1250);
}

static void write_invoices(FILE *f)
{
	write_documents(f, "F", INVOICES, OLD_CUSTOMERS);
}

static void write_with_customers(FILE *f)
{
	write_documents(f, "F", INVOICES, OLD_CUSTOMERS + NEW_CUSTOMERS);
}

static void write_scored(FILE *f)
{
	write_documents(f, "S", SCORED, SCORED);
}

static void write_payments(FILE *f)
{
	fputs("Facture;Référence;Date;Montant\n", f);
	for (int i = 0; i < INVOICES; i++)
		fprintf(f, "F%d;R%d;2026-11-%02d;%d\n", i + (i % 31 == 30) * 1000, i, 1 + i % 16,
			10000 + i * 500);
}

static const struct export
{
	const char *name;
	enum import_kind kind;
	bool create;
	void (*write)(FILE * f);
}
old_customers = { "old.csv", IMPORT_CUSTOMERS, false, write_old },
	many_customers = { "many.csv", IMPORT_CUSTOMERS, false, write_many },
	customers = { "customers.csv", IMPORT_CUSTOMERS, false, write_customers },
	invoices = { "invoices.csv", IMPORT_INVOICES, false, write_invoices },
	scored = { "scored.csv", IMPORT_INVOICES, false, write_scored },
	with_customers = { "with.csv", IMPORT_INVOICES, true, write_with_customers },
	payments = { "payments.csv", IMPORT_PAYMENTS, false, write_payments };

static void put_file(const struct crash *c, const struct export *e)
{
	char path[192];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", c->folder, e->name);
	f = fopen(path, "w");
	assert_non_null(f);
	e->write(f);
	assert_int_equal(fclose(f), 0);
}

/* --- deeds --- */

static bool take_in(struct session *s, const struct crash *c, const struct export *e,
	const struct progress *p, struct err *err)
{
	struct import_options o = { .kind = e->kind, .create_customers = e->create };
	struct import_watch watch = { .progress = p };
	struct import_result result;
	struct import *im;
	char path[192];
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", c->folder, e->name);
	o.path = path;
	im = import_open(s, &o, NULL, err);
	if (!im)
		return false;
	ok = import_analysis(im)->done_before || import_run(im, &watch, &result, err);
	import_close(im);
	return ok;
}

static bool take_back(struct session *s, const struct progress *p, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct import_run *run;
	struct undo_result result;
	bool ok;
	int n;

	ok = imports_list(s, INT64_MAX, 1, &a, &run, &n, err);
	if (ok && run[0].status != IMPORT_UNDONE)
		ok = undo_journal(s, run[0].id, p, &a, &result, err);
	arena_release(&a);
	return ok;
}

static bool act(struct session *s, const struct crash *c, enum deed deed, const struct progress *p,
	struct err *err)
{
	struct scores_result result;

	switch (deed) {
	case DEED_CUSTOMERS:
		return take_in(s, c, &customers, p, err);
	case DEED_INVOICES:
	case DEED_MORE:
		return take_in(s, c, &invoices, p, err);
	case DEED_PAYMENTS:
		return take_in(s, c, &payments, p, err);
	case DEED_SCORES:
		return scores_update_all(s, p, &result, err);
	case DEED_UNDO:
		return take_back(s, p, err);
	case DEED_COUNT:
		break;
	}
	return false;
}

static int64_t days_later(enum deed deed)
{
	return deed == DEED_SCORES || deed == DEED_MORE ? INT64_C(200) * DAY : 0;
}

static bool go(const struct crash *c, enum deed deed, const struct progress *p, struct err *err)
{
	struct session *s = enter(c, err);
	bool ok;

	time_here.now += days_later(deed);
	ok = s && act(s, c, deed, p, err);
	time_here.now -= days_later(deed);
	session_close(s);
	return ok;
}

bool deeds_do(const struct crash *c, enum deed deed, struct err *err)
{
	return go(c, deed, NULL, err);
}

static bool count_down(void *data, int64_t done, int64_t total)
{
	int64_t *left = data;

	(void)done;
	(void)total;
	return --*left > 0;
}

bool deeds_do_some(const struct crash *c, enum deed deed, int64_t n, struct err *err)
{
	struct progress p = { count_down, &n };

	return go(c, deed, &p, err);
}

void deeds_prepare(struct crash *c, enum deed deed)
{
	static const struct export *const before[DEED_COUNT][3] = {
		[DEED_CUSTOMERS] = { &old_customers },
		[DEED_INVOICES] = { &old_customers },
		[DEED_PAYMENTS] = { &old_customers, &invoices },
		[DEED_SCORES] = { &many_customers, &scored },
		[DEED_UNDO] = { &old_customers, &with_customers },
		[DEED_MORE] = { &many_customers, &scored },
	};
	static const struct export *const of[DEED_COUNT] = {
		[DEED_CUSTOMERS] = &customers,
		[DEED_INVOICES] = &invoices,
		[DEED_MORE] = &invoices,
		[DEED_PAYMENTS] = &payments,
	};
	struct err err = ERR_INIT;
	struct session *s;

	time_here.now = MORNING - DAY;
	s = enter(c, &err);
	must(s, &err);
	for (int i = 0; i < 3 && before[deed][i]; i++) {
		put_file(c, before[deed][i]);
		must(take_in(s, c, before[deed][i], NULL, &err), &err);
	}
	if (of[deed])
		put_file(c, of[deed]);
	session_close(s);
	crash_copy(c->path, c->clean);
}

void deeds_fresh(const struct crash *c)
{
	crash_fresh(c);
	time_here.now = MORNING;
}

/* --- what must hold --- */

void deeds_sound(const struct crash *c)
{
	crash_sound_at(c->path);
}

static void add_problem(void *data, const struct doctor_finding *finding)
{
	if (finding->level == DOCTOR_PROBLEM)
		strbuf_addf(data, "%s: %lld %s\n", doctor_name(finding->check),
			(long long)finding->n, finding->detail);
}

static void assert_free(struct session *s, const char *lease)
{
	struct err err = ERR_INIT;
	bool held;

	must(lease_held(s, lease, &held, &err), &err);
	if (held)
		fail_msg("the lease %s is still held", lease);
}

void deeds_settled(const struct crash *c, enum deed deed)
{
	struct strbuf problems = STRBUF_INIT;
	struct doctor doctor = { .tell = add_problem, .data = &problems };
	struct err err = ERR_INIT;
	struct session *s = enter(c, &err);

	must(s, &err);
	time_here.now += days_later(deed) - 100;
	assert_free(s, "import");
	must(doctor_run(s, &doctor, &err), &err);
	time_here.now += 100 - days_later(deed);
	session_close(s);
	if (problems.len)
		fail_msg("%s: %s", deed_name(deed), problems.buf);
	strbuf_release(&problems);
}

/* The statements of tests/support/content.sql. */
static void read_statements(struct strbuf *out)
{
	FILE *f = fopen(TEST_SRCDIR "/tests/support/content.sql", "r");
	char piece[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		strbuf_add(out, piece, n);
	fclose(f);
}

static void add_rows(sqlite3_stmt *q, struct strbuf *out)
{
	int rc;

	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		for (int at = 0; at < sqlite3_column_count(q); at++) {
			const unsigned char *text = sqlite3_column_text(q, at);

			strbuf_addf(out, "%s%s", at ? "|" : "", text ? (const char *)text : "");
		}
		strbuf_addc(out, '\n');
	}
	assert_int_equal(rc, SQLITE_DONE);
}

void deeds_content(const struct crash *c, struct strbuf *out)
{
	struct strbuf sql = STRBUF_INIT;
	const char *rest;
	sqlite3 *db;

	read_statements(&sql);
	rest = sql.buf;
	assert_int_equal(sqlite3_open_v2(c->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	strbuf_clear(out);
	while (*rest) {
		sqlite3_stmt *q;

		if (sqlite3_prepare_v2(db, rest, -1, &q, &rest) != SQLITE_OK)
			fail_msg("%.60s: %s", rest, sqlite3_errmsg(db));
		if (q)
			add_rows(q, out);
		sqlite3_finalize(q);
	}
	sqlite3_close(db);
	strbuf_release(&sql);
}
