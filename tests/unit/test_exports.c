/* What leaves as a file, and that it comes in again as it was. */
#include "own_store.h"

#include "arena.h"
#include "crypt.h"
#include "date.h"
#include "db.h"
#include "exports.h"
#include "imports.h"
#include "rows.h"
#include "stmt.h"
#include "tasks.h"

static struct test_store store;
static struct session *s;
static struct arena arena;

static int open_store(void **state)
{
	(void)state;
	test_store_make(&store);
	s = test_store_open(&store, "FR", NULL);
	arena = (struct arena)ARENA_INIT;
	setenv("HOME", store.folder, 1);
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	session_close(s);
	arena_release(&arena);
	test_store_remove(&store);
	return 0;
}

static char *as_it_is(const char *text)
{
	return (char *)(uintptr_t)text;
}

static int64_t import_path(enum import_kind kind, const char *path, struct import_counts *counts)
{
	struct import_options o = { .kind = kind, .path = path };
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im = import_open(s, &o, NULL, &err);

	if (!im || !import_run(im, NULL, &result, &err))
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	import_close(im);
	*counts = result.counts;
	return result.id;
}

static int64_t import_data(enum import_kind kind, const char *data)
{
	const char *path = arena_printf(&arena, "%s/in.csv", store.folder);
	struct import_counts counts;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(data, f);
	fclose(f);
	return import_path(kind, path, &counts);
}

static void have_data(void)
{
	import_data(IMPORT_CUSTOMERS,
		"Code tiers;Nom;Prénom;Téléphone;E-mail;Ville;Date de naissance;Opt-in SMS\n"
		"C1;Lefèvre;Zoé;06 12 34 56 78;zoe@x.fr;Lyon;28/02/1980;oui\n"
		"C2;=Garage; ;;;;;non\n");
	import_data(IMPORT_INVOICES,
		"N° facture;Code tiers;Date;Échéance;Total TTC\n"
		"F1;C1;01/10/2026;15/10/2026;1234,50\nF2;C1;02/10/2026;;10,00\n"
		"A1;C1;03/10/2026;;-10,00\n");
	import_data(IMPORT_PAYMENTS, "Facture;Date règlement;Montant\nF1;05/10/2026;34,50\n");
}

/* The rows of a file, cells between bars. */
static const char *read_rows(const char *path)
{
	struct strbuf out = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct rows *rows = rows_open_file(path, NULL, &err);
	const char *text;
	struct row row;

	if (!rows)
		fail_msg("%s: %s", path, err_name(err.code));
	while (rows_next(rows, &row, &err) == ROW_OK) {
		for (size_t i = 0; i < row.n; i++)
			strbuf_addf(&out, "%s%s", i ? "|" : "", row.cells[i].text);
		strbuf_addc(&out, '\n');
	}
	rows_close(rows);
	text = arena_strdup(&arena, out.buf);
	strbuf_release(&out);
	return text;
}

static const char *read_file(const char *path)
{
	char *buf = arena_zalloc(&arena, 1, 65536);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(buf, 1, 65535, f) < 65535);
	fclose(f);
	return buf;
}

static struct export_result must_export(const struct export_options *o)
{
	struct export_result result;
	struct err err = ERR_INIT;

	if (!export_run(s, o, NULL, &arena, &result, &err))
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	return result;
}

static struct export_options options(enum export_what what, const char *columns)
{
	struct export_options o = {
		.what = what,
		.columns = columns,
		.language = LANG_FR,
		.translate = as_it_is,
	};

	return o;
}

static int64_t number(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(s->db, sql);
	int64_t n;

	if (!stmt_number(q, -1, &n, &err))
		fail_msg("%s: %s", sql, err.detail);
	stmt_free(q);
	return n;
}

static void export__customers__chosen_columns(void **state)
{
	struct export_options o = options(EXPORT_CUSTOMERS, "code,name,city,ok_sms,revenue");
	struct export_result r;

	(void)state;
	have_data();
	r = must_export(&o);
	assert_int_equal(r.rows, 2);
	assert_string_equal(read_rows(r.path),
		"Customer code|Name|City|Agrees to SMS|Invoiced total\n"
		"C1|Lefèvre|Lyon|Granted|1234,50\n"
		"C2|=Garage||Refused|0,00\n");
	/* A spreadsheet must not calculate what somebody is called. */
	assert_non_null(strstr(read_file(r.path), ";'=Garage;"));
	assert_int_equal(number("SELECT count(*) FROM audit WHERE action = 'export'"), 1);
}

static void export__path__is_a_free_name_in_the_exchange_folder(void **state)
{
	struct export_options o = options(EXPORT_CUSTOMERS, "name");
	struct strbuf first = STRBUF_INIT;
	struct export_result r;

	(void)state;
	have_data();
	strbuf_addf(&first, "%s/ecompta/clients-", store.folder);
	date_add_iso(&first, session_today(s));
	r = must_export(&o);
	assert_string_equal(r.path, arena_printf(&arena, "%s.csv", first.buf));
	r = must_export(&o);
	assert_string_equal(r.path, arena_printf(&arena, "%s-2.csv", first.buf));
	o.format = SHEET_XLSX;
	r = must_export(&o);
	assert_string_equal(r.path, arena_printf(&arena, "%s.xlsx", first.buf));
	assert_string_equal(read_rows(r.path), "Name\nLefèvre\n=Garage\n");
	strbuf_release(&first);
}

static void export__customers__a_filter_leaves_the_others_out(void **state)
{
	struct export_options o = options(EXPORT_INVOICES, "number");
	struct filter_error error;

	(void)state;
	have_data();
	assert_true(filter_parse(&arena, "city=Lyon", &o.filter, &error));
	assert_int_equal(must_export(&o).rows, 3);
	assert_true(filter_parse(&arena, "-city=Lyon", &o.filter, &error));
	assert_int_equal(must_export(&o).rows, 0);
	o.what = EXPORT_CUSTOMERS;
	o.columns = NULL;
	assert_int_equal(must_export(&o).rows, 1);
}

static void export__columns__unknown_one_is_refused(void **state)
{
	struct export_options o = options(EXPORT_CUSTOMERS, "name,shoe_size");
	struct export_result r;
	struct err err = ERR_INIT;

	(void)state;
	assert_false(export_run(s, &o, NULL, &arena, &r, &err));
	assert_int_equal(err.code, ERR_EXPORT_COLUMN);
	assert_string_equal(err.subject, "shoe_size");
}

static void export__invoices__what_is_owed(void **state)
{
	struct export_options o =
		options(EXPORT_INVOICES, "number,type,customer,issued,due,total,open");
	struct export_result r;

	(void)state;
	have_data();
	r = must_export(&o);
	assert_string_equal(read_rows(r.path),
		"Invoice number|Invoice or credit note|Customer code|Invoice date|Due date|"
		"Total with tax|Still owed\n"
		"A1|Credit note|C1|2026-10-03|2026-11-02|-10,00|0,00\n"
		"F2|Invoice|C1|2026-10-02|2026-11-01|10,00|10,00\n"
		"F1|Invoice|C1|2026-10-01|2026-10-15|1234,50|1200,00\n");
}

static void export__json__ids_are_strings_and_amounts_numbers(void **state)
{
	struct export_options o = options(EXPORT_PAYMENTS, "id,invoice,day,amount");
	const char *expected;
	struct export_result r;

	(void)state;
	have_data();
	o.format = SHEET_JSON;
	r = must_export(&o);
	expected = arena_printf(&arena,
		"\"id\":\"%lld\",\"invoice\":\"F1\",\"day\":\"2026-10-05\","
		"\"amount\":34.50",
		(long long)number("SELECT id FROM payment"));
	assert_non_null(strstr(read_file(r.path), expected));
}

static void export__tasks__open_and_done(void **state)
{
	struct export_options o = options(EXPORT_TASKS, "customer,kind,due,time,note,done,outcome");
	struct task task = { .kind = TASK_CALL, .due_day = 20800, .due_minute = 570 };
	struct err err = ERR_INIT;

	(void)state;
	have_data();
	task.customer_id = number("SELECT id FROM customer WHERE account_key = 'C1'");
	task.owner = "";
	task.note = "Rappeler; urgent";
	if (!tasks_add(s, &task, &err))
		fail_msg("%s %s", err_name(err.code), err.detail);
	assert_string_equal(read_rows(must_export(&o).path),
		"Customer code|What|Due on|Time|Note|Done|How the call ended\n"
		"C1|Call|2026-12-13|09:30|Rappeler; urgent|0|\n");
}

/* What was exported is known when it comes back, and changes nothing. */
static void export__customers__come_in_again(void **state)
{
	static const enum sheet_format formats[] = { SHEET_CSV, SHEET_XLSX };

	(void)state;
	have_data();
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		struct export_options o = options(EXPORT_CUSTOMERS, NULL);
		struct import_counts counts;

		o.format = formats[i];
		import_path(IMPORT_CUSTOMERS, must_export(&o).path, &counts);
		assert_int_equal(counts.unchanged, 2);
		assert_int_equal(counts.refused, 0);
		o.what = EXPORT_INVOICES;
		o.columns = "number,customer,issued,total,type";
		import_path(IMPORT_INVOICES, must_export(&o).path, &counts);
		assert_int_equal(counts.unchanged, 3);
		o.what = EXPORT_PAYMENTS;
		o.columns = "invoice,day,amount,reference";
		import_path(IMPORT_PAYMENTS, must_export(&o).path, &counts);
		assert_int_equal(counts.unchanged, 1);
	}
}

static void export__refused__lines_with_their_reason(void **state)
{
	struct export_options o = options(EXPORT_CUSTOMERS, NULL);
	struct export_result r;
	struct import_counts counts;
	struct err err = ERR_INIT;
	int64_t id;

	(void)state;
	id = import_data(IMPORT_CUSTOMERS,
		"Code;Nom;Date de naissance\nC1;Un;31/02/1980\nC2;\"Deux; ou \"\"trois\"\"\";\n"
		"C4;Quatre;;;surplus\nC5;;\n");
	o.path = arena_printf(&arena, "%s/refus.csv", store.folder);
	assert_true(export_refused(s, id, &o, &arena, &r, &err));
	assert_int_equal(r.rows, 3);
	assert_string_equal(read_rows(r.path),
		"Code|Nom|Date de naissance|Line|Why it was refused\n"
		"C1|Un|31/02/1980|2|Birth date “31/02/1980” is a day that does not exist.\n"
		"C4|Quatre|surplus|4|The line has more cells than the header: a separator inside a "
		"value is not quoted (“surplus”).\n"
		"C5|||5|Name is missing.\n");
	import_path(IMPORT_CUSTOMERS, r.path, &counts);
	assert_int_equal(counts.refused, 3);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)
	const struct CMUnitTest tests[] = {
		TEST(export__customers__chosen_columns),
		TEST(export__path__is_a_free_name_in_the_exchange_folder),
		TEST(export__customers__a_filter_leaves_the_others_out),
		TEST(export__columns__unknown_one_is_refused),
		TEST(export__invoices__what_is_owed),
		TEST(export__json__ids_are_strings_and_amounts_numbers),
		TEST(export__tasks__open_and_done),
		TEST(export__customers__come_in_again),
		TEST(export__refused__lines_with_their_reason),
	};
	struct err err = ERR_INIT;

	if (!crypt_init(&err))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
