#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "mem.h"

#define PROGRAM_FOLDER "ecompta-crm"

static const struct {
	const char *variable; /* NULL: always under the home */
	const char *under_home;
	const char *last;
} places[] = {
	[PATH_DATA] = { "XDG_DATA_HOME", ".local/share", PROGRAM_FOLDER },
	[PATH_CONFIG] = { "XDG_CONFIG_HOME", ".config", PROGRAM_FOLDER },
	[PATH_STATE] = { "XDG_STATE_HOME", ".local/state", PROGRAM_FOLDER },
	[PATH_RUNTIME] = { "XDG_RUNTIME_DIR", ".local/state", PROGRAM_FOLDER },
	[PATH_EXCHANGE] = { NULL, NULL, "ecompta" },
};

static bool add_home(struct strbuf *out, struct err *err)
{
	const char *home = getenv("HOME");
	struct passwd pw, *found = NULL;
	char buf[4096];

	if (!home || home[0] != '/') {
		getpwuid_r(getuid(), &pw, buf, sizeof(buf), &found);
		home = found ? found->pw_dir : NULL;
	}
	if (!home || home[0] != '/')
		return err_set(err, ERR_NOT_FOUND, "HOME", "no home folder for this user");
	strbuf_adds(out, home);
	while (out->len > 1 && out->buf[out->len - 1] == '/')
		strbuf_truncate(out, out->len - 1);
	return true;
}

bool path_place(enum path_place place, struct strbuf *out, struct err *err)
{
	const char *variable = places[place].variable;
	const char *base = variable ? getenv(variable) : NULL;

	if (base && base[0] == '/') {
		strbuf_addf(out, "%s/%s", base, places[place].last);
		return true;
	}
	if (place == PATH_RUNTIME) {
		if (!path_place(PATH_STATE, out, err))
			return false;
		strbuf_adds(out, "/run");
		return true;
	}
	if (!add_home(out, err))
		return false;
	if (places[place].under_home)
		strbuf_addf(out, "/%s", places[place].under_home);
	strbuf_addf(out, "/%s", places[place].last);
	return true;
}

bool path_file(enum path_place place, const char *name, struct strbuf *out, struct err *err)
{
	struct strbuf folder = STRBUF_INIT;
	bool ok = path_place(place, &folder, err) && path_mkdirs(folder.buf, err);

	if (ok)
		strbuf_addf(out, "%s/%s", folder.buf, name);
	strbuf_release(&folder);
	return ok;
}

bool path_store(struct strbuf *out, struct err *err)
{
	return path_file(PATH_DATA, "store.db", out, err);
}

/* Looks first: on a read-only file system mkdir need not say EEXIST. */
static bool make_folder(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		if (errno != ENOENT || (mkdir(path, 0700) < 0 && errno != EEXIST) ||
			stat(path, &st) < 0)
			return err_set_errno(err, ERR_IO, path);
	}
	if (!S_ISDIR(st.st_mode))
		return err_set(err, ERR_INVALID, path, "exists and is not a folder");
	return true;
}

bool path_mkdirs(const char *path, struct err *err)
{
	char *copy;
	bool ok = true;

	if (!path[0])
		return err_set(err, ERR_INVALID, path, "an empty path");
	copy = mem_strdup(path);
	for (char *slash = copy; ok && (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		ok = make_folder(copy, err);
		*slash = '/';
	}
	ok = ok && make_folder(copy, err);
	free(copy);
	return ok;
}

/* The folder that a path lies in, "." for a bare name; *owned* by the caller. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static void path_new_release(struct path_new *n)
{
	free(n->tmp);
	free(n->path);
	*n = (struct path_new){ .file = NULL };
}

bool path_new_open(struct path_new *n, const char *path, struct err *err)
{
	struct strbuf tmp = STRBUF_INIT;
	char *folder = folder_of(path);
	int fd;

	strbuf_addf(&tmp, "%s/.new-XXXXXX", folder);
	free(folder);
	*n = (struct path_new){ .path = mem_strdup(path), .tmp = strbuf_detach(&tmp) };
	fd = mkstemp(n->tmp);
	if (fd < 0)
		goto fail;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	n->file = fdopen(fd, "w");
	if (n->file)
		return true;
	close(fd);
	unlink(n->tmp);
fail:
	err_set_errno(err, ERR_IO, path);
	path_new_release(n);
	return false;
}

static bool sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* a file system that cannot sync a folder says EINVAL, and needs no syncing */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

/* errno of a write that failed inside stdio some time ago is lost: ask the disk
 * whether it is full, so that the person hears what to do. */
static int lost_reason(int fd)
{
	struct statvfs vfs;

	return fstatvfs(fd, &vfs) == 0 && vfs.f_bavail < 16 ? ENOSPC : EIO;
}

static bool write_out(FILE *file)
{
	if (ferror(file)) {
		errno = lost_reason(fileno(file));
		return false;
	}
	return fflush(file) == 0 && fsync(fileno(file)) == 0;
}

/* A hard link takes a name only if it is free; some file systems have none. */
static bool take_name(const char *from, const char *to)
{
	struct stat st;

	if (link(from, to) == 0)
		return unlink(from) == 0;
	if (errno != EPERM && errno != ENOSYS && errno != EOPNOTSUPP)
		return false;
	if (lstat(to, &st) == 0) {
		errno = EEXIST;
		return false;
	}
	return rename(from, to) == 0;
}

bool path_put_once(const char *from, const char *to, struct err *err)
{
	if (take_name(from, to) && sync_folder(to))
		return true;
	return err_set_errno(err, errno == EEXIST ? ERR_DUPLICATE : ERR_IO, to);
}

static bool commit(struct path_new *n, bool once, struct err *err)
{
	bool ok = write_out(n->file);

	if (!ok)
		err_set_errno(err, ERR_IO, n->path);
	if (fclose(n->file) != 0 && ok)
		ok = err_set_errno(err, ERR_IO, n->path);
	if (ok && !(once ? take_name(n->tmp, n->path) : rename(n->tmp, n->path) == 0))
		ok = err_set_errno(err, errno == EEXIST ? ERR_DUPLICATE : ERR_IO, n->path);
	if (!ok)
		unlink(n->tmp);
	else if (!sync_folder(n->path))
		ok = err_set_errno(err, ERR_IO, n->path);
	path_new_release(n);
	return ok;
}

bool path_new_commit(struct path_new *n, struct err *err)
{
	return commit(n, false, err);
}

bool path_new_commit_once(struct path_new *n, struct err *err)
{
	return commit(n, true, err);
}

void path_new_discard(struct path_new *n)
{
	fclose(n->file);
	unlink(n->tmp);
	path_new_release(n);
}

bool path_write(const char *path, const void *data, size_t len, struct err *err)
{
	struct path_new n;

	if (!path_new_open(&n, path, err))
		return false;
	if (fwrite(data, 1, len, n.file) != len) {
		err_set_errno(err, ERR_IO, path);
		path_new_discard(&n);
		return false;
	}
	return path_new_commit(&n, err);
}

bool path_size(const char *path, int64_t *bytes, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set_errno(err, ERR_IO, path);
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IS_FOLDER, path, "%s", "");
	*bytes = st.st_size;
	return true;
}

bool path_free_space(const char *path, int64_t *bytes, struct err *err)
{
	char *at = mem_strdup(path);
	struct statvfs vfs;
	int got;

	while ((got = statvfs(at, &vfs)) < 0 && errno == ENOENT && strcmp(at, ".") != 0 &&
		strcmp(at, "/") != 0) {
		char *up = folder_of(at);

		free(at);
		at = up;
	}
	if (got == 0)
		*bytes = (int64_t)vfs.f_bavail * (int64_t)vfs.f_frsize;
	else
		err_set_errno(err, ERR_IO, path);
	free(at);
	return got == 0;
}
