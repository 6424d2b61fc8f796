#include "test.h"

#include "campaign_desk.h"
#include "messages.h"
#include "outbox_view.h"
#include "providers.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .tab = 4
};

#define UNCERTAIN                                                                                  \
	"status = 'UNCERTAIN', reason = 'NO_ANSWER', provider = 'ORANGE', attempts = 1, "          \
	"claimed_at = queued_at, due_at = 9223372036854775807"
#define BOUNCED                                                                                    \
	"status = 'BOUNCED', reason = 'BAD_ADDRESS', provider = 'ORANGE', attempts = 1, "          \
	"claimed_at = queued_at, bounced_at = queued_at, code = '21211'"
#define DELIVERED                                                                                  \
	"status = 'DELIVERED', provider = 'ORANGE', sent_at = queued_at, "                         \
	"delivered_at = queued_at"

/* Two campaigns: one under way with everything there is, one for tomorrow. */
static int64_t open_outbox(struct office *o, const struct office_spec *spec)
{
	int64_t id;

	office_open(o, spec);
	id = desk_launch(o, "Fermeture de lundi", CHANNEL_SMS, 0);
	desk_put(o, id, 2, UNCERTAIN);
	desk_put(o, id, 1, BOUNCED);
	desk_put(o, id, 1, DELIVERED);
	desk_launch(o, "Inventaire", CHANNEL_EMAIL, o->now + 86400);
	screen_keys(o->ui, "Ctrl-r");
	ui_paint(o->ui);
	return id;
}

static void set_orange(struct office *o)
{
	static const struct provider_change orange[] = { { "client_id", "orange-id" },
		{ "sender_name", "SAHEL" } };
	struct provider_change all[3] = { orange[0], orange[1], { "client_secret", "secret" } };
	struct err err = ERR_INIT;

	desk_ok(providers_set(o->desk.s, PROVIDER_ORANGE, PROVIDERS_ANY, all, 3, &err), &err);
	screen_keys(o->ui, "Ctrl-r");
	ui_paint(o->ui);
}

static void outbox__draw__every_look(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = small;
				struct office o;

				spec.rows = sizes[i].rows;
				spec.cols = sizes[i].cols;
				spec.look = (enum look_id)look;
				spec.lang = (enum lang)lang;
				open_outbox(&o, &spec);
				set_orange(&o);
				screen_expect(office_name(&spec, "outbox"));
				office_close(&o);
			}
}

static void outbox__filter__by_state_and_campaign(void **state)
{
	struct office o;

	(void)state;
	open_outbox(&o, &small);
	screen_keys(o.ui, "f");
	screen_expect("outbox-filter");
	screen_keys(o.ui, "7");
	assert_true(screen_has("Outbox · Delivered"));
	screen_expect("outbox-delivered");
	assert_true(screen_has("Fermeture de lundi"));
	assert_false(screen_has("Inventaire"));
	screen_keys(o.ui, "f o Home Down Down f m");
	assert_true(screen_has("· Inventaire"));
	assert_false(screen_has("Fermeture"));
	screen_keys(o.ui, "f m f c 2");
	assert_true(screen_has("· SMS"));
	assert_false(screen_has("Inventaire"));
	office_close(&o);
}

static void outbox__open__shows_the_messages_of_the_line(void **state)
{
	struct office o;

	(void)state;
	open_outbox(&o, &small);
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Fermeture de lundi · Uncertain ones"));
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("the line broke before the answer"));
	screen_keys(o.ui, "q q");
	assert_true(screen_has("Outbox · Waiting"));
	office_close(&o);
}

static void outbox__settle__marks_an_uncertain_one_as_sent(void **state)
{
	int64_t lists[MESSAGE_LIST_COUNT], id;
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	id = open_outbox(&o, &small);
	screen_keys(o.ui, "r m s");
	screen_expect("outbox-settle");
	screen_keys(o.ui, "Tab Enter");
	desk_ok(messages_count(o.desk.s, id, -1, lists, &err), &err);
	assert_int_equal(lists[LIST_UNCERTAIN], 1);
	assert_int_equal(lists[LIST_NO_NEWS], 1);
	office_close(&o);
}

static void outbox__cancel__keeps_what_waits_from_leaving(void **state)
{
	int64_t lists[MESSAGE_LIST_COUNT], id;
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	id = open_outbox(&o, &small);
	screen_keys(o.ui, "m x");
	assert_true(screen_has("Keep them from leaving"));
	screen_keys(o.ui, "Esc Down m x");
	screen_expect("outbox-cancel");
	screen_keys(o.ui, "Tab Enter");
	office_wait(&o);
	assert_true(screen_has("messages will not leave."));
	desk_ok(messages_count(o.desk.s, id, -1, lists, &err), &err);
	assert_int_equal(lists[LIST_WAITING], 0);
	assert_int_equal(lists[LIST_UNCERTAIN], 2);
	office_close(&o);
}

static void outbox__empty__says_what_to_do(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	assert_true(screen_has("Nothing waits and nothing is uncertain."));
	assert_true(screen_has("No provider is set up: nothing can leave. g p sets one up."));
	screen_keys(o.ui, "g p");
	assert_true(screen_has("Providers · 0 set up"));
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
		cmocka_unit_test(outbox__draw__every_look),
		cmocka_unit_test(outbox__filter__by_state_and_campaign),
		cmocka_unit_test(outbox__open__shows_the_messages_of_the_line),
		cmocka_unit_test(outbox__settle__marks_an_uncertain_one_as_sent),
		cmocka_unit_test(outbox__cancel__keeps_what_waits_from_leaving),
		cmocka_unit_test(outbox__empty__says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
