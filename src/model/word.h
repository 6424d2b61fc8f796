/*
 * An enumeration's values in two forms: the word that is stored and typed
 * ("AT_RISK") and the English label that is shown ("At risk"), marked with N_()
 * for ui/ and src/cli/ to translate. Each enumeration has one table of them and
 * the same three functions; tables are constant, any thread may read them.
 *
 *	const char *segment_word(enum segment v);	stored word, never translated
 *	const char *segment_label(enum segment v);	English label to translate
 *	bool segment_parse(const char *s, enum segment *v);
 *
 * Parsing takes the stored word whatever its case, and '-' for '_', so that a
 * command line can say at-risk; anything else is false and leaves *v alone. A
 * value outside the enumeration has the word and label "".
 */
#ifndef WORD_H
#define WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "i18n.h"

struct word {
	const char *word;
	const char *label;
};

/* The index in `words` of the stored word `s`, or -1. */
int word_find(const struct word *words, size_t count, const char *s);

#define WORD_FUNCTIONS(name, words)                                                                \
	const char *name##_word(enum name v)                                                       \
	{                                                                                          \
		return (size_t)v < ARRAY_SIZE(words) ? (words)[v].word : "";                       \
	}                                                                                          \
	const char *name##_label(enum name v)                                                      \
	{                                                                                          \
		return (size_t)v < ARRAY_SIZE(words) ? (words)[v].label : "";                      \
	}                                                                                          \
	bool name##_parse(const char *s, enum name *v)                                             \
	{                                                                                          \
		int i = word_find(words, ARRAY_SIZE(words), s);                                    \
                                                                                                   \
		if (i < 0)                                                                         \
			return false;                                                              \
		*v = (enum name)i;                                                                 \
		return true;                                                                       \
	}

#endif
