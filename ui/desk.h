/*
 * What every screen works with: the session, the language, the company's ways of
 * writing things, work that goes on. One a program, handed to screens as
 * ui_context(). Main thread.
 */
#ifndef DESK_H
#define DESK_H

#include "country.h"
#include "job.h"
#include "lang.h"
#include "reader.h"
#include "session.h"
#include "station.h"
#include "ui.h"

struct sending;
struct tz;

struct desk {
	struct session *s; /* owned */
	struct ui *ui;	   /* set once the screens are there */
	enum lang lang;
	struct tz *tz;		       /* the company's; NULL: UTC */
	const struct country *country; /* the company's; NULL without a company */
	char currency[32];	       /* as columns are headed: "F CFA", "€" */
	struct evq *events;
	struct reader *reader;
	struct jobs jobs;
	struct sending *sending; /* while there is something to send; see sending.h */
	int64_t version;	 /* of the store, when it was last looked at */
	int64_t held_ms;	 /* when why sending waits was looked up last, ... */
	bool hold_late;		 /* ... and that it is to be again */
	int patience;		 /* milliseconds a key waits for the reader */
	bool again;		 /* the screens are to begin anew */
	struct session *other;	 /* owned: of another store, that they begin anew on; or NULL */
	enum station station;	 /* a copy sends nothing */
	int64_t visit;		 /* when the user last left the screens; 0: never */
};

static inline struct desk *desk_of(const struct view *v)
{
	return ui_context(v->ui);
}

/* With a picture's own time under the 10 ms that are not felt after a key. */
#define DESK_PATIENCE 6

/* Takes the session: *owned*, also when it fails. */
bool desk_open(struct desk *d, struct session *s, enum lang lang, struct err *err) MUST_USE;
/* Waits for the work that goes on, sending included, or with `stop` asks it to stop. */
void desk_close(struct desk *d, bool stop);

/* Ends the screens to begin anew: another company or language shows in every word. */
unsigned desk_restart(struct desk *d);
/* The same on another store, which must exist and be one. */
bool desk_open_other(struct desk *d, const char *path, struct err *err) MUST_USE;
/* What depends on the company is made anew; before the screens begin. */
bool desk_renew(struct desk *d, struct err *err) MUST_USE;
/* The company's name and banner at the top. */
void desk_show_company(struct desk *d);

/* Looks whether the store is a copy; holding.h says so. */
void desk_look(struct desk *d);

/* The company's local time of an instant, and now. */
int32_t desk_day(const struct desk *d, int64_t instant, int *minute);
int32_t desk_today(const struct desk *d);
/* Whether the actor may, silently. */
bool desk_may(const struct desk *d, enum right right);

/* The theme the user prefers, else the terminal's. */
enum theme_id desk_theme(const struct desk *d);
/* A preference; "" when there is none or it cannot be read. */
void desk_pref(struct desk *d, const char *key, struct strbuf *out);
/* Kept for the next time; that it could not be is no reason to disturb. */
void desk_keep(struct desk *d, const char *key, const char *value);

/* The functions of ui_config. */
unsigned desk_on_events(void *ctx, struct ui *ui);
unsigned desk_on_tick(void *ctx, struct ui *ui);
bool desk_busy(void *ctx);
unsigned desk_have(void *ctx);
void desk_clock(void *ctx, struct strbuf *out);

#endif
