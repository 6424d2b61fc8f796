#include "with_session.h"

#include "rules.h"
#include "store_audit.h"

static struct rule_now rule(enum country_rule id)
{
	struct err err = ERR_INIT;
	struct rule_now now;

	with_ok(rules_get(session, id, &arena, &now, &err), &err);
	return now;
}

static void check_values(const char *country, const char *const values[CR_COUNT])
{
	snprintf(session->company.country, sizeof(session->company.country), "%s", country);
	for (int i = 0; i < CR_COUNT; i++) {
		struct rule_now now = rule((enum country_rule)i);

		assert_string_equal(now.value, values[i]);
		assert_true(country_rule_valid((enum country_rule)i, now.value));
		assert_true(*now.source);
		assert_int_equal(now.since, DAY_NONE);
	}
}

static void rules__known__elsewhere_consent_comes_first(void **state)
{
	static const char *const france[CR_COUNT] = { "08:00-20:00", "MON_SAT", "36", "36", "36",
		"OWN_CUSTOMERS", "AGREED", "" };
	static const char *const burkina[CR_COUNT] = { "08:00-20:00", "MON_SAT", "36", "36", "36",
		"CONSENT_FIRST", "ON", "" };

	(void)state;
	check_values("FR", france);
	assert_string_equal(rule(CR_WITHOUT_OPT_IN).source, "CPCE, article L34-5");
	check_values("BF", burkina);
	assert_string_equal(rule(CR_WITHOUT_OPT_IN).source, "law 001-2021/AN");
	check_values("CI", burkina);
	assert_string_equal(rule(CR_WITHOUT_OPT_IN).source, "by caution");
}

static bool set(enum country_rule id, const char *value, int32_t since, const char *source)
{
	struct err err = ERR_INIT;
	bool ok = rules_set(session, id, since, value, source, &err);

	assert_int_equal(err.code, ok ? ERR_NONE : ERR_INVALID);
	err_clear(&err);
	return ok;
}

static void rules__set__is_kept_dated_and_audited(void **state)
{
	struct err err = ERR_INIT;
	struct audit_entry *lines;
	struct rule_now now;
	int n;

	(void)state;
	assert_true(set(CR_PROSPECT_MONTHS, "24", WITH_DAY - 10, "CIL 2026/118"));
	assert_true(set(CR_PROSPECT_MONTHS, "12", WITH_DAY, "CIL 2026/201"));
	now = rule(CR_PROSPECT_MONTHS);
	assert_string_equal(now.value, "12");
	assert_int_equal(now.since, WITH_DAY);
	assert_string_equal(now.source, "CIL 2026/201");
	assert_int_equal(with_number("SELECT count(*) FROM country_rule"), 2);
	with_clock(WITH_DAY - 1);
	assert_string_equal(rule(CR_PROSPECT_MONTHS).value, "24");
	with_clock(WITH_DAY - 11);
	assert_string_equal(rule(CR_PROSPECT_MONTHS).value, "36");
	with_ok(store_audit_of(session->db, session->company.id, "company", session->company.id, 0,
			10, &arena, &lines, &n, &err),
		&err);
	assert_int_equal(n, 2);
	assert_string_equal(lines[0].action, "rule.change");
	assert_string_equal(lines[0].detail,
		"{\"country\":\"BF\",\"rule\":\"prospect_months\",\"before\":\"24\","
		"\"value\":\"12\",\"since\":\"2026-05-27\",\"source\":\"CIL 2026/201\"}");
}

static void rules__set__without_source_or_right_is_refused(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_false(set(CR_OPEN_TRACKING, "AGREED", WITH_DAY, ""));
	assert_false(set(CR_OPEN_TRACKING, "AGREED", DAY_NONE, "source"));
	assert_false(set(CR_OPPOSITION_MONTHS, "35", WITH_DAY, "source"));
	session->actor.roles = 0;
	assert_false(rules_set(session, CR_OPEN_TRACKING, WITH_DAY, "AGREED", "source", &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	err_clear(&err);
	assert_int_equal(with_number("SELECT count(*) FROM country_rule"), 0);
	assert_int_equal(with_number("SELECT count(*) FROM audit WHERE action = 'rule.change'"), 0);
	assert_string_equal(rule(CR_OPEN_TRACKING).value, "ON");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rules__known__elsewhere_consent_comes_first),
		TEST(rules__set__is_kept_dated_and_audited),
		TEST(rules__set__without_source_or_right_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
