/*
 * What the score looks at, gathered from a customer's invoices in one pass and
 * in any order. Documents dated after today are ignored. A credit note is a
 * document with a negative total: it counts in the revenue and nowhere else.
 * Pure; any thread, one at a time.
 */
#ifndef FACTS_H
#define FACTS_H

#include <stdint.h>

#include "settle.h"

/* The company's terms where nothing else is said: an invoice without a due date
 * is due so many days after its own date. */
#define FACTS_TERMS 30
/* Days that make "a year" of purchases and of activity: (today - 365, today]. */
#define FACTS_YEAR 365

/* Amounts in minor units, days since 1970-01-01. Read freely; the fields up to
 * the blank line are what the receivables and score_input_from show. */
struct facts {
	int64_t revenue;       /* tax included, credit notes counted negative */
	int64_t overdue;       /* open amount of the invoices past due */
	int64_t overdue_30;    /* of it, past due by more than 30 days */
	int64_t overdue_60;    /* by more than 60 */
	int64_t overdue_90;    /* by more than 90 */
	int64_t not_due;       /* open amount of the others */
	int32_t overdue_since; /* due day of the oldest of them, or DAY_NONE */
	int32_t last_purchase; /* latest invoice date of any age, or DAY_NONE */
	int32_t purchases;     /* invoices dated in the last FACTS_YEAR days */

	int32_t today;
	int32_t terms;
	int32_t delays;	   /* invoices counted in delay_sum */
	int64_t delay_sum; /* days */
};

/* `terms` in days, used where an invoice has no due date. */
void facts_start(struct facts *f, int32_t today, int32_t terms);
/*
 * One invoice or credit note. `due` is DAY_NONE where it is missing. `settled`
 * says what its payments up to today came to. Its delay counts from the due day
 * to the day of settlement, or to today when it is open and past due; an open one
 * that is not past due and one that nothing had to be paid for count for none.
 */
void facts_invoice(struct facts *f, int32_t issued, int32_t due, const struct settlement *settled);
/* Whether there is a mean delay, and the mean in *days, rounded half away from
 * zero. */
bool facts_delay(const struct facts *f, int32_t *days) MUST_USE;

/* An active customer bought (last_purchase) or answered (last_interaction) in the
 * last FACTS_YEAR days; DAY_NONE for never. Anonymised ones are not asked about. */
bool facts_active(int32_t last_purchase, int32_t last_interaction, int32_t today) MUST_USE;

#endif
