/*
 * Message texts with variables: {{prenom}} or {{prenom|cher client}}. A text is
 * read once into pieces and written out for each person. Names are known ones
 * alone, in any case and with or without accents; what is unknown, not closed or
 * not allowed is refused with its place. Pure; any thread.
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "compiler.h"
#include "strbuf.h"

#define TEMPLATE_MAX ((size_t)256 << 10) /* bytes of one text */

/* What a text may ask for; the order is that of the values it is written with. */
enum template_var {
	VAR_NOM,
	VAR_PRENOM,
	VAR_ENTREPRISE,	  /* theirs */
	VAR_MA_SOCIETE,	  /* ours */
	VAR_MONTANT_ECHU, /* TRANSACTIONAL reminders only, as FACTURE and ECHEANCE */
	VAR_FACTURE,
	VAR_ECHEANCE,
	VAR_SCORE,
	VAR_SEGMENT,
	VAR_VILLE,
	VAR_DATE,
	VAR_LIEN_DESINSCRIPTION,
	VAR_STOP, /* how to stop SMS, worded for the country and the sender */
	TEMPLATE_VAR_COUNT
};

/* "prenom"; and what it stands for, English, to be translated. */
const char *template_var_name(enum template_var var);
const char *template_var_label(enum template_var var);
/* Only in messages about an invoice. */
bool template_var_transactional(enum template_var var) MUST_USE;
/* By its name or its English one ("first_name"), in any case, with or without
 * accents, a space or a hyphen for "_". */
bool template_var_find(const char *name, size_t len, enum template_var *var) MUST_USE;

struct template_piece {
	const char *text; /* the text as it is, or the fallback of a variable */
	size_t len;
	int var; /* enum template_var, or -1 for text */
};

struct template
{
	const struct template_piece *pieces; /* in the arena */
	size_t count;
	uint32_t vars; /* 1 << enum template_var, of those it asks for */
};

enum template_problem {
	TEMPLATE_UNKNOWN,   /* no variable of that name */
	TEMPLATE_OPEN,	    /* {{ without }} */
	TEMPLATE_EMPTY,	    /* {{}} */
	TEMPLATE_FORBIDDEN, /* only in messages about an invoice */
	TEMPLATE_LONG,
	TEMPLATE_CHARS, /* not UTF-8, or control characters but tabs and line ends */
	TEMPLATE_PROBLEMS
};

struct template_error {
	enum template_problem problem;
	size_t at, len;	  /* bytes of the text */
	int line, column; /* from 1; columns in characters */
};

const char *template_problem_label(enum template_problem problem);

/* `transactional`: variables about an invoice are allowed. Blanks around a name and
 * a fallback do not count. The pieces are in the arena and point into `text`, which
 * is *borrowed* for their life. false with the first error. */
bool template_parse(struct arena *a, const char *text, bool transactional, struct template *out,
	struct template_error *error) MUST_USE;

enum template_way {
	WRITE_TEXT,
	WRITE_HTML, /* values are escaped */
	WRITE_SMS,  /* no-break and narrow spaces become plain, curly apostrophes straight */
};

/* Writes it out. values[var] is NULL or "" where the person has none: then the
 * fallback, which is the author's and stands as it is, or nothing. Values are never
 * read as templates, and stay on their line whatever they hold. */
void template_write(const struct template *t, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT], struct strbuf *out);

/* Appends a page as plain text for those who read no HTML: paragraphs, lists, links
 * behind their words; at most 76 characters a line where words allow it. What is not
 * shown (head, style, script, hidden) is left out, variables stay whole. Takes any
 * bytes; no blank line at the ends. */
void html_as_text(const char *html, struct strbuf *out);

#endif
