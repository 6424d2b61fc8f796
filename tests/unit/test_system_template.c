#include "test.h"

#include <string.h>

#include "sms.h"
#include "system_template.h"
#include "template.h"
#include "utf8.h"

static const char *const keys[] = { "WELCOME", "NURTURE", "RETENTION", "BIRTHDAY", "REMINDER" };
static const char *const languages[] = { "fr", "en" };

/* A person and a company as long as most. */
static const char *const values[TEMPLATE_VAR_COUNT] = {
	[VAR_NOM] = "Ouédraogo Marie-Claire",
	[VAR_PRENOM] = "Marie-Claire",
	[VAR_ENTREPRISE] = "Boutique d’Éloi & fils",
	[VAR_MA_SOCIETE] = "Traoré & Fils SARL",
	[VAR_MONTANT_ECHU] = "14\u202f250\u202f000 F\u00a0CFA",
	[VAR_FACTURE] = "FA-2026-00123",
	[VAR_ECHEANCE] = "15/03/2026",
	[VAR_SCORE] = "72",
	[VAR_SEGMENT] = "VIP",
	[VAR_VILLE] = "Bobo-Dioulasso",
	[VAR_DATE] = "22/11/2026",
	[VAR_LIEN_DESINSCRIPTION] = "https://crm.example/u/a1b2?c=3&d=4",
	[VAR_STOP] = "STOP au 36111",
};
static const char *const nobody[TEMPLATE_VAR_COUNT];

static bool transactional(const struct system_template *s)
{
	return s->type == CAMPAIGN_TRANSACTIONAL;
}

/* Writes one of its texts; returns which variables it asks for. */
static uint32_t write_text(const struct system_template *s, const char *text,
	enum template_way form, const char *const to[], struct strbuf *out)
{
	struct arena arena = ARENA_INIT;
	struct template_error error;
	struct template t;

	strbuf_clear(out);
	if (!template_parse(&arena, text, transactional(s), &t, &error))
		fail_msg("%s %s: %d:%d %s", s->key, s->language, error.line, error.column,
			template_problem_label(error.problem));
	template_write(&t, form, to, out);
	arena_release(&arena);
	return t.vars;
}

static void check_person(const struct system_template *s, const char *written)
{
	assert_null(strstr(written, "{{"));
	assert_null(strstr(written, "}}"));
	assert_null(strstr(written, " ,"));
	assert_null(strstr(written, "Bonjour,,"));
	assert_true(utf8_valid(written, strlen(written)));
	assert_true(*written && *written != '\n' && written[strlen(written) - 1] != '\n');
	assert_non_null(s->name);
}

/* In French a sign that asks for a space before it has one that never breaks. */
static void check_typography(const struct system_template *s, const char *text)
{
	bool french = !strcmp(s->language, "fr");

	assert_null(strstr(text, "’"));
	assert_null(strstr(text, " !"));
	assert_null(strstr(text, " ?"));
	assert_null(strstr(text, " :"));
	for (const char *sign = text; (sign = strpbrk(sign, "!?")); sign++) {
		if (sign[-1] == '<')
			continue;
		assert_int_equal(french, sign - text >= 2 && !memcmp(sign - 2, "\u00a0", 2));
	}
}

static void check_lines(const char *text)
{
	for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
		assert_true(utf8_width(line, strcspn(line, "\n")) <= 76);
}

/* Up to the footer, every run of blanks one space. */
static void squeeze(const char *text, struct strbuf *out)
{
	const char *end = strstr(text, "\n--\n");
	size_t len = end ? (size_t)(end - text) : strlen(text);

	for (size_t i = 0; i < len; i++) {
		bool blank = text[i] == ' ' || text[i] == '\n';

		if (!blank || (out->len && out->buf[out->len - 1] != ' '))
			strbuf_addc(out, blank ? ' ' : text[i]);
	}
	strbuf_trim(out);
}

static void check_same_words(const char *page, const char *text)
{
	struct strbuf shown = STRBUF_INIT;
	struct strbuf said = STRBUF_INIT;

	squeeze(page, &shown);
	squeeze(text, &said);
	assert_non_null(strstr(shown.buf, said.buf));
	strbuf_release(&shown);
	strbuf_release(&said);
}

static void check_html(const struct system_template *s, const char *html, const char *text)
{
	struct strbuf page = STRBUF_INIT;
	struct strbuf lang = STRBUF_INIT;

	strbuf_addf(&lang, "<html lang=\"%s\">", s->language);
	assert_non_null(strstr(html, lang.buf));
	assert_non_null(strstr(html, "<meta charset=\"utf-8\">"));
	assert_non_null(strstr(html, "width=device-width"));
	assert_null(strstr(html, "<table"));
	assert_null(strstr(html, "<img"));
	assert_null(strstr(html, "&nbsp;"));
	html_as_text(html, &page);
	assert_null(strstr(page.buf, "<"));
	check_same_words(page.buf, text);
	if (!transactional(s))
		assert_non_null(strstr(page.buf, "(https://crm.example/u/a1b2?c=3&d=4)"));
	strbuf_release(&page);
	strbuf_release(&lang);
}

static void check_email(const struct system_template *s)
{
	struct strbuf out = STRBUF_INIT;
	struct strbuf html = STRBUF_INIT;
	uint32_t unsubscribe = UINT32_C(1) << VAR_LIEN_DESINSCRIPTION;
	uint32_t want = transactional(s) ? 0 : unsubscribe;

	check_typography(s, s->subject);
	check_typography(s, s->text);
	check_typography(s, s->html);
	assert_int_equal(write_text(s, s->subject, WRITE_TEXT, values, &out) & unsubscribe, 0);
	check_person(s, out.buf);
	assert_null(strchr(out.buf, '\n'));
	write_text(s, s->subject, WRITE_TEXT, nobody, &out);
	assert_true(out.len > 0);
	assert_int_equal(write_text(s, s->text, WRITE_TEXT, values, &out) & unsubscribe, want);
	check_person(s, out.buf);
	check_lines(s->text);
	assert_int_equal(write_text(s, s->html, WRITE_HTML, values, &html) & unsubscribe, want);
	check_person(s, html.buf);
	assert_non_null(strstr(html.buf, "Traor\u00e9 &amp; Fils SARL"));
	check_html(s, html.buf, out.buf);
	assert_string_equal(strrchr(s->html, '\n'), "\n</html>");
	strbuf_release(&html);
	strbuf_release(&out);
}

static void check_sms(const struct system_template *s)
{
	struct strbuf out = STRBUF_INIT;
	struct sms_count count;
	uint32_t vars = write_text(s, s->text, WRITE_SMS, values, &out);
	size_t at, len;

	assert_string_equal(s->subject, "");
	assert_string_equal(s->html, "");
	assert_null(strchr(s->text, '\n'));
	assert_false(sms_offender(s->text, &at, &len));
	check_person(s, out.buf);
	sms_count(out.buf, &count);
	assert_int_equal(count.encoding, SMS_GSM7);
	assert_int_equal(count.parts, 1);
	assert_int_equal(!!(vars & UINT32_C(1) << VAR_STOP), !transactional(s));
	assert_non_null(strstr(out.buf, "Traor\u00e9 & Fils SARL"));
	write_text(s, s->text, WRITE_SMS, nobody, &out);
	sms_count(out.buf, &count);
	assert_int_equal(count.parts, 1);
	strbuf_release(&out);
}

static void system_templates__are_whole_in_both_languages(void **state)
{
	(void)state;
	assert_int_equal(system_template_count, 20);
	for (size_t k = 0; k < ARRAY_SIZE(keys); k++) {
		for (size_t l = 0; l < ARRAY_SIZE(languages); l++) {
			const struct system_template *email =
				system_template_find(keys[k], languages[l], CHANNEL_EMAIL);
			const struct system_template *sms =
				system_template_find(keys[k], languages[l], CHANNEL_SMS);

			assert_non_null(email);
			assert_non_null(sms);
			assert_string_equal(email->key, keys[k]);
			assert_string_equal(sms->language, languages[l]);
			assert_int_equal(sms->type, email->type);
			assert_string_equal(sms->name, email->name);
			assert_true(*email->subject && *email->text && *email->html);
		}
	}
	assert_null(system_template_find("WELCOME", "de", CHANNEL_SMS));
	assert_null(system_template_find("WELCOME", "fr", CHANNEL_WHATSAPP));
	assert_null(system_template_find("NONE", "fr", CHANNEL_SMS));
}

static void system_templates__are_for_their_campaigns(void **state)
{
	static const enum campaign_type types[] = { CAMPAIGN_WELCOME, CAMPAIGN_NURTURING,
		CAMPAIGN_RETENTION, CAMPAIGN_BIRTHDAY, CAMPAIGN_TRANSACTIONAL };

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
		assert_int_equal(system_template_find(keys[k], "fr", CHANNEL_SMS)->type, types[k]);
}

static void system_templates__say_the_same_in_both_languages(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < system_template_count; i++) {
		const struct system_template *s = &system_templates[i];
		const struct system_template *other = system_template_find(
			s->key, !strcmp(s->language, "fr") ? "en" : "fr", s->channel);

		assert_int_equal(write_text(s, s->text, WRITE_TEXT, values, &out),
			write_text(other, other->text, WRITE_TEXT, values, &out));
		assert_int_equal(write_text(s, s->subject, WRITE_TEXT, values, &out),
			write_text(other, other->subject, WRITE_TEXT, values, &out));
	}
	strbuf_release(&out);
}

static void system_templates__can_be_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < system_template_count; i++) {
		if (system_templates[i].channel == CHANNEL_EMAIL)
			check_email(&system_templates[i]);
		else
			check_sms(&system_templates[i]);
	}
}

static void system_templates__reminder__is_written_exactly(void **state)
{
	const struct system_template *sms = system_template_find("REMINDER", "fr", CHANNEL_SMS);
	struct strbuf out = STRBUF_INIT;

	(void)state;
	write_text(sms, sms->text, WRITE_SMS, values, &out);
	assert_string_equal(out.buf,
		"Traoré & Fils SARL : sauf erreur, votre facture FA-2026-00123 échue le 15/03/2026 "
		"reste à régler (14 250 000 F CFA). Déjà payée ? Alors merci !");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(system_templates__are_whole_in_both_languages),
		cmocka_unit_test(system_templates__are_for_their_campaigns),
		cmocka_unit_test(system_templates__say_the_same_in_both_languages),
		cmocka_unit_test(system_templates__can_be_written),
		cmocka_unit_test(system_templates__reminder__is_written_exactly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
