#include "duplicates.h"

#include "change.h"
#include "fold.h"
#include "likeness.h"
#include "store_customer.h"
#include "store_duplicate.h"
#include "store_list.h"
#include "vec.h"

#define SOUND_MOST 300	/* who sound like one that is entered */
#define ADDRESS_MOST 20 /* who share an address with one that is entered */
#define GROUP_ADDRESS 8 /* sharing an address: above it is a switchboard */
#define GROUP_NAME 12	/* sounding alike: above it is a common name */
#define VALUES 200	/* groups read at once */

/* A customer made ready for comparing. */
struct person {
	struct customer c;
	struct likeness_name name;
};

static void read_person(struct person *p, const struct customer *c)
{
	struct strbuf full = STRBUF_INIT, folded = STRBUF_INIT;

	p->c = *c;
	customer_name(c->name, c->first_name, &full);
	fold_add(&folded, full.buf);
	likeness_read(&p->name, folded.buf);
	strbuf_release(&folded);
	strbuf_release(&full);
}

static bool same_text(const char *a, const char *b)
{
	return *a && !strcmp(a, b);
}

static bool same_folded(const char *a, const char *b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	fold_add(&x, a);
	fold_add(&y, b);
	same = x.len && !strcmp(x.buf, y.buf);
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

/* Why the two may be one; 0 when nothing speaks for it. */
static uint32_t compare(const struct person *a, const struct person *b, int *likeness)
{
	bool born_apart = a->c.birth_day != DAY_NONE && b->c.birth_day != DAY_NONE &&
			  a->c.birth_day != b->c.birth_day;
	uint32_t why = 0;

	*likeness = likeness_of(&a->name, &b->name);
	if (same_text(a->c.email_key, b->c.email_key))
		why |= DUPLICATE_EMAIL;
	if (same_text(a->c.phone_e164, b->c.phone_e164))
		why |= DUPLICATE_PHONE;
	if (same_folded(a->c.city, b->c.city))
		why |= DUPLICATE_CITY;
	if (a->c.birth_day != DAY_NONE && a->c.birth_day == b->c.birth_day)
		why |= DUPLICATE_BIRTH_DAY;
	if (*likeness >= LIKENESS_SAME ||
		(*likeness >= LIKENESS_CLOSE && why)) /* something else agrees */
		why |= born_apart ? 0 : DUPLICATE_NAME;
	return why & (DUPLICATE_EMAIL | DUPLICATE_PHONE | DUPLICATE_NAME) ? why : 0;
}

/* For the order they are told in. */
static int strength(uint32_t why, int likeness)
{
	return likeness + (why & DUPLICATE_EMAIL ? 60 : 0) + (why & DUPLICATE_PHONE ? 60 : 0) +
	       (why & DUPLICATE_BIRTH_DAY ? 30 : 0) + (why & DUPLICATE_CITY ? 10 : 0);
}

/* --- of one customer --- */

struct found {
	int64_t id;
	uint32_t why;
	int likeness;
};

struct search {
	struct session *s;
	struct arena *a;
	struct person mine;
	VEC(struct found) found;
};

static bool dismissed(struct session *s, int64_t a, int64_t b, bool *yes, struct err *err)
{
	*yes = false;
	if (!a || !b)
		return true;
	return store_dismissed(s->db, s->company.id, a < b ? a : b, a < b ? b : a, yes, err);
}

static bool consider(struct search *f, const struct customer *c, struct err *err)
{
	struct person theirs;
	struct found found = { .id = c->id };
	bool no;

	if (c->id == f->mine.c.id || c->merged_into || c->company_id != f->s->company.id)
		return true;
	for (size_t i = 0; i < f->found.len; i++)
		if (f->found.items[i].id == c->id)
			return true;
	read_person(&theirs, c);
	found.why = compare(&f->mine, &theirs, &found.likeness);
	if (!found.why)
		return true;
	if (!dismissed(f->s, f->mine.c.id, c->id, &no, err))
		return false;
	if (!no)
		vec_push(&f->found, found);
	return true;
}

static bool consider_all(struct search *f, const struct customer *list, int n, struct err *err)
{
	for (int i = 0; i < n; i++)
		if (!consider(f, &list[i], err))
			return false;
	return true;
}

static bool by_address(struct search *f, struct err *err)
{
	const struct customer *c = &f->mine.c;
	struct session *s = f->s;
	struct customer *list;
	int n;

	if (*c->email_key && (!store_customer_by_email(s->db, s->company.id, c->email_key,
				      ADDRESS_MOST, f->a, &list, &n, err) ||
				     !consider_all(f, list, n, err)))
		return false;
	if (!*c->phone_e164)
		return true;
	return store_customer_by_phone(
		       s->db, s->company.id, c->phone_e164, ADDRESS_MOST, f->a, &list, &n, err) &&
	       consider_all(f, list, n, err);
}

/* An id from the search index: a customer of this company, or somebody else's. */
static bool load(struct session *s, int64_t id, struct arena *a, struct customer *out, bool *there,
	struct err *err)
{
	struct err gone = ERR_INIT;

	*there = store_customer_get(s->db, s->company.id, id, a, out, &gone);
	if (!*there && gone.code != ERR_GONE) {
		*err = gone;
		return false;
	}
	return true;
}

static bool by_sound(struct search *f, struct err *err)
{
	int64_t ids[SOUND_MOST];
	int n;

	if (!store_sounds_like(
		    f->s->db, f->mine.c.name, f->mine.c.first_name, SOUND_MOST, ids, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		struct customer c;
		bool there;

		if (!load(f->s, ids[i], f->a, &c, &there, err) || (there && !consider(f, &c, err)))
			return false;
	}
	return true;
}

static int likelier(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int by = strength(y->why, y->likeness) - strength(x->why, x->likeness);

	return by ? by : (x->id > y->id) - (x->id < y->id);
}

static bool tell(struct search *f, struct duplicate **out, int *count, struct err *err)
{
	size_t n = f->found.len < DUPLICATES_MOST ? f->found.len : DUPLICATES_MOST;
	struct duplicate *list = arena_alloc(f->a, (n + 1) * sizeof(*list));
	int told = 0;

	if (f->found.len)
		qsort(f->found.items, f->found.len, sizeof(*f->found.items), likelier);
	for (size_t i = 0; i < n; i++) {
		const struct found *found = &f->found.items[i];
		bool there;

		list[told].why = found->why;
		list[told].likeness = found->likeness;
		if (!store_list_line(f->s->db, f->s->company.id, found->id, f->a, &list[told].line,
			    &there, err))
			return false;
		told += there;
	}
	*out = list;
	*count = told;
	return true;
}

bool duplicates_of(struct session *s, const struct customer *c, struct arena *a,
	struct duplicate **out, int *count, struct err *err)
{
	struct search f = { .s = s, .a = a };
	struct customer mine = *c;
	bool ok;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err))
		return false;
	customer_normalise(&mine, &s->company, a);
	read_person(&f.mine, &mine);
	ok = by_address(&f, err) && by_sound(&f, err) && tell(&f, out, count, err);
	vec_release(&f.found);
	return ok;
}

/* --- of all --- */

struct sweep {
	struct session *s;
	const struct progress *p;
	struct arena scrap;
	VEC(struct duplicate_pair) pairs;
	int64_t compared;
};

static bool seen(const struct sweep *w, int64_t low, int64_t high)
{
	for (size_t i = w->pairs.len; i-- > 0;)
		if (w->pairs.items[i].low_id == low && w->pairs.items[i].high_id == high)
			return true;
	return false;
}

static bool add_pair(
	struct sweep *w, const struct person *a, const struct person *b, struct err *err)
{
	struct duplicate_pair pair = { .low_id = a->c.id, .high_id = b->c.id };
	bool no;

	if (pair.low_id > pair.high_id) {
		pair.low_id = b->c.id;
		pair.high_id = a->c.id;
	}
	w->compared++;
	pair.why = compare(a, b, &pair.likeness);
	if (!pair.why || seen(w, pair.low_id, pair.high_id))
		return true;
	if (!dismissed(w->s, pair.low_id, pair.high_id, &no, err))
		return false;
	if (!no)
		vec_push(&w->pairs, pair);
	return true;
}

static bool compare_group(struct sweep *w, const struct customer *list, int n, struct err *err)
{
	struct person *people = arena_alloc(&w->scrap, (size_t)(n + 1) * sizeof(*people));

	for (int i = 0; i < n; i++)
		read_person(&people[i], &list[i]);
	for (int i = 0; i < n; i++)
		for (int k = i + 1; k < n; k++)
			if (!add_pair(w, &people[i], &people[k], err))
				return false;
	return true;
}

static bool sound_group(struct sweep *w, const char *sound, struct err *err)
{
	int64_t ids[GROUP_NAME];
	struct customer *list = arena_alloc(&w->scrap, GROUP_NAME * sizeof(*list));
	int n, found = 0;

	if (!store_sharing(w->s->db, sound, GROUP_NAME, ids, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		bool there;

		if (!load(w->s, ids[i], &w->scrap, &list[found], &there, err))
			return false;
		found += there && !list[found].merged_into;
	}
	return compare_group(w, list, found, err);
}

static bool group(struct sweep *w, enum duplicate_group kind, const char *value, struct err *err)
{
	struct session *s = w->s;
	struct customer *list;
	int n;

	if (kind == GROUP_SOUND)
		return sound_group(w, value, err);
	if (kind == GROUP_EMAIL ? !store_customer_by_email(s->db, s->company.id, value,
					  GROUP_ADDRESS, &w->scrap, &list, &n, err)
				: !store_customer_by_phone(s->db, s->company.id, value,
					  GROUP_ADDRESS, &w->scrap, &list, &n, err))
		return false;
	return compare_group(w, list, n, err);
}

static bool go_on(struct sweep *w, struct err *err)
{
	return progress_step(w->p, w->compared, 0) || err_set(err, ERR_CANCELLED, "", "%s", "");
}

/* All groups of a kind, some at a time. */
static bool groups(struct sweep *w, enum duplicate_group kind, struct err *err)
{
	int most = kind == GROUP_SOUND ? GROUP_NAME : GROUP_ADDRESS;
	struct strbuf after = STRBUF_INIT;
	const char *values[VALUES];
	bool ok = true;
	int n = VALUES;

	while (ok && n == VALUES && w->pairs.len < DUPLICATE_PAIRS_MOST) {
		arena_clear(&w->scrap);
		ok = store_shared(w->s->db, w->s->company.id, kind, after.buf, most, VALUES,
			&w->scrap, values, &n, err);
		for (int i = 0; ok && i < n; i++)
			ok = group(w, kind, values[i], err);
		if (n) {
			strbuf_clear(&after);
			strbuf_adds(&after, values[n - 1]);
		}
		ok = ok && go_on(w, err);
	}
	strbuf_release(&after);
	return ok;
}

static int likelier_pair(const void *a, const void *b)
{
	const struct duplicate_pair *x = a, *y = b;
	int by = strength(y->why, y->likeness) - strength(x->why, x->likeness);

	return by ? by : (x->low_id > y->low_id) - (x->low_id < y->low_id);
}

bool duplicates_find(struct session *s, const struct progress *p, struct arena *a,
	struct duplicate_pair **out, int *count, struct err *err)
{
	struct sweep w = { .s = s, .p = p, .scrap = ARENA_INIT };
	bool ok;

	ok = session_ready(s, RIGHT_CUSTOMERS_READ, err) && groups(&w, GROUP_EMAIL, err) &&
	     groups(&w, GROUP_PHONE, err) && groups(&w, GROUP_SOUND, err);
	if (ok) {
		if (w.pairs.len)
			qsort(w.pairs.items, w.pairs.len, sizeof(*w.pairs.items), likelier_pair);
		*count = w.pairs.len < DUPLICATE_PAIRS_MOST ? (int)w.pairs.len
							    : DUPLICATE_PAIRS_MOST;
		*out = arena_alloc(a, (size_t)(*count + 1) * sizeof(**out));
		if (*count)
			memcpy(*out, w.pairs.items, (size_t)*count * sizeof(**out));
	}
	vec_release(&w.pairs);
	arena_release(&w.scrap);
	return ok;
}

bool duplicates_dismiss(struct session *s, int64_t a, int64_t b, struct err *err)
{
	int64_t low = a < b ? a : b, high = a < b ? b : a;
	struct change ch;
	char detail[48];
	bool ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
		  store_dismiss(s->db, s->company.id, low, high, session_now(s), err);

	snprintf(detail, sizeof(detail), "{\"other\":\"%lld\"}", (long long)high);
	return change_end(&ch, ok, "duplicate.dismiss", "customer", low, detail, err);
}
