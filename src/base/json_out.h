/*
 * Writes JSON (RFC 8259) as it goes, into a string or a file, without building
 * it in memory first. One thread at a time.
 *
 *	json_out_init_buf(&o, &sb, false);
 *	json_out_object(&o, NULL);
 *	json_out_id(&o, "id", customer.id);
 *	json_out_array(&o, "tags");
 *	json_out_str(&o, NULL, "gros");
 *	json_out_end(&o);
 *	json_out_end(&o);
 *	ok = json_out_finish(&o, err);
 *
 * `key` is the member's name inside an object, NULL inside an array and at the
 * top. Text that is not UTF-8 is written with U+FFFD for each wrong byte.
 */
#ifndef JSON_OUT_H
#define JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "compiler.h"
#include "err.h"
#include "strbuf.h"

enum { JSON_OUT_DEPTH = 32 };

struct json_out {
	struct strbuf *sb; /* what is written: borrowed, or own */
	struct strbuf own; /* what is on its way to the file */
	FILE *file;	   /* borrowed; NULL when sb is the goal */
	int reason;	   /* errno of the first write that failed */
	bool indent;
	int depth;
	char closing[JSON_OUT_DEPTH]; /* of each open object or array */
	bool filled[JSON_OUT_DEPTH];  /* it has a member already */
};

/* Appends to `sb`, *borrowed until* json_out_finish. `indent`: one member a
 * line, for people; else all on one line. */
void json_out_init_buf(struct json_out *o, struct strbuf *sb, bool indent);
/* Writes to `file`, *borrowed until* json_out_finish and not closed by it. */
void json_out_init_file(struct json_out *o, FILE *file, bool indent);
/* Everything opened has been ended. ERR_TOO_LARGE if the string's ceiling was
 * reached, ERR_IO or ERR_DISK_FULL if the file could not be written. */
bool json_out_finish(struct json_out *o, struct err *err) MUST_USE;

void json_out_object(struct json_out *o, const char *key);
void json_out_array(struct json_out *o, const char *key);
/* Ends the innermost open object or array. */
void json_out_end(struct json_out *o);

/* NULL is written as null. */
void json_out_str(struct json_out *o, const char *key, const char *value);
void json_out_int(struct json_out *o, const char *key, int64_t value);
/* As a string: a reader that takes numbers for doubles rounds over 2^53. */
void json_out_id(struct json_out *o, const char *key, int64_t id);
/* A number with `decimals` (0 to 18) digits after the point: 1250, 2 is 12.50. */
void json_out_decimal(struct json_out *o, const char *key, int64_t value, int decimals);
void json_out_bool(struct json_out *o, const char *key, bool value);
void json_out_null(struct json_out *o, const char *key);

#endif
