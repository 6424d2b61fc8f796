#include "doctor.h"

#include <langinfo.h>
#include <sys/stat.h>

#include "arena.h"
#include "date.h"
#include "db.h"
#include "fold.h"
#include "lease.h"
#include "num.h"
#include "path.h"
#include "rebuild.h"
#include "scores.h"
#include "store_audit.h"
#include "store_campaign.h"
#include "store_company.h"
#include "store_doctor.h"
#include "tz.h"

#define LEAST_FREE_MB 500
#define OLD_SCORES_DAYS 2
#define LAUNCHES_MOST 1000

static const struct {
	const char *name;
	enum doctor_level level;
	const char *sentence;
} table[DOCTOR_CHECKS] = {
#define DOCTOR_(id, lvl, word, text)                                                               \
	[DOCTOR_##id] = { .name = word, .level = DOCTOR_##lvl, .sentence = text },
#include "doctor.def"
#undef DOCTOR_
};

const char *doctor_name(enum doctor_check check)
{
	return table[check].name;
}

const char *doctor_sentence(enum doctor_check check)
{
	return table[check].sentence;
}

/* One check's outcome: bad says whether its sentence applies. */
static void tell(
	const struct doctor *d, enum doctor_check check, bool bad, int64_t n, const char *detail)
{
	struct doctor_finding finding = {
		.check = check,
		.level = bad ? table[check].level : DOCTOR_FINE,
		.n = n,
		.detail = detail,
	};

	d->tell(d->data, &finding);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? 0 : st.st_mode & 07777;
}

static void check_files(struct session *s, const struct doctor *d)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct strbuf path = STRBUF_INIT;
	char *slash;
	mode_t open = 0;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		strbuf_clear(&path);
		strbuf_addf(&path, "%s%s", session_store(s), ends[i]);
		open |= mode_of(path.buf) & 077;
	}
	tell(d, DOCTOR_PERMISSIONS, open != 0, 0, "");
	strbuf_clear(&path);
	strbuf_adds(&path, session_store(s));
	slash = strrchr(path.buf, '/');
	if (slash)
		strbuf_truncate(&path, (size_t)(slash - path.buf));
	/* A sticky folder such as /tmp keeps others from replacing the file. */
	open = mode_of(slash ? path.buf : ".");
	tell(d, DOCTOR_FOLDER, (open & 022) && !(open & 01000), 0, "");
	strbuf_release(&path);
}

static bool check_disk(struct session *s, const struct doctor *d, struct err *err)
{
	int64_t bytes, mb;

	if (!path_free_space(session_store(s), &bytes, err))
		return false;
	mb = bytes >> 20;
	tell(d, DOCTOR_DISK, mb < LEAST_FREE_MB, mb, "");
	return true;
}

struct findings {
	int64_t n;
	char first[256];
};

static void count_finding(void *data, const char *finding)
{
	struct findings *f = data;

	if (!f->n++)
		snprintf(f->first, sizeof(f->first), "%s", finding);
}

static bool check_file_inside(struct session *s, const struct doctor *d, struct err *err)
{
	struct findings pages = { 0 }, links = { 0 };
	int64_t payments;

	if (!db_check_pages(s->db, d->quick, count_finding, &pages, err))
		return false;
	tell(d, DOCTOR_INTEGRITY, pages.n > 0, pages.n, pages.first);
	if (d->quick)
		return true;
	if (!db_check_links(s->db, count_finding, &links, err) ||
		!store_doctor_payments(s->db, &payments, err))
		return false;
	tell(d, DOCTOR_LINKS, links.n > 0, links.n, links.first);
	tell(d, DOCTOR_PAYMENTS, payments > 0, payments, "");
	return true;
}

static bool check_audit(struct session *s, const struct doctor *d, struct err *err)
{
	int64_t lines, broken_at;

	if (!store_audit_verify(s->db, &lines, &broken_at, err))
		return false;
	tell(d, DOCTOR_AUDIT, broken_at != 0, broken_at, "");
	return true;
}

static bool check_folding(struct session *s, const struct doctor *d, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *stored;
	int64_t version = FOLD_VERSION;
	bool ok = store_meta_get(s->db, "fold_version", &a, &stored, err);

	/* No word of it: nothing was folded yet. */
	if (ok && *stored && !num_parse_i64(stored, 0, INT32_MAX, &version))
		version = 0;
	if (ok)
		tell(d, DOCTOR_FOLDING, version != FOLD_VERSION, version, "");
	arena_release(&a);
	return ok;
}

static bool check_derived(struct session *s, const struct doctor *d, struct err *err)
{
	struct rebuild_report report = { 0 };

	if (!rebuild_compare(s, d->progress, &report, err))
		return false;
	tell(d, DOCTOR_DERIVED, report.differences > 0, report.differences, report.first);
	return true;
}

/* Launches that nobody goes on with. */
static bool count_launches(struct session *s, struct arena *a, int64_t *n, struct err *err)
{
	struct campaign_query query = {
		.company_id = s->company.id, .kind = -1, .status = CAMPAIGN_LAUNCHING
	};
	struct campaign *list;
	int count;

	*n = 0;
	if (!store_campaign_page(s->db, &query, INT64_MAX, LAUNCHES_MOST, a, &list, &count, err))
		return false;
	for (int i = 0; i < count; i++) {
		char name[48];
		bool held;

		snprintf(name, sizeof(name), "launch %lld", (long long)list[i].id);
		if (!lease_held(s, name, &held, err))
			return false;
		*n += !held;
	}
	return true;
}

static bool check_campaigns(struct session *s, const struct doctor *d, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t launches, wrong;
	bool ok = count_launches(s, &a, &launches, err);

	arena_release(&a);
	if (!ok)
		return false;
	tell(d, DOCTOR_LAUNCHES, launches > 0, launches, "");
	if (d->quick)
		return true;
	if (!rebuild_counts(s, false, &wrong, err))
		return false;
	tell(d, DOCTOR_COUNTS, wrong > 0, wrong, "");
	return true;
}

static bool check_scores(struct session *s, const struct doctor *d, struct err *err)
{
	int64_t at, days;

	if (!scores_updated_at(s, &at, err))
		return false;
	days = at ? (session_now(s) - at) / DAY_SECONDS : 0;
	tell(d, DOCTOR_SCORES, days > OLD_SCORES_DAYS, days, "");
	return true;
}

static bool check_company(struct session *s, const struct doctor *d, struct err *err)
{
	struct err no_zone = ERR_INIT;
	struct tz *tz = tz_load(s->company.time_zone, &no_zone);
	int64_t imports;

	bool zone = tz != NULL;

	tz_free(tz);
	tell(d, DOCTOR_ZONE, !zone, 0, no_zone.detail);
	if (!store_doctor_imports(s->db, s->company.id, &imports, err))
		return false;
	tell(d, DOCTOR_IMPORTS, imports > 0, imports, "");
	if (!check_campaigns(s, d, err))
		return false;
	/* Without a zone there is no today to compare scores by. */
	return check_scores(s, d, err) && (d->quick || !zone || check_derived(s, d, err));
}

bool doctor_run(struct session *s, const struct doctor *d, struct err *err)
{
	tell(d, DOCTOR_LOCALE, strcmp(nl_langinfo(CODESET), "UTF-8") != 0, 0, nl_langinfo(CODESET));
	check_files(s, d);
	return check_disk(s, d, err) && check_file_inside(s, d, err) && check_audit(s, d, err) &&
	       check_folding(s, d, err) && (!s->company.id || check_company(s, d, err));
}
