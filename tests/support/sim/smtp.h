/*
 * The SMTP side (RFC 5321, AUTH RFC 4954): one thread a connection. Takes each message
 * apart (RFC 5322, MIME) and writes down what its reader would see.
 */
#ifndef SIM_SMTP_H
#define SIM_SMTP_H

#include "sim.h"

struct sim_smtp;

/* NULL if the port cannot be had; 0 is any. */
struct sim_smtp *smtp_start(struct sim *s, uint16_t port) MUST_USE;
uint16_t smtp_port(const struct sim_smtp *s);

#endif
