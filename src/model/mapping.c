#include "mapping.h"

#include "fold.h"
#include "i18n.h"
#include "num.h"
#include "rows.h"
#include "word.h"

static const struct word kinds[IMPORT_KINDS] = {
	[IMPORT_CUSTOMERS] = { "CUSTOMERS", N_("Customers") },
	[IMPORT_INVOICES] = { "INVOICES", N_("Invoices") },
	[IMPORT_PAYMENTS] = { "PAYMENTS", N_("Payments") },
};

WORD_FUNCTIONS(import_kind, kinds)

/*
 * The headers are those of the exports of Sage, EBP, Ciel, Odoo, QuickBooks and
 * of the French FEC file, and what people write by hand. They stand as
 * mapping_fold_header leaves them: "Date d'échéance" is "dateecheance".
 */
/* clang-format off */
static const struct import_field_info fields[IMPORT_FIELDS] = {
[CUSTOMER_CODE] = { IMPORT_CUSTOMERS, "code", N_("Customer code"), TYPE_TEXT, false,
	"codetiers|codeclient|numeroclient|noclient|nclient|numclient|refclient|referenceclient|"
	"comptetiers|compteclient|comptecomptable|compteauxiliaire|codeauxiliaire|codecompte|"
	"ctnum|compauxnum|customercode|customerid|customerno|customernumber|clientcode|clientid|"
	"accountcode|accountnumber|idclient|idtiers|tiers|code|compte|matricule|identifiant|id" },
[CUSTOMER_NAME] = { IMPORT_CUSTOMERS, "name", N_("Name"), TYPE_TEXT, true,
	"raisonsociale|denomination|denominationsociale|nomouraisonsociale|nomraisonsociale|"
	"raisonsocialenom|nomclient|nomtiers|nomfamille|nomprenom|nometprenom|nomprenoms|"
	"nometprenoms|nomcomplet|intitule|ctintitule|compauxlib|libelletiers|libelleclient|"
	"intituletiers|lastname|surname|familyname|fullname|customername|clientname|displayname|"
	"name|nom|customer|client|designation|libelle" },
[CUSTOMER_FIRST_NAME] = { IMPORT_CUSTOMERS, "first-name", N_("First name"), TYPE_TEXT, false,
	"prenom|prenoms|prenomclient|firstname|givenname|forename" },
[CUSTOMER_FIRM] = { IMPORT_CUSTOMERS, "firm", N_("Works at"), TYPE_TEXT, false,
	"travaillechez|societe|entreprise|employeur|company|companyname|firm|organisation|organization" },
[CUSTOMER_KIND] = { IMPORT_CUSTOMERS, "kind", N_("Person or firm"), TYPE_WORD, false,
	"personneouentreprise|personneousociete|typeclient|typetiers|naturetiers|natureclient|personnephysiquemorale|formejuridique|"
	"customertype|civilite|qualite|kind|type|titre|title" },
[CUSTOMER_EMAIL] = { IMPORT_CUSTOMERS, "email", N_("E-mail"), TYPE_EMAIL, false,
	"email|emailprincipal|adresseemail|adressemail|adresseelectronique|courriel|mail|mel|"
	"emailaddress|emailclient|email1|mail1|ctemail|contactemail|messagerie" },
[CUSTOMER_PHONE] = { IMPORT_CUSTOMERS, "phone", N_("Phone"), TYPE_PHONE, false,
	"telephone|tel|telephoneprincipal|telephonefixe|telfixe|telephone1|tel1|notelephone|"
	"numerotelephone|ntelephone|numtel|notel|cttelephone|phone|phonenumber|fixe|landline|"
	"contact|telclient" },
[CUSTOMER_MOBILE] = { IMPORT_CUSTOMERS, "mobile", N_("Mobile phone"), TYPE_PHONE, false,
	"portable|telephoneportable|telportable|mobile|telephonemobile|telmobile|gsm|cellulaire|"
	"cell|cellphone|mobilephone|mobilenumber|numeromobile|noportable|nportable|whatsapp" },
[CUSTOMER_STREET] = { IMPORT_CUSTOMERS, "street", N_("Street"), TYPE_TEXT, false,
	"adresse|adresse1|adressefacturation|adresse1facturation|rue|voie|quartier|ctadresse|"
	"street|address|address1|addressline1|streetaddress|billingaddress|adressepostale" },
[CUSTOMER_POSTCODE] = { IMPORT_CUSTOMERS, "postcode", N_("Postcode"), TYPE_TEXT, false,
	"codepostal|codepostalfacturation|cp|ctcodepostal|postcode|postalcode|zip|zipcode|"
	"boitepostale|bp" },
[CUSTOMER_CITY] = { IMPORT_CUSTOMERS, "city", N_("City"), TYPE_TEXT, false,
	"ville|villefacturation|commune|localite|ctville|city|town" },
[CUSTOMER_COUNTRY] = { IMPORT_CUSTOMERS, "country", N_("Country"), TYPE_WORD, false,
	"pays|codepays|ctpays|payscode|country|countrycode" },
[CUSTOMER_BIRTH_DAY] = { IMPORT_CUSTOMERS, "birth-date", N_("Birth date"), TYPE_DATE, false,
	"datenaissance|nee|ne|naissance|anniversaire|birthdate|birthday|dateofbirth|datebirth|"
	"dob" },
[CUSTOMER_LANGUAGE] = { IMPORT_CUSTOMERS, "language", N_("Language"), TYPE_WORD, false,
	"langue|codelangue|language|lang" },
[CUSTOMER_OK_PROCESSING] = { IMPORT_CUSTOMERS, "ok-processing", N_("Agrees to data processing"),
	TYPE_YES_NO, false,
	"acceptetraitementdonnees|acceptetraitement|consentement|consentementrgpd|rgpd|accordrgpd|gdpr|consent|gdprconsent|traitement|"
	"consentementtraitement|traitementdonnees|dataprocessing" },
[CUSTOMER_OK_MARKETING] = { IMPORT_CUSTOMERS, "ok-marketing", N_("Agrees to marketing"),
	TYPE_YES_NO, false,
	"optin|optinmarketing|marketingoptin|marketing|marketingconsent|consentementmarketing|"
	"accordmarketing|prospection|newsletter|publicite|accordpublicite|accepteoffres" },
[CUSTOMER_OK_EMAIL] = { IMPORT_CUSTOMERS, "ok-email", N_("Agrees to e-mail"), TYPE_YES_NO, false,
	"accepteemail|optinemail|optinmail|optincourriel|emailoptin|accordemail|consentementemail|emailconsent|"
	"okemail" },
[CUSTOMER_OK_SMS] = { IMPORT_CUSTOMERS, "ok-sms", N_("Agrees to SMS"), TYPE_YES_NO, false,
	"acceptesms|optinsms|smsoptin|accordsms|consentementsms|smsconsent|oksms|sms" },
[CUSTOMER_OK_WHATSAPP] = { IMPORT_CUSTOMERS, "ok-whatsapp", N_("Agrees to WhatsApp"),
	TYPE_YES_NO, false,
	"acceptewhatsapp|optinwhatsapp|whatsappoptin|accordwhatsapp|consentementwhatsapp|whatsappconsent|"
	"okwhatsapp" },
[CUSTOMER_OK_FACEBOOK] = { IMPORT_CUSTOMERS, "ok-facebook", N_("Agrees to Facebook"),
	TYPE_YES_NO, false,
	"acceptefacebook|optinfacebook|facebookoptin|accordfacebook|consentementfacebook|facebookconsent|"
	"okfacebook" },
[CUSTOMER_OK_INSTAGRAM] = { IMPORT_CUSTOMERS, "ok-instagram", N_("Agrees to Instagram"),
	TYPE_YES_NO, false,
	"accepteinstagram|optininstagram|instagramoptin|accordinstagram|consentementinstagram|instagramconsent|"
	"okinstagram" },
[CUSTOMER_OK_CALLS] = { IMPORT_CUSTOMERS, "ok-calls", N_("Agrees to phone calls"),
	TYPE_YES_NO, false,
	"accepteappels|accepteappelstelephoniques|accepteetreappele|optintelephone|optinappels|accordappel|accordappels|accordtelephone|"
	"consentementtelephone|callsoptin|phoneoptin|okappels" },

[INVOICE_NUMBER] = { IMPORT_INVOICES, "number", N_("Invoice number"), TYPE_TEXT, true,
	"numerofacture|nofacture|nfacture|numfacture|facturen|factureno|numerodocument|nodocument|"
	"numeropiece|nopiece|npiece|numpiece|dopiece|pieceref|referencefacture|reffacture|"
	"invoicenumber|invoiceno|invoiceid|invoice|documentnumber|facture|numero|number|num|piece|"
	"no|n|reference|ref" },
[INVOICE_CUSTOMER] = { IMPORT_INVOICES, "customer", N_("Customer code"), TYPE_TEXT, false,
	"codetiers|codeclient|numeroclient|noclient|nclient|numclient|refclient|referenceclient|"
	"comptetiers|compteclient|compteauxiliaire|codeauxiliaire|dotiers|ctnum|compauxnum|"
	"customercode|customerid|customerno|customernumber|clientcode|clientid|accountcode|"
	"idclient|idtiers|tiers|compte|code" },
[INVOICE_CUSTOMER_NAME] = { IMPORT_INVOICES, "customer-name", N_("Customer name"), TYPE_TEXT,
	false,
	"nomclient|nomtiers|raisonsociale|compauxlib|libelletiers|intituletiers|customername|"
	"clientname|client|customer|partner|nom|name" },
[INVOICE_ISSUED] = { IMPORT_INVOICES, "issued", N_("Invoice date"), TYPE_DATE, true,
	"datefacture|datefacturation|datedocument|datepiece|piecedate|dodate|dateemission|"
	"invoicedate|issuedate|issued|documentdate|date|emisele|dateecriture" },
[INVOICE_DUE] = { IMPORT_INVOICES, "due", N_("Due date"), TYPE_DATE, false,
	"dateecheance|echeance|echeancele|datelimite|datelimitepaiement|apayeravant|duedate|due|"
	"paymentdue|datelim" },
[INVOICE_TOTAL] = { IMPORT_INVOICES, "total", N_("Total with tax"), TYPE_MONEY, true,
	"montantttc|totalttc|ttc|netapayer|montantfacture|montanttotal|totalfacture|totalamount|"
	"invoicetotal|invoiceamount|grandtotal|amountincltax|total|montant|amount|debit" },
[INVOICE_TYPE] = { IMPORT_INVOICES, "type", N_("Invoice or credit note"), TYPE_WORD, false,
	"factureouavoir|typedocument|typepiece|naturepiece|naturedocument|typefacture|documenttype|doctype|"
	"invoicetype|type|nature" },
[INVOICE_CREDITS] = { IMPORT_INVOICES, "credits", N_("Invoice it credits"), TYPE_TEXT, false,
	"factureorigine|facturecreditee|avoirsurfacture|factureliee|facturereference|"
	"pieceorigine|originalinvoice|creditedinvoice|credits" },
[INVOICE_CURRENCY] = { IMPORT_INVOICES, "currency", N_("Currency"), TYPE_WORD, false,
	"devise|codedevise|monnaie|currency|currencycode|idevise" },
[INVOICE_RATE] = { IMPORT_INVOICES, "rate", N_("Exchange rate"), TYPE_RATE, false,
	"tauxchange|cours|coursdevise|taux|exchangerate|rate" },

[PAYMENT_INVOICE] = { IMPORT_PAYMENTS, "invoice", N_("Invoice number"), TYPE_TEXT, true,
	"numerofacture|nofacture|nfacture|numfacture|facturen|factureno|facturereglee|"
	"facturepayee|referencefacture|reffacture|invoicenumber|invoiceno|invoiceid|invoice|"
	"facture|numeropiece|nopiece|npiece|numpiece|dopiece|pieceref|piece" },
[PAYMENT_CUSTOMER] = { IMPORT_PAYMENTS, "customer", N_("Customer code"), TYPE_TEXT, false,
	"codetiers|codeclient|numeroclient|noclient|nclient|numclient|refclient|comptetiers|"
	"compteclient|compteauxiliaire|ctnum|compauxnum|customercode|customerid|customerno|"
	"clientcode|clientid|accountcode|idclient|idtiers|tiers|client|customer|compte|code" },
[PAYMENT_DAY] = { IMPORT_PAYMENTS, "day", N_("Payment date"), TYPE_DATE, true,
	"datereglement|datepaiement|dateencaissement|dateversement|reglele|payele|encaissele|"
	"paymentdate|paidon|paiddate|datepaid|datevaleur|date|dateecriture" },
[PAYMENT_AMOUNT] = { IMPORT_PAYMENTS, "amount", N_("Amount paid"), TYPE_MONEY, true,
	"montantregle|montantpaye|montantreglement|montantpaiement|montantencaisse|montantverse|"
	"montantttc|reglement|paiement|versement|encaissement|paymentamount|amountpaid|paid|payment|"
	"montant|amount|credit|total" },
[PAYMENT_REFERENCE] = { IMPORT_PAYMENTS, "reference", N_("Payment reference"), TYPE_TEXT, false,
	"referencereglement|refreglement|numeroreglement|noreglement|nreglement|"
	"referencepaiement|refpaiement|numeropaiement|nopaiement|npaiement|paymentreference|"
	"paymentid|paymentno|transactionid|transaction|numeroecriture|ecriturenum|reference|ref|"
	"numerocheque|numero|id" },
[PAYMENT_CURRENCY] = { IMPORT_PAYMENTS, "currency", N_("Currency"), TYPE_WORD, false,
	"devise|codedevise|monnaie|currency|currencycode|idevise" },
[PAYMENT_RATE] = { IMPORT_PAYMENTS, "rate", N_("Exchange rate"), TYPE_RATE, false,
	"tauxchange|cours|coursdevise|taux|exchangerate|rate" },
};
/* clang-format on */

const struct import_field_info *import_field_info(enum import_field field)
{
	return &fields[field];
}

void import_fields_of(enum import_kind kind, enum import_field *first, enum import_field *end)
{
	int f = 0;

	while (f < IMPORT_FIELDS && fields[f].kind != kind)
		f++;
	*first = (enum import_field)f;
	while (f < IMPORT_FIELDS && fields[f].kind == kind)
		f++;
	*end = (enum import_field)f;
}

bool import_field_find(enum import_kind kind, const char *name, enum import_field *out)
{
	for (int f = 0; f < IMPORT_FIELDS; f++) {
		if (fields[f].kind == kind && !strcmp(fields[f].name, name)) {
			*out = (enum import_field)f;
			return true;
		}
	}
	return false;
}

void mapping_init(struct mapping *m, enum import_kind kind)
{
	m->kind = kind;
	for (int f = 0; f < IMPORT_FIELDS; f++)
		m->column[f] = -1;
}

enum import_field mapping_field(const struct mapping *m, int column)
{
	int f = 0;

	while (f < IMPORT_FIELDS && (column < 0 || m->column[f] != column))
		f++;
	return (enum import_field)f;
}

void mapping_set(struct mapping *m, enum import_field field, int column)
{
	enum import_field other = mapping_field(m, column);

	if (other != IMPORT_FIELDS)
		m->column[other] = -1;
	m->column[field] = column;
}

static bool is_small(const char *word, size_t len)
{
	static const char *const small[] = { "d", "de", "des", "du", "l", "la", "le", "les",
		"the" };

	for (size_t i = 0; i < ARRAY_SIZE(small); i++)
		if (strlen(small[i]) == len && !memcmp(small[i], word, len))
			return true;
	return false;
}

void mapping_fold_header(struct strbuf *out, const char *header)
{
	struct strbuf words = STRBUF_INIT_MAX(4096);
	const char *word = words.buf;

	fold_words(&words, header);
	for (word = words.buf; *word;) {
		size_t len = strcspn(word, " ");

		if (!is_small(word, len))
			strbuf_add(out, word, len);
		word += len + (word[len] == ' ');
	}
	strbuf_release(&words);
}

/* The place of a folded header in a list of them, from 0; -1 if it is not there. */
static int place_in(const char *list, const char *folded)
{
	size_t len = strlen(folded);

	for (int place = 0; len; place++) {
		size_t n = strcspn(list, "|");

		if (n == len && !memcmp(list, folded, len))
			return place;
		if (!list[n])
			break;
		list += n + 1;
	}
	return -1;
}

/* The program's own exports are headed by its own words. */
static bool folds_like(const char *folded, const char *text)
{
	struct strbuf own = STRBUF_INIT;
	bool same;

	mapping_fold_header(&own, text);
	same = *folded && !strcmp(own.buf, folded);
	strbuf_release(&own);
	return same;
}

static int header_place(enum import_field field, const char *header)
{
	struct strbuf folded = STRBUF_INIT;
	int place;

	mapping_fold_header(&folded, header);
	place = place_in(fields[field].headers, folded.buf);
	if (place && folds_like(folded.buf, fields[field].label))
		place = 0;
	strbuf_release(&folded);
	return place;
}

/*
 * A column may be known to several fields ("Client" is a name or a code) and a
 * field to several columns: the surest pair of all is taken first.
 */
static bool match_surest(struct mapping *m, const char *const *headers, size_t n)
{
	enum import_field first, end, best_field = IMPORT_FIELDS;
	int best = -1, best_column = -1;

	import_fields_of(m->kind, &first, &end);
	for (enum import_field f = first; f < end; f++) {
		if (m->column[f] >= 0)
			continue;
		for (size_t c = 0; c < n && c < ROWS_MAX_COLUMNS; c++) {
			int place = header_place(f, headers[c]);

			if (place < 0 || (best >= 0 && place >= best))
				continue;
			if (mapping_field(m, (int)c) != IMPORT_FIELDS)
				continue;
			best = place;
			best_column = (int)c;
			best_field = f;
		}
	}
	if (best < 0)
		return false;
	m->column[best_field] = best_column;
	return true;
}

size_t mapping_match(struct mapping *m, const char *const *headers, size_t n)
{
	size_t matched = 0;

	while (match_surest(m, headers, n))
		matched++;
	return matched;
}

size_t mapping_headers(enum import_kind kind, const char *const *cells, size_t n)
{
	struct mapping m;

	mapping_init(&m, kind);
	return mapping_match(&m, cells, n);
}

/* The fields that only one kind has weigh more than those that all have. */
bool mapping_guess_kind(const char *const *headers, size_t n, enum import_kind *out)
{
	static const enum import_field telling[IMPORT_KINDS][4] = {
		{ CUSTOMER_EMAIL, CUSTOMER_PHONE, CUSTOMER_CITY, CUSTOMER_MOBILE },
		{ INVOICE_NUMBER, INVOICE_DUE, INVOICE_TOTAL, INVOICE_ISSUED },
		{ PAYMENT_INVOICE, PAYMENT_DAY, PAYMENT_AMOUNT, PAYMENT_REFERENCE },
	};
	size_t best = 0;

	for (int k = 0; k < IMPORT_KINDS; k++) {
		struct mapping m;
		size_t weight;

		mapping_init(&m, (enum import_kind)k);
		weight = mapping_match(&m, headers, n);
		for (size_t i = 0; i < ARRAY_SIZE(telling[k]); i++)
			weight += m.column[telling[k][i]] >= 0 ? 2 : 0;
		if (weight > best) {
			best = weight;
			*out = (enum import_kind)k;
		}
	}
	return best > 0;
}

/* A column by its header, else by its number. -2 if there is none. */
static int find_column(const char *text, const char *const *headers, size_t n)
{
	struct strbuf want = STRBUF_INIT, have = STRBUF_INIT;
	int found = -2;
	int64_t number;

	fold_words(&want, text);
	for (size_t c = 0; c < n && found < 0; c++) {
		strbuf_clear(&have);
		fold_words(&have, headers[c]);
		if (have.len && !strcmp(have.buf, want.buf))
			found = (int)c;
	}
	if (found < 0 && num_parse_i64(text, 1, ROWS_MAX_COLUMNS, &number))
		found = (int)number - 1;
	strbuf_release(&want);
	strbuf_release(&have);
	return found;
}

bool mapping_by_hand(
	struct mapping *m, const char *spec, const char *const *headers, size_t n, struct err *err)
{
	size_t len = strcspn(spec, "=");
	enum import_field field;
	char name[32] = "";
	int column = -1;

	if (len < sizeof(name))
		memcpy(name, spec, len);
	if (!spec[len] || len >= sizeof(name) || !import_field_find(m->kind, name, &field))
		return err_set(err, ERR_MAP_FIELD, spec, "%s", import_kind_word(m->kind));
	if (strcmp(spec + len + 1, "-"))
		column = find_column(spec + len + 1, headers, n);
	if (column == -2)
		return err_set(err, ERR_MAP_COLUMN, spec + len + 1, "of %zu columns", n);
	mapping_set(m, field, column);
	return true;
}

void mapping_write(const struct mapping *m, struct strbuf *out)
{
	const char *between = "";

	for (int f = 0; f < IMPORT_FIELDS; f++) {
		if (m->column[f] < 0)
			continue;
		strbuf_addf(out, "%s%s=%d", between, fields[f].name, m->column[f] + 1);
		between = ",";
	}
}

void mapping_read(struct mapping *m, const char *written, size_t n_columns)
{
	while (*written) {
		size_t len = strcspn(written, ",");
		struct err ignored = ERR_INIT;
		char spec[48] = "";

		if (len < sizeof(spec))
			memcpy(spec, written, len);
		if (mapping_by_hand(m, spec, NULL, 0, &ignored)) {
			for (int f = 0; f < IMPORT_FIELDS; f++)
				if (m->column[f] >= (int)n_columns)
					m->column[f] = -1;
		}
		written += len + (written[len] == ',');
	}
}

/* Signs that stand alone: a tick says yes, a dash or a question mark nothing. */
static bool sign_yes_no(const char *s, int *yes)
{
	if (strstr(s, "✓") || strstr(s, "✔"))
		*yes = 1;
	return *yes == 1 || !strcmp(s, "-") || !strcmp(s, "–") || !strcmp(s, "—") ||
	       s[strspn(s, "? \t")] == '\0';
}

bool import_yes_no(const char *s, int *yes)
{
	static const char *const words[] = {
		"1|x|o|y|oui|yes|vrai|true|ok|on|accord|accorde|accepte|accepted|agreed|granted|"
		"optin|in|inscrit|abonne|subscribed",
		"0|n|non|no|faux|false|off|refus|refuse|refused|denied|stop|optout|out|desinscrit|"
		"desabonne|desabo|unsubscribed",
		"inconnu|unknown|nc|nd|na|nonrenseigne",
	};
	static const int says[] = { 1, 0, -1 };
	struct strbuf folded = STRBUF_INIT_MAX(64);
	bool known = false;

	*yes = -1;
	mapping_fold_header(&folded, s);
	if (!folded.len)
		known = sign_yes_no(s, yes);
	for (size_t i = 0; i < ARRAY_SIZE(words) && !known && !folded.full; i++) {
		known = place_in(words[i], folded.buf) >= 0;
		if (known)
			*yes = says[i];
	}
	strbuf_release(&folded);
	return known;
}
