#include "companies.h"

#include "country.h"
#include "db.h"
#include "json_out.h"
#include "money.h"
#include "store_company.h"
#include "tz.h"

#define LAST_COMPANY "last_company"

static void copy_text(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

bool company_suggest(const char *country, struct company *out, struct err *err)
{
	const struct country *c = country_find(country);

	if (!c)
		return err_set(err, ERR_INVALID, country, "unknown country");
	*out = (struct company){
		.language = c->language,
		.terms_days = 30,
		.revenue_low = 10000,
		.revenue_mid = 50000,
		.revenue_high = 100000,
	};
	copy_text(out->country, sizeof(out->country), c->iso);
	copy_text(out->currency, sizeof(out->currency), c->currency);
	copy_text(out->time_zone, sizeof(out->time_zone), c->time_zone);
	return true;
}

bool company_valid(const struct company *c, struct err *err)
{
	struct tz *zone;

	if (!*c->name)
		return err_set(err, ERR_INVALID, "", "a company needs a name");
	if (!country_find(c->country))
		return err_set(err, ERR_INVALID, c->country, "unknown country");
	if (!money_is_currency(c->currency))
		return err_set(err, ERR_INVALID, c->currency, "unknown currency");
	if (c->terms_days < 0 || c->terms_days > 3650)
		return err_set(err, ERR_INVALID, "", "terms of %d days", c->terms_days);
	if (c->revenue_low <= 0 || c->revenue_mid <= c->revenue_low ||
		c->revenue_high <= c->revenue_mid)
		return err_set(err, ERR_INVALID, "", "thresholds must rise");
	zone = tz_load(c->time_zone, err);
	tz_free(zone);
	return zone != NULL;
}

/* What an audit line says of a company. */
static bool describe(const struct company *c, struct strbuf *out, struct err *err)
{
	struct json_out o;

	json_out_init_buf(&o, out, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "name", c->name);
	json_out_str(&o, "country", c->country);
	json_out_str(&o, "currency", c->currency);
	json_out_str(&o, "time_zone", c->time_zone);
	json_out_str(&o, "language", lang_code(c->language));
	json_out_int(&o, "terms_days", c->terms_days);
	json_out_int(&o, "revenue_low", c->revenue_low);
	json_out_int(&o, "revenue_mid", c->revenue_mid);
	json_out_int(&o, "revenue_high", c->revenue_high);
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static bool remember(struct session *s, struct err *err)
{
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)s->company.id);
	return store_setting_put(s->db, 0, s->actor.user_id, LAST_COMPANY, id, err);
}

bool companies_add(struct session *s, const struct company *c, struct err *err)
{
	struct company before = s->company, made = *c;
	struct strbuf detail = STRBUF_INIT;
	bool ok = false;

	if (s->company.id && !session_may(s, RIGHT_SETTINGS, err))
		return false;
	made.created_at = session_now(s);
	if (!company_valid(&made, err) || !describe(&made, &detail, err) || !db_write(s->db, err))
		goto out;
	if (store_company_insert(s->db, &made, err)) {
		s->company = made;
		ok = session_audit(s, "company.make", "company", made.id, detail.buf, err) &&
		     remember(s, err) && db_commit(s->db, err);
	}
	if (!ok)
		s->company = before;
out:
	db_rollback(s->db);
	strbuf_release(&detail);
	return ok;
}

bool companies_change(struct session *s, const struct company *c, struct err *err)
{
	struct company changed = *c;
	struct strbuf detail = STRBUF_INIT;
	bool ok = false;

	if (!session_ready(s, RIGHT_SETTINGS, err))
		return false;
	changed.id = s->company.id;
	if (!company_valid(&changed, err) || !describe(&changed, &detail, err) ||
		!db_write(s->db, err))
		goto out;
	ok = store_company_update(s->db, &changed, err) &&
	     session_audit(s, "company.change", "company", changed.id, detail.buf, err) &&
	     db_commit(s->db, err);
	if (ok)
		s->company = changed;
out:
	db_rollback(s->db);
	strbuf_release(&detail);
	return ok;
}

bool companies_list(
	struct session *s, struct arena *a, struct company **out, int *count, struct err *err)
{
	return store_company_list(s->db, a, out, count, err);
}

bool companies_choose(struct session *s, int64_t id, struct err *err)
{
	struct company before = s->company;
	bool ok;

	if (!store_company_get(s->db, id, &s->company, err))
		return false;
	if (!s->company.id) {
		char text[24];

		s->company = before;
		snprintf(text, sizeof(text), "%lld", (long long)id);
		return err_set(err, ERR_NO_COMPANY, text, "%s", "");
	}
	if (!db_write(s->db, err))
		return false;
	ok = remember(s, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}
