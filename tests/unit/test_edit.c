#include "test.h"

#include <string.h>

#include "edit.h"
#include "keymap.h"

/* Presses keys by name, "|" in the result is the cursor. */
static void press(struct edit *e, const char *keys)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		struct key key;

		assert_true(key_parse(keys, len, &key));
		edit_key(e, key);
		keys += len + (keys[len] == ' ');
	}
}

static void check(const struct edit *e, const char *want)
{
	struct strbuf have = STRBUF_INIT;

	strbuf_add(&have, e->text.buf, e->pos);
	strbuf_addc(&have, '|');
	strbuf_adds(&have, e->text.buf + e->pos);
	assert_string_equal(have.buf, want);
	strbuf_release(&have);
}

static void expect(const char *text, const char *keys, const char *want)
{
	struct edit e;

	edit_init(&e, false, 100);
	edit_set(&e, text);
	press(&e, keys);
	check(&e, want);
	edit_release(&e);
}

static void edit__move__by_what_a_person_counts(void **state)
{
	(void)state;
	expect("Noël", "Left Left", "No|ël");
	expect("Noe\xcc\x88l", "Left Left", "No|e\xcc\x88l"); /* e with a combining mark */
	expect("abc", "Home Right", "a|bc");
	expect("abc", "Home Left End Right", "abc|");
	expect("Kaboré & Fils SARL", "Ctrl-Left Ctrl-Left", "Kaboré & |Fils SARL");
	expect("Kaboré & Fils", "Home Ctrl-Right", "Kaboré| & Fils");
	expect("awa@faso.bf", "Alt-b Alt-b", "awa@|faso.bf");
	expect("abc", "Ctrl-A", "|abc");
	expect("abc", "Home Ctrl-E", "abc|");
}

static void edit__delete__chars_words_lines(void **state)
{
	(void)state;
	expect("Noe\xcc\x88l", "Left Backspace", "No|l");
	expect("Noël", "Home Delete", "|oël");
	expect("Noël", "End Delete", "Noël|");
	expect("Noël", "Home Backspace", "|Noël");
	expect("Kaboré & Fils", "Ctrl-W", "Kaboré & |");
	expect("Kaboré & Fils", "Ctrl-Backspace Ctrl-W", "Kaboré |");
	expect("Kaboré & Fils", "Ctrl-Left Ctrl-U", "|Fils");
	expect("Kaboré & Fils", "Ctrl-Left Ctrl-K", "Kaboré & |");
	expect("a b c", "Home Ctrl-Delete", "| b c");
}

static void edit__type__in_the_middle(void **state)
{
	(void)state;
	expect("Kabr", "Left o", "Kabo|r");
	expect("Kab", "o r é", "Kaboré|");
	expect("", "Space q Space", " q |");
}

static void edit__pass__what_is_not_its_key(void **state)
{
	static const char *const keys[] = { "Esc", "Tab", "Up", "Down", "Enter", "F1", "Ctrl-S",
		"Alt-x", "PgUp" };
	struct edit e;

	(void)state;
	edit_init(&e, false, 100);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct key key;

		assert_true(key_parse(keys[i], strlen(keys[i]), &key));
		assert_int_equal(edit_key(&e, key), EDIT_PASS);
	}
	check(&e, "|");
	edit_release(&e);
}

static void edit__ceiling__whole_characters(void **state)
{
	struct edit e;

	(void)state;
	edit_init(&e, false, 5);
	edit_set(&e, "éééé");
	check(&e, "éé|");
	press(&e, "a b");
	check(&e, "ééa|");
	assert_int_equal(edit_paste(&e, "x", 1), EDIT_NOTHING);
	edit_release(&e);
}

static void edit__paste__one_line(void **state)
{
	struct edit e;

	(void)state;
	edit_init(&e, false, 100);
	edit_paste(&e,
		"a\nb\tc\033[31m\xff"
		"d\n\n",
		14);
	check(&e, "a b c[31md|");
	edit_release(&e);
}

static void edit__lines__move_by_wrapped_lines(void **state)
{
	struct edit e;

	(void)state;
	edit_init(&e, true, 1000);
	e.width = 11; /* ten cells and the cursor */
	edit_set(&e, "one two three four\nfive");
	check(&e, "one two three four\nfive|");
	press(&e, "Up"); /* "one two " "three four" "five" */
	check(&e, "one two thre|e four\nfive");
	press(&e, "Up");
	check(&e, "one |two three four\nfive");
	assert_int_equal(edit_key(&e, (struct key){ K_UP, 0 }), EDIT_PASS);
	press(&e, "End");
	check(&e, "one two three four|\nfive");
	press(&e, "Down");
	check(&e, "one two three four\nfive|");
	press(&e, "Home Enter x");
	check(&e, "one two three four\n\nx|five");
	press(&e, "Up");
	check(&e, "one two three four\n|\nxfive");
	press(&e, "Up Up Up Up");
	check(&e, "|one two three four\n\nxfive");
	edit_paste(&e, "a\nb\n", 4);
	check(&e, "a\nb\n|one two three four\n\nxfive");
	edit_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edit__move__by_what_a_person_counts),
		cmocka_unit_test(edit__delete__chars_words_lines),
		cmocka_unit_test(edit__type__in_the_middle),
		cmocka_unit_test(edit__pass__what_is_not_its_key),
		cmocka_unit_test(edit__ceiling__whole_characters),
		cmocka_unit_test(edit__paste__one_line),
		cmocka_unit_test(edit__lines__move_by_wrapped_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
