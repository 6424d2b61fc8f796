#include "test.h"

#include "store_provider.h"
#include "with_store.h"

static struct provider_account get(enum provider_name name)
{
	struct provider_account p;
	struct err err = ERR_INIT;

	with_ok(store_provider_get(db, company_id, name, &arena, &p, &err), &err);
	return p;
}

static void put(struct provider_account *p)
{
	struct err err = ERR_INIT;

	with_begin();
	with_ok(store_provider_put(db, p, &err), &err);
	with_ok(db_commit(db, &err), &err);
}

static void store_provider__get__starts_with_what_the_provider_allows(void **state)
{
	struct provider_account p = get(PROVIDER_ORANGE);

	(void)state;
	assert_int_equal(p.revision, 0);
	assert_int_equal(p.company_id, company_id);
	assert_int_equal(p.name, PROVIDER_ORANGE);
	assert_true(p.active);
	assert_int_equal(p.hourly, 100);
	assert_int_equal(p.batch, 0);
	assert_string_equal(p.fields, "{}");
	assert_string_equal(p.countries, "");
	assert_string_equal(p.prices, "");
	assert_null(p.secrets);
	assert_false(provider_awake(&p, 1000));
}

static void store_provider__put__keeps_every_column(void **state)
{
	struct provider_account p = get(PROVIDER_TWILIO), *list;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	p.active = false;
	p.fields = "{\"account_sid\":\"AC1\"}";
	p.secrets = "a\0b";
	p.secrets_len = 3;
	p.hourly = 0;
	p.batch = 40;
	p.countries = "BF,FR";
	p.prices = "BF=25";
	put(&p);
	assert_int_equal(p.revision, 1);
	p = get(PROVIDER_TWILIO);
	assert_int_equal(p.revision, 1);
	assert_false(p.active);
	assert_string_equal(p.fields, "{\"account_sid\":\"AC1\"}");
	assert_int_equal(p.secrets_len, 3);
	assert_memory_equal(p.secrets, "a\0b", 3);
	assert_int_equal(p.hourly, 0);
	assert_int_equal(p.batch, 40);
	assert_string_equal(p.countries, "BF,FR");
	assert_string_equal(p.prices, "BF=25");
	assert_int_equal(p.tested_at, 0);
	assert_int_equal(p.state, BREAKER_UP);
	p.secrets = NULL;
	p.secrets_len = 0;
	put(&p);
	assert_int_equal(p.revision, 2);
	assert_int_equal(with_number("SELECT secrets IS NULL FROM provider"), 1);
	with_ok(store_provider_list(db, company_id, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].name, PROVIDER_TWILIO);
	assert_int_equal(list[0].revision, 2);
	with_ok(store_provider_list(db, company_id + 1, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 0);
}

static void store_provider__put__refuses_what_somebody_changed(void **state)
{
	struct provider_account p = get(PROVIDER_SMTP), late = p;
	struct err err = ERR_INIT;

	(void)state;
	put(&p);
	with_begin();
	assert_false(store_provider_put(db, &late, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	late.revision = 2;
	err_clear(&err);
	assert_false(store_provider_put(db, &late, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	late.revision = 1;
	err_clear(&err);
	with_ok(store_provider_put(db, &late, &err), &err);
	db_rollback(db);
}

static void store_provider__state__leaves_the_settings(void **state)
{
	struct provider_account p = get(PROVIDER_SMTP);
	struct err err = ERR_INIT;

	(void)state;
	put(&p);
	p.state = BREAKER_RESTING;
	p.state_until = 5000;
	p.state_code = "421 4.3.2";
	p.errors = 3;
	p.active = false;
	with_begin();
	with_ok(store_provider_state(db, &p, &err), &err);
	with_ok(store_provider_tested(db, company_id, PROVIDER_SMTP, 4000, true, &err), &err);
	with_ok(db_commit(db, &err), &err);
	p = get(PROVIDER_SMTP);
	assert_int_equal(p.revision, 1);
	assert_true(p.active);
	assert_int_equal(p.state, BREAKER_RESTING);
	assert_int_equal(p.state_until, 5000);
	assert_string_equal(p.state_code, "421 4.3.2");
	assert_int_equal(p.errors, 3);
	assert_int_equal(p.tested_at, 4000);
	assert_true(p.tested_ok);
	assert_false(provider_awake(&p, 4999));
	assert_true(provider_awake(&p, 5000));
	p.state_until = 0;
	assert_false(provider_awake(&p, 5000));
	p.state = BREAKER_UP;
	assert_true(provider_awake(&p, 0));
	p.active = false;
	assert_false(provider_awake(&p, 0));
	with_begin();
	with_ok(store_provider_tested(db, company_id, PROVIDER_SMTP, 0, false, &err), &err);
	with_ok(db_commit(db, &err), &err);
	assert_int_equal(
		with_number("SELECT tested_at IS NULL AND tested_ok IS NULL FROM provider"), 1);
}

static void store_provider__forget__empties_secrets_only(void **state)
{
	struct provider_account a = get(PROVIDER_SMTP), b = get(PROVIDER_TWILIO);
	struct err err = ERR_INIT;
	int64_t n = -1;

	(void)state;
	a.secrets = "xyz";
	a.secrets_len = 3;
	put(&a);
	put(&b);
	with_begin();
	with_ok(store_provider_forget(db, &n, &err), &err);
	with_ok(db_commit(db, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(get(PROVIDER_SMTP).secrets_len, 0);
	assert_int_equal(get(PROVIDER_SMTP).revision, 2);
	assert_int_equal(get(PROVIDER_TWILIO).revision, 1);
}

/* --- use of limits --- */

static void use(int64_t company, const char *scope, int64_t minute, int64_t used)
{
	struct rate_use u = { .minute = minute, .used = used };
	struct err err = ERR_INIT;

	snprintf(u.scope, sizeof(u.scope), "%s", scope);
	with_ok(store_rate_add(db, company, &u, &err), &err);
}

static void store_rate__add__sums_a_minute_and_forgets_old_ones(void **state)
{
	char sms[RATE_SCOPE_SIZE], orange[RATE_SCOPE_SIZE];
	struct err err = ERR_INIT;
	struct rate_use *list;
	int n;

	(void)state;
	rate_scope_channel(CHANNEL_INSTAGRAM, sms);
	assert_string_equal(sms, "channel.INSTAGRAM");
	rate_scope_provider(PROVIDER_MAILCHIMP, orange);
	assert_string_equal(orange, "provider.MAILCHIMP");
	with_begin();
	use(company_id, sms, 100, 5);
	use(company_id, sms, 100, 7);
	use(company_id, sms, 101, 1);
	use(company_id, orange, 160, 2);
	use(company_id, orange, 160, -2);
	use(company_id + 1, orange, 160, 9);
	with_ok(store_rate_load(db, company_id, 101, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].scope, sms);
	assert_int_equal(list[0].minute, 101);
	assert_int_equal(list[0].used, 1);
	assert_string_equal(list[1].scope, orange);
	assert_int_equal(list[1].used, 0);
	with_ok(store_rate_load(db, company_id, 100, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 3);
	assert_int_equal(list[0].used, 12);
	with_ok(store_rate_drop(db, company_id, 101, &err), &err);
	with_ok(store_rate_load(db, company_id, 0, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 2);
	with_ok(store_rate_load(db, company_id + 1, 0, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 1);
	db_rollback(db);
}

/* --- countries and prices --- */

static void assert_countries(const char *text, const char *clean)
{
	struct strbuf out = STRBUF_INIT;
	bool good = provider_countries_clean(text, &out);

	if (good != (clean != NULL) || (clean && strcmp(out.buf, clean) != 0))
		fail_msg("“%s” gives %d “%s”", text, good, out.buf);
	strbuf_release(&out);
}

static void provider_countries__clean__takes_known_ones_once(void **state)
{
	struct provider_account p = { .countries = "BF,FR" };

	(void)state;
	assert_countries("", "");
	assert_countries("bf, FR ,ci", "BF,FR,CI");
	assert_countries("BF,,FR,", "BF,FR");
	assert_countries("BF,XX", NULL);
	assert_countries("BF,FR,BF", NULL);
	assert_countries("BFA", NULL);
	assert_countries("B", NULL);
	assert_countries("Burkina Faso", NULL);
	assert_true(provider_reaches(&p, "FR"));
	assert_true(provider_reaches(&p, ""));
	assert_false(provider_reaches(&p, "CI"));
	p.countries = "";
	assert_true(provider_reaches(&p, "CI"));
}

static void assert_prices(const char *text, int decimals, const char *clean)
{
	struct strbuf out = STRBUF_INIT;
	bool good = provider_prices_clean(text, decimals, &out);

	if (good != (clean != NULL) || (clean && strcmp(out.buf, clean) != 0))
		fail_msg("“%s” gives %d “%s”", text, good, out.buf);
	strbuf_release(&out);
}

static void provider_prices__clean__refuses_what_is_no_price(void **state)
{
	(void)state;
	assert_prices("", 0, "");
	assert_prices("bf=25, FR=3.5", 0, "BF=25,FR=3.5");
	assert_prices("BF=0", 0, "BF=0");
	assert_prices("BF=3.55", 0, "BF=3.55");
	assert_prices("BF=3.555", 0, NULL);
	assert_prices("BF=0.0725", 2, "BF=0.0725");
	assert_prices("BF=0.07255", 2, NULL);
	assert_prices("BF=999999999", 2, "BF=999999999");
	assert_prices("BF=1234567890", 2, NULL);
	assert_prices("BF=-1", 0, NULL);
	assert_prices("BF=.5", 0, NULL);
	assert_prices("BF=5.", 0, NULL);
	assert_prices("BF=", 0, NULL);
	assert_prices("BF", 0, NULL);
	assert_prices("BF=1e3", 0, NULL);
	assert_prices("BF=25,BF=26", 0, NULL);
	assert_prices("XX=25", 0, NULL);
}

static void provider_price__of_a_country__is_in_hundredths_of_minor_units(void **state)
{
	(void)state;
	assert_int_equal(provider_price("BF=25,FR=3.5", 0, "BF"), 2500);
	assert_int_equal(provider_price("BF=25,FR=3.5", 0, "FR"), 350);
	assert_int_equal(provider_price("BF=25,FR=0.0725", 2, "FR"), 725);
	assert_int_equal(provider_price("BF=25,FR=3.5", 0, "CI"), 0);
	assert_int_equal(provider_price("BF=25", 0, ""), 0);
	assert_int_equal(provider_price("", 0, "BF"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_provider__get__starts_with_what_the_provider_allows),
		TEST(store_provider__put__keeps_every_column),
		TEST(store_provider__put__refuses_what_somebody_changed),
		TEST(store_provider__state__leaves_the_settings),
		TEST(store_provider__forget__empties_secrets_only),
		TEST(store_rate__add__sums_a_minute_and_forgets_old_ones),
		cmocka_unit_test(provider_countries__clean__takes_known_ones_once),
		cmocka_unit_test(provider_prices__clean__refuses_what_is_no_price),
		cmocka_unit_test(provider_price__of_a_country__is_in_hundredths_of_minor_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
