/*
 * E-mails of any words: an input's pieces, between NULs, are subject, names, text,
 * HTML, addresses and the way to unsubscribe. What is written is a message and no more
 * header than meant, and reads back as what went in.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail_reader.h"
#include "mime.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SUBJECT, FROM_NAME, TO_NAME, TEXT, HTML, TO, REPLY_TO, UNSUBSCRIBE, PIECES };

static void check(const char *wrong, const struct strbuf *mail)
{
	if (!wrong)
		return;
	fprintf(stderr, "%s in\n%s\n", wrong, mail->buf);
	abort();
}

static void check_headers(const struct strbuf *mail)
{
	static const char *const names[] = { "Date: ", "From: ", "To: ", "Reply-To: ", "Subject: ",
		"Message-ID: ", "List-Unsubscribe:", "List-Unsubscribe-Post: ", "Auto-Submitted: ",
		"MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: ", " " };
	const char *line = mail->buf;

	while (strncmp(line, "\r\n", 2) != 0) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			known = known || strncmp(line, names[i], strlen(names[i])) == 0;
		check(known ? NULL : "an unknown field", mail);
		line = strstr(line, "\r\n") + 2;
	}
}

static void clean(const char *s, struct strbuf *out)
{
	strbuf_clear(out);
	utf8_add_clean(out, s, strlen(s), "");
	strbuf_trim(out);
}

/* "name <address>" without the address and without quotes. */
static void unquote(const struct strbuf *field, struct strbuf *out)
{
	const char *end = strrchr(field->buf, '<');
	bool quoted = field->buf[0] == '"' && end && end - field->buf > 2 && end[-2] == '"';

	strbuf_clear(out);
	for (const char *s = field->buf + quoted; end && s < end - 1 - quoted; s++) {
		if (quoted && *s == '\\')
			s++;
		strbuf_addc(out, *s);
	}
}

static void check_field(const struct strbuf *mail, const char *name, const char *meant)
{
	struct strbuf got = STRBUF_INIT, as_meant = STRBUF_INIT, bare = STRBUF_INIT;
	bool raw;

	check(mail_field(mail, name, &got) ? NULL : "a field missing or twice", mail);
	clean(meant, &as_meant);
	if (strcmp(name, "Subject") == 0)
		strbuf_adds(&bare, got.buf);
	else
		unquote(&got, &bare);
	/* A name that was encoded has its own quotes: they are not the header's. */
	raw = strcmp(bare.buf, as_meant.buf) == 0;
	if (!raw && got.len > as_meant.len)
		raw = strncmp(got.buf, as_meant.buf, as_meant.len) == 0 &&
		      strncmp(got.buf + as_meant.len, " <", 2) == 0;
	check(raw ? NULL : "another value", mail);
	strbuf_release(&got);
	strbuf_release(&as_meant);
	strbuf_release(&bare);
}

/* Line ends as LF, broken bytes as U+FFFD; with `closed` the last line has its end. */
static void meant_body(const char *s, bool closed, struct strbuf *out)
{
	size_t len = strlen(s);

	for (size_t at = 0; at < len;) {
		uint32_t cp;

		at += utf8_decode(s + at, len - at, &cp);
		if (cp == '\r' && s[at] == '\n')
			at++;
		utf8_add(out, cp == '\r' ? '\n' : cp);
	}
	if (closed && out->len && out->buf[out->len - 1] != '\n')
		strbuf_addc(out, '\n');
}

static void check_body(const struct strbuf *mail, const char *type, const char *meant, bool closed)
{
	struct strbuf got = STRBUF_INIT, as_meant = STRBUF_INIT;

	check(mail_body(mail, type, &got) ? NULL : "no body", mail);
	meant_body(meant, closed, &as_meant);
	check(strcmp(got.buf, as_meant.buf) == 0 ? NULL : "another body", mail);
	strbuf_release(&got);
	strbuf_release(&as_meant);
}

static void check_mail(const struct mime_mail *m, const struct strbuf *mail)
{
	check(mail_wrong(mail), mail);
	check_headers(mail);
	check_field(mail, "Subject", m->subject);
	check_body(mail, "text/plain", m->text, !m->html[0]);
	if (m->html[0])
		check_body(mail, "text/html", m->html, false);
	if (m->from_name[0])
		check_field(mail, "From", m->from_name);
	if (m->to_name[0])
		check_field(mail, "To", m->to_name);
}

static void write_with(char *const pieces[PIECES], bool addresses)
{
	struct mime_mail m = {
		.from = "contact@example.com",
		.from_name = pieces[FROM_NAME],
		.to = addresses ? pieces[TO] : "awa@example.org",
		.to_name = pieces[TO_NAME],
		.reply_to = addresses ? pieces[REPLY_TO] : "",
		.subject = pieces[SUBJECT],
		.text = pieces[TEXT],
		.html = pieces[HTML],
		.message_id = "m-1.0123456789abcdef@example.com",
		.unsubscribe = addresses ? pieces[UNSUBSCRIBE] : "",
		.date = 1795355411,
	};
	struct strbuf mail = STRBUF_INIT;
	struct err err = ERR_INIT;

	if (mime_write(&m, &mail, &err))
		check_mail(&m, &mail);
	else
		check(addresses ? NULL : "refused", &mail);
	strbuf_release(&mail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf pieces[PIECES];
	char *texts[PIECES];
	size_t at = 0;

	for (int i = 0; i < PIECES; i++) {
		const uint8_t *end = at < size ? memchr(data + at, 0, size - at) : NULL;
		size_t len = end ? (size_t)(end - data) - at : size - at;

		strbuf_init(&pieces[i], 0);
		strbuf_add(&pieces[i], data + at, len);
		texts[i] = pieces[i].buf;
		at += len + (end != NULL);
	}
	write_with(texts, false);
	write_with(texts, true);
	for (int i = 0; i < PIECES; i++)
		strbuf_release(&pieces[i]);
	return 0;
}
