#include "segment_sql.h"

#include "channel.h"
#include "date.h"
#include "fold.h"
#include "kind.h"
#include "segment.h"

/* overdue_since of who owes nothing past due. */
#define NEVER_LATE "2147483647"

static void put_bind(struct segment_sql *sql, struct segment_bind bind)
{
	strbuf_addf(&sql->text, "?%d", sql->first + (int)sql->binds.len);
	vec_push(&sql->binds, bind);
}

static void put_number(struct segment_sql *sql, int64_t number)
{
	put_bind(sql, (struct segment_bind){ .number = number });
}

static void put_text(struct segment_sql *sql, const char *text)
{
	put_bind(sql, (struct segment_bind){ .text = text });
}

static void put_folded(struct segment_sql *sql, const char *text)
{
	struct strbuf folded = STRBUF_INIT;

	fold_add(&folded, text);
	put_text(sql, arena_strdup(&sql->arena, folded.buf));
	strbuf_release(&folded);
}

static const char *sign(enum filter_op op)
{
	static const char *const signs[FILTER_OPS] = {
		[FILTER_EQ] = " = ",
		[FILTER_NE] = " <> ",
		[FILTER_LT] = " < ",
		[FILTER_LE] = " <= ",
		[FILTER_GT] = " > ",
		[FILTER_GE] = " >= ",
		[FILTER_CONTAINS] = " = ",
	};

	return signs[op];
}

/* A column that holds one of an enumeration's words. */
static void choice_word(struct segment_sql *sql, const char *column, const char *word)
{
	strbuf_addf(&sql->text, "%s = ", column);
	put_text(sql, word);
}

static void compare(struct segment_sql *sql, const char *column, enum filter_op op, int64_t number)
{
	strbuf_addf(&sql->text, "%s%s", column, sign(op));
	put_number(sql, number);
}

/* A scaled number against a column of so many decimals. */
static void compare_scaled(struct segment_sql *sql, const char *column, enum filter_op op,
	int64_t scaled, int decimals)
{
	int64_t whole;

	if (filter_whole(scaled, op, decimals, &whole))
		compare(sql, column, op, whole);
	else
		strbuf_adds(&sql->text, op == FILTER_NE ? "1" : "0");
}

/* A day column whose `missing` value stands for "none". */
static void compare_day(struct segment_sql *sql, const struct list_query *q, const char *column,
	const char *missing, enum filter_op op, const struct filter_value *v)
{
	int32_t day;

	if (v->kind == VALUE_NEVER) {
		strbuf_addf(&sql->text, "%s%s%s", column, sign(op), missing);
		return;
	}
	filter_day(v, op, q->today, &op, &day);
	strbuf_addf(&sql->text, "(%s <> %s AND ", column, missing);
	compare(sql, column, op, day);
	strbuf_addc(&sql->text, ')');
}

/* NULL where no delay is known: no comparison holds then. */
static void compare_delay(struct segment_sql *sql, enum filter_op op, int64_t days)
{
	strbuf_adds(&sql->text, "ifnull(");
	compare(sql, "s.delay_days", op, days);
	strbuf_adds(&sql->text, ", 0)");
}

/* A folded column: equal, different, or holding the text somewhere. */
static void compare_text(
	struct segment_sql *sql, const char *column, enum filter_op op, const char *text)
{
	if (op == FILTER_CONTAINS) {
		strbuf_addf(&sql->text, "instr(%s, ", column);
		put_folded(sql, text);
		strbuf_adds(&sql->text, ") > 0");
		return;
	}
	strbuf_addf(&sql->text, "%s%s", column, sign(op));
	put_folded(sql, text);
}

/* Any of the names somebody may mean: the whole, the first name, the firm. */
static void compare_name(struct segment_sql *sql, enum filter_op op, const char *text)
{
	static const char *const columns[] = { "c.name_key", "fold(c.name)", "fold(c.first_name)",
		"fold(c.firm)" };
	const char *between = op == FILTER_NE ? " AND " : " OR ";

	strbuf_addc(&sql->text, '(');
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		if (i)
			strbuf_adds(&sql->text, between);
		compare_text(sql, columns[i], op, text);
	}
	strbuf_addc(&sql->text, ')');
}

static void compare_tag(struct segment_sql *sql, enum filter_op op, const char *text)
{
	strbuf_addf(&sql->text,
		"%sEXISTS (SELECT 1 FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id"
		" WHERE ct.company_id = c.company_id AND ct.customer_id = c.id AND ",
		op == FILTER_NE ? "NOT " : "");
	compare_text(sql, "t.name_key", op == FILTER_NE ? FILTER_EQ : op, text);
	strbuf_addc(&sql->text, ')');
}

static void consent_is(struct segment_sql *sql, int subject, int state)
{
	/* 3 is never written and reads as refused. */
	strbuf_addf(&sql->text, "min(c.consents >> %d & 3, 2) = %d", 2 * subject, state);
}

/* Suppressed addresses do not work: as the counters count it (store_counter.h). */
#define NOT_SUPPRESSED(kind, value)                                                                \
	" AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.company_id = c.company_id"           \
	" AND x.kind = '" kind "' AND x.value = " value ")"
#define HANDLE(kind)                                                                               \
	"EXISTS (SELECT 1 FROM contact k WHERE k.company_id = c.company_id"                        \
	" AND k.customer_id = c.id AND k.kind = '" kind                                            \
	"' AND k.value IS NOT NULL" NOT_SUPPRESSED(kind, "k.value") ")"

static const char *address_of(enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return "c.email_key IS NOT NULL" NOT_SUPPRESSED("EMAIL", "c.email_key");
	case CHANNEL_SMS:
	case CHANNEL_WHATSAPP:
		return "c.phone_e164 IS NOT NULL" NOT_SUPPRESSED("PHONE", "c.phone_e164");
	case CHANNEL_FACEBOOK:
		return HANDLE("FACEBOOK");
	case CHANNEL_INSTAGRAM:
		return HANDLE("INSTAGRAM");
	case CHANNEL_COUNT:
		break;
	}
	return "0";
}

static void reachable(struct segment_sql *sql, enum channel channel)
{
	strbuf_addc(&sql->text, '(');
	consent_is(sql, CONSENT_PROCESSING, CONSENT_GRANTED);
	strbuf_adds(&sql->text, " AND ");
	consent_is(sql, CONSENT_MARKETING, CONSENT_GRANTED);
	strbuf_adds(&sql->text, " AND ");
	consent_is(sql, (int)consent_of_channel(channel), CONSENT_GRANTED);
	strbuf_addf(&sql->text, " AND %s)", address_of(channel));
}

#define CHILD(table, more)                                                                         \
	"EXISTS (SELECT 1 FROM " table " x WHERE x.company_id = c.company_id"                      \
	" AND x.customer_id = c.id" more ")"

static const char *has_thing(enum filter_thing thing)
{
	switch (thing) {
	case THING_EMAIL:
		return "c.email_key IS NOT NULL";
	case THING_PHONE:
		return "c.phone_e164 IS NOT NULL";
	case THING_CITY:
		return "c.city <> ''";
	case THING_BIRTHDAY:
		return "c.birth_day IS NOT NULL";
	case THING_PURCHASE:
		return "s.last_purchase <> -2147483648";
	case THING_OVERDUE:
		return "s.overdue > 0";
	case THING_TAG:
		return CHILD("customer_tag", "");
	case THING_TASK:
		return CHILD("task", " AND x.done_at IS NULL");
	case THING_NOTE:
		return CHILD("note", "");
	case THING_COUNT:
		break;
	}
	return "0";
}

static const char *invalid_thing(enum filter_thing thing)
{
	return thing == THING_EMAIL ? "(c.email <> '' AND c.email_key IS NULL)"
				    : "(c.phone <> '' AND c.phone_e164 IS NULL)";
}

/* One value of a choice, as if the operator were "=". */
static void choice(struct segment_sql *sql, enum filter_field field, int64_t n)
{
	switch ((int)field) {
	case FILTER_SEGMENT:
		choice_word(sql, "s.segment", segment_word((enum segment)n));
		return;
	case FILTER_BEHAVIOUR:
		choice_word(sql, "s.behaviour", behaviour_word((enum behaviour)n));
		return;
	case FILTER_KIND:
		choice_word(sql, "c.kind", customer_kind_word((enum customer_kind)n));
		return;
	case FILTER_NATURE:
		choice_word(sql, "c.nature", nature_word((enum nature)n));
		return;
	case FILTER_ACTIVE:
		compare(sql, "s.active", FILTER_EQ, n);
		return;
	case FILTER_CHANNEL:
		strbuf_addf(&sql->text, "instr(',' || c.channels || ',', ',%s,') > 0",
			channel_word((enum channel)n));
		return;
	case FILTER_REACHABLE:
		reachable(sql, (enum channel)n);
		return;
	case FILTER_HAS:
		strbuf_adds(&sql->text, has_thing((enum filter_thing)n));
		return;
	case FILTER_INVALID:
		strbuf_adds(&sql->text, invalid_thing((enum filter_thing)n));
		return;
	default: /* the consents: FILTER_CONSENT + subject */
		consent_is(sql, (int)field - FILTER_CONSENT, (int)n);
		return;
	}
}

static void text_term(struct segment_sql *sql, const struct list_query *q, enum filter_field field,
	enum filter_op op, const char *text)
{
	switch ((int)field) {
	case FILTER_NAME:
		compare_name(sql, op, text);
		return;
	case FILTER_CITY:
		compare_text(sql, "c.city_key", op, text);
		return;
	case FILTER_COUNTRY:
		compare_text(sql, "lower(c.country)", op, text);
		return;
	case FILTER_LANGUAGE:
		strbuf_addf(&sql->text, "(CASE c.language WHEN '' THEN '%s' ELSE c.language END)%s",
			lang_code(q->language), sign(op));
		put_folded(sql, text);
		return;
	default:
		compare_tag(sql, op, text);
		return;
	}
}

static void number_term(struct segment_sql *sql, const struct list_query *q,
	enum filter_field field, enum filter_op op, const struct filter_value *v)
{
	switch ((int)field) {
	case FILTER_SCORE:
		compare(sql, "s.score", op, v->number);
		return;
	case FILTER_CHURN:
		compare_scaled(sql, "s.churn", op, v->number, 1);
		return;
	case FILTER_SATISFACTION:
		compare(sql, "s.satisfaction", op, v->number);
		return;
	case FILTER_DELAY:
		compare_delay(sql, op, v->number);
		return;
	case FILTER_PURCHASES:
		compare(sql, "s.purchases", op, v->number);
		return;
	case FILTER_REVENUE:
		compare_scaled(sql, "s.revenue", op, v->number, q->decimals);
		return;
	case FILTER_LTV:
		compare_scaled(sql, "s.lifetime_value", op, v->number, q->decimals);
		return;
	case FILTER_OVERDUE_AMOUNT:
		compare_scaled(sql, "s.overdue", op, v->number, q->decimals);
		return;
	case FILTER_LAST_PURCHASE:
		compare_day(sql, q, "s.last_purchase", "-2147483648", op, v);
		return;
	case FILTER_LAST_INTERACTION:
		compare_day(sql, q, "s.last_interaction", "-2147483648", op, v);
		return;
	case FILTER_OVERDUE:
		compare_day(sql, q, "s.overdue_since", NEVER_LATE, op, v);
		return;
	default: /* FILTER_CREATED: every customer has it */
		compare_day(sql, q, "c.created_at / 86400", "-2147483648", op, v);
		return;
	}
}

static void one_value(struct segment_sql *sql, const struct list_query *q,
	const struct filter *term, const struct filter_value *v)
{
	enum filter_type type = filter_info(term->field)->type;

	if (type == FILTER_CHOICE) {
		if (term->op == FILTER_NE)
			strbuf_adds(&sql->text, "NOT ");
		strbuf_addc(&sql->text, '(');
		choice(sql, term->field, v->number);
		strbuf_addc(&sql->text, ')');
	} else if (type == FILTER_TEXT)
		text_term(sql, q, term->field, term->op, v->text);
	else
		number_term(sql, q, term->field, term->op, v);
}

static void put(struct segment_sql *sql, const struct list_query *q, const struct filter *f);

static void put_children(
	struct segment_sql *sql, const struct list_query *q, const struct filter *f)
{
	const char *between = f->kind == FILTER_OR ? " OR " : " AND ";

	strbuf_addc(&sql->text, '(');
	for (const struct filter *child = f->first; child; child = child->next) {
		if (child != f->first)
			strbuf_adds(&sql->text, between);
		put(sql, q, child);
	}
	strbuf_addc(&sql->text, ')');
}

/* Any value holds; with "different from", every one. */
static void put_term(struct segment_sql *sql, const struct list_query *q, const struct filter *term)
{
	if (term->count > 1)
		strbuf_addc(&sql->text, '(');
	for (size_t i = 0; i < term->count; i++) {
		if (i)
			strbuf_adds(&sql->text, term->op == FILTER_NE ? " AND " : " OR ");
		one_value(sql, q, term, &term->values[i]);
	}
	if (term->count > 1)
		strbuf_addc(&sql->text, ')');
}

static void put(struct segment_sql *sql, const struct list_query *q, const struct filter *f)
{
	switch (f->kind) {
	case FILTER_AND:
	case FILTER_OR:
		put_children(sql, q, f);
		return;
	case FILTER_NOT:
		strbuf_adds(&sql->text, "NOT (");
		put(sql, q, f->first);
		strbuf_addc(&sql->text, ')');
		return;
	case FILTER_TERM:
		put_term(sql, q, f);
		return;
	}
}

/* The terms of an AND at the top stand side by side, where the planner sees them. */
void segment_sql_make(struct segment_sql *sql, const struct list_query *q, int first)
{
	const struct filter *f = q->filter;

	*sql = (struct segment_sql){ .text = STRBUF_INIT, .first = first, .arena = ARENA_INIT };
	if (!f)
		return;
	if (f->kind != FILTER_AND) {
		strbuf_adds(&sql->text, " AND ");
		put(sql, q, f);
		return;
	}
	for (const struct filter *child = f->first; child; child = child->next) {
		strbuf_adds(&sql->text, " AND ");
		put(sql, q, child);
	}
}

void segment_sql_release(struct segment_sql *sql)
{
	strbuf_release(&sql->text);
	vec_release(&sql->binds);
	arena_release(&sql->arena);
}

void segment_sql_bind(const struct segment_sql *sql, struct stmt *q)
{
	for (size_t i = 0; i < sql->binds.len; i++) {
		const struct segment_bind *b = &sql->binds.items[i];
		int at = sql->first + (int)i;

		if (b->text)
			stmt_text_at(q, at, b->text);
		else
			stmt_i64_at(q, at, b->number);
	}
}
