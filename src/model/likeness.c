#include "likeness.h"

#include <stdbool.h>

#define WORD_MAX 63 /* bits of a mask */
#define PERMILLE 1000
/* Words that are less alike than this are two words. */
#define PAIR_LEAST 800
/* What an initial is worth beside the word it begins: J. Kaboré. */
#define INITIAL_WORTH 850
#define DIFFERENT_NUMBERS 60
/* Names shorter than this say little when written together. */
#define TOGETHER_LEAST 6
#define WINKLER_PREFIX 4
#define WINKLER_LEAST 700

/* Legal forms, titles and articles, folded. */
/* clang-format off */
static const char *const idle_words[] = {
	"and", "asso", "association", "au", "aux", "bv", "cie", "co", "compagnie", "company",
	"corp", "d", "de", "des", "docteur", "dr", "du", "ei", "eirl", "el", "entreprise",
	"entreprises", "et", "etablissement", "etablissements", "etb", "ets", "eurl", "fils",
	"frere", "freres", "gie", "gmbh", "group", "groupe", "hadj", "hadja", "inc", "l", "la",
	"le", "les", "llc", "ltd", "m", "madame", "mademoiselle", "maitre", "me", "mlle",
	"mme", "monsieur", "mr", "nv", "of", "ong", "sa", "sarl", "sarlu", "sas", "sasu",
	"sci", "scoop", "scop", "snc", "societe", "sons", "spa", "sprl", "srl", "ste", "suarl",
	"the",
};
/* clang-format on */

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool is_idle(const char *s, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(idle_words); i++)
		if (strlen(idle_words[i]) == len && !memcmp(idle_words[i], s, len))
			return true;
	return false;
}

/* --- reading --- */

static void name_push(struct likeness_name *n, const char *s, size_t len)
{
	struct likeness_word *w = &n->words[n->count];

	if (len > WORD_MAX)
		len = WORD_MAX;
	if (n->count == LIKENESS_WORDS || n->len + len > LIKENESS_TEXT_MAX)
		return;
	*w = (struct likeness_word){ .at = n->len, .len = (uint8_t)len };
	for (size_t i = 0; i < len; i++)
		w->number |= s[i] >= '0' && s[i] <= '9';
	memcpy(n->text + n->len, s, len);
	n->len = (uint8_t)(n->len + len);
	n->text[n->len] = '\0';
	n->count++;
}

/* Whether a letter stands alone at `s`, after at most a point and a blank. */
static const char *lone_letter(const char *s)
{
	for (int i = 0; i < 2 && *s && !is_word_byte(*s); i++)
		s++;
	return is_word_byte(*s) && !is_word_byte(s[1]) ? s : NULL;
}

/* The next run of word bytes; letters that stand alone one after the other make one
 * word: "s.a.r.l.", "s a", "j. p.". Returns its length, 0 at the end. */
static size_t next_word(const char **s, char *word)
{
	const char *lone;
	size_t len = 0;

	while (**s && !is_word_byte(**s))
		(*s)++;
	for (; is_word_byte(**s); (*s)++)
		if (len < WORD_MAX)
			word[len++] = **s;
	if (len != 1)
		return len;
	while (**s && len < WORD_MAX && (lone = lone_letter(*s))) {
		word[len++] = *lone;
		*s = lone + 1;
	}
	return len;
}

static void name_fill(struct likeness_name *n, const char *folded, bool with_idle)
{
	char word[WORD_MAX + 1];
	const char *s = folded;
	size_t len;

	n->len = n->count = 0;
	n->text[0] = '\0';
	while ((len = next_word(&s, word)))
		if (with_idle || !is_idle(word, len))
			name_push(n, word, len);
}

void likeness_read(struct likeness_name *name, const char *folded)
{
	name_fill(name, folded, false);
	if (!name->count)
		name_fill(name, folded, true);
}

/* --- comparing words --- */

/* Letters of `a` that occur in `b` within the window, as masks. */
static int jaro_matches(
	const char *a, int la, const char *b, int lb, uint64_t *in_a, uint64_t *in_b)
{
	int window = (la > lb ? la : lb) / 2 - 1;
	int matches = 0;

	*in_a = *in_b = 0;
	if (window < 0)
		window = 0;
	for (int i = 0; i < la; i++) {
		int from = i > window ? i - window : 0;
		int to = i + window < lb - 1 ? i + window : lb - 1;

		for (int k = from; k <= to; k++) {
			if (a[i] != b[k] || *in_b >> k & 1)
				continue;
			*in_a |= UINT64_C(1) << i;
			*in_b |= UINT64_C(1) << k;
			matches++;
			break;
		}
	}
	return matches;
}

/* How many of the matching letters stand in another order, halved. */
static int jaro_transpositions(const char *a, int la, const char *b, uint64_t in_a, uint64_t in_b)
{
	int k = 0, out_of_place = 0;

	for (int i = 0; i < la; i++) {
		if (!(in_a >> i & 1))
			continue;
		while (!(in_b >> k & 1))
			k++;
		out_of_place += a[i] != b[k];
		k++;
	}
	return out_of_place / 2;
}

/* Jaro-Winkler in thousandths. */
static int jaro_winkler(const char *a, int la, const char *b, int lb)
{
	uint64_t in_a, in_b;
	int m = jaro_matches(a, la, b, lb, &in_a, &in_b);
	int jaro, prefix = 0;

	if (!m)
		return 0;
	jaro = (PERMILLE * m / la + PERMILLE * m / lb +
		       PERMILLE * (m - jaro_transpositions(a, la, b, in_a, in_b)) / m) /
	       3;
	if (jaro < WINKLER_LEAST)
		return jaro;
	while (prefix < WINKLER_PREFIX && prefix < la && prefix < lb && a[prefix] == b[prefix])
		prefix++;
	return jaro + prefix * (PERMILLE - jaro) / 10;
}

static int word_likeness(const struct likeness_name *a, const struct likeness_word *x,
	const struct likeness_name *b, const struct likeness_word *y)
{
	const char *s = a->text + x->at, *t = b->text + y->at;
	bool equal = x->len == y->len && !memcmp(s, t, x->len);
	int likeness;

	if (equal)
		return PERMILLE;
	if (x->number || y->number)
		return 0;
	if ((x->len == 1 || y->len == 1) && *s == *t)
		return INITIAL_WORTH;
	likeness = jaro_winkler(s, x->len, t, y->len);
	return likeness < PAIR_LEAST ? 0 : likeness;
}

/* --- comparing names --- */

/* The words' share: the best pair first, until none is left. */
static int words_likeness(const struct likeness_name *a, const struct likeness_name *b)
{
	unsigned used_a = 0, used_b = 0;
	int64_t sum = 0;

	for (;;) {
		int best = 0, bx = 0, by = 0;

		for (int x = 0; x < a->count; x++) {
			for (int y = 0; y < b->count; y++) {
				int l;

				if (used_a >> x & 1 || used_b >> y & 1)
					continue;
				l = word_likeness(a, &a->words[x], b, &b->words[y]);
				if (l > best) {
					best = l;
					bx = x;
					by = y;
				}
			}
		}
		if (!best)
			break;
		used_a |= 1u << bx;
		used_b |= 1u << by;
		sum += (int64_t)best * (a->words[bx].len + b->words[by].len);
	}
	return (int)(sum / (a->len + b->len));
}

/* The fewest letters to insert, remove or replace. */
static int edit_distance(const char *a, int la, const char *b, int lb)
{
	int row[LIKENESS_TEXT_MAX + 1];

	for (int k = 0; k <= lb; k++)
		row[k] = k;
	for (int i = 1; i <= la; i++) {
		int diagonal = row[0];

		row[0] = i;
		for (int k = 1; k <= lb; k++) {
			int replace = diagonal + (a[i - 1] != b[k - 1]);
			int insert = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;

			diagonal = row[k];
			row[k] = replace < insert ? replace : insert;
		}
	}
	return row[lb];
}

static int together_likeness(const struct likeness_name *a, const struct likeness_name *b)
{
	int longer = a->len > b->len ? a->len : b->len;
	int shorter = a->len > b->len ? b->len : a->len;

	if (shorter < TOGETHER_LEAST || 2 * shorter < longer)
		return 0;
	return PERMILLE - PERMILLE * edit_distance(a->text, a->len, b->text, b->len) / longer;
}

/* Whether every word of `a` that holds a digit is among those of `b`. */
static bool numbers_in(const struct likeness_name *a, const struct likeness_name *b)
{
	for (int x = 0; x < a->count; x++) {
		bool found = !a->words[x].number;

		for (int y = 0; y < b->count && !found; y++)
			found = word_likeness(a, &a->words[x], b, &b->words[y]) == PERMILLE;
		if (!found)
			return false;
	}
	return true;
}

int likeness_of(const struct likeness_name *a, const struct likeness_name *b)
{
	int words, together, likeness;

	if (!a->count || !b->count)
		return 0;
	words = words_likeness(a, b);
	together = words == PERMILLE ? 0 : together_likeness(a, b);
	likeness = (words > together ? words : together) / (PERMILLE / 100);
	if (likeness > DIFFERENT_NUMBERS && !(numbers_in(a, b) && numbers_in(b, a)))
		return DIFFERENT_NUMBERS;
	return likeness;
}

/* --- keys --- */

#define SOUND_WORD 5 /* letters of a word's sound in a key */
#define SOUND_WHOLE 10
#define KEY_WORDS 4 /* 6 pairs, and the whole */

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool is_soft(char c)
{
	return c == 'e' || c == 'i' || c == 'y';
}

/* The sound that the letters at `s` stand for, 0 for none; *taken is how many. */
static char sound_at(const char *s, size_t len, size_t *taken)
{
	char next = len > 1 ? s[1] : '\0', third = len > 2 ? s[2] : '\0';

	*taken = 2;
	if (s[0] == 'p' && next == 'h')
		return 'f';
	if (s[0] == 'o' && next == 'u' && is_vowel(third))
		return 'w';
	if (s[0] == 'd' && next == 'j')
		return 'j';
	if (s[0] == 'q' && next == 'u')
		return 'k';
	if (s[0] == 'b' && next == 'v')
		return 'v';
	if (s[0] == 'c' && next == 'h')
		return 'c';
	*taken = 1;
	if (s[0] == 'g' && is_soft(next))
		return 'j';
	if (s[0] == 'c')
		return is_soft(next) ? 's' : 'k';
	if (s[0] == 'q')
		return 'k';
	if (s[0] == 'z')
		return 's';
	return s[0] == 'h' || is_vowel(s[0]) ? '\0' : s[0];
}

/* At most `most` letters: consonants as they sound, none twice in a row, and an
 * 'a' for a vowel at the beginning. Returns how many. */
static size_t sound_of(const char *s, size_t len, char *out, size_t most)
{
	size_t n = 0, taken;

	for (size_t i = 0; i < len && n < most; i += taken) {
		char sound = sound_at(s + i, len - i, &taken);

		if (!sound && i == 0 && is_vowel(*s))
			sound = 'a';
		if (sound && (!n || out[n - 1] != sound))
			out[n++] = sound;
	}
	return n;
}

/* The longest words, and of equal ones the first; their places in the name. */
static size_t key_words(const struct likeness_name *n, uint8_t places[KEY_WORDS])
{
	unsigned used = 0;
	size_t count = 0;

	while (count < KEY_WORDS && count < n->count) {
		int best = -1;

		for (int i = 0; i < n->count; i++)
			if (!(used >> i & 1) && (best < 0 || n->words[i].len > n->words[best].len))
				best = i;
		used |= 1u << best;
		places[count++] = (uint8_t)best;
	}
	return count;
}

static void key_add(char keys[LIKENESS_KEYS][LIKENESS_KEY_MAX], size_t *count, const char *key)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp(keys[i], key))
			return;
	memcpy(keys[*count], key, strlen(key) + 1);
	(*count)++;
}

size_t likeness_keys(const struct likeness_name *name, char keys[LIKENESS_KEYS][LIKENESS_KEY_MAX])
{
	uint8_t places[KEY_WORDS];
	char sounds[KEY_WORDS][SOUND_WORD + 1] = { 0 };
	char key[LIKENESS_KEY_MAX] = { 0 };
	size_t words = key_words(name, places), count = 0;

	for (size_t i = 0; i < words; i++) {
		const struct likeness_word *w = &name->words[places[i]];

		sound_of(name->text + w->at, w->len, sounds[i], SOUND_WORD);
	}
	for (size_t i = 0; i < words; i++) {
		for (size_t k = i + 1; k < words; k++) {
			bool swap = strcmp(sounds[i], sounds[k]) > 0;

			snprintf(key, sizeof(key), "%.5s+%.5s", sounds[swap ? k : i],
				sounds[swap ? i : k]);
			key_add(keys, &count, key);
		}
	}
	if (words) {
		key[0] = '=';
		key[1 + sound_of(name->text, name->len, key + 1, SOUND_WHOLE - 1)] = '\0';
		key_add(keys, &count, key);
	}
	return count;
}
