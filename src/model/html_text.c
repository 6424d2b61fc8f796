/*
 * html_as_text: one pass over the tags, as a browser forgives them. Words are
 * gathered and laid on lines; blocks only ask for line ends, which are written
 * before the next word, so that there are never too many.
 */
#include <string.h>
#include <strings.h>

#include "html_entity.h"
#include "template.h"
#include "utf8.h"

#define LINE_WIDTH 76
#define INDENT_MOST 12 /* deeper lists stay there */
#define LISTS_MOST 16
#define QUOTES_MOST 4
#define HREF_MAX ((size_t)2048)
#define NAME_MOST 15
#define VARIABLE_MOST 256 /* bytes of a {{variable|fallback}} kept on one line */

struct tag {
	char name[NAME_MOST + 1]; /* small letters, cut */
	bool close;
	const char *attrs;
	size_t attrs_len;
};

struct page {
	struct strbuf *out;
	const char *s;
	size_t len, at;

	struct strbuf word; /* what is being gathered */
	size_t width;	    /* of the line so far */
	bool line;	    /* the line has words */
	bool begun;	    /* something was written */
	int breaks;	    /* line ends due before the next word: 2 leave a blank line */
	size_t variable;    /* where the {{variable}} being read ends */

	int lists; /* open ones; numbers[] of those with numbers, else 0 */
	int numbers[LISTS_MOST];
	int quotes;	 /* open ones */
	int line_quotes; /* that the line so far began with */
	char mark[16];	 /* of the item that begins, to be written before its words */

	bool linked; /* inside of <a href> */
	struct strbuf href;
	struct strbuf label; /* the words of the link */
};

/* --- lines --- */

static size_t indent_of(const struct page *p)
{
	size_t indent = 0;

	for (int i = 0; i < p->lists; i++)
		indent += p->numbers[i] ? strlen("1. ") : strlen("- ");
	return indent > INDENT_MOST ? INDENT_MOST : indent;
}

static void begin_line(struct page *p)
{
	size_t indent = indent_of(p);
	size_t mark = strlen(p->mark);

	for (int i = 0; i < p->quotes; i++)
		strbuf_adds(p->out, "> ");
	p->width = 2 * (size_t)p->quotes;
	p->line_quotes = p->quotes;
	/* The mark hangs before the words: "- word", "10. word". */
	for (size_t i = mark; i < indent; i++)
		strbuf_addc(p->out, ' ');
	strbuf_adds(p->out, p->mark);
	p->width += mark > indent ? mark : indent;
	p->mark[0] = '\0';
	p->line = false;
}

/* The lines that blocks asked for; the quotation's mark goes on between its paragraphs. */
static void write_breaks(struct page *p)
{
	int quotes = p->quotes < p->line_quotes ? p->quotes : p->line_quotes;

	if (p->begun && p->breaks)
		strbuf_addc(p->out, '\n');
	if (p->begun && p->breaks > 1) {
		for (int i = 0; i < quotes; i++)
			strbuf_adds(p->out, i ? " >" : ">");
		strbuf_addc(p->out, '\n');
	}
	if (!p->begun || p->breaks)
		begin_line(p);
	p->begun = true;
	p->breaks = 0;
}

static void put_word(struct page *p, const char *word, size_t len)
{
	size_t width = utf8_width(word, len);

	write_breaks(p);
	if (p->line && p->width + 1 + width > LINE_WIDTH) {
		strbuf_addc(p->out, '\n');
		begin_line(p);
	}
	if (p->line) {
		strbuf_addc(p->out, ' ');
		p->width++;
	}
	strbuf_add(p->out, word, len);
	p->width += width;
	p->line = true;
}

/* Cells of tables are often filled so. */
static bool only_no_break_spaces(const struct strbuf *word)
{
	size_t n = 0;

	while (n + 1 < word->len && !memcmp(word->buf + n, "\xc2\xa0", 2))
		n += 2;
	return n == word->len;
}

static void end_word(struct page *p)
{
	if (!only_no_break_spaces(&p->word))
		put_word(p, p->word.buf, p->word.len);
	strbuf_clear(&p->word);
}

/* At least so many line ends before what comes next. */
static void break_lines(struct page *p, int n)
{
	end_word(p);
	if (n > p->breaks)
		p->breaks = n;
}

static void put_cp(struct page *p, uint32_t cp)
{
	/* Soft hyphens and what pads the preview of a mail are not shown. */
	if (cp == 0xAD || cp == 0x34F || cp == 0x200B || cp == 0x200C || cp == 0x2060 ||
		cp == 0xFEFF || utf8_is_control(cp))
		return;
	utf8_add(&p->word, cp);
	if (p->linked)
		utf8_add(&p->label, cp);
}

/* --- tags --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The end of the tag that begins at `at`, after its '>'; quoted ones do not count. */
static size_t tag_end(const char *s, size_t len, size_t at)
{
	char quote = '\0';
	bool equals = false;

	for (; at < len; at++) {
		if (quote)
			quote = s[at] == quote ? '\0' : quote;
		else if (s[at] == '>')
			return at + 1;
		else if ((s[at] == '"' || s[at] == '\'') && equals)
			quote = s[at];
		if (!is_blank(s[at]))
			equals = s[at] == '=';
	}
	return len;
}

/* Reads the tag at p->at, which begins with '<'; false if it is none. */
static bool read_tag(struct page *p, struct tag *tag)
{
	size_t at = p->at + 1;
	size_t n = 0;

	*tag = (struct tag){ .close = at < p->len && p->s[at] == '/' };
	at += tag->close;
	if (at >= p->len || !is_letter(p->s[at]))
		return false;
	for (; at < p->len && !is_blank(p->s[at]) && p->s[at] != '>' && p->s[at] != '/'; at++)
		if (n < NAME_MOST)
			tag->name[n++] = small(p->s[at]);
	tag->attrs = p->s + at;
	p->at = tag_end(p->s, p->len, at);
	tag->attrs_len = (size_t)(p->s + p->at - tag->attrs);
	if (tag->attrs_len && tag->attrs[tag->attrs_len - 1] == '>')
		tag->attrs_len--;
	return true;
}

static void add_decoded(struct strbuf *out, const char *s, size_t len)
{
	for (size_t at = 0; at < len;) {
		uint32_t cp;
		size_t n = s[at] == '&' ? html_entity(s + at, len - at, &cp) : 0;

		if (!n)
			n = utf8_decode(s + at, len - at, &cp);
		if (cp && !utf8_is_control(cp))
			utf8_add(out, cp);
		at += n;
	}
}

static size_t skip_blanks(const char *s, size_t end, size_t at)
{
	while (at < end && is_blank(s[at]))
		at++;
	return at;
}

/* One attribute, from `*at` on: false at the end of them. */
static bool next_attr(const struct tag *tag, size_t *at, const char **name, size_t *name_len,
	const char **value, size_t *value_len)
{
	const char *s = tag->attrs;
	size_t end = tag->attrs_len;
	size_t i = *at, from;

	while (i < end && (is_blank(s[i]) || s[i] == '/'))
		i++;
	from = i;
	while (i < end && !is_blank(s[i]) && s[i] != '=' && s[i] != '/')
		i++;
	*name = s + from;
	*name_len = i - from;
	*value = s + i;
	*value_len = 0;
	i = skip_blanks(s, end, i);
	if (i < end && s[i] == '=') {
		char quote = '\0';

		i = skip_blanks(s, end, i + 1);
		if (i < end && (s[i] == '"' || s[i] == '\''))
			quote = s[i++];
		from = i;
		while (i < end && (quote ? s[i] != quote : !is_blank(s[i])))
			i++;
		*value = s + from;
		*value_len = i - from;
		i += quote && i < end;
	}
	*at = i;
	return from < end || *name_len;
}

/* Appends the attribute's value, decoded; false if the tag has none of that name. */
static bool attribute(const struct tag *tag, const char *wanted, struct strbuf *out)
{
	const char *name, *value;
	size_t name_len, value_len;
	size_t at = 0;

	while (next_attr(tag, &at, &name, &name_len, &value, &value_len)) {
		if (name_len != strlen(wanted) || strncasecmp(name, wanted, name_len))
			continue;
		if (out)
			add_decoded(out, value, value_len);
		return true;
	}
	return false;
}

static bool one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(*names, name))
		names++;
	return *names;
}

static bool is_void(const char *name)
{
	static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img",
		"input", "link", "meta", "param", "source", "track", "wbr", NULL };

	return one_of(name, names);
}

/* --- what is not shown --- */

static bool is_hidden(const struct tag *tag)
{
	static const char *const names[] = { "head", "iframe", "object", "script", "style", "svg",
		"template", "title", NULL };
	struct strbuf style = STRBUF_INIT_MAX(HREF_MAX);
	size_t n = 0;
	bool hidden;

	if (one_of(tag->name, names) || attribute(tag, "hidden", NULL))
		return true;
	attribute(tag, "style", &style);
	for (size_t i = 0; i < style.len; i++)
		if (!is_blank(style.buf[i]))
			style.buf[n++] = small(style.buf[i]);
	strbuf_truncate(&style, n);
	hidden = strstr(style.buf, "display:none");
	strbuf_release(&style);
	return hidden;
}

/* Their text is no markup: only their own end ends them. */
static bool is_raw(const char *name)
{
	return !strcmp(name, "script") || !strcmp(name, "style") || !strcmp(name, "title");
}

static void skip_to_close(struct page *p, const char *name)
{
	size_t n = strlen(name);

	for (; p->at < p->len; p->at++) {
		const char *s = p->s + p->at;

		if (*s != '<' || p->len - p->at < n + 2 || s[1] != '/' ||
			strncasecmp(s + 2, name, n))
			continue;
		p->at = tag_end(p->s, p->len, p->at + 1);
		return;
	}
}

static void skip_comment(struct page *p)
{
	const char *end;

	if (p->len - p->at >= 4 && !memcmp(p->s + p->at, "<!--", 4)) {
		end = strstr(p->s + p->at + 4, "-->");
		p->at = end ? (size_t)(end - p->s) + 3 : p->len;
	} else {
		end = strchr(p->s + p->at, '>');
		p->at = end ? (size_t)(end - p->s) + 1 : p->len;
	}
}

static bool is_comment(const struct page *p)
{
	char next = p->at + 1 < p->len ? p->s[p->at + 1] : '\0';

	return next == '!' || next == '?';
}

/* Past the end of the element that `tag` opened, counting those of its name in it. */
static void skip_element(struct page *p, const struct tag *opened)
{
	size_t depth = 1;

	if (is_void(opened->name))
		return;
	if (is_raw(opened->name)) {
		skip_to_close(p, opened->name);
		return;
	}
	while (p->at < p->len && depth) {
		struct tag tag;
		size_t was = p->at;

		if (p->s[p->at] != '<') {
			p->at++;
		} else if (is_comment(p)) {
			skip_comment(p);
		} else if (!read_tag(p, &tag)) {
			p->at++;
		} else if (!strcmp(tag.name, opened->name)) {
			depth = tag.close ? depth - 1 : depth + 1;
		} else if (!strcmp(tag.name, "body")) {
			p->at = was; /* the head was not closed */
			return;
		} else if (!tag.close && is_raw(tag.name)) {
			skip_to_close(p, tag.name);
		}
	}
}

/* --- links --- */

/* An address without what is not said aloud: https://, mailto:, a last slash. */
static struct strbuf bare(const struct strbuf *address)
{
	static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };
	struct strbuf out = STRBUF_INIT;
	const char *s = address->buf;

	for (size_t i = 0; i < ARRAY_SIZE(schemes); i++) {
		if (!strncasecmp(s, schemes[i], strlen(schemes[i]))) {
			s += strlen(schemes[i]);
			break;
		}
	}
	strbuf_adds(&out, s);
	strbuf_trim(&out);
	if (out.len && out.buf[out.len - 1] == '/')
		strbuf_truncate(&out, out.len - 1);
	return out;
}

static bool says_itself(const struct page *p)
{
	struct strbuf words = bare(&p->label);
	struct strbuf address = bare(&p->href);
	bool same = !strcasecmp(words.buf, address.buf);

	strbuf_release(&words);
	strbuf_release(&address);
	return same;
}

/* What a reader can do something with; a variable will be one. */
static bool leads_somewhere(const char *href)
{
	return !strncasecmp(href, "https://", 8) || !strncasecmp(href, "http://", 7) ||
	       !strncasecmp(href, "mailto:", 7) || !strncasecmp(href, "tel:", 4) ||
	       !strncmp(href, "{{", 2);
}

/* One word, whatever was written; a variable stays as it is. */
static void add_address(struct strbuf *out, const char *address)
{
	bool variable = !strncmp(address, "{{", 2);

	for (; *address; address++) {
		if (*address == ' ' && !variable)
			strbuf_adds(out, "%20");
		else
			strbuf_addc(out, *address);
	}
}

static void close_link(struct page *p)
{
	const char *address = p->href.buf;

	if (!p->linked)
		return;
	p->linked = false;
	if (!p->href.full && leads_somewhere(address) && !says_itself(p)) {
		bool words = p->label.len;

		if (!strncasecmp(address, "mailto:", 7) || !strncasecmp(address, "tel:", 4))
			address = strchr(address, ':') + 1;
		end_word(p);
		strbuf_adds(&p->word, words ? "(" : "");
		add_address(&p->word, address);
		strbuf_adds(&p->word, words ? ")" : "");
	}
	strbuf_clear(&p->href);
	strbuf_clear(&p->label);
}

static void open_link(struct page *p, const struct tag *tag)
{
	close_link(p);
	p->linked = attribute(tag, "href", &p->href);
	strbuf_trim(&p->href);
}

/* --- blocks --- */

static void open_list(struct page *p, bool numbered)
{
	break_lines(p, p->lists ? 1 : 2);
	if (p->lists < LISTS_MOST)
		p->numbers[p->lists++] = numbered;
}

static void close_list(struct page *p)
{
	end_word(p);
	p->mark[0] = '\0';
	if (p->lists)
		p->lists--;
	break_lines(p, p->lists ? 1 : 2);
}

static void open_item(struct page *p)
{
	int *number = p->lists ? &p->numbers[p->lists - 1] : NULL;
	struct strbuf mark = STRBUF_INIT;

	if (number && *number)
		strbuf_addf(&mark, "%d. ", (*number)++);
	else
		strbuf_adds(&mark, "- ");
	memcpy(p->mark, mark.buf, mark.len + 1);
	strbuf_release(&mark);
}

static void handle_block(struct page *p, const struct tag *tag)
{
	static const char *const paragraphs[] = { "blockquote", "dl", "figure", "form", "h1", "h2",
		"h3", "h4", "h5", "h6", "p", "pre", "table", NULL };
	static const char *const lines[] = { "address", "article", "aside", "body", "caption",
		"center", "dd", "div", "dt", "figcaption", "footer", "header", "main", "nav",
		"section", "tr", NULL };

	if (one_of(tag->name, paragraphs))
		break_lines(p, 2);
	else if (one_of(tag->name, lines))
		break_lines(p, 1);
	else if (!strcmp(tag->name, "td") || !strcmp(tag->name, "th"))
		end_word(p);
	if (!strcmp(tag->name, "blockquote")) {
		p->quotes += tag->close ? -1 : 1;
		p->quotes = p->quotes < 0 ? 0 : p->quotes > QUOTES_MOST ? QUOTES_MOST : p->quotes;
	}
}

static void handle_image(struct page *p, const struct tag *tag)
{
	struct strbuf alt = STRBUF_INIT_MAX(HREF_MAX);

	attribute(tag, "alt", &alt);
	end_word(p);
	for (const char *s = alt.buf; *s; s += strcspn(s, " ")) {
		s += strspn(s, " ");
		strbuf_add(&p->word, s, strcspn(s, " "));
		end_word(p);
	}
	if (p->linked)
		strbuf_adds(&p->label, alt.buf);
	strbuf_release(&alt);
}

static void handle_tag(struct page *p, const struct tag *tag)
{
	const char *name = tag->name;

	if (!tag->close && is_hidden(tag)) {
		skip_element(p, tag);
	} else if (!strcmp(name, "br")) {
		end_word(p);
		p->breaks = p->breaks < 2 ? p->breaks + 1 : 2;
	} else if (!strcmp(name, "hr")) {
		break_lines(p, 2);
		strbuf_adds(&p->word, "----");
		break_lines(p, 2);
	} else if (!strcmp(name, "img")) {
		handle_image(p, tag);
	} else if (!strcmp(name, "a")) {
		if (tag->close)
			close_link(p);
		else
			open_link(p, tag);
	} else if (!strcmp(name, "ul") || !strcmp(name, "ol")) {
		if (tag->close)
			close_list(p);
		else
			open_list(p, *name == 'o');
	} else if (!strcmp(name, "li")) {
		break_lines(p, 1);
		p->mark[0] = '\0'; /* of one without words */
		if (!tag->close)
			open_item(p);
	} else {
		handle_block(p, tag);
	}
}

/* --- text --- */

/* Where a variable that begins at p->at ends, so that no line ends in it; or 0. */
static size_t variable_end(const struct page *p)
{
	const char *s = p->s + p->at;
	size_t most = p->len - p->at < VARIABLE_MOST ? p->len - p->at : VARIABLE_MOST;

	if (most < 4 || s[0] != '{' || s[1] != '{')
		return 0;
	for (size_t i = 2; i + 1 < most && s[i] != '<'; i++)
		if (s[i] == '}' && s[i + 1] == '}')
			return p->at + i + 2;
	return 0;
}

/* The next character, an entity's too; 0 for a byte that is none. */
static uint32_t read_char(struct page *p)
{
	const char *s = p->s + p->at;
	uint32_t cp = 0;
	size_t n = *s == '&' ? html_entity(s, p->len - p->at, &cp) : 0;

	if (!n) {
		n = utf8_decode(s, p->len - p->at, &cp);
		cp = cp == UTF8_REPLACEMENT && n == 1 ? 0 : cp;
	}
	p->at += n;
	return cp;
}

static void handle_char(struct page *p)
{
	size_t end = p->at < p->variable ? 0 : variable_end(p);
	uint32_t cp;

	p->variable = end ? end : p->variable;
	cp = read_char(p);
	if (cp >= 0x80 || !is_blank((char)cp)) {
		put_cp(p, cp);
		return;
	}
	if (p->at < p->variable) {
		put_cp(p, ' ');
		return;
	}
	end_word(p);
	if (p->linked && p->label.len)
		strbuf_addc(&p->label, ' ');
}

void html_as_text(const char *html, struct strbuf *out)
{
	struct page p = { .out = out, .s = html, .len = strlen(html) };

	strbuf_init(&p.word, 0);
	strbuf_init(&p.href, HREF_MAX);
	strbuf_init(&p.label, HREF_MAX);
	while (p.at < p.len) {
		struct tag tag;

		if (p.s[p.at] != '<')
			handle_char(&p);
		else if (is_comment(&p))
			skip_comment(&p);
		else if (read_tag(&p, &tag))
			handle_tag(&p, &tag);
		else
			handle_char(&p);
	}
	close_link(&p);
	end_word(&p);
	strbuf_release(&p.word);
	strbuf_release(&p.href);
	strbuf_release(&p.label);
}
