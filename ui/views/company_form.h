/*
 * A company's settings in a form: those of the session's company (pushed with
 * NULL), or a new one (with a `struct company_new`).
 */
#ifndef COMPANY_FORM_H
#define COMPANY_FORM_H

#include "view.h"

struct company_new {
	const char *country; /* to start with */
};

extern const struct view_ops company_form_view;

#endif
