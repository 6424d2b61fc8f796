#include "say.h"

#include "i18n.h"

void say_error(struct strbuf *out, const struct err *err)
{
	err_words(err, gettext, out);
}
