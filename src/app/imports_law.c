#include "imports_private.h"

#include "store_company.h"

/*
 * Who has not agreed may only be written to where the law knows "own customer,
 * similar goods, told that they can refuse" (France: article L34-5 of the code
 * of posts and electronic communications). Where it asks for consent first
 * (Burkina Faso: law 001-2021/AN), there is no such basis. The company's own
 * rules, dated and with their source, stand above this table.
 */
static bool asks_consent_first(const char *country)
{
	return !strcmp(country, "BF");
}

bool import_law(const struct import *im, struct err *err)
{
	const struct company *c = &im->s->company;
	struct arena a = ARENA_INIT;
	const char *rule;
	bool ok = store_country_rule(
		im->s->db, c->id, c->country, "without_opt_in", im->today, &a, &rule, err);
	bool first = *rule ? !strcmp(rule, "CONSENT_FIRST") : asks_consent_first(c->country);

	arena_release(&a);
	if (ok && first)
		return err_set(err, ERR_IMPORT_LAW, im->home->name, "%s", "");
	return ok;
}
