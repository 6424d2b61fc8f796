#include "customer.h"

#include "country.h"
#include "email.h"
#include "phone.h"

void customer_normalise(struct customer *c, const struct company *company, struct arena *a)
{
	struct email email;
	struct phone phone;

	c->email_key = c->phone_e164 = "";
	if (*c->email && email_clean(c->email, &email))
		c->email_key = arena_strdup(a, email.key);
	if (*c->phone && phone_clean(c->phone, country_find(company->country), &phone))
		c->phone_e164 = arena_strdup(a, phone.e164);
}

void customer_name(const char *name, const char *first_name, struct strbuf *out)
{
	strbuf_adds(out, name);
	if (!*first_name)
		return;
	if (*name)
		strbuf_addc(out, ' ');
	strbuf_adds(out, first_name);
}
