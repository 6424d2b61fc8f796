/*
 * A message in a list, and what was tried with it. Values alone; texts are never NULL
 * and *borrowed*. Any thread.
 */
#ifndef MESSAGE_LINE_H
#define MESSAGE_LINE_H

#include "message.h"

/* With whose it is, and of which campaign. */
struct message_line {
	struct message message;
	const char *name, *first_name; /* the customer's as they are now; "" none */
	const char *campaign;	       /* its name */
};

/* Where a page of one status and channel begins: after this one. */
struct message_key {
	int64_t due_at;
	int64_t id;
};

#define MESSAGE_KEY_FIRST                                                                          \
	{                                                                                          \
		.due_at = INT64_MIN, .id = 0                                                       \
	}

#define MESSAGE_KEY_LAST                                                                           \
	{                                                                                          \
		.due_at = INT64_MAX, .id = INT64_MAX                                               \
	}

struct message_attempt {
	int seq;
	int64_t at;
	int provider;	     /* enum provider_name, or -1 */
	const char *outcome; /* of the send, LOOKUP, or what a person did: message_deed */
	enum message_reason reason;
	const char *code;
	const char *actor; /* "" the sender */
};

#endif
