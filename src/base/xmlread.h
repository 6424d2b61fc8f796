/*
 * The XML of an office document, read as a stream of elements and text that can
 * be paused, so that a row is handed out as soon as it is complete. The only
 * home of expat.h.
 *
 * No document may define entities (a DTD is refused), nest deeper than
 * XMLREAD_MAX_DEPTH, or hold a single tag over XMLREAD_MAX_TOKEN: expat would
 * keep it whole. One thread at a time.
 */
#ifndef XMLREAD_H
#define XMLREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "err.h"
#include "package.h"

#define XMLREAD_MAX_DEPTH 64
#define XMLREAD_MAX_TOKEN ((int64_t)1 << 20)

struct xmlread;

/* Names come without their prefix. `attrs` is name, value, name, ..., NULL. */
struct xmlread_ops {
	void (*open)(struct xmlread *xml, void *ctx, const char *name, const char **attrs);
	void (*close)(struct xmlread *xml, void *ctx, const char *name);
	void (*text)(struct xmlread *xml, void *ctx, const char *text, size_t len);
};

enum xmlread_status { XMLREAD_PAUSED, XMLREAD_END, XMLREAD_FAILED };

/* The part is *taken*; ops and ctx are *borrowed until* it is closed. */
struct xmlread *xmlread_open(struct part *part, const struct xmlread_ops *ops, void *ctx);
void xmlread_close(struct xmlread *xml);
/* The same, with part_abandon. */
void xmlread_abandon(struct xmlread *xml);
const struct part *xmlread_part(const struct xmlread *xml);

/* Reads on until an operation pauses it, to the end, or to an error. */
enum xmlread_status xmlread_go(struct xmlread *xml, struct err *err) MUST_USE;

/* For the operations: stop after this one; stop for good with an error. */
void xmlread_pause(struct xmlread *xml);
void xmlread_fail(struct xmlread *xml, enum err_code code, const char *detail);
/* The value of an attribute by its name without prefix, or NULL. */
const char *xmlread_attr(const char **attrs, const char *name);

/* Reads a whole part. */
bool xmlread_part_all(struct package *package, const char *name, const struct xmlread_ops *ops,
	void *ctx, struct err *err) MUST_USE;

#endif
