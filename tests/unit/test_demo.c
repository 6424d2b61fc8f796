#include "test.h"

#include <string.h>

#include "compiler.h"
#include "consent.h"
#include "date.h"
#include "demo.h"
#include "demo_names.h"
#include "email.h"
#include "facts.h"
#include "mem.h"
#include "percentile.h"
#include "phone.h"
#include "score.h"
#include "utf8.h"

#define TODAY 20774 /* 2026-11-17 */
#define MANY 10000

static struct demo demo_of(uint64_t seed)
{
	struct demo demo;

	demo_init(&demo, seed, MANY, TODAY);
	return demo;
}

/* What every machine must make of seed 42. */
static void demo__customer__is_the_same_everywhere(void **state)
{
	struct demo demo = demo_of(42);
	struct demo_invoice invoices[DEMO_INVOICES];
	struct demo_customer c;
	int64_t sum = 0;

	(void)state;
	demo_customer(&demo, 9, &c);
	assert_string_equal(c.account_key, "C000010");
	assert_string_equal(c.name, "Menuiserie Diallo");
	assert_string_equal(c.phone_e164, "+22672842521");
	assert_int_equal(demo_invoices(&demo, 9, invoices), 17);
	assert_string_equal(invoices[0].number, "F2025-000010-01");
	assert_int_equal(invoices[0].total, 462324);
	assert_int_equal(invoices[0].issued, 20389);
	for (int i = 0; i < 1000; i++) {
		size_t count = demo_invoices(&demo, i, invoices);

		for (size_t k = 0; k < count; k++)
			sum += invoices[k].total;
	}
	assert_int_equal(sum, 1255586262);
}

static void demo__customer__does_not_depend_on_the_order(void **state)
{
	struct demo demo = demo_of(1), other = demo_of(2);
	struct demo_customer *c = mem_zalloc(300, sizeof(*c)), again;
	struct demo_invoice one[DEMO_INVOICES], two[DEMO_INVOICES];
	size_t differ = 0;

	(void)state;
	for (int i = 0; i < 300; i++)
		demo_customer(&demo, i, &c[i]);
	for (int i = 299; i >= 0; i--) {
		size_t count = demo_invoices(&demo, i, one);

		demo_customer(&demo, i, &again);
		assert_memory_equal(&again, &c[i], sizeof(again));
		assert_int_equal(demo_invoices(&demo, i, two), count);
		assert_memory_equal(one, two, count * sizeof(one[0]));
		demo_customer(&other, i, &again);
		differ += strcmp(again.name, c[i].name) != 0;
	}
	assert_in_range(differ, 270, 300);
	free(c);
}

static void check_texts(const struct demo_customer *c)
{
	assert_true(c->name[0]);
	assert_true(utf8_valid(c->name, strlen(c->name)));
	assert_true(utf8_valid(c->street, strlen(c->street)));
	assert_int_equal(c->kind == KIND_FIRM, c->first_name[0] == '\0');
	assert_true(c->kind == KIND_PERSON || c->nature == NATURE_PROFESSIONAL);
	assert_true(c->city[0]);
	assert_int_equal(strlen(c->country), 2);
	assert_true(strlen(c->name) < sizeof(c->name) - 1);
	assert_true(strlen(c->email) < sizeof(c->email) - 1);
	assert_in_range(c->tag_count, 0, DEMO_TAGS);
	if (c->birth_day != DAY_NONE)
		assert_in_range(TODAY - c->birth_day, 18 * 365, 80 * 365);
}

/* A right address, whose domain can belong to nobody. */
static void check_email(const char *typed)
{
	struct email email;
	size_t len = strlen(typed);

	if (!len)
		return;
	assert_true(email_clean(typed, &email));
	assert_string_equal(email.key, typed);
	assert_true(len > 8 && strcmp(typed + len - 8, ".example") == 0);
}

/* What was typed is the number in E.164, or wrong where that is missing. */
static void check_phone(const struct demo_customer *c)
{
	static const char *const for_fiction[] = { "+3363998", "+3319900", "+3326191", "+3335301",
		"+3346571", "+3353649" };
	struct phone phone;
	size_t k = 0;

	assert_int_equal(phone_clean(c->phone, country_find("BF"), &phone), c->phone_e164[0] != 0);
	if (!c->phone_e164[0])
		return;
	assert_string_equal(phone.e164, c->phone_e164);
	assert_ptr_equal(country_of_digits(phone.e164 + 1, &k), country_find(c->country));
	if (strcmp(c->country, "FR") != 0)
		return;
	for (k = 0; strncmp(phone.e164, for_fiction[k], 8) != 0;)
		assert_true(++k < ARRAY_SIZE(for_fiction));
}

static void check_consents(const struct demo_customer *c)
{
	bool asked = c->consents != 0;

	assert_int_equal(asked, c->consent_day != DAY_NONE);
	if (asked)
		assert_true(c->consent_day < TODAY);
	if (!c->email[0])
		assert_int_equal(consents_get(c->consents, CONSENT_EMAIL), CONSENT_UNKNOWN);
	if (!c->phone_e164[0])
		assert_int_equal(consents_get(c->consents, CONSENT_SMS), CONSENT_UNKNOWN);
	if (consents_get(c->consents, CONSENT_PROCESSING) == CONSENT_REFUSED)
		assert_int_equal(consents_get(c->consents, CONSENT_MARKETING), CONSENT_REFUSED);
}

static void demo__customer__is_well_formed(void **state)
{
	struct demo demo = demo_of(3);
	unsigned firms = 0, emails = 0, phones = 0, wrong = 0, states[3] = { 0 }, french = 0;
	struct demo_customer c;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		demo_customer(&demo, i, &c);
		check_texts(&c);
		check_email(c.email);
		check_phone(&c);
		check_consents(&c);
		firms += c.kind == KIND_FIRM;
		emails += c.email[0] != '\0';
		phones += c.phone_e164[0] != '\0';
		wrong += c.phone[0] && !c.phone_e164[0];
		french += strcmp(c.country, "FR") == 0;
		states[consents_get(c.consents, CONSENT_MARKETING)]++;
	}
	assert_in_range(firms, 2900, 3600);
	assert_in_range(emails, 6000, 7000);
	assert_in_range(phones, 9300, 9700);
	assert_in_range(wrong, 50, 150);
	assert_in_range(french, 285, 315);
	for (int k = 0; k < 3; k++)
		assert_in_range(states[k], 1000, 7000);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Only who is entered twice shares a number, and nobody an e-mail address. */
static void demo__customer__shares_no_address_by_chance(void **state)
{
	struct demo demo = demo_of(4);
	char(*phones)[24] = mem_zalloc(MANY, 24);
	char(*emails)[96] = mem_zalloc(MANY, 96);
	struct demo_customer c;
	unsigned same = 0;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		demo_customer(&demo, i, &c);
		memcpy(phones[i], c.phone_e164, 24);
		memcpy(emails[i], c.email, 96);
	}
	qsort(phones, MANY, 24, by_text);
	qsort(emails, MANY, 96, by_text);
	for (int i = 1; i < MANY; i++) {
		same += phones[i][0] && strcmp(phones[i], phones[i - 1]) == 0;
		assert_true(!emails[i][0] || strcmp(emails[i], emails[i - 1]) != 0);
	}
	assert_in_range(same, 40, 50);
	free(phones);
	free(emails);
}

static void demo__names__are_many(void **state)
{
	const char *names[1000];
	size_t count = 0, distinct = 0, shares = 0;

	(void)state;
	for (size_t k = 0; k < demo_country_count; k++) {
		shares += (size_t)demo_countries[k].share;
		for (size_t n = 0; n < demo_countries[k].families.count; n++)
			names[count++] = demo_countries[k].families.words[n];
	}
	assert_int_equal(shares, 100);
	for (size_t a = 0; a < count; a++) {
		size_t b = 0;

		while (strcmp(names[a], names[b]) != 0)
			b++;
		distinct += a == b;
	}
	assert_in_range(distinct, 150, 1000);
	count = distinct = 0;
	for (int k = 0; k < POOL_COUNT; k++)
		for (int sex = 0; sex < 2; sex++)
			for (size_t n = 0; n < demo_given[k][sex].count; n++)
				names[count++] = demo_given[k][sex].words[n];
	for (size_t a = 0; a < count; a++) {
		size_t b = 0;

		while (strcmp(names[a], names[b]) != 0)
			b++;
		distinct += a == b;
	}
	assert_in_range(distinct, 150, 1000);
}

/* What an invoice's payments and credit notes leave open. */
static int64_t open_amount(const struct demo_invoice *invoices, size_t count, size_t k)
{
	int64_t open = invoices[k].total;

	for (int p = 0; p < invoices[k].payment_count; p++)
		open -= invoices[k].payments[p].amount;
	for (size_t n = 0; n < count; n++)
		if (invoices[n].credits == (int)k)
			open += invoices[n].total;
	return open;
}

static void check_payments(const struct demo_invoice *invoice)
{
	int32_t before = invoice->issued;

	for (int p = 0; p < invoice->payment_count; p++) {
		assert_true(invoice->payments[p].amount > 0);
		assert_true(invoice->payments[p].paid_on >= before);
		assert_true(invoice->payments[p].paid_on <= TODAY);
		before = invoice->payments[p].paid_on;
	}
}

static void check_invoice(const struct demo_invoice *invoices, size_t count, size_t k)
{
	const struct demo_invoice *invoice = &invoices[k];

	assert_true(invoice->issued <= TODAY);
	if (invoice->credits >= 0) {
		const struct demo_invoice *from = &invoices[invoice->credits];

		assert_true(invoice->total < 0 && invoice->total > -from->total);
		assert_true(invoice->issued > from->issued);
		assert_int_equal(invoice->payment_count, 0);
		return;
	}
	assert_true(invoice->total > 0);
	assert_true(invoice->due == DAY_NONE || invoice->due >= invoice->issued);
	assert_true(k == 0 || invoice->issued > invoices[k - 1].issued);
	assert_true(open_amount(invoices, count, k) >= 0);
	check_payments(invoice);
}

static void demo__invoices__keep_their_mix(void **state)
{
	struct demo demo = demo_of(5);
	unsigned all = 0, payments = 0, notes = 0, open = 0, overdue = 0, part = 0, late = 0;
	struct demo_invoice invoices[DEMO_INVOICES];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		size_t count = demo_invoices(&demo, i, invoices);

		assert_in_range(count, 0, DEMO_INVOICES);
		for (size_t k = 0; k < count; k++) {
			const struct demo_invoice *v = &invoices[k];
			int32_t due = v->due == DAY_NONE ? v->issued + 30 : v->due;
			bool is_open = v->credits < 0 && open_amount(invoices, count, k) > 0;

			check_invoice(invoices, count, k);
			all++;
			payments += (unsigned)v->payment_count;
			notes += v->credits >= 0;
			open += is_open;
			overdue += is_open && due < TODAY;
			part += is_open && v->payment_count;
			late += v->payment_count && v->payments[v->payment_count - 1].paid_on > due;
		}
	}
	assert_in_range(all, 49500, 50500);	 /* 5 a customer, within 1 % */
	assert_in_range(payments, 44550, 45450); /* 4.5 a customer, within 1 % */
	assert_in_range(notes, 600, 1200);
	assert_in_range(open, 4000, 8000);
	assert_in_range(overdue, 2000, 5000);
	assert_in_range(part, 500, 1500);
	assert_in_range(late, 15000, 30000);
}

/* More is sold in the good months than in the quiet ones. */
static void demo__invoices__follow_the_season(void **state)
{
	struct demo demo = demo_of(6);
	struct demo_invoice invoices[DEMO_INVOICES];
	int64_t months[12] = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++) {
		size_t count = demo_invoices(&demo, i, invoices);

		for (size_t k = 0; k < count; k++)
			if (invoices[k].issued > TODAY - 365)
				months[date_to_civil(invoices[k].issued).month - 1] +=
					invoices[k].total;
	}
	/* December and February, October and August: as far from today as each other */
	assert_true(months[11] > months[1] + months[1] / 5);
	assert_true(months[9] > months[7] + months[7] / 5);
}

/* Payments and linked credit notes by their day; a handful, so inserted in place. */
static void settle(
	const struct demo_invoice *invoices, size_t count, size_t k, struct settlement *s)
{
	struct demo_payment paid[DEMO_PAYMENTS + 1];
	size_t n = 0;

	for (int p = 0; p < invoices[k].payment_count; p++)
		paid[n++] = invoices[k].payments[p];
	for (size_t j = 0; j < count; j++) {
		size_t at = n;

		if (invoices[j].credits != (int)k)
			continue;
		for (; at && paid[at - 1].paid_on > invoices[j].issued; at--)
			paid[at] = paid[at - 1];
		paid[at].paid_on = invoices[j].issued;
		paid[at].amount = -invoices[j].total;
		n++;
	}
	settle_start(s, invoices[k].total, TODAY);
	for (size_t p = 0; p < n; p++)
		settle_payment(s, paid[p].paid_on, paid[p].amount);
}

static struct score_input input_of(const struct demo *demo, int64_t i)
{
	struct demo_invoice invoices[DEMO_INVOICES];
	size_t count = demo_invoices(demo, i, invoices);
	struct score_input input;
	struct facts facts;

	facts_start(&facts, TODAY, FACTS_TERMS);
	for (size_t k = 0; k < count; k++) {
		struct settlement s;

		settle(invoices, count, k, &s);
		facts_invoice(&facts, invoices[k].issued, invoices[k].due, &s);
	}
	score_input_from(&input, &facts, 0);
	return input;
}

/* With the thresholds that the program proposes, every segment has its people,
 * and every way of paying too. */
static void demo__invoices__fill_every_segment(void **state)
{
	struct demo demo = demo_of(7);
	struct score_input *inputs = mem_zalloc(MANY, sizeof(*inputs));
	struct percentile *percentile = mem_zalloc(1, sizeof(*percentile));
	unsigned segments[SEGMENT_COUNT] = { 0 }, ways[BEHAVIOUR_COUNT] = { 0 };
	struct score_thresholds thresholds;
	struct score_result result;

	(void)state;
	percentile_start(percentile, 0);
	for (int i = 0; i < MANY; i++) {
		inputs[i] = input_of(&demo, i);
		percentile_add(percentile, inputs[i].revenue);
	}
	assert_true(percentile_thresholds(percentile, &thresholds));
	for (int i = 0; i < MANY; i++) {
		score_compute(&inputs[i], &thresholds, &result);
		segments[result.segment]++;
		ways[result.behaviour]++;
	}
	for (int k = 0; k < SEGMENT_COUNT; k++)
		assert_in_range(segments[k], MANY / 20, MANY);
	for (int k = 0; k < BEHAVIOUR_COUNT; k++)
		assert_in_range(ways[k], MANY / 50, MANY);
	free(percentile);
	free(inputs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(demo__customer__is_the_same_everywhere),
		cmocka_unit_test(demo__customer__does_not_depend_on_the_order),
		cmocka_unit_test(demo__customer__is_well_formed),
		cmocka_unit_test(demo__customer__shares_no_address_by_chance),
		cmocka_unit_test(demo__names__are_many),
		cmocka_unit_test(demo__invoices__keep_their_mix),
		cmocka_unit_test(demo__invoices__follow_the_season),
		cmocka_unit_test(demo__invoices__fill_every_segment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
