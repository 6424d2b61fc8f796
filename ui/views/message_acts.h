/*
 * What can be done with messages wherever they are shown: send them again, settle one
 * nobody knows about, keep one from leaving, open whose it is. What it comes to is said
 * before it is done. A screen has one of these and hands its events on. Main thread.
 */
#ifndef MESSAGE_ACTS_H
#define MESSAGE_ACTS_H

#include "desk.h"
#include "messages.h"

struct retry_question;

struct message_acts {
	struct desk *desk;
	struct message_line line; /* what the menu is about; its texts: */
	struct arena arena;
	unsigned serial;	      /* of the question that is being answered */
	struct retry_question *asked; /* owned: what the box asks about */
};

void message_acts_init(struct message_acts *a, struct desk *desk);
void message_acts_release(struct message_acts *a);
/* In the screen's event(). */
unsigned message_acts_event(struct message_acts *a, const struct event *event);

/* The menu of a message: everything below that may be done with it. */
unsigned message_acts_menu(struct message_acts *a, const struct message_line *line);
/* Which ones: these, or `all` of the query but these. `ids`, sorted, is copied. */
struct message_choice {
	struct messages_query query;
	const int64_t *ids;
	size_t n;
	bool all;
};
/* Counts what would go again, asks, and does it. */
unsigned message_acts_retry(struct message_acts *a, const struct message_choice *choice);
/* The three choices for one nobody knows about. */
unsigned message_acts_settle(struct message_acts *a, const struct message_line *line);
unsigned message_acts_customer(struct message_acts *a, const struct message_line *line);
/* The customer's form, at the address of that message. */
unsigned message_acts_correct(struct message_acts *a, const struct message_line *line);

#endif
