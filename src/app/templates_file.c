/* Templates as files: one JSON of many, or one text. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db.h"
#include "json.h"
#include "json_out.h"
#include "path.h"
#include "store_template.h"
#include "templates_private.h"
#include "utf8.h"

#define FILE_MOST ((size_t)8 << 20)
#define FORMAT 1

/* --- out --- */

static void put_text(struct json_out *o, const char *key, const char *text)
{
	if (*text)
		json_out_str(o, key, text);
}

/* The latest of each language. */
static void put_texts(struct json_out *o, const struct template_card *card)
{
	json_out_array(o, "texts");
	for (int i = 0; i < card->n_versions; i++) {
		const struct saved_version *v = &card->versions[i];

		if (i && !strcmp(card->versions[i - 1].language, v->language))
			continue;
		json_out_object(o, NULL);
		json_out_str(o, "language", v->language);
		put_text(o, "subject", v->subject);
		json_out_str(o, "text", v->text);
		put_text(o, "html", v->html);
		json_out_end(o);
	}
	json_out_end(o);
}

static bool put_template(struct session *s, struct json_out *o, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct template_card card;
	bool ok = templates_get(s, id, &a, &card, err);

	if (ok) {
		json_out_object(o, NULL);
		json_out_str(o, "name", card.head.name);
		put_text(o, "key", card.head.system_key);
		json_out_str(o, "channel", channel_word(card.head.channel));
		json_out_str(o, "type", campaign_type_word(card.head.type));
		put_texts(o, &card);
		json_out_end(o);
	}
	arena_release(&a);
	return ok;
}

static bool put_all(
	struct session *s, struct json_out *o, const int64_t *ids, int n, struct err *err)
{
	bool ok = true;

	json_out_object(o, NULL);
	json_out_str(o, "ecompta-crm", "templates");
	json_out_int(o, "version", FORMAT);
	json_out_array(o, "templates");
	for (int i = 0; ok && i < n; i++)
		ok = put_template(s, o, ids[i], err);
	json_out_end(o);
	json_out_end(o);
	return ok;
}

static bool all_ids(
	struct session *s, struct arena *a, const int64_t **ids, int *n, struct err *err)
{
	struct saved_template *list;
	int64_t *all;

	if (!templates_list(s, -1, false, a, &list, n, err))
		return false;
	all = arena_zalloc(a, (size_t)*n + 1, sizeof(*all));
	for (int i = 0; i < *n; i++)
		all[i] = list[i].id;
	*ids = all;
	return true;
}

bool templates_export(
	struct session *s, const int64_t *ids, int n, const char *path, int *count, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct path_new file;
	struct json_out o;
	bool ok = n ? session_ready(s, RIGHT_CAMPAIGNS_READ, err) : all_ids(s, &a, &ids, &n, err);

	ok = ok && path_new_open(&file, path, err);
	if (ok) {
		struct err late = ERR_INIT;

		json_out_init_file(&o, file.file, true);
		ok = put_all(s, &o, ids, n, err);
		if (!json_out_finish(&o, &late) && ok) {
			*err = late;
			ok = false;
		}
		if (ok)
			ok = path_new_commit_once(&file, err);
		else
			path_new_discard(&file);
	}
	*count = n;
	arena_release(&a);
	return ok;
}

/* --- in --- */

static bool read_all(FILE *f, const char *path, struct strbuf *out, struct err *err)
{
	char block[16384];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), f)) > 0) {
		if (out->len + got > FILE_MOST)
			return err_set(err, ERR_TOO_LARGE, path, "%s", "");
		strbuf_add(out, block, got);
	}
	return !ferror(f) || err_set_errno(err, ERR_IO, path);
}

static bool read_file(const char *path, struct strbuf *out, struct err *err)
{
	FILE *f = fopen(path, "rbe");
	bool ok;

	if (!f)
		return err_set_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path);
	ok = read_all(f, path, out, err);
	fclose(f);
	return ok;
}

static bool member(const struct json *obj, const char *key, const char **out, struct err *err)
{
	struct json item;

	*out = "";
	return !json_find(obj, key, &item) || json_as_str(&item, out, err);
}

static bool read_head(const struct json *obj, struct saved_template *t, struct err *err)
{
	const char *channel, *type;

	*t = (struct saved_template){ .languages = "" };
	if (!json_str(obj, "name", &t->name, err) || !member(obj, "key", &t->system_key, err) ||
		!json_str(obj, "channel", &channel, err) || !json_str(obj, "type", &type, err))
		return false;
	if (!channel_parse(channel, &t->channel))
		return err_set(err, ERR_INVALID, channel, "channel");
	if (!campaign_type_parse(type, &t->type))
		return err_set(err, ERR_INVALID, type, "type");
	return *t->name && strlen(t->name) <= TEMPLATE_NAME_MAX
		       ? true
		       : err_set(err, ERR_INVALID, t->name, "name");
}

static bool read_version(const struct json *obj, struct saved_version *v, struct err *err)
{
	const char *language;

	*v = (struct saved_version){ .author = "" };
	if (!json_str(obj, "language", &language, err) ||
		!member(obj, "subject", &v->subject, err) || !member(obj, "text", &v->text, err) ||
		!member(obj, "html", &v->html, err))
		return false;
	if (strlen(language) >= sizeof(v->language))
		return err_set(err, ERR_INVALID, language, "language");
	snprintf(v->language, sizeof(v->language), "%s", language);
	return true;
}

/* The company's own of that key or name, else a new one. */
static bool find_or_make(struct change *ch, struct arena *a, struct saved_template *t,
	struct templates_imported *out, struct err *err)
{
	struct session *s = ch->s;
	const char *key = *t->system_key ? t->system_key : t->name;
	struct saved_template stored;
	bool found;

	if (!store_template_find(s->db, s->company.id, t->channel, key, a, &stored, &found, err))
		return false;
	if (found) {
		*t = stored;
		return true;
	}
	t->company_id = s->company.id;
	t->system_key = "";
	t->created_at = session_now(s);
	out->made++;
	return store_template_insert(s->db, t, err);
}

static bool take_version(struct change *ch, struct saved_template *t, struct saved_version *v,
	struct templates_imported *out, struct err *err)
{
	bool same = false;

	if (!template_version_valid(t, v, err) || !template_version_add(ch, t, v, &same, err))
		return false;
	if (same)
		out->same++;
	else
		out->changed++;
	return true;
}

static bool take_template(struct change *ch, struct arena *a, const struct json *obj,
	struct templates_imported *out, struct err *err)
{
	struct json texts, text = { .item = NULL };
	struct saved_template t;
	struct saved_version v;

	if (!read_head(obj, &t, err) || !json_array(obj, "texts", &texts, err) ||
		!find_or_make(ch, a, &t, out, err))
		return false;
	while (json_next(&texts, &text))
		if (!read_version(&text, &v, err) || !take_version(ch, &t, &v, out, err))
			return false;
	return true;
}

static bool take_all(
	struct change *ch, const struct json *root, struct templates_imported *out, struct err *err)
{
	struct json list, one = { .item = NULL };
	struct arena a = ARENA_INIT;
	const char *what;
	int64_t version;
	bool ok =
		json_str(root, "ecompta-crm", &what, err) &&
		(!strcmp(what, "templates") || err_set(err, ERR_INVALID, what, "not templates")) &&
		json_int(root, "version", FORMAT, FORMAT, &version, err) &&
		json_array(root, "templates", &list, err);

	while (ok && json_next(&list, &one))
		ok = take_template(ch, &a, &one, out, err);
	arena_release(&a);
	return ok;
}

static bool keep(struct change *ch, bool ok, const struct templates_imported *out, int64_t id,
	struct err *err)
{
	char detail[96];

	snprintf(detail, sizeof(detail), "{\"made\":%d,\"changed\":%d,\"same\":%d}", out->made,
		out->changed, out->same);
	return change_end(ch, ok, "template.import", "template", id, detail, err);
}

bool templates_import(
	struct session *s, const char *path, struct templates_imported *out, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	struct json_doc *doc = NULL;
	struct change ch;
	struct json root;
	bool ok;

	*out = (struct templates_imported){ .made = 0 };
	ok = session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) && templates_ensure(s, err) &&
	     read_file(path, &text, err) && (doc = json_parse(text.buf, text.len, FILE_MOST, err));
	if (ok) {
		root = json_root(doc);
		ok = change_begin(&ch, s, RIGHT_CAMPAIGNS_CHANGE, err) &&
		     take_all(&ch, &root, out, err);
		ok = keep(&ch, ok, out, 0, err);
	}
	json_free(doc);
	strbuf_release(&text);
	return ok;
}

/* --- one text --- */

static bool is_html(const char *path)
{
	size_t len = strlen(path);

	return (len > 5 && !strcmp(path + len - 5, ".html")) ||
	       (len > 4 && !strcmp(path + len - 4, ".htm"));
}

/* "Subject: ..." and an empty line at the head; the rest is the text. Ends lines with \n. */
static bool split(const char *path, struct strbuf *raw, struct arena *a, struct saved_version *v,
	struct err *err)
{
	static const char head[] = "Subject:";
	struct strbuf text = STRBUF_INIT;
	const char *from = raw->buf, *body;

	if (raw->len != strlen(raw->buf) || !utf8_valid(raw->buf, raw->len))
		return err_set(err, ERR_INVALID, path, "not UTF-8");
	if (!strncmp(from, "\xEF\xBB\xBF", 3))
		from += 3;
	for (; *from; from++)
		if (*from != '\r' || from[1] != '\n')
			strbuf_addc(&text, *from);
	while (text.len && text.buf[text.len - 1] == '\n')
		strbuf_truncate(&text, text.len - 1);
	body = arena_strndup(a, text.buf, text.len);
	strbuf_release(&text);
	v->subject = v->text = v->html = "";
	if (!strncmp(body, head, sizeof(head) - 1)) {
		size_t skip = sizeof(head) - 1 + strspn(body + sizeof(head) - 1, " ");
		size_t len = strcspn(body + skip, "\n");

		v->subject = arena_strndup(a, body + skip, len);
		body += skip + len;
		body += strspn(body, "\n");
	}
	*(is_html(path) ? &v->html : &v->text) = body;
	return true;
}

/* What the file does not say stays as it is. */
static bool fill_up(struct change *ch, const struct saved_template *t, struct arena *a,
	struct saved_version *v, struct err *err)
{
	struct saved_version latest;
	bool found;

	if (!store_version_latest(ch->s->db, t->id, v->language, a, &latest, &found, err))
		return false;
	if (!found)
		return true;
	if (!*v->subject)
		v->subject = latest.subject;
	if (!*v->text)
		v->text = latest.text;
	if (!*v->html)
		v->html = latest.html;
	return true;
}

bool templates_import_text(struct session *s, const char *path, struct saved_template *into,
	const char *language, struct templates_imported *out, struct err *err)
{
	struct saved_version v = { .author = "" };
	struct strbuf raw = STRBUF_INIT;
	struct arena a = ARENA_INIT;
	struct change ch;
	bool ok;

	*out = (struct templates_imported){ .made = 0 };
	snprintf(v.language, sizeof(v.language), "%s", language);
	into->system_key = "";
	ok = session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) && templates_ensure(s, err) &&
	     read_file(path, &raw, err) && split(path, &raw, &a, &v, err);
	if (ok) {
		struct saved_template t = *into;

		ok = change_begin(&ch, s, RIGHT_CAMPAIGNS_CHANGE, err) &&
		     find_or_make(&ch, &a, &t, out, err) && fill_up(&ch, &t, &a, &v, err) &&
		     take_version(&ch, &t, &v, out, err);
		ok = keep(&ch, ok, out, t.id, err);
		into->id = t.id;
		into->type = t.type;
	}
	arena_release(&a);
	strbuf_release(&raw);
	return ok;
}
