/* Why two records may be one customer, in words. */
#ifndef DUPLICATE_TELL_H
#define DUPLICATE_TELL_H

#include "cli.h"
#include "out.h"

#include "duplicates.h"

/* Appends "same e-mail, similar name" of a set of DUPLICATE_*. */
void duplicate_words(uint32_t why, struct strbuf *out);
/* The cell of a table; in JSON "EMAIL,NAME". */
void duplicate_tell_why(struct cli *cli, struct out_table *t, uint32_t why);

#endif
