/*
 * A campaign's texts, read once and written out for each person: which one a person
 * gets, what its variables are for them, how many parts it has as an SMS. Used to
 * count beforehand, to freeze, and to send. One thread.
 */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "audience.h"
#include "session.h"
#include "template.h"

/* One text of the campaign. */
struct composed {
	struct campaign_content content;
	struct template subject, text, html; /* html.count 0: none */
	enum lang lang;
	uint32_t vars; /* 1 << enum template_var, of all three */
};

struct composer {
	struct composed *list; /* in the arena */
	int n;
	struct company company;
	int32_t today;
	bool plain_names;	 /* values of SMS are written in their alphabet */
	char stop[160];		 /* how to stop SMS; "" */
	struct arena arena, one; /* of the campaign; of one person, cleared by the caller */
};

/*
 * Reads the texts of a campaign of the session's company. ERR_TEMPLATE names the first
 * thing wrong and its place. Released also after a failure.
 */
bool composer_open(struct composer *c, struct session *s, const struct campaign *campaign,
	struct err *err) MUST_USE;
/* The same with texts that are in no campaign; `c` is zeroed, the texts *borrowed*. */
bool composer_open_texts(struct composer *c, struct session *s, enum campaign_type type,
	const struct campaign_content *contents, int n, struct err *err) MUST_USE;
void composer_release(struct composer *c);

/* The text for a channel and a language ("" the company's): that language's, else the
 * company's, else any of the channel; NULL when there is none. */
const struct composed *composer_pick(
	const struct composer *c, enum channel channel, const char *language);
const struct composed *composer_find(const struct composer *c, int64_t content_id);

/* The variables that the text asks for, for this person, as JSON; "" when it asks for
 * none. */
void composer_vars(struct composer *c, const struct composed *text, const struct person *p,
	struct strbuf *json);
/* The values to write it with, in the arena; `unsubscribe` "" where there is no link. */
bool composer_values(const struct composer *c, const struct composed *text, const char *json,
	const char *unsubscribe, struct arena *a, const char *values[TEMPLATE_VAR_COUNT],
	struct err *err) MUST_USE;
/* The same straight from the person, where nothing is stored between: to count and to
 * show. *Borrowed* from the person and the arena. */
void composer_values_for(const struct composer *c, const struct composed *text,
	const struct person *p, const char *unsubscribe, struct arena *a,
	const char *values[TEMPLATE_VAR_COUNT]);
/* Parts of the SMS that comes of it; 1 for other channels. */
int composer_parts(struct composer *c, const struct composed *text, const char *json);

#endif
