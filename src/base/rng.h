/*
 * A small deterministic generator for invented data and for tests: the same
 * seed gives the same numbers on every machine, in integers only. Not for
 * secrets: those come from crypt_random. A value, one thread at a time.
 *
 * Source: SplitMix64, in G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014; ranges without bias as in
 * D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019.
 */
#ifndef RNG_H
#define RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

void rng_init(struct rng *r, uint64_t seed);
/* One of 2^64 independent sequences of a seed, in constant time: item i of a
 * generated set has a sequence of its own, whatever was drawn for the others. */
void rng_init_stream(struct rng *r, uint64_t seed, uint64_t stream);

uint64_t rng_u64(struct rng *r);
/* 0 <= result < n; n may not be 0. */
uint64_t rng_below(struct rng *r, uint64_t n);
/* lo <= result <= hi. */
int64_t rng_range(struct rng *r, int64_t lo, int64_t hi);
/* True `num` times out of `den`. */
bool rng_chance(struct rng *r, uint32_t num, uint32_t den);
/* An index below `count`, as often as its weight says; their sum may not be 0. */
size_t rng_weighted(struct rng *r, const uint16_t *weights, size_t count);
/* lo <= result <= hi, most often near `mode` (lo <= mode <= hi), falling in a
 * straight line to both ends. */
int64_t rng_triangular(struct rng *r, int64_t lo, int64_t mode, int64_t hi);
/* 0 <= result <= most, exponentially distributed around `mean` before it is
 * cut at `most`; 0 <= mean < 2^40. */
int64_t rng_exponential(struct rng *r, int64_t mean, int64_t most);

#endif
