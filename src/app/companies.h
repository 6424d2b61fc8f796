/*
 * Companies: making one with what its country suggests, choosing one, changing
 * its settings.
 */
#ifndef COMPANIES_H
#define COMPANIES_H

#include "arena.h"
#include "session.h"

/*
 * What a new company in that country (ISO 3166-1 alpha-2) starts with: currency,
 * time zone, language, terms of 30 days, the default thresholds. ERR_INVALID for
 * a country the program does not know.
 */
bool company_suggest(const char *country, struct company *out, struct err *err) MUST_USE;
/*
 * Adds the company and chooses it for this session and the user's next ones. Any
 * user may add the first one; further ones need RIGHT_SETTINGS.
 */
bool companies_add(struct session *s, const struct company *c, struct err *err) MUST_USE;
/* Writes s->company's settings from `c`; ERR_CONFLICT when somebody else did meanwhile. */
bool companies_change(struct session *s, const struct company *c, struct err *err) MUST_USE;
bool companies_list(struct session *s, struct arena *a, struct company **out, int *count,
	struct err *err) MUST_USE;
/* Makes it this session's company and remembers it for the user. */
bool companies_choose(struct session *s, int64_t id, struct err *err) MUST_USE;

/* Why `c` cannot be a company: ERR_INVALID with the value, or true. */
bool company_valid(const struct company *c, struct err *err) MUST_USE;

#endif
