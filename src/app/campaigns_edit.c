/* Drafts: written, edited, duplicated, removed; and their texts. */
#include <stdlib.h>

#include "audience.h"
#include "campaigns_private.h"
#include "db.h"
#include "filter.h"
#include "json_out.h"
#include "num.h"
#include "system_template.h"
#include "template.h"
#include "utf8.h"

#define SENDER_MAX 64
#define MEDIA_MAX 2000
#define PERSON_DIGITS 20
#define CHANNELS_ALL ((UINT32_C(1) << CHANNEL_COUNT) - 1)
#define CHANNELS_PAGES (UINT32_C(1) << CHANNEL_FACEBOOK | UINT32_C(1) << CHANNEL_INSTAGRAM)

/* --- what a draft may be --- */

static bool one_line(const char *s, size_t most)
{
	size_t len = strlen(s), taken;
	uint32_t cp;

	if (len > most || !utf8_valid(s, len))
		return false;
	for (size_t at = 0; at < len; at += taken) {
		taken = utf8_decode(s + at, len - at, &cp);
		if (utf8_is_control(cp))
			return false;
	}
	return true;
}

static bool check_name(const struct campaign *c, struct err *err)
{
	if (c->name[strspn(c->name, " ")] && one_line(c->name, CAMPAIGN_NAME_MAX))
		return true;
	return err_set(err, ERR_INVALID, "name", "%zu bytes", strlen(c->name));
}

static bool check_filter(const struct campaign *c, struct err *err)
{
	struct arena a = ARENA_INIT;
	const struct filter *filter;
	struct filter_error error;
	bool ok = filter_parse(&a, c->filter, &filter, &error);

	arena_release(&a);
	return ok || err_set(err, ERR_FILTER, c->filter + error.at, "byte %zu: %s", error.at,
			     filter_problem_label(error.problem));
}

/* How many ids; -1 when it is no list of them. */
static int count_persons(const char *list)
{
	int n = 0;

	while (*list) {
		size_t len = strcspn(list, ",");
		char id[PERSON_DIGITS];
		int64_t unused;

		snprintf(id, sizeof(id), "%.*s", (int)len, list);
		if (len >= sizeof(id) || !num_parse_i64(id, 1, INT64_MAX, &unused))
			return -1;
		n++;
		list += len;
		if (*list && !*++list)
			return -1;
	}
	return n;
}

static bool check_audience(const struct campaign *c, struct err *err)
{
	int persons = count_persons(c->persons);

	if (persons < 0 || persons > CAMPAIGN_PERSONS_MAX)
		return err_set(err, ERR_INVALID, "customers", "%s", "ids with commas between");
	if (c->kind == CAMPAIGN_ONE && persons != 1)
		return err_set(err, ERR_INVALID, "customer", "%d of them", persons);
	if (c->kind == CAMPAIGN_POST && (persons || *c->filter))
		return err_set(err, ERR_INVALID, "customers", "%s", "a post is to nobody");
	if (c->kind == CAMPAIGN_POST && c->channels & ~CHANNELS_PAGES)
		return err_set(err, ERR_INVALID, "channel", "%s", "a post needs a page");
	return check_filter(c, err);
}

static bool check_order(const struct campaign *c, struct err *err)
{
	enum channel list[CHANNEL_COUNT];
	int words = *c->order != '\0';

	for (const char *p = c->order; *p; p++)
		words += *p == ',';
	if (channel_list(c->order, list) != words)
		return err_set(err, ERR_INVALID, c->order, "%s", "order of channels");
	if (c->channels & ~CHANNELS_ALL)
		return err_set(err, ERR_INVALID, "channel", "%u", (unsigned)c->channels);
	return true;
}

static bool check_numbers(const struct campaign *c, struct err *err)
{
	if ((size_t)c->kind >= CAMPAIGN_KIND_COUNT || (size_t)c->type >= CAMPAIGN_TYPE_COUNT ||
		(size_t)c->late >= LATE_POLICY_COUNT)
		return err_set(err, ERR_INVALID, "kind", "%s", "");
	if (c->start_at < 0 || c->not_after < 0)
		return err_set(err, ERR_INVALID, "start", "%s", "before 1970");
	if (c->budget < 0)
		return err_set(err, ERR_INVALID, "budget", "%lld", (long long)c->budget);
	return true;
}

static bool check_draft(const struct campaign *c, struct err *err)
{
	if (!one_line(c->sender, SENDER_MAX))
		return err_set(err, ERR_INVALID, "sender", "%zu bytes", strlen(c->sender));
	return check_name(c, err) && check_order(c, err) && check_numbers(c, err) &&
	       check_audience(c, err);
}

/* --- saving --- */

static bool audit_name(
	struct session *s, const char *action, const struct campaign *c, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "name", c->name);
	json_out_end(&o);
	ok = json_out_finish(&o, err) && campaign_audit(s, action, c->id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

/* A draft that is there, of the revision that the caller knows. */
static bool find_draft(struct session *s, int64_t id, int64_t revision, struct arena *a,
	struct campaign *out, struct err *err)
{
	enum campaign_status to;

	if (!campaign_read(s, id, a, out, err) || !campaign_may(out, CAMPAIGN_ACT_EDIT, &to, err))
		return false;
	return out->revision == revision ||
	       err_set(err, ERR_CONFLICT, out->name, "%lld", (long long)id);
}

static void start_draft(struct session *s, struct campaign *c)
{
	c->status = CAMPAIGN_DRAFT;
	c->cause = CAUSE_NONE;
	c->frozen_upto = c->launched_at = c->ended_at = 0;
	c->created_by = s->actor.login;
	c->created_at = session_now(s);
}

static bool save(struct session *s, struct campaign *c, struct arena *a, struct err *err)
{
	struct campaign stored;

	c->company_id = s->company.id;
	if (!c->id) {
		start_draft(s, c);
		return store_campaign_insert(s->db, c, err) &&
		       audit_name(s, "campaign.make", c, err);
	}
	return find_draft(s, c->id, c->revision, a, &stored, err) &&
	       store_campaign_edit(s->db, c, err) && audit_name(s, "campaign.edit", c, err);
}

bool campaigns_save(struct session *s, struct campaign *c, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign fresh = *c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !check_draft(c, err) ||
		!db_write(s->db, err))
		return false;
	ok = save(s, &fresh, &a, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	if (ok)
		*c = fresh;
	return ok;
}

bool campaigns_delete(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	enum campaign_status to;
	struct campaign c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err) && campaign_may(&c, CAMPAIGN_ACT_EDIT, &to, err) &&
	     store_campaign_delete(s->db, s->company.id, id, session_now(s), err) &&
	     audit_name(s, "campaign.delete", &c, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

/* --- duplicating --- */

/* "Promo" becomes "Promo (2)", and that "Promo (3)". */
static const char *next_name(const char *name, struct arena *a)
{
	size_t len = strlen(name);
	const char *open = strrchr(name, '(');
	int64_t number = 1;
	char digits[12];

	if (open && open > name + 1 && open[-1] == ' ' && name[len - 1] == ')') {
		snprintf(
			digits, sizeof(digits), "%.*s", (int)(name + len - 1 - open - 1), open + 1);
		if (num_parse_i64(digits, 2, 1000000, &number))
			len = (size_t)(open - name) - 1;
	}
	while (len > CAMPAIGN_NAME_MAX - 12)
		len = utf8_prev(name, len, len);
	return arena_printf(a, "%.*s (%lld)", (int)len, name, (long long)number + 1);
}

static bool copy_texts(
	struct session *s, int64_t from, int64_t to, struct arena *a, struct err *err)
{
	struct campaign_content *texts;
	int n;
	bool ok = store_contents(s->db, from, a, &texts, &n, err);

	for (int i = 0; ok && i < n; i++) {
		texts[i].id = 0;
		texts[i].campaign_id = to;
		ok = store_content_put(s->db, &texts[i], err);
	}
	return ok;
}

static bool duplicate(
	struct session *s, int64_t id, struct arena *a, int64_t *made, struct err *err)
{
	struct campaign c;

	if (!campaign_read(s, id, a, &c, err))
		return false;
	c.id = 0;
	c.name = next_name(c.name, a);
	c.start_at = c.not_after = 0;
	c.customer_zone = false;
	c.duplicate_of = id;
	start_draft(s, &c);
	if (!store_campaign_insert(s->db, &c, err) || !copy_texts(s, id, c.id, a, err) ||
		!audit_name(s, "campaign.duplicate", &c, err))
		return false;
	*made = c.id;
	return true;
}

bool campaigns_duplicate(struct session *s, int64_t id, int64_t *made, struct err *err)
{
	struct arena a = ARENA_INIT;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = duplicate(s, id, &a, made, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

/* --- texts --- */

/* Anything a person may be in the middle of writing; not what is no text at all. */
static bool check_text(const char *text, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct template_error error;
	struct template unused;
	bool ok = template_parse(&a, text, true, &unused, &error) ||
		  (error.problem != TEMPLATE_LONG && error.problem != TEMPLATE_CHARS);

	arena_release(&a);
	return ok || err_set(err, ERR_TEMPLATE, "", "line %d, column %d: %s", error.line,
			     error.column, template_problem_label(error.problem));
}

static bool check_content(const struct campaign_content *c, struct err *err)
{
	enum lang lang;

	if ((size_t)c->channel >= CHANNEL_COUNT)
		return err_set(err, ERR_INVALID, "channel", "%d", (int)c->channel);
	if (!lang_parse(c->language, &lang))
		return err_set(err, ERR_INVALID, c->language, "%s", "language");
	if (!one_line(c->media, MEDIA_MAX))
		return err_set(err, ERR_INVALID, "media", "%zu bytes", strlen(c->media));
	return check_text(c->subject, err) && check_text(c->text, err) && check_text(c->html, err);
}

/* The id of the one that is replaced; 0 none. */
static bool find_text(
	struct session *s, struct campaign_content *c, struct arena *a, struct err *err)
{
	struct campaign_content *list;
	int n;

	c->id = 0;
	if (!store_contents(s->db, c->campaign_id, a, &list, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (list[i].channel == c->channel && !strcmp(list[i].language, c->language))
			c->id = list[i].id;
	return true;
}

static bool put(struct session *s, struct campaign_content *content, int64_t *revision,
	struct arena *a, struct err *err)
{
	struct campaign c;

	if (!find_draft(s, content->campaign_id, *revision, a, &c, err) ||
		!find_text(s, content, a, err) || !store_content_put(s->db, content, err) ||
		!store_campaign_edit(s->db, &c, err) || !audit_name(s, "campaign.text", &c, err))
		return false;
	*revision = c.revision;
	return true;
}

bool campaigns_text_put(
	struct session *s, struct campaign_content *content, int64_t *revision, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t raised = *revision;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !check_content(content, err) ||
		!db_write(s->db, err))
		return false;
	ok = put(s, content, &raised, &a, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	if (ok)
		*revision = raised;
	return ok;
}

static bool drop(struct session *s, int64_t id, enum channel channel, const char *language,
	int64_t *revision, struct arena *a, struct err *err)
{
	struct campaign c;

	if (!find_draft(s, id, *revision, a, &c, err) ||
		!store_content_drop(s->db, id, channel, language, err) ||
		!store_campaign_edit(s->db, &c, err) || !audit_name(s, "campaign.text", &c, err))
		return false;
	*revision = c.revision;
	return true;
}

bool campaigns_text_drop(struct session *s, int64_t id, enum channel channel, const char *language,
	int64_t *revision, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t raised = *revision;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = drop(s, id, channel, language, &raised, &a, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	if (ok)
		*revision = raised;
	return ok;
}

/* --- from templates --- */

bool campaigns_template(struct session *s, const char *key, enum channel channel,
	const char *language, struct arena *a, struct campaign_content *out, struct err *err)
{
	const struct system_template *t;
	bool found;

	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) ||
		!store_content_of_template(
			s->db, s->company.id, key, channel, language, a, out, &found, err))
		return false;
	if (found)
		return true;
	t = system_template_find(key, language, channel);
	if (!t)
		return err_set(err, ERR_GONE, key, "%s, %s", channel_word(channel), language);
	*out = (struct campaign_content){ .channel = channel,
		.subject = t->subject,
		.text = t->text,
		.html = t->html,
		.media = "" };
	snprintf(out->language, sizeof(out->language), "%s", language);
	return true;
}

bool campaigns_template_version(struct session *s, int64_t version_id, struct arena *a,
	struct campaign_content *out, struct err *err)
{
	bool found;

	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) ||
		!store_content_of_version(s->db, s->company.id, version_id, a, out, &found, err))
		return false;
	return found || err_set(err, ERR_GONE, "template", "%lld", (long long)version_id);
}
