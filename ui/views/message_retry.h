/*
 * Sending messages again: what would go is found out beside the screens, without writing
 * anything, then it is asked about, then done as a job. Main thread, but the reading and
 * the job.
 */
#ifndef MESSAGE_RETRY_H
#define MESSAGE_RETRY_H

#include "desk.h"
#include "message_acts.h"

#define RETRY_NAMES 3

struct retry_question {
	struct reading reading;
	struct messages_query query;
	VEC(int64_t) ids;
	bool all; /* of the query but the ids */
	/* the answer */
	struct messages_outcome outcome;
	char names[RETRY_NAMES][80]; /* of the first who get it */
	int n_names;
};

struct retry_question *retry_question_new(
	const struct message_choice *choice, const void *owner) MUST_USE;
void retry_question_free(struct retry_question *q);
/* "3 messages go again: Kabré Awa, ... Cost 75 F CFA. ...": what it comes to, and that
 * nobody gets it twice. */
void retry_say(struct strbuf *out, const struct desk *d, const struct retry_question *q);
/* Does what was asked about; *takes* the question. */
unsigned retry_start(struct desk *d, struct retry_question *q);

#endif
