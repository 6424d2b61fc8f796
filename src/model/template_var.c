#include <string.h>

#include "fold.h"
#include "i18n.h"
#include "template.h"

#define NAME_MAX_BYTES 64 /* of a name as it is typed */

static const struct {
	const char *name;
	const char *label;
} vars[TEMPLATE_VAR_COUNT] = {
	[VAR_NOM] = { "nom", N_("The person's name") },
	[VAR_PRENOM] = { "prenom", N_("The person's first name") },
	[VAR_ENTREPRISE] = { "entreprise", N_("The person's company") },
	[VAR_MA_SOCIETE] = { "ma_societe", N_("The name of our company") },
	[VAR_MONTANT_ECHU] = { "montant_echu", N_("The amount that is overdue") },
	[VAR_FACTURE] = { "facture", N_("The number of the invoice") },
	[VAR_ECHEANCE] = { "echeance", N_("The day the invoice was due") },
	[VAR_SCORE] = { "score", N_("The score, 0 to 100") },
	[VAR_SEGMENT] = { "segment", N_("The segment") },
	[VAR_VILLE] = { "ville", N_("The person's town") },
	[VAR_DATE] = { "date", N_("The day it is sent") },
	[VAR_LIEN_DESINSCRIPTION] = { "lien_desinscription", N_("The link to unsubscribe") },
	[VAR_STOP] = { "stop", N_("How to stop SMS") },
};

static const struct {
	const char *name;
	enum template_var var;
} english[] = {
	{ "name", VAR_NOM },
	{ "last_name", VAR_NOM },
	{ "first_name", VAR_PRENOM },
	{ "company", VAR_ENTREPRISE },
	{ "our_company", VAR_MA_SOCIETE },
	{ "my_company", VAR_MA_SOCIETE },
	{ "amount_due", VAR_MONTANT_ECHU },
	{ "invoice", VAR_FACTURE },
	{ "due_date", VAR_ECHEANCE },
	{ "city", VAR_VILLE },
	{ "town", VAR_VILLE },
	{ "unsubscribe_link", VAR_LIEN_DESINSCRIPTION },
};

const char *template_var_name(enum template_var var)
{
	return (size_t)var < ARRAY_SIZE(vars) ? vars[var].name : "";
}

const char *template_var_label(enum template_var var)
{
	return (size_t)var < ARRAY_SIZE(vars) ? vars[var].label : "";
}

bool template_var_transactional(enum template_var var)
{
	return var == VAR_MONTANT_ECHU || var == VAR_FACTURE || var == VAR_ECHEANCE;
}

static bool find_folded(const char *name, enum template_var *var)
{
	for (size_t i = 0; i < ARRAY_SIZE(vars); i++) {
		if (!strcmp(vars[i].name, name)) {
			*var = (enum template_var)i;
			return true;
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(english); i++) {
		if (!strcmp(english[i].name, name)) {
			*var = english[i].var;
			return true;
		}
	}
	return false;
}

bool template_var_find(const char *name, size_t len, enum template_var *var)
{
	struct strbuf folded = STRBUF_INIT;
	char typed[NAME_MAX_BYTES + 1];
	bool found;

	if (!len || len > NAME_MAX_BYTES)
		return false;
	memcpy(typed, name, len);
	typed[len] = '\0';
	fold_add(&folded, typed);
	for (size_t i = 0; i < folded.len; i++)
		if (folded.buf[i] == ' ' || folded.buf[i] == '-')
			folded.buf[i] = '_';
	found = find_folded(folded.buf, var);
	strbuf_release(&folded);
	return found;
}
