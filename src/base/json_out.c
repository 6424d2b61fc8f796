#include "json_out.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>

#include "utf8.h"

#define FLUSH_AT 8192

void json_out_init_buf(struct json_out *o, struct strbuf *sb, bool indent)
{
	*o = (struct json_out){ .sb = sb, .own = STRBUF_INIT, .indent = indent };
}

void json_out_init_file(struct json_out *o, FILE *file, bool indent)
{
	*o = (struct json_out){ .own = STRBUF_INIT, .file = file, .indent = indent };
	o->sb = &o->own;
}

static void flush(struct json_out *o, size_t at_least)
{
	if (!o->file || o->own.len < at_least)
		return;
	if (fwrite(o->own.buf, 1, o->own.len, o->file) != o->own.len && !o->reason)
		o->reason = errno;
	strbuf_clear(&o->own);
}

bool json_out_finish(struct json_out *o, struct err *err)
{
	bool ok = true;

	assert(o->depth == 0);
	flush(o, 0);
	if (o->file && fflush(o->file) != 0 && !o->reason)
		o->reason = errno;
	if (!o->file && o->sb->full)
		ok = err_set(err, ERR_TOO_LARGE, "JSON", "the text's ceiling was reached");
	errno = o->reason;
	if (o->reason)
		ok = err_set_errno(err, ERR_IO, "JSON");
	strbuf_release(&o->own);
	return ok;
}

static void add_char(struct strbuf *sb, const char *s, size_t len, uint32_t cp)
{
	static const char short_names[] = "btn\0fr"; /* \b \t \n . \f \r: 8 to 13 */

	if (cp == '"' || cp == '\\')
		strbuf_addf(sb, "\\%c", (char)cp);
	else if (cp >= 8 && cp <= 13 && short_names[cp - 8])
		strbuf_addf(sb, "\\%c", short_names[cp - 8]);
	else if (cp < 0x20)
		strbuf_addf(sb, "\\u%04x", (unsigned)cp);
	else if (cp == UTF8_REPLACEMENT)
		utf8_add(sb, cp);
	else
		strbuf_add(sb, s, len);
}

static void add_quoted(struct strbuf *sb, const char *s)
{
	size_t left = strlen(s);

	strbuf_addc(sb, '"');
	while (left) {
		uint32_t cp;
		size_t plain = 0, used;

		while (plain < left && (unsigned char)s[plain] >= 0x20 && s[plain] > 0 &&
			s[plain] != '"' && s[plain] != '\\')
			plain++;
		strbuf_add(sb, s, plain);
		s += plain;
		left -= plain;
		used = utf8_decode(s, left, &cp);
		if (used)
			add_char(sb, s, used, cp);
		s += used;
		left -= used;
	}
	strbuf_addc(sb, '"');
}

static void new_line(struct json_out *o)
{
	if (!o->indent)
		return;
	strbuf_addc(o->sb, '\n');
	for (int i = 0; i < o->depth; i++)
		strbuf_adds(o->sb, "  ");
}

/* Whatever stands before a value: comma, line, name. */
static void begin_value(struct json_out *o, const char *key)
{
	flush(o, FLUSH_AT);
	if (o->depth) {
		bool *filled = &o->filled[o->depth - 1];

		assert((key != NULL) == (o->closing[o->depth - 1] == '}'));
		if (*filled)
			strbuf_addc(o->sb, ',');
		*filled = true;
		new_line(o);
	}
	if (!key)
		return;
	add_quoted(o->sb, key);
	strbuf_adds(o->sb, o->indent ? ": " : ":");
}

static void open_level(struct json_out *o, const char *key, char opening, char closing)
{
	begin_value(o, key);
	assert(o->depth < JSON_OUT_DEPTH);
	strbuf_addc(o->sb, opening);
	o->closing[o->depth] = closing;
	o->filled[o->depth] = false;
	o->depth++;
}

void json_out_object(struct json_out *o, const char *key)
{
	open_level(o, key, '{', '}');
}

void json_out_array(struct json_out *o, const char *key)
{
	open_level(o, key, '[', ']');
}

void json_out_end(struct json_out *o)
{
	assert(o->depth > 0);
	o->depth--;
	if (o->filled[o->depth])
		new_line(o);
	strbuf_addc(o->sb, o->closing[o->depth]);
}

void json_out_str(struct json_out *o, const char *key, const char *value)
{
	begin_value(o, key);
	if (value)
		add_quoted(o->sb, value);
	else
		strbuf_adds(o->sb, "null");
}

void json_out_int(struct json_out *o, const char *key, int64_t value)
{
	begin_value(o, key);
	strbuf_addf(o->sb, "%" PRId64, value);
}

void json_out_id(struct json_out *o, const char *key, int64_t id)
{
	begin_value(o, key);
	strbuf_addf(o->sb, "\"%" PRId64 "\"", id);
}

void json_out_decimal(struct json_out *o, const char *key, int64_t value, int decimals)
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t unit = 1;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	begin_value(o, key);
	strbuf_addf(o->sb, "%s%" PRIu64, value < 0 ? "-" : "", magnitude / unit);
	if (decimals)
		strbuf_addf(o->sb, ".%0*" PRIu64, decimals, magnitude % unit);
}

void json_out_bool(struct json_out *o, const char *key, bool value)
{
	begin_value(o, key);
	strbuf_adds(o->sb, value ? "true" : "false");
}

void json_out_null(struct json_out *o, const char *key)
{
	begin_value(o, key);
	strbuf_adds(o->sb, "null");
}
