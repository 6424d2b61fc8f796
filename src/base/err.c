#include "err.h"

#include <errno.h>
#include <stdarg.h>

#include "i18n.h"

static const struct {
	const char *name;
	const char *sentence;
} table[ERR_COUNT] = {
	[ERR_NONE] = { "NONE", "" },
#define ERR_(id, text) [ERR_##id] = { #id, text },
#include "err.def"
#undef ERR_
};

bool err_set(struct err *err, enum err_code code, const char *subject, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	snprintf(err->subject, sizeof(err->subject), "%s", subject ? subject : "");
	va_start(ap, fmt);
	vsnprintf(err->detail, sizeof(err->detail), fmt, ap);
	va_end(ap);
	return false;
}

bool err_set_errno(struct err *err, enum err_code code, const char *subject)
{
	int reason = errno;

	switch (reason) {
	case ENOENT:
		code = ERR_NOT_FOUND;
		break;
	case EACCES:
	case EPERM:
		code = ERR_NO_RIGHT;
		break;
	case EISDIR:
		code = ERR_IS_FOLDER;
		break;
	case ENOSPC:
	case EDQUOT:
		code = ERR_DISK_FULL;
		break;
	}
	return err_set(err, code, subject, "%s", strerror(reason));
}

void err_clear(struct err *err)
{
	*err = (struct err)ERR_INIT;
}

const char *err_sentence(enum err_code code)
{
	return table[code].sentence;
}

const char *err_name(enum err_code code)
{
	return table[code].name;
}

void err_words(const struct err *err, char *(*translate)(const char *), struct strbuf *out)
{
	const char *sentence = translate(err_sentence(err->code));
	const char *hole = strstr(sentence, "%s");

	if (!hole) {
		strbuf_adds(out, sentence);
		return;
	}
	strbuf_add(out, sentence, (size_t)(hole - sentence));
	strbuf_adds(out, err->subject);
	strbuf_adds(out, hole + 2);
}
