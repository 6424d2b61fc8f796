/*
 * Imports as a person would do them: a file goes in, and what became of each
 * line is told. Both the dry run and the real one are asked each time: they must
 * say the same.
 */
#include "own_store.h"

#include "arena.h"
#include "crypt.h"
#include "db.h"
#include "import_reason.h"
#include "imports.h"
#include "lease.h"
#include "stmt.h"

static struct test_store store;
static struct session *s;
static struct arena arena;

/* What was told of the lines: "3 NO_SUCH_DAY issued=31/02/2026\n". */
static struct strbuf told;

static int open_in(const char *country)
{
	test_store_make(&store);
	s = test_store_open(&store, country, NULL);
	arena = (struct arena)ARENA_INIT;
	strbuf_init(&told, 0);
	return 0;
}

static int open_bf(void **state)
{
	(void)state;
	return open_in("BF");
}

static int open_fr(void **state)
{
	(void)state;
	return open_in("FR");
}

static int open_ci(void **state)
{
	(void)state;
	return open_in("CI");
}

static int close_store(void **state)
{
	(void)state;
	session_close(s);
	arena_release(&arena);
	strbuf_release(&told);
	test_store_remove(&store);
	return 0;
}

/* --- helpers --- */

static const char *write_file(const char *name, const void *data, size_t len)
{
	const char *path = arena_printf(&arena, "%s/%s", store.folder, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	fclose(f);
	return path;
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

static const char *text(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(s->db, sql);
	const char *out = "";

	if (stmt_step(q, &err) == STEP_ROW)
		out = col_dup(q, 0, &arena);
	stmt_free(q);
	return out;
}

static void tell(void *data, const struct import_refusal *r)
{
	(void)data;
	assert_string_not_equal(import_reason_sentence(r->reason), "");
	strbuf_addf(&told, "%s%lld %s", r->refused ? "" : "remark ", (long long)r->line, r->reason);
	if (*r->field)
		strbuf_addf(&told, " %s=%s", r->field, r->value);
	strbuf_addc(&told, '\n');
}

static struct import *must_open(const struct import_options *o)
{
	struct err err = ERR_INIT;
	struct import *im = import_open(s, o, NULL, &err);

	if (!im)
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	return im;
}

static struct import_result must_run(struct import *im, bool dry)
{
	const struct import_watch watch = { .refused = tell };
	struct import_result result;
	struct err err = ERR_INIT;

	strbuf_clear(&told);
	if (!(dry ? import_check(im, &watch, &result, &err)
		  : import_run(im, &watch, &result, &err)))
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	return result;
}

static void check_counts(const struct import_counts *c, int64_t created, int64_t changed,
	int64_t unchanged, int64_t refused)
{
	assert_int_equal(c->created, created);
	assert_int_equal(c->changed, changed);
	assert_int_equal(c->unchanged, unchanged);
	assert_int_equal(c->refused, refused);
}

/* A dry run, then the real one: both tell `expected`, and count the same. */
static struct import_result do_import(const struct import_options *o, const char *expected)
{
	struct import *im = must_open(o);
	struct import_result dry = must_run(im, true), real;

	assert_string_equal(told.buf, expected);
	real = must_run(im, false);
	assert_string_equal(told.buf, expected);
	check_counts(&real.counts, dry.counts.created, dry.counts.changed, dry.counts.unchanged,
		dry.counts.refused);
	assert_int_equal(real.counts.customers, dry.counts.customers);
	import_close(im);
	return real;
}

static struct import_result import_text(
	enum import_kind kind, const char *data, const char *expected)
{
	struct import_options o = { .kind = kind,
		.path = write_file("in.csv", data, strlen(data)) };

	return do_import(&o, expected);
}

static void import_clean(enum import_kind kind, const char *data, int64_t created)
{
	struct import_result r = import_text(kind, data, "");

	check_counts(&r.counts, created, 0, 0, 0);
}

#define CUSTOMERS "Code tiers;Raison sociale;Prénom;Téléphone;E-mail;Ville\n"
#define INVOICES "N° facture;Code tiers;Date;Échéance;Total TTC\n"
#define PAYMENTS "Facture n°;Date règlement;Montant;Référence\n"

static void have_customers(void)
{
	import_clean(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Kabré;Awa;76 00 11 22;awa@faso.bf;Bobo\n"
			  "C2;Ets Nikiéma;;25 30 61 18;;Ouagadougou\n",
		2);
}

static void have_invoices(void)
{
	have_customers();
	import_clean(IMPORT_INVOICES,
		INVOICES "F1;C1;01/10/2026;31/10/2026;100 000\nF2;C2;02/10/2026;;50 000\n", 2);
}

/* --- customers --- */

static void import__customers__makes_them_with_their_keys(void **state)
{
	(void)state;
	have_customers();
	assert_int_equal(number("SELECT count(*) FROM customer"), 2);
	assert_string_equal(text("SELECT phone_e164 || ' ' || email_key || ' ' || kind FROM "
				 "customer WHERE account_key = 'C1'"),
		"+22676001122 awa@faso.bf PERSON");
	assert_string_equal(text("SELECT kind FROM customer WHERE account_key = 'C2'"), "FIRM");
	assert_int_equal(number("SELECT value FROM counter WHERE name = 'customers'"), 2);
	assert_int_equal(number("SELECT count(*) FROM customer_score"), 2);
	assert_int_equal(number("SELECT count(*) FROM audit WHERE action LIKE 'import.%'"), 2);
}

static void import__customers__same_file_again_changes_nothing(void **state)
{
	const char *data = CUSTOMERS "C1;Kabré;Awa;76 00 11 22;awa@faso.bf;Bobo\n"
				     ";Zongo;Issa;70 00 00 01;;\n;Sans Adresse;;;;\n";
	struct import_result r;

	(void)state;
	import_clean(IMPORT_CUSTOMERS, data, 3);
	r = import_text(IMPORT_CUSTOMERS, data, "");
	check_counts(&r.counts, 0, 0, 3, 0);
	assert_int_equal(number("SELECT max(revision) FROM customer"), 1);
}

static void import__customers__a_filled_cell_changes_an_empty_one_does_not(void **state)
{
	struct import_result r;

	(void)state;
	have_customers();
	r = import_text(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Kabré;;;awa@gmail.com;\nC2;Ets Nikiéma;;25306118;;\n", "");
	check_counts(&r.counts, 0, 1, 1, 0);
	assert_string_equal(
		text("SELECT first_name || ' ' || phone || ' ' || email_key || ' ' || city FROM "
		     "customer WHERE account_key = 'C1'"),
		"Awa 76 00 11 22 awa@gmail.com Bobo");
	assert_string_equal(
		text("SELECT phone FROM customer WHERE account_key = 'C2'"), "25 30 61 18");
}

static void import__customers__two_numbers(void **state)
{
	const char *data = "Code;Nom;Téléphone;Portable\n"
			   "C1;Un;25 30 61 18;70 11 22 33\n"
			   "C2;Deux;25 30 61 19;\n"
			   "C3;Trois;25 30 61 20;pas un numéro\n"
			   "C4;Quatre;70 11 22 44;70 11 22 44\n";
	struct import_result r;

	(void)state;
	import_clean(IMPORT_CUSTOMERS, "Code;Nom;Téléphone\nC2;Deux;25 30 61 19\n", 1);
	r = import_text(IMPORT_CUSTOMERS, data, "remark 4 BAD_PHONE mobile=pas un numéro\n");
	check_counts(&r.counts, 3, 0, 1, 0);
	assert_string_equal(
		text("SELECT group_concat(account_key || phone_e164, ' ') FROM (SELECT * "
		     "FROM customer ORDER BY account_key)"),
		"C1+22670112233 C2+22625306119 C3+22625306120 C4+22670112244");
	assert_string_equal(
		text("SELECT group_concat(kind || value) FROM contact"), "PHONE+22625306118");
	r = import_text(IMPORT_CUSTOMERS,
		"Code;Nom;Téléphone;Portable\n"
		"C1;Un;25 30 61 18;70 11 22 33\n"
		"C2;Deux;25 30 61 19;70 99 99 99\n",
		"");
	check_counts(&r.counts, 0, 1, 1, 0);
	assert_int_equal(number("SELECT count(*) FROM contact"), 2);
}

/* What somebody corrected in the program since is not undone by the same line. */
static void import__customers__the_same_line_leaves_corrections_alone(void **state)
{
	const char *data = CUSTOMERS "C1;Kabré;Awa;76 00 11 22;;\nC2;Zongo;;70 00 00 01;;\n";
	const char *later = CUSTOMERS "C1;Kabré;Awa;76 00 11 22;;\nC2;Zongo;;70 00 00 01;;Bobo\n";
	struct import_result r;
	struct err err = ERR_INIT;
	struct stmt *q;

	(void)state;
	import_clean(IMPORT_CUSTOMERS, data, 2);
	q = stmt_make(s->db, "UPDATE customer SET phone = '70 99 99 99', phone_e164 = "
			     "'+22670999999', revision = 2 WHERE account_key = 'C1'");
	assert_true(stmt_run(q, &err));
	stmt_free(q);
	r = import_text(IMPORT_CUSTOMERS, later, "");
	check_counts(&r.counts, 0, 1, 1, 0);
	assert_string_equal(
		text("SELECT phone_e164 FROM customer WHERE account_key = 'C1'"), "+22670999999");
}

static void import__customers__a_code_takes_over_who_was_typed_by_hand(void **state)
{
	struct import_result r;

	(void)state;
	import_clean(IMPORT_CUSTOMERS, CUSTOMERS ";Kabré;Awa;76 00 11 22;;\n", 1);
	r = import_text(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;KABRE;Awa;+226 76 00 11 22;;\nC9;Zongo;;76 00 11 22;;\n", "");
	check_counts(&r.counts, 1, 1, 0, 0);
	assert_int_equal(number("SELECT count(*) FROM customer"), 2);
	assert_string_equal(text("SELECT account_key FROM customer ORDER BY id"), "C1");
}

static void import__customers__one_twice_in_a_file(void **state)
{
	struct import_result r;

	(void)state;
	r = import_text(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Kabré;;;;\nC1;Kabré;;;;\nC1;Autre;;;;\n;Zongo;;70 00 00 01;;\n"
			  ";Zongo;;70 00 00 01;;Bobo\n",
		"4 REPEATED code=C1\n6 REPEATED code=Zongo\n");
	check_counts(&r.counts, 2, 0, 1, 2);
}

static void import__customers__bad_values_have_their_line_and_reason(void **state)
{
	struct import_result r;

	(void)state;
	r = import_text(IMPORT_CUSTOMERS,
		"Code;Nom;Téléphone;E-mail;Date de naissance;Opt-in SMS;Pays\n"
		"C1;Abc;2,267E+10;;;;\n"
		"C2;Abd;12;pas une adresse;;;\n"
		"C3;;;;;;\n"
		"C4;Abe;;;31/02/1980;;\n"
		"C5;Abf;;;01/02/80;;\n"
		"C6;Abg;;;hier;;\n"
		"C7;Abh;;;01/01/1850;;\n"
		"C8;Abi;;;01/01/2027;;\n"
		"C9;Abj;;;;peut-être;\n"
		"C10;Abk;;;;;Atlantide\n"
		"C11\n"
		"C12;Abl;;;;;;;débordé\n",
		"remark 2 PHONE_SCIENTIFIC phone=2,267E+10\n"
		"remark 3 BAD_EMAIL email=pas une adresse\n"
		"remark 3 BAD_PHONE phone=12\n"
		"4 MISSING name=\n"
		"5 NO_SUCH_DAY birth-date=31/02/1980\n"
		"6 SHORT_YEAR birth-date=01/02/80\n"
		"7 BAD_DATE birth-date=hier\n"
		"8 FAR_DATE birth-date=01/01/1850\n"
		"9 FUTURE_BIRTH birth-date=01/01/2027\n"
		"10 BAD_YES_NO ok-sms=peut-être\n"
		"remark 11 UNKNOWN_WORD country=Atlantide\n"
		"12 LINE_TOO_SHORT name=\n"
		"13 TOO_MANY_CELLS\n");
	check_counts(&r.counts, 3, 0, 0, 9);
	assert_int_equal(r.counts.remarks, 4);
	assert_string_equal(text("SELECT phone || '|' || ifnull(phone_e164, '') FROM customer "
				 "WHERE account_key = 'C1'"),
		"2,267E+10|");
	assert_int_equal(number("SELECT count(*) FROM import_refusal WHERE refused"), 9);
	assert_string_equal(
		text("SELECT raw FROM import_refusal WHERE line = 13"), "C12,Abl,,,,,,,débordé");
}

/* In Côte d'Ivoire the 0 belongs to the number, in France a number is whole without. */
static void import__customers__a_lost_zero_is_told_where_numbers_have_one(void **state)
{
	(void)state;
	import_text(IMPORT_CUSTOMERS,
		"Nom;Téléphone\nKouassi;707123456\nYao;07 07 12 34 57\nKoné;+33 612345678\n",
		"remark 2 PHONE_LOST_ZERO phone=707123456\n");
	assert_string_equal(text("SELECT group_concat(ifnull(phone_e164, '-'), ' ') FROM (SELECT * "
				 "FROM customer ORDER BY id)"),
		"- +2250707123457 +33612345678");
}

/* --- consents --- */

#define CONSENTED "Code;Nom;E-mail;Téléphone;Opt-in;Opt-in SMS;Opt-in e-mail\n"
/* Two bits a subject: marketing, e-mail, SMS. */
#define STATES                                                                                     \
	"SELECT (consents >> 2 & 3) || ' ' || (consents >> 4 & 3) || ' ' || (consents >> 6 & 3) "  \
	"FROM customer WHERE account_key = 'C1'"

static void import__consents__never_lift_a_refusal(void **state)
{
	struct import_result r;

	(void)state;
	import_clean(IMPORT_CUSTOMERS, CONSENTED "C1;Kabré;a@b.bf;;oui;non;\n", 1);
	assert_string_equal(text(STATES), "1 0 2");
	r = import_text(IMPORT_CUSTOMERS, CONSENTED "C1;Kabré;a@b.bf;;non;oui;oui\n",
		"remark 2 REFUSAL_STANDS ok-sms=\n");
	check_counts(&r.counts, 0, 1, 0, 0);
	assert_string_equal(text(STATES), "2 1 2");
	assert_int_equal(number("SELECT count(*) FROM consent_event"), 2);
	assert_int_equal(number("SELECT count(*) FROM consent_event WHERE source <> 'IMPORT'"), 0);
}

static struct import_options existing(const char *data)
{
	struct import_options o = {
		.kind = IMPORT_CUSTOMERS,
		.path = write_file("in.csv", data, strlen(data)),
		.existing_customers = true,
		.collected_at_sale = true,
		.similar_goods = true,
		.told_they_may_refuse = true,
	};

	return o;
}

static void import__consents__existing_customers_only_fill_what_is_unknown(void **state)
{
	struct import_options o = existing(CONSENTED "C1;Lefèvre;a@b.fr;0612345678;;non;\n");

	(void)state;
	do_import(&o, "");
	assert_string_equal(text(STATES), "1 1 2");
	assert_string_equal(
		text("SELECT group_concat(basis || ':' || granted || ':' || refused, ' ') FROM "
		     "(SELECT * FROM consent_event ORDER BY id)"),
		":0:8 EXISTING_CUSTOMER:7:0");
}

static void import__consents__existing_customers_need_three_ticks(void **state)
{
	for (int missing = 0; missing < 3; missing++) {
		struct import_options o = existing(CONSENTED "C1;Lefèvre;a@b.fr;;;;\n");
		struct import_result result;
		struct err err = ERR_INIT;
		struct import *im;

		(void)state;
		o.collected_at_sale = missing != 0;
		o.similar_goods = missing != 1;
		o.told_they_may_refuse = missing != 2;
		im = must_open(&o);
		assert_false(import_check(im, NULL, &result, &err));
		assert_int_equal(err.code, ERR_IMPORT_TICKS);
		err_clear(&err);
		assert_false(import_run(im, NULL, &result, &err));
		assert_int_equal(err.code, ERR_IMPORT_TICKS);
		import_close(im);
	}
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
}

static void import__consents__burkina_asks_for_consent_first(void **state)
{
	struct import_options o = existing(CONSENTED "C1;Kabré;a@b.bf;;;;\n");
	struct import *im = must_open(&o);
	struct import_result result;
	struct err err = ERR_INIT;

	(void)state;
	assert_false(import_run(im, NULL, &result, &err));
	assert_int_equal(err.code, ERR_IMPORT_LAW);
	import_close(im);
}

/* --- invoices --- */

static void import__invoices__make_documents_and_scores(void **state)
{
	(void)state;
	have_invoices();
	assert_int_equal(number("SELECT sum(total) FROM invoice"), 150000);
	assert_int_equal(number("SELECT count(*) FROM invoice WHERE due IS NULL"), 1);
	assert_int_equal(number("SELECT revenue FROM customer_score JOIN customer ON id = "
				"customer_id WHERE account_key = 'C1'"),
		100000);
}

static void import__invoices__bad_values_have_their_line_and_reason(void **state)
{
	struct import_result r;

	(void)state;
	have_customers();
	r = import_text(IMPORT_INVOICES,
		INVOICES "F1;C1;31/02/2026;;100\n"
			 "F2;C1;01/10/26;;100\n"
			 "F3;C1;01/10/2026;;1e9\n"
			 "F4;C1;01/10/2026;;12,50\n"
			 "F5;C1;01/10/2026;;1 234,50,7\n"
			 "F6;C9;01/10/2026;;100\n"
			 ";C1;01/10/2026;;100\n"
			 "F7;;01/10/2026;;100\n"
			 "F8;C1;;;100\n"
			 "F9;C1;01/10/2026;;\n"
			 "F10;C1;01/10/2026;;cent\n"
			 "F11;C1;01/10/2026;;99999999999999999999\n"
			 "F12;C1;01/10/2026;;100 €\n"
			 "F13;C1;01/10/2026\n"
			 "F14;C1;01/10/2026;;1 234,00\n",
		"2 NO_SUCH_DAY issued=31/02/2026\n"
		"3 SHORT_YEAR issued=01/10/26\n"
		"4 EXPONENT total=1e9\n"
		"5 TOO_MANY_DECIMALS total=12,50\n"
		"6 BAD_GROUPING total=1 234,50,7\n"
		"7 UNKNOWN_CUSTOMER customer=C9\n"
		"8 MISSING number=\n"
		"9 MISSING customer=\n"
		"10 MISSING issued=\n"
		"11 MISSING total=\n"
		"12 BAD_AMOUNT total=cent\n"
		"13 AMOUNT_TOO_LARGE total=99999999999999999999\n"
		"14 OTHER_CURRENCY total=100 €\n"
		"15 LINE_TOO_SHORT total=\n");
	check_counts(&r.counts, 1, 0, 0, 14);
	assert_int_equal(number("SELECT total FROM invoice"), 1234);
}

static void import__invoices__an_invoice_does_not_change(void **state)
{
	struct import_result r;

	(void)state;
	have_invoices();
	r = import_text(IMPORT_INVOICES,
		INVOICES "F1;C1;01/10/2026;31/10/2026;100 000\n"
			 "F1;C2;01/10/2026;31/10/2026;100 000\n"
			 "F1;C1;02/10/2026;31/10/2026;100 000\n"
			 "F1;C1;01/10/2026;31/10/2026;100 001\n"
			 "F2;C2;02/10/2026;15/11/2026;50 000\n"
			 "F2;C2;02/10/2026;16/11/2026;50 000\n"
			 "F3;C1;01/10/2026;;1\n"
			 "F3;C1;01/10/2026;;1\n"
			 "F3;C1;01/10/2026;;2\n",
		"3 INVOICE_CUSTOMER_CHANGED number=F1\n"
		"4 INVOICE_DAY_CHANGED number=F1\n"
		"5 INVOICE_TOTAL_CHANGED number=F1\n"
		"7 NUMBER_REPEATED number=F2\n"
		"10 NUMBER_REPEATED number=F3\n");
	check_counts(&r.counts, 1, 1, 2, 5);
	assert_string_equal(text("SELECT date(due * 86400, 'unixepoch') FROM invoice WHERE number "
				 "= 'F2'"),
		"2026-11-15");
}

static void import__invoices__credit_notes(void **state)
{
	struct import_result r;

	(void)state;
	have_invoices();
	r = import_text(IMPORT_INVOICES,
		"Numéro;Code tiers;Date;Total TTC;Type;Facture d'origine\n"
		"A1;C1;05/10/2026;40 000;Avoir;F1\n"
		"A2;C1;05/10/2026;-1 000;Avoir;\n"
		"A3;C1;05/10/2026;500;avoir;F99\n"
		"A4;C2;05/10/2026;500;Avoir;F1\n"
		"A5;C2;05/10/2026;500;Devis;\n"
		"F9;C2;05/10/2026;-700;;\n",
		"remark 4 CREDITED_UNKNOWN credits=F99\n"
		"5 CREDITS_OTHER credits=F1\n"
		"6 UNKNOWN_WORD type=Devis\n");
	check_counts(&r.counts, 4, 0, 0, 2);
	assert_string_equal(text("SELECT group_concat(total, ' ') FROM (SELECT total FROM invoice "
				 "WHERE total < 0 ORDER BY id)"),
		"-40000 -1000 -500 -700");
	assert_string_equal(text("SELECT o.number FROM invoice i JOIN invoice o ON o.id = "
				 "i.credits_id WHERE i.number = 'A1'"),
		"F1");
}

static void import__invoices__other_currencies_need_a_rate(void **state)
{
	static const char *const rates[] = { "EUR=655.957" };
	const char *data = "Numéro;Code tiers;Date;Total;Devise;Cours\n"
			   "F1;C1;01/10/2026;100,00;EUR;\n"
			   "F2;C1;01/10/2026;10,50;USD;600,5\n"
			   "F3;C1;01/10/2026;10,50;USD;\n"
			   "F4;C1;01/10/2026;10,50;ZZZ;\n"
			   "F5;C1;01/10/2026;10,50;USD;beaucoup\n"
			   "F6;C1;01/10/2026;7 000;F CFA;\n"
			   "F7;C1;01/10/2026;0,01;€;\n";
	struct import_options o = { .kind = IMPORT_INVOICES, .rates = rates, .n_rates = 1 };
	struct import_result r;

	(void)state;
	have_customers();
	o.path = write_file("in.csv", data, strlen(data));
	r = do_import(&o, "4 NEEDS_RATE rate=USD\n5 UNKNOWN_CURRENCY currency=ZZZ\n"
			  "6 BAD_RATE rate=beaucoup\n");
	check_counts(&r.counts, 4, 0, 0, 3);
	/* 100.00 x 655.957 = 65 595.7; 10.50 x 600.5 = 6 305.25; 0.01 x 655.957 = 6.56 */
	assert_string_equal(
		text("SELECT group_concat(total || '/' || ifnull(original_total, '') || "
		     "ifnull(original_currency, ''), ' ') FROM (SELECT * FROM invoice ORDER BY "
		     "id)"),
		"65596/10000EUR 6305/1050USD 7000/ 7/1EUR");
}

static void import__invoices__customers_by_name(void **state)
{
	(void)state;
	import_clean(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Garage du Progrès;;;;\nC2;Zongo;;;;\nC3;Zongo;;;;\n", 3);
	import_text(IMPORT_INVOICES,
		"Numéro;Client;Date;Total TTC\n"
		"F1;GARAGE DU PROGRES;01/10/2026;100\n"
		"F2;Zongo;01/10/2026;100\n"
		"F3;Personne;01/10/2026;100\n",
		"3 AMBIGUOUS_CUSTOMER customer-name=Zongo\n"
		"4 UNKNOWN_CUSTOMER customer-name=Personne\n");
	assert_int_equal(number("SELECT count(*) FROM invoice"), 1);
}

static void import__invoices__make_customers_and_merge_days(void **state)
{
	static const char *const maps[] = { "customer=1", "issued=2", "total=3" };
	const char *data = "7 20260101 10.50\n7 20260101 1.25\n8 20260101 3\n7 20260102 4\n"
			   "7 20260101 9\n";
	struct import_options o = {
		.kind = IMPORT_INVOICES,
		.delimiter = ' ',
		.header = IMPORT_HEADER_NO,
		.maps = maps,
		.n_maps = 3,
		.merge_same_day = true,
		.create_customers = true,
	};
	struct import_result r;

	(void)state;
	o.path = write_file("in.txt", data, strlen(data));
	r = do_import(&o, "5 NUMBER_REPEATED number=7-20260101\n");
	check_counts(&r.counts, 3, 0, 0, 1);
	assert_int_equal(r.counts.customers, 2);
	assert_int_equal(r.lines, 5);
	assert_string_equal(text("SELECT group_concat(number || '=' || total, ' ') FROM (SELECT * "
				 "FROM invoice ORDER BY id)"),
		"7-20260101=1175 8-20260101=300 7-20260102=400");
	r = do_import(&o, "5 INVOICE_TOTAL_CHANGED number=7-20260101\n");
	check_counts(&r.counts, 0, 0, 3, 1);
}

/* Real purchases, whose sums are known: 2,357 customers, 6,696 days, 244,091.94. */
static void import__invoices__real_purchases(void **state)
{
	static const char *const maps[] = { "customer=1", "issued=3", "total=5" };
	const char *top = getenv("TOP_SRCDIR");
	struct import_options o = {
		.kind = IMPORT_INVOICES,
		.delimiter = ' ',
		.header = IMPORT_HEADER_NO,
		.maps = maps,
		.n_maps = 3,
		.merge_same_day = true,
		.create_customers = true,
	};
	struct import_result r;

	(void)state;
	o.path = arena_printf(&arena, "%s/../shared/data/CDNOW_sample.txt", top ? top : ".");
	if (access(o.path, R_OK))
		skip();
	r = do_import(&o, "");
	check_counts(&r.counts, 6696, 0, 0, 0);
	assert_int_equal(r.counts.customers, 2357);
	assert_int_equal(r.lines, 6919);
	assert_int_equal(number("SELECT count(*) FROM customer"), 2357);
	assert_int_equal(number("SELECT sum(total) FROM invoice"), 24409194);
	assert_string_equal(text("SELECT date(min(issued) * 86400, 'unixepoch') || ' ' || "
				 "date(max(issued) * 86400, 'unixepoch') FROM invoice"),
		"1997-01-01 1998-06-30");
	r = do_import(&o, "");
	check_counts(&r.counts, 0, 0, 6696, 0);
}

/* --- payments --- */

static void import__payments__bad_values_have_their_line_and_reason(void **state)
{
	struct import_result r;

	(void)state;
	have_invoices();
	r = import_text(IMPORT_PAYMENTS,
		PAYMENTS "F1;10/11/2026;60 000;R1\n"
			 "F9;10/11/2026;100;R2\n"
			 "F1;10/11/2026;-3;R3\n"
			 "F1;10/11/2026;0;R4\n"
			 "F1;30/02/2026;100;R5\n"
			 "F1;11/11/2026;60 000;R1\n"
			 "F1;10/11/2026;60 000;R1\n"
			 "F2;10/11/2026;5 000;\n"
			 "F2;10/11/2026;5 000;\n",
		"3 UNKNOWN_INVOICE invoice=F9\n"
		"4 PAYMENT_NOT_POSITIVE amount=-3\n"
		"5 PAYMENT_NOT_POSITIVE amount=0\n"
		"6 NO_SUCH_DAY day=30/02/2026\n"
		"7 REFERENCE_REPEATED reference=R1\n");
	check_counts(&r.counts, 2, 0, 2, 5);
	assert_int_equal(number("SELECT sum(amount) FROM payment"), 65000);
	r = import_text(IMPORT_PAYMENTS, PAYMENTS "F1;10/11/2026;60 001;R1\nF2;10/11/2026;5 000;\n",
		"2 PAYMENT_CHANGED reference=R1\n");
	check_counts(&r.counts, 0, 0, 1, 1);
}

static void import__payments__of_another_customer_are_refused(void **state)
{
	(void)state;
	have_invoices();
	import_text(IMPORT_PAYMENTS,
		"Facture;Code tiers;Date règlement;Montant\n"
		"F1;C2;10/11/2026;100\nF1;C1;10/11/2026;100\n",
		"2 PAYMENT_OTHER_CUSTOMER customer=C2\n");
}

/* --- what is asked --- */

static void import__decimals__undecidable_ones_are_asked(void **state)
{
	const char *data = INVOICES "F1;C1;01/10/2026;;1.234\n";
	struct import_options o = { .kind = IMPORT_INVOICES };
	struct import_question q;
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im;

	(void)state;
	have_customers();
	o.path = write_file("in.csv", data, strlen(data));
	im = must_open(&o);
	assert_true(import_question(im, 0, &q));
	assert_int_equal(q.ask, IMPORT_ASK_DECIMAL);
	assert_string_equal(q.value, "1.234");
	assert_int_equal(q.column, 4);
	assert_false(import_question(im, 1, &q));
	assert_false(import_run(im, NULL, &result, &err));
	assert_int_equal(err.code, ERR_IMPORT_ASK_DECIMAL);
	import_set_decimal(im, ',');
	assert_false(import_question(im, 0, &q));
	result = must_run(im, false);
	assert_int_equal(number("SELECT total FROM invoice"), 1234);
	import_close(im);
}

static void import__decimals__are_decided_by_the_whole_column(void **state)
{
	(void)state;
	have_customers();
	import_clean(IMPORT_INVOICES,
		INVOICES "F1;C1;01/10/2026;;1.234\nF2;C1;01/10/2026;;1.234.567,00\n", 2);
	assert_int_equal(number("SELECT sum(total) FROM invoice"), 1235801);
}

static void import__dates__month_first_is_asked(void **state)
{
	const char *data = INVOICES "F1;C1;03/04/2026;;100\nF2;C1;04/25/2026;;100\n";
	struct import_options o = { .kind = IMPORT_INVOICES };
	struct import_question q;
	struct import *im;

	(void)state;
	have_customers();
	o.path = write_file("in.csv", data, strlen(data));
	im = must_open(&o);
	assert_true(import_question(im, 0, &q));
	assert_int_equal(q.ask, IMPORT_ASK_DATES);
	assert_string_equal(q.value, "04/25/2026");
	import_set_dates(im, IMPORT_DATES_MDY);
	must_run(im, false);
	assert_string_equal(text("SELECT group_concat(date(issued * 86400, 'unixepoch'), ' ') FROM "
				 "(SELECT * FROM invoice ORDER BY id)"),
		"2026-03-04 2026-04-25");
	import_close(im);
}

static void import__mapping__a_missing_field_is_asked_and_remembered(void **state)
{
	const char *data = "Zyx;Truc;Machin\nC1;Kabré;76 00 11 22\n";
	struct import_options o = { .kind = IMPORT_CUSTOMERS, .header = IMPORT_HEADER_YES };
	struct import_question q;
	struct err err = ERR_INIT;
	struct import *im;

	(void)state;
	o.path = write_file("in.csv", data, strlen(data));
	im = must_open(&o);
	assert_false(import_analysis(im)->remembered);
	assert_true(import_question(im, 0, &q));
	assert_int_equal(q.ask, IMPORT_ASK_FIELD);
	assert_int_equal(q.field, CUSTOMER_NAME);
	assert_true(import_map(im, "name=truc", &err));
	assert_true(import_map(im, "phone=3", &err));
	assert_true(import_map(im, "code=Zyx", &err));
	assert_false(import_question(im, 0, &q));
	must_run(im, false);
	import_close(im);
	im = must_open(&o);
	assert_true(import_analysis(im)->remembered);
	assert_int_equal(import_analysis(im)->mapping->column[CUSTOMER_PHONE], 2);
	assert_true(import_analysis(im)->done_before);
	import_close(im);
}

/* --- sources --- */

static void import__source__bad_lines_are_refused_one_by_one(void **state)
{
	static const char head[] = "Code;Nom\nC1;Un\nC2;\"Deux\nC3;Tr\0ois\nC4;Quatre\n";
	static const char latin[] = "C5;Caf\xe9\n";
	struct import_options o = { .kind = IMPORT_CUSTOMERS };
	struct strbuf data = STRBUF_INIT;
	struct import_result r;

	(void)state;
	/* Enough accents that the file is UTF-8 beyond doubt. */
	strbuf_add(&data, head, sizeof(head) - 1);
	for (int i = 0; i < 20; i++)
		strbuf_addf(&data, "D%d;Élève %d\n", i, i);
	strbuf_add(&data, latin, sizeof(latin) - 1);
	strbuf_adds(&data, "C6;");
	for (int i = 0; i < 10 * 1024 * 1024 / 16; i++)
		strbuf_adds(&data, "0123456789abcdef");
	strbuf_adds(&data, "\nC7;Sept\n");
	o.path = write_file("in.csv", data.buf, data.len);
	strbuf_release(&data);
	r = do_import(&o, "3 UNBALANCED_QUOTE\n4 NUL_BYTE\n26 BAD_ENCODING\n27 LINE_TOO_LONG\n");
	check_counts(&r.counts, 23, 0, 0, 4);
}

static void check_open_fails(const char *path, enum err_code code)
{
	struct import_options o = { .kind = IMPORT_CUSTOMERS, .path = path };
	struct err err = ERR_INIT;

	assert_null(import_open(s, &o, NULL, &err));
	assert_string_equal(err_name(err.code), err_name(code));
}

static void import__source__what_is_no_table_is_refused_by_name(void **state)
{
	(void)state;
	check_open_fails(store.folder, ERR_IS_FOLDER);
	check_open_fails("/tmp/no/such/file.csv", ERR_NOT_FOUND);
	check_open_fails(
		write_file("zip.xlsx", "PK\3\4 but no workbook at all", 25), ERR_XLSX_DAMAGED);
	check_open_fails(write_file("empty.csv", "", 0), ERR_FILE_EMPTY);
	check_open_fails(
		write_file("page.csv", "<html><body></body></html>", 26), ERR_MARKUP_TABLE);
}

static void import__source__pasted_rows(void **state)
{
	static const char rows[] = "Code\tNom\tTéléphone\nC1\tKabré\t76 00 11 22\n";
	struct import_options o = { .kind = IMPORT_CUSTOMERS };
	struct import_result r;

	(void)state;
	o.text = rows;
	o.text_len = sizeof(rows) - 1;
	r = do_import(&o, "");
	check_counts(&r.counts, 1, 0, 0, 0);
	r = do_import(&o, "");
	check_counts(&r.counts, 0, 0, 1, 0);
}

static void import__run__backs_up_what_is_there(void **state)
{
	struct import_options o = { .kind = IMPORT_CUSTOMERS };
	struct import_result r;
	struct import *im;

	(void)state;
	o.path = write_file("in.csv", "Code;Nom\nC1;Un\n", 15);
	im = must_open(&o);
	r = must_run(im, false);
	assert_string_equal(r.backup, "");
	r = must_run(im, false);
	assert_int_equal(access(r.backup, R_OK), 0);
	import_close(im);
}

/* --- interruptions --- */

struct stopper {
	int64_t at;
};

static bool stop_at(void *data, int64_t done, int64_t total)
{
	const struct stopper *stopper = data;

	(void)total;
	return done < stopper->at;
}

static const char *many_customers(int n)
{
	struct strbuf data = STRBUF_INIT;
	const char *path;

	strbuf_adds(&data, "Code;Nom;Téléphone\n");
	for (int i = 0; i < n; i++)
		strbuf_addf(&data, "C%06d;Client %d;70%06d\n", i, i, i);
	path = write_file("many.csv", data.buf, data.len);
	strbuf_release(&data);
	return path;
}

static void import__run__stopped_goes_on_where_it_was(void **state)
{
	struct stopper stopper = { 4000 };
	struct progress progress = { stop_at, &stopper };
	struct import_watch watch = { .progress = &progress };
	struct import_options o = { .kind = IMPORT_CUSTOMERS };
	struct import_result r;
	struct err err = ERR_INIT;
	struct import *im;
	int64_t first;

	(void)state;
	o.path = many_customers(9000);
	im = must_open(&o);
	assert_false(import_run(im, &watch, &r, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	first = r.lines;
	assert_true(first >= 4000 && first < 9000);
	assert_int_equal(number("SELECT count(*) FROM customer"), first);
	import_close(im);
	im = must_open(&o);
	assert_true(import_analysis(im)->cut_short);
	r = must_run(im, false);
	assert_true(r.resumed_at > 1);
	check_counts(&r.counts, 9000, 0, 0, 0);
	assert_int_equal(number("SELECT count(*) FROM customer"), 9000);
	assert_int_equal(number("SELECT count(*) FROM import_run"), 1);
	assert_int_equal(number("SELECT sum(last_id - first_id + 1) FROM journal_made"), 9000);
	import_close(im);
}

static void import__reopen__knows_options_and_file(void **state)
{
	static const char *const maps[] = { "code=1", "name=2", "phone=-" };
	struct stopper stopper = { 1 };
	struct progress progress = { stop_at, &stopper };
	struct import_watch watch = { .progress = &progress };
	struct import_options o = { .kind = IMPORT_CUSTOMERS, .maps = maps, .n_maps = 3 };
	struct import_result r;
	struct import_run *runs;
	struct err err = ERR_INIT;
	struct import *im;
	int n;

	(void)state;
	o.path = many_customers(9000);
	im = must_open(&o);
	assert_false(import_run(im, &watch, &r, &err));
	import_close(im);
	assert_true(imports_cut_short(s, 10, &arena, &runs, &n, &err));
	assert_int_equal(n, 1);
	err_clear(&err);
	im = import_reopen(s, runs[0].id, NULL, &err);
	assert_non_null(im);
	assert_int_equal(import_analysis(im)->mapping->column[CUSTOMER_PHONE], -1);
	r = must_run(im, false);
	assert_int_equal(r.id, runs[0].id);
	check_counts(&r.counts, 9000, 0, 0, 0);
	import_close(im);
	many_customers(8999);
	assert_null(import_reopen(s, runs[0].id, NULL, &err));
	assert_int_equal(err.code, ERR_FILE_CHANGED);
}

static void import__run__one_at_a_time(void **state)
{
	struct import_options o = { .kind = IMPORT_CUSTOMERS };
	struct import_result r;
	struct err err = ERR_INIT;
	struct lease lease;
	struct import *im;
	bool held = false;

	(void)state;
	o.path = many_customers(10);
	im = must_open(&o);
	assert_true(db_write(s->db, &err) && lease_take(s, "import", &lease, &held, &err) &&
		    db_commit(s->db, &err));
	assert_true(held);
	assert_false(import_run(im, NULL, &r, &err));
	assert_int_equal(err.code, ERR_IMPORT_BUSY);
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
	import_close(im);
}

int main(void)
{
#define BF(test) cmocka_unit_test_setup_teardown(test, open_bf, close_store)
#define CI(test) cmocka_unit_test_setup_teardown(test, open_ci, close_store)
#define FR(test) cmocka_unit_test_setup_teardown(test, open_fr, close_store)
	const struct CMUnitTest tests[] = {
		BF(import__customers__makes_them_with_their_keys),
		BF(import__customers__same_file_again_changes_nothing),
		BF(import__customers__a_filled_cell_changes_an_empty_one_does_not),
		BF(import__customers__two_numbers),
		BF(import__customers__the_same_line_leaves_corrections_alone),
		BF(import__customers__a_code_takes_over_who_was_typed_by_hand),
		BF(import__customers__one_twice_in_a_file),
		BF(import__customers__bad_values_have_their_line_and_reason),
		CI(import__customers__a_lost_zero_is_told_where_numbers_have_one),
		BF(import__consents__never_lift_a_refusal),
		FR(import__consents__existing_customers_only_fill_what_is_unknown),
		FR(import__consents__existing_customers_need_three_ticks),
		BF(import__consents__burkina_asks_for_consent_first),
		BF(import__invoices__make_documents_and_scores),
		BF(import__invoices__bad_values_have_their_line_and_reason),
		BF(import__invoices__an_invoice_does_not_change),
		BF(import__invoices__credit_notes),
		BF(import__invoices__other_currencies_need_a_rate),
		BF(import__invoices__customers_by_name),
		FR(import__invoices__make_customers_and_merge_days),
		FR(import__invoices__real_purchases),
		BF(import__payments__bad_values_have_their_line_and_reason),
		BF(import__payments__of_another_customer_are_refused),
		BF(import__decimals__undecidable_ones_are_asked),
		BF(import__decimals__are_decided_by_the_whole_column),
		BF(import__dates__month_first_is_asked),
		BF(import__mapping__a_missing_field_is_asked_and_remembered),
		BF(import__source__bad_lines_are_refused_one_by_one),
		BF(import__source__what_is_no_table_is_refused_by_name),
		BF(import__source__pasted_rows),
		BF(import__run__backs_up_what_is_there),
		BF(import__run__stopped_goes_on_where_it_was),
		BF(import__reopen__knows_options_and_file),
		BF(import__run__one_at_a_time),
	};
	struct err err = ERR_INIT;

	if (!crypt_init(&err))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
