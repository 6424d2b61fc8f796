/*
 * The company's settings of sending, each with what holds until somebody says
 * otherwise. Reading asks for no right; setting needs RIGHT_SETTINGS and is audited.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "session.h"
#include "strbuf.h"

enum setting {
	SETTING_CAP_MESSAGES, /* marketing messages a customer in SETTING_CAP_DAYS; 0: no cap */
	SETTING_CAP_DAYS,
	SETTING_LATE_HOURS,   /* after its start a campaign's messages may still go */
	SETTING_PAUSE_ERRORS, /* provider errors in a row that pause a campaign */
	SETTING_HOURLY_EMAIL, /* of a channel as a whole; 0: no limit */
	SETTING_HOURLY_SMS,
	SETTING_HOURLY_WHATSAPP,
	SETTING_HOURLY_FACEBOOK,
	SETTING_HOURLY_INSTAGRAM,
	SETTING_SMS_BATCH,	 /* SMS sent in a row */
	SETTING_SMS_PAUSE,	 /* seconds between two rows */
	SETTING_LOOKUP_SECONDS,	 /* before a provider is asked what became of a message */
	SETTING_ATTRIBUTION,	 /* days in which an invoice counts for a campaign */
	SETTING_SMS_STOP,	 /* how to stop SMS: a short code, a number or a link */
	SETTING_UNSUBSCRIBE_URL, /* where one-click unsubscriptions arrive; "" by e-mail */
	SETTING_COUNT
};

/* "cap.messages"; and what it is, English, to be translated. */
const char *setting_key(enum setting setting);
const char *setting_label(enum setting setting);
bool setting_find(const char *key, enum setting *setting) MUST_USE;
/* Whether it is a number, and its bounds. */
bool setting_number_bounds(enum setting setting, int64_t *least, int64_t *most) MUST_USE;

bool settings_number(
	struct session *s, enum setting setting, int64_t *out, struct err *err) MUST_USE;
/* Appends. */
bool settings_text(
	struct session *s, enum setting setting, struct strbuf *out, struct err *err) MUST_USE;
/* ERR_INVALID for what it cannot be. Not inside a transaction. */
bool settings_set(
	struct session *s, enum setting setting, const char *value, struct err *err) MUST_USE;

#endif
