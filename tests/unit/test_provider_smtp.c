#include "test.h"

#include <stdio.h>

#include "crypt.h"
#include "mail_reader.h"
#include "provider_table.h"
#include "with_batch.h"

/* HMAC-SHA-256 with the key "salt" over "m-1", its first 8 bytes: by openssl dgst. */
#define SEAL "48edff1fcd3e8692"

static struct account account;
static struct batch batch;
static struct wire_request request;
static struct err err;

static int set_up(void **state)
{
	(void)state;
	account = with_account(&provider_smtp);
	account_set(&account, "host", "mail.example.com");
	account_set(&account, "from_address", "contact@example.com");
	batch = with_batch(CHANNEL_EMAIL, 1);
	err = (struct err)ERR_INIT;
	return 0;
}

static bool built(void)
{
	wire_request_release(&request);
	wire_request_init(&request);
	return account.ops->build(&account, &batch, &request, &err);
}

static void assert_wrong(const char *key, const char *value)
{
	assert_true(built());
	account_set(&account, key, value);
	assert_false(built());
	assert_int_equal(err.code, ERR_MAIL_SETTING);
	assert_string_equal(err.subject, key);
	set_up(NULL);
}

static void smtp__build__submits_with_starttls(void **state)
{
	(void)state;
	assert_true(built());
	assert_int_equal(request.method, WIRE_SMTP);
	assert_string_equal(request.url.buf, "smtp://mail.example.com:587/example.com");
	assert_true(request.start_tls);
	assert_string_equal(request.mail_from.buf, "contact@example.com");
	assert_string_equal(request.mail_to.buf, "awa@example.org");
	assert_string_equal(request.user.buf, "");
	assert_string_equal(request.body.buf, "Date: Sun, 22 Nov 2026 13:50:11 +0000\r\n"
					      "From: contact@example.com\r\n"
					      "To: awa@example.org\r\n"
					      "Subject: Bonjour\r\n"
					      "Message-ID: <m-1." SEAL "@example.com>\r\n"
					      "Auto-Submitted: auto-generated\r\n"
					      "MIME-Version: 1.0\r\n"
					      "Content-Type: text/plain; charset=UTF-8\r\n"
					      "Content-Transfer-Encoding: quoted-printable\r\n"
					      "\r\n"
					      "Bonjour Awa\r\n");
}

static void smtp__build__follows_its_settings(void **state)
{
	(void)state;
	account_set(&account, "port", "465");
	account_set(&account, "security", "tls");
	account_set(&account, "ehlo", "crm.example.com");
	account_set(&account, "user", "crm@example.com");
	account_set(&account, "password", "secret");
	account_set(&account, "from_name", "Boutique");
	account_set(&account, "reply_to", "reponse@example.com");
	assert_true(built());
	assert_string_equal(request.url.buf, "smtps://mail.example.com:465/crm.example.com");
	assert_false(request.start_tls);
	assert_string_equal(request.user.buf, "crm@example.com");
	assert_string_equal(request.password.buf, "secret");
	assert_non_null(strstr(request.body.buf, "From: Boutique <contact@example.com>\r\n"));
	assert_non_null(strstr(request.body.buf, "Reply-To: reponse@example.com\r\n"));
	assert_null(strstr(request.body.buf, "secret"));
	batch.sender = "Soldes";
	assert_true(built());
	assert_non_null(strstr(request.body.buf, "From: Soldes <contact@example.com>\r\n"));
	account_set(&account, "security", "none");
	account_set(&account, "host", "127.0.0.1");
	assert_true(built());
	assert_string_equal(request.url.buf, "smtp://127.0.0.1:465/crm.example.com");
	assert_false(request.start_tls);
	account_set(&account, "host", "::1");
	assert_true(built());
	assert_string_equal(request.url.buf, "smtp://[::1]:465/crm.example.com");
}

static void smtp__build__refuses_wrong_settings(void **state)
{
	(void)state;
	assert_wrong("host", "");
	assert_wrong("host", "mail.example.com/x");
	assert_wrong("host", "user@mail.example.com");
	assert_wrong("host", "mail example");
	assert_wrong("port", "0");
	assert_wrong("port", "65536");
	assert_wrong("port", "587x");
	assert_wrong("security", "ssl");
	assert_wrong("security", "none");
	assert_wrong("ehlo", "a b");
	assert_wrong("ehlo", "a\r\nQUIT");
	account_set(&account, "host", "127.example.com");
	account_set(&account, "security", "none");
	assert_false(built());
	set_up(NULL);
	account_set(&account, "user", "crm");
	assert_false(built());
	assert_string_equal(err.subject, "password");
	set_up(NULL);
	account_set(&account, "password", "secret");
	assert_false(built());
	assert_string_equal(err.subject, "user");
	set_up(NULL);
	account_set(&account, "from_address", "contact");
	assert_false(built());
	assert_int_equal(err.code, ERR_MAIL_FROM);
}

static void smtp__build__verp_names_the_message(void **state)
{
	(void)state;
	account_set(&account, "verp", "yes");
	assert_true(built());
	assert_string_equal(request.mail_from.buf, "bounce+m-1=" SEAL "@example.com");
	assert_non_null(strstr(request.body.buf, "From: contact@example.com\r\n"));
	account_set(&account, "bounce_domain", "retour.example.com");
	assert_true(built());
	assert_string_equal(request.mail_from.buf, "bounce+m-1=" SEAL "@retour.example.com");
	account_set(&account, "bounce_domain", "a b");
	assert_false(built());
	assert_string_equal(err.subject, "bounce_domain");
}

static void smtp__build__marketing_says_how_to_stop(void **state)
{
	(void)state;
	assert_true(built());
	assert_null(strstr(request.body.buf, "List-Unsubscribe"));
	batch.marketing = true;
	assert_true(built());
	assert_non_null(strstr(request.body.buf,
		"List-Unsubscribe: <mailto:contact@example.com?subject=unsubscribe%20m-1>\r\n"));
	assert_null(strstr(request.body.buf, "List-Unsubscribe-Post"));
	assert_null(strstr(request.body.buf, "Auto-Submitted"));
	account_set(&account, "reply_to", "reponse@example.com");
	assert_true(built());
	assert_non_null(strstr(request.body.buf, "<mailto:reponse@example.com?subject="));
	batch_to[0].unsubscribe = "https://crm.example.com/u/m-1.00ff";
	assert_true(built());
	assert_non_null(strstr(request.body.buf,
		"List-Unsubscribe: <https://crm.example.com/u/m-1.00ff>\r\n"
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	batch_to[0].unsubscribe = "ftp://crm.example.com";
	assert_false(built());
	assert_int_equal(err.code, ERR_MAIL_UNSUBSCRIBE);
}

static void smtp__build__html_alone_gets_its_text(void **state)
{
	struct strbuf body = STRBUF_INIT;

	(void)state;
	batch.text = batch_text("");
	batch.html = batch_text("<p>Bonjour <b>Awa</b></p>");
	assert_true(built());
	assert_true(mail_body(&request.body, "text/plain", &body));
	assert_int_equal(strncmp(body.buf, "Bonjour Awa", 11), 0);
	strbuf_clear(&body);
	assert_true(mail_body(&request.body, "text/html", &body));
	assert_string_equal(body.buf, "<p>Bonjour <b>Awa</b></p>");
	strbuf_release(&body);
}

static void smtp__fits__addresses_in_ascii(void **state)
{
	struct send_result why;

	(void)state;
	assert_true(account.ops->fits(&account, &batch, 0, &why));
	batch_to[0].to = "awa@société.example";
	assert_false(account.ops->fits(&account, &batch, 0, &why));
	assert_int_equal(why.outcome, OUTCOME_REFUSED);
	assert_int_equal(why.status, MESSAGE_FAILED);
	assert_int_equal(why.reason, REASON_BAD_ADDRESS);
	assert_string_equal(why.code, "SMTPUTF8");
	assert_false(built());
	assert_int_equal(err.code, ERR_MAIL_TO);
	batch_to[0].to = "awa";
	assert_false(account.ops->fits(&account, &batch, 0, &why));
	assert_string_equal(why.code, "ADDRESS");
}

static struct send_result judged(enum wire_end end, long status, const char *lines)
{
	struct wire_answer answer;
	struct send_result r;

	wire_answer_init(&answer);
	answer.end = end;
	answer.status = status;
	strbuf_adds(&answer.lines, lines);
	memset(&r, 0x55, sizeof(r));
	account.ops->read(&account, &batch, &answer, &r);
	wire_answer_release(&answer);
	return r;
}

#define HELLO "220 mx ESMTP\n250-mx\n250 SIZE 1000\n"
#define TLS HELLO "220 go on\n250-mx\n250 AUTH PLAIN\n"
#define LOGIN TLS "334 \n235 2.7.0 ok\n"
#define RCPT LOGIN "250 2.1.0 Ok\n"
#define DATA RCPT "250 2.1.5 Ok\n354 go on\n"

static const struct {
	long status;
	const char *lines;
	enum send_outcome outcome;
	enum message_status message;
	enum message_reason reason;
	const char *code;
} rows[] = {
	/* a bad address */
	{ 550, RCPT "550 5.1.1 no such user\n", OUTCOME_REFUSED, MESSAGE_BOUNCED,
		REASON_BAD_ADDRESS, "550 5.1.1" },
	{ 550, RCPT "550-5.1.1 The account that\n550 5.1.1 does not exist\n", OUTCOME_REFUSED,
		MESSAGE_BOUNCED, REASON_BAD_ADDRESS, "550 5.1.1" },
	{ 556, RCPT "556 5.1.10 null MX\n", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS,
		"556 5.1.10" },
	{ 550, RCPT "550 5.1.2 no such domain\n", OUTCOME_REFUSED, MESSAGE_BOUNCED,
		REASON_BAD_ADDRESS, "550 5.1.2" },
	{ 550, RCPT "550 5.2.1 switched off\n", OUTCOME_REFUSED, MESSAGE_BOUNCED,
		REASON_BAD_ADDRESS, "550 5.2.1" },
	{ 550, RCPT "550 No such user here\n", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS,
		"550" },
	{ 550, "250 Ok\n550 No such user here\n", OUTCOME_REFUSED, MESSAGE_BOUNCED,
		REASON_BAD_ADDRESS, "550" },
	{ 553, RCPT "553 5.0.0 name\n", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS,
		"553 5.0.0" },
	/* a full mailbox */
	{ 552, RCPT "552 5.2.2 over quota\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_BLOCKED,
		"552 5.2.2" },
	{ 552, RCPT "552 full\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_BLOCKED, "552" },
	{ 452, RCPT "452 4.2.2 over quota\n", OUTCOME_RETRY, 0, REASON_RETRY, "452 4.2.2" },
	/* policy, and what else is permanent */
	{ 550, RCPT "550 5.7.1 spam\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"550 5.7.1" },
	{ 554, DATA "554 5.7.26 DMARC\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"554 5.7.26" },
	{ 554, DATA "554 Transaction failed\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"554" },
	{ 550, DATA "550 Message refused\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"550" },
	{ 552, DATA "552 5.3.4 too big\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"552 5.3.4" },
	{ 550, "", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "550" },
	{ 552, LOGIN "552 5.3.4 too big\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"552 5.3.4" },
	/* for now */
	{ 421, "421 too many connections\n", OUTCOME_RETRY, 0, REASON_RETRY, "421" },
	{ 451, LOGIN "451 4.3.0 later\n", OUTCOME_RETRY, 0, REASON_RETRY, "451 4.3.0" },
	{ 450, RCPT "450 4.2.0 greylisted\n", OUTCOME_RETRY, 0, REASON_RETRY, "450 4.2.0" },
	{ 452, RCPT "250 Ok\n452 no space\n", OUTCOME_RETRY, 0, REASON_RETRY, "452" },
	{ 451, DATA "451 4.7.1 try later\n", OUTCOME_RETRY, 0, REASON_RETRY, "451 4.7.1" },
	{ 454, TLS "454 4.7.0 no login now\n", OUTCOME_RETRY, 0, REASON_RETRY, "454 4.7.0" },
	/* the day's number is used up */
	{ 550, RCPT "550-5.4.5 Daily user sending limit\n550 5.4.5 exceeded\n", OUTCOME_QUOTA, 0,
		REASON_QUOTA, "550 5.4.5" },
	{ 550, LOGIN "550 5.4.5 Daily sending quota exceeded\n", OUTCOME_QUOTA, 0, REASON_QUOTA,
		"550 5.4.5" },
	/* us */
	{ 535, TLS "535 5.7.8 bad password\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"535 5.7.8" },
	{ 535, "", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "535" },
	{ 530, TLS "530 5.7.0 log in first\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"530 5.7.0" },
	{ 534, TLS "534 5.7.9 weak\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "534 5.7.9" },
	{ 538, HELLO "538 encrypt\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "538" },
	{ 550, LOGIN "550 5.7.1 not your sender\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"550 5.7.1" },
	{ 554, "554 5.7.1 not from there\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"554 5.7.1" },
	{ 550, "550-5.7.1 not\n550 5.7.1 your sender\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"550 5.7.1" },
	{ 552, "552 5.3.4 too big\n", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED,
		"552 5.3.4" },
	{ 550, HELLO "550 sender unknown\n", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "550" },
};

static void smtp__read__every_refusal(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct send_result r = judged(WIRE_ANSWERED, rows[i].status, rows[i].lines);

		if (r.outcome != rows[i].outcome || r.status != rows[i].message ||
			r.reason != rows[i].reason || strcmp(r.code, rows[i].code) != 0)
			fail_msg("%s: outcome %d, status %d, reason %s, code %s", rows[i].lines,
				(int)r.outcome, (int)r.status, message_reason_word(r.reason),
				r.code);
		assert_string_equal(r.provider_id, "");
		assert_int_equal(r.wait_seconds, 0);
	}
}

static void smtp__read__a_code_counts_before_the_end(void **state)
{
	struct send_result r = judged(WIRE_UNKNOWN, 451, "451 later\n");

	(void)state;
	assert_int_equal(r.outcome, OUTCOME_RETRY);
	r = judged(WIRE_NOT_SENT, 550, RCPT "550 5.1.1 x\n");
	assert_int_equal(r.status, MESSAGE_BOUNCED);
}

static void assert_queue_id(const char *lines, const char *expected)
{
	struct send_result r = judged(WIRE_ANSWERED, 250, lines);

	assert_int_equal(r.outcome, OUTCOME_SENT);
	assert_int_equal(r.reason, REASON_NONE);
	assert_string_equal(r.code, "250");
	assert_string_equal(r.provider_id, expected);
}

static void smtp__read__keeps_the_queue_id(void **state)
{
	char line[400] = "250 ";

	(void)state;
	assert_queue_id(DATA "250 2.0.0 Ok: queued as ABC123\n", "ABC123");
	assert_queue_id(DATA "250 2.0.0 Ok: queued as ABC123\n221 2.0.0 Bye\n", "ABC123");
	assert_queue_id("250 OK id=1tEfgh-000Abc-2Z\n", "1tEfgh-000Abc-2Z");
	assert_queue_id("250 2.0.0 OK  1795355411 x-20 - gsmtp\n", "OK  1795355411 x-20 - gsmtp");
	assert_queue_id("250 2.0.0\n", "");
	assert_queue_id("250 Ok\x01\xc3\xa9\n", "Ok");
	assert_queue_id("250", "");
	assert_queue_id("", "");
	memset(line + 4, 'x', 300);
	memset(line + 4 + 159, '\0', 1);
	{
		char expected[160];

		memcpy(expected, line + 4, 160);
		line[4 + 159] = 'x';
		assert_queue_id(line, expected);
	}
}

static void smtp__read__silence_is_uncertain(void **state)
{
	struct send_result r = judged(WIRE_UNKNOWN, 354, DATA);

	(void)state;
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	assert_int_equal(r.reason, REASON_NO_ANSWER);
	r = judged(WIRE_UNKNOWN, 0, "");
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	r = judged(WIRE_UNKNOWN, 250, RCPT);
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	r = judged(WIRE_ANSWERED, 354, DATA);
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	assert_string_equal(r.code, "354");
	r = judged(WIRE_ANSWERED, 0, "");
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	r = judged(WIRE_ANSWERED, 999, "");
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
}

static void smtp__read__not_sent_is_down(void **state)
{
	struct wire_answer answer;
	struct send_result r = judged(WIRE_NOT_SENT, 354, DATA);

	(void)state;
	assert_int_equal(r.outcome, OUTCOME_DOWN);
	assert_int_equal(r.reason, REASON_PROVIDER_DOWN);
	wire_answer_init(&answer);
	answer.offline = true;
	account.ops->read(&account, &batch, &answer, &r);
	assert_int_equal(r.outcome, OUTCOME_DOWN);
	assert_int_equal(r.reason, REASON_OFFLINE);
	answer.offline = false;
	answer.untrusted = true;
	account.ops->read(&account, &batch, &answer, &r);
	assert_int_equal(r.outcome, OUTCOME_DOWN);
	assert_string_equal(r.code, "TLS");
	wire_answer_release(&answer);
}

static void smtp__read__hostile_lines_do_no_harm(void **state)
{
	static const char *const lines[] = { "550", "550-", "550 ", "550 5", "550 5.", "550 5.1",
		"550 5.1.", "550 5.1.1", "550 5.1.1\n", "550 9.1.1 x", "550 5.1234.1 x",
		"550 99999999999.1.1", "\n\n\n", "5", "55", "550 5.1.1\n550" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct send_result r = judged(WIRE_ANSWERED, 550, lines[i]);

		assert_true(r.outcome == OUTCOME_REFUSED || r.outcome == OUTCOME_FORBIDDEN);
		assert_int_equal(strncmp(r.code, "550", 3), 0);
	}
}

static int end(void **state)
{
	(void)state;
	wire_request_release(&request);
	return 0;
}

static int begin(void **state)
{
	(void)state;
	wire_request_init(&request);
	return crypt_init(&err) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(smtp__build__submits_with_starttls, set_up),
		cmocka_unit_test_setup(smtp__build__follows_its_settings, set_up),
		cmocka_unit_test_setup(smtp__build__refuses_wrong_settings, set_up),
		cmocka_unit_test_setup(smtp__build__verp_names_the_message, set_up),
		cmocka_unit_test_setup(smtp__build__marketing_says_how_to_stop, set_up),
		cmocka_unit_test_setup(smtp__build__html_alone_gets_its_text, set_up),
		cmocka_unit_test_setup(smtp__fits__addresses_in_ascii, set_up),
		cmocka_unit_test_setup(smtp__read__every_refusal, set_up),
		cmocka_unit_test_setup(smtp__read__a_code_counts_before_the_end, set_up),
		cmocka_unit_test_setup(smtp__read__keeps_the_queue_id, set_up),
		cmocka_unit_test_setup(smtp__read__silence_is_uncertain, set_up),
		cmocka_unit_test_setup(smtp__read__not_sent_is_down, set_up),
		cmocka_unit_test_setup(smtp__read__hostile_lines_do_no_harm, set_up),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
