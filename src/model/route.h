/*
 * Which provider carries a message: the first of the order that is set up, serves the
 * destination, is spoken to and has room; when none is, why it waits and until when.
 * Pure; any thread.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include "breaker.h"
#include "provider_name.h"
#include "rate.h"

/*
 * The order of providers of a channel; how many there are. `home`: an SMS to the
 * company's own country. `setting`: their words, comma between, "ORANGE,TWILIO"; those
 * alone, less what is unknown, cannot carry the channel or came before. "", or nothing
 * left of it: the program's own order, FILE at its end.
 */
int route_order(enum channel channel, bool home, const char *setting,
	enum provider_name out[PROVIDER_COUNT]);
/* "" or an order in which every word counts. */
bool route_setting_valid(enum channel channel, const char *setting) MUST_USE;
bool route_setting_names(const char *setting, enum provider_name name) MUST_USE;

struct route_candidate {
	enum provider_name name;
	bool active;		 /* set up and switched on */
	bool named;		 /* by the setting; FILE takes part so, or when alone */
	bool serves;		 /* the destination's country */
	struct breaker *breaker; /* NULL: always up */
	struct rate *rate;	 /* NULL: no limit */
};

struct route_answer {
	int index;    /* of the candidate; -1: it waits */
	int64_t room; /* how many more go this way now, `need` included */
	/* When it waits: NO_PROVIDER, CREDENTIALS, PROVIDER_DOWN or QUOTA, of the provider
	 * that is the first to be free again. */
	enum message_reason reason;
	int provider;  /* enum provider_name; -1: none, or the channel's own limit */
	int64_t until; /* 0: until somebody acts */
};

/* `need`: recipients, of an SMS parts. `channel`: the channel's own limit, NULL none. */
struct route_answer route_choose(const struct route_candidate *candidates, int count,
	struct rate *channel, int64_t need, int64_t now);

#endif
