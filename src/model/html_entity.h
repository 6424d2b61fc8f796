/*
 * The entities of HTML: &eacute; &#233; &#xE9;. The names are those of ISO 8859-1
 * and of common typography. Pure; any thread.
 *
 * Source: HTML Living Standard, "Named character references" and "Numeric character
 * reference end state" (numbers from 128 to 159 mean Windows-1252).
 */
#ifndef HTML_ENTITY_H
#define HTML_ENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "compiler.h"

/* Reads the entity at `s`, which begins with '&', and returns the bytes it took: 0
 * if it is none that is known. `*cp` is 0 for one that stands for no character. */
size_t html_entity(const char *s, size_t len, uint32_t *cp) MUST_USE;

#endif
