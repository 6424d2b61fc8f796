#include "mime.h"

#include "date.h"
#include "utf8.h"

#define WORD_HEAD "=?UTF-8?"
#define WORD_FIXED                                                                                 \
	(sizeof(WORD_HEAD "Q?"                                                                     \
			  "?=") -                                                                  \
		1)    /* of an encoded word, beside its text */
#define PLAIN_MOST 60 /* bytes of a blank and word of a header that is left as it is */

static const char hex[] = "0123456789ABCDEF";

/* Characters since the last line end. */
static size_t column(const struct strbuf *out)
{
	size_t at = out->len;

	while (at && out->buf[at - 1] != '\n')
		at--;
	return out->len - at;
}

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What may stand in an encoded word of any header as itself (RFC 2047, 5 (3)). */
static bool word_safe(unsigned char c)
{
	return is_alnum(c) || (c && strchr("!*+-/", c));
}

static size_t q_size(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += word_safe((unsigned char)s[i]) || s[i] == ' ' ? 1 : 3;
	return n;
}

static size_t b_size(size_t len)
{
	return (len + 2) / 3 * 4;
}

static void add_hex(struct strbuf *out, unsigned char c)
{
	strbuf_addc(out, '=');
	strbuf_addc(out, hex[c >> 4]);
	strbuf_addc(out, hex[c & 15]);
}

static void add_q(struct strbuf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == ' ')
			strbuf_addc(out, '_');
		else if (word_safe((unsigned char)s[i]))
			strbuf_addc(out, s[i]);
		else
			add_hex(out, (unsigned char)s[i]);
	}
}

static void add_b(struct strbuf *out, const char *s, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)s[i] << 16;

		if (i + 1 < len)
			v |= (uint32_t)(unsigned char)s[i + 1] << 8;
		if (i + 2 < len)
			v |= (unsigned char)s[i + 2];
		strbuf_addc(out, digits[v >> 18]);
		strbuf_addc(out, digits[v >> 12 & 63]);
		strbuf_addc(out, i + 1 < len ? digits[v >> 6 & 63] : '=');
		strbuf_addc(out, i + 2 < len ? digits[v & 63] : '=');
	}
}

/* Bytes of the longest head, of whole characters, whose encoding takes at most `room`. */
static size_t word_fit(const char *s, size_t len, size_t room, bool q)
{
	size_t at = 0, used = 0;

	while (at < len) {
		uint32_t cp;
		size_t n = utf8_decode(s + at, len - at, &cp);

		used += q ? q_size(s + at, n) : 0;
		if ((q ? used : b_size(at + n)) > room)
			break;
		at += n;
	}
	return at;
}

/* As encoded words, Q or B for all of it, whichever is shorter. */
static void add_words(struct strbuf *out, const char *s, size_t len)
{
	bool q = q_size(s, len) <= b_size(len);

	for (size_t at = 0; at < len;) {
		size_t used = column(out) + WORD_FIXED;
		size_t n = used < MIME_WORD_LINE
				   ? word_fit(s + at, len - at, MIME_WORD_LINE - used, q)
				   : 0;

		if (n) {
			strbuf_addf(out, WORD_HEAD "%c?", q ? 'Q' : 'B');
			(q ? add_q : add_b)(out, s + at, n);
			strbuf_adds(out, "?=");
			at += n;
		}
		if (at < len)
			strbuf_adds(out, "\r\n ");
		if (out->full)
			return;
	}
}

/* Whether a value can stand as it is: printable ASCII, nothing that looks like an
 * encoded word, and a place to fold at often enough. */
static bool plain(const char *s, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)s[i] < ' ' || (unsigned char)s[i] > '~')
			return false;
		if (s[i] == '=' && i + 1 < len && s[i + 1] == '?')
			return false;
		run = s[i] == ' ' && i && s[i - 1] != ' ' ? 1 : run + 1;
		if (run > PLAIN_MOST)
			return false;
	}
	return true;
}

/* Bytes up to the next place to fold at: before blanks. */
static size_t chunk(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == ' ')
		n++;
	while (n < len && s[n] != ' ')
		n++;
	return n;
}

static void add_folded(struct strbuf *out, const char *s, size_t len)
{
	for (size_t at = 0, n; at < len; at += n) {
		n = chunk(s + at, len - at);
		if (at && column(out) + n > MIME_LINE)
			strbuf_adds(out, "\r\n");
		strbuf_add(out, s + at, n);
	}
}

/* Made fit for one line, without blanks at its ends. */
static void clean(struct strbuf *out, const char *s)
{
	utf8_add_clean(out, s, strlen(s), "");
	strbuf_trim(out);
}

static void add_subject(struct strbuf *out, const char *subject)
{
	struct strbuf value = STRBUF_INIT;

	clean(&value, subject);
	strbuf_adds(out, "Subject: ");
	if (plain(value.buf, value.len))
		add_folded(out, value.buf, value.len);
	else
		add_words(out, value.buf, value.len);
	strbuf_adds(out, "\r\n");
	strbuf_release(&value);
}

/* A display name: words as they are, quoted where they hold more than that, encoded
 * where they are not ASCII or too long for a line. */
static void add_name(struct strbuf *out, const char *s, size_t len)
{
	bool atoms = true;

	for (size_t i = 0; i < len; i++) {
		bool blank = s[i] == ' ' && i && s[i - 1] != ' ';

		atoms = atoms && (blank || is_alnum((unsigned char)s[i]) ||
					 (s[i] && strchr("!#$%&'*+-/=?^_`{|}~", s[i])));
	}
	if (len > PLAIN_MOST || !plain(s, len)) {
		add_words(out, s, len);
	} else if (atoms) {
		strbuf_add(out, s, len);
	} else {
		strbuf_addc(out, '"');
		for (size_t i = 0; i < len; i++) {
			if (s[i] == '"' || s[i] == '\\')
				strbuf_addc(out, '\\');
			strbuf_addc(out, s[i]);
		}
		strbuf_addc(out, '"');
	}
}

static void add_bracketed(struct strbuf *out, const char *s)
{
	if (column(out) + strlen(s) + 3 > MIME_WORD_LINE)
		strbuf_adds(out, "\r\n");
	strbuf_addf(out, " <%s>", s);
}

static bool ascii_only(const char *s)
{
	for (; *s; s++) {
		if (*s < '!' || *s > '~')
			return false;
	}
	return true;
}

bool mime_address(const char *raw, struct email *email)
{
	return email_clean(raw, email) && ascii_only(email->address);
}

/* "Name: name <address>"; `code` where the address cannot be written to. */
static bool add_mailbox(struct strbuf *out, const char *header, const char *address,
	const char *name, enum err_code code, struct err *err)
{
	struct strbuf value = STRBUF_INIT;
	struct email email;

	if (!mime_address(address, &email))
		return err_set(err, code, address, "%s",
			email.result == EMAIL_OK ? "needs SMTPUTF8" : "not an address");
	clean(&value, name);
	strbuf_addf(out, "%s:", header);
	if (value.len) {
		strbuf_addc(out, ' ');
		add_name(out, value.buf, value.len);
	}
	if (value.len)
		add_bracketed(out, email.address);
	else
		strbuf_addf(out, " %s", email.address);
	strbuf_adds(out, "\r\n");
	strbuf_release(&value);
	return true;
}

static void add_date(struct strbuf *out, int64_t instant)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	int32_t second, day = date_of_instant(instant, &second);
	struct civil c = date_to_civil(day);

	strbuf_addf(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
		days[date_weekday(day) - 1], c.day, months[c.month - 1], (int)c.year,
		(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

bool mime_one_click(const char *url)
{
	static const char *const beginnings[] = { "https://", "http://localhost", "http://127.",
		"http://[::1]" };

	for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++) {
		size_t n = strlen(beginnings[i]);

		if (strncmp(url, beginnings[i], n) == 0 && url[n])
			return i != 1 || url[n] == '/' || url[n] == ':';
	}
	return false;
}

const char *mime_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "";
}

static bool add_unsubscribe(struct strbuf *out, const char *url, struct err *err)
{
	bool one_click = mime_one_click(url);
	static const char header[] = "List-Unsubscribe:";

	if (!url[0])
		return true;
	if ((!one_click && strncmp(url, "mailto:", 7) != 0) || strlen(url) > MIME_URL_MAX ||
		strpbrk(url, "<>\"\\") || !ascii_only(url))
		return err_set(err, ERR_MAIL_UNSUBSCRIBE, url, "%s", "");
	strbuf_adds(out, header);
	add_bracketed(out, url);
	strbuf_adds(out, "\r\n");
	if (one_click)
		strbuf_adds(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	return true;
}

/* Bytes of a line end at `s`: CR LF, or either alone; 0 none. */
static size_t line_end(const char *s)
{
	if (s[0] == '\r')
		return s[1] == '\n' ? 2 : 1;
	return s[0] == '\n' ? 1 : 0;
}

/* One character of a body, quoted where it must be; a broken byte as U+FFFD. */
static size_t quote(const char *s, size_t len, uint32_t cp, bool last, struct strbuf *piece)
{
	char bad[UTF8_MAX];

	if (cp == UTF8_REPLACEMENT && len == 1) {
		len = utf8_encode(cp, bad);
		s = bad;
	}
	strbuf_clear(piece);
	for (size_t i = 0; i < len; i++) {
		bool blank = s[i] == ' ' || s[i] == '\t';

		if (blank ? !last : s[i] > ' ' && s[i] <= '~' && s[i] != '=')
			strbuf_addc(piece, s[i]);
		else
			add_hex(piece, (unsigned char)s[i]);
	}
	return piece->len;
}

/* Quoted-printable. A character's bytes are never parted by a soft line end. */
static void add_quoted(struct strbuf *out, const char *s)
{
	struct strbuf piece = STRBUF_INIT;
	size_t len = strlen(s), col = 0;

	for (size_t at = 0, n; at < len && !out->full; at += n) {
		uint32_t cp;
		size_t size;

		n = line_end(s + at);
		if (n) {
			strbuf_adds(out, "\r\n");
			col = 0;
			continue;
		}
		n = utf8_decode(s + at, len - at, &cp);
		size = quote(s + at, n, cp, !s[at + n] || line_end(s + at + n), &piece);
		if (col + size > MIME_WORD_LINE - 1) {
			strbuf_adds(out, "=\r\n");
			col = 0;
		}
		strbuf_add(out, piece.buf, piece.len);
		col += size;
	}
	strbuf_release(&piece);
}

static void add_part(struct strbuf *out, const char *type, const char *text)
{
	strbuf_addf(out,
		"Content-Type: text/%s; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		type);
	add_quoted(out, text);
}

/* Cannot occur in a part: quoted-printable has a digit or a line end after each "=". */
static void make_boundary(struct strbuf *out, const char *message_id)
{
	strbuf_adds(out, "=_");
	for (size_t i = 0; message_id[i] && message_id[i] != '@' && i < 50; i++) {
		if (is_alnum((unsigned char)message_id[i]) || strchr("-.", message_id[i]))
			strbuf_addc(out, message_id[i]);
	}
	strbuf_adds(out, "_=");
}

static void add_alternatives(struct strbuf *out, const struct mime_mail *m)
{
	struct strbuf boundary = STRBUF_INIT;

	make_boundary(&boundary, m->message_id);
	strbuf_addf(out, "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n--%s\r\n",
		boundary.buf, boundary.buf);
	add_part(out, "plain", m->text);
	strbuf_addf(out, "\r\n--%s\r\n", boundary.buf);
	add_part(out, "html", m->html);
	strbuf_addf(out, "\r\n--%s--\r\n", boundary.buf);
	strbuf_release(&boundary);
}

bool mime_write(const struct mime_mail *m, struct strbuf *out, struct err *err)
{
	if (strlen(m->message_id) > MIME_LINE_MAX - 20 || strpbrk(m->message_id, "<>") ||
		!ascii_only(m->message_id))
		return err_set(err, ERR_MAIL_FROM, m->from, "not a Message-ID");
	add_date(out, m->date);
	if (!add_mailbox(out, "From", m->from, m->from_name, ERR_MAIL_FROM, err) ||
		!add_mailbox(out, "To", m->to, m->to_name, ERR_MAIL_TO, err) ||
		(m->reply_to[0] &&
			!add_mailbox(out, "Reply-To", m->reply_to, "", ERR_MAIL_FROM, err)))
		return false;
	add_subject(out, m->subject);
	strbuf_addf(out, "Message-ID: <%s>\r\n", m->message_id);
	if (!add_unsubscribe(out, m->unsubscribe, err))
		return false;
	if (m->automatic)
		strbuf_adds(out, "Auto-Submitted: auto-generated\r\n");
	strbuf_adds(out, "MIME-Version: 1.0\r\n");
	if (m->html[0]) {
		add_alternatives(out, m);
	} else {
		add_part(out, "plain", m->text);
		if (column(out))
			strbuf_adds(out, "\r\n");
	}
	return !out->full || err_set(err, ERR_TOO_LARGE, m->subject, "%s", "");
}
