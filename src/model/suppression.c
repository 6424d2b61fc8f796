#include "suppression.h"

static const struct word kinds[ADDRESS_KINDS] = {
	[ADDRESS_EMAIL] = { "EMAIL", N_("E-mail") },
	[ADDRESS_PHONE] = { "PHONE", N_("Phone") },
	[ADDRESS_FACEBOOK] = { "FACEBOOK", N_("Facebook") },
	[ADDRESS_INSTAGRAM] = { "INSTAGRAM", N_("Instagram") },
};

WORD_FUNCTIONS(address_kind, kinds)

enum address_kind address_of_channel(enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return ADDRESS_EMAIL;
	case CHANNEL_FACEBOOK:
		return ADDRESS_FACEBOOK;
	case CHANNEL_INSTAGRAM:
		return ADDRESS_INSTAGRAM;
	case CHANNEL_SMS:
	case CHANNEL_WHATSAPP:
	case CHANNEL_COUNT:
		break;
	}
	return ADDRESS_PHONE;
}

enum address_kind address_of_contact(enum contact_kind kind)
{
	switch (kind) {
	case CONTACT_EMAIL:
		return ADDRESS_EMAIL;
	case CONTACT_PHONE:
	case CONTACT_WHATSAPP:
		return ADDRESS_PHONE;
	case CONTACT_FACEBOOK:
		return ADDRESS_FACEBOOK;
	case CONTACT_INSTAGRAM:
		return ADDRESS_INSTAGRAM;
	case CONTACT_POST:
	case CONTACT_KINDS:
		break;
	}
	return ADDRESS_KINDS;
}
