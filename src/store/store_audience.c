#include "store_audience.h"

#include "segment_sql.h"
#include "stmt.h"

/*
 * ?1 company, ?2 after this id, ?3 how many, ?4 channels, ?5 since (NULL: no cap),
 * ?6 the campaign, ?7 ids as a JSON array, ?8 today (NULL: no invoice); then the
 * filter's. The + keeps SQLite on the order of ids.
 */
#define AUDIENCE_FILTER 9
#define HANDLE(kind)                                                                               \
	"(SELECT value FROM contact h WHERE h.company_id = c.company_id"                           \
	" AND h.customer_id = c.id AND h.kind = '" kind "' AND h.value IS NOT NULL LIMIT 1)"
#define SUPPRESSED(kind, value)                                                                    \
	"EXISTS (SELECT 1 FROM suppression x WHERE x.company_id = c.company_id"                    \
	" AND x.kind = '" kind "' AND x.value = " value ")"
/* The oldest invoice past due that neither payments nor credit notes have settled. */
#define OLDEST_OPEN                                                                                \
	"(SELECT %s FROM invoice i WHERE i.company_id = c.company_id AND i.customer_id = c.id"     \
	" AND i.total > 0 AND ifnull(i.due, i.issued) < ?8 AND i.total > ("                        \
	"SELECT ifnull(sum(p.amount), 0) FROM payment p WHERE p.company_id = i.company_id"         \
	" AND p.customer_id = i.customer_id AND p.invoice_id = i.id) - ("                          \
	"SELECT ifnull(sum(n.total), 0) FROM invoice n WHERE n.company_id = i.company_id"          \
	" AND n.credits_id = i.id) ORDER BY i.issued, i.id LIMIT 1)"

static void audience_sql(
	struct strbuf *out, const struct audience_query *query, const struct segment_sql *where)
{
	strbuf_adds(
		out, "SELECT c.id, c.consents, c.anonymised_at IS NOT NULL, c.email_key, "
		     "c.phone_e164,"
		     " c.email <> '' AND c.email_key IS NULL, c.phone <> '' AND c.phone_e164 IS "
		     "NULL,"
		     " CASE WHEN ?4 & 4 THEN " HANDLE(
			     "WHATSAPP") " END,"
					 " CASE WHEN ?4 & 8 THEN " HANDLE(
						 "FACEBOOK") " END,"
							     " CASE WHEN ?4 & 16 THEN " HANDLE(
								     "INSTAGRAM") " END,"
										  " ?4 & 1 AND "
										  "c.email_key IS "
										  "NOT NULL "
										  "AND " SUPPRESSED(
											  "EMAIL",
											  "c.email_"
											  "key") ","
												 " "
												 "?"
												 "4"
												 " "
												 "&"
												 " "
												 "6"
												 " "
												 "A"
												 "N"
												 "D"
												 " "
												 "c"
												 "."
												 "p"
												 "h"
												 "o"
												 "n"
												 "e"
												 "_"
												 "e"
												 "1"
												 "6"
												 "4"
												 " "
												 "I"
												 "S"
												 " "
												 "N"
												 "O"
												 "T"
												 " "
												 "N"
												 "U"
												 "L"
												 "L"
												 " "
												 "A"
												 "N"
												 "D"
												 " " SUPPRESSED(
													 "PHONE",
													 "c.phone_e164") ","
															 " CASE WHEN ?5 IS NULL THEN 0 ELSE (SELECT count(*) FROM message p"
															 " WHERE p.company_id = c.company_id AND p.customer_id = c.id AND p.marketing = 1"
															 " AND p.campaign_id <> ?6 AND (p.sent_at > ?5 OR p.status IN ('QUEUED', 'SENDING')"
															 " OR p.status = 'UNCERTAIN' AND p.claimed_at > ?5)) END,"
															 " c.channels, c.language, c.time_zone, c.country, c.kind, c.name, c.first_name,"
															 " c.firm, c.city, s.score, s.segment, s.overdue");
	if (query->invoice) {
		strbuf_adds(out, ", ");
		strbuf_addf(out, OLDEST_OPEN, "i.number");
		strbuf_adds(out, ", ");
		strbuf_addf(out, OLDEST_OPEN, "ifnull(i.due, i.issued)");
	} else {
		strbuf_adds(out, ", '', ?8");
	}
	strbuf_adds(out, " FROM customer c CROSS JOIN customer_score s ON s.company_id = ?1"
			 " AND s.customer_id = c.id WHERE c.id > ?2 AND +c.company_id = ?1"
			 " AND c.merged_into IS NULL");
	strbuf_adds(out, *query->persons ? " AND c.id IN (SELECT value FROM json_each(?7))"
					 : " AND ?7 IS NULL");
	strbuf_addf(out, "%s ORDER BY c.id LIMIT ?3", where->text.buf);
}

static void bind_number(struct stmt *q, int at, bool given, int64_t v)
{
	if (given)
		stmt_i64_at(q, at, v);
	else
		stmt_text_at(q, at, NULL);
}

static uint32_t flag(struct stmt *q, int column, uint32_t channels)
{
	return col_i64(q, column) ? channels : 0;
}

#define BIT(channel) (UINT32_C(1) << (channel))

static void read_person(
	struct stmt *q, const struct audience_query *query, struct arena *a, struct person *out)
{
	*out = (struct person){
		.id = col_i64(q, 0),
		.consents = (uint32_t)col_i64(q, 1),
		.anonymised = col_i64(q, 2),
		.wrong = flag(q, 5, BIT(CHANNEL_EMAIL)) |
			 flag(q, 6, BIT(CHANNEL_SMS) | BIT(CHANNEL_WHATSAPP)),
		.suppressed = flag(q, 10, BIT(CHANNEL_EMAIL)) |
			      flag(q, 11, BIT(CHANNEL_SMS) | BIT(CHANNEL_WHATSAPP)),
		.recent = col_i64(q, 12),
		.preferred = col_dup(q, 13, a),
		.language = col_dup(q, 14, a),
		.time_zone = col_dup(q, 15, a),
		.country = col_dup(q, 16, a),
		.kind = KIND_PERSON,
		.name = col_dup(q, 18, a),
		.first_name = col_dup(q, 19, a),
		.firm = col_dup(q, 20, a),
		.city = col_dup(q, 21, a),
		.score = (int)col_i64(q, 22),
		.segment = SEGMENT_OCCASIONAL,
		.overdue = col_i64(q, 24),
		.invoice = col_dup(q, 25, a),
		.invoice_due = query->invoice ? (int32_t)col_i64_or(q, 26, DAY_NONE) : DAY_NONE,
	};
	if (!customer_kind_parse(col_text(q, 17), &out->kind))
		out->kind = KIND_PERSON;
	if (!segment_parse(col_text(q, 23), &out->segment))
		out->segment = SEGMENT_OCCASIONAL;
	out->address[CHANNEL_EMAIL] = col_dup(q, 3, a);
	out->address[CHANNEL_SMS] = col_dup(q, 4, a);
	out->address[CHANNEL_WHATSAPP] =
		col_is_null(q, 7) ? out->address[CHANNEL_SMS] : col_dup(q, 7, a);
	out->address[CHANNEL_FACEBOOK] = col_dup(q, 8, a);
	out->address[CHANNEL_INSTAGRAM] = col_dup(q, 9, a);
}

static char *json_ids(struct arena *a, const char *persons)
{
	return *persons ? arena_printf(a, "[%s]", persons) : NULL;
}

bool store_audience(struct db *db, const struct audience_query *query, int64_t after, int n,
	struct arena *a, struct person **out, int *count, struct err *err)
{
	struct segment_sql where;
	struct strbuf sql = STRBUF_INIT;
	struct person *list = arena_zalloc(a, (size_t)n, sizeof(*list));
	enum step step = STEP_DONE;
	struct stmt *q;
	int i = 0;

	segment_sql_make(&where, query->list, AUDIENCE_FILTER);
	audience_sql(&sql, query, &where);
	q = stmt_made(db, sql.buf);
	stmt_i64_at(q, 1, query->list->company_id);
	stmt_i64_at(q, 2, after);
	stmt_i64_at(q, 3, n);
	stmt_i64_at(q, 4, query->channels);
	bind_number(q, 5, query->marketing, query->since);
	stmt_i64_at(q, 6, query->campaign_id);
	stmt_text_at(q, 7, json_ids(a, query->persons));
	bind_number(q, 8, query->invoice, query->today);
	segment_sql_bind(&where, q);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_person(q, query, a, &list[i++]);
	stmt_done(q);
	strbuf_release(&sql);
	segment_sql_release(&where);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}
