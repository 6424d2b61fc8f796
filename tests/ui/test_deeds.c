#include "test.h"

#include "customer_view.h"
#include "office.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_FR
};

/* Opens the customer with that key, in the part so many to the right of the score. */
static void open_part(struct office *o, const char *key, int part)
{
	int64_t id;

	office_open(o, &small);
	id = office_customer(o, key);
	ui_push(o->ui, &customer_view, &id);
	ui_paint(o->ui);
	while (part-- > 0)
		screen_keys(o->ui, "Tab");
}

static void remind(struct office *o)
{
	screen_keys(o->ui, "t Tab Tab Tab");
	screen_type(o->ui, "devis");
	screen_keys(o->ui, "Enter");
}

static void tasks__edit__from_the_list_and_back(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 0);
	remind(&o);
	screen_keys(o.ui, "g t e");
	screen_expect("deeds-task");
	screen_keys(o.ui, "Tab");
	screen_type(o.ui, "14h30");
	screen_keys(o.ui, "Tab Tab Ctrl-u");
	screen_type(o.ui, "facture");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Kabré Awa : tâche modifiée. (u Annuler)"));
	assert_true(screen_has("14:30"));
	assert_true(screen_has("facture"));
	assert_false(screen_has("devis"));
	screen_keys(o.ui, "u");
	assert_true(screen_has("devis"));
	assert_false(screen_has("14:30"));
	office_close(&o);
}

static void tasks__menu__takes_off_the_list_and_back(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 0);
	remind(&o);
	screen_keys(o.ui, "g t m");
	screen_expect("deeds-task-menu");
	screen_keys(o.ui, "r");
	assert_true(screen_has("Kabré Awa : la tâche ne figure plus dans la liste. (u Annuler)"));
	assert_false(screen_has("devis"));
	screen_keys(o.ui, "u");
	assert_true(screen_has("devis"));
	office_close(&o);
}

static void notes__edit_and_remove__by_the_author(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 5);
	screen_keys(o.ui, "m n");
	screen_type(o.ui, "passe lundi");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("passe lundi"));
	screen_keys(o.ui, "e Ctrl-u");
	screen_type(o.ui, "passe mardi");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("passe mardi"));
	assert_false(screen_has("passe lundi"));
	screen_keys(o.ui, "m r");
	assert_true(screen_has("Kabré Awa : note supprimée. (u Annuler)"));
	assert_false(screen_has("passe mardi"));
	screen_keys(o.ui, "u");
	assert_true(screen_has("passe mardi"));
	office_close(&o);
}

/* In the part of notes a task is edited by the same key. */
static void notes__edit__a_task(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 5);
	remind(&o);
	screen_keys(o.ui, "e Tab Tab Tab Ctrl-u");
	screen_type(o.ui, "facture");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("facture"));
	assert_false(screen_has("devis"));
	office_close(&o);
}

/* Notes that SMS is refused or agreed to: the fourth check. */
static void note_sms(struct office *o, bool refused)
{
	screen_keys(o->ui, refused ? "m y Right" : "m y");
	screen_keys(o->ui, "Tab Tab Tab Tab Space");
}

static void consents__note__asks_for_the_proof_of_a_later_yes(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 4);
	note_sms(&o, true);
	screen_expect("deeds-consent");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Kabré Awa : sa réponse est notée."));
	assert_true(screen_has("SMS non"));
	o.now += 3600;
	note_sms(&o, false);
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Un oui après un refus demande sa preuve."));
	screen_type(o.ui, "lettre du 17");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("SMS oui"));
	assert_true(screen_has("lettre du 17"));
	office_close(&o);
}

static void consents__note__a_yes_before_the_refusal(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 4);
	note_sms(&o, true);
	screen_keys(o.ui, "Ctrl-s");
	note_sms(&o, false);
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Kabré Awa, non noté : SMS"));
	assert_true(screen_has("SMS non"));
	office_close(&o);
}

static void consents__note__asks_what_it_is_about(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 4);
	screen_keys(o.ui, "m y Ctrl-s");
	assert_true(screen_has("Espace coche ce dont il s'agit."));
	office_close(&o);
}

static void consents__correct__within_a_day_with_a_reason(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 4);
	note_sms(&o, true);
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("SMS non"));
	screen_keys(o.ui, "Home m k");
	screen_expect("deeds-slip");
	screen_type(o.ui, "mauvaise fiche");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Kabré Awa : la ligne saisie par erreur est retirée."));
	assert_false(screen_has("SMS non"));
	office_close(&o);
}

static void consents__correct__too_late(void **state)
{
	struct office o;

	(void)state;
	open_part(&o, "C006", 4);
	note_sms(&o, true);
	screen_keys(o.ui, "Ctrl-s");
	o.now += 24 * 60 * 60 + 1;
	screen_keys(o.ui, "Home m k");
	screen_type(o.ui, "mauvaise fiche");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Non retiré : "));
	assert_true(screen_has("SMS non"));
	office_close(&o);
}

static int end(void **state)
{
	(void)state;
	office_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks__edit__from_the_list_and_back),
		cmocka_unit_test(tasks__menu__takes_off_the_list_and_back),
		cmocka_unit_test(notes__edit_and_remove__by_the_author),
		cmocka_unit_test(notes__edit__a_task),
		cmocka_unit_test(consents__note__asks_for_the_proof_of_a_later_yes),
		cmocka_unit_test(consents__note__a_yes_before_the_refusal),
		cmocka_unit_test(consents__note__asks_what_it_is_about),
		cmocka_unit_test(consents__correct__within_a_day_with_a_reason),
		cmocka_unit_test(consents__correct__too_late),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
