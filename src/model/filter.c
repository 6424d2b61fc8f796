#include "filter.h"

#include "date.h"
#include "i18n.h"
#include "kind.h"
#include "segment.h"
#include "vec.h"
#include "word.h"

/* --- choices --- */

/* Tables of choices call through one type of function, whatever the enumeration. */
#define CHOICE_FUNCTIONS(name)                                                                     \
	static const char *name##_choice_word(int v)                                               \
	{                                                                                          \
		return name##_word((enum name)v);                                                  \
	}                                                                                          \
	static const char *name##_choice_label(int v)                                              \
	{                                                                                          \
		return name##_label((enum name)v);                                                 \
	}

#define CHOICES(name, words)                                                                       \
	{                                                                                          \
		.count = (int)ARRAY_SIZE(words), .word = name##_choice_word,                       \
		.label = name##_choice_label, .aliases = (words),                                  \
	}

CHOICE_FUNCTIONS(segment)
CHOICE_FUNCTIONS(behaviour)
CHOICE_FUNCTIONS(channel)
CHOICE_FUNCTIONS(consent_state)
CHOICE_FUNCTIONS(customer_kind)
CHOICE_FUNCTIONS(nature)

static const char *const segment_aliases[] = { "", "fidele", "regulier", "occasionnel", "fragile" };
static const char *const behaviour_aliases[] = { "", "bon", "moyen correct", "retard tardif",
	"critique", "inconnu" };
static const char *const channel_aliases[] = { "e_mail mail courriel", "texto", "", "", "" };
static const char *const consent_aliases[] = { "inconnu", "accorde oui yes", "refuse non no" };
static const char *const kind_aliases[] = { "personne", "entreprise societe" };
static const char *const nature_aliases[] = { "particulier", "professionnel pro" };

static const struct filter_choices segments = CHOICES(segment, segment_aliases);
static const struct filter_choices behaviours = CHOICES(behaviour, behaviour_aliases);
static const struct filter_choices channels = CHOICES(channel, channel_aliases);
static const struct filter_choices states = CHOICES(consent_state, consent_aliases);
static const struct filter_choices kinds = CHOICES(customer_kind, kind_aliases);
static const struct filter_choices natures = CHOICES(nature, nature_aliases);

static const struct word answers[] = {
	{ "NO", N_("no") },
	{ "YES", N_("yes") },
};
static const char *const answer_aliases[] = { "non", "oui" };

static const char *answer_choice_word(int v)
{
	return answers[v].word;
}

static const char *answer_choice_label(int v)
{
	return answers[v].label;
}

static const struct filter_choices yes_or_no = CHOICES(answer, answer_aliases);

/* TRANSLATORS: things that a customer has: "has: a telephone number" */
static const struct word things[THING_COUNT] = {
	[THING_EMAIL] = { "EMAIL", N_("an e-mail address") },
	[THING_PHONE] = { "PHONE", N_("a telephone number") },
	[THING_CITY] = { "CITY", N_("a city") },
	[THING_BIRTHDAY] = { "BIRTHDAY", N_("a date of birth") },
	[THING_PURCHASE] = { "PURCHASE", N_("a purchase") },
	[THING_OVERDUE] = { "OVERDUE", N_("an overdue invoice") },
	[THING_TAG] = { "TAG", N_("a tag") },
	[THING_TASK] = { "TASK", N_("a task to do") },
	[THING_NOTE] = { "NOTE", N_("a note") },
};
static const char *const thing_aliases[THING_COUNT] = { "e_mail mail courriel",
	"telephone tel numero", "ville", "anniversaire naissance", "achat", "echu impaye retard",
	"etiquette", "tache rappel", "note" };

static const char *thing_choice_word(int v)
{
	return things[v].word;
}

static const char *thing_choice_label(int v)
{
	return things[v].label;
}

static const struct filter_choices all_things = CHOICES(thing, thing_aliases);
static const struct filter_choices invalid_things = {
	.count = THING_INVALIDS,
	.word = thing_choice_word,
	.label = thing_choice_label,
	.aliases = thing_aliases,
};

/* --- fields --- */

#define CONSENT_FIELD(subject, name_, alias, label_)                                               \
	[FILTER_CONSENT + (subject)] = {                                                           \
		.name = (name_),                                                                   \
		.aliases = (alias),                                                                \
		.type = FILTER_CHOICE,                                                             \
		.label = (label_),                                                                 \
		.help = N_("what they agreed to: consent.sms=GRANTED"),                            \
		.choices = &states,                                                                \
	}

/* clang-format off */
static const struct filter_info fields[] = {
	[FILTER_SEGMENT] = { "segment", "", FILTER_CHOICE, N_("Segment"),
		N_("one or more segments: segment=VIP,LOYAL"), &segments },
	[FILTER_BEHAVIOUR] = { "behaviour", "behavior comportement paiement", FILTER_CHOICE,
		N_("Payment behaviour"), N_("how they pay: behaviour=LATE,CRITICAL"), &behaviours },
	[FILTER_SCORE] = { "score", "note_score", FILTER_NUMBER, N_("Score"),
		N_("0 to 100: score>=70"), NULL },
	[FILTER_CHURN] = { "churn", "depart risque", FILTER_DECIMAL, N_("Departure risk"),
		N_("0 to 1, or in percent: churn>=0.7 or churn>=70%"), NULL },
	[FILTER_SATISFACTION] = { "satisfaction", "", FILTER_NUMBER, N_("Estimated satisfaction"),
		N_("0 to 10: satisfaction<5"), NULL },
	[FILTER_DELAY] = { "delay", "delai", FILTER_NUMBER, N_("Payment delay"),
		N_("mean days past due: delay>15"), NULL },
	[FILTER_PURCHASES] = { "purchases", "achats", FILTER_NUMBER, N_("Purchases in a year"),
		N_("invoices of the last 365 days: purchases<2"), NULL },
	[FILTER_REVENUE] = { "revenue", "facture ca chiffre", FILTER_MONEY,
		N_("Invoiced incl. tax"), N_("in all, in your currency: revenue>=50000"), NULL },
	[FILTER_LTV] = { "ltv", "valeur", FILTER_MONEY, N_("Estimated customer value"),
		N_("in your currency: ltv>=1000000"), NULL },
	[FILTER_LAST_PURCHASE] = { "last_purchase", "dernier_achat", FILTER_DAY,
		N_("Last purchase"),
		N_("how long ago, or a date: last_purchase>180d, last_purchase<2026-01-01, "
		   "last_purchase=never"), NULL },
	[FILTER_LAST_INTERACTION] = { "last_interaction", "dernier_contact", FILTER_DAY,
		N_("Last interaction"), N_("purchase, answer, call: last_interaction>90d"), NULL },
	[FILTER_OVERDUE] = { "overdue", "echu retard", FILTER_DAY, N_("Overdue"),
		N_("age of the oldest invoice past due: overdue>30d"), NULL },
	[FILTER_OVERDUE_AMOUNT] = { "overdue_amount", "montant_echu", FILTER_MONEY,
		N_("Overdue amount"), N_("in your currency: overdue_amount>=100000"), NULL },
	[FILTER_ACTIVE] = { "active", "actif", FILTER_CHOICE, N_("Active"),
		N_("a purchase or an interaction in the last 365 days: active=yes"), &yes_or_no },
	CONSENT_FIELD(CONSENT_PROCESSING, "consent.processing",
		"accord.traitement consentement.traitement", N_("Consent to data processing")),
	CONSENT_FIELD(CONSENT_MARKETING, "consent.marketing",
		"accord.marketing consentement.marketing", N_("Consent to marketing")),
	CONSENT_FIELD(CONSENT_EMAIL, "consent.email",
		"accord.email consentement.email", N_("Consent to e-mail")),
	CONSENT_FIELD(CONSENT_SMS, "consent.sms",
		"accord.sms consentement.sms", N_("Consent to SMS")),
	CONSENT_FIELD(CONSENT_WHATSAPP, "consent.whatsapp",
		"accord.whatsapp consentement.whatsapp", N_("Consent to WhatsApp")),
	CONSENT_FIELD(CONSENT_FACEBOOK, "consent.facebook",
		"accord.facebook consentement.facebook", N_("Consent to Facebook")),
	CONSENT_FIELD(CONSENT_INSTAGRAM, "consent.instagram",
		"accord.instagram consentement.instagram", N_("Consent to Instagram")),
	CONSENT_FIELD(CONSENT_CALLS, "consent.calls",
		"accord.appels consentement.appels", N_("Consent to calls")),
	[FILTER_CHANNEL] = { "channel", "canal", FILTER_CHOICE, N_("Preferred channel"),
		N_("one of those they prefer: channel=SMS"), &channels },
	[FILTER_REACHABLE] = { "reachable", "joignable", FILTER_CHOICE, N_("Reachable by"),
		N_("may be sent marketing, and has a working address: reachable=SMS"), &channels },
	[FILTER_KIND] = { "kind", "type", FILTER_CHOICE, N_("Person or firm"),
		N_("kind=FIRM"), &kinds },
	[FILTER_NATURE] = { "nature", "qualite", FILTER_CHOICE, N_("Private or professional"),
		N_("nature=PROFESSIONAL"), &natures },
	[FILTER_NAME] = { "name", "nom", FILTER_TEXT, N_("Name"),
		N_("name, first name or firm: name~kabore"), NULL },
	[FILTER_CITY] = { "city", "ville", FILTER_TEXT, N_("City"),
		N_("city=\"Bobo-Dioulasso\" or city~bobo"), NULL },
	[FILTER_COUNTRY] = { "country", "pays", FILTER_TEXT, N_("Country"),
		N_("two letters: country=BF"), NULL },
	[FILTER_LANGUAGE] = { "language", "langue", FILTER_TEXT, N_("Language"),
		N_("language=fr"), NULL },
	[FILTER_TAG] = { "tag", "etiquette", FILTER_TEXT, N_("Tag"), N_("tag=promo"), NULL },
	/* TRANSLATORS: "Has: a telephone number" */
	[FILTER_HAS] = { "has", "a avec", FILTER_CHOICE, N_("Has"),
		N_("what is known of them: has=EMAIL"), &all_things },
	/* TRANSLATORS: "Invalid: an e-mail address" */
	[FILTER_INVALID] = { "invalid", "invalide", FILTER_CHOICE, N_("Invalid"),
		N_("given, but wrong: invalid=PHONE"), &invalid_things },
	[FILTER_CREATED] = { "created", "cree creation", FILTER_DAY, N_("Entered"),
		N_("since when they are known here: created<30d"), NULL },
};
/* clang-format on */

_Static_assert(ARRAY_SIZE(fields) == FILTER_FIELDS, "every field has a row");

static const char *const signs[FILTER_OPS] = { "=", "!=", "<", "<=", ">", ">=", "~" };

static const char *const problems[PROBLEM_COUNT] = {
	[PROBLEM_FIELD] = N_("a field is expected, such as segment or score"),
	[PROBLEM_OPERATOR] = N_("an operator is expected"),
	[PROBLEM_VALUE] = N_("a value is expected"),
	[PROBLEM_CHOICE] = N_("one of these is expected"),
	[PROBLEM_NUMBER] = N_("a number is expected"),
	[PROBLEM_DAY] = N_("an age such as 180d, a date or “never” is expected"),
	[PROBLEM_QUOTE] = N_("the quotation mark is not closed"),
	[PROBLEM_CLOSE] = N_("a closing parenthesis is expected"),
	[PROBLEM_OPEN] = N_("this parenthesis closes nothing"),
	[PROBLEM_TEXT] = N_("this character cannot stand here"),
	[PROBLEM_LONG] = N_("the filter is too long from here"),
};

const struct filter_info *filter_info(enum filter_field field)
{
	return &fields[field];
}

const char *filter_op_sign(enum filter_op op)
{
	return signs[op];
}

bool filter_type_takes(enum filter_type type, enum filter_op op)
{
	switch (type) {
	case FILTER_CHOICE:
		return op == FILTER_EQ || op == FILTER_NE;
	case FILTER_TEXT:
		return op == FILTER_EQ || op == FILTER_NE || op == FILTER_CONTAINS;
	case FILTER_NUMBER:
	case FILTER_DECIMAL:
	case FILTER_MONEY:
	case FILTER_DAY:
		return op != FILTER_CONTAINS;
	}
	return false;
}

/* --- errors in words --- */

const char *filter_problem_label(enum filter_problem problem)
{
	return problems[problem];
}

void filter_error_add(
	const struct filter_error *error, char *(*translate)(const char *), struct strbuf *out)
{
	const char *between = ": ";
	const struct filter_info *info;

	strbuf_adds(out, translate(problems[error->problem]));
	if (error->field >= FILTER_FIELDS)
		return;
	info = &fields[error->field];
	if (error->problem == PROBLEM_CHOICE) {
		for (int i = 0; i < info->choices->count; i++) {
			strbuf_addf(out, "%s%s", between, info->choices->word(i));
			between = ", ";
		}
	} else if (error->problem == PROBLEM_OPERATOR) {
		for (int op = 0; op < FILTER_OPS; op++) {
			if (!filter_type_takes(info->type, (enum filter_op)op))
				continue;
			strbuf_addf(out, "%s%s", between, signs[op]);
			between = " ";
		}
	}
}

/* --- what a term compares --- */

bool filter_whole(int64_t number, enum filter_op op, int decimals, int64_t *out)
{
	int64_t by = FILTER_SCALE, floor;
	bool exact;

	for (int i = 0; i < decimals; i++)
		by /= 10;
	floor = number / by - (number % by < 0);
	exact = number % by == 0;
	/* x < 2.5 is x < 3, x >= 2.5 is x >= 3; x > 2.5 is x > 2, x <= 2.5 is x <= 2 */
	*out = floor + (!exact && (op == FILTER_LT || op == FILTER_GE));
	return exact || (op != FILTER_EQ && op != FILTER_NE);
}

static enum filter_op op_mirrored(enum filter_op op)
{
	switch (op) {
	case FILTER_LT:
		return FILTER_GT;
	case FILTER_LE:
		return FILTER_GE;
	case FILTER_GT:
		return FILTER_LT;
	case FILTER_GE:
		return FILTER_LE;
	case FILTER_EQ:
	case FILTER_NE:
	case FILTER_CONTAINS:
	case FILTER_OPS:
		break;
	}
	return op;
}

void filter_day(const struct filter_value *value, enum filter_op op, int32_t today,
	enum filter_op *day_op, int32_t *day)
{
	bool age = value->kind == VALUE_AGE;

	*day_op = age ? op_mirrored(op) : op;
	*day = (int32_t)(age ? today - value->number : value->number);
}

/* --- in words --- */

struct teller {
	VEC(struct filter_word) words;
};

static void tell(struct teller *t, enum filter_word_kind kind, const char *label, int64_t number)
{
	struct filter_word word = { .kind = kind, .label = label, .number = number };

	vec_push(&t->words, word);
}

static void tell_value(
	struct teller *t, const struct filter_info *info, const struct filter_value *v)
{
	switch (v->kind) {
	case VALUE_AGE:
		tell(t, WORD_AGE, NULL, v->number);
		return;
	case VALUE_DATE:
		tell(t, WORD_DATE, NULL, v->number);
		return;
	case VALUE_NEVER:
		/* TRANSLATORS: of a last purchase: there is none */
		tell(t, WORD_LABEL, N_("never"), 0);
		return;
	case VALUE_TEXT:
		tell(t, WORD_TEXT, v->text, 0);
		return;
	case VALUE_NUMBER:
		break;
	}
	if (info->type == FILTER_CHOICE)
		tell(t, WORD_LABEL, info->choices->label((int)v->number), 0);
	else if (info->type == FILTER_MONEY)
		tell(t, WORD_MONEY, NULL, v->number);
	else
		tell(t, info->type == FILTER_DECIMAL ? WORD_DECIMAL : WORD_NUMBER, NULL, v->number);
}

static void tell_term(struct teller *t, const struct filter *f)
{
	static const char *const shown[FILTER_OPS] = { "=", "≠", "<", "≤", ">", "≥", NULL };
	const struct filter_info *info = &fields[f->field];

	tell(t, WORD_LABEL, info->label, 0);
	if (f->op == FILTER_CONTAINS)
		/* TRANSLATORS: "Name contains kab" */
		tell(t, WORD_LABEL, N_("contains"), 0);
	else
		tell(t, WORD_SIGN, shown[f->op], 0);
	for (size_t i = 0; i < f->count; i++) {
		if (i)
			tell(t, WORD_COMMA, NULL, 0);
		tell_value(t, info, &f->values[i]);
	}
}

/* Whether a child must be put in parentheses. */
static bool needs_parentheses(const struct filter *parent, const struct filter *child)
{
	if (parent->kind == FILTER_NOT)
		return child->kind != FILTER_TERM;
	return parent->kind == FILTER_AND && child->kind == FILTER_OR;
}

static void tell_filter(struct teller *t, const struct filter *f);

static void tell_child(struct teller *t, const struct filter *f, const struct filter *child)
{
	bool wrapped = needs_parentheses(f, child);

	if (wrapped)
		tell(t, WORD_OPEN, NULL, 0);
	tell_filter(t, child);
	if (wrapped)
		tell(t, WORD_CLOSE, NULL, 0);
}

static void tell_filter(struct teller *t, const struct filter *f)
{
	if (f->kind == FILTER_TERM) {
		tell_term(t, f);
		return;
	}
	if (f->kind == FILTER_NOT)
		tell(t, WORD_NOT, NULL, 0);
	for (const struct filter *c = f->first; c; c = c->next) {
		if (c != f->first)
			tell(t, f->kind == FILTER_OR ? WORD_OR : WORD_AND, NULL, 0);
		tell_child(t, f, c);
	}
}

size_t filter_words(
	struct arena *arena, const struct filter *filter, const struct filter_word **words)
{
	struct teller t = { 0 };
	size_t count;
	struct filter_word *copy;

	*words = NULL;
	if (!filter)
		return 0;
	tell_filter(&t, filter);
	count = t.words.len;
	copy = arena_alloc(arena, count * sizeof(*copy));
	memcpy(copy, t.words.items, count * sizeof(*copy));
	vec_release(&t.words);
	*words = copy;
	return count;
}

/* --- canonical text --- */

/* Text that may stand without quotes: nothing that ends a value or looks like a
 * sign; letters beyond ASCII may, the no-break spaces among them may not. */
static bool is_bare(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';

		if (c == 0xc3 && s[1]) /* the letters of Latin-1 */
			s++;
		else if (!word)
			return false;
	}
	return true;
}

static void print_text(struct strbuf *out, const char *s)
{
	if (is_bare(s)) {
		strbuf_adds(out, s);
		return;
	}
	strbuf_addc(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			strbuf_addc(out, '\\');
		strbuf_addc(out, *s);
	}
	strbuf_addc(out, '"');
}

static void print_scaled(struct strbuf *out, int64_t number)
{
	int64_t size = number < 0 ? -number : number;
	int64_t part = size % FILTER_SCALE;
	int places = 4;

	strbuf_addf(out, "%s%lld", number < 0 ? "-" : "", (long long)(size / FILTER_SCALE));
	if (!part)
		return;
	for (; part % 10 == 0; part /= 10)
		places--;
	strbuf_addf(out, ".%0*lld", places, (long long)part);
}

static void print_value(
	struct strbuf *out, const struct filter_info *info, const struct filter_value *v)
{
	switch (v->kind) {
	case VALUE_AGE:
		strbuf_addf(out, "%lldd", (long long)v->number);
		return;
	case VALUE_DATE:
		date_add_iso(out, (int32_t)v->number);
		return;
	case VALUE_NEVER:
		strbuf_adds(out, "never");
		return;
	case VALUE_TEXT:
		print_text(out, v->text);
		return;
	case VALUE_NUMBER:
		break;
	}
	if (info->type == FILTER_CHOICE)
		strbuf_adds(out, info->choices->word((int)v->number));
	else if (info->type == FILTER_NUMBER)
		strbuf_addf(out, "%lld", (long long)v->number);
	else
		print_scaled(out, v->number);
}

static void print_term(struct strbuf *out, const struct filter *f)
{
	const struct filter_info *info = &fields[f->field];

	strbuf_addf(out, "%s%s", info->name, signs[f->op]);
	for (size_t i = 0; i < f->count; i++) {
		if (i)
			strbuf_addc(out, ',');
		print_value(out, info, &f->values[i]);
	}
}

void filter_print(const struct filter *filter, struct strbuf *out)
{
	if (!filter)
		return;
	if (filter->kind == FILTER_TERM) {
		print_term(out, filter);
		return;
	}
	if (filter->kind == FILTER_NOT)
		strbuf_addc(out, '-');
	for (const struct filter *c = filter->first; c; c = c->next) {
		bool wrapped = needs_parentheses(filter, c);

		if (c != filter->first)
			strbuf_adds(out, filter->kind == FILTER_OR ? " or " : " ");
		if (wrapped)
			strbuf_addc(out, '(');
		filter_print(c, out);
		if (wrapped)
			strbuf_addc(out, ')');
	}
}
