/*
 * What every service needs: the store, who acts, in which company, the clock.
 * One per thread; a worker thread makes its own with session_clone.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "actor.h"
#include "clock.h"
#include "company.h"
#include "err.h"
#include "role.h"

struct db;
struct secrets;

/* Who knows the store's passphrase, where it has one: writes it as a string; false when
 * it is not to be had. In the thread that asks for a secret. */
struct passphrase_ask {
	bool (*ask)(void *data, char *out, size_t size);
	void *data;
};

struct session {
	struct db *db; /* owned */
	struct clock clock;
	struct actor actor;
	struct company company; /* id 0: none chosen, or none there yet */
	struct passphrase_ask ask;
	struct secrets *secrets; /* owned; NULL until one was needed, see secrets.h */
};

struct session_options {
	const char *store;   /* path; NULL: the user's own, by XDG */
	const char *company; /* name or id; NULL: the only one, or the user's last */
	enum origin origin;
	struct clock clock;
	bool must_exist; /* do not make a store */
};

/*
 * Opens the store, names the actor (the system's user, who becomes an ADMIN of
 * a store that has no users yet) and chooses the company. *owned*, close it.
 * A store without companies is no error: company.id stays 0.
 */
struct session *session_open(const struct session_options *o, struct err *err) MUST_USE;
/* The same store, actor and company on a connection of its own; opened secrets are
 * open there too. */
struct session *session_clone(const struct session *s, struct err *err) MUST_USE;
void session_close(struct session *s);

const char *session_store(const struct session *s);
int64_t session_now(const struct session *s);
/* The company's local date now: what the rules call today. */
int32_t session_today(const struct session *s);

/* Refuses with ERR_FORBIDDEN unless the actor's roles give the right. */
bool session_may(const struct session *s, enum right right, struct err *err) MUST_USE;
/* The same, and ERR_NO_COMPANY unless a company is chosen. */
bool session_ready(const struct session *s, enum right right, struct err *err) MUST_USE;

/* Rises when another program or thread has committed to the store. */
int64_t session_data_version(struct session *s);
/* Makes what this session is doing return ERR_CANCELLED soon; any thread may call it. */
void session_interrupt(struct session *s);

/*
 * One line of the audit trail in the session's name, inside the transaction of
 * the change it speaks of. `detail` is JSON or "".
 */
bool session_audit(struct session *s, const char *action, const char *subject, int64_t subject_id,
	const char *detail, struct err *err) MUST_USE;

/* How far long work has come; `total` 0 when nobody knows. Returns false to stop it. */
struct progress {
	bool (*step)(void *data, int64_t done, int64_t total);
	void *data;
};
bool progress_step(const struct progress *p, int64_t done, int64_t total);

#endif
