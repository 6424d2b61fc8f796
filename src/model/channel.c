#include "channel.h"

static const struct word channels[CHANNEL_COUNT] = {
	[CHANNEL_EMAIL] = { "EMAIL", N_("E-mail") },
	[CHANNEL_SMS] = { "SMS", N_("SMS") },
	[CHANNEL_WHATSAPP] = { "WHATSAPP", N_("WhatsApp") },
	[CHANNEL_FACEBOOK] = { "FACEBOOK", N_("Facebook") },
	[CHANNEL_INSTAGRAM] = { "INSTAGRAM", N_("Instagram") },
};

WORD_FUNCTIONS(channel, channels)
