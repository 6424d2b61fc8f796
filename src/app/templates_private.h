/* Inside templates*.c alone. */
#ifndef TEMPLATES_PRIVATE_H
#define TEMPLATES_PRIVATE_H

#include "change.h"
#include "templates.h"

/* Makes the program's templates the company's where it has none yet. Not inside a
 * transaction. */
bool templates_ensure(struct session *s, struct err *err) MUST_USE;
/* Whether a version can be one of this template. */
bool template_version_valid(
	const struct saved_template *t, const struct saved_version *v, struct err *err) MUST_USE;
/* Inside a change; *same: the latest of the language says so already. */
bool template_version_add(struct change *ch, struct saved_template *t, struct saved_version *v,
	bool *same, struct err *err) MUST_USE;

#endif
