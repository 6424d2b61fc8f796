/*
 * Words that stand in the cells of an export: which country, which language,
 * what kind of document, person or firm. French and English, however they are
 * written; nothing is guessed from a word that is not known. Pure; any thread.
 */
#ifndef IMPORT_WORDS_H
#define IMPORT_WORDS_H

#include "country.h"
#include "kind.h"

/* By code or name; NULL if it is none. */
const struct country *import_country(const char *s);
/* "fr" or "en" of "Français", "FR", "anglais", "en_GB"; NULL for any other. */
const char *import_language(const char *s);
/* *credit is true for a credit note; false is returned for a word that is neither. */
bool import_document(const char *s, bool *credit) MUST_USE;
/* "M.", "SARL", "particulier", "personne morale"; false for a word that is neither. */
bool import_person_or_firm(const char *s, enum customer_kind *kind) MUST_USE;
/* Whether a name has a word in it that only firms have: SARL, Ets, & Fils... */
bool import_names_firm(const char *name) MUST_USE;

#endif
