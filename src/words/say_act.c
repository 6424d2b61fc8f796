/* What a line of the audit trail says was done. */
#include "say.h"

#include "i18n.h"
#include "word.h"

void say_act(struct strbuf *out, const char *action)
{
	static const struct word acts[] = {
		{ "customer.make", N_("Entered") },
		{ "customer.edit", N_("Fields changed") },
		{ "customer.bulk", N_("Changed with others") },
		{ "customer.contact", N_("Further address") },
		{ "customer.stop", N_("Stop writing") },
		{ "customer.merge", N_("Records merged") },
		{ "customer.undo", N_("Taken back") },
		{ "consent.add", N_("Consent noted") },
		{ "consent.correct", N_("Consent corrected") },
		{ "note.add", N_("Note written") },
		{ "note.edit", N_("Note changed") },
		{ "note.drop", N_("Note removed") },
		{ "task.add", N_("Task set") },
		{ "task.edit", N_("Task changed") },
		{ "task.done", N_("Task done") },
		{ "task.outcome", N_("Call noted") },
		{ "task.call", N_("Call noted") },
		{ "task.remove", N_("Task removed") },
		{ "scores.update", N_("Score updated") },
	};
	int i = word_find(acts, ARRAY_SIZE(acts), action);

	strbuf_adds(out, i < 0 ? action : _(acts[i].label));
}
