/*
 * One thing as a command prints it: fields in sections, and tables among them.
 * For people it is lines "label  value" under headings; in JSON one object, its
 * sections and tables being members. The same calls make both.
 */
#ifndef OUT_DOC_H
#define OUT_DOC_H

#include "out.h"

struct out_doc;

struct out_doc *out_doc_new(FILE *to, bool json, enum lang lang) MUST_USE;
/* Closes it and prints what waits. */
void out_doc_end(struct out_doc *d);

/* A heading, already translated (NULL: none), and in JSON an object `key` until
 * out_doc_section_end. Sections do not nest. */
void out_doc_section(struct out_doc *d, const char *key, const char *title);
void out_doc_section_end(struct out_doc *d);
/* A line of its own, for people only; already translated. */
void out_doc_line(struct out_doc *d, const char *line);
/* A text of several lines, indented, behind an empty one; in JSON one string. */
void out_doc_lines(struct out_doc *d, const char *key, const char *text);
/* Rows under a heading (NULL: none), the member `key`; ended by out_table_end. Without
 * any row, people see nothing of a table that has no heading. */
struct out_table *out_doc_table(struct out_doc *d, const char *key, const char *title,
	const struct out_column *columns, int n) MUST_USE;

/* Labels are N_(); NULL: in JSON only. An empty value is left out for people and null in JSON. */
void out_doc_text(struct out_doc *d, const char *key, const char *label, const char *value);
/* The value for JSON beside the one for people, already translated. */
void out_doc_said(
	struct out_doc *d, const char *key, const char *label, const char *value, const char *said);
/* A value of an enumeration: word and label as in word.h. */
void out_doc_word(struct out_doc *d, const char *key, const char *label, const char *word,
	const char *word_label);
/* Several texts: one line, with commas, or an array. */
void out_doc_texts(
	struct out_doc *d, const char *key, const char *label, const char *const *texts, int n);
/* In JSON only. */
void out_doc_bool(struct out_doc *d, const char *key, bool value);
void out_doc_id(struct out_doc *d, const char *key, const char *label, int64_t id);
void out_doc_int(struct out_doc *d, const char *key, const char *label, int64_t v);
void out_doc_decimal(
	struct out_doc *d, const char *key, const char *label, int64_t v, int decimals);
void out_doc_money(
	struct out_doc *d, const char *key, const char *label, int64_t minor, const char *currency);
void out_doc_day(struct out_doc *d, const char *key, const char *label, int32_t day);
/* As out_instant. */
void out_doc_instant(
	struct out_doc *d, const char *key, const char *label, int64_t at, const struct tz *tz);

#endif
