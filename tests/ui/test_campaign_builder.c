#include "test.h"

#include <sys/stat.h>

#include "campaign_builder.h"
#include "campaigns.h"
#include "customers.h"
#include "office.h"
#include "providers.h"
#include "settings.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24,
	.cols = 80,
	.look = LOOK_WINDOWS,
	.lang = LANG_FR,
};

static void expect(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

/* An office that can send: into a folder, at 25 F a part, saying stop to 4455. */
static void open_office(struct office *o, const struct office_spec *spec)
{
	const struct provider_change changes[] = { { "folder", "/tmp/none" }, { "prices", "BF=25" },
		{ "active", "yes" } };
	struct err err = ERR_INIT;

	office_open(o, spec);
	expect(settings_set(o->desk.s, SETTING_SMS_STOP, "4455", &err), &err);
	expect(providers_set(
		       o->desk.s, PROVIDER_FILE, PROVIDERS_ANY, changes, ARRAY_SIZE(changes), &err),
		&err);
}

static void open_new(struct office *o, const struct office_spec *spec)
{
	open_office(o, spec);
	builder_new(o->ui);
	ui_paint(o->ui);
}

/* The pause in typing, the counting after it, and what that brings. */
static void pause(struct office *o)
{
	for (int i = 0; i < 4; i++)
		office_wait(o);
}

static void name_it(struct office *o, const char *name)
{
	screen_keys(o->ui, "Ctrl-U");
	screen_type(o->ui, name);
}

static void choose_segments(struct office *o)
{
	screen_keys(o->ui, "PgDn Right Tab Space Tab Space");
	pause(o);
}

static void write_message(struct office *o, const char *text)
{
	screen_keys(o->ui, "PgDn Tab Tab");
	screen_type(o->ui, text);
	pause(o);
}

static const char party[] = "Bonjour {{prenom|cher client}}, -20 % sur tout le magasin "
			    "jusqu'à samedi : fête chez Sahel.";

/* The only campaign there is. */
static struct campaign_card card_of(struct office *o, struct arena *a)
{
	const struct campaign_list any = { -1, -1 };
	struct campaign_line *lines;
	struct campaign_card card;
	struct err err = ERR_INIT;
	int n;

	expect(campaigns_page(o->desk.s, &any, INT64_MAX, 10, a, &lines, &n, &err), &err);
	assert_int_equal(n, 1);
	expect(campaigns_get(o->desk.s, lines[0].campaign.id, a, &card, &err), &err);
	return card;
}

static int count_campaigns(struct office *o)
{
	const struct campaign_list any = { -1, -1 };
	struct arena a = ARENA_INIT;
	struct campaign_line *lines;
	struct err err = ERR_INIT;
	int n;

	expect(campaigns_page(o->desk.s, &any, INT64_MAX, 10, &a, &lines, &n, &err), &err);
	arena_release(&a);
	return n;
}

/* --- how it looks -------------------------------------------------------- */

static void go_through(struct office *o, const struct office_spec *spec, bool all)
{
	if (all)
		screen_expect(office_name(spec, "builder-type"));
	name_it(o, "Promo de novembre");
	choose_segments(o);
	if (all)
		screen_expect(office_name(spec, "builder-people"));
	write_message(o, party);
	screen_expect(office_name(spec, "builder-message"));
	if (!all)
		return;
	screen_keys(o->ui, "PgDn");
	pause(o);
	screen_expect(office_name(spec, "builder-sending"));
	screen_keys(o->ui, "PgDn");
	pause(o);
	screen_expect(office_name(spec, "builder-verify"));
}

static void builder__draw__both_languages_and_sizes(void **state)
{
	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++)
		for (int lang = 0; lang < LANG_COUNT; lang++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = small;
				struct office o;

				spec.rows = sizes[i].rows;
				spec.cols = sizes[i].cols;
				spec.lang = (enum lang)lang;
				spec.look = (enum look_id)look;
				open_new(&o, &spec);
				go_through(&o, &spec, look == LOOK_WINDOWS);
				office_close(&o);
			}
}

/* --- the draft ----------------------------------------------------------- */

static void builder__typing__is_stored_after_a_pause(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	assert_int_equal(count_campaigns(&o), 0); /* nothing was done yet */
	name_it(&o, "Promo");
	ui_pass_time(o.ui);
	o.ms += 599;
	ui_pass_time(o.ui);
	assert_int_equal(count_campaigns(&o), 0);
	o.ms += 1;
	ui_pass_time(o.ui);
	assert_string_equal(card_of(&o, &a).campaign.name, "Promo");
	ui_paint(o.ui);
	assert_true(screen_has("10:42"));
	screen_type(o.ui, " d'hiver");
	ui_pass_time(o.ui);
	o.ms += 600;
	ui_pass_time(o.ui);
	assert_string_equal(card_of(&o, &a).campaign.name, "Promo d'hiver");
	arena_release(&a);
	office_close(&o);
}

/* Whatever was typed at a step is there when the program is gone. */
static void builder__killed__at_each_step_loses_nothing(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct office o;
	int64_t id;

	(void)state;
	open_new(&o, &small);
	name_it(&o, "Promo");
	choose_segments(&o);
	write_message(&o, "Bonjour");
	card = card_of(&o, &a);
	assert_string_equal(card.campaign.name, "Promo");
	assert_string_equal(card.campaign.filter, "segment=VIP,LOYAL");
	assert_int_equal(card.n_texts, 1);
	assert_string_equal(card.texts[0].text, "Bonjour {{stop}}");
	id = card.campaign.id;
	ui_close(o.ui, ui_top(o.ui)); /* without being asked */
	builder_open(o.ui, id);
	ui_paint(o.ui);
	assert_true(screen_has("Promo"));
	screen_keys(o.ui, "PgDn");
	pause(&o);
	assert_true(screen_has("[x]"));
	screen_keys(o.ui, "PgDn");
	pause(&o);
	assert_true(screen_has("Bonjour"));
	arena_release(&a);
	office_close(&o);
}

/* --- whom ---------------------------------------------------------------- */

static void builder__segments__none_is_nobody(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	screen_keys(o.ui, "PgDn Right");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.filter, "score<0");
	assert_true(screen_has("PERSONNE NE LE RECEVRA"));
	screen_keys(o.ui, "Tab Space");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.filter, "segment=VIP");
	screen_keys(o.ui, "Space Up Left");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.filter, "");
	arena_release(&a);
	office_close(&o);
}

static void builder__left_out__opens_as_a_list(void **state)
{
	struct office o;

	(void)state;
	open_new(&o, &small);
	screen_keys(o.ui, "PgDn");
	pause(&o);
	screen_keys(o.ui, "Shift-Tab Enter");
	pause(&o);
	screen_expect("builder-left-out");
	screen_keys(o.ui, "Esc");
	ui_paint(o.ui);
	assert_true(screen_has("[Destinataires]"));
	office_close(&o);
}

static void builder__marked__are_named_one_by_one(void **state)
{
	struct arena a = ARENA_INIT;
	char persons[64];
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "Space Down Space m w");
	ui_paint(o.ui);
	assert_true(screen_has("[Type]"));
	screen_keys(o.ui, "PgDn");
	pause(&o);
	assert_true(screen_has("2 clients"));
	snprintf(persons, sizeof(persons), "%s", card_of(&o, &a).campaign.persons);
	assert_non_null(strchr(persons, ','));
	/* Another choice does not forget them. */
	screen_keys(o.ui, "Left Left Left");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.persons, "");
	screen_keys(o.ui, "Right Right Right");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.persons, persons);
	arena_release(&a);
	office_close(&o);
}

static void add_people(struct office *o, int n)
{
	struct err err = ERR_INIT;

	for (int i = 0; i < n; i++) {
		struct customer c = CUSTOMER_INIT;
		char name[32], phone[32];

		snprintf(name, sizeof(name), "Client %d", i);
		snprintf(phone, sizeof(phone), "70 20 %02d %02d", i / 100, i % 100);
		c.name = name;
		c.phone = phone;
		c.city = "Nouna";
		expect(customers_add(o->desk.s, &c, &err), &err);
	}
}

/* A file whose rows name customers: the second step says how many, and who is nobody. */
static void builder__list__comes_from_a_file(void **state)
{
	struct arena a = ARENA_INIT;
	char path[128], before[64];
	struct office o;
	FILE *f;

	(void)state;
	open_office(&o, &small);
	add_people(&o, 2);
	builder_new(o.ui);
	ui_paint(o.ui);
	snprintf(path, sizeof(path), "%s/list.csv", o.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "70 20 00 00\n70 20 99 99\n+226 70 20 00 01\n");
	fclose(f);
	screen_keys(o.ui, "PgDn Right Right Right");
	pause(&o);
	assert_true(screen_has("PERSONNE NE LE RECEVRA"));
	assert_string_equal(card_of(&o, &a).campaign.filter, "score<0");
	screen_keys(o.ui, "Tab Enter Ctrl-U");
	screen_type(o.ui, path);
	screen_keys(o.ui, "Enter");
	pause(&o);
	assert_true(screen_has("2 trouvés, 1 non"));
	assert_string_equal(card_of(&o, &a).campaign.filter, "");
	snprintf(before, sizeof(before), "%s", card_of(&o, &a).campaign.persons);
	assert_non_null(strchr(before, ','));
	/* Pasted rows take the place of the file; strangers alone change nothing. */
	screen_paste(o.ui, "70 20 88 88\n");
	pause(&o);
	assert_true(screen_has("Aucune ligne"));
	screen_keys(o.ui, "Enter");
	assert_string_equal(card_of(&o, &a).campaign.persons, before);
	screen_paste(o.ui, "70 20 00 01\n");
	pause(&o);
	assert_true(screen_has("1 trouvé"));
	assert_null(strchr(card_of(&o, &a).campaign.persons, ','));
	arena_release(&a);
	office_close(&o);
}

/* --- the message --------------------------------------------------------- */

static void to_message(struct office *o)
{
	screen_keys(o->ui, "PgDn PgDn");
	pause(o);
	screen_keys(o->ui, "Tab Tab");
}

static void builder__sms__is_spelled_for_less(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	to_message(&o);
	screen_type(o.ui, "La fête");
	pause(&o);
	assert_true(screen_has("UCS-2"));
	screen_keys(o.ui, "Tab Enter");
	pause(&o);
	assert_false(screen_has("UCS-2"));
	assert_string_equal(card_of(&o, &a).texts[0].text, "La fete {{stop}}");
	arena_release(&a);
	office_close(&o);
}

static void builder__names__are_spelled_apart(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	to_message(&o);
	screen_type(o.ui, "Bonjour {{nom}}");
	pause(&o);
	office_wait(&o);
	assert_true(screen_has("alphabet des SMS"));
	screen_keys(o.ui, "Tab Enter");
	pause(&o);
	office_wait(&o);
	assert_true(card_of(&o, &a).campaign.plain_names);
	assert_true(screen_has("Écrire les noms tels quels"));
	arena_release(&a);
	office_close(&o);
}

static void builder__field__unknown_is_said_with_its_place(void **state)
{
	struct office o;

	(void)state;
	open_new(&o, &small);
	to_message(&o);
	screen_type(o.ui, "Bonjour {{prénon}}");
	ui_paint(o.ui);
	screen_expect("builder-unknown");
	assert_true(screen_has("Ligne 1, colonne 11"));
	assert_true(screen_has("prénon"));
	screen_keys(o.ui, "Backspace Backspace Backspace");
	screen_type(o.ui, "m}}");
	ui_paint(o.ui);
	assert_false(screen_has("Ligne 1"));
	screen_keys(o.ui, "Ctrl-O Up Enter");
	ui_paint(o.ui);
	assert_true(screen_has("{{nom}}"));
	office_close(&o);
}

static void builder__channels__each_has_a_text(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct office o;

	(void)state;
	open_new(&o, &small);
	screen_keys(o.ui, "PgDn PgDn");
	pause(&o);
	screen_keys(o.ui, "Right Right Right"); /* SMS, else e-mail */
	pause(&o);
	card = card_of(&o, &a);
	assert_string_equal(card.campaign.order, "SMS,EMAIL");
	assert_int_equal(card.n_texts, 2);
	screen_keys(o.ui, "Tab Left"); /* the other text */
	pause(&o);
	assert_true(screen_has("Objet"));
	screen_keys(o.ui, "Tab Tab");
	screen_type(o.ui, "Nouvelles");
	pause(&o);
	card = card_of(&o, &a);
	assert_int_equal(card.texts[0].channel, CHANNEL_EMAIL);
	assert_string_equal(card.texts[0].subject, "Nouvelles");
	assert_string_equal(card.texts[0].text, "\n\n{{lien_desinscription}}");
	assert_string_equal(card.texts[1].text, " {{stop}}");
	arena_release(&a);
	office_close(&o);
}

/* The program's own texts, and what a file holds. */
static void write_script(const struct office *o, char *path, size_t size, const char *text)
{
	FILE *f;

	snprintf(path, size, "%s/editor", o->folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", text);
	fclose(f);
	assert_int_equal(chmod(path, 0700), 0);
	setenv("EDITOR", path, 1);
	unsetenv("VISUAL");
}

static void builder__editor__writes_the_text(void **state)
{
	struct arena a = ARENA_INIT;
	char path[128];
	struct office o;

	(void)state;
	open_new(&o, &small);
	to_message(&o);
	screen_type(o.ui, "Avant");
	write_script(&o, path, sizeof(path), "echo \"$(cat \"$1\") et apres\" > \"$1\"");
	screen_keys(o.ui, "Ctrl-X");
	pause(&o);
	assert_string_equal(card_of(&o, &a).texts[0].text, "Avant {{stop}} et apres");
	/* One that fails leaves it as it was, and says so. */
	write_script(&o, path, sizeof(path), "echo lost > \"$1\"; exit 1");
	screen_keys(o.ui, "Ctrl-X");
	pause(&o);
	assert_true(screen_has("EDITOR"));
	assert_string_equal(card_of(&o, &a).texts[0].text, "Avant {{stop}} et apres");
	arena_release(&a);
	office_close(&o);
}

static void builder__html__comes_from_a_file(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	char path[128];
	struct office o;
	FILE *f;

	(void)state;
	open_new(&o, &small);
	screen_keys(o.ui, "PgDn PgDn Right");
	pause(&o);
	snprintf(path, sizeof(path), "%s/page.html", o.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "<p>Bonjour {{prenom}} <a href=\"{{lien_desinscription}}\">stop</a></p>\n");
	fclose(f);
	screen_keys(o.ui, "Tab Tab Tab Tab Enter f Ctrl-U");
	screen_type(o.ui, path);
	screen_keys(o.ui, "Enter");
	pause(&o);
	card = card_of(&o, &a);
	assert_int_equal(card.texts[0].channel, CHANNEL_EMAIL);
	assert_string_equal(card.texts[0].html,
		"<p>Bonjour {{prenom}} <a href=\"{{lien_desinscription}}\">stop</a></p>\n");
	screen_expect("builder-html");
	arena_release(&a);
	office_close(&o);
}

/* --- sending ------------------------------------------------------------- */

static void builder__start__at_a_moment_and_for_so_much(void **state)
{
	struct arena a = ARENA_INIT;
	struct campaign c;
	struct office o;

	(void)state;
	open_new(&o, &small);
	screen_keys(o.ui, "PgDn PgDn PgDn Right Tab Ctrl-U");
	screen_type(o.ui, "20/11/2026");
	screen_keys(o.ui, "Tab Ctrl-U");
	screen_type(o.ui, "25:00");
	screen_keys(o.ui, "Tab");
	ui_paint(o.ui);
	assert_true(screen_has("9:30"));
	screen_keys(o.ui, "Shift-Tab Ctrl-U");
	screen_type(o.ui, "14h05");
	screen_keys(o.ui, "Tab Right Tab");
	screen_type(o.ui, "21/11");
	screen_keys(o.ui, "Tab Ctrl-U");
	screen_type(o.ui, "18:00");
	screen_keys(o.ui, "Tab Right Tab");
	screen_type(o.ui, "5000");
	pause(&o);
	screen_expect("builder-moment");
	c = card_of(&o, &a).campaign;
	assert_int_equal(c.start_at, INT64_C(1795183500)); /* 2026-11-20T14:05:00Z */
	assert_true(c.customer_zone);
	assert_int_equal(c.not_after, INT64_C(1795284000)); /* 2026-11-21T18:00:00Z */
	assert_int_equal(c.late, LATE_ASK);
	assert_int_equal(c.budget, 5000);
	arena_release(&a);
	office_close(&o);
}

/* --- the launch ---------------------------------------------------------- */

/* A message about an order, which needs no consent, to `n` people; at its last step. */
static void open_order(struct office *o, int n)
{
	const struct builder_start start = { .filter = "city=Nouna" };

	open_office(o, &small);
	add_people(o, n);
	ui_push(o->ui, &campaign_builder_view, &start);
	ui_paint(o->ui);
	screen_keys(o->ui, "Tab Left"); /* the last type: about an order */
	to_message(o);
	screen_type(o->ui, "Commande prete");
	screen_keys(o->ui, "PgDn PgDn");
	pause(o);
	pause(o);
}

static void builder__launch__of_100_is_one_key(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_order(&o, 100);
	screen_keys(o.ui, "Enter Left Enter");
	pause(&o);
	assert_int_not_equal(card_of(&o, &a).campaign.status, CAMPAIGN_DRAFT);
	assert_int_equal(card_of(&o, &a).funnel.people, 100);
	assert_true(screen_has("100"));
	arena_release(&a);
	office_close(&o);
}

static void builder__launch__over_100_takes_the_number(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_order(&o, 101);
	screen_keys(o.ui, "Enter");
	ui_paint(o.ui);
	screen_expect("builder-launch");
	screen_type(o.ui, "100");
	screen_keys(o.ui, "Enter");
	pause(&o);
	assert_int_equal(card_of(&o, &a).campaign.status, CAMPAIGN_DRAFT);
	screen_keys(o.ui, "Backspace");
	screen_type(o.ui, "1");
	screen_keys(o.ui, "Enter");
	pause(&o);
	assert_int_not_equal(card_of(&o, &a).campaign.status, CAMPAIGN_DRAFT);
	arena_release(&a);
	office_close(&o);
}

static void builder__launch__not_while_something_is_wrong(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	open_new(&o, &small);
	to_message(&o);
	screen_keys(o.ui, "End Ctrl-U");
	screen_type(o.ui, "Bonjour {{rien}}");
	screen_keys(o.ui, "PgDn PgDn");
	pause(&o);
	screen_expect("builder-wrong");
	screen_keys(o.ui, "Enter");
	pause(&o);
	assert_int_equal(card_of(&o, &a).campaign.status, CAMPAIGN_DRAFT);
	/* What is wrong leads to where it is put right. */
	screen_keys(o.ui, "Tab Tab Enter");
	pause(&o);
	assert_true(screen_has("[Message]"));
	arena_release(&a);
	office_close(&o);
}

/* --- with others --------------------------------------------------------- */

static void builder__conflict__asks_whose_stays(void **state)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct session *other;
	struct campaign c;
	struct office o;

	(void)state;
	open_new(&o, &small);
	screen_type(o.ui, "Mienne");
	pause(&o);
	other = office_session(&o);
	c = card_of(&o, &a).campaign;
	c.name = "Sienne";
	expect(campaigns_save(other, &c, &err), &err);
	session_close(other);
	screen_type(o.ui, " aussi");
	pause(&o);
	screen_expect("builder-conflict");
	screen_keys(o.ui, "Enter");
	pause(&o);
	assert_string_equal(card_of(&o, &a).campaign.name, "Mienne aussi");
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
		cmocka_unit_test(builder__draw__both_languages_and_sizes),
		cmocka_unit_test(builder__typing__is_stored_after_a_pause),
		cmocka_unit_test(builder__killed__at_each_step_loses_nothing),
		cmocka_unit_test(builder__segments__none_is_nobody),
		cmocka_unit_test(builder__left_out__opens_as_a_list),
		cmocka_unit_test(builder__marked__are_named_one_by_one),
		cmocka_unit_test(builder__list__comes_from_a_file),
		cmocka_unit_test(builder__sms__is_spelled_for_less),
		cmocka_unit_test(builder__names__are_spelled_apart),
		cmocka_unit_test(builder__field__unknown_is_said_with_its_place),
		cmocka_unit_test(builder__channels__each_has_a_text),
		cmocka_unit_test(builder__editor__writes_the_text),
		cmocka_unit_test(builder__html__comes_from_a_file),
		cmocka_unit_test(builder__start__at_a_moment_and_for_so_much),
		cmocka_unit_test(builder__launch__of_100_is_one_key),
		cmocka_unit_test(builder__launch__over_100_takes_the_number),
		cmocka_unit_test(builder__launch__not_while_something_is_wrong),
		cmocka_unit_test(builder__conflict__asks_whose_stays),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
