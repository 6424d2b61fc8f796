#include "test.h"

#include <string.h>

#include "phone.h"

#define OK PHONE_OK

static void phone__clean__is_this_table(void **state)
{
	static const struct {
		const char *home, *raw;
		enum phone_result result;
		const char *e164;
	} rows[] = {
		/* at home */
		{ "BF", "70123456", OK, "+22670123456" },
		{ "BF", " 70 12 34 56 ", OK, "+22670123456" },
		{ "BF",
			"70\xc2\xa0"
			"12\xe2\x80\xaf"
			"34-56",
			OK, "+22670123456" },
		{ "BF", "70.12.34.56", OK, "+22670123456" },
		{ "BF", "Tél. : 70/12/34/56 (bureau)", OK, "+22670123456" },
		{ "BF", "70123456.0", OK, "+22670123456" },
		{ "BF", "70123456,00", OK, "+22670123456" },
		{ "FR", "06 12 34 56 78", OK, "+33612345678" },
		{ "FR", "612345678", OK, "+33612345678" },
		{ "CI", "07 07 12 34 56", OK, "+2250707123456" },
		{ "CI", "2722445566", OK, "+2252722445566" },
		{ "IT", "06 698 12345", OK, "+390669812345" },
		{ "IT", "347 123 4567", OK, "+393471234567" },
		{ "SN", "77 123 45 67", OK, "+221771234567" },
		{ "CA", "(418) 555-1234", OK, "+14185551234" },
		{ "CA", "1 418 555 1234", OK, "+14185551234" },
		{ "MA", "0612345678", OK, "+212612345678" },
		{ "GA", "074 12 34 56", OK, "+24174123456" },
		/* Benin: everything got 01 in front */
		{ "BJ", "01 97 12 34 56", OK, "+2290197123456" },
		{ "BJ", "97 12 34 56", OK, "+2290197123456" },
		{ "BF", "+229 97123456", OK, "+2290197123456" },
		{ "BJ", "197123456", PHONE_LOST_ZERO, "+2290197123456" },
		{ "BJ", "0297123456", PHONE_NO_SUCH_START, "" },
		/* a calling code, with + and without */
		{ "BF", "+226 70 12 34 56", OK, "+22670123456" },
		{ "BF", "00226 70 12 34 56", OK, "+22670123456" },
		{ "BF", "226 70 12 34 56", OK, "+22670123456" },
		{ "BF", "(+226) 70123456", OK, "+22670123456" },
		{ "BF", "+33 (0)6 12 34 56 78", OK, "+33612345678" },
		{ "BF", "+33 06 12 34 56 78", OK, "+33612345678" },
		{ "BF", "0033 6 12 34 56 78", OK, "+33612345678" },
		{ "BF", "33612345678", OK, "+33612345678" },
		{ "FR", "+33(0)612345678", OK, "+33612345678" },
		{ "BF", "+225 07 07 12 34 56", OK, "+2250707123456" },
		{ "BF", "2250707123456", OK, "+2250707123456" },
		{ "FR", "+225 (0)7 07 12 34 56", OK, "+2250707123456" },
		{ "BF", "+39 06 698 12345", OK, "+390669812345" },
		{ "FR", "22670123456", OK, "+22670123456" },
		{ "FR", "+1 418 555 1234", OK, "+14185551234" },
		/* what follows has not the length: the code does not count */
		{ "BF", "+70 12 34 56", OK, "+22670123456" },
		{ "BF", "22670123", OK, "+22622670123" },
		{ "BF", "0070123456", OK, "+22670123456" },
		{ "SN", "338 21 23 45 6", PHONE_TOO_LONG, "" },
		{ "SN", "33 821 23 45", OK, "+221338212345" },
		/* whole at home, although it begins like another country's code */
		{ "CM", "687 12 34 56", OK, "+237687123456" },
		{ "FR", "687123456", OK, "+33687123456" },
		{ "CM", "+687 12 34 56", OK, "+687123456" },
		/* a code that no country of the table has */
		{ "BF", "+61 412 345 678", OK, "+61412345678" },
		{ "BF", "+61412345", OK, "+22661412345" },
		{ "BF", "+614123456", OK, "+614123456" },
		{ "BF", "+614123", PHONE_TOO_SHORT, "" },
		{ "BF", "+6141234567890123", PHONE_TOO_LONG, "" },
		/* too short, too long */
		{ "BF", "7012345", PHONE_TOO_SHORT, "" },
		{ "BF", "701234567", PHONE_TOO_LONG, "" },
		{ "BF", "+226 70 12 34 5", PHONE_TOO_SHORT, "" },
		{ "BF", "+226 70 12 34 567", PHONE_TOO_LONG, "" },
		{ "BF", "+33 6 12 34 56 7", PHONE_TOO_SHORT, "" },
		{ "BF", "+33 6 12 34 56 789", PHONE_TOO_LONG, "" },
		{ "FR", "06 12 34 56 7", PHONE_TOO_SHORT, "" },
		{ "FR", "06 12 34 56 789", PHONE_TOO_LONG, "" },
		{ "BF", "70 12 34 56 / 76 00 11 22", PHONE_TOO_LONG, "" },
		{ "BF", "70 55 61", PHONE_TOO_SHORT, "" },
		{ "CI", "07 12 34 56", PHONE_TOO_SHORT, "" },
		{ "LU", "1234", PHONE_TOO_SHORT, "" },
		{ "LU", "12345", OK, "+35212345" },
		{ "CI", "3361234567", PHONE_NO_SUCH_START, "" },
		/* spreadsheets */
		{ "CI", "707123456", PHONE_LOST_ZERO, "+2250707123456" },
		{ "CI", "907123456", PHONE_TOO_SHORT, "" },
		{ "BF", "2,267E+10", PHONE_SCIENTIFIC, "" },
		{ "BF", "2.26701E10", PHONE_SCIENTIFIC, "" },
		{ "BF", " 7e7 ", PHONE_SCIENTIFIC, "" },
		/* no number */
		{ "BF", "", PHONE_NOT_A_NUMBER, "" },
		{ "BF", "néant", PHONE_NOT_A_NUMBER, "" },
		{ "BF", "+", PHONE_NOT_A_NUMBER, "" },
		{ "BF", "12", PHONE_NOT_A_NUMBER, "" },
		{ "BF", "00000000", PHONE_NOT_A_NUMBER, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct phone p;
		bool ok = phone_clean(rows[i].raw, country_find(rows[i].home), &p);

		if (ok != (rows[i].result == OK) || p.result != rows[i].result ||
			strcmp(p.e164, rows[i].e164) != 0)
			fail_msg("%s “%s”: %d %s", rows[i].home, rows[i].raw, p.result, p.e164);
	}
}

static void phone__clean__survives_anything_long(void **state)
{
	char raw[400];
	struct phone p;

	(void)state;
	memset(raw, '7', sizeof(raw) - 1);
	raw[sizeof(raw) - 1] = '\0';
	assert_false(phone_clean(raw, country_find("BF"), &p));
	assert_int_equal(p.result, PHONE_TOO_LONG);
	memset(raw, ' ', 300);
	assert_false(phone_clean(raw, country_find("BF"), &p));
	for (size_t n = 0; n < 40; n++) {
		char zeros[48] = { 0 };

		memset(zeros, '0', n);
		assert_false(phone_clean(zeros, country_find("BF"), &p));
	}
}

/* What was cleaned once is clean. */
static void phone__clean__is_stable(void **state)
{
	static const char *const numbers[] = { "+22670123456", "+33612345678", "+2250707123456",
		"+390669812345", "+2290197123456", "+14185551234" };
	static const char *const homes[] = { "BF", "FR", "CI", "IT", "BJ", "CA", "LU" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		for (size_t h = 0; h < ARRAY_SIZE(homes); h++) {
			struct phone p;

			assert_true(phone_clean(numbers[i], country_find(homes[h]), &p));
			assert_string_equal(p.e164, numbers[i]);
		}
	}
}

static void phone__show__groups_at_home(void **state)
{
	static const struct {
		const char *home, *e164, *shown;
	} rows[] = {
		{ "BF", "+22670123456", "70 12 34 56" },
		{ "BF", "+33612345678", "+33 612345678" },
		{ "FR", "+33612345678", "06 12 34 56 78" },
		{ "FR", "+22670123456", "+226 70123456" },
		{ "CI", "+2250707123456", "07 07 12 34 56" },
		{ "SN", "+221771234567", "77 123 45 67" },
		{ "CM", "+237671234567", "6 71 23 45 67" },
		{ "GN", "+22430123456", "30 12 34 56" },
		{ "GN", "+224621234567", "621 23 45 67" },
		{ "CA", "+14185551234", "418 555 1234" },
		{ "BE", "+3221234567", "021 23 45 67" },
		{ "BF", "+614123456", "+614123456" },
		{ "BF", "", "" },
		{ "BF", "70 12", "70 12" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		phone_show(&sb, rows[i].e164, country_find(rows[i].home));
		assert_string_equal(sb.buf, rows[i].shown);
		strbuf_release(&sb);
	}
}

/* What is shown can be typed again. */
static void phone__show__reads_back(void **state)
{
	static const char *const numbers[] = { "+22670123456", "+33612345678", "+2250707123456",
		"+221771234567", "+212612345678", "+261341234567" };
	const struct country *home;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		for (size_t h = 0; (home = country_at(h)); h++) {
			struct strbuf sb = STRBUF_INIT;
			struct phone p;

			phone_show(&sb, numbers[i], home);
			if (!phone_clean(sb.buf, home, &p) || strcmp(p.e164, numbers[i]) != 0)
				fail_msg("%s in %s: “%s”", numbers[i], home->iso, sb.buf);
			strbuf_release(&sb);
		}
	}
}

static void phone__search__is_this_table(void **state)
{
	static const struct {
		const char *home, *typed, *digits; /* NULL: no number */
	} rows[] = {
		{ "BF", "7012", "7012" },
		{ "BF", "70 12 34", "701234" },
		{ "BF",
			"70\xc2\xa0"
			"12\xe2\x80\xaf"
			"34",
			"701234" },
		{ "BF", "70.12-34", "701234" },
		{ "BF", "+226 70 12", "7012" },
		{ "BF", "00226 70", "70" },
		{ "BF", "226 70 12", "2267012" },
		{ "BF", "+22670123456", "22670123456" },
		{ "BF", "70 12 34 56", "22670123456" },
		{ "BF", "+33 6 12", "33612" },
		{ "BF", "5", "5" },
		{ "FR", "06 12", "612" },
		{ "FR", "(0)6 12", "612" },
		{ "FR", "+33 (0)6 12", "612" },
		{ "FR", "0", "0" },
		{ "CI", "07 07", "0707" },
		{ "BF", "", NULL },
		{ "BF", "+", NULL },
		{ "BF", "kabré", NULL },
		{ "BF", "70 12 a", NULL },
		{ "BF", "123456789012345678", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct strbuf sb = STRBUF_INIT;
		bool ok = phone_search(&sb, rows[i].typed, country_find(rows[i].home));

		if (ok != (rows[i].digits != NULL) ||
			strcmp(sb.buf, rows[i].digits ? rows[i].digits : "") != 0)
			fail_msg("%s “%s”: “%s”", rows[i].home, rows[i].typed, sb.buf);
		strbuf_release(&sb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phone__clean__is_this_table),
		cmocka_unit_test(phone__clean__survives_anything_long),
		cmocka_unit_test(phone__clean__is_stable),
		cmocka_unit_test(phone__show__groups_at_home),
		cmocka_unit_test(phone__show__reads_back),
		cmocka_unit_test(phone__search__is_this_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
