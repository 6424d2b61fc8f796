/* Lists of customers that come from elsewhere: whom their rows name. */
#include "with_session.h"

#include "rows_file.h"

#include "campaign_people.h"
#include "campaigns.h"
#include "customers.h"

static int64_t add(const char *key, const char *email, const char *phone)
{
	struct customer c = CUSTOMER_INIT;
	struct err err = ERR_INIT;

	c.name = "Kabré";
	c.account_key = key;
	c.email = email;
	c.phone = phone;
	with_ok(customers_add(session, &c, &err), &err);
	return c.id;
}

/* "2 1 | 3 4": the customers by their place in `known`, and the lines of nobody. */
static void expect(const char *list, const int64_t *known, const char *wanted)
{
	struct strbuf got = STRBUF_INIT;
	struct campaign_people people;
	struct err err = ERR_INIT;

	with_ok(campaign_people_text(session, list, strlen(list), &people, &err), &err);
	for (size_t i = 0; i < people.ids.len; i++)
		for (int k = 0; k < 3; k++)
			if (known[k] == people.ids.items[i])
				strbuf_addf(&got, "%d ", k + 1);
	strbuf_adds(&got, "|");
	for (size_t i = 0; i < people.lines.len; i++)
		strbuf_addf(&got, " %lld", (long long)people.lines.items[i]);
	assert_string_equal(got.buf, wanted);
	campaign_people_release(&people);
	strbuf_release(&got);
}

static void refuse(const char *list, enum err_code code)
{
	struct campaign_people people;
	struct err err = ERR_INIT;

	assert_false(campaign_people_text(session, list, strlen(list), &people, &err));
	assert_int_equal(err.code, code);
	campaign_people_release(&people);
}

static void campaign_people__read__by_key_email_and_phone(void **state)
{
	int64_t known[3];

	(void)state;
	known[0] = add("C001", "awa@faso.bf", "70 12 34 56");
	known[1] = add("C002", "", "76 00 11 22");
	known[2] = add("34", "zoe@faso.bf", "");
	expect("C002\nC001\n", known, "2 1 |");
	expect("x\tAWA@Faso.bf\ny\t+226 76 00 11 22\n", known, "1 2 |");
	/* Each once; rows that name nobody with their lines. */
	expect("C001\nc9\nawa@faso.bf\n70123456\n\n70 99 99 99\n", known, "1 | 2 6");
	/* Without a header any column tells; with one, that column alone. */
	expect("Awa;34\nAli;C002\n", known, "3 2 |");
	expect("Code;Age\nC001;34\nC999;34\n", known, "1 | 3");
	expect("Nom;E-mail\nC001;zoe@faso.bf\nC001;\n", known, "3 | 3");
}

static void campaign_people__read__nobody_is_refused(void **state)
{
	(void)state;
	add("C001", "", "");
	refuse("C002\nC003\n", ERR_LIST_NOBODY);
	refuse("Code\n", ERR_LIST_NOBODY);
}

static void campaign_people__file__of_so_many_at_most(void **state)
{
	struct strbuf list = STRBUF_INIT;
	struct campaign_people people;
	struct table_file file;
	struct err err = ERR_INIT;

	(void)state;
	strbuf_adds(&list, "Code\n");
	for (int i = 0; i <= CAMPAIGN_PERSONS_MAX; i++) {
		char key[16];

		snprintf(key, sizeof(key), "C%04d", i);
		add(key, "", "");
		if (i == CAMPAIGN_PERSONS_MAX) {
			file = table_write(list.buf, list.len);
			with_ok(campaign_people_file(session, file.path, &people, &err), &err);
			assert_int_equal(people.ids.len, CAMPAIGN_PERSONS_MAX);
			campaign_people_release(&people);
			unlink(file.path);
		}
		strbuf_addf(&list, "%s\n", key);
	}
	file = table_write(list.buf, list.len);
	assert_false(campaign_people_file(session, file.path, &people, &err));
	assert_int_equal(err.code, ERR_LIST_TOO_LONG);
	assert_string_equal(err.subject, file.path);
	campaign_people_release(&people);
	unlink(file.path);
	strbuf_release(&list);
}

static void campaign_people__file__of_so_many_rows_at_most(void **state)
{
	struct strbuf list = STRBUF_INIT;
	struct campaign_people people;
	struct table_file file;
	struct err err = ERR_INIT;

	(void)state;
	add("C0", "", "");
	for (int i = 0; i < CAMPAIGN_PEOPLE_ROWS; i++)
		strbuf_addf(&list, "C%d\n", i);
	file = table_write(list.buf, list.len);
	with_ok(campaign_people_file(session, file.path, &people, &err), &err);
	assert_int_equal(people.lines.len, CAMPAIGN_PEOPLE_ROWS - 1);
	campaign_people_release(&people);
	unlink(file.path);
	strbuf_adds(&list, "C0\n");
	file = table_write(list.buf, list.len);
	assert_false(campaign_people_file(session, file.path, &people, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	campaign_people_release(&people);
	unlink(file.path);
	strbuf_release(&list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(campaign_people__read__by_key_email_and_phone),
		TEST(campaign_people__read__nobody_is_refused),
		TEST(campaign_people__file__of_so_many_at_most),
		TEST(campaign_people__file__of_so_many_rows_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
