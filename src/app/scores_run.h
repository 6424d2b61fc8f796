/* Inside the recalculations, for scores.c and scores_run.c alone. */
#ifndef SCORES_RUN_H
#define SCORES_RUN_H

#include "scores.h"

/* The line in the audit trail; `subject` "customer" or "". */
bool scores_audit(struct session *s, const char *subject, int64_t subject_id,
	const struct scores_result *result, bool stopped, struct err *err) MUST_USE;

#endif
