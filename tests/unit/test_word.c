#include "test.h"

#include "channel.h"
#include "consent.h"
#include "contact.h"
#include "kind.h"
#include "role.h"
#include "segment.h"
#include "suppression.h"

/* The stored words, spelt out: changing one would orphan what stores hold. */
#define CHECK_WORDS(name, count, ...)                                                              \
	static void name##__word__is_the_stored_one(void **state)                                  \
	{                                                                                          \
		static const char *const want[] = { __VA_ARGS__ };                                 \
                                                                                                   \
		(void)state;                                                                       \
		assert_int_equal(ARRAY_SIZE(want), count);                                         \
		for (int i = 0; i < (int)(count); i++) {                                           \
			enum name back = (enum name)(count);                                       \
                                                                                                   \
			assert_string_equal(name##_word((enum name)i), want[i]);                   \
			assert_true(name##_parse(want[i], &back));                                 \
			assert_int_equal(back, i);                                                 \
			assert_true(name##_label((enum name)i)[0] != '\0');                        \
		}                                                                                  \
		assert_string_equal(name##_word((enum name)(count)), "");                          \
		assert_string_equal(name##_label((enum name)(count)), "");                         \
	}

CHECK_WORDS(segment, SEGMENT_COUNT, "VIP", "LOYAL", "REGULAR", "OCCASIONAL", "AT_RISK")
CHECK_WORDS(behaviour, BEHAVIOUR_COUNT, "EXCELLENT", "GOOD", "FAIR", "LATE", "CRITICAL", "UNKNOWN")
CHECK_WORDS(channel, CHANNEL_COUNT, "EMAIL", "SMS", "WHATSAPP", "FACEBOOK", "INSTAGRAM")
CHECK_WORDS(customer_kind, KIND_COUNT, "PERSON", "FIRM")
CHECK_WORDS(nature, NATURE_COUNT, "PRIVATE", "PROFESSIONAL")
CHECK_WORDS(task_kind, TASK_KIND_COUNT, "CALL", "REMINDER", "OTHER")
CHECK_WORDS(call_outcome, CALL_OUTCOME_COUNT, "REACHED", "NOT_REACHED", "PROMISE", "NO_MORE_CALLS")
CHECK_WORDS(user_role, USER_ROLE_COUNT, "CRM_USER", "CRM_ADMIN", "MARKETING_USER", "MARKETING_ADMIN",
	"GDPR_OFFICER", "ADMIN")
CHECK_WORDS(consent_subject, CONSENT_SUBJECTS, "PROCESSING", "MARKETING", "EMAIL", "SMS",
	"WHATSAPP", "FACEBOOK", "INSTAGRAM", "CALLS")
CHECK_WORDS(consent_state, CONSENT_STATES, "UNKNOWN", "GRANTED", "REFUSED")
CHECK_WORDS(legal_basis, BASIS_COUNT, "CONSENT", "EXISTING_CUSTOMER", "CONTRACT")
CHECK_WORDS(consent_source, SOURCE_COUNT, "CALL", "COUNTER", "LETTER", "FORM", "REPLY", "LINK",
	"API", "COMPLAINT", "IMPORT", "CORRECTION", "UNDO", "MERGE", "RESTORE", "SYNC")
CHECK_WORDS(contact_kind, CONTACT_KINDS, "EMAIL", "PHONE", "WHATSAPP", "FACEBOOK", "INSTAGRAM",
	"POST")
CHECK_WORDS(address_kind, ADDRESS_KINDS, "EMAIL", "PHONE", "FACEBOOK", "INSTAGRAM")

static void word__parse__takes_any_case_and_a_dash(void **state)
{
	enum segment v = SEGMENT_VIP;

	(void)state;
	assert_true(segment_parse("at-risk", &v));
	assert_int_equal(v, SEGMENT_AT_RISK);
	assert_true(segment_parse("Loyal", &v));
	assert_int_equal(v, SEGMENT_LOYAL);
}

static void word__parse__leaves_the_value_when_unknown(void **state)
{
	static const char *const wrong[] = { "", "VI", "VIPS", " VIP", "VIP ", "AT RISK",
		"FIDELE" };
	enum segment v = SEGMENT_REGULAR;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		if (segment_parse(wrong[i], &v))
			fail_msg("“%s” was taken", wrong[i]);
		assert_int_equal(v, SEGMENT_REGULAR);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segment__word__is_the_stored_one),
		cmocka_unit_test(behaviour__word__is_the_stored_one),
		cmocka_unit_test(channel__word__is_the_stored_one),
		cmocka_unit_test(customer_kind__word__is_the_stored_one),
		cmocka_unit_test(nature__word__is_the_stored_one),
		cmocka_unit_test(task_kind__word__is_the_stored_one),
		cmocka_unit_test(call_outcome__word__is_the_stored_one),
		cmocka_unit_test(user_role__word__is_the_stored_one),
		cmocka_unit_test(consent_subject__word__is_the_stored_one),
		cmocka_unit_test(consent_state__word__is_the_stored_one),
		cmocka_unit_test(legal_basis__word__is_the_stored_one),
		cmocka_unit_test(consent_source__word__is_the_stored_one),
		cmocka_unit_test(contact_kind__word__is_the_stored_one),
		cmocka_unit_test(address_kind__word__is_the_stored_one),
		cmocka_unit_test(word__parse__takes_any_case_and_a_dash),
		cmocka_unit_test(word__parse__leaves_the_value_when_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
