/*
 * Reads e-mails back, as far as this program writes them, by the RFCs and not by the
 * writer: header fields unfolded and decoded, bodies out of quoted-printable.
 * Static: buffers are the caller's.
 */
#ifndef MAIL_READER_H
#define MAIL_READER_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "strbuf.h"

/* Every line ends in CR LF, no other CR, LF or NUL, at most 998 characters, and 76 where
 * an encoded word stands. Returns what is wrong, or NULL. */
static inline const char *mail_wrong(const struct strbuf *mail)
{
	size_t begin = 0;

	for (size_t i = 0; i < mail->len; i++) {
		char c = mail->buf[i];

		if (c == '\0')
			return "a NUL";
		if (c == '\n' && (!i || mail->buf[i - 1] != '\r'))
			return "a lone LF";
		if (c == '\r' && mail->buf[i + 1] != '\n')
			return "a lone CR";
		if ((unsigned char)c > '~')
			return "not ASCII";
		if (c != '\n')
			continue;
		if (i - 1 - begin > 998)
			return "a line too long";
		mail->buf[i - 1] = '\0';
		if (i - 1 - begin > 76 && strstr(mail->buf + begin, " =?UTF-8?"))
			return "an encoded word's line too long";
		mail->buf[i - 1] = '\r';
		begin = i + 1;
	}
	return begin == mail->len && begin ? NULL : "an open last line";
}

static inline int mail_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Quoted-printable, or the Q encoding with `q`; CR LF becomes LF. */
static inline bool mail_unquote(const char *s, size_t len, bool q, struct strbuf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '=' && i + 2 < len && s[i + 1] == '\r' && s[i + 2] == '\n' && !q) {
			i += 2;
		} else if (s[i] == '=') {
			if (i + 2 >= len || mail_digit(s[i + 1]) < 0 || mail_digit(s[i + 2]) < 0)
				return false;
			strbuf_addc(out, (char)(mail_digit(s[i + 1]) * 16 + mail_digit(s[i + 2])));
			i += 2;
		} else if (s[i] == '_' && q) {
			strbuf_addc(out, ' ');
		} else if (s[i] != '\r') {
			strbuf_addc(out, s[i]);
		}
	}
	return true;
}

static inline bool mail_base64(const char *s, size_t len, struct strbuf *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned v = 0, bits = 0;

	if (len % 4)
		return false;
	while (len && s[len - 1] == '=')
		len--;
	for (size_t i = 0; i < len; i++) {
		const char *at = memchr(digits, s[i], 64);

		if (!at)
			return false;
		v = v << 6 | (unsigned)(at - digits);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			strbuf_addc(out, (char)(v >> bits & 255));
		}
	}
	return true;
}

/* One encoded word at `s`: its bytes; 0 if there is none. */
static inline size_t mail_word(const char *s, struct strbuf *out)
{
	const char *text, *end;

	if (strncmp(s, "=?UTF-8?", 8) != 0 || (s[8] != 'Q' && s[8] != 'B') || s[9] != '?')
		return 0;
	text = s + 10;
	end = strstr(text, "?=");
	if (!end || end + 2 - s > 75)
		return 0;
	if (!(s[8] == 'Q' ? mail_unquote(text, (size_t)(end - text), true, out)
			  : mail_base64(text, (size_t)(end - text), out)))
		return 0;
	return (size_t)(end + 2 - s);
}

/* The value of a header field, unfolded, its encoded words decoded and what stands
 * between two of them left out. false if it is not there exactly once. */
static inline bool mail_field(const struct strbuf *mail, const char *name, struct strbuf *out)
{
	size_t n = strlen(name), found = 0;
	const char *s = mail->buf;
	struct strbuf raw = STRBUF_INIT;

	while (strncmp(s, "\r\n", 2) != 0 && *s) {
		bool ours = strncmp(s, name, n) == 0 && s[n] == ':';

		found += ours;
		s += ours ? n + 1 : 0;
		do {
			const char *end = strstr(s, "\r\n");

			if (!end)
				end = s + strlen(s);
			if (ours)
				strbuf_add(&raw, s, (size_t)(end - s));
			s = *end ? end + 2 : end;
		} while (*s == ' ' || *s == '\t');
	}
	for (size_t i = raw.buf[0] == ' '; i < raw.len;) {
		size_t word = mail_word(raw.buf + i, out);

		if (word && strncmp(raw.buf + i + word, " =?", 3) == 0)
			word++;
		if (!word)
			strbuf_addc(out, raw.buf[i]);
		i += word ? word : 1;
	}
	strbuf_release(&raw);
	return found == 1;
}

/* The decoded body: of all of it, or of the part of that type in a multipart. */
static inline bool mail_body(const struct strbuf *mail, const char *type, struct strbuf *out)
{
	static const char several[] = "\r\nContent-Type: multipart/alternative;\r\n boundary=\"";
	const char *boundary = strstr(mail->buf, several);
	const char *head = mail->buf, *end = mail->buf + mail->len, *body;
	struct strbuf mark = STRBUF_INIT;
	bool ok = false;

	body = strstr(head, "\r\n\r\n");
	if (boundary && body && boundary < body) {
		boundary += sizeof(several) - 1;
		strbuf_adds(&mark, "\r\n--");
		strbuf_add(&mark, boundary, strcspn(boundary, "\""));
		head = strstr(head, mark.buf);
		while (head && strncmp(head + mark.len + 2 + 14, type, strlen(type)) != 0)
			head = strstr(head + 1, mark.buf);
		end = head ? strstr(head + 1, mark.buf) : NULL;
		body = head ? strstr(head, "\r\n\r\n") : NULL;
	}
	if (body && end)
		ok = mail_unquote(body + 4, (size_t)(end - body - 4), false, out);
	strbuf_release(&mark);
	return ok;
}

#endif
