#include "test.h"

#include <string.h>

#include "campaign.h"

/* Every act from every status: the letter of where it leads, - for nowhere.
 * D draft, Y ready, L launching, H scheduled, R running, P paused, C completed,
 * X cancelled, F failed. */
static const char letters[] = "DYLHRPCXF";

static void campaign__next__is_this_table(void **state)
{
	static const char *const leads[CAMPAIGN_ACT_COUNT] = {
		/* from            DYLHRPCXF */
		[CAMPAIGN_ACT_EDIT] = "DD-------",
		[CAMPAIGN_ACT_CHECK] = "Y--------",
		[CAMPAIGN_ACT_LAUNCH] = "LL-------",
		[CAMPAIGN_ACT_SCHEDULE] = "--H------",
		[CAMPAIGN_ACT_START] = "--RR-----",
		[CAMPAIGN_ACT_DISCARD] = "--D------",
		[CAMPAIGN_ACT_PAUSE] = "---PP----",
		[CAMPAIGN_ACT_RESUME] = "-----R---",
		[CAMPAIGN_ACT_STOP] = "--XXXX---",
		[CAMPAIGN_ACT_COMPLETE] = "--C-C----",
		[CAMPAIGN_ACT_FAIL] = "--F-F----",
		[CAMPAIGN_ACT_REOPEN] = "------R--",
	};

	(void)state;
	for (int act = 0; act < CAMPAIGN_ACT_COUNT; act++) {
		assert_int_equal(strlen(leads[act]), CAMPAIGN_STATUS_COUNT);
		for (int from = 0; from < CAMPAIGN_STATUS_COUNT; from++) {
			enum campaign_status to = CAMPAIGN_STATUS_COUNT;
			bool may = campaign_next(
				(enum campaign_act)act, (enum campaign_status)from, &to);

			if ((may ? letters[to] : '-') != leads[act][from])
				fail_msg("act %d from %c", act, letters[from]);
			if (!may)
				assert_int_equal(to, CAMPAIGN_STATUS_COUNT);
		}
	}
}

static void campaign__next__refuses_what_is_no_status(void **state)
{
	enum campaign_status to = CAMPAIGN_FAILED;

	(void)state;
	assert_false(campaign_next(CAMPAIGN_ACT_COUNT, CAMPAIGN_DRAFT, &to));
	assert_false(campaign_next(CAMPAIGN_ACT_EDIT, CAMPAIGN_STATUS_COUNT, &to));
	assert_false(campaign_next(CAMPAIGN_ACT_EDIT, (enum campaign_status) - 1, &to));
	assert_int_equal(to, CAMPAIGN_FAILED);
}

#define CHECK_WORDS(name, words)                                                                   \
	do {                                                                                       \
		enum name v_;                                                                      \
                                                                                                   \
		for (size_t i_ = 0; i_ < ARRAY_SIZE(words); i_++) {                                \
			assert_string_equal(name##_word((enum name)i_), (words)[i_]);              \
			assert_true(name##_parse((words)[i_], &v_));                               \
			assert_int_equal(v_, i_);                                                  \
			if (strcmp((words)[i_], "NONE"))                                           \
				assert_true(*name##_label((enum name)i_));                         \
		}                                                                                  \
		assert_string_equal(name##_word((enum name)ARRAY_SIZE(words)), "");                \
		assert_false(name##_parse("", &v_));                                               \
	} while (0)

static void campaign__words__come_back(void **state)
{
	static const char *const types[] = { "PROMOTIONAL", "WELCOME", "NURTURING", "RETENTION",
		"BIRTHDAY", "NEWSLETTER", "TRANSACTIONAL" };
	static const char *const statuses[] = { "DRAFT", "READY", "LAUNCHING", "SCHEDULED",
		"RUNNING", "PAUSED", "COMPLETED", "CANCELLED", "FAILED" };
	static const char *const causes[] = { "NONE", "PERSON", "ERRORS", "BUDGET", "COPY",
		"LATE" };
	static const char *const policies[] = { "EXPIRE", "ASK" };
	static const char *const kinds[] = { "MANY", "ONE", "POST" };

	(void)state;
	CHECK_WORDS(campaign_type, types);
	CHECK_WORDS(campaign_status, statuses);
	CHECK_WORDS(campaign_cause, causes);
	CHECK_WORDS(late_policy, policies);
	CHECK_WORDS(campaign_kind, kinds);
}

static void campaign__marketing__is_all_but_transactional(void **state)
{
	(void)state;
	for (int i = 0; i < CAMPAIGN_TYPE_COUNT; i++)
		assert_int_equal(campaign_type_marketing((enum campaign_type)i),
			i != CAMPAIGN_TRANSACTIONAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(campaign__next__is_this_table),
		cmocka_unit_test(campaign__next__refuses_what_is_no_status),
		cmocka_unit_test(campaign__words__come_back),
		cmocka_unit_test(campaign__marketing__is_all_but_transactional),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
