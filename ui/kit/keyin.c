#include "keyin.h"

#include "utf8.h"

#define ESC 0x1b
#define CSI_LONG 64	/* longest sequence worth understanding */
#define STRING_LONG 512 /* longest answer (OSC, DCS) kept before it is skipped blindly */
#define LATE_MS 1000	/* how long the rest of a split sequence is waited for */
#define TAIL_MS 20	/* silence after which the end of a paste is the end */
#define PASTE_MS 5000	/* silence after which a paste without an end is over */
#define TAIL_MAX 4096
#define BURST_MIN 16   /* an unmarked paste: this many bytes in one read ... */
#define BURST_VARIED 8 /* ... of this many different ones, so no held key */
#define PHONE_MIN 6
#define PHONE_MAX 40
#define PARAM_MAX 4

static const char paste_end[] = "\033[201~";

void keyin_init(struct keyin *k, bool utf8)
{
	*k = (struct keyin){ .utf8 = utf8, .esc_ms = KEYIN_ESC_MS };
	strbuf_init(&k->in, 4 * KEYIN_PASTE_MAX);
	strbuf_init(&k->paste, KEYIN_PASTE_MAX);
}

void keyin_release(struct keyin *k)
{
	strbuf_release(&k->in);
	strbuf_release(&k->paste);
}

/* --- text that came in one read without the marks of a paste ------------- */

/* Nobody types six digits between two reads; a number pasted into a terminal
 * without bracketed paste must not switch six screens. */
static bool is_phone(const unsigned char *p, size_t len)
{
	size_t digits = 0;

	if (len > PHONE_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (p[i] >= '0' && p[i] <= '9')
			digits++;
		else if (!strchr(" +().-/\xc2\xa0\xe2\x80\xaf", p[i]) || !p[i])
			return false;
	}
	return digits >= PHONE_MIN;
}

static bool is_burst(const unsigned char *p, size_t len)
{
	bool seen[256] = { false };
	size_t varied = 0;

	if (len < BURST_MIN)
		return false;
	for (size_t i = 0; i < len; i++) {
		if ((p[i] < 0x20 && !strchr("\r\n\t", p[i])) || !p[i] || p[i] == 0x7f)
			return false;
		varied += !seen[p[i]];
		seen[p[i]] = true;
	}
	return varied >= BURST_VARIED;
}

void keyin_feed(struct keyin *k, const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;
	bool idle = k->state == KEYIN_GROUND && k->used == k->in.len;

	if (k->used) {
		memmove(k->in.buf, k->in.buf + k->used, k->in.len - k->used);
		strbuf_truncate(&k->in, k->in.len - k->used);
		k->used = 0;
	}
	if (idle && (is_phone(p, len) || (k->burst && is_burst(p, len)))) {
		strbuf_add(&k->in, "\033[200~", 6);
		strbuf_add(&k->in, bytes, len);
		strbuf_add(&k->in, paste_end, 6);
		return;
	}
	strbuf_add(&k->in, bytes, len);
}

/* --- sequences ----------------------------------------------------------- */

static void set_key(struct input *out, uint32_t code, unsigned mods)
{
	out->kind = INPUT_KEY;
	out->key = (struct key){ code, mods };
}

/* xterm's parameter: 1 + (1 Shift, 2 Alt, 4 Ctrl); Meta (8) is no key of ours. */
static unsigned mods_of(int param)
{
	return param > 1 ? (unsigned)(param - 1) & (MOD_SHIFT | MOD_ALT | MOD_CTRL) : 0;
}

/* A byte below a space, or a letter reported with Ctrl, as one key. */
static void set_char(struct input *out, uint32_t cp, unsigned mods)
{
	if (cp == '\r' || cp == '\n')
		set_key(out, K_ENTER, mods);
	else if (cp == '\t')
		set_key(out, K_TAB, mods);
	else if (cp == ESC)
		set_key(out, K_ESC, mods);
	else if (cp == 0x7f || cp == 0x08)
		set_key(out, K_BACKSPACE, mods);
	else if (cp == 0)
		set_key(out, ' ', mods | MOD_CTRL);
	else if (cp < 0x1b)
		set_key(out, cp + 'a' - 1, mods | MOD_CTRL);
	else if (cp < 0x20)
		set_key(out, cp + '@', mods | MOD_CTRL);
	else if (!utf8_is_control(cp))
		set_key(out, cp, mods & MOD_CTRL ? mods : mods & ~(unsigned)MOD_SHIFT);
}

static uint32_t tilde_key(int n)
{
	static const uint32_t keys[] = {
		[1] = K_HOME,
		[2] = K_INSERT,
		[3] = K_DELETE,
		[4] = K_END,
		[5] = K_PGUP,
		[6] = K_PGDN,
		[7] = K_HOME,
		[8] = K_END,
		[11] = K_F1,
		[12] = K_F1 + 1,
		[13] = K_F1 + 2,
		[14] = K_F1 + 3,
		[15] = K_F1 + 4,
		[17] = K_F1 + 5,
		[18] = K_F1 + 6,
		[19] = K_F1 + 7,
		[20] = K_F1 + 8,
		[21] = K_F1 + 9,
		[23] = K_F1 + 10,
		[24] = K_F12,
	};

	return n > 0 && n < (int)ARRAY_SIZE(keys) ? keys[n] : 0;
}

static uint32_t letter_key(int c)
{
	switch (c) {
	case 'A':
		return K_UP;
	case 'B':
		return K_DOWN;
	case 'C':
		return K_RIGHT;
	case 'D':
		return K_LEFT;
	case 'H':
		return K_HOME;
	case 'F':
		return K_END;
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return K_F1 + (uint32_t)(c - 'P');
	}
	return 0;
}

struct sequence {
	int params[PARAM_MAX];
	size_t count;
	int private; /* one of < = > ? or 0 */
	int final;
};

/* Reads ESC [ ... up to and with its final byte; 0 when it has not come yet. */
static size_t scan_csi(const unsigned char *p, size_t len, struct sequence *s)
{
	size_t i = 2;

	*s = (struct sequence){ .count = 1 };
	if (i < len && p[i] >= '<' && p[i] <= '?')
		s->private = p[i++];
	for (; i < len; i++) {
		int *n = &s->params[s->count <= PARAM_MAX ? s->count - 1 : PARAM_MAX - 1];

		if (p[i] >= '0' && p[i] <= '9') {
			*n = *n < 100000 ? *n * 10 + (p[i] - '0') : *n;
		} else if (p[i] == ';' || p[i] == ':') {
			s->count++;
		} else if (p[i] == '$' && !s->private && s->count == 1 && tilde_key(s->params[0])) {
			s->final = '$'; /* rxvt ends Shift-Home with it */
			return i + 1;
		} else if (p[i] >= 0x40 && p[i] <= 0x7e) {
			s->final = p[i];
			return i + 1;
		} else if (p[i] < 0x20 || p[i] > 0x7e) {
			return i; /* broken off: what follows stands for itself */
		}
	}
	return 0;
}

static void mouse_event(const struct sequence *s, struct input *out)
{
	int b = s->params[0];
	struct mouse m = { .button = b & 3, .y = s->params[2] - 1, .x = s->params[1] - 1 };

	if (s->count != 3 || m.y < 0 || m.x < 0 || b >= 128)
		return;
	if (b & 64) {
		if (s->final == 'm' || m.button > 1)
			return;
		m.what = m.button == 0 ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
	} else if (b & 32) {
		m.what = MOUSE_DRAG;
	} else {
		m.what = s->final == 'M' ? MOUSE_PRESS : MOUSE_RELEASE;
	}
	out->kind = INPUT_MOUSE;
	out->mouse = m;
}

static void tilde_event(struct keyin *k, const struct sequence *s, struct input *out)
{
	if (s->params[0] == 200) {
		k->state = KEYIN_PASTING;
		strbuf_clear(&k->paste);
	} else if (s->params[0] == 27 && s->count == 3) {
		set_char(out, (uint32_t)s->params[2], mods_of(s->params[1]));
	} else if (tilde_key(s->params[0])) {
		set_key(out, tilde_key(s->params[0]), s->count > 1 ? mods_of(s->params[1]) : 0);
	}
}

static void csi_event(struct keyin *k, const struct sequence *s, struct input *out)
{
	unsigned mods = s->count > 1 ? mods_of(s->params[1]) : 0;
	int n = s->params[0];

	if (s->private == '<' && (s->final == 'M' || s->final == 'm')) {
		mouse_event(s, out);
		return;
	}
	if (s->private)
		return;
	switch (s->final) {
	case '~':
		tilde_event(k, s, out);
		return;
	case '$':
	case '^':
	case '@':
		if (tilde_key(n))
			set_key(out, tilde_key(n),
				(s->final != '^' ? MOD_SHIFT : 0u) |
					(s->final != '$' ? MOD_CTRL : 0u));
		return;
	case 'Z':
		set_key(out, K_TAB, MOD_SHIFT);
		return;
	case 'a':
	case 'b':
	case 'c':
	case 'd':
		if (s->count == 1 && n == 0)
			set_key(out, letter_key(s->final - 'a' + 'A'), MOD_SHIFT);
		return;
	case 'u':
		set_char(out, (uint32_t)n, mods);
		return;
	}
	/* CSI r;c R also answers "where is the cursor", which we never ask. */
	if (letter_key(s->final) && n <= 1)
		set_key(out, letter_key(s->final), mods);
}

static size_t take_csi(struct keyin *k, const unsigned char *p, size_t len, struct input *out)
{
	struct sequence s;
	size_t n;

	if (len >= 3 && p[2] == '[') { /* Linux console: ESC [ [ A is F1 */
		if (len < 4)
			return 0;
		if (p[3] >= 'A' && p[3] <= 'E')
			set_key(out, K_F1 + (uint32_t)(p[3] - 'A'), 0);
		return 4;
	}
	n = scan_csi(p, len, &s);
	if (!n && len > CSI_LONG) {
		k->state = KEYIN_SKIP_CSI;
		return len;
	}
	if (!n || !s.final)
		return n;
	if (n == 3 && s.final == 'M') /* old mouse report: three bytes follow it */
		return len >= 6 ? 6 : 0;
	csi_event(k, &s, out);
	return n;
}

static size_t take_ss3(const unsigned char *p, size_t len, struct input *out)
{
	static const char keypad[] = "j*k+l,m-n.o/p0q1r2s3t4u5v6w7x8y9X=";
	size_t i = 2;
	int mod = 0;
	const char *pad;

	for (; i < len && ((p[i] >= '0' && p[i] <= '9') || p[i] == ';'); i++)
		mod = p[i] == ';' ? 0 : p[i] - '0'; /* old xterm: ESC O 5 C */
	if (i == len)
		return 0;
	if (p[i] < 0x20 || p[i] > 0x7e)
		return i;
	pad = strchr(keypad, p[i]);
	if (letter_key(p[i]))
		set_key(out, letter_key(p[i]), mods_of(mod));
	else if (p[i] >= 'a' && p[i] <= 'd')
		set_key(out, letter_key(p[i] - 'a' + 'A'), MOD_CTRL);
	else if (p[i] == 'M')
		set_key(out, K_ENTER, 0);
	else if (p[i] == 'I')
		set_key(out, K_TAB, 0);
	else if (p[i] == ' ')
		set_key(out, ' ', 0);
	else if (pad && (pad - keypad) % 2 == 0)
		set_key(out, (unsigned char)pad[1], 0);
	return i + 1;
}

/* OSC, DCS, SOS, PM, APC: the terminal's answers, which end with BEL or ESC \. */
static size_t take_string(struct keyin *k, const unsigned char *p, size_t len)
{
	for (size_t i = 2; i < len; i++) {
		if (p[i] == 0x07)
			return i + 1;
		if (p[i] == ESC)
			return i + 1 == len ? 0 : p[i + 1] == '\\' ? i + 2 : i;
		if (p[i] < 0x20)
			return i;
	}
	if (len <= STRING_LONG)
		return 0;
	k->state = KEYIN_SKIP_STRING;
	return len;
}

/* --- characters ---------------------------------------------------------- */

static size_t utf8_need(unsigned char lead)
{
	return lead < 0x80   ? 1
	       : lead < 0xc2 ? 1
	       : lead < 0xe0 ? 2
	       : lead < 0xf0 ? 3
	       : lead < 0xf5 ? 4
			     : 1;
}

/* One character, with `mods`; a byte that is not text is dropped. */
static size_t take_char(
	struct keyin *k, const unsigned char *p, size_t len, unsigned mods, struct input *out)
{
	size_t need, n;
	uint32_t cp;

	if (!k->utf8 || p[0] < 0x80) {
		set_char(out, p[0], mods);
		return 1;
	}
	need = utf8_need(p[0]);
	for (n = 1; n < need && n < len; n++)
		if ((p[n] & 0xc0) != 0x80)
			return n;
	if (n < need)
		return 0;
	n = utf8_decode((const char *)p, len, &cp);
	if (cp != UTF8_REPLACEMENT)
		set_char(out, cp, mods);
	return n;
}

static size_t take_escape(struct keyin *k, const unsigned char *p, size_t len, struct input *out)
{
	size_t n;

	if (len == 1)
		return 0;
	if (p[1] == '[')
		return take_csi(k, p, len, out);
	if (p[1] == 'O')
		return take_ss3(p, len, out);
	if (strchr("]P_^X", p[1]) && p[1])
		return take_string(k, p, len);
	if (p[1] >= 0x20 && p[1] <= 0x2f) { /* ESC ( B and its like */
		for (n = 2; n < len && p[n] >= 0x20 && p[n] <= 0x2f; n++)
			;
		return n < len ? n + 1 : 0;
	}
	if (p[1] == ESC) { /* Alt with a key that sends a sequence of its own */
		if (len == 2)
			return 0;
		if (p[2] != '[' && p[2] != 'O') {
			set_key(out, K_ESC, 0);
			return 1;
		}
		n = take_escape(k, p + 1, len - 1, out);
		if (n && out->kind == INPUT_KEY)
			out->key.mods |= MOD_ALT;
		return n ? n + 1 : 0;
	}
	n = take_char(k, p + 1, len - 1, MOD_ALT, out);
	return n ? n + 1 : 0;
}

/* The Esc in front was handed out after its time; on a slow line the rest of
 * its sequence may still come, and must not act. */
static size_t take_late(struct keyin *k, const unsigned char *p, size_t len, struct input *out)
{
	size_t n;

	if (len == 1)
		return 0;
	if (p[1] == '[' || (p[1] == 'O' && (len == 2 || letter_key(p[2])))) {
		n = take_escape(k, p, len, out);
		if (!n)
			return 0;
		out->kind = INPUT_NONE;
		k->esc_done = false;
		return n;
	}
	k->esc_done = false;
	return 1;
}

/* 8-bit CSI and SS3 of a terminal that is not in UTF-8. */
static size_t take_c1(struct keyin *k, const unsigned char *p, size_t len, struct input *out)
{
	unsigned char seq[CSI_LONG + 2] = { ESC, p[0] == 0x9b ? '[' : 'O' };
	size_t n = len - 1 < CSI_LONG ? len - 1 : CSI_LONG;

	memcpy(seq + 2, p + 1, n);
	n = take_escape(k, seq, n + 2, out);
	return n ? n - 1 : 0;
}

static size_t take(struct keyin *k, const unsigned char *p, size_t len, struct input *out)
{
	if (k->esc_done)
		return take_late(k, p, len, out);
	if (p[0] == ESC)
		return take_escape(k, p, len, out);
	if (!k->utf8 && (p[0] == 0x9b || p[0] == 0x8f))
		return take_c1(k, p, len, out);
	return take_char(k, p, len, 0, out);
}

/* --- pastes -------------------------------------------------------------- */

/* Adds pasted bytes without what could act: escape sequences and controls.
 * \r and \r\n become \n; Latin-1 becomes UTF-8. */
static void paste_add(struct keyin *k, const unsigned char *p, size_t len)
{
	struct sequence s;

	for (size_t i = 0; i < len; i++) {
		if (p[i] == ESC) {
			size_t n =
				i + 1 < len && p[i + 1] == '[' ? scan_csi(p + i, len - i, &s) : 0;

			i += n ? n - 1 : 0;
		} else if (p[i] == '\r') {
			if (i + 1 == len || p[i + 1] != '\n')
				strbuf_addc(&k->paste, '\n');
		} else if (p[i] == '\n' || p[i] == '\t' || (p[i] >= 0x20 && p[i] < 0x7f)) {
			strbuf_addc(&k->paste, (char)p[i]);
		} else if (p[i] >= 0x80 && k->utf8) {
			strbuf_addc(&k->paste, (char)p[i]);
		} else if (p[i] >= 0xa0) {
			utf8_add(&k->paste, p[i]);
		}
	}
}

static const unsigned char *find_end(const unsigned char *p, size_t len)
{
	for (size_t i = 0; i + 6 <= len; i++)
		if (!memcmp(p + i, paste_end, 6))
			return p + i;
	return NULL;
}

/* Bytes at the end of `p` that may be the beginning of the end mark. */
static size_t held_back(const unsigned char *p, size_t len)
{
	for (size_t n = len < 5 ? len : 5; n; n--)
		if (!memcmp(p + len - n, paste_end, n))
			return n;
	return 0;
}

/* Gathers a paste; also what comes right behind an end mark when another mark
 * follows, because text that was copied with an end mark in it would otherwise
 * turn the rest of itself into keys. */
static void gather(struct keyin *k)
{
	const unsigned char *p = (const unsigned char *)k->in.buf + k->used;
	size_t len = k->in.len - k->used, n;
	const unsigned char *end = find_end(p, len);

	while (end) {
		paste_add(k, p, (size_t)(end - p));
		k->used += (size_t)(end - p) + 6;
		k->state = KEYIN_PASTE_TAIL;
		p = end + 6;
		len = k->in.len - k->used;
		end = find_end(p, len);
	}
	if (k->state != KEYIN_PASTING)
		return;
	n = len - held_back(p, len);
	/* a sequence cut by the read is kept whole for the next one */
	for (size_t back = 1; back <= n && back < CSI_LONG; back++) {
		struct sequence s;

		if (p[n - back] == ESC && !scan_csi(p + n - back, back, &s)) {
			n -= back;
			break;
		}
	}
	if (n && p[n - 1] == '\r')
		n--;
	paste_add(k, p, n);
	k->used += n;
}

static bool hand_paste(struct keyin *k, struct input *out)
{
	k->state = KEYIN_GROUND;
	k->handed = true;
	*out = (struct input){ .kind = INPUT_PASTE, .text = k->paste.buf, .len = k->paste.len };
	return true;
}

/* --- the parts together -------------------------------------------------- */

static void skip(struct keyin *k)
{
	const unsigned char *p = (const unsigned char *)k->in.buf;

	for (; k->used < k->in.len && k->state != KEYIN_GROUND; k->used++) {
		unsigned char c = p[k->used];

		if (c == ESC) {
			k->state = KEYIN_GROUND;
			return;
		}
		if (k->state == KEYIN_SKIP_CSI ? c >= 0x40 : c < 0x20)
			k->state = KEYIN_GROUND;
	}
}

bool keyin_next(struct keyin *k, struct input *out)
{
	if (k->handed) {
		strbuf_clear(&k->paste);
		k->paste.full = false;
		k->handed = false;
	}
	*out = (struct input){ .kind = INPUT_NONE };
	if (k->esc_due) {
		k->esc_due = false;
		set_key(out, K_ESC, 0);
		return true;
	}
	for (;;) {
		size_t n;

		if (k->state == KEYIN_SKIP_CSI || k->state == KEYIN_SKIP_STRING)
			skip(k);
		if (k->state == KEYIN_PASTING || k->state == KEYIN_PASTE_TAIL)
			gather(k);
		if (k->state == KEYIN_PASTE_DONE ||
			(k->state == KEYIN_PASTE_TAIL && k->in.len - k->used > TAIL_MAX))
			return hand_paste(k, out);
		if (k->state != KEYIN_GROUND || k->used == k->in.len)
			return false;
		n = take(k, (unsigned char *)k->in.buf + k->used, k->in.len - k->used, out);
		k->used += n;
		if (out->kind != INPUT_NONE)
			return true;
		if (!n && k->state == KEYIN_GROUND)
			return false;
	}
}

int keyin_wait(const struct keyin *k)
{
	const unsigned char *p = (const unsigned char *)k->in.buf + k->used;
	size_t len = k->in.len - k->used;

	switch (k->state) {
	case KEYIN_PASTING:
		return PASTE_MS;
	case KEYIN_PASTE_TAIL:
		return TAIL_MS;
	case KEYIN_PASTE_DONE:
		return 0;
	case KEYIN_SKIP_CSI:
	case KEYIN_SKIP_STRING:
		return LATE_MS;
	case KEYIN_GROUND:
		break;
	}
	if (!len)
		return -1;
	if (k->esc_done)
		return len == 1 ? LATE_MS : k->esc_ms;
	return p[0] == ESC && (len == 1 || (len == 2 && p[1] == ESC)) ? k->esc_ms : LATE_MS;
}

static void ground_timeout(struct keyin *k)
{
	const unsigned char *p = (const unsigned char *)k->in.buf + k->used;
	size_t len = k->in.len - k->used;

	if (!len)
		return;
	if (k->esc_done) { /* no sequence: "[" typed after Esc is a character */
		k->esc_done = false;
		k->used++;
	} else if (p[0] == ESC && len == 1) {
		k->esc_due = k->esc_done = true;
	} else if (p[0] == ESC && len == 2 && p[1] == ESC) {
		k->esc_due = true;
		k->used++;
	} else {
		k->used = k->in.len;
	}
}

void keyin_timeout(struct keyin *k)
{
	switch (k->state) {
	case KEYIN_PASTING:
		paste_add(k, (unsigned char *)k->in.buf + k->used, k->in.len - k->used);
		k->used = k->in.len;
		k->state = KEYIN_PASTE_DONE;
		break;
	case KEYIN_PASTE_TAIL:
		k->state = KEYIN_PASTE_DONE;
		break;
	case KEYIN_SKIP_CSI:
	case KEYIN_SKIP_STRING:
		k->state = KEYIN_GROUND;
		break;
	case KEYIN_PASTE_DONE:
		break;
	case KEYIN_GROUND:
		ground_timeout(k);
		break;
	}
}
