#include "with_session.h"

#include "receivables.h"

static struct receivables of(int64_t who)
{
	struct receivables r;
	struct err err = ERR_INIT;

	with_ok(receivables_of(session, who, &r, &err), &err);
	return r;
}

static struct receivables company(void)
{
	struct receivables r;
	struct scores_result result;
	struct err err = ERR_INIT;

	with_ok(scores_update_all(session, NULL, &result, &err), &err);
	with_ok(receivables_company(session, &r, &err), &err);
	return r;
}

static void receivables__ages__both_sides_of_each(void **state)
{
	static const struct {
		int32_t age;
		int64_t not_due;
		int64_t ages[AGE_COUNT];
	} cases[] = {
		{ 0, 700, { 0, 0, 0, 0 } },
		{ 1, 0, { 700, 0, 0, 0 } },
		{ 30, 0, { 700, 0, 0, 0 } },
		{ 31, 0, { 0, 700, 0, 0 } },
		{ 60, 0, { 0, 700, 0, 0 } },
		{ 61, 0, { 0, 0, 700, 0 } },
		{ 90, 0, { 0, 0, 700, 0 } },
		{ 91, 0, { 0, 0, 0, 700 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int64_t who = with_customer("Faso Agro");
		int64_t inv = with_invoice(who, WITH_DAY - 200, WITH_DAY - cases[i].age, 1000, 0);
		struct receivables r;

		with_payment(who, inv, WITH_DAY - 100, 300);
		r = of(who);
		assert_int_equal(r.not_due, cases[i].not_due);
		assert_int_equal(r.overdue, 700 - cases[i].not_due);
		assert_int_equal(r.since, cases[i].not_due ? DAY_NONE : WITH_DAY - cases[i].age);
		for (int k = 0; k < AGE_COUNT; k++)
			assert_int_equal(r.ages[k], cases[i].ages[k]);
	}
}

static void receivables__company__adds_up_its_customers(void **state)
{
	int64_t a = with_customer("Faso Agro"), b = with_customer("Burkina Tissus");
	struct receivables r = company();
	int64_t inv;

	(void)state;
	assert_int_equal(r.overdue, 0);
	assert_int_equal(r.since, DAY_NONE);
	with_invoice(a, WITH_DAY - 200, WITH_DAY - 95, 1000, 0);
	with_invoice(a, WITH_DAY - 200, WITH_DAY - 20, 200, 0);
	inv = with_invoice(b, WITH_DAY - 100, DAY_NONE, 5000, 0);
	with_invoice(b, WITH_DAY, DAY_NONE, 9000, 0);
	r = company();
	assert_int_equal(r.customers, 2);
	assert_int_equal(r.overdue, 6200);
	assert_int_equal(r.ages[AGE_UP_TO_30], 200);
	assert_int_equal(r.ages[AGE_UP_TO_60], 0);
	assert_int_equal(r.ages[AGE_UP_TO_90], 5000);
	assert_int_equal(r.ages[AGE_OVER_90], 1000);
	assert_int_equal(r.since, WITH_DAY - 95);
	with_payment(b, inv, WITH_DAY, 5000);
	r = company();
	assert_int_equal(r.customers, 1);
	assert_int_equal(r.overdue, 1200);
	assert_int_equal(r.ages[AGE_UP_TO_90], 0);
	with_counters_right();
}

static void receivables__invoices__say_what_became_of_each(void **state)
{
	int64_t who = with_customer("Faso Agro");
	int64_t paid = with_invoice(who, WITH_DAY - 90, WITH_DAY - 60, 1000, 0);
	int64_t open = with_invoice(who, WITH_DAY - 80, DAY_NONE, 2000, 0);
	struct err err = ERR_INIT;
	struct invoice_line *lines;
	int n;

	(void)state;
	with_payment(who, paid, WITH_DAY - 70, 400);
	with_payment(who, paid, WITH_DAY - 55, 500);
	with_invoice(who, WITH_DAY - 50, DAY_NONE, -100, paid);
	with_payment(who, open, WITH_DAY + 1, 2000);
	with_invoice(who, WITH_DAY - 1, DAY_NONE, 300, 0);
	with_ok(receivables_invoices(session, who, (struct invoice_key)INVOICE_KEY_FIRST, 10,
			&arena, &lines, &n, &err),
		&err);
	assert_int_equal(n, 4);
	/* not yet due */
	assert_int_equal(lines[0].open, 300);
	assert_int_equal(lines[0].due, WITH_DAY + 29);
	assert_false(lines[0].late_known);
	/* the credit note */
	assert_int_equal(lines[1].invoice.total, -100);
	assert_int_equal(lines[1].open, 0);
	assert_false(lines[1].late_known);
	/* a payment of tomorrow pays nothing today */
	assert_int_equal(lines[2].invoice.id, open);
	assert_int_equal(lines[2].open, 2000);
	assert_int_equal(lines[2].settled_on, DAY_NONE);
	assert_true(lines[2].late_known);
	assert_int_equal(lines[2].days_late, 50);
	/* settled by the credit note */
	assert_int_equal(lines[3].open, 0);
	assert_int_equal(lines[3].settled_on, WITH_DAY - 50);
	assert_int_equal(lines[3].days_late, 10);
}

static void receivables__pages__go_on_where_they_ended(void **state)
{
	int64_t who = with_customer("Faso Agro"), other = with_customer("Autre");
	struct invoice_key invoices = INVOICE_KEY_FIRST, payments = INVOICE_KEY_FIRST;
	struct err err = ERR_INIT;
	int n, seen = 0, paid = 0;

	(void)state;
	for (int i = 0; i < 9; i++) {
		int64_t inv = with_invoice(who, WITH_DAY - i / 2, DAY_NONE, 100 + i, 0);

		with_payment(who, inv, WITH_DAY - i / 3, 50);
		with_invoice(other, WITH_DAY - i, DAY_NONE, 100, 0);
	}
	do {
		struct invoice_line *lines;

		with_ok(receivables_invoices(session, who, invoices, 2, &arena, &lines, &n, &err),
			&err);
		for (int i = 0; i < n; i++) {
			const struct invoice *inv = &lines[i].invoice;

			assert_true(inv->issued < invoices.day ||
				    (inv->issued == invoices.day && inv->id < invoices.id));
			invoices = (struct invoice_key){ inv->issued, inv->id };
		}
		seen += n;
	} while (n);
	assert_int_equal(seen, 9);
	do {
		struct payment_line *lines;

		with_ok(receivables_payments(session, who, payments, 2, &arena, &lines, &n, &err),
			&err);
		for (int i = 0; i < n; i++) {
			const struct payment *p = &lines[i].payment;

			assert_true(p->paid_on < payments.day ||
				    (p->paid_on == payments.day && p->id < payments.id));
			assert_int_equal(lines[i].number[0], 'F');
			payments = (struct invoice_key){ p->paid_on, p->id };
		}
		paid += n;
	} while (n);
	assert_int_equal(paid, 9);
}

static void receivables__of__nobody_is_gone(void **state)
{
	struct receivables r;
	struct err err = ERR_INIT;

	(void)state;
	assert_false(receivables_of(session, 4711, &r, &err));
	assert_int_equal(err.code, ERR_GONE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(receivables__ages__both_sides_of_each),
		TEST(receivables__company__adds_up_its_customers),
		TEST(receivables__invoices__say_what_became_of_each),
		TEST(receivables__pages__go_on_where_they_ended),
		TEST(receivables__of__nobody_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
