/* Messages as people follow them up: lists, again, cancelled, settled. */
#include "with_sender.h"

#include "duplicates.h"
#include "messages.h"
#include "store_queue.h"
#include "undo.h"

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
		"UPDATE message SET status = '%s', reason = '%s', taken = %d WHERE id = %lld",
		status, reason, strcmp(status, "SKIPPED") != 0, (long long)id);
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

static struct messages_outcome act_on(int64_t id, bool again)
{
	struct messages_choice choice = { .ids = &id, .n_ids = 1 };
	struct messages_outcome out;
	struct err err = ERR_INIT;

	with_ok(again ? messages_retry(session, &choice, false, NULL, &out, &err)
		      : messages_cancel(session, &choice, false, NULL, &out, &err),
		&err);
	return out;
}

/* A launched campaign to three people; the first message's id. */
static int64_t launched(int64_t *campaign)
{
	with_people(3);
	with_folder();
	with_setting(SETTING_SMS_PAUSE, "0");
	*campaign = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	assert_int_equal(with_launch(*campaign).queued, 3);
	return first_id("1");
}

static void messages__lists__hold_each_message_once(void **state)
{
	static const struct {
		const char *status, *reason;
		enum message_list list;
	} all[] = {
		{ "BOUNCED", "BAD_ADDRESS", LIST_TO_CORRECT },
		{ "SKIPPED", "INVALID_ADDRESS", LIST_TO_CORRECT },
		{ "SKIPPED", "REFUSED", LIST_DEFINITE },
		{ "SKIPPED", "NO_CONSENT", LIST_LEFT_OUT },
		{ "FAILED", "REJECTED", LIST_DEFINITE },
		{ "COMPLAINED", "NONE", LIST_DEFINITE },
		{ "SENT", "NONE", LIST_NO_NEWS },
		{ "OPENED", "NONE", LIST_DELIVERED },
		{ "UNCERTAIN", "NO_ANSWER", LIST_UNCERTAIN },
		{ "SENDING", "NONE", LIST_WAITING },
	};
	struct messages_place place = { .begun = false };
	int64_t id, first, n[MESSAGE_LIST_COUNT];
	struct messages_query query;
	struct message_line *lines;
	struct err err = ERR_INIT;
	int count, seen = 0;

	(void)state;
	first = launched(&id);
	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		make(id, first, all[i].status, all[i].reason);
		with_ok(messages_count(session, id, -1, n, &err), &err);
		assert_int_equal(n[all[i].list], all[i].list == LIST_WAITING ? 3 : 1);
		assert_int_equal(n[LIST_WAITING], all[i].list == LIST_WAITING ? 3 : 2);
	}
	make(id, first, "SKIPPED", "NO_CONSENT");
	query = (struct messages_query)MESSAGES_ALL(id);
	do {
		with_ok(messages_page(session, &query, &place, 1, &arena, &lines, &count, &err),
			&err);
		if (count)
			place = messages_place_of(&lines[0].message);
		seen += count;
	} while (count);
	assert_int_equal(seen, 3);
	assert_int_equal(place.status, MESSAGE_SKIPPED);
}

static void messages__retry__asks_whether_it_may(void **state)
{
	int64_t id, first;

	(void)state;
	first = launched(&id);
	assert_int_equal(act_on(first, true).no[NO_WAITS], 1);
	assert_int_equal(act_on(first, false).done, 1);
	assert_int_equal(with_status(id, "SKIPPED CANCELLED"), 1);
	with_run("UPDATE customer SET consents = 0 WHERE id = (SELECT customer_id FROM message"
		 " WHERE status = 'SKIPPED')");
	assert_int_equal(act_on(first, true).why[REASON_NO_CONSENT], 1);
	with_run("UPDATE customer SET consents = (SELECT max(consents) FROM customer)");
	with_run("UPDATE campaign SET status = 'CANCELLED'");
	assert_int_equal(act_on(first, true).no[NO_CAMPAIGN], 1);
	with_run("UPDATE campaign SET status = 'PAUSED'");
	assert_int_equal(act_on(first, true).done, 1);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_PAUSED);
	assert_int_equal(with_number("SELECT count(*) FROM message_attempt WHERE outcome IN"
				     " ('CANCELLED', 'AGAIN') AND actor <> ''"),
		2);
	make(id, first, "SENT", "NONE");
	assert_int_equal(act_on(first, true).no[NO_WENT], 1);
	assert_int_equal(act_on(first, false).no[NO_WENT], 1);
	make(id, first, "SENDING", "NONE");
	assert_int_equal(act_on(first, true).no[NO_WENT], 1);
	make(id, first, "UNCERTAIN", "CRASHED");
	assert_int_equal(act_on(first, true).no[NO_DOUBT], 1);
}

static void messages__resolve__is_a_persons(void **state)
{
	struct message_card card;
	struct err err = ERR_INIT;
	int64_t id, first;

	(void)state;
	first = launched(&id);
	assert_int_equal(with_send().sent, 3);
	assert_false(messages_resolve(session, first, DEED_MARK_SENT, &err));
	assert_int_equal(err.code, ERR_NOT_UNCERTAIN);
	err_clear(&err);
	make(id, first, "UNCERTAIN", "NO_ANSWER");
	with_run("UPDATE message SET due_at = 9223372036854775807 WHERE status = 'UNCERTAIN'");
	with_ok(messages_get(session, first, &arena, &card, &err), &err);
	assert_true(card.can_look_up && card.can_resolve);
	assert_non_null(strstr(card.text, "-20 % samedi"));
	with_ok(messages_resolve(session, first, DEED_LOOK_UP, &err), &err);
	assert_true(with_number("SELECT due_at FROM message WHERE status = 'UNCERTAIN'") <=
		    session_now(session));
	with_ok(messages_resolve(session, first, DEED_SEND_AGAIN, &err), &err);
	assert_int_equal(with_status(id, "QUEUED"), 1);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_RUNNING);
	assert_int_equal(with_number("SELECT count(*) FROM audit WHERE action ="
				     " 'message.send_again' AND actor <> ''"),
		2);
	make(id, first, "UNCERTAIN", "NO_ANSWER");
	with_ok(messages_resolve(session, first, DEED_MARK_SENT, &err), &err);
	assert_int_equal(with_status(id, "SENT"), 3);
	with_ok(messages_get(session, first, &arena, &card, &err), &err);
	assert_int_equal(card.n_attempts, 3);
	assert_string_equal(card.attempts[1].outcome, "SENT_AGAIN");
}

/* Both were written by the first campaign, the second wrote to one of them. */
static void messages__merge__keeps_each_where_it_can_be(void **state)
{
	struct undo_result undone;
	struct err err = ERR_INIT;
	int64_t id, second, winner, loser, journal;

	(void)state;
	launched(&id);
	winner = with_number("SELECT min(id) FROM customer");
	loser = with_number("SELECT max(id) FROM customer");
	second = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	with_run("UPDATE campaign SET persons = (SELECT max(id) FROM customer) WHERE status = "
		 "'DRAFT'");
	assert_int_equal(with_launch(second).queued, 1);
	with_ok(duplicates_merge(session, winner, loser, 0, &journal, &err), &err);
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE customer_id ="
				     " (SELECT min(id) FROM customer)"),
		2);
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE customer_id ="
				     " (SELECT max(id) FROM customer)"),
		1);
	/* Who was merged is not written to. */
	make(id, first_id("customer_id = (SELECT max(id) FROM customer)"), "FAILED", "REJECTED");
	assert_int_equal(retry(id, LIST_DEFINITE, true).why[REASON_ANONYMISED], 1);
	with_ok(undo_journal(session, journal, NULL, &arena, &undone, &err), &err);
	assert_int_equal(with_number("SELECT count(*) FROM message WHERE customer_id ="
				     " (SELECT max(id) FROM customer)"),
		2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(messages__retry__an_address_only_once_corrected,
			with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			messages__lists__hold_each_message_once, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			messages__retry__asks_whether_it_may, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			messages__resolve__is_a_persons, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			messages__merge__keeps_each_where_it_can_be, with_sender, without_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
