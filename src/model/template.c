#include "template.h"

#include <string.h>

#include "i18n.h"
#include "sms.h"
#include "utf8.h"
#include "vec.h"

static const char *const problems[TEMPLATE_PROBLEMS] = {
	[TEMPLATE_UNKNOWN] = N_("There is no variable of this name."),
	[TEMPLATE_OPEN] = N_("The variable is not closed: }} is missing."),
	[TEMPLATE_EMPTY] = N_("There is no name between {{ and }}."),
	[TEMPLATE_FORBIDDEN] = N_("This variable is for messages about an invoice alone."),
	[TEMPLATE_LONG] = N_("The text is longer than a message can be."),
	[TEMPLATE_CHARS] = N_("This character cannot be sent. Delete it and type it again."),
};

const char *template_problem_label(enum template_problem problem)
{
	return (size_t)problem < TEMPLATE_PROBLEMS ? problems[problem] : "";
}

/* --- reading --- */

struct parser {
	const char *text;
	size_t len;
	bool transactional;
	VEC(struct template_piece) pieces;
	uint32_t vars;
	struct template_error *error;
};

static bool fail(struct parser *p, enum template_problem problem, size_t at, size_t len)
{
	*p->error = (struct template_error){
		.problem = problem, .at = at, .len = len, .line = 1, .column = 1
	};
	for (size_t pos = 0; pos < at; pos = utf8_next(p->text, p->len, pos)) {
		p->error->column++;
		if (p->text[pos] == '\n') {
			p->error->line++;
			p->error->column = 1;
		}
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Narrows `text[*from, *to)` to what is between its blanks. */
static void trim(const char *text, size_t *from, size_t *to)
{
	while (*from < *to && is_blank(text[*from]))
		(*from)++;
	while (*to > *from && is_blank(text[*to - 1]))
		(*to)--;
}

static void add_text(struct parser *p, size_t from, size_t to)
{
	struct template_piece piece = { p->text + from, to - from, -1 };

	if (to > from)
		vec_push(&p->pieces, piece);
}

/* The place of the first `sign`, twice, in [from, to), or `to`. */
static size_t find_pair(const char *text, size_t from, size_t to, char sign)
{
	for (; from + 1 < to; from++)
		if (text[from] == sign && text[from + 1] == sign)
			return from;
	return to;
}

/* The variable between its braces, [from, to). */
static bool add_variable(struct parser *p, size_t from, size_t to)
{
	const char *bar = memchr(p->text + from, '|', to - from);
	size_t name_end = bar ? (size_t)(bar - p->text) : to;
	size_t after = bar ? name_end + 1 : to;
	struct template_piece piece;
	size_t braces = from - 2;
	enum template_var var;

	trim(p->text, &from, &name_end);
	trim(p->text, &after, &to);
	if (from == name_end)
		return fail(p, TEMPLATE_EMPTY, braces, 2);
	if (!template_var_find(p->text + from, name_end - from, &var))
		return fail(p, TEMPLATE_UNKNOWN, from, name_end - from);
	if (template_var_transactional(var) && !p->transactional)
		return fail(p, TEMPLATE_FORBIDDEN, from, name_end - from);
	piece = (struct template_piece){ p->text + after, to - after, (int)var };
	vec_push(&p->pieces, piece);
	p->vars |= UINT32_C(1) << var;
	return true;
}

/* What no message may hold, in [from, to). */
static bool check_chars(struct parser *p, size_t from, size_t to)
{
	size_t n;

	for (; from < to; from += n) {
		uint32_t cp;

		n = utf8_decode(p->text + from, to - from, &cp);
		if ((cp == UTF8_REPLACEMENT && n == 1) || (cp >= 0x7F && cp < 0xA0) ||
			(cp < ' ' && cp != '\t' && cp != '\n' && cp != '\r'))
			return fail(p, TEMPLATE_CHARS, from, n);
	}
	return true;
}

static bool parse(struct parser *p)
{
	size_t at = 0;

	while (at < p->len) {
		size_t open = find_pair(p->text, at, p->len, '{');
		size_t inside = open + 2;
		size_t close;

		if (!check_chars(p, at, open))
			return false;
		add_text(p, at, open);
		if (open == p->len)
			break;
		close = find_pair(p->text, inside, p->len, '}');
		if (close == p->len || find_pair(p->text, inside, close, '{') < close)
			return fail(p, TEMPLATE_OPEN, open, 2);
		if (!check_chars(p, inside, close) || !add_variable(p, inside, close))
			return false;
		at = close + 2;
	}
	return true;
}

bool template_parse(struct arena *a, const char *text, bool transactional, struct template *out,
	struct template_error *error)
{
	struct parser p = { .text = text, .transactional = transactional, .error = error };
	struct template_piece *pieces;
	bool ok;

	p.len = strnlen(text, TEMPLATE_MAX + 1);
	if (p.len > TEMPLATE_MAX)
		return fail(&p, TEMPLATE_LONG, TEMPLATE_MAX, 0);
	ok = parse(&p);
	if (ok) {
		pieces = arena_zalloc(a, p.pieces.len + 1, sizeof(*pieces));
		if (p.pieces.len)
			memcpy(pieces, p.pieces.items, p.pieces.len * sizeof(*pieces));
		*out = (struct template){ pieces, p.pieces.len, p.vars };
	}
	vec_release(&p.pieces);
	return ok;
}

/* --- writing --- */

static void add_escaped(struct strbuf *out, const struct strbuf *value)
{
	for (size_t i = 0; i < value->len; i++) {
		switch (value->buf[i]) {
		case '&':
			strbuf_adds(out, "&amp;");
			break;
		case '<':
			strbuf_adds(out, "&lt;");
			break;
		case '>':
			strbuf_adds(out, "&gt;");
			break;
		case '"':
			strbuf_adds(out, "&quot;");
			break;
		case '\'':
			strbuf_adds(out, "&#39;");
			break;
		default:
			strbuf_addc(out, value->buf[i]);
		}
	}
}

static void add_text_piece(
	struct strbuf *out, enum template_way form, const char *text, size_t len)
{
	if (form == WRITE_SMS)
		sms_plain(text, len, out);
	else
		strbuf_add(out, text, len);
}

static void add_value(struct strbuf *out, enum template_way form, const char *value)
{
	struct strbuf clean = STRBUF_INIT;

	utf8_add_clean(&clean, value, strlen(value), "");
	if (form == WRITE_HTML)
		add_escaped(out, &clean);
	else
		add_text_piece(out, form, clean.buf, clean.len);
	strbuf_release(&clean);
}

void template_write(const struct template *t, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT], struct strbuf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct template_piece *piece = &t->pieces[i];
		const char *value = piece->var < 0 ? NULL : values[piece->var];

		if (value && value[strspn(value, " \t\r\n")])
			add_value(out, form, value);
		else
			add_text_piece(out, form, piece->text, piece->len);
	}
}
