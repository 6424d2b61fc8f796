#include "test.h"

#include <ctype.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "crypt.h"
#include "path.h"
#include "secrets.h"
#include "secrets_private.h"
#include "with_home.h"

static void get_key_path(char out[192])
{
	struct strbuf path = STRBUF_INIT;
	struct err err = ERR_INIT;
	const char *check;
	char id[33];

	with_ok(secrets_store_id(session, id, &err), &err);
	with_ok(store_meta_get(session->db, "key_check", &arena, &check, &err), &err);
	assert_int_equal(strlen(check), 64);
	strbuf_addf(&path, "%s/config/ecompta-crm/keys/%s-%.8s.key", home, id, check);
	snprintf(out, 192, "%s", path.buf);
	strbuf_release(&path);
}

static void open_now(bool make)
{
	struct err err = ERR_INIT;

	with_ok(secrets_open(session, make, &err), &err);
}

static void assert_refuses(enum err_code code)
{
	struct err err = ERR_INIT;

	assert_false(secrets_open(session, false, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	assert_null(session->secrets);
}

static void seal(const char *text, struct strbuf *out)
{
	secrets_seal(session, "here", text, strlen(text), out);
}

static void assert_unseals(struct session *s, const struct strbuf *sealed, const char *text)
{
	struct err err = ERR_INIT;
	char out[256] = "";

	with_ok(secrets_unseal(s, "here", sealed->buf, sealed->len, out, "X", &err), &err);
	assert_string_equal(out, text);
}

/* --- the file --- */

static void secrets__open__makes_a_key_file_of_the_owner_alone(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	enum secrets_kept kept;
	struct err err = ERR_INIT;
	char path[192];
	struct stat st;

	(void)state;
	with_ok(secrets_kept(session, &kept, &err), &err);
	assert_int_equal(kept, SECRETS_NONE);
	assert_refuses(ERR_KEY_MISSING);
	open_now(true);
	with_ok(secrets_kept(session, &kept, &err), &err);
	assert_int_equal(kept, SECRETS_FILE);
	get_key_path(path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 65);
	seal("geheim", &sealed);
	assert_int_equal(sealed.len, 6 + CRYPT_SEAL_EXTRA);
	home_reopen();
	open_now(true);
	assert_unseals(session, &sealed, "geheim");
	strbuf_release(&sealed);
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	struct err err = ERR_INIT;

	with_ok(path_write(path, text, strlen(text), &err), &err);
	assert_int_equal(chmod(path, mode), 0);
}

static void secrets__open__says_what_is_wrong_with_the_file(void **state)
{
	char path[192], away[200], text[80];
	struct err err = ERR_INIT;

	(void)state;
	open_now(true);
	get_key_path(path);
	secrets_close(session);
	chmod(path, 0640);
	assert_refuses(ERR_KEY_OPEN);
	chmod(path, 0604);
	assert_refuses(ERR_KEY_OPEN);
	chmod(path, 0400);
	open_now(false);
	secrets_close(session);
	snprintf(away, sizeof(away), "%s.away", path);
	assert_int_equal(rename(path, away), 0);
	/* There was a key: none is made in its place. */
	assert_false(secrets_open(session, true, &err));
	assert_int_equal(err.code, ERR_KEY_MISSING);
	assert_string_equal(err.subject, path);
	snprintf(text, sizeof(text), "%064d\n", 0);
	write_file(path, text, 0600);
	assert_refuses(ERR_KEY_WRONG);
	write_file(path, text + 1, 0600);
	assert_refuses(ERR_KEY_FILE);
	write_file(path, "", 0600);
	assert_refuses(ERR_KEY_FILE);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_refuses(ERR_KEY_FILE);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rename(away, path), 0);
	open_now(false);
}

static void secrets__unseal__refuses_what_was_touched(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	char out[64];

	(void)state;
	open_now(true);
	seal("geheim", &sealed);
	for (size_t i = 0; i < sealed.len; i++) {
		err_clear(&err);
		sealed.buf[i] ^= 1;
		assert_false(secrets_unseal(
			session, "here", sealed.buf, sealed.len, out, "Twilio", &err));
		assert_int_equal(err.code, ERR_SECRETS_DAMAGED);
		assert_string_equal(err.subject, "Twilio");
		sealed.buf[i] ^= 1;
	}
	assert_false(secrets_unseal(session, "there", sealed.buf, sealed.len, out, "X", &err));
	assert_false(secrets_unseal(session, "here", sealed.buf, sealed.len - 1, out, "X", &err));
	assert_false(secrets_unseal(session, "here", sealed.buf, 39, out, "X", &err));
	assert_false(secrets_unseal(session, "here", NULL, 0, out, "X", &err));
	assert_unseals(session, &sealed, "geheim");
	strbuf_release(&sealed);
}

static void secrets__open__leaves_no_dumps_and_follows_a_clone(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct rlimit limit;
	struct session *clone;

	(void)state;
	open_now(true);
	assert_int_equal(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
	assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
	assert_int_equal(limit.rlim_max, 0);
	seal("geheim", &sealed);
	clone = session_clone(session, &err);
	with_ok(clone, &err);
	secrets_close(session);
	assert_unseals(clone, &sealed, "geheim");
	session_close(clone);
	strbuf_release(&sealed);
}

/* --- on paper --- */

static void secrets__recover__takes_back_what_was_shown(void **state)
{
	char text[RECOVERY_LEN + 1], typed[2 * RECOVERY_LEN], path[192];
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct stat st;
	size_t n = 0;

	(void)state;
	with_ok(secrets_recovery(session, text, &err), &err);
	assert_int_equal(strlen(text), 69);
	for (size_t i = 0; i < 69; i++)
		assert_true(i % 5 == 4 ? text[i] == '-' : isalnum((unsigned char)text[i]));
	seal("geheim", &sealed);
	get_key_path(path);
	assert_int_equal(unlink(path), 0);
	secrets_close(session);
	assert_refuses(ERR_KEY_MISSING);
	/* As somebody types it: small letters, letters for digits, blanks for dashes. */
	for (size_t i = 0; i < 69; i++) {
		char c = (char)tolower((unsigned char)text[i]);

		typed[n++] = c == '0' ? 'O' : c == '1' ? 'l' : c == '-' ? ' ' : c;
	}
	typed[n] = '\0';
	with_ok(secrets_recover(session, typed, &err), &err);
	assert_unseals(session, &sealed, "geheim");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	home_reopen();
	open_now(false);
	assert_unseals(session, &sealed, "geheim");
	strbuf_release(&sealed);
}

static void assert_not_taken(const char *text, enum err_code code)
{
	struct err err = ERR_INIT;

	assert_false(secrets_recover(session, text, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	/* Nothing that was typed may reach a log. */
	assert_null(strstr(err.detail, "-"));
	assert_true(strlen(err.subject) < 33);
}

static void secrets__recover__refuses_every_wrong_character(void **state)
{
	char text[RECOVERY_LEN + 1], wrong[RECOVERY_LEN + 8];
	unsigned char other[CRYPT_KEY_SIZE] = { 1, 2, 3 };
	struct err err = ERR_INIT;

	(void)state;
	with_ok(secrets_recovery(session, text, &err), &err);
	for (size_t i = 0; i < RECOVERY_LEN; i++) {
		if (text[i] == '-')
			continue;
		snprintf(wrong, sizeof(wrong), "%s", text);
		wrong[i] = text[i] == 'Z' ? 'Y' : 'Z';
		assert_not_taken(wrong, ERR_KEY_TYPED);
	}
	snprintf(wrong, sizeof(wrong), "%.*s", RECOVERY_LEN - 1, text);
	assert_not_taken(wrong, ERR_KEY_TYPED);
	snprintf(wrong, sizeof(wrong), "%s0", text);
	assert_not_taken(wrong, ERR_KEY_TYPED);
	assert_not_taken("", ERR_KEY_TYPED);
	assert_not_taken("UUUU", ERR_KEY_TYPED);
	key_to_text(other, wrong);
	assert_string_equal(
		wrong, "0410-6000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-000D-91SJ");
	assert_not_taken(wrong, ERR_KEY_WRONG);
	secrets_close(session);
	open_now(false);
}

/* --- the passphrase --- */

static const char *answer;

static bool ask(void *data, char *out, size_t size)
{
	int *asked = data;

	++*asked;
	if (answer)
		snprintf(out, size, "%s", answer);
	return answer != NULL;
}

static void secrets__passphrase__opens_in_place_of_the_file(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	enum secrets_kept kept;
	char path[192];
	int asked = 0;

	(void)state;
	open_now(true);
	seal("geheim", &sealed);
	get_key_path(path);
	assert_false(secrets_passphrase(session, "7 c\xc3\xa9s.h", &err));
	assert_int_equal(err.code, ERR_PASSPHRASE_SHORT);
	assert_string_equal(err.subject, "8");
	err_clear(&err);
	with_ok(secrets_passphrase(session, "8 c\xc3\xa9s.hi", &err), &err);
	with_ok(secrets_kept(session, &kept, &err), &err);
	assert_int_equal(kept, SECRETS_PASSPHRASE);
	assert_int_equal(access(path, F_OK), -1);
	home_reopen();
	session->ask = (struct passphrase_ask){ ask, &asked };
	answer = NULL;
	assert_refuses(ERR_PASSPHRASE);
	answer = "8 c\xc3\xa9s.ho";
	assert_refuses(ERR_KEY_WRONG);
	answer = "8 c\xc3\xa9s.hi";
	open_now(false);
	assert_int_equal(asked, 3);
	open_now(false);
	assert_int_equal(asked, 3);
	assert_unseals(session, &sealed, "geheim");
	assert_int_equal(access(path, F_OK), -1);
	with_ok(secrets_passphrase(session, "", &err), &err);
	home_reopen();
	open_now(false);
	assert_unseals(session, &sealed, "geheim");
	strbuf_release(&sealed);
}

static void secrets__passphrase__comes_from_a_file_that_is_ones_own(void **state)
{
	char path[128], text[RECOVERY_LEN + 1];
	struct err err = ERR_INIT;

	(void)state;
	with_ok(secrets_recovery(session, text, &err), &err);
	with_ok(secrets_passphrase(session, "correct horse", &err), &err);
	home_reopen();
	assert_refuses(ERR_PASSPHRASE);
	snprintf(path, sizeof(path), "%s/pass", home);
	setenv("ECOMPTA_PASSPHRASE_FILE", path, 1);
	assert_refuses(ERR_NOT_FOUND);
	write_file(path, "correct horse\n", 0644);
	assert_refuses(ERR_KEY_OPEN);
	write_file(path, "\n", 0600);
	assert_refuses(ERR_PASSPHRASE);
	write_file(path, "correct horse\n", 0400);
	open_now(false);
	unsetenv("ECOMPTA_PASSPHRASE_FILE");
	/* Forgotten: the recovery key still helps, and the file is there again. */
	home_reopen();
	with_ok(secrets_recover(session, text, &err), &err);
	home_reopen();
	open_now(false);
}

/* --- lost, and what is never told --- */

static void secrets__renew__makes_a_key_of_its_own(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	char path[192], out[64];
	int64_t lost = -1;

	(void)state;
	open_now(true);
	seal("geheim", &sealed);
	get_key_path(path);
	unlink(path);
	home_reopen();
	assert_refuses(ERR_KEY_MISSING);
	with_ok(secrets_renew(session, &lost, &err), &err);
	assert_int_equal(lost, 0);
	assert_false(secrets_unseal(session, "here", sealed.buf, sealed.len, out, "X", &err));
	home_reopen();
	open_now(false);
	strbuf_release(&sealed);
}

/* A copy has the store's id: what it does with its key is its own affair. */
static void secrets__renew__of_a_copy_leaves_the_first_ones_key(void **state)
{
	struct strbuf sealed = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct session *copy, *other;
	char to[128];
	int64_t lost;

	(void)state;
	open_now(true);
	seal("geheim", &sealed);
	home_close();
	snprintf(to, sizeof(to), "%s/copy.db", home);
	home_run("cp", "--", store_path, to);
	copy = home_open(to);
	other = home_open(to);
	with_ok(secrets_open(other, false, &err), &err);
	assert_unseals(other, &sealed, "geheim");
	with_ok(secrets_renew(copy, &lost, &err), &err);
	with_ok(secrets_passphrase(copy, "correct horse", &err), &err);
	/* A session that had the old one open does not go on with it. */
	assert_false(secrets_open(other, false, &err));
	assert_int_equal(err.code, ERR_PASSPHRASE);
	assert_null(other->secrets);
	session_close(copy);
	session_close(other);
	session = home_open(store_path);
	open_now(false);
	assert_unseals(session, &sealed, "geheim");
	strbuf_release(&sealed);
}

static void secrets__key__stands_nowhere_in_the_store(void **state)
{
	char text[RECOVERY_LEN + 1];
	struct strbuf hex = STRBUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	with_ok(secrets_recovery(session, text, &err), &err);
	with_ok(secrets_passphrase(session, "correct horse", &err), &err);
	crypt_hex(session->secrets->key, CRYPT_KEY_SIZE, &hex);
	assert_false(home_stored(session->secrets->key, CRYPT_KEY_SIZE));
	assert_false(home_stored(hex.buf, hex.len));
	assert_false(home_stored(text, 9));
	assert_false(home_stored("correct horse", 13));
	assert_true(home_stored("key.passphrase", 14));
	assert_int_equal(with_number("SELECT count(*) FROM audit WHERE action IN ('key.show',"
				     " 'key.passphrase')"),
		2);
	strbuf_release(&hex);
}

static void secrets__recovery__is_for_who_may_change_settings(void **state)
{
	char text[RECOVERY_LEN + 1] = "";
	struct err err = ERR_INIT;
	int64_t lost;

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	assert_false(secrets_recovery(session, text, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	assert_string_equal(text, "");
	assert_false(secrets_recover(session, text, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	assert_false(secrets_passphrase(session, "correct horse", &err));
	assert_false(secrets_renew(session, &lost, &err));
	assert_int_equal(with_number("SELECT count(*) FROM meta WHERE key LIKE 'key%'"), 0);
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_ADMIN);
	err_clear(&err);
	with_ok(secrets_recovery(session, text, &err), &err);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, with_home, without_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(secrets__open__makes_a_key_file_of_the_owner_alone),
		TEST(secrets__open__says_what_is_wrong_with_the_file),
		TEST(secrets__unseal__refuses_what_was_touched),
		TEST(secrets__open__leaves_no_dumps_and_follows_a_clone),
		TEST(secrets__recover__takes_back_what_was_shown),
		TEST(secrets__recover__refuses_every_wrong_character),
		TEST(secrets__passphrase__opens_in_place_of_the_file),
		TEST(secrets__passphrase__comes_from_a_file_that_is_ones_own),
		TEST(secrets__renew__makes_a_key_of_its_own),
		TEST(secrets__renew__of_a_copy_leaves_the_first_ones_key),
		TEST(secrets__key__stands_nowhere_in_the_store),
		TEST(secrets__recovery__is_for_who_may_change_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
