#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypt.h"
#include "path.h"
#include "provider_table.h"
#include "with_batch.h"

#define NOBODY 65534

static char folder[] = "/tmp/test_provider_file.XXXXXX";
static struct account account;
static struct batch batch;
static struct send_result results[BATCH_MAX];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_provider_file.XXXXXX");
	account = with_account(&provider_file);
	account_set(&account, "folder", mkdtemp(folder));
	batch = with_batch(CHANNEL_EMAIL, 2);
	return 0;
}

static const char *path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Files in a channel's folder, hidden ones too. */
static int count(const char *channel)
{
	DIR *dir = opendir(path_of(channel));
	int n = 0;

	if (!dir)
		return -1;
	for (const struct dirent *e; (e = readdir(dir));)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static int tear_down(void **state)
{
	char name[64];

	(void)state;
	chmod(folder, 0700);
	for (int c = 0; c < CHANNEL_COUNT; c++) {
		chmod(path_of(channel_word((enum channel)c)), 0700);
		for (int i = 1; i <= BATCH_MAX; i++) {
			snprintf(name, sizeof(name), "%s/m-%d.%s", channel_word((enum channel)c), i,
				c == CHANNEL_EMAIL ? "eml" : "txt");
			unlink(path_of(name));
		}
		rmdir(path_of(channel_word((enum channel)c)));
	}
	return rmdir(folder);
}

static void deliver(void)
{
	struct err err = ERR_INIT;

	memset(results, 0x55, sizeof(results));
	assert_true(account.ops->deliver(&account, &batch, results, &err));
}

static const char *content(const char *name)
{
	static char buf[8192];
	FILE *file = fopen(path_of(name), "rb");
	size_t n;

	assert_non_null(file);
	n = fread(buf, 1, sizeof(buf) - 1, file);
	buf[n] = '\0';
	fclose(file);
	return buf;
}

static void assert_result(int i, enum send_outcome outcome, const char *code, const char *id)
{
	assert_int_equal(results[i].outcome, outcome);
	assert_string_equal(results[i].code, code);
	assert_string_equal(results[i].provider_id, id);
}

static void file__deliver__writes_each_email(void **state)
{
	struct stat st;

	(void)state;
	batch_to[1].to_name = "Awa";
	deliver();
	assert_result(0, OUTCOME_SENT, "", "EMAIL/m-1.eml");
	assert_result(1, OUTCOME_SENT, "", "EMAIL/m-2.eml");
	assert_int_equal(count("EMAIL"), 2);
	assert_string_equal(content("EMAIL/m-1.eml"),
		"Date: Sun, 22 Nov 2026 13:50:11 +0000\r\n"
		"From: ecompta-crm@localhost\r\n"
		"To: awa@example.org\r\n"
		"Subject: Bonjour\r\n"
		"Message-ID: <m-1.48edff1fcd3e8692@localhost>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Bonjour Awa\r\n");
	assert_non_null(strstr(content("EMAIL/m-2.eml"), "To: Awa <awa@example.org>\r\n"));
	assert_int_equal(stat(path_of("EMAIL/m-1.eml"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(path_of("EMAIL"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
}

static void file__deliver__uses_the_senders_address(void **state)
{
	(void)state;
	account_set(&account, "from_address", "contact@example.com");
	account_set(&account, "from_name", "Boutique");
	deliver();
	assert_non_null(
		strstr(content("EMAIL/m-1.eml"), "From: Boutique <contact@example.com>\r\n"));
}

static void file__deliver__writes_other_channels_as_text(void **state)
{
	(void)state;
	batch = with_batch(CHANNEL_SMS, 1);
	batch.sender = "Boutique";
	batch_to[0].to_name = "Awa\nTo: x";
	batch.text = batch_text("L’été\u00a0!");
	deliver();
	assert_result(0, OUTCOME_SENT, "", "SMS/m-1.txt");
	assert_string_equal(content("SMS/m-1.txt"), "From: Boutique\n"
						    "To: +22670123456\n"
						    "Name: Awa To: x\n"
						    "Campaign: 9\n"
						    "Date: 2026-11-22T13:50:11Z\n"
						    "\n"
						    "L'été !\n");
}

static void file__deliver__post_names_its_picture(void **state)
{
	(void)state;
	batch = with_batch(CHANNEL_FACEBOOK, 1);
	batch.post = true;
	batch.media = "https://example.com/a.png";
	batch_to[0].to = "";
	deliver();
	assert_string_equal(content("FACEBOOK/m-1.txt"), "Campaign: 9\n"
							 "Date: 2026-11-22T13:50:11Z\n"
							 "Media: https://example.com/a.png\n"
							 "\n"
							 "Bonjour Awa\n");
}

static void file__deliver__never_writes_twice(void **state)
{
	(void)state;
	deliver();
	batch.text = batch_text("Something else");
	batch.count = 1;
	deliver();
	assert_result(0, OUTCOME_SENT, "EXISTS", "EMAIL/m-1.eml");
	assert_non_null(strstr(content("EMAIL/m-1.eml"), "Bonjour Awa"));
	assert_int_equal(count("EMAIL"), 2);
}

static void file__deliver__a_bad_message_does_not_stop_the_others(void **state)
{
	(void)state;
	batch_to[0].to = "awa@société.example";
	deliver();
	assert_result(0, OUTCOME_REFUSED, "MAIL_TO", "");
	assert_int_equal(results[0].status, MESSAGE_FAILED);
	assert_int_equal(results[0].reason, REASON_BAD_ADDRESS);
	assert_result(1, OUTCOME_SENT, "", "EMAIL/m-2.eml");
	batch.marketing = true;
	batch_to[0].to = "awa@example.org";
	batch_to[0].unsubscribe = "nowhere";
	deliver();
	assert_result(0, OUTCOME_REFUSED, "MAIL_UNSUBSCRIBE", "");
	assert_int_equal(results[0].reason, REASON_TEMPLATE);
	assert_result(1, OUTCOME_SENT, "EXISTS", "EMAIL/m-2.eml");
}

static void file__deliver__needs_its_folder(void **state)
{
	(void)state;
	account_set(&account, "folder", "");
	deliver();
	assert_result(0, OUTCOME_FORBIDDEN, "MAIL_SETTING", "");
	assert_int_equal(results[1].reason, REASON_CREDENTIALS);
	account_set(&account, "folder", path_of("missing"));
	deliver();
	assert_result(1, OUTCOME_FORBIDDEN, "NOT_FOUND", "");
	account_set(&account, "folder", folder);
	account_set(&account, "from_address", "nobody");
	deliver();
	assert_result(0, OUTCOME_FORBIDDEN, "MAIL_FROM", "");
}

static void file__deliver__a_file_in_the_way(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_true(path_write(path_of("EMAIL"), "x", 1, &err));
	deliver();
	assert_result(0, OUTCOME_FORBIDDEN, "INVALID", "");
	unlink(path_of("EMAIL"));
}

static void file__deliver__a_folder_without_right(void **state)
{
	(void)state;
	/* Root may write everywhere: it is somebody else for the while. */
	if (geteuid() == 0) {
		assert_int_equal(chown(folder, NOBODY, (gid_t)-1), 0);
		assert_int_equal(seteuid(NOBODY), 0);
	}
	deliver();
	chmod(path_of("EMAIL"), 0500);
	deliver();
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_result(0, OUTCOME_FORBIDDEN, "NO_RIGHT", "");
}

/* /dev/full takes nothing, but has no folders: a limit on the size of files stands in
 * for it, and the write fails as on a disk that is full. */
static void file__deliver__a_failing_disk_is_tried_again(void **state)
{
	struct rlimit was, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	none = (struct rlimit){ .rlim_cur = 10, .rlim_max = was.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	deliver();
	setrlimit(RLIMIT_FSIZE, &was);
	assert_int_equal(results[0].outcome, OUTCOME_RETRY);
	assert_int_equal(results[0].reason, REASON_RETRY);
	assert_int_not_equal(results[0].code[0], '\0');
	assert_int_equal(count("EMAIL"), 0);
	deliver();
	assert_result(0, OUTCOME_SENT, "", "EMAIL/m-1.eml");
}

static void file__look__by_the_file(void **state)
{
	char id[160];

	(void)state;
	batch.count = 1;
	assert_int_equal(account.ops->look(&account, &batch, id), LOOKUP_NEVER_ARRIVED);
	assert_string_equal(id, "");
	deliver();
	assert_int_equal(account.ops->look(&account, &batch, id), LOOKUP_SENT);
	assert_string_equal(id, "EMAIL/m-1.eml");
	account_set(&account, "folder", path_of("missing"));
	assert_int_equal(account.ops->look(&account, &batch, id), LOOKUP_UNKNOWN);
	account_set(&account, "folder", "");
	assert_int_equal(account.ops->look(&account, &batch, id), LOOKUP_UNKNOWN);
	account_set(&account, "folder", folder);
}

static int begin(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	return crypt_init(&err) ? 0 : -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(file__deliver__writes_each_email),
		TEST(file__deliver__uses_the_senders_address),
		TEST(file__deliver__writes_other_channels_as_text),
		TEST(file__deliver__post_names_its_picture),
		TEST(file__deliver__never_writes_twice),
		TEST(file__deliver__a_bad_message_does_not_stop_the_others),
		TEST(file__deliver__needs_its_folder),
		TEST(file__deliver__a_file_in_the_way),
		TEST(file__deliver__a_folder_without_right),
		TEST(file__deliver__a_failing_disk_is_tried_again),
		TEST(file__look__by_the_file),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
