/*
 * What goes wrong on purpose. A test orders faults over HTTP; each waits for its
 * provider's next call and says how that one ends. The lock of struct sim is held.
 *
 *	POST /_sim/fault?provider=P&mode=MODE[&on=send|token|lookup|post|any][&count=N]
 *		[&after=N][&every=N][&hint=SECONDS][&ms=N][&address=A][&code=N]
 *	POST /_sim/clear[?provider=P]
 *
 * `count` ends it after so many (until cleared otherwise; 1 for expired), `after` lets
 * so many calls pass first, `every` takes each Nth. Modes:
 *	429 quota	with `hint` in the provider's own way
 *	500 401 403	with the provider's own error body
 *	500bare 502 503	without; 503 with Retry-After if there is a hint
 *	slow		answers after `ms`
 *	hang hang_before  never answers; received, or not
 *	close close_before  the line breaks behind the body; received, or not
 *	garbage		2xx and something that is not JSON; received
 *	expired		the token has run out
 *	reject		`address` is refused among good ones; `code` in place of the
 *			provider's usual one (Twilio 21610, SMTP 450, Mailchimp unsub)
 *	greeting mail data final  of SMTP: `code` at that point
 *	drop		of SMTP: breaks off behind the final dot; received
 */
#ifndef SIM_FAULTS_H
#define SIM_FAULTS_H

#include "sim.h"

enum fault_mode {
	FAULT_NONE,
	FAULT_429,
	FAULT_QUOTA,
	FAULT_500,
	FAULT_401,
	FAULT_403,
	FAULT_500BARE,
	FAULT_502,
	FAULT_503,
	FAULT_SLOW,
	FAULT_HANG,
	FAULT_HANG_BEFORE,
	FAULT_CLOSE,
	FAULT_CLOSE_BEFORE,
	FAULT_GARBAGE,
	FAULT_EXPIRED,
	FAULT_REJECT,
	FAULT_GREETING,
	FAULT_MAIL,
	FAULT_DATA,
	FAULT_FINAL,
	FAULT_DROP,
	FAULT_MODES
};

#define FAULT_ANY_KIND (-1)

struct sim_fault {
	enum sim_provider provider; /* SIM_PROVIDERS: all */
	enum fault_mode mode;
	int on; /* enum sim_kind, FAULT_ANY_KIND */
	int64_t count, after, every, hint, ms;
	int64_t seen;
	char address[256];
	char code[32]; /* "" the usual one */
};

struct sim_faults *faults_new(void) MUST_USE;
void faults_free(struct sim_faults *f);
/* From a query; false: *why says what is wrong with it. */
bool faults_order(struct sim_faults *f, const char *query, const char **why) MUST_USE;
void faults_clear(struct sim_faults *f, enum sim_provider p);
/* The fault that befalls this call; mode FAULT_NONE if none does. */
struct sim_fault faults_take(struct sim_faults *f, const struct sim_call *c);
/* The same of SMTP, where each point has its own mode. */
struct sim_fault faults_take_mode(
	struct sim_faults *f, enum sim_provider p, enum fault_mode mode, const char *address);
/* The provider refuses this address; the code to say so, or `usual`. NULL: it does not. */
const char *faults_reject(
	struct sim_faults *f, enum sim_provider p, const char *address, const char *usual);
/* The number in `code`, or the usual one. */
int fault_code(const struct sim_fault *f, int usual);

#endif
