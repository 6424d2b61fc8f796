#include "first_view.h"

#include "companies.h"
#include "company_form.h"
#include "demos.h"
#include "desk.h"
#include "i18n.h"
#include "mem.h"
#include "prefs.h"
#include "vec.h"

#define DEMO_CUSTOMERS 2000
#define DEMO_SEED 1

enum choice { FIRST_DEMO, FIRST_MAKE, FIRST_OTHER, FIRST_SIGNS, FIRST_COMPANY };

struct line {
	enum choice choice;
	char text[160];
	int64_t company_id;
};

struct first {
	struct view view;
	struct desk *desk;
	VEC(struct line) lines;
	size_t at;
};

static struct first *first_of(struct view *view)
{
	return (struct first *)view;
}

/* --- the demo ------------------------------------------------------------ */

static bool make_demo(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct demos_options o = { .customers = DEMO_CUSTOMERS, .seed = DEMO_SEED };

	(void)job;
	return demos_make(s, &o, p, err);
}

/* The newest company that is a demo becomes the session's. */
static bool choose_demo(struct desk *d, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct company *list;
	int64_t id = 0;
	int n;
	bool ok = companies_list(d->s, &a, &list, &n, err);

	for (int i = 0; ok && i < n; i++)
		if (list[i].demo && list[i].id > id)
			id = list[i].id;
	ok = ok && companies_choose(d->s, id, err);
	arena_release(&a);
	return ok;
}

static unsigned demo_made(struct desk *d, struct job *job)
{
	struct err err = ERR_INIT;

	if (!job->ok)
		return ui_error(d->ui, &job->err);
	return choose_demo(d, &err) ? desk_restart(d) : ui_error(d->ui, &err);
}

static const struct job_ops demo_ops = {
	.title = N_("Inventing customers"),
	.run = make_demo,
	.ended = demo_made,
};

unsigned first_demo(struct desk *d)
{
	struct job *job;
	struct err err = ERR_INIT;

	if (job_find(d, &demo_ops))
		return STALE_NONE;
	job = mem_zalloc(1, sizeof(*job));
	job->ops = &demo_ops;
	if (!job_start(d, job, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("Inventing customers…"));
}

/* --- the lines ----------------------------------------------------------- */

static void add_line(struct first *v, enum choice choice, const char *text, int64_t company_id)
{
	struct line line = { .choice = choice, .company_id = company_id };

	snprintf(line.text, sizeof(line.text), "%s", text);
	vec_push(&v->lines, line);
}

static bool add_companies(struct first *v, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct company *list;
	int n = 0;
	bool ok = companies_list(v->desk->s, &a, &list, &n, err);

	for (int i = 0; ok && i < n; i++) {
		struct strbuf text = STRBUF_INIT_MAX(159);

		strbuf_addf(&text, _("Open %s"), list[i].name);
		if (list[i].demo)
			strbuf_addf(&text, " (%s)", _("DEMONSTRATION"));
		add_line(v, FIRST_COMPANY, text.buf, list[i].id);
		strbuf_release(&text);
	}
	arena_release(&a);
	return ok;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct first *v = first_of(view);

	(void)arg;
	v->desk = desk_of(view);
	if (!add_companies(v, err)) {
		vec_release(&v->lines);
		return false;
	}
	add_line(v, FIRST_DEMO, _("Try with invented customers (nothing is sent to anybody)"), 0);
	add_line(v, FIRST_MAKE,
		_("Create my company, then import my customers (Excel, CSV, paste)"), 0);
	add_line(v, FIRST_OTHER, _("Open an existing store"), 0);
	add_line(v, FIRST_SIGNS, _("These signs look odd: show others"), 0);
	return true;
}

static void on_close(struct view *view)
{
	vec_release(&first_of(view)->lines);
}

static void headline(struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, _("Welcome. What would you like to do?"));
}

static void draw_signs(struct canvas *c, int y, int x)
{
	static const enum glyph signs[] = { G_YES, G_CURSOR, G_FULL, G_SORT };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		draw_glyph(c, y, x + 2 * (int)i, ROLE_EMPHASIS, signs[i]);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct first *v = first_of(view);

	r.x++;
	r.w -= 2;
	rect_top(&r, 1);
	for (size_t i = 0; i < v->lines.len && r.h > 3; i++) {
		struct rect line = rect_top(&r, 1);
		const struct line *l = &v->lines.items[i];
		int used;

		if (i == v->at) {
			draw_glyph(c, line.y, line.x, ROLE_MARKER, G_CURSOR);
			draw_cursor(c, line.y, line.x + 2);
		}
		used = draw_text(c, line.y, line.x + 2, line.w - 2,
			i == v->at ? ROLE_EMPHASIS : ROLE_NORMAL, l->text);
		if (l->choice == FIRST_SIGNS)
			draw_signs(c, line.y, line.x + 2 + used + 2);
	}
	rect_top(&r, 1);
	draw_wrapped(c, r, ROLE_DIM,
		_("Your data stay on this machine. The arrows and Enter are all you need."));
}

/* --- keys ---------------------------------------------------------------- */

static unsigned next_signs(struct first *v)
{
	enum look_id look = (enum look_id)((ui_look(v->view.ui)->id + 1) % LOOK_COUNT);
	struct err err = ERR_INIT;

	ui_set_look(v->view.ui, look, desk_theme(v->desk));
	if (!pref_put(v->desk->s, PREF_USER, "look", look_name(look), &err))
		return ui_error(v->view.ui, &err);
	return STALE_REFLOW;
}

/* ~/x is in the user's home; everything else is taken as it was typed. */
static void add_typed(struct strbuf *out, const char *typed)
{
	const char *home = getenv("HOME");

	if (typed[0] == '~' && typed[1] == '/' && home) {
		strbuf_adds(out, home);
		typed++;
	}
	strbuf_adds(out, typed);
	strbuf_trim(out);
}

static unsigned on_store(void *ctx, const struct answer *answer)
{
	struct first *v = ctx;
	struct strbuf path = STRBUF_INIT_MAX(4096);
	struct err err = ERR_INIT;
	unsigned stale = STALE_PAINT;

	add_typed(&path, answer->text);
	if (answer->value == 0 && path.len)
		stale = desk_open_other(v->desk, path.buf, &err) ? desk_restart(v->desk)
								 : ui_error(v->view.ui, &err);
	strbuf_release(&path);
	return stale;
}

static unsigned ask_store(struct first *v)
{
	const char *buttons[] = { _("Open"), _("Cancel") };
	struct dialog_spec spec = {
		.title = _("Open an existing store"),
		.text = _("Where is it? It stays there; the next time “ecompta-crm --store” "
			  "opens it, too."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.focus = ARRAY_SIZE(buttons),
		.ask = true,
		/* TRANSLATORS: of a file. */
		.label = _("Path"),
		.initial = "~/",
		.max = 4096,
	};

	return ui_dialog(v->view.ui, &spec, on_store, v);
}

static unsigned choose(struct first *v, const struct line *line)
{
	struct company_new new = { .country = COUNTRY_DEFAULT };
	struct err err = ERR_INIT;

	switch (line->choice) {
	case FIRST_DEMO:
		return first_demo(v->desk);
	case FIRST_MAKE:
		return ui_push(v->view.ui, &company_form_view, &new);
	case FIRST_OTHER:
		return ask_store(v);
	case FIRST_SIGNS:
		return next_signs(v);
	case FIRST_COMPANY:
		if (!companies_choose(v->desk->s, line->company_id, &err))
			return ui_error(v->view.ui, &err);
		return desk_restart(v->desk);
	}
	return STALE_NONE;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct first *v = first_of(view);

	switch ((int)action) {
	case ACT_UP:
		v->at = v->at ? v->at - 1 : v->lines.len - 1;
		return STALE_PAINT;
	case ACT_DOWN:
		v->at = (v->at + 1) % v->lines.len;
		return STALE_PAINT;
	case ACT_OPEN:
		return choose(v, &v->lines.items[v->at]);
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	(void)view;
	return NEED_ROW;
}

static const struct view_action first_actions[] = {
	{ ACT_OPEN, N_("Choose") },
};

const struct view_ops first_view = {
	.name = "first",
	.title = N_("Welcome"),
	.size = sizeof(struct first),
	.actions = first_actions,
	.action_count = ARRAY_SIZE(first_actions),
	.open = on_open,
	.close = on_close,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
};
