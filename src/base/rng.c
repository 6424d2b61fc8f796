#include "rng.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio, made odd */

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void rng_init(struct rng *r, uint64_t seed)
{
	r->state = seed;
}

void rng_init_stream(struct rng *r, uint64_t seed, uint64_t stream)
{
	r->state = mix(mix(seed + GOLDEN) + mix(stream ^ GOLDEN));
}

uint64_t rng_u64(struct rng *r)
{
	r->state += GOLDEN;
	return mix(r->state);
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
	unsigned __int128 product = (unsigned __int128)rng_u64(r) * n;

	/* The high half is the answer; low halves under 2^64 mod n would make some
	 * answers one draw likelier, and are drawn again. */
	if ((uint64_t)product < n) {
		uint64_t excess = (0 - n) % n;

		while ((uint64_t)product < excess)
			product = (unsigned __int128)rng_u64(r) * n;
	}
	return (uint64_t)(product >> 64);
}

int64_t rng_range(struct rng *r, int64_t lo, int64_t hi)
{
	uint64_t width = (uint64_t)hi - (uint64_t)lo + 1;
	uint64_t step = width ? rng_below(r, width) : rng_u64(r);

	return (int64_t)((uint64_t)lo + step);
}

bool rng_chance(struct rng *r, uint32_t num, uint32_t den)
{
	return rng_below(r, den) < num;
}

size_t rng_weighted(struct rng *r, const uint16_t *weights, size_t count)
{
	uint64_t sum = 0;
	uint64_t at;
	size_t i = 0;

	for (size_t k = 0; k < count; k++)
		sum += weights[k];
	at = rng_below(r, sum);
	while (at >= weights[i])
		at -= weights[i++];
	return i;
}

/* The greater of two draws rises in a straight line from 0 to `width`. */
static uint64_t rising(struct rng *r, uint64_t width)
{
	uint64_t a = rng_below(r, width + 1);
	uint64_t b = rng_below(r, width + 1);

	return a > b ? a : b;
}

int64_t rng_triangular(struct rng *r, int64_t lo, int64_t mode, int64_t hi)
{
	uint64_t left = (uint64_t)(mode - lo);
	uint64_t right = (uint64_t)(hi - mode);

	if (left + right == 0)
		return lo;
	if (rng_below(r, left + right) < left)
		return lo + (int64_t)rising(r, left);
	return hi - (int64_t)rising(r, right);
}

/* log2 of 2^63 <= x < 2^64, less 63, in 1/65536: each squaring gives a bit. */
static uint32_t log2_fraction(uint64_t x)
{
	uint32_t bits = 0;

	x >>= 32;
	for (int i = 0; i < 16; i++) {
		x = (x * x) >> 31;
		bits <<= 1;
		if (x >> 32) {
			bits |= 1;
			x >>= 1;
		}
	}
	return bits;
}

int64_t rng_exponential(struct rng *r, int64_t mean, int64_t most)
{
	uint64_t u = rng_u64(r) | 1;
	unsigned zeros = (unsigned)__builtin_clzll(u);
	/* -log2(u / 2^64), then by ln 2 = 45426 / 65536 to -ln(u / 2^64), in 1/65536 */
	uint64_t log2 = ((uint64_t)(zeros + 1) << 16) - log2_fraction(u << zeros);
	unsigned __int128 value = (unsigned __int128)(log2 * 45426 >> 16) * (uint64_t)mean >> 16;

	return value > (unsigned __int128)most ? most : (int64_t)value;
}
