#include "system_template.h"

#include <string.h>

#define BIRTHDAY_TYPE CAMPAIGN_BIRTHDAY
#define NURTURE_TYPE CAMPAIGN_NURTURING
#define REMINDER_TYPE CAMPAIGN_TRANSACTIONAL
#define RETENTION_TYPE CAMPAIGN_RETENTION
#define WELCOME_TYPE CAMPAIGN_WELCOME

#define BIRTHDAY_NAME N_("Birthday wishes")
#define NURTURE_NAME N_("News for customers")
#define REMINDER_NAME N_("Payment reminder")
#define RETENTION_NAME N_("We miss you")
#define WELCOME_NAME N_("Welcome to new customers")

#define SYSTEM_TEMPLATE(key, language, channel, subject, text, html)                               \
	{ #key, language, channel, key##_TYPE, key##_NAME, subject, text, html },

const struct system_template system_templates[] = {
#include "system_templates.def"
};

const size_t system_template_count = ARRAY_SIZE(system_templates);

const struct system_template *system_template_find(
	const char *key, const char *language, enum channel channel)
{
	for (size_t i = 0; i < system_template_count; i++) {
		const struct system_template *t = &system_templates[i];

		if (t->channel == channel && !strcmp(t->key, key) && !strcmp(t->language, language))
			return t;
	}
	return NULL;
}
