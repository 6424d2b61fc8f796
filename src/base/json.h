/*
 * Reads JSON that somebody else wrote: a settings file, a mapping, an answer
 * from the network. The only user of cJSON. A size and a depth are the ceiling;
 * what is wrong is named by its path, "$.columns[2].name", as ERR_JSON.
 *
 * A document belongs to one thread at a time; several threads may each read one.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

enum { JSON_DEPTH = 32 }; /* deepest nesting taken */

struct json_doc;
struct cJSON;

/*
 * A place in a document. A value on the caller's stack, which points to the place
 * it was reached from: both the document and that place outlive it.
 */
struct json {
	const struct cJSON *item;
	const struct json *up; /* NULL at the top */
	const char *key;       /* in an object, else NULL */
	size_t index;	       /* in an array */
};

/* `max` is the most bytes taken (ERR_TOO_LARGE); the text may hold one value and
 * must be UTF-8 without NUL, written as such or as \u0000. *Owned*. */
struct json_doc *json_parse(const char *text, size_t len, size_t max, struct err *err) MUST_USE;
void json_free(struct json_doc *doc);
struct json json_root(const struct json_doc *doc);

/* The member of an object; false if there is none, if it is null, or if `obj` is
 * no object. Names are compared case by case; of two equal ones the first counts. */
bool json_find(const struct json *obj, const char *key, struct json *out) MUST_USE;
/* The same where it must be there and be an object, or an array. */
bool json_object(
	const struct json *obj, const char *key, struct json *out, struct err *err) MUST_USE;
bool json_array(
	const struct json *obj, const char *key, struct json *out, struct err *err) MUST_USE;
/* Steps through an array: start with `*out` zeroed; false after the last. */
bool json_next(const struct json *array, struct json *out) MUST_USE;
/* Elements of an array, members of an object; 0 for anything else. */
size_t json_count(const struct json *j);

/* The value at a place. A string is *borrowed until* json_free. An integer has no
 * fraction and lies within lo..hi; over 2^53 it is refused, since it was rounded
 * on reading. An id is a string of digits (or a whole number up to 2^53), > 0. */
bool json_as_str(const struct json *j, const char **out, struct err *err) MUST_USE;
bool json_as_int(
	const struct json *j, int64_t lo, int64_t hi, int64_t *out, struct err *err) MUST_USE;
bool json_as_id(const struct json *j, int64_t *out, struct err *err) MUST_USE;
bool json_as_bool(const struct json *j, bool *out, struct err *err) MUST_USE;

/* The same of a member that must be there. */
bool json_str(const struct json *obj, const char *key, const char **out, struct err *err) MUST_USE;
bool json_int(const struct json *obj, const char *key, int64_t lo, int64_t hi, int64_t *out,
	struct err *err) MUST_USE;
bool json_id(const struct json *obj, const char *key, int64_t *out, struct err *err) MUST_USE;
bool json_bool(const struct json *obj, const char *key, bool *out, struct err *err) MUST_USE;

#endif
