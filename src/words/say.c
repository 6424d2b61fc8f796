#include "say.h"

#include "i18n.h"

void say_error(struct strbuf *out, const struct err *err)
{
	err_words(err, gettext, out);
}

void say_with(struct strbuf *out, const char *fmt, const char *value)
{
	const char *hole = strstr(fmt, "%s");

	if (!hole) {
		strbuf_adds(out, fmt);
		return;
	}
	strbuf_add(out, fmt, (size_t)(hole - fmt));
	strbuf_adds(out, value);
	strbuf_adds(out, hole + 2);
}
