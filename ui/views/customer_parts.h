/*
 * The lists under a customer: invoices, payments, messages, consents, notes and tasks,
 * journal. Each holds the latest WHOLE_MOST lines as a whole.
 */
#ifndef CUSTOMER_PARTS_H
#define CUSTOMER_PARTS_H

#include "desk.h"
#include "list.h"
#include "whole.h"

enum part { PART_INVOICES, PART_PAYMENTS, PART_MESSAGES, PART_CONSENTS, PART_NOTES, PART_JOURNAL, PART_COUNT };

struct customer_part {
	struct desk *desk;
	enum part part;
	int64_t customer_id;
	struct list list;
	struct whole whole;
	struct table_ops ops;
	struct table_col cols[6];
	char heads[3][64]; /* of columns of amounts */
};

/* The tab's word; N_(). */
const char *customer_part_title(enum part part);
void customer_part_init(struct customer_part *p, enum part part, struct desk *desk, int64_t id);
void customer_part_release(struct customer_part *p);
/* Reads it anew; the table keeps its place. */
bool customer_part_fill(struct customer_part *p, struct err *err) MUST_USE;
/* Of PART_NOTES: the open task under the cursor, or NULL. */
struct task_line;
const struct task_line *customer_part_task(const struct customer_part *p) MUST_USE;
/* What the row under the cursor is, for acts_menu_of; *borrowed until* the next fill. */
struct act_row;
void customer_part_row(const struct customer_part *p, struct act_row *row);

#endif
