/*
 * A message as it will be read, by one real person after the other of those it reaches.
 * It is asked from the reader, so that no key waits for an audience to be searched.
 * Main thread.
 */
#ifndef BUILDER_PREVIEW_H
#define BUILDER_PREVIEW_H

#include "campaigns.h"
#include "desk.h"
#include "vec.h"

struct preview {
	struct desk *desk;
	unsigned serial;   /* of the question on its way */
	VEC(int64_t) seen; /* people that were shown, in order */
	size_t at;	   /* the one shown */
	bool there;
	bool nobody; /* the campaign reaches nobody */
	struct campaign_preview now;
	struct arena arena; /* of `now` */
	struct err err;	    /* why there is none */
};

void preview_init(struct preview *p, struct desk *desk);
void preview_release(struct preview *p);
/* Other people are chosen: from the first one again, at the next preview_show. */
void preview_restart(struct preview *p);
/* The same person again; the text of `channel` (-1: of the one they would be written on). */
unsigned preview_show(struct preview *p, int64_t campaign_id, int channel);
unsigned preview_step(struct preview *p, int64_t campaign_id, int channel, int by);
/* The answer of that serial came. */
unsigned preview_came(struct preview *p);

/* Header, the message, and what an SMS counts; `people`: how many there are, -1 unknown. */
void preview_draw(const struct preview *p, struct canvas *c, struct rect r, int64_t people);
/* Writes it as a page that a browser opens, and says where. */
unsigned preview_page(const struct preview *p);

#endif
