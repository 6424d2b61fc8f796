/*
 * Texts to begin campaigns from: those that come with the program, which a company gets
 * as its own on first use, and its people's. A version is never edited: saving makes the
 * next one, and campaigns keep the one they were made from. One thread, the session's.
 *
 * Rights: RIGHT_CAMPAIGNS_READ, and RIGHT_CAMPAIGNS_CHANGE for whatever changes something;
 * changes are audited. What comes back lies in the arena that was given.
 */
#ifndef TEMPLATES_H
#define TEMPLATES_H

#include "arena.h"
#include "saved_template.h"
#include "session.h"
#include "sms.h"
#include "template.h"

#define TEMPLATE_NAME_MAX 200 /* bytes */
#define TEMPLATE_SUBJECT_MAX 998

/* By channel (-1 all) and name; archived ones too if `archived`. Not inside a
 * transaction: the first list of a company makes its own of the program's. */
bool templates_list(struct session *s, int channel, bool archived, struct arena *a,
	struct saved_template **out, int *count, struct err *err) MUST_USE;

struct template_card {
	struct saved_template head;
	struct saved_version *versions; /* by language, the latest first */
	int n_versions;
};

/* ERR_GONE. */
bool templates_get(struct session *s, int64_t id, struct arena *a, struct template_card *out,
	struct err *err) MUST_USE;
/* By id, system key ("WELCOME") or name. ERR_GONE. */
bool templates_find(struct session *s, enum channel channel, const char *key, struct arena *a,
	struct template_card *out, struct err *err) MUST_USE;
/* The latest version in a language; NULL when there is none. */
const struct saved_version *template_latest(const struct template_card *card, const char *language);

/* Name, channel, type and `archived_at` (0 or not) of a new one (id 0) or of the stored
 * one of that revision; the channel stays. Id and revision are set. ERR_INVALID,
 * ERR_DUPLICATE, ERR_CONFLICT. */
bool templates_put(struct session *s, struct saved_template *t, struct err *err) MUST_USE;
/* Saves language, subject, text and html as the next version; id, version, author and
 * time are set, t->revision rises. What is as the latest makes none: v is that one then.
 * ERR_TEMPLATE with what and where; ERR_INVALID, ERR_CONFLICT. */
bool templates_save(struct session *s, struct saved_template *t, struct saved_version *v,
	struct err *err) MUST_USE;

/* --- what is wrong with a text --- */

enum template_part { PART_SUBJECT, PART_TEXT, PART_HTML, TEMPLATE_PART_COUNT };
const char *template_part_label(enum template_part v); /* English, to be translated */

struct template_fault {
	enum template_part part;
	struct template_error error;
};

/* false with the first thing wrong in its texts. Pure. */
bool templates_check(const struct saved_version *v, enum campaign_type type,
	struct template_fault *fault) MUST_USE;

/* --- how it reads --- */

struct template_preview {
	const char *subject, *text, *html;
	struct sms_count sms; /* of SMS; zeros else */
};

/* Written for a customer, or for an invented one (0). Links show as "…". ERR_TEMPLATE,
 * ERR_GONE. */
bool templates_preview(struct session *s, const struct saved_template *t,
	const struct saved_version *v, int64_t customer_id, struct arena *a,
	struct template_preview *out, struct err *err) MUST_USE;

/* --- files --- */

/*
 * One file, JSON, of these templates (`n` 0: all in use) with the latest version of each
 * language:
 *
 *	{ "ecompta-crm": "templates", "version": 1, "templates": [
 *	  { "name": "Welcome", "key": "WELCOME", "channel": "EMAIL", "type": "WELCOME",
 *	    "texts": [ { "language": "fr", "subject": "...", "text": "...",
 *	                 "html": "..." } ] } ] }
 *
 * `key` only of those that come with the program; `subject` and `html` only where there
 * are any. An existing file is not overwritten.
 */
bool templates_export(struct session *s, const int64_t *ids, int n, const char *path, int *count,
	struct err *err) MUST_USE;

struct templates_imported {
	int made;    /* templates that were not there */
	int changed; /* texts that became the next version */
	int same;    /* texts that were so already */
};

/*
 * Takes such a file back: a template is found by key or name and channel. Or one text of
 * one template from a file of plain text or HTML, NAME.LANGUAGE.txt or .html: `into` says
 * name, channel and type, and gets the id. A first line "Subject: ..." and an empty one
 * give the subject. All or nothing. ERR_INVALID, ERR_TEMPLATE, ERR_JSON, ERR_TOO_LARGE.
 */
bool templates_import(struct session *s, const char *path, struct templates_imported *out,
	struct err *err) MUST_USE;
bool templates_import_text(struct session *s, const char *path, struct saved_template *into,
	const char *language, struct templates_imported *out, struct err *err) MUST_USE;

#endif
