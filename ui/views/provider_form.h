/*
 * A provider's account in a form, made from its table of fields; pushed with an
 * `enum provider_name`. Secrets are never shown: what is typed replaces them.
 */
#ifndef PROVIDER_FORM_H
#define PROVIDER_FORM_H

#include "view.h"

extern const struct view_ops provider_form_view;

#endif
