#include "test.h"

#include "consent.h"

#define U CONSENT_UNKNOWN
#define G CONSENT_GRANTED
#define R CONSENT_REFUSED

static void consents__set__packs_two_bits_a_subject(void **state)
{
	uint32_t c = 0;

	(void)state;
	c = consents_set(c, CONSENT_PROCESSING, G);
	assert_int_equal(c, 0x1);
	c = consents_set(c, CONSENT_SMS, R);
	assert_int_equal(c, 0x81);
	c = consents_set(c, CONSENT_INSTAGRAM, G);
	assert_int_equal(c, 0x1081);
	assert_int_equal(consents_get(c, CONSENT_PROCESSING), G);
	assert_int_equal(consents_get(c, CONSENT_MARKETING), U);
	assert_int_equal(consents_get(c, CONSENT_SMS), R);
	c = consents_set(c, CONSENT_SMS, U);
	assert_int_equal(c, 0x1001);
	assert_int_equal(consents_get(0xc, CONSENT_MARKETING), R);
}

static void consent__of_channel__keeps_the_order(void **state)
{
	(void)state;
	assert_int_equal(consent_of_channel(CHANNEL_EMAIL), CONSENT_EMAIL);
	assert_int_equal(consent_of_channel(CHANNEL_SMS), CONSENT_SMS);
	assert_int_equal(consent_of_channel(CHANNEL_WHATSAPP), CONSENT_WHATSAPP);
	assert_int_equal(consent_of_channel(CHANNEL_FACEBOOK), CONSENT_FACEBOOK);
	assert_int_equal(consent_of_channel(CHANNEL_INSTAGRAM), CONSENT_INSTAGRAM);
}

static void consents__merge__lets_the_refusal_win(void **state)
{
	static const enum consent_state want[3][3] = { { U, G, R }, { G, G, R }, { R, R, R } };

	(void)state;
	for (int a = 0; a < 3; a++) {
		for (int b = 0; b < 3; b++) {
			uint32_t x = consents_set(0, CONSENT_EMAIL, (enum consent_state)a);
			uint32_t y = consents_set(0, CONSENT_EMAIL, (enum consent_state)b);
			uint32_t m = consents_merge(x, y);

			assert_int_equal(consents_get(m, CONSENT_EMAIL), want[a][b]);
			assert_int_equal(consents_set(m, CONSENT_EMAIL, U), 0);
		}
	}
}

static void consent__may_send__asks_three_for_marketing(void **state)
{
	(void)state;
	for (int p = 0; p < 3; p++) {
		for (int m = 0; m < 3; m++) {
			for (int way = 0; way < 3; way++) {
				uint32_t c =
					consents_set(0, CONSENT_PROCESSING, (enum consent_state)p);

				c = consents_set(c, CONSENT_MARKETING, (enum consent_state)m);
				c = consents_set(c, CONSENT_SMS, (enum consent_state)way);
				assert_int_equal(consent_may_send(c, CHANNEL_SMS, false),
					p == G && m == G && way == G);
				assert_int_equal(consent_may_send(c, CHANNEL_SMS, true), way != R);
				assert_false(consent_may_send(c, CHANNEL_EMAIL, false));
				assert_true(consent_may_send(c, CHANNEL_EMAIL, true));
			}
		}
	}
}

/* Every source and every move, with a proof and a later yes: y for allowed, in
 * the order U>G U>R G>U G>R R>U R>G. */
static void consent__change_check__is_this_table(void **state)
{
	static const enum consent_state moves[6][2] = { { U, G }, { U, R }, { G, U }, { G, R },
		{ R, U }, { R, G } };
	static const char *const may[SOURCE_COUNT] = {
		[SOURCE_CALL] = "yy-y-y",
		[SOURCE_COUNTER] = "yy-y-y",
		[SOURCE_LETTER] = "yy-y-y",
		[SOURCE_FORM] = "yy-y-y",
		[SOURCE_REPLY] = "yy-y-y",
		[SOURCE_LINK] = "yy-y-y",
		[SOURCE_API] = "yy-y-y",
		[SOURCE_COMPLAINT] = "-y-y--",
		[SOURCE_IMPORT] = "yy-y--",
		[SOURCE_CORRECTION] = "------",
		[SOURCE_UNDO] = "-yyy--",
		[SOURCE_MERGE] = "yy-y--",
		[SOURCE_RESTORE] = "yy-y--",
		[SOURCE_SYNC] = "yy-y--",
	};

	(void)state;
	for (int s = 0; s < SOURCE_COUNT; s++) {
		for (int m = 0; m < 6; m++) {
			struct consent_change change = {
				.from = moves[m][0],
				.to = moves[m][1],
				.source = (enum consent_source)s,
				.proof = true,
				.at = 200,
				.since = 100,
			};
			bool ok = consent_change_check(&change) == CONSENT_OK;

			if (ok != (may[s][m] == 'y'))
				fail_msg("%s, %d to %d", consent_source_word(change.source),
					change.from, change.to);
		}
	}
}

static void consent__change_check__lifts_only_by_a_later_yes_with_proof(void **state)
{
	struct consent_change c = {
		.from = R,
		.to = G,
		.source = SOURCE_CALL,
		.proof = true,
		.at = 101,
		.since = 100,
	};

	(void)state;
	assert_int_equal(consent_change_check(&c), CONSENT_OK);
	c.proof = false;
	assert_int_equal(consent_change_check(&c), CONSENT_NEEDS_PROOF);
	c.proof = true;
	c.at = 100;
	assert_int_equal(consent_change_check(&c), CONSENT_NOT_LATER);
	c.source = SOURCE_IMPORT;
	c.at = 101;
	assert_int_equal(consent_change_check(&c), CONSENT_REFUSAL_STANDS);
	c.to = U;
	assert_int_equal(consent_change_check(&c), CONSENT_REFUSAL_STANDS);
	c.to = R;
	assert_int_equal(consent_change_check(&c), CONSENT_SAME);
}

static void consent__change_check__grants_an_unknown_without_proof(void **state)
{
	struct consent_change c = { .from = U, .to = G, .source = SOURCE_IMPORT };

	(void)state;
	assert_int_equal(consent_change_check(&c), CONSENT_OK);
}

static void consent__correct__for_a_day_by_author_or_admin(void **state)
{
	struct consent_slip s = {
		.source = SOURCE_COUNTER,
		.made_at = 1000,
		.now = 1000 + 86400,
		.by_author = true,
		.reason = true,
	};

	(void)state;
	assert_int_equal(consent_correct(&s), CONSENT_OK);
	s.now++;
	assert_int_equal(consent_correct(&s), CONSENT_TOO_OLD);
	s.now = 900;
	assert_int_equal(consent_correct(&s), CONSENT_OK);
	s.reason = false;
	assert_int_equal(consent_correct(&s), CONSENT_NO_REASON);
	s.reason = true;
	s.by_author = false;
	assert_int_equal(consent_correct(&s), CONSENT_NOT_YOURS);
	s.by_admin = true;
	assert_int_equal(consent_correct(&s), CONSENT_OK);
}

static void consent__correct__only_what_an_operator_noted(void **state)
{
	(void)state;
	for (int source = 0; source < SOURCE_COUNT; source++) {
		struct consent_slip s = {
			.source = (enum consent_source)source,
			.by_author = true,
			.reason = true,
		};
		bool noted = source == SOURCE_CALL || source == SOURCE_COUNTER ||
			     source == SOURCE_LETTER || source == SOURCE_FORM;

		assert_int_equal(consent_correct(&s), noted ? CONSENT_OK : CONSENT_NOT_A_SLIP);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(consents__set__packs_two_bits_a_subject),
		cmocka_unit_test(consent__of_channel__keeps_the_order),
		cmocka_unit_test(consents__merge__lets_the_refusal_win),
		cmocka_unit_test(consent__may_send__asks_three_for_marketing),
		cmocka_unit_test(consent__change_check__is_this_table),
		cmocka_unit_test(consent__change_check__lifts_only_by_a_later_yes_with_proof),
		cmocka_unit_test(consent__change_check__grants_an_unknown_without_proof),
		cmocka_unit_test(consent__correct__for_a_day_by_author_or_admin),
		cmocka_unit_test(consent__correct__only_what_an_operator_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
