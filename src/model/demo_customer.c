/* Who an invented customer is; see demo.h. */
#include <inttypes.h>

#include "channel.h"
#include "consent.h"
#include "country.h"
#include "date.h"
#include "demo.h"
#include "demo_names.h"
#include "demo_plan.h"
#include "fold.h"

struct person {
	const struct demo *demo;
	const struct demo_country *names;
	const struct country *country;
	struct demo_plan plan;
	struct rng rng;
	int64_t i;
};

/* The lower of two draws: what stands first comes most often. */
static const char *common_word(struct rng *rng, struct demo_list list)
{
	uint64_t a = rng_below(rng, list.count);
	uint64_t b = rng_below(rng, list.count);

	return list.words[a < b ? a : b];
}

static const char *any_word(struct rng *rng, struct demo_list list)
{
	return list.words[rng_below(rng, list.count)];
}

static const char *given_name(struct person *p)
{
	enum demo_pool pool = (enum demo_pool)rng_weighted(&p->rng, p->names->pools, POOL_COUNT);
	bool woman = rng_chance(&p->rng, 48, 100);

	return common_word(&p->rng, demo_given[pool][woman]);
}

static void add_tag(struct demo_customer *c, const char *tag)
{
	if (tag[0] && c->tag_count < DEMO_TAGS)
		c->tags[c->tag_count++] = tag;
}

static void name_firm(struct person *p, struct demo_customer *c)
{
	const struct demo_trade *trade = &demo_trades[rng_below(&p->rng, demo_trade_count)];
	const char *before = trade->word;
	const char *between = " ";
	const char *after = "";

	switch (trade->form) {
	case FIRM_FAMILY:
		after = common_word(&p->rng, p->names->families);
		break;
	case FIRM_MOTTO:
		after = any_word(&p->rng, demo_mottos);
		break;
	case FIRM_GIVEN:
		after = given_name(p);
		break;
	case FIRM_CITY:
		between = c->city[0] == 'A' ? " d'" : " de ";
		after = c->city;
		break;
	case FIRM_PLACE:
		before = any_word(&p->rng, p->names->places);
		after = trade->word;
		break;
	case FIRM_SUFFIX:
		before = common_word(&p->rng, p->names->families);
		after = trade->word;
		break;
	}
	snprintf(c->name, sizeof(c->name), "%s%s%s", before, between, after);
	c->nature = NATURE_PROFESSIONAL;
	add_tag(c, rng_chance(&p->rng, 70, 100) ? trade->tag : "");
}

static void name_person(struct person *p, struct demo_customer *c)
{
	snprintf(c->name, sizeof(c->name), "%s", common_word(&p->rng, p->names->families));
	snprintf(c->first_name, sizeof(c->first_name), "%s", given_name(p));
	c->nature = rng_chance(&p->rng, 8, 100) ? NATURE_PROFESSIONAL : NATURE_PRIVATE;
	if (rng_chance(&p->rng, 55, 100))
		c->birth_day = p->demo->today -
			       (int32_t)rng_triangular(&p->rng, 18 * 366, 36 * 365, 80 * 365);
	if (rng_chance(&p->rng, 30, 100))
		add_tag(c, any_word(&p->rng, demo_person_tags));
}

/* In the country of the demo company, which stands first. */
static bool at_home(const struct person *p)
{
	return p->plan.country == 0;
}

static void settle_down(struct person *p, struct demo_customer *c)
{
	const struct demo_country *names = p->names;
	const struct demo_street *street = &names->streets[rng_below(&p->rng, names->street_count)];
	uint16_t weights[32];
	size_t city;

	for (size_t k = 0; k < names->city_count; k++)
		weights[k] = names->cities[k].weight;
	city = rng_weighted(&p->rng, weights, names->city_count);
	c->city = names->cities[city].name;
	c->postcode = names->cities[city].postcode;
	c->country = names->iso;
	c->time_zone = at_home(p) ? "" : p->country->time_zone;
	if (rng_chance(&p->rng, 60, 100))
		snprintf(c->street, sizeof(c->street), "%s%d%s", street->before,
			(int)rng_range(&p->rng, street->lo, street->hi), street->after);
}

/* Adds the folded letters and digits of `s`; what stands between words is `gap`,
 * or nothing for '\0'. */
static void add_slug(struct strbuf *out, const char *s, char gap)
{
	struct strbuf words = STRBUF_INIT;

	fold_words(&words, s);
	for (size_t k = 0; k < words.len; k++) {
		if (words.buf[k] != ' ')
			strbuf_addc(out, words.buf[k]);
		else if (gap)
			strbuf_addc(out, gap);
	}
	strbuf_release(&words);
}

static void make_email(struct person *p, struct demo_customer *c)
{
	struct strbuf sb = STRBUF_INIT;
	const char *domain = any_word(&p->rng, demo_mail_domains);

	if (c->kind == KIND_FIRM) {
		strbuf_adds(&sb, rng_chance(&p->rng, 70, 100) ? "contact@" : "direction@");
		add_slug(&sb, c->name, '-');
		strbuf_addf(&sb, "-%" PRId64 ".example", p->i + 1);
	} else {
		add_slug(&sb, c->first_name, '\0');
		strbuf_addc(&sb, '.');
		add_slug(&sb, c->name, '\0');
		strbuf_addf(&sb, "%" PRId64 "@%s", p->i + 1, domain);
	}
	if (rng_chance(&p->rng, c->kind == KIND_FIRM ? 82 : 58, 100))
		snprintf(c->email, sizeof(c->email), "%s", sb.buf);
	strbuf_release(&sb);
}

/* A factor that has no divisor in common with any table of numbers: multiples of
 * it meet each number once before one comes again. */
#define PHONE_STEP UINT64_C(7368787)

/* The national number, digits only: no two customers of a country share one until
 * its table is used up. */
static void draw_number(const struct person *p, const struct demo_numbers *numbers, char out[16])
{
	uint64_t unit = 1, space, value;
	struct rng start;

	for (int k = 0; k < numbers->digits; k++)
		unit *= 10;
	space = unit * numbers->prefixes.count;
	rng_init_stream(&start, p->demo->seed, UINT64_MAX / 2 + p->plan.country);
	value = (rng_below(&start, space) + (uint64_t)p->plan.ordinal * PHONE_STEP) % space;
	snprintf(out, 16, "%s%0*" PRIu64, numbers->prefixes.words[value / unit], numbers->digits,
		value % unit);
}

/* In groups of so many digits each, "2322"; "" for pairs, of which the first may
 * be a single digit. */
static void add_grouped(struct strbuf *out, const char *digits, const char *groups)
{
	size_t len = strlen(digits);
	size_t next = groups[0] ? (size_t)(*groups++ - '0') : 2 - len % 2;

	for (size_t k = 0; k < len; k++) {
		if (k == next) {
			strbuf_addc(out, ' ');
			next += groups[0] ? (size_t)(*groups++ - '0') : 2;
		}
		strbuf_addc(out, digits[k]);
	}
}

/* As people type numbers: mostly in groups, some all in one, some from abroad. */
static void type_number(struct person *p, struct demo_customer *c, const char *national)
{
	static const uint16_t manners[] = { 70, 18, 8, 4 };
	const struct country *country = p->country;
	const char *abroad = national + (country->trunk && !country->trunk_kept);
	struct strbuf sb = STRBUF_INIT;

	switch (at_home(p) ? rng_weighted(&p->rng, manners, ARRAY_SIZE(manners)) : 2) {
	case 0:
		add_grouped(&sb, national, country->groups);
		break;
	case 1:
		strbuf_adds(&sb, national);
		break;
	case 2:
		strbuf_addf(&sb, "+%u ", country->code);
		add_grouped(&sb, abroad, country->groups);
		break;
	default:
		strbuf_addf(&sb, "00%u%s", country->code, abroad);
	}
	snprintf(c->phone, sizeof(c->phone), "%s", sb.buf);
	snprintf(c->phone_e164, sizeof(c->phone_e164), "+%u%s", country->code, abroad);
	strbuf_release(&sb);
}

static void make_phone(struct person *p, struct demo_customer *c)
{
	bool fixed = c->kind == KIND_FIRM && rng_chance(&p->rng, 35, 100);
	char national[16];
	uint64_t fate = rng_below(&p->rng, 100);

	if (fate < 4)
		return;
	draw_number(p, fixed ? &p->names->fixed : &p->names->mobile, national);
	type_number(p, c, national);
	if (fate > 4)
		return;
	/* the last pair never made it onto the card */
	snprintf(
		c->phone, sizeof(c->phone), "%.2s %.2s %.2s", national, national + 2, national + 4);
	c->phone_e164[0] = '\0';
}

static void choose_channels(struct person *p, struct demo_customer *c)
{
	static const char *const phone_only[] = { "SMS", "WHATSAPP,SMS", "SMS,WHATSAPP", "" };
	static const char *const both[] = { "SMS,EMAIL", "EMAIL", "WHATSAPP,SMS,EMAIL",
		"EMAIL,SMS" };
	size_t pick = rng_below(&p->rng, 4);

	c->language = rng_chance(&p->rng, 2, 100) ? "en" : "fr";
	c->channels = "";
	if (c->phone_e164[0])
		c->channels = c->email[0] ? both[pick] : phone_only[pick];
	else if (c->email[0])
		c->channels = "EMAIL";
	c->best_minute = rng_chance(&p->rng, 25, 100) ? (int)rng_range(&p->rng, 16, 38) * 30 : -1;
}

static enum consent_state draw_state(
	struct rng *rng, uint16_t unknown, uint16_t granted, uint16_t refused)
{
	uint16_t weights[CONSENT_STATES] = {
		[CONSENT_UNKNOWN] = unknown,
		[CONSENT_GRANTED] = granted,
		[CONSENT_REFUSED] = refused,
	};

	return (enum consent_state)rng_weighted(rng, weights, CONSENT_STATES);
}

/* Who was asked answered for each channel by which they can be reached. */
static void ask_consent(struct person *p, struct demo_customer *c)
{
	enum consent_state processing = draw_state(&p->rng, 30, 67, 3);
	enum consent_state marketing = draw_state(&p->rng, 8, 76, 16);
	bool reachable[CHANNEL_COUNT] = { c->email[0], c->phone_e164[0], c->phone_e164[0] };

	c->consent_day = DAY_NONE;
	if (processing == CONSENT_UNKNOWN)
		return;
	if (processing == CONSENT_REFUSED)
		marketing = CONSENT_REFUSED;
	c->consents = consents_set(c->consents, CONSENT_PROCESSING, processing);
	c->consents = consents_set(c->consents, CONSENT_MARKETING, marketing);
	for (enum channel ch = 0; ch < CHANNEL_COUNT && marketing != CONSENT_UNKNOWN; ch++) {
		enum consent_state state = draw_state(&p->rng, 12, 76, 12);

		if (marketing == CONSENT_REFUSED)
			state = rng_chance(&p->rng, 70, 100) ? CONSENT_REFUSED : CONSENT_UNKNOWN;
		if (reachable[ch])
			c->consents = consents_set(c->consents, consent_of_channel(ch), state);
	}
	c->consent_day = p->demo->today - (int32_t)rng_range(&p->rng, 1, 900);
}

/* Who is entered twice: the last of each two hundred repeats one before it. */
#define TWICE 200
static bool is_repeat(int64_t i)
{
	return i % TWICE == TWICE - 1;
}

static int64_t repeated(const struct demo *demo, int64_t i)
{
	struct rng rng;

	demo_rng(demo, i, DEMO_IDENTITY, &rng);
	return i - rng_range(&rng, 1, TWICE - 1);
}

static void to_capitals(char *text, size_t size)
{
	struct strbuf sb = STRBUF_INIT;

	fold_add(&sb, text);
	for (size_t k = 0; k < sb.len; k++)
		if (sb.buf[k] >= 'a' && sb.buf[k] <= 'z')
			sb.buf[k] = (char)(sb.buf[k] - 'a' + 'A');
	snprintf(text, size, "%s", sb.buf);
	strbuf_release(&sb);
}

static void make_identity(const struct demo *demo, int64_t i, struct demo_customer *c)
{
	struct person p = { .demo = demo, .plan = demo_plan(demo, i), .i = i };

	p.names = &demo_countries[p.plan.country];
	p.country = country_find(p.names->iso);
	demo_rng(demo, i, DEMO_IDENTITY, &p.rng);
	*c = (struct demo_customer){ .kind = p.plan.kind, .birth_day = DAY_NONE };
	settle_down(&p, c);
	if (c->kind == KIND_FIRM)
		name_firm(&p, c);
	else
		name_person(&p, c);
	make_email(&p, c);
	make_phone(&p, c);
	choose_channels(&p, c);
	ask_consent(&p, c);
}

void demo_customer(const struct demo *demo, int64_t i, struct demo_customer *out)
{
	make_identity(demo, is_repeat(i) ? repeated(demo, i) : i, out);
	if (is_repeat(i)) {
		to_capitals(out->name, sizeof(out->name));
		to_capitals(out->first_name, sizeof(out->first_name));
		out->email[0] = '\0';
		out->street[0] = '\0';
		out->consents = 0;
		out->consent_day = DAY_NONE;
	}
	snprintf(out->account_key, sizeof(out->account_key), "C%06" PRId64, i + 1);
}
