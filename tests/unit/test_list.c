#include "test.h"

#include "crypt.h"
#include "rng.h"
#include "stmt.h"
#include "store_company.h"
#include "store_customer.h"
#include "store_list.h"
#include "store_ruler.h"

#define CUSTOMERS 257
#define PAGE 10
#define TODAY 20000

static struct db *db;
static struct company company = { .name = "Test",
	.country = "BF",
	.currency = "XOF",
	.time_zone = "UTC",
	.terms_days = 30,
	.revenue_low = 1,
	.revenue_mid = 2,
	.revenue_high = 3 };

static void run(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);

	if (!stmt_run(q, &err))
		fail_msg("%s", err.detail);
	stmt_free(q);
}

static void add_customer(struct rng *rng, int i)
{
	static const char *const names[] = { "Kaboré", "Kabre", "Élodie", "ouédraogo", "Zongo",
		"" };
	static const char *const cities[] = { "", "Bobo-Dioulasso", "Ouagadougou", "Lyon" };
	struct customer_score score = { .segment = (enum segment)rng_below(rng, SEGMENT_COUNT),
		.behaviour = BEHAVIOUR_UNKNOWN,
		.score = (int)rng_below(rng, 6) * 20,
		.churn = (int)rng_below(rng, 11),
		.revenue = (int64_t)rng_below(rng, 9) * 1000,
		.overdue = (int64_t)rng_below(rng, 3) * 500,
		.last_purchase = i % 5 ? TODAY - (int32_t)rng_below(rng, 400) : DAY_NONE,
		.last_interaction = DAY_NONE,
		.overdue_since = DAY_NONE,
		.computed_on = TODAY };
	struct customer c = CUSTOMER_INIT;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;
	char name[40];

	snprintf(name, sizeof(name), "%s %d", names[rng_below(rng, 5)], (int)rng_below(rng, 30));
	c.company_id = company.id;
	c.name = name;
	c.city = cities[rng_below(rng, 4)];
	c.firm = i % 7 ? "" : "Établissements Nikiéma";
	c.phone = "70 12 34 56";
	c.phone_e164 = i % 3 ? "+22670123456" : "";
	c.channels = i % 2 ? "SMS,EMAIL" : "EMAIL";
	if (!store_customer_insert(db, &c, &score, &tally, &err))
		fail_msg("%s", err.detail);
}

static int set_up(void **state)
{
	struct err err = ERR_INIT;
	struct rng rng;

	(void)state;
	assert_true(crypt_init(&err));
	rng_init(&rng, 7);
	db = db_open(":memory:", DB_CREATE, &err);
	assert_true(db_write(db, &err));
	assert_true(store_company_insert(db, &company, &err));
	for (int i = 0; i < CUSTOMERS; i++)
		add_customer(&rng, i);
	assert_true(db_commit(db, &err));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(db);
	return 0;
}

static struct list_query query(enum list_order order, bool descending)
{
	return (struct list_query){ .company_id = company.id,
		.order = order,
		.descending = descending,
		.today = TODAY,
		.decimals = 0,
		.language = LANG_FR };
}

/* Walks the whole list in pages; the ids come in list order either way. */
static int walk(const struct list_query *q, bool back, int64_t *ids)
{
	struct arena a = ARENA_INIT;
	struct list_page page = { .last = false };
	struct err err = ERR_INIT;
	struct list_key from;
	int n = 0;

	for (bool first = true; !page.last; first = false) {
		if (!store_list_page(
			    db, q, first ? NULL : &from, back, false, PAGE, &a, &page, &err))
			fail_msg("%s", err.detail);
		for (int i = 0; i < page.count; i++)
			ids[back ? CUSTOMERS - 1 - n++ : n++] =
				page.lines[back ? page.count - 1 - i : i].id;
		if (page.count)
			from = page.keys[back ? 0 : page.count - 1];
		assert_true(n <= CUSTOMERS);
	}
	arena_release(&a);
	return n;
}

static const char *const column[LIST_ORDERS] = { "c.name_key", "c.city_key", "s.score", "s.churn",
	"s.revenue", "s.overdue", "s.last_purchase", "s.last_interaction",
	"instr('AT_RISK OCCASIONAL REGULAR LOYAL VIP', s.segment) * 1000 + s.score" };

/* The ids that pass, by hand; returns how many. */
static int expected(enum list_order order, bool descending, const char *where, int64_t *ids)
{
	struct err err = ERR_INIT;
	char sql[600];
	struct stmt *q;
	int n = 0;

	snprintf(sql, sizeof(sql),
		"SELECT c.id FROM customer c, customer_score s WHERE s.customer_id = c.id AND (%s) "
		"ORDER BY %s %s, c.id %s",
		where, column[order], descending ? "DESC" : "", descending ? "DESC" : "");
	q = stmt_make(db, sql);
	while (stmt_step(q, &err) == STEP_ROW)
		ids[n++] = col_i64(q, 0);
	stmt_free(q);
	return n;
}

static void list__page__gives_every_row_once_in_every_order_both_ways(void **state)
{
	int64_t right[CUSTOMERS], forward[CUSTOMERS], backward[CUSTOMERS];

	(void)state;
	for (int order = 0; order < LIST_ORDERS; order++)
		for (int down = 0; down < 2; down++) {
			struct list_query q = query((enum list_order)order, down);

			assert_int_equal(
				expected((enum list_order)order, down, "1", right), CUSTOMERS);
			assert_int_equal(walk(&q, false, forward), CUSTOMERS);
			assert_int_equal(walk(&q, true, backward), CUSTOMERS);
			assert_memory_equal(forward, right, sizeof(right));
			assert_memory_equal(backward, right, sizeof(right));
		}
}

static void list__page__neither_scans_nor_sorts(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	for (int i = 0; i < LIST_ORDERS * 4; i++) {
		struct list_query q = query((enum list_order)(i / 4), i & 1);
		struct strbuf plan = STRBUF_INIT;

		if (!store_list_plan(db, &q, i & 2, &plan, &err))
			fail_msg("%s", err.detail);
		if (strstr(plan.buf, "SCAN") || strstr(plan.buf, "TEMP B-TREE"))
			fail_msg("%s: %s", list_order_word(q.order), plan.buf);
		/* The key itself must be searched for, not only the company. */
		if (!strstr(plan.buf, ")<(?,?)") && !strstr(plan.buf, ")>(?,?)") &&
			!strstr(plan.buf, "_key=? AND id"))
			fail_msg("%s: %s", list_order_word(q.order), plan.buf);
		strbuf_release(&plan);
	}
}

static void list__page__begins_with_the_row_it_was_asked_from(void **state)
{
	struct list_query q = query(LIST_SCORE, true);
	struct arena a = ARENA_INIT;
	struct list_page page, again;
	struct err err = ERR_INIT;
	struct list_key key;
	bool found;

	(void)state;
	assert_true(store_list_page(db, &q, NULL, false, false, PAGE, &a, &page, &err));
	assert_true(store_list_key(db, &q, page.lines[4].id, &a, &key, &found, &err));
	assert_true(found);
	assert_true(store_list_page(db, &q, &key, false, true, PAGE, &a, &again, &err));
	assert_int_equal(again.lines[0].id, page.lines[4].id);
	assert_true(store_list_key(db, &q, 12345, &a, &key, &found, &err));
	assert_false(found);
	arena_release(&a);
}

struct row {
	const char *filter;
	const char *where; /* the same by hand */
};

static const struct row rows[] = {
	{ "segment=VIP,LOYAL", "s.segment IN ('VIP', 'LOYAL')" },
	{ "segment!=VIP,LOYAL", "s.segment NOT IN ('VIP', 'LOYAL')" },
	{ "score>=60 score<100", "s.score BETWEEN 60 AND 99" },
	{ "churn>=0.7", "s.churn >= 7" },
	{ "churn>0.65", "s.churn >= 7" },
	{ "churn=0.75", "0" },
	{ "revenue>=3000", "s.revenue >= 3000" },
	{ "overdue_amount>0 or score=0", "s.overdue > 0 OR s.score = 0" },
	{ "last_purchase>180d", "s.last_purchase < 20000 - 180 AND s.last_purchase > -2147483648" },
	{ "-last_purchase>180d",
		"NOT (s.last_purchase < 20000 - 180 AND s.last_purchase > -2147483648)" },
	{ "last_purchase=never", "s.last_purchase = -2147483648" },
	{ "delay>10", "0" },
	{ "-delay>10", "1" },
	{ "city=\"bobo-dioulasso\"", "c.city = 'Bobo-Dioulasso'" },
	{ "ville~OUAGA", "c.city = 'Ouagadougou'" },
	{ "name~elodie", "c.name LIKE 'Élodie%'" },
	{ "name~nikiema", "c.firm <> ''" },
	{ "channel=SMS", "c.channels LIKE 'SMS%'" },
	{ "has=phone has=city", "c.phone_e164 IS NOT NULL AND c.city <> ''" },
	{ "invalid=phone", "c.phone_e164 IS NULL" },
	{ "consent.sms=GRANTED", "0" },
	{ "consent.sms=UNKNOWN", "1" },
	{ "langue=fr", "1" },
	{ "kind=FIRM", "0" },
	{ "tag=promo", "0" },
	{ "-(segment=VIP or score>=80)", "NOT (s.segment = 'VIP' OR s.score >= 80)" },
};

static int64_t by_hand(const char *where)
{
	struct err err = ERR_INIT;
	char sql[400];
	struct stmt *q;
	int64_t n;

	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM customer c, customer_score s WHERE s.customer_id = c.id AND "
		"(%s)",
		where);
	q = stmt_make(db, sql);
	assert_true(stmt_number(q, 0, &n, &err));
	stmt_free(q);
	return n;
}

static void list__filter__means_what_it_says(void **state)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct list_query q = query(LIST_NAME, false);
		int64_t ids[CUSTOMERS], listed[CUSTOMERS], n;
		struct filter_error wrong;
		int count;

		if (!filter_parse(&a, rows[i].filter, &q.filter, &wrong))
			fail_msg("%s: %s", rows[i].filter, filter_problem_label(wrong.problem));
		if (!store_list_count(db, &q, &n, &err))
			fail_msg("%s: %s", rows[i].filter, err.detail);
		if (n != by_hand(rows[i].where))
			fail_msg("%s: %d, not %d", rows[i].filter, (int)n,
				(int)by_hand(rows[i].where));
		assert_true(store_list_ids(db, &q, 0, CUSTOMERS, ids, &count, &err));
		assert_int_equal(count, n);
		assert_int_equal(walk(&q, false, listed), n);
	}
	arena_release(&a);
}

/* By the index of a term or by that of the order: the rows are the same. */
static void list__filter__gives_the_same_rows_in_every_order(void **state)
{
	int64_t right[CUSTOMERS], got[CUSTOMERS];
	struct arena a = ARENA_INIT;
	struct filter_error wrong;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int way = 0; way < 4 * LIST_ORDERS; way++) {
			struct list_query q = query((enum list_order)(way / 4), way & 1);
			int n = expected(q.order, q.descending, rows[i].where, right);
			bool back = way & 2;

			assert_true(filter_parse(&a, rows[i].filter, &q.filter, &wrong));
			assert_int_equal(walk(&q, back, got), n);
			if (memcmp(back ? got + CUSTOMERS - n : got, right,
				    (size_t)n * sizeof(*right)))
				fail_msg("%s by %s", rows[i].filter, list_order_word(q.order));
		}
	arena_release(&a);
}

#define MANY 40000

/* Customers without search or counters: only lists look at them. */
static void add_many(void)
{
	run("INSERT INTO customer (id, company_id, kind, nature, name, name_key, city_key, "
	    "created_at, updated_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 "
	    "FROM n WHERE i < 40000) SELECT 1000000 + i, (SELECT id FROM company), 'FIRM', "
	    "'PRIVATE', 'B' || i, printf('b%05d', i * 7919 % 40000), 'kaya', 0, 0 FROM n");
	run("INSERT INTO customer_score SELECT company_id, id, id % 101, 'VIP', 'UNKNOWN', 0, 0, "
	    "0, "
	    "NULL, 0, 0, 0, 0, 0, 0, 0, 0, 2147483647, 1, 0 FROM customer WHERE id > 1000000 "
	    "AND id <= 1040000");
	run("UPDATE customer SET firm = 'Nikiéma' WHERE id IN (1000001, 1020000, 1040000)");
}

static void list__rare__is_found_by_another_way(void **state)
{
	struct list_query q = query(LIST_NAME, true);
	struct arena a = ARENA_INIT;
	struct filter_error wrong;
	struct err err = ERR_INIT;
	struct list_page page;
	struct list_key key;

	(void)state;
	add_many();
	assert_true(filter_parse(&a, "name=nikiema", &q.filter, &wrong));
	assert_true(store_list_page(db, &q, NULL, false, false, PAGE, &a, &page, &err));
	assert_true(stmt_spent(db));
	assert_int_equal(page.count, 3);
	assert_true(page.last);
	assert_true(strcmp(page.keys[0].text, page.keys[1].text) > 0);
	assert_true(strcmp(page.keys[1].text, page.keys[2].text) > 0);
	key = page.keys[0];
	assert_true(store_list_page(db, &q, &key, false, false, 1, &a, &page, &err));
	assert_int_equal(page.count, 1);
	assert_false(page.last);
	assert_true(strcmp(page.keys[0].text, key.text) < 0);
	assert_true(store_list_page(db, &q, &page.keys[0], true, false, PAGE, &a, &page, &err));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.keys[0].id, key.id);
	arena_release(&a);
}

static void list__budget__ends_a_statement(void **state)
{
	struct err err = ERR_INIT;
	struct stmt *q;
	int64_t n;

	(void)state;
	add_many();
	stmt_budget(db, 10);
	q = stmt_make(db, "SELECT count(*) FROM customer WHERE name LIKE '%9%'");
	assert_false(stmt_number(q, 0, &n, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_true(stmt_spent(db));
	stmt_free(q);
	err_clear(&err);
	stmt_budget(db, 0);
	q = stmt_make(db, "SELECT count(*) FROM customer WHERE id > 1000000 AND id <= 1040000");
	assert_true(stmt_number(q, 0, &n, &err));
	assert_int_equal(n, MANY);
	assert_true(stmt_spent(db));
	stmt_budget(db, 1000);
	assert_false(stmt_spent(db));
	stmt_budget(db, 0);
	stmt_free(q);
}

/* All are taken: a row stands where the list says. */
static void ruler__of_few__is_exact(void **state)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)state;
	for (int order = 0; order < LIST_ORDERS; order++) {
		struct list_query q = query((enum list_order)order, order & 1);
		struct ruler *r = store_ruler(db, &q, &err);
		struct list_page page;

		assert_non_null(r);
		assert_true(
			store_list_page(db, &q, NULL, false, false, CUSTOMERS, &a, &page, &err));
		for (int i = 0; i < CUSTOMERS; i++)
			assert_int_equal(ruler_at(r, &page.keys[i]), i * 10000 / CUSTOMERS);
		ruler_free(r);
	}
	arena_release(&a);
}

/* The greatest error over the list, in ten-thousandths. */
static int greatest_error(const struct list_query *q, int most)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct ruler *r = store_ruler(db, q, &err);
	struct list_page page;
	int worst = 0;

	assert_non_null(r);
	if (!store_list_page(db, q, NULL, false, false, most, &a, &page, &err))
		fail_msg("%s %s", err.subject, err.detail);
	assert_int_equal(page.count, most);
	for (int i = 0; i < most; i += 37) {
		int off = ruler_at(r, &page.keys[i]) - (int)((int64_t)i * 10000 / most);

		if (abs(off) > worst)
			worst = abs(off);
	}
	ruler_free(r);
	arena_release(&a);
	return worst;
}

/*
 * Bounds that a sample of n breaks once in 100,000 companies (their ids are the
 * seed): 2.47 / sqrt(n), after Kolmogorov and Smirnov.
 */
static void ruler__of_many__is_off_by_little(void **state)
{
	struct list_query by_name = query(LIST_NAME, false), by_score = query(LIST_SCORE, true);
	struct arena a = ARENA_INIT;
	struct filter_error wrong;

	(void)state;
	add_many();
	/* A quarter from another station, with gaps, and with all the good scores: if gaps
	 * counted, nearly everybody would have one. */
	run("PRAGMA foreign_keys = OFF");
	run("UPDATE customer SET id = (1 << 50) + (id - 1030000) * 20 "
	    "WHERE id > 1030000 AND id <= 1040000");
	run("UPDATE customer_score SET customer_id = (1 << 50) + (customer_id - 1030000) * 20, "
	    "score = 100 WHERE customer_id > 1030000 AND customer_id <= 1040000");
	run("UPDATE customer_score SET score = 0 WHERE customer_id <= 1030000");
	assert_in_range(greatest_error(&by_name, MANY), 0, 1600);
	assert_in_range(greatest_error(&by_score, MANY), 0, 1600);
	assert_true(filter_parse(&a, "name~b0", &by_name.filter, &wrong));
	assert_in_range(greatest_error(&by_name, 10000), 0, 3200);
	arena_release(&a);
}

static void list__page__leaves_out_what_was_merged(void **state)
{
	struct list_query q = query(LIST_NAME, false);
	struct arena a = ARENA_INIT;
	struct customer_line line;
	struct err err = ERR_INIT;
	struct list_page page;
	int64_t gone;
	bool found;

	(void)state;
	assert_true(store_list_page(db, &q, NULL, false, false, PAGE, &a, &page, &err));
	gone = page.lines[0].id;
	run("UPDATE customer SET merged_into = 1 WHERE id = (SELECT id FROM customer ORDER BY "
	    "name_key, id LIMIT 1)");
	assert_true(store_list_page(db, &q, NULL, false, false, PAGE, &a, &page, &err));
	assert_true(page.lines[0].id != gone);
	assert_true(store_list_line(db, company.id, gone, &a, &line, &found, &err));
	assert_false(found);
	assert_true(store_list_line(db, company.id, page.lines[0].id, &a, &line, &found, &err));
	assert_true(found);
	assert_string_equal(line.name, page.lines[0].name);
	arena_release(&a);
}

#define list_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		list_test(list__page__gives_every_row_once_in_every_order_both_ways),
		list_test(list__page__neither_scans_nor_sorts),
		list_test(list__page__begins_with_the_row_it_was_asked_from),
		list_test(list__filter__means_what_it_says),
		list_test(list__filter__gives_the_same_rows_in_every_order),
		list_test(list__rare__is_found_by_another_way),
		list_test(list__budget__ends_a_statement),
		list_test(ruler__of_few__is_exact),
		list_test(ruler__of_many__is_off_by_little),
		list_test(list__page__leaves_out_what_was_merged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
