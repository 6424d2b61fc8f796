#include "test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "campaign_view.h"
#include "office_campaign.h"
#include "settings_view.h"

static char home[64];

static int make_home(void **state)
{
	(void)state;
	snprintf(home, sizeof(home), "/tmp/ecompta-home.XXXXXX");
	assert_non_null(mkdtemp(home));
	return setenv("HOME", home, 1);
}

static int drop_home(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		execlp("rm", "rm", "-rf", home, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	office_end();
	return 0;
}

/* The page of that name in the exchange folder holds all of these, in order. */
static void expect_page(const char *name, const char *const *parts)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	char bytes[4096];
	const char *at;
	size_t n;
	FILE *f;

	strbuf_addf(&path, "%s/ecompta/%s", home, name);
	f = fopen(path.buf, "r");
	assert_non_null(f);
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		strbuf_add(&text, bytes, n);
	fclose(f);
	at = text.buf;
	for (; *parts; parts++) {
		at = strstr(at, *parts);
		if (!at)
			fail_msg("no “%s” in %s", *parts, text.buf);
	}
	strbuf_release(&path);
	strbuf_release(&text);
}

static struct office_spec spec_of(enum lang lang)
{
	return (struct office_spec){ .rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = lang };
}

static void page__list__in_both_languages(void **state)
{
	static const char *const en[] = { "<!DOCTYPE html>", "<html lang=\"en\">", "@page{size:A4",
		"<h1>Customers</h1>", "<th>Customer</th>", "&amp;", "Sahel Négoce SARL", "</html>",
		NULL };
	static const char *const fr[] = { "<html lang=\"fr\">", "<h1>Clients</h1>",
		"<th>Téléphone</th>", "17/11/2026", "</html>", NULL };
	struct office_spec spec = spec_of(LANG_EN);
	struct office o;

	(void)state;
	office_open(&o, &spec);
	screen_keys(o.ui, "p");
	office_wait(&o);
	assert_true(screen_has("/ecompta/customers.html"));
	expect_page("customers.html", en);
	screen_keys(o.ui, "p");
	office_wait(&o);
	assert_true(screen_has("/ecompta/customers-2.html"));
	office_close(&o);
	spec = spec_of(LANG_FR);
	office_open(&o, &spec);
	screen_keys(o.ui, "p");
	office_wait(&o);
	assert_true(screen_has("Page à imprimer"));
	expect_page("clients.html", fr);
	office_close(&o);
}

static void page__customer__with_its_score(void **state)
{
	static const char *const parts[] = { "<html lang=\"fr\">", "<h1>", "Téléphone",
		"<h2>Score ", "<td class=\"n\">50</td>", "Créances", "F\u00a0CFA", "</html>",
		NULL };
	struct office_spec spec = spec_of(LANG_FR);
	struct office o;

	(void)state;
	office_open(&o, &spec);
	screen_keys(o.ui, "Enter p");
	assert_true(screen_has("/ecompta/client.html"));
	expect_page("client.html", parts);
	office_close(&o);
}

static void page__campaign__what_it_came_to(void **state)
{
	static const char *const parts[] = { "<html lang=\"fr\">", "<h1>Promo de novembre</h1>",
		"17/11/2026 10:42", "<th>Remis</th>", "<td class=\"n\">2</td>", "28,6\u00a0%",
		"Coût", "290\u00a0F\u00a0CFA", "Bonjour {{prenom|cher client}}", "</html>", NULL };
	struct office_spec spec = spec_of(LANG_FR);
	struct office o;
	int64_t id;

	(void)state;
	office_open(&o, &spec);
	id = office_campaign(&o);
	ui_push(o.ui, &campaign_view, &id);
	screen_keys(o.ui, "p");
	assert_true(screen_has("/ecompta/campagne.html"));
	expect_page("campagne.html", parts);
	office_close(&o);
}

static void page__keys__from_the_settings(void **state)
{
	static const char *const parts[] = { "<h1>Touches", "<th>Haut, k</th>", "Ctrl-S", "</html>",
		NULL };
	struct office_spec spec = spec_of(LANG_FR);
	struct office o;

	(void)state;
	spec.view = &settings_view;
	office_open(&o, &spec);
	while (!screen_has("► Touches"))
		screen_keys(o.ui, "Down");
	screen_keys(o.ui, "Enter Right Enter");
	assert_true(screen_has("/ecompta/touches.html"));
	expect_page("touches.html", parts);
	office_close(&o);
}

/* By its key, which the help names, and by its name among the commands. */
static void page__keys__from_help_and_palette(void **state)
{
	static const char *const parts[] = { "<h1>Touches", "<th>H</th>",
		"Écrire une page de toutes les touches, à imprimer", "</html>", NULL };
	struct office_spec spec = spec_of(LANG_FR);
	struct office o;

	(void)state;
	office_open(&o, &spec);
	screen_keys(o.ui, "H");
	assert_true(screen_has("/ecompta/touches.html"));
	expect_page("touches.html", parts);
	screen_keys(o.ui, ":");
	screen_type(o.ui, "key-sheet");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("/ecompta/touches-2.html"));
	screen_keys(o.ui, "?");
	for (int i = 0; i < 60 && !screen_has("Écrire une page de toutes les touches"); i++)
		screen_keys(o.ui, "Down");
	assert_true(screen_has("Écrire une page de toutes les touches"));
	office_close(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			page__list__in_both_languages, make_home, drop_home),
		cmocka_unit_test_setup_teardown(
			page__customer__with_its_score, make_home, drop_home),
		cmocka_unit_test_setup_teardown(
			page__campaign__what_it_came_to, make_home, drop_home),
		cmocka_unit_test_setup_teardown(
			page__keys__from_the_settings, make_home, drop_home),
		cmocka_unit_test_setup_teardown(
			page__keys__from_help_and_palette, make_home, drop_home),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
