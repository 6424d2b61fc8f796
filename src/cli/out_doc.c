#include "out_doc.h"

#include "date.h"
#include "i18n.h"
#include "json_out.h"
#include "mem.h"
#include "money.h"
#include "num.h"
#include "utf8.h"
#include "vec.h"

struct field {
	const char *label;
	const char *value;
};

struct out_doc {
	FILE *to;
	bool json;
	enum lang lang;
	bool begun; /* something stands above */
	struct json_out writer;
	struct arena arena;
	VEC(struct field) fields; /* wait for the width of their labels */
};

struct out_doc *out_doc_new(FILE *to, bool json, enum lang lang)
{
	struct out_doc *d = mem_zalloc(1, sizeof(*d));

	d->to = to;
	d->json = json;
	d->lang = lang;
	if (json) {
		json_out_init_file(&d->writer, to, true);
		json_out_object(&d->writer, NULL);
	}
	return d;
}

static void print_fields(struct out_doc *d)
{
	size_t widest = 0;

	for (size_t i = 0; i < d->fields.len; i++) {
		const char *label = d->fields.items[i].label;
		size_t width = utf8_width(label, strlen(label));

		widest = width > widest ? width : widest;
	}
	for (size_t i = 0; i < d->fields.len; i++) {
		const struct field *f = &d->fields.items[i];

		fputs(f->label, d->to);
		for (size_t w = utf8_width(f->label, strlen(f->label)); w < widest; w++)
			putc(' ', d->to);
		fprintf(d->to, "  %s\n", f->value);
	}
	d->begun = d->begun || d->fields.len;
	d->fields.len = 0;
	arena_clear(&d->arena);
}

void out_doc_end(struct out_doc *d)
{
	struct err err = ERR_INIT;

	if (d->json) {
		json_out_end(&d->writer);
		/* A write that failed is found by whoever checks the stream at the end. */
		if (json_out_finish(&d->writer, &err))
			putc('\n', d->to);
	} else {
		print_fields(d);
	}
	vec_release(&d->fields);
	arena_release(&d->arena);
	free(d);
}

static void heading(struct out_doc *d, const char *title)
{
	print_fields(d);
	if (d->begun)
		putc('\n', d->to);
	if (title)
		fprintf(d->to, "%s\n", title);
	d->begun = true;
}

void out_doc_section(struct out_doc *d, const char *key, const char *title)
{
	if (d->json)
		json_out_object(&d->writer, key);
	else
		heading(d, title);
}

void out_doc_section_end(struct out_doc *d)
{
	if (d->json)
		json_out_end(&d->writer);
	else
		print_fields(d);
}

void out_doc_line(struct out_doc *d, const char *line)
{
	if (d->json)
		return;
	print_fields(d);
	fprintf(d->to, "%s\n", line);
	d->begun = true;
}

void out_doc_lines(struct out_doc *d, const char *key, const char *text)
{
	struct strbuf clean = STRBUF_INIT;

	out_doc_text(d, key, NULL, text);
	if (d->json || !*text)
		return;
	heading(d, NULL);
	while (*text) {
		size_t len = strcspn(text, "\n");

		strbuf_clear(&clean);
		utf8_add_clean(&clean, text, len, " ");
		fprintf(d->to, clean.len ? "  %s\n" : "%s\n", clean.buf);
		text += len + (text[len] == '\n');
	}
	strbuf_release(&clean);
}

struct out_table *out_doc_table(struct out_doc *d, const char *key, const char *title,
	const struct out_column *columns, int n)
{
	if (!d->json && title)
		heading(d, title);
	else if (!d->json)
		print_fields(d);
	d->begun = true;
	return out_table_within(d->to, d->json ? &d->writer : NULL, key, d->lang, columns, n);
}

static void add(struct out_doc *d, const char *label, const char *value)
{
	struct strbuf clean = STRBUF_INIT;
	struct field f;

	if (!label || !*value)
		return;
	utf8_add_clean(&clean, value, strlen(value), " ");
	f.label = arena_strdup(&d->arena, _(label));
	f.value = arena_strdup(&d->arena, clean.buf);
	vec_push(&d->fields, f);
	strbuf_release(&clean);
}

void out_doc_said(
	struct out_doc *d, const char *key, const char *label, const char *value, const char *said)
{
	if (d->json)
		json_out_str(&d->writer, key, *value ? value : NULL);
	else
		add(d, label, said);
}

void out_doc_text(struct out_doc *d, const char *key, const char *label, const char *value)
{
	out_doc_said(d, key, label, value, value);
}

void out_doc_word(struct out_doc *d, const char *key, const char *label, const char *word,
	const char *word_label)
{
	out_doc_said(d, key, label, word, *word_label ? _(word_label) : "");
}

void out_doc_texts(
	struct out_doc *d, const char *key, const char *label, const char *const *texts, int n)
{
	struct strbuf s = STRBUF_INIT;

	if (d->json)
		json_out_array(&d->writer, key);
	for (int i = 0; i < n; i++) {
		if (d->json)
			json_out_str(&d->writer, NULL, texts[i]);
		strbuf_addf(&s, "%s%s", i ? ", " : "", texts[i]);
	}
	if (d->json)
		json_out_end(&d->writer);
	else
		add(d, label, s.buf);
	strbuf_release(&s);
}

void out_doc_bool(struct out_doc *d, const char *key, bool value)
{
	if (d->json)
		json_out_bool(&d->writer, key, value);
}

void out_doc_id(struct out_doc *d, const char *key, const char *label, int64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)id);
	if (d->json)
		json_out_id(&d->writer, key, id);
	else
		add(d, label, text);
}

void out_doc_decimal(struct out_doc *d, const char *key, const char *label, int64_t v, int decimals)
{
	struct strbuf s = STRBUF_INIT;

	if (d->json)
		json_out_decimal(&d->writer, key, v, decimals);
	else
		num_format(&s, v, decimals, d->lang);
	add(d, label, s.buf);
	strbuf_release(&s);
}

void out_doc_int(struct out_doc *d, const char *key, const char *label, int64_t v)
{
	out_doc_decimal(d, key, label, v, 0);
}

void out_doc_money(
	struct out_doc *d, const char *key, const char *label, int64_t minor, const char *currency)
{
	struct strbuf s = STRBUF_INIT;

	if (d->json)
		json_out_decimal(&d->writer, key, minor, money_decimals(currency));
	else
		money_format(&s, minor, currency, d->lang);
	add(d, label, s.buf);
	strbuf_release(&s);
}

void out_doc_day(struct out_doc *d, const char *key, const char *label, int32_t day)
{
	struct strbuf iso = STRBUF_INIT, said = STRBUF_INIT;

	date_add_iso(&iso, day);
	date_add_medium(&said, day, d->lang);
	out_doc_said(d, key, label, iso.buf, said.buf);
	strbuf_release(&iso);
	strbuf_release(&said);
}

void out_doc_instant(
	struct out_doc *d, const char *key, const char *label, int64_t at, const struct tz *tz)
{
	struct strbuf s = STRBUF_INIT;

	if (at && d->json)
		date_add_instant(&s, at);
	else if (at)
		out_say_instant(&s, at, tz, d->lang);
	out_doc_text(d, key, label, s.buf);
	strbuf_release(&s);
}
