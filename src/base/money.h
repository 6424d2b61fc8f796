/*
 * Amounts of money: an int64_t of the currency's minor units (XOF has no
 * decimals, EUR two) beside its ISO 4217 code. Written for people in their
 * language, read from what spreadsheets and people write, and the decision,
 * from all values of a column, which mark its decimals have. Never floating
 * point. Any thread.
 */
#ifndef MONEY_H
#define MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "lang.h"
#include "strbuf.h"

/* Whether the code, in capitals, is one of the table's. */
bool money_is_currency(const char *code) MUST_USE;
/* Decimals of the currency; 2, as nearly all have, for a code not in the table. */
int money_decimals(const char *code) MUST_USE;
/* The table's codes in alphabetical order, for lists to choose from; NULL from
 * the first index beyond it. */
const char *money_currency_at(size_t i) MUST_USE;

/* False, and `out` untouched, when the result does not fit. */
bool money_add(int64_t a, int64_t b, int64_t *out) MUST_USE;
bool money_mul(int64_t a, int64_t b, int64_t *out) MUST_USE;

/* "14 250 000 F CFA", "1 234,50 €" in French; "XOF 14,250,000", "€1,234.50" in
 * English. Every space is U+00A0. A code not in the table stands for itself. */
void money_format(struct strbuf *out, int64_t minor, const char *currency, enum lang lang);
/* The same without the currency, for columns whose head names it. */
void money_format_bare(struct strbuf *out, int64_t minor, const char *currency, enum lang lang);
/* money_format with plain spaces and no sign outside GSM-7, for SMS. */
void money_format_sms(struct strbuf *out, int64_t minor, const char *currency, enum lang lang);
/* Digits and `mark` alone, for CSV and protocols: "1234.50". */
void money_format_plain(struct strbuf *out, int64_t minor, const char *currency, char mark);

enum money_result {
	MONEY_OK,
	MONEY_EMPTY,
	MONEY_NOT_A_NUMBER,
	MONEY_EXPONENT,		 /* 1e9, 2,267E+10: the spreadsheet lost the digits */
	MONEY_TOO_MANY_DECIMALS, /* 12,345 in euros */
	MONEY_OVERFLOW,
	MONEY_BAD_GROUPING, /* 12.34,5 or 1,23,456 */
};

/*
 * Reads one amount into minor units of `decimals`. `mark` is what decimals stand
 * after; groups of three are parted by `group` (0 for none), by any space (also
 * U+00A0, U+202F) or by an apostrophe, the same throughout. Minus before or
 * after, or parentheses; a currency's code, symbol or word before or after.
 * Zeros beyond the currency's decimals are accepted ("14250000.00" in XOF).
 * `out` is set only on MONEY_OK.
 */
enum money_result money_parse(
	const char *s, size_t len, char mark, char group, int decimals, int64_t *out) MUST_USE;
/* Whether the text of an amount names a currency that cannot be `currency`: "5 €"
 * in a column of XOF. False when it names none, or one that `currency` shares. */
bool money_names_other(const char *s, size_t len, const char *currency) MUST_USE;

/* Zeroed to start with, then fed every value of a column, in any order. */
struct money_guess {
	uint64_t comma;	    /* values that make sense with a decimal comma only */
	uint64_t point;	    /* with a decimal point only */
	uint64_t ambiguous; /* with either, and differ: "1.234" */
	uint64_t plain;	    /* with either, and are the same: "1 234" */
};

enum money_column {
	MONEY_COLUMN_PLAIN, /* nothing to decide: read it either way */
	MONEY_COLUMN_COMMA,
	MONEY_COLUMN_POINT,
	MONEY_COLUMN_UNDECIDABLE, /* the operator must say */
	MONEY_COLUMN_MIXED,	  /* some values need a comma, others a point: the same */
};

/* What is not an amount either way is passed over. */
void money_guess_add(struct money_guess *g, const char *s, size_t len);
enum money_column money_guess_answer(const struct money_guess *g) MUST_USE;
/* The marks for money_parse; false while somebody has to be asked. */
bool money_column_marks(enum money_column column, char *mark, char *group) MUST_USE;

#endif
