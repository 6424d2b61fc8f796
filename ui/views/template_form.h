/*
 * Writing a new version of a template's text. Pushed with a `const struct template_text *`.
 */
#ifndef TEMPLATE_FORM_H
#define TEMPLATE_FORM_H

#include <stdint.h>

#include "view.h"

struct template_text {
	int64_t id; /* the template's */
	const char *language;
	int64_t version_id; /* to begin with; 0: the latest of the language */
};

extern const struct view_ops template_form_view;

#endif
