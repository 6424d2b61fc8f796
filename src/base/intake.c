#include "intake.h"

#include <errno.h>
#include <unistd.h>

#include "mem.h"

#define CHUNK ((size_t)256 << 10)

static void intake_init(struct intake *in, size_t room)
{
	*in = (struct intake){ .fd = -1 };
	in->cap = room + CHUNK;
	in->window = mem_alloc(in->cap + 1);
	in->window[0] = '\0';
}

void intake_open_fd(struct intake *in, int fd, const char *name, int64_t size, size_t room)
{
	intake_init(in, room);
	in->fd = fd;
	in->name = mem_strdup(name);
	in->size = size;
}

void intake_open_text(struct intake *in, const char *text, size_t len, size_t room)
{
	intake_init(in, room);
	in->text = mem_strndup(text, len);
	in->name = mem_strdup("");
	in->size = (int64_t)len;
}

void intake_release(struct intake *in)
{
	if (in->fd >= 0)
		close(in->fd);
	free(in->text);
	free(in->name);
	free(in->window);
	*in = (struct intake){ .fd = -1 };
}

int64_t intake_peek(struct intake *in, int64_t offset, void *out, size_t len)
{
	ssize_t got;

	if (in->fd < 0) {
		if (offset >= in->size)
			return 0;
		if ((int64_t)len > in->size - offset)
			len = (size_t)(in->size - offset);
		memcpy(out, in->text + offset, len);
		return (int64_t)len;
	}
	do {
		got = pread(in->fd, out, len, (off_t)offset);
	} while (got < 0 && errno == EINTR);
	return got;
}

static bool is_utf16(const struct intake *in)
{
	return in->charset == CHARSET_UTF16LE || in->charset == CHARSET_UTF16BE;
}

/* One read of UTF-16: as much as surely fits behind `end` as UTF-8. */
static int64_t fill_utf16(struct intake *in)
{
	unsigned char raw[64 << 10];
	size_t used;
	int64_t got = intake_peek(in, in->next, raw, sizeof(raw));

	if (got <= 0)
		return got;
	in->end += charset_from_utf16(raw, (size_t)got, in->charset == CHARSET_UTF16BE,
		in->next + got >= in->size, in->window + in->end, &used);
	in->next += (int64_t)used;
	return (int64_t)used;
}

bool intake_fill(struct intake *in, struct err *err)
{
	int64_t got;

	if (in->start) {
		memmove(in->window, in->window + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (is_utf16(in)) {
		got = fill_utf16(in);
	} else {
		got = intake_peek(in, in->next, in->window + in->end, in->cap - in->end);
		if (got > 0) {
			in->end += (size_t)got;
			in->next += got;
		}
	}
	in->window[in->end] = '\0';
	if (got < 0)
		return err_set_errno(err, ERR_IO, in->name);
	in->at_end = !got;
	return true;
}

void intake_seek(struct intake *in, int64_t offset)
{
	in->next = offset;
	in->start = in->end = 0;
	in->window[0] = '\0';
	in->at_end = false;
}
