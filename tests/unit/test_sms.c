#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "sms.h"

/* `n` times `unit`, then `tail`. */
static char *repeat(size_t n, const char *unit, const char *tail)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < n; i++)
		strbuf_adds(&text, unit);
	strbuf_adds(&text, tail);
	return strbuf_detach(&text);
}

static void check_text(const char *text, enum sms_encoding encoding, int units, int parts, int left)
{
	struct sms_count c;

	sms_count(text, &c);
	assert_int_equal(c.encoding, encoding);
	assert_int_equal(c.units, units);
	assert_int_equal(c.parts, parts);
	assert_int_equal(c.left, left);
}

static void check(size_t n, const char *unit, const char *tail, enum sms_encoding encoding,
	int units, int parts, int left)
{
	char *text = repeat(n, unit, tail);

	check_text(text, encoding, units, parts, left);
	free(text);
}

static void sms__count__empty_is_no_part(void **state)
{
	(void)state;
	check_text("", SMS_GSM7, 0, 0, 160);
}

static void sms__count__gsm_at_every_end_of_a_part(void **state)
{
	(void)state;
	check(1, "a", "", SMS_GSM7, 1, 1, 159);
	check(160, "a", "", SMS_GSM7, 160, 1, 0);
	check(161, "a", "", SMS_GSM7, 161, 2, 145);
	check(306, "a", "", SMS_GSM7, 306, 2, 0);
	check(307, "a", "", SMS_GSM7, 307, 3, 152);
	check(459, "a", "", SMS_GSM7, 459, 3, 0);
	check(460, "a", "", SMS_GSM7, 460, 4, 152);
	check(1530, "a", "", SMS_GSM7, 1530, 10, 0);
	check(1531, "a", "", SMS_GSM7, 1531, 11, 152);
}

static void sms__count__ucs2_at_every_end_of_a_part(void **state)
{
	(void)state;
	check(1, "ê", "", SMS_UCS2, 1, 1, 69);
	check(69, "a", "ê", SMS_UCS2, 70, 1, 0);
	check(70, "a", "ê", SMS_UCS2, 71, 2, 63);
	check(133, "a", "ê", SMS_UCS2, 134, 2, 0);
	check(134, "a", "ê", SMS_UCS2, 135, 3, 66);
	check(200, "a", "ê", SMS_UCS2, 201, 3, 0);
	check(201, "a", "ê", SMS_UCS2, 202, 4, 66);
}

static void sms__count__extension_characters_are_two(void **state)
{
	(void)state;
	check_text("\f", SMS_GSM7, 2, 1, 158);
	check_text("^{}\\[~]|€", SMS_GSM7, 18, 1, 142);
	check(80, "€", "", SMS_GSM7, 160, 1, 0);
	check(158, "a", "€", SMS_GSM7, 160, 1, 0);
	check(159, "a", "€", SMS_GSM7, 161, 2, 153 - 8);
	check(81, "€", "", SMS_GSM7, 162, 2, 153 - 10); /* 76 signs and a lost septet, then five */
}

static void sms__count__an_escape_is_not_torn(void **state)
{
	char *head = repeat(152, "a", "€");
	char *tail = repeat(151, "b", "");

	(void)state;
	/* The sign opens the second part; one septet of the first is lost. */
	check(1, head, "bbbbbbb", SMS_GSM7, 161, 2, 153 - 9);
	check(151, "a", "€bbbbbbbb", SMS_GSM7, 161, 2, 153 - 8);
	check(1, head, tail, SMS_GSM7, 305, 2, 0);
	free(tail);
	tail = repeat(152, "b", "");
	check(1, head, tail, SMS_GSM7, 306, 3, 152);
	free(tail);
	free(head);
}

static void sms__count__a_surrogate_pair_is_not_torn(void **state)
{
	(void)state;
	check_text("😀", SMS_UCS2, 2, 1, 68);
	check(35, "😀", "", SMS_UCS2, 70, 1, 0);
	check(66, "a", "😀bbb", SMS_UCS2, 71, 2, 67 - 5);
	check(65, "a", "😀bbbb", SMS_UCS2, 71, 2, 67 - 4);
	/* 33 pairs a part, one unit lost in each. */
	check(66, "😀", "", SMS_UCS2, 132, 2, 1);
	check(67, "😀", "", SMS_UCS2, 134, 3, 65);
}

static void sms__count__bytes_that_are_no_text_count_one(void **state)
{
	(void)state;
	check_text("a\xff\xc3", SMS_UCS2, 3, 1, 67);
}

static void sms__count__the_whole_alphabet_is_gsm(void **state)
{
	static const char all[] =
		"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

	(void)state;
	check_text(all, SMS_GSM7, 127, 1, 33);
}

static void sms__offender__is_the_first(void **state)
{
	size_t at = 7, len = 7;

	(void)state;
	assert_false(sms_offender("", &at, &len));
	assert_false(sms_offender("Cet été à Ménaka {€}", &at, &len));
	assert_int_equal(at, 7);
	assert_true(sms_offender("éAïchaê", &at, &len));
	assert_int_equal(at, 3);
	assert_int_equal(len, 2);
	assert_true(sms_offender("ab\u202f", &at, &len));
	assert_int_equal(at, 2);
	assert_int_equal(len, 3);
	assert_true(sms_offender("a`", &at, &len));
	assert_int_equal(at, 1);
	assert_int_equal(len, 1);
	assert_true(sms_offender("\x1b", &at, &len));
	assert_true(sms_offender("\t", &at, &len));
	assert_true(sms_offender("ç", &at, &len));
}

static void check_spelled(const char *text, const char *want, bool all)
{
	struct strbuf out = STRBUF_INIT;
	struct strbuf again = STRBUF_INIT;

	strbuf_adds(&out, "<");
	assert_int_equal(sms_spell(text, &out), all);
	assert_string_equal(out.buf + 1, want);
	assert_int_equal(sms_spell(out.buf + 1, &again), all);
	assert_string_equal(again.buf, want);
	strbuf_release(&out);
	strbuf_release(&again);
}

static void sms__spell__leaves_what_is_gsm(void **state)
{
	(void)state;
	check_spelled("", "", true);
	check_spelled("é è à ù ò ì Ñ ñ ü ö ä ß Ø Å Ç É {€}\n",
		"é è à ù ò ì Ñ ñ ü ö ä ß Ø Å Ç É {€}\n", true);
}

static void sms__spell__takes_the_letter_below_the_mark(void **state)
{
	(void)state;
	check_spelled("Aïcha Noël Françoise", "Aicha Noel Francoise", true);
	check_spelled("ÂÊÎÔÛËÏŸÀÈÙ âêîôûëïÿç", "AEIOUEIYAEU aeioueiyc", true);
	check_spelled("Œuvre, cœur, ŒDÈME", "OEuvre, coeur, OEDEME", true);
	check_spelled("Ɛlɔŋo Ðžőḱ ẽ ạ Łódź ș", "Elono Dzök e a Lodz s", true);
}

static void sms__spell__straightens_typography(void **state)
{
	(void)state;
	check_spelled("l’été ‘x’ “y” „z”", "l'été 'x' \"y\" \"z\"", true);
	check_spelled(
		"«\u00a0oui\u00a0» «\u202fnon\u202f» « si »", "\"oui\" \"non\" \" si \"", true);
	check_spelled("a–b—c‑d…", "a-b-c-d...", true);
	check_spelled("12\u202f500\u00a0F\u2009CFA\t!", "12 500 F CFA !", true);
	check_spelled("n° 5, 10\u00a0₣, 2 × 3, m²", "no 5, 10 F, 2 x 3, m2", true);
	check_spelled("a\u00adb\u200bc\ufeff\x01", "abc", true);
}

static void sms__spell__melts_marks_that_come_alone(void **state)
{
	(void)state;
	check_spelled(
		"e\u0301te\u0301 E\u0301 e\u0302 n\u0303 C\u0327 c\u0327", "été É e ñ Ç c", true);
	check_spelled("\u0301x", "\u0301x", false);
	check_spelled("и\u0306", "и\u0306", false);
}

static void sms__spell__leaves_what_has_no_spelling(void **state)
{
	(void)state;
	check_spelled("Fête 😀 д", "Fete 😀 д", false);
	check_spelled("a\xff\xc3\u200b\xa9z", "a???z", true);
}

static void sms__spell__stops_at_the_ceiling(void **state)
{
	struct strbuf out = STRBUF_INIT_MAX(2);

	(void)state;
	assert_true(sms_spell("éxe\u0301", &out));
	assert_true(out.full);
	assert_string_equal(out.buf, "é");
	strbuf_release(&out);
}

static void sms__plain__changes_spaces_and_apostrophes_alone(void **state)
{
	static const char text[] = "l’ami «\u00a0Noël\u00a0» 12\u202f500 a\u2009b ‘c’ …|not this";
	struct strbuf out = STRBUF_INIT;

	(void)state;
	sms_plain(text, strcspn(text, "|"), &out);
	assert_string_equal(out.buf, "l'ami « Noël » 12 500 a b 'c' …");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sms__count__empty_is_no_part),
		cmocka_unit_test(sms__count__gsm_at_every_end_of_a_part),
		cmocka_unit_test(sms__count__ucs2_at_every_end_of_a_part),
		cmocka_unit_test(sms__count__extension_characters_are_two),
		cmocka_unit_test(sms__count__an_escape_is_not_torn),
		cmocka_unit_test(sms__count__a_surrogate_pair_is_not_torn),
		cmocka_unit_test(sms__count__bytes_that_are_no_text_count_one),
		cmocka_unit_test(sms__count__the_whole_alphabet_is_gsm),
		cmocka_unit_test(sms__offender__is_the_first),
		cmocka_unit_test(sms__spell__leaves_what_is_gsm),
		cmocka_unit_test(sms__spell__takes_the_letter_below_the_mark),
		cmocka_unit_test(sms__spell__straightens_typography),
		cmocka_unit_test(sms__spell__melts_marks_that_come_alone),
		cmocka_unit_test(sms__spell__leaves_what_has_no_spelling),
		cmocka_unit_test(sms__spell__stops_at_the_ceiling),
		cmocka_unit_test(sms__plain__changes_spaces_and_apostrophes_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
