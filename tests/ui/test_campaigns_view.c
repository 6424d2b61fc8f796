#include "test.h"

#include "holding.h"
#include "home_campaigns.h"
#include "home_view.h"
#include "office_campaign.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .tab = 1
};

/* One that went, one that waits for its provider, one that is paused, a draft. */
static void make(struct office *o)
{
	struct err err = ERR_INIT;
	int64_t paused;

	office_campaign(o);
	paused = office_launched(o, "Soldes");
	office_ok(campaigns_pause(o->desk.s, paused, &err), &err);
	office_folder(o, "12");
	office_launched(o, "Rappel de facture");
	office_send(o);
	office_draft(o, "Fêtes");
	screen_keys(o->ui, "Ctrl-r 3");
}

static struct campaign_card card_of(struct office *o, const char *name, struct arena *a)
{
	const struct campaign_list any = { .kind = -1, .status = -1 };
	struct campaign_line *lines;
	struct campaign_card card;
	struct err err = ERR_INIT;
	int n;

	office_ok(campaigns_page(o->desk.s, &any, INT64_MAX, 20, a, &lines, &n, &err), &err);
	for (int i = 0; i < n; i++)
		if (!strcmp(lines[i].campaign.name, name)) {
			office_ok(campaigns_get(o->desk.s, lines[i].campaign.id, a, &card, &err),
				&err);
			return card;
		}
	fail_msg("no campaign %s", name);
	return card;
}

static enum campaign_status status_of(struct office *o, const char *name)
{
	struct arena a = ARENA_INIT;
	enum campaign_status status = card_of(o, name, &a).campaign.status;

	arena_release(&a);
	return status;
}

static void campaigns__draw__every_look(void **state)
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
					.lang = (enum lang)lang,
					.tab = 1 };
				struct office o;

				office_open(&o, &spec);
				make(&o);
				screen_expect(office_name(&spec, "campaigns"));
				screen_keys(o.ui, "1");
				screen_expect(office_name(&spec, "home-campaigns"));
				office_close(&o);
			}
}

static void campaigns__show__by_state(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	screen_keys(o.ui, "f 4");
	assert_true(screen_has("Campaigns · Paused"));
	assert_true(screen_has("Soldes"));
	assert_false(screen_has("Promo de novembre"));
	screen_keys(o.ui, "f 7");
	assert_true(screen_has("None of these."));
	screen_keys(o.ui, "f 0");
	assert_true(screen_has("Promo de novembre"));
	office_close(&o);
}

static void campaigns__pause_all__and_go_on(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	screen_keys(o.ui, "!");
	screen_expect("campaigns-pause-all");
	screen_keys(o.ui, "Esc");
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_RUNNING);
	screen_keys(o.ui, "! Enter");
	assert_true(screen_has("Paused: 1 campaign. ! lets it go on."));
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_PAUSED);
	/* What had been paused before is not its business. */
	screen_keys(o.ui, "!");
	assert_true(screen_has("1 campaign was paused by ! and goes on."));
	screen_keys(o.ui, "Enter");
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_RUNNING);
	assert_int_equal(status_of(&o, "Soldes"), CAMPAIGN_PAUSED);
	office_close(&o);
}

static void campaigns__hold__says_why_it_waits(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	holding_show(&o.desk);
	ui_paint(o.ui);
	assert_true(screen_has("Sending 3/9: resumes at 11:43 (limit of Folder)"));
	office_close(&o);
}

static void campaigns__home__tells_what_went_since(void **state)
{
	struct office_spec spec = small;
	struct office o;

	(void)state;
	spec.tab = 3;
	office_open(&o, &spec);
	o.desk.visit = o.now - 86400;
	home_keep_visit(&o.desk);
	office_campaign(&o);
	ui_push(o.ui, &home_view, NULL);
	ui_paint(o.ui);
	assert_true(screen_has("SINCE YOUR VISIT ON 16 Nov 2026 10:42"));
	assert_true(screen_has("8 messages have gone"));
	assert_true(screen_has("1 of them failed"));
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Promo de novembre · Uncertain ones"));
	home_keep_visit(&o.desk);
	screen_keys(o.ui, "q Ctrl-r");
	assert_true(screen_has("Nothing was changed by others."));
	office_close(&o);
}

static void campaigns__stop__asks_and_cancels(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	screen_keys(o.ui, "Down x");
	screen_expect("campaigns-stop");
	screen_keys(o.ui, "Esc");
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_RUNNING);
	screen_keys(o.ui, "x");
	screen_type(o.ui, "s");
	office_wait(&o);
	assert_true(screen_has("Rappel de facture: stopped, 6 messages will not leave."));
	card = card_of(&o, "Rappel de facture", &a);
	assert_int_equal(card.campaign.status, CAMPAIGN_CANCELLED);
	assert_int_equal(card.funnel.sent, 3);
	assert_int_equal(card.funnel.queued, 0);
	arena_release(&a);
	office_close(&o);
}

static void campaigns__menu__what_may_be_done(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	screen_keys(o.ui, "Down m");
	screen_expect("campaigns-menu");
	screen_keys(o.ui, "p");
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_PAUSED);
	screen_keys(o.ui, "r");
	assert_int_equal(status_of(&o, "Rappel de facture"), CAMPAIGN_RUNNING);
	screen_keys(o.ui, "Up m s");
	assert_true(screen_has("Delete this draft?"));
	screen_type(o.ui, "d");
	assert_false(screen_has("► Fêtes"));
	assert_true(screen_has("Fêtes · the draft was deleted."));
	office_close(&o);
}

static void campaigns__late__wants_a_decision(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	office_sql(&o, "UPDATE campaign SET cause = 'LATE' WHERE name = 'Soldes'");
	screen_keys(o.ui, "Down Down Ctrl-r r");
	assert_true(screen_has("Messages are past their time"));
	screen_keys(o.ui, "s");
	assert_int_equal(status_of(&o, "Soldes"), CAMPAIGN_RUNNING);
	office_close(&o);
}

static void campaigns__budget__wants_an_amount(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	office_open(&o, &small);
	make(&o);
	office_sql(&o, "UPDATE campaign SET cause = 'BUDGET', budget = 100 WHERE name = 'Soldes'");
	screen_keys(o.ui, "Down Down Ctrl-r r");
	screen_type(o.ui, "abc");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("The budget is used up."));
	screen_type(o.ui, "5000");
	screen_keys(o.ui, "Enter");
	assert_int_equal(status_of(&o, "Soldes"), CAMPAIGN_RUNNING);
	assert_int_equal(card_of(&o, "Soldes", &a).campaign.budget, 5000);
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
		cmocka_unit_test(campaigns__draw__every_look),
		cmocka_unit_test(campaigns__show__by_state),
		cmocka_unit_test(campaigns__pause_all__and_go_on),
		cmocka_unit_test(campaigns__hold__says_why_it_waits),
		cmocka_unit_test(campaigns__home__tells_what_went_since),
		cmocka_unit_test(campaigns__stop__asks_and_cancels),
		cmocka_unit_test(campaigns__menu__what_may_be_done),
		cmocka_unit_test(campaigns__late__wants_a_decision),
		cmocka_unit_test(campaigns__budget__wants_an_amount),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
