#include "mail.h"

#include <stdio.h>
#include <string.h>

#include "crypt.h"
#include "mime.h"
#include "unsubscribe.h"

void mail_seal(const struct account *a, int64_t message_id, char out[MAIL_SEAL + 1])
{
	unsigned char mac[CRYPT_HASH_SIZE];
	struct strbuf digits = STRBUF_INIT;
	char ref[32];

	provider_ref(message_id, ref);
	crypt_hmac(a->salt, strlen(a->salt), ref, strlen(ref), mac);
	crypt_hex(mac, MAIL_SEAL / 2, &digits);
	snprintf(out, MAIL_SEAL + 1, "%s", digits.buf);
	strbuf_release(&digits);
}

static void add_unsubscribe(const struct account *a, const struct batch *b, size_t i,
	const char *from, struct strbuf *out)
{
	const char *reply_to = account_get(a, "reply_to");
	char ref[32];

	if (!b->marketing)
		return;
	if (b->to[i].unsubscribe[0]) {
		strbuf_adds(out, b->to[i].unsubscribe);
		return;
	}
	provider_ref(b->to[i].message_id, ref);
	unsubscribe_mailto(reply_to[0] ? reply_to : from, ref, out);
}

/* Those who read no HTML get its text where none was written for them. */
static void write_bodies(const struct batch *b, size_t i, struct strbuf *text, struct strbuf *html)
{
	template_write(b->text, WRITE_TEXT, b->to[i].values, text);
	if (b->html)
		template_write(b->html, WRITE_HTML, b->to[i].values, html);
	if (!text->len && html->len)
		html_as_text(html->buf, text);
}

bool mail_write(const struct account *a, const struct batch *b, size_t i, const char *from,
	struct strbuf *out, struct err *err)
{
	struct strbuf subject = STRBUF_INIT, id = STRBUF_INIT, unsubscribe = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT_MAX(MIME_MAX), html = STRBUF_INIT_MAX(MIME_MAX);
	char ref[32], seal[MAIL_SEAL + 1];
	struct email email;
	bool ok = mime_address(from, &email) || err_set(err, ERR_MAIL_FROM, from, "%s", "");

	if (!ok)
		goto out;
	provider_ref(b->to[i].message_id, ref);
	mail_seal(a, b->to[i].message_id, seal);
	strbuf_addf(&id, "%s.%s@%s", ref, seal, mime_domain(email.address));
	add_unsubscribe(a, b, i, email.address, &unsubscribe);
	if (b->subject)
		template_write(b->subject, WRITE_TEXT, b->to[i].values, &subject);
	write_bodies(b, i, &text, &html);
	ok = mime_write(
		&(struct mime_mail){
			.from = email.address,
			.from_name = b->sender[0] ? b->sender : account_get(a, "from_name"),
			.to = b->to[i].to,
			.to_name = b->to[i].to_name,
			.reply_to = account_get(a, "reply_to"),
			.subject = subject.buf,
			.text = text.buf,
			.html = html.buf,
			.message_id = id.buf,
			.unsubscribe = unsubscribe.buf,
			.automatic = !b->marketing,
			.date = b->now,
		},
		out, err);
	if (ok && (text.full || html.full))
		ok = err_set(err, ERR_TOO_LARGE, ref, "%s", "");
out:
	strbuf_release(&subject);
	strbuf_release(&id);
	strbuf_release(&unsubscribe);
	strbuf_release(&text);
	strbuf_release(&html);
	return ok;
}
