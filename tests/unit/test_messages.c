/* Messages as people follow them up: lists, again, cancelled, settled. */
#include "with_sender.h"

#include "messages.h"
#include "store_queue.h"

#define TEXT "Bonjour {{prenom|cher client}}, -20 % samedi. {{stop}}"

static struct messages_outcome retry(int64_t campaign, int list, bool dry)
{
	struct messages_choice choice = { .query = MESSAGES_ALL(campaign) };
	struct messages_outcome out;
	struct err err = ERR_INIT;

	choice.query.list = list;
	with_ok(messages_retry(session, &choice, dry, NULL, &out, &err), &err);
	return out;
}

static int64_t first_id(const char *where)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT min(id) FROM message WHERE %s", where);
	return with_number(sql);
}

/* As a provider would have left it; the counts follow. */
static void make(int64_t campaign, int64_t id, const char *status, const char *reason)
{
	struct err err = ERR_INIT;
	char sql[200];
	bool same;

	snprintf(sql, sizeof(sql),
		"UPDATE message SET status = '%s', reason = '%s' WHERE id = %lld", status, reason,
		(long long)id);
	with_run(sql);
	with_begin();
	with_ok(store_campaign_recount(session->db, campaign, true, &same, &err), &err);
	with_commit();
}

static void messages__retry__an_address_only_once_corrected(void **state)
{
	struct messages_outcome out;
	int64_t id, bad;

	(void)state;
	with_people(3);
	with_folder();
	with_setting(SETTING_SMS_PAUSE, "0");
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	with_launch(id);
	assert_int_equal(with_send().sent, 3);
	bad = first_id("1");
	make(id, bad, "BOUNCED", "BAD_ADDRESS");
	out = retry(id, LIST_TO_CORRECT, false);
	assert_int_equal(out.looked_at, 1);
	assert_int_equal(out.done, 0);
	assert_int_equal(out.why[REASON_INVALID_ADDRESS], 1);
	with_run(
		"UPDATE customer SET phone = '+22671000000', phone_e164 = '+22671000000' WHERE id ="
		" (SELECT customer_id FROM message WHERE status = 'BOUNCED')");
	out = retry(id, LIST_TO_CORRECT, true);
	assert_int_equal(out.done, 1);
	assert_int_equal(with_status(id, "BOUNCED"), 1);
	out = retry(id, LIST_TO_CORRECT, false);
	assert_int_equal(out.done, 1);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_RUNNING);
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE status = 'QUEUED' AND"
				     " address = '+22671000000' AND attempts = 0"),
		1);
	assert_int_equal(with_send().sent, 1);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
	/* Nobody who got it gets it twice. */
	out = retry(id, -1, false);
	assert_int_equal(out.looked_at, 3);
	assert_int_equal(out.no[NO_WENT], 3);
	assert_int_equal(out.done, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(messages__retry__an_address_only_once_corrected,
			with_sender, without_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
