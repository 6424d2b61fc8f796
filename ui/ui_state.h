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
	struct rect body;
	int64_t now;	    /* of this wake-up */
	int64_t next_tick;  /* of config.on_tick */
	int64_t next_clock; /* when the minute changes */
	unsigned stale;
	struct {
		ui_undo *run;
		void *ctx;
		int64_t id;
	} undo;
	enum ui_result result;
	bool ended;
};

/* frame.c: draws everything. */
void frame_draw(struct ui *ui);
/* Where a screen's search line is, inside its headline. */
struct rect frame_search_place(const struct ui *ui, struct rect headline);

/* route.c: hands input to whom it belongs, and does what is the loop's. */
void route_input(struct ui *ui, const struct input *in);
/* What a handler of `v` returned (v NULL: of nobody). */
void route_apply(struct ui *ui, struct view *v, unsigned stale);
/* Runs an action as if its key was pressed. */
void route_act(struct ui *ui, enum action_id action);
/* Asks whether to quit. */
unsigned route_ask_quit(struct ui *ui);
/* The bits of enum need that hold now. */
unsigned route_have(struct ui *ui);
/* Is a text field typed into? */
bool route_typing(struct ui *ui);
/* The actions that count now, a screen's own first; returns how many. */
size_t route_actions(struct ui *ui, struct view_action *out, size_t max);

#endif
