/* Orders of lists: their words as options and settings have them. */
#include "test.h"

#include "customer_page.h"

static void list_order_parse__every_word__reads_back(void **state)
{
	enum list_order order;

	(void)state;
	for (int i = 0; i < LIST_ORDERS; i++) {
		order = LIST_ORDERS;
		assert_true(list_order_parse(list_order_word((enum list_order)i), &order));
		assert_int_equal(order, i);
	}
	assert_true(list_order_parse("Last-Purchase", &order));
	assert_int_equal(order, LIST_LAST_PURCHASE);
	assert_false(list_order_parse("last", &order));
	assert_false(list_order_parse("", &order));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_order_parse__every_word__reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
