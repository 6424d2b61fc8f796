#include "customers.h"

#include "country.h"
#include "customers_private.h"
#include "store_audit.h"
#include "store_contact.h"
#include "store_consent.h"
#include "store_customer.h"
#include "store_find.h"
#include "store_list.h"
#include "store_score.h"
#include "store_shelf.h"

bool customers_search(struct session *s, const struct list_query *q, const char *text,
	struct arena *a, struct customer_hits *out, struct err *err)
{
	struct find find = { .list = q, .home = country_find(s->company.country), .text = text };

	return session_ready(s, RIGHT_CUSTOMERS_READ, err) && store_find(s->db, &find, a, out, err);
}

bool customers_lines(struct session *s, const int64_t *ids, int n, struct arena *a,
	struct customer_line **out, int *count, struct err *err)
{
	struct customer_line *list = arena_alloc(a, (size_t)(n + 1) * sizeof(*list));
	int found = 0;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err))
		return false;
	for (int i = 0; i < n; i++) {
		bool there;

		if (!store_list_line(s->db, s->company.id, ids[i], a, &list[found], &there, err))
			return false;
		found += there;
	}
	*out = list;
	*count = found;
	return true;
}

/* --- one customer --- */

static bool read_stops(
	struct session *s, struct arena *a, struct customer_card *out, struct err *err)
{
	int64_t company_id = s->company.id;

	return store_suppressed(s->db, company_id, ADDRESS_EMAIL, out->customer.email_key, a,
		       &out->no_email, err) &&
	       store_suppressed(s->db, company_id, ADDRESS_PHONE, out->customer.phone_e164, a,
		       &out->no_phone, err);
}

static bool read_card(
	struct session *s, int64_t id, struct arena *a, struct customer_card *out, struct err *err)
{
	int64_t company_id = s->company.id;

	return store_customer_get(s->db, company_id, id, a, &out->customer, err) &&
	       store_score_get(s->db, company_id, id, &out->score, &out->scored, err) &&
	       store_contacts_of(s->db, company_id, id, a, &out->contacts, &out->n_contacts, err) &&
	       store_keys_of(s->db, company_id, id, a, &out->keys, &out->n_keys, err) &&
	       store_tags_of(s->db, company_id, id, a, &out->tags, &out->n_tags, err) &&
	       store_favourite_is(s->db, company_id, s->actor.user_id, id, &out->favourite, err) &&
	       read_stops(s, a, out, err);
}

bool customers_get(
	struct session *s, int64_t id, struct arena *a, struct customer_card *out, struct err *err)
{
	bool ok;

	*out = (struct customer_card){ .customer = CUSTOMER_INIT };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) || !db_read(s->db, err))
		return false;
	ok = read_card(s, id, a, out, err);
	db_read_end(s->db);
	return ok;
}

bool customers_tags(
	struct session *s, struct arena *a, struct tag **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_tags(s->db, s->company.id, a, out, count, err);
}

bool customers_history(struct session *s, int64_t customer_id, int64_t before, int n,
	struct arena *a, struct customer_act **out, int *count, struct err *err)
{
	struct customer_act *list = arena_alloc(a, (size_t)(n + 1) * sizeof(*list));
	struct audit_entry *entries;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) ||
		!store_audit_of(s->db, s->company.id, "customer", customer_id,
			before ? before : INT64_MAX, n, a, &entries, count, err))
		return false;
	for (int i = 0; i < *count; i++)
		list[i] = (struct customer_act){ entries[i].seq, entries[i].at, entries[i].actor,
			entries[i].action, entries[i].detail };
	*out = list;
	return true;
}

const char *customer_title(const struct customer *c, struct arena *a)
{
	struct strbuf name = STRBUF_INIT;
	const char *title;

	customer_name(c->name, c->first_name, &name);
	title = arena_strdup(a, name.buf);
	strbuf_release(&name);
	return title;
}

bool customer_title_of(
	struct session *s, int64_t id, struct arena *a, const char **title, struct err *err)
{
	struct customer c;

	if (!store_customer_get(s->db, s->company.id, id, a, &c, err))
		return false;
	if (c.merged_into)
		return err_set(err, ERR_GONE, customer_title(&c, a), "merged into %lld",
			(long long)c.merged_into);
	*title = customer_title(&c, a);
	return true;
}
