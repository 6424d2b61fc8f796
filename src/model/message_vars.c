#include "message_vars.h"

#include "date.h"
#include "money.h"
#include "strbuf.h"

/* As a message says it to its reader: not the labels of the program's own lists. */
static const char *segment_said(enum segment segment, enum lang lang)
{
	static const char *const said[SEGMENT_COUNT][2] = {
		[SEGMENT_VIP] = { "VIP", "VIP" },
		[SEGMENT_LOYAL] = { "loyal", "fidèle" },
		[SEGMENT_REGULAR] = { "regular", "régulier" },
		[SEGMENT_OCCASIONAL] = { "occasional", "occasionnel" },
		[SEGMENT_AT_RISK] = { "", "" }, /* nobody wants to read that */
	};

	return said[segment][lang == LANG_FR];
}

static const char *keep(struct strbuf *s, struct arena *a)
{
	const char *text = arena_strndup(a, s->buf, s->len);

	strbuf_release(s);
	return text;
}

static const char *amount(int64_t minor, const char *currency, enum lang lang, struct arena *a)
{
	struct strbuf s = STRBUF_INIT;

	if (minor <= 0)
		return "";
	money_format(&s, minor, currency, lang);
	return keep(&s, a);
}

static const char *day(int32_t d, enum lang lang, struct arena *a)
{
	struct strbuf s = STRBUF_INIT;

	if (d == DAY_NONE)
		return "";
	date_add_medium(&s, d, lang);
	return keep(&s, a);
}

const char *message_var(enum template_var var, const struct person *p,
	const struct company *company, enum lang lang, int32_t today, struct arena *a)
{
	switch (var) {
	case VAR_NOM:
		return p->name;
	case VAR_PRENOM:
		return p->kind == KIND_PERSON ? p->first_name : "";
	case VAR_ENTREPRISE:
		return p->kind == KIND_FIRM ? p->name : p->firm;
	case VAR_MA_SOCIETE:
		return company->name;
	case VAR_MONTANT_ECHU:
		return amount(p->overdue, company->currency, lang, a);
	case VAR_FACTURE:
		return p->invoice;
	case VAR_ECHEANCE:
		return day(p->invoice_due, lang, a);
	case VAR_SCORE:
		return arena_printf(a, "%d", p->score);
	case VAR_SEGMENT:
		return segment_said(p->segment, lang);
	case VAR_VILLE:
		return p->city;
	case VAR_DATE:
		return day(today, lang, a);
	case VAR_LIEN_DESINSCRIPTION:
	case VAR_STOP:
	case TEMPLATE_VAR_COUNT:
		break;
	}
	return "";
}
