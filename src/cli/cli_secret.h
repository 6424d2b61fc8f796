/*
 * What nobody is to see: typed on the terminal without being shown, or a line of the
 * standard input; never an argument, which other users of the machine can read.
 */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli.h"

#define CLI_SECRET_MAX 4096

/* Wipe it after use. `prompt` is already translated. false after telling what is wrong:
 * nothing was typed, it is too long, or Ctrl-C. */
bool cli_secret(const struct cli *cli, const char *prompt, char out[CLI_SECRET_MAX]) MUST_USE;

#endif
