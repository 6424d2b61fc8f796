/* Imports taken back as a whole, and what stays. */
#include "own_store.h"

#include "arena.h"
#include "consent_event.h"
#include "crypt.h"
#include "db.h"
#include "imports.h"
#include "stmt.h"
#include "store_consent.h"
#include "store_contact.h"
#include "undo.h"
#include "undo_rows.h"

static struct test_store store;
static struct session *s;
static struct arena arena;

static int open_store(void **state)
{
	(void)state;
	test_store_make(&store);
	s = test_store_open(&store, "BF", NULL);
	arena = (struct arena)ARENA_INIT;
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

static void run_sql(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(s->db, sql);

	if (!stmt_run(q, &err))
		fail_msg("%s: %s", sql, err.detail);
	stmt_free(q);
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

/* Everything that is about customers, as one text: to compare two moments. */
static const char *everything(void)
{
	return text(
		"SELECT group_concat(line, char(10)) FROM ("
		"SELECT id || account_key || name || phone || email || city || imported || "
		"consents AS line FROM customer UNION ALL "
		"SELECT id || number || total || ifnull(due, '') FROM invoice UNION ALL "
		"SELECT id || reference || amount FROM payment UNION ALL "
		"SELECT customer_id || score || revenue || overdue FROM customer_score UNION ALL "
		"SELECT name || value FROM counter WHERE value <> 0 ORDER BY 1)");
}

static int64_t import_data(enum import_kind kind, const char *data)
{
	struct import_options o = { .kind = kind, .create_customers = true };
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im;
	FILE *f;

	o.path = arena_printf(&arena, "%s/in.csv", store.folder);
	f = fopen(o.path, "w");
	assert_non_null(f);
	fputs(data, f);
	fclose(f);
	im = import_open(s, &o, NULL, &err);
	if (!im || !import_run(im, NULL, &result, &err))
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	import_close(im);
	return result.id;
}

static struct undo_result must_undo(int64_t id)
{
	struct undo_result result;
	struct err err = ERR_INIT;

	if (!undo_journal(s, id, NULL, &arena, &result, &err))
		fail_msg("%s %s %s", err_name(err.code), err.subject, err.detail);
	return result;
}

#define CUSTOMERS "Code tiers;Nom;Téléphone;E-mail;Ville;Opt-in SMS\n"
#define INVOICES "N° facture;Code tiers;Date;Échéance;Total TTC\n"
#define PAYMENTS "Facture;Date règlement;Montant\n"

static void have_two(void)
{
	import_data(IMPORT_CUSTOMERS, CUSTOMERS "C1;Kabré;76 00 11 22;;Bobo;\nC2;Zongo;;;;\n");
}

static void undo__import__leaves_the_store_as_it_was(void **state)
{
	const char *before;
	int64_t id;

	(void)state;
	have_two();
	import_data(IMPORT_INVOICES, INVOICES "F1;C1;01/10/2026;;1000\n");
	before = everything();
	id = import_data(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Kabré;76 00 11 33;a@b.bf;Ouaga;\nC3;Traoré;70 00 00 03;;;oui\n");
	assert_string_not_equal(everything(), before);
	assert_int_equal(must_undo(id).taken_back, 2);
	assert_string_equal(everything(), before);
	id = import_data(IMPORT_INVOICES,
		INVOICES "F1;C1;01/10/2026;15/10/2026;1000\nF2;C1;02/10/2026;;500\n"
			 "F3;C9;02/10/2026;;700\nF4;C9;03/10/2026;;800\n");
	assert_int_equal(must_undo(id).taken_back, 5);
	assert_string_equal(everything(), before);
	id = import_data(IMPORT_PAYMENTS, PAYMENTS "F1;05/10/2026;400\n");
	assert_int_equal(must_undo(id).taken_back, 1);
	assert_string_equal(everything(), before);
	assert_int_equal(number("SELECT count(*) FROM import_run WHERE status = 'UNDONE'"), 3);
	assert_int_equal(number("SELECT count(*) FROM audit WHERE action = 'undo.done'"), 3);
}

static void undo__import__twice_is_refused(void **state)
{
	int64_t id;
	struct undo_result result;
	struct err err = ERR_INIT;

	(void)state;
	id = import_data(IMPORT_CUSTOMERS, CUSTOMERS "C1;Kabré;;;;\n");
	must_undo(id);
	assert_false(undo_journal(s, id, NULL, &arena, &result, &err));
	assert_int_equal(err.code, ERR_UNDONE);
	err_clear(&err);
	assert_false(undo_journal(s, 12345, NULL, &arena, &result, &err));
	assert_int_equal(err.code, ERR_GONE);
	err_clear(&err);
	assert_false(undo_last(s, NULL, &arena, &result, &err));
	assert_int_equal(err.code, ERR_NOTHING_TO_UNDO);
}

static void undo__import__can_be_imported_again(void **state)
{
	const char *data = CUSTOMERS "C1;Kabré;76 00 11 22;;;oui\n";

	(void)state;
	must_undo(import_data(IMPORT_CUSTOMERS, data));
	import_data(IMPORT_CUSTOMERS, data);
	assert_int_equal(number("SELECT count(*) FROM customer"), 1);
}

static const struct undo_kept *kept_customer(const struct undo_result *r, const char *code)
{
	const char *sql =
		arena_printf(&arena, "SELECT id FROM customer WHERE account_key = '%s'", code);
	int64_t id = number(sql);

	for (int i = 0; i < r->n_list; i++)
		if (r->list[i].id == id)
			return &r->list[i];
	fail_msg("%s was not kept", code);
	return NULL;
}

static void undo__import__what_was_edited_since_is_kept(void **state)
{
	struct undo_result r;
	int64_t first, second, tag;
	struct err err = ERR_INIT;
	bool changed;

	(void)state;
	first = import_data(IMPORT_CUSTOMERS,
		CUSTOMERS "C1;Un;;;;\nC2;Deux;;;;\nC3;Trois;;;;\nC4;Quatre;;;;\n");
	second = import_data(IMPORT_CUSTOMERS, CUSTOMERS "C4;Quatre bis;;;;\n");
	run_sql("UPDATE customer SET city = 'Bobo', revision = 2 WHERE account_key = 'C1'");
	import_data(IMPORT_INVOICES, INVOICES "F1;C2;01/10/2026;;1000\n");
	assert_true(db_write(s->db, &err));
	assert_true(store_tag_find(s->db, s->company.id, "gros", true, &tag, &err));
	assert_true(store_tag_put(s->db, s->company.id, tag,
		number("SELECT id FROM customer WHERE account_key = 'C3'"), true, &changed, &err));
	assert_true(db_commit(s->db, &err));
	r = must_undo(first);
	assert_int_equal(r.taken_back, 0);
	assert_int_equal(r.kept, 4);
	assert_int_equal(kept_customer(&r, "C1")->why, UNDO_EDITED);
	assert_int_equal(kept_customer(&r, "C2")->why, UNDO_IN_USE);
	assert_int_equal(kept_customer(&r, "C3")->why, UNDO_EDITED);
	assert_int_equal(kept_customer(&r, "C4")->why, UNDO_EDITED);
	run_sql("UPDATE customer SET revision = 9 WHERE account_key = 'C4'");
	assert_int_equal(must_undo(second).kept, 1);
	assert_string_equal(
		text("SELECT name FROM customer WHERE account_key = 'C4'"), "Quatre bis");
}

static void undo__invoices__paid_since_are_kept(void **state)
{
	struct undo_result r;
	int64_t id;

	(void)state;
	have_two();
	id = import_data(IMPORT_INVOICES,
		INVOICES "F1;C1;01/10/2026;;1000\nF2;C1;01/10/2026;;1000\nF3;C1;01/10/2026;;1\n");
	import_data(IMPORT_PAYMENTS, PAYMENTS "F2;05/10/2026;400\n");
	r = must_undo(id);
	assert_int_equal(r.taken_back, 2);
	assert_int_equal(r.kept, 1);
	assert_string_equal(r.list[0].entity, "invoice");
	assert_string_equal(text("SELECT group_concat(number) FROM invoice"), "F2");
}

static void undo__consents__grants_go_and_refusals_stay(void **state)
{
	int64_t id;

	(void)state;
	have_two();
	id = import_data(IMPORT_CUSTOMERS,
		"Code tiers;Nom;Opt-in;Opt-in SMS;Opt-in e-mail\nC1;Kabré;oui;non;oui\n");
	assert_int_equal(number("SELECT consents FROM customer WHERE account_key = 'C1'"),
		1 << 2 | 1 << 4 | 2 << 6);
	must_undo(id);
	assert_int_equal(number("SELECT consents FROM customer WHERE account_key = 'C1'"), 2 << 6);
	assert_string_equal(text("SELECT group_concat(source, ' ') FROM (SELECT * FROM "
				 "consent_event ORDER BY id)"),
		"IMPORT UNDO");
}

/* The person's own later yes is theirs, not the import's. */
static void undo__consents__what_the_person_said_since_stays(void **state)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;
	int64_t id;

	(void)state;
	have_two();
	id = import_data(
		IMPORT_CUSTOMERS, "Code tiers;Nom;Opt-in SMS;Opt-in e-mail\nC1;Kabré;oui;oui\n");
	event.company_id = s->company.id;
	event.customer_id = number("SELECT id FROM customer WHERE account_key = 'C1'");
	event.at = event.noted_at = session_now(s);
	event.refused = CONSENT_BIT(CONSENT_SMS);
	event.source = SOURCE_CALL;
	event.actor = "awa";
	assert_true(db_write(s->db, &err));
	assert_true(store_consent_add(s->db, &event, &outcome, &tally, &err));
	assert_true(db_commit(s->db, &err));
	must_undo(id);
	assert_int_equal(number("SELECT consents FROM customer WHERE account_key = 'C1'"), 2 << 6);
}

static void undo__consents__a_refusal_outlives_its_customer(void **state)
{
	int64_t id;

	(void)state;
	id = import_data(
		IMPORT_CUSTOMERS, CUSTOMERS "C1;Kabré;76 00 11 22;awa@faso.bf;;non\nC2;Zo;;;;\n");
	must_undo(id);
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
	assert_string_equal(text("SELECT group_concat(kind || ' ' || value) FROM suppression"),
		"PHONE +22676001122");
	id = import_data(IMPORT_CUSTOMERS,
		"Code;Nom;Téléphone;Portable;Opt-in SMS\nC1;Kabré;25 30 61 18;70 11 22 33;non\n");
	must_undo(id);
	assert_int_equal(number("SELECT count(*) FROM contact"), 0);
	assert_string_equal(text("SELECT group_concat(value, ' ') FROM (SELECT * FROM suppression "
				 "ORDER BY value)"),
		"+22625306118 +22670112233 +22676001122");
}

struct stopper {
	int left;
};

static bool stop_soon(void *data, int64_t done, int64_t total)
{
	struct stopper *stopper = data;

	(void)done;
	(void)total;
	return --stopper->left > 0;
}

static void undo__import__cut_short_goes_on(void **state)
{
	struct stopper stopper = { 1 };
	struct progress progress = { stop_soon, &stopper };
	struct strbuf data = STRBUF_INIT;
	struct undo_result r;
	struct err err = ERR_INIT;
	struct import_run *runs;
	int64_t id, left;
	int n;

	(void)state;
	strbuf_adds(&data, CUSTOMERS);
	for (int i = 0; i < 5000; i++)
		strbuf_addf(&data, "C%d;Client %d;70%06d;;;\n", i, i, i);
	id = import_data(IMPORT_CUSTOMERS, data.buf);
	strbuf_release(&data);
	assert_false(undo_journal(s, id, &progress, &arena, &r, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	left = number("SELECT count(*) FROM customer");
	assert_true(left > 0 && left < 5000);
	assert_true(imports_cut_short(s, 5, &arena, &runs, &n, &err));
	assert_int_equal(n, 1);
	assert_int_equal(runs[0].status, IMPORT_UNDOING);
	assert_int_equal(must_undo(id).taken_back, left);
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
	assert_int_equal(number("SELECT ifnull(sum(abs(value)), 0) FROM counter"), 0);
}

static void undo__last__is_the_newest_of_this_user(void **state)
{
	struct undo_result r;
	struct err err = ERR_INIT;

	(void)state;
	have_two();
	import_data(IMPORT_INVOICES, INVOICES "F1;C1;01/10/2026;;1000\n");
	assert_true(undo_last(s, NULL, &arena, &r, &err));
	assert_int_equal(number("SELECT count(*) FROM invoice"), 0);
	assert_int_equal(number("SELECT count(*) FROM customer"), 2);
	assert_true(undo_last(s, NULL, &arena, &r, &err));
	assert_int_equal(number("SELECT count(*) FROM customer"), 0);
}

static void undo__rows__come_back_from_their_json(void **state)
{
	struct customer before = CUSTOMER_INIT, after = CUSTOMER_INIT, back = CUSTOMER_INIT;
	struct strbuf json = STRBUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	before.name = "L’\"Œuvre\"\n";
	before.birth_day = -7000;
	before.kind = KIND_FIRM;
	before.imported = INT64_C(-1234567890123456789);
	after.name = "Autre";
	after.city = before.city = "Bobo";
	after.birth_day = 10;
	undo_customer_before(&before, &after, &json);
	back = after;
	back.city = "Ouaga";
	assert_true(undo_customer_read(json.buf, &arena, &back, &err));
	assert_string_equal(back.name, before.name);
	assert_string_equal(back.city, "Ouaga");
	assert_int_equal(back.birth_day, -7000);
	assert_int_equal(back.kind, KIND_FIRM);
	assert_true(back.imported == before.imported);
	strbuf_release(&json);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)
	const struct CMUnitTest tests[] = {
		TEST(undo__import__leaves_the_store_as_it_was),
		TEST(undo__import__twice_is_refused),
		TEST(undo__import__can_be_imported_again),
		TEST(undo__import__what_was_edited_since_is_kept),
		TEST(undo__invoices__paid_since_are_kept),
		TEST(undo__consents__grants_go_and_refusals_stay),
		TEST(undo__consents__what_the_person_said_since_stays),
		TEST(undo__consents__a_refusal_outlives_its_customer),
		TEST(undo__import__cut_short_goes_on),
		TEST(undo__last__is_the_newest_of_this_user),
		TEST(undo__rows__come_back_from_their_json),
	};
	struct err err = ERR_INIT;

	if (!crypt_init(&err))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
