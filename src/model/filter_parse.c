#include "filter.h"

#include "date.h"
#include "fold.h"
#include "utf8.h"
#include "vec.h"

#define NUMBER_MAX INT64_C(1000000000) /* of whole numbers */
#define AGE_MAX 100000		       /* days */
#define WHOLE_DIGITS 14
#define PLACES 4 /* FILTER_SCALE */

struct parser {
	struct arena *arena;
	const char *text;
	size_t len;
	size_t at;
	int depth;
	size_t terms;
	struct filter_error *error;
};

/* The children of a node while it is being made. */
struct children {
	struct filter *first;
	struct filter *last;
	size_t count;
};

static bool fail(struct parser *p, enum filter_problem problem, size_t at, size_t len)
{
	p->error->problem = problem;
	p->error->at = at;
	p->error->len = len;
	return false;
}

/* --- characters --- */

static size_t blank_at(const char *s, size_t len)
{
	if (len && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		return 1;
	if (len >= 2 && !memcmp(s, "\xc2\xa0", 2))
		return 2;
	return len >= 3 && !memcmp(s, "\xe2\x80\xaf", 3) ? 3 : 0;
}

static void skip_blanks(struct parser *p)
{
	size_t n;

	while ((n = blank_at(p->text + p->at, p->len - p->at)))
		p->at += n;
}

static char peek(const struct parser *p)
{
	return p->at < p->len ? p->text[p->at] : '\0';
}

static const struct {
	const char *sign;
	enum filter_op op;
} operators[] = {
	{ "==", FILTER_EQ },
	{ "=", FILTER_EQ },
	{ ":", FILTER_EQ },
	{ "!=", FILTER_NE },
	{ "<>", FILTER_NE },
	{ "≠", FILTER_NE },
	{ "<=", FILTER_LE },
	{ "≤", FILTER_LE },
	{ "<", FILTER_LT },
	{ ">=", FILTER_GE },
	{ "≥", FILTER_GE },
	{ ">", FILTER_GT },
	{ "~", FILTER_CONTAINS },
};

/* The bytes of the operator that stands at `at`, 0 if none does. */
static size_t operator_at(const struct parser *p, size_t at, enum filter_op *op)
{
	for (size_t i = 0; i < ARRAY_SIZE(operators); i++) {
		size_t n = strlen(operators[i].sign);

		if (n <= p->len - at && !memcmp(p->text + at, operators[i].sign, n)) {
			*op = operators[i].op;
			return n;
		}
	}
	return 0;
}

/* Bytes of the name at the parser's place: letters, digits, '_' and '.'. */
static size_t name_length(const struct parser *p)
{
	size_t at = p->at;
	enum filter_op op;

	while (at < p->len) {
		char c = p->text[at];
		bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
			    (unsigned char)c >= 0x80;

		if (!word || blank_at(p->text + at, p->len - at) || operator_at(p, at, &op))
			break;
		at++;
	}
	return at - p->at;
}

/* --- words --- */

/* Case, accents, and '-' or a blank for '_' make no difference. */
static void fold_word(struct strbuf *out, const char *s, size_t len)
{
	struct strbuf raw = STRBUF_INIT;

	strbuf_add(&raw, s, len);
	fold_add(out, raw.buf);
	strbuf_release(&raw);
	for (size_t i = 0; i < out->len; i++)
		if (out->buf[i] == '-' || out->buf[i] == ' ')
			out->buf[i] = '_';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(const char *folded, const char *word)
{
	while (*folded && *folded == lower(*word)) {
		folded++;
		word++;
	}
	return !*folded && !*word;
}

static bool in_list(const char *folded, const char *list)
{
	size_t len = strlen(folded);

	while (*list) {
		size_t n = strcspn(list, " ");

		if (n == len && !memcmp(list, folded, n))
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

static enum filter_field find_field(const char *folded)
{
	for (int i = 0; i < FILTER_FIELDS; i++) {
		const struct filter_info *info = filter_info((enum filter_field)i);

		if (same_word(folded, info->name) || in_list(folded, info->aliases))
			return (enum filter_field)i;
	}
	return FILTER_FIELDS;
}

static int find_choice(const char *folded, const struct filter_choices *choices)
{
	for (int i = 0; i < choices->count; i++)
		if (same_word(folded, choices->word(i)) || in_list(folded, choices->aliases[i]))
			return i;
	return -1;
}

/* Takes the word at the parser's place if it is one of `list` and no operator
 * follows, which would make it a field. */
static bool take_keyword(struct parser *p, const char *list)
{
	struct strbuf word = STRBUF_INIT;
	size_t len = name_length(p);
	enum filter_op op;
	bool found;

	fold_word(&word, p->text + p->at, len);
	found = len && in_list(word.buf, list) && !operator_at(p, p->at + len, &op);
	strbuf_release(&word);
	if (found)
		p->at += len;
	return found;
}

/* --- values --- */

/* Digits with one decimal point or comma, scaled by FILTER_SCALE; blanks between
 * digits are left aside. A '%' at the end divides by 100. */
static bool parse_scaled(const char *s, bool percent_ok, int64_t *number)
{
	size_t len = strlen(s), at = 0, n;
	bool negative = *s == '-', point = false;
	int whole = 0, places = 0;
	int64_t value = 0;

	at += *s == '-' || *s == '+';
	for (; at < len; at++) {
		if ((n = blank_at(s + at, len - at))) {
			at += n - 1;
		} else if ((s[at] == '.' || s[at] == ',') && !point) {
			point = true;
		} else if (s[at] >= '0' && s[at] <= '9') {
			if (point ? ++places > PLACES : ++whole > WHOLE_DIGITS)
				return false;
			value = value * 10 + (s[at] - '0');
		} else {
			break;
		}
	}
	if (!whole && !places)
		return false;
	for (; places < PLACES; places++)
		value *= 10;
	if (percent_ok && at < len && s[at] == '%') {
		if (value % 100)
			return false;
		value /= 100;
		at++;
	}
	*number = negative ? -value : value;
	return at == len;
}

static bool parse_number(const char *s, int64_t *number)
{
	int64_t scaled;

	if (!parse_scaled(s, false, &scaled) || scaled % FILTER_SCALE)
		return false;
	*number = scaled / FILTER_SCALE;
	return *number >= -NUMBER_MAX && *number <= NUMBER_MAX;
}

/* Days of an age's unit: d or j, w or s, m, y or a; none means days. 0 if unknown. */
static int64_t unit_days(const char *unit)
{
	static const struct {
		const char *names;
		int64_t days;
	} units[] = {
		{ "d day days j jour jours", 1 },
		{ "w week weeks s sem semaine semaines", 7 },
		{ "m month months mois", 30 },
		{ "y year years a an ans", 365 },
	};

	if (!*unit)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (in_list(unit, units[i].names))
			return units[i].days;
	return 0;
}

static bool parse_age(const char *folded, int64_t *days)
{
	int64_t n = 0;
	const char *s = folded;

	for (; *s >= '0' && *s <= '9'; s++) {
		n = n * 10 + (*s - '0');
		if (n > AGE_MAX)
			return false;
	}
	if (s == folded)
		return false;
	s += *s == '_';
	*days = n * unit_days(s);
	return unit_days(s) > 0 && *days <= AGE_MAX;
}

static bool parse_day(const char *s, const char *folded, enum filter_op op, struct filter_value *v)
{
	int32_t day;

	if (in_list(folded, "never none jamais aucun aucune")) {
		v->kind = VALUE_NEVER;
		return op == FILTER_EQ || op == FILTER_NE;
	}
	if (parse_age(folded, &v->number)) {
		v->kind = VALUE_AGE;
		return true;
	}
	if (date_parse(s, strlen(s), DATE_ISO | DATE_DMY, &day) != DATE_OK)
		return false;
	v->kind = VALUE_DATE;
	v->number = day;
	return true;
}

/* What is wrong with a value that is none of the type. */
static enum filter_problem type_problem(enum filter_type type)
{
	switch (type) {
	case FILTER_CHOICE:
		return PROBLEM_CHOICE;
	case FILTER_NUMBER:
	case FILTER_DECIMAL:
	case FILTER_MONEY:
		return PROBLEM_NUMBER;
	case FILTER_DAY:
		return PROBLEM_DAY;
	case FILTER_TEXT:
		break;
	}
	return PROBLEM_VALUE;
}

static bool parse_choice(
	const char *folded, const struct filter_choices *choices, struct filter_value *v)
{
	int choice = find_choice(folded, choices);

	v->kind = VALUE_NUMBER;
	v->number = choice;
	return choice >= 0;
}

/* What `s` says as a value of the field. */
static bool value_read(
	const struct filter_info *info, enum filter_op op, const char *s, struct filter_value *v)
{
	struct strbuf folded = STRBUF_INIT;
	bool ok = false;

	*v = (struct filter_value){ .kind = VALUE_NUMBER };
	fold_word(&folded, s, strlen(s));
	switch (info->type) {
	case FILTER_CHOICE:
		ok = parse_choice(folded.buf, info->choices, v);
		break;
	case FILTER_NUMBER:
		ok = parse_number(s, &v->number);
		break;
	case FILTER_DECIMAL:
	case FILTER_MONEY:
		ok = parse_scaled(s, info->type == FILTER_DECIMAL, &v->number);
		break;
	case FILTER_DAY:
		ok = parse_day(s, folded.buf, op, v);
		break;
	case FILTER_TEXT:
		*v = (struct filter_value){ .kind = VALUE_TEXT, .text = s };
		ok = folded.len > 0;
		break;
	}
	strbuf_release(&folded);
	return ok;
}

/* "quoted", from the opening mark on; in the arena, without marks and escapes. */
static char *take_quoted(struct parser *p)
{
	size_t start = p->at++, len = 0;
	char *s = arena_alloc(p->arena, p->len - start + 1);

	for (; p->at < p->len && p->text[p->at] != '"'; p->at++) {
		if (p->text[p->at] == '\\' && p->at + 1 < p->len)
			p->at++;
		s[len++] = p->text[p->at];
	}
	if (p->at == p->len) {
		(void)fail(p, PROBLEM_QUOTE, start, p->len - start);
		return NULL;
	}
	p->at++;
	s[len] = '\0';
	return s;
}

static char *take_bare(struct parser *p, bool with_comma)
{
	size_t start = p->at;

	while (p->at < p->len && !blank_at(p->text + p->at, p->len - p->at)) {
		char c = p->text[p->at];

		if (c == '(' || c == ')' || c == '"' || (c == ',' && !with_comma))
			break;
		p->at++;
	}
	if (p->at == start) {
		(void)fail(p, PROBLEM_VALUE, start, p->at < p->len);
		return NULL;
	}
	return arena_strndup(p->arena, p->text + start, p->at - start);
}

static bool take_value(struct parser *p, const struct filter *term, struct filter_value *v)
{
	const struct filter_info *info = filter_info(term->field);
	bool ordered = term->op >= FILTER_LT && term->op <= FILTER_GE;
	size_t start;
	char *s;

	skip_blanks(p);
	start = p->at;
	s = peek(p) == '"' ? take_quoted(p) : take_bare(p, ordered);
	if (!s)
		return false;
	return value_read(info, term->op, s, v) ||
	       fail(p, type_problem(info->type), start, p->at - start);
}

/* Whether a comma follows, blanks before it or not; takes it. */
static bool take_comma(struct parser *p)
{
	size_t start = p->at;

	skip_blanks(p);
	if (peek(p) == ',') {
		p->at++;
		return true;
	}
	p->at = start;
	return false;
}

static bool take_values(struct parser *p, struct filter *term)
{
	VEC(struct filter_value) values = { 0 };
	struct filter_value v;
	struct filter_value *copy;
	bool ordered = term->op >= FILTER_LT && term->op <= FILTER_GE;
	bool ok = false;

	do {
		if (values.len == FILTER_VALUES_MAX) {
			(void)fail(p, PROBLEM_LONG, p->at, p->len - p->at);
			goto out;
		}
		if (!take_value(p, term, &v))
			goto out;
		vec_push(&values, v);
	} while (!ordered && take_comma(p));
	copy = arena_alloc(p->arena, values.len * sizeof(*copy));
	memcpy(copy, values.items, values.len * sizeof(*copy));
	term->values = copy;
	term->count = values.len;
	ok = true;
out:
	vec_release(&values);
	return ok;
}

/* --- the grammar --- */

static struct filter *node_make(struct parser *p, enum filter_kind kind)
{
	struct filter *f = arena_zalloc(p->arena, 1, sizeof(*f));

	f->kind = kind;
	return f;
}

/* Appends a node, or the children of one that says the same as its new parent. */
static void children_add(struct children *c, struct filter *f, enum filter_kind parent)
{
	struct filter *last = f;

	if (f->kind == parent) {
		f = (struct filter *)f->first;
		for (last = f; last->next; last = (struct filter *)last->next)
			c->count++;
	}
	if (c->last)
		c->last->next = f;
	else
		c->first = f;
	c->last = last;
	c->count++;
}

static struct filter *children_node(struct parser *p, struct children *c, enum filter_kind kind)
{
	struct filter *f;

	if (c->count == 1)
		return c->first;
	f = node_make(p, kind);
	f->first = c->first;
	return f;
}

static bool take_field(struct parser *p, struct filter *term)
{
	struct strbuf word = STRBUF_INIT;
	size_t len = name_length(p);

	fold_word(&word, p->text + p->at, len);
	term->field = len ? find_field(word.buf) : FILTER_FIELDS;
	strbuf_release(&word);
	if (term->field == FILTER_FIELDS)
		return fail(p, PROBLEM_FIELD, p->at, len ? len : p->at < p->len);
	p->error->field = term->field;
	p->at += len;
	return true;
}

static bool take_operator(struct parser *p, struct filter *term)
{
	size_t len;

	skip_blanks(p);
	len = operator_at(p, p->at, &term->op);
	if (!len || !filter_type_takes(filter_info(term->field)->type, term->op))
		return fail(p, PROBLEM_OPERATOR, p->at, len ? len : p->at < p->len);
	p->at += len;
	return true;
}

static struct filter *parse_term(struct parser *p)
{
	struct filter *term = node_make(p, FILTER_TERM);

	if (p->terms++ == FILTER_TERMS_MAX) {
		(void)fail(p, PROBLEM_LONG, p->at, p->len - p->at);
		return NULL;
	}
	if (!take_field(p, term) || !take_operator(p, term) || !take_values(p, term))
		return NULL;
	p->error->field = FILTER_FIELDS;
	return term;
}

static struct filter *parse_any(struct parser *p);

static struct filter *parse_group(struct parser *p)
{
	size_t open = p->at++;
	struct filter *f = parse_any(p);

	if (!f)
		return NULL;
	skip_blanks(p);
	if (peek(p) != ')') {
		(void)fail(p, PROBLEM_CLOSE, open, 1);
		return NULL;
	}
	p->at++;
	return f;
}

static struct filter *parse_one(struct parser *p);

static struct filter *parse_not(struct parser *p)
{
	struct filter *f = parse_one(p), *not ;

	if (!f)
		return NULL;
	if (f->kind == FILTER_NOT)
		return (struct filter *)f->first;
	not = node_make(p, FILTER_NOT);
	not ->first = f;
	return not ;
}

static struct filter *parse_one(struct parser *p)
{
	struct filter *f = NULL;

	skip_blanks(p);
	if (p->depth == FILTER_DEPTH_MAX) {
		(void)fail(p, PROBLEM_LONG, p->at, p->len - p->at);
		return NULL;
	}
	p->depth++;
	if (peek(p) == '-') {
		p->at++;
		f = parse_not(p);
	} else if (peek(p) == '(') {
		f = parse_group(p);
	} else if (take_keyword(p, "not non sauf")) {
		f = parse_not(p);
	} else {
		f = parse_term(p);
	}
	p->depth--;
	return f;
}

/* Whether the text or the parenthesis ends here, or an "or" stands here. */
static bool at_or(struct parser *p, bool *taken)
{
	skip_blanks(p);
	*taken = false;
	if (peek(p) == '|') {
		p->at += 1 + (p->at + 1 < p->len && p->text[p->at + 1] == '|');
		*taken = true;
	} else if (take_keyword(p, "or ou")) {
		*taken = true;
	}
	return *taken || p->at == p->len || peek(p) == ')';
}

static struct filter *parse_all(struct parser *p, bool *another)
{
	struct children c = { 0 };

	do {
		struct filter *f = parse_one(p);

		if (!f)
			return NULL;
		children_add(&c, f, FILTER_AND);
		skip_blanks(p);
		if (take_keyword(p, "and et"))
			continue;
		if (at_or(p, another))
			break;
	} while (true);
	return children_node(p, &c, FILTER_AND);
}

static struct filter *parse_any(struct parser *p)
{
	struct children c = { 0 };
	bool another = true;

	while (another) {
		struct filter *f = parse_all(p, &another);

		if (!f)
			return NULL;
		children_add(&c, f, FILTER_OR);
	}
	return children_node(p, &c, FILTER_OR);
}

/* Nothing but well-formed text and blanks, and not too much of it. */
static bool check_text(struct parser *p)
{
	for (size_t at = 0; at < p->len;) {
		uint32_t cp;
		size_t n = utf8_decode(p->text + at, p->len - at, &cp);
		bool broken = cp == UTF8_REPLACEMENT && n == 1;

		if (broken || (utf8_is_control(cp) && !blank_at(p->text + at, n)))
			return fail(p, PROBLEM_TEXT, at, n);
		at += n;
	}
	return p->len <= FILTER_TEXT_MAX ||
	       fail(p, PROBLEM_LONG, FILTER_TEXT_MAX, p->len - FILTER_TEXT_MAX);
}

bool filter_parse(struct arena *arena, const char *text, const struct filter **filter,
	struct filter_error *error)
{
	struct filter_error none = { .field = FILTER_FIELDS };
	struct parser p = { .arena = arena, .text = text, .len = strlen(text), .error = error };
	struct filter *f;

	*error = none;
	if (!check_text(&p))
		return false;
	skip_blanks(&p);
	*filter = NULL;
	if (p.at == p.len)
		return true;
	f = parse_any(&p);
	if (!f)
		return false;
	if (p.at < p.len)
		return fail(&p, PROBLEM_OPEN, p.at, 1);
	*filter = f;
	return true;
}
