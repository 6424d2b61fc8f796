/* The screens there are, in the order of their tabs. */
#ifndef PLACES_H
#define PLACES_H

#include "desk.h"

/* Fills the places of `config`; without a company there is only the first start. */
void places_of(const struct desk *d, struct ui_config *config);

#endif
