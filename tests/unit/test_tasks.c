#include "with_session.h"

#include "tasks.h"
#include "undo.h"

static struct task with_task(int64_t customer_id, enum task_kind kind, int32_t day)
{
	struct task t = { .customer_id = customer_id,
		.kind = kind,
		.due_day = day,
		.due_minute = TASK_ALL_DAY,
		.owner = "",
		.note = "devis" };
	struct err err = ERR_INIT;

	with_ok(tasks_add(session, &t, &err), &err);
	return t;
}

/* Open tasks up to a day, of everybody. */
static int due(int32_t until, struct task_line **lines)
{
	struct err err = ERR_INIT;
	int n;

	with_ok(tasks_due(session, until, NULL, (struct task_key)TASK_KEY_FIRST, 50, &arena, lines,
			&n, &err),
		&err);
	return n;
}

static struct tasks_count count(void)
{
	struct tasks_count c;
	struct err err = ERR_INIT;

	with_ok(tasks_count(session, NULL, &c, &err), &err);
	return c;
}

static int64_t end(const struct task *t, const struct call_result *r)
{
	struct err err = ERR_INIT;
	int64_t next;

	with_ok(tasks_outcome(session, t->id, t->revision, r, &next, &err), &err);
	return next;
}

/* Takes back the newest change; what could not be is returned. */
static int64_t undo(void)
{
	struct err err = ERR_INIT;
	struct undo_result result;

	with_ok(undo_last(session, NULL, &arena, &result, &err), &err);
	return result.kept;
}

static void tasks__due__leads_with_the_late_ones(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task_line *lines;
	struct tasks_count c;
	struct task t;

	(void)state;
	with_task(who, TASK_REMINDER, WITH_DAY);
	t = with_task(who, TASK_CALL, WITH_DAY - 2);
	with_task(who, TASK_OTHER, WITH_DAY + 1);
	assert_int_equal(due(WITH_DAY, &lines), 2);
	assert_int_equal(lines[0].task.id, t.id);
	assert_string_equal(lines[0].name, "Faso Agro");
	assert_string_equal(lines[0].phone_e164, "+22670123456");
	assert_string_equal(lines[0].task.owner, session->actor.login);
	assert_int_equal(lines[1].task.due_day, WITH_DAY);
	assert_int_equal(due(WITH_DAY + 1, &lines), 3);
	c = count();
	assert_int_equal(c.today, 1);
	assert_int_equal(c.late, 1);
}

static void tasks__due__pages_and_owners(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct err err = ERR_INIT;
	struct task_key key = TASK_KEY_FIRST;
	struct task_line *lines;
	struct tasks_count c;
	int n, seen = 0;

	(void)state;
	for (int i = 0; i < 7; i++)
		with_task(who, TASK_OTHER, WITH_DAY - i % 3);
	do {
		with_ok(tasks_due(session, WITH_DAY, session->actor.login, key, 2, &arena, &lines,
				&n, &err),
			&err);
		for (int i = 0; i < n; i++) {
			struct task_key at = { lines[i].task.due_day, lines[i].task.due_minute,
				lines[i].task.id };

			assert_true(at.day > key.day || (at.day == key.day && at.id > key.id));
			key = at;
		}
		seen += n;
	} while (n);
	assert_int_equal(seen, 7);
	with_ok(tasks_count(session, "personne", &c, &err), &err);
	assert_int_equal(c.today + c.late, 0);
}

static void tasks__today__is_the_companys(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct tasks_count c;

	(void)state;
	/* 23:30 UTC on the day before is past midnight in Nairobi. */
	with_now = (int64_t)WITH_DAY * DAY_SECONDS - 1800;
	with_task(who, TASK_OTHER, WITH_DAY);
	c = count();
	assert_int_equal(c.today, 0);
	snprintf(session->company.time_zone, sizeof(session->company.time_zone), "Africa/Nairobi");
	c = count();
	assert_int_equal(c.today, 1);
}

static void tasks__add__refuses_what_cannot_be(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = { .customer_id = who,
		.due_day = WITH_DAY,
		.due_minute = TASK_ALL_DAY,
		.owner = "personne",
		.note = "" };
	struct err err = ERR_INIT;
	char note[TASK_NOTE_MAX + 2];

	(void)state;
	assert_false(tasks_add(session, &t, &err));
	assert_int_equal(err.code, ERR_INVALID);
	t.owner = "";
	t.due_minute = TASK_ALL_DAY + 1;
	assert_false(tasks_add(session, &t, &err));
	t.due_minute = -1;
	assert_false(tasks_add(session, &t, &err));
	t.due_minute = 0;
	memset(note, 'x', sizeof(note));
	note[TASK_NOTE_MAX + 1] = '\0';
	t.note = note;
	assert_false(tasks_add(session, &t, &err));
	note[TASK_NOTE_MAX] = '\0';
	with_ok(tasks_add(session, &t, &err), &err);
	t.customer_id = 4711;
	assert_false(tasks_add(session, &t, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_int_equal(with_number("SELECT count(*) FROM task"), 1);
	assert_int_equal(with_number("SELECT count(*) FROM audit WHERE action = 'task.add'"), 1);
}

static void tasks__edit__knows_conflicts(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY), stale = t;
	struct err err = ERR_INIT;

	(void)state;
	t.due_day = WITH_DAY + 5;
	t.note = "rappeler";
	with_ok(tasks_edit(session, &t, &err), &err);
	assert_int_equal(t.revision, 2);
	assert_false(tasks_edit(session, &stale, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	err_clear(&err);
	with_ok(tasks_done(session, t.id, t.revision, &err), &err);
	t.revision++;
	assert_false(tasks_edit(session, &t, &err));
	assert_int_equal(err.code, ERR_TASK_DONE);
}

static void tasks__undo__brings_back_what_was(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY), now;
	struct err err = ERR_INIT;

	(void)state;
	t.due_day = WITH_DAY + 5;
	t.note = "rappeler";
	t.kind = TASK_OTHER;
	with_ok(tasks_edit(session, &t, &err), &err);
	assert_int_equal(undo(), 0);
	with_ok(tasks_get(session, t.id, &arena, &now, &err), &err);
	assert_int_equal(now.due_day, WITH_DAY);
	assert_int_equal(now.kind, TASK_CALL);
	assert_string_equal(now.note, "devis");
	assert_int_equal(now.outcome, -1);
	assert_int_equal(now.promise_day, DAY_NONE);
	with_task(who, TASK_CALL, WITH_DAY);
	assert_int_equal(undo(), 0);
	assert_int_equal(with_number("SELECT count(*) FROM task"), 1);
	assert_int_equal(with_number("SELECT count(*) FROM tombstone WHERE kind = 'task'"), 1);
}

static void tasks__undo__leaves_what_was_changed_since(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY);

	(void)state;
	with_run("UPDATE task SET note = 'autre', revision = revision + 1");
	assert_int_equal(undo(), 1);
	t.revision++;
	assert_int_equal(with_number("SELECT count(*) FROM task"), 1);
}

static void tasks__outcome__not_reached_is_tried_again(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY), next;
	struct call_result r = { .outcome = CALL_NOT_REACHED,
		.note = "occupé",
		.again_day = WITH_DAY - 1,
		.again_minute = 600 };
	struct err err = ERR_INIT;
	struct task_line *lines;
	int64_t id;

	(void)state;
	assert_false(tasks_outcome(session, t.id, t.revision, &r, &id, &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	r.again_day = WITH_DAY + 3;
	id = end(&t, &r);
	with_ok(tasks_get(session, id, &arena, &next, &err), &err);
	assert_int_equal(next.due_day, WITH_DAY + 3);
	assert_int_equal(next.due_minute, 600);
	assert_int_equal(next.kind, TASK_CALL);
	assert_int_equal(next.follows, t.id);
	assert_int_equal(due(WITH_DAY + 2, &lines), 0);
	assert_int_equal(due(WITH_DAY + 3, &lines), 1);
	/* The call counts as an interaction, at once. */
	assert_int_equal(with_number("SELECT last_interaction FROM customer_score"), WITH_DAY);
	assert_int_equal(with_number("SELECT count(*) FROM note WHERE kind = 'CALL'"), 1);
	with_counters_right();
}

static void tasks__outcome__reached_is_all(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY), now;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(
		end(&t, &(struct call_result){ .outcome = CALL_REACHED, .note = "oui" }), 0);
	with_ok(tasks_get(session, t.id, &arena, &now, &err), &err);
	assert_int_equal(now.outcome, CALL_REACHED);
	assert_int_equal(now.done_at, with_now);
	assert_int_equal(with_number("SELECT count(*) FROM task"), 1);
}

static const struct call_result promise = { .outcome = CALL_PROMISE,
	.note = "paie vendredi",
	.promise_amount = 50000,
	.promise_day = WITH_DAY + 4 };

static void tasks__promise__comes_back_when_it_is_not_kept(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY);
	struct task_line *lines;
	int64_t invoice = with_invoice(who, WITH_DAY - 60, WITH_DAY - 30, 80000, 0);
	struct tasks_count c;

	(void)state;
	/* What was paid before the call is no part of the promise. */
	with_payment(who, invoice, WITH_DAY - 1, 30000);
	assert_int_not_equal(end(&t, &promise), 0);
	with_clock(WITH_DAY + 4);
	assert_int_equal(due(WITH_DAY + 4, &lines), 0);
	with_clock(WITH_DAY + 5);
	assert_int_equal(due(WITH_DAY + 5, &lines), 1);
	assert_int_equal(lines[0].task.kind, TASK_CALL);
	assert_int_equal(lines[0].task.promise_amount, 50000);
	assert_int_equal(lines[0].task.promise_day, WITH_DAY + 4);
	assert_int_equal(lines[0].task.follows, t.id);
	c = count();
	assert_int_equal(c.today, 1);
	/* A part is not the amount; the rest, late as it is, ends it. */
	with_payment(who, invoice, WITH_DAY + 3, 49999);
	assert_int_equal(due(WITH_DAY + 5, &lines), 1);
	with_payment(who, invoice, WITH_DAY + 6, 1);
	assert_int_equal(due(WITH_DAY + 5, &lines), 1);
	with_clock(WITH_DAY + 6);
	assert_int_equal(due(WITH_DAY + 6, &lines), 0);
	c = count();
	assert_int_equal(c.today + c.late, 0);
}

static void tasks__promise__kept_stays_away(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY);
	int64_t invoice = with_invoice(who, WITH_DAY - 60, WITH_DAY - 30, 50000, 0);
	struct err err = ERR_INIT;
	struct task_line *lines;
	struct scores_result result;
	int n;

	(void)state;
	end(&t, &promise);
	with_payment(who, invoice, WITH_DAY, 50000);
	with_clock(WITH_DAY + 9);
	assert_int_equal(due(WITH_DAY + 9, &lines), 0);
	with_ok(tasks_of(
			session, who, (struct task_key)TASK_KEY_LAST, 10, &arena, &lines, &n, &err),
		&err);
	assert_int_equal(n, 2);
	assert_true(lines[0].kept);
	assert_false(lines[1].kept);
	assert_int_equal(lines[1].task.outcome, CALL_PROMISE);
	/* A month later the recalculation puts it away. */
	with_clock(WITH_DAY + 35);
	with_ok(scores_update_all(session, NULL, &result, &err), &err);
	assert_int_equal(with_number("SELECT count(*) FROM task WHERE done_at IS NULL"), 1);
	with_clock(WITH_DAY + 36);
	with_ok(scores_update_all(session, NULL, &result, &err), &err);
	assert_int_equal(with_number("SELECT count(*) FROM task WHERE done_at IS NULL"), 0);
}

static void tasks__promise__needs_amount_and_day(void **state)
{
	int64_t who = with_customer("Faso Agro"), next;
	struct task t = with_task(who, TASK_CALL, WITH_DAY);
	struct call_result r = promise;
	struct err err = ERR_INIT;

	(void)state;
	r.promise_amount = 0;
	assert_false(tasks_outcome(session, t.id, t.revision, &r, &next, &err));
	r.promise_amount = 1;
	r.promise_day = WITH_DAY - 1;
	assert_false(tasks_outcome(session, t.id, t.revision, &r, &next, &err));
	assert_int_equal(err.code, ERR_INVALID);
	r.promise_day = WITH_DAY;
	err_clear(&err);
	with_ok(tasks_outcome(session, t.id, t.revision, &r, &next, &err), &err);
	assert_int_equal(with_number("SELECT max(due_day) FROM task"), WITH_DAY + 1);
}

static void tasks__outcome__undone_opens_the_task_again(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = with_task(who, TASK_CALL, WITH_DAY), now;
	struct err err = ERR_INIT;

	(void)state;
	end(&t, &promise);
	assert_int_equal(undo(), 0);
	with_ok(tasks_get(session, t.id, &arena, &now, &err), &err);
	assert_int_equal(now.done_at, 0);
	assert_int_equal(now.outcome, -1);
	assert_int_equal(now.promise_amount, 0);
	assert_int_equal(now.promise_from, DAY_NONE);
	assert_int_equal(with_number("SELECT count(*) FROM task"), 1);
	/* The call never was: no note, no interaction. */
	assert_int_equal(with_number("SELECT count(*) FROM note"), 0);
	assert_int_equal(with_number("SELECT last_interaction FROM customer_score"), DAY_NONE);
	with_counters_right();
}

static enum consent_state calls_of(int64_t who)
{
	struct customer c;
	struct err err = ERR_INIT;

	with_ok(store_customer_get(session->db, session->company.id, who, &arena, &c, &err), &err);
	return consents_get(c.consents, CONSENT_CALLS);
}

static void tasks__no_more_calls__is_a_refusal_that_stays(void **state)
{
	int64_t who = with_customer("Faso Agro"), other = with_customer("Burkina Tissus"), next;
	struct task first = with_task(who, TASK_CALL, WITH_DAY), t, waits;
	struct task later = with_task(who, TASK_CALL, WITH_DAY + 9);
	struct task elsewhere = with_task(other, TASK_CALL, WITH_DAY);
	struct call_result no = { .outcome = CALL_NO_MORE_CALLS, .note = "ne plus appeler" };
	struct err err = ERR_INIT;
	int64_t waiting = end(&first, &promise);

	(void)state;
	with_ok(tasks_call(session, who, &no, &next, &err), &err);
	assert_int_equal(calls_of(who), CONSENT_REFUSED);
	assert_int_equal(calls_of(other), CONSENT_UNKNOWN);
	assert_int_equal(
		with_number("SELECT count(*) FROM consent_event WHERE source = 'CALL'"), 1);
	with_ok(tasks_get(session, later.id, &arena, &t, &err), &err);
	assert_int_equal(t.done_at, with_now);
	with_ok(tasks_get(session, elsewhere.id, &arena, &t, &err), &err);
	assert_int_equal(t.done_at, 0);
	with_ok(tasks_get(session, waiting, &arena, &waits, &err), &err);
	assert_int_equal(waits.done_at, 0);
	assert_int_equal(waits.kind, TASK_REMINDER);
	later.customer_id = who;
	later.owner = "";
	assert_false(tasks_add(session, &later, &err));
	assert_int_equal(err.code, ERR_NO_CALLS);
	later.kind = TASK_REMINDER;
	err_clear(&err);
	with_ok(tasks_add(session, &later, &err), &err);
	assert_int_equal(undo(), 0);
	/* Undo of the call itself leaves the refusal, and calls nobody. */
	assert_int_equal(undo(), 0);
	assert_int_equal(calls_of(who), CONSENT_REFUSED);
	assert_int_equal(
		with_number("SELECT count(*) FROM task WHERE kind = 'CALL' AND done_at IS NULL"),
		1);
}

static void tasks__rights__are_asked_for(void **state)
{
	int64_t who = with_customer("Faso Agro");
	struct task t = { .customer_id = who, .due_day = WITH_DAY, .owner = "", .note = "" };
	struct tasks_count c;
	struct err err = ERR_INIT;

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_GDPR_OFFICER);
	assert_false(tasks_add(session, &t, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	session->actor.roles = 0;
	assert_false(tasks_count(session, NULL, &c, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_session, without_session)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tasks__due__leads_with_the_late_ones),
		TEST(tasks__due__pages_and_owners),
		TEST(tasks__today__is_the_companys),
		TEST(tasks__add__refuses_what_cannot_be),
		TEST(tasks__edit__knows_conflicts),
		TEST(tasks__undo__brings_back_what_was),
		TEST(tasks__undo__leaves_what_was_changed_since),
		TEST(tasks__outcome__not_reached_is_tried_again),
		TEST(tasks__outcome__reached_is_all),
		TEST(tasks__promise__comes_back_when_it_is_not_kept),
		TEST(tasks__promise__kept_stays_away),
		TEST(tasks__promise__needs_amount_and_day),
		TEST(tasks__outcome__undone_opens_the_task_again),
		TEST(tasks__no_more_calls__is_a_refusal_that_stays),
		TEST(tasks__rights__are_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
