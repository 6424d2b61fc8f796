/*
 * What a company's country asks of whoever writes to customers: eight rules, each
 * with what the program takes it to be and where that comes from, until the
 * company says otherwise from a day on. Values are stored as text. Pure; any
 * thread.
 *
 * Sources: France: article L34-5 of the code of posts and electronic communications,
 * the CNIL's reference framework on commercial management, the operators' code of
 * conduct on SMS; Burkina Faso: law 001-2021/AN. Elsewhere as in Burkina
 * Faso, by caution: nobody is written to who has not agreed.
 */
#ifndef COUNTRY_RULE_H
#define COUNTRY_RULE_H

#include "word.h"

enum country_rule {
	CR_SMS_HOURS, /* "08:00-20:00" */
	CR_SMS_DAYS,
	CR_PROSPECT_MONTHS,   /* that a prospect who never bought may be kept */
	CR_AFTER_MONTHS,      /* that a customer may be written to after the relation */
	CR_OPPOSITION_MONTHS, /* that an opposition is kept, at least */
	CR_WITHOUT_OPT_IN,
	CR_OPEN_TRACKING,
	CR_FORMALITY,
	CR_COUNT
};

const char *country_rule_word(enum country_rule v);
const char *country_rule_label(enum country_rule v);
bool country_rule_parse(const char *s, enum country_rule *v) MUST_USE;

enum country_rule_type { CR_HOURS, CR_MONTHS, CR_CHOICE, CR_TEXT };

enum country_rule_type country_rule_type(enum country_rule rule);
/* The i-th value that can be chosen, its label to translate; word NULL past the last. */
struct word country_rule_choice(enum country_rule rule, size_t i);

/* What the program takes it to be in a country, and where that comes from (English,
 * to be translated). */
const char *country_rule_default(enum country_rule rule, const char *country, const char **source);
/* An opposition is kept for three years at least. */
#define COUNTRY_RULE_MONTHS_MOST 600
int country_rule_least_months(enum country_rule rule) MUST_USE;
bool country_rule_valid(enum country_rule rule, const char *value) MUST_USE;

#endif
