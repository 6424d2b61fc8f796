#include "tasks.h"

#include <stdlib.h>

#include "consent.h"
#include "date.h"
#include "db.h"
#include "json.h"
#include "json_out.h"
#include "scores.h"
#include "store_company.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_counter.h"
#include "store_customer.h"
#include "store_journal.h"
#include "store_task.h"
#include "tz.h"

#define AMOUNT_MOST INT64_C(1000000000000000)
#define BEFORE_MAX 65536

/* --- a change, from the right to the commit --- */

struct act {
	struct session *s;
	struct arena arena;
	struct tally tally;
	struct journal journal;
	struct customer customer; /* whom it is about */
	int32_t today;
	int64_t now;
};

static bool act_begin(struct act *act, struct session *s, const char *title, struct err *err)
{
	*act = (struct act){ .s = s };
	if (!session_ready(s, RIGHT_CUSTOMERS_CHANGE, err))
		return false;
	act->now = session_now(s);
	act->today = session_today(s);
	act->journal = (struct journal){
		.company_id = s->company.id,
		.kind = JOURNAL_EDIT,
		.title = title,
		.at = act->now,
		.actor = s->actor.login,
	};
	return db_write(s->db, err) && store_journal_begin(s->db, &act->journal, err);
}

/* Commits if all went well so far. */
static bool act_end(struct act *act, bool ok, struct err *err)
{
	struct session *s = act->s;

	ok = ok && store_counter_apply(s->db, s->company.id, &act->tally, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&act->arena);
	return ok;
}

static bool find_customer(struct act *act, int64_t customer_id, struct err *err)
{
	struct session *s = act->s;

	if (!store_customer_get(
		    s->db, s->company.id, customer_id, &act->arena, &act->customer, err))
		return false;
	if (act->customer.merged_into)
		return err_set(err, ERR_GONE, act->customer.name, "%lld was merged",
			(long long)customer_id);
	return true;
}

static bool refuses_calls(const struct act *act)
{
	return consents_get(act->customer.consents, CONSENT_CALLS) == CONSENT_REFUSED;
}

static bool may_be_called(const struct act *act, struct err *err)
{
	if (!refuses_calls(act))
		return true;
	return err_set(err, ERR_NO_CALLS, act->customer.name, "%lld", (long long)act->customer.id);
}

static bool audit(struct act *act, const char *action, const struct task *t, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_id(&o, "task", t->id);
	json_out_str(&o, "kind", task_kind_word(t->kind));
	if (t->outcome >= 0)
		json_out_str(&o, "outcome", call_outcome_word((enum call_outcome)t->outcome));
	if (t->promise_amount)
		json_out_int(&o, "promise_amount", t->promise_amount);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(act->s, action, "customer", t->customer_id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

/* --- a task as the journal keeps it --- */

static void put_day(struct json_out *o, const char *key, int32_t day)
{
	if (day != DAY_NONE)
		json_out_int(o, key, day);
}

static bool write_before(const struct task *t, struct strbuf *out, struct err *err)
{
	struct json_out o;

	json_out_init_buf(&o, out, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "kind", task_kind_word(t->kind));
	json_out_int(&o, "due_day", t->due_day);
	json_out_int(&o, "due_minute", t->due_minute);
	json_out_str(&o, "owner", t->owner);
	json_out_str(&o, "note", t->note);
	if (t->outcome >= 0)
		json_out_str(&o, "outcome", call_outcome_word((enum call_outcome)t->outcome));
	if (t->promise_amount)
		json_out_int(&o, "promise_amount", t->promise_amount);
	put_day(&o, "promise_day", t->promise_day);
	put_day(&o, "promise_from", t->promise_from);
	if (t->done_at)
		json_out_int(&o, "done_at", t->done_at);
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static bool read_number(
	const struct json *top, const char *key, int64_t none, int64_t *out, struct err *err)
{
	struct json item;

	*out = none;
	return !json_find(top, key, &item) || json_as_int(&item, INT32_MIN, AMOUNT_MOST, out, err);
}

static bool read_word(
	const struct json *top, const char *key, struct arena *a, const char **out, struct err *err)
{
	struct json item;
	const char *text = "";

	if (json_find(top, key, &item) && !json_as_str(&item, &text, err))
		return false;
	*out = arena_strdup(a, text);
	return true;
}

static bool read_words(const struct json *top, struct arena *a, struct task *t, struct err *err)
{
	const char *kind, *outcome;
	enum call_outcome ended;

	if (!read_word(top, "kind", a, &kind, err) ||
		!read_word(top, "outcome", a, &outcome, err) ||
		!read_word(top, "owner", a, &t->owner, err) ||
		!read_word(top, "note", a, &t->note, err))
		return false;
	if (!task_kind_parse(kind, &t->kind))
		return err_set(err, ERR_INVALID, kind, "kind of a task");
	t->outcome = call_outcome_parse(outcome, &ended) ? (int)ended : -1;
	return true;
}

static bool read_before(const char *json, struct arena *a, struct task *t, struct err *err)
{
	struct json_doc *doc = json_parse(json, strlen(json), BEFORE_MAX, err);
	int64_t due, minute, day, from;
	struct json top;
	bool ok;

	if (!doc)
		return false;
	top = json_root(doc);
	ok = read_words(&top, a, t, err) && read_number(&top, "due_day", 0, &due, err) &&
	     read_number(&top, "due_minute", TASK_ALL_DAY, &minute, err) &&
	     read_number(&top, "promise_amount", 0, &t->promise_amount, err) &&
	     read_number(&top, "promise_day", DAY_NONE, &day, err) &&
	     read_number(&top, "promise_from", DAY_NONE, &from, err) &&
	     read_number(&top, "done_at", 0, &t->done_at, err);
	if (ok) {
		t->due_day = (int32_t)due;
		t->due_minute = (int)minute;
		t->promise_day = (int32_t)day;
		t->promise_from = (int32_t)from;
	}
	json_free(doc);
	return ok;
}

static bool insert(struct act *act, struct task *t, struct err *err)
{
	struct db *db = act->s->db;

	return store_task_insert(db, t, err) &&
	       store_journal_made(db, &act->journal, "task", t->id, t->id, err);
}

/* Writes `after`, and what it was to the journal. */
static bool change(struct act *act, const struct task *before, struct task *after, struct err *err)
{
	struct strbuf was = STRBUF_INIT;
	bool ok = write_before(before, &was, err) && store_task_update(act->s->db, after, err) &&
		  store_journal_changed(act->s->db, &act->journal, "task", after->id,
			  after->revision, was.buf, err);

	strbuf_release(&was);
	return ok;
}

/* --- adding and editing --- */

static bool check_time(int32_t day, int minute, struct err *err)
{
	if (day < date_from_civil(1970, 1, 1) || day > date_from_civil(9999, 12, 31))
		return err_set(err, ERR_INVALID, "due day", "%d", (int)day);
	if (minute < 0 || minute > TASK_ALL_DAY)
		return err_set(err, ERR_INVALID, "due hour", "%d", minute);
	return true;
}

static bool check_note(const char *note, struct err *err)
{
	if (strlen(note) <= TASK_NOTE_MAX)
		return true;
	return err_set(err, ERR_INVALID, "note", "%zu bytes", strlen(note));
}

/* "" becomes the actor; anybody else must have an account. */
static bool check_owner(struct act *act, const char **owner, struct err *err)
{
	struct actor user = { 0 };

	if (!**owner)
		*owner = act->s->actor.login;
	if (!store_user_find(act->s->db, *owner, &user, err))
		return false;
	return user.user_id || err_set(err, ERR_INVALID, *owner, "no such user");
}

static bool check_fields(struct act *act, struct task *t, struct err *err)
{
	return check_time(t->due_day, t->due_minute, err) && check_note(t->note, err) &&
	       check_owner(act, &t->owner, err) &&
	       (t->kind != TASK_CALL || may_be_called(act, err));
}

static void start_task(const struct act *act, struct task *t)
{
	t->id = 0;
	t->company_id = act->s->company.id;
	t->outcome = -1;
	t->promise_amount = 0;
	t->promise_day = DAY_NONE;
	t->promise_from = DAY_NONE;
	t->follows = 0;
	t->created_at = act->now;
	t->done_at = 0;
}

bool tasks_add(struct session *s, struct task *task, struct err *err)
{
	struct act act;
	bool ok = act_begin(&act, s, N_("Task added"), err) &&
		  find_customer(&act, task->customer_id, err) && check_fields(&act, task, err);

	if (ok) {
		start_task(&act, task);
		ok = insert(&act, task, err) && audit(&act, "task.add", task, err);
	}
	return act_end(&act, ok, err);
}

/* An open task of the revision that the caller knows, and its customer. */
static bool find_open(
	struct act *act, int64_t id, int64_t revision, struct task *out, struct err *err)
{
	struct session *s = act->s;

	if (!store_task_get(s->db, s->company.id, id, &act->arena, out, err))
		return false;
	if (out->revision != revision)
		return err_set(err, ERR_CONFLICT, "task", "%lld", (long long)id);
	if (out->done_at)
		return err_set(err, ERR_TASK_DONE, "", "%lld", (long long)id);
	return find_customer(act, out->customer_id, err);
}

static bool edit(struct act *act, struct task *task, struct err *err)
{
	struct task before, after;

	if (!find_open(act, task->id, task->revision, &before, err))
		return false;
	after = before;
	after.kind = task->kind;
	after.due_day = task->due_day;
	after.due_minute = task->due_minute;
	after.owner = task->owner;
	after.note = task->note;
	if (!check_fields(act, &after, err) || !change(act, &before, &after, err) ||
		!audit(act, "task.edit", &after, err))
		return false;
	*task = after;
	return true;
}

bool tasks_edit(struct session *s, struct task *task, struct err *err)
{
	struct task edited = *task;
	struct act act;
	bool ok = act_begin(&act, s, N_("Task changed"), err) && edit(&act, &edited, err);

	ok = act_end(&act, ok, err);
	if (ok)
		task->revision = edited.revision;
	return ok;
}

bool tasks_done(struct session *s, int64_t id, int64_t revision, struct err *err)
{
	struct task before, after;
	struct act act;
	bool ok = act_begin(&act, s, N_("Task done"), err) &&
		  find_open(&act, id, revision, &before, err);

	if (ok) {
		after = before;
		after.done_at = act.now;
		ok = change(&act, &before, &after, err) && audit(&act, "task.done", &after, err);
	}
	return act_end(&act, ok, err);
}

/* --- how a call ended --- */

static bool check_result(const struct act *act, const struct call_result *r, struct err *err)
{
	if (!check_note(r->note, err))
		return false;
	switch (r->outcome) {
	case CALL_NOT_REACHED:
		if (r->again_day < act->today)
			return err_set(err, ERR_INVALID, "day of the next call", "in the past");
		return check_time(r->again_day, r->again_minute, err) && may_be_called(act, err);
	case CALL_PROMISE:
		if (r->promise_amount <= 0 || r->promise_amount > AMOUNT_MOST)
			return err_set(err, ERR_INVALID, "promised amount", "%lld",
				(long long)r->promise_amount);
		if (r->promise_day < act->today)
			return err_set(err, ERR_INVALID, "promised day", "in the past");
		return check_time(r->promise_day, TASK_ALL_DAY, err);
	case CALL_REACHED:
	case CALL_NO_MORE_CALLS:
		return true;
	case CALL_OUTCOME_COUNT:
		break;
	}
	return err_set(err, ERR_INVALID, "outcome", "%d", (int)r->outcome);
}

static void end_call(const struct act *act, const struct call_result *r, struct task *t)
{
	t->outcome = (int)r->outcome;
	t->done_at = act->now;
	if (r->outcome != CALL_PROMISE)
		return;
	t->promise_amount = r->promise_amount;
	t->promise_day = r->promise_day;
	t->promise_from = act->today;
}

/* The task that the outcome leads to; false for none. */
static bool follow_up(const struct act *act, const struct task *call, const struct call_result *r,
	struct task *next)
{
	*next = (struct task){
		.customer_id = call->customer_id,
		.kind = refuses_calls(act) ? TASK_REMINDER : TASK_CALL,
		.due_minute = TASK_ALL_DAY,
		.owner = call->owner,
		.note = *r->note ? r->note : call->note,
	};
	start_task(act, next);
	next->follows = call->id;
	if (r->outcome == CALL_NOT_REACHED) {
		next->due_day = r->again_day;
		next->due_minute = r->again_minute;
		return true;
	}
	if (r->outcome != CALL_PROMISE)
		return false;
	next->due_day = r->promise_day + 1;
	next->promise_amount = r->promise_amount;
	next->promise_day = r->promise_day;
	next->promise_from = act->today;
	return true;
}

/* Open calls of who wants none: ended, or turned into reminders of a promise. */
static bool end_calls(struct act *act, struct err *err)
{
	struct session *s = act->s;
	struct task *open;
	int n;

	do {
		if (!store_task_calls(
			    s->db, s->company.id, act->customer.id, &act->arena, &open, &n, err))
			return false;
		for (int i = 0; i < n; i++) {
			struct task after = open[i];

			if (after.promise_amount)
				after.kind = TASK_REMINDER;
			else
				after.done_at = act->now;
			if (!change(act, &open[i], &after, err))
				return false;
		}
	} while (n);
	return true;
}

static bool refuse_calls(struct act *act, const struct call_result *r, struct err *err)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;

	event.company_id = act->s->company.id;
	event.customer_id = act->customer.id;
	event.at = event.noted_at = act->now;
	event.refused = CONSENT_BIT(CONSENT_CALLS);
	event.source = SOURCE_CALL;
	event.note = r->note;
	event.actor = act->s->actor.login;
	return store_consent_add(act->s->db, &event, &outcome, &act->tally, err) &&
	       end_calls(act, err);
}

static bool add_note(struct act *act, const struct call_result *r, struct err *err)
{
	struct session *s = act->s;
	struct note note = {
		.customer_id = act->customer.id,
		.at = act->now,
		.kind = NOTE_CALL,
		.author = s->actor.login,
		.text = r->note,
	};

	return store_note_add(s->db, s->company.id, &note, err) &&
	       store_journal_made(s->db, &act->journal, "note", note.id, note.id, err);
}

/* What an outcome brings with it, once the call is written. */
static bool consequences(struct act *act, const struct task *call, const struct call_result *r,
	int64_t *next_id, struct err *err)
{
	struct task next;

	if (follow_up(act, call, r, &next)) {
		if (!insert(act, &next, err))
			return false;
		*next_id = next.id;
	}
	if (r->outcome == CALL_NO_MORE_CALLS && !refuse_calls(act, r, err))
		return false;
	return add_note(act, r, err) &&
	       scores_refresh(act->s, act->customer.id, &act->tally, err) &&
	       audit(act, "task.call", call, err);
}

bool tasks_outcome(struct session *s, int64_t id, int64_t revision,
	const struct call_result *result, int64_t *next, struct err *err)
{
	struct task before, after;
	struct act act;
	bool ok = act_begin(&act, s, N_("Call noted"), err) &&
		  find_open(&act, id, revision, &before, err) && check_result(&act, result, err);

	*next = 0;
	if (ok) {
		after = before;
		end_call(&act, result, &after);
		ok = change(&act, &before, &after, err) &&
		     consequences(&act, &after, result, next, err);
	}
	return act_end(&act, ok, err);
}

/* The minute of the company's day. */
static bool local_minute(const struct session *s, int64_t at, int *minute, struct err *err)
{
	struct tz *tz = tz_load(s->company.time_zone, err);

	if (!tz)
		return false;
	*minute = tz_local(tz, at).minute;
	tz_free(tz);
	return true;
}

bool tasks_call(struct session *s, int64_t customer_id, const struct call_result *result,
	int64_t *next, struct err *err)
{
	struct task call = { .customer_id = customer_id, .kind = TASK_CALL, .note = "" };
	struct act act;
	bool ok = act_begin(&act, s, N_("Call noted"), err) &&
		  find_customer(&act, customer_id, err) && check_result(&act, result, err) &&
		  local_minute(s, act.now, &call.due_minute, err);

	*next = 0;
	if (ok) {
		start_task(&act, &call);
		call.due_day = act.today;
		call.owner = s->actor.login;
		end_call(&act, result, &call);
		ok = insert(&act, &call, err) && consequences(&act, &call, result, next, err);
	}
	return act_end(&act, ok, err);
}

/* --- reading --- */

bool tasks_get(struct session *s, int64_t id, struct arena *a, struct task *out, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_task_get(s->db, s->company.id, id, a, out, err);
}

bool tasks_due(struct session *s, int32_t until, const char *owner, struct task_key after, int n,
	struct arena *a, struct task_line **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_task_due(s->db, s->company.id, session_today(s), until, owner, after, n, a,
		       out, count, err);
}

bool tasks_of(struct session *s, int64_t customer_id, struct task_key after, int n, struct arena *a,
	struct task_line **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_task_of(s->db, s->company.id, customer_id, session_today(s), after, n, a, out,
		       count, err);
}

bool tasks_count(struct session *s, const char *owner, struct tasks_count *out, struct err *err)
{
	*out = (struct tasks_count){ 0 };
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_task_count(
		       s->db, s->company.id, session_today(s), owner, &out->today, &out->late, err);
}

/* --- undo --- */

/* Who wants no calls is not called because a change was undone. */
static bool heed_refusal(struct session *s, struct arena *a, struct task *t, struct err *err)
{
	struct customer c;

	if (t->kind != TASK_CALL || t->done_at)
		return true;
	if (!store_customer_get(s->db, s->company.id, t->customer_id, a, &c, err))
		return false;
	if (consents_get(c.consents, CONSENT_CALLS) == CONSENT_REFUSED)
		t->kind = TASK_REMINDER;
	return true;
}

static bool undo_change(struct session *s, const struct journal_line *line, struct task *t,
	struct arena *a, bool *undone, struct err *err)
{
	if (t->revision != line->revision)
		return true;
	*undone = read_before(line->before, a, t, err) && heed_refusal(s, a, t, err) &&
		  store_task_update(s->db, t, err);
	return *undone;
}

static bool undo_made(struct session *s, const struct task *t, bool *undone, struct err *err)
{
	if (t->revision != 1)
		return true;
	*undone = store_task_delete(s->db, s->company.id, t->id, session_now(s), err);
	return *undone;
}

bool tasks_undo_line(
	struct session *s, const struct journal_line *line, bool *undone, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct task t;
	bool ok;

	*undone = false;
	ok = store_task_get(s->db, s->company.id, line->first_id, &a, &t, err);
	if (ok)
		ok = line->made ? undo_made(s, &t, undone, err)
				: undo_change(s, line, &t, &a, undone, err);
	arena_release(&a);
	return ok;
}
