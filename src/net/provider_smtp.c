/*
 * Submission to a mail server, one recipient a transaction. What became of a message
 * is said by the last reply: its code, and the enhanced one behind it.
 *
 * Sources: RFC 5321 (replies), 6409 (submission), 3463 and 5248 (enhanced codes), 4954
 * (AUTH), 8314 (TLS); libcurl's SMTP as measured against a scripted server.
 */
#include <stdio.h>
#include <string.h>

#include "mail.h"
#include "mime.h"
#include "num.h"
#include "provider_http.h"
#include "provider_table.h"

static const struct provider_field fields[] = {
	{ "host", N_("Mail server"), FIELD_TEXT, true, "", NULL },
	{ "port", N_("Port"), FIELD_NUMBER, false, "587", NULL },
	{ "security", N_("Encryption"), FIELD_CHOICE, false, "starttls", "starttls|tls|none" },
	{ "user", N_("User"), FIELD_TEXT, false, "", NULL },
	{ "password", N_("Password"), FIELD_SECRET, false, "", NULL },
	{ "from_address", N_("Sender's address"), FIELD_EMAIL, true, "", NULL },
	{ "from_name", N_("Sender's name"), FIELD_TEXT, false, "", NULL },
	{ "reply_to", N_("Address for answers"), FIELD_EMAIL, false, "", NULL },
	{ "ehlo", N_("Name given to the server"), FIELD_TEXT, false, "", NULL },
	{ "verp", N_("One return address each"), FIELD_CHOICE, false, "no", "yes|no" },
	{ "bounce_domain", N_("Domain of return addresses"), FIELD_TEXT, false, "", NULL },
	{ .key = NULL },
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A name or an address of the network, and nothing that a URL or a command could take
 * for more. */
static bool is_host(const char *s)
{
	if (!s[0] || strlen(s) > 253)
		return false;
	for (; *s; s++) {
		if (!is_alnum(*s) && !strchr(".-_:", *s))
			return false;
	}
	return true;
}

static bool is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	       (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

static bool wrong(const char *key, struct err *err)
{
	return err_set(err, ERR_MAIL_SETTING, key, "%s", "");
}

static bool set_server(
	const struct account *a, const char *domain, struct wire_request *req, struct err *err)
{
	const char *host = account_get(a, "host"), *security = account_get(a, "security");
	const char *ehlo = account_get(a, "ehlo");
	bool none = strcmp(security, "none") == 0, tls = strcmp(security, "tls") == 0;
	int64_t port;

	if (!is_host(host))
		return wrong("host", err);
	if (!num_parse_i64(account_get(a, "port"), 1, 65535, &port))
		return wrong("port", err);
	if ((none && !is_loopback(host)) || (!none && !tls && strcmp(security, "starttls") != 0))
		return wrong("security", err);
	if (!ehlo[0])
		ehlo = domain;
	if (!is_host(ehlo))
		return wrong("ehlo", err);
	strbuf_addf(&req->url, strchr(host, ':') ? "%s://[%s]:%d/%s" : "%s://%s:%d/%s",
		tls ? "smtps" : "smtp", host, (int)port, ehlo);
	req->start_tls = !none && !tls;
	return true;
}

static bool set_login(const struct account *a, struct wire_request *req, struct err *err)
{
	const char *user = account_get(a, "user"), *password = account_get(a, "password");

	if (!user[0] != !password[0])
		return wrong(user[0] ? "password" : "user", err);
	strbuf_adds(&req->user, user);
	strbuf_adds(&req->password, password);
	return true;
}

/* Where what cannot be delivered comes back to: with `verp` one address a message, by
 * which a report is known to be about it. */
static bool set_return(const struct account *a, const struct batch *b, const char *from,
	struct wire_request *req, struct err *err)
{
	const char *domain = account_get(a, "bounce_domain");
	char ref[32], seal[MAIL_SEAL + 1];

	if (strcmp(account_get(a, "verp"), "yes") != 0) {
		strbuf_adds(&req->mail_from, from);
		return true;
	}
	if (domain[0] && !is_host(domain))
		return wrong("bounce_domain", err);
	provider_ref(b->to[0].message_id, ref);
	mail_seal(a, b->to[0].message_id, seal);
	strbuf_addf(&req->mail_from, "bounce+%s=%s@%s", ref, seal,
		domain[0] ? domain : mime_domain(from));
	return true;
}

static bool build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *from = account_get(a, "from_address");
	struct email sender, recipient;

	if (!mime_address(from, &sender))
		return err_set(err, ERR_MAIL_FROM, from, "%s", "");
	if (!mime_address(b->to[0].to, &recipient))
		return err_set(err, ERR_MAIL_TO, b->to[0].to, "%s", "");
	req->method = WIRE_SMTP;
	if (!set_server(a, mime_domain(sender.address), req, err) || !set_login(a, req, err) ||
		!set_return(a, b, sender.address, req, err))
		return false;
	strbuf_adds(&req->mail_to, recipient.address);
	return mail_write(a, b, 0, sender.address, &req->body, err);
}

/* An address that is not ASCII would need a server with SMTPUTF8 all the way. */
static bool fits(const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	struct email email;

	(void)a;
	*why = (struct send_result){ .outcome = OUTCOME_SENT };
	if (mime_address(b->to[i].to, &email))
		return true;
	provider_refuse(why, MESSAGE_FAILED, REASON_BAD_ADDRESS);
	snprintf(why->code, sizeof(why->code), "%s",
		email.result == EMAIL_OK ? "SMTPUTF8" : "ADDRESS");
	return false;
}

/* How far the dialogue came. */
enum stage {
	STAGE_UNKNOWN,
	STAGE_SENDER,	 /* the sender was not accepted, or nobody was greeted */
	STAGE_RECIPIENT, /* the sender was, the text was not asked for */
	STAGE_TEXT,
};

/* Reads the code of a reply's last line; 0 for any other line. */
static int reply_code(const char *line)
{
	for (int i = 0; i < 3; i++) {
		if (line[i] < '0' || line[i] > '9')
			return 0;
	}
	if (line[3] != ' ' && line[3] != '\n' && line[3])
		return 0;
	return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

/* EHLO follows a 220, of the greeting or of STARTTLS; the sender's 250 does not. The
 * last reply is left out: it is what is being judged. */
static enum stage stage_of(const char *lines)
{
	enum stage stage = STAGE_UNKNOWN;
	int before = 0, code = 0;

	for (const char *line = lines; *line;) {
		int next = reply_code(line);

		line += strcspn(line, "\n");
		line += *line == '\n';
		if (!next)
			continue;
		if (code == 220 && stage == STAGE_UNKNOWN)
			stage = STAGE_SENDER;
		else if (code == 250 && before != 220)
			stage = STAGE_RECIPIENT;
		else if (code == 354)
			stage = STAGE_TEXT;
		before = code;
		code = next;
	}
	/* All there is: the greeting, or on a kept connection the sender's. */
	if (code && !before && stage == STAGE_UNKNOWN)
		stage = STAGE_SENDER;
	return stage;
}

struct enhanced {
	int class, subject, detail; /* RFC 3463; 0.0.0 none */
	const char *text;	    /* what follows, up to the line's end */
};

/* The last line that begins with the code. */
static const char *line_of(const char *lines, long code)
{
	const char *found = "";
	char digits[24];

	snprintf(digits, sizeof(digits), "%ld", code);
	for (const char *line = lines; *line;) {
		if (strncmp(line, digits, 3) == 0 && strchr(" -\n", line[3]))
			found = line;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return found;
}

static bool read_number(const char **s, char end, int *out)
{
	size_t n = strspn(*s, "0123456789");

	if (!n || n > 3 || (*s)[n] != end)
		return false;
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out = *out * 10 + ((*s)[i] - '0');
	*s += n + 1;
	return true;
}

static struct enhanced read_enhanced(const char *line)
{
	struct enhanced e = { 0 };
	const char *s;

	e.text = strlen(line) > 3 ? line + 4 - (line[3] == '\n') : "";
	s = e.text;
	if (!read_number(&s, '.', &e.class) || e.class != line[0] - '0' ||
		!read_number(&s, '.', &e.subject) ||
		(!read_number(&s, ' ', &e.detail) && !read_number(&s, '\n', &e.detail)))
		return (struct enhanced){ .text = e.text };
	if (s[-1] == '\n')
		s--;
	e.text = s;
	return e;
}

static const struct {
	int subject, detail; /* detail -1: all */
	enum message_status status;
	enum message_reason reason;
} refusals[] = {
	{ 1, 1, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },	/* no such mailbox */
	{ 1, 2, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },	/* no such domain */
	{ 1, 3, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },	/* no address */
	{ 1, 6, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },	/* moved, nobody knows where */
	{ 1, 10, MESSAGE_BOUNCED, REASON_BAD_ADDRESS }, /* a domain that takes no mail */
	{ 2, 1, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },	/* switched off */
	{ 2, 2, MESSAGE_FAILED, REASON_BLOCKED },	/* full */
	{ 7, -1, MESSAGE_FAILED, REASON_REJECTED },	/* policy */
};

static void judge_permanent(
	long code, const struct enhanced *e, enum stage stage, struct send_result *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		if (e->class == 5 && refusals[i].subject == e->subject &&
			(refusals[i].detail < 0 || refusals[i].detail == e->detail)) {
			provider_refuse(r, refusals[i].status, refusals[i].reason);
			return;
		}
	}
	provider_refuse(r, MESSAGE_FAILED, REASON_REJECTED);
	if (stage != STAGE_RECIPIENT || e->subject)
		return;
	/* To a recipient, without more words (RFC 5321, 4.2.2). */
	if (code == 550 || code == 551 || code == 553)
		provider_refuse(r, MESSAGE_BOUNCED, REASON_BAD_ADDRESS);
	else if (code == 552)
		provider_refuse(r, MESSAGE_FAILED, REASON_BLOCKED);
}

static bool is_login(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

/* Of the message's size, said when the sender is named. */
static bool is_size(long code, const struct enhanced *e)
{
	return code == 552 || (e->subject == 3 && e->detail == 4);
}

/* "Daily user sending limit exceeded" of Gmail, permanent in form alone. */
static bool is_quota(const struct enhanced *e)
{
	return e->class == 5 && e->subject == 4 && e->detail == 5;
}

static void judge_refusal(long code, const char *lines, struct send_result *r)
{
	struct enhanced e = read_enhanced(line_of(lines, code));
	enum stage stage = stage_of(lines);

	if (e.class)
		snprintf(r->code, sizeof(r->code), "%ld %d.%d.%d", code, e.class, e.subject,
			e.detail);
	else
		snprintf(r->code, sizeof(r->code), "%ld", code);
	if (code < 500) {
		r->outcome = OUTCOME_RETRY;
		r->reason = REASON_RETRY;
	} else if (is_quota(&e)) {
		r->outcome = OUTCOME_QUOTA;
		r->reason = REASON_QUOTA;
	} else if (is_login(code) || (stage == STAGE_SENDER && !is_size(code, &e))) {
		/* It is us that the server will not have: every message would end so. */
		provider_forbid(r);
	} else {
		judge_permanent(code, &e, stage, r);
	}
}

/* The server's name for what it took: "queued as ID", "id=ID", else its words. */
static void read_queue_id(const char *line, char out[160])
{
	static const char *const before[] = { "queued as ", "id=" };
	struct enhanced e = read_enhanced(line);
	size_t len = strcspn(e.text, "\n");
	const char *from = e.text;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(before); i++) {
		const char *at = strstr(e.text, before[i]);

		if (!at || at >= e.text + len)
			continue;
		from = at + strlen(before[i]);
		len = strcspn(from, " \n;,)");
		break;
	}
	for (size_t i = 0; i < len && n + 1 < 160; i++) {
		if (from[i] >= ' ' && from[i] <= '~')
			out[n++] = from[i];
	}
	out[n] = '\0';
}

static void judge(const struct wire_answer *answer, struct send_result *r)
{
	*r = (struct send_result){ .outcome = OUTCOME_UNCERTAIN, .reason = REASON_NO_ANSWER };
	if (answer->status >= 400 && answer->status < 600) {
		judge_refusal(answer->status, answer->lines.buf, r);
	} else if (answer->end != WIRE_ANSWERED) {
		if (provider_judge(answer, false, r) && answer->untrusted)
			snprintf(r->code, sizeof(r->code), "TLS");
	} else if (answer->status >= 200 && answer->status < 300) {
		r->outcome = OUTCOME_SENT;
		r->reason = REASON_NONE;
		snprintf(r->code, sizeof(r->code), "%ld", answer->status);
		read_queue_id(line_of(answer->lines.buf, answer->status), r->provider_id);
	} else {
		snprintf(r->code, sizeof(r->code), "%ld", answer->status);
	}
}

static void read_answer(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct send_result one;

	(void)a;
	judge(answer, &one);
	provider_all(b, &one, results);
}

const struct provider_ops provider_smtp = {
	.name = PROVIDER_SMTP,
	.fields = fields,
	.batch_max = 1,
	.help = N_("Your mail provider names its server for sending (SMTP), the port (587 with "
		   "STARTTLS, 465 with TLS), the user and the password, often one made for "
		   "programs. The sender's address must be one that it lets you send from."),
	.fits = fits,
	.build = build,
	.read = read_answer,
};
