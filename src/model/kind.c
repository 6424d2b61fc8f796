#include "kind.h"

static const struct word customer_kinds[KIND_COUNT] = {
	[KIND_PERSON] = { "PERSON", N_("Person") },
	/* TRANSLATORS: a customer that is a company or association */
	[KIND_FIRM] = { "FIRM", N_("Firm") },
};

static const struct word natures[NATURE_COUNT] = {
	/* TRANSLATORS: a customer written to as a private person */
	[NATURE_PRIVATE] = { "PRIVATE", N_("Private person") },
	/* TRANSLATORS: a customer written to about their job */
	[NATURE_PROFESSIONAL] = { "PROFESSIONAL", N_("Professional") },
};

static const struct word task_kinds[TASK_KIND_COUNT] = {
	/* TRANSLATORS: noun: a telephone call, as a task or where a consent came from */
	[TASK_CALL] = { "CALL", N_("Call") },
	/* TRANSLATORS: noun: something to be reminded of */
	[TASK_REMINDER] = { "REMINDER", N_("Reminder") },
	/* TRANSLATORS: a task of another kind */
	[TASK_OTHER] = { "OTHER", N_("Other") },
};

static const struct word call_outcomes[CALL_OUTCOME_COUNT] = {
	/* TRANSLATORS: outcome of a call */
	[CALL_REACHED] = { "REACHED", N_("Reached") },
	/* TRANSLATORS: outcome of a call */
	[CALL_NOT_REACHED] = { "NOT_REACHED", N_("Not reached") },
	/* TRANSLATORS: outcome of a call */
	[CALL_PROMISE] = { "PROMISE", N_("Promise to pay") },
	/* TRANSLATORS: outcome of a call */
	[CALL_NO_MORE_CALLS] = { "NO_MORE_CALLS", N_("Wants no more calls") },
};

WORD_FUNCTIONS(customer_kind, customer_kinds)
WORD_FUNCTIONS(nature, natures)
WORD_FUNCTIONS(task_kind, task_kinds)
WORD_FUNCTIONS(call_outcome, call_outcomes)
