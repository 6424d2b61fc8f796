/*
 * One template: its text in each language, as written or as a customer would read it, and
 * its versions. Pushed with a `const int64_t *`, its id.
 */
#ifndef TEMPLATE_VIEW_H
#define TEMPLATE_VIEW_H

#include "saved_template.h"
#include "strbuf.h"
#include "view.h"

extern const struct view_ops template_view;

/* Its name, of one that came with the program in the language of the screens. Appends. */
void template_add_name(struct strbuf *out, const struct saved_template *t);

#endif
