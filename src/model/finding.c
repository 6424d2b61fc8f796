#include "finding.h"

static const struct word levels[FINDING_LEVELS] = {
	/* TRANSLATORS: what a check found: nothing */
	[FINDING_OK] = { "OK", N_("In order") },
	/* TRANSLATORS: what a check found: to be looked at */
	[FINDING_WARN] = { "WARN", N_("To be looked at") },
	/* TRANSLATORS: what a check found: the campaign cannot be launched */
	[FINDING_STOP] = { "STOP", N_("To be corrected") },
};

static const struct word codes[FINDING_CODES] = {
	[FINDING_READY] = { "READY", N_("Nothing stands in its way") },
	[FINDING_NO_NAME] = { "NO_NAME", N_("It has no name") },
	[FINDING_NO_CHANNEL] = { "NO_CHANNEL", N_("No channel is chosen") },
	[FINDING_NO_TEXT] = { "NO_TEXT", N_("There is no text for %s") },
	[FINDING_NO_SUBJECT] = { "NO_SUBJECT", N_("The e-mail has no subject") },
	[FINDING_TEXT] = { "TEXT", N_("The text is not right at “%s”") },
	[FINDING_NO_UNSUBSCRIBE] = { "NO_UNSUBSCRIBE",
		N_("The e-mail has no link to unsubscribe: insert {{lien_desinscription}}") },
	[FINDING_NO_STOP_TEXT] = { "NO_STOP_TEXT",
		N_("The SMS does not say how to stop: insert {{stop}}") },
	[FINDING_NO_STOP_SETTING] = { "NO_STOP_SETTING",
		N_("The setting “How to stop SMS” is empty: give a short code, a number or a "
		   "link") },
	[FINDING_LINK_BAD] = { "LINK_BAD", N_("The link “%s” leads nowhere") },
	[FINDING_LINK_HTTP] = { "LINK_HTTP", N_("The link “%s” is not secure: use https") },
	[FINDING_SMS_UCS2] = { "SMS_UCS2",
		N_("“%s” is not in the alphabet of SMS: 70 characters fit in one instead of 160") },
	[FINDING_SMS_LONG] = { "SMS_LONG", N_("The SMS is as long as %s, and costs as much") },
	[FINDING_FILTER] = { "FILTER", N_("The filter is not right at “%s”") },
	[FINDING_NOBODY] = { "NOBODY", N_("Nobody is in its audience") },
	[FINDING_NO_PROVIDER] = { "NO_PROVIDER", N_("No provider is set up for %s") },
	[FINDING_PROVIDER_UNTESTED] = { "PROVIDER_UNTESTED", N_("%s was never tested") },
	[FINDING_PROVIDER_STALE] = { "PROVIDER_STALE",
		N_("%s was last tested more than three months ago") },
	[FINDING_PROVIDER_FAILED] = { "PROVIDER_FAILED", N_("The last test of %s went wrong") },
	[FINDING_PROVIDER_REFUSES] = { "PROVIDER_REFUSES",
		N_("%s refuses the account: look at its settings") },
	[FINDING_START_PAST] = { "START_PAST", N_("Its start is in the past: it goes at once") },
	[FINDING_NOT_AFTER] = { "NOT_AFTER", N_("It would be over before it starts") },
	[FINDING_BUDGET] = { "BUDGET",
		N_("It costs %s, more than its budget: it will pause when that is used up") },
	[FINDING_COPY] = { "COPY",
		N_("This store is a copy: nothing is sent until somebody says that it goes on") },
	[FINDING_DEMO] = { "DEMO",
		N_("A demonstration: messages are laid into a folder, nobody receives them") },
	[FINDING_FOLDER] = { "FOLDER",
		N_("%s: messages are laid into a folder, nobody receives them") },
	[FINDING_MEDIA] = { "MEDIA", N_("A post on %s needs the public address of a picture") },
};

WORD_FUNCTIONS(finding_level, levels)
WORD_FUNCTIONS(finding_code, codes)
