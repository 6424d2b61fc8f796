/*
 * A form in a box: a question with fields. Enter answers (in a text of several
 * lines it types), Ctrl-S always does; what is wrong is said beside its field.
 */
#ifndef FORM_BOX_H
#define FORM_BOX_H

#include "form.h"
#include "overlay.h"

/* `form` is *borrowed* until the box is closed; the texts are copied. The answer
 * is 0, or ANSWER_NONE; the values are then in the form, and checked. */
struct overlay *form_box_new(
	const char *title, const char *text, struct form *form, const char *ok) MUST_USE;

#endif
