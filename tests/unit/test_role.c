#include "test.h"

#include "role.h"

/* One letter a role, in the order of enum user_role: y may, - may not. */
static void role__may__is_this_table(void **state)
{
	static const struct {
		enum right right;
		const char *may;
	} rows[] = {
		{ RIGHT_CUSTOMERS_READ, "yy---y" },
		{ RIGHT_CUSTOMERS_CHANGE, "yy---y" },
		{ RIGHT_CUSTOMERS_EXPORT, "yy---y" },
		{ RIGHT_IMPORT, "yy---y" },
		{ RIGHT_REFUSAL, "yyyyyy" },
		{ RIGHT_CAMPAIGNS_READ, "--yy-y" },
		{ RIGHT_CAMPAIGNS_CHANGE, "--yy-y" },
		{ RIGHT_GDPR, "----yy" },
		{ RIGHT_AUDIT_READ, "----yy" },
		{ RIGHT_SETTINGS, "-y-y-y" },
		{ RIGHT_USERS, "-----y" },
	};

	(void)state;
	assert_int_equal(ARRAY_SIZE(rows), RIGHT_COUNT);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int r = 0; r < USER_ROLE_COUNT; r++)
			if (role_may(ROLE_BIT(r), rows[i].right) != (rows[i].may[r] == 'y'))
				fail_msg("%s, %s", user_role_word((enum user_role)r),
					right_label(rows[i].right));
}

static void role__may__adds_up_and_starts_from_nothing(void **state)
{
	uint32_t both = ROLE_BIT(ROLE_CRM_USER) | ROLE_BIT(ROLE_GDPR_OFFICER);

	(void)state;
	assert_true(role_may(both, RIGHT_CUSTOMERS_READ));
	assert_true(role_may(both, RIGHT_GDPR));
	assert_false(role_may(both, RIGHT_SETTINGS));
	for (int r = 0; r < RIGHT_COUNT; r++)
		assert_false(role_may(0, (enum right)r));
	assert_false(role_may(UINT32_MAX, RIGHT_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(role__may__is_this_table),
		cmocka_unit_test(role__may__adds_up_and_starts_from_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
