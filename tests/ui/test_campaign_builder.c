#include "test.h"

#include "campaign_builder.h"
#include "campaigns.h"
#include "office.h"
#include "providers.h"
#include "settings.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24,
	.cols = 80,
	.look = LOOK_WINDOWS,
	.lang = LANG_FR,
};

static void expect(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

/* An office that can send: into a folder, at 25 F a part, saying stop to 4455. */
static void open_office(struct office *o, const struct office_spec *spec)
{
	const struct provider_change changes[] = { { "folder", "/tmp/none" },
		{ "prices", "BF=25" }, { "active", "yes" } };
	struct err err = ERR_INIT;

	office_open(o, spec);
	expect(settings_set(o->desk.s, SETTING_SMS_STOP, "4455", &err), &err);
	expect(providers_set(o->desk.s, PROVIDER_FILE, PROVIDERS_ANY, changes,
		       ARRAY_SIZE(changes), &err),
		&err);
}

static void open_new(struct office *o, const struct office_spec *spec)
{
	open_office(o, spec);
	builder_new(o->ui);
	ui_paint(o->ui);
}

/* The pause in typing, the counting after it, and what that brings. */
static void pause(struct office *o)
{
	for (int i = 0; i < 4; i++)
		office_wait(o);
}

static void name_it(struct office *o, const char *name)
{
	screen_keys(o->ui, "Ctrl-U");
	screen_type(o->ui, name);
}

static void choose_segments(struct office *o)
{
	screen_keys(o->ui, "PgDn Right Tab Space Tab Space");
	pause(o);
}

static void write_message(struct office *o, const char *text)
{
	screen_keys(o->ui, "PgDn Tab Tab");
	screen_type(o->ui, text);
	pause(o);
}

static const char party[] = "Bonjour {{prenom|cher client}}, -20 % sur tout le magasin "
			    "jusqu'à samedi : fête chez Sahel.";

/* The only campaign there is. */
static struct campaign_card card_of(struct office *o, struct arena *a)
{
	const struct campaign_list any = { -1, -1 };
	struct campaign_line *lines;
	struct campaign_card card;
	struct err err = ERR_INIT;
	int n;

	expect(campaigns_page(o->desk.s, &any, INT64_MAX, 10, a, &lines, &n, &err), &err);
	assert_int_equal(n, 1);
	expect(campaigns_get(o->desk.s, lines[0].campaign.id, a, &card, &err), &err);
	return card;
}

static int count_campaigns(struct office *o)
{
	const struct campaign_list any = { -1, -1 };
	struct arena a = ARENA_INIT;
	struct campaign_line *lines;
	struct err err = ERR_INIT;
	int n;

	expect(campaigns_page(o->desk.s, &any, INT64_MAX, 10, &a, &lines, &n, &err), &err);
	arena_release(&a);
	return n;
}

/* --- how it looks -------------------------------------------------------- */

static void go_through(struct office *o, const struct office_spec *spec, bool all)
{
	if (all)
		screen_expect(office_name(spec, "builder-type"));
	name_it(o, "Promo de novembre");
	choose_segments(o);
	if (all)
		screen_expect(office_name(spec, "builder-people"));
	write_message(o, party);
	screen_expect(office_name(spec, "builder-message"));
	if (!all)
		return;
	screen_keys(o->ui, "PgDn");
	pause(o);
	screen_expect(office_name(spec, "builder-sending"));
	screen_keys(o->ui, "PgDn");
	pause(o);
	screen_expect(office_name(spec, "builder-verify"));
}

static void builder__draw__both_languages_and_sizes(void **state)
{
	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = small;
				struct office o;

				spec.rows = sizes[i].rows;
				spec.cols = sizes[i].cols;
				spec.lang = (enum lang)lang;
				spec.look = (enum look_id)look;
				open_new(&o, &spec);
				go_through(&o, &spec, look == LOOK_WINDOWS);
				office_close(&o);
			}
}

/* --- the draft ----------------------------------------------------------- */

static void builder__typing__is_stored_after_a_pause(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	assert_int_equal(count_campaigns(&o), 0); /* nothing was done yet */
	name_it(&o, "Promo");
	ui_pass_time(o.ui);
	o.ms += 599;
	ui_pass_time(o.ui);
	assert_int_equal(count_campaigns(&o), 0);
	o.ms += 1;
	ui_pass_time(o.ui);
	assert_string_equal(card_of(&o, &a).campaign.name, "Promo");
	ui_paint(o.ui);
	assert_true(screen_has("10:42"));
	screen_type(o.ui, " d'hiver");
	ui_pass_time(o.ui);
	o.ms += 600;
	ui_pass_time(o.ui);
	assert_string_equal(card_of(&o, &a).campaign.name, "Promo d'hiver");
	arena_release(&a);
	office_close(&o);
}

/* Whatever was typed at a step is there when the program is gone. */
static void builder__killed__at_each_step_loses_nothing(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct office o;
	int64_t id;

	(void)state;
	open_new(&o, &small);
	name_it(&o, "Promo");
	choose_segments(&o);
	write_message(&o, "Bonjour");
	card = card_of(&o, &a);
	assert_string_equal(card.campaign.name, "Promo");
	assert_string_equal(card.campaign.filter, "segment=VIP,LOYAL");
	assert_int_equal(card.n_texts, 1);
	assert_string_equal(card.texts[0].text, "Bonjour {{stop}}");
	id = card.campaign.id;
	ui_close(o.ui, ui_top(o.ui)); /* without being asked */
	builder_open(o.ui, id);
	ui_paint(o.ui);
	assert_true(screen_has("Promo"));
	screen_keys(o.ui, "PgDn");
	pause(&o);
	assert_true(screen_has("[x]"));
	screen_keys(o.ui, "PgDn");
	pause(&o);
	assert_true(screen_has("Bonjour"));
	arena_release(&a);
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
		cmocka_unit_test(builder__draw__both_languages_and_sizes),
		cmocka_unit_test(builder__typing__is_stored_after_a_pause),
		cmocka_unit_test(builder__killed__at_each_step_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
