/*
 * What both front ends say: errors, and why a score is what it is, in the
 * user's language. The layer between the rules, which know no language, and the
 * screens and the command line, which would otherwise each say it their own way.
 * Everything is appended. Any thread once the locale is set.
 */
#ifndef SAY_H
#define SAY_H

#include "err.h"
#include "import_run.h"
#include "lang.h"
#include "score.h"
#include "strbuf.h"

/* One sentence: what happened, what it means, what to do. */
void say_error(struct strbuf *out, const struct err *err);
/* What it is about, in the user's language where it is a word of ours and not somebody's
 * name; *borrowed* from `err`. */
const char *say_subject(const struct err *err);

/* How figures are written. */
struct say_style {
	enum lang lang;
	const char *currency;
};

/* The customer's own figure: "6 days on average", "8 in 365 days", "14 days ago". */
void say_rule_value(
	struct strbuf *out, const struct score_line *line, const struct say_style *style);
/* What it was held against: "15 days or less", "100,000 or more"; "" if nothing was. */
void say_rule_test(
	struct strbuf *out, const struct score_line *line, const struct say_style *style);
/* "+15", "-10", "0"; the start has no sign. */
void say_points(struct strbuf *out, const struct score_line *line);
/* "Below 95 if the delay exceeds 30 days and nothing is bought for 180 days." */
void say_hint(struct strbuf *out, const struct score_hint *hint, enum score_goal goal,
	const struct say_style *style);

/* "12 customers created, 1 customer changed, 2 lines refused": what an import came to;
 * what did not happen is left out. */
void say_import_counts(struct strbuf *out, enum import_kind kind, const struct import_counts *c,
	enum lang lang);
/* Why a line was refused, or the remark on it: one sentence, without its line. */
void say_refusal(struct strbuf *out, enum import_kind kind, const struct import_refusal *r);

/* What a line of the audit trail about a customer says was done: "customer.edit" is
 * "Fields changed". */
void say_act(struct strbuf *out, const char *action);

/* A translated text with one %s in it, and what takes its place. */
void say_with(struct strbuf *out, const char *fmt, const char *value);

#endif
