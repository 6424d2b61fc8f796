/*
 * The score's thresholds of revenue: the program proposes some from the company's
 * own figures, one key takes them, others can be written.
 */
#ifndef THRESHOLDS_H
#define THRESHOLDS_H

#include "desk.h"
#include "form.h"
#include "scores.h"

struct thresholds {
	struct desk *desk;
	struct form form;
	bool has_form;
	struct scores_proposal proposal;
};

void thresholds_init(struct thresholds *t, struct desk *desk);
void thresholds_release(struct thresholds *t);
unsigned thresholds_ask(struct thresholds *t);

#endif
