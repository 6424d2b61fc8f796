#include "test.h"

#include <sys/stat.h>

#include "mem.h"
#include "rows_file.h"

struct fixture {
	struct table_file file;
	struct rows *rows;
	struct err err;
	struct strbuf got;
};

static void begin_with(
	struct fixture *f, const void *data, size_t len, const struct rows_options *options)
{
	*f = (struct fixture){ .err = ERR_INIT, .got = STRBUF_INIT };
	f->file = table_write(data, len);
	f->rows = rows_open_file(f->file.path, options, &f->err);
	if (f->rows)
		table_read(f->rows, &f->got);
}

static void end(struct fixture *f)
{
	rows_close(f->rows);
	strbuf_release(&f->got);
	unlink(f->file.path);
}

static void check(const void *data, size_t len, const char *expected)
{
	struct fixture f;

	begin_with(&f, data, len, NULL);
	assert_non_null(f.rows);
	assert_string_equal(f.got.buf, expected);
	end(&f);
}

static void assert_ends(const struct strbuf *got, const char *tail)
{
	assert_true(got->len >= strlen(tail));
	assert_string_equal(got->buf + got->len - strlen(tail), tail);
}

#define CHECK(bytes, expected) check(bytes, sizeof(bytes) - 1, expected)

static void check_facts(
	const void *data, size_t len, enum charset charset, bool bom, char delimiter)
{
	struct fixture f;
	const struct rows_facts *facts;

	begin_with(&f, data, len, NULL);
	assert_non_null(f.rows);
	facts = rows_facts(f.rows);
	assert_int_equal(facts->format, ROWS_CSV);
	assert_string_equal(charset_name(facts->charset), charset_name(charset));
	assert_int_equal(facts->has_bom, bom);
	assert_int_equal(facts->delimiter, delimiter);
	end(&f);
}

#define CHECK_FACTS(bytes, charset, bom, delimiter)                                                \
	check_facts(bytes, sizeof(bytes) - 1, charset, bom, delimiter)

static void check_refused(const void *data, size_t len, enum err_code code)
{
	struct fixture f;

	begin_with(&f, data, len, NULL);
	assert_null(f.rows);
	assert_string_equal(err_name(f.err.code), err_name(code));
	end(&f);
}

#define CHECK_REFUSED(bytes, code) check_refused(bytes, sizeof(bytes) - 1, code)

static void csv__read__plain_lines_with_every_line_end(void **state)
{
	(void)state;
	CHECK("a,b\nc,d\n", "1:a|b\n2:c|d\n");
	CHECK("a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n");
	CHECK("a,b\rc,d\r", "1:a|b\n2:c|d\n");
	CHECK("a,b\nc,d", "1:a|b\n2:c|d\n");
	CHECK("a,\n,d\n", "1:a|\n2:|d\n");
	CHECK("a\n", "1:a\n");
}

static void csv__read__leaves_out_rows_without_a_filled_cell(void **state)
{
	(void)state;
	CHECK("\n\na;b\r\n\r\n;;\n\"\";\nc;d\n\n", "3:a|b\n7:c|d\n");
	CHECK("\n\n", "");
}

static void csv__read__quoted_cells(void **state)
{
	(void)state;
	CHECK("\"a\",\"b,c\"\n\"d \"\"e\"\"\",f\n", "1:a|b,c\n2:d \"e\"|f\n");
	CHECK("\"a\nb\",c\nd,e\n", "1:a\nb|c\n3:d|e\n");
	CHECK("\"a\r\nb\",c\r\nd,e\r\n", "1:a\r\nb|c\n3:d|e\n");
	CHECK("\"a\rb\",c\rd,e\r", "1:a\rb|c\n3:d|e\n");
	CHECK("\"\"\"\",\"\"\n", "1:\"|\n");
	CHECK("a,\"b\"", "1:a|b\n");
	CHECK("a,\"b\"  ,c\n", "1:a|b|c\n");
	/* Only a quote at the beginning of a cell means something. */
	CHECK("12\" pipe,x\n", "1:12\" pipe|x\n");
}

static void csv__read__open_quote_costs_its_line_only(void **state)
{
	(void)state;
	CHECK("a;b\n\"c;d\ne;f\ng;h\n", "1:a|b\n2!UNBALANCED_QUOTE:\"c;d\n3:e|f\n4:g|h\n");
	CHECK("a;b\nc;\"d", "1:a|b\n2!UNBALANCED_QUOTE:c;\"d\n");
	/* The next quote of the file closes it where no cell ends. */
	CHECK("a;b\n\"c;d\ne;\"f\"\n\"g\";h\n", "1:a|b\n2!STRAY_QUOTE:\"c;d\n3:e|f\n4:g|h\n");
	CHECK("a;b\n\"say \"no\" twice\";d\ne;f\n",
		"1:a|b\n2!STRAY_QUOTE:\"say \"no\" twice\";d\n3:e|f\n");
}

static void csv__read__takes_off_the_guard_against_formulas(void **state)
{
	(void)state;
	CHECK("'=1+2;'+226;'-x;'@a\n\"'=a;b\";';'x;l'=\n", "1:=1+2|+226|-x|@a\n2:=a;b|'|'x|l'=\n");
}

static void add_lines(struct strbuf *sb, const char *line, int times)
{
	while (times--)
		strbuf_adds(sb, line);
}

static void csv__read__quoted_cell_spans_a_thousand_lines_at_most(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct fixture f;

	(void)state;
	strbuf_adds(&sb, "k;v\n\"");
	add_lines(&sb, "x\n", ROWS_MAX_OPEN_LINES - 1);
	strbuf_adds(&sb, "\";b\nc;d\n");
	begin_with(&f, sb.buf, sb.len, NULL);
	assert_memory_equal(f.got.buf, "1:k|v\n2:x\n", 10);
	assert_ends(&f.got, "\nx\n|b\n1002:c|d\n");
	end(&f);

	strbuf_clear(&sb);
	strbuf_adds(&sb, "k;v\n\"");
	add_lines(&sb, "x\n", ROWS_MAX_OPEN_LINES);
	strbuf_adds(&sb, "\";b\nc;d\n");
	begin_with(&f, sb.buf, sb.len, NULL);
	assert_memory_equal(f.got.buf, "1:k|v\n2!UNBALANCED_QUOTE:\"x\n3:x\n", 32);
	end(&f);
	strbuf_release(&sb);
}

static void csv__read__quoted_cell_over_the_ceiling_costs_its_line_only(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct fixture f;
	char *long_line = mem_alloc(4097);

	(void)state;
	memset(long_line, 'y', 4095);
	memcpy(long_line + 4095, "\n", 2);
	strbuf_adds(&sb, "k;v\n\"a;b\n");
	add_lines(&sb, long_line, 300);
	strbuf_adds(&sb, "c;d\n\"e\";f\n");
	begin_with(&f, sb.buf, sb.len, NULL);
	assert_memory_equal(f.got.buf, "1:k|v\n2!UNBALANCED_QUOTE:\"a;b\n3:yyy", 35);
	assert_ends(&f.got, "yy\n303:c|d\n304:e|f\n");
	end(&f);
	strbuf_release(&sb);
	free(long_line);
}

static void csv__read__line_at_and_over_the_ceiling(void **state)
{
	char *data = mem_alloc(ROWS_MAX_LINE + 64);
	struct fixture f;
	size_t n;

	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		n = ROWS_MAX_LINE + extra;
		memset(data, 'z', n);
		memcpy(data + 1, ",", 1);
		memcpy(data + n, "\r\na,b\r\n", 7);
		begin_with(&f, data, n + 7, NULL);
		if (extra) {
			assert_memory_equal(f.got.buf, "1!LINE_TOO_LONG:z,zz", 20);
			assert_int_equal(f.got.len, 16 + ROWS_MAX_EXCERPT + 1 + 6);
		} else {
			assert_memory_equal(f.got.buf, "1:z|zz", 6);
			assert_int_equal(f.got.len, 2 + n + 1 + 6);
		}
		assert_ends(&f.got, "2:a|b\n");
		end(&f);
	}
	free(data);
}

static void csv__read__ten_megabytes_without_a_line_end(void **state)
{
	size_t n = (size_t)10 << 20;
	char *data = mem_alloc(n + 16);
	struct fixture f;

	(void)state;
	memcpy(data, "a;b\n", 4);
	memset(data + 4, 'x', n);
	memcpy(data + 4 + n, "\nc;d\n", 5);
	begin_with(&f, data, n + 9, NULL);
	assert_int_equal(f.got.len, 6 + 16 + ROWS_MAX_EXCERPT + 1 + 6);
	assert_memory_equal(f.got.buf, "1:a|b\n2!LINE_TOO_LONG:xxxx", 26);
	assert_ends(&f.got, "3:c|d\n");
	end(&f);
	free(data);
}

static void csv__read__nul_byte_refuses_its_line(void **state)
{
	(void)state;
	CHECK("a,b\nc\0,d\n\0\ne,f\n",
		"1:a|b\n2!NUL_BYTE:c\xef\xbf\xbd,d\n3!NUL_BYTE:\xef\xbf\xbd\n4:e|f\n");
	CHECK("a,b\n\"c\0\nd\",e\nf,g\n\0", "1:a|b\n2!NUL_BYTE:\"c\xef\xbf\xbd\n4:f|g\n"
					    "5!NUL_BYTE:\xef\xbf\xbd\n");
}

static void csv__read__columns_up_to_the_ceiling(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct fixture f;

	(void)state;
	add_lines(&sb, "x,", ROWS_MAX_COLUMNS - 1);
	strbuf_adds(&sb, "y");
	strbuf_adds(&sb, ",,,\na,b\n"); /* empty cells beyond it do no harm */
	begin_with(&f, sb.buf, sb.len, NULL);
	assert_memory_equal(f.got.buf, "1:x|x", 5);
	assert_ends(&f.got, "|x|y\n2:a|b\n");
	end(&f);

	strbuf_clear(&sb);
	add_lines(&sb, "x,", ROWS_MAX_COLUMNS);
	strbuf_adds(&sb, "y\na,b\n");
	begin_with(&f, sb.buf, sb.len, NULL);
	assert_memory_equal(f.got.buf, "1!TOO_MANY_COLUMNS:x,x", 22);
	assert_ends(&f.got, ",y\n2:a|b\n");
	end(&f);
	strbuf_release(&sb);
}

static void csv__detect__delimiter(void **state)
{
	(void)state;
	CHECK_FACTS("id;nom\n1;A, B\n", CHARSET_UTF8, false, ';');
	CHECK_FACTS("id,nom\n1,A\n", CHARSET_UTF8, false, ',');
	CHECK_FACTS("id\tnom\n1\tA;B\n", CHARSET_UTF8, false, '\t');
	/* Decimal commas are as regular as the delimiter. */
	CHECK_FACTS("1;2,50\n2;3,10\n", CHARSET_UTF8, false, ';');
	CHECK_FACTS("1,5;2,5\n1,7;2,9\n", CHARSET_UTF8, false, ';');
	/* What stands in quotes does not count. */
	CHECK_FACTS("\"a;b;c\",x\n\"d;e;f\",y\n", CHARSET_UTF8, false, ',');
	/* A title line above the table. */
	CHECK_FACTS("Balance, au 31/12\n\nid;nom\n1;a\n2;b\n", CHARSET_UTF8, false, ';');
	CHECK_FACTS("nom\nA\n", CHARSET_UTF8, false, ',');
}

static void csv__detect__sep_line_of_excel(void **state)
{
	(void)state;
	CHECK_FACTS("sep=|\na|b\n", CHARSET_UTF8, false, '|');
	CHECK("sep=|\r\na|b;c\r\n", "2:a|b;c\n");
	CHECK("\"sep=;\"\na;b\n", "2:a|b\n");
	CHECK("\xef\xbb\xbfSEP=;\na,x;b\n", "2:a,x|b\n");
	CHECK("sep=ab\nc=d\n", "1:sep=ab\n2:c=d\n");
}

static void csv__detect__given_delimiter_wins(void **state)
{
	const struct rows_options options = { .delimiter = ':' };
	struct fixture f;

	(void)state;
	begin_with(&f, "a:b;c\nd:e;f\n", 12, &options);
	assert_string_equal(f.got.buf, "1:a|b;c\n2:d|e;f\n");
	end(&f);
}

static void csv__read__columns_parted_by_blanks(void **state)
{
	const struct rows_options options = { .delimiter = ' ' };
	const char data[] = " 00004 0001  2   29.33\n\t00021\t 0002 3 63.34  \n   \n\"a b\" c";
	struct fixture f;

	(void)state;
	begin_with(&f, data, sizeof(data) - 1, &options);
	assert_non_null(f.rows);
	assert_string_equal(f.got.buf, "1:00004|0001|2|29.33\n2:00021|0002|3|63.34\n4:a b|c\n");
	end(&f);
}

static void csv__detect__encoding(void **state)
{
	(void)state;
	CHECK_FACTS("a;\xc3\xa9\n", CHARSET_UTF8, false, ';');
	CHECK_FACTS("\xef\xbb\xbf"
		    "a;b\n",
		CHARSET_UTF8, true, ';');
	CHECK_FACTS("a;\xe9\n", CHARSET_LATIN1, false, ';');
	CHECK_FACTS("a;\xe9\x80\n", CHARSET_WINDOWS_1252, false, ';');
	CHECK_FACTS("\xff\xfe"
		    "a\0;\0b\0\n\0",
		CHARSET_UTF16LE, true, ';');
	CHECK_FACTS("\xfe\xff\0a\0;\0b\0\n", CHARSET_UTF16BE, true, ';');
}

static void csv__read__every_encoding_comes_out_as_utf8(void **state)
{
	(void)state;
	CHECK("\xef\xbb\xbfnom;ville\nA\xc3\xafssa;Bobo\n", "1:nom|ville\n2:A\xc3\xafssa|Bobo\n");
	CHECK("nom;ville\nA\xefssa;Bobo\n", "1:nom|ville\n2:A\xc3\xafssa|Bobo\n");
	CHECK("nom;prix\nA\xefssa;5\x80\nx;\"\x93y\"\"\x94\"\n",
		"1:nom|prix\n2:A\xc3\xafssa|5\xe2\x82\xac\n"
		"3:x|\xe2\x80\x9cy\"\xe2\x80\x9d\n");
	CHECK("\xff\xfe"
	      "a\0;\0\xe9\0\r\0\n\0\x3d\xd8\x00\xde;\0b\0",
		"1:a|\xc3\xa9\n2:\xf0\x9f\x98\x80|b\n");
	CHECK("\xfe\xff\0a\0;\0\xe9\0\r\0\n\xd8\x3d\xde\x00\0;\0b",
		"1:a|\xc3\xa9\n2:\xf0\x9f\x98\x80|b\n");
}

static void csv__read__wrong_encoding_refuses_its_line(void **state)
{
	(void)state;
	/* Says UTF-8 by its mark, so the line is wrong and not the file. */
	CHECK("\xef\xbb\xbfnom;x\nA\xefssa;1\nB;2\n",
		"1:nom|x\n2!BAD_ENCODING:A\xef\xbf\xbdssa;1\n3:B|2\n");
	/* Two good sequences against one bad. */
	CHECK("pr\xc3\xa9nom;\xc3\xa9\nA\xefssa;1\nB;2\n",
		"1:pr\xc3\xa9nom|\xc3\xa9\n2!BAD_ENCODING:A\xef\xbf\xbdssa;1\n3:B|2\n");
	/* 81 means nothing in Windows-1252. */
	CHECK("a;\xe9\nb;\x81\nc;d\n", "1:a|\xc3\xa9\n2!BAD_ENCODING:b;\xef\xbf\xbd\n3:c|d\n");
	/* Half a surrogate pair; half a unit at the end of the file. */
	CHECK("\xff\xfe"
	      "a\0;\0b\0\n\0\x3d\xd8;\0c\0\n\0d\0;\0e\0",
		"1:a|b\n2!BAD_ENCODING:\xef\xbf\xbd;c\n3:d|e\n");
	CHECK("\xff\xfe"
	      "a\0;\0b\0\n\0c\0;\0d",
		"1:a|b\n2!BAD_ENCODING:c;\xef\xbf\xbd\n");
}

/* A letter that two reads of the file cut in half is still one letter. */
static void csv__detect__encoding_across_pieces(void **state)
{
	size_t n = 70000;
	char *data = mem_alloc(n + 8);
	struct fixture f;

	(void)state;
	for (size_t at = 65530; at < 65540; at++) {
		memset(data, 'a', n);
		memcpy(data + 1, ";", 1);
		memcpy(data + at, "\xe2\x82\xac", 3);
		begin_with(&f, data, n, NULL);
		assert_string_equal(charset_name(rows_facts(f.rows)->charset), "UTF-8");
		end(&f);
		memcpy(data + at,
			"\xe2\x82"
			"a",
			3);
		begin_with(&f, data, n, NULL);
		assert_string_equal(charset_name(rows_facts(f.rows)->charset), "Windows-1252");
		end(&f);
	}
	free(data);
}

/* Every row of a long file, cut by the window in every possible place. */
static void csv__read__same_rows_wherever_the_window_ends(void **state)
{
	struct strbuf sb = STRBUF_INIT, want = STRBUF_INIT;
	struct fixture f;

	(void)state;
	for (int shift = 0; shift < 24; shift++) {
		strbuf_clear(&sb);
		strbuf_clear(&want);
		strbuf_addf(&sb, "k;%.*s\r\n", shift, "abcdefghijklmnopqrstuvwxyz");
		strbuf_addf(&want, "1:k|%.*s\n", shift, "abcdefghijklmnopqrstuvwxyz");
		for (int i = 0; sb.len < (size_t)2 << 20; i++) {
			strbuf_addf(&sb, "%d;\"a\r\n\"\"b\"\"\"\r\n", i % 10);
			strbuf_addf(&want, "%d:%d|a\r\n\"b\"\n", 2 + 2 * i, i % 10);
		}
		begin_with(&f, sb.buf, sb.len, NULL);
		assert_int_equal(f.got.len, want.len);
		assert_memory_equal(f.got.buf, want.buf, want.len);
		end(&f);
	}
	strbuf_release(&sb);
	strbuf_release(&want);
}

/* Reading from every mark gives the rest of the rows, with the same lines. */
static void check_marks(const void *data, size_t len)
{
	struct table_file file = table_write(data, len);
	struct strbuf all = STRBUF_INIT, rest = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct rows *rows = rows_open_file(file.path, NULL, &err);
	struct rows *other = rows_open_file(file.path, NULL, &err);
	size_t done = 0, marks = 0;

	assert_non_null(rows);
	assert_non_null(other);
	assert_int_equal(rows_size(rows), len);
	table_read(rows, &all);
	assert_int_equal(rows_tell(rows), len);
	assert_true(rows_seek(rows, rows_mark(other), &err));
	for (;; marks++) {
		assert_true(rows_seek(other, rows_mark(rows), &err));
		table_read(other, &rest);
		assert_string_equal(rest.buf, all.buf + done);
		strbuf_clear(&rest);
		if (!table_row(rows, &rest))
			break;
		done += rest.len;
	}
	assert_int_equal(marks, 4);
	rows_close(rows);
	rows_close(other);
	strbuf_release(&all);
	strbuf_release(&rest);
	unlink(file.path);
}

static void csv__seek__goes_on_at_any_mark(void **state)
{
	static const char utf8[] = "sep=;\n\xc3\xa9;b\n\nc;\"d\ne\"\n\"f;g\nh;i";
	static const char utf16[] = "\xff\xfe"
				    "\xe9\0;\0b\0\n\0\x3d\xd8\x00\xde;\0c\0\r\0\n\0"
				    "\x3d\xd8;\0d\0\n\0e\0;\0f\0";

	(void)state;
	check_marks(utf8, sizeof(utf8) - 1);
	check_marks(utf16, sizeof(utf16) - 1);
}

static void csv__seek__refuses_a_mark_outside_the_file(void **state)
{
	struct fixture f;

	(void)state;
	begin_with(&f,
		"\xef\xbb\xbf"
		"a;b\n",
		7, NULL);
	assert_false(rows_seek(f.rows, (struct rows_mark){ 8, 2 }, &f.err));
	assert_string_equal(err_name(f.err.code), "FILE_CHANGED");
	assert_false(rows_seek(f.rows, (struct rows_mark){ 2, 1 }, &f.err));
	assert_true(rows_seek(f.rows, (struct rows_mark){ 7, 2 }, &f.err));
	end(&f);
}

static void csv__open__refuses_what_is_no_table(void **state)
{
	(void)state;
	CHECK_REFUSED("", ERR_FILE_EMPTY);
	CHECK_REFUSED("\xef\xbb\xbf", ERR_FILE_EMPTY);
	CHECK_REFUSED("%PDF-1.4\n", ERR_NOT_A_TABLE);
	CHECK_REFUSED("\x89PNG\r\n", ERR_NOT_A_TABLE);
	CHECK_REFUSED(" \r\n<html><table>", ERR_MARKUP_TABLE);
	CHECK_REFUSED("\xef\xbb\xbf<?xml version=\"1.0\"?>", ERR_MARKUP_TABLE);
}

static void check_path(const char *path, enum err_code code)
{
	struct err err = ERR_INIT;

	assert_null(rows_open_file(path, NULL, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	assert_string_equal(err.subject, path);
}

static void csv__open__refuses_folder_pipe_and_missing_file(void **state)
{
	char folder[] = "/tmp/ecompta-folder-XXXXXX";
	struct strbuf pipe = STRBUF_INIT;

	(void)state;
	assert_non_null(mkdtemp(folder));
	check_path(folder, ERR_IS_FOLDER);
	strbuf_addf(&pipe, "%s/pipe", folder);
	check_path(pipe.buf, ERR_NOT_FOUND);
	assert_int_equal(mkfifo(pipe.buf, 0600), 0);
	check_path(pipe.buf, ERR_NOT_A_TABLE);
	unlink(pipe.buf);
	rmdir(folder);
	strbuf_release(&pipe);
}

static void csv__open__refuses_a_file_without_the_right_to_read(void **state)
{
	struct table_file file = table_write("a;b\n", 4);
	bool root = !geteuid();

	(void)state;
	assert_int_equal(chmod(file.path, 0), 0);
	/* Root reads everything: become nobody for a moment. */
	if (root)
		assert_int_equal(seteuid(65534), 0);
	check_path(file.path, ERR_NO_RIGHT);
	if (root)
		assert_int_equal(seteuid(0), 0);
	unlink(file.path);
}

static void rows__open_text__reads_a_paste(void **state)
{
	/* A terminal sends pasted line ends as CR. */
	static const char paste[] = "nom\tville\rA\xc3\xafssa\tBobo, Houet\r";
	struct strbuf got = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct rows *rows = rows_open_text(paste, sizeof(paste) - 1, NULL, &err);

	(void)state;
	assert_non_null(rows);
	table_read(rows, &got);
	assert_string_equal(got.buf, "1:nom|ville\n2:A\xc3\xafssa|Bobo, Houet\n");
	rows_close(rows);
	assert_null(rows_open_text("", 0, NULL, &err));
	assert_string_equal(err_name(err.code), "PASTE_EMPTY");
	strbuf_release(&got);
}

static void rows__open_text__takes_five_thousand_rows(void **state)
{
	struct strbuf sb = STRBUF_INIT, got = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct rows *rows;

	(void)state;
	add_lines(&sb, "a\tb\n\n", ROWS_MAX_PASTED);
	rows = rows_open_text(sb.buf, sb.len, NULL, &err);
	assert_non_null(rows);
	table_read(rows, &got);
	assert_ends(&got, "9997:a|b\n9999:a|b\n");
	rows_close(rows);
	strbuf_adds(&sb, "c\td\n");
	assert_null(rows_open_text(sb.buf, sb.len, NULL, &err));
	assert_string_equal(err_name(err.code), "PASTE_TOO_LONG");
	strbuf_release(&sb);
	strbuf_release(&got);
}

static void rows__sheets__of_a_csv_are_none(void **state)
{
	struct table_file file = table_write("a;b\n", 4);
	struct rows_sheets sheets;
	struct err err = ERR_INIT;

	(void)state;
	assert_true(rows_sheets(file.path, &sheets, &err));
	assert_int_equal(sheets.n, 0);
	rows_sheets_release(&sheets);
	unlink(file.path);
}

static void rows__faults__have_names_and_sentences(void **state)
{
	(void)state;
	for (int i = ROW_FINE + 1; i < ROW_FAULT_COUNT; i++) {
		assert_true(strlen(row_fault_name((enum row_fault)i)) > 3);
		assert_true(strlen(row_fault_sentence((enum row_fault)i)) > 30);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv__read__plain_lines_with_every_line_end),
		cmocka_unit_test(csv__read__leaves_out_rows_without_a_filled_cell),
		cmocka_unit_test(csv__read__quoted_cells),
		cmocka_unit_test(csv__read__open_quote_costs_its_line_only),
		cmocka_unit_test(csv__read__takes_off_the_guard_against_formulas),
		cmocka_unit_test(csv__read__quoted_cell_spans_a_thousand_lines_at_most),
		cmocka_unit_test(csv__read__quoted_cell_over_the_ceiling_costs_its_line_only),
		cmocka_unit_test(csv__read__line_at_and_over_the_ceiling),
		cmocka_unit_test(csv__read__ten_megabytes_without_a_line_end),
		cmocka_unit_test(csv__read__nul_byte_refuses_its_line),
		cmocka_unit_test(csv__read__columns_up_to_the_ceiling),
		cmocka_unit_test(csv__detect__delimiter),
		cmocka_unit_test(csv__detect__sep_line_of_excel),
		cmocka_unit_test(csv__detect__given_delimiter_wins),
		cmocka_unit_test(csv__read__columns_parted_by_blanks),
		cmocka_unit_test(csv__detect__encoding),
		cmocka_unit_test(csv__read__every_encoding_comes_out_as_utf8),
		cmocka_unit_test(csv__read__wrong_encoding_refuses_its_line),
		cmocka_unit_test(csv__detect__encoding_across_pieces),
		cmocka_unit_test(csv__read__same_rows_wherever_the_window_ends),
		cmocka_unit_test(csv__seek__goes_on_at_any_mark),
		cmocka_unit_test(csv__seek__refuses_a_mark_outside_the_file),
		cmocka_unit_test(csv__open__refuses_what_is_no_table),
		cmocka_unit_test(csv__open__refuses_folder_pipe_and_missing_file),
		cmocka_unit_test(csv__open__refuses_a_file_without_the_right_to_read),
		cmocka_unit_test(rows__open_text__reads_a_paste),
		cmocka_unit_test(rows__open_text__takes_five_thousand_rows),
		cmocka_unit_test(rows__sheets__of_a_csv_are_none),
		cmocka_unit_test(rows__faults__have_names_and_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
