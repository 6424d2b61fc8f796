/*
 * The screens on a store of their own: a small company whose customers, invoices
 * and payments are imported from tests/fixtures/office, on 17 November 2026 at
 * 10:42, on a terminal of any size. The store is made once a program; each office
 * works on a copy of it, with the program's other files beside it.
 */
#ifndef OFFICE_H
#define OFFICE_H

#include "desk.h"
#include "screen.h"

struct office {
	struct desk desk;
	struct ui *ui;
	int64_t now; /* UTC seconds */
	int64_t ms;  /* of the screens' clock: office_wait moves it */
	char folder[64], path[80];
};

struct office_spec {
	int rows, cols;
	enum look_id look;
	enum lang lang;
	int tab;		     /* to begin with; 0: the list of customers */
	const struct view_ops *view; /* pushed over it, with `arg` */
	const void *arg;
	bool empty;		      /* a store without a company */
	const struct term_opts *term; /* instead of one on /dev/null; may be NULL */
};

void office_open(struct office *o, const struct office_spec *spec);
void office_close(struct office *o);
/* Another program's session on the same store. */
struct session *office_session(struct office *o);
/* Lets time pass and takes what workers have told; until nothing works any more. */
void office_wait(struct office *o);
/* The id of the customer with that accounting key. */
int64_t office_customer(struct office *o, const char *key);
/* "NAME-80x24-windows-fr". */
const char *office_name(const struct office_spec *spec, const char *name);
/* Removes the store that was made for the program. */
void office_end(void);

#endif
