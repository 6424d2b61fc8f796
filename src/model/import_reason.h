/*
 * Why a line of an import is refused, or taken in without one of its values: a
 * code that is stored and a sentence that is shown, with the field's label and
 * what stood in the file put in. Pure; any thread.
 */
#ifndef IMPORT_REASON_H
#define IMPORT_REASON_H

#include "compiler.h"
#include "mapping.h"
#include "strbuf.h"

enum import_reason {
	REASON_NONE,
#define REASON_(code, sentence) REASON_##code,
#include "import_reason.def"
#undef REASON_
	REASON_COUNT
};

/* "NO_SUCH_DAY", as stored. */
const char *import_reason_name(enum import_reason reason);
/* English, to be translated, with {field} and {value} in it. Of a stored name, also
 * of a fault of the line ("NUL_BYTE", rows.h); "" for a name nobody knows. */
const char *import_reason_sentence(const char *name);
/* The sentence in a person's language; `field` is the field's typed name or "". */
void import_reason_words(const char *name, enum import_kind kind, const char *field,
	const char *value, char *(*translate)(const char *), struct strbuf *out);

#endif
