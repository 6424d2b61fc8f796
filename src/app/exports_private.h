/* The inside of an export, for the exports_*.c files alone. */
#ifndef EXPORTS_PRIVATE_H
#define EXPORTS_PRIVATE_H

#include "customer.h"
#include "exports.h"
#include "invoice.h"
#include "store_invoice.h"
#include "task.h"

struct exporter;

struct export_column {
	const char *key;
	const char *label; /* English, to be translated */
	int width;	   /* of a workbook's column */
	void (*put)(struct exporter *x);
};

/* What a column is put from: the row at hand. */
struct exporter {
	struct session *s;
	const struct export_options *o;
	const struct progress *progress;
	struct sheet *sheet;
	struct arena scrap; /* of one piece of rows */
	const struct export_column **columns;
	size_t n_columns;
	int decimals;
	struct invoice_terms terms;
	int64_t rows;
	int64_t total;

	struct customer c;
	struct customer_score score;
	struct invoice_line invoice;
	struct payment_line payment;
	struct task_line task;
};

extern const struct export_column export_customer_columns[]; /* ended by key NULL */
extern const struct export_column export_invoice_columns[];
extern const struct export_column export_payment_columns[];
extern const struct export_column export_task_columns[];

/* Writes the row at hand. */
bool export_row(struct exporter *x, struct err *err) MUST_USE;
/* A stored word in JSON, its translated label for people. */
void export_word(struct exporter *x, const char *word, const char *label);

/* Goes over the customers that the filter lets pass, x->c and x->score filled. */
bool export_each_customer(struct exporter *x, bool (*each)(struct exporter *x, struct err *err),
	struct err *err) MUST_USE;
bool export_invoices_of(struct exporter *x, struct err *err) MUST_USE;
bool export_payments_of(struct exporter *x, struct err *err) MUST_USE;
bool export_tasks_of(struct exporter *x, struct err *err) MUST_USE;

/* The path that was given, or a new one in the exchange folder, full. */
bool export_path(const struct export_options *o, const char *stem, struct session *s,
	struct strbuf *out, struct err *err) MUST_USE;

#endif
