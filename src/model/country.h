/*
 * Countries: how their telephone numbers are made, and what a company or a
 * customer there most likely uses. A constant table; any thread.
 *
 * Sources: the national numbering plans as published by the ITU (E.164), the
 * French-speaking and neighbouring countries in full, others where the program's
 * users have customers. Burkina Faso: 8 digits. Côte d'Ivoire: 10 digits since 31
 * January 2021, the 0 is part of the number. Benin: 10 digits beginning 01 since 30
 * November 2024; every older 8-digit number got 01 in front, and so does ours.
 */
#ifndef COUNTRY_H
#define COUNTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang.h"

struct country {
	const char *iso;       /* ISO 3166-1 alpha-2 */
	const char *name;      /* English, marked for translation */
	uint16_t code;	       /* calling code; several countries may share one */
	uint8_t min;	       /* digits of a national number without its trunk, fewest */
	uint8_t max;	       /* and most */
	char trunk;	       /* dialled before the number inside the country, or 0 */
	bool trunk_kept;       /* it belongs to the number and is dialled from abroad too */
	const char *starts;    /* what national numbers may begin with, "01 05"; or "" */
	const char *old;       /* "8:01": older ones of 8 digits now have 01 in front; or "" */
	const char *groups;    /* digits as shown at home, "2322"; "" for pairs */
	const char *currency;  /* ISO 4217 */
	const char *time_zone; /* IANA; the capital's */
	enum lang language;    /* of the program's two, the one that serves better */
};

/* Where a company is until somebody says otherwise. */
#define COUNTRY_DEFAULT "BF"

/* By ISO code in either case; NULL if it is not in the table. *Borrowed*, constant. */
const struct country *country_find(const char *iso);
/* By calling code: the first of those that share it (1: US, 262: RE), or NULL. */
const struct country *country_of_code(int code);
/* The country whose calling code `digits` begins with; *taken gets the number of
 * digits of the code. NULL if none. */
const struct country *country_of_digits(const char *digits, size_t *taken);
/* Where a normalised address lies, ISO code: a phone's (+226...) country, `home` where
 * several share its code and home is one of them, or it is no phone; "" unknown. */
const char *country_of_address(const char *address, const char *home);
/* The table, in English order; NULL past its end. */
const struct country *country_at(size_t i);

#endif
