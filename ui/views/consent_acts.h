/*
 * What a person agreed to or refused, noted for one customer, and a slip in that
 * taken back within its day. Boxes of `acts`; the rules are consent.h's.
 */
#ifndef CONSENT_ACTS_H
#define CONSENT_ACTS_H

#include "acts.h"

unsigned consent_acts_note(struct acts *a, int64_t id);
/* Of the line acts_menu_of was given. */
unsigned consent_acts_correct(struct acts *a, int64_t id);

#endif
