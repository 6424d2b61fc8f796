#include "ui.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>

#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "ui_state.h"

#define MINUTE_MS 60000
#define MESSAGE_MS 30000

/* --- time ---------------------------------------------------------------- */

static int64_t clock_ms(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void take_time(struct ui *ui)
{
	ui->now = ui->config.now ? ui->config.now(ui->config.ctx) : clock_ms(CLOCK_MONOTONIC);
	ui->now = ui->now > 0 ? ui->now : 1; /* 0 means "at once" to the table */
}

static void set_clock(struct ui *ui)
{
	struct strbuf text = STRBUF_INIT_MAX(64);

	if (!ui->config.clock)
		return;
	ui->config.clock(ui->config.ctx, &text);
	if (status_set(&ui->status, STATUS_TIME, text.buf))
		ui->stale |= STALE_PAINT;
	ui->next_clock = ui->now + MINUTE_MS - clock_ms(CLOCK_REALTIME) % MINUTE_MS;
	strbuf_release(&text);
}

/* --- start and stop ------------------------------------------------------ */

static bool load_keys(struct ui *ui, struct err *err)
{
	keymap_init(&ui->keys, actions, ACT_COUNT);
	if (!keymap_load(&ui->keys, keys_builtin, "keys.conf", err))
		return false;
	return !ui->config.keys ||
	       keymap_load(&ui->keys, ui->config.keys, ui->config.keys_name, err);
}

static void add_tabs(struct ui *ui)
{
	for (size_t i = 0; i < ui->config.place_count; i++) {
		const struct ui_place *p = &ui->config.places[i];

		if (!p->tab || ui->tabs.count == TABS_MAX)
			continue;
		ui->tabs.items[ui->tabs.count++] =
			(struct tab){ p->tab, _(p->label ? p->label : p->ops->title) };
	}
}

static void open_first(struct ui *ui)
{
	const struct ui_place *first = ui->config.places;

	if (!ui->config.place_count)
		return;
	if (first->tab)
		ui_go(ui, first->tab);
	else
		ui_push(ui, first->ops, NULL);
}

struct ui *ui_start(const struct ui_config *config, struct err *err)
{
	struct ui *ui = mem_zalloc(1, sizeof(*ui));
	struct err keys = ERR_INIT;

	ui->config = *config;
	ui->term = term_open(&config->term, err);
	if (!ui->term) {
		free(ui);
		return NULL;
	}
	status_init(&ui->status);
	strbuf_init(&ui->company, 512);
	strbuf_init(&ui->banner, 64);
	ui_set_look(ui, config->look, config->theme);
	take_time(ui);
	add_tabs(ui);
	if (!load_keys(ui, &keys))
		ui_error(ui, &keys);
	open_first(ui);
	set_clock(ui);
	ui->next_tick = ui->now + config->tick_ms;
	return ui;
}

void ui_stop(struct ui *ui)
{
	while (ui->overlay)
		command_drop_box(ui);
	stack_release(&ui->stack);
	term_close(ui->term);
	keymap_release(&ui->keys);
	status_release(&ui->status);
	strbuf_release(&ui->company);
	strbuf_release(&ui->banner);
	free(ui);
}

static void end(struct ui *ui, enum ui_result result)
{
	ui->result = result;
	ui->ended = true;
}

/* --- one paint ----------------------------------------------------------- */

/* A message that nothing depends on is let go when the screen changes anyway. */
static void drop_old_message(struct ui *ui)
{
	if (!ui->undo.run && ui->now - ui->message_ms > MESSAGE_MS)
		status_set(&ui->status, STATUS_MESSAGE, NULL);
}

/* A screen whose thing is gone closes: then the one under it is asked. */
static void reload_top(struct ui *ui)
{
	struct view *v = stack_top(&ui->stack);

	for (; v && v->old; v = stack_top(&ui->stack)) {
		v->old = false;
		if (v->ops->reload)
			ui->stale |= v->ops->reload(v) & ~(unsigned)STALE_RELOAD;
		else if (v->list)
			table_reload(&v->list->table);
	}
}

void ui_paint(struct ui *ui)
{
	reload_top(ui);
	drop_old_message(ui);
	ui->stale = STALE_NONE;
	frame_draw(ui);
	if (!term_paint(ui->term, &ui->canvas))
		end(ui, UI_LOST);
}

/* --- the loop ------------------------------------------------------------ */

static int sooner(int a, int64_t b)
{
	if (b < 0)
		return a;
	return a < 0 || b < a ? (int)b : a;
}

static int64_t until(const struct ui *ui, int64_t when)
{
	return when > ui->now ? when - ui->now : 0;
}

/* Milliseconds until something is due without anything happening. */
static int wait_ms(struct ui *ui)
{
	struct view *v = stack_top(&ui->stack);
	int ms = term_wait(ui->term, ui->now);

	if (ui->config.clock)
		ms = sooner(ms, until(ui, ui->next_clock));
	if (ui->config.tick_ms)
		ms = sooner(ms, until(ui, ui->next_tick));
	if (v && v->ops->wait)
		ms = sooner(ms, v->ops->wait(v));
	if (v && v->list)
		ms = sooner(ms, table_wait(&v->list->table, ui->now));
	return ms;
}

static void on_time(struct ui *ui)
{
	struct view *v = stack_top(&ui->stack);

	term_timeout(ui->term, ui->now);
	if (ui->config.clock && !until(ui, ui->next_clock))
		set_clock(ui);
	if (ui->config.tick_ms && !until(ui, ui->next_tick)) {
		ui->next_tick = ui->now + ui->config.tick_ms;
		if (ui->config.on_tick)
			route_apply(ui, NULL, ui->config.on_tick(ui->config.ctx, ui));
	}
	v = stack_top(&ui->stack);
	if (v && v->ops->tick && v->ops->wait && v->ops->wait(v) == 0)
		route_apply(ui, v, v->ops->tick(v));
	v = stack_top(&ui->stack);
	if (v && v->list && table_wait(&v->list->table, ui->now) == 0)
		ui->stale |= STALE_PAINT;
}

static void on_signals(struct ui *ui)
{
	unsigned got = term_signals(ui->term);

	if (got & TERM_CONTINUED) {
		term_resume(ui->term);
		ui->stale |= STALE_REFLOW;
	}
	if (got & TERM_RESIZED && term_resize(ui->term, 0, 0))
		ui->stale |= STALE_REFLOW;
	if (got & TERM_INTERRUPT)
		route_apply(ui, NULL, command_ask_quit(ui));
	if (got & TERM_TERMINATE)
		end(ui, UI_TERMINATED);
	if (got & TERM_HANGUP)
		end(ui, UI_LOST);
}

static void on_input(struct ui *ui, short events)
{
	if (events & POLLIN ? term_read(ui->term, ui->now)
			    : !(events & (POLLHUP | POLLERR | POLLNVAL)))
		return;
	term_lost(ui->term);
	end(ui, UI_LOST);
}

static void take_input(struct ui *ui)
{
	struct input in;

	while (!ui->ended && term_next(ui->term, ui->now, &in))
		route_input(ui, &in);
}

static void wait_and_handle(struct ui *ui)
{
	struct pollfd fds[3] = {
		{ .fd = term_input_fd(ui->term), .events = POLLIN },
		{ .fd = term_signal_fd(ui->term), .events = POLLIN },
		{ .fd = ui->config.on_events ? ui->config.event_fd : -1, .events = POLLIN },
	};

	if (poll(fds, 3, wait_ms(ui)) < 0 && errno != EINTR)
		end(ui, UI_LOST);
	take_time(ui);
	if (fds[1].revents)
		on_signals(ui);
	if (fds[0].revents && !ui->ended)
		on_input(ui, fds[0].revents);
	on_time(ui);
	take_input(ui);
	if (fds[2].revents && !ui->ended)
		route_apply(ui, NULL, ui->config.on_events(ui->config.ctx, ui));
}

enum ui_result ui_run(struct ui *ui)
{
	while (!ui->ended) {
		if (ui->stale)
			ui_paint(ui);
		if (!ui->ended)
			wait_and_handle(ui);
	}
	return ui->result;
}

void ui_input(struct ui *ui, const struct input *in)
{
	take_time(ui);
	route_input(ui, in);
}

void ui_resize(struct ui *ui, int rows, int cols)
{
	if (term_resize(ui->term, rows, cols))
		ui->stale |= STALE_REFLOW;
}

void ui_pass_time(struct ui *ui)
{
	take_time(ui);
	on_time(ui);
}

bool ui_stale(const struct ui *ui)
{
	return ui->stale != STALE_NONE;
}

bool ui_ended(const struct ui *ui)
{
	return ui->ended;
}

/* --- for screens --------------------------------------------------------- */

void *ui_context(const struct ui *ui)
{
	return ui->config.ctx;
}

int64_t ui_now(const struct ui *ui)
{
	return ui->now;
}

const struct look *ui_look(const struct ui *ui)
{
	return ui->canvas.look;
}

struct view *ui_top(const struct ui *ui)
{
	return stack_top(&ui->stack);
}

unsigned ui_push(struct ui *ui, const struct view_ops *ops, const void *arg)
{
	struct err err = ERR_INIT;

	if (!stack_push(&ui->stack, ui, ops, arg, &err))
		return ui_error(ui, &err);
	return STALE_REFLOW;
}

unsigned ui_go(struct ui *ui, int tab)
{
	const struct ui_place *place = NULL;

	for (size_t i = 0; i < ui->config.place_count; i++)
		if (ui->config.places[i].tab == tab)
			place = &ui->config.places[i];
	if (!place || tab <= 0 || tab >= STACK_TABS)
		return STALE_NONE;
	ui->stack.tab = ui->tabs.open = tab;
	return stack_top(&ui->stack) ? STALE_REFLOW : ui_push(ui, place->ops, NULL);
}

unsigned ui_close(struct ui *ui, struct view *v)
{
	if (!stack_go_to(&ui->stack, v))
		return STALE_NONE;
	for (bool last = false; !last;) {
		struct view *top = stack_top(&ui->stack);

		last = top == v;
		command_drop_boxes(ui, top);
		stack_pop(&ui->stack);
	}
	if (!stack_top(&ui->stack))
		end(ui, UI_QUIT);
	return STALE_REFLOW;
}

static unsigned hand_event(struct view *v, void *ctx)
{
	return v->ops->event ? v->ops->event(v, ctx) : STALE_NONE;
}

unsigned ui_event(struct ui *ui, const struct event *event)
{
	return stack_each(&ui->stack, hand_event, (void *)event);
}

PRINTF(3, 0)
static void set_message(struct ui *ui, enum role role, const char *fmt, va_list ap)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);

	strbuf_vaddf(&text, fmt, ap);
	status_set(&ui->status, STATUS_MESSAGE, text.buf);
	ui->status.role = role;
	ui->message_ms = ui->now;
	strbuf_release(&text);
}

unsigned ui_say(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, ROLE_STATUS, fmt, ap);
	va_end(ap);
	return STALE_PAINT;
}

unsigned ui_done(struct ui *ui, ui_undo *undo, void *ctx, int64_t id, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT_MAX(1024), key = STRBUF_INIT_MAX(64);
	va_list ap;

	strbuf_addf(&text, "%s ", draw_sign(&ui->canvas, G_YES));
	va_start(ap, fmt);
	strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	ui->undo.run = undo;
	ui->undo.ctx = ctx;
	ui->undo.id = id;
	keymap_key(&ui->keys, ACT_UNDO, &key);
	if (undo && key.len)
		strbuf_addf(&text, " (%s %s)", key.buf, _(actions[ACT_UNDO].label));
	status_set(&ui->status, STATUS_MESSAGE, text.buf);
	ui->status.role = ROLE_GOOD;
	ui->message_ms = ui->now;
	strbuf_release(&text);
	strbuf_release(&key);
	return STALE_PAINT;
}

unsigned ui_status(struct ui *ui, enum status_slot slot, const char *text)
{
	return status_set(&ui->status, slot, text) ? STALE_PAINT : STALE_NONE;
}

void ui_set_company(struct ui *ui, const char *name, const char *banner)
{
	strbuf_clear(&ui->company);
	strbuf_adds(&ui->company, name ? name : "");
	strbuf_clear(&ui->banner);
	strbuf_adds(&ui->banner, banner ? banner : "");
	ui->stale |= STALE_PAINT;
}

void ui_set_mouse(struct ui *ui, bool on)
{
	term_mouse(ui->term, on);
}

const struct keymap *ui_keys(const struct ui *ui)
{
	return &ui->keys;
}

void ui_set_look(struct ui *ui, enum look_id look, enum theme_id theme)
{
	theme_init(&ui->theme, theme, term_colours(ui->term));
	ui->canvas.look = look_get(look);
	ui->canvas.theme = &ui->theme;
	ui->stale |= STALE_REFLOW;
}

/* --- boxes --------------------------------------------------------------- */

unsigned ui_open(struct ui *ui, struct overlay *o, overlay_done *done, void *ctx)
{
	o->below = ui->overlay;
	o->done = done;
	o->ctx = ctx;
	o->owner = stack_top(&ui->stack);
	ui->overlay = o;
	ui->stale |= STALE_PAINT;
	return STALE_PAINT;
}

unsigned ui_menu(struct ui *ui, const struct menu_spec *spec, overlay_done *done, void *ctx)
{
	return ui_open(ui, menu_new(spec), done, ctx);
}

unsigned ui_dialog(struct ui *ui, const struct dialog_spec *spec, overlay_done *done, void *ctx)
{
	return ui_open(ui, dialog_new(spec), done, ctx);
}

unsigned ui_confirm(struct ui *ui, const char *title, const char *text, const char *yes,
	overlay_done *done, void *ctx)
{
	const char *buttons[] = { yes, _("Cancel") };
	struct dialog_spec spec = {
		.title = title, .text = text, .buttons = buttons, .count = 2, .focus = 1
	};

	return ui_dialog(ui, &spec, done, ctx);
}

unsigned ui_error(struct ui *ui, const struct err *err)
{
	struct strbuf text = STRBUF_INIT_MAX(2048);
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .buttons = buttons, .count = 1 };

	if (ui->error_box && ui->overlay == ui->error_box && ui->shown.code == err->code &&
		!strcmp(ui->shown.subject, err->subject))
		return STALE_NONE;
	err_words(err, gettext, &text);
	spec.text = text.buf;
	ui_dialog(ui, &spec, NULL, NULL);
	ui->error_box = ui->overlay;
	ui->shown = *err;
	strbuf_release(&text);
	return STALE_PAINT;
}

unsigned ui_copy(struct ui *ui, const char *value)
{
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .title = _("To be copied:"),
		.text = value,
		.buttons = buttons,
		.count = 1,
		.bare = true };

	term_copy(ui->term, value);
	return ui_dialog(ui, &spec, NULL, NULL);
}
