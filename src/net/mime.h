/*
 * Writes an e-mail as it goes over the wire: a header whose values cannot break out
 * of their line, and a body of plain text, or of text and HTML side by side. Pure
 * functions over memory; any thread.
 *
 * Sources: RFC 5322 (message), 2045 and 2046 (quoted-printable, multipart), 2047
 * (encoded words), 2369 and 8058 (List-Unsubscribe), 3834 (Auto-Submitted).
 */
#ifndef MIME_H
#define MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "email.h"
#include "err.h"
#include "strbuf.h"

#define MIME_WORD_LINE 76	   /* most characters of a line that holds an encoded word */
#define MIME_LINE 78		   /* of a line where it can be helped */
#define MIME_LINE_MAX 998	   /* of any line */
#define MIME_URL_MAX 900	   /* bytes of an unsubscribe address */
#define MIME_MAX ((size_t)8 << 20) /* bytes of a message */

/* Texts are UTF-8, *borrowed*, never NULL. What is not UTF-8 in a header is left out
 * and line ends in it become blanks; in a body it becomes U+FFFD. */
struct mime_mail {
	const char *from, *from_name;
	const char *to, *to_name;
	const char *reply_to; /* "" none */
	const char *subject;
	const char *text;
	const char *html;	 /* "" none */
	const char *message_id;	 /* without its < > */
	const char *unsubscribe; /* https: one click; mailto:; "" none */
	bool automatic;		 /* Auto-Submitted: of messages that are no marketing */
	int64_t date;		 /* UTC seconds */
};

/*
 * Appends the message. Lines end in CRLF, the last one too. ERR_MAIL_TO and
 * ERR_MAIL_FROM for an address that cannot stand in a header or is not ASCII: mail
 * servers that take more are rare, and refusing is better than a bounce.
 * ERR_MAIL_UNSUBSCRIBE, ERR_TOO_LARGE. What was appended by then is to be left.
 */
bool mime_write(const struct mime_mail *m, struct strbuf *out, struct err *err) MUST_USE;

/* The address alone, as it may stand in a header and in an SMTP command: whatever
 * email_clean makes of `raw`, if it is ASCII. */
bool mime_address(const char *raw, struct email *email) MUST_USE;
/* Whether an unsubscribe address allows the one click of RFC 8058: https, or http to
 * this machine. */
bool mime_one_click(const char *url) MUST_USE;
/* The domain of an address, "" if there is none; *borrowed* from it. */
const char *mime_domain(const char *address) MUST_USE;

#endif
