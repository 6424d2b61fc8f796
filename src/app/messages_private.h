/* Inside messages*.c alone. */
#ifndef MESSAGES_PRIVATE_H
#define MESSAGES_PRIVATE_H

#include "messages.h"
#include "store_message.h"

/* The parts of what is asked for that hold something, in the order of lists; none of a
 * campaign that is being frozen. */
bool messages_parts(struct session *s, const struct messages_query *query, struct arena *a,
	struct campaign_count **out, int *n, struct err *err) MUST_USE;
/* Whether it could go again as far as the message and its campaign go; `doubt`: also when
 * it is uncertain. Else *no. */
bool message_may_again(const struct campaign *campaign, enum message_status status, bool doubt,
	enum message_no *no) MUST_USE;
/* One of the company's; ERR_GONE. */
bool message_of_company(struct session *s, int64_t id, struct arena *a, struct message *out,
	struct err *err) MUST_USE;
/* A person's deed among its attempts. */
bool message_note_deed(struct session *s, const struct message *before, enum message_deed deed,
	struct err *err) MUST_USE;
/* Sends an uncertain one again, inside a write transaction. */
bool message_send_again(struct session *s, const struct message *m, struct err *err) MUST_USE;

#endif
