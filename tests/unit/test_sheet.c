#include "test.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "date.h"
#include "mem.h"
#include "pack.h"
#include "rows_file.h"
#include "sheet.h"

static const struct sheet_column columns[] = {
	{ "id", "Numéro", 12 },
	{ "nom", "Nom", 30 },
	{ "solde", "Solde", 0 },
	{ "jour", "Dernier achat", 0 },
	{ "sms", "SMS", 0 },
};

#define N_COLUMNS ARRAY_SIZE(columns)

struct fixture {
	char folder[64];
	char path[96];
	struct err err;
	struct sheet *sheet;
};

static void begin_with(struct fixture *f, const struct sheet_options *options)
{
	*f = (struct fixture){ .folder = "/tmp/ecompta-sheet-XXXXXX", .err = ERR_INIT };
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof(f->path), "%s/export", f->folder);
	f->sheet = sheet_create(f->path, options, columns, N_COLUMNS, &f->err);
	assert_non_null(f->sheet);
}

static size_t files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	assert_non_null(dir);
	for (const struct dirent *entry; (entry = readdir(dir));)
		n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(dir);
	return n;
}

static void end(struct fixture *f)
{
	unlink(f->path);
	assert_int_equal(rmdir(f->folder), 0); /* nothing else is left in it */
}

static void add_row(struct fixture *f, int64_t id, const char *name, int64_t cents, int32_t day)
{
	sheet_id(f->sheet, id);
	sheet_text(f->sheet, name);
	sheet_decimal(f->sheet, cents, 2);
	sheet_day(f->sheet, day);
	sheet_bool(f->sheet, id % 2);
	assert_true(sheet_end_row(f->sheet, &f->err));
}

static void add_rows(struct fixture *f)
{
	add_row(f, 4611686018427387905, "Société \"Le Bon\"; Fils", 123456, 19813);
	sheet_blank(f->sheet);
	sheet_text(f->sheet, "=1+2");
	sheet_int(f->sheet, -5);
	assert_true(sheet_end_row(f->sheet, &f->err)); /* the rest is empty */
	add_row(f, 2, "a\nb ", -1, DAY_NONE);
}

static void assert_file(struct fixture *f, const char *expected)
{
	size_t len = strlen(expected);
	char *got = mem_zalloc(len + 64, 1);
	FILE *file = fopen(f->path, "r");
	struct stat st;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fread(got, 1, len + 63, file), len);
	fclose(file);
	assert_string_equal(got, expected);
	free(got);
}

static void sheet__csv__is_exact(void **state)
{
	const struct sheet_options options = { .format = SHEET_CSV };
	struct fixture f;

	(void)state;
	begin_with(&f, &options);
	add_rows(&f);
	assert_int_equal(access(f.path, F_OK), -1); /* not before it is complete */
	assert_true(sheet_finish(f.sheet, &f.err));
	assert_file(&f,
		"Numéro;Nom;Solde;Dernier achat;SMS\r\n"
		"4611686018427387905;\"Société \"\"Le Bon\"\"; Fils\";1234.56;2024-03-31;1\r\n"
		";'=1+2;-5;;\r\n"
		"2;\"a\nb \";-0.01;;0\r\n");
	end(&f);
}

static void sheet__csv__has_its_options(void **state)
{
	const struct sheet_options options = {
		.format = SHEET_CSV, .delimiter = ',', .decimal_mark = ',', .bom = true
	};
	struct fixture f;

	(void)state;
	begin_with(&f, &options);
	add_row(&f, 1, "A; B", 123456, 0);
	assert_true(sheet_finish(f.sheet, &f.err));
	assert_file(&f, "\xef\xbb\xbfNuméro,Nom,Solde,Dernier achat,SMS\r\n"
			"1,A; B,\"1234,56\",1970-01-01,1\r\n");
	end(&f);
}

static void check_guard(const char *text, bool guarded)
{
	const struct sheet_options options = { .format = SHEET_CSV };
	struct strbuf expected = STRBUF_INIT, got = STRBUF_INIT;
	struct fixture f;
	struct rows *rows;

	begin_with(&f, &options);
	sheet_text(f.sheet, text);
	assert_true(sheet_end_row(f.sheet, &f.err));
	assert_true(sheet_finish(f.sheet, &f.err));
	strbuf_addf(&expected, "Numéro;Nom;Solde;Dernier achat;SMS\r\n%s%s;;;;\r\n",
		guarded ? "'" : "", text);
	assert_file(&f, expected.buf);
	/* And what was written is what is read. */
	rows = rows_open_file(f.path, NULL, &f.err);
	assert_non_null(rows);
	table_read(rows, &got);
	strbuf_clear(&expected);
	strbuf_addf(&expected, "1:Numéro|Nom|Solde|Dernier achat|SMS\n2:%s||||\n", text);
	assert_string_equal(got.buf, expected.buf);
	rows_close(rows);
	strbuf_release(&expected);
	strbuf_release(&got);
	end(&f);
}

static void sheet__csv__guards_against_formulas(void **state)
{
	(void)state;
	check_guard("=HYPERLINK(x)", true);
	check_guard("+cmd|' /C calc'!A0", true);
	check_guard("-2+3+cmd", true);
	check_guard("@SUM(A1)", true);
	check_guard("\tx", true);
	check_guard("@boutique", true);
	check_guard("=1", true);
	check_guard("+226 70 12 34 56", false);
	check_guard("+33 (0)6 12.34-56/78", false);
	check_guard("-1 234,50", false);
	check_guard("-", false);
	check_guard("a=b", false);
	check_guard("l'an", false);
}

static void sheet__json__is_exact(void **state)
{
	const struct sheet_options options = { .format = SHEET_JSON };
	struct fixture f;

	(void)state;
	begin_with(&f, &options);
	add_rows(&f);
	assert_true(sheet_finish(f.sheet, &f.err));
	assert_file(&f, "[\n"
			"{\"id\":\"4611686018427387905\",\"nom\":\"Société \\\"Le Bon\\\"; Fils\","
			"\"solde\":1234.56,\"jour\":\"2024-03-31\",\"sms\":true},\n"
			"{\"id\":null,\"nom\":\"=1+2\",\"solde\":-5,\"jour\":null,\"sms\":null},\n"
			"{\"id\":\"2\",\"nom\":\"a\\nb \",\"solde\":-0.01,\"jour\":null,"
			"\"sms\":false}\n"
			"]\n");
	end(&f);
	begin_with(&f, &options);
	assert_true(sheet_finish(f.sheet, &f.err));
	assert_file(&f, "[]\n");
	end(&f);
}

static void sheet__xlsx__is_read_back_as_it_was_written(void **state)
{
	const struct sheet_options options = { .format = SHEET_XLSX, .name = "Clients: l'été" };
	struct strbuf got = STRBUF_INIT;
	struct fixture f;
	struct rows *rows;
	struct stat st;

	(void)state;
	begin_with(&f, &options);
	add_rows(&f);
	assert_true(sheet_end_row(f.sheet, &f.err)); /* a row with nothing in it */
	add_row(&f, 7, "bad \xff byte, \xef\xbf\xbf and \x01", 1000000000000001, -25568);
	assert_int_equal(access(f.path, F_OK), -1);
	assert_true(sheet_finish(f.sheet, &f.err));
	rows = rows_open_file(f.path, NULL, &f.err);
	assert_non_null(rows);
	table_read(rows, &got);
	/* Ids as text, amounts as numbers, days as days; no formula. */
	assert_string_equal(got.buf,
		"1:Numéro|Nom|Solde|Dernier achat|SMS\n"
		"2:4611686018427387905|Société \"Le Bon\"; Fils|#1234.56|@19813=2024-03-31|?1\n"
		"3:|=1+2|#-5\n"
		"4:2|a\nb |#-0.01||?0\n"
		"6:7|bad \xef\xbf\xbd byte, \xef\xbf\xbd and "
		"\x01|10000000000000.01|1899-12-31|?1\n");
	assert_string_equal(rows_facts(rows)->sheet, "Clients- l-été");
	rows_close(rows);
	strbuf_release(&got);
	assert_int_equal(stat(f.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	end(&f);
}

/* What the workbook's own XML says of its looks. */
static void sheet__xlsx__header_is_bold_and_stays(void **state)
{
	const struct sheet_options options = { .format = SHEET_XLSX };
	char xml[8192] = "";
	struct fixture f;
	zip_t *zip;
	zip_file_t *part;

	(void)state;
	begin_with(&f, &options);
	add_row(&f, 1, "A", 1, 0);
	assert_true(sheet_finish(f.sheet, &f.err));
	zip = zip_open(f.path, ZIP_RDONLY, NULL);
	assert_non_null(zip);
	part = zip_fopen(zip, "xl/worksheets/sheet1.xml", 0);
	assert_non_null(part);
	assert_true(zip_fread(part, xml, sizeof(xml) - 1) > 0);
	assert_non_null(strstr(xml, "<pane ySplit=\"1\" topLeftCell=\"A2\""));
	assert_non_null(strstr(xml, "<autoFilter ref=\"A1:E2\"/>"));
	assert_non_null(strstr(xml, "<c r=\"A1\" s=\"1\" t=\"inlineStr\">"));
	zip_fclose(part);
	zip_discard(zip);
	end(&f);
}

static void check_discard(enum sheet_format format)
{
	const struct sheet_options options = { .format = format };
	struct fixture f;

	begin_with(&f, &options);
	add_rows(&f);
	sheet_discard(f.sheet);
	assert_int_equal(files_in(f.folder), 0);
	end(&f);
}

static void sheet__discard__leaves_nothing(void **state)
{
	(void)state;
	check_discard(SHEET_CSV);
	check_discard(SHEET_XLSX);
	check_discard(SHEET_JSON);
}

static void sheet__create__refuses_a_folder_that_is_not_there(void **state)
{
	const struct sheet_options options = { .format = SHEET_CSV };
	struct err err = ERR_INIT;

	(void)state;
	assert_null(sheet_create("/tmp/no such folder/x", &options, columns, N_COLUMNS, &err));
	assert_string_equal(err_name(err.code), "NOT_FOUND");
}

static void sheet__xlsx__holds_so_many_rows_and_no_more(void **state)
{
	const struct sheet_options options = { .format = SHEET_XLSX };
	struct fixture f;

	(void)state;
	begin_with(&f, &options);
	for (int i = 0; i < SHEET_MAX_ROWS; i++)
		assert_true(sheet_end_row(f.sheet, &f.err));
	assert_false(sheet_end_row(f.sheet, &f.err));
	assert_string_equal(err_name(f.err.code), "SHEET_FULL");
	sheet_discard(f.sheet);
	end(&f);
}

/* Writes until the process may write no more to a file, as on a full disk. */
static enum err_code write_into_a_wall(struct fixture *f, enum sheet_format format)
{
	const struct sheet_options options = { .format = format };
	struct rlimit before, wall = { 20000, 20000 };
	bool ok = true;

	begin_with(f, &options);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	wall.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &wall), 0);
	for (int64_t i = 0; ok && i < 4000; i++) {
		sheet_id(f->sheet, i);
		sheet_text(f->sheet, "Ouédraogo");
		ok = sheet_end_row(f->sheet, &f->err);
	}
	if (ok)
		ok = sheet_finish(f->sheet, &f->err);
	else
		sheet_discard(f->sheet);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(ok);
	return f->err.code;
}

static void sheet__write__that_fails_leaves_the_old_file(void **state)
{
	static const enum sheet_format formats[] = { SHEET_CSV, SHEET_XLSX, SHEET_JSON };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		assert_int_equal(write_into_a_wall(&f, formats[i]), ERR_IO);
		assert_string_equal(f.err.subject, f.path);
		assert_int_equal(files_in(f.folder), 0);
		end(&f);
	}
}

/* One row more each time, so that the wall is met at every step of writing a
 * workbook, also where libxlsxwriter notices nothing. */
static void sheet__xlsx__is_whole_or_not_there(void **state)
{
	const struct sheet_options options = { .format = SHEET_XLSX };
	struct rlimit before, wall = { 20000, 20000 };
	int whole = 0, cut = 0;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	wall.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	for (int rows = 100; rows < 300; rows++) {
		struct fixture f;
		bool ok = true;

		begin_with(&f, &options);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &wall), 0);
		for (int i = 0; ok && i < rows; i++) {
			sheet_id(f.sheet, i);
			ok = sheet_end_row(f.sheet, &f.err);
		}
		assert_true(ok);
		ok = sheet_finish(f.sheet, &f.err);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
		whole += ok;
		cut += !ok && strstr(f.err.detail, "rows were kept") != NULL;
		assert_int_equal(files_in(f.folder), ok ? 1 : 0);
		end(&f);
	}
	assert_true(whole > 10);
	assert_true(cut > 0);
}

static void sheet__xlsx__on_a_full_disk_says_so(void **state)
{
	const struct sheet_options options = { .format = SHEET_XLSX };
	struct fixture f = { .err = ERR_INIT };
	int status = 0;
	pid_t child = fork();

	(void)state;
	if (!child) {
		/* A disk of one's own, which nobody else sees. */
		if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
			mount("tmpfs", "/mnt", "tmpfs", 0, "size=2m"))
			_exit(77);
		f.sheet = sheet_create("/mnt/x.xlsx", &options, columns, N_COLUMNS, &f.err);
		for (int i = 0; f.sheet && i < 18000; i++) {
			sheet_text(f.sheet, "Ouédraogo");
			if (!sheet_end_row(f.sheet, &f.err)) {
				sheet_discard(f.sheet);
				f.sheet = NULL;
			}
		}
		if (f.sheet && sheet_finish(f.sheet, &f.err))
			_exit(1);
		_exit(f.err.code == ERR_DISK_FULL && !files_in("/mnt") ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheet__csv__is_exact),
		cmocka_unit_test(sheet__csv__has_its_options),
		cmocka_unit_test(sheet__csv__guards_against_formulas),
		cmocka_unit_test(sheet__json__is_exact),
		cmocka_unit_test(sheet__xlsx__is_read_back_as_it_was_written),
		cmocka_unit_test(sheet__xlsx__header_is_bold_and_stays),
		cmocka_unit_test(sheet__discard__leaves_nothing),
		cmocka_unit_test(sheet__create__refuses_a_folder_that_is_not_there),
		cmocka_unit_test(sheet__write__that_fails_leaves_the_old_file),
		cmocka_unit_test(sheet__xlsx__holds_so_many_rows_and_no_more),
		cmocka_unit_test(sheet__xlsx__is_whole_or_not_there),
		cmocka_unit_test(sheet__xlsx__on_a_full_disk_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
