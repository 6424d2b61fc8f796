#include "test.h"

#include <string.h>

#include "actions.h"
#include "keymap.h"

static struct key key_of(const char *name)
{
	struct key key;

	assert_true(key_parse(name, strlen(name), &key));
	return key;
}

static void keymap__parse__names(void **state)
{
	static const struct {
		const char *text, *label;
		uint32_t code;
		unsigned mods;
	} cases[] = {
		{ "a", "a", 'a', 0 },
		{ "G", "G", 'G', 0 },
		{ "é", "é", 0xe9, 0 },
		{ "Ctrl-R", "Ctrl-R", 'r', MOD_CTRL },
		{ "Ctrl-r", "Ctrl-R", 'r', MOD_CTRL },
		{ "Shift-Tab", "Shift-Tab", K_TAB, MOD_SHIFT },
		{ "Alt-Ctrl-Left", "Ctrl-Alt-Left", K_LEFT, MOD_ALT | MOD_CTRL },
		{ "F12", "F12", K_F12, 0 },
		{ "Space", "Space", ' ', 0 },
		{ "-", "-", '-', 0 },
		{ "Ctrl--", "Ctrl--", '-', MOD_CTRL },
	};
	static const char *const wrong[] = { "", "ab", "F0", "F13", "Ctrl-", "enter", "\xff" };
	struct key key;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;

		key = key_of(cases[i].text);
		assert_int_equal(key.code, cases[i].code);
		assert_int_equal(key.mods, cases[i].mods);
		key_label(key, &out);
		assert_string_equal(out.buf, cases[i].label);
		strbuf_release(&out);
	}
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(key_parse(wrong[i], strlen(wrong[i]), &key));
}

static void keymap__builtin__is_right_and_whole(void **state)
{
	struct err err = ERR_INIT;
	struct keymap km;

	(void)state;
	keymap_init(&km, actions, ACT_COUNT);
	assert_true(keymap_load(&km, keys_builtin, "keys.conf", &err));
	for (int i = 0; i < ACT_COUNT; i++) {
		assert_non_null(actions[i].name);
		assert_true(*actions[i].label && *actions[i].help);
		assert_int_equal(keymap_action(&km, actions[i].name), i);
	}
	assert_true(keymap_has(&km, ACT_SCREEN_3, key_of("\"")));
	assert_true(keymap_has(&km, ACT_SCREEN_8, key_of("_")));
	assert_true(keymap_has(&km, ACT_BOTTOM, key_of("G")));
	assert_true(keymap_has(&km, ACT_QUIT, key_of("Ctrl-C")));
	assert_false(keymap_has(&km, ACT_QUIT, key_of("q")));
	/* nothing lives only on a function key, on Alt, on Ctrl-A or Ctrl-B */
	for (int i = 0; i < ACT_COUNT; i++) {
		size_t all = 0, poor = 0;

		for (size_t b = 0; b < km.bindings.len; b++) {
			struct key key = km.bindings.items[b].key;

			if (km.bindings.items[b].action != i)
				continue;
			all++;
			poor += (key.code >= K_F1 && key.code <= K_F12) || key.mods & MOD_ALT ||
				(key.mods & MOD_CTRL && (key.code == 'a' || key.code == 'b'));
		}
		assert_true(all == 0 || poor < all);
	}
	keymap_release(&km);
}

static void keymap__load__user_replaces(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct keymap km;

	(void)state;
	keymap_init(&km, actions, ACT_COUNT);
	assert_true(keymap_load(&km, keys_builtin, "keys.conf", &err));
	assert_true(keymap_load(&km, "# mine\nopen  o Right\r\nmark\n", "mine", &err));
	assert_false(keymap_has(&km, ACT_OPEN, key_of("Enter")));
	keymap_keys(&km, ACT_OPEN, &out);
	assert_string_equal(out.buf, "o, Right");
	strbuf_clear(&out);
	keymap_key(&km, ACT_MARK, &out);
	assert_string_equal(out.buf, "");
	assert_false(keymap_load(&km, "\nfly x\nedit Bogus E\n", "mine", &err));
	assert_int_equal(err.code, ERR_KEYS);
	assert_string_equal(err.subject, "mine:2");
	assert_true(keymap_has(&km, ACT_EDIT, key_of("E"))); /* the good part counts */
	strbuf_release(&out);
	keymap_release(&km);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keymap__parse__names),
		cmocka_unit_test(keymap__builtin__is_right_and_whole),
		cmocka_unit_test(keymap__load__user_replaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
