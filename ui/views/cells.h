/*
 * How figures, days, names and choices stand in the screens' cells and
 * sentences, in the language of the screens and the company's ways. Everything
 * is appended. Main thread.
 */
#ifndef CELLS_H
#define CELLS_H

#include "arena.h"
#include "customer.h"
#include "desk.h"
#include "filter.h"
#include "score.h"
#include "table.h"

/* "14 250 000 F CFA". */
void cell_money(struct strbuf *out, const struct desk *d, int64_t minor);
/* The same without the currency, for columns headed by it. */
void cell_amount(struct strbuf *out, const struct desk *d, int64_t minor);
/* 03/11/26; nothing for DAY_NONE. */
void cell_day(struct strbuf *out, const struct desk *d, int32_t day);
/* 03/11/2026 */
void cell_date(struct strbuf *out, const struct desk *d, int32_t day);
/* 17/11/2026 02:00, in the company's time */
void cell_instant(struct strbuf *out, const struct desk *d, int64_t at);
/* today, yesterday, 14 days ago, in 3 days */
void cell_ago(struct strbuf *out, const struct desk *d, int32_t day);
void cell_count(struct strbuf *out, const struct desk *d, int64_t n);
/* A tenth of one as 0.7 or 0,7. */
void cell_tenths(struct strbuf *out, const struct desk *d, int tenths);
/* As it is read at home; an invalid one as it was typed. */
void cell_phone(struct strbuf *out, const struct desk *d, const char *e164, const char *typed);
/* "VIP, Loyal and score ≥ 70", for a headline; nothing for NULL. */
void cell_filter(struct strbuf *out, const struct desk *d, const struct filter *filter);
/* yes, no, unknown as one sign; its role too. */
void cell_consent(struct table_cell *cell, uint32_t consents, enum consent_subject subject);
/* "–" in a cell that has nothing. */
void cell_none(struct table_cell *cell);

enum role cell_segment_role(enum segment segment);
enum role cell_level_role(enum score_level level);
/* A label with the currency after it, for the head of a column. */
void cell_head(char *out, size_t size, const struct desk *d, const char *label);

#endif
