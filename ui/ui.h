/*
 * The screens: start and stop, the loop, and what a screen may ask of it. The
 * loop waits for the terminal, the event queue and signals; handlers say what
 * became stale, and it draws once per wake-up. Main thread, which owns curses.
 */
#ifndef UI_H
#define UI_H

#include "dialog.h"
#include "keymap.h"
#include "menu.h"
#include "overlay.h"
#include "status.h"
#include "term.h"
#include "view.h"

struct ui;

/* A screen one can go to: with `g` and its letter, and with a number when it
 * has a tab. */
struct ui_place {
	uint32_t letter;
	int tab; /* 1 to 8; 0: it opens over the current screen */
	const struct view_ops *ops;
	const char *label; /* N_(): the tab's word; NULL: the screen's title */
};

struct ui_config {
	struct term_opts term;
	enum look_id look;
	enum theme_id theme;
	const struct ui_place *places; /* tabs in their order */
	size_t place_count;
	const char *keys;      /* the person's keys file, may be NULL */
	const char *keys_name; /* its name for the message when a line is wrong */
	void *ctx;	       /* handed to the functions below; each may be NULL */
	/* The event queue: a descriptor that becomes readable (-1: none), and what
	 * empties it; it hands events on with ui_event(). */
	int event_fd;
	unsigned (*on_events)(void *ctx, struct ui *ui);
	/* Called every `tick_ms` (0: never) to look for other programs' changes. */
	int tick_ms;
	unsigned (*on_tick)(void *ctx, struct ui *ui);
	bool (*busy)(void *ctx);     /* work is running: closing the last screen asks */
	unsigned (*have)(void *ctx); /* of enum need: NEED_WRITE */
	/* An action no screen took (pause); STALE_PASS when it is not known either. */
	unsigned (*act)(void *ctx, struct ui *ui, enum action_id action);
	const struct view_action *actions; /* those act() takes */
	size_t action_count;
	void (*clock)(void *ctx, struct strbuf *out); /* the time as shown, "10:42" */
	int64_t (*now)(void *ctx);		      /* milliseconds; NULL: the monotonic clock */
};

enum ui_result {
	UI_QUIT,       /* a person left */
	UI_LOST,       /* the terminal is gone: let background work finish */
	UI_TERMINATED, /* told to end (SIGTERM) */
};

/* Takes the terminal and opens the first place. */
struct ui *ui_start(const struct ui_config *config, struct err *err) MUST_USE;
enum ui_result ui_run(struct ui *ui);
void ui_stop(struct ui *ui);

/* One step of the loop by hand, for tests. */
void ui_input(struct ui *ui, const struct input *in);
void ui_paint(struct ui *ui);
bool ui_ended(const struct ui *ui) MUST_USE;
void ui_resize(struct ui *ui, int rows, int cols);
/* What the loop does when time has passed and nothing else happened. */
void ui_pass_time(struct ui *ui);
/* Is there something to draw? */
bool ui_stale(const struct ui *ui) MUST_USE;

/* --- for screens --------------------------------------------------------- */

void *ui_context(const struct ui *ui);
int64_t ui_now(const struct ui *ui);
const struct look *ui_look(const struct ui *ui);
/* The screen one looks at. */
struct view *ui_top(const struct ui *ui);

/* Opens a screen over the current one; `arg` is *borrowed for* the call. An error
 * is shown. */
unsigned ui_push(struct ui *ui, const struct view_ops *ops, const void *arg);
/* Goes to the tab of that number. */
unsigned ui_go(struct ui *ui, int tab);
/* Closes `v`, and what lies over it, without asking it. */
unsigned ui_close(struct ui *ui, struct view *v);
/* Hands an event to every open screen. */
unsigned ui_event(struct ui *ui, const struct event *event);

/* The last message in the status line. */
unsigned ui_say(struct ui *ui, const char *fmt, ...) PRINTF(2, 3);
/* An error in its words: in a box, because it asks for something to be done. The
 * same one twice is one box. */
unsigned ui_error(struct ui *ui, const struct err *err);
/* A message that can be undone with `u` until the next one. `undo` runs once;
 * `ctx` must live as long as the program's screens. */
typedef unsigned ui_undo(struct ui *ui, void *ctx, int64_t id);
unsigned ui_done(struct ui *ui, ui_undo *undo, void *ctx, int64_t id, const char *fmt, ...)
	PRINTF(5, 6);
/* Offline, why sending waits: see status.h. NULL takes it away. */
unsigned ui_status(struct ui *ui, enum status_slot slot, const char *text);
/* The company at the top, and the word that marks a demo on every screen, in the
 * status line (NULL: none). */
void ui_set_company(struct ui *ui, const char *name, const char *banner);
/* Does the mouse report to us? Then it does not select text. */
void ui_set_mouse(struct ui *ui, bool on);
/* The keys as they are now, *borrowed*: for a cheat sheet. */
const struct keymap *ui_keys(const struct ui *ui);
void ui_set_look(struct ui *ui, enum look_id look, enum theme_id theme);

/* Opens a box over the screen; *taken*. `done` may be NULL. */
unsigned ui_open(struct ui *ui, struct overlay *o, overlay_done *done, void *ctx);
/* "Yes"/"No"-like question: the answer's value 0 is `yes`. The focus is on No. */
unsigned ui_confirm(struct ui *ui, const char *title, const char *text, const char *yes,
	overlay_done *done, void *ctx);
unsigned ui_menu(struct ui *ui, const struct menu_spec *spec, overlay_done *done, void *ctx);
unsigned ui_dialog(struct ui *ui, const struct dialog_spec *spec, overlay_done *done, void *ctx);
/* A key of a screen's form (view->form) that is a part of it: Enter in a choice opens its
 * menu, in the last field it is ACT_SAVE. */
unsigned ui_form_key(struct view *v, struct key key);
/*
 * Runs the person's editor ($VISUAL, $EDITOR, else vi) on a file, on this terminal, and
 * waits for it. ERR_EDITOR when it cannot be run, or says that it failed.
 */
bool ui_edit_file(struct ui *ui, const char *path, struct err *err) MUST_USE;
/* Shows a bare value alone on a line and hands it to the terminal's clipboard. */
unsigned ui_copy(struct ui *ui, const char *value);

#endif
