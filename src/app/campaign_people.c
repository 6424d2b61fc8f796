#include "campaign_people.h"

#include "arena.h"
#include "campaigns.h"
#include "country.h"
#include "email.h"
#include "mapping.h"
#include "phone.h"
#include "rows.h"
#include "store_customer.h"

struct reading {
	struct session *s;
	const struct country *home;
	struct arena scrap; /* of one row */
	struct mapping header;
	bool by_header; /* only the columns that `header` tells are looked at */
	bool begun;
	int rows;
	struct campaign_people *out;
};

/* What a cell is tried as, one after the other over the whole row. */
enum try { TRY_KEY, TRY_EMAIL, TRY_PHONE, TRY_COUNT };

/* --- who --- */

/* Follows a merged record to where it lives on. */
static int64_t living(const struct customer *c)
{
	return c->merged_into ? c->merged_into : c->id;
}

static bool by_key(struct reading *r, const char *text, int64_t *id, struct err *err)
{
	struct customer c = CUSTOMER_INIT;

	if (!store_customer_find(r->s->db, r->s->company.id, text, &r->scrap, &c, err))
		return false;
	*id = living(&c);
	return true;
}

static bool by_address(
	struct reading *r, enum try by, const char *text, int64_t *id, struct err *err)
{
	struct customer *list = NULL;
	struct email email;
	struct phone phone;
	int n = 0;
	bool ok = true;

	if (by == TRY_EMAIL && strchr(text, '@') && email_clean(text, &email))
		ok = store_customer_by_email(
			r->s->db, r->s->company.id, email.key, 1, &r->scrap, &list, &n, err);
	else if (by == TRY_PHONE && phone_clean(text, r->home, &phone))
		ok = store_customer_by_phone(
			r->s->db, r->s->company.id, phone.e164, 1, &r->scrap, &list, &n, err);
	*id = n ? living(&list[0]) : 0;
	return ok;
}

static bool tells(const struct reading *r, size_t column, enum try by)
{
	static const unsigned fields[TRY_COUNT] = {
		[TRY_KEY] = 1u << CUSTOMER_CODE,
		[TRY_EMAIL] = 1u << CUSTOMER_EMAIL,
		[TRY_PHONE] = 1u << CUSTOMER_PHONE | 1u << CUSTOMER_MOBILE,
	};
	enum import_field field = mapping_field(&r->header, (int)column);

	return !r->by_header || (field <= CUSTOMER_MOBILE && fields[by] & 1u << field);
}

static bool find(struct reading *r, const struct row *row, int64_t *id, struct err *err)
{
	struct strbuf text = STRBUF_INIT_MAX(EMAIL_MAX * 2);
	bool ok = true;

	*id = 0;
	for (int by = 0; ok && !*id && by < TRY_COUNT; by++)
		for (size_t i = 0; ok && !*id && i < row->n; i++) {
			strbuf_clear(&text);
			strbuf_adds(&text, row->cells[i].text);
			strbuf_trim(&text);
			if (!text.len || text.full || !tells(r, i, (enum try)by))
				continue;
			ok = by == TRY_KEY ? by_key(r, text.buf, id, err)
					   : by_address(r, (enum try)by, text.buf, id, err);
		}
	strbuf_release(&text);
	return ok;
}

/* --- the rows --- */

static bool take_header(struct reading *r, const struct row *row)
{
	const char **cells = arena_alloc(&r->scrap, (row->n + 1) * sizeof(*cells));

	for (size_t i = 0; i < row->n; i++)
		cells[i] = row->cells[i].text;
	if (!mapping_headers(IMPORT_CUSTOMERS, cells, row->n))
		return false;
	mapping_match(&r->header, cells, row->n);
	r->by_header =
		r->header.column[CUSTOMER_CODE] >= 0 || r->header.column[CUSTOMER_EMAIL] >= 0 ||
		r->header.column[CUSTOMER_PHONE] >= 0 || r->header.column[CUSTOMER_MOBILE] >= 0;
	return true;
}

static bool has(const struct campaign_people *people, int64_t id)
{
	for (size_t i = 0; i < people->ids.len; i++)
		if (people->ids.items[i] == id)
			return true;
	return false;
}

static bool take_row(
	struct reading *r, const struct row *row, bool good, const char *name, struct err *err)
{
	bool first = !r->begun;
	int64_t id = 0;

	r->begun = true;
	if (first && good && take_header(r, row))
		return true;
	if (++r->rows > CAMPAIGN_PEOPLE_ROWS)
		return err_set(err, ERR_TOO_LARGE, name, "%d rows", r->rows);
	if (good && !find(r, row, &id, err))
		return false;
	if (!id)
		vec_push(&r->out->lines, row->line);
	else if (!has(r->out, id))
		vec_push(&r->out->ids, id);
	if (r->out->ids.len > CAMPAIGN_PERSONS_MAX)
		return err_set(err, ERR_LIST_TOO_LONG, name, "%d", CAMPAIGN_PERSONS_MAX);
	return true;
}

static bool read_all(struct reading *r, struct rows *rows, const char *name, struct err *err)
{
	enum rows_status status;
	struct row row;

	while ((status = rows_next(rows, &row, err)) == ROW_OK || status == ROW_BAD) {
		if (!take_row(r, &row, status == ROW_OK, name, err))
			return false;
		arena_clear(&r->scrap);
	}
	if (status == ROW_FAIL)
		return false;
	return r->out->ids.len || err_set(err, ERR_LIST_NOBODY, name, "%d rows", r->rows);
}

/* Takes the rows. */
static bool read_rows(struct session *s, struct rows *rows, const char *name,
	struct campaign_people *out, struct err *err)
{
	struct reading r = {
		.s = s, .home = country_find(s->company.country), .scrap = ARENA_INIT, .out = out
	};
	bool ok;

	if (!rows)
		return false;
	mapping_init(&r.header, IMPORT_CUSTOMERS);
	ok = read_all(&r, rows, name, err);
	rows_close(rows);
	arena_release(&r.scrap);
	return ok;
}

bool campaign_people_file(
	struct session *s, const char *path, struct campaign_people *out, struct err *err)
{
	*out = (struct campaign_people){ .ids = { .len = 0 } };
	return session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) &&
	       read_rows(s, rows_open_file(path, NULL, err), path, out, err);
}

bool campaign_people_text(struct session *s, const char *text, size_t len,
	struct campaign_people *out, struct err *err)
{
	*out = (struct campaign_people){ .ids = { .len = 0 } };
	return session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) &&
	       read_rows(s, rows_open_text(text, len, NULL, err), "pasted rows", out, err);
}

void campaign_people_release(struct campaign_people *people)
{
	vec_release(&people->ids);
	vec_release(&people->lines);
}

void campaign_people_add(const struct campaign_people *people, struct strbuf *out)
{
	for (size_t i = 0; i < people->ids.len; i++)
		strbuf_addf(out, "%s%lld", i ? "," : "", (long long)people->ids.items[i]);
}
