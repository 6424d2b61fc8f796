/* How a command's `terms` are written: for --help, or for the man page. */
#ifndef HELP_TERMS_H
#define HELP_TERMS_H

#include <stdio.h>

struct cli_terms {
	FILE *out;
	void (*title)(FILE *out, const char *title);
	void (*term)(FILE *out, const char *name, const char *words);
};

/* The part of the man page that the tables know; data/ecompta-crm.1.in has the rest. */
void help_man(FILE *out);

#endif
