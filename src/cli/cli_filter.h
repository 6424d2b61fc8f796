/* Filters on the command line, and the columns of lists of customers. */
#ifndef CLI_FILTER_H
#define CLI_FILTER_H

#include "cli.h"
#include "out.h"

#include "customer_page.h"
#include "filter.h"

/* A filter in the arena; NULL for "". false after telling where and what is wrong. */
bool cli_filter(struct cli *cli, const char *text, const struct filter **out) MUST_USE;
/* The same of the arguments, joined by blanks. */
bool cli_filter_args(struct cli *cli, const struct filter **out) MUST_USE;
/* The fields, for --help and the man page. */
void cli_filter_terms(struct cli_terms *to);

/* The columns chosen by --columns, in its order; without it the usual ones, and all
 * in JSON. false after telling which one is unknown. */
struct customer_columns {
	const struct out_column *columns; /* in the arena */
	const int *which;
	int n;
};
bool cli_columns(struct cli *cli, struct customer_columns *out) MUST_USE;
void cli_columns_terms(struct cli_terms *to);
/* One row. */
void cli_columns_print(struct cli *cli, struct out_table *t, const struct customer_columns *c,
	const struct customer_line *line);

#endif
