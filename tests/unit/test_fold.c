#include "test.h"

#include "fold.h"

static void check(const char *s, const char *want)
{
	struct strbuf sb = STRBUF_INIT;

	fold_add(&sb, s);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void fold__add__strips_case_and_marks(void **state)
{
	(void)state;
	check("OUÉDRAOGO Aïcha", "ouedraogo aicha");
	check("Noe\xCC\x88l", "noel");
	check("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑ", "aaaceeeeiioouuuyn");
	check("Łódź Škoda Đorđe Ångström Øre", "lodz skoda dorde angstrom ore");
	check("Nguyễn Ấn", "nguyen an");
	check("Ɛ ɔ ɩ ʋ ŋ ɲ Ɓ ɗ ƴ", "e o i u n n b d y");
	check("Ἀθῆναι ΣΟΦΊΑΣ ς", "αθηναι σοφιασ σ");
	check("Щукин ЁЛКА Йод", "щукин елка иод");
	check("[A-Z]_@09~", "[a-z]_@09~");
	check("", "");
}

static void fold__add__spells_out_ligatures(void **state)
{
	(void)state;
	check("Œuvre ŒDÈME Læticia Groß STRAẞE Þór", "oeuvre oedeme laeticia gross strasse thor");
	check("N° 5 – ½ Ĳssel", "n° 5 - 1/2 ijssel");
}

static void fold__add__makes_quotes_and_hyphens_plain(void **state)
{
	(void)state;
	check("L’Or d‘Aïda Lʼeau O`Neil N´Diaye", "l'or d'aida l'eau o'neil n'diaye");
	check("Saint\xE2\x80\x91"
	      "Étienne",
		"saint-etienne");
	check("co\xC2\xADop\xE2\x80\x8B", "coop");
}

static void fold__add__makes_any_space_one_space(void **state)
{
	(void)state;
	check(" \t a\xC2\xA0\xE2\x80\xAF b\n\r\n", "a b");
	check("a\xE3\x80\x80"
	      "b\xE1\x9A\x80"
	      "c\xE2\x80\xA8"
	      "d",
		"a b c d");
	check("a\x01\x7F\xC2\x85"
	      "b",
		"a b");
	check(" \xC2\xA0 ", "");
}

static void fold__add__keeps_what_it_does_not_know(void **state)
{
	(void)state;
	check("日本 محمد", "日本 محمد");
	check("مُحَمَّد", "محمد");
	check("a\xFF", "a\xEF\xBF\xBD");
	check("a\xC3", "a\xEF\xBF\xBD");
	check("a\xE2\x82", "a\xEF\xBF\xBD\xEF\xBF\xBD");
	check("a" FOLD_LAST "b", "ab");
}

static void fold__add__appends_to_what_is_there(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	strbuf_adds(&sb, "x");
	fold_add(&sb, " É ");
	assert_string_equal(sb.buf, "xe");
	strbuf_release(&sb);
}

static void fold__add__takes_texts_of_any_length(void **state)
{
	struct strbuf in = STRBUF_INIT, out = STRBUF_INIT;

	(void)state;
	for (size_t len = 250; len < 260; len++) {
		strbuf_clear(&in);
		strbuf_clear(&out);
		for (size_t i = 0; i < len; i++)
			strbuf_adds(&in, "Œ ");
		fold_add(&out, in.buf);
		assert_int_equal(out.len, 3 * len - 1);
		for (size_t i = 0; i < len; i++)
			assert_memory_equal(out.buf + 3 * i, "oe ", i + 1 < len ? 3 : 2);
	}
	strbuf_release(&in);
	strbuf_release(&out);
}

static void fold__add_key__sorts_the_missing_last(void **state)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT, c = STRBUF_INIT;

	(void)state;
	fold_add_key(&a, NULL);
	fold_add_key(&b, " \xC2\xA0");
	fold_add_key(&c, "\xF0\x9F\x98\x80");
	assert_string_equal(a.buf, FOLD_LAST);
	assert_string_equal(b.buf, FOLD_LAST);
	assert_true(strcmp(c.buf, FOLD_LAST) < 0);
	strbuf_release(&a);
	strbuf_release(&b);
	strbuf_release(&c);
}

static void check_words(const char *s, size_t count, const char *want)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_adds(&sb, "<");
	assert_int_equal(fold_words(&sb, s), count);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void fold__words__are_letters_and_digits(void **state)
{
	(void)state;
	check_words("J.Ouédraogo@mail.bf", 4, "<j ouedraogo mail bf");
	check_words("« L’Œuvre » – 2e", 3, "<l oeuvre 2e");
	check_words("  --  ", 0, "<");
	check_words("", 0, "<");
	check_words("Щукин, №5", 2, "<щукин 5");
	check_words("x\xFFy", 2, "<x y");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fold__add__strips_case_and_marks),
		cmocka_unit_test(fold__add__spells_out_ligatures),
		cmocka_unit_test(fold__add__makes_quotes_and_hyphens_plain),
		cmocka_unit_test(fold__add__makes_any_space_one_space),
		cmocka_unit_test(fold__add__keeps_what_it_does_not_know),
		cmocka_unit_test(fold__add__appends_to_what_is_there),
		cmocka_unit_test(fold__add__takes_texts_of_any_length),
		cmocka_unit_test(fold__add_key__sorts_the_missing_last),
		cmocka_unit_test(fold__words__are_letters_and_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
