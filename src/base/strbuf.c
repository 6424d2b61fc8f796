#include "strbuf.h"

#include "mem.h"

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb, size_t max)
{
	*sb = (struct strbuf)STRBUF_INIT_MAX(max);
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap)
		free(sb->buf);
	strbuf_init(sb, sb->max);
}

void strbuf_clear(struct strbuf *sb)
{
	strbuf_truncate(sb, 0);
	sb->full = false;
}

char *strbuf_detach(struct strbuf *sb)
{
	char *s = sb->cap ? sb->buf : mem_strdup("");

	strbuf_init(sb, sb->max);
	return s;
}

/* Makes room for `extra` bytes and the NUL; false when that is over the ceiling. */
static bool strbuf_grow(struct strbuf *sb, size_t extra)
{
	size_t max = sb->max ? sb->max : STRBUF_MAX;
	size_t cap = sb->cap ? sb->cap : 64;

	if (sb->full || extra > max || sb->len > max - extra) {
		sb->full = true;
		return false;
	}
	while (cap < sb->len + extra + 1)
		cap *= 2;
	if (cap != sb->cap) {
		sb->buf = mem_realloc(sb->cap ? sb->buf : NULL, cap, 1);
		sb->cap = cap;
		sb->buf[sb->len] = '\0';
	}
	return true;
}

void strbuf_add(struct strbuf *sb, const void *data, size_t len)
{
	if (!len || !strbuf_grow(sb, len))
		return;
	memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_addc(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int need;

	va_copy(again, ap);
	need = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (need <= 0 || !strbuf_grow(sb, (size_t)need))
		return;
	vsnprintf(sb->buf + sb->len, (size_t)need + 1, fmt, ap);
	sb->len += (size_t)need;
}

void strbuf_truncate(struct strbuf *sb, size_t len)
{
	if (len >= sb->len)
		return;
	sb->len = len;
	sb->buf[len] = '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void strbuf_trim(struct strbuf *sb)
{
	size_t start = 0;

	while (sb->len && is_blank(sb->buf[sb->len - 1]))
		strbuf_truncate(sb, sb->len - 1);
	while (start < sb->len && is_blank(sb->buf[start]))
		start++;
	if (!start)
		return;
	memmove(sb->buf, sb->buf + start, sb->len - start);
	strbuf_truncate(sb, sb->len - start);
}
