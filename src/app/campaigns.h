/*
 * Campaigns as people work on them: drafts and their texts, what is wrong with one, what
 * it will do before it does it, launching, pausing, stopping, and what came of it. The
 * screens and the commands both stand on this. One thread, the session's; what may take
 * long is given a progress and is for a worker's session.
 *
 * Rights: RIGHT_CAMPAIGNS_READ, and RIGHT_CAMPAIGNS_CHANGE for whatever changes
 * something; changes are audited. Texts that come back lie in the arena that was given.
 */
#ifndef CAMPAIGNS_H
#define CAMPAIGNS_H

#include "arena.h"
#include "campaign.h"
#include "campaign_count.h"
#include "finding.h"
#include "launch.h"
#include "session.h"
#include "sms.h"

#define CAMPAIGN_NAME_MAX 200	  /* bytes */
#define CAMPAIGN_PERSONS_MAX 5000 /* customers named one by one */

/* --- drafts --- */

/*
 * A new one (id 0) or an edited draft. Taken from `c`: name, kind, type, channels, order,
 * filter, persons, sender, start_at, customer_zone, not_after, late, budget; all texts set.
 * Id, company, status, revision are set; a READY one is a draft again. ERR_INVALID names
 * what cannot be; ERR_FILTER; ERR_CONFLICT by revision; ERR_CAMPAIGN_STATE once launched.
 * ONE names one customer in `persons`; POST none, and pages alone as its channels.
 */
bool campaigns_save(struct session *s, struct campaign *c, struct err *err) MUST_USE;
/* ERR_CAMPAIGN_STATE unless it is a draft. */
bool campaigns_delete(struct session *s, int64_t id, struct err *err) MUST_USE;
/* A draft with the same texts and audience and no schedule, named "… (2)"; its id. */
bool campaigns_duplicate(
	struct session *s, int64_t id, int64_t *duplicate, struct err *err) MUST_USE;

/*
 * Writes the text of a channel and language of a draft over the one that is there. An edit
 * as campaigns_save is: *revision is the campaign's and rises. What is wrong in it is for
 * the check to say; ERR_TEMPLATE only for what is no text, or too long.
 */
bool campaigns_text_put(struct session *s, struct campaign_content *content, int64_t *revision,
	struct err *err) MUST_USE;
/* Of a channel the campaign uses or not. */
bool campaigns_text_drop(struct session *s, int64_t id, enum channel channel, const char *language,
	int64_t *revision, struct err *err) MUST_USE;
/*
 * The text that a template has for a channel and language, to be put or edited: by its key
 * ("WELCOME") or name, in its last version; those of the company before the ones that come
 * with the program. `template_version_id` is 0 for the latter. ERR_GONE.
 */
bool campaigns_template(struct session *s, const char *key, enum channel channel,
	const char *language, struct arena *a, struct campaign_content *out,
	struct err *err) MUST_USE;
/* The same by version. */
bool campaigns_template_version(struct session *s, int64_t version_id, struct arena *a,
	struct campaign_content *out, struct err *err) MUST_USE;

/* --- lists and cards --- */

/* How far the messages are, from the counts. Each holds those that went further too. */
struct campaign_funnel {
	int64_t people; /* all, those left out too */
	int64_t queued; /* wait or are on their way */
	int64_t sent;	/* a provider took them */
	int64_t delivered;
	int64_t opened;
	int64_t clicked;
	int64_t stopped; /* of the sent: the provider says they said stop */
	int64_t failed;	 /* bounced too */
	int64_t left_out;
	int64_t uncertain;
	int64_t parts, cost; /* of what went; cost in hundredths of a minor unit */
};

struct campaign_line {
	struct campaign campaign;
	struct campaign_funnel funnel;
};

/* Which ones a list shows; -1: any. */
struct campaign_list {
	int kind;   /* enum campaign_kind */
	int status; /* enum campaign_status */
};

/* Newest first, of ids below `before` (INT64_MAX to begin). */
bool campaigns_page(struct session *s, const struct campaign_list *list, int64_t before, int n,
	struct arena *a, struct campaign_line **out, int *count, struct err *err) MUST_USE;

struct campaign_card {
	struct campaign campaign;
	struct campaign_content *texts;
	int n_texts;
	struct campaign_count *counts; /* by channel, status, reason */
	int n_counts;
	struct campaign_wait *waits; /* at most one a channel */
	int n_waits;
	struct campaign_funnel funnel;
	bool open; /* messages are queued or on their way */
};

/* ERR_GONE. */
bool campaigns_get(struct session *s, int64_t id, struct arena *a, struct campaign_card *out,
	struct err *err) MUST_USE;

/* --- what is wrong with it --- */

struct campaign_forecast;

/*
 * The worst first. Looks at no more than one customer; with a forecast (NULL: none) also at
 * what it costs. *worst is the level of the first.
 */
bool campaigns_check(struct session *s, int64_t id, const struct campaign_forecast *forecast,
	struct arena *a, struct finding **out, int *count, enum finding_level *worst,
	struct err *err) MUST_USE;

/* --- what it will do --- */

#define FORECAST_NAMES 5

enum forecast_bound {
	BOUND_NONE,	/* nothing but the line */
	BOUND_CHANNEL,	/* the channel's limit an hour */
	BOUND_PROVIDER, /* its provider's */
	BOUND_PAUSE,	/* the pause between rows of SMS */
	BOUND_SPEED,	/* messages a second that its first provider takes */
	BOUND_COUNT
};

/* "by the channel's limit", English, to be translated; "" of none. */
const char *forecast_bound_word(enum forecast_bound v);
const char *forecast_bound_label(enum forecast_bound v);
bool forecast_bound_parse(const char *s, enum forecast_bound *v) MUST_USE;

struct channel_forecast {
	int64_t people;
	int64_t parts;		    /* of SMS; else as people */
	int64_t cost;		    /* hundredths of a minor unit */
	int64_t unpriced;	    /* people to where no price is known */
	int64_t bytes;		    /* over the wire, about */
	int64_t starts_at, ends_at; /* 0: nobody, or nothing can carry it */
	enum forecast_bound bound;
	int provider;	/* enum provider_name that is used first, or whose limit binds; -1 none */
	int64_t hourly; /* the limit that binds; 0 none */
};

struct campaign_forecast {
	int64_t looked_at; /* customers that the filter gives */
	int64_t people;	   /* written to */
	int64_t left_out;
	int64_t by_reason[MESSAGE_REASON_COUNT];
	struct channel_forecast channels[CHANNEL_COUNT];
	int64_t parts, cost, unpriced, bytes;
	/* SMS: */
	int64_t long_people; /* that cost more than one part */
	int64_t ucs2_people; /* whose own words force UCS-2 */
	const char *long_names[FORECAST_NAMES], *ucs2_names[FORECAST_NAMES];
	int n_long_names, n_ucs2_names;
	int64_t starts_at, ends_at;
};

/* Goes through the whole audience and writes nothing; whom a channel without a text would
 * reach counts too. 2 s for a million. ERR_CANCELLED when `p` says so; ERR_TEMPLATE. */
bool campaigns_forecast(struct session *s, int64_t id, const struct progress *p, struct arena *a,
	struct campaign_forecast *out, struct err *err) MUST_USE;

struct left_out {
	int64_t customer_id;
	const char *name, *first_name;
	enum channel channel;
	const char *address; /* "" none */
	enum message_reason reason;
};

/* Whom a draft would leave out for that reason (-1: any), of ids over `after`. */
bool campaigns_left_out(struct session *s, int64_t id, int reason, int64_t after, int n,
	struct arena *a, struct left_out **out, int *count, struct err *err) MUST_USE;

/* A message as it would be sent. */
struct campaign_preview {
	int64_t customer_id; /* 0: a post */
	const char *name, *first_name;
	enum channel channel;
	const char *address;
	enum message_reason reason; /* of somebody left out; else NONE */
	const char *language;	    /* of the text */
	const char *subject, *text, *html;
	int64_t due_at;
	struct sms_count sms; /* of an SMS */
};

/* The first who would be written to, of ids over `after` (0 to begin); *found. To go back,
 * keep the ids that came. */
bool campaigns_preview_next(struct session *s, int64_t id, int64_t after, struct arena *a,
	struct campaign_preview *out, bool *found, struct err *err) MUST_USE;
/* For one customer, whether the campaign reaches them or not: with the reason why not. On
 * `channel`; -1: the one that would be chosen. ERR_GONE; ERR_NO_TEXT. */
bool campaigns_preview_of(struct session *s, int64_t id, int64_t customer_id, int channel,
	struct arena *a, struct campaign_preview *out, struct err *err) MUST_USE;

/* --- deeds --- */

/*
 * Launches it (launch.h) unless the check stops it: ERR_CAMPAIGN_CHECK, and what it found
 * is campaigns_check's to tell. One that was launched before: result->already.
 */
bool campaigns_launch(struct session *s, int64_t id, const struct progress *p,
	struct launch_result *result, struct err *err) MUST_USE;

/* DRAFT to READY where the check stops nothing, for somebody else to launch. */
bool campaigns_ready(struct session *s, int64_t id, struct err *err) MUST_USE;
/* No new message goes; what is on the wire finishes. Already paused is no error. */
bool campaigns_pause(struct session *s, int64_t id, struct err *err) MUST_USE;
/* All that are scheduled or under way, in one transaction; how many. */
bool campaigns_pause_all(struct session *s, int64_t *paused, struct err *err) MUST_USE;

/* What a person decides with it, by the cause of the pause. */
struct campaign_resume {
	int64_t not_after; /* of LATE: send all the same, until then; 0: let them expire */
	bool expire;	   /* of LATE: what is past its time is not sent any more */
	int64_t budget;	   /* of BUDGET: the new ceiling; 0: none any more; -1: as it is */
};

#define CAMPAIGN_RESUME_INIT                                                                       \
	{                                                                                          \
		.budget = -1                                                                       \
	}

/*
 * ERR_CAMPAIGN_LATE and ERR_CAMPAIGN_BUDGET where the cause asks for a decision that was
 * not given; ERR_STORE_COPY while the store is a copy; ERR_CAMPAIGN_STATE unless paused.
 */
bool campaigns_resume(
	struct session *s, int64_t id, const struct campaign_resume *how, struct err *err) MUST_USE;
/*
 * For good: what is queued is cancelled, what is on the wire finishes. *cancelled of them.
 * Broken off, it goes on when it is called again.
 */
bool campaigns_stop(struct session *s, int64_t id, const struct progress *p, int64_t *cancelled,
	struct err *err) MUST_USE;

/* --- what came of it --- */

#define METRIC_NONE (-1) /* the channel or its provider does not say */
#define METRIC_HOURS 48

struct channel_metrics {
	int64_t people, queued, sent, left_out, failed, bounced, uncertain;
	int64_t delivered, opened, clicked, unsubscribed, complained; /* or METRIC_NONE */
	int64_t parts, cost;
};

struct campaign_metrics {
	struct channel_metrics channels[CHANNEL_COUNT];
	struct channel_metrics all;
	int64_t first_sent_at, last_sent_at; /* 0: nothing was */
	int64_t by_hour[METRIC_HOURS];	     /* sent in each hour from first_sent_at on */
	int64_t later;			     /* after those */
	int64_t per_hour;		     /* speed, messages an hour; 0 unknown */
	int attribution_days;		     /* setting "attribution.days" */
	int64_t revenue; /* invoices of people written to, in so many days; minor units */
	int64_t buyers;
	bool has_return;	/* something was paid */
	int64_t return_percent; /* (revenue - cost) / cost; may be less than nothing */
};

bool campaigns_metrics(
	struct session *s, int64_t id, struct campaign_metrics *out, struct err *err) MUST_USE;

/* --- all of them --- */

/* Messages of the company, from the counts. */
struct campaign_totals {
	int64_t gone; /* a provider took them; failed ones too */
	int64_t failed;
	int64_t expired; /* past their time, never sent */
	int64_t uncertain;
};

bool campaigns_totals(struct session *s, struct campaign_totals *out, struct err *err) MUST_USE;

struct waiting {
	int64_t campaign_id;
	const char *campaign;
	struct campaign_wait wait;
};

/* Of the company's campaigns that are under way. */
bool campaigns_waiting(struct session *s, struct arena *a, struct waiting **out, int *count,
	struct err *err) MUST_USE;

#endif
