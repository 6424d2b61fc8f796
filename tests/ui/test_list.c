#include "test.h"

#include <locale.h>

#include "screen.h"
#include "toy.h"

static void list__draw__windows_80x24(void **state)
{
	struct toy_world world = { .count = 1000 };
	struct ui *ui = toy_start(&world, 24, 80, LOOK_WINDOWS);

	(void)state;
	screen_expect("list-80x24-windows");
	assert_int_equal(world.fetches, 1);
	toy_stop(ui);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list__draw__windows_80x24),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
