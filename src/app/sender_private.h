/* Inside the sender: its parts and what they share. For sender*.c alone. */
#ifndef SENDER_PRIVATE_H
#define SENDER_PRIVATE_H

#include <stdatomic.h>

#include "breaker.h"
#include "calendar.h"
#include "compose.h"
#include "lease.h"
#include "providers.h"
#include "providers_open.h"
#include "rate.h"
#include "rng.h"
#include "route.h"
#include "sender.h"
#include "store_queue.h"
#include "vec.h"
#include "wire.h"

#define NEVER INT64_MAX

/* An account as it was when it was opened; calls on their way keep an older one. */
struct desk_account {
	struct provider_opened opened;
	int refs; /* the office, and each call */
};

/* A provider of an office. */
struct carrier {
	struct desk_account *account; /* NULL: not set up, or not to be opened */
	struct breaker breaker;
	struct rate rate;
	int64_t revision;
	int64_t pace_ms, pace_calls; /* calls of its own limit a second, in thousandths */
	bool token_asked;	     /* a request for one is on its way */
	bool token_doubted; /* it was refused once: a new one is tried before that is believed */
	bool changed;	    /* its state is to be written */
	char code[32];	    /* of what it last refused with */
};

/* A company that sends: its accounts, limits and hours. */
struct office {
	struct session s; /* the sender's connection, this company */
	struct carrier carriers[PROVIDER_COUNT];
	struct rate channel_rates[CHANNEL_COUNT];
	enum provider_name route[CHANNEL_COUNT][2][PROVIDER_COUNT]; /* at home, abroad */
	int n_route[CHANNEL_COUNT][2];
	struct calendar calendar;
	int64_t cap, cap_seconds, pause_errors, lookup_seconds, sms_batch, sms_pause;
	int64_t sms_row;	   /* SMS sent in this row */
	int64_t sms_until_ms;	   /* the next row begins */
	char unsubscribe[160];	   /* base of one-click links; "" none */
	VEC(struct rate_use) used; /* to be added in this transaction */
};

/* A campaign under way. */
struct errand {
	struct campaign campaign;
	struct office *office;
	struct composer composer;
	struct audience_terms terms;
	int64_t errors; /* of providers, in a row */
	int64_t spent;	/* hundredths of a minor unit, what is on its way included */
	int64_t wait_until[CHANNEL_COUNT]; /* nothing of the channel may go before */
	bool waits[CHANNEL_COUNT];	   /* a reason is stored */
	int refs;			   /* the list, and each call */
	bool going;			   /* it is still to be looked at */
	struct arena arena;
};

enum call_kind { CALL_SEND, CALL_TOKEN, CALL_LOOKUP };

/* One call on its way, or done and not yet written down. */
struct call {
	enum call_kind kind;
	struct office *office;
	struct errand *errand; /* NULL for a token */
	enum provider_name provider;
	struct desk_account *account;
	struct batch batch;
	struct outgoing *to;
	struct message *messages;
	struct send_result *results; /* once it is done */
	struct message *unfit;	     /* left out of the call, and why */
	struct send_result *unfit_why;
	size_t first_unfit, n_unfit;
	bool offline;
	enum lookup_answer answer;
	char provider_id[160];
	bool token_ok;
	bool noted;   /* the provider's state and errors were counted */
	bool unasked; /* of a look-up: the provider did not say anything */
	struct arena arena;
};

struct sender {
	struct session *s;
	struct sender_options options;
	struct wire *wire;
	struct lease lease;
	int64_t renewed_ms, renewed_at; /* the lease: monotonic, and UTC */
	int64_t version; /* of the store, when campaigns and accounts were last read */
	int64_t looked_ms;
	bool fresh;   /* read them again */
	bool offline; /* the last calls found no network */
	struct rng rng;
	VEC(struct office *) offices;
	VEC(struct errand *) errands;
	VEC(struct call *) ready; /* claimed, to be put on the wire */
	VEC(struct call *) done;
	int64_t done_ms;	   /* when the first of them ended */
	VEC(struct call *) unsure; /* whose claims may or may not have been written */
	int failures;		   /* rounds in a row that could not be written */
	int64_t again_ms;	   /* the next try */
	VEC(int64_t) asked;	   /* messages whose provider is being asked about them */
	int64_t start_at;	   /* when the next scheduled campaign begins */
	VEC(struct call *) out;	   /* on the wire */
	atomic_int n_out;	   /* how many, for whoever asks */
	struct campaign_tally tally;
	struct sender_report report;
	bool acted; /* this round changed something */
	int64_t acted_ms;
	int64_t next_ms; /* the earliest moment of a pace, monotonic; NEVER none */
	size_t turn;	 /* whose turn it is to claim first */
	atomic_bool stopping;
	atomic_bool once;   /* ends when nothing more can go now */
	struct arena arena; /* of one round */
};

bool sender_stopping(const struct sender *sd);
bool sender_once(const struct sender *sd);
int64_t sender_ms(const struct sender *sd);
int64_t sender_now(const struct sender *sd);

/* --- sender_round.c --- */

/* Writes what is in `done`, claims what goes next, begins the calls. False when it could
 * not be written: nothing left, and it is tried again. */
bool round_do(struct sender *sd, struct err *err) MUST_USE;
/* The lease is to be renewed. */
bool round_lease_due(const struct sender *sd);
/* Renews it where that is due, in a transaction of its own; false when it was lost. */
bool round_keep_lease(struct sender *sd, struct err *err) MUST_USE;
/* It was renewed, or taken. */
void round_lease_kept(struct sender *sd);
/* It is so long since it was that somebody else may have it: nothing may leave. */
bool round_lease_stale(const struct sender *sd);

/* --- sender_office.c: companies, accounts, limits --- */

/* The office of a company, made on first use. */
struct office *office_of(struct sender *sd, int64_t company_id, struct err *err) MUST_USE;
/* Accounts and settings as they are now. */
bool office_read(struct sender *sd, struct office *o, struct err *err) MUST_USE;
void office_free(struct office *o);
struct desk_account *account_keep(struct desk_account *a);
void account_drop(struct desk_account *a);
/* Use of limits and states of providers, in the transaction that caused them. */
bool office_write(struct sender *sd, struct office *o, struct err *err) MUST_USE;
/* That transaction was committed, or not. */
void office_written(struct office *o, bool committed);
void office_use(struct office *o, enum provider_name provider, enum channel channel, int64_t n,
	int64_t now);
/* Where an address lies: a phone's country, else the company's. ISO code. */
const char *office_country(const struct office *o, const char *address);
/* How many calls its own limit a second lets begin now. */
int64_t carrier_pace(struct carrier *c, int64_t now_ms);

/* --- sender_errand.c: campaigns --- */

/* What is to be done, as the store says now: campaigns that began, or have ended. */
bool errands_read(struct sender *sd, struct err *err) MUST_USE;
void errands_free(struct sender *sd);
/* The campaign's, also one that has ended; *owned*: drop it. */
struct errand *errand_get(
	struct sender *sd, int64_t company_id, int64_t id, struct err *err) MUST_USE;
void errand_drop(struct errand *e);
/* Pauses it where it runs; in a transaction. */
bool errand_pause(
	struct sender *sd, struct errand *e, enum campaign_cause cause, struct err *err) MUST_USE;
/* Ends those that have nothing left to send; in a transaction. */
bool errands_complete(struct sender *sd, struct err *err) MUST_USE;

/* --- sender_claim.c --- */

/* Marks what goes now; in a transaction. Calls are in `ready`. */
bool claim_all(struct sender *sd, struct err *err) MUST_USE;
/* The first instant at which something may be claimed; NEVER. */
bool claim_next(struct sender *sd, int64_t *at, struct err *err) MUST_USE;

/* --- sender_call.c: calls on the wire --- */

struct call *call_new(struct office *o, struct errand *e, enum provider_name provider);
void call_free(struct call *c);
/* Asks the provider what became of a message; NULL when it cannot be asked. */
struct call *call_lookup(
	struct sender *sd, struct office *o, const struct message *m, struct err *err) MUST_USE;
/* What a message costs by this account, hundredths of a minor unit. */
int64_t call_price(const struct call *c, const struct message *m);
/* Puts what is in `ready` on the wire, or delivers it. */
void calls_begin(struct sender *sd);
/* Finished ones go to `done`, judged. */
void calls_take(struct sender *sd);
/* Those that are left when it ends. */
void calls_free(struct sender *sd);
/* A token is needed, and was asked for; false when it needs none, or has one. */
bool token_wanted(struct sender *sd, struct office *o, enum provider_name name);

/* --- sender_result.c --- */

/* Writes down what is in `done`, and frees it after the commit; in a transaction. `held`:
 * the lease. */
bool results_write(struct sender *sd, bool held, struct err *err) MUST_USE;
void results_free(struct sender *sd);
/* A message that is queued again: where its campaign was stopped meanwhile, it is cancelled
 * like the others; in a transaction. */
bool requeued(struct sender *sd, const struct message *m, enum message_reason reason,
	int64_t due_at, struct err *err) MUST_USE;

/* --- sender_doubt.c: messages whose answer was lost --- */

/* What an earlier sender had on its way becomes UNCERTAIN; own transactions. */
bool doubts_inherit(struct sender *sd, bool known_dead, struct err *err) MUST_USE;
/* Asks providers about those whose time has come. */
bool doubts_ask(struct sender *sd, struct err *err) MUST_USE;
bool doubts_next(struct sender *sd, int64_t *at, struct err *err) MUST_USE;
/* The answer to a look-up; in a transaction. `held`: the lease. */
bool doubt_write(struct sender *sd, struct call *c, bool held, struct err *err) MUST_USE;

#endif
