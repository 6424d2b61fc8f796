#include "test.h"

#include "crypt.h"
#include "demos.h"
#include "providers.h"
#include "providers_open.h"
#include "secrets.h"
#include "store_provider.h"
#include "with_home.h"

#define TOKEN "tok-9f8e7d6c5b4a-secret"

static bool try_set(enum provider_name name, const char *pairs[][2], struct err *err)
{
	struct provider_change changes[16];
	int n = 0;

	for (; pairs[n][0]; n++)
		changes[n] = (struct provider_change){ pairs[n][0], pairs[n][1] };
	return providers_set(session, name, PROVIDERS_ANY, changes, n, err);
}

#define PAIRS(...) ((const char *[][2]){ __VA_ARGS__, { NULL, NULL } })

static void set(enum provider_name name, const char *pairs[][2])
{
	struct err err = ERR_INIT;

	with_ok(try_set(name, pairs, &err), &err);
}

static void assert_refused(
	enum provider_name name, const char *key, const char *value, enum err_code code)
{
	struct err err = ERR_INIT;

	if (try_set(name, PAIRS({ key, value }), &err))
		fail_msg("%s=%s was taken", key, value);
	assert_string_equal(err_name(err.code), err_name(code));
	if (code != ERR_URL)
		assert_string_equal(err.subject, key);
	/* What was typed may be a secret, and errors go into logs. */
	if (code != ERR_URL && strlen(value) > 1)
		assert_null(strstr(err.detail, value));
}

static struct provider_card card(enum provider_name name)
{
	struct provider_card out;
	struct err err = ERR_INIT;

	with_ok(providers_get(session, name, &arena, &out, &err), &err);
	return out;
}

static int field(const struct provider_card *c, const char *key)
{
	for (int i = 0; i < PROVIDER_FIELDS && c->ops->fields[i].key; i++)
		if (!strcmp(c->ops->fields[i].key, key))
			return i;
	fail_msg("no field %s", key);
	return -1;
}

static void set_twilio(void)
{
	set(PROVIDER_TWILIO, PAIRS({ "account_sid", "AC123" }, { "auth_token", TOKEN },
				     { "from", "+22670000000" }));
}

/* --- setting up --- */

static void providers_set__twilio__keeps_fields_and_seals_the_token(void **state)
{
	struct provider_card c = card(PROVIDER_TWILIO);

	(void)state;
	assert_int_equal(c.account.revision, 0);
	assert_string_equal(c.missing, "account_sid");
	set_twilio();
	c = card(PROVIDER_TWILIO);
	assert_int_equal(c.account.revision, 1);
	assert_null(c.missing);
	assert_string_equal(c.values[field(&c, "account_sid")], "AC123");
	assert_string_equal(c.values[field(&c, "auth_token")], "");
	assert_true(c.set[field(&c, "auth_token")]);
	assert_false(c.set[field(&c, "api_key")]);
	assert_null(c.account.secrets);
	assert_int_equal(c.account.hourly, 200);
	assert_int_equal(with_number("SELECT length(secrets) FROM provider"),
		(int)strlen("auth_token") + 1 + (int)strlen(TOKEN) + 1 + CRYPT_SEAL_EXTRA);
	assert_int_equal(
		with_number("SELECT fields = '{\"account_sid\":\"AC123\",\"auth_token\":true,"
			    "\"from\":\"+22670000000\"}' FROM provider"),
		1);
	/* Neither in the file, nor in what the audit says of it. */
	assert_false(home_stored(TOKEN, strlen(TOKEN)));
	assert_false(home_stored(TOKEN, 8));
	assert_true(home_stored("AC123", 5));
	assert_int_equal(with_number("SELECT count(*) FROM audit_detail WHERE detail ="
				     " '{\"provider\":\"TWILIO\",\"account_sid\":\"AC123\","
				     "\"auth_token\":\"changed\",\"from\":\"+22670000000\"}'"),
		1);
}

static void providers_set__some__leaves_the_rest(void **state)
{
	struct provider_opened o;
	struct provider_card c;
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	set(PROVIDER_TWILIO, PAIRS({ "hourly", "50" }, { "batch", "20" }, { "prices", "bf=25" },
				     { "countries", "bf,fr" }, { "from", "" }));
	c = card(PROVIDER_TWILIO);
	assert_int_equal(c.account.hourly, 50);
	assert_int_equal(c.account.batch, 20);
	assert_string_equal(c.account.prices, "BF=25");
	assert_string_equal(c.account.countries, "BF,FR");
	assert_false(c.set[field(&c, "from")]);
	assert_int_equal(providers_price(session, &c.account, "BF"), 2500);
	assert_int_equal(providers_price(session, &c.account, "FR"), 0);
	with_ok(providers_open(session, PROVIDER_TWILIO, &o, &err), &err);
	assert_string_equal(account_get(&o.account, "auth_token"), TOKEN);
	provider_opened_release(&o);
	/* Emptied, a limit is again what the provider allows. */
	set(PROVIDER_TWILIO, PAIRS({ "hourly", "" }, { "batch", "" }, { "prices", "" }));
	c = card(PROVIDER_TWILIO);
	assert_int_equal(c.account.hourly, 200);
	assert_int_equal(c.account.batch, 0);
	assert_string_equal(c.account.prices, "");
	assert_string_equal(c.account.countries, "BF,FR");
}

static void providers_set__wrong__names_the_key_and_changes_nothing(void **state)
{
	char long_text[4098];
	struct err err = ERR_INIT;

	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	set_twilio();
	assert_refused(PROVIDER_TWILIO, "auth_tokn", TOKEN, ERR_PROVIDER_KEY);
	assert_refused(PROVIDER_TWILIO, "", "x", ERR_PROVIDER_KEY);
	assert_refused(PROVIDER_TWILIO, "auth_token", "a\nX-Evil: 1", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "account_sid", "\xff", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "account_sid", long_text, ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "validity", "4h", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "validity", "-1", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "base_url", "http://api.example", ERR_URL);
	assert_refused(PROVIDER_TWILIO, "base_url", "https://a:b@api.example", ERR_URL);
	assert_refused(PROVIDER_TWILIO, "hourly", "-1", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "hourly", "10000001", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "batch", "10001", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "countries", "BF,ZZ", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "prices", "BF=0.255", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "active", "perhaps", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_TWILIO, "auth_token", "", ERR_PROVIDER_NEEDS);
	assert_refused(PROVIDER_SMTP, "security", "ssl", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_SMTP, "security", "start", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_SMTP, "from_address", "awa@@faso", ERR_PROVIDER_VALUE);
	assert_refused(PROVIDER_FILE, "folder", "outbox", ERR_PROVIDER_VALUE);
	/* All or nothing. */
	assert_false(try_set(PROVIDER_TWILIO, PAIRS({ "hourly", "7" }, { "batch", "x" }), &err));
	assert_int_equal(card(PROVIDER_TWILIO).account.revision, 1);
	assert_int_equal(card(PROVIDER_TWILIO).account.hourly, 200);
	assert_int_equal(with_number("SELECT count(*) FROM provider"), 1);
	assert_int_equal(
		with_number("SELECT count(*) FROM audit WHERE action = 'provider.set'"), 1);
	set(PROVIDER_TWILIO,
		PAIRS({ "base_url", "http://127.0.0.1:8080" }, { "hourly", "10000000" },
			{ "batch", "10000" }, { "prices", "BF=0.25" }));
}

/* The least that is missing is named first, and what has an initial value is not. */
static void providers_set__new__needs_what_is_required(void **state)
{
	struct provider_card c;
	struct err err = ERR_INIT;

	(void)state;
	assert_false(try_set(PROVIDER_SMTP, PAIRS({ "user", "awa" }), &err));
	assert_int_equal(err.code, ERR_PROVIDER_NEEDS);
	assert_string_equal(err.subject, "host");
	err_clear(&err);
	assert_false(try_set(PROVIDER_SMTP, PAIRS({ "host", "mail.faso.bf" }), &err));
	assert_string_equal(err.subject, "from_address");
	set(PROVIDER_SMTP, PAIRS({ "host", "mail.faso.bf" }, { "from_address", "<Awa@FASO.bf>" }));
	c = card(PROVIDER_SMTP);
	assert_string_equal(c.values[field(&c, "from_address")], "Awa@faso.bf");
	/* No secret was given: there is no key yet. */
	assert_int_equal(with_number("SELECT count(*) FROM meta WHERE key = 'key_check'"), 0);
}

static void providers_set__new_settings__begin_anew(void **state)
{
	struct provider_account p;
	struct provider_card c;
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	p = card(PROVIDER_TWILIO).account;
	p.state = BREAKER_REFUSING;
	p.state_code = "20003";
	p.errors = 4;
	with_begin();
	with_ok(store_provider_state(session->db, &p, &err), &err);
	with_commit();
	with_ok(providers_tested(session, PROVIDER_TWILIO, false, &err), &err);
	set(PROVIDER_TWILIO, PAIRS({ "hourly", "10" }));
	c = card(PROVIDER_TWILIO);
	assert_int_equal(c.account.state, BREAKER_REFUSING);
	assert_int_equal(c.account.errors, 4);
	assert_int_equal(c.account.tested_at, with_now);
	assert_false(c.account.tested_ok);
	set(PROVIDER_TWILIO, PAIRS({ "auth_token", "other" }));
	c = card(PROVIDER_TWILIO);
	assert_int_equal(c.account.state, BREAKER_UP);
	assert_int_equal(c.account.errors, 0);
	assert_string_equal(c.account.state_code, "");
	assert_int_equal(c.account.tested_at, 0);
}

static void providers_tested__that_worked__ends_a_refusal(void **state)
{
	struct provider_account p;
	struct err err = ERR_INIT;
	int64_t revision;

	(void)state;
	set_twilio();
	p = card(PROVIDER_TWILIO).account;
	revision = p.revision;
	p.state = BREAKER_REFUSING;
	p.state_code = "20003";
	p.errors = 4;
	with_begin();
	with_ok(store_provider_state(session->db, &p, &err), &err);
	with_commit();
	with_ok(providers_tested(session, PROVIDER_TWILIO, true, &err), &err);
	p = card(PROVIDER_TWILIO).account;
	assert_int_equal(p.state, BREAKER_UP);
	assert_int_equal(p.errors, 0);
	assert_string_equal(p.state_code, "");
	assert_true(p.tested_ok);
	assert_int_equal(p.revision, revision);
}

static void providers_set__of_an_older_form__is_refused(void **state)
{
	struct provider_change change = { "hourly", "5" };
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	with_ok(providers_set(session, PROVIDER_TWILIO, 1, &change, 1, &err), &err);
	assert_false(providers_set(session, PROVIDER_TWILIO, 1, &change, 1, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	err_clear(&err);
	assert_false(providers_set(session, PROVIDER_MTN, 1, &change, 1, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
}

static void providers__rights__look_and_change(void **state)
{
	struct provider_card c;
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_string_equal(card(PROVIDER_TWILIO).values[0], "AC123");
	assert_false(try_set(PROVIDER_TWILIO, PAIRS({ "hourly", "1" }), &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	err_clear(&err);
	session->actor.roles = ROLE_BIT(ROLE_CRM_USER);
	assert_false(providers_get(session, PROVIDER_TWILIO, &arena, &c, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	session->actor.roles = ROLE_BIT(ROLE_CRM_ADMIN);
	set(PROVIDER_TWILIO, PAIRS({ "hourly", "1" }));
}

static void providers_list__names_all_there_are(void **state)
{
	struct provider_card cards[PROVIDER_COUNT];
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	with_ok(providers_list(session, &arena, cards, &err), &err);
	for (int i = 0; i < PROVIDER_COUNT; i++) {
		assert_int_equal(cards[i].account.name, i);
		assert_int_equal(cards[i].ops->name, i);
		assert_int_equal(cards[i].account.revision, i == PROVIDER_TWILIO);
		assert_int_equal(cards[i].account.hourly, provider_hourly((enum provider_name)i));
	}
	/* A folder is found without being named. */
	assert_null(cards[PROVIDER_FILE].missing);
}

/* --- for the one who sends --- */

static void assert_closed(enum provider_name name, enum err_code code, const char *subject)
{
	struct provider_opened o;
	struct err err = ERR_INIT;

	assert_false(providers_open(session, name, &o, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	if (subject)
		assert_string_equal(err.subject, subject);
	assert_null(o.memory);
}

static void providers_open__gives_secrets_and_the_salt(void **state)
{
	struct provider_opened o, again;
	struct err err = ERR_INIT;

	(void)state;
	assert_closed(PROVIDER_TWILIO, ERR_PROVIDER_UNSET, "Twilio");
	set_twilio();
	home_reopen();
	with_ok(providers_open(session, PROVIDER_TWILIO, &o, &err), &err);
	assert_ptr_equal(o.account.ops, provider_ops(PROVIDER_TWILIO));
	assert_string_equal(account_get(&o.account, "account_sid"), "AC123");
	assert_string_equal(account_get(&o.account, "auth_token"), TOKEN);
	assert_string_equal(account_get(&o.account, "base_url"), "https://api.twilio.com");
	for (int i = 0; i < PROVIDER_FIELDS; i++)
		assert_non_null(o.account.values[i]);
	assert_int_equal(o.settings.hourly, 200);
	assert_int_equal(strlen(o.account.salt), 32);
	with_ok(providers_open(session, PROVIDER_TWILIO, &again, &err), &err);
	assert_string_equal(o.account.salt, again.account.salt);
	provider_opened_release(&again);
	provider_opened_release(&o);
	assert_null(o.memory);
	set(PROVIDER_TWILIO, PAIRS({ "active", "no" }));
	assert_closed(PROVIDER_TWILIO, ERR_PROVIDER_UNSET, "Twilio");
}

static void providers_open__without_its_key__says_so(void **state)
{
	char folder[128];
	struct err err = ERR_INIT;
	int64_t lost;

	(void)state;
	set_twilio();
	snprintf(folder, sizeof(folder), "%s/config/ecompta-crm/keys", home);
	home_run("rm", "-r", folder, NULL);
	home_reopen();
	assert_closed(PROVIDER_TWILIO, ERR_KEY_MISSING, NULL);
	/* Limits can be changed without it, secrets not. */
	set(PROVIDER_TWILIO, PAIRS({ "hourly", "9" }, { "from", "ECOMPTA" }));
	assert_false(try_set(PROVIDER_TWILIO, PAIRS({ "auth_token", "new" }), &err));
	assert_int_equal(err.code, ERR_KEY_MISSING);
	err_clear(&err);
	with_ok(secrets_renew(session, &lost, &err), &err);
	assert_int_equal(lost, 1);
	assert_string_equal(card(PROVIDER_TWILIO).missing, "auth_token");
	assert_closed(PROVIDER_TWILIO, ERR_PROVIDER_NEEDS, "auth_token");
	set(PROVIDER_TWILIO, PAIRS({ "auth_token", "new" }));
	assert_null(card(PROVIDER_TWILIO).missing);
}

static void providers_open__of_tampered_secrets__is_refused(void **state)
{
	struct provider_opened o;
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	set(PROVIDER_SENDGRID, PAIRS({ "api_key", "SG.x" }, { "from_address", "a@b.bf" }));
	/* Put under another account, whose key it would be sent with. */
	with_run("UPDATE provider SET secrets = (SELECT secrets FROM provider"
		 " WHERE name = 'TWILIO') WHERE name = 'SENDGRID'");
	assert_closed(PROVIDER_SENDGRID, ERR_SECRETS_DAMAGED, "SendGrid");
	with_run("UPDATE provider SET secrets = substr(secrets, 1, length(secrets) - 1)"
		 " WHERE name = 'TWILIO'");
	assert_closed(PROVIDER_TWILIO, ERR_SECRETS_DAMAGED, "Twilio");
	with_run("UPDATE provider SET secrets = x'00' WHERE name = 'TWILIO'");
	assert_closed(PROVIDER_TWILIO, ERR_SECRETS_DAMAGED, "Twilio");
	/* Typed again, all is well. */
	set(PROVIDER_TWILIO, PAIRS({ "auth_token", "again" }));
	with_ok(providers_open(session, PROVIDER_TWILIO, &o, &err), &err);
	assert_string_equal(account_get(&o.account, "auth_token"), "again");
	assert_string_equal(account_get(&o.account, "account_sid"), "AC123");
	provider_opened_release(&o);
}

static void providers_open__in_a_demonstration__is_a_folder(void **state)
{
	enum provider_name route[PROVIDER_COUNT];
	struct provider_opened o;
	struct err err = ERR_INIT;
	char folder[128];
	int n;

	(void)state;
	set_twilio();
	with_run("UPDATE company SET demo = 1");
	/* Whatever the session still believes. */
	assert_closed(PROVIDER_TWILIO, ERR_DEMO_SENDS, "Sahel Négoce");
	session->company.demo = true;
	assert_closed(PROVIDER_TWILIO, ERR_DEMO_SENDS, "Sahel Négoce");
	assert_closed(PROVIDER_SENDGRID, ERR_DEMO_SENDS, NULL);
	with_ok(providers_open(session, PROVIDER_FILE, &o, &err), &err);
	snprintf(folder, sizeof(folder), "%s/ecompta/outbox", home);
	assert_string_equal(account_get(&o.account, "folder"), folder);
	provider_opened_release(&o);
	with_ok(providers_route(session, CHANNEL_SMS, false, route, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(route[0], PROVIDER_FILE);
	set(PROVIDER_FILE, PAIRS({ "folder", "/tmp/x" }));
	with_ok(providers_open(session, PROVIDER_FILE, &o, &err), &err);
	assert_string_equal(account_get(&o.account, "folder"), "/tmp/x");
	provider_opened_release(&o);
}

static void providers__of_a_demonstration__go_with_it(void **state)
{
	struct rate_use use = { .scope = "provider.TWILIO", .minute = 1, .used = 1 };
	struct err err = ERR_INIT;

	(void)state;
	set_twilio();
	with_begin();
	with_ok(store_rate_add(session->db, session->company.id, &use, &err), &err);
	with_commit();
	with_run("UPDATE company SET demo = 1");
	with_ok(demos_erase(session, NULL, &err), &err);
	assert_int_equal(with_number("SELECT (SELECT count(*) FROM provider) +"
				     " (SELECT count(*) FROM rate_use)"),
		0);
}

/* Elsewhere a folder is a provider like another: it has to be asked for. */
static void providers_open__file__is_set_up_first(void **state)
{
	(void)state;
	assert_closed(PROVIDER_FILE, ERR_PROVIDER_UNSET, NULL);
}

/* --- order and limits --- */

static void assert_names(const enum provider_name *list, int n, const char *expected)
{
	struct strbuf words = STRBUF_INIT;

	for (int i = 0; i < n; i++)
		strbuf_addf(&words, "%s%s", i ? "," : "", provider_name_word(list[i]));
	assert_string_equal(words.buf, expected);
	strbuf_release(&words);
}

static void assert_order(enum channel channel, bool abroad, const char *expected)
{
	enum provider_name list[PROVIDER_COUNT];
	struct err err = ERR_INIT;
	int n;

	with_ok(providers_order(session, channel, abroad, list, &n, &err), &err);
	assert_names(list, n, expected);
}

static void assert_route(enum channel channel, bool abroad, const char *expected)
{
	enum provider_name list[PROVIDER_COUNT];
	struct err err = ERR_INIT;
	int n;

	with_ok(providers_route(session, channel, abroad, list, &n, &err), &err);
	assert_names(list, n, expected);
}

static void order_set(enum channel channel, bool abroad, const char *words)
{
	struct err err = ERR_INIT;

	with_ok(providers_order_set(session, channel, abroad, words, &err), &err);
}

static void assert_order_refused(const char *words, enum err_code code, const char *subject)
{
	struct err err = ERR_INIT;

	assert_false(providers_order_set(session, CHANNEL_SMS, false, words, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	assert_string_equal(err.subject, subject);
}

static void providers_order__is_the_setting_or_the_programs_own(void **state)
{
	(void)state;
	assert_order(CHANNEL_SMS, false, "ORANGE,MTN,TWILIO,FILE");
	assert_order(CHANNEL_SMS, true, "TWILIO,ORANGE,MTN,FILE");
	assert_order(CHANNEL_EMAIL, false, "SENDGRID,MAILCHIMP,SMTP,FILE");
	assert_order(CHANNEL_EMAIL, true, "SENDGRID,MAILCHIMP,SMTP,FILE");
	order_set(CHANNEL_SMS, false, "mtn, ORANGE");
	assert_order(CHANNEL_SMS, false, "MTN,ORANGE");
	assert_order(CHANNEL_SMS, true, "TWILIO,ORANGE,MTN,FILE");
	order_set(CHANNEL_SMS, true, "TWILIO");
	assert_order(CHANNEL_SMS, true, "TWILIO");
	assert_order_refused("ORANGE,SMTP", ERR_PROVIDER_CHANNEL, "SMTP");
	assert_order_refused("ORANGE,VONAGE", ERR_INVALID, "VONAGE");
	assert_order_refused("ORANGE,ORANGE", ERR_INVALID, "ORANGE");
	assert_order_refused("ORANGE MTN", ERR_INVALID, "ORANGE MTN");
	assert_order(CHANNEL_SMS, false, "MTN,ORANGE");
	order_set(CHANNEL_SMS, false, "");
	assert_order(CHANNEL_SMS, false, "ORANGE,MTN,TWILIO,FILE");
	assert_int_equal(with_number("SELECT count(*) FROM audit_detail WHERE detail ="
				     " '{\"order.SMS\":\"MTN,ORANGE\"}'"),
		1);
}

static void providers_route__is_of_those_that_are_on(void **state)
{
	(void)state;
	assert_route(CHANNEL_SMS, false, "");
	set(PROVIDER_FILE, PAIRS({ "active", "yes" }));
	assert_route(CHANNEL_SMS, false, "FILE");
	set_twilio();
	set(PROVIDER_MTN,
		PAIRS({ "client_id", "i" }, { "client_secret", "s" }, { "service_code", "99" }));
	/* A folder does not stand in for providers that are down, unless it was named. */
	assert_route(CHANNEL_SMS, false, "MTN,TWILIO");
	assert_route(CHANNEL_SMS, true, "TWILIO,MTN");
	assert_route(CHANNEL_EMAIL, false, "FILE");
	order_set(CHANNEL_SMS, false, "TWILIO,FILE");
	assert_route(CHANNEL_SMS, false, "TWILIO,FILE");
	set(PROVIDER_TWILIO, PAIRS({ "active", "off" }));
	assert_route(CHANNEL_SMS, false, "FILE");
	assert_route(CHANNEL_SMS, true, "MTN");
}

static void providers_channel_hourly__is_a_setting(void **state)
{
	struct err err = ERR_INIT;
	int64_t n;

	(void)state;
	with_ok(providers_channel_hourly(session, CHANNEL_SMS, &n, &err), &err);
	assert_int_equal(n, 200);
	with_ok(providers_channel_hourly_set(session, CHANNEL_SMS, 0, &err), &err);
	with_ok(providers_channel_hourly(session, CHANNEL_SMS, &n, &err), &err);
	assert_int_equal(n, 0);
	with_ok(providers_channel_hourly(session, CHANNEL_EMAIL, &n, &err), &err);
	assert_int_equal(n, 1000);
	assert_false(providers_channel_hourly_set(session, CHANNEL_SMS, -1, &err));
	assert_int_equal(err.code, ERR_PROVIDER_VALUE);
	assert_string_equal(err.subject, "hourly.SMS");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_home, without_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(providers_set__twilio__keeps_fields_and_seals_the_token),
		TEST(providers_set__some__leaves_the_rest),
		TEST(providers_set__wrong__names_the_key_and_changes_nothing),
		TEST(providers_set__new__needs_what_is_required),
		TEST(providers_set__new_settings__begin_anew),
		TEST(providers_tested__that_worked__ends_a_refusal),
		TEST(providers_set__of_an_older_form__is_refused),
		TEST(providers__rights__look_and_change),
		TEST(providers_list__names_all_there_are),
		TEST(providers_open__gives_secrets_and_the_salt),
		TEST(providers_open__without_its_key__says_so),
		TEST(providers_open__of_tampered_secrets__is_refused),
		TEST(providers_open__in_a_demonstration__is_a_folder),
		TEST(providers__of_a_demonstration__go_with_it),
		TEST(providers_open__file__is_set_up_first),
		TEST(providers_order__is_the_setting_or_the_programs_own),
		TEST(providers_route__is_of_those_that_are_on),
		TEST(providers_channel_hourly__is_a_setting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
