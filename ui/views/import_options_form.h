/*
 * What may be decided about an import beside its columns: what the file holds and
 * how it is written, decimals, dates and currencies, and on which legal basis
 * customers may be written to. Pushed with a struct import_options_show.
 */
#ifndef IMPORT_OPTIONS_FORM_H
#define IMPORT_OPTIONS_FORM_H

#include "view.h"

struct import_work;

struct import_options_show {
	struct import_work *work; /* *borrowed* by the screen below */
};

extern const struct view_ops import_options_view;

#endif
