#include "compose.h"

#include "json.h"
#include "json_out.h"
#include "message_vars.h"
#include "settings.h"
#include "sms.h"
#include "stop_text.h"
#include "store_campaign.h"

#define VARS_MAX 65536

static bool read_text(struct composer *c, const char *text, bool transactional,
	struct template *out, uint32_t *vars, struct err *err)
{
	struct template_error error;

	if (template_parse(&c->arena, text, transactional, out, &error)) {
		*vars |= out->vars;
		return true;
	}
	return err_set(err, ERR_TEMPLATE,
		arena_strndup(&c->arena, text + error.at, error.len < 60 ? error.len : 60),
		"line %d, column %d: %s", error.line, error.column,
		template_problem_label(error.problem));
}

static bool compose(struct composer *c, struct composed *out, bool transactional, struct err *err)
{
	struct strbuf plain = STRBUF_INIT;
	const char *text = out->content.text;
	bool ok;

	if (!*text && *out->content.html) {
		html_as_text(out->content.html, &plain);
		text = arena_strndup(&c->arena, plain.buf, plain.len);
	}
	strbuf_release(&plain);
	ok = read_text(c, out->content.subject, transactional, &out->subject, &out->vars, err) &&
	     read_text(c, text, transactional, &out->text, &out->vars, err) &&
	     read_text(c, out->content.html, transactional, &out->html, &out->vars, err);
	out->lang = c->company.language;
	if (!lang_parse(out->content.language, &out->lang))
		out->lang = c->company.language;
	return ok;
}

bool composer_open_texts(struct composer *c, struct session *s, enum campaign_type type,
	const struct campaign_content *contents, int n, struct err *err)
{
	struct strbuf stop = STRBUF_INIT;
	bool ok;

	c->company = s->company;
	c->today = session_today(s);
	ok = settings_text(s, SETTING_SMS_STOP, &stop, err);
	if (ok && stop.len)
		snprintf(c->stop, sizeof(c->stop), "%s", stop.buf);
	strbuf_release(&stop);
	if (!ok)
		return false;
	c->list = arena_zalloc(&c->arena, (size_t)n + 1, sizeof(*c->list));
	for (int i = 0; ok && i < n; i++) {
		c->list[i].content = contents[i];
		ok = compose(c, &c->list[i], type == CAMPAIGN_TRANSACTIONAL, err);
		c->n = i + 1;
	}
	return ok;
}

bool composer_open(
	struct composer *c, struct session *s, const struct campaign *campaign, struct err *err)
{
	struct campaign_content *contents;
	int n;

	*c = (struct composer){ .n = 0 };
	c->plain_names = campaign->plain_names;
	return store_contents(s->db, campaign->id, &c->arena, &contents, &n, err) &&
	       composer_open_texts(c, s, campaign->type, contents, n, err);
}

void composer_release(struct composer *c)
{
	arena_release(&c->arena);
	arena_release(&c->one);
}

const struct composed *composer_pick(
	const struct composer *c, enum channel channel, const char *language)
{
	const char *own = lang_code(c->company.language);
	const struct composed *best = NULL;

	if (!*language)
		language = own;
	for (int i = 0; i < c->n; i++) {
		const struct composed *t = &c->list[i];

		if (t->content.channel != channel)
			continue;
		if (!strcmp(t->content.language, language))
			return t;
		if (!best || !strcmp(t->content.language, own))
			best = t;
	}
	return best;
}

const struct composed *composer_find(const struct composer *c, int64_t content_id)
{
	for (int i = 0; i < c->n; i++)
		if (c->list[i].content.id == content_id)
			return &c->list[i];
	return NULL;
}

/* Known only when the message is sent, and not to be stored. */
#define LATE_VARS (UINT32_C(1) << VAR_LIEN_DESINSCRIPTION | UINT32_C(1) << VAR_STOP)

/* One name can make an SMS cost twice: where the campaign wants it, é stays and ï is i. */
static const char *spelled(const char *value, struct arena *a)
{
	struct strbuf out = STRBUF_INIT;
	size_t at, len;

	if (!sms_offender(value, &at, &len))
		return value;
	(void)sms_spell(value, &out);
	value = arena_strndup(a, out.buf, out.len);
	strbuf_release(&out);
	return value;
}

static const char *value_for(const struct composer *c, const struct composed *text,
	enum template_var var, const struct person *p, struct arena *a)
{
	const char *value = message_var(var, p, &c->company, text->lang, c->today, a);

	return c->plain_names && text->content.channel == CHANNEL_SMS ? spelled(value, a) : value;
}

void composer_vars(struct composer *c, const struct composed *text, const struct person *p,
	struct strbuf *json)
{
	uint32_t vars = text->vars & ~LATE_VARS;
	struct json_out o;
	struct err unused = ERR_INIT;

	if (!vars)
		return;
	json_out_init_buf(&o, json, false);
	json_out_object(&o, NULL);
	for (int v = 0; v < TEMPLATE_VAR_COUNT; v++) {
		const char *value;

		if (!(vars & UINT32_C(1) << v))
			continue;
		value = value_for(c, text, (enum template_var)v, p, &c->one);
		if (*value)
			json_out_str(&o, template_var_name((enum template_var)v), value);
	}
	json_out_end(&o);
	/* A ceiling is the only way to fail, and names are far from it. */
	if (!json_out_finish(&o, &unused))
		strbuf_clear(json);
}

static const char *stop_in(const struct composer *c, const struct composed *text, struct arena *a)
{
	struct strbuf s = STRBUF_INIT;
	const char *stop = "";
	enum stop_way way;

	if (stop_way_find(c->stop, &way) && stop_text(text->content.language, way, c->stop, &s))
		stop = arena_strndup(a, s.buf, s.len);
	strbuf_release(&s);
	return stop;
}

bool composer_values(const struct composer *c, const struct composed *text, const char *json,
	const char *unsubscribe, struct arena *a, const char *values[TEMPLATE_VAR_COUNT],
	struct err *err)
{
	struct json_doc *doc = NULL;
	struct json root, item;

	if (*json) {
		doc = json_parse(json, strlen(json), VARS_MAX, err);
		if (!doc)
			return false;
		root = json_root(doc);
	}
	for (int v = 0; v < TEMPLATE_VAR_COUNT; v++) {
		const char *value = "";
		struct err unused = ERR_INIT;

		if (doc && text->vars & UINT32_C(1) << v &&
			json_find(&root, template_var_name((enum template_var)v), &item) &&
			json_as_str(&item, &value, &unused))
			value = arena_strdup(a, value);
		values[v] = value;
	}
	values[VAR_LIEN_DESINSCRIPTION] = unsubscribe;
	if (text->vars & UINT32_C(1) << VAR_STOP)
		values[VAR_STOP] = stop_in(c, text, a);
	json_free(doc);
	return true;
}

void composer_values_for(const struct composer *c, const struct composed *text,
	const struct person *p, const char *unsubscribe, struct arena *a,
	const char *values[TEMPLATE_VAR_COUNT])
{
	for (int v = 0; v < TEMPLATE_VAR_COUNT; v++)
		values[v] = text->vars & UINT32_C(1) << v
				    ? value_for(c, text, (enum template_var)v, p, a)
				    : "";
	values[VAR_LIEN_DESINSCRIPTION] = unsubscribe;
	if (text->vars & UINT32_C(1) << VAR_STOP)
		values[VAR_STOP] = stop_in(c, text, a);
}

int composer_parts(struct composer *c, const struct composed *text, const char *json)
{
	const char *values[TEMPLATE_VAR_COUNT];
	struct strbuf out = STRBUF_INIT;
	struct err unused = ERR_INIT;
	struct sms_count count;

	if (text->content.channel != CHANNEL_SMS)
		return 1;
	if (!composer_values(c, text, json, "", &c->one, values, &unused))
		return 1;
	template_write(&text->text, WRITE_SMS, values, &out);
	sms_count(out.buf, &count);
	strbuf_release(&out);
	return count.parts ? count.parts : 1;
}
