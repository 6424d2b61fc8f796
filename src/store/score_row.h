/* Reads a row of customer_score; for the families that select it. */
#ifndef SCORE_ROW_H
#define SCORE_ROW_H

#include "customer.h"
#include "stmt.h"

/* The columns as score_row_read takes them, of the table called s. */
#define SCORE_ROW_COLUMNS                                                                          \
	"s.score, s.segment, s.behaviour, s.churn, s.revenue, s.purchases, s.delay_days, "         \
	"s.last_purchase, s.last_interaction, s.lifetime_value, s.satisfaction, s.overdue, "       \
	"s.overdue_30, s.overdue_60, s.overdue_90, s.overdue_since, s.active, s.computed_on"
#define SCORE_ROW_COUNT 18

/* From column `at` on. */
void score_row_read(struct stmt *q, int at, struct customer_score *out);

#endif
