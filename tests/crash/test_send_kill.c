/*
 * kill -9 of the sender at any moment, and at each of its calls: everybody received the
 * message once, by the record of those who received it, or is UNCERTAIN and accounted
 * for; nobody twice. Where the provider can be asked none stays UNCERTAIN. As a program
 * of its own (worker), it is what strace kills.
 */
#include "with_senders.h"

#include <dirent.h>

#include "rng.h"

#define TEXT "Bonjour {{prenom|cher client}}, -20 % samedi."
#define PIECE 20 /* connections and messages a call of the bulk provider: small, to be hit */

static const char *self;

/* In the long run, the whole of it: 5,000 people, 200 kills. */
static int people(void)
{
	return crash_rounds(1) > 1 ? 5000 : 1000;
}

static int kills(void)
{
	return crash_rounds(1) > 1 ? 200 : 12;
}

/* --- at any moment --- */

static void note(const char *what, int64_t n)
{
	print_message("           %s: %lld\n", what, (long long)n);
}

/* Kills senders of a campaign until it was done often enough, or there is nothing left
 * to send. */
static int kill_senders(int wanted, int longest_ms)
{
	struct rng rng;
	int killed = 0, lives = 0;

	rng_init(&rng, 20600);
	while (killed < wanted && lives < wanted * 3) {
		pid_t pid = sender_begin(4);

		pause_ms((long)rng_range(&rng, 3, longest_ms));
		kill(pid, SIGKILL);
		killed += sender_end(pid) < 0;
		lives++;
	}
	return killed;
}

/* *uncertain in the end; how many kills there were. */
static int64_t kill_campaign(enum channel channel, enum campaign_type type, int longest_ms)
{
	int64_t id, uncertain;
	int n = people();

	with_people(n);
	id = with_campaign(channel, type,
		channel == CHANNEL_EMAIL ? TEXT " {{lien_desinscription}}" : TEXT " {{stop}}");
	assert_int_equal(with_launch(id).queued, n);
	home_close();
	note("killed", kill_senders(kills(), longest_ms));
	senders_finish(id);
	uncertain = senders_account(id, NULL, n);
	note("uncertain", uncertain);
	return uncertain;
}

static void sms_by_twilio(void **state)
{
	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	assert_int_equal(kill_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, 50), 0);
}

static void mail_in_bulk_by_sendgrid(void **state)
{
	struct provider_change batch = { .key = "batch", .value = "20" };
	struct err err = ERR_INIT;

	(void)state;
	if (!with_sim)
		skip();
	with_sendgrid();
	with_ok(providers_set(session, PROVIDER_SENDGRID, PROVIDERS_ANY, &batch, 1, &err), &err);
	/* Each kill leaves no more than what four connections carry. */
	assert_true(kill_campaign(CHANNEL_EMAIL, CAMPAIGN_NEWSLETTER, 30) <=
		    (int64_t)kills() * 4 * PIECE);
}

static void count_files(int64_t *messages, int64_t *others)
{
	char path[128];
	DIR *dir;
	struct dirent *entry;

	snprintf(path, sizeof(path), "%s/out/SMS", home);
	dir = opendir(path);
	assert_non_null(dir);
	*messages = *others = 0;
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (entry->d_name[0] == 'm' && len > 4 && !strcmp(entry->d_name + len - 4, ".txt"))
			++*messages;
		else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			++*others;
	}
	closedir(dir);
}

static void into_a_folder(void **state)
{
	int64_t id, messages, others;
	int n = people();

	(void)state;
	with_folder();
	with_people(n);
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT " {{stop}}");
	assert_int_equal(with_launch(id).queued, n);
	home_close();
	note("killed", kill_senders(kills(), 35));
	senders_finish(id);
	count_files(&messages, &others);
	assert_int_equal(messages, n);
	note("files left half made", others);
	senders_open();
	assert_int_equal(with_status(id, "SENT"), n);
	crash_sound(session->db);
}

/* --- at each call --- */

#define CALLS "pwrite64,fdatasync,fsync,ftruncate,sendto,sendmsg,write,writev,link,unlink,rename"

/* A campaign whose text is told apart. */
static int64_t new_campaign(enum channel channel, int64_t n, char *mark, size_t size)
{
	char text[96];

	snprintf(mark, size, "no %lld.", (long long)n);
	snprintf(text, sizeof(text), "%s %s", mark, "{{prenom}}");
	return with_campaign(channel, CAMPAIGN_TRANSACTIONAL, text);
}

/* Launches again where it was killed before it was launched. */
static void launch_again(int64_t id)
{
	senders_open();
	(void)with_launch(id);
	home_close();
}

static void one_step(enum channel channel, int64_t n, int group, int64_t *uncertain, int *killed)
{
	char mark[32];
	int64_t id = new_campaign(channel, n, mark, sizeof(mark));

	home_close();
	*killed += sender_end(senders_strace(self, id, CALLS, "KILL", n)) < 0;
	launch_again(id);
	senders_finish(id);
	*uncertain += senders_account(id, mark, group);
	shared_time->passed = 0;
	senders_open();
}

static void at_each_call(enum channel channel, int group, bool asked)
{
	char mark[32];
	int64_t id, calls = 0, uncertain = 0, stride;
	int killed = 0, steps = 0;

	if (!with_sim || !senders_have_strace())
		skip();
	with_people(group);
	/* The second time is like those that follow: the first makes what stays. */
	for (int run = 0; run < 2; run++) {
		id = new_campaign(channel, -run, mark, sizeof(mark));
		home_close();
		assert_int_equal(
			sender_end(senders_strace(self, id, CALLS, "KILL", 0)), SENDER_DONE);
		assert_int_equal(senders_account(id, mark, group), 0);
		calls = senders_calls();
		senders_open();
	}
	stride = calls / (10 * crash_rounds(1)) + 1;
	for (int64_t n = 1; n <= calls; n += stride, steps++)
		one_step(channel, n, group, &uncertain, &killed);
	note("calls", calls);
	note("killed at", killed);
	note("uncertain", uncertain);
	/* A call may fall into the time before the simulator has answered at all. */
	assert_true(killed * 2 >= steps);
	if (asked)
		assert_int_equal(uncertain, 0);
}

static void at_each_call_of_sms(void **state)
{
	(void)state;
	if (with_sim)
		with_twilio();
	at_each_call(CHANNEL_SMS, 4, true);
}

static void at_each_call_of_mail(void **state)
{
	(void)state;
	if (with_sim)
		with_sendgrid();
	at_each_call(CHANNEL_EMAIL, 4, false);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sms_by_twilio, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(
			mail_in_bulk_by_sendgrid, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(into_a_folder, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(at_each_call_of_sms, with_senders, without_senders),
		cmocka_unit_test_setup_teardown(
			at_each_call_of_mail, with_senders, without_senders),
	};

	self = argv[0];
	if (argc == 6 && !strcmp(argv[1], "worker"))
		return senders_worker(argv + 2);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
