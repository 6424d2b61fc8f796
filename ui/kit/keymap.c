#include "keymap.h"

#include "i18n.h"
#include "utf8.h"

/* `printed` is what stands on the keyboard. */
static const struct {
	const char *name;
	uint32_t code;
	const char *printed;
} names[] = {
	/* TRANSLATORS: names of keys as they are printed on the keyboard, short. */
	{ "Enter", K_ENTER, N_("Enter") },
	{ "Esc", K_ESC, N_("Esc") },
	{ "Tab", K_TAB, N_("Tab") },
	{ "Space", ' ', N_("Space") },
	{ "Backspace", K_BACKSPACE, N_("Backspace") },
	{ "Delete", K_DELETE, N_("Del") },
	{ "Insert", K_INSERT, N_("Ins") },
	{ "Up", K_UP, N_("Up") },
	{ "Down", K_DOWN, N_("Down") },
	{ "Left", K_LEFT, N_("Left") },
	{ "Right", K_RIGHT, N_("Right") },
	{ "Home", K_HOME, N_("Home") },
	{ "End", K_END, N_("End") },
	{ "PgUp", K_PGUP, N_("PgUp") },
	{ "PgDn", K_PGDN, N_("PgDn") },
};

static const struct {
	const char *name;
	unsigned mod;
	const char *printed;
} mods[] = {
	{ "Ctrl-", MOD_CTRL, N_("Ctrl-") },
	{ "Alt-", MOD_ALT, N_("Alt-") },
	/* TRANSLATORS: the Shift key before another, as in Shift-Tab. */
	{ "Shift-", MOD_SHIFT, N_("Shift-") },
};

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(text, word, len);
}

/* F1 to F12. */
static uint32_t function_key(const char *text, size_t len)
{
	int n = 0;

	if (len < 2 || len > 3 || text[0] != 'F')
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		n = n * 10 + (text[i] - '0');
	}
	return n >= 1 && n <= 12 ? K_F1 + (uint32_t)(n - 1) : 0;
}

bool key_parse(const char *text, size_t len, struct key *key)
{
	uint32_t cp;

	*key = (struct key){ 0, 0 };
	for (size_t i = 0; i < ARRAY_SIZE(mods); i++) {
		size_t n = strlen(mods[i].name);

		if (len > n && !memcmp(text, mods[i].name, n)) {
			key->mods |= mods[i].mod;
			text += n;
			len -= n;
			i = (size_t)-1; /* in any order */
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (is_word(text, len, names[i].name))
			key->code = names[i].code;
	if (!key->code)
		key->code = function_key(text, len);
	if (!key->code && len && utf8_decode(text, len, &cp) == len && cp != UTF8_REPLACEMENT &&
		!utf8_is_control(cp)) {
		key->code = cp;
		if (key->mods & MOD_CTRL && cp >= 'A' && cp <= 'Z')
			key->code = cp - 'A' + 'a'; /* Ctrl-R is written as printed */
	}
	return key->code != 0;
}

void key_label(struct key key, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(mods); i++)
		if (key.mods & mods[i].mod)
			strbuf_adds(out, _(mods[i].printed));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (names[i].code == key.code) {
			strbuf_adds(out, _(names[i].printed));
			return;
		}
	}
	if (key.code >= K_F1 && key.code <= K_F12)
		strbuf_addf(out, "F%u", key.code - K_F1 + 1);
	else if (key.mods & MOD_CTRL && key.code >= 'a' && key.code <= 'z')
		strbuf_addc(out, (char)(key.code - 'a' + 'A'));
	else
		utf8_add(out, key.code);
}

void keymap_init(struct keymap *km, const struct action *actions, int count)
{
	*km = (struct keymap){ .actions = actions, .count = count };
}

void keymap_release(struct keymap *km)
{
	vec_release(&km->bindings);
}

int keymap_action(const struct keymap *km, const char *name)
{
	for (int i = 0; i < km->count; i++)
		if (!strcmp(km->actions[i].name, name))
			return i;
	return -1;
}

static void forget(struct keymap *km, int action)
{
	size_t kept = 0;

	for (size_t i = 0; i < km->bindings.len; i++)
		if (km->bindings.items[i].action != action)
			km->bindings.items[kept++] = km->bindings.items[i];
	km->bindings.len = kept;
}

/* The next word of a line and its length, NULL at its end. */
static const char *next_word(const char **at, const char *end, size_t *len)
{
	const char *p = *at, *start;

	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	start = p;
	while (p < end && *p != ' ' && *p != '\t' && *p != '\r')
		p++;
	*at = p;
	*len = (size_t)(p - start);
	return *len ? start : NULL;
}

static bool load_line(struct keymap *km, const char *p, const char *end)
{
	size_t len;
	const char *word = next_word(&p, end, &len);
	struct binding binding;
	char name[64];
	bool good = true;

	if (!word || word[0] == '#')
		return true;
	snprintf(name, sizeof(name), "%.*s", (int)(len < sizeof(name) ? len : sizeof(name) - 1),
		word);
	binding.action = keymap_action(km, name);
	if (binding.action < 0)
		return false;
	forget(km, binding.action);
	while ((word = next_word(&p, end, &len))) {
		if (key_parse(word, len, &binding.key))
			vec_push(&km->bindings, binding);
		else
			good = false;
	}
	return good;
}

bool keymap_load(struct keymap *km, const char *text, const char *name, struct err *err)
{
	int line = 0, wrong = 0;
	char where[256];

	while (*text) {
		const char *end = strchr(text, '\n');

		end = end ? end : text + strlen(text);
		line++;
		if (!load_line(km, text, end) && !wrong)
			wrong = line;
		text = *end ? end + 1 : end;
	}
	if (!wrong)
		return true;
	snprintf(where, sizeof(where), "%s:%d", name, wrong);
	return err_set(err, ERR_KEYS, where, "unknown action or key");
}

bool keymap_has(const struct keymap *km, int action, struct key key)
{
	for (size_t i = 0; i < km->bindings.len; i++) {
		const struct binding *b = &km->bindings.items[i];

		if (b->action == action && b->key.code == key.code && b->key.mods == key.mods)
			return true;
	}
	return false;
}

static void add_keys(const struct keymap *km, int action, size_t most, struct strbuf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < km->bindings.len && n < most; i++) {
		if (km->bindings.items[i].action != action)
			continue;
		if (n++)
			strbuf_adds(out, ", ");
		key_label(km->bindings.items[i].key, out);
	}
}

void keymap_key(const struct keymap *km, int action, struct strbuf *out)
{
	add_keys(km, action, 1, out);
}

void keymap_keys(const struct keymap *km, int action, struct strbuf *out)
{
	add_keys(km, action, (size_t)-1, out);
}
