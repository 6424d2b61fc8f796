/*
 * The customer filter: a small language for the command line and the filter
 * dialog, read into a tree, printed back in one canonical form, and told in words
 * for a status line. What it means in SQL is the store's business; nothing here
 * touches data. Pure; any thread. All limits are below, so any text may be given.
 *
 *	segment=VIP,LOYAL score>=70 -tag=old (city="Bobo-Dioulasso" or overdue>30d)
 *
 * Terms one after the other must all hold ("and", "et" may stand between); "or",
 * "ou", "|" bind less; '-', "not", "non", "sauf" before a term or a parenthesis
 * take the opposite. A comma gives several values, of which any will do; after an
 * ordering operator it is a decimal comma instead. Operators are = != < <= > >= and
 * ~ (contains), also ≠ ≤ ≥ and : for =. Names and words of fields and values are
 * known in English and French, whatever their case and accents. Values with blanks
 * or signs stand in "quotes", where \" and \\ mean themselves.
 *
 * A field's value may be missing (never bought, no delay known): no comparison
 * holds then, so its opposite does. "never" asks for that itself.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "compiler.h"
#include "consent.h"
#include "strbuf.h"

#define FILTER_TEXT_MAX 4096 /* bytes of a filter */
#define FILTER_TERMS_MAX 200
#define FILTER_VALUES_MAX 100 /* of one term */
#define FILTER_DEPTH_MAX 32

enum filter_field {
	FILTER_SEGMENT,	  /* choices: enum segment */
	FILTER_BEHAVIOUR, /* enum behaviour */
	FILTER_SCORE,
	FILTER_CHURN, /* decimal, 0 to 1 */
	FILTER_SATISFACTION,
	FILTER_DELAY,	  /* mean payment delay, days; a plain number */
	FILTER_PURCHASES, /* in 365 days */
	FILTER_REVENUE,
	FILTER_LTV,
	FILTER_LAST_PURCHASE,
	FILTER_LAST_INTERACTION,
	FILTER_OVERDUE, /* due day of the oldest open invoice past due */
	FILTER_OVERDUE_AMOUNT,
	FILTER_ACTIVE,	/* 0 no, 1 yes */
	FILTER_CONSENT, /* enum consent_state of subject 0; + enum consent_subject */
	FILTER_CHANNEL = FILTER_CONSENT + CONSENT_SUBJECTS, /* among the preferred ones */
	FILTER_REACHABLE, /* enum channel: a working address, marketing permitted */
	FILTER_KIND,	  /* enum customer_kind */
	FILTER_NATURE,	  /* enum nature */
	FILTER_NAME,	  /* name, first name or firm */
	FILTER_CITY,
	FILTER_COUNTRY,	 /* ISO code */
	FILTER_LANGUAGE, /* "fr", "en" */
	FILTER_TAG,
	FILTER_HAS,	/* enum filter_thing */
	FILTER_INVALID, /* THING_EMAIL, THING_PHONE: given, but wrong */
	FILTER_CREATED, /* the day the customer was entered */
	FILTER_FIELDS
};

enum filter_thing {
	THING_EMAIL,	/* a valid one */
	THING_PHONE,	/* a valid one */
	THING_INVALIDS, /* how many of these FILTER_INVALID knows */
	THING_CITY = THING_INVALIDS,
	THING_BIRTHDAY,
	THING_PURCHASE,
	THING_OVERDUE,
	THING_TAG,
	THING_TASK, /* one not done */
	THING_NOTE,
	THING_COUNT
};

/* What a field's values are and which operators it takes. */
enum filter_type {
	FILTER_CHOICE,	/* = != */
	FILTER_NUMBER,	/* = != < <= > >=, whole */
	FILTER_DECIMAL, /* the same */
	FILTER_MONEY,	/* the same, major units of the company's currency */
	FILTER_DAY,	/* the same; an age (180d: days, w, m of 30, y of 365) or a date */
	FILTER_TEXT,	/* = != ~, compared folded (fold.h) */
};

enum filter_op {
	FILTER_EQ,
	FILTER_NE,
	FILTER_LT,
	FILTER_LE,
	FILTER_GT,
	FILTER_GE,
	FILTER_CONTAINS,
	FILTER_OPS
};

/* Choices of a field: `count` of them, numbered as the field's enumeration. */
struct filter_choices {
	int count;
	const char *(*word)(int choice);  /* canonical: AT_RISK */
	const char *(*label)(int choice); /* English, to be translated: At risk */
	const char *const *aliases;	  /* French, folded, with blanks between */
};

struct filter_info {
	const char *name;    /* canonical: last_purchase */
	const char *aliases; /* French, folded, with blanks between */
	enum filter_type type;
	const char *label;		      /* English, to be translated: Last purchase */
	const char *help;		      /* the same, one line with an example */
	const struct filter_choices *choices; /* of a FILTER_CHOICE, else NULL */
};

/* Constant, never NULL. */
const struct filter_info *filter_info(enum filter_field field);
/* "=", ">="... as printed. */
const char *filter_op_sign(enum filter_op op);
bool filter_type_takes(enum filter_type type, enum filter_op op) MUST_USE;

/* --- the tree --- */

enum filter_kind {
	FILTER_AND, /* two children or more, none of them an AND */
	FILTER_OR,  /* two or more, none an OR */
	FILTER_NOT, /* one, not a NOT */
	FILTER_TERM
};

/* Numbers of FILTER_DECIMAL and FILTER_MONEY are in ten-thousandths. */
#define FILTER_SCALE 10000

enum filter_value_kind {
	VALUE_NUMBER, /* a choice, a number; scaled where the type says so */
	VALUE_AGE,    /* so many days ago */
	VALUE_DATE,   /* a day */
	VALUE_NEVER,  /* the value is missing; with = and != only */
	VALUE_TEXT,
};

struct filter_value {
	enum filter_value_kind kind;
	int64_t number;
	const char *text; /* of VALUE_TEXT, as typed; else NULL */
};

struct filter {
	enum filter_kind kind;
	const struct filter *first; /* of the children; not of a term */
	const struct filter *next;  /* the next child of the same parent, or NULL */

	enum filter_field field; /* of a term */
	enum filter_op op;
	const struct filter_value *values; /* any of them holds; with NE, none of them */
	size_t count;			   /* 1 unless op is EQ, NE or CONTAINS */
};

/* --- reading --- */

enum filter_problem {
	PROBLEM_FIELD,	  /* no field, or an unknown one */
	PROBLEM_OPERATOR, /* no operator, or one the field does not take */
	PROBLEM_VALUE,	  /* no value */
	PROBLEM_CHOICE,	  /* not one of the field's choices */
	PROBLEM_NUMBER,
	PROBLEM_DAY,
	PROBLEM_QUOTE, /* not closed */
	PROBLEM_CLOSE, /* a parenthesis not closed */
	PROBLEM_OPEN,  /* closed, but not opened */
	PROBLEM_TEXT,  /* control characters, broken UTF-8 */
	PROBLEM_LONG,  /* beyond one of the limits */
	PROBLEM_COUNT
};

struct filter_error {
	enum filter_problem problem;
	size_t at;		 /* byte of the text where it is */
	size_t len;		 /* bytes concerned, 0 at the end of the text */
	enum filter_field field; /* whose term it is, or FILTER_FIELDS */
};

/*
 * Reads a filter. *filter and all in it is *borrowed* from the arena; it is NULL
 * for an empty text, which every customer passes. false with the first error.
 */
bool filter_parse(struct arena *arena, const char *text, const struct filter **filter,
	struct filter_error *error) MUST_USE;

/* What was expected there, in a few words, English, to be translated. */
const char *filter_problem_label(enum filter_problem problem);
/* Appends what was expected: the label, and the choices or operators of the field
 * where that is the point. `translate` is gettext, or a function that returns what
 * it is given. */
void filter_error_add(
	const struct filter_error *error, char *(*translate)(const char *), struct strbuf *out);

/* --- writing --- */

/* Appends the canonical text; reading that gives the same tree. NULL gives "". */
void filter_print(const struct filter *filter, struct strbuf *out);

/* A filter in words, for whoever draws it in the reader's language. */
enum filter_word_kind {
	WORD_LABEL,   /* label, to be translated: a field or a choice */
	WORD_SIGN,    /* label as it is: = ≠ < ≤ > ≥; CONTAINS is a WORD_LABEL */
	WORD_NUMBER,  /* number */
	WORD_DECIMAL, /* number / FILTER_SCALE */
	WORD_MONEY,   /* the same, of the company's currency */
	WORD_AGE,     /* number of days ago */
	WORD_DATE,    /* number is a day */
	WORD_TEXT,    /* label as it is: what somebody typed */
	WORD_COMMA,   /* between values: or */
	WORD_AND,
	WORD_OR,
	WORD_NOT,
	WORD_OPEN,
	WORD_CLOSE,
};

struct filter_word {
	enum filter_word_kind kind;
	const char *label;
	int64_t number;
};

/* The words in the arena, *borrowed* from it and from the filter; returns how
 * many. NULL has none. */
size_t filter_words(
	struct arena *arena, const struct filter *filter, const struct filter_word **words);

/* --- what a term compares --- */

/*
 * A scaled number as a whole one of `decimals` (0 to 4) places, so that `x op out`
 * says the same of every whole x as `x op number` did: bounds that fall between two
 * are rounded to the side that the operator means. false when no x can be equal (op
 * EQ: never holds, NE: always).
 */
bool filter_whole(int64_t number, enum filter_op op, int decimals, int64_t *out) MUST_USE;
/*
 * A VALUE_AGE or VALUE_DATE as a bound on the day itself: `day op out`. An age
 * turns the operator around: more than 30 days ago is before today - 30.
 */
void filter_day(const struct filter_value *value, enum filter_op op, int32_t today,
	enum filter_op *day_op, int32_t *day);

#endif
