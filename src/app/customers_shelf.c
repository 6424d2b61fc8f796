#include "customers_private.h"
#include "filter.h"
#include "store_shelf.h"

bool customers_favourite(struct session *s, int64_t id, bool on, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *name;
	bool ok;

	/* One's own list is no change of the customer: it leaves no line anywhere. */
	ok = session_ready(s, RIGHT_CUSTOMERS_READ, err) && db_write(s->db, err) &&
	     customer_title_of(s, id, &a, &name, err) &&
	     store_favourite_put(
		     s->db, s->company.id, s->actor.user_id, id, on, session_now(s), err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

bool customers_favourites(
	struct session *s, struct arena *a, struct customer_line **out, int *count, struct err *err)
{
	int64_t *ids;
	int n;

	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_favourites(s->db, s->company.id, s->actor.user_id, a, &ids, &n, err) &&
	       customers_lines(s, ids, n, a, out, count, err);
}

bool customers_opened(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *name;
	bool ok;

	ok = session_ready(s, RIGHT_CUSTOMERS_READ, err) && db_write(s->db, err) &&
	     customer_title_of(s, id, &a, &name, err) &&
	     store_recent_put(s->db, s->company.id, s->actor.user_id, id, session_now(s), err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

bool customers_recent(
	struct session *s, struct arena *a, struct customer_line **out, int *count, struct err *err)
{
	int64_t *ids;
	int n;

	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_recents(s->db, s->company.id, s->actor.user_id, a, &ids, &n, err) &&
	       customers_lines(s, ids, n, a, out, count, err);
}

/* --- saved filters --- */

bool customers_filters(
	struct session *s, struct arena *a, struct saved_filter **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_filters(s->db, s->company.id, a, out, count, err);
}

bool customers_filter_find(struct session *s, const char *name, struct arena *a,
	struct saved_filter *out, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_filter_find(s->db, s->company.id, name, a, out, err);
}

bool customers_filter_save(struct session *s, const char *name, const char *text, struct err *err)
{
	struct saved_filter f = { .name = name, .created_by = s->actor.login };
	struct arena a = ARENA_INIT;
	struct strbuf canonical = STRBUF_INIT;
	const struct filter *filter;
	struct filter_error wrong;
	struct change ch;
	bool ok;

	if (!filter_parse(&a, text, &filter, &wrong)) {
		ok = err_set(err, ERR_INVALID, text, "%s at %zu",
			filter_problem_label(wrong.problem), wrong.at);
		goto out;
	}
	filter_print(filter, &canonical);
	f.text = canonical.buf;
	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     (text_is_plain(name) ||
		     err_set(err, ERR_INVALID, name, "%s", "a control character")) &&
	     store_filter_save(s->db, s->company.id, &f, err);
	ok = change_end(&ch, ok, "filter.save", "filter", f.id, "", err);
out:
	strbuf_release(&canonical);
	arena_release(&a);
	return ok;
}

bool customers_filter_drop(struct session *s, int64_t id, struct err *err)
{
	struct change ch;
	bool ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
		  store_filter_drop(s->db, s->company.id, id, session_now(s), err);

	return change_end(&ch, ok, "filter.drop", "filter", id, "", err);
}
