#include "customer_form.h"

#include "cells.h"
#include "customer_view.h"
#include "customers.h"
#include "duplicates.h"
#include "duplicates_view.h"
#include "email.h"
#include "form.h"
#include "i18n.h"
#include "phone.h"
#include "undoing.h"

#define COUNTRIES_MOST 300
#define ALIKE_MOST 6

struct customer_form {
	struct view view;
	struct desk *desk;
	struct form form;
	struct form_field fields[32];
	struct form_choice countries[COUNTRIES_MOST];
	struct arena arena;	   /* of `before` */
	struct customer before;	   /* as the store has it; id 0 for a new one */
	bool insist;		   /* a doubtful address is kept as typed */
	int doubts;		   /* found in this check */
	struct strbuf doubtful;	   /* what was doubted when it was last said */
	int64_t alike[ALIKE_MOST]; /* who may be the same */
	int n_alike;
	bool alone; /* it is another one */
};

/* --- fields -------------------------------------------------------------- */

static const struct form_choice kinds[] = {
	{ "PERSON", N_("Person") },
	{ "FIRM", N_("Firm") },
};

static const struct form_choice natures[] = {
	{ "PRIVATE", N_("Private person") },
	{ "PROFESSIONAL", N_("Professional") },
};

static const struct form_choice languages[] = {
	/* TRANSLATORS: the language of a customer: that of the company. */
	{ "", N_("the company's") },
	{ "fr", N_("French") },
	{ "en", N_("English") },
};

/* Doubts do not stop anybody: what a person gave is kept as it is. */
static void doubt(struct customer_form *v, const char *sentence, struct strbuf *out)
{
	if (v->insist)
		return;
	v->doubts++;
	/* TRANSLATORS: %s is what is doubtful: "the number is too short". */
	strbuf_addf(out, _("Sure? %s. Saving again keeps it as typed."), sentence);
}

static void check_phone(void *ctx, const char *value, struct strbuf *sentence)
{
	struct customer_form *v = ctx;
	struct phone phone;

	if (v->desk->country && !phone_clean(value, v->desk->country, &phone))
		doubt(v, _(phone_result_label(phone.result)), sentence);
}

static void check_email(void *ctx, const char *value, struct strbuf *sentence)
{
	struct email email;

	if (!email_clean(value, &email))
		doubt(ctx, _(email_result_label(email.result)), sentence);
	else if (email.doubtful)
		doubt(ctx, _("there is no dot after the @"), sentence);
}

static const struct form_field fields[] = {
	{ .label = N_("Identity"), .kind = FORM_HEADING },
	{ .name = "KIND",
		.label = N_("Person or firm"),
		.kind = FORM_CHOICE,
		.choices = kinds,
		.choice_count = ARRAY_SIZE(kinds) },
	{ .name = "NAME",
		.label = N_("Name"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = 200,
		.required = true },
	{ .name = "FIRST_NAME", .label = N_("First name"), .kind = FORM_TEXT, .max = 200 },
	{ .name = "FIRM", .label = N_("Firm"), .kind = FORM_TEXT, .width = 40, .max = 200 },
	{ .name = "NATURE",
		.label = N_("Written to as"),
		.kind = FORM_CHOICE,
		.choices = natures,
		.choice_count = ARRAY_SIZE(natures) },
	{ .label = N_("Contact"), .kind = FORM_HEADING },
	{ .name = "PHONE",
		.label = N_("Phone"),
		.kind = FORM_TEXT,
		.width = 24,
		.max = 60,
		.check = check_phone },
	{ .name = "EMAIL",
		.label = N_("E-mail"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = 254,
		.check = check_email },
	{ .name = "STREET", .label = N_("Street"), .kind = FORM_TEXT, .width = 40, .max = 200 },
	{ .name = "POSTCODE", .label = N_("Postcode"), .kind = FORM_TEXT, .width = 12, .max = 20 },
	{ .name = "CITY", .label = N_("City"), .kind = FORM_TEXT, .max = 100 },
	{ .name = "COUNTRY", .label = N_("Country"), .kind = FORM_CHOICE },
	{ .label = N_("Further details"), .kind = FORM_HEADING },
	{ .name = "BIRTH_DAY", .label = N_("Date of birth"), .kind = FORM_DAY },
	{ .name = "LANGUAGE",
		.label = N_("Language"),
		.kind = FORM_CHOICE,
		.choices = languages,
		.choice_count = ARRAY_SIZE(languages) },
	{ .name = "ACCOUNT_KEY",
		.label = N_("Accounting key"),
		.kind = FORM_TEXT,
		.width = 20,
		.max = 60 },
};

static void make_fields(struct customer_form *v)
{
	size_t n = 0;

	memcpy(v->fields, fields, sizeof(fields));
	/* TRANSLATORS: no country is named. */
	v->countries[n++] = (struct form_choice){ "", N_("not said") };
	for (size_t i = 0; country_at(i) && n < COUNTRIES_MOST; i++)
		v->countries[n++] = (struct form_choice){ country_at(i)->iso, country_at(i)->name };
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (!fields[i].name || strcmp(fields[i].name, "COUNTRY"))
			continue;
		v->fields[i].choices = v->countries;
		v->fields[i].choice_count = n;
	}
}

/* Calls `fn` for each field of the form that is a customer's. */
static void each_field(struct customer_form *v,
	void (*fn)(struct customer_form *v, enum customer_field field, const char *name, void *ctx),
	void *ctx)
{
	enum customer_field field;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (fields[i].name && customer_field_parse(fields[i].name, &field))
			fn(v, field, fields[i].name, ctx);
}

static void put(struct customer_form *v, enum customer_field field, const char *name, void *ctx)
{
	struct strbuf text = STRBUF_INIT_MAX(4096);

	(void)ctx;
	customer_field_text(&v->before, field, &text);
	form_set(&v->form, name, text.buf);
	strbuf_release(&text);
}

static void renew(struct customer_form *v, enum customer_field field, const char *name, void *ctx)
{
	struct strbuf text = STRBUF_INIT_MAX(4096);

	(void)ctx;
	customer_field_text(&v->before, field, &text);
	form_refresh(&v->form, name, text.buf);
	strbuf_release(&text);
}

static void take(struct customer_form *v, enum customer_field field, const char *name, void *ctx)
{
	const char *text = arena_strdup(&v->arena, form_get(&v->form, name));

	if (!v->form.values[form_find(&v->form, name)].off && !customer_field_set(ctx, field, text))
		form_blame(&v->form, name, _("This cannot be read."));
}

/* --- open and close ------------------------------------------------------ */

static bool read_customer(struct customer_form *v, int64_t id, struct err *err)
{
	struct customer_card card;

	if (!customers_get(v->desk->s, id, &v->arena, &card, err))
		return false;
	v->before = card.customer;
	return true;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct customer_form *v = (struct customer_form *)view;

	v->desk = desk_of(view);
	strbuf_init(&v->doubtful, 1024);
	v->before = (struct customer)CUSTOMER_INIT;
	v->before.country = v->desk->s->company.country;
	if (!session_may(v->desk->s, RIGHT_CUSTOMERS_CHANGE, err))
		return false;
	if (arg && !read_customer(v, *(const int64_t *)arg, err)) {
		arena_release(&v->arena);
		return false;
	}
	make_fields(v);
	form_init(&v->form, v->fields, ARRAY_SIZE(fields), v);
	v->form.today = desk_today(v->desk);
	view->form = &v->form;
	each_field(v, put, NULL);
	v->form.focus = form_find(&v->form, "NAME");
	return true;
}

static void on_close(struct view *view)
{
	struct customer_form *v = (struct customer_form *)view;

	form_release(&v->form);
	strbuf_release(&v->doubtful);
	arena_release(&v->arena);
}

/* Somebody may have changed it: what was not touched here follows, the rest shows. */
static unsigned on_reload(struct view *view)
{
	struct customer_form *v = (struct customer_form *)view;
	struct err err = ERR_INIT;
	int64_t revision = v->before.revision;

	if (!v->before.id)
		return STALE_NONE;
	if (!read_customer(v, v->before.id, &err))
		return ui_error(view->ui, &err);
	if (v->before.revision != revision)
		each_field(v, renew, NULL);
	return STALE_PAINT;
}

/* --- saving -------------------------------------------------------------- */

/* Checks all; what is only doubtful is said once, and kept when it is saved again. */
static bool check(struct customer_form *v)
{
	struct strbuf now = STRBUF_INIT_MAX(1024);
	bool same, good;

	strbuf_addf(&now, "%s\n", form_get(&v->form, "PHONE"));
	strbuf_adds(&now, form_get(&v->form, "EMAIL"));
	same = !strcmp(now.buf, v->doubtful.buf);
	v->insist = same;
	v->doubts = 0;
	good = form_check(&v->form);
	v->insist = false;
	if (!good && v->doubts) {
		strbuf_release(&v->doubtful);
		v->doubtful = now;
	} else {
		strbuf_release(&now);
	}
	return good;
}

static unsigned on_conflict(struct customer_form *v, const struct customer_conflict *conflict)
{
	v->before = conflict->theirs;
	each_field(v, renew, NULL);
	return STALE_PAINT; /* each of them says so itself */
}

static unsigned saved(struct customer_form *v, const struct customer *c)
{
	struct strbuf name = STRBUF_INIT_MAX(256);
	struct desk *d = v->desk;
	bool made = !v->before.id;
	int64_t id = c->id;
	unsigned stale;

	customer_name(c->name, c->first_name, &name);
	form_saved(&v->form);
	stale = ui_close(v->view.ui, &v->view); /* `v` is gone */
	stale |= undoing_offer(d, made ? _("%s was entered.") : _("%s was changed."), name.buf);
	if (made)
		stale |= ui_push(d->ui, &customer_view, &id);
	strbuf_release(&name);
	return stale;
}

/* --- who may be there already -------------------------------------------- */

static unsigned save(struct customer_form *v);

static unsigned on_duplicate(void *ctx, const struct answer *answer)
{
	struct customer_form *v = ctx;
	struct ui *ui = v->view.ui;
	int64_t id;

	if (answer->value < 0)
		return STALE_PAINT;
	if (answer->value == v->n_alike) {
		v->alone = true;
		return save(v);
	}
	id = v->alike[answer->value];
	ui_close(ui, &v->view);
	return ui_push(ui, &customer_view, &id);
}

static const char *describe(struct customer_form *v, const struct duplicate *d)
{
	struct strbuf text = STRBUF_INIT_MAX(512), why = STRBUF_INIT_MAX(256);
	const char *copy;

	customer_name(d->line.name, d->line.first_name, &text);
	duplicate_reasons(&why, d->why, d->likeness);
	strbuf_addf(&text, " · %s", why.buf);
	copy = arena_strdup(&v->arena, text.buf);
	strbuf_release(&text);
	strbuf_release(&why);
	return copy;
}

/* Asks when somebody like this one is there already; true when it did. */
static bool ask_duplicates(struct customer_form *v, const struct customer *c)
{
	struct menu_item items[ALIKE_MOST + 1];
	struct menu_spec spec = { .title = _("Somebody like this is there already"),
		.items = items };
	struct duplicate *found;
	struct err err = ERR_INIT;
	int n = 0;

	if (v->alone || !duplicates_of(v->desk->s, c, &v->arena, &found, &n, &err) || !n)
		return false;
	v->n_alike = n < ALIKE_MOST ? n : ALIKE_MOST;
	for (int i = 0; i < v->n_alike; i++) {
		v->alike[i] = found[i].line.id;
		items[i] = (struct menu_item){
			.letter = (uint32_t)('1' + i), .label = describe(v, &found[i]), .value = i
		};
	}
	items[v->n_alike] = (struct menu_item){
		.letter = 'n', .label = _("Another one: enter it"), .value = v->n_alike
	};
	spec.count = (size_t)v->n_alike + 1;
	ui_menu(v->view.ui, &spec, on_duplicate, v);
	return true;
}

static unsigned save(struct customer_form *v)
{
	struct customer after = v->before;
	struct customer_conflict conflict = { .fields = 0 };
	struct err err = ERR_INIT;
	bool ok;

	if (!check(v))
		return STALE_PAINT;
	each_field(v, take, &after);
	customer_normalise(&after, &v->desk->s->company, &v->arena);
	if (!v->before.id && ask_duplicates(v, &after))
		return STALE_PAINT;
	if (v->before.id)
		ok = customers_edit(v->desk->s, &v->before, &after, &v->arena, &conflict, &err);
	else
		ok = customers_add(v->desk->s, &after, &err);
	if (ok)
		return saved(v, &after);
	if (err.code == ERR_CONFLICT && conflict.fields)
		return on_conflict(v, &conflict);
	return ui_error(v->view.ui, &err);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	return action == ACT_SAVE ? save((struct customer_form *)view) : STALE_PASS;
}

/* --- drawing ------------------------------------------------------------- */

static void headline(struct view *view, struct strbuf *out)
{
	struct customer_form *v = (struct customer_form *)view;

	if (!v->before.id) {
		strbuf_adds(out, _("New customer"));
		return;
	}
	customer_name(v->before.name, v->before.first_name, out);
	/* TRANSLATORS: after a customer's name: its fields are being edited. */
	strbuf_addf(out, " · %s", _("editing"));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct customer_form *v = (struct customer_form *)view;
	bool person = !strcmp(form_get(&v->form, "KIND"), "PERSON");

	form_show(&v->form, "FIRST_NAME", person);
	form_show(&v->form, "FIRM", person);
	form_show(&v->form, "BIRTH_DAY", person);
	form_draw(&v->form, c, r, true);
}

static const struct view_action form_actions[] = {
	{ ACT_SAVE, NULL },
};

const struct view_ops customer_form_view = {
	.name = "customer-form",
	.title = N_("New customer"),
	.size = sizeof(struct customer_form),
	.actions = form_actions,
	.action_count = ARRAY_SIZE(form_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.act = on_act,
};
