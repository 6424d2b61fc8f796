/*
 * Two records side by side, to make one of them: of each field that differs, one
 * is taken. Pushed with a `struct merge_pair`.
 */
#ifndef MERGE_VIEW_H
#define MERGE_VIEW_H

#include "view.h"

struct merge_pair {
	int64_t winner_id; /* which stays */
	int64_t loser_id;
};

extern const struct view_ops merge_view;

#endif
