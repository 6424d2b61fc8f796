/*
 * Sending while things go wrong around it: the power, the disk, names, ports, clocks, the
 * line; and while people say stop. Nothing is lost, nobody is written to twice, and it
 * goes on afterwards.
 */
#include "with_senders.h"

#include <pthread.h>

#include "campaigns.h"
#include "customers.h"
#include "powercut.h"
#include "store_campaign.h"

#define TEXT "Bonjour {{prenom|cher client}}"

static struct powercut *disk;

static int64_t with_running(int people)
{
	int64_t id;

	with_people(people);
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_TRANSACTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, people);
	return id;
}

/* --- the disk --- */

static int64_t hurry; /* milliseconds that have passed at each look at the clock */

/* With the power gone there is nothing to wait for. */
static int64_t hurried_ms(void *data)
{
	hurry += powercut_happened(disk) ? 400 : 0;
	return shared_ms(data) + hurry;
}

static bool send_here(struct err *err)
{
	struct sender_options o = { .once = true, .connections = 4 };
	struct sender *sd;
	bool ok;

	session->clock = (struct clock){ .now = shared_now, .monotonic_ms = hurried_ms };
	sd = sender_new(session, &o, err);
	assert_non_null(sd);
	ok = sender_run(sd, err);
	sender_free(sd);
	return ok;
}

/* Whoever held a lease is no more, as this program is not; and the store, whose files were
 * put in place anew, is no copy. */
static void reboot(void)
{
	senders_open();
	with_run("UPDATE lease SET until = 0");
	with_run("DELETE FROM meta WHERE key IN ('station_token', 'station_beat')");
	home_close();
}

static void power_goes(void **state)
{
	int64_t id;
	int cuts = 0, rounds = crash_rounds(12);

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(900);
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=5");
	home_close();
	for (int i = 0; i < rounds; i++) {
		struct err err = ERR_INIT;

		disk = powercut_install(home, (uint64_t)i + 1);
		senders_open();
		powercut_at(disk, 2 + i * 7 % 23);
		(void)send_here(&err);
		home_close();
		cuts += powercut_happened(disk);
		assert_true(powercut_restore(disk));
		powercut_remove(disk);
		disk = NULL;
		reboot();
	}
	print_message("           power cuts: %d\n", cuts);
	assert_true(cuts * 2 > rounds);
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 900), 0);
}

static void fails_with(unsigned faults, bool full, enum err_code code)
{
	struct err err = ERR_INIT;
	int64_t id;

	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(100);
	home_close();
	disk = powercut_install(home, 7);
	senders_open();
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=5");
	powercut_fail(disk, faults, 20, full, true);
	assert_false(send_here(&err));
	assert_int_equal(err.code, code);
	/* Room again. */
	powercut_fail(disk, 0, 0, false, false);
	home_close();
	powercut_remove(disk);
	disk = NULL;
	shared_time->passed += 45;
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 100), 0);
}

static void disk_is_full(void **state)
{
	(void)state;
	fails_with(POWERCUT_WRITE, true, ERR_DISK_FULL);
}

static void disk_fails(void **state)
{
	(void)state;
	fails_with(POWERCUT_SYNC, false, ERR_DISK_FAILED);
}

/* One commit fails and may have been kept: the program goes on by itself. */
static void one_commit_fails(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(100);
	home_close();
	disk = powercut_install(home, 9);
	senders_open();
	for (int i = 0; i < 6; i++) {
		struct err err = ERR_INIT;

		powercut_fail(disk, POWERCUT_SYNC | POWERCUT_WRITE, 9 + i * 5, false, false);
		if (!send_here(&err))
			assert_true(err.code == ERR_DISK_FAILED || err.code == ERR_IO);
		with_run("UPDATE lease SET until = 0");
	}
	home_close();
	powercut_remove(disk);
	disk = NULL;
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 100), 0);
}

/* --- the network --- */

static void change_url(const char *url)
{
	struct provider_change change = { .key = "base_url", .value = url };
	struct err err = ERR_INIT;

	with_ok(providers_set(session, PROVIDER_TWILIO, PROVIDERS_ANY, &change, 1, &err), &err);
}

static void waits_without(const char *url, const char *reason)
{
	char *good = sim_run_url(&sim, "/twilio"), sql[160];
	int64_t id;

	with_twilio();
	change_url(url);
	id = with_running(20);
	home_close();
	assert_int_equal(sender_end(sender_begin(4)), SENDER_DONE);
	senders_open();
	assert_int_equal(with_status(id, "QUEUED"), 20);
	snprintf(
		sql, sizeof(sql), "SELECT count(*) FROM campaign_wait WHERE reason = '%s'", reason);
	assert_int_equal(with_number(sql), 1);
	change_url(good);
	home_close();
	shared_time->passed += 1000;
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 20), 0);
	free(good);
}

static void name_is_not_known(void **state)
{
	(void)state;
	if (!with_sim)
		skip();
	waits_without("https://provider.invalid", "OFFLINE");
}

static void port_is_closed(void **state)
{
	(void)state;
	if (!with_sim)
		skip();
	waits_without("http://127.0.0.1:1", "PROVIDER_DOWN");
}

/* The line breaks behind the body, on connections that are kept: libcurl would send again
 * by itself. */
static void line_breaks_behind_the_body(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_sendgrid();
	with_people(60);
	with_run("UPDATE provider SET batch = 1, revision = revision + 1");
	id = with_campaign(CHANNEL_EMAIL, CAMPAIGN_TRANSACTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, 60);
	home_close();
	sim_run_fault(&sim, "provider=sendgrid&mode=close&every=4");
	assert_int_equal(sender_end(sender_begin(2)), SENDER_DONE);
	assert_int_equal(senders_account(id, NULL, 60), 15);
	assert_int_equal(sim_run_count(&sim, "got", "sendgrid"), 60);
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
}

/* --- the clock --- */

static void wait_received(size_t n)
{
	for (int i = 0; i < 1000 && sim_run_count(&sim, "got", NULL) < n; i++)
		pause_ms(5);
	assert_true(sim_run_count(&sim, "got", NULL) >= n);
}

static void clocks_are_put(int64_t seconds)
{
	int64_t id;
	pid_t pid;

	if (!with_sim)
		skip();
	with_twilio();
	with_setting(SETTING_LATE_HOURS, "72");
	id = with_running(150);
	home_close();
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=20");
	pid = sender_begin(4);
	wait_received(30);
	shared_time->put = seconds;
	assert_int_equal(sender_end(pid), SENDER_DONE);
	if (seconds < 0)
		shared_time->passed -= seconds;
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 150), 0);
}

static void clock_is_put_back(void **state)
{
	(void)state;
	clocks_are_put(-3600);
}

static void clock_is_put_on(void **state)
{
	(void)state;
	clocks_are_put(86400);
}

/* --- people --- */

static void say_stop(int i)
{
	struct stop_request stop = { .source = SOURCE_CALL, .note = "", .suppress = i % 2 };
	struct suppression row = { .company_id = session->company.id,
		.kind = ADDRESS_PHONE,
		.reason = SUPPRESSED_REFUSED,
		.at = session_now(session),
		.actor = "test" };
	struct stop_result result;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;
	char phone[24], sql[96];
	bool added;

	snprintf(phone, sizeof(phone), "+2267%07d", i);
	if (i % 3) {
		snprintf(
			sql, sizeof(sql), "SELECT id FROM customer WHERE phone_e164 = '%s'", phone);
		stop.customer_id = with_number(sql);
		with_ok(customers_stop_writing(session, &stop, &result, &err), &err);
		return;
	}
	row.value = phone;
	with_begin();
	with_ok(store_suppress(session->db, &row, &added, &tally, &err) &&
			store_counter_apply(session->db, row.company_id, &tally, &err),
		&err);
	with_commit();
}

/* The last ones of the queue say stop in the middle of it, each in another way. */
static void stop_is_heard(void **state)
{
	int64_t id, kept = 0;
	struct received r;
	struct stmt *q;
	struct err err = ERR_INIT;
	pid_t pid;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(150);
	home_close();
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=20");
	pid = sender_begin(4);
	wait_received(20);
	senders_open();
	for (int i = 149; i >= 130; i--)
		say_stop(i);
	/* Committed before they were claimed. */
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE address >= '+22670000130'"
				     " AND status NOT IN ('QUEUED', 'SKIPPED')"),
		0);
	home_close();
	assert_int_equal(sender_end(pid), SENDER_DONE);
	received_read(&r, NULL);
	received_none_twice(&r);
	for (size_t i = 0; i < r.who.len; i++)
		kept += strcmp(r.who.items[i], "+22670000130") >= 0;
	assert_int_equal(kept, 0);
	assert_int_equal(r.who.len, 130);
	received_release(&r);
	senders_open();
	q = stmt_make(session->db, "SELECT count(*) FROM message WHERE status = 'SKIPPED'");
	with_ok(stmt_number(q, 0, &kept, &err), &err);
	stmt_free(q);
	assert_int_equal(kept, 20);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

/* Killed while the messages of a stopped launch were being taken away: that is gone on with,
 * not the launch. */
static void stopped_launch_stays_stopped(void **state)
{
	struct launch_result result;
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(20);
	with_run("UPDATE campaign SET status = 'LAUNCHING', frozen_upto = -1");
	with_run("DELETE FROM message WHERE id % 2 = 0");
	home_close();
	assert_int_equal(sender_end(sender_begin(4)), SENDER_DONE);
	senders_open();
	assert_int_equal(with_campaign_status(id), CAMPAIGN_DRAFT);
	assert_int_equal(with_number("SELECT count(*) FROM message"), 0);
	assert_int_equal(sim_run_count(&sim, "got", NULL), 0);
	result = with_launch(id);
	assert_int_equal(result.queued, 20);
	home_close();
	senders_finish(id);
	assert_int_equal(senders_account(id, NULL, 20), 0);
}

/* What was used of a limit is counted once, however often the store changes meanwhile. */
static void limits_are_counted_once(void **state)
{
	struct provider_change hourly = { .key = "hourly", .value = "24" };
	struct err err = ERR_INIT;
	int64_t id;
	pid_t pid;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	with_ok(providers_set(session, PROVIDER_TWILIO, PROVIDERS_ANY, &hourly, 1, &err), &err);
	id = with_running(20);
	home_close();
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=200");
	pid = sender_begin(2);
	senders_open();
	for (int i = 0; i < 5; i++) {
		with_setting(SETTING_LATE_HOURS, i % 2 ? "24" : "25");
		pause_ms(280);
	}
	home_close();
	assert_int_equal(sender_end(pid), SENDER_DONE);
	assert_int_equal(senders_account(id, NULL, 20), 0);
}

/* --- pause and stop --- */

struct thread {
	struct sender *sender;
	pthread_t id;
	bool ok;
};

static void *run_thread(void *data)
{
	struct thread *t = data;
	struct err err = ERR_INIT;

	t->ok = sender_run(t->sender, &err);
	return NULL;
}

static void thread_begin(struct thread *t, struct session *own)
{
	struct sender_options o = { .connections = 4 };
	struct err err = ERR_INIT;

	t->sender = sender_new(own, &o, &err);
	assert_non_null(t->sender);
	assert_int_equal(pthread_create(&t->id, NULL, run_thread, t), 0);
}

/* Ends it; how long that took, in milliseconds. */
static int64_t thread_end(struct thread *t)
{
	int64_t began = sender_clock_ms(NULL);

	sender_stop(t->sender);
	pthread_join(t->id, NULL);
	began = sender_clock_ms(NULL) - began;
	assert_true(t->ok);
	sender_free(t->sender);
	return began;
}

/* Nothing more arrives from a second after the pause. */
static void pauses_before_a_slow_provider(void **state)
{
	struct thread t;
	struct session *own;
	struct err err = ERR_INIT;
	size_t soon;
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running(200);
	own = session_clone(session, &err);
	with_ok(own, &err);
	sim_run_fault(&sim, "provider=twilio&mode=slow&ms=300");
	thread_begin(&t, own);
	wait_received(8);
	with_ok(campaigns_pause(session, id, &err), &err);
	pause_ms(1000);
	soon = sim_run_count(&sim, "got", NULL);
	pause_ms(1000);
	assert_int_equal(sim_run_count(&sim, "got", NULL), soon);
	assert_true(thread_end(&t) < 1000);
	session_close(own);
	assert_int_equal(with_status(id, "SENT"), (int64_t)soon);
	assert_int_equal(with_status(id, "QUEUED"), 200 - (int64_t)soon);
}

static void stops_while_it_waits(const char *sql, const char *reason)
{
	struct thread t;
	struct session *own;
	struct err err = ERR_INIT;
	char query[160];

	if (!with_sim)
		skip();
	with_twilio();
	if (!strcmp(reason, "QUOTA"))
		with_setting(SETTING_HOURLY_SMS, "5");
	(void)with_running(10);
	with_run(sql);
	own = session_clone(session, &err);
	with_ok(own, &err);
	thread_begin(&t, own);
	snprintf(query, sizeof(query), "SELECT count(*) FROM campaign_wait WHERE reason = '%s'",
		reason);
	for (int i = 0; *reason && i < 400 && !with_number(query); i++)
		pause_ms(10);
	assert_true(!*reason || with_number(query) == 1);
	pause_ms(400);
	assert_true(thread_end(&t) < 1000);
	session_close(own);
}

static void stops_while_it_waits_for_a_limit(void **state)
{
	(void)state;
	stops_while_it_waits("SELECT 1", "QUOTA");
}

static void stops_while_it_waits_for_its_hour(void **state)
{
	(void)state;
	stops_while_it_waits("UPDATE message SET due_at = due_at + 7200, reason = 'HOURS'", "");
}

static int tear_down(void **state)
{
	if (disk && session)
		home_close();
	powercut_remove(disk);
	disk = NULL;
	return without_senders(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_senders, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(power_goes),
		TEST(disk_is_full),
		TEST(disk_fails),
		TEST(one_commit_fails),
		TEST(name_is_not_known),
		TEST(port_is_closed),
		TEST(line_breaks_behind_the_body),
		TEST(clock_is_put_back),
		TEST(clock_is_put_on),
		TEST(stop_is_heard),
		TEST(stopped_launch_stays_stopped),
		TEST(limits_are_counted_once),
		TEST(pauses_before_a_slow_provider),
		TEST(stops_while_it_waits_for_a_limit),
		TEST(stops_while_it_waits_for_its_hour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
