#include "imports_private.h"

#include "rules.h"

/*
 * Who has not agreed may only be written to where the law knows "own customer,
 * similar goods, told that they can refuse". Where it asks for consent first,
 * there is no such basis.
 */
bool import_law(const struct import *im, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct rule_now rule;
	bool ok = rules_get(im->s, CR_WITHOUT_OPT_IN, &a, &rule, err);
	bool first = ok && !strcmp(rule.value, "CONSENT_FIRST");

	arena_release(&a);
	if (ok && first)
		return err_set(err, ERR_IMPORT_LAW, im->home->name, "%s", "");
	return ok;
}
