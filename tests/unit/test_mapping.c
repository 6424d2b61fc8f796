#include "test.h"

#include "mapping.h"

static void check_columns(
	enum import_kind kind, const char *const *headers, size_t n, const char *expected)
{
	struct strbuf got = STRBUF_INIT;
	struct mapping m;

	mapping_init(&m, kind);
	mapping_match(&m, headers, n);
	mapping_write(&m, &got);
	assert_string_equal(got.buf, expected);
	strbuf_release(&got);
}

#define CHECK_COLUMNS(kind, expected, ...)                                                         \
	do {                                                                                       \
		static const char *const headers[] = { __VA_ARGS__ };                              \
		check_columns(kind, headers, ARRAY_SIZE(headers), expected);                       \
	} while (0)

static void mapping__match__third_parties_of_an_accounting_program(void **state)
{
	(void)state;
	CHECK_COLUMNS(IMPORT_CUSTOMERS,
		"code=1,name=2,email=6,phone=4,mobile=5,street=7,postcode=8,city=9,ok-sms=10",
		"Code tiers", "Raison sociale", "SIRET", "Téléphone", "Portable", "E-mail",
		"Adresse", "Code postal", "Ville", "Opt-in SMS");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "code=1,name=2,email=4,phone=3", "CT_Num", "CT_Intitule",
		"CT_Telephone", "CT_EMail");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "code=1,name=3,first-name=2,birth-date=4", "Customer ID",
		"First Name", "Last name", "Date of birth");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "name=1,firm=2", "Nom", "Société");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "name=1,birth-date=2", "Nom", "Né le");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "name=1,birth-date=2", "Nom", "Né(e) le");
}

static void mapping__match__invoices(void **state)
{
	(void)state;
	CHECK_COLUMNS(IMPORT_INVOICES, "number=1,customer=2,issued=3,due=4,total=6", "N° facture",
		"Code tiers", "Date de facture", "Date d'échéance", "Montant HT", "Montant TTC");
	CHECK_COLUMNS(IMPORT_INVOICES, "number=2,customer-name=3,issued=1,total=4,currency=5",
		"Date", "Num", "Customer", "Amount", "Currency");
}

static void mapping__match__payments(void **state)
{
	(void)state;
	CHECK_COLUMNS(IMPORT_PAYMENTS, "invoice=2,day=1,amount=3,reference=4", "Date règlement",
		"Facture n°", "Règlement", "Réf.");
}

/* Two columns of one meaning: the surer header wins, wherever it stands. */
static void mapping__match__surest_header_first(void **state)
{
	(void)state;
	CHECK_COLUMNS(IMPORT_INVOICES, "total=2", "Total", "Total T.T.C.");
	CHECK_COLUMNS(IMPORT_INVOICES, "total=1", "Total", "Total HT");
	CHECK_COLUMNS(IMPORT_CUSTOMERS, "phone=1", "Téléphone", "Tél.");
}

static void mapping__match__keeps_what_was_set(void **state)
{
	static const char *const headers[] = { "Code", "Nom", "Compte" };
	struct mapping m;

	(void)state;
	mapping_init(&m, IMPORT_CUSTOMERS);
	mapping_set(&m, CUSTOMER_CODE, 2);
	mapping_match(&m, headers, 3);
	assert_int_equal(m.column[CUSTOMER_CODE], 2);
	assert_int_equal(m.column[CUSTOMER_NAME], 1);
}

static void mapping__set__takes_the_column_from_another_field(void **state)
{
	struct mapping m;

	(void)state;
	mapping_init(&m, IMPORT_CUSTOMERS);
	mapping_set(&m, CUSTOMER_PHONE, 3);
	mapping_set(&m, CUSTOMER_MOBILE, 3);
	assert_int_equal(m.column[CUSTOMER_PHONE], -1);
	assert_int_equal(mapping_field(&m, 3), CUSTOMER_MOBILE);
	mapping_set(&m, CUSTOMER_MOBILE, -1);
	assert_int_equal(mapping_field(&m, 3), IMPORT_FIELDS);
	assert_int_equal(mapping_field(&m, -1), IMPORT_FIELDS);
}

static void mapping__by_hand__by_header_and_number(void **state)
{
	static const char *const headers[] = { "Réf", "Intitulé long", "7" };
	struct err err = ERR_INIT;
	struct mapping m;

	(void)state;
	mapping_init(&m, IMPORT_CUSTOMERS);
	assert_true(mapping_by_hand(&m, "name=intitule LONG", headers, 3, &err));
	assert_int_equal(m.column[CUSTOMER_NAME], 1);
	assert_true(mapping_by_hand(&m, "code=1", headers, 3, &err));
	assert_int_equal(m.column[CUSTOMER_CODE], 0);
	/* A header that is a number is meant before the number of a column. */
	assert_true(mapping_by_hand(&m, "phone=7", headers, 3, &err));
	assert_int_equal(m.column[CUSTOMER_PHONE], 2);
	assert_true(mapping_by_hand(&m, "phone=-", headers, 3, &err));
	assert_int_equal(m.column[CUSTOMER_PHONE], -1);
}

static void mapping__by_hand__what_is_not_there_is_refused(void **state)
{
	static const char *const headers[] = { "Nom" };
	static const struct {
		const char *spec;
		enum err_code code;
	} bad[] = { { "telephone=Nom", ERR_MAP_FIELD }, { "name", ERR_MAP_FIELD },
		{ "", ERR_MAP_FIELD }, { "=Nom", ERR_MAP_FIELD }, { "name=Prix", ERR_MAP_COLUMN },
		{ "name=0", ERR_MAP_COLUMN }, { "name=513", ERR_MAP_COLUMN },
		{ "name=", ERR_MAP_COLUMN }, { "number=Nom", ERR_MAP_FIELD } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct err err = ERR_INIT;
		struct mapping m;

		mapping_init(&m, IMPORT_CUSTOMERS);
		assert_false(mapping_by_hand(&m, bad[i].spec, headers, 1, &err));
		assert_int_equal(err.code, bad[i].code);
	}
}

static void mapping__read__gives_back_what_was_written(void **state)
{
	struct strbuf a = STRBUF_INIT;
	struct mapping m;

	(void)state;
	mapping_init(&m, IMPORT_INVOICES);
	mapping_read(&m, "number=2,total=9,customer=1,nonsense=3,total", 5);
	mapping_write(&m, &a);
	assert_string_equal(a.buf, "number=2,customer=1");
	strbuf_release(&a);
}

static void mapping__headers__data_is_no_header(void **state)
{
	static const char *const data[] = { "C001", "Kaboré & Fils", "70123456" };
	static const char *const head[] = { "Code", "Kaboré", "70123456" };

	(void)state;
	assert_int_equal(mapping_headers(IMPORT_CUSTOMERS, data, 3), 0);
	assert_int_equal(mapping_headers(IMPORT_CUSTOMERS, head, 3), 1);
}

static void mapping__guess_kind__by_its_headers(void **state)
{
	static const char *const customers[] = { "Code tiers", "Nom", "Ville" };
	static const char *const invoices[] = { "Code tiers", "N° facture", "Date", "Total TTC" };
	static const char *const payments[] = { "N° facture", "Date règlement", "Montant réglé" };
	static const char *const nothing[] = { "Couleur" };
	enum import_kind kind;

	(void)state;
	assert_true(mapping_guess_kind(customers, 3, &kind));
	assert_int_equal(kind, IMPORT_CUSTOMERS);
	assert_true(mapping_guess_kind(invoices, 4, &kind));
	assert_int_equal(kind, IMPORT_INVOICES);
	assert_true(mapping_guess_kind(payments, 3, &kind));
	assert_int_equal(kind, IMPORT_PAYMENTS);
	assert_false(mapping_guess_kind(nothing, 1, &kind));
}

static void import__yes_no__flags_words_and_marks(void **state)
{
	static const struct {
		const char *s;
		bool known;
		int yes;
	} cases[] = { { "Oui", true, 1 }, { "X", true, 1 }, { "1", true, 1 }, { "✓", true, 1 },
		{ " TRUE ", true, 1 }, { "Opt-in", true, 1 }, { "Non", true, 0 }, { "0", true, 0 },
		{ "Refusé", true, 0 }, { "Désabonné", true, 0 }, { "", true, -1 },
		{ "?", true, -1 }, { "-", true, -1 }, { "non renseigné", true, -1 },
		{ "peut-être", false, -1 }, { "2", false, -1 }, { "!", false, -1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int yes = 7;

		assert_int_equal(import_yes_no(cases[i].s, &yes), cases[i].known);
		assert_int_equal(yes, cases[i].yes);
	}
}

/* Every field can be typed, every list of headers is folded as headers are. */
static void import__fields__table_is_sound(void **state)
{
	(void)state;
	for (int f = 0; f < IMPORT_FIELDS; f++) {
		const struct import_field_info *info = import_field_info((enum import_field)f);
		enum import_field found, first, end;

		assert_true(import_field_find(info->kind, info->name, &found));
		assert_int_equal(found, f);
		import_fields_of(info->kind, &first, &end);
		assert_true((int)first <= f && f < (int)end);
		assert_int_equal(strspn(info->headers, "abcdefghijklmnopqrstuvwxyz0123456789|"),
			strlen(info->headers));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mapping__match__third_parties_of_an_accounting_program),
		cmocka_unit_test(mapping__match__invoices),
		cmocka_unit_test(mapping__match__payments),
		cmocka_unit_test(mapping__match__surest_header_first),
		cmocka_unit_test(mapping__match__keeps_what_was_set),
		cmocka_unit_test(mapping__set__takes_the_column_from_another_field),
		cmocka_unit_test(mapping__by_hand__by_header_and_number),
		cmocka_unit_test(mapping__by_hand__what_is_not_there_is_refused),
		cmocka_unit_test(mapping__read__gives_back_what_was_written),
		cmocka_unit_test(mapping__headers__data_is_no_header),
		cmocka_unit_test(mapping__guess_kind__by_its_headers),
		cmocka_unit_test(import__yes_no__flags_words_and_marks),
		cmocka_unit_test(import__fields__table_is_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
