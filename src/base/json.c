#include "json.h"

#include <cJSON.h>
#include <pthread.h>
#include <string.h>

#include "mem.h"
#include "strbuf.h"
#include "utf8.h"

/* Whole numbers up to here come through a double unharmed. */
#define EXACT_MAX 9007199254740992.0

struct json_doc {
	cJSON *root; /* owned */
};

/* cJSON keeps the place of its last error in a global that every parse writes:
 * the one lock of this file keeps two threads from writing it at once. */
static pthread_mutex_t parse_lock = PTHREAD_MUTEX_INITIALIZER;

/* What cJSON lets pass and this program does not: deep nesting, which it takes to
 * 1,000 levels of the stack, and NULs, which would cut its strings short. */
static bool scan(const char *text, size_t len, struct err *err)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (!c)
			return err_set(err, ERR_JSON, "$", "a NUL at byte %zu", i);
		if (quoted && c == '\\') {
			if (len - i > 5 && memcmp(text + i, "\\u0000", 6) == 0)
				return err_set(err, ERR_JSON, "$", "a NUL at byte %zu", i);
			i++;
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == '{' || c == '[')) {
			if (++depth > JSON_DEPTH)
				return err_set(
					err, ERR_JSON, "$", "nested too deep at byte %zu", i);
		} else if (!quoted && (c == '}' || c == ']')) {
			depth--;
		}
	}
	return true;
}

static bool only_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		s++;
	return s == end;
}

struct json_doc *json_parse(const char *text, size_t len, size_t max, struct err *err)
{
	struct json_doc *doc;
	const char *end = text;
	cJSON *root;

	if (len > max) {
		err_set(err, ERR_TOO_LARGE, "JSON", "%zu bytes, at most %zu", len, max);
		return NULL;
	}
	if (!utf8_valid(text, len)) {
		err_set(err, ERR_JSON, "$", "not UTF-8");
		return NULL;
	}
	if (!scan(text, len, err))
		return NULL;
	pthread_mutex_lock(&parse_lock);
	root = cJSON_ParseWithLengthOpts(text, len, &end, false);
	pthread_mutex_unlock(&parse_lock);
	if (!root || !only_blanks(end, text + len)) {
		cJSON_Delete(root);
		err_set(err, ERR_JSON, "$", "not JSON at byte %zu", (size_t)(end - text));
		return NULL;
	}
	doc = mem_alloc(sizeof(*doc));
	doc->root = root;
	return doc;
}

void json_free(struct json_doc *doc)
{
	if (!doc)
		return;
	cJSON_Delete(doc->root);
	free(doc);
}

struct json json_root(const struct json_doc *doc)
{
	return (struct json){ .item = doc->root };
}

static void add_path(const struct json *j, struct strbuf *out)
{
	if (!j->up) {
		strbuf_addc(out, '$');
		return;
	}
	add_path(j->up, out);
	if (j->key)
		strbuf_addf(out, ".%s", j->key);
	else
		strbuf_addf(out, "[%zu]", j->index);
}

static bool fail(const struct json *j, struct err *err, const char *detail)
{
	struct strbuf path = STRBUF_INIT;

	add_path(j, &path);
	err_set(err, ERR_JSON, path.buf, "%s", detail);
	strbuf_release(&path);
	return false;
}

bool json_find(const struct json *obj, const char *key, struct json *out)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(obj->item, key);

	if (!cJSON_IsObject(obj->item) || !item || cJSON_IsNull(item))
		return false;
	*out = (struct json){ .item = item, .up = obj, .key = key };
	return true;
}

static bool need(const struct json *obj, const char *key, struct json *out, struct err *err)
{
	*out = (struct json){ .up = obj, .key = key };
	if (!cJSON_IsObject(obj->item))
		return fail(obj, err, "an object expected");
	if (!json_find(obj, key, out))
		return fail(out, err, "missing");
	return true;
}

bool json_object(const struct json *obj, const char *key, struct json *out, struct err *err)
{
	if (!need(obj, key, out, err))
		return false;
	return cJSON_IsObject(out->item) || fail(out, err, "an object expected");
}

bool json_array(const struct json *obj, const char *key, struct json *out, struct err *err)
{
	if (!need(obj, key, out, err))
		return false;
	return cJSON_IsArray(out->item) || fail(out, err, "an array expected");
}

bool json_next(const struct json *array, struct json *out)
{
	const cJSON *item = out->item ? out->item->next : NULL;
	size_t index = out->item ? out->index + 1 : 0;

	if (!out->item && cJSON_IsArray(array->item))
		item = array->item->child;
	*out = (struct json){ .item = item, .up = array, .index = index };
	return item != NULL;
}

size_t json_count(const struct json *j)
{
	if (!cJSON_IsArray(j->item) && !cJSON_IsObject(j->item))
		return 0;
	return (size_t)cJSON_GetArraySize(j->item);
}

bool json_as_str(const struct json *j, const char **out, struct err *err)
{
	if (!cJSON_IsString(j->item))
		return fail(j, err, "a string expected");
	*out = j->item->valuestring;
	return true;
}

static bool whole_number(const cJSON *item, int64_t *out)
{
	double value = cJSON_IsNumber(item) ? item->valuedouble : EXACT_MAX;

	if (!(value > -EXACT_MAX && value < EXACT_MAX) || (double)(int64_t)value != value)
		return false;
	*out = (int64_t)value;
	return true;
}

bool json_as_int(const struct json *j, int64_t lo, int64_t hi, int64_t *out, struct err *err)
{
	int64_t value;

	if (!whole_number(j->item, &value))
		return fail(j, err, "a whole number expected");
	if (value < lo || value > hi)
		return fail(j, err, "a number out of its range");
	*out = value;
	return true;
}

/* Digits only, > 0 and within 63 bits. */
static bool id_of_text(const char *s, int64_t *out)
{
	int64_t value = 0;

	for (; *s; s++) {
		int digit = *s - '0';

		if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return value > 0;
}

bool json_as_id(const struct json *j, int64_t *out, struct err *err)
{
	int64_t value = 0;

	if (cJSON_IsString(j->item)) {
		if (!id_of_text(j->item->valuestring, &value))
			return fail(j, err, "an id expected");
	} else if (!whole_number(j->item, &value) || value <= 0) {
		return fail(j, err, "an id expected");
	}
	*out = value;
	return true;
}

bool json_as_bool(const struct json *j, bool *out, struct err *err)
{
	if (!cJSON_IsBool(j->item))
		return fail(j, err, "true or false expected");
	*out = cJSON_IsTrue(j->item);
	return true;
}

bool json_str(const struct json *obj, const char *key, const char **out, struct err *err)
{
	struct json j;

	return need(obj, key, &j, err) && json_as_str(&j, out, err);
}

bool json_int(const struct json *obj, const char *key, int64_t lo, int64_t hi, int64_t *out,
	struct err *err)
{
	struct json j;

	return need(obj, key, &j, err) && json_as_int(&j, lo, hi, out, err);
}

bool json_id(const struct json *obj, const char *key, int64_t *out, struct err *err)
{
	struct json j;

	return need(obj, key, &j, err) && json_as_id(&j, out, err);
}

bool json_bool(const struct json *obj, const char *key, bool *out, struct err *err)
{
	struct json j;

	return need(obj, key, &j, err) && json_as_bool(&j, out, err);
}
