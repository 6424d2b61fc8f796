#include "provider_table.h"

#include <assert.h>

static const struct provider_ops *const table[PROVIDER_COUNT] = {
	[PROVIDER_SENDGRID] = &provider_sendgrid,
	[PROVIDER_MAILCHIMP] = &provider_mailchimp,
	[PROVIDER_SMTP] = &provider_smtp,
	[PROVIDER_TWILIO] = &provider_twilio,
	[PROVIDER_ORANGE] = &provider_orange,
	[PROVIDER_MTN] = &provider_mtn,
	[PROVIDER_WHATSAPP] = &provider_whatsapp,
	[PROVIDER_FACEBOOK] = &provider_facebook,
	[PROVIDER_INSTAGRAM] = &provider_instagram,
	[PROVIDER_FILE] = &provider_file,
};

const struct provider_ops *provider_ops(enum provider_name name)
{
	assert((size_t)name < PROVIDER_COUNT);
	return table[name];
}
