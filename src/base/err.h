/*
 * What went wrong, for the layer that must put it into words. Functions that
 * can fail take a `struct err *err` last, return false or NULL, and leave it
 * untouched on success. `err` may not be NULL.
 *
 * A code has one sentence (err.def): what happened, what it means, what to do.
 * It is English source text; ui/ and src/cli/ translate it. `subject` goes into
 * the sentence's %s: a file, a number, a name. `detail` is English for the log
 * and for --verbose, never part of the sentence.
 */
#ifndef ERR_H
#define ERR_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"

enum err_code {
	ERR_NONE,
#define ERR_(id, sentence) ERR_##id,
#include "err.def"
#undef ERR_
	ERR_COUNT
};

struct err {
	enum err_code code;
	char subject[256];
	char detail[256];
};

#define ERR_INIT { .code = ERR_NONE }

/* Fills `err` and returns false, so that a caller can `return err_set(...)`.
 * `subject` may be NULL; the detail is optional printf text ("" for none). */
bool err_set(struct err *err, enum err_code code, const char *subject, const char *fmt, ...)
	PRINTF(4, 5);
/* The same with the reason of errno as the detail. */
bool err_set_errno(struct err *err, enum err_code code, const char *subject);
void err_clear(struct err *err);
/* The untranslated sentence, with at most one %s. */
const char *err_sentence(enum err_code code);
/* The code's stable name for scripts and logs, "STORE_NEWER". */
const char *err_name(enum err_code code);
/* The sentence through `translate` (gettext) with its subject in place. */
void err_words(const struct err *err, char *(*translate)(const char *), struct strbuf *out);

#endif
