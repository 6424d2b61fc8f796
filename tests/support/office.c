#include "test.h"

#include "office.h"

#include <locale.h>
#include <sys/wait.h>
#include <unistd.h>

#include "companies.h"
#include "crypt.h"
#include "customer_ref.h"
#include "date.h"
#include "imports.h"
#include "language.h"
#include "path.h"
#include "places.h"
#include "scores.h"
#include "ui_state.h"

#define NOW INT64_C(1794912120) /* 2026-11-17T10:42:00Z */
#define STORE_MAX ((size_t)64 << 20)

static char made[64]; /* the folder of the store that is copied */

static void expect(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

/* --- the store ----------------------------------------------------------- */

static struct session *open_store(const char *path, int64_t *now)
{
	struct session_options o = {
		.store = path, .origin = ORIGIN_SCREEN, .clock = clock_fixed(now)
	};
	struct err err = ERR_INIT;
	struct session *s = session_open(&o, &err);

	expect(s != NULL, &err);
	return s;
}

static void add_company(struct session *s)
{
	struct err err = ERR_INIT;
	struct company c;

	expect(company_suggest("BF", &c, &err), &err);
	snprintf(c.name, sizeof(c.name), "Sahel Négoce SARL");
	expect(companies_add(s, &c, &err), &err);
}

static void import(struct session *s, enum import_kind kind, const char *file)
{
	char path[512];
	struct import_options o = { .kind = kind, .path = path };
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im;

	snprintf(path, sizeof(path), "%s/tests/fixtures/office/%s", TEST_SRCDIR, file);
	im = import_open(s, &o, NULL, &err);
	expect(im != NULL, &err);
	expect(import_run(im, NULL, &result, &err), &err);
	assert_int_equal(result.counts.refused, 0);
	import_close(im);
}

static void make_store(const char *path)
{
	int64_t now = NOW;
	struct session *s = open_store(path, &now);
	struct scores_result result;
	struct err err = ERR_INIT;

	add_company(s);
	import(s, IMPORT_CUSTOMERS, "customers.csv");
	import(s, IMPORT_INVOICES, "invoices.csv");
	import(s, IMPORT_PAYMENTS, "payments.csv");
	expect(scores_update_all(s, NULL, &result, &err), &err);
	session_close(s);
}

static void copy_file(const char *from, const char *to)
{
	struct strbuf all = STRBUF_INIT_MAX(STORE_MAX);
	struct err err = ERR_INIT;
	FILE *f = fopen(from, "r");
	char bytes[65536];
	size_t n;

	assert_non_null(f);
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		strbuf_add(&all, bytes, n);
	fclose(f);
	expect(path_write(to, all.buf, all.len, &err), &err);
	strbuf_release(&all);
}

static void remove_folder(const char *folder)
{
	pid_t pid = fork();

	if (!pid) {
		execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

static void make_folder(char *folder, size_t size)
{
	snprintf(folder, size, "/tmp/ecompta-office.XXXXXX");
	assert_non_null(mkdtemp(folder));
}

static void take_copy(struct office *o, bool empty)
{
	char path[80];

	make_folder(o->folder, sizeof(o->folder));
	snprintf(o->path, sizeof(o->path), "%s/store.db", o->folder);
	if (empty)
		return;
	if (!*made) {
		make_folder(made, sizeof(made));
		snprintf(path, sizeof(path), "%s/store.db", made);
		make_store(path);
	}
	snprintf(path, sizeof(path), "%s/store.db", made);
	copy_file(path, o->path);
}

/* --- the screens --------------------------------------------------------- */

static int64_t office_ms(void *ctx)
{
	return ((struct office *)ctx)->ms;
}

/* ctx of ui_config is the desk, the first member of an office. */
static struct ui_config config_of(struct office *o, const struct office_spec *spec)
{
	struct ui_config config = {
		.term = spec->term ? *spec->term : screen_opts(spec->rows, spec->cols),
		.look = spec->look,
		.theme = THEME_DARK,
		.ctx = &o->desk,
		.event_fd = evq_fd(o->desk.events),
		.on_events = desk_on_events,
		.busy = desk_busy,
		.have = desk_have,
		.clock = desk_clock,
		.now = office_ms,
	};

	places_of(&o->desk, &config);
	return config;
}

/* Keys, stations and settings of whoever runs the test are none of its business. */
static void take_home(const struct office *o)
{
	setenv("XDG_CONFIG_HOME", o->folder, 1);
	setenv("XDG_STATE_HOME", o->folder, 1);
	setenv("XDG_DATA_HOME", o->folder, 1);
}

void office_open(struct office *o, const struct office_spec *spec)
{
	struct err err = ERR_INIT;
	struct ui_config config;

	*o = (struct office){ .now = NOW, .ms = 1000 };
	expect(crypt_init(&err), &err);
	language_choose(lang_code(spec->lang));
	take_copy(o, spec->empty);
	take_home(o);
	expect(desk_open(&o->desk, open_store(o->path, &o->now), spec->lang, &err), &err);
	expect(desk_renew(&o->desk, &err), &err);
	o->desk.patience = 10000;
	config = config_of(o, spec);
	o->ui = o->desk.ui = ui_start(&config, &err);
	expect(o->ui != NULL, &err);
	desk_show_company(&o->desk);
	ui_go(o->ui, spec->tab ? spec->tab : 2);
	if (spec->view)
		ui_push(o->ui, spec->view, spec->arg);
	ui_paint(o->ui);
}

void office_close(struct office *o)
{
	ui_stop(o->ui);
	desk_close(&o->desk, false);
	remove_folder(o->folder);
}

struct session *office_session(struct office *o)
{
	return open_store(o->path, &o->now);
}

void office_wait(struct office *o)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	o->ms += 1000;
	do {
		nanosleep(&ms, NULL);
		route_apply(o->ui, NULL, desk_on_events(&o->desk, o->ui));
	} while (desk_busy(&o->desk));
	route_apply(o->ui, NULL, desk_on_tick(&o->desk, o->ui));
	ui_pass_time(o->ui);
	ui_paint(o->ui);
}

int64_t office_customer(struct office *o, const char *key)
{
	struct err err = ERR_INIT;
	int64_t id = 0;

	expect(customer_ref(o->desk.s, key, &id, &err), &err);
	return id;
}

const char *office_name(const struct office_spec *spec, const char *name)
{
	static char text[128];

	snprintf(text, sizeof(text), "%s-%dx%d-%s-%s", name, spec->cols, spec->rows,
		look_name(spec->look), lang_code(spec->lang));
	return text;
}

void office_end(void)
{
	if (*made)
		remove_folder(made);
	*made = '\0';
}
