#include "change.h"

bool change_begin(struct change *ch, struct session *s, enum right right, struct err *err)
{
	*ch = (struct change){ .s = s, .tally = TALLY_INIT };
	return session_ready(s, right, err) && db_write(s->db, err);
}

bool change_journal(struct change *ch, enum journal_kind kind, const char *title, struct err *err)
{
	ch->journal = (struct journal){ .company_id = ch->s->company.id,
		.kind = kind,
		.title = title,
		.at = session_now(ch->s),
		.actor = ch->s->actor.login };
	return store_journal_begin(ch->s->db, &ch->journal, err);
}

bool change_note(struct change *ch, const char *entity, int64_t row_id, int64_t revision,
	const char *before, struct err *err)
{
	return store_journal_changed(
		ch->s->db, &ch->journal, entity, row_id, revision, before, err);
}

bool change_end(struct change *ch, bool ok, const char *action, const char *subject,
	int64_t subject_id, const char *detail, struct err *err)
{
	struct session *s = ch->s;

	ok = ok && store_counter_apply(s->db, s->company.id, &ch->tally, err) &&
	     session_audit(s, action, subject, subject_id, detail, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}
