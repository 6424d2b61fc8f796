#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mail_reader.h"
#include "mime.h"
#include "utf8.h"

#define NOW 1795355411 /* 2026-11-22T13:50:11Z, a Sunday */

static const struct mime_mail small = {
	.from = "contact@example.com",
	.from_name = "",
	.to = "awa@example.org",
	.to_name = "",
	.reply_to = "",
	.subject = "Hello",
	.text = "Hello Awa",
	.html = "",
	.message_id = "m-7.0123456789abcdef@example.com",
	.unsubscribe = "",
	.date = NOW,
};

static struct strbuf mail = STRBUF_INIT, value = STRBUF_INIT;

static const char *written(const struct mime_mail *m)
{
	struct err err = ERR_INIT;

	strbuf_clear(&mail);
	if (!mime_write(m, &mail, &err))
		fail_msg("%s: %s", err_name(err.code), err.subject);
	if (mail_wrong(&mail))
		fail_msg("%s in\n%s", mail_wrong(&mail), mail.buf);
	return mail.buf;
}

static const char *field(const char *name)
{
	strbuf_clear(&value);
	if (!mail_field(&mail, name, &value))
		fail_msg("no one field %s in\n%s", name, mail.buf);
	return value.buf;
}

static const char *body(const char *type)
{
	strbuf_clear(&value);
	if (!mail_body(&mail, type, &value))
		fail_msg("no body %s in\n%s", type, mail.buf);
	return value.buf;
}

static void assert_refused(const struct mime_mail *m, enum err_code code)
{
	struct err err = ERR_INIT;

	strbuf_clear(&mail);
	assert_false(mime_write(m, &mail, &err));
	assert_int_equal(err.code, code);
}

static void mime__write__plain_ascii(void **state)
{
	(void)state;
	assert_string_equal(written(&small), "Date: Sun, 22 Nov 2026 13:50:11 +0000\r\n"
					     "From: contact@example.com\r\n"
					     "To: awa@example.org\r\n"
					     "Subject: Hello\r\n"
					     "Message-ID: <m-7.0123456789abcdef@example.com>\r\n"
					     "MIME-Version: 1.0\r\n"
					     "Content-Type: text/plain; charset=UTF-8\r\n"
					     "Content-Transfer-Encoding: quoted-printable\r\n"
					     "\r\n"
					     "Hello Awa\r\n");
}

static void mime__write__both_forms_and_everything(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.from_name = "Société Générale d'Élevage";
	m.to_name = "Awa \"la Reine\" Ouédraogo";
	m.reply_to = "reponse@example.com";
	m.subject = "Vos remises d'été";
	m.text = "Bonjour,\nà bientôt.\n";
	m.html = "<p class=\"x\">Bonjour</p>";
	m.unsubscribe = "https://crm.example.com/u/m-7.0123";
	m.automatic = true;
	assert_string_equal(written(&m),
		"Date: Sun, 22 Nov 2026 13:50:11 +0000\r\n"
		"From: =?UTF-8?B?U29jacOpdMOpIEfDqW7DqXJhbGUgZCfDiWxldmFnZQ==?=\r\n"
		" <contact@example.com>\r\n"
		"To: =?UTF-8?Q?Awa_=22la_Reine=22_Ou=C3=A9draogo?= <awa@example.org>\r\n"
		"Reply-To: reponse@example.com\r\n"
		"Subject: =?UTF-8?B?Vm9zIHJlbWlzZXMgZCfDqXTDqQ==?=\r\n"
		"Message-ID: <m-7.0123456789abcdef@example.com>\r\n"
		"List-Unsubscribe: <https://crm.example.com/u/m-7.0123>\r\n"
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: multipart/alternative;\r\n"
		" boundary=\"=_m-7.0123456789abcdef_=\"\r\n"
		"\r\n"
		"--=_m-7.0123456789abcdef_=\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Bonjour,\r\n"
		"=C3=A0 bient=C3=B4t.\r\n"
		"\r\n"
		"--=_m-7.0123456789abcdef_=\r\n"
		"Content-Type: text/html; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"<p class=3D\"x\">Bonjour</p>\r\n"
		"--=_m-7.0123456789abcdef_=--\r\n");
	assert_string_equal(body("text/plain"), "Bonjour,\nà bientôt.\n");
	assert_string_equal(body("text/html"), "<p class=\"x\">Bonjour</p>");
}

static void mime__name__quoted_where_needed(void **state)
{
	struct mime_mail m = small;
	char name[62];

	(void)state;
	m.to_name = "Awa Traore";
	assert_non_null(strstr(written(&m), "To: Awa Traore <awa@example.org>\r\n"));
	m.to_name = "Traore, Awa (mag.)";
	assert_non_null(strstr(written(&m), "To: \"Traore, Awa (mag.)\" <awa@example.org>\r\n"));
	m.to_name = "a\\b\"c";
	assert_non_null(strstr(written(&m), "To: \"a\\\\b\\\"c\" <awa@example.org>\r\n"));
	m.to_name = "two  blanks";
	assert_non_null(strstr(written(&m), "To: \"two  blanks\" <awa@example.org>\r\n"));
	m.to_name = "=?UTF-8?Q?Chef?=";
	written(&m);
	assert_string_equal(field("To"), "=?UTF-8?Q?Chef?= <awa@example.org>");
	assert_null(strstr(mail.buf, "=?UTF-8?Q?Chef?="));
	/* One line holds 60 bytes as they are; 61 are encoded. */
	memset(name, 'x', sizeof(name));
	name[60] = '\0';
	m.to_name = name;
	assert_null(strstr(written(&m), "=?UTF-8?"));
	name[60] = 'x';
	name[61] = '\0';
	assert_non_null(strstr(written(&m), "=?UTF-8?"));
}

/* Every length around the folds, with characters of one to four bytes. */
static void mime__subject__comes_back_at_every_length(void **state)
{
	static const char *const units[] = { "é", "a", "ê à", "€ ", "📣", "ab é", "x y ", "日本" };
	struct strbuf subject = STRBUF_INIT;

	(void)state;
	for (size_t u = 0; u < ARRAY_SIZE(units); u++) {
		struct mime_mail m = small;

		strbuf_clear(&subject);
		for (int i = 0; i < 130; i++) {
			strbuf_adds(&subject, units[u]);
			m.subject = subject.buf;
			written(&m);
			field("Subject");
			strbuf_addc(&value, ' ');
			if (strncmp(value.buf, subject.buf, subject.len) != 0 ||
				value.len > subject.len + 1)
				assert_string_equal(value.buf, subject.buf);
		}
	}
	strbuf_release(&subject);
}

/* No encoded word holds half a character (RFC 2047, 5). */
static void mime__subject__never_splits_a_character(void **state)
{
	struct mime_mail m = small;
	int words = 0;

	(void)state;
	m.subject = "aé€📣aé€📣aé€📣aé€📣aé€📣aé€📣aé€📣aé€📣aé€📣aé€📣";
	written(&m);
	for (const char *s = mail.buf; (s = strstr(s, "=?UTF-8?")); s++) {
		strbuf_clear(&value);
		assert_int_not_equal(mail_word(s, &value), 0);
		assert_true(utf8_valid(value.buf, value.len));
		words++;
	}
	assert_int_equal(words, 3);
}

static void mime__subject__takes_the_shorter_encoding(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.subject = "Réduction de 10 % pour vous";
	assert_non_null(strstr(written(&m), "=?UTF-8?Q?R=C3=A9duction_de_10_=25_pour_vous?="));
	m.subject = "📣📣";
	assert_non_null(strstr(written(&m), "Subject: =?UTF-8?B?8J+To/Cfk6M=?=\r\n"));
}

static void mime__subject__ascii_folds_at_blanks(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.subject = "one two three four five six seven eight nine ten eleven twelve thirteen "
		    "fourteen";
	assert_non_null(strstr(written(&m),
		"Subject: one two three four five six seven eight nine ten eleven twelve\r\n"
		" thirteen fourteen\r\n"));
	assert_string_equal(field("Subject"), m.subject);
	m.subject = "";
	assert_non_null(strstr(written(&m), "Subject: \r\n"));
	m.subject = "https://example.com/a-word-that-is-longer-than-any-line-of-a-header-should-be";
	assert_non_null(strstr(written(&m), "Subject: =?UTF-8?Q?https=3A//example"));
	assert_string_equal(field("Subject"), m.subject);
}

static void mime__header__cannot_be_broken_out_of(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.subject = "Hi\r\nBcc: spy@example.net\n\nbody";
	m.from_name = "Shop\nX-Evil: 1";
	m.to_name = "\"\r\n\r\nAwa\x01\xff\xe2\x80\xa8";
	written(&m);
	assert_null(strstr(mail.buf, "\nBcc"));
	assert_null(strstr(mail.buf, "\nX-Evil"));
	assert_string_equal(field("Subject"), "Hi  Bcc: spy@example.net  body");
	assert_string_equal(field("From"), "\"Shop X-Evil: 1\" <contact@example.com>");
	assert_string_equal(field("To"), "\"\\\"    Awa\" <awa@example.org>");
	m = small;
	m.to = "awa@example.org\r\nBcc: spy@example.net";
	assert_refused(&m, ERR_MAIL_TO);
	m = small;
	m.reply_to = "a@example.org>\r\nBcc: <b@example.net";
	assert_refused(&m, ERR_MAIL_FROM);
	m = small;
	m.message_id = "a@b\r\nBcc: c@d";
	assert_refused(&m, ERR_MAIL_FROM);
	m = small;
	m.unsubscribe = "https://a\r\nBcc: c@d";
	assert_refused(&m, ERR_MAIL_UNSUBSCRIBE);
	m.unsubscribe = "https://a/><b";
	assert_refused(&m, ERR_MAIL_UNSUBSCRIBE);
}

static void mime__address__is_ascii(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.to = "";
	assert_refused(&m, ERR_MAIL_TO);
	m.to = "awa@société.example";
	assert_refused(&m, ERR_MAIL_TO);
	m.to = "awa@xn--socit-esab.example";
	assert_non_null(strstr(written(&m), "To: awa@xn--socit-esab.example\r\n"));
	m.from = "nobody";
	assert_refused(&m, ERR_MAIL_FROM);
}

static void mime__unsubscribe__one_click_needs_https(void **state)
{
	struct mime_mail m = small;
	char url[MIME_URL_MAX + 2];

	(void)state;
	m.unsubscribe = "mailto:contact@example.com?subject=unsubscribe%20m-7";
	assert_non_null(strstr(written(&m),
		"List-Unsubscribe: <mailto:contact@example.com?subject=unsubscribe%20m-7>\r\n"));
	assert_null(strstr(mail.buf, "List-Unsubscribe-Post"));
	m.unsubscribe = "http://127.0.0.1:8080/u/m-7.0";
	assert_non_null(strstr(written(&m), "List-Unsubscribe-Post: "));
	m.unsubscribe = "http://example.com/u/m-7.0";
	assert_refused(&m, ERR_MAIL_UNSUBSCRIBE);
	m.unsubscribe = "http://localhost.example.com/u/m-7.0";
	assert_refused(&m, ERR_MAIL_UNSUBSCRIBE);
	memset(url, 'a', sizeof(url));
	memcpy(url, "https://", 8);
	url[MIME_URL_MAX] = '\0';
	m.unsubscribe = url;
	assert_non_null(strstr(written(&m), "List-Unsubscribe:\r\n <https://aaa"));
	url[MIME_URL_MAX] = 'a';
	url[MIME_URL_MAX + 1] = '\0';
	assert_refused(&m, ERR_MAIL_UNSUBSCRIBE);
}

static void assert_text(const char *text, const char *quoted)
{
	struct mime_mail m = small;
	const char *found;

	m.text = text;
	found = strstr(written(&m), "\r\n\r\n") + 4;
	assert_string_equal(found, quoted);
}

static void mime__body__is_quoted_printable(void **state)
{
	(void)state;
	assert_text("", "");
	assert_text("a = b\n", "a =3D b\r\n");
	assert_text(".dot\n..\n.\n", ".dot\r\n..\r\n.\r\n");
	assert_text("end \nof\t\r\nline ", "end=20\r\nof=09\r\nline=20\r\n");
	assert_text("a b\tc", "a b\tc\r\n");
	assert_text("unix\nmac\rdos\r\n\r\r\n", "unix\r\nmac\r\ndos\r\n\r\n\r\n");
	assert_text("\x01\x7f", "=01=7F\r\n");
	assert_text("\xe9t\xe9\xc3", "=EF=BF=BDt=EF=BF=BD=EF=BF=BD\r\n");
	assert_text("From here\n", "From here\r\n");
}

static void mime__body__breaks_long_lines(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct mime_mail m = small;
	const char *at;

	(void)state;
	for (int i = 0; i < 75; i++)
		strbuf_addc(&text, 'x');
	m.text = text.buf;
	assert_null(strstr(written(&m), "=\r\n"));
	strbuf_addc(&text, 'y');
	m.text = text.buf;
	assert_non_null(strstr(written(&m), "xxx=\r\ny\r\n"));
	/* The third byte of a character would be the 76th. */
	strbuf_truncate(&text, 67);
	strbuf_adds(&text, "€ is money");
	m.text = text.buf;
	assert_non_null(strstr(written(&m), "xxx=\r\n=E2=82=AC is money\r\n"));
	strbuf_truncate(&text, 66);
	strbuf_adds(&text, "€ is money");
	m.text = text.buf;
	assert_non_null(strstr(written(&m), "xxx=E2=82=AC=\r\n is money\r\n"));
	for (int i = 0; i < 5000; i++)
		strbuf_adds(&text, i % 7 ? "mot" : " été=📣");
	m.text = text.buf;
	written(&m);
	for (at = mail.buf; *at; at += strcspn(at, "\n") + 1)
		assert_true(strcspn(at, "\r") <= 76);
	strbuf_addc(&text, '\n');
	assert_string_equal(body("text/plain"), text.buf);
	strbuf_release(&text);
}

static void mime__boundary__is_in_no_part(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.text = "--=_m-7.0123456789abcdef_=\n--=_m-7.0123456789abcdef_=--\n";
	m.html = m.text;
	written(&m);
	assert_string_equal(body("text/plain"), m.text);
	assert_string_equal(body("text/html"), m.text);
}

static void mime__date__names_day_and_month(void **state)
{
	struct mime_mail m = small;

	(void)state;
	m.date = 0;
	assert_non_null(strstr(written(&m), "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"));
	m.date = 951827696;
	assert_non_null(strstr(written(&m), "Date: Tue, 29 Feb 2000 12:34:56 +0000\r\n"));
}

static const char reader[] =
	"import email, email.policy, sys\n"
	"m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n"
	"def same(a, b):\n"
	"    if a != b: sys.exit('%r is not %r' % (a, b))\n"
	"same(m.defects, [])\n"
	"same(m['subject'], '\\u00e9t\\u00e9 \\U0001F4E3 ' * 20 + 'fin')\n"
	"same(m['from'].addresses[0].display_name, 'Soci\\u00e9t\\u00e9 \"X\", SA')\n"
	"same(m['to'].addresses[0].addr_spec, 'awa@example.org')\n"
	"same(m['to'].addresses[0].display_name, 'Traore, Awa')\n"
	"same(m['date'].datetime.isoformat(), '2026-11-22T13:50:11+00:00')\n"
	"t, h = m.iter_parts()\n"
	"same(m.get_content_type(), 'multipart/alternative')\n"
	"same(t.get_content().replace('\\r\\n', '\\n'), '.ligne \\n\\u00e0 = b\\n' + 'mot \\u00e9 "
	"' * 300 + '\\n')\n"
	"same(h.get_content().replace('\\r\\n', '\\n'), '<p>\\u20ac</p>\\n')\n"
	"same(h.get_content_type(), 'text/html')\n";

/* An independent reader: Python's email package. */
static void mime__python__reads_the_same(void **state)
{
	struct mime_mail m = small;
	struct strbuf subject = STRBUF_INIT, text = STRBUF_INIT;
	char path[] = "/tmp/test_mime.XXXXXX";
	int fd = mkstemp(path), status;
	pid_t pid;

	(void)state;
	for (int i = 0; i < 20; i++)
		strbuf_adds(&subject, "été 📣 ");
	strbuf_adds(&subject, "fin");
	strbuf_adds(&text, ".ligne \nà = b\n");
	for (int i = 0; i < 300; i++)
		strbuf_adds(&text, "mot é ");
	strbuf_addc(&text, '\n');
	m.subject = subject.buf;
	m.text = text.buf;
	m.html = "<p>€</p>\n";
	m.from_name = "Société \"X\", SA";
	m.to_name = "Traore, Awa";
	written(&m);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, mail.buf, mail.len), (ssize_t)mail.len);
	lseek(fd, 0, SEEK_SET);
	pid = fork();
	if (pid == 0) {
		dup2(fd, 0);
		execlp("python3", "python3", "-c", reader, (char *)NULL);
		_exit(77);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(fd);
	unlink(path);
	strbuf_release(&subject);
	strbuf_release(&text);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		print_message("skipped: no python3\n");
		skip();
	}
	assert_int_equal(status, 0);
}

static int end(void **state)
{
	(void)state;
	strbuf_release(&mail);
	strbuf_release(&value);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mime__write__plain_ascii),
		cmocka_unit_test(mime__write__both_forms_and_everything),
		cmocka_unit_test(mime__name__quoted_where_needed),
		cmocka_unit_test(mime__subject__comes_back_at_every_length),
		cmocka_unit_test(mime__subject__never_splits_a_character),
		cmocka_unit_test(mime__subject__takes_the_shorter_encoding),
		cmocka_unit_test(mime__subject__ascii_folds_at_blanks),
		cmocka_unit_test(mime__header__cannot_be_broken_out_of),
		cmocka_unit_test(mime__address__is_ascii),
		cmocka_unit_test(mime__unsubscribe__one_click_needs_https),
		cmocka_unit_test(mime__body__is_quoted_printable),
		cmocka_unit_test(mime__body__breaks_long_lines),
		cmocka_unit_test(mime__boundary__is_in_no_part),
		cmocka_unit_test(mime__date__names_day_and_month),
		cmocka_unit_test(mime__python__reads_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
