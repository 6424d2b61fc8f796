#include "message_retry.h"

#include "campaign_cells.h"
#include "i18n.h"
#include "mem.h"
#include "say.h"
#include "sending.h"

#define NAMES_LOOKED_AT 50 /* messages, for the names of those who get it */
#define SLICE 500

/* --- what would go ------------------------------------------------------- */

static void choose(const struct retry_question *q, struct messages_choice *choice)
{
	*choice = (struct messages_choice){ .query = q->query };
	if (!q->all) {
		choice->ids = q->ids.items;
		choice->n_ids = (int)q->ids.len;
	}
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool is_among(const struct retry_question *q, int64_t id)
{
	return q->ids.len &&
	       bsearch(&id, q->ids.items, q->ids.len, sizeof(*q->ids.items), compare) != NULL;
}

/* All of a list but a few: then these are named one by one. */
static bool name_all(struct retry_question *q, struct session *s, struct err *err)
{
	struct messages_place after = { .begun = false };
	struct retry_question chosen = { .all = false };
	struct arena a = ARENA_INIT;
	struct message_line *lines;
	int n = SLICE;
	bool ok = true;

	while (ok && n == SLICE) {
		arena_clear(&a);
		ok = messages_page(s, &q->query, &after, SLICE, &a, &lines, &n, err);
		for (int i = 0; ok && i < n; i++)
			if (!is_among(q, lines[i].message.id))
				vec_push(&chosen.ids, lines[i].message.id);
		if (ok && n)
			after = messages_place_of(&lines[n - 1].message);
	}
	vec_release(&q->ids);
	q->ids = chosen.ids;
	q->all = false;
	arena_release(&a);
	return ok;
}

static void add_name(struct retry_question *q, struct session *s, const struct message_line *line)
{
	struct messages_choice one = { .ids = &line->message.id, .n_ids = 1, .query = q->query };
	struct strbuf name = STRBUF_INIT_MAX(sizeof(q->names[0]) - 1);
	struct messages_outcome outcome;
	struct err err = ERR_INIT;

	if (messages_retry(s, &one, true, NULL, &outcome, &err) && outcome.done) {
		customer_name(line->name, line->first_name, &name);
		snprintf(q->names[q->n_names++], sizeof(q->names[0]), "%s", name.buf);
	}
	strbuf_release(&name);
}

/* Who they are, as far as a few say it. */
static void find_names(struct retry_question *q, struct session *s)
{
	const struct messages_place start = { .begun = false };
	struct arena a = ARENA_INIT;
	struct message_card card;
	struct message_line *lines;
	struct err err = ERR_INIT;
	int n = q->all ? 0 : (int)q->ids.len;

	if (q->all && !messages_page(s, &q->query, &start, NAMES_LOOKED_AT, &a, &lines, &n, &err))
		n = 0;
	for (int i = 0; i < n && i < NAMES_LOOKED_AT && q->n_names < RETRY_NAMES; i++) {
		if (q->all)
			add_name(q, s, &lines[i]);
		else if (messages_get(s, q->ids.items[i], &a, &card, &err))
			add_name(q, s, &card.line);
	}
	arena_release(&a);
}

static bool run_question(struct reading *r, struct session *s, struct err *err)
{
	struct retry_question *q = (struct retry_question *)r;
	struct messages_choice choice;

	q->n_names = 0;
	if (q->all && q->ids.len && !name_all(q, s, err))
		return false;
	q->outcome = (struct messages_outcome){ .looked_at = 0 };
	choose(q, &choice);
	if (!q->all && !choice.n_ids)
		return true;
	if (!messages_retry(s, &choice, true, NULL, &q->outcome, err))
		return false;
	if (q->outcome.done)
		find_names(q, s);
	return true;
}

static void free_question(struct reading *r)
{
	retry_question_free((struct retry_question *)r);
}

struct retry_question *retry_question_new(const struct message_choice *choice, const void *owner)
{
	struct retry_question *q = mem_zalloc(1, sizeof(*q));

	q->reading = (struct reading){ .run = run_question, .free = free_question, .owner = owner };
	q->query = choice->query;
	q->all = choice->all;
	for (size_t i = 0; i < choice->n; i++)
		vec_push(&q->ids, choice->ids[i]);
	return q;
}

void retry_question_free(struct retry_question *q)
{
	if (!q)
		return;
	vec_release(&q->ids);
	free(q);
}

/* --- in words ------------------------------------------------------------ */

static void say_who(struct strbuf *out, const struct desk *d, const struct retry_question *q)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	cell_count(&n, d, q->outcome.done);
	say_with(out,
		ngettext("%s message goes again", "%s messages go again",
			(unsigned long)q->outcome.done),
		n.buf);
	for (int i = 0; i < q->n_names; i++)
		strbuf_addf(out, "%s%s", i ? ", " : _(": "), q->names[i]);
	if (q->outcome.done > q->n_names)
		strbuf_adds(out, "…");
	strbuf_release(&n);
}

static void say_cost(struct strbuf *out, const struct desk *d, const struct retry_question *q)
{
	struct strbuf cost = STRBUF_INIT_MAX(128), n = STRBUF_INIT_MAX(64);

	if (q->outcome.cost) {
		strbuf_adds(out, "\n");
		campaign_add_cost(&cost, d, q->outcome.cost);
		/* TRANSLATORS: an amount takes the place of %s. */
		say_with(out, _("It costs %s."), cost.buf);
	}
	if (q->outcome.unpriced) {
		cell_count(&n, d, q->outcome.unpriced);
		strbuf_adds(out, q->outcome.cost ? " " : "\n");
		say_with(out,
			ngettext("For %s of them no price is known.",
				"For %s of them no price is known.",
				(unsigned long)q->outcome.unpriced),
			n.buf);
	}
	strbuf_release(&cost);
	strbuf_release(&n);
}

static void say_no(struct strbuf *out, const struct desk *d, int64_t n, const char *why)
{
	if (!n)
		return;
	strbuf_adds(out, "\n· ");
	cell_count(out, d, n);
	strbuf_addf(out, " %s", why);
}

/* Who does not get it, and why. */
static void say_rest(struct strbuf *out, const struct desk *d, const struct messages_outcome *o)
{
	if (o->looked_at > o->done)
		strbuf_addf(out, "\n%s", _("Not sent again:"));
	for (int i = 0; i < MESSAGE_NO_COUNT; i++)
		if (i != NO_PERSON)
			say_no(out, d, o->no[i], _(message_no_label((enum message_no)i)));
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++)
		say_no(out, d, o->why[i], _(message_reason_label((enum message_reason)i)));
}

void retry_say(struct strbuf *out, const struct desk *d, const struct retry_question *q)
{
	if (q->outcome.done) {
		say_who(out, d, q);
		say_cost(out, d, q);
		strbuf_addf(out, "\n%s", _("Nobody who got it gets it twice."));
	} else {
		strbuf_adds(out, _("None of them can go again."));
	}
	say_rest(out, d, &q->outcome);
}

/* --- the job ------------------------------------------------------------- */

struct retry_job {
	struct job job;
	struct retry_question *q; /* owned */
	struct messages_outcome outcome;
};

static bool run_job(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct retry_job *r = (struct retry_job *)job;
	struct messages_choice choice;

	choose(r->q, &choice);
	return messages_retry(s, &choice, false, p, &r->outcome, err);
}

static unsigned job_ended(struct desk *d, struct job *job)
{
	const struct retry_job *r = (const struct retry_job *)job;
	struct strbuf n = STRBUF_INIT_MAX(64);
	unsigned stale;

	sending_poke(d);
	if (!job->ok)
		return ui_error(d->ui, &job->err) | STALE_RELOAD;
	cell_count(&n, d, r->outcome.done);
	stale = ui_say(d->ui,
		ngettext("%s message waits to be sent again.", "%s messages wait to be sent again.",
			(unsigned long)r->outcome.done),
		n.buf);
	strbuf_release(&n);
	return stale | STALE_RELOAD;
}

static void free_job(struct job *job)
{
	retry_question_free(((struct retry_job *)job)->q);
	free(job);
}

static const struct job_ops retry_ops = {
	.title = N_("Sending again"),
	.run = run_job,
	.ended = job_ended,
	.free = free_job,
};

unsigned retry_start(struct desk *d, struct retry_question *q)
{
	struct retry_job *r = mem_zalloc(1, sizeof(*r));
	struct err err = ERR_INIT;

	r->job.ops = &retry_ops;
	r->q = q;
	if (!job_start(d, &r->job, &err))
		return ui_error(d->ui, &err);
	return STALE_PAINT;
}
