#include "demo.h"

#include "demo_names.h"
#include "demo_plan.h"

/* Customers come in blocks of a hundred; a profile or country with a share of n
 * takes exactly n places in each, in an order that differs from block to block. */
#define BLOCK 100

static const int profile_shares[PROFILE_COUNT] = {
	[PROFILE_KEY] = 9,
	[PROFILE_FAITHFUL] = 15,
	[PROFILE_REGULAR] = 30,
	[PROFILE_OCCASIONAL] = 22,
	[PROFILE_DORMANT] = 17,
	[PROFILE_PROSPECT] = 7,
};

static const uint32_t firm_percent[PROFILE_COUNT] = {
	[PROFILE_KEY] = 85,
	[PROFILE_FAITHFUL] = 50,
	[PROFILE_REGULAR] = 25,
	[PROFILE_OCCASIONAL] = 12,
	[PROFILE_DORMANT] = 25,
	[PROFILE_PROSPECT] = 30,
};

static const uint16_t payer_weights[PROFILE_COUNT][PAYER_COUNT] = {
	[PROFILE_KEY] = { 20, 45, 25, 10 },
	[PROFILE_FAITHFUL] = { 35, 40, 20, 5 },
	[PROFILE_REGULAR] = { 25, 40, 25, 10 },
	[PROFILE_OCCASIONAL] = { 10, 45, 35, 10 },
	[PROFILE_DORMANT] = { 0, 5, 15, 80 },
	[PROFILE_PROSPECT] = { 0, 100, 0, 0 },
};

void demo_init(struct demo *demo, uint64_t seed, int64_t customers, int32_t today)
{
	*demo = (struct demo){ .seed = seed, .customers = customers, .today = today };
}

void demo_rng(const struct demo *demo, int64_t i, enum demo_use use, struct rng *out)
{
	rng_init_stream(out, demo->seed, (uint64_t)i * DEMO_USES + use);
}

/* The place of customer i in its block: x * factor + offset modulo 100 meets
 * every place once, as the factors have no divisor in common with 100. */
static int shuffled_place(int64_t i, struct rng *block)
{
	static const int factors[] = { 3, 7, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39 };
	int factor = factors[rng_below(block, sizeof(factors) / sizeof(factors[0]))];
	int offset = (int)rng_below(block, BLOCK);

	return (int)((i % BLOCK * factor + offset) % BLOCK);
}

/* A block has numbers of its own: counted down from the end, they meet no
 * customer's. */
static void block_rng(const struct demo *demo, int64_t i, struct rng *out)
{
	rng_init_stream(out, demo->seed, UINT64_MAX - (uint64_t)(i / BLOCK));
}

static void choose_country(struct demo_plan *plan, int64_t i, int place)
{
	size_t country = 0;

	while (place >= demo_countries[country].share)
		place -= demo_countries[country++].share;
	plan->country = country;
	plan->ordinal = i / BLOCK * demo_countries[country].share + place;
}

struct demo_plan demo_plan(const struct demo *demo, int64_t i)
{
	struct demo_plan plan = { .profile = PROFILE_KEY };
	struct rng rng, block;
	int place;

	block_rng(demo, i, &block);
	demo_rng(demo, i, DEMO_PLAN, &rng);
	place = shuffled_place(i, &block);
	while (place >= profile_shares[plan.profile])
		place -= profile_shares[plan.profile++];
	choose_country(&plan, i, shuffled_place(i, &block));
	plan.payer = (enum demo_payer)rng_weighted(&rng, payer_weights[plan.profile], PAYER_COUNT);
	plan.kind = rng_chance(&rng, firm_percent[plan.profile], 100) ? KIND_FIRM : KIND_PERSON;
	return plan;
}
