#include "contact.h"

#include "country.h"
#include "email.h"
#include "phone.h"

static const struct word kinds[CONTACT_KINDS] = {
	[CONTACT_EMAIL] = { "EMAIL", N_("E-mail") },
	[CONTACT_PHONE] = { "PHONE", N_("Phone") },
	[CONTACT_WHATSAPP] = { "WHATSAPP", N_("WhatsApp") },
	[CONTACT_FACEBOOK] = { "FACEBOOK", N_("Facebook") },
	[CONTACT_INSTAGRAM] = { "INSTAGRAM", N_("Instagram") },
	[CONTACT_POST] = { "POST", N_("Postal address") },
};

WORD_FUNCTIONS(contact_kind, kinds)

/* "https://www.facebook.com/Sahel.Negoce/", "@Sahel.Negoce": sahel.negoce. */
static const char *handle(const char *typed, struct arena *a)
{
	const char *from = typed + strspn(typed, " \t\r\n"), *slash;
	char *value;
	size_t len = strcspn(from, " \t\r\n?#");

	if (from[len + strspn(from + len, " \t\r\n")] && from[len] != '?' && from[len] != '#')
		return "";
	value = arena_strndup(a, from, len);
	while (len && value[len - 1] == '/')
		value[--len] = '\0';
	slash = strrchr(value, '/');
	if (slash)
		value += slash + 1 - value;
	for (char *s = value; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + ('a' - 'A'));
	/* The names of the site's own pages are nobody's. */
	return strcmp(value, "profile.php") ? value + (*value == '@') : "";
}

void contact_normalise(struct contact *c, const struct company *company, struct arena *a)
{
	struct email email;
	struct phone phone;

	c->value = "";
	switch (c->kind) {
	case CONTACT_EMAIL:
		if (email_clean(c->typed, &email))
			c->value = arena_strdup(a, email.key);
		break;
	case CONTACT_PHONE:
	case CONTACT_WHATSAPP:
		if (phone_clean(c->typed, country_find(company->country), &phone))
			c->value = arena_strdup(a, phone.e164);
		break;
	case CONTACT_FACEBOOK:
	case CONTACT_INSTAGRAM:
		c->value = handle(c->typed, a);
		break;
	case CONTACT_POST:
	case CONTACT_KINDS:
		break;
	}
}
