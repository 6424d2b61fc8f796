/* Customers who may have been entered twice: pairs, the likeliest first. */
#ifndef DUPLICATES_VIEW_H
#define DUPLICATES_VIEW_H

#include "strbuf.h"
#include "view.h"

extern const struct view_ops duplicates_view;

/* Why two may be one: "same phone, names 92 %". */
void duplicate_reasons(struct strbuf *out, uint32_t why, int likeness);

#endif
