#include "test.h"

#include <string.h>

#include "message.h"
#include "message_list.h"

/* Every act from every status, as a table: the letters of where it may lead.
 * q queued, s sending, S sent, d delivered, o opened, c clicked, b bounced,
 * f failed, k skipped, u unsubscribed, ! complained, ? uncertain. */
static const char letters[] = "qsSdocbfku!?";

static void message__may__is_this_table(void **state)
{
	static const char *const may[MESSAGE_ACT_COUNT][MESSAGE_STATUS_COUNT] = {
		/* q, s, S, d, o, c, b, f, k, u, !, ? */
		[ACT_CLAIM] = { "s", "", "", "", "", "", "", "", "", "", "", "" },
		[ACT_RELEASE] = { "", "q", "", "", "", "", "", "", "", "", "", "" },
		[ACT_RESULT] = { "", "Sbfu!?", "", "", "", "", "", "", "", "", "", "Sbfu!" },
		[ACT_LOST] = { "", "?", "", "", "", "", "", "", "", "", "", "" },
		[ACT_EVENT] = { "Sdocbfu!", "Sdocbfu!", "docbfu!", "ocbu!", "cu!", "u!", "", "d",
			"", "!", "", "Sdocbfu!" },
		[ACT_LOOKUP] = { "", "", "", "", "", "", "", "", "", "", "", "Sq" },
		[ACT_PERSON] = { "k", "", "", "", "", "", "q", "q", "q", "", "", "qS" },
		[ACT_EXPIRE] = { "k", "", "", "", "", "", "", "", "", "", "", "" },
	};

	(void)state;
	assert_int_equal(strlen(letters), MESSAGE_STATUS_COUNT);
	for (int act = 0; act < MESSAGE_ACT_COUNT; act++) {
		for (int from = 0; from < MESSAGE_STATUS_COUNT; from++) {
			for (int to = 0; to < MESSAGE_STATUS_COUNT; to++) {
				bool want = strchr(may[act][from], letters[to]) != NULL;

				if (message_may((enum message_act)act, (enum message_status)from,
					    (enum message_status)to) != want)
					fail_msg("act %d, %c to %c", act, letters[from],
						letters[to]);
			}
		}
	}
}

static void message__may__refuses_what_is_no_status(void **state)
{
	(void)state;
	assert_false(message_may(MESSAGE_ACT_COUNT, MESSAGE_QUEUED, MESSAGE_SENDING));
	assert_false(message_may(ACT_CLAIM, MESSAGE_STATUS_COUNT, MESSAGE_SENDING));
	assert_false(message_may(ACT_CLAIM, MESSAGE_QUEUED, MESSAGE_STATUS_COUNT));
	assert_false(message_may(ACT_CLAIM, MESSAGE_QUEUED, (enum message_status) - 1));
}

static void message__ended__is_all_but_queue_and_wire(void **state)
{
	static const char *const want = "nnyyyyyyyyyy";

	(void)state;
	for (int i = 0; i < MESSAGE_STATUS_COUNT; i++)
		assert_int_equal(message_ended((enum message_status)i), want[i] == 'y');
}

static void message__status__words_and_labels(void **state)
{
	static const char *const words[][2] = { { "QUEUED", "waiting" },
		{ "SENDING", "being sent" }, { "SENT", "sent" }, { "DELIVERED", "delivered" },
		{ "OPENED", "opened" }, { "CLICKED", "clicked" }, { "BOUNCED", "bounced" },
		{ "FAILED", "failed" }, { "SKIPPED", "left out" },
		{ "UNSUBSCRIBED", "unsubscribed" }, { "COMPLAINED", "reported as spam" },
		{ "UNCERTAIN", "uncertain" } };
	enum message_status v = MESSAGE_SENT;

	(void)state;
	assert_int_equal(ARRAY_SIZE(words), MESSAGE_STATUS_COUNT);
	for (int i = 0; i < MESSAGE_STATUS_COUNT; i++) {
		assert_string_equal(message_status_word((enum message_status)i), words[i][0]);
		assert_string_equal(message_status_label((enum message_status)i), words[i][1]);
		assert_true(message_status_parse(words[i][0], &v));
		assert_int_equal(v, i);
	}
	assert_false(message_status_parse("GONE", &v));
	assert_int_equal(v, MESSAGE_UNCERTAIN);
	assert_string_equal(message_status_word(MESSAGE_STATUS_COUNT), "");
}

static void message__attempt__has_a_label(void **state)
{
	static const char *const outcomes[] = { "SENT", "REFUSED", "RETRY", "DOWN", "FORBIDDEN",
		"QUOTA", "UNCERTAIN", "MORE", "LOOKUP" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++)
		assert_true(*message_attempt_label(outcomes[i]));
	assert_string_equal(message_attempt_label("RETRY"), "not taken for now");
	for (int i = 0; i < MESSAGE_DEED_COUNT; i++)
		assert_string_equal(message_attempt_label(message_deed_word((enum message_deed)i)),
			message_deed_label((enum message_deed)i));
	assert_string_equal(message_attempt_label("GONE"), "");
}

static void message__reason__words_come_back(void **state)
{
	static const char *const words[] = { "NONE", "NO_CONSENT", "REFUSED", "SUPPRESSED",
		"INVALID_ADDRESS", "FREQUENCY_CAP", "DUPLICATE_ADDRESS", "NO_ADDRESS", "ANONYMISED",
		"EXPIRED", "CANCELLED", "BUDGET", "BAD_ADDRESS", "BLOCKED", "REJECTED",
		"NOT_ALLOWED", "TOO_MANY_TRIES", "TEMPLATE", "NO_ANSWER", "CRASHED", "BAD_ANSWER",
		"SCHEDULED", "HOURS", "QUOTA", "RETRY", "PROVIDER_DOWN", "CREDENTIALS",
		"NO_PROVIDER", "OFFLINE", "PAUSED", "COPY", "LATE" };
	enum message_reason v;

	(void)state;
	assert_int_equal(ARRAY_SIZE(words), MESSAGE_REASON_COUNT);
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++) {
		enum message_reason reason = (enum message_reason)i;

		assert_string_equal(message_reason_word(reason), words[i]);
		assert_true(message_reason_parse(words[i], &v));
		assert_int_equal(v, i);
		assert_int_equal(*message_reason_label(reason) != '\0', reason != REASON_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message__may__is_this_table),
		cmocka_unit_test(message__may__refuses_what_is_no_status),
		cmocka_unit_test(message__ended__is_all_but_queue_and_wire),
		cmocka_unit_test(message__status__words_and_labels),
		cmocka_unit_test(message__attempt__has_a_label),
		cmocka_unit_test(message__reason__words_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
