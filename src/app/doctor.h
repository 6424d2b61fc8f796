/*
 * Is everything sound? Reads the whole store and the machine around it, changes
 * nothing, and tells each finding with what to do about it.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "session.h"

enum doctor_level {
	DOCTOR_FINE,	/* looked at, nothing to say */
	DOCTOR_REMARK,	/* works, but somebody should know */
	DOCTOR_PROBLEM, /* data or rights are not as they should be */
};

enum doctor_check {
#define DOCTOR_(id, level, name, sentence) DOCTOR_##id,
#include "doctor.def"
#undef DOCTOR_
	DOCTOR_CHECKS
};

struct doctor_finding {
	enum doctor_check check;
	enum doctor_level level;
	int64_t n;	    /* how many, or which line; goes into the sentence's %lld */
	const char *detail; /* English, from the depth; "" if there is none. Borrowed. */
};

struct doctor {
	void (*tell)(void *data, const struct doctor_finding *finding);
	void *data;
	bool quick; /* leave out what reads every row */
	const struct progress *progress;
};

/* The check's stable name for scripts: "permissions". */
const char *doctor_name(enum doctor_check check);
/* What to say of a finding, untranslated, with at most one %lld. */
const char *doctor_sentence(enum doctor_check check);

/*
 * Every check is told once: fine, or what is wrong. Any role may ask.
 * False only when looking itself failed or was stopped.
 */
bool doctor_run(struct session *s, const struct doctor *d, struct err *err) MUST_USE;

#endif
