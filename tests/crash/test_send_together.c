/*
 * Two senders on one store: started at once, one sends and the other says so; one that
 * is put to sleep past its lease wakes up to another one that has done its work. Nobody receives
 * anything twice.
 */
#include "with_senders.h"

#define AWAY 700 /* seconds, longer than a message is waited for */

static void pair(int64_t *elsewhere)
{
	pid_t a = sender_begin(4), b = sender_begin(4);
	int first = sender_end(a), second = sender_end(b);

	assert_true(first == SENDER_DONE || first == SENDER_ELSEWHERE);
	assert_true(second == SENDER_DONE || second == SENDER_ELSEWHERE);
	assert_true(first == SENDER_DONE || second == SENDER_DONE);
	*elsewhere += (first == SENDER_ELSEWHERE) + (second == SENDER_ELSEWHERE);
}

static void started_at_once(void **state)
{
	int64_t elsewhere = 0;
	int rounds = crash_rounds(4);

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	with_people(60);
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=15");
	for (int i = 0; i < rounds; i++) {
		char mark[24], text[64];
		int64_t id;

		snprintf(mark, sizeof(mark), "no %d.", i);
		snprintf(text, sizeof(text), "%s {{prenom}}", mark);
		id = with_campaign(CHANNEL_SMS, CAMPAIGN_TRANSACTIONAL, text);
		assert_int_equal(with_launch(id).queued, 60);
		home_close();
		pair(&elsewhere);
		senders_finish(id);
		assert_int_equal(senders_account(id, mark, 60), 0);
		senders_open();
	}
	assert_int_equal(elsewhere, rounds);
}

/* Waits until so many were received. */
static void wait_received(size_t n)
{
	for (int i = 0; i < 1000 && sim_run_count(&sim, "got", NULL) < n; i++)
		pause_ms(10);
	assert_true(sim_run_count(&sim, "got", NULL) >= n);
}

/* Asleep with its calls on the wire; another one takes over, and it wakes up. */
static void sleeps_past_its_lease(const char *fault, int people, int64_t away, bool asked)
{
	int64_t id, uncertain;
	pid_t sleeper;

	if (!with_sim)
		skip();
	with_people(people);
	sim_run_fault(&sim, fault);
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_TRANSACTIONAL, "Bonjour {{prenom}}");
	assert_int_equal(with_launch(id).queued, people);
	home_close();
	sleeper = sender_begin(8);
	wait_received((size_t)people / 5);
	kill(sleeper, SIGSTOP);
	assert_int_equal(sender_end(sender_begin(8)), SENDER_ELSEWHERE);
	shared_time->passed += away;
	assert_int_equal(sender_end(sender_begin(8)), SENDER_DONE);
	kill(sleeper, SIGCONT);
	assert_int_equal(sender_end(sleeper), SENDER_DONE);
	senders_finish(id);
	uncertain = senders_account(id, NULL, people);
	assert_true(uncertain <= 8);
	if (asked)
		assert_int_equal(uncertain, 0);
}

static void sleeps_a_minute(void **state)
{
	(void)state;
	if (with_sim)
		with_twilio();
	sleeps_past_its_lease("provider=twilio&mode=slow&ms=40", 200, 45, true);
}

static void sleeps_long(void **state)
{
	(void)state;
	if (with_sim)
		with_twilio();
	sleeps_past_its_lease("provider=twilio&mode=slow&ms=40", 200, AWAY, true);
}

static void sleeps_where_nobody_can_be_asked(void **state)
{
	(void)state;
	if (with_sim)
		with_orange();
	sleeps_past_its_lease("provider=orange&mode=slow&ms=40", 30, AWAY, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(started_at_once, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(sleeps_a_minute, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(sleeps_long, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(
			sleeps_where_nobody_can_be_asked, with_senders, without_senders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
