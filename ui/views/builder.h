/*
 * Making a campaign in five steps. What the parts of that screen share; other screens
 * know campaign_builder.h alone. Main thread.
 *
 * A step is a form, which may have a large text under it, and lines or buttons (items)
 * around it; beside it stands what the campaign will do.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include "builder_draft.h"
#include "builder_figures.h"
#include "builder_preview.h"
#include "filter_box.h"
#include "form.h"
#include "view.h"

#define BUILDER_FIELDS 16
#define BUILDER_CHOICES 24 /* of one field */
#define BUILDER_ITEMS 40
#define BUILDER_TEMPLATES 60 /* offered */

enum builder_step { STEP_TYPE, STEP_PEOPLE, STEP_MESSAGE, STEP_SENDING, STEP_VERIFY, STEP_COUNT };

/* What has the focus. */
enum builder_zone { ZONE_FORM, ZONE_TEXT, ZONE_ITEMS };

#define ITEM_TEXT (-1) /* value of one that only says something */

struct builder_item {
	int value; /* for the step's run() */
	char label[240];
	enum role role;
	bool button; /* "[ label ]", beside others; else a line of its own */
	bool side;   /* in the part to the right */
	struct rect place;
};

struct builder;

struct step_ops {
	const char *title; /* N_() */
	/* Makes the form, and the text, of what the draft has. */
	void (*enter)(struct builder *b);
	/* Takes over what stands there into the draft. */
	void (*take)(struct builder *b);
	/* Which fields count now; NULL: all. */
	void (*show)(struct builder *b);
	/* The items as they are now; NULL: none. */
	void (*fill)(struct builder *b);
	unsigned (*run)(struct builder *b, int value);
	/* Rows that are pasted, wherever the focus is; STALE_PASS, or NULL: as text. */
	unsigned (*paste)(struct builder *b, const char *text, size_t len);
	/* The part to the right. */
	void (*side)(struct builder *b, struct canvas *c, struct rect r);
	/* Nothing is missing in it. */
	bool (*complete)(const struct builder *b);
};

extern const struct step_ops builder_type, builder_people, builder_message, builder_sending,
	builder_verify;

/* Whom, as the step asks. */
enum people_by { BY_ALL, BY_SEGMENTS, BY_FILTER, BY_LIST, BY_PERSONS };

struct launch;

struct builder {
	struct view view;
	struct desk *desk;
	struct draft draft;
	struct strbuf proposed; /* the name of one that is given none */
	enum builder_step step;
	enum builder_zone zone;
	struct form form;
	bool has_form;
	struct form_field fields[BUILDER_FIELDS];
	struct form_choice choices[BUILDER_CHOICES];  /* of the fields whose choices are not */
	struct form_choice choices2[BUILDER_CHOICES]; /* always the same */
	struct arena words;			      /* of these choices; of the step */
	struct edit text;
	bool has_text;
	struct rect text_place; /* of the last drawing */
	struct builder_item items[BUILDER_ITEMS];
	size_t n_items, item;
	int64_t typed_ms; /* when something was last changed; 0: all is kept */
	unsigned changes; /* of the draft, when that was looked at */
	struct figures *figures;
	struct preview preview;

	/* people */
	struct filter_box ask_filter;
	enum people_by by;
	struct strbuf marked;	 /* people who were marked in a list; "" none */
	struct strbuf listed;	 /* people of a file; "" none yet */
	struct strbuf list_said; /* what was found in it */

	/* message */
	enum channel channel; /* of the text that is written */
	char language[8];
	int64_t template_ids[BUILDER_TEMPLATES]; /* of the menu */

	bool recheck;	       /* the settings were gone to, to put something right */
	struct launch *launch; /* while it goes on, or just over; builder_launch.c */
};

/* --- campaign_builder.c --- */

/* The step's form anew, the focus where it was. */
void builder_renew(struct builder *b);
/* Takes over what was typed, and stores it if it can be; false when it said why not. */
bool builder_keep(struct builder *b);
/* What is stored has changed: figures and preview follow. `people`: others are chosen. */
void builder_stored(struct builder *b, bool people);
unsigned builder_go(struct builder *b, enum builder_step step);
/* Starts a form of `n` fields, which are copied. */
void builder_form(struct builder *b, const struct form_field *fields, size_t n);
/* Another field's choices than those of its table. */
void builder_choices(struct builder *b, const char *name, const struct form_choice *list, size_t n);
/* Adds an item; NULL when there are too many. */
struct builder_item *builder_item(struct builder *b, int value, const char *label);
struct builder_item *builder_button(struct builder *b, int value, const char *label);
/* Draws the items of one part; returns the lines they take. `c` NULL only counts. */
int builder_draw_items(struct builder *b, struct canvas *c, struct rect r, bool side);
/* The channel whose text is shown. */
struct draft_text *builder_text(const struct builder *b);

/* --- of single steps, for others --- */

/* People left out, by reason, as items of the part to the right. */
#define ITEM_REASON 1000 /* + enum message_reason */
void builder_add_reasons(struct builder *b);
unsigned builder_open_reason(struct builder *b, int value);
/* Ctrl-O, Ctrl-X, Ctrl-N and Ctrl-P of the message. */
unsigned builder_message_act(struct builder *b, enum action_id action);

/* --- builder_launch.c, builder_test.c --- */

unsigned builder_launch(struct builder *b);
/* The job that launches, for its meter; NULL when none does. */
struct job *builder_launching(const struct builder *b);
unsigned builder_launch_stop(struct builder *b);
/* It is over, one way or the other: what became stale. `b` may be gone then. */
unsigned builder_launched(struct builder *b);
bool builder_launch_over(const struct builder *b);
void builder_launch_let_go(struct builder *b);
/* Says who sends. */
void builder_say_sender(const struct builder *b, struct strbuf *out);
unsigned builder_test(struct builder *b);

#endif
