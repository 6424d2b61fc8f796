/*
 * What commands print: tables in aligned columns, or the same as JSON. Ids are
 * JSON strings, since other programs round numbers over 2^53.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "lang.h"
#include "strbuf.h"

enum out_align { OUT_LEFT, OUT_RIGHT };

struct out_column {
	const char *key;   /* in JSON */
	const char *title; /* N_() */
	enum out_align align;
};

/* One row a call of out_row_end; text output waits for the end to know its widths. */
struct out_table;

struct out_table *out_table_new(
	FILE *to, bool json, enum lang lang, const struct out_column *columns, int n) MUST_USE;
void out_text(struct out_table *t, const char *s);
void out_id(struct out_table *t, int64_t id);
void out_int(struct out_table *t, int64_t v);
/* Minor units of the currency; JSON has {"amount": "1234.50", "currency": "EUR"}. */
void out_money(struct out_table *t, int64_t minor, const char *currency);
/* JSON has the ISO date, or null for DAY_NONE. */
void out_day(struct out_table *t, int32_t day);
/* UTC seconds; 0 is empty. */
void out_instant(struct out_table *t, int64_t at);
void out_none(struct out_table *t);
void out_row_end(struct out_table *t);
/* Prints what waits and releases it. */
void out_table_end(struct out_table *t);

#endif
