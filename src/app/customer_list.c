#include "customer_list.h"

#include "money.h"
#include "store_counter.h"
#include "store_list.h"
#include "store_ruler.h"

struct list_query customer_list_query(const struct session *s)
{
	return (struct list_query){
		.company_id = s->company.id,
		.order = LIST_NAME,
		.today = session_today(s),
		.decimals = money_decimals(s->company.currency),
		.language = s->company.language,
	};
}

bool customer_list_page(struct session *s, const struct list_query *q, const struct list_key *from,
	bool back, bool with, int n, struct arena *a, struct list_page *out, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_list_page(s->db, q, from, back, with, n, a, out, err);
}

bool customer_list_key(struct session *s, const struct list_query *q, int64_t id, struct arena *a,
	struct list_key *out, bool *found, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_list_key(s->db, q, id, a, out, found, err);
}

bool customer_list_line(struct session *s, int64_t id, struct arena *a, struct customer_line *out,
	bool *found, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_list_line(s->db, s->company.id, id, a, out, found, err);
}

bool customer_list_count(struct session *s, const struct list_query *q, int64_t *n, struct err *err)
{
	struct tally counters = TALLY_INIT;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err))
		return false;
	if (q->filter)
		return store_list_count(s->db, q, n, err);
	if (!store_counter_read(s->db, s->company.id, &counters, err))
		return false;
	*n = counters.by[COUNTER_CUSTOMERS];
	return true;
}

bool customer_list_ids(struct session *s, const struct list_query *q, int64_t after, int n,
	int64_t *out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_list_ids(s->db, q, after, n, out, count, err);
}

struct ruler *customer_list_ruler(struct session *s, const struct list_query *q, struct err *err)
{
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err))
		return NULL;
	return store_ruler(s->db, q, err);
}

int list_ruler_at(const struct ruler *ruler, const struct list_key *key)
{
	return ruler_at(ruler, key);
}

void list_ruler_free(struct ruler *ruler)
{
	ruler_free(ruler);
}
