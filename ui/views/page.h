/*
 * Pages to be printed: HTML of one file, for A4, in the language of the screens,
 * written to the exchange folder under a name that is not taken. Everything that
 * comes from the store is escaped. Main thread.
 */
#ifndef PAGE_H
#define PAGE_H

#include "campaigns.h"
#include "customer_page.h"
#include "desk.h"

/* One customer: who it is, the score and why, what is owed. Says where the page is. */
unsigned page_customer(struct desk *d, int64_t id);
/* A list of customers, its first PAGE_ROWS, made beside the screens. */
#define PAGE_ROWS 2000
struct page_list {
	struct list_query query; /* the filter is given as text */
	const char *filter, *search;
};
unsigned page_customers(struct desk *d, const struct page_list *list);
/* All keys, in the words of the help. */
unsigned page_keys(struct desk *d);

/* A message as its receiver reads it: its HTML as it is, else its text. */
unsigned page_message(struct desk *d, const char *subject, const char *html, const char *text);

/* What a campaign came to; `m` NULL: without what it brought in. No names. */
unsigned page_campaign(
	struct desk *d, const struct campaign_card *card, const struct campaign_metrics *m);

#endif
