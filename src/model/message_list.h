/*
 * The lists in which the messages of a campaign are followed up: each message is in one
 * of them, by its status and reason. Pure; any thread.
 */
#ifndef MESSAGE_LIST_H
#define MESSAGE_LIST_H

#include "message.h"

enum message_list {
	LIST_DELIVERED,	 /* arrived, as far as the provider tells; opened and clicked too */
	LIST_TO_CORRECT, /* the address is wrong: corrected, it can go */
	LIST_DEFINITE,	 /* refused, said stop, on the list of oppositions, turned away */
	LIST_NO_NEWS,	 /* taken by the provider, no receipt: many SMS routes give none */
	LIST_LEFT_OUT,	 /* for the other reasons */
	LIST_WAITING,
	LIST_UNCERTAIN,
	MESSAGE_LIST_COUNT
};

const char *message_list_word(enum message_list v);
const char *message_list_label(enum message_list v);
bool message_list_parse(const char *s, enum message_list *v) MUST_USE;

enum message_list message_list_of(enum message_status status, enum message_reason reason);

/* What a person did with a message, as its attempts keep it. */
enum message_deed {
	DEED_RETRY,
	DEED_CANCEL,
	DEED_LOOK_UP,
	DEED_MARK_SENT,
	DEED_SEND_AGAIN, /* of an uncertain one: it may arrive twice */
	MESSAGE_DEED_COUNT
};

const char *message_deed_word(enum message_deed v);
const char *message_deed_label(enum message_deed v);
bool message_deed_parse(const char *s, enum message_deed *v) MUST_USE;

/* What came of a try, or what a person did with the message: the label of an attempt's
 * outcome; "" of an unknown one. */
const char *message_attempt_label(const char *outcome);

/* Why a message does not go again. */
enum message_no {
	NO_PERSON,   /* the person may not be written to: the reason says why */
	NO_WENT,     /* it went, or is on its way */
	NO_WAITS,    /* it waits to be sent already */
	NO_DOUBT,    /* it is uncertain: that is to be settled first, one by one */
	NO_ADDRESS,  /* another message of the campaign goes to that address */
	NO_CAMPAIGN, /* its campaign was stopped, or is not launched */
	NO_TEXT,     /* no text for the channel and language, or it cannot be written */
	MESSAGE_NO_COUNT
};

const char *message_no_word(enum message_no v);
/* A half sentence; "" of PERSON, whose reason says it. */
const char *message_no_label(enum message_no v);
bool message_no_parse(const char *s, enum message_no *v) MUST_USE;

#endif
