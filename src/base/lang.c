#include "lang.h"

#include <strings.h>

static const char *const codes[LANG_COUNT] = {
	[LANG_EN] = "en",
	[LANG_FR] = "fr",
};

const char *lang_code(enum lang lang)
{
	return codes[lang];
}

bool lang_parse(const char *s, enum lang *lang)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (strncasecmp(s, codes[i], 2) == 0 && (!s[2] || strchr("_-.@", s[2]))) {
			*lang = (enum lang)i;
			return true;
		}
	}
	return false;
}
