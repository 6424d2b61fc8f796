#include "test.h"

#include <locale.h>
#include <string.h>

#include "chart.h"
#include "dialog.h"
#include "form_box.h"
#include "keymap.h"
#include "meter.h"
#include "screen.h"
#include "toy.h"

static const char *const look_names[] = { "rich", "windows", "ascii" };

/* --- charts -------------------------------------------------------------- */

static void draw_charts(struct canvas *c)
{
	static const int64_t week[] = { 0, 1, 3, 8, 5, 2, 8, 4, 7, 6 };
	static const int64_t grid[] = { 0, 1, 2, 3, 4, 5, -1, 7, 8, 9, 10, 8 };

	for (int i = 0; i <= 10; i++)
		chart_bar(c, i, 0, 12, ROLE_VIP, i, 10);
	chart_bar(c, 0, 14, 12, ROLE_VIP, 1, 1000000);
	chart_bar(c, 1, 14, 12, ROLE_VIP, 999999, 1000000);
	chart_bar(c, 2, 14, 12, ROLE_VIP, -5, 10);
	chart_bar(c, 3, 14, 12, ROLE_VIP, 50, 10);
	chart_bar(c, 4, 14, 12, ROLE_VIP, 1, 0);
	chart_gauge(c, 6, 14, 14, ROLE_GOOD, 0, 100);
	chart_gauge(c, 7, 14, 14, ROLE_GOOD, 68, 100);
	chart_gauge(c, 8, 14, 14, ROLE_GOOD, 100, 100);
	chart_spark(c, 10, 14, 10, ROLE_NORMAL, week, ARRAY_SIZE(week));
	chart_spark(c, 11, 14, 4, ROLE_NORMAL, week, ARRAY_SIZE(week));
	chart_columns(c, (struct rect){ 0, 32, 6, 40 }, ROLE_REGULAR, week, ARRAY_SIZE(week));
	chart_heat(c, (struct rect){ 8, 32, 4, 40 }, ROLE_GOOD, grid, 3, 4, 3);
}

static void chart__draw__three_looks(void **state)
{
	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++) {
		struct screen s;
		char name[64];

		screen_open(&s, 13, 80, (enum look_id)look);
		screen_begin(&s);
		draw_charts(&s.canvas);
		screen_show(&s);
		snprintf(name, sizeof(name), "charts-%s", look_names[look]);
		screen_expect(name);
		screen_close(&s);
	}
}

static void meter__draw__rate_and_time_left(void **state)
{
	struct meter p;
	struct screen s;

	(void)state;
	meter_start(&p, 10000, 1000);
	assert_int_equal(meter_rate(&p), -1);
	for (int i = 1; i <= 20; i++)
		meter_set(&p, i * 100, 10000, 1000 + i * 250);
	assert_int_equal(meter_rate(&p), 400);
	assert_int_equal(meter_left(&p), 20);
	screen_open(&s, 3, 80, LOOK_WINDOWS);
	screen_begin(&s);
	meter_draw(&p, &s.canvas, (struct rect){ 0, 1, 1, 78 });
	p.total = -1;
	meter_draw(&p, &s.canvas, (struct rect){ 1, 1, 1, 78 });
	screen_show(&s);
	screen_expect("progress");
	screen_close(&s);
}

/* --- text ---------------------------------------------------------------- */

static void draw__text__controls_never_reach_the_screen(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, 6, 40, LOOK_WINDOWS);
	screen_begin(&s);
	draw_text(&s.canvas, 0, 0, 40, ROLE_NORMAL, "a\033[31mb\tc\nd\x7f\xc2\x9bX");
	draw_text(&s.canvas, 1, 0, 40, ROLE_NORMAL, "abc \xe2\x80\xaetxt.exe \xff.");
	draw_text(&s.canvas, 2, 0, 10, ROLE_NORMAL, "Établissements Nikiéma");
	draw_right(&s.canvas, 3, 0, 40, ROLE_NORMAL, "日本 ▲");
	draw_text(&s.canvas, 4, 36, 40, ROLE_NORMAL, "cut at the edge");
	draw_text(&s.canvas, 9, 0, 40, ROLE_NORMAL, "under the screen");
	draw_text(&s.canvas, 5, 0, 40, ROLE_NORMAL, "e\xcc\x81t\xc3\xa9");
	screen_show(&s);
	screen_expect("text");
	screen_close(&s);
}

static void draw__text__folded_without_utf8(void **state)
{
	struct screen s;

	(void)state;
	setlocale(LC_CTYPE, "C");
	screen_open(&s, 3, 40, term_guess_look());
	assert_int_equal(s.canvas.look->id, LOOK_ASCII);
	screen_begin(&s);
	draw_text(&s.canvas, 0, 0, 40, ROLE_NORMAL, "Établissements Œuvre & Noël – 1 234 €");
	draw_text(&s.canvas, 1, 0, 12, ROLE_NORMAL, "Ouédraogo Noël Œ");
	draw_box(&s.canvas, (struct rect){ 0, 38, 3, 2 }, NULL);
	screen_show(&s);
	setlocale(LC_CTYPE, "");
	screen_expect("text-ascii");
	screen_close(&s);
}

/* --- forms --------------------------------------------------------------- */

static struct ui *form_start(struct toy_world *world, int rows, int cols, enum look_id look)
{
	struct ui *ui;

	*world = (struct toy_world){ .count = 20, .now = 1000 };
	ui = toy_start(world, rows, cols, look);
	screen_keys(ui, "n");
	return ui;
}

static void form__draw__three_looks(void **state)
{
	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++) {
		struct toy_world world;
		struct ui *ui = form_start(&world, 24, 80, (enum look_id)look);
		char name[64];

		screen_keys(ui, "Tab Tab");
		screen_type(ui, "awa.kabre");
		screen_keys(ui, "Tab");
		snprintf(name, sizeof(name), "form-%s", look_names[look]);
		screen_expect(name);
		toy_stop(ui);
	}
}

static void form__type__every_printable_key(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Down");
	screen_type(ui, " q?:1jk/x");
	assert_string_equal(form_get(world.form, "name"), "Kaboré & Fils q?:1jk/x");
	screen_keys(ui, "Ctrl-Z");
	assert_string_equal(form_get(world.form, "name"), "Kaboré & Fils");
	assert_false(form_changed(world.form));
	screen_paste(ui, " SARL\nOuaga\n");
	assert_string_equal(form_get(world.form, "name"), "Kaboré & Fils SARL Ouaga");
	assert_int_equal(world.saved, 0);
	toy_stop(ui);
}

static void form__day__short_forms(void **state)
{
	static const struct {
		const char *typed, *want;
	} cases[] = {
		{ "20/11", "2026-11-20" },
		{ "16/11", "2027-11-16" },
		{ "+3", "2026-11-20" },
		{ "3/12/26", "2026-12-03" },
		{ "2027-01-05", "2027-01-05" },
		{ "31/02/2026", "31/02/2026" },
		{ "soon", "soon" },
	};
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Tab Tab Tab");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		screen_keys(ui, "Ctrl-U");
		screen_type(ui, cases[i].typed);
		assert_string_equal(form_get(world.form, "remind"), cases[i].want);
	}
	screen_keys(ui, "Tab");
	assert_true(screen_has("This is no date"));
	screen_keys(ui, "Shift-Tab Ctrl-U");
	screen_type(ui, "2026-11-20+");
	assert_string_equal(form_get(world.form, "remind"), "2026-11-21");
	screen_keys(ui, "- -");
	assert_string_equal(form_get(world.form, "remind"), "2026-11-19");
	toy_stop(ui);
}

static void form__choice__keys_and_menu(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	assert_string_equal(form_get(world.form, "kind"), "firm");
	screen_keys(ui, "Right");
	assert_string_equal(form_get(world.form, "kind"), "public");
	screen_keys(ui, "p");
	assert_string_equal(form_get(world.form, "kind"), "person");
	screen_keys(ui, "q"); /* a letter that chooses nothing does nothing */
	assert_string_equal(form_get(world.form, "kind"), "person");
	screen_keys(ui, "Enter");
	screen_expect("form-choice");
	screen_keys(ui, "Down Enter");
	assert_string_equal(form_get(world.form, "kind"), "firm");
	toy_stop(ui);
}

static void form__check_and_number(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Tab Tab Tab Tab");
	screen_type(ui, "12 500");
	assert_string_equal(form_get(world.form, "limit"), "12500");
	screen_keys(ui, "Ctrl-U");
	screen_type(ui, "9+");
	assert_string_equal(form_get(world.form, "limit"), "10");
	screen_keys(ui, "Tab Space");
	assert_true(form_checked(world.form, "vat"));
	screen_keys(ui, "Tab Enter"); /* in a text of several lines Enter types */
	assert_string_equal(form_get(world.form, "note"), "Paie en fin de mois.");
	screen_type(ui, "x");
	assert_string_equal(form_get(world.form, "note"), "Paie en fin de mois.\nx");
	toy_stop(ui);
}

static void form__save__checks_first(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Tab Ctrl-U Ctrl-S");
	assert_int_equal(world.saved, 0);
	assert_true(screen_has("This cannot stay empty."));
	screen_type(ui, "Awa");
	assert_false(screen_has("This cannot stay empty."));
	screen_keys(ui, "Ctrl-S");
	assert_int_equal(world.saved, 1);
	assert_true(screen_has("Saved."));
	assert_int_equal(world.reloads, 1);
	toy_stop(ui);
}

static void form__leave__asks_when_changed(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Esc"); /* nothing changed: closes at once */
	assert_true(screen_has("Customers · all"));
	screen_keys(ui, "n Tab x Esc");
	screen_expect("form-leave");
	screen_keys(ui, "g"); /* go on writing */
	assert_string_equal(form_get(world.form, "name"), "Kaboré & Filsx");
	screen_keys(ui, "Esc t");
	assert_true(screen_has("Customers · all"));
	assert_int_equal(world.saved, 0);
	screen_keys(ui, "n Tab x Esc Enter");
	assert_int_equal(world.saved, 1);
	assert_true(screen_has("Customers · all"));
	assert_false(ui_ended(ui));
	toy_stop(ui);
}

static void form__refresh__theirs_is_shown(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	form_refresh(world.form, "name", "Kaboré et Fils"); /* not touched: follows */
	assert_string_equal(form_get(world.form, "name"), "Kaboré et Fils");
	assert_int_equal(form_conflicts(world.form), 0);
	screen_keys(ui, "Tab s");
	form_refresh(world.form, "name", "Kaboré SA");
	assert_string_equal(form_get(world.form, "name"), "Kaboré et Filss");
	assert_int_equal(form_conflicts(world.form), 1);
	ui_paint(ui);
	screen_expect("form-conflict");
	screen_keys(ui, "Ctrl-Z");
	assert_string_equal(form_get(world.form, "name"), "Kaboré SA");
	assert_int_equal(form_conflicts(world.form), 0);
	toy_stop(ui);
}

static void form__draw__scrolls_to_the_focus(void **state)
{
	struct toy_world world;
	struct ui *ui = form_start(&world, 10, 60, LOOK_WINDOWS);

	(void)state;
	assert_true(screen_has("Identity"));
	screen_keys(ui, "Shift-Tab");
	assert_true(screen_has("Note"));
	assert_false(screen_has("Identity"));
	screen_keys(ui, "Tab");
	assert_true(screen_has("Identity"));
	toy_stop(ui);
}

/* --- boxes --------------------------------------------------------------- */

struct heard {
	int times, value;
	char text[64];
};

static unsigned hear(void *ctx, const struct answer *answer)
{
	struct heard *heard = ctx;

	heard->times++;
	heard->value = answer->value;
	snprintf(heard->text, sizeof(heard->text), "%s", answer->text);
	return STALE_PAINT;
}

static void dialog__expect__number_must_be_typed(void **state)
{
	static const char *const buttons[] = { "Send", "Cancel" };
	struct dialog_spec spec = { .title = "Launch",
		.text = "154 people will get it. What is sent cannot be called back; type "
			"their number to go on.",
		.buttons = buttons,
		.count = 2,
		.ask = true,
		.label = "Number",
		.expect = "154" };
	struct toy_world world = { .count = 20, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct heard heard = { 0 };

	(void)state;
	ui_dialog(ui, &spec, hear, &heard);
	screen_type(ui, "15q");
	screen_keys(ui, "Enter");
	assert_int_equal(heard.times, 0);
	screen_expect("dialog-expect");
	screen_paste(ui, "154\n");
	assert_int_equal(heard.times, 0); /* nothing pasted confirms */
	screen_keys(ui, "Ctrl-U");
	screen_type(ui, "154");
	screen_keys(ui, "Enter");
	assert_int_equal(heard.times, 1);
	assert_int_equal(heard.value, 0);
	assert_string_equal(heard.text, "154");
	toy_stop(ui);
}

static void form_box__enter__checks_and_answers(void **state)
{
	static const struct form_choice how[] = { { "call", "Call" },
		{ "counter", "At the counter" } };
	static const struct form_field fields[] = {
		{ .name = "sms", .label = "SMS", .kind = FORM_CHECK },
		{ .name = "how",
			.label = "How it came",
			.kind = FORM_CHOICE,
			.choices = how,
			.choice_count = 2 },
		{ .name = "who", .label = "Said by", .kind = FORM_TEXT, .required = true },
	};
	struct toy_world world = { .count = 20, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct heard heard = { 0 };
	struct form form;

	(void)state;
	form_init(&form, fields, ARRAY_SIZE(fields), NULL);
	form_set(&form, "sms", "1");
	ui_open(ui, form_box_new("Stop writing", "2 queued messages are cancelled.", &form, "Stop"),
		hear, &heard);
	screen_keys(ui, "Enter");
	assert_int_equal(heard.times, 0);
	screen_expect("form-box");
	screen_type(ui, "qu");
	screen_keys(ui, "Up Right Enter");
	assert_int_equal(heard.times, 1);
	assert_int_equal(heard.value, 0);
	assert_string_equal(form_get(&form, "who"), "qu");
	assert_string_equal(form_get(&form, "how"), "counter");
	toy_stop(ui);
	form_release(&form);
}

static void status__order__what_gives_way(void **state)
{
	struct toy_world world = { .count = 20, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	ui_status(ui, STATUS_HOLD, "Sending 34/120: goes on at 14:32 (quota Orange)");
	ui_status(ui, STATUS_OFFLINE, "Offline, 12 waiting");
	ui_paint(ui);
	screen_expect("status-hold");
	ui_say(ui, "A message that is long enough to push something from the line");
	ui_paint(ui);
	assert_true(screen_has("push something from the line"));
	assert_true(screen_has("10:42"));
	assert_false(screen_has("Offline"));
	assert_false(screen_has("quota Orange"));
	toy_stop(ui);
}

static void ui__banner__on_every_screen(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 40, 120 } };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct toy_world world = { .count = 20, .now = 1000 };
		struct ui *ui = toy_start(&world, sizes[i][0], sizes[i][1], LOOK_WINDOWS);

		ui_set_company(ui, "Sahel", "DEMONSTRATION");
		ui_say(ui, "12 records were corrected.");
		ui_paint(ui);
		assert_true(screen_has(" DEMONSTRATION 12 records were corrected."));
		screen_keys(ui, "n");
		assert_true(screen_has("DEMONSTRATION"));
		toy_stop(ui);
	}
}

static void ui__error__same_one_is_one_box(void **state)
{
	struct toy_world world = { .count = 20, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct err err = ERR_INIT;

	(void)state;
	for (int i = 0; i < 3; i++) {
		err_set(&err, ERR_STORE_BUSY, NULL, "%s", "");
		ui_error(ui, &err);
	}
	screen_keys(ui, "Enter Down");
	assert_int_equal(table_id(toy_table(ui)), 2);
	ui_error(ui, &err);
	err_set(&err, ERR_GONE, "Awa", "%s", "");
	ui_error(ui, &err);
	screen_keys(ui, "Enter");
	assert_true(screen_has("Another program is writing"));
	screen_keys(ui, "Enter");
	assert_false(screen_has("Another program is writing"));
	toy_stop(ui);
}

static void theme__mono__no_color(void **state)
{
	struct screen s;

	(void)state;
	screen_open(&s, 3, 40, LOOK_WINDOWS);
	setenv("NO_COLOR", "1", 1);
	theme_init(&s.theme, THEME_DARK, 256);
	unsetenv("NO_COLOR");
	for (int r = 0; r < ROLE_COUNT; r++)
		assert_int_equal(s.theme.pairs[r], 0);
	assert_int_not_equal(s.theme.attrs[ROLE_EMPHASIS], s.theme.attrs[ROLE_NORMAL]);
	assert_int_not_equal(s.theme.attrs[ROLE_SELECT], s.theme.attrs[ROLE_NORMAL]);
	theme_init(&s.theme, THEME_LIGHT, 8);
	assert_int_not_equal(s.theme.pairs[ROLE_VIP], 0);
	screen_close(&s);
	assert_int_equal(theme_nearest256(0xffffff), 231);
	assert_int_equal(theme_nearest256(0xff0000), 196);
	assert_int_equal(theme_nearest256(0x8a8a8a), 245);
	assert_int_equal(theme_nearest256(0x87afff), 111);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chart__draw__three_looks),
		cmocka_unit_test(meter__draw__rate_and_time_left),
		cmocka_unit_test(draw__text__controls_never_reach_the_screen),
		cmocka_unit_test(draw__text__folded_without_utf8),
		cmocka_unit_test(form__draw__three_looks),
		cmocka_unit_test(form__type__every_printable_key),
		cmocka_unit_test(form__day__short_forms),
		cmocka_unit_test(form__choice__keys_and_menu),
		cmocka_unit_test(form__check_and_number),
		cmocka_unit_test(form__save__checks_first),
		cmocka_unit_test(form__leave__asks_when_changed),
		cmocka_unit_test(form__refresh__theirs_is_shown),
		cmocka_unit_test(form__draw__scrolls_to_the_focus),
		cmocka_unit_test(dialog__expect__number_must_be_typed),
		cmocka_unit_test(form_box__enter__checks_and_answers),
		cmocka_unit_test(status__order__what_gives_way),
		cmocka_unit_test(ui__banner__on_every_screen),
		cmocka_unit_test(ui__error__same_one_is_one_box),
		cmocka_unit_test(theme__mono__no_color),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
