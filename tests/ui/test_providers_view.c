#include "test.h"

#include <stdlib.h>

#include "holding.h"
#include "office.h"
#include "providers.h"
#include "providers_view.h"
#include "secrets.h"
#include "send_rules_view.h"
#include "settings.h"
#include "station.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .view = &providers_view
};

static void set(
	struct office *o, enum provider_name name, const struct provider_change *changes, int n)
{
	struct err err = ERR_INIT;

	if (!providers_set(o->desk.s, name, PROVIDERS_ANY, changes, n, &err))
		fail_msg("%s %s", err_name(err.code), err.subject);
}

static void set_up(struct office *o)
{
	static const struct provider_change orange[] = { { "client_id", "orange-id" },
		{ "client_secret", "very-secret" }, { "sender_address", "tel:+2260000" },
		{ "prices", "BF=25" } };
	static const struct provider_change smtp[] = { { "host", "mail.sahel.bf" },
		{ "from_address", "info@sahel.bf" }, { "active", "no" } };
	static const struct provider_change folder[] = { { "folder", "/tmp" } };
	struct err err = ERR_INIT;

	set(o, PROVIDER_ORANGE, orange, (int)ARRAY_SIZE(orange));
	set(o, PROVIDER_SMTP, smtp, (int)ARRAY_SIZE(smtp));
	set(o, PROVIDER_FILE, folder, (int)ARRAY_SIZE(folder));
	assert_true(providers_tested(o->desk.s, PROVIDER_ORANGE, true, &err));
	screen_keys(o->ui, "Ctrl-r");
	ui_paint(o->ui);
}

static void providers__draw__every_look(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = small;
				struct office o;

				spec.rows = sizes[i].rows;
				spec.cols = sizes[i].cols;
				spec.look = (enum look_id)look;
				spec.lang = (enum lang)lang;
				office_open(&o, &spec);
				set_up(&o);
				screen_keys(o.ui, "Down Down Down Down");
				screen_expect(office_name(&spec, "providers"));
				screen_keys(o.ui, "Enter");
				screen_expect(office_name(&spec, "provider-form"));
				office_close(&o);
			}
}

static void providers__form__never_shows_a_secret_and_keeps_it(void **state)
{
	struct arena a = ARENA_INIT;
	struct provider_card card;
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	office_open(&o, &small);
	set_up(&o);
	screen_keys(o.ui, "Down Down Down Down Enter");
	assert_true(screen_has("●●●● set; typing replaces it"));
	assert_false(screen_has("very-secret"));
	/* Another limit leaves the secret as it is. */
	screen_keys(o.ui, "Tab Tab Tab Tab Tab Tab Ctrl-u");
	screen_type(o.ui, "80");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Orange is set up. Ctrl-T sends a test."));
	assert_true(providers_get(o.desk.s, PROVIDER_ORANGE, &a, &card, &err));
	assert_int_equal(card.account.hourly, 80);
	assert_true(card.set[1]);
	arena_release(&a);
	office_close(&o);
}

static void providers__form__says_what_is_wrong_beside_its_field(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Down Down Enter Ctrl-s");
	assert_true(screen_has("This cannot stay empty."));
	screen_type(o.ui, "mail.sahel.bf");
	screen_keys(o.ui, "Tab Tab Tab Tab Tab");
	screen_type(o.ui, "info at sahel");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("This is no e-mail address."));
	screen_keys(o.ui, "Ctrl-u");
	screen_type(o.ui, "info@sahel.bf");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("SMTP is set up."));
	assert_true(screen_has("○ not tested"));
	office_close(&o);
}

static void providers__turn__off_and_on_by_the_menu(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	set_up(&o);
	screen_keys(o.ui, "Down Down Down Down m x");
	assert_true(screen_has("Orange is switched off."));
	assert_true(screen_has("– off"));
	screen_keys(o.ui, "m x");
	assert_true(screen_has("Orange is used for sending again."));
	office_close(&o);
}

static void providers__test__through_the_folder(void **state)
{
	struct strbuf kept = STRBUF_INIT_MAX(256);
	struct arena a = ARENA_INIT;
	struct provider_card card;
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	office_open(&o, &small);
	set_up(&o);
	screen_keys(o.ui, "t");
	assert_true(screen_has("SendGrid is not set up: Enter asks for its account."));
	screen_keys(o.ui, "End t");
	screen_expect("providers-try");
	screen_type(o.ui, "awa@kabre.bf");
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	assert_true(screen_has("awa@kabre.bf"));
	assert_true(screen_has("Test · Folder"));
	screen_keys(o.ui, "Enter");
	assert_true(providers_get(o.desk.s, PROVIDER_FILE, &a, &card, &err));
	assert_true(card.account.tested_ok);
	assert_int_equal(card.account.tested_at, o.now);
	arena_release(&a);
	desk_pref(&o.desk, "test.EMAIL", &kept);
	assert_string_equal(kept.buf, "awa@kabre.bf");
	strbuf_release(&kept);
	office_close(&o);
}

static void send_rules__draw__both_languages_and_sizes(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			struct office_spec spec = small;
			struct office o;

			spec.rows = sizes[i].rows;
			spec.cols = sizes[i].cols;
			spec.lang = (enum lang)lang;
			spec.view = &send_rules_view;
			office_open(&o, &spec);
			set_up(&o);
			screen_expect(office_name(&spec, "send-rules"));
			office_close(&o);
		}
}

static void send_rules__order__is_moved_and_put_back(void **state)
{
	enum provider_name names[PROVIDER_COUNT];
	struct office_spec spec = small;
	struct err err = ERR_INIT;
	struct office o;
	int n;

	(void)state;
	spec.view = &send_rules_view;
	office_open(&o, &spec);
	screen_keys(o.ui, "J");
	assert_true(providers_order(o.desk.s, CHANNEL_EMAIL, false, names, &n, &err));
	assert_int_equal(names[0], PROVIDER_MAILCHIMP);
	assert_int_equal(names[1], PROVIDER_SENDGRID);
	/* The cursor went with it. */
	screen_keys(o.ui, "K");
	assert_true(providers_order(o.desk.s, CHANNEL_EMAIL, false, names, &n, &err));
	assert_int_equal(names[0], PROVIDER_SENDGRID);
	screen_keys(o.ui, "Enter j Enter b");
	assert_true(providers_order(o.desk.s, CHANNEL_EMAIL, false, names, &n, &err));
	assert_int_equal(names[0], PROVIDER_SENDGRID);
	office_close(&o);
}

static void send_rules__setting__is_asked_until_it_can_be(void **state)
{
	struct office_spec spec = small;
	struct err err = ERR_INIT;
	struct office o;
	int64_t n;

	(void)state;
	spec.view = &send_rules_view;
	office_open(&o, &spec);
	while (!screen_has("► Within so many days"))
		screen_keys(o.ui, "Down");
	screen_keys(o.ui, "Enter Ctrl-u");
	screen_type(o.ui, "400");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("A whole number, 1 to 365."));
	screen_keys(o.ui, "Ctrl-u");
	screen_type(o.ui, "10");
	screen_keys(o.ui, "Enter");
	assert_true(settings_number(o.desk.s, SETTING_CAP_DAYS, &n, &err));
	assert_int_equal(n, 10);
	office_close(&o);
}

static void settings__key__is_shown_once_it_was_confirmed(void **state)
{
	struct office_spec spec = { .rows = 24, .cols = 80, .look = LOOK_WINDOWS, .tab = 8 };
	char key[RECOVERY_LEN + 1];
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	spec.lang = LANG_EN;
	office_open(&o, &spec);
	screen_keys(o.ui, "End Up Enter 1");
	assert_true(screen_has("Show the recovery key?"));
	screen_keys(o.ui, "Enter"); /* the focus is on No */
	assert_true(secrets_recovery(o.desk.s, key, &err));
	assert_false(screen_has(key));
	screen_keys(o.ui, "Enter 1 Tab Enter");
	assert_true(screen_has(key));
	screen_keys(o.ui, "Enter");
	assert_false(screen_has(key));
	office_close(&o);
}

/* Makes the store one that is registered, as a sender does, and then a copy of it. */
static void become_copy(struct office *o)
{
	enum station station;
	struct err err = ERR_INIT;
	char away[96];

	assert_true(station_check(o->desk.s, &station, &err));
	assert_int_equal(station, STATION_OK);
	snprintf(away, sizeof(away), "%s/elsewhere", o->folder);
	setenv("XDG_STATE_HOME", away, 1);
	desk_look(&o->desk);
	holding_show(&o->desk);
	screen_keys(o->ui, "Ctrl-r");
	ui_paint(o->ui);
}

static void settings__copy__says_so_until_this_one_goes_on(void **state)
{
	struct office_spec spec = { .rows = 24, .cols = 80, .look = LOOK_WINDOWS, .tab = 8 };

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		become_copy(&o);
		assert_true(screen_has(lang == LANG_EN
					       ? "This store is a copy: nothing is sent"
					       : "Cette base est une copie\u00a0: rien ne part"));
		screen_keys(o.ui, "Home Enter");
		assert_true(screen_has(lang == LANG_EN ? "Does this store go on?"
						       : "Cette base continue-t-elle\u00a0?"));
		screen_keys(o.ui, "Tab Enter");
		assert_int_equal(o.desk.station, STATION_OK);
		assert_false(screen_has(
			lang == LANG_EN ? "This store is a copy" : "Cette base est une copie"));
		office_close(&o);
	}
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
		cmocka_unit_test(providers__draw__every_look),
		cmocka_unit_test(providers__form__never_shows_a_secret_and_keeps_it),
		cmocka_unit_test(providers__form__says_what_is_wrong_beside_its_field),
		cmocka_unit_test(providers__turn__off_and_on_by_the_menu),
		cmocka_unit_test(providers__test__through_the_folder),
		cmocka_unit_test(send_rules__draw__both_languages_and_sizes),
		cmocka_unit_test(send_rules__order__is_moved_and_put_back),
		cmocka_unit_test(send_rules__setting__is_asked_until_it_can_be),
		cmocka_unit_test(settings__key__is_shown_once_it_was_confirmed),
		cmocka_unit_test(settings__copy__says_so_until_this_one_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
