#include "lease.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "arena.h"
#include "crypt.h"
#include "store_lease.h"

static void name_machine(char *out, size_t size)
{
	if (gethostname(out, size))
		snprintf(out, size, "localhost");
	out[size - 1] = '\0';
}

static void name_owner(struct lease *lease)
{
	char machine[64];
	uint32_t random;

	name_machine(machine, sizeof(machine));
	crypt_random(&random, sizeof(random));
	snprintf(lease->owner, sizeof(lease->owner), "%s %ld %08x", machine, (long)getpid(),
		(unsigned)random);
}

/* Was it a process of this machine that is no more? */
static bool owner_is_dead(const char *owner)
{
	char machine[64];
	size_t len;
	long pid;

	name_machine(machine, sizeof(machine));
	len = strlen(machine);
	if (strncmp(owner, machine, len) || owner[len] != ' ')
		return false;
	pid = strtol(owner + len, NULL, 10);
	return pid > 0 && kill((pid_t)pid, 0) && errno == ESRCH;
}

bool lease_held(struct session *s, const char *name, bool *held, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *owner;
	bool ok = store_lease_owner(s->db, name, session_now(s), &a, &owner, err);

	*held = ok && *owner && !owner_is_dead(owner);
	arena_release(&a);
	return ok;
}

/* Frees the lease of a process that is no more. *heir: nobody can be holding on to it,
 * even one that was put to sleep past its end. */
static bool bury(struct session *s, const char *name, bool *heir, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *owner;
	bool ok = store_lease_owner(s->db, name, 0, &a, &owner, err);

	*heir = ok && (!*owner || owner_is_dead(owner));
	if (*heir && *owner)
		ok = store_lease_release(s->db, name, owner, err);
	arena_release(&a);
	return ok;
}

bool lease_take(
	struct session *s, const char *name, struct lease *lease, bool *held, struct err *err)
{
	int64_t now = session_now(s);

	snprintf(lease->name, sizeof(lease->name), "%s", name);
	name_owner(lease);
	lease->epoch = 0;
	if (!bury(s, name, &lease->heir, err) ||
		!store_lease_take(s->db, lease->name, lease->owner, now, now + LEASE_SECONDS,
			&lease->epoch, err))
		return false;
	*held = lease->epoch;
	return true;
}

bool lease_renew(struct session *s, const struct lease *lease, bool *held, struct err *err)
{
	*held = false;
	return !lease->epoch || store_lease_renew(s->db, lease->name, lease->owner, lease->epoch,
					session_now(s) + LEASE_SECONDS, held, err);
}

bool lease_check(struct session *s, const struct lease *lease, bool *held, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *owner;
	bool ok = store_lease_owner(s->db, lease->name, 0, &a, &owner, err);

	*held = ok && lease->epoch && !strcmp(owner, lease->owner);
	arena_release(&a);
	return ok;
}

bool lease_release(struct session *s, struct lease *lease, struct err *err)
{
	if (!lease->epoch)
		return true;
	lease->epoch = 0;
	return store_lease_release(s->db, lease->name, lease->owner, err);
}
