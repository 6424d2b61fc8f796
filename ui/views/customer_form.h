/*
 * A customer's fields in a form: one that is there (pushed with its id, an
 * int64_t), or a new one (NULL). What others change meanwhile shows in it.
 */
#ifndef CUSTOMER_FORM_H
#define CUSTOMER_FORM_H

#include "view.h"

extern const struct view_ops customer_form_view;

#endif
