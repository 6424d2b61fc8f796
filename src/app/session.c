#include "session.h"

#include <pwd.h>
#include <unistd.h>

#include "arena.h"
#include "date.h"
#include "db.h"
#include "mem.h"
#include "num.h"
#include "path.h"
#include "secrets.h"
#include "store_audit.h"
#include "store_company.h"
#include "tz.h"

#define LAST_COMPANY "last_company"

static void system_login(char *out, size_t size)
{
	const struct passwd *pw = getpwuid(geteuid());

	if (pw)
		snprintf(out, size, "%s", pw->pw_name);
	else
		snprintf(out, size, "uid%ld", (long)geteuid());
}

static const char *system_name(const char *login)
{
	const struct passwd *pw = getpwuid(geteuid());

	return pw && *pw->pw_gecos && *pw->pw_gecos != ',' ? pw->pw_gecos : login;
}

/*
 * Who opens a store can read all of it anyway, so the system's user is the
 * actor; accounts with passwords protect the screens where several people share
 * one system user.
 */
static bool find_actor(struct session *s, struct err *err)
{
	char login[sizeof(s->actor.login)];
	bool ok;

	system_login(login, sizeof(login));
	if (!store_user_find(s->db, login, &s->actor, err))
		return false;
	if (s->actor.user_id)
		return true;
	s->actor.roles = ROLE_BIT(ROLE_ADMIN);
	if (!db_write(s->db, err))
		return false;
	ok = store_user_find(s->db, login, &s->actor, err);
	if (ok && !s->actor.user_id) {
		s->actor.roles = ROLE_BIT(ROLE_ADMIN);
		ok = store_user_insert(s->db, &s->actor, system_name(login), session_now(s), err) &&
		     session_audit(s, "user.make", "user", s->actor.user_id, "", err);
	}
	ok = ok && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* The company called `wish`, by id or name. */
static bool named_company(
	struct session *s, const struct company *list, int n, const char *wish, struct err *err)
{
	int64_t id = 0;

	if (!num_parse_i64(wish, 1, INT64_MAX, &id))
		id = 0;
	for (int i = 0; i < n; i++)
		if (list[i].id == id || !strcmp(list[i].name, wish)) {
			s->company = list[i];
			return true;
		}
	return err_set(err, ERR_NO_COMPANY, wish, "%s", "");
}

static bool choose_company(struct session *s, const char *wish, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct company *list;
	const char *last;
	struct err unused = ERR_INIT;
	bool ok = false;
	int n;

	if (!store_company_list(s->db, &a, &list, &n, err) ||
		!store_setting_get(s->db, 0, s->actor.user_id, LAST_COMPANY, &a, &last, err))
		goto out;
	ok = true;
	if (wish)
		ok = named_company(s, list, n, wish, err);
	else if (n == 1)
		s->company = list[0];
	else if (*last && !named_company(s, list, n, last, &unused))
		s->company.id = 0;
out:
	arena_release(&a);
	return ok;
}

struct session *session_open(const struct session_options *o, struct err *err)
{
	struct session *s = mem_zalloc(1, sizeof(*s));
	struct strbuf path = STRBUF_INIT;
	bool ok = true;

	s->clock = o->clock;
	s->actor.origin = o->origin;
	if (o->store)
		strbuf_adds(&path, o->store);
	else
		ok = path_store(&path, err);
	if (ok)
		s->db = db_open(path.buf, o->must_exist ? DB_OPEN : DB_CREATE, err);
	strbuf_release(&path);
	if (s->db && find_actor(s, err) && choose_company(s, o->company, err))
		return s;
	session_close(s);
	return NULL;
}

struct session *session_clone(const struct session *s, struct err *err)
{
	struct session *copy = mem_zalloc(1, sizeof(*copy));

	*copy = *s;
	copy->secrets = NULL;
	copy->db = db_open(db_path(s->db), DB_OPEN, err);
	if (copy->db) {
		copy->secrets = secrets_copy(s->secrets);
		return copy;
	}
	free(copy);
	return NULL;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	secrets_free(s->secrets);
	db_close(s->db);
	free(s);
}

const char *session_store(const struct session *s)
{
	return db_path(s->db);
}

int64_t session_now(const struct session *s)
{
	return s->clock.now(s->clock.data);
}

int32_t session_today(const struct session *s)
{
	struct err err = ERR_INIT;
	struct tz *tz = tz_load(s->company.id ? s->company.time_zone : "UTC", &err);
	int32_t second;
	struct tz_time local;

	/* A zone this machine does not know is told by doctor; UTC is at most a day off. */
	if (!tz)
		return date_of_instant(session_now(s), &second);
	local = tz_local(tz, session_now(s));
	tz_free(tz);
	return local.day;
}

bool session_may(const struct session *s, enum right right, struct err *err)
{
	if (role_may(s->actor.roles, right))
		return true;
	return err_set(err, ERR_FORBIDDEN, right_label(right), "%s", s->actor.login);
}

bool session_ready(const struct session *s, enum right right, struct err *err)
{
	if (!s->company.id)
		return err_set(err, ERR_NO_COMPANY, "?", "%s", "");
	return session_may(s, right, err);
}

int64_t session_data_version(struct session *s)
{
	return db_data_version(s->db);
}

void session_interrupt(struct session *s)
{
	db_interrupt(s->db);
}

bool session_audit(struct session *s, const char *action, const char *subject, int64_t subject_id,
	const char *detail, struct err *err)
{
	struct audit_entry entry = {
		.at = session_now(s),
		.company_id = s->company.id,
		.action = action,
		.subject = subject,
		.subject_id = subject_id,
		.detail = detail,
	};

	return store_audit_add(s->db, &s->actor, &entry, err);
}

bool progress_step(const struct progress *p, int64_t done, int64_t total)
{
	return !p || !p->step || p->step(p->data, done, total);
}
