/* Launching: everybody once, those left out with their reason, whatever is broken off. */
#include "with_audience.h"

#include "campaigns.h"

#define MANY 5000
#define KILLED 9

static int64_t ready(void)
{
	return with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, AUDIENCE_TEXT);
}

static void freezes_a_row_for_every_reason(void **state)
{
	struct launch_result result;
	int64_t id;

	(void)state;
	with_every_reason();
	id = ready();
	result = with_launch(id);
	assert_int_equal(result.queued, AUDIENCE_SENT);
	assert_int_equal(result.left_out, AUDIENCE_PEOPLE - AUDIENCE_SENT);
	assert_int_equal(with_status(id, "QUEUED NONE"), AUDIENCE_SENT);
	for (size_t i = 0; i < ARRAY_SIZE(audience_reasons); i++) {
		char status[64];

		snprintf(status, sizeof(status), "SKIPPED %s",
			message_reason_word(audience_reasons[i]));
		assert_int_equal(with_status(id, status), 1);
	}
	/* What is frozen are a person's own words. */
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE vars = "
				     "'{\"prenom\":\"Awa\"}'"),
		1);
}

static void ends_at_once_without_anybody(void **state)
{
	struct launch_result result;

	(void)state;
	result = with_launch(ready());
	assert_int_equal(result.queued, 0);
	assert_int_equal(result.status, CAMPAIGN_COMPLETED);
}

static void all_there(int64_t id)
{
	assert_int_equal(with_status(id, "QUEUED"), MANY);
	assert_int_equal(with_number("SELECT count(DISTINCT customer_id) FROM message"), MANY);
}

static void does_nothing_the_second_time(void **state)
{
	int64_t id;

	(void)state;
	with_people(MANY);
	id = ready();
	assert_int_equal(with_launch(id).queued, MANY);
	assert_true(with_launch(id).already);
	all_there(id);
}

/* --- broken off --- */

struct watch {
	int64_t id;
	int steps, stop_at;
	struct session *other;
};

/* Nobody sees a message before all of them are there. */
static bool look_from_outside(void *data, int64_t done, int64_t total)
{
	struct watch *w = data;
	struct campaign_card card;
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)total;
	with_ok(campaigns_get(w->other, w->id, &a, &card, &err), &err);
	assert_int_equal(card.campaign.status, CAMPAIGN_LAUNCHING);
	assert_int_equal(card.funnel.people, 0);
	assert_int_equal(card.n_counts, 0);
	assert_true(done > 0);
	arena_release(&a);
	return ++w->steps < w->stop_at;
}

static void shows_all_of_it_at_once(void **state)
{
	struct watch w = { .stop_at = 1000000 };
	struct progress p = { look_from_outside, &w };
	struct launch_result result;
	struct err err = ERR_INIT;

	(void)state;
	with_people(MANY);
	w.id = ready();
	w.other = session_clone(session, &err);
	with_ok(w.other, &err);
	with_ok(launch_campaign(session, w.id, &p, &result, &err), &err);
	session_close(w.other);
	assert_true(w.steps > 1);
	all_there(w.id);
}

static void leaves_a_draft_when_it_is_stopped(void **state)
{
	struct watch w = { .stop_at = 2 };
	struct progress p = { look_from_outside, &w };
	struct launch_result result;
	struct err err = ERR_INIT;

	(void)state;
	with_people(MANY);
	w.id = ready();
	w.other = session_clone(session, &err);
	with_ok(w.other, &err);
	assert_false(launch_campaign(session, w.id, &p, &result, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	session_close(w.other);
	assert_int_equal(with_number("SELECT count(*) FROM message"), 0);
	assert_int_equal(with_number("SELECT count(*) FROM campaign_count WHERE messages <> 0"), 0);
	assert_int_equal(with_number("SELECT count(*) FROM campaign WHERE status = 'DRAFT'"), 1);
	assert_int_equal(with_launch(w.id).queued, MANY);
	all_there(w.id);
}

static bool die(void *data, int64_t done, int64_t total)
{
	int *steps = data;

	(void)done, (void)total;
	if (!--*steps)
		_exit(KILLED);
	return true;
}

static void open_again(void)
{
	struct session_options o = {
		.store = store_path, .origin = ORIGIN_COMMAND, .clock = clock_fixed(&with_now)
	};
	struct err err = ERR_INIT;

	session = session_open(&o, &err);
	with_ok(session, &err);
}

/* Another program begins, and ends without a word after so many slices. */
static void launch_and_die(int64_t id, int slices)
{
	int status = 0;
	pid_t pid;

	session_close(session);
	pid = fork();
	if (!pid) {
		struct progress p = { die, &slices };
		struct launch_result result;
		struct err err = ERR_INIT;

		open_again();
		_exit(launch_campaign(session, id, &p, &result, &err) ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), KILLED);
	open_again();
}

static void goes_on_where_a_dead_one_was(void **state)
{
	int64_t id, frozen, cancelled;
	struct err err = ERR_INIT;

	(void)state;
	with_people(MANY);
	id = ready();
	launch_and_die(id, 2);
	frozen = with_number("SELECT count(*) FROM message");
	assert_true(frozen > 0 && frozen < MANY);
	launch_and_die(id, 1);
	assert_true(with_number("SELECT count(*) FROM message") > frozen);
	assert_int_equal(with_launch(id).queued, MANY);
	all_there(id);
	/* Or it is stopped for good instead. */
	id = ready();
	with_run("DELETE FROM message");
	with_run("DELETE FROM campaign_count");
	launch_and_die(id, 2);
	with_ok(campaigns_stop(session, id, NULL, &cancelled, &err), &err);
	assert_true(cancelled > 0);
	assert_int_equal(with_status(id, "QUEUED"), 0);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_CANCELLED);
}

static void gives_each_the_hour_of_their_own_clock(void **state)
{
	int64_t id, paris;

	(void)state;
	with_person("Awa", "+22670000001", true);
	paris = with_person("Marie", "+33612345678", true);
	with_sql("UPDATE customer SET time_zone = 'Europe/Paris' WHERE id = ", paris);
	id = ready();
	/* Nine o'clock, the day after; in Paris that is two hours earlier in May. */
	with_sql("UPDATE campaign SET customer_zone = 1, start_at = ", with_now + 21 * 3600);
	assert_int_equal(with_launch(id).queued, 2);
	assert_int_equal(with_number("SELECT min(due_at) FROM message"), with_now + 19 * 3600);
	assert_int_equal(with_number("SELECT max(due_at) FROM message"), with_now + 21 * 3600);
	assert_int_equal(with_status(id, "QUEUED SCHEDULED"), 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_audience_home, without_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(freezes_a_row_for_every_reason),
		CASE(ends_at_once_without_anybody),
		CASE(does_nothing_the_second_time),
		CASE(shows_all_of_it_at_once),
		CASE(leaves_a_draft_when_it_is_stopped),
		CASE(goes_on_where_a_dead_one_was),
		CASE(gives_each_the_hour_of_their_own_clock),
	};

	return cmocka_run_group_tests_name("launch", tests, NULL, NULL);
}
