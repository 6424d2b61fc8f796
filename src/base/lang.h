/*
 * The two languages the program speaks. What is formatted by our own code
 * (dates, amounts, numbers) takes one of them as an argument, because a message
 * to a customer goes out in the customer's language, whatever the screen's is.
 * Any thread.
 */
#ifndef LANG_H
#define LANG_H

#include <stdbool.h>

#include "compiler.h"

enum lang { LANG_EN, LANG_FR, LANG_COUNT };

/* "en", "fr". */
const char *lang_code(enum lang lang);
/* Takes a code in either case, alone or as the head of a locale's name: "fr",
 * "FR-ca", "fr_FR.UTF-8". False, and `lang` untouched, for any other language. */
bool lang_parse(const char *s, enum lang *lang) MUST_USE;

#endif
