#include "test.h"

#include <string.h>

#include "date.h"
#include "filter.h"

#define TODAY 20000

static char *same(const char *s)
{
	return (char *)s;
}

static bool filter_equal(const struct filter *a, const struct filter *b)
{
	const struct filter *x, *y;

	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->field != b->field || a->op != b->op || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct filter_value *v = &a->values[i], *w = &b->values[i];

		if (v->kind != w->kind || v->number != w->number || !v->text != !w->text ||
			(v->text && strcmp(v->text, w->text) != 0))
			return false;
	}
	for (x = a->first, y = b->first; x && y; x = x->next, y = y->next)
		if (!filter_equal(x, y))
			return false;
	return !x && !y;
}

/* What is kept of every tree: no group of one, none inside its own kind. */
static void check_shape(const struct filter *f)
{
	size_t children = 0;

	for (const struct filter *c = f->first; c; c = c->next) {
		assert_int_not_equal(c->kind, f->kind);
		check_shape(c);
		children++;
	}
	if (f->kind == FILTER_TERM) {
		assert_int_equal(children, 0);
		assert_true(f->count > 0);
	} else if (f->kind == FILTER_NOT) {
		assert_int_equal(children, 1);
	} else {
		assert_true(children >= 2);
	}
}

/* Reads, prints, reads again: the same tree; prints again: the same text. */
static bool round_trip(const char *text, struct strbuf *printed)
{
	struct arena arena = ARENA_INIT;
	const struct filter *one, *two;
	struct filter_error error;
	struct strbuf again = STRBUF_INIT;
	bool ok = filter_parse(&arena, text, &one, &error);

	strbuf_clear(printed);
	if (ok) {
		if (one)
			check_shape(one);
		filter_print(one, printed);
		if (!filter_parse(&arena, printed->buf, &two, &error) || !filter_equal(one, two))
			fail_msg("“%s” printed as “%s”", text, printed->buf);
		filter_print(two, &again);
		assert_string_equal(again.buf, printed->buf);
	}
	strbuf_release(&again);
	arena_release(&arena);
	return ok;
}

static void filter__print__is_canonical(void **state)
{
	static const struct {
		const char *text, *canonical;
	} rows[] = {
		{ "", "" },
		{ " \t\n", "" },
		{ "segment=VIP,LOYAL", "segment=VIP,LOYAL" },
		{ "Segment = vip , loyal", "segment=VIP,LOYAL" },
		{ "segment:at-risk", "segment=AT_RISK" },
		{ "segment=\"at risk\"", "segment=AT_RISK" },
		{ "segment==VIP", "segment=VIP" },
		{ "segment!=VIP", "segment!=VIP" },
		{ "segment<>VIP", "segment!=VIP" },
		{ "segment≠VIP", "segment!=VIP" },
		{ "score>=070", "score>=70" },
		{ "score≥70 score≤80", "score>=70 score<=80" },
		{ "score=70,80", "score=70,80" },
		{ "churn>=0.7", "churn>=0.7" },
		{ "churn>=0,7", "churn>=0.7" },
		{ "churn>=.7000", "churn>=0.7" },
		{ "churn>=70%", "churn>=0.7" },
		{ "churn>=0.75 churn<1", "churn>=0.75 churn<1" },
		{ "delay<-5", "delay<-5" },
		{ "revenue>=50000 revenue<\"14 250 000\"", "revenue>=50000 revenue<14250000" },
		{ "revenue>=\"1\xc2\xa0"
		  "234,50\"",
			"revenue>=1234.5" },
		{ "revenue<-0.0001", "revenue<-0.0001" },
		{ "last_purchase>180d", "last_purchase>180d" },
		{ "last_purchase>180", "last_purchase>180d" },
		{ "last_purchase>2w last_purchase<3m created<1y",
			"last_purchase>14d last_purchase<90d created<365d" },
		{ "last_purchase>180j created<2a", "last_purchase>180d created<730d" },
		{ "last_purchase=\"180 jours\"", "last_purchase=180d" },
		{ "last_purchase<2026-01-31", "last_purchase<2026-01-31" },
		{ "last_purchase<31/01/2026", "last_purchase<2026-01-31" },
		{ "last_purchase=never", "last_purchase=never" },
		{ "dernier_achat=jamais", "last_purchase=never" },
		{ "consent.sms=GRANTED", "consent.sms=GRANTED" },
		{ "consent.instagram!=refused", "consent.instagram!=REFUSED" },
		{ "accord.sms=oui", "consent.sms=GRANTED" },
		{ "channel=SMS reachable=email", "channel=SMS reachable=EMAIL" },
		{ "canal=courriel", "channel=EMAIL" },
		{ "city=\"Bobo-Dioulasso\"", "city=Bobo-Dioulasso" },
		{ "city=Dédougou", "city=Dédougou" },
		{ "ville=\"Aix en Provence\"", "city=\"Aix en Provence\"" },
		{ "name~\"l'é \\\"x\\\" \\\\\"", "name~\"l'é \\\"x\\\" \\\\\"" },
		{ "nom~kab", "name~kab" },
		{ "tag=promo,\"a,b\"", "tag=promo,\"a,b\"" },
		{ "kind=firm nature=pro type=personne",
			"kind=FIRM nature=PROFESSIONAL kind=PERSON" },
		{ "has=email,tel invalid=phone", "has=EMAIL,PHONE invalid=PHONE" },
		{ "active=oui", "active=YES" },
		{ "segment=fragile", "segment=AT_RISK" },
		{ "segment=Fidèle,RÉGULIER", "segment=LOYAL,REGULAR" },
		{ "comportement=retard", "behaviour=LATE" },
		/* how terms stand together */
		{ "a=email et has=tag", "has=EMAIL has=TAG" },
		{ "-tag=old", "-tag=old" },
		{ "not tag=old", "-tag=old" },
		{ "non tag=old sauf tag=new", "-tag=old -tag=new" },
		{ "--tag=old", "tag=old" },
		{ "---tag=old", "-tag=old" },
		{ "-(-(tag=a))", "tag=a" },
		{ "-(tag=a tag=b)", "-(tag=a tag=b)" },
		{ "-(tag=a or tag=b)", "-(tag=a or tag=b)" },
		{ "tag=a or tag=b tag=c", "tag=a or tag=b tag=c" },
		{ "(tag=a or tag=b) tag=c", "(tag=a or tag=b) tag=c" },
		{ "tag=a ou tag=b | tag=c || tag=d", "tag=a or tag=b or tag=c or tag=d" },
		{ "tag=a (tag=b (tag=c))", "tag=a tag=b tag=c" },
		{ "tag=a or (tag=b or (tag=c))", "tag=a or tag=b or tag=c" },
		{ "((((tag=a))))", "tag=a" },
		{ "(tag=a and tag=b) or tag=c", "tag=a tag=b or tag=c" },
		{ "tag=a(tag=b)", "tag=a tag=b" },
		{ "score>=70, tag=a", "score>=70 tag=a" },
		{ "tag=or or tag=and", "tag=or or tag=and" },
	};
	struct strbuf printed = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!round_trip(rows[i].text, &printed) ||
			strcmp(printed.buf, rows[i].canonical) != 0)
			fail_msg("“%s”: “%s”", rows[i].text, printed.buf);
	}
	strbuf_release(&printed);
}

static void filter__parse__says_where_and_what(void **state)
{
	static const struct {
		const char *text;
		enum filter_problem problem;
		size_t at, len;
	} rows[] = {
		{ "segmnt=VIP", PROBLEM_FIELD, 0, 6 },
		{ "score>=70 foo", PROBLEM_FIELD, 10, 3 },
		{ "=VIP", PROBLEM_FIELD, 0, 1 },
		{ "-", PROBLEM_FIELD, 1, 0 },
		{ "()", PROBLEM_FIELD, 1, 1 },
		{ "tag=a or", PROBLEM_FIELD, 8, 0 },
		{ "or tag=a", PROBLEM_FIELD, 0, 2 },
		{ "tag=a and", PROBLEM_FIELD, 9, 0 },
		{ "segment", PROBLEM_OPERATOR, 7, 0 },
		{ "segment VIP", PROBLEM_OPERATOR, 8, 1 },
		{ "segment>VIP", PROBLEM_OPERATOR, 7, 1 },
		{ "score~7", PROBLEM_OPERATOR, 5, 1 },
		{ "city>=a", PROBLEM_OPERATOR, 4, 2 },
		{ "segment=", PROBLEM_VALUE, 8, 0 },
		{ "segment=VIP,", PROBLEM_VALUE, 12, 0 },
		{ "segment=)", PROBLEM_VALUE, 8, 1 },
		{ "city=\"\"", PROBLEM_VALUE, 5, 2 },
		{ "segment=GOLD", PROBLEM_CHOICE, 8, 4 },
		{ "segment=VIP,GOLD", PROBLEM_CHOICE, 12, 4 },
		{ "invalid=TAG", PROBLEM_CHOICE, 8, 3 },
		{ "consent.sms=maybe", PROBLEM_CHOICE, 12, 5 },
		{ "score>=abc", PROBLEM_NUMBER, 7, 3 },
		{ "score>=70.5", PROBLEM_NUMBER, 7, 4 },
		{ "score>=70%", PROBLEM_NUMBER, 7, 3 },
		{ "score>=1000000001", PROBLEM_NUMBER, 7, 10 },
		{ "churn>=1.2.3", PROBLEM_NUMBER, 7, 5 },
		{ "churn>=0.00001", PROBLEM_NUMBER, 7, 7 },
		{ "churn>=0.001%", PROBLEM_NUMBER, 7, 6 },
		{ "revenue>=123456789012345", PROBLEM_NUMBER, 9, 15 },
		{ "revenue>=-", PROBLEM_NUMBER, 9, 1 },
		{ "last_purchase>180x", PROBLEM_DAY, 14, 4 },
		{ "last_purchase>never", PROBLEM_DAY, 14, 5 },
		{ "last_purchase<31/02/2026", PROBLEM_DAY, 14, 10 },
		{ "last_purchase<31/01/26", PROBLEM_DAY, 14, 8 },
		{ "last_purchase>100001d", PROBLEM_DAY, 14, 7 },
		{ "city=\"Bobo", PROBLEM_QUOTE, 5, 5 },
		{ "(tag=a", PROBLEM_CLOSE, 0, 1 },
		{ "tag=z (tag=a or (tag=b)", PROBLEM_CLOSE, 6, 1 },
		{ "tag=a)", PROBLEM_OPEN, 5, 1 },
		{ "tag=\x01", PROBLEM_TEXT, 4, 1 },
		{ "tag=\xff", PROBLEM_TEXT, 4, 1 },
		{ "tag=\"a\xe2\x80\xae\"", PROBLEM_TEXT, 6, 3 },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct filter *f;
		struct filter_error e;

		if (filter_parse(&arena, rows[i].text, &f, &e))
			fail_msg("“%s” was taken", rows[i].text);
		if (e.problem != rows[i].problem || e.at != rows[i].at || e.len != rows[i].len)
			fail_msg("“%s”: problem %d at %zu, %zu long", rows[i].text, e.problem, e.at,
				e.len);
	}
	arena_release(&arena);
}

static void check_error(const char *text, const char *words)
{
	struct arena arena = ARENA_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct filter *f;
	struct filter_error e;

	assert_false(filter_parse(&arena, text, &f, &e));
	filter_error_add(&e, same, &sb);
	assert_string_equal(sb.buf, words);
	strbuf_release(&sb);
	arena_release(&arena);
}

static void filter__error_add__lists_what_is_possible(void **state)
{
	(void)state;
	check_error("segment=GOLD",
		"one of these is expected: VIP, LOYAL, REGULAR, OCCASIONAL, AT_RISK");
	check_error("city>=a", "an operator is expected: = != ~");
	check_error("segment=VIP score", "an operator is expected: = != < <= > >=");
	check_error("foo=1", "a field is expected, such as segment or score");
}

static void filter__parse__has_limits(void **state)
{
	struct arena arena = ARENA_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct filter *f;
	struct filter_error e;

	(void)state;
	for (int i = 0; i < FILTER_TERMS_MAX; i++)
		strbuf_adds(&sb, "tag=a ");
	assert_true(filter_parse(&arena, sb.buf, &f, &e));
	strbuf_adds(&sb, "tag=a");
	assert_false(filter_parse(&arena, sb.buf, &f, &e));
	assert_int_equal(e.problem, PROBLEM_LONG);
	strbuf_clear(&sb);
	strbuf_adds(&sb, "score=1");
	for (int i = 1; i < FILTER_VALUES_MAX; i++)
		strbuf_adds(&sb, ",1");
	assert_true(filter_parse(&arena, sb.buf, &f, &e));
	strbuf_adds(&sb, ",1");
	assert_false(filter_parse(&arena, sb.buf, &f, &e));
	assert_int_equal(e.problem, PROBLEM_LONG);
	strbuf_clear(&sb);
	for (int i = 0; i < FILTER_TEXT_MAX; i++)
		strbuf_addc(&sb, ' ');
	assert_true(filter_parse(&arena, sb.buf, &f, &e));
	strbuf_addc(&sb, ' ');
	assert_false(filter_parse(&arena, sb.buf, &f, &e));
	assert_int_equal(e.problem, PROBLEM_LONG);
	strbuf_release(&sb);
	arena_release(&arena);
}

static void filter__parse__is_not_too_deep(void **state)
{
	static const char opening[] = "((((((((((((((((((((((((((((((((((((((((((";
	struct arena arena = ARENA_INIT;
	struct strbuf sb = STRBUF_INIT;
	const struct filter *f;
	struct filter_error e;

	(void)state;
	strbuf_addf(&sb, "%.31stag=a%s", opening, ")))))))))))))))))))))))))))))))");
	assert_true(filter_parse(&arena, sb.buf, &f, &e));
	strbuf_clear(&sb);
	strbuf_addf(&sb, "%.32stag=a%s", opening, "))))))))))))))))))))))))))))))))");
	assert_false(filter_parse(&arena, sb.buf, &f, &e));
	assert_int_equal(e.problem, PROBLEM_LONG);
	assert_int_equal(e.at, 32);
	strbuf_release(&sb);
	arena_release(&arena);
}

static void filter__parse__makes_this_tree(void **state)
{
	struct arena arena = ARENA_INIT;
	const struct filter *f, *c;
	struct filter_error e;

	(void)state;
	assert_true(
		filter_parse(&arena, "churn>=0.7 revenue<50000 overdue>30d city=\"Pô\"", &f, &e));
	assert_int_equal(f->kind, FILTER_AND);
	c = f->first;
	assert_int_equal(c->field, FILTER_CHURN);
	assert_int_equal(c->op, FILTER_GE);
	assert_int_equal(c->values[0].number, 7000);
	c = c->next;
	assert_int_equal(c->values[0].number, 500000000);
	c = c->next;
	assert_int_equal(c->values[0].kind, VALUE_AGE);
	assert_int_equal(c->values[0].number, 30);
	c = c->next;
	assert_int_equal(c->values[0].kind, VALUE_TEXT);
	assert_string_equal(c->values[0].text, "Pô");
	assert_null(c->next);
	assert_true(filter_parse(&arena, "consent.whatsapp=UNKNOWN", &f, &e));
	assert_int_equal(f->field, FILTER_CONSENT + CONSENT_WHATSAPP);
	assert_int_equal(f->values[0].number, CONSENT_UNKNOWN);
	arena_release(&arena);
}

static void filter__whole__rounds_to_the_side_meant(void **state)
{
	static const struct {
		int64_t number;
		enum filter_op op;
		int decimals;
		int64_t out;
		bool ok;
	} rows[] = {
		{ 25000, FILTER_LT, 0, 3, true },
		{ 25000, FILTER_GE, 0, 3, true },
		{ 25000, FILTER_LE, 0, 2, true },
		{ 25000, FILTER_GT, 0, 2, true },
		{ 25000, FILTER_EQ, 0, 2, false },
		{ 25000, FILTER_NE, 0, 2, false },
		{ 30000, FILTER_LT, 0, 3, true },
		{ 30000, FILTER_GE, 0, 3, true },
		{ 30000, FILTER_EQ, 0, 3, true },
		{ 25000, FILTER_EQ, 2, 250, true },
		{ 7000, FILTER_GE, 1, 7, true },
		{ 7500, FILTER_GE, 1, 8, true },
		{ -25000, FILTER_GE, 0, -2, true },
		{ -25000, FILTER_GT, 0, -3, true },
		{ 1, FILTER_EQ, 4, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t out = 99;
		bool ok = filter_whole(rows[i].number, rows[i].op, rows[i].decimals, &out);

		if (ok != rows[i].ok || out != rows[i].out)
			fail_msg("row %zu: %lld", i, (long long)out);
	}
}

static void filter__day__turns_ages_around(void **state)
{
	struct filter_value age = { .kind = VALUE_AGE, .number = 180 };
	struct filter_value date = { .kind = VALUE_DATE, .number = 19000 };
	static const enum filter_op from[] = { FILTER_EQ, FILTER_NE, FILTER_LT, FILTER_LE,
		FILTER_GT, FILTER_GE };
	static const enum filter_op to[] = { FILTER_EQ, FILTER_NE, FILTER_GT, FILTER_GE, FILTER_LT,
		FILTER_LE };
	enum filter_op op;
	int32_t day;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(from); i++) {
		filter_day(&age, from[i], TODAY, &op, &day);
		assert_int_equal(op, to[i]);
		assert_int_equal(day, TODAY - 180);
		filter_day(&date, from[i], TODAY, &op, &day);
		assert_int_equal(op, from[i]);
		assert_int_equal(day, 19000);
	}
}

static void filter__words__tell_it(void **state)
{
	static const struct {
		enum filter_word_kind kind;
		const char *label;
		int64_t number;
	} want[] = {
		{ WORD_LABEL, "Segment", 0 },
		{ WORD_SIGN, "=", 0 },
		{ WORD_LABEL, "VIP", 0 },
		{ WORD_COMMA, NULL, 0 },
		{ WORD_LABEL, "At risk", 0 },
		{ WORD_AND, NULL, 0 },
		{ WORD_NOT, NULL, 0 },
		{ WORD_OPEN, NULL, 0 },
		{ WORD_LABEL, "City", 0 },
		{ WORD_LABEL, "contains", 0 },
		{ WORD_TEXT, "bobo", 0 },
		{ WORD_OR, NULL, 0 },
		{ WORD_LABEL, "Overdue", 0 },
		{ WORD_SIGN, "≥", 0 },
		{ WORD_AGE, NULL, 30 },
		{ WORD_CLOSE, NULL, 0 },
		{ WORD_AND, NULL, 0 },
		{ WORD_LABEL, "Invoiced incl. tax", 0 },
		{ WORD_SIGN, ">", 0 },
		{ WORD_MONEY, NULL, 20000 },
	};
	struct arena arena = ARENA_INIT;
	const struct filter *f;
	const struct filter_word *words;
	struct filter_error e;
	size_t count;

	(void)state;
	assert_true(filter_parse(
		&arena, "segment=VIP,AT_RISK -(city~bobo or overdue>=30d) revenue>2", &f, &e));
	count = filter_words(&arena, f, &words);
	assert_int_equal(count, ARRAY_SIZE(want));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(words[i].kind, want[i].kind);
		assert_int_equal(words[i].number, want[i].number);
		if (want[i].label)
			assert_string_equal(words[i].label, want[i].label);
		else
			assert_null(words[i].label);
	}
	assert_int_equal(filter_words(&arena, NULL, &words), 0);
	arena_release(&arena);
}

static void filter__table__is_whole(void **state)
{
	(void)state;
	for (int i = 0; i < FILTER_FIELDS; i++) {
		const struct filter_info *info = filter_info((enum filter_field)i);

		assert_true(info->name && info->aliases && info->label && info->help);
		assert_int_equal(info->choices != NULL, info->type == FILTER_CHOICE);
		for (int c = 0; info->choices && c < info->choices->count; c++) {
			assert_true(info->choices->word(c)[0] && info->choices->label(c)[0]);
			assert_non_null(info->choices->aliases[c]);
		}
		for (int n = 0; n < i; n++)
			assert_string_not_equal(
				info->name, filter_info((enum filter_field)n)->name);
	}
}

/* Whatever the pieces in whatever order: no crash, and what is taken prints and
 * reads back as itself. */
static void filter__parse__survives_random_pieces(void **state)
{
	static const char *const pieces[] = { "segment", "score", "city", "overdue", "churn", "tag",
		"consent.sms", "=", "!=", "<", ">=", "~", "≠", ":", "VIP", "AT_RISK", "70", "0,7",
		"180d", "2026-01-31", "never", "\"a b\"", "\"", "\\", ",", "(", ")", "-", " ", " ",
		" ", "or", "and", "not", "é", "\xc2\xa0", "\xff", "%", "|" };
	struct strbuf text = STRBUF_INIT, printed = STRBUF_INIT;
	uint32_t seed = 1;
	int taken = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		strbuf_clear(&text);
		seed = seed * 1664525 + 1013904223;
		for (uint32_t n = seed >> 28; n > 0; n--) {
			seed = seed * 1664525 + 1013904223;
			strbuf_adds(&text, pieces[(seed >> 16) % ARRAY_SIZE(pieces)]);
		}
		taken += round_trip(text.buf, &printed);
	}
	assert_true(taken > 0);
	strbuf_release(&text);
	strbuf_release(&printed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filter__print__is_canonical),
		cmocka_unit_test(filter__parse__says_where_and_what),
		cmocka_unit_test(filter__error_add__lists_what_is_possible),
		cmocka_unit_test(filter__parse__has_limits),
		cmocka_unit_test(filter__parse__is_not_too_deep),
		cmocka_unit_test(filter__parse__makes_this_tree),
		cmocka_unit_test(filter__whole__rounds_to_the_side_meant),
		cmocka_unit_test(filter__day__turns_ages_around),
		cmocka_unit_test(filter__words__tell_it),
		cmocka_unit_test(filter__table__is_whole),
		cmocka_unit_test(filter__parse__survives_random_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
