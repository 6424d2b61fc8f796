/* tasks: what is to be done about customers, and how calls ended. */
#include "cli_value.h"
#include "cmds.h"
#include "out.h"

#include "customer_ref.h"
#include "date.h"
#include "i18n.h"
#include "tasks.h"

static const struct out_column columns[] = {
	{ "id", N_("Id"), OUT_LEFT },
	{ "due", N_("Due"), OUT_LEFT },
	{ "at", N_("Time"), OUT_LEFT },
	{ "kind", N_("Kind"), OUT_LEFT },
	{ "customer", NULL, OUT_JSON },
	{ "name", N_("Customer"), OUT_LEFT },
	{ "phone", N_("Telephone"), OUT_LEFT },
	{ "overdue", N_("Overdue"), OUT_RIGHT },
	{ "owner", N_("Owner"), OUT_LEFT },
	{ "note", N_("Note"), OUT_LEFT },
	{ "state", N_("State"), OUT_LEFT },
	{ "promise", NULL, OUT_JSON },
	{ "promise_day", NULL, OUT_JSON },
	{ "done_at", NULL, OUT_JSON },
};

static void out_minute(struct out_table *t, int minute)
{
	struct strbuf s = STRBUF_INIT;

	if (minute == TASK_ALL_DAY) {
		out_none(t);
		return;
	}
	date_add_time(&s, minute);
	out_text(t, s.buf);
	strbuf_release(&s);
}

/* What became of it, or when it should have been done. */
static void out_state(struct cli *cli, struct out_table *t, const struct task_line *line)
{
	const struct task *task = &line->task;
	int32_t today = session_today(cli->s);

	if (task->outcome >= 0)
		out_word(t, call_outcome_word((enum call_outcome)task->outcome),
			call_outcome_label((enum call_outcome)task->outcome));
	else if (task->done_at)
		out_word(t, "DONE", N_("done"));
	else if (line->kept)
		out_word(t, "KEPT", N_("promise kept"));
	else if (task->due_day < today)
		out_word(t, "LATE", N_("late"));
	else
		/* TRANSLATORS: of a task that is not done */
		out_word(t, "OPEN", N_("open"));
}

static void print_task(struct cli *cli, struct out_table *t, const struct task_line *line)
{
	const char *currency = cli->s->company.currency;
	const struct task *task = &line->task;

	out_id(t, task->id);
	out_day(t, task->due_day);
	out_minute(t, task->due_minute);
	out_word(t, task_kind_word(task->kind), task_kind_label(task->kind));
	out_id(t, task->customer_id);
	out_text(t, cli_customer_name(cli, line->name, line->first_name));
	out_text(t, cli_phone(cli, line->phone, line->phone_e164));
	out_money(t, line->overdue, currency);
	out_text(t, task->owner);
	out_text(t, task->note);
	out_state(cli, t, line);
	if (task->promise_amount)
		out_money(t, task->promise_amount, currency);
	else
		out_none(t);
	out_day(t, task->promise_day);
	out_instant(t, task->done_at, cli->tz);
	out_row_end(t);
}

/* Where the page begins: after the task --after names. */
static bool page_key(struct cli *cli, struct task_key none, struct task_key *key, struct err *err)
{
	const char *after = cli_get(cli, "--after", NULL);
	struct task task;
	int64_t id;

	*key = none;
	if (!after)
		return true;
	if (!cli_id(cli, after, _("a task"), &id) ||
		!tasks_get(cli->s, id, &cli->arena, &task, err))
		return false;
	*key = (struct task_key){ task.due_day, task.due_minute, task.id };
	return true;
}

static bool find_page(struct cli *cli, int32_t until, int n, struct task_line **lines, int *count,
	struct err *err)
{
	const char *customer = cli_get(cli, "--customer", NULL);
	const char *owner =
		cli_has(cli, "--mine") ? cli->s->actor.login : cli_get(cli, "--owner", NULL);
	struct task_key key;
	int64_t id;

	if (customer)
		return page_key(cli, (struct task_key)TASK_KEY_LAST, &key, err) &&
		       customer_ref(cli->s, customer, &id, err) &&
		       tasks_of(cli->s, id, key, n, &cli->arena, lines, count, err);
	return page_key(cli, (struct task_key)TASK_KEY_FIRST, &key, err) &&
	       tasks_due(cli->s, until, owner, key, n, &cli->arena, lines, count, err);
}

static int list(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct task_line *lines;
	struct out_table *t;
	int64_t limit;
	int32_t until;
	int n;

	if (!cli_day(cli, "--until", session_today(cli->s), &until) ||
		!cli_number(cli, "--limit", 1, 10000, 50, &limit) ||
		!find_page(cli, until, (int)limit, &lines, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++)
		print_task(cli, t, &lines[i]);
	out_table_end(t);
	return EXIT_DONE;
}

/* What the options say over what `task` holds; false after telling what is wrong. */
static bool take_task(struct cli *cli, struct task *task)
{
	const char *kind = cli_get(cli, "--kind", NULL);

	if (!cli_day(cli, "--due", task->due_day, &task->due_day) ||
		!cli_minute(cli, "--at", task->due_minute, &task->due_minute))
		return false;
	if (kind && !task_kind_parse(kind, &task->kind))
		return cli_no_choice(cli, "--kind");
	task->owner = cli_get(cli, "--owner", task->owner);
	task->note = cli_get(cli, "--note", task->note);
	return true;
}

static int add(struct cli *cli)
{
	struct task task = { .kind = TASK_REMINDER,
		.due_day = session_today(cli->s),
		.due_minute = TASK_ALL_DAY,
		.owner = "",
		.note = "" };
	struct err err = ERR_INIT;

	if (!take_task(cli, &task))
		return EXIT_USAGE;
	if (!customer_ref(cli->s, cli->args[0], &task.customer_id, &err) ||
		!tasks_add(cli->s, &task, &err))
		return cli_fail(cli, &err);
	return cli_tell_id(cli, task.id);
}

static bool get(struct cli *cli, struct task *task, struct err *err)
{
	int64_t id;

	return cli_id(cli, cli->args[0], _("a task"), &id) &&
	       tasks_get(cli->s, id, &cli->arena, task, err);
}

static int edit(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct task task;

	if (!get(cli, &task, &err) || !take_task(cli, &task) || !tasks_edit(cli->s, &task, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

static int done(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct task task;

	if (!get(cli, &task, &err) || !tasks_done(cli->s, task.id, task.revision, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

/* How a call ended, by the second argument and the options. */
static bool take_result(struct cli *cli, struct call_result *r)
{
	*r = (struct call_result){ .note = cli_get(cli, "--note", "") };
	if (!call_outcome_parse(cli->args[1], &r->outcome)) {
		cli_usage(cli, _("“%s” is none of the outcomes %s"), cli->args[1],
			"reached, not-reached, promise, no-more-calls");
		return false;
	}
	if (r->outcome == CALL_NOT_REACHED && !cli_has(cli, "--again")) {
		cli_usage(cli, _("%s wants %s"), cli->args[1], "--again");
		return false;
	}
	if (r->outcome == CALL_PROMISE && !(cli_has(cli, "--amount") && cli_has(cli, "--by"))) {
		cli_usage(cli, _("%s wants %s"), cli->args[1], "--amount, --by");
		return false;
	}
	return cli_day(cli, "--again", DAY_NONE, &r->again_day) &&
	       cli_minute(cli, "--at", TASK_ALL_DAY, &r->again_minute) &&
	       cli_amount(cli, "--amount", 0, &r->promise_amount) &&
	       cli_day(cli, "--by", DAY_NONE, &r->promise_day);
}

static int outcome(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct call_result result;
	struct task task;
	int64_t next;

	if (!take_result(cli, &result) || !get(cli, &task, &err) ||
		!tasks_outcome(cli->s, task.id, task.revision, &result, &next, &err))
		return cli_fail(cli, &err);
	return cli_tell_id(cli, next);
}

static int call(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct call_result result;
	int64_t customer, next;

	if (!take_result(cli, &result) || !customer_ref(cli->s, cli->args[0], &customer, &err) ||
		!tasks_call(cli->s, customer, &result, &next, &err))
		return cli_fail(cli, &err);
	return cli_tell_id(cli, next);
}

static const struct cli_option list_options[] = {
	{ "--until", N_("DAY"), N_("what is due up to that day; today by default"), false },
	{ "--mine", NULL, N_("one's own only"), false },
	{ "--owner", N_("LOGIN"), N_("somebody's only"), false },
	{ "--customer", N_("CUSTOMER"),
		N_("all tasks of one customer, done or not, the latest first"), false },
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("the page after the one that ended with this task"), false },
	{ NULL, NULL, NULL, false },
};

#define TASK_OPTIONS                                                                               \
	{ "--kind", "call|reminder|other", N_("what kind of task"), false },                       \
		{ "--due", N_("DAY"), N_("2026-12-31, 31/12/2026, today, tomorrow or +3"),         \
			false },                                                                   \
		{ "--at", N_("TIME"), N_("the hour, such as 14:30"), false },                      \
		{ "--owner", N_("LOGIN"), N_("who is to do it"), false },                          \
		{ "--note", N_("TEXT"), N_("what it is about"), false },                           \
	{                                                                                          \
		NULL, NULL, NULL, false                                                            \
	}

static const struct cli_option task_options[] = { TASK_OPTIONS };

static const struct cli_option call_options[] = {
	{ "--again", N_("DAY"), N_("not reached: when to try again"), false },
	{ "--at", N_("TIME"), N_("and at what hour"), false },
	{ "--amount", N_("AMOUNT"), N_("promise: how much will be paid"), false },
	{ "--by", N_("DAY"), N_("and by which day"), false },
	{ "--note", N_("TEXT"), N_("what was said"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_tasks_list = {
	.name = "tasks list",
	.args = "",
	.help = N_("what is to be done, what is late first"),
	.options = list_options,
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_tasks_add = {
	.name = "tasks add",
	.args = N_("CUSTOMER"),
	.help = N_("a new task for a customer; its id is printed"),
	.more = N_(
		"A customer is named by id or by accounting key. A task is a reminder, due today, "
		"and one's own, unless the options say otherwise."),
	.options = task_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = add,
};

const struct cmd cmd_tasks_edit = {
	.name = "tasks edit",
	.args = N_("ID"),
	.help = N_("changes an open task"),
	.options = task_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = edit,
};

const struct cmd cmd_tasks_done = {
	.name = "tasks done",
	.args = N_("ID"),
	.help = N_("a task is done"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = done,
};

const struct cmd cmd_tasks_outcome = {
	.name = "tasks outcome",
	.args = N_("ID OUTCOME"),
	.help = N_("how a planned call ended: reached, not-reached, promise or no-more-calls"),
	.more = N_("The id of the task that follows is printed, if one does: the next try, or the "
		   "day after a promise, which only shows when the promise was not kept."),
	.options = call_options,
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = outcome,
};

const struct cmd cmd_tasks_call = {
	.name = "tasks call",
	.args = N_("CUSTOMER OUTCOME"),
	.help = N_("how a call that was not planned ended; outcomes as of “tasks outcome”"),
	.options = call_options,
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = call,
};
