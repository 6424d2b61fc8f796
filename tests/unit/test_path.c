#include "test.h"

#include <dirent.h>
#include <sys/resource.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path.h"

static char home[] = "/tmp/test_path.XXXXXX";

static void assert_place(enum path_place place, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;

	assert_true(path_place(place, &sb, &err));
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

static void clear_environment(void)
{
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_RUNTIME_DIR");
}

static void path__place__defaults_under_home(void **state)
{
	(void)state;
	clear_environment();
	setenv("HOME", "/home/awa/", 1);
	assert_place(PATH_DATA, "/home/awa/.local/share/ecompta-crm");
	assert_place(PATH_CONFIG, "/home/awa/.config/ecompta-crm");
	assert_place(PATH_STATE, "/home/awa/.local/state/ecompta-crm");
	assert_place(PATH_RUNTIME, "/home/awa/.local/state/ecompta-crm/run");
	assert_place(PATH_EXCHANGE, "/home/awa/ecompta");
}

static void path__place__follows_xdg_when_absolute(void **state)
{
	(void)state;
	setenv("HOME", "/home/awa", 1);
	setenv("XDG_DATA_HOME", "/srv/data", 1);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("XDG_STATE_HOME", "", 1);
	setenv("XDG_RUNTIME_DIR", "/run/user/1000", 1);
	assert_place(PATH_DATA, "/srv/data/ecompta-crm");
	assert_place(PATH_CONFIG, "/home/awa/.config/ecompta-crm");
	assert_place(PATH_STATE, "/home/awa/.local/state/ecompta-crm");
	assert_place(PATH_RUNTIME, "/run/user/1000/ecompta-crm");
	clear_environment();
}

static void path__place__asks_the_system_without_home(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	unsetenv("HOME");
	assert_true(path_place(PATH_EXCHANGE, &sb, &err));
	assert_int_equal(sb.buf[0], '/');
	strbuf_release(&sb);
}

static int mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void path__store__makes_private_folders(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	char expected[256];

	(void)state;
	clear_environment();
	umask(0);
	setenv("HOME", home, 1);
	assert_true(path_store(&sb, &err));
	snprintf(expected, sizeof(expected), "%s/.local/share/ecompta-crm/store.db", home);
	assert_string_equal(sb.buf, expected);
	strbuf_truncate(&sb, sb.len - strlen("/store.db"));
	assert_int_equal(mode_of(sb.buf), 0700);
	strbuf_truncate(&sb, sb.len - strlen("/ecompta-crm"));
	assert_int_equal(mode_of(sb.buf), 0700);
	chmod(sb.buf, 0755);
	strbuf_adds(&sb, "//ecompta-crm/");
	assert_true(path_mkdirs(sb.buf, &err));
	strbuf_truncate(&sb, sb.len - strlen("//ecompta-crm/"));
	assert_int_equal(mode_of(sb.buf), 0755);
	strbuf_release(&sb);
	assert_true(path_mkdirs("/", &err));
}

static const char *in_home(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", home, name);
	return path;
}

static void path__mkdirs__refuses_a_file_in_the_way(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_true(path_write(in_home("file"), "x", 1, &err));
	assert_false(path_mkdirs(in_home("file"), &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	assert_false(path_mkdirs(in_home("file/below"), &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	assert_false(path_mkdirs("", &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static unsigned hidden_files(void)
{
	DIR *dir = opendir(home);
	struct dirent *entry;
	unsigned count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += strncmp(entry->d_name, ".new-", 5) == 0;
	closedir(dir);
	return count;
}

static void assert_content(const char *path, const char *expected)
{
	char buf[64] = "";
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	buf[fread(buf, 1, sizeof(buf) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(buf, expected);
}

static void path__write__replaces_as_a_whole(void **state)
{
	struct err err = ERR_INIT;
	struct path_new n;
	int64_t size = 0;

	(void)state;
	assert_true(path_write(in_home("a"), "first", 5, &err));
	assert_int_equal(mode_of(in_home("a")), 0600);
	assert_true(path_new_open(&n, in_home("a"), &err));
	fputs("second, longer", n.file);
	fflush(n.file);
	assert_content(in_home("a"), "first");
	assert_int_equal(hidden_files(), 1);
	assert_true(path_new_commit(&n, &err));
	assert_content(in_home("a"), "second, longer");
	assert_true(path_size(in_home("a"), &size, &err));
	assert_int_equal(size, 14);
	assert_int_equal(hidden_files(), 0);
}

static void path__new_discard__leaves_the_old_file(void **state)
{
	struct err err = ERR_INIT;
	struct path_new n;

	(void)state;
	assert_true(path_write(in_home("b"), "old", 3, &err));
	assert_true(path_new_open(&n, in_home("b"), &err));
	fputs("half", n.file);
	path_new_discard(&n);
	assert_content(in_home("b"), "old");
	assert_int_equal(hidden_files(), 0);
}

static void path__new_commit_once__leaves_what_is_there(void **state)
{
	struct err err = ERR_INIT;
	struct path_new first, second;

	(void)state;
	assert_true(path_new_open(&first, in_home("once"), &err));
	assert_true(path_new_open(&second, in_home("once"), &err));
	fputs("first", first.file);
	fputs("second", second.file);
	assert_true(path_new_commit_once(&first, &err));
	assert_false(path_new_commit_once(&second, &err));
	assert_int_equal(err.code, ERR_DUPLICATE);
	assert_content(in_home("once"), "first");
	assert_int_equal(hidden_files(), 0);
}

/* A limit on the file's size stands for a full disk: the write fails inside
 * stdio, long before the commit. */
static void path__new_commit__fails_when_a_write_failed(void **state)
{
	struct rlimit before, small;
	struct err err = ERR_INIT;
	struct path_new n;

	(void)state;
	assert_true(path_write(in_home("c"), "old", 3, &err));
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 8192;
	setrlimit(RLIMIT_FSIZE, &small);
	assert_true(path_new_open(&n, in_home("c"), &err));
	for (int i = 0; i < 20000; i++)
		fputc('x', n.file);
	assert_true(ferror(n.file));
	assert_false(path_new_commit(&n, &err));
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(err.code, ERR_IO);
	assert_content(in_home("c"), "old");
	assert_int_equal(hidden_files(), 0);
}

static void path__write__names_the_reason(void **state)
{
	struct err err = ERR_INIT;
	int64_t size;

	(void)state;
	assert_false(path_write(in_home("none/x"), "x", 1, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.subject, in_home("none/x"));
	err_clear(&err);
	assert_false(path_write(home, "x", 1, &err));
	assert_int_equal(err.code, ERR_IS_FOLDER);
	err_clear(&err);
	assert_false(path_size(in_home("none"), &size, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	err_clear(&err);
	assert_false(path_size(home, &size, &err));
	assert_int_equal(err.code, ERR_IS_FOLDER);
}

static void path__free_space__answers_for_what_does_not_exist_yet(void **state)
{
	struct err err = ERR_INIT;
	int64_t here = -1, later = -1, bare = -1;

	(void)state;
	assert_true(path_free_space(home, &here, &err));
	assert_true(path_free_space(in_home("not/yet/there"), &later, &err));
	assert_true(path_free_space("not-yet-there", &bare, &err));
	assert_true(here > 0);
	assert_true(bare > 0);
	/* others write to the same disk meanwhile */
	assert_true(here - later < (INT64_C(1) << 30) && later - here < (INT64_C(1) << 30));
}

static int setup(void **state)
{
	(void)state;
	return mkdtemp(home) ? 0 : -1;
}

static int teardown(void **state)
{
	static const char *const left[] = { "file", "a", "b", "c", ".local/share/ecompta-crm",
		".local/share", ".local" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(left); i++)
		remove(in_home(left[i]));
	return remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(path__place__defaults_under_home),
		cmocka_unit_test(path__place__follows_xdg_when_absolute),
		cmocka_unit_test(path__place__asks_the_system_without_home),
		cmocka_unit_test(path__store__makes_private_folders),
		cmocka_unit_test(path__mkdirs__refuses_a_file_in_the_way),
		cmocka_unit_test(path__write__replaces_as_a_whole),
		cmocka_unit_test(path__new_discard__leaves_the_old_file),
		cmocka_unit_test(path__new_commit_once__leaves_what_is_there),
		cmocka_unit_test(path__new_commit__fails_when_a_write_failed),
		cmocka_unit_test(path__write__names_the_reason),
		cmocka_unit_test(path__free_space__answers_for_what_does_not_exist_yet),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
