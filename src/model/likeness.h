/*
 * How much two names are alike, to find people and firms that were entered twice,
 * and keys by which an index finds whom a name must be compared with at all. Pure
 * integers over folded text (fold.h); any thread.
 *
 * A name is cut into words. Legal forms, titles and articles do not count (SARL,
 * S.A., Établissements, & Fils, Mme, de la), unless nothing else is left. Words of
 * two names are paired, the best first, by Jaro-Winkler; an initial goes with any
 * word it begins. The likeness is the share of letters in paired words, each pair
 * weighed by its own; order does not matter. Names written together or apart are
 * also compared as one string ("Faso Tex", "Fasotex") by edit distance, and the
 * greater of the two counts. Names whose numbers differ ("Agence 1", "Agence 2") are
 * not the same whatever else is.
 *
 * W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage", 1990.
 */
#ifndef LIKENESS_H
#define LIKENESS_H

#include <stddef.h>
#include <stdint.h>

#include "compiler.h"

/* From here two names are shown as one customer's, most likely: spelling, order of
 * the words, legal form. */
#define LIKENESS_SAME 93
/* From here they are worth a look when something else agrees (city, birth date, part
 * of the phone), not alone: Issa and Issaka Ouédraogo are two people. */
#define LIKENESS_CLOSE 85

#define LIKENESS_TEXT_MAX 200 /* bytes looked at; the rest of a name is left aside */
#define LIKENESS_WORDS 10     /* words looked at */

struct likeness_word {
	uint8_t at; /* in text */
	uint8_t len;
	uint8_t number; /* holds a digit */
};

/* A name made ready: do it once for one that is compared with many. */
struct likeness_name {
	char text[LIKENESS_TEXT_MAX + 1]; /* the words that count, together */
	uint8_t len;
	uint8_t count;
	struct likeness_word words[LIKENESS_WORDS];
};

/* `folded` is what fold_add or fold_words made of the name. */
void likeness_read(struct likeness_name *name, const char *folded);
/* 0 to 100; 100 for names that are equal in what counts, 0 when one has no words. */
int likeness_of(const struct likeness_name *a, const struct likeness_name *b) MUST_USE;

/*
 * Keys of a name for an index: names that are worth comparing share one at least.
 * Each is made of how two of the name's words sound (their consonants, spelling
 * variants such as ph/f, ou/w, k/c/qu, doubled letters and vowels made equal), one
 * more of the whole written together. A pair of words rather than one, because half
 * a town may be called Ouédraogo. What the keys do not find: two names that differ
 * in the consonants of all but one of their words.
 */
#define LIKENESS_KEYS 7
#define LIKENESS_KEY_MAX 12 /* bytes, with the NUL */

/* Fills `keys` and returns how many: 0 for a name without words. All different. */
size_t likeness_keys(const struct likeness_name *name, char keys[LIKENESS_KEYS][LIKENESS_KEY_MAX]);

#endif
