#include "templates_private.h"

#include "compose.h"
#include "customer_list.h"
#include "db.h"
#include "store_audience.h"
#include "store_template.h"
#include "system_template.h"

#define LINK_STANDS_HERE "…"  /* where each message has a link of its own */
#define PROGRAM "ecompta-crm" /* author of what comes with it */

/* --- those that come with the program --- */

static bool is_first(size_t i)
{
	const struct system_template *t = &system_templates[i];

	for (size_t j = 0; j < i; j++)
		if (system_templates[j].channel == t->channel &&
			!strcmp(system_templates[j].key, t->key))
			return false;
	return true;
}

static bool add_texts(struct session *s, struct saved_template *t, const char *key, struct err *err)
{
	for (size_t i = 0; i < system_template_count; i++) {
		const struct system_template *from = &system_templates[i];
		struct saved_version v = { .subject = from->subject,
			.text = from->text,
			.html = from->html,
			.author = PROGRAM,
			.created_at = session_now(s) };

		if (from->channel != t->channel || strcmp(from->key, key) != 0)
			continue;
		snprintf(v.language, sizeof(v.language), "%s", from->language);
		if (!store_version_add(s->db, t, &v, err))
			return false;
	}
	return true;
}

/* One that is there already, or whose name the company uses, stays as it is. */
static bool add_system(struct session *s, const struct system_template *from, struct err *err)
{
	struct saved_template t = { .company_id = s->company.id,
		.name = from->name,
		.system_key = from->key,
		.channel = from->channel,
		.type = from->type,
		.created_at = session_now(s) };
	struct err why = ERR_INIT;

	if (store_template_insert(s->db, &t, &why))
		return add_texts(s, &t, from->key, err);
	if (why.code == ERR_DUPLICATE)
		return true;
	*err = why;
	return false;
}

static bool make_system(struct session *s, struct err *err)
{
	bool ok;

	if (!db_write(s->db, err))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < system_template_count; i++)
		if (is_first(i))
			ok = add_system(s, &system_templates[i], err);
	ok = ok && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

bool templates_ensure(struct session *s, struct err *err)
{
	int64_t there;

	return store_template_system_count(s->db, s->company.id, &there, err) &&
	       (there || make_system(s, err));
}

/* --- reading --- */

bool templates_list(struct session *s, int channel, bool archived, struct arena *a,
	struct saved_template **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CAMPAIGNS_READ, err) && templates_ensure(s, err) &&
	       store_template_list(s->db, s->company.id, channel, archived, a, out, count, err);
}

static bool read_versions(
	struct session *s, struct arena *a, struct template_card *out, struct err *err)
{
	return store_versions(s->db, out->head.id, a, &out->versions, &out->n_versions, err);
}

bool templates_get(
	struct session *s, int64_t id, struct arena *a, struct template_card *out, struct err *err)
{
	*out = (struct template_card){ .n_versions = 0 };
	return session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	       store_template_get(s->db, s->company.id, id, a, &out->head, err) &&
	       read_versions(s, a, out, err);
}

bool templates_find(struct session *s, enum channel channel, const char *key, struct arena *a,
	struct template_card *out, struct err *err)
{
	bool found;

	*out = (struct template_card){ .n_versions = 0 };
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !templates_ensure(s, err) ||
		!store_template_find(
			s->db, s->company.id, channel, key, a, &out->head, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_GONE, key, "template, %s", channel_word(channel));
	return read_versions(s, a, out, err);
}

const struct saved_version *template_latest(const struct template_card *card, const char *language)
{
	for (int i = 0; i < card->n_versions; i++)
		if (!strcmp(card->versions[i].language, language))
			return &card->versions[i];
	return NULL;
}

/* --- what is wrong with a text --- */

const char *template_part_label(enum template_part v)
{
	static const char *const labels[TEMPLATE_PART_COUNT] = {
		/* TRANSLATORS: part of an e-mail */
		[PART_SUBJECT] = N_("subject"),
		/* TRANSLATORS: part of an e-mail, or a whole SMS */
		[PART_TEXT] = N_("text"),
		/* TRANSLATORS: part of an e-mail: as a page */
		[PART_HTML] = N_("HTML page"),
	};

	return (size_t)v < ARRAY_SIZE(labels) ? labels[v] : "";
}

bool templates_check(
	const struct saved_version *v, enum campaign_type type, struct template_fault *fault)
{
	const char *const parts[TEMPLATE_PART_COUNT] = { v->subject, v->text, v->html };
	struct arena a = ARENA_INIT;
	struct template parsed;
	bool ok = true;

	for (int i = 0; ok && i < TEMPLATE_PART_COUNT; i++) {
		ok = template_parse(
			&a, parts[i], type == CAMPAIGN_TRANSACTIONAL, &parsed, &fault->error);
		if (!ok)
			fault->part = (enum template_part)i;
	}
	arena_release(&a);
	return ok;
}

static bool check(const struct saved_version *v, enum campaign_type type, struct err *err)
{
	const char *const parts[TEMPLATE_PART_COUNT] = { v->subject, v->text, v->html };
	struct template_fault f;
	char what[64];

	if (templates_check(v, type, &f))
		return true;
	snprintf(what, sizeof(what), "%.*s", f.error.len < 60 ? (int)f.error.len : 60,
		parts[f.part] + f.error.at);
	return err_set(err, ERR_TEMPLATE, what, "%s, line %d, column %d: %s",
		template_part_label(f.part), f.error.line, f.error.column,
		template_problem_label(f.error.problem));
}

/* --- changing --- */

static bool put(struct change *ch, struct saved_template *t, struct err *err)
{
	struct db *db = ch->s->db;

	if (!t->id) {
		t->system_key = "";
		t->created_at = session_now(ch->s);
		return store_template_insert(db, t, err);
	}
	if (t->archived_at)
		t->archived_at = session_now(ch->s);
	return store_template_edit(db, t, err);
}

bool templates_put(struct session *s, struct saved_template *t, struct err *err)
{
	bool fresh = !t->id, ok;
	struct change ch;

	if (!*t->name || strlen(t->name) > TEMPLATE_NAME_MAX)
		return err_set(err, ERR_INVALID, t->name, "name");
	t->company_id = s->company.id;
	ok = change_begin(&ch, s, RIGHT_CAMPAIGNS_CHANGE, err) && put(&ch, t, err);
	return change_end(
		&ch, ok, fresh ? "template.add" : "template.edit", "template", t->id, "", err);
}

static bool lengths_suit(
	const struct saved_template *t, const struct saved_version *v, struct err *err)
{
	enum lang lang;

	if (!lang_parse(v->language, &lang))
		return err_set(err, ERR_INVALID, v->language, "language");
	if (strlen(v->subject) > TEMPLATE_SUBJECT_MAX || strpbrk(v->subject, "\r\n"))
		return err_set(err, ERR_INVALID, v->subject, "subject");
	if (t->channel != CHANNEL_EMAIL && (*v->html || *v->subject) &&
		t->channel != CHANNEL_WHATSAPP)
		return err_set(err, ERR_INVALID, *v->html ? "html" : v->subject, "%s has none",
			channel_word(t->channel));
	if (!*v->text && !*v->html)
		return err_set(err, ERR_INVALID, v->text, "no text");
	return true;
}

static bool same_texts(const struct saved_version *a, const struct saved_version *b)
{
	return !strcmp(a->subject, b->subject) && !strcmp(a->text, b->text) &&
	       !strcmp(a->html, b->html);
}

bool template_version_valid(
	const struct saved_template *t, const struct saved_version *v, struct err *err)
{
	return lengths_suit(t, v, err) && check(v, t->type, err);
}

bool template_version_add(struct change *ch, struct saved_template *t, struct saved_version *v,
	bool *same, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct saved_version latest;
	bool ok = store_version_latest(ch->s->db, t->id, v->language, &a, &latest, same, err);

	*same = ok && *same && same_texts(&latest, v);
	if (*same) {
		v->id = latest.id;
		v->template_id = latest.template_id;
		v->version = latest.version;
		v->created_at = latest.created_at;
		v->author = "";
	} else if (ok) {
		v->author = ch->s->actor.login;
		v->created_at = session_now(ch->s);
		ok = store_version_add(ch->s->db, t, v, err);
	}
	arena_release(&a);
	return ok;
}

bool templates_save(
	struct session *s, struct saved_template *t, struct saved_version *v, struct err *err)
{
	char detail[64];
	struct change ch;
	bool same = false, ok;

	if (!template_version_valid(t, v, err))
		return false;
	t->company_id = s->company.id;
	ok = change_begin(&ch, s, RIGHT_CAMPAIGNS_CHANGE, err) &&
	     template_version_add(&ch, t, v, &same, err);
	if (ok && same) {
		db_rollback(s->db);
		return true;
	}
	snprintf(detail, sizeof(detail), "{\"language\":\"%s\",\"version\":%d}", v->language,
		v->version);
	return change_end(&ch, ok, "template.save", "template", t->id, detail, err);
}

/* --- how it reads --- */

static const struct person invented = {
	.id = 1,
	.address = { "awa.kabre@example.com", "+22670123456", "+22670123456", "", "" },
	.preferred = "",
	.language = "",
	.time_zone = "",
	.country = "",
	.kind = KIND_PERSON,
	.name = "Kabré",
	.first_name = "Awa",
	.firm = "Faso Textiles",
	.city = "Ouagadougou",
	.score = 72,
	.segment = SEGMENT_LOYAL,
	.overdue = 12500000,
	.invoice = "F-2041",
	.invoice_due = 20600,
};

static bool read_person(
	struct session *s, int64_t id, struct arena *a, struct person *out, struct err *err)
{
	struct list_query list = customer_list_query(s);
	struct audience_query query = { .list = &list,
		.persons = arena_printf(a, "%lld", (long long)id),
		.channels = (UINT32_C(1) << CHANNEL_COUNT) - 1,
		.invoice = true,
		.today = list.today };
	struct person *people;
	int n;

	if (!id) {
		*out = invented;
		return true;
	}
	if (!store_audience(s->db, &query, 0, 1, a, &people, &n, err))
		return false;
	if (!n)
		return err_set(err, ERR_GONE, "customer", "%lld", (long long)id);
	*out = people[0];
	return true;
}

static const char *written(const struct template *t, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT], struct arena *a)
{
	struct strbuf out = STRBUF_INIT;
	const char *text;

	template_write(t, form, values, &out);
	text = arena_strndup(a, out.buf, out.len);
	strbuf_release(&out);
	return text;
}

static bool write_for(struct composer *c, const struct person *p, struct arena *a,
	struct template_preview *out, struct err *err)
{
	const struct composed *text = &c->list[0];
	bool sms = text->content.channel == CHANNEL_SMS;
	const char *values[TEMPLATE_VAR_COUNT];
	struct strbuf vars = STRBUF_INIT;
	bool ok;

	composer_vars(c, text, p, &vars);
	ok = composer_values(c, text, vars.buf, LINK_STANDS_HERE, a, values, err);
	strbuf_release(&vars);
	if (!ok)
		return false;
	out->subject = written(&text->subject, WRITE_TEXT, values, a);
	out->text = written(&text->text, sms ? WRITE_SMS : WRITE_TEXT, values, a);
	out->html = written(&text->html, WRITE_HTML, values, a);
	if (sms)
		sms_count(out->text, &out->sms);
	return true;
}

bool templates_preview(struct session *s, const struct saved_template *t,
	const struct saved_version *v, int64_t customer_id, struct arena *a,
	struct template_preview *out, struct err *err)
{
	struct campaign_content content = { .channel = t->channel,
		.subject = v->subject,
		.text = v->text,
		.html = v->html,
		.media = "" };
	struct composer c = { .n = 0 };
	struct person p;
	bool ok;

	*out = (struct template_preview){ .subject = "", .text = "", .html = "" };
	snprintf(content.language, sizeof(content.language), "%s", v->language);
	ok = session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	     read_person(s, customer_id, a, &p, err) &&
	     composer_open_texts(&c, s, t->type, &content, 1, err) &&
	     write_for(&c, &p, a, out, err);
	composer_release(&c);
	return ok;
}
