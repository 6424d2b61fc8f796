#include "with_session.h"

#include <stdlib.h>
#include <unistd.h>

#include "rng.h"
#include "store_contact.h"

/* --- help --- */

static struct scores_result update(void)
{
	struct scores_result result;
	struct err err = ERR_INIT;

	with_ok(scores_update_all(session, NULL, &result, &err), &err);
	return result;
}

/* A store in a file, for tests with more than one connection. */
static char folder[32], path[64];

static int with_file(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_scores.XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/store.db", folder);
	with_open(path, "UTC");
	return 0;
}

static int without_file(void **state)
{
	without_session(state);
	unlink(path);
	rmdir(folder);
	return 0;
}

static int64_t column(int64_t who, const char *name)
{
	char sql[160];

	snprintf(sql, sizeof(sql), "SELECT %s FROM customer_score WHERE customer_id = %lld", name,
		(long long)who);
	return with_number(sql);
}

static struct scores_why explain(int64_t who)
{
	struct scores_why why;
	struct err err = ERR_INIT;

	with_ok(scores_explain(session, who, &arena, &why, &err), &err);
	return why;
}

/* --- the rules, from rows to rows --- */

struct rule_case {
	const char *name;
	int32_t age;   /* days since each invoice was issued */
	int purchases; /* invoices, of `total` together */
	int64_t total;
	bool paid;
	int32_t delay; /* of the payment, after the due day */
	int score;
	const char *segment;
	int churn;
	int satisfaction;
};

/* Each pair of lines stands on both sides of one threshold. The sums: 50, and what
 * revenue, delay, purchases and the last purchase give. */
static const struct rule_case rule_cases[] = {
	{ "revenue 9,999", 31, 1, 9999, true, 40, 50, "OCCASIONAL", 3, 3 },
	{ "revenue 10,000", 31, 1, 10000, true, 40, 60, "REGULAR", 3, 4 },
	{ "revenue 49,999", 31, 1, 49999, true, 40, 60, "REGULAR", 3, 4 },
	{ "revenue 50,000", 31, 1, 50000, true, 40, 70, "REGULAR", 3, 5 },
	{ "revenue 99,999", 31, 1, 99999, true, 40, 70, "REGULAR", 3, 5 },
	{ "revenue 100,000", 31, 1, 100000, true, 40, 80, "VIP", 3, 6 },
	{ "paid on the day", 181, 1, 900, true, 0, 65, "REGULAR", 4, 9 },
	{ "a day late", 181, 1, 900, true, 1, 55, "OCCASIONAL", 4, 7 },
	{ "15 days late", 181, 1, 900, true, 15, 55, "OCCASIONAL", 4, 7 },
	{ "16 days late", 181, 1, 900, true, 16, 45, "OCCASIONAL", 4, 6 },
	{ "30 days late", 181, 1, 900, true, 30, 45, "OCCASIONAL", 4, 6 },
	{ "31 days late", 181, 1, 900, true, 31, 25, "AT_RISK", 6, 1 },
	{ "60 days late", 181, 1, 900, true, 60, 25, "AT_RISK", 6, 1 },
	{ "61 days late", 181, 1, 900, true, 61, 25, "AT_RISK", 8, 1 },
	{ "two purchases", 181, 2, 900, true, 40, 35, "AT_RISK", 5, 2 },
	{ "five purchases", 181, 5, 900, true, 40, 35, "AT_RISK", 5, 2 },
	{ "six purchases", 181, 6, 900, true, 40, 40, "OCCASIONAL", 5, 2 },
	{ "eleven purchases", 181, 11, 900, true, 40, 40, "OCCASIONAL", 5, 2 },
	{ "twelve purchases", 181, 12, 900, true, 40, 45, "OCCASIONAL", 5, 3 },
	{ "30 days ago", 30, 1, 900, false, 0, 75, "REGULAR", 1, 7 },
	{ "31 days ago", 31, 1, 900, true, 0, 90, "REGULAR", 1, 10 },
	{ "90 days ago", 90, 1, 900, true, 0, 90, "REGULAR", 1, 10 },
	{ "91 days ago", 91, 1, 900, true, 0, 80, "REGULAR", 2, 10 },
	{ "180 days ago", 180, 1, 900, true, 0, 80, "REGULAR", 2, 10 },
	{ "365 days ago", 365, 1, 900, true, 0, 65, "REGULAR", 6, 9 },
	{ "366 days ago", 366, 1, 900, true, 0, 65, "REGULAR", 8, 9 },
	{ "loyal", 31, 6, 900, true, 16, 85, "LOYAL", 0, 9 },
	{ "one short of loyal", 31, 5, 900, true, 16, 80, "REGULAR", 0, 9 },
};

static int64_t with_case(const struct rule_case *c)
{
	int64_t who = with_customer(c->name);
	int32_t day = WITH_DAY - c->age;

	for (int i = 0; i < c->purchases; i++) {
		int64_t total = i ? 0 : c->total;
		int64_t inv = with_invoice(who, day, day, total, 0);

		if (c->paid && total)
			with_payment(who, inv, day + c->delay, total);
	}
	if (!c->paid)
		with_run("UPDATE invoice SET due = NULL WHERE id = (SELECT max(id) FROM invoice)");
	return who;
}

static void scores__rules__both_sides_of_each_threshold(void **state)
{
	int64_t who[ARRAY_SIZE(rule_cases)];
	char sql[160];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rule_cases); i++)
		who[i] = with_case(&rule_cases[i]);
	update();
	for (size_t i = 0; i < ARRAY_SIZE(rule_cases); i++) {
		const struct rule_case *c = &rule_cases[i];

		snprintf(sql, sizeof(sql),
			"SELECT segment = '%s' FROM customer_score WHERE customer_id = %lld",
			c->segment, (long long)who[i]);
		if (column(who[i], "score") != c->score || column(who[i], "churn") != c->churn ||
			column(who[i], "satisfaction") != c->satisfaction || !with_number(sql))
			fail_msg("%s: score %lld, churn %lld, satisfaction %lld, segment %s %s",
				c->name, (long long)column(who[i], "score"),
				(long long)column(who[i], "churn"),
				(long long)column(who[i], "satisfaction"),
				with_number(sql) ? "is" : "is not", c->segment);
	}
	with_counters_right();
}

/* --- the same by SQL --- */

/*
 * The rules once more, in another language and from the tables alone, for a company
 * in UTC and a currency without decimals, thresholds 10,000 / 50,000 / 100,000. What
 * it says of each customer is compared with every stored column.
 */
static const char *const by_sql[] = {
	"CREATE TEMP TABLE event AS"
	" SELECT p.invoice_id AS id, p.paid_on AS day, p.amount FROM payment p"
	" WHERE p.paid_on <= 20600"
	" UNION ALL SELECT i.id, c.issued, -c.total FROM invoice c"
	" JOIN invoice i ON i.id = c.credits_id AND i.customer_id = c.customer_id"
	" WHERE c.total < 0 AND c.issued <= 20600",

	"CREATE TEMP TABLE sofar AS SELECT id, day,"
	" sum(amount) OVER (PARTITION BY id ORDER BY day) AS paid FROM event",

	"CREATE TEMP TABLE bill AS SELECT i.customer_id, i.total, i.issued,"
	" coalesce(i.due, i.issued + 30) AS due,"
	" (SELECT min(day) FROM sofar WHERE sofar.id = i.id AND paid >= i.total) AS settled,"
	" i.total - (SELECT coalesce(sum(amount), 0) FROM event WHERE event.id = i.id) AS open"
	" FROM invoice i WHERE i.issued <= 20600 AND i.total >= 0",

	"CREATE TEMP TABLE delay AS SELECT customer_id,"
	" sum(d) AS s, count(d) AS n FROM (SELECT customer_id, CASE WHEN total = 0 THEN NULL"
	" WHEN settled IS NOT NULL THEN settled - due WHEN due < 20600 THEN 20600 - due END AS d"
	" FROM bill) GROUP BY customer_id",

	"CREATE TEMP TABLE input AS SELECT c.id, c.anonymised_at IS NOT NULL AS gone,"
	" (SELECT coalesce(sum(total), 0) FROM invoice WHERE customer_id = c.id"
	"   AND issued <= 20600) AS revenue,"
	" (SELECT CASE WHEN n = 0 THEN NULL WHEN s >= 0 THEN (2 * s + n) / (2 * n)"
	"   ELSE -((-2 * s + n) / (2 * n)) END FROM delay WHERE customer_id = c.id) AS delay,"
	" (SELECT count(*) FROM bill WHERE customer_id = c.id AND issued > 20600 - 365) AS bought,"
	" (SELECT max(issued) FROM bill WHERE customer_id = c.id) AS last,"
	" (SELECT max(at) / 86400 FROM note WHERE customer_id = c.id AND at < 20601 * 86400)"
	"   AS noted"
	" FROM customer c WHERE c.merged_into IS NULL",

	"CREATE TEMP TABLE rating AS SELECT *, max(0, min(100, 50"
	" + CASE WHEN revenue >= 100000 THEN 30 WHEN revenue >= 50000 THEN 20"
	"   WHEN revenue >= 10000 THEN 10 ELSE 0 END"
	" + CASE WHEN delay IS NULL THEN 0 WHEN delay <= 0 THEN 25 WHEN delay <= 15 THEN 15"
	"   WHEN delay <= 30 THEN 5 ELSE -15 END"
	" + CASE WHEN bought >= 12 THEN 20 WHEN bought >= 6 THEN 15 WHEN bought >= 2 THEN 10"
	"   ELSE 0 END"
	" + CASE WHEN last IS NULL THEN 0 WHEN 20600 - last <= 30 THEN 25"
	"   WHEN 20600 - last <= 90 THEN 15 WHEN 20600 - last <= 180 THEN 5 ELSE -10 END"
	" )) AS score, max(0, min(10,"
	" CASE WHEN delay > 60 THEN 4 WHEN delay > 30 THEN 2 ELSE 0 END"
	" + CASE WHEN last IS NULL THEN 6 WHEN 20600 - last > 365 THEN 5"
	"   WHEN 20600 - last > 180 THEN 3 WHEN 20600 - last > 90 THEN 1 ELSE 0 END"
	" + CASE WHEN bought < 1 THEN 3 WHEN bought < 2 THEN 1 ELSE 0 END)) AS churn"
	" FROM input",

	"CREATE TEMP TABLE expected AS SELECT id AS customer_id, score,"
	" CASE WHEN score >= 80 AND revenue >= 50000 THEN 'VIP'"
	"  WHEN score >= 70 AND bought >= 6 THEN 'LOYAL' WHEN score >= 60 THEN 'REGULAR'"
	"  WHEN score >= 40 THEN 'OCCASIONAL' ELSE 'AT_RISK' END AS segment,"
	" CASE WHEN delay IS NULL THEN 'UNKNOWN' WHEN delay <= 0 THEN 'EXCELLENT'"
	"  WHEN delay <= 15 THEN 'GOOD' WHEN delay <= 30 THEN 'FAIR' WHEN delay <= 60 THEN 'LATE'"
	"  ELSE 'CRITICAL' END AS behaviour,"
	" churn, revenue, bought AS purchases, delay AS delay_days,"
	" coalesce(last, -2147483648) AS last_purchase,"
	" max(coalesce(last, -2147483648), coalesce(noted, -2147483648)) AS last_interaction,"
	/* hundredths of the mean basket, times purchases, times hundredths of the lifespan */
	" CASE WHEN bought = 0 OR revenue <= 0 THEN 0 ELSE"
	"  (2 * ((200 * revenue + bought) / (2 * bought) * bought"
	"   * CASE churn WHEN 0 THEN 10000 ELSE (2000 + churn) / (2 * churn) END) + 10000) / 20000"
	"  END AS lifetime_value,"
	" max(0, min(10, 5 + CASE WHEN delay IS NULL THEN 0 WHEN delay <= 0 THEN 3"
	"  WHEN delay <= 15 THEN 2 WHEN delay <= 30 THEN 1 ELSE -2 END + (score - 50) / 10))"
	"  AS satisfaction,"
	" (SELECT coalesce(sum(open), 0) FROM bill WHERE customer_id = id AND open > 0"
	"  AND due < 20600) AS overdue,"
	" (SELECT coalesce(sum(open), 0) FROM bill WHERE customer_id = id AND open > 0"
	"  AND due < 20600 - 30) AS overdue_30,"
	" (SELECT coalesce(sum(open), 0) FROM bill WHERE customer_id = id AND open > 0"
	"  AND due < 20600 - 60) AS overdue_60,"
	" (SELECT coalesce(sum(open), 0) FROM bill WHERE customer_id = id AND open > 0"
	"  AND due < 20600 - 90) AS overdue_90,"
	" (SELECT coalesce(min(due), 2147483647) FROM bill WHERE customer_id = id AND open > 0"
	"  AND due < 20600) AS overdue_since,"
	" NOT gone AND max(coalesce(last, 0), coalesce(noted, 0)) > 20600 - 365 AS active"
	" FROM rating",
};

static const char *const columns[] = { "score", "segment", "behaviour", "churn", "revenue",
	"purchases", "delay_days", "last_purchase", "last_interaction", "lifetime_value",
	"satisfaction", "overdue", "overdue_30", "overdue_60", "overdue_90", "overdue_since",
	"active" };

static void compare_by_sql(int64_t customers)
{
	for (size_t i = 0; i < ARRAY_SIZE(by_sql); i++)
		with_run(by_sql[i]);
	assert_int_equal(with_number("SELECT count(*) FROM expected"), customers);
	assert_int_equal(with_number("SELECT count(*) FROM customer_score"), customers);
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		char sql[240];
		int64_t n;

		snprintf(sql, sizeof(sql),
			"SELECT count(*) FROM expected e LEFT JOIN customer_score s"
			" ON s.customer_id = e.customer_id WHERE e.%s IS NOT s.%s",
			columns[i], columns[i]);
		n = with_number(sql);
		if (n) {
			snprintf(sql, sizeof(sql),
				"SELECT e.customer_id & 65535 FROM expected e LEFT JOIN"
				" customer_score s ON s.customer_id = e.customer_id"
				" WHERE e.%s IS NOT s.%s LIMIT 1",
				columns[i], columns[i]);
			fail_msg("%s differs for %lld customers, %lld among them", columns[i],
				(long long)n, (long long)with_number(sql));
		}
	}
}

/* Amounts and days on a coarse grid, so that thresholds, ties and exact
 * settlements all occur. */
static void random_documents(struct rng *rng, int64_t who)
{
	int64_t n = rng_below(rng, 4) ? rng_range(rng, 0, 15) : 0;

	for (int64_t i = 0; i < n; i++) {
		int32_t issued = WITH_DAY + 10 - (int32_t)rng_exponential(rng, 150, 900);
		int32_t due =
			rng_chance(rng, 1, 3) ? DAY_NONE : issued + (int32_t)rng_range(rng, 0, 60);
		int64_t total = rng_range(rng, 0, 12) * 2500;
		int64_t inv = with_invoice(who, issued, due, total, 0);

		if (rng_chance(rng, 1, 6))
			with_invoice(who, issued + (int32_t)rng_range(rng, -5, 60), DAY_NONE,
				-rng_range(rng, 1, 3) * 2500, rng_chance(rng, 2, 3) ? inv : 0);
		for (int64_t p = rng_range(rng, 0, 3); p > 0; p--)
			with_payment(who, inv, issued + (int32_t)rng_exponential(rng, 40, 300),
				rng_range(rng, 1, 12) * 2500);
	}
}

static void random_note(struct rng *rng, int64_t who)
{
	struct note note = { .customer_id = who,
		.at = (WITH_DAY + 3 - rng_exponential(rng, 200, 900)) * DAY_SECONDS +
		      rng_range(rng, 0, DAY_SECONDS - 1),
		.kind = rng_chance(rng, 1, 2) ? NOTE_CALL : NOTE_NOTE,
		.author = "awa",
		.text = "rappel" };
	struct err err = ERR_INIT;

	with_begin();
	with_ok(store_note_add(session->db, session->company.id, &note, &err), &err);
	with_commit();
}

#define RANDOM_CUSTOMERS 600

static void scores__all__are_what_sql_says(void **state)
{
	struct scores_result result;
	struct rng rng;

	(void)state;
	rng_init(&rng, 20600);
	for (int i = 0; i < RANDOM_CUSTOMERS; i++) {
		int64_t who = with_customer("Faso Agro");

		random_documents(&rng, who);
		for (int64_t k = rng_range(&rng, -2, 2); k > 0; k--)
			random_note(&rng, who);
		if (i % 50 == 7) {
			char sql[160];

			snprintf(sql, sizeof(sql),
				"UPDATE customer SET anonymised_at = 1 WHERE id = %lld",
				(long long)who);
			with_run(sql);
		}
	}
	result = update();
	assert_int_equal(result.done, RANDOM_CUSTOMERS);
	compare_by_sql(RANDOM_CUSTOMERS);
	with_counters_right();
	/* Nothing more to do, and so nothing is written. */
	result = update();
	assert_int_equal(result.done, RANDOM_CUSTOMERS);
	assert_int_equal(result.changed, 0);
}

static void scores__one_and_some__give_the_same_as_all(void **state)
{
	struct scores_result result;
	struct err err = ERR_INIT;
	int64_t who[40], ids[24];
	struct rng rng;

	(void)state;
	rng_init(&rng, 7);
	for (size_t i = 0; i < ARRAY_SIZE(who); i++) {
		who[i] = with_customer("Faso Agro");
		random_documents(&rng, who[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
		ids[i] = who[39 - i * 3 % 20];
	with_ok(scores_update_some(session, ids, ARRAY_SIZE(ids), NULL, &result, &err), &err);
	assert_int_equal(result.done, 20);
	for (int i = 0; i < 20; i++) {
		with_ok(scores_update_one(session, who[i], &result, &err), &err);
		assert_int_equal(result.done, 1);
	}
	compare_by_sql(ARRAY_SIZE(who));
	with_counters_right();
	result = update();
	assert_int_equal(result.changed, 0);
	assert_false(scores_update_one(session, 4711, &result, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void scores__initial__is_what_the_rules_say(void **state)
{
	struct scores_result result;

	(void)state;
	with_customer("Faso Agro");
	result = update();
	assert_int_equal(result.done, 1);
	assert_int_equal(result.changed, 0);
}

/* --- what is not counted, and where a day begins --- */

static void scores__merged_and_other_companies__stay_out(void **state)
{
	int64_t who = with_customer("Faso Agro"), merged = with_customer("Faso Agro SARL");
	struct company other = session->company;
	struct err err = ERR_INIT;
	struct scores_result result;
	char sql[200];

	(void)state;
	with_invoice(merged, WITH_DAY, DAY_NONE, 900, 0);
	snprintf(sql, sizeof(sql), "DELETE FROM customer_score WHERE customer_id = %lld",
		(long long)merged);
	with_run(sql);
	other.id = 0;
	with_begin();
	with_ok(store_company_insert(session->db, &other, &err), &err);
	with_commit();
	with_invoice(who, WITH_DAY, DAY_NONE, 500, 0);
	result = update();
	assert_int_equal(result.done, 1);
	assert_int_equal(column(who, "revenue"), 500);
	session->company = other;
	result = update();
	assert_int_equal(result.done, 0);
}

static void scores__credit_note__of_another_customer_pays_nothing(void **state)
{
	int64_t who = with_customer("Faso Agro"), other = with_customer("Autre");
	int64_t inv = with_invoice(who, WITH_DAY - 50, WITH_DAY - 20, 900, 0);

	(void)state;
	with_invoice(other, WITH_DAY - 10, DAY_NONE, -900, inv);
	update();
	assert_int_equal(column(who, "overdue"), 900);
	assert_int_equal(column(other, "revenue"), -900);
	assert_int_equal(column(other, "last_purchase"), DAY_NONE);
}

static void with_zone(const char *zone)
{
	struct err err = ERR_INIT;

	snprintf(session->company.time_zone, sizeof(session->company.time_zone), "%s", zone);
	with_begin();
	with_ok(store_company_update(session->db, &session->company, &err), &err);
	with_commit();
}

static void scores__today__is_the_companys_day(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct note note = { .customer_id = who, .author = "awa", .text = "rappel" };
	struct err err = ERR_INIT;

	(void)state;
	with_invoice(who, WITH_DAY + 1, WITH_DAY + 1, 900, 0);
	with_invoice(who, WITH_DAY - 20, WITH_DAY - 1, 100, 0);
	with_now = (int64_t)WITH_DAY * DAY_SECONDS + 13 * 3600;
	note.at =
		with_now - 7200; /* 11:00 UTC: 23:00 in Auckland, 01:00 the same day in Honolulu */
	with_begin();
	with_ok(store_note_add(session->db, session->company.id, &note, &err), &err);
	with_commit();
	/* 13:00 UTC is 01:00 of the next day in Auckland, 03:00 of this one in Honolulu */
	update();
	assert_int_equal(column(who, "revenue"), 100);
	assert_int_equal(column(who, "delay_days"), 1);
	assert_int_equal(column(who, "last_interaction"), WITH_DAY);
	with_zone("Pacific/Auckland");
	update();
	assert_int_equal(column(who, "revenue"), 1000);
	assert_int_equal(column(who, "delay_days"), 2);
	assert_int_equal(column(who, "last_purchase"), WITH_DAY + 1);
	assert_int_equal(column(who, "computed_on"), WITH_DAY + 1);
	with_zone("Pacific/Honolulu");
	with_now -= 4 * 3600;
	update();
	assert_int_equal(column(who, "revenue"), 100);
	assert_int_equal(column(who, "overdue"), 0);
	assert_int_equal(column(who, "last_interaction"), WITH_DAY - 20);
}

/* --- history --- */

static void scores__history__is_a_line_a_day(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct scores_why why;

	(void)state;
	with_invoice(who, WITH_DAY, DAY_NONE, 9000, 0);
	update();
	with_invoice(who, WITH_DAY, DAY_NONE, 1000, 0);
	update();
	why = explain(who);
	assert_int_equal(why.n_history, 1);
	assert_int_equal(why.history[0].day, WITH_DAY);
	assert_int_equal(why.history[0].score_before, 50);
	assert_int_equal(why.history[0].score_after, 95);
	assert_int_equal(why.history[0].segment_before, SEGMENT_OCCASIONAL);
	assert_int_equal(why.history[0].segment_after, SEGMENT_REGULAR);
	with_clock(WITH_DAY + 31);
	update();
	why = explain(who);
	assert_int_equal(why.n_history, 2);
	assert_int_equal(why.history[1].day, WITH_DAY + 31);
	assert_int_equal(why.history[1].score_before, 95);
	assert_int_equal(why.now.score, why.history[1].score_after);
	with_clock(date_add_months(WITH_DAY, 12) + 1);
	why = explain(who);
	assert_int_equal(why.n_history, 1);
}

static void scores__history__forgets_what_came_to_nothing(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct scores_why why;

	(void)state;
	with_invoice(who, WITH_DAY, DAY_NONE, 9000, 0);
	update();
	with_run("DELETE FROM invoice");
	update();
	why = explain(who);
	assert_int_equal(why.n_history, 0);
	assert_int_equal(why.stored.score, 50);
}

static void scores__unchanged__keeps_the_day_of_its_calculation(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct err err = ERR_INIT;
	int64_t at;

	(void)state;
	with_ok(scores_updated_at(session, &at, &err), &err);
	assert_int_equal(at, 0);
	with_invoice(who, WITH_DAY - 5, WITH_DAY - 5, 900, 0);
	with_payment(who, with_number("SELECT id FROM invoice"), WITH_DAY - 5, 900);
	update();
	with_clock(WITH_DAY + 1);
	assert_int_equal(update().changed, 0);
	assert_int_equal(column(who, "computed_on"), WITH_DAY);
	with_ok(scores_updated_at(session, &at, &err), &err);
	assert_int_equal(at, with_now);
}

/* --- the explanation --- */

static void scores__explain__adds_up_to_the_score(void **state)
{
	int64_t who = with_customer("Faso Agro"), inv;
	struct scores_why why;
	int sum = 0;

	(void)state;
	inv = with_invoice(who, WITH_DAY - 40, WITH_DAY - 10, 60000, 0);
	with_payment(who, inv, WITH_DAY - 4, 60000);
	why = explain(who);
	assert_true(why.found);
	assert_int_equal(why.stored.score, 50);
	for (int i = 0; i < SCORE_LINES; i++)
		sum += why.why.score[i].points;
	assert_int_equal(sum, why.now.score);
	assert_int_equal(why.now.score, 100); /* 50 + 20 + 15 + 0 + 15 */
	assert_int_equal(why.why.score[RULE_DELAY].value, 6);
	assert_int_equal(why.up.count, 0);
	assert_int_not_equal(why.down.count, 0);
	update();
	assert_int_equal(explain(who).stored.score, 100);
	assert_false(explain(4711).found);
}

/* --- thresholds --- */

static void scores__thresholds__come_from_the_own_revenues(void **state)
{
	struct scores_proposal proposal;
	struct score_thresholds bad = { 5, 5, 6 };
	struct err err = ERR_INIT;

	(void)state;
	for (int i = 1; i <= 100; i++)
		with_invoice(with_customer("Client"), WITH_DAY - 40, DAY_NONE, i * 12345, 0);
	with_customer("Sans achat");
	update();
	with_ok(scores_thresholds_propose(session, &proposal, &err), &err);
	assert_int_equal(proposal.customers, 100);
	assert_int_equal(proposal.now.low, 10000);
	assert_int_equal(proposal.proposed.low, 740000);   /* 60 x 12,345 = 740,700 */
	assert_int_equal(proposal.proposed.mid, 1000000);  /* 85 x 12,345 = 1,049,325 */
	assert_int_equal(proposal.proposed.high, 1200000); /* 95 x 12,345 = 1,172,775 */
	assert_false(scores_thresholds_accept(session, &bad, &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	with_ok(scores_thresholds_accept(session, &proposal.proposed, &err), &err);
	assert_int_equal(session->company.revenue_mid, 1000000);
	assert_int_equal(
		with_number("SELECT count(*) FROM audit WHERE action = 'company.thresholds'"), 1);
	assert_int_not_equal(update().changed, 0);
	/* from the 82nd on: 82 x 12,345 is the first over a million */
	assert_int_equal(
		with_number("SELECT count(*) FROM customer_score WHERE segment = 'VIP'"), 19);
}

/* --- long runs --- */

/* Customers whose stored scores are all wrong: three slices of work. */
#define MANY 2500

static void with_many(void)
{
	struct customer c = CUSTOMER_INIT;
	struct customer_score initial;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;

	scores_initial(session, &initial);
	initial.score = 3;
	with_begin();
	for (int i = 0; i < MANY; i++) {
		c.id = 0;
		c.company_id = session->company.id;
		c.name = "Client";
		with_ok(store_customer_insert(session->db, &c, &initial, &tally, &err), &err);
	}
	with_ok(store_counter_apply(session->db, session->company.id, &tally, &err), &err);
	with_commit();
}

struct stopper {
	int calls, stop_at;
	int64_t done, total;
};

static bool stop(void *data, int64_t done, int64_t total)
{
	struct stopper *stopper = data;

	stopper->done = done;
	stopper->total = total;
	return ++stopper->calls != stopper->stop_at;
}

static void scores__stopped__goes_on_where_it_was(void **state)
{
	struct stopper stopper = { .stop_at = 2 };
	struct progress progress = { stop, &stopper };
	struct scores_result first, second;
	struct err err = ERR_INIT;

	(void)state;
	with_many();
	assert_false(scores_update_all(session, &progress, &first, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(stopper.total, MANY);
	assert_int_equal(first.done, 1000);
	assert_int_equal(first.changed, 1000);
	assert_int_equal(with_number("SELECT count(*) FROM customer_score WHERE score = 3"), 1500);
	with_counters_right();
	stopper = (struct stopper){ .stop_at = -1 };
	err_clear(&err);
	with_ok(scores_update_all(session, &progress, &second, &err), &err);
	assert_int_equal(second.done, 1500);
	assert_int_equal(stopper.done, MANY);
	assert_int_equal(with_number("SELECT count(*) FROM customer_score WHERE score = 3"), 0);
	assert_int_equal(update().done, MANY);
	with_counters_right();
}

static void scores__stopped__begins_anew_on_another_day(void **state)
{
	struct stopper stopper = { .stop_at = 2 };
	struct progress progress = { stop, &stopper };
	struct scores_result result;
	struct err err = ERR_INIT;

	(void)state;
	with_many();
	assert_false(scores_update_all(session, &progress, &result, &err));
	with_clock(WITH_DAY + 1);
	assert_int_equal(update().done, MANY);
	with_run("UPDATE customer_score SET score = 3");
	stopper.calls = 0;
	assert_false(scores_update_all(session, &progress, &result, &err));
	with_zone("UTC"); /* the settings were saved: another revision */
	assert_int_equal(update().done, MANY);
}

static void scores__all__one_program_at_a_time(void **state)
{
	struct scores_result result;
	struct err err = ERR_INIT;
	char sql[200];

	(void)state;
	with_customer("Faso Agro");
	snprintf(sql, sizeof(sql),
		"INSERT INTO lease VALUES ('scores.%lld', 'elsewhere 1 0', 1, %lld)",
		(long long)session->company.id, (long long)with_now + 10);
	with_run(sql);
	assert_false(scores_update_all(session, NULL, &result, &err));
	assert_int_equal(err.code, ERR_SCORES_BUSY);
	err_clear(&err);
	/* A lease that ran out is nobody's. */
	with_now += 10;
	update();
	assert_int_equal(with_number("SELECT until FROM lease"), 0);
}

/* Somebody pays between the reading of a slice and its writing. */
struct payer {
	struct session *other;
	int64_t who, invoice;
	int calls;
};

static int64_t pay_meanwhile(void *data)
{
	struct payer *payer = data;
	struct session *mine = session;

	if (++payer->calls == 2) {
		session = payer->other;
		with_payment(payer->who, payer->invoice, WITH_DAY, 900);
		session = mine;
	}
	return payer->calls;
}

static int64_t stand_still(void *data)
{
	(void)data;
	return with_now;
}

static void scores__written__are_never_of_older_facts(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct payer payer = { .who = who };
	struct err err = ERR_INIT;

	(void)state;
	payer.invoice = with_invoice(who, WITH_DAY - 100, WITH_DAY - 50, 900, 0);
	payer.other = session_clone(session, &err);
	with_ok(payer.other, &err);
	session->clock = (struct clock){ stand_still, pay_meanwhile, &payer };
	assert_int_equal(update().changed, 1);
	assert_int_equal(column(who, "overdue"), 0);
	assert_int_equal(column(who, "delay_days"), 50);
	session_close(payer.other);
}

static void scores__all__leaves_room_for_other_writers(void **state)
{
	struct err err = ERR_INIT;
	struct session *other = session_clone(session, &err), *mine = session;
	struct stopper stopper = { .stop_at = 2 };
	struct progress progress = { stop, &stopper };
	struct scores_result result;

	(void)state;
	with_ok(other, &err);
	with_many();
	assert_false(scores_update_all(session, &progress, &result, &err));
	session = other;
	with_customer("Entre deux");
	session = mine;
	assert_int_equal(update().done, 1501);
	with_counters_right();
	session_close(other);
}

static void scores__rights__are_asked_for(void **state)
{
	struct score_thresholds t = SCORE_THRESHOLDS_INIT;
	struct scores_result result;
	struct scores_why why;
	struct err err = ERR_INIT;

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_CRM_USER);
	assert_false(scores_thresholds_accept(session, &t, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_false(scores_update_all(session, NULL, &result, &err));
	session->actor.roles = 0;
	assert_false(scores_explain(session, 1, &arena, &why, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)
#define FILE_TEST(f) cmocka_unit_test_setup_teardown(f, with_file, without_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(scores__rules__both_sides_of_each_threshold),
		TEST(scores__all__are_what_sql_says),
		TEST(scores__one_and_some__give_the_same_as_all),
		TEST(scores__initial__is_what_the_rules_say),
		TEST(scores__merged_and_other_companies__stay_out),
		TEST(scores__credit_note__of_another_customer_pays_nothing),
		TEST(scores__today__is_the_companys_day),
		TEST(scores__history__is_a_line_a_day),
		TEST(scores__history__forgets_what_came_to_nothing),
		TEST(scores__unchanged__keeps_the_day_of_its_calculation),
		TEST(scores__explain__adds_up_to_the_score),
		TEST(scores__thresholds__come_from_the_own_revenues),
		TEST(scores__stopped__goes_on_where_it_was),
		TEST(scores__stopped__begins_anew_on_another_day),
		TEST(scores__all__one_program_at_a_time),
		TEST(scores__rights__are_asked_for),
		FILE_TEST(scores__written__are_never_of_older_facts),
		FILE_TEST(scores__all__leaves_room_for_other_writers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
