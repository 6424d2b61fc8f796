/*
 * A company: a tenant of the store, with the settings every rule needs at hand.
 */
#ifndef COMPANY_H
#define COMPANY_H

#include <stdbool.h>
#include <stdint.h>

#include "lang.h"

struct company {
	int64_t id;
	char name[128];
	char country[3];   /* ISO 3166-1 alpha-2 */
	char currency[4];  /* ISO 4217, the reporting currency */
	char time_zone[64];
	enum lang language;
	int terms_days;	      /* from invoice date to due date where none is given */
	int64_t revenue_low;  /* thresholds of the score, major units */
	int64_t revenue_mid;
	int64_t revenue_high;
	bool demo; /* invented customers: nothing is ever sent to them */
	int64_t created_at;
	int64_t revision;
};

#endif
