/* What a search finds, as one types it; and that its index follows every edit. */
#include "test.h"

#include "country.h"
#include "rng.h"
#include "store_contact.h"
#include "store_find.h"
#include "with_store.h"

static int64_t add(const char *name, const char *first_name, const char *email, const char *phone)
{
	struct company bf = { .country = "BF" };
	struct customer c = CUSTOMER_INIT;

	c.company_id = company_id;
	c.kind = *first_name ? KIND_PERSON : KIND_FIRM;
	c.name = name;
	c.first_name = first_name;
	c.email = email;
	c.phone = phone;
	customer_normalise(&c, &bf, &arena);
	with_insert(&c);
	return c.id;
}

static int64_t kabre, kabore, nikiema, lefevre, zongo, guessan;

static int set_up(void **state)
{
	with_store(state);
	zongo = add("Zongo", "Issa", "", "55 99 88");
	kabre = add("Kabré", "Awa", "Awa.Kabre@faso.bf", "76 00 11 22");
	kabore = add("Kaboré & Fils", "", "info@kabore.example", "70 12 34 56");
	nikiema = add("Établissements Nikiéma", "", "", "25 30 61 18");
	lefevre = add("Maison Lefèvre", "", "contact@lefevre.fr", "+33 6 12 34 56 78");
	guessan = add("N’Guessan", "Noël", "", "+225 07 07 12 34 56");
	return 0;
}

static struct customer_hits find_in(const char *text, const struct list_query *q, const char *home)
{
	struct find f = { .list = q, .home = country_find(home), .text = text };
	struct customer_hits hits;
	struct err err = ERR_INIT;

	with_ok(store_find(db, &f, &arena, &hits, &err), &err);
	return hits;
}

static struct customer_hits find(const char *text)
{
	struct list_query q = { .company_id = company_id, .today = 20000 };

	return find_in(text, &q, "BF");
}

#define FINDS(text, ...)                                                                           \
	do {                                                                                       \
		const int64_t want[] = { __VA_ARGS__ };                                            \
		struct customer_hits got = find(text);                                             \
                                                                                                   \
		if (got.count != (int)ARRAY_SIZE(want))                                            \
			fail_msg("“%s”: %d found", text, got.count);                               \
		for (int i = 0; i < got.count; i++)                                                \
			if (got.ids[i] != want[i])                                                 \
				fail_msg("“%s”: another at %d", text, i);                          \
	} while (0)

#define FINDS_NONE(text) assert_int_equal(find(text).count, 0)

static void find__one_letter__is_the_beginning_of_the_name(void **state)
{
	(void)state;
	FINDS("k", kabore, kabre);
	FINDS("K", kabore, kabre);
	FINDS("é", nikiema);
	FINDS("m", lefevre);
	FINDS_NONE("q");
}

static void find__two_letters__begin_any_word(void **state)
{
	(void)state;
	FINDS("ka", kabore, kabre);
	FINDS("ni", nikiema);
	FINDS("fa", kabre);
	FINDS("aw", kabre);
	FINDS("70", kabore);
	FINDS_NONE("ab");
}

static void find__three_letters__are_any_part(void **state)
{
	(void)state;
	FINDS("abo", kabore);
	FINDS("iem", nikiema);
	FINDS("kab", kabore, kabre);
	FINDS("FEVRE", lefevre);
	FINDS("Lefèvre", lefevre);
	FINDS("noel", guessan);
	FINDS_NONE("kabx");
}

static void find__words__come_in_any_order(void **state)
{
	(void)state;
	FINDS("kabré awa", kabre);
	FINDS("awa kab", kabre);
	FINDS("a kab", kabre);
	FINDS("aw ka", kabre);
	FINDS("fils kabore", kabore);
	FINDS("kabore & fils", kabore);
	FINDS_NONE("awa kabore");
	FINDS_NONE("wa kab");
}

static void find__signs__count_as_typed(void **state)
{
	(void)state;
	FINDS("n'guessan", guessan);
	FINDS("n’g", guessan);
	FINDS("awa.kabre@faso", kabre);
	FINDS("@lefevre.fr", lefevre);
	FINDS("n'", guessan);
	FINDS_NONE("\"");
	FINDS_NONE("*");
	FINDS_NONE("kab\" OR \"zon");
}

static void find__phone__whatever_its_spelling(void **state)
{
	(void)state;
	FINDS("70 12 34 56", kabore);
	FINDS("70\xc2\xa0"
	      "12\xc2\xa0"
	      "34",
		kabore);
	FINDS("+226 70 12", kabore);
	FINDS("0022670123456", kabore);
	FINDS("12.34.56", kabore, lefevre, guessan);
	FINDS("+33 (0)6 12 34", lefevre);
	FINDS("612345678", lefevre);
	FINDS("001122", kabre);
	FINDS("559988", zongo);
}

static void find__phone__by_the_trunk_zero_at_home(void **state)
{
	struct list_query q = { .company_id = company_id };

	(void)state;
	assert_int_equal(find_in("06 12 34", &q, "FR").count, 1);
	assert_int_equal(find_in("06", &q, "FR").count, 1);
	assert_int_equal(find_in("06 12 34", &q, "FR").ids[0], lefevre);
	assert_int_equal(find_in("07 07 12", &q, "CI").ids[0], guessan);
}

static void find__filter__combines(void **state)
{
	struct list_query q = { .company_id = company_id, .today = 20000 };
	struct filter_error error;

	(void)state;
	assert_true(filter_parse(&arena, "kind=FIRM", &q.filter, &error));
	assert_int_equal(find_in("kab", &q, "BF").count, 1);
	assert_int_equal(find_in("kab", &q, "BF").ids[0], kabore);
	assert_true(filter_parse(&arena, "segment=VIP", &q.filter, &error));
	assert_int_equal(find_in("kab", &q, "BF").count, 0);
}

static void find__other_company__stays_out(void **state)
{
	struct list_query q = { .company_id = company_id + 1 };

	(void)state;
	assert_int_equal(find_in("kab", &q, "BF").count, 0);
	assert_int_equal(find_in("k", &q, "BF").count, 0);
}

static void find__nothing_typed__finds_nothing(void **state)
{
	(void)state;
	FINDS_NONE("");
	FINDS_NONE("   ");
}

static void find__further_address__leads_to_its_customer(void **state)
{
	struct contact c = { .company_id = company_id,
		.customer_id = zongo,
		.kind = CONTACT_PHONE,
		.label = "Boutique Dassasgho",
		.typed = "78 65 43 21",
		.value = "+22678654321" };
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	with_begin();
	with_ok(store_contact_add(db, &c, &tally, &err), &err);
	with_commit(&tally);
	FINDS("78 65 43", zongo);
	FINDS("dassas", zongo);
	with_begin();
	with_ok(store_contact_drop(db, company_id, c.id, 1, &tally, &err), &err);
	with_commit(&tally);
	FINDS_NONE("78 65 43");
}

static void find__edit__moves_the_entry(void **state)
{
	struct customer before, after;
	struct err err = ERR_INIT;
	struct tally tally = TALLY_INIT;

	(void)state;
	with_ok(store_customer_get(db, company_id, kabre, &arena, &before, &err), &err);
	after = before;
	after.name = "Sawadogo";
	after.email = after.email_key = "";
	with_begin();
	with_ok(store_customer_update(db, &before, &after, &tally, &err), &err);
	with_commit(&tally);
	FINDS("sawa", kabre);
	FINDS_NONE("kabre");
	FINDS_NONE("faso");
	with_begin();
	with_ok(store_customer_delete(db, company_id, kabre, 1, "awa", &tally, &err), &err);
	with_commit(&tally);
	FINDS_NONE("sawa");
	FINDS_NONE("sa");
	assert_int_equal(with_number("SELECT count(*) FROM search_part_docsize"), 5);
	with_run("INSERT INTO search_part (search_part) VALUES ('integrity-check')");
	with_run("INSERT INTO search_word (search_word) VALUES ('integrity-check')");
}

static void find__many__come_by_id_and_say_so(void **state)
{
	struct customer_hits hits;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;
	struct list_query q = { .company_id = company_id };
	struct find f = { .list = &q, .home = country_find("BF"), .text = "ilbou" };
	int64_t first = 0, *ids;
	size_t count;

	(void)state;
	with_begin();
	for (int i = 0; i <= HITS_MAX; i++) {
		struct customer c = CUSTOMER_INIT;

		c.company_id = company_id;
		c.name = "Ilboudo";
		c.first_name = arena_printf(&arena, "%c%d", 'z' - i % 26, i);
		with_ok(store_customer_insert(db, &c, &with_initial, &tally, &err), &err);
		first = first ? first : c.id;
	}
	with_commit(&tally);
	hits = find("ilbou");
	assert_true(hits.more);
	assert_false(hits.by_name);
	assert_int_equal(hits.count, HITS_MAX);
	assert_int_equal(hits.ids[0], first);
	assert_int_equal(hits.ids[HITS_MAX - 1], first + HITS_MAX - 1);
	with_ok(store_find_all(db, &f, &ids, &count, &err), &err);
	assert_int_equal(count, HITS_MAX + 1);
	assert_int_equal(ids[HITS_MAX], first + HITS_MAX);
	free(ids);
	hits = find("i");
	assert_true(hits.more);
	assert_true(hits.by_name);
	with_begin();
	with_ok(store_customer_delete(db, company_id, first, 1, "awa", &tally, &err), &err);
	with_commit(&tally);
	hits = find("ilbou");
	assert_false(hits.more);
	assert_true(hits.by_name);
	assert_int_equal(hits.count, HITS_MAX);
}

/* Against the plain way: every customer compared with every search. */
static void find__any_part__is_what_a_scan_finds(void **state)
{
	static const char *const syllables[] = { "oue", "dra", "ogo", "ka", "bo", "re", "é", "n'" };
	struct rng rng;
	char *names[200];
	int64_t ids[200];

	(void)state;
	rng_init(&rng, 11);
	for (int i = 0; i < 200; i++) {
		struct strbuf sb = STRBUF_INIT;

		strbuf_adds(&sb, "x");
		for (int k = 0; k < 4; k++)
			strbuf_adds(&sb, syllables[rng_below(&rng, ARRAY_SIZE(syllables))]);
		names[i] = strbuf_detach(&sb);
		ids[i] = add(names[i], "", "", "");
	}
	for (int round = 0; round < 300; round++) {
		const char *whole = names[rng_below(&rng, 200)];
		char part[8];
		int want = 0, seen = 0;
		struct customer_hits hits;

		snprintf(part, sizeof(part), "%.*s", (int)rng_range(&rng, 3, 6),
			whole + rng_below(&rng, strlen(whole) - 5));
		if ((unsigned char)part[0] >= 0x80 || (unsigned char)part[strlen(part) - 1] >= 0x80)
			continue;
		hits = find(part);
		for (int i = 0; i < 200; i++) {
			bool in = strstr(names[i], part);

			want += in;
			for (int k = 0; k < hits.count; k++)
				seen += in && hits.ids[k] == ids[i];
		}
		if (strstr(part, "é"))
			continue; /* folded: “e” finds it too */
		assert_true(seen == want);
	}
	for (int i = 0; i < 200; i++)
		free(names[i]);
}

#define find_test(f) cmocka_unit_test_setup_teardown(f, set_up, without_store)

int main(void)
{
	const struct CMUnitTest tests[] = {
		find_test(find__one_letter__is_the_beginning_of_the_name),
		find_test(find__two_letters__begin_any_word),
		find_test(find__three_letters__are_any_part),
		find_test(find__words__come_in_any_order),
		find_test(find__signs__count_as_typed),
		find_test(find__phone__whatever_its_spelling),
		find_test(find__phone__by_the_trunk_zero_at_home),
		find_test(find__filter__combines),
		find_test(find__other_company__stays_out),
		find_test(find__nothing_typed__finds_nothing),
		find_test(find__further_address__leads_to_its_customer),
		find_test(find__edit__moves_the_entry),
		find_test(find__many__come_by_id_and_say_so),
		find_test(find__any_part__is_what_a_scan_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
