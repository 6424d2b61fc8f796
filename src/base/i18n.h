/*
 * Translation marks. N_() only marks a text for translation and stands in
 * tables of every layer; _() and ngettext translate and stand where a text is
 * drawn or printed: in ui/ and src/cli/.
 */
#ifndef I18N_H
#define I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
