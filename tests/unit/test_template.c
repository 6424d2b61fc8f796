#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "sms.h"
#include "template.h"

static void write_form(struct strbuf *out, const char *text, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT])
{
	struct arena arena = ARENA_INIT;
	struct template_error error;
	struct template t;

	strbuf_clear(out);
	assert_true(template_parse(&arena, text, true, &t, &error));
	template_write(&t, form, values, out);
	arena_release(&arena);
}

static const char *const nobody[TEMPLATE_VAR_COUNT];

static void check_written(const char *text, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT], const char *want)
{
	struct strbuf out = STRBUF_INIT;

	write_form(&out, text, form, values);
	assert_string_equal(out.buf, want);
	strbuf_release(&out);
}

static void check_error(const char *text, bool transactional, enum template_problem problem,
	size_t at, size_t len, int line, int column)
{
	struct arena arena = ARENA_INIT;
	struct template_error error;
	struct template t;

	assert_false(template_parse(&arena, text, transactional, &t, &error));
	assert_int_equal(error.problem, problem);
	assert_int_equal(error.at, at);
	assert_int_equal(error.len, len);
	assert_int_equal(error.line, line);
	assert_int_equal(error.column, column);
	assert_true(*template_problem_label(error.problem));
	arena_release(&arena);
}

static void check_found(const char *name, int want)
{
	enum template_var var = TEMPLATE_VAR_COUNT;

	assert_int_equal(template_var_find(name, strlen(name), &var), want >= 0);
	if (want >= 0)
		assert_int_equal(var, want);
}

static void template_var__find__knows_each_by_its_name(void **state)
{
	(void)state;
	for (int i = 0; i < TEMPLATE_VAR_COUNT; i++) {
		check_found(template_var_name((enum template_var)i), i);
		assert_true(*template_var_label((enum template_var)i));
		assert_int_equal(template_var_transactional((enum template_var)i),
			i == VAR_MONTANT_ECHU || i == VAR_FACTURE || i == VAR_ECHEANCE);
	}
	assert_string_equal(template_var_name(TEMPLATE_VAR_COUNT), "");
	assert_string_equal(template_var_label(TEMPLATE_VAR_COUNT), "");
}

static void template_var__find__forgives_case_accents_and_blanks(void **state)
{
	(void)state;
	check_found("PRENOM", VAR_PRENOM);
	check_found("Prénom", VAR_PRENOM);
	check_found("pre\u0301nom", VAR_PRENOM);
	check_found("Ma Société", VAR_MA_SOCIETE);
	check_found("ma-société", VAR_MA_SOCIETE);
	check_found(" échéance ", VAR_ECHEANCE);
	check_found("Lien\u00a0désinscription", VAR_LIEN_DESINSCRIPTION);
}

static void template_var__find__knows_english_names(void **state)
{
	(void)state;
	check_found("name", VAR_NOM);
	check_found("First name", VAR_PRENOM);
	check_found("company", VAR_ENTREPRISE);
	check_found("our_company", VAR_MA_SOCIETE);
	check_found("amount-due", VAR_MONTANT_ECHU);
	check_found("invoice", VAR_FACTURE);
	check_found("due_date", VAR_ECHEANCE);
	check_found("city", VAR_VILLE);
	check_found("unsubscribe_link", VAR_LIEN_DESINSCRIPTION);
}

static void template_var__find__refuses_the_rest(void **state)
{
	(void)state;
	check_found("", -1);
	check_found("  ", -1);
	check_found("prenoms", -1);
	check_found("preno", -1);
	check_found("\xff", -1);
	check_found("prenom                                                          x", -1);
	check_found("prenom                                                               ", -1);
}

static void template__parse__cuts_into_pieces(void **state)
{
	static const char text[] = "Bonjour {{ prénom | cher client }},\n{{VILLE}}{{nom|}}!";
	struct arena arena = ARENA_INIT;
	struct template_error error;
	struct template t;

	(void)state;
	assert_true(template_parse(&arena, text, false, &t, &error));
	assert_int_equal(t.count, 6);
	assert_int_equal(t.vars, 1u << VAR_PRENOM | 1u << VAR_VILLE | 1u << VAR_NOM);
	assert_int_equal(t.pieces[0].var, -1);
	assert_ptr_equal(t.pieces[0].text, text);
	assert_int_equal(t.pieces[0].len, 8);
	assert_int_equal(t.pieces[1].var, VAR_PRENOM);
	assert_int_equal(t.pieces[1].len, strlen("cher client"));
	assert_memory_equal(t.pieces[1].text, "cher client", t.pieces[1].len);
	assert_int_equal(t.pieces[2].len, 2);
	assert_int_equal(t.pieces[3].var, VAR_VILLE);
	assert_int_equal(t.pieces[3].len, 0);
	assert_int_equal(t.pieces[4].var, VAR_NOM);
	assert_int_equal(t.pieces[4].len, 0);
	assert_int_equal(t.pieces[5].var, -1);
	assert_true(template_parse(&arena, "", false, &t, &error));
	assert_int_equal(t.count, 0);
	assert_int_equal(t.vars, 0);
	arena_release(&arena);
}

static void template__parse__leaves_single_braces(void **state)
{
	static const char css[] = "a{b:c} {prenom} @media(x){p{c:d}} }} {";

	(void)state;
	check_written(css, WRITE_TEXT, nobody, css);
}

static void template__parse__says_where_it_is_wrong(void **state)
{
	(void)state;
	check_error("é\nété {{non}}", false, TEMPLATE_UNKNOWN, 11, 3, 2, 7);
	check_error("{{ prenon |x}}", false, TEMPLATE_UNKNOWN, 3, 6, 1, 4);
	check_error("{{{nom}}}", false, TEMPLATE_UNKNOWN, 2, 4, 1, 3);
	check_error("a {{nom", false, TEMPLATE_OPEN, 2, 2, 1, 3);
	check_error("a {{nom}", false, TEMPLATE_OPEN, 2, 2, 1, 3);
	check_error("a {{", false, TEMPLATE_OPEN, 2, 2, 1, 3);
	check_error("{{prenom {{nom}}", false, TEMPLATE_OPEN, 0, 2, 1, 1);
	check_error("{{prenom|{{nom}}}}", false, TEMPLATE_OPEN, 0, 2, 1, 1);
	check_error("\r\n{{}}", false, TEMPLATE_EMPTY, 2, 2, 2, 1);
	check_error("{{ | x}}", false, TEMPLATE_EMPTY, 0, 2, 1, 1);
	check_error("{{nom}}{{facture}}", false, TEMPLATE_FORBIDDEN, 9, 7, 1, 10);
	check_error("e\u0301 \x01", true, TEMPLATE_CHARS, 4, 1, 1, 3);
	check_error("{{nom|\xff}}", true, TEMPLATE_CHARS, 6, 1, 1, 7);
	check_error("x\xc2\x85", true, TEMPLATE_CHARS, 1, 2, 1, 2);
	check_error("x\x7f{{", true, TEMPLATE_CHARS, 1, 1, 1, 2);
}

static void template__parse__allows_invoices_in_reminders(void **state)
{
	static const char *const values[TEMPLATE_VAR_COUNT] = {
		[VAR_FACTURE] = "F-1", [VAR_MONTANT_ECHU] = "5 F", [VAR_ECHEANCE] = "1/2"
	};

	(void)state;
	check_written(
		"{{facture}}, {{montant_echu}}, {{due_date}}", WRITE_TEXT, values, "F-1, 5 F, 1/2");
}

static void template__parse__has_a_longest_text(void **state)
{
	char *text = malloc(TEMPLATE_MAX + 2);
	struct arena arena = ARENA_INIT;
	struct template_error error;
	struct template t;

	(void)state;
	assert_non_null(text);
	memset(text, 'a', TEMPLATE_MAX + 1);
	text[TEMPLATE_MAX + 1] = '\0';
	check_error(text, false, TEMPLATE_LONG, TEMPLATE_MAX, 0, 1, (int)TEMPLATE_MAX + 1);
	text[TEMPLATE_MAX] = '\0';
	assert_true(template_parse(&arena, text, false, &t, &error));
	assert_int_equal(t.pieces[0].len, TEMPLATE_MAX);
	arena_release(&arena);
	free(text);
}

static void template__write__takes_the_fallback(void **state)
{
	static const char text[] = "Bonjour {{prenom|cher client}} de {{ville}}.";
	static const char *const awa[TEMPLATE_VAR_COUNT] = {
		[VAR_PRENOM] = "Awa", [VAR_VILLE] = "Pô"
	};
	static const char *const empty[TEMPLATE_VAR_COUNT] = {
		[VAR_PRENOM] = "", [VAR_VILLE] = " \t"
	};

	(void)state;
	check_written(text, WRITE_TEXT, awa, "Bonjour Awa de Pô.");
	check_written(text, WRITE_TEXT, nobody, "Bonjour cher client de .");
	check_written(text, WRITE_TEXT, empty, "Bonjour cher client de .");
}

static void template__write__escapes_values_in_html(void **state)
{
	static const char *const values[TEMPLATE_VAR_COUNT] = { [VAR_NOM] = "<b>\"A\" & 'B'</b>" };

	(void)state;
	check_written("<p>{{nom}} & {{prenom|<i>x</i>}}</p>", WRITE_HTML, values,
		"<p>&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; & <i>x</i></p>");
	check_written("<p>{{nom}}", WRITE_TEXT, values, "<p><b>\"A\" & 'B'</b>");
}

static void template__write__straightens_an_sms(void **state)
{
	static const char text[] = "L’été\u00a0: {{nom}}{{prenom|l’ami\u202f!}}";
	static const char *const values[TEMPLATE_VAR_COUNT] = { [VAR_NOM] =
									"12\u202f500\u00a0F d’or" };

	(void)state;
	check_written(text, WRITE_SMS, values, "L'été : 12 500 F d'orl'ami !");
	check_written(text, WRITE_TEXT, values, "L’été\u00a0: 12\u202f500\u00a0F d’orl’ami\u202f!");
}

/* The builder offers to spell a whole text: its variables stay what they are. */
static void template__write__takes_a_spelled_text(void **state)
{
	static const char *const values[TEMPLATE_VAR_COUNT] = { [VAR_MA_SOCIETE] = "Forêt" };
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_true(sms_spell("Fête chez {{Ma\u00a0Société}}, {{prénom|cœur}}…", &out));
	check_written(out.buf, WRITE_SMS, values, "Fete chez Forêt, coeur...");
	strbuf_release(&out);
}

static void template__write__reads_no_value_again(void **state)
{
	static const char *const values[TEMPLATE_VAR_COUNT] = {
		[VAR_NOM] = "{{prenom|x}}", [VAR_PRENOM] = "Awa", [VAR_VILLE] = "prenom}}"
	};

	(void)state;
	check_written(
		"{{nom}} {{ville}} {{prenom}}", WRITE_TEXT, values, "{{prenom|x}} prenom}} Awa");
}

static void template__write__keeps_values_on_their_line(void **state)
{
	static const char *const values[TEMPLATE_VAR_COUNT] = {
		[VAR_NOM] = "Awa\r\nBcc: x@y.z\x01\xff\u2028."
	};

	(void)state;
	check_written("{{nom}}", WRITE_TEXT, values, "Awa  Bcc: x@y.z .");
}

static void check_page(const char *html, const char *want)
{
	struct strbuf out = STRBUF_INIT;

	html_as_text(html, &out);
	assert_string_equal(out.buf, want);
	strbuf_release(&out);
}

static void html__as_text__sets_paragraphs_apart(void **state)
{
	(void)state;
	check_page("", "");
	check_page(" \n <p> </p>", "");
	check_page("Bonjour\n\tAwa,<br>merci<br/>!", "Bonjour Awa,\nmerci\n!");
	check_page(
		"<h1>Titre</h1><p>un</p>\n<p>deux</p><div>trois</div><div><div>quatre</div></div>",
		"Titre\n\nun\n\ndeux\n\ntrois\nquatre");
	check_page("a<br><br><br><br>b<hr>c", "a\n\nb\n\n----\n\nc");
	check_page("<table><tr><td>a</td><td>b</td></tr><tr><td>&nbsp;</td><td>c</table>d",
		"a b\nc\n\nd");
	check_page("<p>mo<b>t</b>s</p>", "mots");
}

static void html__as_text__wraps_at_76(void **state)
{
	char html[400] = "";
	char want[400] = "";

	(void)state;
	for (int i = 0; i < 20; i++) {
		memcpy(html + 8 * (size_t)i, "é23456 ", 8);
		memcpy(want + 8 * (size_t)i, i % 11 == 10 ? "é23456\n" : "é23456 ", 8);
	}
	want[8 * 20 - 1] = '\0'; /* 11 words of 6 and their spaces are 76 */
	check_page(html, want);
	memset(html, 'x', 100);
	memcpy(html + 69, " yyyyyy", 8);
	memset(want, 'x', 100);
	memcpy(want + 69, " yyyyyy", 8);
	check_page(html, want); /* 76 */
	memcpy(html + 69, "x yyyyyy", 9);
	memcpy(want + 69, "x\nyyyyyy", 9);
	check_page(html, want); /* 77 */
	memset(html, 'x', 100);
	memcpy(html + 100, " y", 3);
	memset(want, 'x', 100);
	memcpy(want + 100, "\ny", 3);
	check_page(html, want);
}

static void html__as_text__writes_lists(void **state)
{
	(void)state;
	check_page("Voici :<ul><li>un<li>deux</li><li></li></ul>fin",
		"Voici :\n\n- un\n- deux\n\nfin");
	check_page("<ol><li>un</li><li><p>deux</p><ul><li>a</li></ul></li><li>trois</li></ol>",
		"1. un\n\n2. deux\n\n   - a\n3. trois");
	check_page("<ul><li>123456789 123456789 123456789 123456789 123456789 123456789 "
		   "123456789 1234 6789</ul>",
		"- 123456789 123456789 123456789 123456789 123456789 123456789 123456789 1234\n"
		"  6789");
}

static void html__as_text__quotes(void **state)
{
	(void)state;
	check_page("<p>a</p><blockquote><p>b</p><p>c</p></blockquote>d", "a\n\n> b\n>\n> c\n\nd");
}

static void html__as_text__puts_links_behind_their_words(void **state)
{
	(void)state;
	check_page("Voir <a href=\"https://x.y/z?a=1&amp;b=2\">notre page</a>.",
		"Voir notre page (https://x.y/z?a=1&b=2).");
	check_page("<a href='https://x.y/'>X.Y</a>, <a href=https://x.y>https://x.y/</a>",
		"X.Y, https://x.y/");
	check_page("<a href = \"mailto:a@b.c\">Awa</a> <a href='mailto:a@b.c'>a@b.c</a>",
		"Awa (a@b.c) a@b.c");
	check_page("<a href=\"#top\">haut</a> <a name=x>là</a> <a href='javascript:x'>non</a>",
		"haut là non");
	check_page("<a href=\"https://x.y/z\"><img src=a alt=\"Le logo\"></a>",
		"Le logo (https://x.y/z)");
	check_page("<a href=\"https://x.y/z\"><img src=a></a>", "https://x.y/z");
	check_page("<a href=\"https://x.y/a>b\">c", "c (https://x.y/a>b)");
	check_page("<a href=\"{{lien_desinscription}}\">Se désinscrire</a>",
		"Se désinscrire ({{lien_desinscription}})");
}

static void html__as_text__reads_entities(void **state)
{
	(void)state;
	check_page("&eacute;t&#233; &#xE9;&#XE9 &amp;lt; &lt;b&gt; &euro;&#128; "
		   "&rsquo;&OElig;&hellip;",
		"été éé &lt; <b> €€ ’Œ…");
	check_page("a&#32;<p>&#10;b&#9;c", "a\n\nb c");
	check_page("10&nbsp;000 &unknown; &amp R&D &; &#; &#0;a&#xD800;b&#4294967361;c &shy;d",
		"10\u00a0000 &unknown; &amp R&D &; &#; abc d");
}

static void html__as_text__leaves_out_what_is_not_shown(void **state)
{
	(void)state;
	check_page("<!DOCTYPE html><html><head><title>t</title><style>a{b:c}</style></head><body>x",
		"x");
	check_page("<head><title>t</title><body>x", "x");
	check_page("a<!-- <b> -->b<!-- -- >", "ab");
	check_page("a<script>if (a<b) '</div>'</script>b<style>c</STYLE >d", "abd");
	check_page("<div style=\"Display : none\">p<div>q</div>r</div>s", "s");
	check_page("<div style=\"x:y; display: none !important\">p<div>q</div>r</div>s", "s");
	check_page("a<span hidden>b</span>c<img hidden alt=x>d", "acd");
	check_page("<p>a\u200b\ufeff&zwnj;b\x01\xff</p>", "ab");
}

static void html__as_text__forgives(void **state)
{
	(void)state;
	check_page("a < b <3 </ <", "a < b <3 </ <");
	check_page("a<p", "a");
	check_page("a<p title=\"x", "a");
	check_page("a<!--", "a");
	check_page("a<script>", "a");
	check_page("</ul></li></blockquote></a>a", "a");
}

static void html__as_text__keeps_variables_whole(void **state)
{
	(void)state;
	check_page("12345678 12345678 12345678 12345678 12345678 12345678 12345678 {{prenom|chère "
		   "cliente}} x",
		"12345678 12345678 12345678 12345678 12345678 12345678 12345678\n"
		"{{prenom|chère cliente}} x");
	check_page("{{ a b", "{{ a b");
}

static void html__as_text__stops_at_the_ceiling(void **state)
{
	struct strbuf out = STRBUF_INIT_MAX(4);

	(void)state;
	html_as_text("<p>ab</p><p>cd</p><p>ef</p>", &out);
	assert_true(out.full);
	assert_true(out.len <= 4);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(template_var__find__knows_each_by_its_name),
		cmocka_unit_test(template_var__find__forgives_case_accents_and_blanks),
		cmocka_unit_test(template_var__find__knows_english_names),
		cmocka_unit_test(template_var__find__refuses_the_rest),
		cmocka_unit_test(template__parse__cuts_into_pieces),
		cmocka_unit_test(template__parse__leaves_single_braces),
		cmocka_unit_test(template__parse__says_where_it_is_wrong),
		cmocka_unit_test(template__parse__allows_invoices_in_reminders),
		cmocka_unit_test(template__parse__has_a_longest_text),
		cmocka_unit_test(template__write__takes_the_fallback),
		cmocka_unit_test(template__write__escapes_values_in_html),
		cmocka_unit_test(template__write__straightens_an_sms),
		cmocka_unit_test(template__write__takes_a_spelled_text),
		cmocka_unit_test(template__write__reads_no_value_again),
		cmocka_unit_test(template__write__keeps_values_on_their_line),
		cmocka_unit_test(html__as_text__sets_paragraphs_apart),
		cmocka_unit_test(html__as_text__wraps_at_76),
		cmocka_unit_test(html__as_text__writes_lists),
		cmocka_unit_test(html__as_text__quotes),
		cmocka_unit_test(html__as_text__puts_links_behind_their_words),
		cmocka_unit_test(html__as_text__reads_entities),
		cmocka_unit_test(html__as_text__leaves_out_what_is_not_shown),
		cmocka_unit_test(html__as_text__forgives),
		cmocka_unit_test(html__as_text__keeps_variables_whole),
		cmocka_unit_test(html__as_text__stops_at_the_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
