/* Why a customer's score is what it is, as “score” and “customers show” tell it. */
#ifndef SCORE_TELL_H
#define SCORE_TELL_H

#include "cli.h"
#include "out_doc.h"

#include "scores.h"

/* Lines and tables for people; in JSON members of the object that is open. */
void score_tell(struct cli *cli, struct out_doc *d, const struct scores_why *w);

#endif
