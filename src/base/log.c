#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "mem.h"
#include "strbuf.h"
#include "utf8.h"

#define LINE_MAX_BYTES 1000

struct log {
	pthread_mutex_t lock; /* over fd and the file's rotation */
	int fd;
	enum log_level level;
	int64_t max_bytes;
	char *path; /* owned; NULL for stderr */
};

static const char *const level_names[] = { "error", "warn", "info", "debug" };

static int open_append(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static struct log *log_new(int fd, enum log_level level)
{
	struct log *log = mem_zalloc(1, sizeof(*log));

	pthread_mutex_init(&log->lock, NULL);
	log->fd = fd;
	log->level = level;
	return log;
}

struct log *log_open(const char *path, enum log_level level, int64_t max_bytes, struct err *err)
{
	struct log *log;
	int fd = open_append(path);

	if (fd < 0) {
		err_set_errno(err, ERR_IO, path);
		return NULL;
	}
	log = log_new(fd, level);
	log->max_bytes = max_bytes;
	log->path = mem_strdup(path);
	return log;
}

struct log *log_open_stderr(enum log_level level)
{
	return log_new(STDERR_FILENO, level);
}

void log_close(struct log *log)
{
	if (!log)
		return;
	if (log->path)
		close(log->fd);
	pthread_mutex_destroy(&log->lock);
	free(log->path);
	free(log);
}

/* Whether the path still leads to the file that is open: another program may
 * have rotated it. */
static bool is_current(const struct log *log, const struct stat *mine)
{
	struct stat st;

	return stat(log->path, &st) == 0 && st.st_ino == mine->st_ino && st.st_dev == mine->st_dev;
}

static void reopen(struct log *log)
{
	int fd = open_append(log->path);

	if (fd < 0)
		return;
	close(log->fd);
	log->fd = fd;
}

static void shift_files(const char *path)
{
	struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;

	for (int i = LOG_KEEP; i > 0; i--) {
		strbuf_clear(&from);
		strbuf_clear(&to);
		strbuf_adds(&from, path);
		if (i > 1)
			strbuf_addf(&from, ".%d", i - 1);
		strbuf_addf(&to, "%s.%d", path, i);
		rename(from.buf, to.buf);
	}
	strbuf_release(&from);
	strbuf_release(&to);
}

/* The lock on the old file lets one program rotate; whoever comes second finds
 * that the path leads elsewhere and only opens it again. */
static void make_room(struct log *log, size_t extra)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	struct stat st;

	if (fstat(log->fd, &st) < 0)
		return;
	if (is_current(log, &st)) {
		if (!st.st_size || st.st_size + (int64_t)extra <= log->max_bytes)
			return;
		if (fcntl(log->fd, F_SETLK, &lock) < 0)
			return;
		if (is_current(log, &st))
			shift_files(log->path);
	}
	reopen(log);
}

static void write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
}

static void add_head(struct strbuf *line, enum log_level level)
{
	date_add_instant(line, time(NULL));
	strbuf_addf(line, " %ld %s ", (long)getpid(), level_names[level]);
}

void log_write(struct log *log, enum log_level level, const char *fmt, ...)
{
	char text[LINE_MAX_BYTES];
	struct strbuf line = STRBUF_INIT;
	va_list ap;

	if (!log || level > log->level)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	add_head(&line, level);
	utf8_add_clean(&line, text, strlen(text), "?");
	strbuf_addc(&line, '\n');
	pthread_mutex_lock(&log->lock);
	if (log->path)
		make_room(log, line.len);
	write_all(log->fd, line.buf, line.len);
	pthread_mutex_unlock(&log->lock);
	strbuf_release(&line);
}

void log_err(struct log *log, enum log_level level, const char *what, const struct err *err)
{
	log_write(log, level, "%s: %s %s", what, err_name(err->code), err->detail);
}
