#include "test.h"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

static char folder[] = "/tmp/test_log.XXXXXX";
static char path[64];

/* Reads path or, with n > 0, path.n; *owned* by the caller. */
static char *slurp(int n)
{
	struct strbuf sb = STRBUF_INIT;
	char name[80], buf[4096];
	size_t got;
	FILE *file;

	snprintf(name, sizeof(name), n ? "%s.%d" : "%s", path, n);
	file = fopen(name, "r");
	if (!file)
		return NULL;
	while ((got = fread(buf, 1, sizeof(buf), file)) > 0)
		strbuf_add(&sb, buf, got);
	fclose(file);
	return strbuf_detach(&sb);
}

static unsigned lines_in(const char *text)
{
	unsigned count = 0;

	for (; text && *text; text++)
		count += *text == '\n';
	return count;
}

static void remove_files(void)
{
	char name[80];

	unlink(path);
	for (int i = 1; i <= LOG_KEEP + 1; i++) {
		snprintf(name, sizeof(name), "%s.%d", path, i);
		unlink(name);
	}
}

static struct log *open_log(enum log_level level, int64_t max_bytes)
{
	struct err err = ERR_INIT;
	struct log *log;

	remove_files();
	log = log_open(path, level, max_bytes, &err);
	assert_non_null(log);
	return log;
}

static void log__write__one_line_with_time_process_and_level(void **state)
{
	struct log *log = open_log(LOG_INFO, 100000);
	int year, month, day, hour, minute, second, used = 0;
	struct stat st;
	long pid = 0;
	char *text;

	(void)state;
	log_write(log, LOG_INFO, "import %d: %d rows", 42, 1200);
	log_write(log, LOG_DEBUG, "not asked for");
	log_close(log);
	text = slurp(0);
	assert_int_equal(sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ %ld info %n", &year, &month, &day,
				 &hour, &minute, &second, &pid, &used),
		7);
	assert_int_equal(pid, getpid());
	assert_string_equal(text + used, "import 42: 1200 rows\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	free(text);
}

static void log__write__cannot_be_made_to_forge_a_line(void **state)
{
	struct log *log = open_log(LOG_DEBUG, 100000);
	char longer[3000];
	char *text;

	(void)state;
	log_write(log, LOG_WARN, "a\nb\033[2Jc\xff");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	log_write(log, LOG_WARN, "%s", longer);
	log_close(log);
	text = slurp(0);
	assert_int_equal(lines_in(text), 2);
	assert_non_null(strstr(text, " warn a b?[2Jc?\n"));
	assert_in_range(strlen(text), 1000, 1200);
	free(text);
}

static void log__err__leaves_the_subject_out(void **state)
{
	struct log *log = open_log(LOG_ERROR, 100000);
	struct err err = ERR_INIT;
	char *text;

	(void)state;
	err_set(&err, ERR_DUPLICATE, "Kabré Awa", "row %d", 7);
	log_err(log, LOG_ERROR, "import 42", &err);
	log_err(NULL, LOG_ERROR, "import 42", &err);
	log_close(log);
	log_close(NULL);
	text = slurp(0);
	assert_non_null(strstr(text, " error import 42: DUPLICATE row 7\n"));
	assert_null(strstr(text, "Kabr"));
	free(text);
}

static void log__write__moves_a_full_file_on(void **state)
{
	struct log *log = open_log(LOG_INFO, 1000);
	struct stat st;
	char *text;

	(void)state;
	for (int i = 0; i < 200; i++)
		log_write(log, LOG_INFO, "line %d", i);
	log_close(log);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size <= 1000);
	text = slurp(0);
	assert_non_null(strstr(text, " line 199\n"));
	free(text);
	for (int i = 1; i <= LOG_KEEP; i++) {
		text = slurp(i);
		assert_non_null(text);
		assert_in_range(strlen(text), 900, 1000);
		free(text);
	}
	assert_null(slurp(LOG_KEEP + 1));
}

/* Two sinks stand for two programs: neither loses a line to the other's
 * rotation. */
static void log__write__two_programs_share_a_file(void **state)
{
	struct log *one = open_log(LOG_INFO, 100000);
	struct err err = ERR_INIT;
	struct log *two = log_open(path, LOG_INFO, 1000, &err);
	char *text;

	(void)state;
	assert_non_null(two);
	for (int i = 0; i < 20; i++)
		log_write(two, LOG_INFO, "two %d", i);
	log_write(one, LOG_INFO, "one");
	text = slurp(0);
	assert_non_null(strstr(text, " one\n"));
	free(text);
	log_close(one);
	log_close(two);
}

static void *write_many(void *arg)
{
	for (int i = 0; i < 500; i++)
		log_write(arg, LOG_INFO, "0123456789");
	return NULL;
}

static void log__write__from_several_threads_never_mixes_lines(void **state)
{
	struct log *log = open_log(LOG_INFO, 10000000);
	pthread_t threads[4];
	unsigned whole = 0;
	char *text;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, log), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	log_close(log);
	text = slurp(0);
	assert_int_equal(lines_in(text), 2000);
	for (char *at = text; (at = strstr(at, " info 0123456789\n")); at++)
		whole++;
	assert_int_equal(whole, 2000);
	free(text);
}

static void log__open__says_why_it_cannot(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_null(log_open("/tmp", LOG_INFO, 1000, &err));
	assert_int_equal(err.code, ERR_IS_FOLDER);
	err_clear(&err);
	assert_null(log_open("/tmp/none/such/log", LOG_INFO, 1000, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/log", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	remove_files();
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log__write__one_line_with_time_process_and_level),
		cmocka_unit_test(log__write__cannot_be_made_to_forge_a_line),
		cmocka_unit_test(log__err__leaves_the_subject_out),
		cmocka_unit_test(log__write__moves_a_full_file_on),
		cmocka_unit_test(log__write__two_programs_share_a_file),
		cmocka_unit_test(log__write__from_several_threads_never_mixes_lines),
		cmocka_unit_test(log__open__says_why_it_cannot),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
