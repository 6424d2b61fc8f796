#include "test.h"

#include "screen.h"

#include <curses.h>
#include <fcntl.h>
#include <unistd.h>
#include <wchar.h>

#include "keymap.h"
#include "utf8.h"

#define FILE_MAX 65536

struct term_opts screen_opts(int rows, int cols)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	return (struct term_opts){ .type = "xterm-256color",
		.in = fd,
		.out = fd,
		.rows = rows,
		.cols = cols,
		.any_tty = true };
}

void screen_open(struct screen *s, int rows, int cols, enum look_id look)
{
	struct term_opts opts = screen_opts(rows, cols);
	struct err err = ERR_INIT;

	*s = (struct screen){ .term = term_open(&opts, &err) };
	assert_non_null(s->term);
	theme_init(&s->theme, THEME_DARK, term_colours(s->term));
	s->canvas.look = look_get(look);
	s->canvas.theme = &s->theme;
}

void screen_close(struct screen *s)
{
	int fd = term_input_fd(s->term);

	term_close(s->term);
	close(fd);
}

void screen_begin(struct screen *s)
{
	draw_begin(&s->canvas);
}

void screen_show(struct screen *s)
{
	assert_true(term_paint(s->term, &s->canvas));
}

/* --- reading back -------------------------------------------------------- */

/* Appends one cell and returns the cells it takes. */
static int add_cell(struct strbuf *out, int y, int x)
{
	wchar_t text[CCHARW_MAX + 1] = { 0 };
	cchar_t cell;
	attr_t attrs;
	short pair;
	int width;

	if (mvin_wch(y, x, &cell) == ERR || getcchar(&cell, text, &attrs, &pair, NULL) == ERR)
		return 1;
	for (int i = 0; text[i]; i++)
		utf8_add(out, (uint32_t)text[i]);
	width = text[0] ? utf8_char_width((uint32_t)text[0]) : 1;
	return width > 0 ? width : 1;
}

void screen_text(struct strbuf *out)
{
	int y, x;

	getyx(stdscr, y, x);
	for (int row = 0; row < LINES; row++) {
		struct strbuf line = STRBUF_INIT;

		for (int col = 0; col < COLS;)
			col += add_cell(&line, row, col);
		while (line.len && line.buf[line.len - 1] == ' ')
			strbuf_truncate(&line, line.len - 1);
		strbuf_addf(out, "%s\n", line.buf);
		strbuf_release(&line);
	}
	move(y, x);
	strbuf_addf(out, "cursor %d,%d\n", y, x);
}

bool screen_has(const char *text)
{
	struct strbuf all = STRBUF_INIT;
	bool found;

	screen_text(&all);
	found = strstr(all.buf, text) != NULL;
	strbuf_release(&all);
	return found;
}

static void read_file(const char *path, struct strbuf *out)
{
	FILE *f = fopen(path, "r");
	char bytes[4096];
	size_t n;

	while (f && (n = fread(bytes, 1, sizeof(bytes), f)) > 0 && out->len < FILE_MAX)
		strbuf_add(out, bytes, n);
	if (f)
		fclose(f);
}

/* The folder of an office has another name each time. */
static void mask_folders(struct strbuf *out)
{
	static const char office[] = "/tmp/ecompta-office.";

	for (char *at = out->buf; (at = strstr(at, office));) {
		at += sizeof(office) - 1;
		for (int i = 0; i < 6 && at[i] > ' '; i++)
			at[i] = 'X';
	}
}

void screen_expect(const char *name)
{
	struct strbuf have = STRBUF_INIT, want = STRBUF_INIT, path = STRBUF_INIT;
	const char *update = getenv("UPDATE_SCREENS");
	bool same;

	strbuf_addf(&path, "%s/tests/screens/%s.txt", TEST_SRCDIR, name);
	screen_text(&have);
	mask_folders(&have);
	if (update && *update == '1') {
		FILE *f = fopen(path.buf, "w");

		assert_non_null(f);
		fputs(have.buf, f);
		fclose(f);
	}
	read_file(path.buf, &want);
	same = !strcmp(have.buf, want.buf);
	if (!same)
		print_message("--- %s, expected:\n%s--- on the screen:\n%s", path.buf, want.buf,
			have.buf);
	strbuf_release(&have);
	strbuf_release(&want);
	strbuf_release(&path);
	assert_true(same);
}

/* --- input --------------------------------------------------------------- */

static void press(struct ui *ui, struct key key)
{
	struct input in = { .kind = INPUT_KEY, .key = key };

	if (ui_ended(ui))
		return;
	ui_input(ui, &in);
	ui_paint(ui);
}

void screen_keys(struct ui *ui, const char *keys)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		struct key key;

		assert_true(key_parse(keys, len, &key));
		press(ui, key);
		keys += len + (keys[len] == ' ');
	}
}

void screen_type(struct ui *ui, const char *text)
{
	size_t len = strlen(text), n;
	uint32_t cp;

	for (; (n = utf8_decode(text, len, &cp)) > 0; text += n, len -= n)
		press(ui, (struct key){ cp, 0 });
}

void screen_paste(struct ui *ui, const char *text)
{
	struct input in = { .kind = INPUT_PASTE, .text = text, .len = strlen(text) };

	ui_input(ui, &in);
	ui_paint(ui);
}

void screen_press(struct ui *ui, int y, int x)
{
	struct input in = { .kind = INPUT_MOUSE, .mouse = { .what = MOUSE_PRESS, .y = y, .x = x } };

	ui_input(ui, &in);
	ui_paint(ui);
}
