#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "customer_list.h"
#include "customers.h"
#include "import_pick.h"
#include "imports_view.h"
#include "office.h"
#include "path.h"

/* A home with an exchange folder that has these files, the later ones newer. */
static char home[64];

static void put_file(const char *name, const char *text)
{
	static int files;
	const time_t at = 1794904320 + 60 * files++;
	const struct timespec changed[2] = { { at, 0 }, { at, 0 } };
	struct strbuf path = STRBUF_INIT;
	struct err err = ERR_INIT;

	strbuf_addf(&path, "%s/ecompta", home);
	assert_true(path_mkdirs(path.buf, &err));
	strbuf_addf(&path, "/%s", name);
	assert_true(path_write(path.buf, text, strlen(text), &err));
	/* Screens show when a file was changed. */
	assert_int_equal(utimensat(AT_FDCWD, path.buf, changed, 0), 0);
	strbuf_release(&path);
}

/* Ten lines that cannot be taken in, each for a reason of its own, and three that can. */
static const char ten_bad[] =
	"Code;Raison sociale;Prénom;Téléphone;Email;Ville;Date de naissance;SMS\n"
	"N001;Sanou;Adama;70 11 22 33;adama@sanou.example;Bobo-Dioulasso;;oui\n"
	"N002;;;70 11 22 34;;;;\n"
	"N003;Traoré;Ali;;;;31/02/1990;\n"
	"N004;Ouattara;Issa;;;;14/07/90;\n"
	"N005;Kinda;Rose;;;;le 3 mai;\n"
	"N006;Barry;Léa;;;;01/01/1850;\n"
	"N007;Sow;Mia;;;;01/01/2031;\n"
	"N008;Diallo;Mamadou;;;;;peut-être\n"
	"N009;Yaméogo;Paul;;;;;oui;en trop\n"
	"N010;%s;Jean;;;;;\n"
	"N001;Sanou;Adam;70 99 99 99;;;;\n"
	"N012;Zerbo;;2,267E+10;pas une adresse;;;\n"
	"N013;Ilboudo;Marc;25 30 61 18;marc@ilboudo.example;Ouagadougou;;non\n";

/* The file of ten bad lines; one of them has a name that goes on and on. */
static void put_ten_bad(void)
{
	struct strbuf text = STRBUF_INIT;
	char name[600];

	memset(name, 'e', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	strbuf_addf(&text, ten_bad, name);
	put_file("clients-2026.csv", text.buf);
	strbuf_release(&text);
}

static int make_home(void **state)
{
	(void)state;
	snprintf(home, sizeof(home), "/tmp/ecompta-home.XXXXXX");
	assert_non_null(mkdtemp(home));
	put_ten_bad();
	return setenv("HOME", home, 1);
}

static int drop_home(void **state)
{
	char command[96];
	pid_t pid = fork();

	(void)state;
	snprintf(command, sizeof(command), "%s", home);
	if (!pid) {
		execlp("rm", "rm", "-rf", command, (char *)NULL);
		_exit(127);
	}
	while (access(home, F_OK) == 0)
		usleep(1000);
	return 0;
}

static int end(void **state)
{
	(void)state;
	office_end();
	return 0;
}

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_FR, .view = &import_pick_view
};

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

/* The whole way, a picture at each step. */
static void walk(const struct office_spec *spec)
{
	struct office o;

	office_open(&o, spec);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_expect(office_name(spec, "import-columns"));
	screen_keys(o.ui, "Tab");
	office_wait(&o);
	screen_expect(office_name(spec, "import-check"));
	screen_keys(o.ui, "Tab");
	screen_expect(office_name(spec, "import-ask"));
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_expect(office_name(spec, "import-run"));
	office_close(&o);
}

static void import__walk__both_languages_and_sizes(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			struct office_spec spec = small;

			spec.rows = sizes[i].rows;
			spec.cols = sizes[i].cols;
			spec.lang = (enum lang)lang;
			walk(&spec);
		}
}

static void import__check__three_looks(void **state)
{
	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++) {
		struct office_spec spec = small;
		struct office o;

		spec.look = (enum look_id)look;
		office_open(&o, &spec);
		screen_keys(o.ui, "Enter");
		office_wait(&o);
		screen_keys(o.ui, "Tab");
		office_wait(&o);
		screen_expect(office_name(&spec, "import-check"));
		office_close(&o);
	}
}

static int64_t customers(struct office *o)
{
	struct list_query q = customer_list_query(o->desk.s);
	struct err err = ERR_INIT;
	int64_t n = -1;

	assert_true(customer_list_count(o->desk.s, &q, &n, &err));
	return n;
}

static void import__undo__from_the_history(void **state)
{
	struct office o;
	int64_t before;

	(void)state;
	office_open(&o, &small);
	before = customers(&o);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_keys(o.ui, "Tab");
	office_wait(&o);
	assert_int_equal(customers(&o), before);
	screen_keys(o.ui, "Tab Enter");
	office_wait(&o);
	assert_int_equal(customers(&o), before + 3);
	assert_true(screen_has("u Annuler"));
	screen_keys(o.ui, "q g i");
	screen_expect("imports-history");
	screen_keys(o.ui, "u");
	screen_expect("imports-undo");
	screen_keys(o.ui, "Left Enter");
	office_wait(&o);
	assert_int_equal(customers(&o), before);
	assert_true(screen_has("annulé"));
	office_close(&o);
}

static void import__undo__keeps_what_was_changed_since(void **state)
{
	struct office o;
	struct session *other;
	struct arena a = ARENA_INIT;
	struct customer_card card;
	struct customer after;
	struct customer_conflict conflict;
	struct err err = ERR_INIT;
	int64_t before;

	(void)state;
	office_open(&o, &small);
	before = customers(&o);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_keys(o.ui, "Tab");
	office_wait(&o);
	screen_keys(o.ui, "Tab Enter");
	office_wait(&o);
	other = office_session(&o);
	assert_true(customers_get(other, office_customer(&o, "N013"), &a, &card, &err));
	after = card.customer;
	after.city = "Koudougou";
	assert_true(customers_edit(other, &card.customer, &after, &a, &conflict, &err));
	session_close(other);
	arena_release(&a);
	screen_keys(o.ui, "u Left Enter");
	office_wait(&o);
	screen_expect("imports-kept");
	assert_int_equal(customers(&o), before + 1);
	office_close(&o);
}

static void import__refused__saved_beside_the_source(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_keys(o.ui, "Tab");
	office_wait(&o);
	screen_keys(o.ui, "Enter");
	screen_expect("import-line");
	screen_keys(o.ui, "Enter Tab Enter");
	office_wait(&o);
	screen_keys(o.ui, "w");
	assert_true(screen_has("/ecompta/"));
	office_close(&o);
}

static void import__columns__changed_by_hand(void **state)
{
	struct office o;

	(void)state;
	put_file("sans-nom.csv", "Ref;Contact;Divers\nX1;70 55 44 33;Compaoré\n");
	office_open(&o, &small);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_expect("import-missing");
	screen_keys(o.ui, "Tab");
	screen_expect("import-which");
	screen_keys(o.ui, "Down Down Enter");
	office_wait(&o);
	assert_true(screen_has("Créés"));
	screen_keys(o.ui, "Esc Enter");
	screen_expect("import-field");
	screen_keys(o.ui, "Home Enter");
	assert_true(screen_has("laissée de côté"));
	office_close(&o);
}

static void import__questions__with_what_they_mean(void **state)
{
	struct office o;

	(void)state;
	put_file("zz.csv", "Facture;Client;Date;Total\nF1;Kaboré;12/31/2025;1.234\n");
	office_open(&o, &small);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_keys(o.ui, "Tab");
	screen_expect("import-dates");
	screen_keys(o.ui, "Enter");
	screen_expect("import-decimals");
	screen_keys(o.ui, "Esc e");
	screen_expect("import-options");
	office_close(&o);
}

static void import__options__another_kind_is_read_again(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	screen_keys(o.ui, "e Left Ctrl-S");
	office_wait(&o);
	office_wait(&o);
	assert_true(screen_has("Règlements"));
	assert_true(screen_has("Aucune colonne reconnue"));
	office_close(&o);
}

static void import__paste__is_rows_and_confirms_nothing(void **state)
{
	struct office o;
	int64_t before;

	(void)state;
	office_open(&o, &small);
	before = customers(&o);
	screen_paste(o.ui, "Nom\tTéléphone\nSavadogo\t70 00 11 22\n");
	office_wait(&o);
	screen_expect("import-pasted");
	assert_int_equal(customers(&o), before);
	office_close(&o);
}

static void import__path__typed(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "e");
	screen_expect("import-path");
	screen_type(o.ui, "nulle-part.csv");
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	assert_true(screen_has("n'existe pas"));
	office_close(&o);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_home, drop_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(import__walk__both_languages_and_sizes),
		TEST(import__check__three_looks),
		TEST(import__undo__from_the_history),
		TEST(import__undo__keeps_what_was_changed_since),
		TEST(import__refused__saved_beside_the_source),
		TEST(import__columns__changed_by_hand),
		TEST(import__questions__with_what_they_mean),
		TEST(import__options__another_kind_is_read_again),
		TEST(import__paste__is_rows_and_confirms_nothing),
		TEST(import__path__typed),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
