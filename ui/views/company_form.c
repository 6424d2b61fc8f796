#include "company_form.h"

#include "cells.h"
#include "companies.h"
#include "form.h"
#include "i18n.h"
#include "money.h"
#include "num.h"
#include "tz.h"

#define COUNTRIES_MOST 300
#define CURRENCIES_MOST 200

struct company_screen {
	struct view view;
	struct desk *desk;
	struct form form;
	struct form_field fields[16];
	struct form_choice countries[COUNTRIES_MOST];
	struct form_choice currencies[CURRENCIES_MOST];
	struct company before;
	char country[3]; /* that the suggestions were made for */
	bool made_new;
};

static struct company_screen *screen_of(struct view *view)
{
	return (struct company_screen *)view;
}

static void check_zone(void *ctx, const char *value, struct strbuf *sentence)
{
	struct err err = ERR_INIT;
	struct tz *tz = tz_load(value, &err);

	(void)ctx;
	if (!tz)
		strbuf_adds(sentence,
			_("There is no such time zone: Africa/Ouagadougou, for instance."));
	tz_free(tz);
}

static void check_terms(void *ctx, const char *value, struct strbuf *sentence)
{
	int64_t n;

	(void)ctx;
	if (!num_parse_i64(value, 0, 3650, &n))
		strbuf_adds(sentence, _("A number of days, 0 to 3650."));
}

static const struct form_choice languages[] = {
	{ "fr", N_("French") },
	{ "en", N_("English") },
};

static const struct form_field fields[] = {
	{ .name = "name",
		.label = N_("Company name"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = 120,
		.required = true },
	{ .name = "country", .label = N_("Country"), .kind = FORM_CHOICE },
	{ .name = "currency", .label = N_("Currency"), .kind = FORM_CHOICE },
	{ .name = "zone",
		.label = N_("Time zone"),
		.kind = FORM_TEXT,
		.max = 60,
		.required = true,
		.check = check_zone },
	{ .name = "language",
		.label = N_("Language of customers"),
		.kind = FORM_CHOICE,
		.choices = languages,
		.choice_count = ARRAY_SIZE(languages) },
	{ .name = "terms",
		.label = N_("Payment terms, days"),
		.kind = FORM_NUMBER,
		.width = 8,
		.required = true,
		.check = check_terms },
};

static void make_fields(struct company_screen *v)
{
	size_t n = 0, m = 0;

	memcpy(v->fields, fields, sizeof(fields));
	for (; country_at(n) && n < COUNTRIES_MOST; n++)
		v->countries[n] = (struct form_choice){ country_at(n)->iso, country_at(n)->name };
	for (; money_currency_at(m) && m < CURRENCIES_MOST; m++)
		v->currencies[m] =
			(struct form_choice){ money_currency_at(m), money_currency_at(m) };
	v->fields[1].choices = v->countries;
	v->fields[1].choice_count = n;
	v->fields[2].choices = v->currencies;
	v->fields[2].choice_count = m;
}

static void put(struct company_screen *v, const struct company *c)
{
	char terms[16];

	snprintf(terms, sizeof(terms), "%d", c->terms_days);
	form_set(&v->form, "name", c->name);
	form_set(&v->form, "country", c->country);
	form_set(&v->form, "currency", c->currency);
	form_set(&v->form, "zone", c->time_zone);
	form_set(&v->form, "language", lang_code(c->language));
	form_set(&v->form, "terms", terms);
	snprintf(v->country, sizeof(v->country), "%s", c->country);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct company_screen *v = screen_of(view);
	const struct company_new *new = arg;

	v->desk = desk_of(view);
	v->made_new = new != NULL;
	v->before = v->desk->s->company;
	if (new && !company_suggest(new->country, &v->before, err))
		return false;
	make_fields(v);
	form_init(&v->form, v->fields, ARRAY_SIZE(fields), v);
	view->form = &v->form;
	put(v, &v->before);
	return true;
}

static void on_close(struct view *view)
{
	form_release(&screen_of(view)->form);
}

/* Another country of a new company brings its currency, zone and language. */
static void follow_country(struct company_screen *v)
{
	const char *country = form_get(&v->form, "country");
	struct err err = ERR_INIT;
	struct company c;

	if (!v->made_new || !strcmp(country, v->country) || !company_suggest(country, &c, &err))
		return;
	snprintf(v->country, sizeof(v->country), "%s", c.country);
	form_type(&v->form, "currency", c.currency);
	form_type(&v->form, "zone", c.time_zone);
	form_type(&v->form, "language", lang_code(c.language));
}

static void copy(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text);
}

static void take(struct company_screen *v, struct company *c)
{
	int64_t terms;

	copy(c->name, sizeof(c->name), form_get(&v->form, "name"));
	copy(c->country, sizeof(c->country), form_get(&v->form, "country"));
	copy(c->currency, sizeof(c->currency), form_get(&v->form, "currency"));
	copy(c->time_zone, sizeof(c->time_zone), form_get(&v->form, "zone"));
	if (num_parse_i64(form_get(&v->form, "terms"), 0, 3650, &terms))
		c->terms_days = (int)terms;
	if (!lang_parse(form_get(&v->form, "language"), &c->language))
		c->language = LANG_FR;
}

static unsigned save(struct company_screen *v)
{
	struct company c = v->before;
	struct err err = ERR_INIT;
	bool ok;

	if (!form_check(&v->form))
		return STALE_PAINT;
	take(v, &c);
	ok = v->made_new ? companies_add(v->desk->s, &c, &err)
			 : companies_change(v->desk->s, &c, &err);
	if (!ok)
		return ui_error(v->view.ui, &err);
	form_saved(&v->form);
	return desk_restart(v->desk);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	return action == ACT_SAVE ? save(screen_of(view)) : STALE_PASS;
}

static void headline(struct view *view, struct strbuf *out)
{
	strbuf_adds(out, screen_of(view)->made_new ? _("New company") : _("Company"));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	follow_country(screen_of(view));
	form_draw(&screen_of(view)->form, c, r, true);
}

static const struct view_action form_actions[] = {
	{ ACT_SAVE, NULL },
};

const struct view_ops company_form_view = {
	.name = "company",
	.title = N_("Company"),
	.size = sizeof(struct company_screen),
	.actions = form_actions,
	.action_count = ARRAY_SIZE(form_actions),
	.open = on_open,
	.close = on_close,
	.headline = headline,
	.draw = draw,
	.act = on_act,
};
