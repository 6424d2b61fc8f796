#include "customer_field.h"

#include <stddef.h>

#include "date.h"
#include "num.h"

static const struct word words[CF_COUNT] = {
	[CF_KIND] = { "KIND", N_("Person or firm") },
	[CF_NATURE] = { "NATURE", N_("Private or professional") },
	[CF_NAME] = { "NAME", N_("Name") },
	[CF_FIRST_NAME] = { "FIRST_NAME", N_("First name") },
	/* TRANSLATORS: the firm where a person works */
	[CF_FIRM] = { "FIRM", N_("Firm") },
	[CF_EMAIL] = { "EMAIL", N_("E-mail") },
	[CF_PHONE] = { "PHONE", N_("Phone") },
	[CF_STREET] = { "STREET", N_("Street") },
	[CF_POSTCODE] = { "POSTCODE", N_("Postcode") },
	[CF_CITY] = { "CITY", N_("City") },
	[CF_COUNTRY] = { "COUNTRY", N_("Country") },
	[CF_BIRTH_DAY] = { "BIRTH_DAY", N_("Date of birth") },
	[CF_LANGUAGE] = { "LANGUAGE", N_("Language") },
	[CF_TIME_ZONE] = { "TIME_ZONE", N_("Time zone") },
	[CF_CHANNELS] = { "CHANNELS", N_("Preferred channels") },
	[CF_BEST_MINUTE] = { "BEST_MINUTE", N_("Best contact time") },
	[CF_ACCOUNT_KEY] = { "ACCOUNT_KEY", N_("Accounting key") },
};

WORD_FUNCTIONS(customer_field, words)

#define NOT_TEXT ((size_t)-1)

/* Where a field that is a text lies. */
static size_t offset_of(enum customer_field field)
{
	switch (field) {
	case CF_NAME:
		return offsetof(struct customer, name);
	case CF_FIRST_NAME:
		return offsetof(struct customer, first_name);
	case CF_FIRM:
		return offsetof(struct customer, firm);
	case CF_EMAIL:
		return offsetof(struct customer, email);
	case CF_PHONE:
		return offsetof(struct customer, phone);
	case CF_STREET:
		return offsetof(struct customer, street);
	case CF_POSTCODE:
		return offsetof(struct customer, postcode);
	case CF_CITY:
		return offsetof(struct customer, city);
	case CF_COUNTRY:
		return offsetof(struct customer, country);
	case CF_LANGUAGE:
		return offsetof(struct customer, language);
	case CF_TIME_ZONE:
		return offsetof(struct customer, time_zone);
	case CF_CHANNELS:
		return offsetof(struct customer, channels);
	case CF_ACCOUNT_KEY:
		return offsetof(struct customer, account_key);
	case CF_KIND:
	case CF_NATURE:
	case CF_BIRTH_DAY:
	case CF_BEST_MINUTE:
	case CF_COUNT:
		break;
	}
	return NOT_TEXT;
}

static const char *text_of(const struct customer *c, enum customer_field field)
{
	return *(const char *const *)((const char *)c + offset_of(field));
}

static void set_text(struct customer *c, enum customer_field field, const char *text)
{
	*(const char **)((char *)c + offset_of(field)) = text;
}

void customer_field_text(const struct customer *c, enum customer_field field, struct strbuf *out)
{
	if (offset_of(field) != NOT_TEXT)
		strbuf_adds(out, text_of(c, field));
	else if (field == CF_KIND)
		strbuf_adds(out, customer_kind_word(c->kind));
	else if (field == CF_NATURE)
		strbuf_adds(out, nature_word(c->nature));
	else if (field == CF_BIRTH_DAY)
		date_add_iso(out, c->birth_day);
	else if (c->best_minute >= 0)
		strbuf_addf(out, "%d", c->best_minute);
}

static bool set_birth_day(struct customer *c, const char *text)
{
	if (*text)
		return date_parse(text, strlen(text), DATE_ISO, &c->birth_day) == DATE_OK;
	c->birth_day = DAY_NONE;
	return true;
}

static bool set_best_minute(struct customer *c, const char *text)
{
	int64_t minute = -1;

	if (*text && !num_parse_i64(text, 0, 1439, &minute))
		return false;
	c->best_minute = (int)minute;
	return true;
}

bool customer_field_set(struct customer *c, enum customer_field field, const char *text)
{
	if (offset_of(field) != NOT_TEXT) {
		set_text(c, field, text);
		return true;
	}
	if (field == CF_KIND)
		return customer_kind_parse(text, &c->kind);
	if (field == CF_NATURE)
		return nature_parse(text, &c->nature);
	return field == CF_BIRTH_DAY ? set_birth_day(c, text) : set_best_minute(c, text);
}

bool customer_field_same(
	const struct customer *a, const struct customer *b, enum customer_field field)
{
	if (offset_of(field) != NOT_TEXT)
		return !strcmp(text_of(a, field), text_of(b, field));
	if (field == CF_KIND)
		return a->kind == b->kind;
	if (field == CF_NATURE)
		return a->nature == b->nature;
	if (field == CF_BIRTH_DAY)
		return a->birth_day == b->birth_day;
	return a->best_minute == b->best_minute;
}

void customer_field_copy(
	struct customer *to, const struct customer *from, enum customer_field field)
{
	if (offset_of(field) != NOT_TEXT)
		set_text(to, field, text_of(from, field));
	else if (field == CF_KIND)
		to->kind = from->kind;
	else if (field == CF_NATURE)
		to->nature = from->nature;
	else if (field == CF_BIRTH_DAY)
		to->birth_day = from->birth_day;
	else
		to->best_minute = from->best_minute;
	if (field == CF_EMAIL)
		to->email_key = from->email_key;
	if (field == CF_PHONE)
		to->phone_e164 = from->phone_e164;
}

uint32_t customer_fields_differ(const struct customer *a, const struct customer *b)
{
	uint32_t fields = 0;

	for (int i = 0; i < CF_COUNT; i++)
		if (!customer_field_same(a, b, (enum customer_field)i))
			fields |= CF_BIT(i);
	return fields;
}
