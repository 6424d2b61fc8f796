/* Texts to begin campaigns from: versions, checks, previews, files. */
#include "with_home.h"

#include "templates.h"

static struct template_card card_of(const char *key, enum channel channel)
{
	struct template_card card;
	struct err err = ERR_INIT;

	with_ok(templates_find(session, channel, key, &arena, &card, &err), &err);
	return card;
}

static void templates__list__makes_those_of_the_program(void **state)
{
	struct saved_template *list;
	struct err err = ERR_INIT;
	struct template_card card;
	int n, again;

	(void)state;
	with_ok(templates_list(session, -1, false, &arena, &list, &n, &err), &err);
	assert_true(n >= 10);
	assert_string_equal(list[0].languages, "en,fr");
	with_ok(templates_list(session, -1, false, &arena, &list, &again, &err), &err);
	assert_int_equal(again, n);
	card = card_of("WELCOME", CHANNEL_EMAIL);
	assert_int_equal(card.n_versions, 2);
	assert_non_null(template_latest(&card, "fr"));
	assert_null(template_latest(&card, "de"));
}

static void templates__save__never_edits_a_version(void **state)
{
	struct saved_version v = { .language = "fr", .subject = "", .html = "" };
	struct template_card card;
	struct err err = ERR_INIT;

	(void)state;
	card = card_of("WELCOME", CHANNEL_SMS);
	v.text = "Bienvenue {{prenom}}. {{stop}}";
	with_ok(templates_save(session, &card.head, &v, &err), &err);
	assert_int_equal(v.version, 2);
	with_ok(templates_save(session, &card.head, &v, &err), &err);
	assert_int_equal(v.version, 2);
	card = card_of("WELCOME", CHANNEL_SMS);
	assert_int_equal(card.n_versions, 3);
	assert_string_equal(template_latest(&card, "fr")->text, v.text);
	v.text = "Bonjour {{inconnu}}";
	assert_false(templates_save(session, &card.head, &v, &err));
	assert_int_equal(err.code, ERR_TEMPLATE);
	err_clear(&err);
	card.head.revision--;
	v.text = "Bonjour";
	assert_false(templates_save(session, &card.head, &v, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			templates__list__makes_those_of_the_program, with_home, without_home),
		cmocka_unit_test_setup_teardown(
			templates__save__never_edits_a_version, with_home, without_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
