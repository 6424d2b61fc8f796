#include "test.h"

#include <string.h>

#include "fold.h"
#include "likeness.h"

static void read_name(struct likeness_name *n, const char *name)
{
	struct strbuf sb = STRBUF_INIT;

	fold_add(&sb, name);
	likeness_read(n, sb.buf);
	strbuf_release(&sb);
}

static int likeness(const char *a, const char *b)
{
	struct likeness_name x, y;

	read_name(&x, a);
	read_name(&y, b);
	return likeness_of(&x, &y);
}

static bool share_a_key(const char *a, const char *b)
{
	char x[LIKENESS_KEYS][LIKENESS_KEY_MAX], y[LIKENESS_KEYS][LIKENESS_KEY_MAX];
	struct likeness_name m, n;
	size_t nx, ny;

	read_name(&m, a);
	read_name(&n, b);
	nx = likeness_keys(&m, x);
	ny = likeness_keys(&n, y);
	for (size_t i = 0; i < nx; i++)
		for (size_t k = 0; k < ny; k++)
			if (!strcmp(x[i], y[k]))
				return true;
	return false;
}

static void likeness__of__same_customers(void **state)
{
	static const struct {
		const char *a, *b;
		int least;
	} rows[] = {
		{ "Kaboré Awa", "KABORE Awa", 100 },
		{ "Kaboré Awa", "Awa  Kaboré", 100 },
		{ "Mme Kaboré Awa", "Kaboré Awa", 100 },
		{ "Sahel Négoce SARL", "Sahel Negoce", 100 },
		{ "Sahel Négoce S.A.R.L.", "SAHEL NEGOCE SARL", 100 },
		{ "Sahel Négoce S A", "Sahel-Négoce", 100 },
		{ "Établissements Nikiéma", "Ets Nikiema & Fils", 100 },
		{ "Garage du Progrès", "Garage le Progres", 100 },
		{ "Société Générale de l'Œuvre", "Ste Generale Oeuvre", 100 },
		{ "Faso Tex", "FASOTEX", 100 },
		{ "Ouédraogo Issa", "Ouedrago Issa", LIKENESS_SAME },
		{ "Compaoré Fatimata", "Compaore Fatoumata", LIKENESS_SAME },
		{ "Boulangerie Wend Konta", "Boulangerie Wendkonta", LIKENESS_SAME },
		{ "Maison Lefèvre", "Maison Lefebvre", LIKENESS_SAME },
		{ "Sawadogo Aminata", "Sawadogo A.", LIKENESS_CLOSE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int l = likeness(rows[i].a, rows[i].b);

		if (l < rows[i].least || (rows[i].least == 100 && l != 100))
			fail_msg("“%s”, “%s”: %d", rows[i].a, rows[i].b, l);
		assert_int_equal(likeness(rows[i].b, rows[i].a), l);
		if (rows[i].least >= LIKENESS_SAME && !share_a_key(rows[i].a, rows[i].b))
			fail_msg("“%s”, “%s” share no key", rows[i].a, rows[i].b);
	}
}

static void likeness__of__different_customers(void **state)
{
	static const struct {
		const char *a, *b;
	} rows[] = {
		{ "Ouédraogo Issa", "Ouédraogo Awa" },
		{ "Kaboré", "Kaboré Awa" },
		{ "Garage du Progrès", "Pharmacie du Progrès" },
		{ "Agence 1", "Agence 2" },
		{ "Station Total 12", "Station Total 21" },
		{ "Lycée Zinda 2", "Lycée Zinda" },
		{ "Zongo Issa", "Diallo Mariam" },
		{ "Traoré", "Touré" },
		{ "Boutique Wend Panga", "Boutique Teega Wende" },
		{ "Sahel Négoce", "Sahel Transport" },
		{ "SARL", "" },
		{ "", "" },
		{ "...", "Kaboré" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int l = likeness(rows[i].a, rows[i].b);

		if (l >= LIKENESS_CLOSE)
			fail_msg("“%s”, “%s”: %d", rows[i].a, rows[i].b, l);
	}
	assert_int_equal(likeness("", ""), 0);
	assert_in_range(likeness("Sanou", "Sanon"), LIKENESS_CLOSE, LIKENESS_SAME - 1);
}

static void likeness__read__drops_what_does_not_count(void **state)
{
	static const struct {
		const char *name, *text;
		int count;
	} rows[] = {
		{ "Ets. Nikiéma & Fils", "nikiema", 1 },
		{ "S.A.R.L. Sahel", "sahel", 1 },
		{ "Société des Fils", "societedesfils", 3 },
		{ "SARL", "sarl", 1 },
		{ "l'Étoile d'Or", "etoileor", 2 },
		{ "J. P. Kaboré", "jpkabore", 2 },
		{ "Kaboré A", "kaborea", 2 },
		{ "24 heures", "24heures", 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct likeness_name n;

		read_name(&n, rows[i].name);
		if (strcmp(n.text, rows[i].text) != 0 || n.count != rows[i].count)
			fail_msg("“%s”: “%s”, %d", rows[i].name, n.text, n.count);
	}
}

static void likeness__read__stops_at_its_limits(void **state)
{
	struct likeness_name n;
	char s[2001];

	(void)state;
	memset(s, 'x', 2000);
	s[2000] = '\0';
	likeness_read(&n, s);
	assert_int_equal(n.count, 1);
	assert_int_equal(n.len, 63);
	assert_int_equal(likeness_of(&n, &n), 100);
	for (int i = 1; i < 2000; i += 2)
		s[i] = ' ';
	likeness_read(&n, s);
	assert_true(n.count >= 1 && n.len <= LIKENESS_TEXT_MAX);
	for (int i = 0; i < 2000; i++)
		s[i] = i % 40 == 39 ? ' ' : (char)('a' + i % 26);
	likeness_read(&n, s);
	assert_true(n.len <= LIKENESS_TEXT_MAX && n.count <= LIKENESS_WORDS);
	assert_int_equal(likeness_of(&n, &n), 100);
}

static void likeness__keys__are_these(void **state)
{
	char keys[LIKENESS_KEYS][LIKENESS_KEY_MAX];
	struct likeness_name n;

	(void)state;
	read_name(&n, "Ouédraogo Issa");
	assert_int_equal(likeness_keys(&n, keys), 2);
	assert_string_equal(keys[0], "as+wdrg");
	assert_string_equal(keys[1], "=wdrgs");
	read_name(&n, "Zongo");
	assert_int_equal(likeness_keys(&n, keys), 1);
	assert_string_equal(keys[0], "=sng");
	read_name(&n, "Quincaillerie Philippe");
	assert_int_equal(likeness_keys(&n, keys), 2);
	assert_string_equal(keys[0], "flp+knklr");
	assert_string_equal(keys[1], "=knklrflp");
	read_name(&n, "");
	assert_int_equal(likeness_keys(&n, keys), 0);
	read_name(&n, "un deux trois quatre cinq six sept");
	assert_true(likeness_keys(&n, keys) <= LIKENESS_KEYS);
}

static void likeness__keys__bring_variants_together(void **state)
{
	(void)state;
	assert_true(share_a_key("Ouédraogo Issa", "Wedraogo Issa"));
	assert_true(share_a_key("Djibril Traoré", "Jibril Traore"));
	assert_true(share_a_key("Sahel Négoce International", "Sahel Négoce"));
	assert_true(share_a_key("Kaboré Awa Marie", "Kaboré Marie"));
	assert_false(share_a_key("Ouédraogo Issa", "Ouédraogo Mariam"));
	assert_false(share_a_key("Kaboré Awa", "Compaoré Ali"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(likeness__of__same_customers),
		cmocka_unit_test(likeness__of__different_customers),
		cmocka_unit_test(likeness__read__drops_what_does_not_count),
		cmocka_unit_test(likeness__read__stops_at_its_limits),
		cmocka_unit_test(likeness__keys__are_these),
		cmocka_unit_test(likeness__keys__bring_variants_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
