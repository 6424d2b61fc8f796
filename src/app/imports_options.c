#include "imports_private.h"

#include "json.h"
#include "json_out.h"
#include "lang.h"

#define OPTIONS_MAX ((size_t)1 << 20)
#define LIST_MAX 512

static void write_texts(struct json_out *o, const char *key, const char *const *texts, size_t n)
{
	if (!n)
		return;
	json_out_array(o, key);
	for (size_t i = 0; i < n; i++)
		json_out_str(o, NULL, texts[i]);
	json_out_end(o);
}

static void write_char(struct json_out *o, const char *key, char c)
{
	char text[2] = { c, '\0' };

	if (c)
		json_out_str(o, key, text);
}

static void write_flag(struct json_out *o, const char *key, bool flag)
{
	if (flag)
		json_out_bool(o, key, true);
}

static void write_common(struct json_out *out, const struct import *im)
{
	struct strbuf map = STRBUF_INIT;

	mapping_write(&im->mapping, &map);
	json_out_str(out, "map", map.buf);
	write_char(out, "decimal", im->o.decimal);
	if (im->o.dates)
		json_out_str(out, "dates", im->o.dates == IMPORT_DATES_MDY ? "mdy" : "dmy");
	strbuf_release(&map);
}

void import_options_write(const struct import *im, struct strbuf *text)
{
	const struct import_options *o = &im->o;
	struct err ignored = ERR_INIT;
	struct json_out out;

	json_out_init_buf(&out, text, false);
	json_out_object(&out, NULL);
	write_common(&out, im);
	json_out_str(&out, "header", im->header_raw);
	json_out_bool(&out, "has_header", im->analysis.has_header);
	if (o->sheet)
		json_out_str(&out, "sheet", o->sheet);
	write_char(&out, "delimiter", o->delimiter);
	if (o->charset)
		json_out_str(&out, "charset", charset_name(o->charset));
	if (o->currency)
		json_out_str(&out, "currency", o->currency);
	write_texts(&out, "rates", o->rates, o->n_rates);
	write_flag(&out, "merge_same_day", o->merge_same_day);
	write_flag(&out, "create_customers", o->create_customers);
	write_flag(&out, "existing_customers", o->existing_customers);
	write_flag(&out, "collected_at_sale", o->collected_at_sale);
	write_flag(&out, "similar_goods", o->similar_goods);
	write_flag(&out, "told_they_may_refuse", o->told_they_may_refuse);
	json_out_end(&out);
	/* Into memory with room enough: there is nothing that could fail. */
	if (!json_out_finish(&out, &ignored))
		strbuf_clear(text);
}

/* --- and back --- */

static const char *read_text(const struct json *top, const char *key, struct arena *a)
{
	struct err ignored = ERR_INIT;
	const char *text;

	return json_str(top, key, &text, &ignored) ? arena_strdup(a, text) : NULL;
}

static bool read_flag(const struct json *top, const char *key)
{
	struct err ignored = ERR_INIT;
	bool flag = false;

	return json_bool(top, key, &flag, &ignored) && flag;
}

/* The fields of a written mapping as --map options. */
static void read_maps(const char *map, struct arena *a, struct import_options *o)
{
	const char **maps = arena_zalloc(a, LIST_MAX, sizeof(*maps));

	o->n_maps = 0;
	while (*map && o->n_maps < LIST_MAX) {
		size_t len = strcspn(map, ",");

		maps[o->n_maps++] = arena_strndup(a, map, len);
		map += len + (map[len] == ',');
	}
	o->maps = maps;
}

static void read_rates(const struct json *top, struct arena *a, struct import_options *o)
{
	const char **rates = arena_zalloc(a, IMPORT_MAX_RATES, sizeof(*rates));
	struct json list, item = { .item = NULL };
	struct err ignored = ERR_INIT;
	const char *text;

	o->n_rates = 0;
	o->rates = rates;
	if (!json_find(top, "rates", &list))
		return;
	while (o->n_rates < IMPORT_MAX_RATES && json_next(&list, &item))
		if (json_as_str(&item, &text, &ignored))
			rates[o->n_rates++] = arena_strdup(a, text);
}

static void read_source(const struct json *top, struct arena *a, struct import_options *o)
{
	const char *text = read_text(top, "delimiter", a);

	o->delimiter = text ? *text : '\0';
	text = read_text(top, "charset", a);
	for (int c = 0; text && c < CHARSET_COUNT; c++)
		if (!strcmp(charset_name((enum charset)c), text))
			o->charset = (enum charset)c;
	o->sheet = read_text(top, "sheet", a);
	o->header = read_flag(top, "has_header") ? IMPORT_HEADER_YES : IMPORT_HEADER_NO;
}

bool import_options_read(
	const char *json, struct arena *a, struct import_options *o, struct err *err)
{
	struct json_doc *doc = json_parse(json, strlen(json), OPTIONS_MAX, err);
	struct json top;
	const char *text;

	if (!doc)
		return false;
	top = json_root(doc);
	text = read_text(&top, "map", a);
	read_maps(text ? text : "", a, o);
	text = read_text(&top, "decimal", a);
	o->decimal = text ? *text : '\0';
	text = read_text(&top, "dates", a);
	o->dates = !text ? IMPORT_DATES_FIND : *text == 'm' ? IMPORT_DATES_MDY : IMPORT_DATES_DMY;
	read_source(&top, a, o);
	o->currency = read_text(&top, "currency", a);
	read_rates(&top, a, o);
	o->merge_same_day = read_flag(&top, "merge_same_day");
	o->create_customers = read_flag(&top, "create_customers");
	o->existing_customers = read_flag(&top, "existing_customers");
	o->collected_at_sale = read_flag(&top, "collected_at_sale");
	o->similar_goods = read_flag(&top, "similar_goods");
	o->told_they_may_refuse = read_flag(&top, "told_they_may_refuse");
	json_free(doc);
	return true;
}

/* --- the mapping of a header line --- */

bool import_recall(struct import *im, struct err *err)
{
	struct import_options last = { .kind = im->o.kind };
	const char *json;

	if (!store_mapping_get(im->s->db, im->s->company.id, im->o.kind, im->header_hash, &im->keep,
		    &json, err))
		return false;
	if (!*json)
		return true;
	if (!import_options_read(json, &im->keep, &last, err))
		return false;
	for (size_t i = 0; i < last.n_maps; i++)
		mapping_read(&im->mapping, last.maps[i], im->columns.len);
	if (!im->o.decimal)
		im->o.decimal = last.decimal;
	if (!im->o.dates)
		im->o.dates = last.dates;
	im->analysis.remembered = true;
	return true;
}

bool import_remember(struct import *im, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	struct json_out out;
	bool ok = true;

	if (!im->analysis.has_header)
		return true;
	json_out_init_buf(&out, &text, false);
	json_out_object(&out, NULL);
	write_common(&out, im);
	json_out_end(&out);
	ok = json_out_finish(&out, err) && store_mapping_put(im->s->db, im->s->company.id,
						   im->o.kind, im->header_hash, text.buf, err);
	strbuf_release(&text);
	return ok;
}
