#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "keyin.h"
#include "keymap.h"

/* --- what came out, as text ---------------------------------------------- */

static void add_event(struct strbuf *out, const struct input *in)
{
	static const char *const mice[] = { "press", "release", "drag", "wheel-up", "wheel-down" };

	if (out->len)
		strbuf_addc(out, ' ');
	switch (in->kind) {
	case INPUT_KEY:
		key_label(in->key, out);
		break;
	case INPUT_PASTE:
		strbuf_addf(out, "<%.*s>", (int)in->len, in->text);
		break;
	case INPUT_MOUSE:
		strbuf_addf(out, "%s:%d:%d,%d", mice[in->mouse.what], in->mouse.button, in->mouse.y,
			in->mouse.x);
		break;
	case INPUT_NONE:
		strbuf_adds(out, "nothing");
		break;
	}
}

static void drain(struct keyin *k, struct strbuf *out)
{
	struct input in;

	while (keyin_next(k, &in))
		add_event(out, &in);
}

/* Lets time pass until nothing is pending. */
static void silence(struct keyin *k, struct strbuf *out)
{
	drain(k, out);
	for (int i = 0; i < 10 && keyin_wait(k) >= 0; i++) {
		keyin_timeout(k);
		drain(k, out);
	}
	assert_int_equal(keyin_wait(k), -1);
}

/* Feeds the bytes in reads of `step`, then waits. */
static char *decode(const char *bytes, size_t len, size_t step, bool utf8)
{
	struct strbuf out = STRBUF_INIT;
	struct keyin k;

	keyin_init(&k, utf8);
	for (size_t i = 0; i < len; i += step) {
		keyin_feed(&k, bytes + i, step < len - i ? step : len - i);
		drain(&k, &out);
	}
	silence(&k, &out);
	keyin_release(&k);
	return strbuf_detach(&out);
}

/* The same events whatever the reads: all at once, byte by byte, by twos, threes. */
static void expect_bytes(const char *bytes, size_t len, const char *want)
{
	static const size_t steps[] = { 1, 2, 3, 5, 4096 };

	for (size_t i = 0; i < 5; i++) {
		char *have = decode(bytes, len, steps[i], true);

		if (strcmp(have, want))
			print_message("in reads of %zu bytes\n", steps[i]);
		assert_string_equal(have, want);
		free(have);
	}
}

static void expect(const char *bytes, const char *want)
{
	expect_bytes(bytes, strlen(bytes), want);
}

/* --- keys ---------------------------------------------------------------- */

static void keyin__chars__plain_and_utf8(void **state)
{
	(void)state;
	expect("aZ?", "a Z ?");
	expect(" ", "Space");
	expect("é€😀", "é € 😀");
	expect("&é\"'(-è_", "& é \" ' ( - è _");
	expect("\r", "Enter");
	expect("\n", "Enter");
	expect("\t", "Tab");
	expect("\x7f\x08", "Backspace Backspace");
	expect("\x12\x1a\x13\x03", "Ctrl-R Ctrl-Z Ctrl-S Ctrl-C");
	expect_bytes("\0", 1, "Ctrl-Space");
	expect("\x1f", "Ctrl-_");
}

static void keyin__chars__broken_utf8_is_dropped(void **state)
{
	(void)state;
	expect("\xe9x", "x"); /* a Latin-1 é */
	expect("\xc3(", "("); /* cut short */
	expect("a\x80\xbf\xff"
	       "b",
		"a b");
	expect("\xed\xa0\x80x", "x"); /* a surrogate */
	expect("\xc0\xafx", "x");     /* overlong */
	expect("\xc2\x9b"
	       "A",
		"A"); /* C1 as UTF-8 is no key and no sequence */
	expect("\xc3", "");
}

static void keyin__chars__latin1(void **state)
{
	char *have = decode("\xe9\x9b"
			    "A\x8fP\x84z",
		7, 1, false);

	(void)state;
	assert_string_equal(have, "é Up F1 z");
	free(have);
}

static void keyin__arrows__all_dialects(void **state)
{
	(void)state;
	expect("\033[A\033[B\033[C\033[D", "Up Down Right Left");
	expect("\033OA\033OB\033OC\033OD", "Up Down Right Left");
	expect("\033[1;5C\033[1;2A\033[1;3B\033[1;6D",
		"Ctrl-Right Shift-Up Alt-Down Ctrl-Shift-Left");
	expect("\033[1;9A", "Up"); /* Meta is no key of ours */
	expect("\033O5C", "Ctrl-Right");
	expect("\033Oc\033[d", "Ctrl-Right Shift-Left"); /* rxvt */
	expect("\033\033[A", "Alt-Up");
}

static void keyin__home_end__putty_and_all(void **state)
{
	(void)state;
	expect("\033[1~\033[4~\033[7~\033[8~", "Home End Home End");
	expect("\033OH\033OF\033[H\033[F", "Home End Home End");
	expect("\033[1;5H\033[1;2F", "Ctrl-Home Shift-End");
	expect("\033[2~\033[3~\033[5~\033[6~", "Ins Del PgUp PgDn");
	expect("\033[3;5~\033[5;2~", "Ctrl-Del Shift-PgUp");
	expect("\033[7$\033[8^\033[3@", "Shift-Home Ctrl-End Ctrl-Shift-Del"); /* rxvt */
	expect("\033[Z", "Shift-Tab");
}

static void keyin__functions__all_dialects(void **state)
{
	(void)state;
	expect("\033[11~\033[12~\033[13~\033[14~\033[15~", "F1 F2 F3 F4 F5");
	expect("\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4");
	expect("\033[[A\033[[E", "F1 F5"); /* Linux console */
	expect("\033[17~\033[21~\033[23~\033[24~", "F6 F10 F11 F12");
	expect("\033[25~\033[34~", "");
	expect("\033[1;5P\033[1;2S", "Ctrl-F1 Shift-F4");
}

static void keyin__keypad__digits(void **state)
{
	(void)state;
	expect("\033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow\033Ox\033Oy",
		"0 1 2 3 4 5 6 7 8 9");
	expect("\033OM\033Ok\033Om\033Oj\033Oo\033On\033Ol\033OX", "Enter + - * / . , =");
}

static void keyin__modified__csi_u(void **state)
{
	(void)state;
	expect("\033[114;5u\033[13;2u\033[27u\033[9;2u", "Ctrl-R Shift-Enter Esc Shift-Tab");
	expect("\033[27;5;114~", "Ctrl-R");
}

static void keyin__alt__letter(void **state)
{
	(void)state;
	expect("\033x", "Alt-x");
	expect("\033\xc3\xa9", "Alt-é");
	expect("\033\r", "Alt-Enter");
}

/* --- Esc ----------------------------------------------------------------- */

static void keyin__esc__alone_after_its_time(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct keyin k;

	(void)state;
	keyin_init(&k, true);
	keyin_feed(&k, "\033", 1);
	drain(&k, &out);
	assert_string_equal(out.buf, "");
	assert_int_equal(keyin_wait(&k), KEYIN_ESC_MS);
	keyin_timeout(&k);
	drain(&k, &out);
	assert_string_equal(out.buf, "Esc");
	strbuf_release(&out);
	keyin_release(&k);
	expect("\033", "Esc");
	expect("\033\033", "Esc Esc");
}

/* The rest of a sequence that a slow line cut behind its Esc acts as no key. */
static void keyin__esc__late_sequence_is_dropped(void **state)
{
	static const struct {
		const char *late, *want;
	} cases[] = {
		{ "[A", "Esc" },
		{ "[1;5C", "Esc" },
		{ "OB", "Esc" },
		{ "x", "Esc x" },
		{ "[", "Esc [" },
		{ "O", "Esc O" },
		{ "Ou", "Esc O u" },
		{ "[Ax", "Esc x" },
		{ "\033[A", "Esc Up" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;
		struct keyin k;

		keyin_init(&k, true);
		keyin_feed(&k, "\033", 1);
		drain(&k, &out);
		keyin_timeout(&k);
		drain(&k, &out);
		keyin_feed(&k, cases[i].late, strlen(cases[i].late));
		silence(&k, &out);
		assert_string_equal(out.buf, cases[i].want);
		strbuf_release(&out);
		keyin_release(&k);
	}
}

/* A sequence cut in its middle is waited for longer than an Esc. */
static void keyin__wait__cut_sequence(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct keyin k;

	(void)state;
	keyin_init(&k, true);
	keyin_feed(&k, "\033[1;", 4);
	drain(&k, &out);
	assert_true(keyin_wait(&k) >= 1000);
	keyin_feed(&k, "5C", 2);
	drain(&k, &out);
	assert_string_equal(out.buf, "Ctrl-Right");
	strbuf_release(&out);
	keyin_release(&k);
}

/* --- what is nobody's key ------------------------------------------------ */

static void keyin__unknown__read_to_its_final_byte(void **state)
{
	(void)state;
	expect("\033[99;99~x", "x");
	expect("\033[?1;2cx", "x");	/* device attributes */
	expect("\033[>0;276;0cx", "x"); /* secondary */
	expect("\033[?2004;1$yx", "x"); /* mode report */
	expect("\033[24;80Rx", "x");	/* cursor position */
	expect("\033[8;24;80tx", "x");	/* window size */
	expect("\033[I\033[Ox", "x");	/* focus in and out */
	expect("\033[E\033[Gx", "x");	/* keypad 5, xterm */
	expect("\033]11;rgb:0000/0000/0000\033\\x", "x");
	expect("\033]52;c;QUJD\ax", "x");
	expect("\033P>|XTerm(379)\033\\x", "x");
	expect("\033_Gi=1;OK\033\\x", "x");
	expect("\033(Bx", "x");
	expect("\033[12\x18x", "Ctrl-X x"); /* broken off by a control */
	expect("\033[12\033[Ax", "Up x");   /* and by another sequence */
	expect("\033[M !!x", "x");	    /* an old mouse report's three bytes */
	expect("\033[32;10;10Mx", "x");	    /* rxvt's */
}

static void keyin__unknown__endless(void **state)
{
	char bytes[9000];
	char *have;

	(void)state;
	memset(bytes, '1', sizeof(bytes));
	memcpy(bytes, "\033[", 2);
	memcpy(bytes + sizeof(bytes) - 2, "qx", 2);
	have = decode(bytes, sizeof(bytes), 7, true);
	assert_string_equal(have, "x");
	free(have);
	memset(bytes, 'j', sizeof(bytes));
	memcpy(bytes, "\033]", 2);
	memcpy(bytes + sizeof(bytes) - 2, "\ax", 2);
	have = decode(bytes, sizeof(bytes), 100, true);
	assert_string_equal(have, "x");
	free(have);
}

/* Any bytes at all: nothing hangs, nothing is read beyond the end. */
static void keyin__garbage__ends(void **state)
{
	uint32_t seed = 12345;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		char bytes[64];
		char *have;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			static const char likely[] = "\033[O?;<1M~200";

			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 16);
			if (seed >> 31)
				bytes[i] = likely[seed % (sizeof(likely) - 1)];
		}
		have = decode(bytes, sizeof(bytes), 1 + seed % 9, seed & 64);
		free(have);
	}
}

/* --- mouse --------------------------------------------------------------- */

static void keyin__mouse__sgr(void **state)
{
	(void)state;
	expect("\033[<0;10;5M\033[<0;10;5m", "press:0:4,9 release:0:4,9");
	expect("\033[<2;1;1M\033[<32;3;4M", "press:2:0,0 drag:0:3,2");
	expect("\033[<64;7;8M\033[<65;7;8M", "wheel-up:0:7,6 wheel-down:1:7,6");
	expect("\033[<66;7;8M\033[<128;1;1M\033[<0;0;0M\033[<0Mx", "x");
}

/* --- pastes -------------------------------------------------------------- */

static void keyin__paste__bracketed(void **state)
{
	(void)state;
	expect("\033[200~Kaboré\033[201~", "<Kaboré>");
	expect("\033[200~q\rx\r\ny\n\tz\033[201~q", "<q\nx\ny\n\tz> q");
	expect("\033[200~\033[201~", "<>");
	expect("a\033[200~b\033[201~", "a <b>");
}

static void keyin__paste__escape_inside_never_acts(void **state)
{
	(void)state;
	expect("\033[200~a\033[Ab\033[31mc\x03"
	       "d\x7f"
	       "e\033[201~",
		"<abcde>");
	expect("\033[200~a\033\033[201~", "<a>");
	/* copied text that holds an end mark: the rest of it is no key */
	expect("\033[200~a\033[201~q\rx\033[201~", "<aq\nx>");
	expect("\033[200~a\033[201~qx\033[200~b\033[201~", "<aqxb>");
}

static void keyin__paste__end_is_waited_for(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct keyin k;

	(void)state;
	keyin_init(&k, true);
	keyin_feed(&k, "\033[200~abc", 9);
	drain(&k, &out);
	assert_string_equal(out.buf, "");
	assert_true(keyin_wait(&k) >= 1000);
	silence(&k, &out);
	assert_string_equal(out.buf, "<abc>");
	keyin_feed(&k, "\033[200~d\033[201~", 13);
	silence(&k, &out);
	assert_string_equal(out.buf, "<abc> <d>");
	strbuf_release(&out);
	keyin_release(&k);
}

static void keyin__paste__ceiling(void **state)
{
	size_t len = KEYIN_PASTE_MAX + 5000;
	char *bytes = malloc(len + 12);
	struct keyin k;
	struct input in;
	bool got;

	(void)state;
	assert_non_null(bytes);
	memcpy(bytes, "\033[200~", 6);
	memset(bytes + 6, 'a', len);
	memcpy(bytes + 6 + len, "\033[201~", 6);
	keyin_init(&k, true);
	for (size_t i = 0; i < len + 12; i += 4096)
		keyin_feed(&k, bytes + i, len + 12 - i < 4096 ? len + 12 - i : 4096),
			assert_false(keyin_next(&k, &in));
	keyin_timeout(&k);
	got = keyin_next(&k, &in);
	assert_true(got);
	assert_int_equal(in.kind, INPUT_PASTE);
	assert_int_equal(in.len, KEYIN_PASTE_MAX);
	got = keyin_next(&k, &in);
	assert_false(got);
	keyin_release(&k);
	free(bytes);
}

static void keyin__paste__unmarked_phone(void **state)
{
	char *have = decode("+226 70 12 34 56", 16, 4096, true);

	(void)state;
	assert_string_equal(have, "<+226 70 12 34 56>");
	free(have);
	have = decode("701234", 6, 4096, true);
	assert_string_equal(have, "<701234>");
	free(have);
	have = decode("70123", 5, 4096, true); /* five digits may be typed ahead */
	assert_string_equal(have, "7 0 1 2 3");
	free(have);
}

static void keyin__paste__burst_where_marks_are_missing(void **state)
{
	static const struct {
		const char *bytes;
		bool burst;
		const char *want;
	} cases[] = {
		{ "awa.kabre@faso.bf\r", true, "<awa.kabre@faso.bf\n>" },
		{ "awa.kabre@faso.bf", false, "a w a . k a b r e @ f a s o . b f" },
		{ "jjjjjjjjjjjjjjjjjj", true, "j j j j j j j j j j j j j j j j j j" },
		{ "/kabore\r", true, "/ k a b o r e Enter" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;
		struct keyin k;

		keyin_init(&k, true);
		k.burst = cases[i].burst;
		keyin_feed(&k, cases[i].bytes, strlen(cases[i].bytes));
		silence(&k, &out);
		assert_string_equal(out.buf, cases[i].want);
		strbuf_release(&out);
		keyin_release(&k);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keyin__chars__plain_and_utf8),
		cmocka_unit_test(keyin__chars__broken_utf8_is_dropped),
		cmocka_unit_test(keyin__chars__latin1),
		cmocka_unit_test(keyin__arrows__all_dialects),
		cmocka_unit_test(keyin__home_end__putty_and_all),
		cmocka_unit_test(keyin__functions__all_dialects),
		cmocka_unit_test(keyin__keypad__digits),
		cmocka_unit_test(keyin__modified__csi_u),
		cmocka_unit_test(keyin__alt__letter),
		cmocka_unit_test(keyin__esc__alone_after_its_time),
		cmocka_unit_test(keyin__esc__late_sequence_is_dropped),
		cmocka_unit_test(keyin__wait__cut_sequence),
		cmocka_unit_test(keyin__unknown__read_to_its_final_byte),
		cmocka_unit_test(keyin__unknown__endless),
		cmocka_unit_test(keyin__garbage__ends),
		cmocka_unit_test(keyin__mouse__sgr),
		cmocka_unit_test(keyin__paste__bracketed),
		cmocka_unit_test(keyin__paste__escape_inside_never_acts),
		cmocka_unit_test(keyin__paste__end_is_waited_for),
		cmocka_unit_test(keyin__paste__ceiling),
		cmocka_unit_test(keyin__paste__unmarked_phone),
		cmocka_unit_test(keyin__paste__burst_where_marks_are_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
