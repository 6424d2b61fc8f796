/*
 * Telephone numbers: cleaned to E.164 as they come from spreadsheets, forms and
 * pastes, shown the way they are read at home, and made into digits to search
 * for. Pure; any thread.
 *
 * Cleaning keeps the digits and a leading +; a leading 00 is a +; "+33 (0)6" is
 * understood. A calling code, with or without +, counts only if what follows has
 * the length of that country's national numbers; any other number is one of the
 * company's country, without its trunk 0 where the country has one (France) and
 * with it where it belongs to the number (Côte d'Ivoire, Italy). Two cases that
 * the rule leaves open: without +, a number that is whole as one of the company's
 * own (where these have one length) stays at home, even if it begins like another
 * country's code: 687 12 34 56 in Cameroon is not in New Caledonia; and with + a
 * code that the table of countries lacks is believed from 8 digits on.
 */
#ifndef PHONE_H
#define PHONE_H

#include <stdbool.h>

#include "country.h"
#include "strbuf.h"

#define PHONE_MAX 15 /* digits of an E.164 number */
#define PHONE_MIN 8

enum phone_result {
	PHONE_OK,
	PHONE_NOT_A_NUMBER, /* no digits to speak of, or zeros alone */
	PHONE_SCIENTIFIC,   /* 2,267E+10: the spreadsheet has lost the last digits */
	PHONE_LOST_ZERO,    /* it would be right with the leading zero a spreadsheet takes away */
	PHONE_TOO_SHORT,
	PHONE_TOO_LONG,
	PHONE_NO_SUCH_START, /* right length, but the country's numbers do not begin so */
	PHONE_RESULTS
};

/* A sentence: what is wrong and what to do; English, to be translated. "" for OK. */
const char *phone_result_label(enum phone_result result);

struct phone {
	enum phone_result result;
	/* With its +, when OK; for PHONE_LOST_ZERO what it was in all likelihood,
	 * to propose, not to use; else "". */
	char e164[PHONE_MAX + 2];
};

/* Whatever `raw` holds; only its first 100 bytes are looked at. `home` is the
 * company's country. Returns whether the number is OK. */
bool phone_clean(const char *raw, const struct country *home, struct phone *phone) MUST_USE;

/* Appends an E.164 number as it is read at home: in the country's groups and
 * without the code ("70 12 34 56", "06 12 34 56 78") when it is one of `home`, else
 * "+33 612345678". Plain spaces: whoever draws it makes them no-break ones. */
void phone_show(struct strbuf *out, const char *e164, const struct country *home);

/* Appends the digits to look for inside E.164 numbers, for what somebody typed or
 * pasted into a search: "+226 70 12" and "70.12" give "7012", "(0)6 12" in France
 * "612". false, and nothing added, when it is not a piece of a number. */
bool phone_search(struct strbuf *out, const char *typed, const struct country *home) MUST_USE;

#endif
