#include "wire_private.h"

/* The longest address and header line; a body is a batch of at most 1,000 messages. */
#define LINE_MOST ((size_t)8 << 10)
#define BODY_MOST ((size_t)32 << 20)

void wire_request_init(struct wire_request *r)
{
	*r = (struct wire_request){ .method = WIRE_GET };
	strbuf_init(&r->url, LINE_MOST);
	for (int i = 0; i < WIRE_HEADERS; i++)
		strbuf_init(&r->headers[i], LINE_MOST);
	strbuf_init(&r->body, BODY_MOST);
	strbuf_init(&r->user, LINE_MOST);
	strbuf_init(&r->password, LINE_MOST);
	strbuf_init(&r->mail_from, LINE_MOST);
	strbuf_init(&r->mail_to, LINE_MOST);
}

void wire_request_release(struct wire_request *r)
{
	strbuf_release(&r->url);
	for (int i = 0; i < WIRE_HEADERS; i++)
		strbuf_release(&r->headers[i]);
	strbuf_release(&r->body);
	strbuf_release(&r->user);
	strbuf_release(&r->password);
	strbuf_release(&r->mail_from);
	strbuf_release(&r->mail_to);
}

static bool is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\t') || c == 0x7f;
}

static void add_printable(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		if (!is_control(*text))
			strbuf_addc(out, *text);
}

void wire_header(struct wire_request *r, const char *name, const char *value)
{
	struct strbuf *line;

	/* One too many is counted, and refused by wire_send. */
	if (r->n_headers >= WIRE_HEADERS) {
		r->n_headers = WIRE_HEADERS + 1;
		return;
	}
	line = &r->headers[r->n_headers++];
	strbuf_clear(line);
	add_printable(line, name);
	strbuf_adds(line, ": ");
	add_printable(line, value);
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

void wire_escape(struct strbuf *out, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		const char coded[] = { '%', digits[c >> 4], digits[c & 15] };

		if (is_unreserved(*text))
			strbuf_addc(out, *text);
		else
			strbuf_add(out, coded, sizeof(coded));
	}
}

void wire_form(struct strbuf *out, const char *name, const char *value)
{
	if (out->len)
		strbuf_addc(out, '&');
	wire_escape(out, name);
	strbuf_addc(out, '=');
	wire_escape(out, value);
}

static bool any_full(const struct wire_request *r)
{
	for (int i = 0; i < r->n_headers; i++)
		if (r->headers[i].full)
			return true;
	return r->url.full || r->body.full || r->user.full || r->password.full ||
	       r->mail_from.full || r->mail_to.full;
}

/* An address goes into a line of the SMTP dialogue: nothing in it may end that line. */
static bool is_one_line(const struct strbuf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (is_control(text->buf[i]) || text->buf[i] == '\t')
			return false;
	return true;
}

bool wire_request_check(const struct wire_request *r, bool *local, struct err *err)
{
	const struct strbuf *mails[] = { &r->mail_from, &r->mail_to };

	if (r->n_headers > WIRE_HEADERS)
		return err_set(err, ERR_TOO_LARGE, "headers", "over %d headers", WIRE_HEADERS);
	if (any_full(r))
		return err_set(err, ERR_TOO_LARGE, "request", "a part is over its ceiling");
	if (!wire_url_check(r->url.buf, r->method == WIRE_SMTP, local, err))
		return false;
	if (r->method != WIRE_SMTP)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(mails); i++)
		if (!mails[i]->len || !is_one_line(mails[i]))
			return err_set(err, ERR_INVALID, mails[i]->buf, "mail address");
	return true;
}
