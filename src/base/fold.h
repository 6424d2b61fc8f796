/*
 * The key by which text is searched and sorted: decomposed, case-folded, marks
 * stripped, ligatures spelled out (oe, ae, ss), typographic apostrophes and
 * hyphens made plain, every run of spaces (the no-break and the narrow one
 * among them) one plain space, none at the ends. "  L’Œuvre  Noël" is
 * "l'oeuvre noel". Covers Latin, Greek and Cyrillic letters; other scripts stay
 * as they are. Keys compare as bytes. Any thread.
 *
 * The store keeps FOLD_VERSION beside the keys: raise it with any change of
 * what a text is folded to, and stores make their keys anew.
 */
#ifndef FOLD_H
#define FOLD_H

#include <stddef.h>

#include "compiler.h"
#include "strbuf.h"

#define FOLD_VERSION 1

/* U+10FFFF, which no folded text holds: the key of what is missing sorts last. */
#define FOLD_LAST "\xf4\x8f\xbf\xbf"

/* Appends the folded text. Bytes that are not UTF-8 become U+FFFD each. */
void fold_add(struct strbuf *out, const char *s);
/* The same for a key column: FOLD_LAST when `s` is NULL or folds to nothing. */
void fold_add_key(struct strbuf *out, const char *s);
/* Appends the folded text's words (runs of letters and digits) with one space
 * between two, and returns how many: "j.ouedraogo@mail.bf" has four. */
size_t fold_words(struct strbuf *out, const char *s);

#endif
