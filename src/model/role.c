#include "role.h"

static const struct word user_roles[USER_ROLE_COUNT] = {
	[ROLE_CRM_USER] = { "CRM_USER", N_("CRM user") },
	[ROLE_CRM_ADMIN] = { "CRM_ADMIN", N_("CRM administrator") },
	[ROLE_MARKETING_USER] = { "MARKETING_USER", N_("Marketing user") },
	[ROLE_MARKETING_ADMIN] = { "MARKETING_ADMIN", N_("Marketing administrator") },
	/* TRANSLATORS: the person in charge of data protection requests */
	[ROLE_GDPR_OFFICER] = { "GDPR_OFFICER", N_("GDPR officer") },
	[ROLE_ADMIN] = { "ADMIN", N_("Administrator") },
};

WORD_FUNCTIONS(user_role, user_roles)

#define CRM (ROLE_BIT(ROLE_CRM_USER) | ROLE_BIT(ROLE_CRM_ADMIN))
#define MARKETING (ROLE_BIT(ROLE_MARKETING_USER) | ROLE_BIT(ROLE_MARKETING_ADMIN))
#define OFFICER ROLE_BIT(ROLE_GDPR_OFFICER)
#define ADMINS (ROLE_BIT(ROLE_CRM_ADMIN) | ROLE_BIT(ROLE_MARKETING_ADMIN))

/* ADMIN stands in no row: it has every right. */
static const struct {
	uint32_t roles;
	const char *label;
} rights[RIGHT_COUNT] = {
	/* TRANSLATORS: rights complete the sentence "Your role does not allow this (…)" */
	[RIGHT_CUSTOMERS_READ] = { CRM, N_("see customers") },
	[RIGHT_CUSTOMERS_CHANGE] = { CRM, N_("change customers") },
	[RIGHT_CUSTOMERS_EXPORT] = { CRM, N_("export customers") },
	[RIGHT_IMPORT] = { CRM, N_("import files") },
	[RIGHT_REFUSAL] = { CRM | MARKETING | OFFICER, N_("note a refusal") },
	[RIGHT_CAMPAIGNS_READ] = { MARKETING, N_("see campaigns and messages") },
	[RIGHT_CAMPAIGNS_CHANGE] = { MARKETING, N_("change campaigns") },
	[RIGHT_GDPR] = { OFFICER, N_("handle GDPR requests") },
	[RIGHT_AUDIT_READ] = { OFFICER, N_("read the audit journal") },
	[RIGHT_SETTINGS] = { ADMINS, N_("change settings") },
	[RIGHT_USERS] = { 0, N_("manage users") },
};

const char *right_label(enum right right)
{
	return (size_t)right < RIGHT_COUNT ? rights[right].label : "";
}

bool role_may(uint32_t roles, enum right right)
{
	if ((size_t)right >= RIGHT_COUNT)
		return false;
	return roles & (rights[right].roles | ROLE_BIT(ROLE_ADMIN));
}
