/*
 * A store in memory with one company, for tests of the store families: what is
 * open is global to the test program.
 */
#ifndef WITH_STORE_H
#define WITH_STORE_H

#include "consent.h"
#include "crypt.h"
#include "stmt.h"
#include "store_company.h"
#include "store_customer.h"

static struct db *db;
static struct arena arena;
static int64_t company_id;

static const struct customer_score with_initial = {
	.score = 40,
	.segment = SEGMENT_OCCASIONAL,
	.behaviour = BEHAVIOUR_UNKNOWN,
	.churn = 9,
	.last_purchase = DAY_NONE,
	.last_interaction = DAY_NONE,
	.satisfaction = 4,
	.overdue_since = DAY_NONE,
	.computed_on = 20000,
};

/* An error nobody expected, in words. */
static inline void with_ok(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s", err_name(err->code), err->detail);
}

static inline void with_begin(void)
{
	struct err err = ERR_INIT;

	with_ok(db_write(db, &err), &err);
}

static inline void with_commit(struct tally *tally)
{
	struct err err = ERR_INIT;

	with_ok(store_counter_apply(db, company_id, tally, &err), &err);
	with_ok(db_commit(db, &err), &err);
}

static inline int with_store(void **state)
{
	struct company c = { .name = "Sahel Négoce",
		.country = "BF",
		.currency = "XOF",
		.time_zone = "Africa/Ouagadougou",
		.terms_days = 30,
		.revenue_low = 10000,
		.revenue_mid = 50000,
		.revenue_high = 100000 };
	struct err err = ERR_INIT;

	(void)state;
	with_ok(crypt_init(&err), &err);
	arena = (struct arena)ARENA_INIT;
	db = db_open(":memory:", DB_CREATE, &err);
	with_ok(db, &err);
	with_begin();
	with_ok(store_company_insert(db, &c, &err), &err);
	with_ok(db_commit(db, &err), &err);
	company_id = c.id;
	return 0;
}

static inline int without_store(void **state)
{
	(void)state;
	db_close(db);
	arena_release(&arena);
	return 0;
}

/* A person with everything that a test looks for. */
static inline struct customer with_awa(void)
{
	struct customer c = CUSTOMER_INIT;

	c.company_id = company_id;
	c.account_key = "411042";
	c.name = "Kabré";
	c.first_name = "Awa";
	c.email = "Awa.Kabre@Faso.bf";
	c.email_key = "awa.kabre@faso.bf";
	c.phone = "76 00 11 22";
	c.phone_e164 = "+22676001122";
	c.city = "Bobo-Dioulasso";
	c.created_at = c.updated_at = 1000;
	return c;
}

static inline void with_insert(struct customer *c)
{
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	with_begin();
	with_ok(store_customer_insert(db, c, &with_initial, &tally, &err), &err);
	with_commit(&tally);
}

static inline int64_t with_number(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);
	int64_t n;

	with_ok(stmt_number(q, -1, &n, &err), &err);
	stmt_free(q);
	return n;
}

static inline const char *with_text(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);
	const char *s;

	with_ok(stmt_step(q, &err) == STEP_ROW, &err);
	s = col_dup(q, 0, &arena);
	stmt_free(q);
	return s;
}

static inline void with_run(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(db, sql);

	with_ok(stmt_run(q, &err), &err);
	stmt_free(q);
}

/* What writes kept up to date is what counting gives. */
static inline void with_counters_right(void)
{
	struct err err = ERR_INIT;
	struct tally kept, counted;

	with_ok(store_counter_read(db, company_id, &kept, &err), &err);
	with_ok(store_counter_count(db, company_id, &counted, &err), &err);
	for (int i = 0; i < COUNTER_COUNT; i++)
		if (kept.by[i] != counted.by[i])
			fail_msg("%s: kept %lld, counted %lld", counter_name((enum counter)i),
				(long long)kept.by[i], (long long)counted.by[i]);
}

#endif
