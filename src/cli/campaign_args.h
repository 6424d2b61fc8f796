/*
 * A campaign as the command line gives it: from JSON, from options over that, with its
 * texts. What is wrong is told as a usage error.
 */
#ifndef CAMPAIGN_ARGS_H
#define CAMPAIGN_ARGS_H

#include "cli.h"

#include "campaigns.h"

#define CAMPAIGN_TEXTS_MAX 16

struct campaign_args {
	struct campaign campaign;
	struct campaign_content texts[CAMPAIGN_TEXTS_MAX];
	int n_texts;
	bool unknown; /* rows of --list name nobody; that has been told */
};

/* What --json and the options say over what `a` holds; texts beside. false after telling
 * what is wrong, or with `err` set. */
bool campaign_args_take(struct cli *cli, struct campaign_args *a, struct err *err) MUST_USE;
/* "2026-12-01 09:00" by the company's clock, or an instant in UTC; "now" and "" are 0. */
bool campaign_args_instant(
	struct cli *cli, const char *name, const char *text, int64_t *out) MUST_USE;
/* The options that create and edit have in common. */
extern const struct cli_option campaign_options[];
/* The shape of the JSON, for --help and the man page. */
void campaign_args_terms(struct cli_terms *to);

#endif
