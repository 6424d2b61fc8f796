/*
 * The HTTP side: takes requests whole, hands each to its provider's family, lets the
 * fault that was ordered befall it, answers. Owns its threads: some that serve, one
 * that ends what was told to be slow.
 */
#ifndef SIM_HTTP_H
#define SIM_HTTP_H

#include "sim.h"

/* NULL if the port cannot be had; 0 is any. */
struct sim_http *http_start(struct sim *s, uint16_t port) MUST_USE;
uint16_t http_port(const struct sim_http *h);

#endif
