#include "word.h"

/* ASCII only: the stored words are, and the locale must not change them. */
static char word_char(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return c == '-' ? '_' : c;
}

static bool word_same(const char *word, const char *s)
{
	while (*word && word_char(*word) == word_char(*s)) {
		word++;
		s++;
	}
	return !*word && !*s;
}

int word_find(const struct word *words, size_t count, const char *s)
{
	for (size_t i = 0; i < count; i++)
		if (word_same(words[i].word, s))
			return (int)i;
	return -1;
}
