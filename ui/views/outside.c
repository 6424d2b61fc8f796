#include "outside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "path.h"

#define PATH_MOST 4096

bool outside_read(const char *path, struct strbuf *out, struct err *err)
{
	FILE *f = fopen(path, "r");
	char bytes[8192];
	size_t n;
	bool ok;

	if (!f)
		return err_set_errno(err, ERR_NOT_FOUND, path);
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		strbuf_add(out, bytes, n);
	ok = !ferror(f);
	fclose(f);
	if (!ok)
		return err_set_errno(err, ERR_IO, path);
	if (out->full || memchr(out->buf, '\0', out->len))
		return err_set(err, ERR_INVALID, path, "%zu bytes", out->len);
	return true;
}

static bool make_file(
	const char *ending, const struct strbuf *text, struct strbuf *path, struct err *err)
{
	struct strbuf name = STRBUF_INIT_MAX(64);
	bool ok;

	strbuf_addf(&name, "message-%ld%s", (long)getpid(), ending);
	ok = path_file(PATH_STATE, name.buf, path, err) &&
	     path_write(path->buf, text->buf, text->len, err);
	strbuf_release(&name);
	return ok;
}

bool outside_edit(struct ui *ui, struct strbuf *text, const char *ending, struct err *err)
{
	struct strbuf path = STRBUF_INIT_MAX(PATH_MOST),
		      back = { .buf = strbuf_empty, .max = text->max };
	bool ok = make_file(ending, text, &path, err) && ui_edit_file(ui, path.buf, err) &&
		  outside_read(path.buf, &back, err);

	if (ok) {
		/* An editor ends the last line; an SMS does not. */
		while (!strcmp(ending, ".txt") && back.len && back.buf[back.len - 1] == '\n')
			strbuf_truncate(&back, back.len - 1);
		strbuf_clear(text);
		strbuf_add(text, back.buf, back.len);
	}
	if (path.len)
		unlink(path.buf);
	strbuf_release(&path);
	strbuf_release(&back);
	return ok;
}
