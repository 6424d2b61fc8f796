#include "say.h"

#include "i18n.h"

/* What a layer below calls by its own word, where nobody gave it a name.
 * TRANSLATORS: the nouns below stand between quotation marks in “%s” does not exist,
 * “%s” is not valid here, “%s” no longer exists, no row of “%s”. */
static const char *const nouns[] = {
	N_("budget"),
	N_("campaign"),
	N_("change"),
	N_("channel"),
	N_("company"),
	N_("consent"),
	N_("contact"),
	N_("customer"),
	N_("customers"),
	N_("day of the next call"),
	N_("due day"),
	N_("due hour"),
	N_("invoice"),
	N_("kind"),
	N_("media"),
	N_("message"),
	N_("name"),
	N_("note"),
	N_("outcome"),
	N_("passphrase"),
	N_("promised amount"),
	N_("pasted rows"),
	N_("promised day"),
	N_("revenue thresholds"),
	N_("saved filter"),
	N_("sender"),
	N_("start"),
	N_("subject"),
	N_("suppression"),
	N_("task"),
	N_("template"),
	N_("texts"),
};

const char *say_subject(const struct err *err)
{
	if (err->code == ERR_GONE || err->code == ERR_NOT_FOUND || err->code == ERR_INVALID ||
		err->code == ERR_LIST_NOBODY)
		for (size_t i = 0; i < ARRAY_SIZE(nouns); i++)
			if (!strcmp(nouns[i], err->subject))
				return _(nouns[i]);
	return err->subject;
}

void say_error(struct strbuf *out, const struct err *err)
{
	struct err said = *err;

	snprintf(said.subject, sizeof(said.subject), "%s", say_subject(err));
	err_words(&said, gettext, out);
}

void say_with(struct strbuf *out, const char *fmt, const char *value)
{
	const char *hole = strstr(fmt, "%s");

	if (!hole) {
		strbuf_adds(out, fmt);
		return;
	}
	strbuf_add(out, fmt, (size_t)(hole - fmt));
	strbuf_adds(out, value);
	strbuf_adds(out, hole + 2);
}
