/* One customer with the last lines of every list, as “customers show” prints it. */
#ifndef SIGHT_H
#define SIGHT_H

#include "cli.h"
#include "out_doc.h"

#include "customers.h"
#include "receivables.h"
#include "scores.h"
#include "tasks.h"

/* What is read before anything is printed, in the command's arena. */
struct sight {
	int64_t id;
	int most; /* lines of each list */
	struct customer_card card;
	struct scores_why why;
	struct receivables owed;
	struct invoice_line *invoices;
	struct payment_line *payments;
	struct note *notes;
	struct task_line *tasks;
	struct consent_event *consents;
	struct customer_act *acts;
	int n_invoices, n_payments, n_notes, n_tasks, n_consents, n_acts;
};

/* Invoices, payments, notes, tasks, consents, history. */
void sight_tell_lists(struct cli *cli, struct out_doc *d, const struct sight *v);

#endif
