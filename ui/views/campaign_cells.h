/*
 * How campaigns and their messages stand in cells and sentences: states with their
 * sign, channels, rates, costs, and why sending waits. Everything is appended. Main
 * thread.
 */
#ifndef CAMPAIGN_CELLS_H
#define CAMPAIGN_CELLS_H

#include "campaigns.h"
#include "cells.h"

/* "● Under way": the sign and the word; its role. */
void campaign_add_status(struct strbuf *out, const struct look *look, enum campaign_status status);
enum role campaign_status_role(enum campaign_status status);
enum role campaign_message_role(enum message_status status);

/* "SMS, e-mail": in the campaign's own order where it has one. */
void campaign_add_channels(struct strbuf *out, const struct campaign *c);
/* Whether the channels can tell at all that a message was opened, a link followed. */
bool campaign_tells_opens(uint32_t channels);
bool campaign_tells_clicks(uint32_t channels);

/* Tenths of a percent, half up; 0 of nothing. */
int64_t campaign_tenths(int64_t n, int64_t of);
/* "97.1%". */
void campaign_add_rate(struct strbuf *out, const struct desk *d, int64_t n, int64_t of);
/* "34/120" while some have not gone, else "120". */
void campaign_add_sent(struct strbuf *out, const struct desk *d, const struct campaign_funnel *f);

/* What has left, and what has not. */
struct campaign_gone {
	int64_t gone, on_way, uncertain, held;
};

/* Adds those of a campaign. */
bool campaign_gone(struct desk *d, int64_t id, struct campaign_gone *sum, struct err *err) MUST_USE;
/* "Gone 412 · on the way 1 · held 787." */
void campaign_add_gone(struct strbuf *out, const struct desk *d, const struct campaign_gone *gone);

/* A cost, in hundredths of a minor unit, rounded up to whole ones. */
void campaign_add_cost(struct strbuf *out, const struct desk *d, int64_t hundredths);
/* "14:32", with the day before it unless it is today. */
void campaign_add_until(struct strbuf *out, const struct desk *d, int64_t at);
/* "resumes at 14:32 (limit of Orange)": why the messages of a channel wait. */
void campaign_add_wait(struct strbuf *out, const struct desk *d, const struct campaign_wait *w);
/* Who carried it, "–" if nobody. */
void campaign_add_provider(struct strbuf *out, const struct look *look, int provider);

#endif
