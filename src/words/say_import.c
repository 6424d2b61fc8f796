/* What an import made of the lines, and why it refused some. */
#include "say.h"

#include "i18n.h"
#include "import_reason.h"
#include "num.h"

/* A number of things in a text with one %s. */
static void add_count(struct strbuf *out, const char *fmt, int64_t n, enum lang lang)
{
	struct strbuf number = STRBUF_INIT;

	num_format(&number, n, 0, lang);
	say_with(out, fmt, number.buf);
	strbuf_release(&number);
}

static const char *created(enum import_kind kind, unsigned long n)
{
	if (kind == IMPORT_CUSTOMERS)
		return ngettext("%s customer created", "%s customers created", n);
	if (kind == IMPORT_INVOICES)
		return ngettext("%s invoice created", "%s invoices created", n);
	return ngettext("%s payment created", "%s payments created", n);
}

static const char *changed(enum import_kind kind, unsigned long n)
{
	if (kind == IMPORT_CUSTOMERS)
		return ngettext("%s customer changed", "%s customers changed", n);
	if (kind == IMPORT_INVOICES)
		return ngettext("%s invoice changed", "%s invoices changed", n);
	return ngettext("%s payment changed", "%s payments changed", n);
}

void say_import_counts(struct strbuf *out, enum import_kind kind, const struct import_counts *c,
	enum lang lang)
{
	add_count(out, created(kind, (unsigned long)c->created), c->created, lang);
	strbuf_adds(out, ", ");
	add_count(out, changed(kind, (unsigned long)c->changed), c->changed, lang);
	strbuf_adds(out, ", ");
	add_count(out,
		ngettext("%s line that was there already", "%s lines that were there already",
			(unsigned long)c->unchanged),
		c->unchanged, lang);
	strbuf_adds(out, ", ");
	add_count(out,
		ngettext("%s line refused", "%s lines refused", (unsigned long)c->refused),
		c->refused, lang);
	if (!c->remarks)
		return;
	strbuf_adds(out, ", ");
	add_count(out, ngettext("%s remark", "%s remarks", (unsigned long)c->remarks), c->remarks,
		lang);
}

void say_refusal(struct strbuf *out, enum import_kind kind, const struct import_refusal *r)
{
	import_reason_words(r->reason, kind, r->field, r->value, gettext, out);
}
