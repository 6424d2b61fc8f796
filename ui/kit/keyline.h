/*
 * The line of keys at the bottom. What does not fit is dropped from the right,
 * but never the last two: help and quit.
 */
#ifndef KEYLINE_H
#define KEYLINE_H

#include "draw.h"

#define KEYLINE_MAX 24
#define KEYLINE_KEPT 2 /* at the end, whatever the width */

struct keyline_item {
	char key[24];
	char label[48];
	int action;
	struct rect place; /* of the last drawing; no width when dropped */
};

struct keyline {
	struct keyline_item items[KEYLINE_MAX];
	int count;
};

void keyline_clear(struct keyline *k);
void keyline_add(struct keyline *k, const char *key, const char *label, int action);
void keyline_draw(struct keyline *k, struct canvas *c, struct rect r);
/* The action at that cell, -1 for none. */
int keyline_at(const struct keyline *k, int y, int x) MUST_USE;

#endif
