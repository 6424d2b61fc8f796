#include "mime.h"

#include "mem.h"
#include "utf8.h"

enum { LINE_MAX_BYTES = 998, ENCODED_MAX = 76, WORD_MAX = 75, DEPTH = 8 };

void mime_init(struct mime_message *m)
{
	strbuf_init(&m->id, 0);
	strbuf_init(&m->subject, 0);
	strbuf_init(&m->to, 0);
	strbuf_init(&m->text, 0);
}

void mime_release(struct mime_message *m)
{
	strbuf_release(&m->id);
	strbuf_release(&m->subject);
	strbuf_release(&m->to);
	strbuf_release(&m->text);
}

/* A part: its headers, and what follows the empty line. */
struct part {
	const char *head, *body, *end;
};

static const char *line_end(const char *p, const char *end)
{
	const char *lf = memchr(p, '\n', (size_t)(end - p));

	return lf ? lf + 1 : end;
}

static struct part split(const char *p, const char *end)
{
	struct part part = { .head = p, .body = end, .end = end };

	while (p < end) {
		const char *next = line_end(p, end);

		if (next - p == 2) {
			part.body = next;
			break;
		}
		p = next;
	}
	return part;
}

/* How often the header stands there; its first value, unfolded. */
static int header(const struct part *part, const char *name, struct strbuf *out)
{
	size_t len = strlen(name);
	int times = 0;
	bool wanted = false;

	strbuf_clear(out);
	for (const char *p = part->head; p < part->body;) {
		const char *next = line_end(p, part->body);
		size_t stop = (size_t)(next - p);

		while (stop && (p[stop - 1] == '\n' || p[stop - 1] == '\r'))
			stop--;
		if (*p == ' ' || *p == '\t') {
			if (wanted)
				strbuf_add(out, p, stop);
		} else {
			char *start = mem_strndup(p, len < stop ? len : stop);

			wanted = stop > len && p[len] == ':' && word_equal(start, name) &&
				 times++ == 0;
			if (stop > len && p[len] == ':' && word_equal(start, name) && !wanted)
				times++;
			if (wanted)
				strbuf_add(out, p + len + 1, stop - len - 1);
			free(start);
		}
		p = next;
	}
	strbuf_trim(out);
	return times;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Quoted-printable; `word`: of a header, where _ is a blank. */
static void quoted(
	struct sim_call *c, const char *p, const char *end, bool word, struct strbuf *out)
{
	for (; p < end; p++) {
		if (word && *p == '_') {
			strbuf_addc(out, ' ');
		} else if (*p != '=') {
			if ((unsigned char)*p >= 0x80)
				call_violation(c, "a byte over 127 in quoted-printable");
			strbuf_addc(out, *p);
		} else if (end - p > 2 && p[1] == '\r' && p[2] == '\n') {
			p += 2;
		} else if (end - p > 2 && hex(p[1]) >= 0 && hex(p[2]) >= 0) {
			strbuf_addc(out, (char)(hex(p[1]) * 16 + hex(p[2])));
			p += 2;
		} else {
			call_violation(c, "= alone in quoted-printable");
		}
	}
}

/* One =?charset?B?...?= at p: decoded, and where it ends; NULL: none stands there. */
static const char *encoded_word(struct sim_call *c, const char *p, struct strbuf *out)
{
	const char *charset = p + 2, *kind, *text, *end;

	if (strncmp(p, "=?", 2) != 0 || !(kind = strchr(charset, '?')) || !kind[1] ||
		kind[2] != '?')
		return NULL;
	text = kind + 3;
	end = strstr(text, "?=");
	if (!end || memchr(text, ' ', (size_t)(end - text)))
		return NULL;
	if (end + 2 - p > WORD_MAX)
		call_violation(c, "an encoded word of over %d characters", WORD_MAX);
	if (kind - charset != 5 ||
		(strncmp(charset, "UTF-8", 5) != 0 && strncmp(charset, "utf-8", 5) != 0))
		call_violation(c, "an encoded word that is not UTF-8");
	if (kind[1] == 'Q' || kind[1] == 'q')
		quoted(c, text, end, true, out);
	else if ((kind[1] != 'B' && kind[1] != 'b') ||
		 !base64_decode(text, (size_t)(end - text), out))
		call_violation(c, "an encoded word that cannot be decoded");
	return end + 2;
}

static void decode_header(struct sim_call *c, const char *p, struct strbuf *out)
{
	bool after_word = false;

	while (*p) {
		size_t blanks = strspn(p, " \t");
		struct strbuf word = STRBUF_INIT;
		const char *next = encoded_word(c, p + blanks, &word);

		if (next && !utf8_valid(word.buf, word.len))
			call_violation(c, "an encoded word that cuts a character in two");
		if (!next || !after_word)
			strbuf_add(out, p, blanks);
		if (next) {
			strbuf_add(out, word.buf, word.len);
			p = next;
		} else if (p[blanks]) {
			strbuf_addc(out, p[blanks]);
			p += blanks + 1;
		} else {
			p += blanks;
		}
		after_word = next != NULL;
		strbuf_release(&word);
	}
}

/* name=value or name="value" of a Content-Type. */
static bool parameter(const char *type, const char *name, struct strbuf *out)
{
	const char *p = type;
	size_t len = strlen(name);

	strbuf_clear(out);
	while ((p = strchr(p, ';'))) {
		char *start;
		bool same;

		p += 1 + strspn(p + 1, " \t");
		start = mem_strndup(p, len);
		same = word_equal(start, name) && p[len] == '=';
		free(start);
		if (!same)
			continue;
		p += len + 1;
		if (*p == '"')
			strbuf_add(out, p + 1, strcspn(p + 1, "\""));
		else
			strbuf_add(out, p, strcspn(p, "; \t"));
		return true;
	}
	return false;
}

static void check_lines(struct sim_call *c, const char *p, const char *end, const char *what)
{
	while (p < end) {
		const char *next = line_end(p, end);

		if (next - p - 2 > ENCODED_MAX) {
			call_violation(c, "a line of %s over %d characters", what, ENCODED_MAX);
			return;
		}
		p = next;
	}
}

static void decode_body(struct sim_call *c, const struct part *part, struct strbuf *out)
{
	struct strbuf encoding = STRBUF_INIT;
	size_t len = (size_t)(part->end - part->body);

	header(part, "Content-Transfer-Encoding", &encoding);
	if (word_equal(encoding.buf, "quoted-printable")) {
		check_lines(c, part->body, part->end, "quoted-printable");
		quoted(c, part->body, part->end, false, out);
	} else if (word_equal(encoding.buf, "base64")) {
		check_lines(c, part->body, part->end, "base64");
		if (!base64_decode(part->body, len, out))
			call_violation(c, "a part that is not base64");
	} else {
		strbuf_add(out, part->body, len);
		for (size_t i = 0; i < len && !word_equal(encoding.buf, "8bit"); i++)
			if ((unsigned char)part->body[i] >= 0x80) {
				call_violation(c, "a byte over 127 without an encoding");
				break;
			}
	}
	if (!utf8_valid(out->buf, out->len))
		call_violation(c, "a part that is not UTF-8");
	strbuf_release(&encoding);
}

/* Line ends as a reader sees them; those at the end are dropped. */
static void set_text(struct strbuf *out, const struct strbuf *decoded)
{
	strbuf_clear(out);
	for (size_t i = 0; i < decoded->len; i++)
		if (decoded->buf[i] != '\r' || i + 1 == decoded->len || decoded->buf[i + 1] != '\n')
			strbuf_addc(out, decoded->buf[i]);
	while (out->len && out->buf[out->len - 1] == '\n')
		strbuf_truncate(out, out->len - 1);
}

static void read_part(struct sim_call *c, const struct part *part, struct strbuf *plain,
	struct strbuf *html, int depth);

static void read_multipart(struct sim_call *c, const struct part *part, const char *boundary,
	struct strbuf *plain, struct strbuf *html, int depth)
{
	struct strbuf mark = STRBUF_INIT;
	const char *start = NULL;
	bool closed = false;

	strbuf_addf(&mark, "--%s", boundary);
	for (const char *p = part->body; p < part->end && !closed;) {
		const char *next = line_end(p, part->end);

		if ((size_t)(next - p) >= mark.len + 2 && memcmp(p, mark.buf, mark.len) == 0 &&
			strchr("-\r \t", p[mark.len])) {
			if (start) {
				struct part inner = split(start, p - 2 > start ? p - 2 : p);

				read_part(c, &inner, plain, html, depth + 1);
			}
			start = next;
			closed = strncmp(p + mark.len, "--", 2) == 0;
		}
		p = next;
	}
	if (!start || !closed)
		call_violation(c, "a multipart whose boundary is not there or not closed");
	strbuf_release(&mark);
}

static void read_part(struct sim_call *c, const struct part *part, struct strbuf *plain,
	struct strbuf *html, int depth)
{
	struct strbuf type = STRBUF_INIT, value = STRBUF_INIT, decoded = STRBUF_INIT;

	header(part, "Content-Type", &type);
	if (depth > DEPTH) {
		call_violation(c, "parts within parts within parts");
	} else if (strncmp(type.buf, "multipart/", 10) == 0) {
		if (!parameter(type.buf, "boundary", &value) || !value.len || value.len > 70)
			call_violation(c, "a multipart without a boundary of up to 70 characters");
		else
			read_multipart(c, part, value.buf, plain, html, depth);
	} else if (strncmp(type.buf, "text/", 5) == 0 || type.len == 0) {
		if (parameter(type.buf, "charset", &value) && !word_equal(value.buf, "utf-8") &&
			!word_equal(value.buf, "us-ascii"))
			call_violation(c, "charset is %s", value.buf);
		decode_body(c, part, &decoded);
		set_text(strncmp(type.buf, "text/html", 9) == 0 ? html : plain, &decoded);
	}
	strbuf_release(&type);
	strbuf_release(&value);
	strbuf_release(&decoded);
}

static void check_raw(struct sim_call *c, const char *data, size_t len)
{
	bool bare = false, over = false;

	for (size_t i = 0, start = 0; i < len; i++) {
		bare = bare || (data[i] == '\n' && (i == 0 || data[i - 1] != '\r')) ||
		       (data[i] == '\r' && (i + 1 == len || data[i + 1] != '\n')) ||
		       data[i] == '\0';
		if (data[i] != '\n')
			continue;
		over = over || i - start > LINE_MAX_BYTES + 1;
		start = i + 1;
	}
	if (bare)
		call_violation(c, "a line that does not end with CR LF, or a NUL");
	if (over)
		call_violation(c, "a line of over %d bytes", LINE_MAX_BYTES);
}

static void check_date(struct sim_call *c, const char *date)
{
	char weekday[4], month[4], zone[6];
	int day, year, hour, minute, second, end = 0;

	if (sscanf(date, "%3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d %5[-+0-9]%n", weekday, &day,
		    month, &year, &hour, &minute, &second, zone, &end) != 8 ||
		date[end] != '\0' || strlen(zone) != 5)
		call_violation(c, "Date is not as in RFC 5322: %s", date);
}

static void check_headers(struct sim_call *c, const struct part *part)
{
	static const char *const required[] = { "Date", "Message-ID", "From", "To", "Subject",
		"MIME-Version" };
	struct strbuf value = STRBUF_INIT, post = STRBUF_INIT;
	bool list;

	for (size_t i = 0; i < ARRAY_SIZE(required); i++)
		if (header(part, required[i], &value) != 1)
			call_violation(c, "%s does not stand there once", required[i]);
	for (const char *p = part->head; p < part->body; p++)
		if ((unsigned char)*p >= 0x80) {
			call_violation(c, "a byte over 127 in the headers");
			break;
		}
	header(part, "Date", &value);
	check_date(c, value.buf);
	list = header(part, "List-Unsubscribe", &value) > 0;
	call_check_unsubscribe(c, list ? value.buf : NULL,
		header(part, "List-Unsubscribe-Post", &post) > 0 ? post.buf : NULL);
	if (header(part, "Bcc", &value))
		call_violation(c, "Bcc is told to everybody");
	strbuf_release(&value);
	strbuf_release(&post);
}

/* What stands in angle brackets, else all of it. */
static void bare_address(const char *value, struct strbuf *out)
{
	const char *open = strrchr(value, '<');

	if (open && strchr(open, '>'))
		strbuf_add(out, open + 1, strcspn(open + 1, ">"));
	else
		strbuf_adds(out, value);
}

void mime_read(struct sim_call *c, const char *data, size_t len, struct mime_message *m)
{
	struct part part = split(data, data + len);
	struct strbuf value = STRBUF_INIT, html = STRBUF_INIT;

	check_raw(c, data, len);
	check_headers(c, &part);
	header(&part, "Message-ID", &m->id);
	if (m->id.len < 5 || m->id.buf[0] != '<' || m->id.buf[m->id.len - 1] != '>' ||
		!strchr(m->id.buf, '@') || strchr(m->id.buf, ' '))
		call_violation(c, "Message-ID is not <left@right>: %s", m->id.buf);
	header(&part, "Subject", &value);
	decode_header(c, value.buf, &m->subject);
	header(&part, "To", &value);
	bare_address(value.buf, &m->to);
	header(&part, "From", &value);
	read_part(c, &part, &m->text, &html, 0);
	if (!m->text.len)
		strbuf_add(&m->text, html.buf, html.len);
	if (!m->text.len)
		call_violation(c, "nothing to read");
	strbuf_release(&value);
	strbuf_release(&html);
}
