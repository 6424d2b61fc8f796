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

/* OUT_JSON: people do without it. */
enum out_align { OUT_LEFT, OUT_RIGHT, OUT_JSON };

struct out_column {
	const char *key;   /* in JSON */
	const char *title; /* N_(), NULL with OUT_JSON */
	enum out_align align;
};

struct json_out;
struct tz;

/* One row a call of out_row_end; text output waits for the end to know its widths. */
struct out_table;

struct out_table *out_table_new(
	FILE *to, bool json, enum lang lang, const struct out_column *columns, int n) MUST_USE;
/* The same inside a document: `json` is an object that is being written, in which
 * the rows become the member `key`; NULL for text. */
struct out_table *out_table_within(FILE *to, struct json_out *json, const char *key, enum lang lang,
	const struct out_column *columns, int n) MUST_USE;
void out_text(struct out_table *t, const char *s);
void out_id(struct out_table *t, int64_t id);
void out_int(struct out_table *t, int64_t v);
/* 7 with 1 decimal is 0.7; JSON has a number. */
void out_decimal(struct out_table *t, int64_t v, int decimals);
/* A value of an enumeration: its word in JSON, its label, translated, for people. */
void out_word(struct out_table *t, const char *word, const char *label);
/* Minor units of the currency; JSON has the number alone, 1234.50. */
void out_money(struct out_table *t, int64_t minor, const char *currency);
/* JSON has the ISO date, or null for DAY_NONE. */
void out_day(struct out_table *t, int32_t day);
/* UTC seconds; 0 is empty. JSON has it as ISO UTC, people as the zone's clock shows it. */
void out_instant(struct out_table *t, int64_t at, const struct tz *tz);
/* "22 Nov 2026 12:22", appended. */
void out_say_instant(struct strbuf *out, int64_t at, const struct tz *tz, enum lang lang);
void out_none(struct out_table *t);
void out_row_end(struct out_table *t);
/* Prints what waits and releases it. */
void out_table_end(struct out_table *t);

#endif
