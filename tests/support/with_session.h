/*
 * A session on a store in memory with one company and a clock that the test
 * moves, for tests of the services: what is open is global to the test program.
 */
#ifndef WITH_SESSION_H
#define WITH_SESSION_H

#include "test.h"

#include "consent.h"
#include "date.h"
#include "scores.h"
#include "session.h"
#include "stmt.h"
#include "store_company.h"
#include "store_customer.h"
#include "store_invoice.h"

#define WITH_DAY 20600 /* 2026-05-27 */

static struct session *session;
static struct arena arena;
static int64_t with_now; /* what the clock shows */

/* An error nobody expected, in words. */
static inline void with_ok(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s", err_name(err->code), err->detail);
}

static inline void with_begin(void)
{
	struct err err = ERR_INIT;

	with_ok(db_write(session->db, &err), &err);
}

static inline void with_commit(void)
{
	struct err err = ERR_INIT;

	with_ok(db_commit(session->db, &err), &err);
}

/* Noon of a day in UTC. */
static inline void with_clock(int32_t day)
{
	with_now = (int64_t)day * DAY_SECONDS + DAY_SECONDS / 2;
}

/* A store at `path` (":memory:") with a company in that zone, at noon of WITH_DAY. */
static inline void with_open(const char *path, const char *time_zone)
{
	struct session_options o = { .store = path, .origin = ORIGIN_COMMAND };
	struct err err = ERR_INIT;
	struct company c = { .name = "Sahel Négoce",
		.country = "BF",
		.currency = "XOF",
		.terms_days = 30,
		.revenue_low = 10000,
		.revenue_mid = 50000,
		.revenue_high = 100000 };

	snprintf(c.time_zone, sizeof(c.time_zone), "%s", time_zone);
	arena = (struct arena)ARENA_INIT;
	with_clock(WITH_DAY);
	o.clock = clock_fixed(&with_now);
	session = session_open(&o, &err);
	with_ok(session, &err);
	with_begin();
	with_ok(store_company_insert(session->db, &c, &err), &err);
	with_commit();
	session->company = c;
}

static inline int with_session(void **state)
{
	(void)state;
	with_open(":memory:", "UTC");
	return 0;
}

static inline int without_session(void **state)
{
	(void)state;
	session_close(session);
	arena_release(&arena);
	return 0;
}

static inline int64_t with_customer(const char *name)
{
	struct customer c = CUSTOMER_INIT;
	struct customer_score initial;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;

	c.company_id = session->company.id;
	c.kind = KIND_FIRM;
	c.name = name;
	c.phone = "70 12 34 56";
	c.phone_e164 = "+22670123456";
	c.created_at = c.updated_at = with_now;
	scores_initial(session, &initial);
	with_begin();
	with_ok(store_customer_insert(session->db, &c, &initial, &tally, &err), &err);
	with_ok(store_counter_apply(session->db, c.company_id, &tally, &err), &err);
	with_commit();
	return c.id;
}

/* `due` DAY_NONE for none; `credits` the invoice that a negative total credits, or 0. */
static inline int64_t with_invoice(
	int64_t customer_id, int32_t issued, int32_t due, int64_t total, int64_t credits)
{
	static int number;
	char text[24];
	struct err err = ERR_INIT;
	struct invoice inv = { .company_id = session->company.id,
		.customer_id = customer_id,
		.number = text,
		.issued = issued,
		.due = due,
		.total = total,
		.credits_id = credits };

	snprintf(text, sizeof(text), "F%d", ++number);
	with_begin();
	with_ok(store_invoice_insert(session->db, &inv, &err), &err);
	with_commit();
	return inv.id;
}

static inline int64_t with_payment(
	int64_t customer_id, int64_t invoice_id, int32_t day, int64_t amount)
{
	static int number;
	char text[24];
	struct err err = ERR_INIT;
	struct payment p = { .company_id = session->company.id,
		.customer_id = customer_id,
		.invoice_id = invoice_id,
		.reference = text,
		.paid_on = day,
		.amount = amount };

	snprintf(text, sizeof(text), "P%d", ++number);
	with_begin();
	with_ok(store_payment_insert(session->db, &p, &err), &err);
	with_commit();
	return p.id;
}

static inline int64_t with_number(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(session->db, sql);
	int64_t n;

	with_ok(stmt_number(q, -1, &n, &err), &err);
	stmt_free(q);
	return n;
}

static inline void with_run(const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(session->db, sql);

	with_ok(stmt_run(q, &err), &err);
	stmt_free(q);
}

/* What writes kept up to date is what counting gives. */
static inline void with_counters_right(void)
{
	struct err err = ERR_INIT;
	struct tally kept, counted;
	int64_t id = session->company.id;

	with_ok(store_counter_read(session->db, id, &kept, &err), &err);
	with_ok(store_counter_count(session->db, id, &counted, &err), &err);
	for (int i = 0; i < COUNTER_COUNT; i++)
		if (kept.by[i] != counted.by[i])
			fail_msg("%s: kept %lld, counted %lld", counter_name((enum counter)i),
				(long long)kept.by[i], (long long)counted.by[i]);
}

#endif
