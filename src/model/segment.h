/*
 * What the score makes of a customer: the segment, and how they pay. The rules
 * are in stats/score.h.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include "word.h"

/* From the best to the worst: a greater value is a worse segment. */
enum segment {
	SEGMENT_VIP,
	SEGMENT_LOYAL,
	SEGMENT_REGULAR,
	SEGMENT_OCCASIONAL,
	SEGMENT_AT_RISK,
	SEGMENT_COUNT
};

const char *segment_word(enum segment v);
const char *segment_label(enum segment v);
bool segment_parse(const char *s, enum segment *v) MUST_USE;

/* By the mean payment delay, from the best to the worst; UNKNOWN without any. */
enum behaviour {
	BEHAVIOUR_EXCELLENT,
	BEHAVIOUR_GOOD,
	BEHAVIOUR_FAIR,
	BEHAVIOUR_LATE,
	BEHAVIOUR_CRITICAL,
	BEHAVIOUR_UNKNOWN,
	BEHAVIOUR_COUNT
};

const char *behaviour_word(enum behaviour v);
const char *behaviour_label(enum behaviour v);
bool behaviour_parse(const char *s, enum behaviour *v) MUST_USE;

#endif
