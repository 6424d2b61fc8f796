#include "provider_form.h"

#include "cells.h"
#include "crypt.h"
#include "desk.h"
#include "form.h"
#include "i18n.h"
#include "num.h"
#include "provider_try.h"
#include "provider_words.h"

#define HELP_LINES 6
#define CHOICES 8    /* of all the fields of a provider */
#define OWN_FIELDS 7 /* beside the provider's own */
#define VALUE_MAX 4096

struct provider_screen {
	struct view view;
	struct desk *desk;
	enum provider_name name;
	struct arena arena;
	struct provider_card card;
	struct form form;
	struct form_field fields[PROVIDER_FIELDS + OWN_FIELDS];
	size_t count;
	struct provider_try try;
};

static struct provider_screen *screen_of(struct view *view)
{
	return (struct provider_screen *)view;
}

/* --- the fields ---------------------------------------------------------- */

/* Words of choices as people read them. */
static const struct form_choice words[] = {
	{ "yes", N_("yes") },
	{ "no", N_("no") },
	{ "starttls", N_("STARTTLS (port 587)") },
	{ "tls", N_("TLS from the start (port 465)") },
	/* TRANSLATORS: no encryption */
	{ "none", N_("none, within one's own network") },
};

static const char *choice_label(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].name, name))
			return words[i].label;
	return name;
}

static void make_choices(struct provider_screen *v, const char *list, struct form_field *out)
{
	struct form_choice *all = arena_zalloc(&v->arena, CHOICES, sizeof(*all));

	out->choices = all;
	for (const char *p = list; *p && out->choice_count < CHOICES; p += *p == '|') {
		size_t len = strcspn(p, "|");
		struct form_choice *c = &all[out->choice_count++];

		c->name = arena_strndup(&v->arena, p, len);
		c->label = choice_label(c->name);
		p += len;
	}
}

/* What stands in an empty field: what holds then. */
static const char *make_hint(struct provider_screen *v, const struct provider_field *f, bool set)
{
	const char *dot = ui_look(v->view.ui)->glyphs[G_DOT];

	if (f->kind == FIELD_SECRET && set)
		return arena_printf(&v->arena, "%s%s%s%s %s", dot, dot, dot, dot,
			f->required ? _("set; typing replaces it")
				    : _("set; typing replaces it, - removes it"));
	if (f->kind == FIELD_FOLDER && !*f->initial)
		return _("outbox, in your exchange folder");
	return *f->initial ? f->initial : NULL;
}

static enum form_kind kind_of(enum provider_field_kind kind)
{
	switch (kind) {
	case FIELD_SECRET:
		return FORM_SECRET;
	case FIELD_CHOICE:
		return FORM_CHOICE;
	case FIELD_NUMBER:
		return FORM_NUMBER;
	case FIELD_TEXT:
	case FIELD_URL:
	case FIELD_EMAIL:
	case FIELD_FOLDER:
		break;
	}
	return FORM_TEXT;
}

static void add_field(struct provider_screen *v, const struct provider_field *f, bool set)
{
	struct form_field *out = &v->fields[v->count++];

	*out = (struct form_field){ .name = f->key,
		.label = f->label,
		.kind = kind_of(f->kind),
		.width = f->kind == FIELD_NUMBER ? 12 : 46,
		.max = VALUE_MAX,
		.hint = make_hint(v, f, set),
		.required = f->required && f->kind != FIELD_FOLDER && !*f->initial &&
			    !(f->kind == FIELD_SECRET && set) };
	if (f->kind == FIELD_CHOICE)
		make_choices(v, f->choices, out);
}

static const struct form_field own_fields[] = {
	{ .name = NULL, .label = N_("Limits and prices"), .kind = FORM_HEADING },
	{ .name = "active", .label = N_("Used for sending"), .kind = FORM_CHECK },
	{ .name = "hourly",
		.label = N_("At most an hour"),
		.kind = FORM_NUMBER,
		.width = 16,
		.hint = N_("0: no limit") },
	{ .name = "batch",
		.label = N_("At most a call"),
		.kind = FORM_NUMBER,
		.width = 16,
		.hint = N_("what it takes") },
	{ .name = "countries",
		.label = N_("Countries it serves"),
		.kind = FORM_TEXT,
		.width = 30,
		.max = 1000,
		.hint = N_("all; or BF,FR,CI") },
	{ .name = "prices",
		.label = N_("Price of a message"),
		.kind = FORM_TEXT,
		.width = 30,
		.max = 1000,
		.hint = N_("by country: BF=25,FR=3.5") },
};

static void make_fields(struct provider_screen *v)
{
	v->count = 0;
	for (size_t i = 0; i < PROVIDER_FIELDS && v->card.fields[i].key; i++)
		add_field(v, &v->card.fields[i], v->card.set[i]);
	for (size_t i = 0; i < ARRAY_SIZE(own_fields); i++)
		v->fields[v->count++] = own_fields[i];
}

static void put_number(struct provider_screen *v, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	form_set(&v->form, name, text);
}

static void put(struct provider_screen *v)
{
	const struct provider_account *p = &v->card.account;

	for (size_t i = 0; i < PROVIDER_FIELDS && v->card.fields[i].key; i++) {
		const struct provider_field *f = &v->card.fields[i];

		form_set(&v->form, f->key,
			f->kind == FIELD_CHOICE && !v->card.set[i] ? f->initial
								   : v->card.values[i]);
	}
	form_set(&v->form, "active", !p->revision || p->active ? "1" : "0");
	put_number(v, "hourly", p->revision ? p->hourly : provider_hourly(v->name));
	if (p->batch)
		put_number(v, "batch", p->batch);
	form_set(&v->form, "countries", p->countries);
	form_set(&v->form, "prices", p->prices);
}

/* --- saving -------------------------------------------------------------- */

/* What is wrong with the value of a field, in a few words. */
static const char *what_is_wrong(const struct provider_screen *v, const char *key)
{
	if (!strcmp(key, "countries"))
		return _("Codes of countries with a comma between: BF,FR.");
	if (!strcmp(key, "prices"))
		return _("A country and a price each: BF=25,FR=3.5.");
	if (!strcmp(key, "hourly") || !strcmp(key, "batch"))
		return _("A whole number, not as large as that.");
	for (const struct provider_field *f = v->card.fields; f->key; f++)
		if (!strcmp(f->key, key))
			switch (f->kind) {
			case FIELD_EMAIL:
				return _("This is no e-mail address.");
			case FIELD_NUMBER:
				return _("This is no whole number.");
			case FIELD_FOLDER:
				return _("A folder from the root on: /home/awa/messages.");
			case FIELD_TEXT:
			case FIELD_SECRET:
			case FIELD_URL:
			case FIELD_CHOICE:
				break;
			}
	return _("This value cannot be taken.");
}

static void blame(struct provider_screen *v, const char *key, const char *sentence)
{
	form_blame(&v->form, key, sentence);
	v->form.focus = form_find(&v->form, key);
}

static bool has_field(const struct provider_screen *v, const char *key)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->fields[i].name && !strcmp(v->fields[i].name, key))
			return true;
	return false;
}

/* The field whose address was refused. */
static const char *url_field(struct provider_screen *v, const char *url)
{
	for (const struct provider_field *f = v->card.fields; f->key; f++)
		if (f->kind == FIELD_URL && !strcmp(form_get(&v->form, f->key), url))
			return f->key;
	return NULL;
}

static unsigned refuse(struct provider_screen *v, const struct err *err)
{
	const char *url = err->code == ERR_URL ? url_field(v, err->subject) : NULL;

	if (err->code == ERR_PROVIDER_NEEDS && has_field(v, err->subject)) {
		blame(v, err->subject, _("This cannot stay empty."));
	} else if (err->code == ERR_PROVIDER_VALUE && has_field(v, err->subject)) {
		blame(v, err->subject, what_is_wrong(v, err->subject));
	} else if (url) {
		blame(v, url, _("An address that begins with https://."));
	} else {
		return ui_error(v->view.ui, err);
	}
	return STALE_PAINT;
}

/* The value as the service takes it. */
static const char *value_of(struct provider_screen *v, size_t i)
{
	const char *value = form_get(&v->form, v->fields[i].name);

	if (v->fields[i].kind == FORM_CHECK)
		return *value == '1' ? "yes" : "no";
	if (v->fields[i].kind == FORM_SECRET && !strcmp(value, "-"))
		return "";
	return value;
}

/* What was changed, and of a new account also what the form proposes. */
static int take(struct provider_screen *v, struct arena *a, struct provider_change *changes)
{
	int n = 0;

	for (size_t i = 0; i < v->count; i++) {
		const char *name = v->fields[i].name;
		bool first = !v->card.account.revision && name && !strcmp(name, "active");

		if (!name || (!first && !form_field_changed(&v->form, i)))
			continue;
		changes[n].key = name;
		changes[n++].value = arena_strdup(a, value_of(v, i));
	}
	return n;
}

/* Secrets stay in the form alone, which wipes them when it is closed. */
static void wipe(struct provider_screen *v, struct provider_change *changes, int n)
{
	for (int i = 0; i < n; i++)
		if (v->fields[form_find(&v->form, changes[i].key)].kind == FORM_SECRET)
			crypt_wipe((char *)changes[i].value, strlen(changes[i].value));
	if (v->form.out.cap)
		crypt_wipe(v->form.out.buf, v->form.out.cap);
	strbuf_clear(&v->form.out);
}

static unsigned save(struct provider_screen *v)
{
	struct provider_change changes[PROVIDER_FIELDS + OWN_FIELDS];
	struct ui *ui = v->view.ui;
	enum provider_name name = v->name;
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	bool ok;
	int n;

	if (!form_check(&v->form))
		return STALE_PAINT;
	n = take(v, &a, changes);
	ok = providers_set(v->desk->s, v->name, v->card.account.revision, changes, n, &err);
	wipe(v, changes, n);
	arena_release(&a);
	if (!ok)
		return refuse(v, &err);
	form_saved(&v->form);
	ui_close(ui, &v->view); /* v is gone */
	return STALE_RELOAD |
	       ui_say(ui, _("%s is set up. Ctrl-T sends a test."), _(provider_name_label(name)));
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct provider_screen *v = screen_of(view);

	v->desk = desk_of(view);
	v->name = *(const enum provider_name *)arg;
	if (!session_may(v->desk->s, RIGHT_SETTINGS, err) ||
		!providers_get(v->desk->s, v->name, &v->arena, &v->card, err)) {
		arena_release(&v->arena);
		return false;
	}
	make_fields(v);
	form_init(&v->form, v->fields, v->count, v);
	put(v);
	view->form = &v->form;
	provider_try_init(&v->try, v->desk);
	return true;
}

static void on_close(struct view *view)
{
	struct provider_screen *v = screen_of(view);

	form_release(&v->form);
	arena_release(&v->arena);
}

static unsigned on_reload(struct view *view)
{
	(void)view; /* what is being typed stays */
	return STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct provider_screen *v = screen_of(view);

	if (action == ACT_SAVE)
		return save(v);
	if (action != ACT_TEST_SEND)
		return STALE_PASS;
	if (form_changed(&v->form) || !v->card.account.revision)
		return ui_say(
			view->ui, "%s", _("Save first (Ctrl-S): the test uses what is saved."));
	return provider_try_ask(&v->try, &v->card);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct provider_screen *v = screen_of(view);

	strbuf_addf(out, "%s · ", _(provider_name_label(v->name)));
	provider_words(out, v->desk, &v->card);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct provider_screen *v = screen_of(view);
	struct rect help = { r.y, r.x + 2, HELP_LINES, r.w - 4 };
	int used = draw_wrapped(c, help, ROLE_DIM, _(v->card.help));

	rect_top(&r, used + (r.h > 16));
	form_draw(&v->form, c, r, true);
}

static const struct view_action form_actions[] = {
	{ ACT_SAVE, NULL },
	{ ACT_TEST_SEND, N_("Send a test") },
};

const struct view_ops provider_form_view = {
	.name = "provider",
	.title = N_("Provider"),
	.size = sizeof(struct provider_screen),
	.actions = form_actions,
	.action_count = ARRAY_SIZE(form_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.act = on_act,
};
