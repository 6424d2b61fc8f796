#include "provider_name.h"

static const struct word providers[PROVIDER_COUNT] = {
	[PROVIDER_SENDGRID] = { "SENDGRID", "SendGrid" },
	[PROVIDER_MAILCHIMP] = { "MAILCHIMP", "Mailchimp" },
	[PROVIDER_SMTP] = { "SMTP", "SMTP" },
	[PROVIDER_TWILIO] = { "TWILIO", "Twilio" },
	[PROVIDER_ORANGE] = { "ORANGE", "Orange" },
	[PROVIDER_MTN] = { "MTN", "MTN" },
	[PROVIDER_WHATSAPP] = { "WHATSAPP", "WhatsApp" },
	[PROVIDER_FACEBOOK] = { "FACEBOOK", "Facebook" },
	[PROVIDER_INSTAGRAM] = { "INSTAGRAM", "Instagram" },
	/* TRANSLATORS: the provider that writes messages into a folder */
	[PROVIDER_FILE] = { "FILE", N_("Folder") },
};

WORD_FUNCTIONS(provider_name, providers)

#define BIT(channel) (UINT32_C(1) << (channel))
#define EVERY_CHANNEL (BIT(CHANNEL_COUNT) - 1)

static const struct {
	uint32_t channels;
	int hourly;
} facts[PROVIDER_COUNT] = {
	[PROVIDER_SENDGRID] = { BIT(CHANNEL_EMAIL), 1000 },
	[PROVIDER_MAILCHIMP] = { BIT(CHANNEL_EMAIL), 500 },
	[PROVIDER_SMTP] = { BIT(CHANNEL_EMAIL), 0 },
	[PROVIDER_TWILIO] = { BIT(CHANNEL_SMS), 200 },
	[PROVIDER_ORANGE] = { BIT(CHANNEL_SMS), 100 },
	[PROVIDER_MTN] = { BIT(CHANNEL_SMS), 150 },
	[PROVIDER_WHATSAPP] = { BIT(CHANNEL_WHATSAPP), 0 },
	[PROVIDER_FACEBOOK] = { BIT(CHANNEL_FACEBOOK), 0 },
	[PROVIDER_INSTAGRAM] = { BIT(CHANNEL_INSTAGRAM), 0 },
	[PROVIDER_FILE] = { EVERY_CHANNEL, 0 },
};

bool provider_serves(enum provider_name v, enum channel channel)
{
	return (size_t)v < PROVIDER_COUNT && (facts[v].channels & BIT(channel));
}

int provider_hourly(enum provider_name v)
{
	return (size_t)v < PROVIDER_COUNT ? facts[v].hourly : 0;
}

int channel_hourly(enum channel channel)
{
	static const int hourly[CHANNEL_COUNT] = {
		[CHANNEL_EMAIL] = 1000,
		[CHANNEL_SMS] = 200,
		[CHANNEL_WHATSAPP] = 100,
		[CHANNEL_FACEBOOK] = 100,
		[CHANNEL_INSTAGRAM] = 100,
	};

	return (size_t)channel < CHANNEL_COUNT ? hourly[channel] : 0;
}
