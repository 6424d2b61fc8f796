#include "customer.h"

void customer_name(const char *name, const char *first_name, struct strbuf *out)
{
	strbuf_adds(out, name);
	if (!*first_name)
		return;
	if (*name)
		strbuf_addc(out, ' ');
	strbuf_adds(out, first_name);
}
