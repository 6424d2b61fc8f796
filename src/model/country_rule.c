#include "country_rule.h"

#include <stdio.h>
#include <string.h>

#include "num.h"

#define TEXT_MOST 200

static const struct word rules[CR_COUNT] = {
	[CR_SMS_HOURS] = { "sms_hours", N_("Hours of marketing SMS") },
	[CR_SMS_DAYS] = { "sms_days", N_("Days of marketing SMS") },
	[CR_PROSPECT_MONTHS] = { "prospect_months", N_("Prospects kept, in months") },
	[CR_AFTER_MONTHS] = { "after_months", N_("Customers written to after, in months") },
	[CR_OPPOSITION_MONTHS] = { "opposition_months", N_("Oppositions kept, in months") },
	[CR_WITHOUT_OPT_IN] = { "without_opt_in", N_("Who may be written to") },
	[CR_OPEN_TRACKING] = { "open_tracking", N_("Openings of e-mails") },
	[CR_FORMALITY] = { "formality", N_("Register or declaration") },
};

WORD_FUNCTIONS(country_rule, rules)

enum country_rule_type country_rule_type(enum country_rule rule)
{
	static const enum country_rule_type types[CR_COUNT] = {
		[CR_SMS_HOURS] = CR_HOURS,
		[CR_SMS_DAYS] = CR_CHOICE,
		[CR_PROSPECT_MONTHS] = CR_MONTHS,
		[CR_AFTER_MONTHS] = CR_MONTHS,
		[CR_OPPOSITION_MONTHS] = CR_MONTHS,
		[CR_WITHOUT_OPT_IN] = CR_CHOICE,
		[CR_OPEN_TRACKING] = CR_CHOICE,
		[CR_FORMALITY] = CR_TEXT,
	};

	return types[rule];
}

struct word country_rule_choice(enum country_rule rule, size_t i)
{
	static const struct word choices[CR_COUNT][2] = {
		[CR_SMS_DAYS] = { { "MON_SAT", N_("Monday to Saturday, no holidays") },
			{ "ALL", N_("every day") } },
		[CR_WITHOUT_OPT_IN] = { { "OWN_CUSTOMERS",
						N_("who agreed, and one's own customers") },
			{ "CONSENT_FIRST", N_("only who agreed") } },
		[CR_OPEN_TRACKING] = { { "AGREED", N_("counted for who agreed") },
			{ "ON", N_("counted for everybody") } },
	};

	return i < 2 ? choices[rule][i] : (struct word){ NULL, NULL };
}

/* --- what the program takes them to be ----------------------------------- */

struct taken {
	const char *value, *source;
};

static const struct taken france[CR_COUNT] = {
	[CR_SMS_HOURS] = { "08:00-20:00", N_("operators' code of conduct") },
	[CR_SMS_DAYS] = { "MON_SAT", N_("operators' code of conduct") },
	[CR_PROSPECT_MONTHS] = { "36", N_("CNIL, commercial management") },
	[CR_AFTER_MONTHS] = { "36", N_("CNIL, commercial management") },
	[CR_OPPOSITION_MONTHS] = { "36", N_("CNIL, commercial management") },
	[CR_WITHOUT_OPT_IN] = { "OWN_CUSTOMERS", N_("CPCE, article L34-5") },
	[CR_OPEN_TRACKING] = { "AGREED", N_("CNIL, tracking in e-mails") },
	[CR_FORMALITY] = { "", N_("GDPR, article 30: the register of processing") },
};

static const struct taken burkina[CR_COUNT] = {
	[CR_SMS_HOURS] = { "08:00-20:00", N_("by caution") },
	[CR_SMS_DAYS] = { "MON_SAT", N_("by caution") },
	[CR_PROSPECT_MONTHS] = { "36", N_("by caution; your declaration to the CIL says") },
	[CR_AFTER_MONTHS] = { "36", N_("by caution") },
	[CR_OPPOSITION_MONTHS] = { "36", N_("by caution") },
	[CR_WITHOUT_OPT_IN] = { "CONSENT_FIRST", N_("law 001-2021/AN") },
	[CR_OPEN_TRACKING] = { "ON", N_("law 001-2021/AN") },
	[CR_FORMALITY] = { "", N_("law 001-2021/AN: number of the declaration to the CIL") },
};

const char *country_rule_default(enum country_rule rule, const char *country, const char **source)
{
	const struct taken *t = !strcmp(country, "FR") ? &france[rule] : &burkina[rule];

	if (source)
		*source = strcmp(country, "BF") && strcmp(country, "FR") ? N_("by caution")
									 : t->source;
	return t->value;
}

/* --- checks -------------------------------------------------------------- */

static bool valid_hours(const char *value)
{
	int from_hour, from_minute, to_hour, to_minute, used = 0;

	return sscanf(value, "%2d:%2d-%2d:%2d%n", &from_hour, &from_minute, &to_hour, &to_minute,
		       &used) == 4 &&
	       used == 11 && !value[used] && from_hour >= 0 && to_hour < 24 && from_minute >= 0 &&
	       from_minute < 60 && to_minute >= 0 && to_minute < 60 &&
	       from_hour * 60 + from_minute < to_hour * 60 + to_minute;
}

int country_rule_least_months(enum country_rule rule)
{
	return rule == CR_OPPOSITION_MONTHS ? 36 : 1;
}

bool country_rule_valid(enum country_rule rule, const char *value)
{
	int64_t months;

	switch (country_rule_type(rule)) {
	case CR_HOURS:
		return valid_hours(value);
	case CR_MONTHS:
		return num_parse_i64(
			value, country_rule_least_months(rule), COUNTRY_RULE_MONTHS_MOST, &months);
	case CR_CHOICE:
		return !strcmp(value, country_rule_choice(rule, 0).word) ||
		       !strcmp(value, country_rule_choice(rule, 1).word);
	case CR_TEXT:
		break;
	}
	return strlen(value) <= TEXT_MOST;
}
