#include "powercut.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rng.h"
#include "vec.h"

#define VFS_NAME "powercut"
#define SECTOR 512

struct bytes {
	unsigned char *p; /* owned */
	size_t len, cap;
};

/* A write, or a truncation to `at` where there is no data. */
struct op {
	unsigned char *data; /* owned */
	size_t at, len;
};

/* A file by identity: a name that is removed and made again is another one. */
struct track {
	char *name;	 /* owned; NULL once it was removed */
	char *safe_name; /* owned; when its folder was last synced, NULL if it had none */
	struct bytes safe;
	VEC(struct op) pending;
};

struct powercut {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	char *folder; /* owned */
	pthread_mutex_t lock;
	struct rng rng;
	VEC(struct track *) tracks;
	int64_t calls;
	int64_t cut_at;
	bool dead;
	int open_files;
	unsigned faults;
	int64_t fault_calls;
	int64_t fault_at;
	bool fault_full;
	bool fault_lasting;
	bool failed;
};

struct shim {
	sqlite3_file base;
	struct powercut *pc;
	struct track *track; /* NULL: not a file of a store */
	bool sync_folder;    /* its first sync is its folder's too, as in SQLite's own VFS */
	sqlite3_file *real;  /* behind this struct */
};

/* --- what the disk holds --- */

static void bytes_reserve(struct bytes *b, size_t len)
{
	if (len <= b->cap)
		return;
	b->cap = len * 2;
	b->p = mem_realloc(b->p, b->cap, 1);
}

static void bytes_resize(struct bytes *b, size_t len)
{
	bytes_reserve(b, len);
	if (len > b->len)
		memset(b->p + b->len, 0, len - b->len);
	b->len = len;
}

static void bytes_put(struct bytes *b, size_t at, const unsigned char *data, size_t len)
{
	if (at + len > b->len)
		bytes_resize(b, at + len);
	memcpy(b->p + at, data, len);
}

static void op_apply(const struct op *op, struct bytes *to)
{
	if (op->data)
		bytes_put(to, op->at, op->data, op->len);
	else
		bytes_resize(to, op->at);
}

/* Each sector of the operation survives by itself, `num` times out of four. */
static void op_tear(struct powercut *pc, const struct op *op, struct bytes *to, uint32_t num)
{
	size_t end = op->at + op->len, from = op->at;

	if (!op->data) {
		if (rng_chance(&pc->rng, num, 4))
			op_apply(op, to);
		return;
	}
	while (from < end) {
		size_t until = (from / SECTOR + 1) * SECTOR;

		until = until < end ? until : end;
		if (rng_chance(&pc->rng, num, 4))
			bytes_put(to, from, op->data + (from - op->at), until - from);
		from = until;
	}
}

static void forget_pending(struct track *t)
{
	for (size_t i = 0; i < t->pending.len; i++)
		free(t->pending.items[i].data);
	t->pending.len = 0;
}

static void settle(struct track *t)
{
	for (size_t i = 0; i < t->pending.len; i++)
		op_apply(&t->pending.items[i], &t->safe);
	forget_pending(t);
}

/*
 * What an outage leaves of a file: nothing of what was not synced, all of it,
 * its beginning with a torn end, or sectors at random in any order.
 */
static void settle_torn(struct powercut *pc, struct track *t)
{
	size_t n = t->pending.len;
	size_t whole = 0, torn = n;
	uint32_t num = 2;

	switch (rng_below(&pc->rng, 5)) {
	case 0:
		torn = 0;
		break;
	case 1:
		whole = n;
		break;
	case 2:
		whole = rng_below(&pc->rng, n + 1);
		torn = whole < n ? whole + 1 : n;
		break;
	default:
		num = (uint32_t)rng_range(&pc->rng, 1, 3);
		break;
	}
	for (size_t i = 0; i < torn || i < whole; i++)
		if (i < whole)
			op_apply(&t->pending.items[i], &t->safe);
		else
			op_tear(pc, &t->pending.items[i], &t->safe, num);
	forget_pending(t);
}

static void track_free(struct track *t)
{
	forget_pending(t);
	vec_release(&t->pending);
	free(t->safe.p);
	free(t->name);
	free(t->safe_name);
	free(t);
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* The file that the name leads to now. */
static struct track *track_of(struct powercut *pc, const char *name)
{
	for (size_t i = 0; i < pc->tracks.len; i++)
		if (same(pc->tracks.items[i]->name, name))
			return pc->tracks.items[i];
	return NULL;
}

static void set_name(char **name, const char *to)
{
	char *copy = to ? mem_strdup(to) : NULL;

	free(*name);
	*name = copy;
}

static void read_whole(const char *path, struct bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = 0;

	out->len = 0;
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_size > 0) {
		bytes_resize(out, (size_t)st.st_size);
		n = pread(fd, out->p, out->len, 0);
	}
	out->len = n > 0 ? (size_t)n : 0;
	close(fd);
}

static bool same_folder(const char *a, const char *b)
{
	const char *end_a = strrchr(a, '/'), *end_b = b ? strrchr(b, '/') : NULL;

	return end_b && end_a - a == end_b - b && !strncmp(a, b, (size_t)(end_a - a));
}

/* The names in the folder of `name` are safe from now on. */
static void settle_folder(struct powercut *pc, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < pc->tracks.len; i++) {
		struct track *t = pc->tracks.items[i];

		if (same_folder(name, t->name) || same_folder(name, t->safe_name))
			set_name(&t->safe_name, t->name);
		if (t->name || t->safe_name)
			pc->tracks.items[kept++] = t;
		else
			track_free(t);
	}
	pc->tracks.len = kept;
}

/* --- the calls --- */

/*
 * Passes a call or refuses it. *last: the power goes in this very call; the
 * caller notes what it was about and says die().
 */
static bool gate(struct powercut *pc, unsigned kind, bool changes, bool *last)
{
	bool bad = false;

	*last = false;
	if (pc->dead)
		return false;
	if (pc->faults & kind) {
		pc->fault_calls++;
		bad = pc->fault_at &&
		      (pc->fault_calls == pc->fault_at ||
			      (pc->fault_lasting && pc->fault_calls > pc->fault_at));
		pc->failed = pc->failed || bad;
	}
	if (!changes)
		return !bad;
	pc->calls++;
	if (pc->cut_at && pc->calls == pc->cut_at)
		*last = true;
	return !bad;
}

static int refusal(const struct powercut *pc, int code)
{
	if (!pc->dead && pc->fault_full && code == SQLITE_IOERR_WRITE) {
		errno = ENOSPC;
		return SQLITE_FULL;
	}
	errno = !pc->dead && pc->fault_full ? ENOSPC : EIO;
	return code;
}

static void note(struct track *t, const void *data, size_t at, size_t len)
{
	struct op op = { .at = at, .len = len };

	if (data) {
		op.data = mem_alloc(len ? len : 1);
		memcpy(op.data, data, len);
	}
	vec_push(&t->pending, op);
}

#define shim_of(file) ((struct shim *)(file))

static int shim_close(sqlite3_file *file)
{
	struct shim *s = shim_of(file);

	pthread_mutex_lock(&s->pc->lock);
	s->pc->open_files--;
	pthread_mutex_unlock(&s->pc->lock);
	return s->real->pMethods ? s->real->pMethods->xClose(s->real) : SQLITE_OK;
}

static int shim_read(sqlite3_file *file, void *buf, int len, sqlite3_int64 at)
{
	struct shim *s = shim_of(file);
	bool last, pass;

	pthread_mutex_lock(&s->pc->lock);
	pass = gate(s->pc, POWERCUT_READ, false, &last);
	pthread_mutex_unlock(&s->pc->lock);
	if (!pass)
		return refusal(s->pc, SQLITE_IOERR_READ);
	return s->real->pMethods->xRead(s->real, buf, len, at);
}

static int shim_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 at)
{
	struct shim *s = shim_of(file);
	struct powercut *pc = s->pc;
	bool last, pass, half = false;

	pthread_mutex_lock(&pc->lock);
	pass = gate(pc, POWERCUT_WRITE, true, &last);
	if (!pass && !pc->dead)
		half = rng_chance(&pc->rng, 1, 2);
	if (half)
		len /= 2;
	if (s->track && (pass || half))
		note(s->track, data, (size_t)at, (size_t)len);
	pc->dead = pc->dead || last;
	pass = pass && !last;
	pthread_mutex_unlock(&pc->lock);
	if (half && !last)
		s->real->pMethods->xWrite(s->real, data, len, at);
	if (!pass)
		return refusal(pc, SQLITE_IOERR_WRITE);
	return s->real->pMethods->xWrite(s->real, data, len, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct shim *s = shim_of(file);
	bool last, pass;

	pthread_mutex_lock(&s->pc->lock);
	pass = gate(s->pc, POWERCUT_TRUNCATE, true, &last);
	if (s->track && pass)
		note(s->track, NULL, (size_t)size, 0);
	s->pc->dead = s->pc->dead || last;
	pass = pass && !last;
	pthread_mutex_unlock(&s->pc->lock);
	if (!pass)
		return refusal(s->pc, SQLITE_IOERR_TRUNCATE);
	return s->real->pMethods->xTruncate(s->real, size);
}

static void synced(struct powercut *pc, struct shim *s)
{
	settle(s->track);
	if (s->sync_folder && s->track->name)
		settle_folder(pc, s->track->name);
	s->sync_folder = false;
}

static int shim_sync(sqlite3_file *file, int flags)
{
	struct shim *s = shim_of(file);
	struct powercut *pc = s->pc;
	bool last, pass;

	(void)flags;
	pthread_mutex_lock(&pc->lock);
	pass = gate(pc, POWERCUT_SYNC, true, &last);
	if (s->track && pass && (!last || rng_chance(&pc->rng, 1, 2)))
		synced(pc, s);
	else if (s->track && !pass && !pc->dead)
		settle_torn(pc, s->track);
	pc->dead = pc->dead || last;
	pass = pass && !last;
	pthread_mutex_unlock(&pc->lock);
	return pass ? SQLITE_OK : refusal(pc, SQLITE_IOERR_FSYNC);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
	struct shim *s = shim_of(file);

	if (s->pc->dead)
		return SQLITE_IOERR_FSTAT;
	return s->real->pMethods->xFileSize(s->real, size);
}

static int shim_lock(sqlite3_file *file, int level)
{
	struct shim *s = shim_of(file);

	if (s->pc->dead)
		return SQLITE_IOERR_LOCK;
	return s->real->pMethods->xLock(s->real, level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
	return shim_of(file)->real->pMethods->xUnlock(shim_of(file)->real, level);
}

static int shim_reserved(sqlite3_file *file, int *out)
{
	return shim_of(file)->real->pMethods->xCheckReservedLock(shim_of(file)->real, out);
}

static int shim_control(sqlite3_file *file, int op, void *arg)
{
	return shim_of(file)->real->pMethods->xFileControl(shim_of(file)->real, op, arg);
}

static int shim_sector(sqlite3_file *file)
{
	return shim_of(file)->real->pMethods->xSectorSize(shim_of(file)->real);
}

static int shim_traits(sqlite3_file *file)
{
	return shim_of(file)->real->pMethods->xDeviceCharacteristics(shim_of(file)->real);
}

static int shim_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	struct shim *s = shim_of(file);
	bool last, pass;

	pthread_mutex_lock(&s->pc->lock);
	pass = gate(s->pc, POWERCUT_SHM, false, &last);
	pthread_mutex_unlock(&s->pc->lock);
	if (!pass)
		return refusal(s->pc, SQLITE_IOERR_SHMMAP);
	return s->real->pMethods->xShmMap(s->real, page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
	struct shim *s = shim_of(file);

	if (s->pc->dead && (flags & SQLITE_SHM_LOCK))
		return SQLITE_IOERR_SHMLOCK;
	return s->real->pMethods->xShmLock(s->real, at, n, flags);
}

static void shim_shm_barrier(sqlite3_file *file)
{
	shim_of(file)->real->pMethods->xShmBarrier(shim_of(file)->real);
}

static int shim_shm_unmap(sqlite3_file *file, int delete_flag)
{
	struct shim *s = shim_of(file);

	return s->real->pMethods->xShmUnmap(s->real, s->pc->dead ? 0 : delete_flag);
}

static const sqlite3_io_methods shim_methods = {
	.iVersion = 2, /* without memory mapping, which would pass us by */
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_reserved,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector,
	.xDeviceCharacteristics = shim_traits,
	.xShmMap = shim_shm_map,
	.xShmLock = shim_shm_lock,
	.xShmBarrier = shim_shm_barrier,
	.xShmUnmap = shim_shm_unmap,
};

/* --- opening and removing files --- */

static struct powercut *powercut_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static bool inside(const struct powercut *pc, const char *path)
{
	size_t len = strlen(pc->folder);

	return path && !strncmp(path, pc->folder, len) && path[len] == '/';
}

/* The file that the name leads to; `was_there`: it existed before this open. */
static struct track *track_open(struct powercut *pc, const char *name, bool was_there)
{
	struct track *t = track_of(pc, name);

	if (t)
		return t;
	t = mem_zalloc(1, sizeof(*t));
	if (was_there)
		read_whole(name, &t->safe);
	set_name(&t->name, name);
	if (t->safe.len)
		set_name(&t->safe_name, name);
	vec_push(&pc->tracks, t);
	return t;
}

static int powercut_open(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	const int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
	struct powercut *pc = powercut_of(vfs);
	struct shim *s = shim_of(file);
	bool last, pass, was_there;
	struct stat st;
	int rc;

	memset(s, 0, sizeof(*s));
	s->pc = pc;
	s->real = (sqlite3_file *)(s + 1);
	pthread_mutex_lock(&pc->lock);
	pass = gate(pc, POWERCUT_OPEN, false, &last);
	pthread_mutex_unlock(&pc->lock);
	if (!pass)
		return refusal(pc, SQLITE_CANTOPEN);
	was_there = name && !stat(name, &st);
	/* Outside the lock: the system's VFS has one of its own, and calls unlink() in it. */
	rc = pc->real->xOpen(pc->real, name, s->real, flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	s->base.pMethods = &shim_methods;
	pthread_mutex_lock(&pc->lock);
	pc->open_files++;
	if (inside(pc, name) && flags & (logs | SQLITE_OPEN_MAIN_DB))
		s->track = track_open(pc, name, was_there);
	s->sync_folder = s->track && !was_there && flags & logs;
	pthread_mutex_unlock(&pc->lock);
	return SQLITE_OK;
}

/* What becomes of the name is up to unlink() below. */
static int powercut_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	struct powercut *pc = powercut_of(vfs);
	bool last, pass;
	int rc;

	pthread_mutex_lock(&pc->lock);
	pass = gate(pc, POWERCUT_DELETE, true, &last);
	pthread_mutex_unlock(&pc->lock);
	if (!pass)
		return refusal(pc, SQLITE_IOERR_DELETE);
	rc = pc->real->xDelete(pc->real, name, 0);
	pthread_mutex_lock(&pc->lock);
	if (sync_folder && rc == SQLITE_OK && (!last || rng_chance(&pc->rng, 1, 2)))
		settle_folder(pc, name);
	pc->dead = pc->dead || last;
	pthread_mutex_unlock(&pc->lock);
	return last ? refusal(pc, SQLITE_IOERR_DELETE) : rc;
}

static int powercut_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	struct powercut *pc = powercut_of(vfs);

	if (pc->dead)
		return SQLITE_IOERR_ACCESS;
	return pc->real->xAccess(pc->real, name, flags, out);
}

static int powercut_full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->real->xFullPathname(pc->real, name, size, out);
}

static int powercut_randomness(sqlite3_vfs *vfs, int size, char *out)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->real->xRandomness(pc->real, size, out);
}

static int powercut_sleep(sqlite3_vfs *vfs, int us)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->dead ? 0 : pc->real->xSleep(pc->real, us);
}

static int powercut_time(sqlite3_vfs *vfs, double *out)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->real->xCurrentTime(pc->real, out);
}

static int powercut_time64(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->real->xCurrentTimeInt64(pc->real, out);
}

static int powercut_last_error(sqlite3_vfs *vfs, int size, char *out)
{
	struct powercut *pc = powercut_of(vfs);

	return pc->real->xGetLastError(pc->real, size, out);
}

/* --- what the program does past SQLite --- */

static struct powercut *installed(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(VFS_NAME);

	return vfs ? powercut_of(vfs) : NULL;
}

int unlink(const char *name)
{
	struct powercut *pc = installed();
	struct track *t;

	if (pc && inside(pc, name)) {
		pthread_mutex_lock(&pc->lock);
		t = pc->dead ? NULL : track_of(pc, name);
		if (t)
			set_name(&t->name, NULL);
		pthread_mutex_unlock(&pc->lock);
	}
	return unlinkat(AT_FDCWD, name, 0);
}

int rename(const char *from, const char *to)
{
	struct powercut *pc = installed();
	struct track *t, *gone;

	if (pc && inside(pc, from)) {
		pthread_mutex_lock(&pc->lock);
		t = pc->dead ? NULL : track_of(pc, from);
		gone = t ? track_of(pc, to) : NULL;
		if (gone)
			set_name(&gone->name, NULL);
		if (t)
			set_name(&t->name, to);
		pthread_mutex_unlock(&pc->lock);
	}
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

/* The second name counts, as the first one is about to go. */
int link(const char *from, const char *to)
{
	struct powercut *pc = installed();
	int rc = linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
	struct track *t;

	if (!rc && pc && inside(pc, from)) {
		pthread_mutex_lock(&pc->lock);
		t = pc->dead ? NULL : track_of(pc, from);
		if (t)
			set_name(&t->name, to);
		pthread_mutex_unlock(&pc->lock);
	}
	return rc;
}

/* What a descriptor leads to; "" if it has no name. */
static void name_of(int fd, char *out, size_t size)
{
	char link[40];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, out, size - 1);
	out[n > 0 ? n : 0] = '\0';
}

static void sync_name(struct powercut *pc, char *path, size_t size)
{
	struct track *t = track_of(pc, path);
	struct stat st;
	size_t len = strlen(path);

	if (t) {
		settle(t);
	} else if (!stat(path, &st) && S_ISDIR(st.st_mode) && len + 1 < size) {
		path[len] = '/';
		path[len + 1] = '\0';
		settle_folder(pc, path);
	}
}

static int sync_descriptor(int fd, long call)
{
	struct powercut *pc = installed();
	char path[4096];
	bool last, pass;

	if (!pc)
		return (int)syscall(call, fd);
	name_of(fd, path, sizeof(path));
	if (strcmp(path, pc->folder) != 0 && !inside(pc, path))
		return 0;
	pthread_mutex_lock(&pc->lock);
	pass = gate(pc, POWERCUT_SYNC, true, &last);
	if (pass && (!last || rng_chance(&pc->rng, 1, 2)))
		sync_name(pc, path, sizeof(path));
	pc->dead = pc->dead || last;
	pthread_mutex_unlock(&pc->lock);
	if (pass && !last)
		return 0;
	refusal(pc, SQLITE_IOERR_FSYNC);
	return -1;
}

int fsync(int fd)
{
	return sync_descriptor(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_descriptor(fd, SYS_fdatasync);
}

/* --- what the test says --- */

struct powercut *powercut_install(const char *folder, uint64_t seed)
{
	struct powercut *pc = mem_zalloc(1, sizeof(*pc));

	pc->real = sqlite3_vfs_find(NULL);
	pc->folder = realpath(folder, NULL);
	if (!pc->folder) {
		perror(folder);
		abort();
	}
	rng_init(&pc->rng, seed);
	pthread_mutex_init(&pc->lock, NULL);
	pc->vfs = (sqlite3_vfs){
		.iVersion = 2,
		.szOsFile = (int)sizeof(struct shim) + pc->real->szOsFile,
		.mxPathname = pc->real->mxPathname,
		.zName = VFS_NAME,
		.pAppData = pc,
		.xOpen = powercut_open,
		.xDelete = powercut_delete,
		.xAccess = powercut_access,
		.xFullPathname = powercut_full_path,
		.xRandomness = powercut_randomness,
		.xSleep = powercut_sleep,
		.xCurrentTime = powercut_time,
		.xCurrentTimeInt64 = powercut_time64,
		.xGetLastError = powercut_last_error,
	};
	sqlite3_vfs_register(&pc->vfs, 1);
	return pc;
}

static void forget_all(struct powercut *pc)
{
	for (size_t i = 0; i < pc->tracks.len; i++)
		track_free(pc->tracks.items[i]);
	pc->tracks.len = 0;
}

void powercut_remove(struct powercut *pc)
{
	if (!pc)
		return;
	sqlite3_vfs_unregister(&pc->vfs);
	sqlite3_vfs_register(pc->real, 1);
	forget_all(pc);
	vec_release(&pc->tracks);
	pthread_mutex_destroy(&pc->lock);
	free(pc->folder);
	free(pc);
}

int64_t powercut_calls(const struct powercut *pc)
{
	return pc->calls;
}

void powercut_at(struct powercut *pc, int64_t n)
{
	pc->cut_at = n ? pc->calls + n : 0;
}

void powercut_now(struct powercut *pc)
{
	pc->dead = true;
}

bool powercut_happened(const struct powercut *pc)
{
	return pc->dead;
}

void powercut_settle(struct powercut *pc)
{
	if (pc->open_files)
		abort();
	forget_all(pc);
}

void powercut_fail(struct powercut *pc, unsigned faults, int64_t n, bool full, bool lasting)
{
	pc->faults = faults;
	pc->fault_calls = 0;
	pc->fault_at = n;
	pc->fault_full = full;
	pc->fault_lasting = lasting;
	pc->failed = false;
}

int64_t powercut_fault_calls(const struct powercut *pc)
{
	return pc->fault_calls;
}

bool powercut_failed(const struct powercut *pc)
{
	return pc->failed;
}

static void write_whole(const char *path, const struct bytes *b)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t n = fd < 0 ? -1 : write(fd, b->p, b->len);

	if (fd >= 0)
		close(fd);
	if (n != (ssize_t)b->len) {
		perror(path);
		abort();
	}
}

/* The index beside a log is gone, or is what an earlier life left of it. */
static void drop_shm(struct powercut *pc, const char *path)
{
	char *name = sqlite3_mprintf("%s-shm", path);

	if (!access(name, F_OK) && rng_chance(&pc->rng, 1, 2))
		unlinkat(AT_FDCWD, name, 0);
	sqlite3_free(name);
}

/* A name that was made, changed or removed since its folder was synced is the new or the old. */
static void settle_name(struct powercut *pc, struct track *t)
{
	if (t->name != t->safe_name && !same(t->name, t->safe_name))
		set_name(&t->name, rng_chance(&pc->rng, 1, 2) ? t->name : t->safe_name);
	if (t->safe_name)
		unlinkat(AT_FDCWD, t->safe_name, 0);
}

bool powercut_restore(struct powercut *pc)
{
	if (pc->open_files)
		return false;
	for (size_t i = 0; i < pc->tracks.len; i++) {
		if (pc->tracks.items[i]->name)
			unlinkat(AT_FDCWD, pc->tracks.items[i]->name, 0);
		settle_name(pc, pc->tracks.items[i]);
	}
	/* Where two files meet in one name, the later one has it. */
	for (size_t i = 0; i < pc->tracks.len; i++) {
		struct track *t = pc->tracks.items[i];

		if (!t->name)
			continue;
		settle_torn(pc, t);
		drop_shm(pc, t->name);
		write_whole(t->name, &t->safe);
	}
	forget_all(pc);
	pc->dead = false;
	pc->cut_at = 0;
	return true;
}
