/*
 * Whether this store is the one that works here, or a copy of one: a copy that sent would
 * write to people a second time. The store holds a token and counts its own checks; a
 * file in the state folder (stations/<store id>.<station>, 0600) holds the same with the
 * place and the inode of the store. A store whose file is missing, has another inode,
 * lies on another machine or went back in time was copied or restored. One that was only
 * moved is the same. One thread, the session's; not inside a transaction.
 *
 * Known limits: a store used by several users of the system is at home with the one whose
 * state folder knows it; a file put back over itself within the same inode is known by
 * the checks since.
 */
#ifndef STATION_H
#define STATION_H

#include "session.h"

enum station {
	STATION_NEW, /* nobody has asked yet: the next check registers it */
	STATION_OK,
	STATION_COPY, /* nothing may be sent until a person says which goes on */
};

/* Looks, changes nothing. A store in memory is OK. */
bool station_look(struct session *s, enum station *out, struct err *err) MUST_USE;
/* For whoever sends or plans to, at its start and from time to time: registers a new one,
 * notes where a moved one lies now. *out is OK or COPY. */
bool station_check(struct session *s, enum station *out, struct err *err) MUST_USE;
/* The same where a copy is an error: ERR_STORE_COPY. */
bool station_must_be_ours(struct session *s, struct err *err) MUST_USE;

/*
 * A person said that this one goes on: it gets a station number and a token of its own,
 * and its campaigns that were to be sent are paused (cause COPY), for the other may have
 * gone on with them: `*paused` of them, in all companies. Does nothing to a store that is
 * no copy. Right: RIGHT_SETTINGS; audited.
 */
bool station_take_over(struct session *s, int64_t *paused, struct err *err) MUST_USE;

#endif
