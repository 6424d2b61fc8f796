/*
 * The rows of the table of providers, each defined in its own file. Seen by the
 * table and by tests; everybody else asks provider_ops (provider.h). Any thread.
 */
#ifndef PROVIDER_TABLE_H
#define PROVIDER_TABLE_H

#include "provider.h"

extern const struct provider_ops provider_sendgrid;
extern const struct provider_ops provider_mailchimp;
extern const struct provider_ops provider_smtp;
extern const struct provider_ops provider_twilio;
extern const struct provider_ops provider_orange;
extern const struct provider_ops provider_mtn;
extern const struct provider_ops provider_whatsapp;
extern const struct provider_ops provider_facebook;
extern const struct provider_ops provider_instagram;
extern const struct provider_ops provider_file;

#endif
