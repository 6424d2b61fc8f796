#include "language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "i18n.h"

enum lang language_choose(const char *wish)
{
	const char *dir = getenv("ECOMPTA_LOCALEDIR");
	enum lang lang = LANG_EN;
	const char *now;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, dir ? dir : LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);
	if (wish && lang_parse(wish, &lang)) {
		setenv("LANGUAGE", lang_code(lang), 1);
		/* A "C" locale never translates; C.UTF-8 is always there and does. */
		now = setlocale(LC_MESSAGES, NULL);
		if (!now || !strcmp(now, "C") || !strcmp(now, "POSIX"))
			setlocale(LC_MESSAGES, "C.UTF-8");
		return lang;
	}
	/* TRANSLATORS: the code of your language, fr. It decides how dates and amounts look. */
	return lang_parse(_("en"), &lang) ? lang : LANG_EN;
}
