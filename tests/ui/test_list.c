#include "test.h"

#include <locale.h>
#include <string.h>

#include "screen.h"
#include "toy.h"

/* --- pictures ------------------------------------------------------------ */

static const char *const look_names[] = { "rich", "windows", "ascii" };

static void picture(int rows, int cols)
{
	for (int look = 0; look < LOOK_COUNT; look++) {
		struct toy_world world = { .count = 1000, .now = 1000 };
		struct ui *ui = toy_start(&world, rows, cols, (enum look_id)look);
		char name[64];

		screen_keys(ui, "Down Down Space Down");
		world.now += 200;
		ui_pass_time(ui);
		ui_paint(ui);
		snprintf(name, sizeof(name), "list-%dx%d-%s", cols, rows, look_names[look]);
		screen_expect(name);
		toy_stop(ui);
	}
}

static void list__draw__80x24(void **state)
{
	(void)state;
	picture(24, 80);
}

static void list__draw__120x40(void **state)
{
	(void)state;
	picture(40, 120);
}

static void list__draw__empty(void **state)
{
	struct toy_world world = { .count = 0, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);

	(void)state;
	assert_true(screen_has("No customer. i Import a file"));
	screen_keys(ui, "Down PgDn G Enter Space");
	assert_int_equal(world.opened, 0);
	toy_stop(ui);
}

/* --- the window ---------------------------------------------------------- */

/* The rows in memory are consecutive, few, and the cursor's id is `id`. */
static void check_window(const struct table *t, int64_t id)
{
	assert_int_equal(table_id(t), id);
	assert_true(t->rows.len <= 8 * 50);
	for (size_t i = 1; i < t->rows.len; i++)
		assert_int_equal(t->rows.items[i].id, t->rows.items[i - 1].id + 1);
	assert_true(t->cursor >= t->top && t->cursor < t->top + (size_t)t->height);
}

static void list__step__far_down_and_back(void **state)
{
	struct toy_world world = { .count = 1000000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	struct table *t = toy_table(ui);

	(void)state;
	for (int64_t id = 2; id <= 1200; id++) {
		screen_keys(ui, "j");
		check_window(t, id);
		assert_int_equal(table_position(t), id - 1);
	}
	for (int64_t id = 1199; id >= 1; id--) {
		screen_keys(ui, "k");
		check_window(t, id);
		assert_int_equal(table_position(t), id - 1);
	}
	screen_keys(ui, "k");
	check_window(t, 1);
	toy_stop(ui);
}

static void list__page__and_ends(void **state)
{
	struct toy_world world = { .count = 1000000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	struct table *t = toy_table(ui);

	(void)state;
	assert_int_equal(t->height, 18);
	screen_keys(ui, "PgDn");
	check_window(t, 18);
	assert_int_equal(t->rows.items[t->top].id, 18);
	screen_keys(ui, "PgDn PgDn PgUp");
	check_window(t, 35);
	screen_keys(ui, "G");
	check_window(t, 1000000);
	assert_int_equal(table_position(t), 999999);
	assert_true(screen_has("Nikiéma") || screen_has("Kaboré"));
	screen_keys(ui, "PgDn End Down");
	check_window(t, 1000000);
	screen_keys(ui, "PgUp PgUp");
	check_window(t, 1000000 - 34);
	screen_keys(ui, "g g");
	check_window(t, 1);
	assert_true(world.fetches < 15);
	toy_stop(ui);
}

static void list__end__short_list(void **state)
{
	struct toy_world world = { .count = 3, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);

	(void)state;
	screen_keys(ui, "G");
	check_window(toy_table(ui), 3);
	screen_keys(ui, "PgUp");
	check_window(toy_table(ui), 1);
	assert_int_equal(world.fetches, 1);
	toy_stop(ui);
}

static void list__reload__keeps_the_row(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	struct table *t = toy_table(ui);

	(void)state;
	screen_keys(ui, "PgDn PgDn PgDn Up Up");
	check_window(t, 50);
	world.gone = 52; /* the first row on the screen goes */
	world.count = 1200;
	screen_keys(ui, "Ctrl-R");
	assert_int_equal(table_id(t), 50);
	assert_int_equal(world.reloads, 1);
	world.gone = 50; /* the row itself goes: the cursor stays where it was */
	screen_keys(ui, "Ctrl-R");
	assert_int_equal(table_id(t), 51);
	toy_stop(ui);
}

static void list__later__old_rows_stay(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	struct table *t = toy_table(ui);
	unsigned serial;
	struct table_page late = { .last = false };

	(void)state;
	screen_keys(ui, "PgDn");
	world.later = true;
	screen_keys(ui, "PgDn PgDn");
	check_window(t, 50); /* the last one there is yet */
	assert_true(t->waiting);
	toy_answer(&world, t);
	ui_paint(ui);
	check_window(t, 52); /* the page goes on where it was asked to */
	serial = t->asked.serial;
	screen_keys(ui, "G");
	assert_int_equal(table_id(t), 52);
	assert_int_equal(table_answer(t, serial, true, &late), STALE_NONE);
	toy_answer(&world, t);
	ui_paint(ui);
	check_window(t, 1000);
	toy_stop(ui);
}

/* --- details, marks ------------------------------------------------------ */

static void list__details__when_the_cursor_rests(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);

	(void)state;
	assert_true(screen_has("no. 1 "));
	screen_keys(ui, "j");
	assert_true(screen_has("no. 1 "));
	world.now += 149;
	ui_pass_time(ui);
	assert_false(ui_stale(ui));
	world.now += 1;
	ui_pass_time(ui);
	assert_true(ui_stale(ui));
	ui_paint(ui);
	assert_true(screen_has("no. 2 "));
	assert_true(screen_has("2/1,000"));
	world.now += 10000;
	ui_pass_time(ui);
	assert_false(ui_stale(ui)); /* nothing moves by itself */
	toy_stop(ui);
}

static void list__mark__some_and_all(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	struct table *t = toy_table(ui);

	(void)state;
	screen_keys(ui, "Space Space j Space");
	assert_int_equal(table_marks(t), 3);
	assert_true(table_is_marked(t, 1) && table_is_marked(t, 2) && table_is_marked(t, 4));
	assert_false(table_is_marked(t, 3));
	assert_true(screen_has("3 marked"));
	screen_keys(ui, "k Space");
	assert_int_equal(table_marks(t), 2);
	screen_keys(ui, "*");
	assert_int_equal(table_marks(t), 1000);
	screen_keys(ui, "Space");
	assert_int_equal(table_marks(t), 999);
	screen_keys(ui, "Esc");
	assert_int_equal(table_marks(t), 0);
	screen_keys(ui, "* *");
	assert_int_equal(table_marks(t), 0);
	assert_false(ui_ended(ui));
	toy_stop(ui);
}

/* --- search, sort, columns ----------------------------------------------- */

static void list__search__types_every_letter(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "/");
	screen_type(ui, "q?:gé");
	assert_false(ui_ended(ui));
	assert_string_equal(list_search(ui_top(ui)->list), "q?:gé");
	screen_expect("list-search");
	screen_keys(ui, "Down");
	assert_int_equal(table_id(toy_table(ui)), 2);
	screen_keys(ui, "Enter");
	assert_false(ui_top(ui)->list->searching);
	assert_string_equal(list_search(ui_top(ui)->list), "q?:gé");
	screen_keys(ui, "Esc");
	assert_string_equal(list_search(ui_top(ui)->list), "");
	assert_int_equal(world.count, 1000);
	toy_stop(ui);
}

static void list__paste__starts_a_search(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_paste(ui, "+226 70 12\n34 56\n");
	assert_string_equal(list_search(ui_top(ui)->list), "+226 70 12 34 56");
	assert_true(ui_top(ui)->list->searching);
	screen_paste(ui, "q\n");
	assert_string_equal(list_search(ui_top(ui)->list), "+226 70 12 34 56q");
	assert_int_equal(world.opened, 0);
	toy_stop(ui);
}

static void list__sort__menu_and_header(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct table *t = toy_table(ui);

	(void)state;
	screen_keys(ui, "j j j s");
	screen_expect("list-sort-menu");
	screen_keys(ui, "3");
	assert_int_equal(t->sort, 4);
	assert_true(t->down);
	assert_true(screen_has("Score▼"));
	assert_int_equal(table_id(t), 4); /* the row stays under the cursor */
	screen_keys(ui, "s Enter");
	assert_false(t->down);
	screen_press(ui, 2, 4);
	assert_int_equal(t->sort, 0);
	toy_stop(ui);
}

static void list__columns__chosen(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct strbuf names = STRBUF_INIT;

	(void)state;
	screen_keys(ui, "C");
	screen_expect("list-columns-menu");
	screen_keys(ui, "Space Enter"); /* the sign without a title goes with its neighbour */
	table_chosen(toy_table(ui), &names);
	assert_string_equal(names.buf, "name,segment,score,overdue,city");
	assert_false(screen_has("Phone") || screen_has("√"));
	strbuf_release(&names);
	toy_stop(ui);
}

static void list__mouse__row_wheel_and_tab(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);
	struct input wheel = { .kind = INPUT_MOUSE, .mouse = { .what = MOUSE_WHEEL_DOWN, .y = 9 } };
	struct input twice = { .kind = INPUT_MOUSE,
		.mouse = { .what = MOUSE_PRESS, .y = 7, .x = 9, .again = true } };

	(void)state;
	screen_press(ui, 7, 9);
	assert_int_equal(table_id(toy_table(ui)), 5);
	ui_input(ui, &wheel);
	ui_paint(ui);
	assert_int_equal(table_id(toy_table(ui)), 8);
	screen_press(ui, 0, 14);
	assert_int_equal(table_id(toy_table(ui)), 1); /* another tab */
	screen_keys(ui, "1");
	assert_int_equal(table_id(toy_table(ui)), 8);
	ui_input(ui, &twice);
	ui_paint(ui);
	assert_int_equal(world.opened, 1);
	toy_stop(ui);
}

/* --- screens and the loop ------------------------------------------------ */

static void ui__open__and_close(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "j Enter");
	assert_string_equal(world.opened_name, "Compaoré Fatimata");
	assert_true(screen_has("q Close"));
	screen_keys(ui, "q");
	assert_int_equal(table_id(toy_table(ui)), 2);
	screen_keys(ui, "Enter Esc Esc Esc");
	assert_false(ui_ended(ui)); /* Esc never leaves the program */
	screen_keys(ui, "q");
	assert_true(ui_ended(ui));
	toy_stop(ui);
}

static void ui__error__in_words(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	for (int i = 0; i < 12; i++)
		screen_keys(ui, "j");
	screen_keys(ui, "Enter");
	screen_expect("list-error");
	screen_keys(ui, "q Enter");
	assert_int_equal(world.opened, 0);
	assert_int_equal(table_id(toy_table(ui)), 13);
	toy_stop(ui);
}

static void ui__undo__once(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "u");
	assert_true(screen_has("Nothing to undo."));
	screen_keys(ui, "e");
	assert_true(screen_has("√ Nikiéma Issa was changed. (u Undo)"));
	screen_keys(ui, "Ctrl-Z");
	assert_int_equal(world.undone, 1);
	assert_true(screen_has("Undone 1."));
	screen_keys(ui, "u");
	assert_int_equal(world.undone, 1);
	toy_stop(ui);
}

static void ui__copy__value_alone_on_a_line(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "c");
	screen_expect("copy");
	toy_stop(ui);
}

static void ui__quit__asks_on_ctrl_c(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "Ctrl-C Enter"); /* the focus is on Cancel */
	assert_false(ui_ended(ui));
	screen_keys(ui, "Ctrl-C x Esc j");
	assert_false(ui_ended(ui));
	screen_keys(ui, "Ctrl-C q");
	assert_true(ui_ended(ui));
	toy_stop(ui);
}

static void ui__help__of_this_screen(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 40, 120, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "?");
	screen_expect("help");
	screen_keys(ui, "PgDn q");
	assert_true(screen_has("Nikiéma Issa"));
	toy_stop(ui);
}

static void ui__palette__finds_and_runs(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, ":");
	screen_type(ui, "mark");
	screen_expect("palette");
	screen_keys(ui, "Down Enter");
	assert_int_equal(table_marks(toy_table(ui)), 1000);
	screen_keys(ui, ":");
	screen_type(ui, "zzz");
	assert_true(screen_has("Nothing has that name."));
	screen_keys(ui, "Enter Esc");
	toy_stop(ui);
}

static void ui__goto__by_letter(void **state)
{
	struct toy_world world = { .count = 1000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_keys(ui, "j g");
	screen_expect("goto");
	screen_keys(ui, "t");
	assert_true(screen_has("[3 Tasks]"));
	screen_keys(ui, "\"");
	assert_true(screen_has("[3 Tasks]"));
	screen_keys(ui, "& 3 8 1");
	assert_true(screen_has("[1 Customers]"));
	assert_int_equal(table_id(toy_table(ui)), 2);
	toy_stop(ui);
}

static void ui__keyline__never_loses_help_and_quit(void **state)
{
	static const int widths[] = { 30, 40, 50, 60, 70, 80, 100, 200 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
		struct toy_world world = { .count = 10, .now = 1000 };
		struct ui *ui = toy_start(&world, 24, widths[i], LOOK_WINDOWS);

		assert_true(screen_has("? Help  q Quit"));
		assert_true(screen_has("Enter Record"));
		assert_true(screen_has("C Columns") == (widths[i] >= 100));
		toy_stop(ui);
	}
}

/* Any size at any moment, with keys in between. */
static void ui__resize__storm(void **state)
{
	static const char *const keys[] = { "j", "PgDn", "G", "k", "Space", "s", "Esc", "/", "a",
		"Enter", "Esc", "?", "q", "n", "Tab", "x", "Esc", "Down", "Enter", "g", "g", ":",
		"Esc", "C", "Esc", "2", "1" };
	struct toy_world world = { .count = 5000, .now = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_RICH);
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 3000 && !ui_ended(ui); i++) {
		seed = seed * 1664525 + 1013904223;
		if (seed >> 31)
			ui_resize(ui, 1 + (int)(seed >> 8) % 70, 1 + (int)(seed >> 16) % 250);
		else
			screen_keys(ui, keys[(seed >> 10) % ARRAY_SIZE(keys)]);
		world.now += 40;
		if (!ui_ended(ui))
			ui_paint(ui);
		if (ui_ended(ui)) {
			toy_stop(ui);
			ui = toy_start(&world, 24, 80, LOOK_RICH);
		}
	}
	ui_resize(ui, 24, 80);
	toy_stop(ui);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list__draw__80x24),
		cmocka_unit_test(list__draw__120x40),
		cmocka_unit_test(list__draw__empty),
		cmocka_unit_test(list__step__far_down_and_back),
		cmocka_unit_test(list__page__and_ends),
		cmocka_unit_test(list__end__short_list),
		cmocka_unit_test(list__reload__keeps_the_row),
		cmocka_unit_test(list__later__old_rows_stay),
		cmocka_unit_test(list__details__when_the_cursor_rests),
		cmocka_unit_test(list__mark__some_and_all),
		cmocka_unit_test(list__search__types_every_letter),
		cmocka_unit_test(list__paste__starts_a_search),
		cmocka_unit_test(list__sort__menu_and_header),
		cmocka_unit_test(list__columns__chosen),
		cmocka_unit_test(list__mouse__row_wheel_and_tab),
		cmocka_unit_test(ui__open__and_close),
		cmocka_unit_test(ui__error__in_words),
		cmocka_unit_test(ui__undo__once),
		cmocka_unit_test(ui__copy__value_alone_on_a_line),
		cmocka_unit_test(ui__quit__asks_on_ctrl_c),
		cmocka_unit_test(ui__help__of_this_screen),
		cmocka_unit_test(ui__palette__finds_and_runs),
		cmocka_unit_test(ui__goto__by_letter),
		cmocka_unit_test(ui__keyline__never_loses_help_and_quit),
		cmocka_unit_test(ui__resize__storm),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
