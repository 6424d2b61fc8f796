/* The columns of lists of customers. */
#include "cli_filter.h"
#include "cli_value.h"

#include "consent.h"
#include "i18n.h"

struct row {
	struct cli *cli;
	struct out_table *t;
	const struct customer_line *line;
};

static void put_id(const struct row *r)
{
	out_id(r->t, r->line->id);
}

static void put_code(const struct row *r)
{
	out_text(r->t, r->line->account_key);
}

static void put_name(const struct row *r)
{
	out_text(r->t, cli_customer_name(r->cli, r->line->name, r->line->first_name));
}

static void put_kind(const struct row *r)
{
	out_word(r->t, customer_kind_word(r->line->kind), customer_kind_label(r->line->kind));
}

static void put_phone(const struct row *r)
{
	out_text(r->t, cli_phone(r->cli, r->line->phone, r->line->phone_e164));
}

static void put_email(const struct row *r)
{
	out_text(r->t, r->line->email);
}

static void put_city(const struct row *r)
{
	out_text(r->t, r->line->city);
}

static void put_consent(const struct row *r, enum consent_subject subject)
{
	enum consent_state state = consents_get(r->line->consents, subject);

	out_word(r->t, consent_state_word(state), consent_state_label(state));
}

static void put_marketing(const struct row *r)
{
	put_consent(r, CONSENT_MARKETING);
}

static void put_sms(const struct row *r)
{
	put_consent(r, CONSENT_SMS);
}

static void put_by_email(const struct row *r)
{
	put_consent(r, CONSENT_EMAIL);
}

static void put_segment(const struct row *r)
{
	enum segment v = r->line->score.segment;

	out_word(r->t, segment_word(v), segment_label(v));
}

static void put_score(const struct row *r)
{
	out_int(r->t, r->line->score.score);
}

static void put_churn(const struct row *r)
{
	out_decimal(r->t, r->line->score.churn, 1);
}

static void put_behaviour(const struct row *r)
{
	enum behaviour v = r->line->score.behaviour;

	out_word(r->t, behaviour_word(v), behaviour_label(v));
}

static void put_delay(const struct row *r)
{
	if (r->line->score.has_delay)
		out_int(r->t, r->line->score.delay_days);
	else
		out_none(r->t);
}

static void put_purchases(const struct row *r)
{
	out_int(r->t, r->line->score.purchases);
}

static void put_satisfaction(const struct row *r)
{
	out_int(r->t, r->line->score.satisfaction);
}

static void put_revenue(const struct row *r)
{
	out_money(r->t, r->line->score.revenue, r->cli->s->company.currency);
}

static void put_ltv(const struct row *r)
{
	out_money(r->t, r->line->score.lifetime_value, r->cli->s->company.currency);
}

static void put_overdue(const struct row *r)
{
	out_money(r->t, r->line->score.overdue, r->cli->s->company.currency);
}

static void put_overdue_since(const struct row *r)
{
	out_day(r->t, r->line->score.overdue_since);
}

static void put_last_purchase(const struct row *r)
{
	out_day(r->t, r->line->score.last_purchase);
}

static void put_last_interaction(const struct row *r)
{
	out_day(r->t, r->line->score.last_interaction);
}

/* clang-format off */
static const struct {
	struct out_column column;
	bool usual;
	void (*put)(const struct row *r);
} all[] = {
	{ { "id", N_("Id"), OUT_LEFT }, true, put_id },
	{ { "code", N_("Code"), OUT_LEFT }, false, put_code },
	{ { "name", N_("Name"), OUT_LEFT }, true, put_name },
	{ { "kind", N_("Kind"), OUT_LEFT }, false, put_kind },
	{ { "phone", N_("Telephone"), OUT_LEFT }, true, put_phone },
	{ { "email", N_("E-mail"), OUT_LEFT }, false, put_email },
	{ { "city", N_("City"), OUT_LEFT }, false, put_city },
	{ { "segment", N_("Segment"), OUT_LEFT }, true, put_segment },
	{ { "score", N_("Score"), OUT_RIGHT }, true, put_score },
	{ { "churn", N_("Departure risk"), OUT_RIGHT }, false, put_churn },
	{ { "behaviour", N_("Payment behaviour"), OUT_LEFT }, false, put_behaviour },
	{ { "delay", N_("Payment delay"), OUT_RIGHT }, false, put_delay },
	{ { "purchases", N_("Purchases in a year"), OUT_RIGHT }, false, put_purchases },
	{ { "satisfaction", N_("Estimated satisfaction"), OUT_RIGHT }, false, put_satisfaction },
	{ { "revenue", N_("Invoiced incl. tax"), OUT_RIGHT }, true, put_revenue },
	{ { "lifetime_value", N_("Estimated customer value"), OUT_RIGHT }, false, put_ltv },
	{ { "overdue", N_("Overdue"), OUT_RIGHT }, true, put_overdue },
	{ { "overdue_since", N_("Overdue since"), OUT_LEFT }, false, put_overdue_since },
	{ { "last_purchase", N_("Last purchase"), OUT_LEFT }, true, put_last_purchase },
	{ { "last_interaction", N_("Last interaction"), OUT_LEFT }, false, put_last_interaction },
	{ { "ok_marketing", N_("Consent to marketing"), OUT_LEFT }, false, put_marketing },
	{ { "ok_sms", N_("Consent to SMS"), OUT_LEFT }, false, put_sms },
	{ { "ok_email", N_("Consent to e-mail"), OUT_LEFT }, false, put_by_email },
};
/* clang-format on */

#define COLUMNS ((int)ARRAY_SIZE(all))

static int find_column(const char *name, size_t len)
{
	for (int i = 0; i < COLUMNS; i++)
		if (strlen(all[i].column.key) == len && !memcmp(all[i].column.key, name, len))
			return i;
	return -1;
}

/* The names of a list "id,name,city"; -1 where one is unknown, after telling. */
static int choose(const struct cli *cli, const char *list, int *which)
{
	int n = 0;

	while (*list) {
		size_t len = strcspn(list, ",");
		int i = find_column(list, len);

		if (i < 0 || n == COLUMNS) {
			cli_usage(cli, _("%s has no column “%.*s”; --help lists them"), "--columns",
				(int)len, list);
			return -1;
		}
		which[n++] = i;
		list += len + (list[len] == ',');
	}
	return n;
}

bool cli_columns(struct cli *cli, struct customer_columns *out)
{
	struct out_column *columns = arena_zalloc(&cli->arena, COLUMNS, sizeof(*columns));
	int *which = arena_zalloc(&cli->arena, COLUMNS, sizeof(*which));
	const char *list = cli_get(cli, "--columns", NULL);
	int n = 0;

	if (list)
		n = choose(cli, list, which);
	for (int i = 0; i < COLUMNS && !list; i++)
		if (all[i].usual || cli->json)
			which[n++] = i;
	for (int i = 0; i < n; i++)
		columns[i] = all[which[i]].column;
	*out = (struct customer_columns){ columns, which, n };
	if (list && !n)
		cli_usage(cli, _("%s wants a value"), "--columns");
	return n > 0;
}

void cli_columns_terms(struct cli_terms *to)
{
	cli_terms_title(to, _("Columns:"));
	for (int i = 0; i < COLUMNS; i++)
		cli_term(to, all[i].column.key, _(all[i].column.title));
}

void cli_columns_print(struct cli *cli, struct out_table *t, const struct customer_columns *c,
	const struct customer_line *line)
{
	struct row row = { cli, t, line };

	for (int i = 0; i < c->n; i++)
		all[c->which[i]].put(&row);
	out_row_end(t);
}
