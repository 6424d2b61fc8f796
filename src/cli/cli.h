/*
 * The command line: a table of commands, one cmd_*.c a family. A command is
 * one row; its options are rows too, and parsing, --help, the man page and the
 * completions are all made from those rows.
 */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "arena.h"
#include "err.h"
#include "session.h"

/* What a script learns from the exit code. Documented in the man page. */
enum cli_exit {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,  /* it could not be done; nothing was changed */
	EXIT_USAGE = 2,	  /* the command line is not right */
	EXIT_MISSING = 3, /* what was asked for does not exist */
	EXIT_REFUSED = 4, /* done, but some lines were refused */
	EXIT_BUSY = 5,	  /* another program holds the store: try again */
	EXIT_FORBIDDEN = 6,
	EXIT_FINDINGS = 7, /* doctor: something is wrong with the store */
	EXIT_STOPPED = 8,  /* stopped by Ctrl-C; what was done is kept */
};

struct cli_option {
	const char *name; /* "--from"; NULL ends the table */
	const char *arg;  /* N_("DAY"), or choices "csv|json"; NULL: a switch */
	const char *help; /* N_() */
	bool many;	  /* may be given several times */
};

/* A value given, in the order of the command line. */
struct cli_value {
	const struct cli_option *option;
	const char *text; /* borrowed from argv; "" for a switch */
};

struct cmd;

/* Progress on stderr while it is a terminal, see cli_progress. */
struct cli_meter {
	struct progress progress;
	const char *what;
	struct clock clock;
	int64_t began_ms;
	int64_t shown_ms;
	bool show;
	bool shown;
};

struct cli {
	const struct cmd *cmd;
	struct session *s; /* owned; NULL for a command that needs no store */
	struct tz *tz;	   /* owned: the company's, UTC where it is not known; NULL as s */
	struct arena arena;
	FILE *out;
	enum lang lang;
	bool json;
	bool verbose;
	bool quiet;
	const char *store;
	const char *company;
	struct cli_value *values; /* in the arena */
	int n_values;
	const char **args; /* what is not an option, in the arena */
	int n_args;
	struct cli_meter meter;
};

/* What a command needs before it runs. */
enum cmd_needs {
	NEEDS_NOTHING,
	NEEDS_STORE,   /* an existing store; there may be no company yet */
	NEEDS_COMPANY, /* a store with a company chosen */
	MAKES_STORE,   /* the store is made if there is none */
};

struct cli_terms;

struct cmd {
	const char *name; /* "customers list" */
	const char *args; /* N_("[FILTER]"), "" if none */
	const char *help; /* N_(), one line */
	const char *more; /* N_(), a paragraph for --help and the man page; NULL if none */
	const struct cli_option *options;    /* NULL if none */
	void (*terms)(struct cli_terms *to); /* lists for --help and man page; NULL if none */
	int min_args, max_args;
	enum cmd_needs needs;
	int (*run)(struct cli *cli);
};

/* Every command, in the order of the help; ended by NULL. */
extern const struct cmd *const cmd_table[];
/* Those that every command takes. */
extern const struct cli_option cli_common[];

/* Runs one command line; the return value is the program's exit code. */
int cli_run(int argc, char **argv);
/* Whether these arguments name a command, or are options for one (--help). */
bool cli_wants(int argc, char **argv);
/* The last value of an option that must be known before the line is read; NULL if
 * it is not there. `argv` begins with the first option. */
const char *cli_early(int argc, char **argv, const char *name);

/* The option's last value, or `none`. The name must be in the command's table. */
const char *cli_get(const struct cli *cli, const char *name, const char *none);
bool cli_has(const struct cli *cli, const char *name);
/* All its values in their order, in the arena; how many. */
size_t cli_all(struct cli *cli, const char *name, const char *const **out);
/* A whole number in [min, max], or `none`; false after telling what is wrong. */
bool cli_number(const struct cli *cli, const char *name, int64_t min, int64_t max, int64_t none,
	int64_t *out) MUST_USE;

/* What a command's `terms` gives: headings and names with what they mean, already
 * translated. */
void cli_terms_title(struct cli_terms *to, const char *title);
void cli_term(struct cli_terms *to, const char *name, const char *words);

/* Prints the error as one sentence on stderr and returns the exit code for it. An
 * error that was not set stands for a usage error that was told already. */
int cli_fail(const struct cli *cli, const struct err *err);
/* A usage error in the command's own words (already translated). */
int cli_usage(const struct cli *cli, const char *fmt, ...) PRINTF(2, 3);

/*
 * Progress on stderr while it is a terminal: one line, rewritten twice a
 * second; Ctrl-C asks to stop, the second one kills. *Borrowed until* the next
 * call.
 */
const struct progress *cli_progress(struct cli *cli, const char *what);
/* Ends the line. */
void cli_progress_end(struct cli *cli);

#endif
