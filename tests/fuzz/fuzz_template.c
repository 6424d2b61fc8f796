/*
 * Any bytes as a message text, up to the first NUL, and what comes after it as the
 * values: parsed, written in every form, counted and spelled as an SMS, read as a
 * page. What must hold of the results is checked; a breach aborts.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sms.h"
#include "template.h"
#include "utf8.h"

#define LINE_WIDTH 76

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static size_t count_char(const char *s, size_t len, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == c;
	return n;
}

static void check_parts(const struct sms_count *c, int one, int part)
{
	if (c->units <= one) {
		must(c->parts == (c->units > 0) && c->left == one - c->units);
		return;
	}
	/* A part loses one unit at most. */
	must(c->parts >= (c->units + part - 1) / part);
	must(c->parts <= (c->units + part - 2) / (part - 1));
	must(c->left >= 0 && c->left < part);
}

static void check_sms(const char *text)
{
	struct strbuf spelled = STRBUF_INIT;
	struct strbuf again = STRBUF_INIT;
	struct sms_count count;
	size_t at = 0, len = 0;
	bool offends = sms_offender(text, &at, &len);
	bool all;

	must(!offends || (len >= 1 && at + len <= strlen(text)));
	sms_count(text, &count);
	must(count.encoding == (offends ? SMS_UCS2 : SMS_GSM7));
	if (offends)
		check_parts(&count, 70, 67);
	else
		check_parts(&count, 160, 153);
	all = sms_spell(text, &spelled);
	must(utf8_valid(spelled.buf, spelled.len) && spelled.len <= 3 * strlen(text));
	must(all == !sms_offender(spelled.buf, &at, &len));
	must(sms_spell(spelled.buf, &again) == all && !strcmp(again.buf, spelled.buf));
	strbuf_release(&spelled);
	strbuf_release(&again);
}

/* A line is too long only where one word is. */
static void check_line(const char *line, size_t len)
{
	size_t words = strspn(line, " >-0123456789.");

	must(!len || line[len - 1] != ' ');
	if (utf8_width(line, len) > LINE_WIDTH && words < len)
		must(!memchr(line + words, ' ', len - words) || strstr(line, "{{"));
}

static void check_page(const char *html)
{
	struct strbuf out = STRBUF_INIT;
	size_t len;

	html_as_text(html, &out);
	must(!out.full && utf8_valid(out.buf, out.len) && out.len <= 32 * strlen(html) + 64);
	must(!strstr(out.buf, "\n\n\n") && (!out.len || out.buf[out.len - 1] != '\n'));
	for (const char *line = out.buf; *line; line += len, line += *line == '\n') {
		len = strcspn(line, "\n");
		for (size_t at = 0; at < len;) {
			uint32_t cp;

			at += utf8_decode(line + at, len - at, &cp);
			must(!utf8_is_control(cp));
		}
		check_line(line, len);
	}
	strbuf_release(&out);
}

/* Signs of markup come from the author alone, and a value adds no line. */
static void check_forms(const struct template *t, const char *const values[])
{
	struct strbuf out = STRBUF_INIT;
	size_t signs = 0, lines = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct template_piece *piece = &t->pieces[i];
		bool given = piece->var >= 0 &&
			     values[piece->var][strspn(values[piece->var], " \t\r\n")];

		must(piece->var < TEMPLATE_VAR_COUNT);
		must(piece->var < 0 || t->vars >> piece->var & 1);
		signs += given ? 0 : count_char(piece->text, piece->len, '<');
		lines += given ? 0 : count_char(piece->text, piece->len, '\n');
	}
	for (int form = WRITE_TEXT; form <= WRITE_SMS; form++) {
		strbuf_clear(&out);
		template_write(t, (enum template_way)form, values, &out);
		must(utf8_valid(out.buf, out.len));
		must(count_char(out.buf, out.len, '\n') == lines);
		must(form != WRITE_HTML || count_char(out.buf, out.len, '<') == signs);
		must(form != WRITE_SMS || (!strstr(out.buf, "\u00a0") && !strstr(out.buf, "’")));
		if (form == WRITE_HTML)
			check_page(out.buf);
		check_sms(out.buf);
	}
	strbuf_release(&out);
}

static void check_template(const char *text, const char *value)
{
	const char *values[TEMPLATE_VAR_COUNT];
	struct arena arena = ARENA_INIT;
	struct template_error error = { .line = 0 };
	struct template t;

	for (size_t i = 0; i < TEMPLATE_VAR_COUNT; i++)
		values[i] = i % 2 ? "" : value;
	if (template_parse(&arena, text, true, &t, &error))
		check_forms(&t, values);
	else
		must(error.at + error.len <= strlen(text) && error.line > 0 && error.column > 0);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 2);
	size_t len;

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = text[size + 1] = '\0';
	len = strlen(text);
	/* Values are short, as they are in the store. */
	if (len < size && strlen(text + len + 1) > 200)
		text[len + 201] = '\0';
	check_template(text, len < size ? text + len + 1 : text + len);
	check_sms(text);
	check_page(text);
	free(text);
	return 0;
}
