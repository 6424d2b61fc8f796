/*
 * Lays each message into a folder, to be looked at, printed or carried on: e-mails as
 * .eml, all others as .txt, under FOLDER/CHANNEL. A file is named after its message and
 * appears whole or not at all, so that no message is ever written twice.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "date.h"
#include "mail.h"
#include "mime.h"
#include "path.h"
#include "provider_http.h"
#include "provider_table.h"
#include "utf8.h"

#define BATCH 50

/* Who e-mails are from until somebody says so: an address that is nobody's. */
#define FROM "ecompta-crm@localhost"

static const struct provider_field fields[] = {
	{ "folder", N_("Folder"), FIELD_FOLDER, true, "", NULL },
	{ "from_address", N_("Sender's address"), FIELD_EMAIL, false, "", NULL },
	{ "from_name", N_("Sender's name"), FIELD_TEXT, false, "", NULL },
	{ "reply_to", N_("Address for answers"), FIELD_EMAIL, false, "", NULL },
	{ .key = NULL },
};

static void add_path(const struct batch *b, size_t i, struct strbuf *out)
{
	char ref[32];

	provider_ref(b->to[i].message_id, ref);
	strbuf_addf(out, "%s/%s.%s", channel_word(b->channel), ref,
		b->channel == CHANNEL_EMAIL ? "eml" : "txt");
}

static void add_line(struct strbuf *out, const char *name, const char *value)
{
	if (!value[0])
		return;
	strbuf_addf(out, "%s: ", name);
	utf8_add_clean(out, value, strlen(value), "");
	strbuf_addc(out, '\n');
}

static void write_note(const struct account *a, const struct batch *b, size_t i, struct strbuf *out)
{
	const struct outgoing *to = &b->to[i];

	add_line(out, "From", b->sender[0] ? b->sender : account_get(a, "from_name"));
	add_line(out, "To", to->to);
	add_line(out, "Name", to->to_name);
	strbuf_addf(out, "Campaign: %" PRId64 "\nDate: ", b->campaign_id);
	date_add_instant(out, b->now);
	strbuf_addc(out, '\n');
	add_line(out, "Media", b->media);
	strbuf_addc(out, '\n');
	template_write(b->text, b->channel == CHANNEL_SMS ? WRITE_SMS : WRITE_TEXT, to->values, out);
	strbuf_addc(out, '\n');
}

static bool write_message(const struct account *a, const struct batch *b, size_t i,
	struct strbuf *out, struct err *err)
{
	const char *from = account_get(a, "from_address");

	if (b->channel == CHANNEL_EMAIL)
		return mail_write(a, b, i, from[0] ? from : FROM, out, err);
	write_note(a, b, i, out);
	return !out->full || err_set(err, ERR_TOO_LARGE, b->to[i].to, "%s", "");
}

static bool put(const char *path, const struct strbuf *content, struct err *err)
{
	struct path_new n;

	if (!path_new_open(&n, path, err))
		return false;
	if (fwrite(content->buf, 1, content->len, n.file) != content->len) {
		err_set_errno(err, ERR_IO, path);
		path_new_discard(&n);
		return false;
	}
	return path_new_commit_once(&n, err);
}

/* A channel's folder is made; the account's own must stand there, so that messages do
 * not go below a disk that was not plugged in. */
static bool make_folder(const char *folder, const struct batch *b, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	bool ok;

	if (!folder[0])
		return err_set(err, ERR_MAIL_SETTING, "folder", "%s", "");
	if (stat(folder, &st) < 0)
		return err_set_errno(err, ERR_IO, folder);
	strbuf_addf(&path, "%s/%s", folder, channel_word(b->channel));
	ok = path_mkdirs(path.buf, err);
	if (ok && access(path.buf, W_OK | X_OK) < 0)
		ok = err_set(err, ERR_NO_RIGHT, path.buf, "%s", strerror(errno));
	strbuf_release(&path);
	return ok;
}

/* Why nothing was written: a full or failing disk is tried again, a folder that cannot
 * be written to needs a person, and the rest is the message's own. */
static void judge(const struct err *err, struct send_result *r)
{
	switch ((int)err->code) {
	case ERR_DUPLICATE:
		r->outcome = OUTCOME_SENT;
		snprintf(r->code, sizeof(r->code), "EXISTS");
		return;
	case ERR_DISK_FULL:
	case ERR_IO:
		r->outcome = OUTCOME_RETRY;
		r->reason = REASON_RETRY;
		break;
	case ERR_MAIL_TO:
		provider_refuse(r, MESSAGE_FAILED, REASON_BAD_ADDRESS);
		break;
	case ERR_MAIL_UNSUBSCRIBE:
	case ERR_TOO_LARGE:
		provider_refuse(r, MESSAGE_FAILED, REASON_TEMPLATE);
		break;
	default:
		provider_forbid(r);
		break;
	}
	snprintf(r->code, sizeof(r->code), "%s", err_name(err->code));
}

static void deliver_one(const struct account *a, const struct batch *b, size_t i,
	const char *folder, struct send_result *r)
{
	struct strbuf name = STRBUF_INIT, path = STRBUF_INIT;
	struct strbuf content = STRBUF_INIT_MAX(MIME_MAX);
	struct err err = ERR_INIT;

	*r = (struct send_result){ .outcome = OUTCOME_SENT };
	add_path(b, i, &name);
	strbuf_addf(&path, "%s/%s", folder, name.buf);
	if (!write_message(a, b, i, &content, &err) || !put(path.buf, &content, &err))
		judge(&err, r);
	if (r->outcome == OUTCOME_SENT)
		snprintf(r->provider_id, sizeof(r->provider_id), "%s", name.buf);
	strbuf_release(&name);
	strbuf_release(&path);
	strbuf_release(&content);
}

static bool deliver(const struct account *a, const struct batch *b, struct send_result *results,
	struct err *err)
{
	const char *folder = account_get(a, "folder");
	struct err own = ERR_INIT;

	(void)err;
	if (!make_folder(folder, b, &own)) {
		struct send_result one = { .outcome = OUTCOME_FORBIDDEN };

		judge(&own, &one);
		provider_all(b, &one, results);
		return true;
	}
	for (size_t i = 0; i < b->count; i++)
		deliver_one(a, b, i, folder, &results[i]);
	return true;
}

/* A file is there as a whole or not at all. Where even the folder is missing, nobody
 * can say. */
static enum lookup_answer look(
	const struct account *a, const struct batch *b, char provider_id[160])
{
	const char *folder = account_get(a, "folder");
	enum lookup_answer answer = LOOKUP_UNKNOWN;
	struct strbuf name = STRBUF_INIT, path = STRBUF_INIT;
	struct stat st;

	provider_id[0] = '\0';
	add_path(b, 0, &name);
	strbuf_addf(&path, "%s/%s", folder, name.buf);
	if (folder[0] && stat(path.buf, &st) == 0) {
		answer = LOOKUP_SENT;
		snprintf(provider_id, 160, "%s", name.buf);
	} else if (folder[0] && errno == ENOENT && stat(folder, &st) == 0) {
		answer = LOOKUP_NEVER_ARRIVED;
	}
	strbuf_release(&name);
	strbuf_release(&path);
	return answer;
}

const struct provider_ops provider_file = {
	.name = PROVIDER_FILE,
	.fields = fields,
	.batch_max = BATCH,
	.help = N_("Nothing is sent: each message becomes a file in this folder, to try a campaign "
		   "out, or for a program that carries it on. Take files out only when nothing is "
		   "being sent."),
	.deliver = deliver,
	.look = look,
};
