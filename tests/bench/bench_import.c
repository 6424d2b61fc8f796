/*
 * Importing into a fresh store, from the opening of the file until its last row is
 * committed, against a bare loop of prepared inserts of the same rows into the
 * same tables and indexes of another fresh store. The customers, invoices and
 * payments are the demo's, as CSV files. Scores are not part of either.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "companies.h"
#include "consent.h"
#include "crypt.h"
#include "date.h"
#include "db.h"
#include "demo.h"
#include "imports.h"
#include "search_entry.h"
#include "session.h"

#define LIMIT 2.0
#define BATCH 2000 /* rows a transaction of the bare loop */
#define COLUMNS 40

static const char *const files[IMPORT_KINDS] = { "customers.csv", "invoices.csv", "payments.csv" };

static const char *place(const struct bench *b, const char *name)
{
	static char path[600];

	snprintf(path, sizeof(path), "%.*s/%s", (int)(strrchr(b->path, '/') - b->path), b->path,
		name);
	return path;
}

static FILE *create(const struct bench *b, const char *name)
{
	FILE *f = fopen(place(b, name), "w");

	if (!f)
		bench_die(name, "cannot be written");
	return f;
}

/* --- the files --- */

static void put_day(FILE *f, int32_t day)
{
	struct civil c = date_to_civil(day);

	fprintf(f, "%02d/%02d/%04d", c.day, c.month, (int)c.year);
}

static const char *answer(uint32_t consents, enum consent_subject subject)
{
	enum consent_state state = consents_get(consents, subject);

	return state == CONSENT_GRANTED ? "oui" : state == CONSENT_REFUSED ? "non" : "";
}

static void write_customer(FILE *f, const struct demo_customer *c)
{
	fprintf(f, "%s;%s;%s;%s;%s;%s;%s;%s;%s;%s;%s\n", c->account_key, c->name, c->first_name,
		c->email, c->phone, c->street, c->postcode, c->city, c->country,
		answer(c->consents, CONSENT_MARKETING), answer(c->consents, CONSENT_SMS));
}

static void write_documents(
	FILE *invoices, FILE *payments, const char *code, const struct demo_invoice *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct demo_invoice *inv = &list[i];

		fprintf(invoices, "%s;%s;", inv->number, code);
		put_day(invoices, inv->issued);
		fputc(';', invoices);
		if (inv->due != DAY_NONE)
			put_day(invoices, inv->due);
		fprintf(invoices, ";%lld;%s\n", (long long)inv->total,
			inv->credits >= 0 ? list[inv->credits].number : "");
		for (int k = 0; k < inv->payment_count; k++) {
			fprintf(payments, "%s;", inv->number);
			put_day(payments, inv->payments[k].paid_on);
			fprintf(payments, ";%lld;%s\n", (long long)inv->payments[k].amount,
				inv->payments[k].reference);
		}
	}
}

static void write_files(const struct bench *b)
{
	FILE *f[IMPORT_KINDS];
	struct demo demo;

	for (int k = 0; k < IMPORT_KINDS; k++)
		f[k] = create(b, files[k]);
	fputs("Code tiers;Nom;Prénom;E-mail;Téléphone;Adresse;Code postal;Ville;Pays;Opt-in;"
	      "Opt-in SMS\n",
		f[0]);
	fputs("N° facture;Code tiers;Date;Échéance;Total TTC;Facture d'origine\n", f[1]);
	fputs("N° facture;Date règlement;Montant réglé;Référence\n", f[2]);
	demo_init(&demo, 1, b->customers, BENCH_DAY);
	for (int64_t i = 0; i < b->customers; i++) {
		struct demo_invoice list[DEMO_INVOICES];
		struct demo_customer c;

		demo_customer(&demo, i, &c);
		write_customer(f[0], &c);
		write_documents(f[1], f[2], c.account_key, list, demo_invoices(&demo, i, list));
	}
	for (int k = 0; k < IMPORT_KINDS; k++)
		if (fclose(f[k]))
			bench_die(files[k], "cannot be written");
}

/* --- importing them --- */

/* A step is told after each transaction. */
struct steps {
	int64_t last;
	int64_t longest; /* between two of them: what others may have to wait */
};

static bool note_time(void *data, int64_t done, int64_t total)
{
	struct steps *steps = data;
	int64_t now = bench_us();

	(void)total;
	if (done && steps->last && now - steps->last > steps->longest)
		steps->longest = now - steps->last;
	steps->last = now;
	return true;
}

/* Until the last row is committed: scores come after the last step. The copy of the
 * store that the second and third import take first is not counted. */
static int64_t import_one(const struct bench *b, struct session *s, enum import_kind kind,
	int64_t *rows, int64_t *longest)
{
	struct import_options o = { .kind = kind, .path = place(b, files[kind]) };
	int64_t began = bench_us();
	struct steps steps = { .last = 0 };
	struct progress progress = { note_time, &steps };
	struct import_watch watch = { .progress = &progress };
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im = import_open(s, &o, NULL, &err);

	bench_need(im, files[kind], &err);
	bench_need(import_run(im, &watch, &result, &err), files[kind], &err);
	if (result.counts.refused)
		bench_die(files[kind], "lines were refused");
	*rows = result.lines;
	if (*result.backup)
		unlink(result.backup);
	import_close(im);
	if (steps.longest > *longest)
		*longest = steps.longest;
	return steps.last - began - result.backup_milliseconds * 1000;
}

static void make_company(struct bench *b, struct session *s)
{
	struct err err = ERR_INIT;
	struct company c;

	bench_need(company_suggest("BF", &c, &err), "company", &err);
	snprintf(c.name, sizeof(c.name), "Bench");
	bench_need(companies_add(s, &c, &err), "company", &err);
	b->company_id = s->company.id;
}

static struct session *open_session(struct bench *b)
{
	struct session_options o = { .store = b->path, .origin = ORIGIN_COMMAND };
	struct err err = ERR_INIT;
	struct session *s;

	o.clock = clock_system();
	s = session_open(&o, &err);
	bench_need(s, "store", &err);
	return s;
}

/* --- the bare loop --- */

struct copy {
	const char *table;
	sqlite3_stmt *from;
	sqlite3_stmt *to;
	int n;
	sqlite3_value *values[BATCH][COLUMNS];
	struct search_entry entries[BATCH];
	bool end;   /* a finished query would begin again */
	int64_t us; /* inserting, without the reading */
};

static sqlite3_stmt *prepare_copy(sqlite3 *to, const char *table, int n)
{
	char sql[256];
	int len = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (?1", table);

	for (int i = 2; i <= n; i++)
		len += snprintf(sql + len, sizeof(sql) - (size_t)len, ", ?%d", i);
	snprintf(sql + len, sizeof(sql) - (size_t)len, ")");
	return bench_prepare(to, sql);
}

static void open_copy(
	struct copy *c, sqlite3 *from, sqlite3 *to, const char *table, const char *order)
{
	char sql[128];

	memset(c, 0, sizeof(*c));
	c->table = table;
	snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY %s", table, order);
	c->from = bench_prepare(from, sql);
	c->n = sqlite3_column_count(c->from);
	c->to = prepare_copy(to, table, c->n);
}

static int read_rows(struct copy *c)
{
	int rows = 0;

	while (rows < BATCH && !c->end) {
		c->end = sqlite3_step(c->from) != SQLITE_ROW;
		if (c->end)
			break;
		for (int i = 0; i < c->n; i++)
			c->values[rows][i] = sqlite3_value_dup(sqlite3_column_value(c->from, i));
		rows++;
	}
	return rows;
}

static void put_row(struct copy *c, int row)
{
	for (int i = 0; i < c->n; i++)
		sqlite3_bind_value(c->to, i + 1, c->values[row][i]);
	if (sqlite3_step(c->to) != SQLITE_DONE)
		bench_die(c->table, sqlite3_errmsg(sqlite3_db_handle(c->to)));
	sqlite3_reset(c->to);
}

static void free_rows(struct copy *c, int rows)
{
	for (int r = 0; r < rows; r++)
		for (int i = 0; i < c->n; i++)
			sqlite3_value_free(c->values[r][i]);
}

static void close_copy(struct copy *c)
{
	sqlite3_finalize(c->from);
	sqlite3_finalize(c->to);
}

static int64_t copy_table(sqlite3 *from, sqlite3 *to, const char *table, const char *order)
{
	static struct copy c;
	int rows;

	open_copy(&c, from, to, table, order);
	while ((rows = read_rows(&c)) > 0) {
		int64_t began = bench_us();

		bench_exec(to, "BEGIN IMMEDIATE");
		for (int r = 0; r < rows; r++)
			put_row(&c, r);
		bench_exec(to, "COMMIT");
		c.us += bench_us() - began;
		free_rows(&c, rows);
	}
	close_copy(&c);
	return c.us;
}

static const char *text_of(const struct copy *c, int row, const char *column)
{
	for (int i = 0; i < c->n; i++)
		if (!strcmp(sqlite3_column_name(c->from, i), column)) {
			const char *s = (const char *)sqlite3_value_text(c->values[row][i]);

			return s ? s : "";
		}
	bench_die(column, "no such column");
}

static void make_entry(struct copy *c, int row)
{
	struct customer customer = CUSTOMER_INIT;

	customer.account_key = text_of(c, row, "account_key");
	customer.name = text_of(c, row, "name");
	customer.first_name = text_of(c, row, "first_name");
	customer.firm = text_of(c, row, "firm");
	customer.email = text_of(c, row, "email");
	customer.email_key = text_of(c, row, "email_key");
	customer.phone = text_of(c, row, "phone");
	customer.phone_e164 = text_of(c, row, "phone_e164");
	c->entries[row] = (struct search_entry)SEARCH_ENTRY_INIT;
	search_entry_customer(&c->entries[row], &customer);
}

static void put_entry(sqlite3_stmt *word, sqlite3_stmt *part, struct copy *c, int row)
{
	const struct search_entry *e = &c->entries[row];

	sqlite3_bind_value(word, 1, c->values[row][0]);
	sqlite3_bind_text(word, 2, e->name.buf, (int)e->name.len, SQLITE_STATIC);
	sqlite3_bind_text(word, 3, e->contact.buf, (int)e->contact.len, SQLITE_STATIC);
	sqlite3_bind_value(part, 1, c->values[row][0]);
	sqlite3_bind_text(part, 2, e->part.buf, (int)e->part.len, SQLITE_STATIC);
	if (sqlite3_step(word) != SQLITE_DONE || sqlite3_step(part) != SQLITE_DONE)
		bench_die("search", sqlite3_errmsg(sqlite3_db_handle(word)));
	sqlite3_reset(word);
	sqlite3_reset(part);
}

/* A customer, its first score, its words: what an import writes of each. */
static int64_t copy_customers(sqlite3 *from, sqlite3 *to)
{
	static struct copy c, score;
	sqlite3_stmt *word = bench_prepare(
		to, "INSERT INTO search_word (rowid, name, contact) VALUES (?1, ?2, ?3)");
	sqlite3_stmt *part =
		bench_prepare(to, "INSERT INTO search_part (rowid, text) VALUES (?1, ?2)");
	int rows;

	open_copy(&c, from, to, "customer", "id");
	open_copy(&score, from, to, "customer_score", "company_id, customer_id");
	while ((rows = read_rows(&c)) > 0) {
		int64_t began;

		if (read_rows(&score) != rows)
			bench_die("customer_score", "not one for each customer");
		for (int r = 0; r < rows; r++)
			make_entry(&c, r);
		began = bench_us();
		bench_exec(to, "BEGIN IMMEDIATE");
		for (int r = 0; r < rows; r++) {
			put_row(&c, r);
			put_row(&score, r);
			put_entry(word, part, &c, r);
		}
		bench_exec(to, "COMMIT");
		c.us += bench_us() - began;
		for (int r = 0; r < rows; r++)
			search_entry_release(&c.entries[r]);
		free_rows(&c, rows);
		free_rows(&score, rows);
	}
	close_copy(&c);
	close_copy(&score);
	sqlite3_finalize(word);
	sqlite3_finalize(part);
	return c.us;
}

/* A second store with nothing but the company. */
static sqlite3 *open_bare(const struct bench *b, char *path, size_t size)
{
	struct bench bare = *b;
	struct err err = ERR_INIT;
	struct db *db;
	sqlite3 *raw;
	char attach[700];

	snprintf(path, size, "%.480s-bare", b->path);
	unlink(path);
	db = db_open(path, DB_CREATE, &err);
	bench_need(db, "bare store", &err);
	db_close(db);
	snprintf(bare.path, sizeof(bare.path), "%s", path);
	raw = bench_open(&bare);
	snprintf(attach, sizeof(attach),
		"ATTACH '%s' AS other; INSERT INTO company SELECT * FROM other.company; DETACH "
		"other",
		b->path);
	bench_exec(raw, attach);
	return raw;
}

static void report(const char *what, int64_t us, int64_t rows, int64_t bare)
{
	bench_line(what, us, bare, LIMIT);
	printf("    %lld rows, %lld rows/s\n", (long long)rows,
		(long long)(rows * 1000000 / (us ? us : 1)));
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	struct session *s;
	int64_t us[IMPORT_KINDS], rows[IMPORT_KINDS], bare[IMPORT_KINDS];
	sqlite3 *from, *to;
	struct bench b;
	char path[512];
	int64_t longest = 0;
	long peak[2];

	bench_args(&b, argc, argv);
	bench_need(crypt_init(&err), "crypt", &err);
	bench_empty(&b);
	write_files(&b);
	s = open_session(&b);
	make_company(&b, s);
	us[0] = import_one(&b, s, IMPORT_CUSTOMERS, &rows[0], &longest);
	peak[0] = bench_peak_kb();
	us[1] = import_one(&b, s, IMPORT_INVOICES, &rows[1], &longest);
	us[2] = import_one(&b, s, IMPORT_PAYMENTS, &rows[2], &longest);
	peak[1] = bench_peak_kb();
	session_close(s);
	from = bench_open(&b);
	to = open_bare(&b, path, sizeof(path));
	bare[0] = copy_customers(from, to) + copy_table(from, to, "consent_event", "id");
	bare[1] = copy_table(from, to, "invoice", "id");
	bare[2] = copy_table(from, to, "payment", "id");
	report("import customers", us[0], rows[0], bare[0]);
	report("import invoices", us[1], rows[1], bare[1]);
	report("import payments", us[2], rows[2], bare[2]);
	printf("    longest transaction with its checkpoint: %.1f ms\n", (double)longest / 1000);
	printf("    most memory: %ld kB after customers, %ld kB in the end\n", peak[0], peak[1]);
	sqlite3_close(from);
	sqlite3_close(to);
	unlink(path);
	for (int k = 0; k < IMPORT_KINDS && !b.keep; k++)
		unlink(place(&b, files[k]));
	rmdir(place(&b, "backups"));
	bench_end(&b);
	return 0;
}
