/*
 * A list of any length. Only a window of rows is in memory; the table asks for
 * more with the row it has at the edge, so a source pages by key and never
 * counts or skips. It draws the visible rows, keeps the cursor on its row by id,
 * keeps marks, and knows where it is among a million. Main thread.
 *
 * Rows are the source's own structs. A page carries the arena that holds them;
 * the table *takes* it and gives it back when the page leaves the window.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdint.h>

#include "arena.h"
#include "draw.h"
#include "input.h"
#include "stale.h"
#include "vec.h"

/* What one cell shows. `text` is empty on entry. */
struct table_cell {
	struct strbuf *text;
	enum role role;		 /* ROLE_NORMAL on entry */
	const struct look *look; /* for signs: look->glyphs[G_YES] */
	int width;		 /* cells it has */
};

enum table_align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_MIDDLE };

struct table_col {
	const char *name;  /* stable, for the settings */
	const char *title; /* N_(); NULL: a sign that comes and goes with the column before */
	int min, max;	   /* cells */
	int priority;	   /* 0 stays; a larger number leaves first when room is short */
	enum table_align align;
	bool hidden;  /* not shown until chosen */
	bool sorts;   /* the list can be ordered by it */
	bool name_of; /* the name: emphasised while the cursor is on the row */
	void (*cell)(void *ctx, const void *row, struct table_cell *cell);
};

enum table_from {
	TABLE_FROM_START,
	TABLE_FROM_END, /* the last `want` rows, in list order */
	TABLE_AFTER,	/* the rows behind `row` */
	TABLE_BEFORE,	/* the `want` rows in front of it, in list order */
	TABLE_AT,	/* `row` itself if it is still there, and what follows */
};

struct table_ask {
	enum table_from from;
	const void *row; /* the row at the edge, *borrowed for* the call */
	int64_t id;	 /* its id */
	size_t want;
	unsigned serial; /* for table_answer */
};

struct table_row {
	int64_t id;
	const void *row; /* in the page's arena */
};

struct table_page {
	struct arena arena;	    /* *taken* by the table */
	VEC(struct table_row) rows; /* *taken* */
	bool last;		    /* nothing lies beyond, in the direction asked */
};

/* Adds a row to a page being filled. */
void table_page_add(struct table_page *page, int64_t id, const void *row);

enum table_fetch {
	TABLE_DONE,
	TABLE_LATER, /* asked elsewhere: table_answer comes with the serial */
	TABLE_FAILED /* the source has said why; the table stays as it is */
};

struct table_ops {
	const struct table_col *cols;
	size_t count;
	/* Fills `page`. Must not block over a few milliseconds: then TABLE_LATER. */
	enum table_fetch (*fetch)(void *ctx, const struct table_ask *ask, struct table_page *page);
	/* One line about a row, painted under the list when the cursor rests; may be NULL. */
	void (*details)(void *ctx, const void *row, struct strbuf *out);
	/* The sentence instead of an empty list; may be NULL. */
	void (*empty)(void *ctx, struct strbuf *out);
	/* The role of a whole row where a cell has none of its own; may be NULL. */
	enum role (*row_role)(void *ctx, const void *row);
	/* Where a row is in the list, from 0, when the table cannot have counted; -1
	 * when that would take long. May be NULL. */
	int64_t (*rank)(void *ctx, const void *row);
};

struct table_chunk {
	struct arena arena;
	size_t count; /* rows of it, in order, in the window */
};

struct table {
	const struct table_ops *ops;
	void *ctx;
	VEC(struct table_row) rows;	/* the window */
	VEC(struct table_chunk) chunks; /* what they live in, in order */
	bool at_start, at_end;		/* the window reaches the list's start, end */
	bool started;			/* the first page was asked for */
	bool waiting;			/* for the answer to `asked` */
	bool failed;			/* not asked again until a restart or reload */
	bool centre;			/* the cursor goes to the middle when there is room */
	struct table_ask asked;
	int64_t keep_id; /* where the cursor belongs when the window is replaced, ... */
	size_t keep_row; /* ... or on which visible row */
	int64_t first;	 /* ordinal of rows[0], -1 when unknown */
	int64_t total;	 /* rows of the whole list, -1 when unknown */
	bool total_exact;
	size_t cursor; /* index in rows */
	size_t top;    /* first visible */
	int height;    /* visible rows at the last drawing */
	int64_t steps; /* still to go when an answer comes */
	/* marks: these ids, or all but these */
	VEC(int64_t) marked; /* sorted */
	bool mark_all;
	/* order */
	int sort;  /* column, -1 for none */
	bool down; /* from large to small */
	/* columns chosen */
	bool *shown;
	int *widths;
	struct rect drawn; /* rows' place at the last drawing */
	int64_t moved_ms;  /* when the cursor last moved; -1 when the details are right */
	struct strbuf details, place;
};

#define TABLE_REST_MS 150

void table_init(struct table *t, const struct table_ops *ops, void *ctx);
void table_release(struct table *t);

/* From the start of the list: another filter, another search. Marks stay. */
void table_restart(struct table *t);
/* The same place again, with what changed meanwhile; the cursor stays on its
 * row, or where it was on the screen when that row is gone. */
void table_reload(struct table *t);
/* Puts the cursor on a row that need not be in the window; `row` is what the
 * source's pages are keyed by. */
void table_show(struct table *t, int64_t id, const void *row);
/* How many rows there are; -1 takes it back. `exact` false shows it as about. */
void table_total(struct table *t, int64_t total, bool exact);
/* The answer to a TABLE_LATER, *taken*; dropped when it is not waited for any more. */
unsigned table_answer(struct table *t, unsigned serial, bool good, struct table_page *page);
/* Orders by that column; again turns the order round. The source reads `sort`
 * and `down` in its next fetch. */
void table_sort(struct table *t, int col, bool down);

/* The row under the cursor, *borrowed until* the next call that changes the
 * table; NULL in an empty list. */
const void *table_row(const struct table *t) MUST_USE;
/* Its id, or 0. */
int64_t table_id(const struct table *t) MUST_USE;
/* Its place from 0, -1 when unknown. */
int64_t table_position(const struct table *t) MUST_USE;

enum table_move {
	TABLE_UP,
	TABLE_DOWN,
	TABLE_PAGE_UP,
	TABLE_PAGE_DOWN,
	TABLE_TOP,
	TABLE_BOTTOM,
};
unsigned table_move(struct table *t, enum table_move move, int64_t now);
unsigned table_mouse(struct table *t, const struct mouse *m, int64_t now);
/* What a press at that cell means for the header: the column, or -1. */
int table_header_at(const struct table *t, int y, int x) MUST_USE;

/* Marks. With `mark_all` set, `marked` are those left out. */
unsigned table_mark(struct table *t);
unsigned table_mark_all(struct table *t);
void table_unmark(struct table *t);
bool table_is_marked(const struct table *t, int64_t id) MUST_USE;
/* How many; -1 when all are and their number is not known. */
int64_t table_marks(const struct table *t) MUST_USE;

/* Which columns are shown, as "name,name"; unknown names are ignored, "" is the
 * default. */
void table_choose(struct table *t, const char *names);
void table_chosen(const struct table *t, struct strbuf *names);

/* Draws header, rows, scroll bar, and the details when `r` has a line for them. */
void table_draw(struct table *t, struct canvas *c, struct rect r, bool focus, int64_t now);
/* Milliseconds until the details are due, -1 when nothing is. */
int table_wait(const struct table *t, int64_t now) MUST_USE;

#endif
