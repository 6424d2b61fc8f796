#include "test.h"

#include "campaigns.h"
#include "customer_form.h"
#include "customer_view.h"
#include "customers.h"
#include "office.h"
#include "providers.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN
};

/* Opens the customer with that key over the list. */
static int64_t open_customer(struct office *o, const struct office_spec *spec, const char *key)
{
	int64_t id;

	office_open(o, spec);
	id = office_customer(o, key);
	ui_push(o->ui, &customer_view, &id);
	ui_paint(o->ui);
	return id;
}

static void customer__draw__every_look(void **state)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 40, 120 } };

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = { .rows = sizes[i].rows,
					.cols = sizes[i].cols,
					.look = (enum look_id)look,
					.lang = (enum lang)lang };
				struct office o;

				open_customer(&o, &spec, "C001");
				screen_expect(office_name(&spec, "customer"));
				office_close(&o);
			}
}

static void customer__parts__each_in_turn(void **state)
{
	static const char *const names[] = { "invoices", "payments", "messages", "consents", "notes",
		"journal" };
	struct office_spec spec = small;
	char name[64];

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		open_customer(&o, &spec, "C001");
		for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
			screen_keys(o.ui, "Tab");
			snprintf(name, sizeof(name), "customer-%s", names[i]);
			screen_expect(office_name(&spec, name));
		}
		office_close(&o);
	}
}

static void customer__edit__saves_and_takes_back(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "e Tab Tab Tab Tab Tab");
	screen_type(o.ui, ".org");
	screen_expect("customer-edit");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("awa.kabre@faso.bf.org"));
	assert_true(screen_has("Kabré Awa was changed. (u Undo)"));
	screen_keys(o.ui, "u");
	assert_true(screen_has("Undone."));
	assert_false(screen_has("faso.bf.org"));
	office_close(&o);
}

static void customer__edit__doubts_a_wrong_number_once(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "e Tab Tab Tab Tab Ctrl-u");
	screen_type(o.ui, "70 12 34");
	screen_keys(o.ui, "Ctrl-s");
	screen_expect("customer-edit-doubt");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Phone 70 12 34 (not valid)"));
	office_close(&o);
}

/* What somebody else makes of the same field is shown, and asked about. */
static void customer__edit__two_at_once(void **state)
{
	struct office o;
	struct session *other;
	struct arena a = ARENA_INIT;
	struct customer_card card;
	struct customer_conflict conflict;
	struct customer after;
	struct err err = ERR_INIT;
	int64_t id;

	(void)state;
	id = open_customer(&o, &small, "C006");
	screen_keys(o.ui, "e Tab Tab Tab Tab Tab");
	screen_type(o.ui, ".org");
	other = office_session(&o);
	assert_true(customers_get(other, id, &a, &card, &err));
	after = card.customer;
	after.email = "awa@kabre.bf";
	after.city = "Kaya";
	assert_true(customers_edit(other, &card.customer, &after, &a, &conflict, &err));
	session_close(other);
	office_wait(&o);
	screen_expect("customer-edit-two");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("awa.kabre@faso.bf.org"));
	assert_true(screen_has("Kaya"));
	arena_release(&a);
	office_close(&o);
}

static void customer__stop__three_keys(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "x");
	screen_expect("customer-stop");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Kabré Awa will not be written to any more."));
	assert_true(screen_has("SMS no"));
	office_close(&o);
}

static void customer__remind__is_among_the_tasks(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "t Tab Tab Tab");
	screen_type(o.ui, "devis");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Kabré Awa: reminder on 18 Nov 2026. (u Undo)"));
	screen_keys(o.ui, "g t");
	assert_true(screen_has("devis"));
	screen_expect("tasks");
	screen_keys(o.ui, "a");
	screen_expect("tasks-call");
	screen_keys(o.ui, "Right Right Enter");
	assert_true(screen_has("This is needed for such an outcome."));
	screen_keys(o.ui, "Ctrl-u");
	screen_type(o.ui, "5000");
	screen_keys(o.ui, "Tab");
	screen_type(o.ui, "+7");
	screen_keys(o.ui, "Enter");
	screen_expect("tasks-promise");
	office_close(&o);
}

static void customer__copy__shows_the_bare_value(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "c 1");
	assert_true(screen_has("+22676001122"));
	screen_keys(o.ui, "Esc");
	office_close(&o);
}

static void customer__new__is_entered_and_opened(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "n");
	screen_type(o.ui, "Sanou");
	screen_keys(o.ui, "Tab");
	screen_type(o.ui, "Léa");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Sanou Léa · Occasional 50"));
	screen_keys(o.ui, "u");
	assert_true(screen_has("Customers · all · 16"));
	office_close(&o);
}

static void set_folder(struct office *o)
{
	const struct provider_change change = { "folder", o->folder };
	struct err err = ERR_INIT;

	assert_true(providers_set(o->desk.s, PROVIDER_FILE, PROVIDERS_ANY, &change, 1, &err));
}

/* By SMS, to one who agreed: refused while it asks for what there is not, then sent. */
static void customer__message__is_written_and_launched(void **state)
{
	struct office o;

	(void)state;
	open_customer(&o, &small, "C006");
	set_folder(&o);
	screen_keys(o.ui, "n");
	screen_expect("customer-message-channel");
	screen_keys(o.ui, "2 0");
	screen_type(o.ui, "Bonjour {{prenm}}, c'est pret.");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("It cannot go like this"));
	screen_keys(o.ui, "Enter Ctrl-u");
	screen_type(o.ui, "Bonjour {{prenom}}, c'est pret.");
	screen_expect("customer-message-text");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Bonjour Awa, c'est pret."));
	assert_true(screen_has("+22676001122 · GSM-7, 24 characters, 1 SMS"));
	/* The focus is on the harmless button. */
	screen_keys(o.ui, "Tab Enter");
	assert_true(screen_has("Kabré Awa: the message is on its way."));
	screen_keys(o.ui, "Tab Tab Tab");
	assert_true(screen_has("Message to Kabré Awa"));
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Bonjour Awa, c'est pret."));
	office_close(&o);
}

static void customer__message__given_up_leaves_nothing(void **state)
{
	const struct campaign_list any = { -1, -1 };
	struct arena a = ARENA_INIT;
	struct campaign_line *lines;
	struct err err = ERR_INIT;
	struct office o;
	int n;

	(void)state;
	open_customer(&o, &small, "C006");
	screen_keys(o.ui, "n 2 0");
	screen_type(o.ui, "Bonjour");
	screen_keys(o.ui, "Ctrl-s Esc");
	assert_true(campaigns_page(o.desk.s, &any, INT64_MAX, 10, &a, &lines, &n, &err));
	assert_int_equal(n, 0);
	arena_release(&a);
	office_close(&o);
}

static int end(void **state)
{
	(void)state;
	office_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(customer__draw__every_look),
		cmocka_unit_test(customer__parts__each_in_turn),
		cmocka_unit_test(customer__edit__saves_and_takes_back),
		cmocka_unit_test(customer__edit__doubts_a_wrong_number_once),
		cmocka_unit_test(customer__edit__two_at_once),
		cmocka_unit_test(customer__stop__three_keys),
		cmocka_unit_test(customer__remind__is_among_the_tasks),
		cmocka_unit_test(customer__copy__shows_the_bare_value),
		cmocka_unit_test(customer__message__is_written_and_launched),
		cmocka_unit_test(customer__message__given_up_leaves_nothing),
		cmocka_unit_test(customer__new__is_entered_and_opened),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
