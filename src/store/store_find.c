#include "store_find.h"

#include "fold.h"
#include "mem.h"
#include "phone.h"
#include "search_entry.h"
#include "stmt.h"
#include "store_list.h"
#include "utf8.h"
#include "vec.h"

#define NEEDLES_MAX 8
#define TRIGRAMS_MAX 12 /* the rest is left to the comparison */
#define TRIGRAMS_ALL 6	/* letters up to which every trigram is asked for */

/* A word that must be found. */
struct needle {
	const char *text; /* folded */
	int letters;
};

/* One way to read what was typed: all needles must be found. */
struct reading {
	struct needle needles[NEEDLES_MAX];
	int count;
	int longest; /* letters */
	bool exact;  /* what the index finds needs no comparison */
};

struct hit {
	int64_t id;
	const char *name_key; /* in the arena */
};

struct hunt {
	struct db *db;
	const struct find *find;
	struct arena *a;
	struct search_entry entry;
	struct strbuf rest; /* what is searched of a customer besides the name */
	VEC(struct hit) hits;
	size_t most; /* enough when there are so many */
};

/* --- what was typed --- */

static int letters_of(const char *s)
{
	int n = 0;
	uint32_t cp;

	for (size_t left = strlen(s); left; n++) {
		size_t used = utf8_decode(s, left, &cp);

		s += used;
		left -= used;
	}
	return n;
}

static void add_needle(struct reading *r, const char *text)
{
	struct needle *n = &r->needles[r->count];

	if (!*text || r->count == NEEDLES_MAX)
		return;
	n->text = text;
	n->letters = letters_of(text);
	if (n->letters > r->longest)
		r->longest = n->letters;
	r->count++;
}

/* The words of the text, at its spaces: signs inside them count. */
static void read_words(struct reading *r, const char *typed, struct arena *a)
{
	struct strbuf folded = STRBUF_INIT;
	char *s, *end;

	fold_add(&folded, typed);
	s = arena_strdup(a, folded.buf);
	strbuf_release(&folded);
	for (; s; s = end ? end + 1 : NULL) {
		end = strchr(s, ' ');
		if (end)
			*end = '\0';
		add_needle(r, s);
	}
}

/* The digits to look for where the text is a piece of a phone number. */
static void read_digits(
	struct reading *r, const char *typed, const struct country *home, struct arena *a)
{
	struct strbuf digits = STRBUF_INIT;

	if (phone_search(&digits, typed, home) && digits.len >= 2)
		add_needle(r, arena_strdup(a, digits.buf));
	strbuf_release(&digits);
}

/*
 * Which of the two readings are looked for. A number with spaces between its pairs
 * is no four words; one word that is part of the digits finds all that they find.
 */
static void choose(
	const struct reading *words, const struct reading *digits, bool *as_words, bool *as_digits)
{
	*as_words = !digits->count || words->count == 1;
	*as_digits = digits->count && !(words->count == 1 && strstr(digits->needles[0].text,
								     words->needles[0].text));
}

/* --- comparing --- */

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool begins_a_word(const char *text, const char *needle)
{
	const char *at = text;

	for (; (at = strstr(at, needle)); at++)
		if (at == text || !is_word_byte(at[-1]))
			return true;
	return false;
}

static bool found_in(const struct search_entry *e, const struct needle *n)
{
	if (n->letters >= 3)
		return strstr(e->part.buf, n->text);
	return begins_a_word(e->name.buf, n->text) || begins_a_word(e->contact.buf, n->text) ||
	       begins_a_word(e->part.buf, n->text);
}

static bool all_found(const struct search_entry *e, const struct reading *r)
{
	for (int i = 0; i < r->count; i++)
		if (!found_in(e, &r->needles[i]))
			return false;
	return true;
}

/* Most is found in the name, whose key is folded already. */
static bool in_name(const char *name_key, const struct needle *n)
{
	return n->letters >= 3 ? strstr(name_key, n->text) != NULL
			       : begins_a_word(name_key, n->text);
}

/* `known` says that h->rest is this customer's. */
static bool in_rest(struct hunt *h, const struct customer *c, const struct needle *n, bool *known)
{
	if (n->letters < 3) {
		search_entry_customer(&h->entry, c);
		return found_in(&h->entry, n);
	}
	if (!*known) {
		strbuf_clear(&h->rest);
		search_entry_rest(&h->rest, c);
		*known = true;
	}
	return strstr(h->rest.buf, n->text);
}

static bool customer_fits(
	struct hunt *h, const struct customer *c, const char *name_key, const struct reading *r)
{
	bool known = false;

	for (int i = 0; !r->exact && i < r->count; i++)
		if (!in_name(name_key, &r->needles[i]) && !in_rest(h, c, &r->needles[i], &known))
			return false;
	return true;
}

static bool contact_fits(struct hunt *h, const struct contact *c, const struct reading *r)
{
	if (r->exact)
		return true;
	search_entry_contact(&h->entry, c);
	return all_found(&h->entry, r);
}

/* What a candidate is: the customer, or one of its contacts. */
struct candidate {
	int64_t company_id;
	bool living;
	bool fits;
	struct hit hit;
};

static enum step load_customer(
	struct hunt *h, const struct reading *r, int64_t id, struct candidate *out, struct err *err)
{
	struct stmt *q = stmt_use(h->db, SQL_FIND_CUSTOMER);
	enum step step;

	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		struct customer c = { .name = col_text(q, 3),
			.first_name = col_text(q, 4),
			.firm = col_text(q, 5),
			.email = col_text(q, 6),
			.account_key = col_text(q, 7),
			.phone = col_text(q, 8),
			.phone_e164 = col_text(q, 9) };

		*out = (struct candidate){ col_i64(q, 0), col_i64(q, 1),
			customer_fits(h, &c, col_text(q, 2), r), { id, "" } };
		if (out->fits)
			out->hit.name_key = col_dup(q, 2, h->a);
	}
	stmt_done(q);
	return step;
}

static enum step load_contact(
	struct hunt *h, const struct reading *r, int64_t id, struct candidate *out, struct err *err)
{
	struct stmt *q = stmt_use(h->db, SQL_FIND_CONTACT);
	enum step step;

	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		struct contact c = {
			.label = col_text(q, 5), .typed = col_text(q, 6), .value = col_text(q, 7)
		};

		if (!contact_kind_parse(col_text(q, 4), &c.kind))
			c.kind = CONTACT_POST;
		*out = (struct candidate){ col_i64(q, 1), col_i64(q, 2), contact_fits(h, &c, r),
			{ col_i64(q, 0), "" } };
		if (out->fits)
			out->hit.name_key = col_dup(q, 3, h->a);
	}
	stmt_done(q);
	return step;
}

static bool passes(struct hunt *h, int64_t id, bool *yes, struct err *err)
{
	struct list_query q = *h->find->list;
	struct list_key key;

	*yes = true;
	if (!q.filter)
		return true;
	q.order = LIST_SCORE;
	return store_list_key(h->db, &q, id, h->a, &key, yes, err);
}

static bool take(struct hunt *h, struct hit hit, struct err *err)
{
	bool yes;

	if (!passes(h, hit.id, &yes, err))
		return false;
	if (yes)
		vec_push(&h->hits, hit);
	return true;
}

static bool consider(struct hunt *h, const struct reading *r, int64_t id, struct err *err)
{
	struct candidate c = { .living = false };
	enum step step = load_customer(h, r, id, &c, err);

	if (step == STEP_DONE)
		step = load_contact(h, r, id, &c, err);
	if (step != STEP_ROW)
		return step == STEP_DONE;
	if (!c.living || c.company_id != h->find->list->company_id || !c.fits)
		return true;
	return take(h, c.hit, err);
}

/* --- candidates --- */

/* The query language of FTS5: a string in double quotes. */
static void add_string(struct strbuf *out, const char *s, size_t len)
{
	strbuf_adds(out, out->len ? " AND \"" : "\"");
	for (size_t i = 0; i < len; i++)
		strbuf_addf(out, s[i] == '"' ? "\"%c" : "%c", s[i]);
	strbuf_addc(out, '"');
}

static size_t bytes_of(const char *s, int letters)
{
	size_t at = 0, len = strlen(s);
	uint32_t cp;

	while (letters-- && at < len)
		at += utf8_decode(s + at, len - at, &cp);
	return at;
}

/*
 * All trigrams of the long needles, of very long ones every second and the last.
 * Those of a number are each in many numbers: without the ones between, ten times
 * as many candidates would have to be read as there are hits.
 */
static void add_trigrams(struct strbuf *out, const struct reading *r)
{
	int count = 0;

	for (int i = 0; i < r->count; i++) {
		const struct needle *n = &r->needles[i];
		int last = n->letters - 3, step = n->letters > TRIGRAMS_ALL ? 2 : 1;

		for (int at = 0; at < last + step && last >= 0 && count < TRIGRAMS_MAX;
			at += step, count++) {
			size_t skip = bytes_of(n->text, at < last ? at : last);

			add_string(out, n->text + skip, bytes_of(n->text + skip, 3));
		}
	}
}

/* Words of two letters as prefixes: shorter ones the index is not made for. Whether
 * it answers for all of them, so that nothing is left to compare. */
static bool add_prefixes(struct strbuf *out, const struct reading *r)
{
	struct strbuf words = STRBUF_INIT, all = STRBUF_INIT;
	int used = 0;

	for (int i = 0; i < r->count; i++) {
		strbuf_clear(&words);
		if (r->needles[i].letters > 2 || fold_words(&words, r->needles[i].text) != 1 ||
			letters_of(words.buf) != 2)
			continue;
		add_string(&all, words.buf, words.len);
		strbuf_addc(&all, '*');
		/* A word of signs and letters was cut: "n'" begins other words than "n". */
		used += !strcmp(words.buf, r->needles[i].text);
	}
	if (all.len)
		strbuf_addf(out, "{name contact} : (%s)", all.buf);
	strbuf_release(&all);
	strbuf_release(&words);
	return used == r->count;
}

static bool consider_all(struct hunt *h, const struct reading *r, struct stmt *q, struct err *err)
{
	enum step step = STEP_DONE;
	bool ok = true;

	while (ok && h->hits.len < h->most && (step = stmt_step(q, err)) == STEP_ROW)
		ok = consider(h, r, col_i64(q, 0), err);
	stmt_done(q);
	return ok && step != STEP_FAIL;
}

static struct stmt *ask_index(struct hunt *h, enum sql_id id, const struct strbuf *match)
{
	struct stmt *q = stmt_use(h->db, id);

	stmt_textn(q, "match", match->buf, match->len);
	return q;
}

/* Those that both indexes find, which give them in the order of ids. */
static bool consider_common(
	struct hunt *h, const struct reading *r, struct stmt *a, struct stmt *b, struct err *err)
{
	enum step step_a = stmt_step(a, err), step_b = STEP_DONE;
	bool ok = true;

	if (step_a == STEP_ROW)
		step_b = stmt_step(b, err);
	while (ok && h->hits.len < h->most && step_a == STEP_ROW && step_b == STEP_ROW) {
		int64_t id_a = col_i64(a, 0), id_b = col_i64(b, 0);

		if (id_a == id_b)
			ok = consider(h, r, id_a, err);
		if (id_a <= id_b)
			step_a = stmt_step(a, err);
		else
			step_b = stmt_step(b, err);
	}
	stmt_done(a);
	stmt_done(b);
	return ok && step_a != STEP_FAIL && step_b != STEP_FAIL;
}

/* The index of names is of one company's living customers. */
static bool take_all(struct hunt *h, struct stmt *q, struct err *err)
{
	enum step step = STEP_DONE;
	bool ok = true;

	while (ok && h->hits.len < h->most && (step = stmt_step(q, err)) == STEP_ROW)
		ok = take(h, (struct hit){ col_i64(q, 0), "" }, err);
	stmt_done(q);
	return ok && step != STEP_FAIL;
}

/* Names that begin with the first word: from it to the last possible key. */
static bool by_name(struct hunt *h, const struct reading *r, struct err *err)
{
	struct stmt *q = stmt_use(h->db, SQL_FIND_NAMES);
	struct strbuf to = STRBUF_INIT;
	bool ok;

	strbuf_adds(&to, r->needles[0].text);
	strbuf_adds(&to, FOLD_LAST);
	stmt_i64(q, "company_id", h->find->list->company_id);
	stmt_text(q, "from", r->needles[0].text);
	stmt_text(q, "to", to.buf);
	ok = r->count == 1 ? take_all(h, q, err) : consider_all(h, r, q, err);
	strbuf_release(&to);
	return ok;
}

/* *in_names: what was found stands in the order of names already. */
static bool look(struct hunt *h, struct reading *r, bool *in_names, struct err *err)
{
	struct strbuf parts = STRBUF_INIT, words = STRBUF_INIT;
	bool ok = true, all_words = add_prefixes(&words, r);

	add_trigrams(&parts, r);
	r->exact = r->longest >= 3 ? r->count == 1 && r->longest == 3 : all_words;
	*in_names = r->count && !parts.len && !words.len;
	if (*in_names)
		ok = by_name(h, r, err);
	else if (parts.len && words.len)
		ok = consider_common(h, r, ask_index(h, SQL_FIND_PARTS, &parts),
			ask_index(h, SQL_FIND_WORDS, &words), err);
	else if (parts.len)
		ok = consider_all(h, r, ask_index(h, SQL_FIND_PARTS, &parts), err);
	else if (words.len)
		ok = consider_all(h, r, ask_index(h, SQL_FIND_WORDS, &words), err);
	strbuf_release(&parts);
	strbuf_release(&words);
	return ok;
}

static bool hunt(struct hunt *h, bool *in_names, struct err *err)
{
	struct reading words = { .count = 0 }, digits = { .count = 0 };
	const char *typed =
		arena_strndup(h->a, h->find->text, strnlen(h->find->text, FIND_TEXT_MAX));
	bool as_words, as_digits;

	read_words(&words, typed, h->a);
	read_digits(&digits, typed, h->find->home, h->a);
	choose(&words, &digits, &as_words, &as_digits);
	if (as_digits && !look(h, &digits, in_names, err))
		return false;
	return !as_words || look(h, &words, in_names, err);
}

/* --- results --- */

static int compare_ids(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int compare_names(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	int way = strcmp(x->name_key, y->name_key);

	return way ? way : compare_ids(a, b);
}

/* Of hits in the order of ids. */
static void drop_repeats(struct hunt *h)
{
	size_t kept = 0;

	for (size_t i = 0; i < h->hits.len; i++)
		if (!kept || h->hits.items[kept - 1].id != h->hits.items[i].id)
			h->hits.items[kept++] = h->hits.items[i];
	h->hits.len = kept;
}

static void sort(struct hunt *h, int (*compare)(const void *, const void *))
{
	if (h->hits.len)
		qsort(h->hits.items, h->hits.len, sizeof(*h->hits.items), compare);
}

static void hunt_release(struct hunt *h)
{
	search_entry_release(&h->entry);
	strbuf_release(&h->rest);
	vec_release(&h->hits);
}

bool store_find(struct db *db, const struct find *find, struct arena *a, struct customer_hits *out,
	struct err *err)
{
	struct hunt h = { .db = db,
		.find = find,
		.a = a,
		.entry = SEARCH_ENTRY_INIT,
		.rest = STRBUF_INIT,
		.most = HITS_MAX + 1 };
	bool in_names = false, ok = hunt(&h, &in_names, err);

	*out = (struct customer_hits){ .by_name = true };
	if (!ok)
		goto out;
	out->more = h.hits.len > HITS_MAX;
	if (!in_names) {
		out->by_name = !out->more;
		sort(&h, compare_ids);
		drop_repeats(&h);
		if (out->by_name)
			sort(&h, compare_names);
	}
	out->count = h.hits.len > HITS_MAX ? HITS_MAX : (int)h.hits.len;
	out->ids = arena_alloc(a, (size_t)(out->count + 1) * sizeof(*out->ids));
	for (int i = 0; i < out->count; i++)
		out->ids[i] = h.hits.items[i].id;
out:
	hunt_release(&h);
	return ok;
}

bool store_find_all(
	struct db *db, const struct find *find, int64_t **ids, size_t *count, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct hunt h = { .db = db,
		.find = find,
		.a = &a,
		.entry = SEARCH_ENTRY_INIT,
		.rest = STRBUF_INIT,
		.most = SIZE_MAX };
	bool in_names = false, ok = hunt(&h, &in_names, err);

	if (ok) {
		sort(&h, compare_ids);
		drop_repeats(&h);
		*count = h.hits.len;
		*ids = mem_zalloc(h.hits.len + 1, sizeof(**ids));
		for (size_t i = 0; i < h.hits.len; i++)
			(*ids)[i] = h.hits.items[i].id;
	}
	hunt_release(&h);
	arena_release(&a);
	return ok;
}
