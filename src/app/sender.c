#include "sender.h"

#include <stdlib.h>

#include "crypt.h"
#include "db.h"
#include "mem.h"
#include "sender_private.h"
#include "station.h"

#define NEVER_MS 3600000
#define ANEW_MS 20	/* after a look that found nothing to do */
#define TRIES 8		/* rounds that cannot be written, before `once` gives up */
#define GATHER_MS 2	/* that answers wait for others, to be written down together */
#define LOOK_MS 250	/* between two looks for other programs' commits */
#define ONCE_MS 3000	/* what is due so soon, `once` waits for */
#define STILL_MS 10000	/* but not for ever, should the clock stand still */
#define FINISH_MS 90000 /* that what is on the wire may take once it is to stop */

int64_t sender_ms(const struct sender *sd)
{
	return sd->s->clock.monotonic_ms(sd->s->clock.data);
}

int64_t sender_now(const struct sender *sd)
{
	return session_now(sd->s);
}

struct sender *sender_new(struct session *s, const struct sender_options *o, struct err *err)
{
	struct wire_options wire = WIRE_OPTIONS_INIT;
	struct sender *sd = mem_zalloc(1, sizeof(*sd));
	uint64_t seed;

	crypt_random(&seed, sizeof(seed));
	rng_init(&sd->rng, seed);
	sd->s = s;
	sd->options = *o;
	if (!sd->options.connections)
		sd->options.connections = wire.connections;
	wire.connections = sd->options.connections;
	wire.agent = "ecompta-crm/" PACKAGE_VERSION;
	sd->next_ms = NEVER;
	atomic_init(&sd->stopping, false);
	atomic_init(&sd->once, o->once);
	atomic_init(&sd->n_out, 0);
	sd->wire = wire_new(&wire, err);
	if (sd->wire)
		return sd;
	free(sd);
	return NULL;
}

void sender_free(struct sender *sd)
{
	if (!sd)
		return;
	wire_free(sd->wire);
	calls_free(sd);
	errands_free(sd);
	for (size_t i = 0; i < sd->offices.len; i++)
		office_free(sd->offices.items[i]);
	vec_release(&sd->offices);
	vec_release(&sd->ready);
	vec_release(&sd->out);
	vec_release(&sd->done);
	vec_release(&sd->unsure);
	vec_release(&sd->asked);
	campaign_tally_release(&sd->tally);
	arena_release(&sd->arena);
	free(sd);
}

void sender_report(const struct sender *sd, struct sender_report *out)
{
	*out = sd->report;
}

void sender_wake(struct sender *sd)
{
	wire_wake(sd->wire);
}

void sender_stop(struct sender *sd)
{
	atomic_store(&sd->stopping, true);
	wire_wake(sd->wire);
}

void sender_finish(struct sender *sd)
{
	atomic_store(&sd->once, true);
	wire_wake(sd->wire);
}

int sender_on_wire(const struct sender *sd)
{
	return atomic_load(&sd->n_out);
}

bool sender_needed(struct session *s, bool *needed, struct err *err)
{
	return store_queue_needed(s->db, needed, err);
}

/* --- the lease --- */

static bool take_lease(struct sender *sd, bool *held, struct err *err)
{
	bool ok;

	*held = false;
	if (!db_write(sd->s->db, err))
		return false;
	ok = lease_take(sd->s, SENDER_LEASE, &sd->lease, held, err) && db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	if (!ok || !*held)
		return ok;
	round_lease_kept(sd);
	sd->acted_ms = sender_ms(sd);
	sd->fresh = true;
	log_write(
		sd->options.log, LOG_INFO, "sending here, epoch %lld", (long long)sd->lease.epoch);
	ok = doubts_inherit(sd, sd->lease.heir, err);
	*held = sd->lease.epoch;
	return ok;
}

static bool give_lease(struct sender *sd, struct err *err)
{
	bool ok = db_write(sd->s->db, err) && lease_release(sd->s, &sd->lease, err) &&
		  db_commit(sd->s->db, err);

	db_rollback(sd->s->db);
	return ok;
}

/* --- when to look again --- */

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Milliseconds until something is due; 0: now. Sets report.next_at. */
static bool until_due(struct sender *sd, int64_t *ms, struct err *err)
{
	int64_t claim, doubt, at, now = sender_now(sd), paced;

	if (!claim_next(sd, &claim, err) || !doubts_next(sd, &doubt, err))
		return false;
	/* What is being asked about wakes this one by itself. */
	if (sd->asked.len)
		doubt = NEVER;
	at = sooner(claim, doubt);
	sd->report.next_at = at == NEVER ? 0 : at;
	paced = sd->next_ms == NEVER ? 0 : sd->next_ms - sender_ms(sd);
	if (at <= now)
		*ms = paced > 0 ? paced : 0;
	else
		*ms = at == NEVER || at - now > NEVER_MS / 1000 ? NEVER_MS : (at - now) * 1000;
	return true;
}

static bool has_room(const struct sender *sd)
{
	return (int)sd->out.len < sd->options.connections;
}

static bool changed_elsewhere(struct sender *sd)
{
	int64_t version, ms = sender_ms(sd);

	if (sd->fresh || sd->start_at <= sender_now(sd))
		return true;
	if (ms - sd->looked_ms < LOOK_MS)
		return false;
	sd->looked_ms = ms;
	version = session_data_version(sd->s);
	if (version == sd->version)
		return false;
	sd->version = version;
	return true;
}

/* What the store says now, and questions to providers that are due. */
static bool look(struct sender *sd, int64_t *ms, struct err *err)
{
	*ms = NEVER_MS;
	if (!sd->lease.epoch || sender_stopping(sd))
		return true;
	if (changed_elsewhere(sd)) {
		sd->next_ms = NEVER;
		if (!errands_read(sd, err))
			return false;
	}
	if (!doubts_ask(sd, err))
		return false;
	return !has_room(sd) || until_due(sd, ms, err);
}

/* There is something to write down, or to claim. */
static bool round_due(const struct sender *sd, int64_t ms)
{
	return sd->done.len || sd->unsure.len || !ms || (sd->lease.epoch && round_lease_due(sd));
}

static void wait_for(struct sender *sd, int64_t ms)
{
	if (sd->again_ms > sender_ms(sd))
		ms = sd->again_ms - sender_ms(sd);
	wire_wait(sd->wire, (int)(ms < LOOK_MS ? ms : LOOK_MS));
}

/*
 * Most connections are still at work: what ended waits a moment for more, since a round
 * costs a sync of the disk, be it of one message or of many.
 */
static bool gathering(const struct sender *sd)
{
	return sd->done.len && 2 * (int)sd->out.len > sd->options.connections &&
	       !sender_stopping(sd) && sender_ms(sd) - sd->done_ms < GATHER_MS;
}

/* A round that was due and did nothing waits for an answer, where one is out: a token, as a
 * rule. */
static int64_t pause_of(const struct sender *sd, int64_t ms)
{
	if (ms)
		return ms > ANEW_MS ? ms : ANEW_MS;
	return sd->out.len ? LOOK_MS : ANEW_MS;
}

/* A round that cannot be written is tried again; `once` gives up after a while. */
static bool work(struct sender *sd, bool *idle, struct err *err)
{
	struct err why = ERR_INIT;
	int64_t ms;

	*idle = false;
	if (sd->again_ms > sender_ms(sd)) {
		wait_for(sd, LOOK_MS);
		calls_take(sd);
		return true;
	}
	calls_take(sd);
	if (gathering(sd)) {
		wait_for(sd, GATHER_MS);
		return true;
	}
	if (look(sd, &ms, &why) && (!round_due(sd, ms) || round_do(sd, &why))) {
		if (sd->acted || sd->fresh) {
			sd->acted = false;
			sd->acted_ms = sender_ms(sd);
			return true;
		}
		*idle = !sd->out.len && !sd->done.len && !sd->unsure.len && !sd->asked.len &&
			(ms > ONCE_MS || sender_ms(sd) - sd->acted_ms > STILL_MS);
		if (!*idle || !sender_once(sd))
			wait_for(sd, pause_of(sd, ms));
		return true;
	}
	if (why.code && (sender_once(sd) || sender_stopping(sd)) && sd->failures >= TRIES) {
		*err = why;
		return false;
	}
	if (!sd->failures++)
		log_err(sd->options.log, LOG_ERROR, "sender", &why);
	sd->again_ms = sender_ms(sd) + LOOK_MS;
	return true;
}

static bool send_on(struct sender *sd, struct err *err)
{
	int64_t deadline = 0;
	bool idle;

	while (sd->lease.epoch || sd->out.len || sd->done.len || sd->unsure.len) {
		if (!work(sd, &idle, err))
			return false;
		if (idle && sender_once(sd))
			return true;
		if (!sender_stopping(sd))
			continue;
		if (!deadline)
			deadline = sender_ms(sd) + FINISH_MS;
		if ((!sd->out.len && !sd->done.len && !sd->unsure.len) || sender_ms(sd) > deadline)
			return true;
	}
	return true;
}

/* Looked at before the lease is taken. */
static bool is_copy(struct sender *sd, bool *copy, struct err *err)
{
	enum station state;

	if (!station_look(sd->s, &state, err))
		return false;
	*copy = sd->report.copy = state == STATION_COPY;
	return true;
}

/* The lease is here: a new store is registered, and the check of another one counted, so
 * that an older one put in its place is known. */
static bool register_store(struct sender *sd, struct err *err)
{
	enum station state;

	return station_check(sd->s, &state, err);
}

/* Waits for a lease that somebody else has, or for somebody to decide. */
static bool stand_by(struct sender *sd, bool *held, struct err *err)
{
	bool copy;

	*held = false;
	if (!is_copy(sd, &copy, err) || (!copy && !take_lease(sd, held, err)))
		return false;
	if (*held && !register_store(sd, err))
		return false;
	sd->report.elsewhere = !copy && !*held;
	if (!*held && !sender_once(sd) && !sender_stopping(sd))
		wire_wait(sd->wire, 1000);
	return true;
}

bool sender_run(struct sender *sd, struct err *err)
{
	struct err unused = ERR_INIT;
	bool held, ok = true;

	while (ok && !sender_stopping(sd)) {
		ok = stand_by(sd, &held, err);
		if (ok && held)
			ok = send_on(sd, err);
		if (sender_once(sd))
			break;
	}
	results_free(sd);
	if (sd->lease.epoch && !give_lease(sd, ok ? err : &unused))
		ok = false;
	return ok;
}
