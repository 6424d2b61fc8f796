#include "test.h"

#include "campaign_view.h"
#include "form.h"
#include "message_line.h"
#include "messages.h"
#include "office_campaign.h"
#include "ui_state.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .tab = 1
};

static int64_t open_campaign(struct office *o, const struct office_spec *spec)
{
	int64_t id;

	office_open(o, spec);
	id = office_campaign(o);
	ui_push(o->ui, &campaign_view, &id);
	ui_paint(o->ui);
	return id;
}

static void campaign__draw__every_look(void **state)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 40, 120 } };

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = { .rows = sizes[i].rows,
					.cols = sizes[i].cols,
					.look = (enum look_id)look,
					.lang = (enum lang)lang,
					.tab = 1 };
				struct office o;

				open_campaign(&o, &spec);
				screen_expect(office_name(&spec, "campaign"));
				office_close(&o);
			}
}

static void campaign__lists__both_languages(void **state)
{
	static const char *const names[] = { "campaign-delivered", "campaign-to-correct",
		"campaign-definite", "campaign-no-news", "campaign-left-out", NULL,
		"campaign-uncertain", "campaign-all" };

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office_spec spec = small;
		struct office o;

		spec.lang = (enum lang)lang;
		open_campaign(&o, &spec);
		for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
			screen_keys(o.ui, "Enter");
			if (names[i])
				screen_expect(office_name(&spec, names[i]));
			screen_keys(o.ui, "q Down");
		}
		office_close(&o);
	}
}

static void campaign__messages__by_state(void **state)
{
	struct office o;

	(void)state;
	open_campaign(&o, &small);
	screen_keys(o.ui, "End Enter f");
	screen_expect("campaign-filter");
	screen_keys(o.ui, "Down Enter");
	assert_true(screen_has("All messages · "));
	screen_keys(o.ui, "f 0 G");
	o.ms += 200; /* until the line of details is painted */
	ui_pass_time(o.ui);
	ui_paint(o.ui);
	assert_true(screen_has("16/16"));
	screen_keys(o.ui, "g g");
	o.ms += 200;
	ui_pass_time(o.ui);
	ui_paint(o.ui);
	assert_true(screen_has(" 1/16"));
	office_close(&o);
}

/* All but one are named one by one; what cannot go is counted by why. */
static void campaign__retry__all_but_some(void **state)
{
	struct office o;

	(void)state;
	open_campaign(&o, &small);
	screen_keys(o.ui, "End Enter * Space r");
	assert_true(screen_has("None of them can go again."));
	assert_true(screen_has("· 6 already went"));
	assert_true(screen_has("· 1 uncertain, to be settled one by one"));
	assert_true(screen_has("· 5 has not agreed"));
	assert_true(screen_has("· 2 said stop"));
	screen_keys(o.ui, "Esc Esc r");
	assert_true(screen_has("· 7 already went"));
	office_close(&o);
}

static void campaign__message__says_what_was_tried(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office_spec spec = small;
		struct office o;

		spec.lang = (enum lang)lang;
		open_campaign(&o, &spec);
		screen_keys(o.ui, "Enter Enter");
		screen_expect(office_name(&spec, "message"));
		office_close(&o);
	}
}

static int64_t in_list(struct office *o, int64_t id, enum message_list list)
{
	int64_t counts[MESSAGE_LIST_COUNT];
	struct err err = ERR_INIT;

	office_ok(messages_count(o->desk.s, id, -1, counts, &err), &err);
	return counts[list];
}

/* The whole of it: the list, the field, the saving, and r. */
static void campaign__correct__and_send_again(void **state)
{
	struct office o;
	int64_t id;

	(void)state;
	id = open_campaign(&o, &small);
	assert_int_equal(in_list(&o, id, LIST_TO_CORRECT), 1);
	screen_keys(o.ui, "Down Enter r");
	assert_true(screen_has("None of them can go again."));
	screen_keys(o.ui, "Enter Enter");
	assert_true(screen_has("Compaoré Fatimata · editing"));
	assert_int_equal(ui_top(o.ui)->form->focus, form_find(ui_top(o.ui)->form, "PHONE"));
	screen_keys(o.ui, "End Backspace Backspace");
	screen_type(o.ui, "91");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("To be corrected"));
	screen_keys(o.ui, "r");
	screen_expect("campaign-retry");
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	assert_true(screen_has("1 message waits to be sent again."));
	assert_int_equal(in_list(&o, id, LIST_TO_CORRECT), 0);
	/* The screens send it themselves. */
	for (int i = 0; i < 100 && in_list(&o, id, LIST_WAITING); i++)
		office_wait(&o);
	assert_int_equal(in_list(&o, id, LIST_WAITING), 0);
	assert_int_equal(in_list(&o, id, LIST_NO_NEWS), 5);
	office_close(&o);
}

static void campaign__uncertain__three_choices(void **state)
{
	struct office o;
	int64_t id;

	(void)state;
	id = open_campaign(&o, &small);
	assert_int_equal(in_list(&o, id, LIST_UNCERTAIN), 1);
	screen_keys(o.ui, "End Up Enter r");
	screen_expect("campaign-settle");
	screen_keys(o.ui, "a");
	assert_true(screen_has("Send it again?"));
	screen_keys(o.ui, "Esc");
	assert_int_equal(in_list(&o, id, LIST_UNCERTAIN), 1);
	screen_keys(o.ui, "r s");
	assert_true(screen_has("Kabré Awa · counts as sent."));
	assert_int_equal(in_list(&o, id, LIST_UNCERTAIN), 0);
	office_close(&o);
}

/* What others write is read at most once a second; what was done here at once. */
static void campaign__reload__at_a_walk(void **state)
{
	struct office o;
	int64_t id;

	(void)state;
	office_open(&o, &small);
	office_folder(&o, "0");
	id = office_launched(&o, "Promo");
	ui_push(o.ui, &campaign_view, &id);
	ui_paint(o.ui);
	route_apply(o.ui, NULL, desk_on_tick(&o.desk, o.ui));
	ui_paint(o.ui);
	assert_true(screen_has("Waiting              9"));
	office_send(&o);
	o.ms += 250;
	route_apply(o.ui, NULL, desk_on_tick(&o.desk, o.ui));
	ui_pass_time(o.ui);
	ui_paint(o.ui);
	assert_true(screen_has("Waiting              9"));
	o.ms += 750;
	ui_pass_time(o.ui);
	ui_paint(o.ui);
	assert_true(screen_has("Waiting              0"));
	assert_true(screen_has("Finished"));
	office_close(&o);
}

static void campaign__reload__own_deeds_at_once(void **state)
{
	struct office o;
	int64_t id;

	(void)state;
	office_open(&o, &small);
	office_folder(&o, "3");
	id = office_launched(&o, "Promo");
	ui_push(o.ui, &campaign_view, &id);
	ui_paint(o.ui);
	office_send(&o);
	o.ms += 250;
	route_apply(o.ui, NULL, desk_on_tick(&o.desk, o.ui));
	ui_paint(o.ui);
	assert_true(screen_has("Waiting              9"));
	screen_keys(o.ui, "m p");
	assert_true(screen_has("! Paused"));
	assert_true(screen_has("Waiting              6"));
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
		cmocka_unit_test(campaign__draw__every_look),
		cmocka_unit_test(campaign__lists__both_languages),
		cmocka_unit_test(campaign__messages__by_state),
		cmocka_unit_test(campaign__retry__all_but_some),
		cmocka_unit_test(campaign__message__says_what_was_tried),
		cmocka_unit_test(campaign__correct__and_send_again),
		cmocka_unit_test(campaign__uncertain__three_choices),
		cmocka_unit_test(campaign__reload__at_a_walk),
		cmocka_unit_test(campaign__reload__own_deeds_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
