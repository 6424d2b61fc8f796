#include "screens.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "crypt.h"
#include "desk.h"
#include "holding.h"
#include "home_campaigns.h"
#include "i18n.h"
#include "import_resume.h"
#include "language.h"
#include "num.h"
#include "path.h"
#include "places.h"
#include "prefs.h"
#include "say.h"
#include "sending.h"

#define TICK_MS 250
#define KEYS_FILE_MAX 65536

static int fail(const struct err *err)
{
	struct strbuf words = STRBUF_INIT;

	say_error(&words, err);
	fprintf(stderr, "ecompta-crm: %s\n", words.buf);
	strbuf_release(&words);
	return 1;
}

/* A user's preference that holds whatever the company. */
static void preference(struct session *s, const char *key, struct strbuf *out)
{
	struct err err = ERR_INIT;

	strbuf_clear(out);
	if (!pref_get(s, PREF_USER, key, out, &err))
		strbuf_clear(out);
}

static enum lang choose_language(struct session *s, const char *wish)
{
	struct strbuf kept = STRBUF_INIT_MAX(16);
	enum lang lang;

	if (!wish)
		preference(s, "language", &kept);
	lang = language_choose(wish ? wish : kept.len ? kept.buf : NULL);
	strbuf_release(&kept);
	return lang;
}

static void choose_look(struct desk *d, struct ui_config *config)
{
	struct session *s = d->s;
	struct strbuf kept = STRBUF_INIT_MAX(16);

	config->look = term_guess_look();
	config->theme = desk_theme(d);
	config->term.mouse = !term_is_remote();
	preference(s, "look", &kept);
	if (kept.len && !look_find(kept.buf, &config->look))
		config->look = term_guess_look();
	preference(s, "mouse", &kept);
	if (kept.len)
		config->term.mouse = !strcmp(kept.buf, "on");
	strbuf_release(&kept);
}

/* The person's own keys, *owned*; NULL without any. */
static char *read_keys(struct strbuf *path)
{
	struct err err = ERR_INIT;
	struct strbuf text = STRBUF_INIT_MAX(KEYS_FILE_MAX);
	char bytes[4096];
	FILE *f;
	size_t n;

	if (!path_place(PATH_CONFIG, path, &err))
		return NULL;
	strbuf_adds(path, "/keys.conf");
	f = fopen(path->buf, "re");
	if (!f)
		return NULL;
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0 && !text.full)
		strbuf_add(&text, bytes, n);
	fclose(f);
	return strbuf_detach(&text);
}

/* Nobody looks any more: says what is still being done, and does it. */
static void see_to_the_end(struct desk *d, enum ui_result result)
{
	if (result == UI_LOST)
		signal(SIGHUP, SIG_IGN);
	else
		sending_end(d, false);
	if (result == UI_QUIT && jobs_busy(&d->jobs))
		fprintf(stderr, "%s\n",
			_("The work that was begun goes on. Ctrl-C interrupts it; it can be gone "
			  "on with later."));
	desk_close(d, result == UI_TERMINATED);
}

/* When the user was here last, and that it was until now. */
static void read_visit(struct desk *d)
{
	struct strbuf text = STRBUF_INIT_MAX(32);

	desk_pref(d, "visit", &text);
	if (!num_parse_i64(text.buf, 0, INT64_MAX, &d->visit))
		d->visit = 0;
	strbuf_release(&text);
}

static void keep_visit(struct desk *d)
{
	char text[24];

	if (!d->s->company.id || d->again)
		return;
	snprintf(text, sizeof(text), "%lld", (long long)session_now(d->s));
	desk_keep(d, "visit", text);
	home_keep_visit(d);
}

static bool show(struct desk *d, struct ui_config *config, enum ui_result *result, struct err *err)
{
	if (!desk_renew(d, err))
		return false;
	read_visit(d);
	places_of(d, config);
	choose_look(d, config);
	d->again = false;
	d->ui = ui_start(config, err);
	if (!d->ui)
		return false;
	desk_show_company(d);
	import_resume_offer(d);
	sending_poke(d);
	desk_look(d);
	holding_show(d);
	*result = ui_run(d->ui);
	ui_stop(d->ui);
	d->ui = NULL;
	keep_visit(d);
	return true;
}

/* The screens go on with the store that was chosen instead. */
static bool take_other(struct desk *d, struct ui_config *config, struct err *err)
{
	struct session *other = d->other;
	enum lang lang = d->lang;

	if (!other)
		return true;
	d->other = NULL;
	sending_end(d, false);
	desk_close(d, false);
	if (!desk_open(d, other, lang, err))
		return false;
	config->event_fd = evq_fd(d->events);
	return true;
}

static bool run(struct desk *d, struct err *err)
{
	struct strbuf keys_path = STRBUF_INIT_MAX(4096);
	char *keys = read_keys(&keys_path);
	struct ui_config config = {
		.term = { .in = STDIN_FILENO, .out = STDOUT_FILENO },
		.keys = keys,
		.keys_name = keys_path.buf,
		.ctx = d,
		.event_fd = evq_fd(d->events),
		.on_events = desk_on_events,
		.tick_ms = TICK_MS,
		.on_tick = desk_on_tick,
		.busy = desk_busy,
		.have = desk_have,
		.clock = desk_clock,
	};
	enum ui_result result = UI_TERMINATED;
	bool ok;

	do
		ok = take_other(d, &config, err) && show(d, &config, &result, err);
	while (ok && d->again && result == UI_QUIT);
	see_to_the_end(d, result);
	free(keys);
	strbuf_release(&keys_path);
	return ok;
}

int screens_run(const struct screens_options *o)
{
	struct session_options options = {
		.store = o->store,
		.company = o->company,
		.origin = ORIGIN_SCREEN,
		.clock = clock_system_or_env(),
	};
	struct err err = ERR_INIT;
	struct session *s;
	struct desk desk;

	language_choose(o->language);
	if (!crypt_init(&err))
		return fail(&err);
	s = session_open(&options, &err);
	if (!s || !desk_open(&desk, s, choose_language(s, o->language), &err))
		return fail(&err);
	return run(&desk, &err) ? 0 : fail(&err);
}
