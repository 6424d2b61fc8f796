#include "rules.h"

#include "date.h"
#include "db.h"
#include "json_out.h"
#include "store_company.h"

bool rules_get(struct session *s, enum country_rule rule, struct arena *a, struct rule_now *out,
	struct err *err)
{
	const struct company *c = &s->company;
	struct country_rule_row row;

	if (!store_country_rule_row(s->db, c->id, c->country, country_rule_word(rule),
		    session_today(s), a, &row, err))
		return false;
	*out = (struct rule_now){ row.value, row.source, row.since };
	if (row.since == DAY_NONE)
		out->value = country_rule_default(rule, c->country, &out->source);
	return true;
}

/* Read by people and by an inspector: what held, what holds, since when, why. */
static bool describe(struct session *s, enum country_rule rule, const struct country_rule_row *row,
	struct strbuf *out, struct err *err)
{
	struct strbuf since = STRBUF_INIT_MAX(16);
	struct arena a = ARENA_INIT;
	struct rule_now before;
	struct json_out o;
	bool ok = rules_get(s, rule, &a, &before, err);

	if (ok) {
		date_add_iso(&since, row->since);
		json_out_init_buf(&o, out, false);
		json_out_object(&o, NULL);
		json_out_str(&o, "country", s->company.country);
		json_out_str(&o, "rule", country_rule_word(rule));
		json_out_str(&o, "before", before.value);
		json_out_str(&o, "value", row->value);
		json_out_str(&o, "since", since.buf);
		json_out_str(&o, "source", row->source);
		json_out_end(&o);
		ok = json_out_finish(&o, err);
	}
	strbuf_release(&since);
	arena_release(&a);
	return ok;
}

bool rules_set(struct session *s, enum country_rule rule, int32_t since, const char *value,
	const char *source, struct err *err)
{
	const struct company *c = &s->company;
	const struct country_rule_row row = { value, source, since };
	struct strbuf detail = STRBUF_INIT;
	bool ok;

	if (!session_ready(s, RIGHT_SETTINGS, err))
		return false;
	if (!country_rule_valid(rule, value))
		return err_set(err, ERR_INVALID, value, "%s", country_rule_word(rule));
	if (!*source || since == DAY_NONE)
		return err_set(err, ERR_INVALID, source, "a rule needs its source and its day");
	ok = db_write(s->db, err) && describe(s, rule, &row, &detail, err) &&
	     store_country_rule_put(s->db, c->id, c->country, country_rule_word(rule), &row, err) &&
	     session_audit(s, "rule.change", "company", c->id, detail.buf, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	strbuf_release(&detail);
	return ok;
}
