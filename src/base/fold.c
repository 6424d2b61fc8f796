#include "fold.h"

#include "utf8.h"

/* A replacement takes three bytes at most (build-aux/unicode-tables sees to it). */
struct block {
	uint32_t first, last;
	const char (*to)[4];
};

#define FOLD_BLOCK(first, last, ...) { first, last, (const char[][4]){ __VA_ARGS__ } },
static const struct block blocks[] = {
#include "fold.def"
};
#undef FOLD_BLOCK

/* Marks and invisible signs outside the blocks. */
static const struct {
	uint32_t first, last;
} dropped[] = {
	{ 0x0300, 0x036F },					    /* combining marks */
	{ 0x064B, 0x065F },					    /* Arabic vowel signs */
	{ 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, /* more marks */
	{ 0xFE00, 0xFE0F },					    /* variation selectors */
	{ 0xFE20, 0xFE2F },					    /* half marks */
	{ 0xFEFF, 0xFEFF },					    /* byte order mark */
	{ 0x10FFFF, 0x10FFFF },					    /* FOLD_LAST */
};

/* What is folded waits here, so that the buffer is called once a name. */
struct folder {
	struct strbuf *out;
	bool begun; /* something other than a space came */
	bool space; /* a space came since, due before the next character */
	size_t len;
	char buf[256];
};

static void put(struct folder *f, const char *s, size_t len)
{
	if (f->len + len + 1 > sizeof(f->buf)) {
		strbuf_add(f->out, f->buf, f->len);
		f->len = 0;
	}
	if (f->space)
		f->buf[f->len++] = ' ';
	memcpy(f->buf + f->len, s, len);
	f->len += len;
	f->begun = true;
	f->space = false;
}

static void put_ascii(struct folder *f, char c)
{
	if (c <= ' ' || c == 0x7F) {
		f->space = f->begun;
		return;
	}
	if (c >= 'A' && c <= 'Z')
		c = (char)(c + ('a' - 'A'));
	else if (c == '`')
		c = '\'';
	put(f, &c, 1);
}

static bool is_dropped(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_SIZE(dropped); i++)
		if (cp >= dropped[i].first && cp <= dropped[i].last)
			return true;
	return false;
}

static void put_char(struct folder *f, uint32_t cp)
{
	char bytes[UTF8_MAX];

	if (cp < 0xA0 || cp == 0x1680 || cp == 0x3000) {
		f->space = f->begun;
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(blocks); i++) {
		const char *to;

		if (cp < blocks[i].first || cp > blocks[i].last)
			continue;
		to = blocks[i].to[cp - blocks[i].first];
		if (to[0] == ' ')
			f->space = f->begun;
		else if (to[0])
			put(f, to, strlen(to));
		return;
	}
	if (!is_dropped(cp))
		put(f, bytes, utf8_encode(cp, bytes));
}

void fold_add(struct strbuf *out, const char *s)
{
	struct folder f;
	size_t left = 0;

	f.out = out;
	f.begun = f.space = false;
	f.len = 0;
	while (*s) {
		uint32_t cp;
		size_t n;

		if (!((unsigned char)*s & 0x80)) {
			put_ascii(&f, *s++);
			continue;
		}
		left = strnlen(s, UTF8_MAX);
		n = utf8_decode(s, left, &cp);
		put_char(&f, cp);
		s += n;
	}
	strbuf_add(out, f.buf, f.len);
}

void fold_add_key(struct strbuf *out, const char *s)
{
	size_t start = out->len;

	if (s)
		fold_add(out, s);
	if (out->len == start)
		strbuf_adds(out, FOLD_LAST);
}

/* Of a folded text: signs and punctuation of the scripts it may hold do not count. */
static bool is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
	if (cp < 0xC0 || cp == 0xD7 || cp == 0xF7)
		return false;
	if (cp == 0x60C || cp == 0x61B || cp == 0x61F)
		return false;
	return !(cp >= 0x2000 && cp <= 0x2BFF) && !(cp >= 0x3001 && cp <= 0x3020) &&
	       !(cp >= 0xFFF0 && cp <= 0xFFFF) && !(cp >= 0x1F000 && cp <= 0x1FAFF);
}

size_t fold_words(struct strbuf *out, const char *s)
{
	size_t start = out->len, end = start, count = 0;
	bool inside = false;

	fold_add(out, s);
	/* What stays is never longer than what was read: it is moved up in place. */
	for (size_t pos = start; pos < out->len;) {
		uint32_t cp;
		size_t n = utf8_decode(out->buf + pos, out->len - pos, &cp);

		if (is_word(cp)) {
			if (!inside && count++)
				out->buf[end++] = ' ';
			memmove(out->buf + end, out->buf + pos, n);
			end += n;
		}
		inside = is_word(cp);
		pos += n;
	}
	strbuf_truncate(out, end);
	return count;
}
