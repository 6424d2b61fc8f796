#include "prefs.h"

#include "arena.h"
#include "db.h"
#include "store_company.h"

static int64_t company_of(const struct session *s, enum pref_scope scope)
{
	return scope == PREF_HERE ? s->company.id : 0;
}

bool pref_get(struct session *s, enum pref_scope scope, const char *key, struct strbuf *out,
	struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *value = "";
	bool ok = store_setting_get(
		s->db, company_of(s, scope), s->actor.user_id, key, &a, &value, err);

	if (ok)
		strbuf_adds(out, value);
	arena_release(&a);
	return ok;
}

static bool write_now(struct session *s, enum pref_scope scope, const char *key,
	const char *value, struct err *err)
{
	bool ok = db_write(s->db, err) &&
		  store_setting_put(
			  s->db, company_of(s, scope), s->actor.user_id, key, value, err) &&
		  db_commit(s->db, err);

	db_rollback(s->db);
	return ok;
}

/* A choice made by a key: nobody waits for the disk. An outage may lose it. */
bool pref_put(struct session *s, enum pref_scope scope, const char *key, const char *value,
	struct err *err)
{
	struct strbuf now = STRBUF_INIT;
	bool ok = pref_get(s, scope, key, &now, err);

	if (ok && strcmp(now.buf, value))
		ok = db_durable(s->db, false, err) && write_now(s, scope, key, value, err);
	strbuf_release(&now);
	return db_durable(s->db, true, ok ? err : &(struct err)ERR_INIT) && ok;
}
