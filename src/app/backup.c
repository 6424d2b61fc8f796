#include "backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypt.h"
#include "date.h"
#include "db.h"
#include "path.h"
#include "store_backup.h"
#include "strbuf.h"
#include "vec.h"

#define MOST_A_SECOND 100
#define KEEP_AUTOMATIC 5 /* of those that imports and undos take, the newest stay */

static const char *const reasons[BACKUP_REASONS] = { "manual", "import", "undo", "merge" };

static void add_folder(const struct session *s, struct strbuf *out)
{
	const char *store = session_store(s), *slash = strrchr(store, '/');

	if (slash)
		strbuf_add(out, store, (size_t)(slash + 1 - store));
	strbuf_adds(out, "backups");
}

/* "store.db" is kept as "store-20261117T104203-import.db". */
static void add_stem(const struct session *s, struct strbuf *out)
{
	const char *store = session_store(s), *slash = strrchr(store, '/');
	const char *name = slash ? slash + 1 : store;
	const char *dot = strrchr(name, '.');

	strbuf_add(out, name, dot ? (size_t)(dot - name) : strlen(name));
	strbuf_addc(out, '-');
}

static void add_name(struct session *s, enum backup_reason reason, int again, struct strbuf *out)
{
	int32_t second;
	struct civil c = date_to_civil(date_of_instant(session_now(s), &second));

	add_folder(s, out);
	strbuf_addc(out, '/');
	add_stem(s, out);
	strbuf_addf(out, "%04d%02d%02dT%02d%02d%02d", (int)c.year, c.month, c.day,
		(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
	if (again)
		strbuf_addf(out, ".%d", again);
	strbuf_addf(out, "-%s.db", reasons[reason]);
}

/* --- making one --- */

static bool check_room(struct session *s, const char *folder, struct err *err)
{
	int64_t bytes, room;

	if (!path_size(session_store(s), &bytes, err) || !path_free_space(folder, &room, err))
		return false;
	return room > bytes || err_set(err, ERR_DISK_FULL, folder, "%lld of %lld bytes",
				       (long long)room, (long long)bytes);
}

static void note_finding(void *data, const char *finding)
{
	char *first = data;

	if (!*first)
		snprintf(first, 256, "%s", finding);
}

static bool between(int64_t n, int64_t a, int64_t b)
{
	return n >= (a < b ? a : b) && n <= (a < b ? b : a);
}

/* The copy was taken between two counts of the store: its own lie between them. */
static bool verify(
	struct session *s, const char *path, const struct store_counts *before, struct err *err)
{
	struct err reason = ERR_INIT;
	struct db *copy = db_open(path, DB_READ_ONLY, &reason);
	struct store_counts there = { 0 }, after;
	char finding[256] = "";
	bool ok;

	ok = copy && store_backup_counts(copy, &there, &reason) &&
	     db_check_pages(copy, true, note_finding, finding, &reason);
	db_close(copy);
	if (!ok || *finding)
		return err_set(err, ERR_BACKUP_BAD, path, "%s", ok ? finding : reason.detail);
	if (!store_backup_counts(s->db, &after, err))
		return false;
	if (between(there.customers, before->customers, after.customers) &&
		between(there.invoices, before->invoices, after.invoices) &&
		between(there.payments, before->payments, after.payments))
		return true;
	return err_set(err, ERR_BACKUP_BAD, path, "%lld customers, %lld in the store",
		(long long)there.customers, (long long)before->customers);
}

/* Written under a name that no list shows, until it is known to be good. */
static bool copy_to(struct session *s, const char *part, struct err *err)
{
	struct store_counts before;

	return store_backup_counts(s->db, &before, err) && db_copy(s->db, part, err) &&
	       verify(s, part, &before, err);
}

/* Its name, or the next one where another program took that in the same second. */
static bool put(struct session *s, enum backup_reason reason, const char *part, struct strbuf *name,
	struct err *err)
{
	struct err taken = ERR_INIT;

	for (int again = 0; again < MOST_A_SECOND; again++) {
		strbuf_clear(name);
		add_name(s, reason, again, name);
		err_clear(&taken);
		if (path_put_once(part, name->buf, &taken))
			return true;
		if (taken.code != ERR_DUPLICATE)
			break;
	}
	*err = taken;
	return false;
}

/* --- what is there --- */

static int by_time(const void *a, const void *b)
{
	const struct backup *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return strcmp(y->path, x->path);
}

/* Reads "20261117T104203-import.db", with ".2" before the reason for a second one. */
static bool read_name(const char *name, struct backup *out, struct arena *a)
{
	int y, m, d, hh, mm, ss, end = 0;
	const char *dash;
	size_t len = strlen(name);

	if (sscanf(name, "%4d%2d%2dT%2d%2d%2d%n", &y, &m, &d, &hh, &mm, &ss, &end) != 6 || !end)
		return false;
	dash = strchr(name + end, '-');
	if (!dash || len < 3 || strcmp(name + len - 3, ".db") || !date_exists(y, m, d))
		return false;
	out->at = (int64_t)date_from_civil(y, m, d) * DAY_SECONDS + hh * 3600 + mm * 60 + ss;
	out->reason = arena_strndup(a, dash + 1, (size_t)(name + len - 3 - dash - 1));
	return true;
}

bool backup_list(
	struct session *s, struct arena *a, struct backup **out, int *count, struct err *err)
{
	struct strbuf folder = STRBUF_INIT, stem = STRBUF_INIT;
	VEC(struct backup) list = { 0 };
	struct dirent *entry;
	DIR *dir;

	add_folder(s, &folder);
	add_stem(s, &stem);
	dir = opendir(folder.buf);
	if (!dir && errno != ENOENT)
		err_set_errno(err, ERR_IO, folder.buf);
	while (dir && (entry = readdir(dir)) != NULL) {
		struct backup b = { .at = 0 };
		struct stat st;

		if (strncmp(entry->d_name, stem.buf, stem.len) ||
			!read_name(entry->d_name + stem.len, &b, a))
			continue;
		b.path = arena_printf(a, "%s/%s", folder.buf, entry->d_name);
		b.bytes = stat(b.path, &st) ? 0 : (int64_t)st.st_size;
		vec_push(&list, b);
	}
	if (dir)
		closedir(dir);
	if (list.len)
		qsort(list.items, list.len, sizeof(*list.items), by_time);
	*out = arena_alloc(a, (list.len + 1) * sizeof(**out));
	if (list.len)
		memcpy(*out, list.items, list.len * sizeof(**out));
	*count = (int)list.len;
	vec_release(&list);
	strbuf_release(&folder);
	strbuf_release(&stem);
	return err->code == ERR_NONE;
}

/* Copies that the program took by itself give way to newer ones. */
static void drop_old(struct session *s)
{
	struct arena a = ARENA_INIT;
	struct err ignored = ERR_INIT;
	struct backup *list;
	int n, kept = 0;

	if (backup_list(s, &a, &list, &n, &ignored)) {
		for (int i = 0; i < n; i++)
			if (strcmp(list[i].reason, reasons[BACKUP_MANUAL]) &&
				++kept > KEEP_AUTOMATIC)
				unlink(list[i].path);
	}
	arena_release(&a);
}

/* What a program that was killed left of a copy. */
static void drop_leftovers(const char *folder, int64_t now)
{
	struct strbuf name = STRBUF_INIT;
	struct dirent *entry;
	DIR *dir = opendir(folder);
	struct stat st;

	while (dir && (entry = readdir(dir)) != NULL) {
		if (strncmp(entry->d_name, ".new-", 5) != 0)
			continue;
		strbuf_clear(&name);
		strbuf_addf(&name, "%s/%s", folder, entry->d_name);
		if (!stat(name.buf, &st) && (int64_t)st.st_mtime < now - DAY_SECONDS)
			unlink(name.buf);
	}
	if (dir)
		closedir(dir);
	strbuf_release(&name);
}

bool backup_make(struct session *s, enum backup_reason reason, struct arena *a, const char **path,
	struct err *err)
{
	struct strbuf folder = STRBUF_INIT, part = STRBUF_INIT, name = STRBUF_INIT;
	uint32_t random;
	bool ok;

	add_folder(s, &folder);
	crypt_random(&random, sizeof(random));
	strbuf_addf(&part, "%s/.new-%08x", folder.buf, (unsigned)random);
	ok = path_mkdirs(folder.buf, err) && check_room(s, folder.buf, err) &&
	     copy_to(s, part.buf, err) && put(s, reason, part.buf, &name, err);
	if (!ok)
		unlink(part.buf);
	if (ok) {
		*path = arena_strdup(a, name.buf);
		drop_old(s);
		drop_leftovers(folder.buf, session_now(s));
	}
	strbuf_release(&folder);
	strbuf_release(&part);
	strbuf_release(&name);
	return ok;
}
