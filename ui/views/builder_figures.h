/*
 * What a draft would do, counted beside the screens: whom it reaches, who is left out
 * and why, what it costs, how long it takes; and what is wrong with it. The figures shown are the
 * last ones there were until new ones come. Main thread.
 */
#ifndef BUILDER_FIGURES_H
#define BUILDER_FIGURES_H

#include "campaigns.h"
#include "desk.h"

/* Shared by the screen and the job that counts: whoever lets go last frees it. */
struct figures {
	int holders;
	struct desk *desk;
	int64_t id;  /* of the campaign */
	int64_t job; /* that counts, 0: none */
	bool again;  /* something changed meanwhile */
	bool there;  /* `now` is */
	bool old;    /* but of what stood there before */
	struct campaign_forecast now;
	bool judged; /* what the check found is there, of the same draft as `now` */
	struct finding *findings;
	int n_findings;
	enum finding_level worst;
	struct arena arena; /* of `now` and the findings */
	struct err err;	    /* why there are none */
};

struct figures *figures_new(struct desk *desk);
/* The counting stops. */
void figures_let_go(struct figures *f);
/* The draft as it is stored is another: counts it anew. */
void figures_ask(struct figures *f, int64_t id);
/* An event of a job came: goes on where something changed meanwhile. */
void figures_event(struct figures *f);
/* The job that counts, for its meter; NULL. */
struct job *figures_job(const struct figures *f) MUST_USE;

/* "165 SMS × 25 = 4 125 F CFA", "4 125 F CFA", or that no price is known. */
void figures_say_cost(const struct figures *f, struct strbuf *out);
/* "47 min", and what it hangs on: "by the limit of the channel, 200 an hour". */
void figures_say_duration(const struct figures *f, struct strbuf *out, struct strbuf *why);
void figures_say_bytes(const struct figures *f, struct strbuf *out);
/* Who carries a channel's messages, with its limit; nothing where nobody does. */
void figures_say_carrier(const struct figures *f, enum channel channel, struct strbuf *out);
/* COST, TIME, LINE in three to six lines; returns how many. `c` NULL only counts. */
int figures_draw_cost(const struct figures *f, struct canvas *c, struct rect r);
/* People reached, in one line under a title; returns how many it took. */
int figures_draw_people(const struct figures *f, struct canvas *c, struct rect r);

#endif
