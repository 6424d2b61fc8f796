/*
 * What is told of imports: how columns were understood, which lines were refused
 * and why, what it came to.
 */
#ifndef IMPORT_TELL_H
#define IMPORT_TELL_H

#include "cli.h"
#include "out_doc.h"

#include "exports.h"
#include "imports.h"
#include "vec.h"

/* The first lines that were refused, and remarks, as an import tells them. */
struct import_told {
	struct cli *cli;
	size_t most;		   /* of each that are kept */
	struct refused_file *file; /* of all that are refused; NULL for none */
	struct err err;		   /* of the file */
	VEC(struct import_refusal) refused;
	VEC(struct import_refusal) remarks;
};

/* For import_watch; `data` is the import_told. */
void import_told_note(void *data, const struct import_refusal *r);
void import_told_release(struct import_told *t);

/* How the columns were understood, for people. */
void import_tell_columns(struct cli *cli, FILE *to, const struct import_analysis *a);
/* The end of an import or of a dry run. */
void import_tell(struct cli *cli, const struct import_analysis *a, enum import_kind kind, bool dry,
	const struct import_result *r, const struct import_told *told);
/* The lines that were noted, of all that there are by the counts. */
void import_tell_told(struct cli *cli, struct out_doc *d, enum import_kind kind,
	const struct import_counts *counts, const struct import_told *told);

#endif
