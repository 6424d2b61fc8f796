#include "customer_ref.h"

#include "arena.h"
#include "num.h"
#include "store_customer.h"

/* Follows a merged record to where it lives on. */
static int64_t living(const struct customer *c)
{
	return c->merged_into ? c->merged_into : c->id;
}

static bool by_id(struct session *s, int64_t wanted, struct arena *a, int64_t *id)
{
	struct customer c = CUSTOMER_INIT;
	struct err unused = ERR_INIT;

	if (!store_customer_get(s->db, s->company.id, wanted, a, &c, &unused))
		return false;
	*id = living(&c);
	return true;
}

static bool by_key(
	struct session *s, const char *key, struct arena *a, int64_t *id, struct err *err)
{
	struct customer c = CUSTOMER_INIT;

	if (!store_customer_find(s->db, s->company.id, key, a, &c, err))
		return false;
	if (!c.id)
		return err_set(err, ERR_GONE, key, "no such id or key");
	*id = living(&c);
	return true;
}

bool customer_ref(struct session *s, const char *text, int64_t *id, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t wanted;
	bool ok;

	ok = (num_parse_i64(text, 1, INT64_MAX, &wanted) && by_id(s, wanted, &a, id)) ||
	     by_key(s, text, &a, id, err);
	arena_release(&a);
	return ok;
}
