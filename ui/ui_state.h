/* What the loop, the frame and the routing of keys share. Only ui/ui.c, frame.c
 * and route.c see it. */
#ifndef UI_STATE_H
#define UI_STATE_H

#include "keyline.h"
#include "keymap.h"
#include "stack.h"
#include "tabs.h"
#include "ui.h"

struct ui {
	struct ui_config config;
	struct term *term;
	struct theme theme;
	struct canvas canvas;
	struct keymap keys;
	struct stack stack;
	struct overlay *overlay;
	struct status status;
	struct tabs tabs;
	struct keyline keyline;
	struct strbuf company, banner;
	int64_t message_ms; /* when the last message came */
	int64_t now;	    /* of this wake-up */
	int64_t next_tick;  /* of config.on_tick */
	int64_t next_clock; /* when the minute changes */
	unsigned stale;
	struct {
		ui_undo *run;
		void *ctx;
		int64_t id;
	} undo;
	struct overlay *error_box; /* the last one, NULL when it is closed, ... */
	struct err shown;	   /* ... and what it says */
	enum ui_result result;
	bool ended;
};

/* frame.c: draws everything. */
void frame_draw(struct ui *ui);
/* Where a screen's search line is, inside its headline. */
struct rect frame_search_place(const struct ui *ui, struct rect headline);

/* command.c: what the loop does by itself; STALE_PASS for another action. */
unsigned command_act(struct ui *ui, enum action_id action);
unsigned command_ask_quit(struct ui *ui);
/* Takes a box off and frees it, without an answer. */
void command_drop_box(struct ui *ui);
/* Closes the boxes that a screen opened. */
void command_drop_boxes(struct ui *ui, struct view *v);

/* list.c: what a screen's list does with an action, a key of its search line, the
 * mouse, a paste. */
unsigned list_act(struct ui *ui, struct view *v, enum action_id action);
unsigned list_key(struct ui *ui, struct view *v, struct key key);
unsigned list_mouse(struct ui *ui, struct view *v, const struct mouse *m);
unsigned list_paste(struct view *v, const char *text, size_t len);

/* form_screen.c: the same for a screen's form. */
unsigned form_screen_key(struct view *v, struct key key);
/* It was changed: asks what to do before the screen closes. */
unsigned form_ask_leave(struct view *v);

#define ROUTE_ACTIONS 96 /* that may count at once */

/* route.c: hands input to whom it belongs, and does what is the loop's. */
void route_input(struct ui *ui, const struct input *in);
/* What a handler of `v` returned (v NULL: of nobody). */
void route_apply(struct ui *ui, struct view *v, unsigned stale);
/* Runs an action as if its key was pressed. */
void route_act(struct ui *ui, enum action_id action);
/* The bits of enum need that hold now. */
unsigned route_have(struct ui *ui);
/* Is a text field typed into? */
bool route_typing(struct ui *ui);
/* The actions that count now, a screen's own first; returns how many. */
size_t route_actions(struct ui *ui, struct view_action *out, size_t max);

#endif
