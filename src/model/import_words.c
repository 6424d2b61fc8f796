#include "import_words.h"

#include "fold.h"

/* Whether the folded text is one of a list, '|' between. */
static bool is_one_of(const char *list, const char *text, size_t len)
{
	while (len) {
		size_t n = strcspn(list, "|");

		if (n == len && !memcmp(list, text, len))
			return true;
		if (!list[n])
			break;
		list += n + 1;
	}
	return false;
}

static bool folds_to(const char *s, const char *list)
{
	struct strbuf folded = STRBUF_INIT_MAX(256);
	bool yes;

	fold_words(&folded, s);
	yes = !folded.full && is_one_of(list, folded.buf, folded.len);
	strbuf_release(&folded);
	return yes;
}

/* French names that do not fold to the English ones, and usual short forms. */
static const struct {
	const char *iso;
	const char *names;
} french[] = {
	{ "AE", "emirats arabes unis" },
	{ "AT", "autriche" },
	{ "BE", "belgique" },
	{ "BF", "burkina|haute volta" },
	{ "BR", "bresil" },
	{ "CD", "rdc|rd congo|republique democratique du congo|congo kinshasa" },
	{ "CF", "rca|republique centrafricaine|centrafrique" },
	{ "CG", "congo brazzaville|republique du congo" },
	{ "CH", "suisse" },
	{ "CI", "ivory coast|rci" },
	{ "CM", "cameroun" },
	{ "CN", "chine" },
	{ "CV", "cap vert|cabo verde" },
	{ "DE", "allemagne" },
	{ "DK", "danemark" },
	{ "DZ", "algerie" },
	{ "EG", "egypte" },
	{ "ES", "espagne" },
	{ "ET", "ethiopie" },
	{ "GB", "royaume uni|grande bretagne|angleterre|uk|england" },
	{ "GF", "guyane|guyane francaise" },
	{ "GM", "gambie" },
	{ "GN", "guinee|guinee conakry" },
	{ "GQ", "guinee equatoriale" },
	{ "GR", "grece" },
	{ "GW", "guinee bissau" },
	{ "IE", "irlande" },
	{ "IN", "inde" },
	{ "IT", "italie" },
	{ "KM", "comores" },
	{ "LB", "liban" },
	{ "LY", "libye" },
	{ "MA", "maroc" },
	{ "MR", "mauritanie" },
	{ "MU", "maurice|ile maurice" },
	{ "NC", "nouvelle caledonie" },
	{ "NL", "pays bas|hollande" },
	{ "NO", "norvege" },
	{ "PF", "polynesie francaise|tahiti" },
	{ "PL", "pologne" },
	{ "RE", "la reunion|ile de la reunion" },
	{ "RO", "roumanie" },
	{ "RU", "russie" },
	{ "SA", "arabie saoudite" },
	{ "SE", "suede" },
	{ "TD", "tchad" },
	{ "TN", "tunisie" },
	{ "TR", "turquie" },
	{ "TZ", "tanzanie" },
	{ "UG", "ouganda" },
	{ "US", "etats unis|usa|etats unis d amerique|united states of america" },
	{ "ZA", "afrique du sud" },
	{ "ZM", "zambie" },
};

static const struct country *by_english_name(const char *s)
{
	struct strbuf want = STRBUF_INIT_MAX(256), have = STRBUF_INIT;
	const struct country *found = NULL, *c;

	fold_words(&want, s);
	for (size_t i = 0; !found && (c = country_at(i)) != NULL; i++) {
		strbuf_clear(&have);
		fold_words(&have, c->name);
		if (want.len && !strcmp(want.buf, have.buf))
			found = c;
	}
	strbuf_release(&want);
	strbuf_release(&have);
	return found;
}

const struct country *import_country(const char *s)
{
	const struct country *c = country_find(s);

	if (!c)
		c = by_english_name(s);
	for (size_t i = 0; !c && i < ARRAY_SIZE(french); i++)
		if (folds_to(s, french[i].names))
			c = country_find(french[i].iso);
	return c;
}

const char *import_language(const char *s)
{
	if (folds_to(s, "fr|fra|fre|francais|french|fr fr|fr be|fr ch|fr ca|fr bf"))
		return "fr";
	if (folds_to(s, "en|eng|anglais|english|en gb|en us|en ng|en gh"))
		return "en";
	return NULL;
}

bool import_document(const char *s, bool *credit)
{
	*credit = folds_to(s,
		"a|av|avoir|avoirs|avoir client|facture d avoir|fa avoir|note de credit|"
		"note d avoir|credit|credit note|credit memo|cn|remboursement|refund|"
		"facture avoir|out refund|381");
	return *credit || folds_to(s, "f|fa|fac|fact|facture|factures|facture client|"
				      "facture de vente|vente|ventes|facture de doit|invoice|inv|"
				      "sale|sales|sales invoice|customer invoice|tax invoice|"
				      "out invoice|ticket|facture d acompte|acompte|380");
}

bool import_person_or_firm(const char *s, enum customer_kind *kind)
{
	if (folds_to(s,
		    "m|mr|monsieur|mme|madame|mlle|mademoiselle|ms|mrs|miss|dr|docteur|me|maitre|"
		    "pr|el hadj|elhadj|person|personne|personne physique|particulier|"
		    "individual|private|prive|physique|p|pp|consumer|b2c")) {
		*kind = KIND_PERSON;
		return true;
	}
	if (!folds_to(s, "firm|company|organisation|organization|entreprise|societe|ste|"
			 "personne morale|morale|professionnel|pro|professional|business|pm|b2b|"
			 "association|ong|ngo|administration|collectivite|etat|cooperative") &&
		!import_names_firm(s))
		return false;
	*kind = KIND_FIRM;
	return true;
}

bool import_names_firm(const char *name)
{
	static const char words[] =
		"sa|sas|sasu|sarl|sarlu|suarl|eurl|eirl|snc|scs|scp|sci|scop|gie|gmbh|ltd|llc|inc|"
		"plc|"
		"bv|spa|srl|nv|ets|etablissement|etablissements|societe|ste|cie|compagnie|company|"
		"entreprise|entreprises|groupe|group|holding|cabinet|pharmacie|clinique|hopital|"
		"garage|boulangerie|boutique|quincaillerie|imprimerie|librairie|restaurant|hotel|"
		"maquis|agence|bureau|cooperative|association|ong|mairie|commune|ministere|ecole|"
		"lycee|college|universite|institut|banque|assurance|assurances|transport|"
		"transports|"
		"negoce|commerce|distribution|industrie|industries|services|service|international|"
		"consulting|solutions|technologies|maison|fils|freres|export|import|materiaux|"
		"alimentation|supermarche|station|ferme|atelier|centre|fondation|syndicat|union";
	struct strbuf folded = STRBUF_INIT_MAX(1024);
	bool firm = false;

	fold_words(&folded, name);
	for (const char *w = folded.buf; *w && !firm;) {
		size_t len = strcspn(w, " ");

		firm = is_one_of(words, w, len);
		w += len + (w[len] == ' ');
	}
	strbuf_release(&folded);
	return firm;
}
