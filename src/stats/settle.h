/*
 * Whether an invoice is settled, when, and what is still open. An invoice is
 * settled when its payments and the credit notes linked to it reach its total;
 * its day of settlement is that of the payment or credit note that made them do
 * so. Pure; any thread.
 *
 *	struct settlement s;
 *
 *	settle_start(&s, total, today);
 *	... settle_payment(&s, day, amount) for each, the days ascending
 *	settle_done(&s), settle_open(&s), s.day
 */
#ifndef SETTLE_H
#define SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "date.h"

/* Amounts in minor units of the company's currency. */
struct settlement {
	int64_t total;
	int64_t paid;
	int32_t today;
	int32_t day; /* of settlement; DAY_NONE while open, or when nothing had to be paid */
};

void settle_start(struct settlement *s, int64_t total, int32_t today);
/* A payment, or a linked credit note with its sign turned. One dated after today
 * is ignored. A negative amount (a payment taken back) may open it again. */
void settle_payment(struct settlement *s, int32_t day, int64_t amount);
bool settle_done(const struct settlement *s) MUST_USE;
/* What is still owed, never below 0: an overpaid invoice owes nothing. */
int64_t settle_open(const struct settlement *s) MUST_USE;

#endif
