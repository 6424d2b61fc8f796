/*
 * Values of options and arguments as people type them: days, times, amounts,
 * ids, lists. Each says itself what is wrong, as a usage error, and then returns
 * false.
 */
#ifndef CLI_VALUE_H
#define CLI_VALUE_H

#include "cli.h"
#include "customer.h"
#include "sheet.h"

/* A date, "today", "tomorrow", or "+3" and "-3" days from today; `none` without the
 * option. Needs a company. */
bool cli_day(const struct cli *cli, const char *name, int32_t none, int32_t *out) MUST_USE;
/* "14:30", "14h30", "14h": minutes after midnight. */
bool cli_minute(const struct cli *cli, const char *name, int none, int *out) MUST_USE;
/* An amount above 0 in the company's currency, in minor units. */
bool cli_amount(const struct cli *cli, const char *name, int64_t none, int64_t *out) MUST_USE;
/* An id, as lists print them; `what` is what it names, already translated. */
bool cli_id(const struct cli *cli, const char *text, const char *what, int64_t *out) MUST_USE;
/* What --format says, else the ending of `path` (which may be NULL), else CSV. */
bool cli_format(const struct cli *cli, const char *path, enum sheet_format *out) MUST_USE;
/* --delimiter and --decimal of a CSV file; 0 without the option. */
bool cli_delimiter(const struct cli *cli, char *out) MUST_USE;
bool cli_decimal(const struct cli *cli, char *out) MUST_USE;
/* Says that the option's value is none of the choices in its table's arg. */
bool cli_no_choice(const struct cli *cli, const char *name);

/* Prints the id of what was made, unless it is 0; returns EXIT_DONE. */
int cli_tell_id(const struct cli *cli, int64_t id);

/* "Kabré Awa"; in the command's arena. */
const char *cli_customer_name(struct cli *cli, const char *name, const char *first_name);
/* A telephone number as it is read at home (in JSON: E.164), or as typed where it is
 * wrong. */
const char *cli_phone(struct cli *cli, const char *phone, const char *e164);

#endif
