#include "test.h"

#include <stdio.h>
#include <string.h>

#include "route.h"

#define T0 INT64_C(1790000040) /* a full minute */

/* --- the order ----------------------------------------------------------- */

static void check_order(enum channel channel, bool home, const char *setting, const char *want)
{
	enum provider_name names[PROVIDER_COUNT];
	int count = route_order(channel, home, setting, names);
	char got[200] = "";

	for (int i = 0; i < count; i++) {
		size_t len = strlen(got);

		snprintf(got + len, sizeof(got) - len, "%s%s", i ? " " : "",
			provider_name_word(names[i]));
	}
	assert_string_equal(got, want);
}

static void route__order__of_the_program(void **state)
{
	(void)state;
	check_order(CHANNEL_EMAIL, true, "", "SENDGRID MAILCHIMP SMTP FILE");
	check_order(CHANNEL_EMAIL, false, "", "SENDGRID MAILCHIMP SMTP FILE");
	check_order(CHANNEL_SMS, true, "", "ORANGE MTN TWILIO FILE");
	check_order(CHANNEL_SMS, false, "", "TWILIO ORANGE MTN FILE");
	check_order(CHANNEL_WHATSAPP, true, "", "WHATSAPP FILE");
	check_order(CHANNEL_FACEBOOK, true, "", "FACEBOOK FILE");
	check_order(CHANNEL_INSTAGRAM, true, "", "INSTAGRAM FILE");
}

static void route__order__of_a_setting(void **state)
{
	(void)state;
	check_order(CHANNEL_SMS, true, "TWILIO,ORANGE", "TWILIO ORANGE");
	check_order(CHANNEL_SMS, false, " mtn , orange ", "MTN ORANGE");
	check_order(CHANNEL_SMS, true, "FILE,MTN", "FILE MTN");
	check_order(CHANNEL_SMS, true, "MTN,MTN,SENDGRID,PIGEON,,TWILIO,", "MTN TWILIO");
	check_order(CHANNEL_SMS, true, "SENDGRID", "ORANGE MTN TWILIO FILE");
	check_order(CHANNEL_SMS, true, ",", "ORANGE MTN TWILIO FILE");
	check_order(CHANNEL_SMS, true, "AVERYLONGNAMEOFAPROVIDER,MTN", "MTN");
}

static void route__setting__valid_when_every_word_counts(void **state)
{
	static const char *const wrong[] = { ",", "MTN,", ",MTN", "MTN,MTN", "SENDGRID",
		"MTN;ORANGE", "MTN,,ORANGE", " " };

	(void)state;
	assert_true(route_setting_valid(CHANNEL_SMS, ""));
	assert_true(route_setting_valid(CHANNEL_SMS, "MTN"));
	assert_true(route_setting_valid(CHANNEL_SMS, "mtn, FILE"));
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(route_setting_valid(CHANNEL_SMS, wrong[i]));
	assert_true(route_setting_names("MTN, FILE", PROVIDER_FILE));
	assert_false(route_setting_names("MTN,TWILIO", PROVIDER_FILE));
	assert_false(route_setting_names("", PROVIDER_FILE));
}

/* --- the choice ---------------------------------------------------------- */

/* Orange, MTN and Twilio, up and with limits of 100, 150 and 200. */
struct sms {
	struct breaker breakers[3];
	struct rate rates[3];
	struct rate all;
	struct route_candidate c[4];
};

static void sms_init(struct sms *s)
{
	static const enum provider_name names[] = { PROVIDER_ORANGE, PROVIDER_MTN,
		PROVIDER_TWILIO };

	memset(s, 0, sizeof(*s));
	rate_init(&s->all, 200);
	for (int i = 0; i < 3; i++) {
		rate_init(&s->rates[i], provider_hourly(names[i]));
		s->c[i] = (struct route_candidate){ .name = names[i],
			.active = true,
			.serves = true,
			.breaker = &s->breakers[i],
			.rate = &s->rates[i] };
	}
	s->c[3] = (struct route_candidate){ .name = PROVIDER_FILE, .active = true, .serves = true };
}

static void check_goes(struct sms *s, int64_t need, int index, int64_t room)
{
	struct route_answer a = route_choose(s->c, 4, &s->all, need, T0);

	assert_int_equal(a.index, index);
	assert_int_equal(a.room, room);
	assert_int_equal(a.provider, s->c[index].name);
	assert_int_equal(a.reason, REASON_NONE);
}

static void check_waits(
	struct sms *s, int64_t need, enum message_reason reason, int provider, int64_t until)
{
	struct route_answer a = route_choose(s->c, 4, &s->all, need, T0);

	assert_int_equal(a.index, -1);
	assert_int_equal(a.reason, reason);
	assert_int_equal(a.provider, provider);
	assert_int_equal(a.until, until);
	assert_int_equal(a.room, 0);
}

static void rest_until(struct breaker *b, int64_t until)
{
	*b = (struct breaker){ .state = BREAKER_RESTING, .until = until, .errors = BREAKER_ERRORS };
}

static void route__choose__the_first_with_room(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	check_goes(&s, 1, 0, 100);
	rate_take(&s.rates[0], 98, T0);
	rate_take(&s.all, 98, T0);
	check_goes(&s, 2, 0, 2);
	check_goes(&s, 3, 1, 102);
	rate_take(&s.all, 50, T0);
	check_goes(&s, 3, 1, 52);
	s.c[1].serves = false;
	check_goes(&s, 3, 2, 52);
	s.c[2].active = false;
	check_goes(&s, 2, 0, 2);
}

static void route__choose__passes_over_who_rests_or_refuses(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	rest_until(&s.breakers[0], T0 + 1);
	check_goes(&s, 1, 1, 150);
	s.breakers[1].state = BREAKER_REFUSING;
	check_goes(&s, 1, 2, 200);
	rest_until(&s.breakers[0], T0);
	check_goes(&s, 1, 0, 100);
	breaker_begin(&s.breakers[0], T0);
	check_goes(&s, 1, 2, 200);
}

static void route__choose__waits_when_all_are_at_their_limit(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	s.all.limit = 0;
	rate_take(&s.rates[0], 100, T0 - 600);
	rate_take(&s.rates[1], 150, T0 - 1200);
	rate_take(&s.rates[2], 200, T0 - 300);
	check_waits(&s, 1, REASON_QUOTA, PROVIDER_MTN, T0 - 1200 + 3660);
	/* At the same moment: the first of the order. */
	rate_take(&s.rates[1], 1, T0 - 600);
	check_waits(&s, 150, REASON_QUOTA, PROVIDER_MTN, T0 - 600 + 3660);
	check_waits(&s, 100, REASON_QUOTA, PROVIDER_MTN, T0 - 1200 + 3660);
	rate_take(&s.rates[1], 149, T0 - 600);
	check_waits(&s, 100, REASON_QUOTA, PROVIDER_ORANGE, T0 - 600 + 3660);
}

static void route__choose__waits_for_who_is_free_first(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	s.breakers[0].state = BREAKER_REFUSING;
	rate_take(&s.rates[1], 150, T0);
	s.c[2].active = false;
	check_waits(&s, 1, REASON_QUOTA, PROVIDER_MTN, T0 + 3660);
	rest_until(&s.breakers[1], T0 + 10);
	check_waits(&s, 1, REASON_QUOTA, PROVIDER_MTN, T0 + 3660);
	rate_init(&s.rates[1], 150);
	check_waits(&s, 1, REASON_PROVIDER_DOWN, PROVIDER_MTN, T0 + 10);
	s.breakers[1] = (struct breaker){ .state = BREAKER_FULL, .until = T0 + 20 };
	check_waits(&s, 1, REASON_QUOTA, PROVIDER_MTN, T0 + 20);
	s.breakers[1].state = BREAKER_REFUSING;
	check_waits(&s, 1, REASON_CREDENTIALS, PROVIDER_ORANGE, 0);
}

static void route__choose__waits_for_the_channel(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	rate_take(&s.all, 199, T0 - 60);
	check_goes(&s, 1, 0, 1);
	check_waits(&s, 2, REASON_QUOTA, -1, T0 - 60 + 3660);
	for (int i = 0; i < 3; i++)
		rest_until(&s.breakers[i], T0 + 30);
	check_waits(&s, 1, REASON_PROVIDER_DOWN, PROVIDER_ORANGE, T0 + 30);
	check_waits(&s, 2, REASON_QUOTA, -1, T0 - 60 + 3660);
	for (int i = 0; i < 3; i++)
		s.breakers[i].state = BREAKER_REFUSING;
	check_waits(&s, 2, REASON_CREDENTIALS, PROVIDER_ORANGE, 0);
}

static void route__choose__what_never_fits_needs_somebody(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	check_goes(&s, 100, 0, 100);
	check_goes(&s, 101, 1, 150);
	check_waits(&s, 201, REASON_QUOTA, PROVIDER_ORANGE, 0);
	s.all.limit = 3;
	check_waits(&s, 4, REASON_QUOTA, -1, 0);
	check_goes(&s, 3, 0, 3);
}

static void route__choose__nobody(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	for (int i = 0; i < 4; i++)
		s.c[i].serves = false;
	check_waits(&s, 1, REASON_NO_PROVIDER, -1, 0);
	assert_int_equal(route_choose(NULL, 0, NULL, 1, T0).reason, REASON_NO_PROVIDER);
}

static void route__file__only_alone_or_named(void **state)
{
	struct sms s;

	(void)state;
	sms_init(&s);
	for (int i = 0; i < 3; i++)
		s.breakers[i].state = BREAKER_REFUSING;
	check_waits(&s, 1, REASON_CREDENTIALS, PROVIDER_ORANGE, 0);
	for (int i = 0; i < 3; i++)
		s.c[i].serves = false;
	check_waits(&s, 1, REASON_NO_PROVIDER, -1, 0);
	s.c[3].named = true;
	check_goes(&s, 1, 3, 200);
	s.c[3].named = false;
	for (int i = 0; i < 3; i++)
		s.c[i].active = false;
	check_goes(&s, 1, 3, 200);
	assert_int_equal(route_choose(s.c, 4, NULL, 1, T0).room, INT64_MAX);
	s.c[3].active = false;
	check_waits(&s, 1, REASON_NO_PROVIDER, -1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(route__order__of_the_program),
		cmocka_unit_test(route__order__of_a_setting),
		cmocka_unit_test(route__setting__valid_when_every_word_counts),
		cmocka_unit_test(route__choose__the_first_with_room),
		cmocka_unit_test(route__choose__passes_over_who_rests_or_refuses),
		cmocka_unit_test(route__choose__waits_when_all_are_at_their_limit),
		cmocka_unit_test(route__choose__waits_for_who_is_free_first),
		cmocka_unit_test(route__choose__waits_for_the_channel),
		cmocka_unit_test(route__choose__what_never_fits_needs_somebody),
		cmocka_unit_test(route__choose__nobody),
		cmocka_unit_test(route__file__only_alone_or_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
