/*
 * A campaign being written: its fields and its texts as they stand on the screen, and
 * how far the store knows them. What is taken over is compared, so that only a real
 * change is one. Owns all its texts. Main thread.
 */
#ifndef BUILDER_DRAFT_H
#define BUILDER_DRAFT_H

#include "campaigns.h"
#include "desk.h"
#include "strbuf.h"
#include "vec.h"

struct draft_text {
	enum channel channel;
	char language[8];
	struct strbuf subject, text, html;
	struct strbuf media; /* the address of a picture */
	int64_t template_version_id;
	bool changed;
	bool stored; /* the store has it, as it was */
};

struct draft {
	struct desk *desk;
	struct campaign c; /* its texts are those below */
	struct strbuf name, filter, persons, sender, order;
	VEC(struct draft_text *) texts; /* by channel and language */
	bool changed;			/* the store does not have it yet: fields, not texts */
	unsigned changes;		/* rises with each one */
	int64_t saved_at;		/* UTC seconds; 0: not in this screen */
};

/* A new one, not stored yet: it gets a name, SMS as its channel and an empty text. */
void draft_begin(struct draft *d, struct desk *desk);
/* Whether names in SMS are written in its alphabet. */
void draft_plain_names(struct draft *d, bool on);
/* The name of one that is given none: "Campaign of 17/11/2026". */
void draft_propose(const struct draft *d, struct strbuf *name);
/* Into a zeroed one, or over another. ERR_GONE; ERR_CAMPAIGN_STATE when it is no draft any
 * more: `d` is as it was then. */
bool draft_load(struct draft *d, struct desk *desk, int64_t id, struct err *err) MUST_USE;
void draft_release(struct draft *d);

bool draft_changed(const struct draft *d) MUST_USE;
/* Writes what is not stored yet; nothing when all is. */
bool draft_save(struct draft *d, struct err *err) MUST_USE;

/* Takes over a value; notes whether it is another one. */
void draft_set(struct draft *d, struct strbuf *field, const char *value);
/* The numbers and choices of `c` that the builder asks for. */
void draft_set_fields(struct draft *d, const struct campaign *c);
/* The channels in their order; each gets a text in the company's language if it has none. */
void draft_set_channels(struct draft *d, const enum channel *list, size_t n);
/* The channels in that order; returns how many. */
size_t draft_channels(const struct draft *d, enum channel list[CHANNEL_COUNT]);

/* NULL when there is none. */
struct draft_text *draft_text(
	const struct draft *d, enum channel channel, const char *language) MUST_USE;
/* The one that is there, or an empty one that says how to stop. */
struct draft_text *draft_text_make(struct draft *d, enum channel channel, const char *language);
/* Takes it away here and in the store. */
bool draft_text_drop(struct draft *d, struct draft_text *text, struct err *err) MUST_USE;
void draft_text_set(
	struct draft *d, struct draft_text *text, struct strbuf *field, const char *value);
/* The store's revision is another: what stands here is to be written over it. */
bool draft_insist(struct draft *d, struct err *err) MUST_USE;

/* People named one by one: how many; 0 when it goes by the filter. */
int64_t draft_persons(const struct draft *d) MUST_USE;

#endif
