#include "undo_rows.h"

#include <stddef.h>

#include "arena.h"
#include "date.h"
#include "json.h"
#include "json_out.h"

#define BEFORE_MAX ((size_t)1 << 20)

static const struct {
	const char *key;
	size_t at;
} texts[] = {
	{ "account_key", offsetof(struct customer, account_key) },
	{ "name", offsetof(struct customer, name) },
	{ "first_name", offsetof(struct customer, first_name) },
	{ "firm", offsetof(struct customer, firm) },
	{ "email", offsetof(struct customer, email) },
	{ "email_key", offsetof(struct customer, email_key) },
	{ "phone", offsetof(struct customer, phone) },
	{ "phone_e164", offsetof(struct customer, phone_e164) },
	{ "street", offsetof(struct customer, street) },
	{ "postcode", offsetof(struct customer, postcode) },
	{ "city", offsetof(struct customer, city) },
	{ "country", offsetof(struct customer, country) },
	{ "language", offsetof(struct customer, language) },
	{ "time_zone", offsetof(struct customer, time_zone) },
	{ "channels", offsetof(struct customer, channels) },
};

static const char **text_of(const struct customer *c, size_t i)
{
	return (const char **)((uintptr_t)c + texts[i].at);
}

static void finish(struct json_out *o)
{
	struct err ignored = ERR_INIT;

	json_out_end(o);
	/* Into memory with room enough: there is nothing that could fail. */
	if (!json_out_finish(o, &ignored))
		strbuf_clear(o->sb);
}

void undo_customer_before(
	const struct customer *before, const struct customer *after, struct strbuf *out)
{
	struct json_out o;

	json_out_init_buf(&o, out, false);
	json_out_object(&o, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (strcmp(*text_of(before, i), *text_of(after, i)))
			json_out_str(&o, texts[i].key, *text_of(before, i));
	if (before->kind != after->kind)
		json_out_str(&o, "kind", customer_kind_word(before->kind));
	if (before->nature != after->nature)
		json_out_str(&o, "nature", nature_word(before->nature));
	if (before->birth_day != after->birth_day)
		json_out_int(&o, "birth_day", before->birth_day);
	if (before->best_minute != after->best_minute)
		json_out_int(&o, "best_minute", before->best_minute);
	/* A digest has more bits than a JSON number keeps. */
	if (before->imported != after->imported) {
		json_out_int(&o, "imported_high", before->imported >> 32);
		json_out_int(&o, "imported_low", before->imported & UINT32_MAX);
	}
	finish(&o);
}

static bool read_texts(const struct json *top, struct arena *a, struct customer *c, struct err *err)
{
	struct json item;
	const char *text;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		if (!json_find(top, texts[i].key, &item))
			continue;
		if (!json_as_str(&item, &text, err))
			return false;
		*text_of(c, i) = arena_strdup(a, text);
	}
	if (json_find(top, "kind", &item) && json_as_str(&item, &text, err) &&
		!customer_kind_parse(text, &c->kind))
		return err_set(err, ERR_INVALID, text, "kind");
	if (json_find(top, "nature", &item) && json_as_str(&item, &text, err) &&
		!nature_parse(text, &c->nature))
		return err_set(err, ERR_INVALID, text, "nature");
	return true;
}

static bool read_number(const struct json *top, const char *key, int64_t lo, int64_t hi,
	int64_t *out, struct err *err)
{
	struct json item;

	return !json_find(top, key, &item) || json_as_int(&item, lo, hi, out, err);
}

static bool read_numbers(const struct json *top, struct customer *c, struct err *err)
{
	int64_t day = c->birth_day, minute = c->best_minute;
	int64_t high = c->imported >> 32, low = c->imported & UINT32_MAX;

	if (!read_number(top, "birth_day", INT32_MIN, INT32_MAX, &day, err) ||
		!read_number(top, "best_minute", -1, 1439, &minute, err) ||
		!read_number(top, "imported_high", INT32_MIN, INT32_MAX, &high, err) ||
		!read_number(top, "imported_low", 0, UINT32_MAX, &low, err))
		return false;
	c->birth_day = (int32_t)day;
	c->best_minute = (int)minute;
	c->imported = (int64_t)((uint64_t)high << 32 | (uint64_t)low);
	return true;
}

bool undo_customer_read(const char *json, struct arena *a, struct customer *c, struct err *err)
{
	struct json_doc *doc = json_parse(json, strlen(json), BEFORE_MAX, err);
	struct json top;
	bool ok;

	if (!doc)
		return false;
	top = json_root(doc);
	ok = read_texts(&top, a, c, err) && read_numbers(&top, c, err);
	json_free(doc);
	return ok;
}

void undo_invoice_before(int32_t due, int32_t moved_to, struct strbuf *out)
{
	struct json_out o;

	json_out_init_buf(&o, out, false);
	json_out_object(&o, NULL);
	json_out_int(&o, "due", due);
	json_out_int(&o, "moved_to", moved_to);
	finish(&o);
}

bool undo_invoice_read(const char *json, int32_t *due, int32_t *moved_to, struct err *err)
{
	struct json_doc *doc = json_parse(json, strlen(json), BEFORE_MAX, err);
	int64_t was = DAY_NONE, now = DAY_NONE;
	struct json top;
	bool ok;

	if (!doc)
		return false;
	top = json_root(doc);
	ok = json_int(&top, "due", INT32_MIN, INT32_MAX, &was, err) &&
	     json_int(&top, "moved_to", INT32_MIN, INT32_MAX, &now, err);
	*due = (int32_t)was;
	*moved_to = (int32_t)now;
	json_free(doc);
	return ok;
}
