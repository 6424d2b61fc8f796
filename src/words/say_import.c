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

static const char *left(unsigned long n)
{
	return ngettext("%s was there already", "%s were there already", n);
}

static const char *refused(unsigned long n)
{
	return ngettext("%s line refused", "%s lines refused", n);
}

static const char *made(unsigned long n)
{
	return ngettext("%s customer created for them", "%s customers created for them", n);
}

static const char *remarks(unsigned long n)
{
	return ngettext("%s remark", "%s remarks", n);
}

/* A further part of the sentence, unless there is nothing to say. */
static void add_part(struct strbuf *out, const char *fmt, int64_t n, enum lang lang)
{
	if (!n)
		return;
	strbuf_adds(out, ", ");
	add_count(out, fmt, n, lang);
}

void say_import_counts(
	struct strbuf *out, enum import_kind kind, const struct import_counts *c, enum lang lang)
{
	add_count(out, created(kind, (unsigned long)c->created), c->created, lang);
	add_part(out, made((unsigned long)c->customers), c->customers, lang);
	add_part(out, changed(kind, (unsigned long)c->changed), c->changed, lang);
	add_part(out, left((unsigned long)c->unchanged), c->unchanged, lang);
	add_part(out, refused((unsigned long)c->refused), c->refused, lang);
	add_part(out, remarks((unsigned long)c->remarks), c->remarks, lang);
}

void say_refusal(struct strbuf *out, enum import_kind kind, const struct import_refusal *r)
{
	import_reason_words(r->reason, kind, r->field, r->value, gettext, out);
}
