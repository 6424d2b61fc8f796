#include "customer_page.h"

#include "word.h"

static const struct word words[LIST_ORDERS] = {
	[LIST_NAME] = { "name", N_("Name") },
	[LIST_CITY] = { "city", N_("City") },
	[LIST_SCORE] = { "score", N_("Score") },
	[LIST_CHURN] = { "churn", N_("Departure risk") },
	[LIST_REVENUE] = { "revenue", N_("Invoiced incl. tax") },
	[LIST_OVERDUE] = { "overdue", N_("Overdue") },
	[LIST_LAST_PURCHASE] = { "last_purchase", N_("Last purchase") },
	[LIST_LAST_INTERACTION] = { "last_interaction", N_("Last interaction") },
	[LIST_SEGMENT] = { "segment", N_("Segment") },
};

const char *list_order_word(enum list_order order)
{
	return (size_t)order < LIST_ORDERS ? words[order].word : "";
}

const char *list_order_label(enum list_order order)
{
	return (size_t)order < LIST_ORDERS ? words[order].label : "";
}

bool list_order_parse(const char *s, enum list_order *order)
{
	int i = word_find(words, LIST_ORDERS, s);

	if (i < 0)
		return false;
	*order = (enum list_order)i;
	return true;
}
