#include "search_entry.h"

#include "country.h"
#include "fold.h"
#include "likeness.h"

void search_entry_release(struct search_entry *e)
{
	strbuf_release(&e->name);
	strbuf_release(&e->contact);
	strbuf_release(&e->sound);
	strbuf_release(&e->part);
}

static void clear(struct search_entry *e)
{
	strbuf_clear(&e->name);
	strbuf_clear(&e->contact);
	strbuf_clear(&e->sound);
	strbuf_clear(&e->part);
}

static void add_words(struct strbuf *out, const char *s)
{
	if (!*s)
		return;
	if (out->len)
		strbuf_addc(out, ' ');
	fold_words(out, s);
}

static void add_part(struct strbuf *out, const char *s, char separator)
{
	if (!*s)
		return;
	if (out->len)
		strbuf_addc(out, separator);
	fold_add(out, s);
}

/* As it is dialled at home: with the trunk 0 that a country has. */
static void add_national(struct strbuf *out, const char *digits)
{
	char dialled[32];
	size_t taken = 0;
	const struct country *c = country_of_digits(digits, &taken);

	if (!c)
		return;
	snprintf(dialled, sizeof(dialled), "%.*s%s", c->trunk && !c->trunk_kept, &c->trunk,
		digits + taken);
	add_words(out, dialled);
}

/* The digits of a phone; of the number as typed only where no better one is known. */
static void digits_of(char digits[32], const char *e164, const char *typed)
{
	size_t n = 0;

	for (const char *s = *e164 ? e164 : typed; *s && n < 31; s++)
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s;
	digits[n] = '\0';
}

static void add_phone_words(struct strbuf *out, const char *e164, const char *typed)
{
	char digits[32];

	digits_of(digits, e164, typed);
	add_words(out, digits);
	if (*e164)
		add_national(out, digits);
}

static void add_phone_part(struct strbuf *out, const char *e164, const char *typed)
{
	char digits[32];

	digits_of(digits, e164, typed);
	add_part(out, digits, '\n');
}

void search_entry_rest(struct strbuf *out, const struct customer *c)
{
	add_part(out, c->firm, '\n');
	add_part(out, c->email, '\n');
	add_part(out, c->account_key, '\n');
	add_phone_part(out, c->phone_e164, c->phone);
}

void search_sound(struct strbuf *out, const char *name, const char *first_name)
{
	char keys[LIKENESS_KEYS][LIKENESS_KEY_MAX];
	struct strbuf folded = STRBUF_INIT;
	struct likeness_name read;
	size_t n;

	fold_add(&folded, name);
	add_part(&folded, first_name, ' ');
	likeness_read(&read, folded.buf);
	n = likeness_keys(&read, keys);
	for (size_t i = 0; i < n; i++)
		strbuf_addf(out, i ? " %s" : "%s", keys[i]);
	strbuf_release(&folded);
}

void search_entry_customer(struct search_entry *e, const struct customer *c)
{
	clear(e);
	add_words(&e->name, c->name);
	add_words(&e->name, c->first_name);
	add_words(&e->name, c->firm);
	search_sound(&e->sound, c->name, c->first_name);
	add_words(&e->contact, c->email);
	add_words(&e->contact, c->account_key);
	add_phone_words(&e->contact, c->phone_e164, c->phone);
	add_part(&e->part, c->name, '\n');
	add_part(&e->part, c->first_name, ' ');
	search_entry_rest(&e->part, c);
}

void search_entry_contact(struct search_entry *e, const struct contact *c)
{
	clear(e);
	add_words(&e->name, c->label);
	add_part(&e->part, c->label, '\n');
	switch (c->kind) {
	case CONTACT_EMAIL:
	case CONTACT_FACEBOOK:
	case CONTACT_INSTAGRAM:
		add_words(&e->contact, c->typed);
		add_part(&e->part, c->typed, '\n');
		break;
	case CONTACT_PHONE:
	case CONTACT_WHATSAPP:
		add_phone_words(&e->contact, c->value, c->typed);
		add_phone_part(&e->part, c->value, c->typed);
		break;
	case CONTACT_POST:
	case CONTACT_KINDS:
		break;
	}
}
