/* The key of a store's secrets as a file, as a text and behind a passphrase. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path.h"
#include "secrets_private.h"

/* --- the file --- */

bool key_path(const char *store_id, const char *check, struct strbuf *out, struct err *err)
{
	if (!path_place(PATH_CONFIG, out, err))
		return false;
	strbuf_adds(out, "/keys");
	if (!path_mkdirs(out->buf, err))
		return false;
	strbuf_addf(out, "/%s-%.8s.key", store_id, check);
	return true;
}

/* Opens a file that nobody else may read; -1 and errno 0 with err set when it is not so. */
static int open_own(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		err_set(err, ERR_KEY_FILE, path, "not a regular file");
	else if ((st.st_mode & 077) || (st.st_uid != geteuid() && st.st_uid != 0))
		err_set(err, ERR_KEY_OPEN, path, "mode %03o of user %ld",
			(unsigned)(st.st_mode & 0777), (long)st.st_uid);
	else
		return fd;
	close(fd);
	errno = 0;
	return -1;
}

/* At most size - 1 bytes, as a string; -1 and errno. */
static ssize_t read_all(int fd, char *out, size_t size)
{
	size_t len = 0;
	ssize_t got = 1;

	while (len < size - 1 && got) {
		got = read(fd, out + len, size - 1 - len);
		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			len += (size_t)got;
	}
	out[len] = '\0';
	return (ssize_t)len;
}

bool key_read(
	const char *store_id, const char *check, unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	struct err unused = ERR_INIT;
	char text[2 * CRYPT_KEY_SIZE + 8];
	ssize_t len;
	bool ok = false;
	int fd = -1;

	if (!key_path(store_id, check, &path, err))
		goto out;
	fd = open_own(path.buf, err);
	if (fd < 0) {
		if (errno == ENOENT)
			err_set(err, ERR_KEY_MISSING, path.buf, "%s", "");
		else if (errno)
			err_set_errno(err, ERR_IO, path.buf);
		goto out;
	}
	len = read_all(fd, text, sizeof(text));
	if (len < 0) {
		err_set_errno(err, ERR_IO, path.buf);
		goto out;
	}
	text[strcspn(text, "\n")] = '\0';
	ok = crypt_unhex(text, key, CRYPT_KEY_SIZE, &unused);
	if (!ok)
		err_set(err, ERR_KEY_FILE, path.buf, "%d bytes", (int)len);
out:
	crypt_wipe(text, sizeof(text));
	if (fd >= 0)
		close(fd);
	strbuf_release(&path);
	return ok;
}

static void to_hex(const unsigned char *data, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[data[i] >> 4];
		*out++ = digits[data[i] & 15];
	}
	*out = '\0';
}

bool key_write(const char *store_id, const unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	struct strbuf path = STRBUF_INIT, check = STRBUF_INIT;
	char text[2 * CRYPT_KEY_SIZE + 2];
	bool ok;

	to_hex(key, CRYPT_KEY_SIZE, text);
	text[sizeof(text) - 2] = '\n';
	key_check(store_id, key, &check);
	ok = key_path(store_id, check.buf, &path, err) &&
	     path_write(path.buf, text, sizeof(text) - 1, err);
	crypt_wipe(text, sizeof(text));
	strbuf_release(&path);
	strbuf_release(&check);
	return ok;
}

bool key_remove(const char *store_id, const char *check, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	bool ok = key_path(store_id, check, &path, err);

	if (ok && unlink(path.buf) && errno != ENOENT)
		ok = err_set_errno(err, ERR_IO, path.buf);
	strbuf_release(&path);
	return ok;
}

void key_check(const char *store_id, const unsigned char key[CRYPT_KEY_SIZE], struct strbuf *out)
{
	unsigned char check[CRYPT_HASH_SIZE];
	char text[64];

	snprintf(text, sizeof(text), "ecompta-crm key %s", store_id);
	crypt_hmac(key, CRYPT_KEY_SIZE, text, strlen(text), check);
	crypt_hex(check, sizeof(check), out);
}

/* --- the text --- */

#define CHECK_SIZE 3
#define TEXT_BYTES (CRYPT_KEY_SIZE + CHECK_SIZE)
#define TEXT_DIGITS (TEXT_BYTES * 8 / 5)

static const char digits32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void add_check(unsigned char bytes[TEXT_BYTES])
{
	unsigned char hash[CRYPT_HASH_SIZE];

	crypt_hash(bytes, CRYPT_KEY_SIZE, hash);
	memcpy(bytes + CRYPT_KEY_SIZE, hash, CHECK_SIZE);
	crypt_wipe(hash, sizeof(hash));
}

void key_to_text(const unsigned char key[CRYPT_KEY_SIZE], char out[RECOVERY_LEN + 1])
{
	unsigned char bytes[TEXT_BYTES];
	unsigned bits = 0;
	int have = 0, digits = 0;

	memcpy(bytes, key, CRYPT_KEY_SIZE);
	add_check(bytes);
	for (size_t i = 0; i < TEXT_BYTES; i++) {
		bits = (bits & 0xff) << 8 | bytes[i];
		for (have += 8; have >= 5; have -= 5) {
			if (digits && digits % 4 == 0)
				*out++ = '-';
			*out++ = digits32[bits >> (have - 5) & 31];
			digits++;
		}
	}
	*out = '\0';
	crypt_wipe(bytes, sizeof(bytes));
}

/* What a character stands for; -1 for none. */
static int digit_of(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	at = c ? strchr(digits32, c) : NULL;
	return at ? (int)(at - digits32) : -1;
}

static bool read_digits(const char *text, unsigned char bytes[TEXT_BYTES])
{
	unsigned bits = 0;
	size_t n = 0, digits = 0;
	int have = 0;

	for (; *text; text++) {
		int digit = digit_of(*text);

		if (strchr(" -\t\r\n", *text))
			continue;
		if (digit < 0 || ++digits > TEXT_DIGITS)
			return false;
		bits = (bits & 0x7f) << 5 | (unsigned)digit;
		have += 5;
		if (have >= 8) {
			have -= 8;
			bytes[n++] = (unsigned char)(bits >> have);
		}
	}
	return digits == TEXT_DIGITS;
}

bool key_from_text(const char *text, unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	unsigned char typed[TEXT_BYTES] = { 0 }, right[TEXT_BYTES];
	bool ok = read_digits(text, typed);

	memcpy(right, typed, sizeof(right));
	add_check(right);
	ok = ok && crypt_equal(typed, right, sizeof(right));
	if (ok)
		memcpy(key, typed, CRYPT_KEY_SIZE);
	else
		err_set(err, ERR_KEY_TYPED, "", "%s", "");
	crypt_wipe(typed, sizeof(typed));
	crypt_wipe(right, sizeof(right));
	return ok;
}

/* --- the passphrase --- */

static bool from_file(const char *path, char *out, size_t size, struct err *err)
{
	int fd = open_own(path, err);
	ssize_t len;

	if (fd < 0)
		return errno ? err_set_errno(err, ERR_IO, path) : false;
	len = read_all(fd, out, size);
	if (len < 0)
		err_set_errno(err, ERR_IO, path);
	close(fd);
	if (len >= 0)
		out[strcspn(out, "\r\n")] = '\0';
	return len >= 0;
}

bool key_ask(const struct passphrase_ask *ask, char out[PASSPHRASE_MOST + 1], struct err *err)
{
	const char *path = getenv("ECOMPTA_PASSPHRASE_FILE");

	*out = '\0';
	if (path && *path) {
		if (!from_file(path, out, PASSPHRASE_MOST + 1, err))
			return false;
	} else if (!ask->ask || !ask->ask(ask->data, out, PASSPHRASE_MOST + 1)) {
		*out = '\0';
	}
	return *out || err_set(err, ERR_PASSPHRASE, path && *path ? path : "-", "%s", "");
}
