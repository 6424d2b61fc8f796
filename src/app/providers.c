#include "providers.h"

#include <stdlib.h>
#include <string.h>

#include "crypt.h"
#include "db.h"
#include "json.h"
#include "mem.h"
#include "money.h"
#include "path.h"
#include "providers_open.h"
#include "providers_private.h"
#include "rate.h"
#include "secrets.h"
#include "store_company.h"
#include "store_provider.h"

#define FIELDS_MAX ((size_t)65536)
#define SALT_SIZE 16
#define OUTBOX "/outbox"

/* --- as they may be shown --- */

bool card_lacks(const struct provider_card *card, size_t i)
{
	const struct provider_field *f = &card->fields[i];

	return f->required && f->kind != FIELD_FOLDER && !card->set[i] && !*f->initial;
}

static bool read_field(const struct provider_field *f, const struct json *top, size_t i,
	struct arena *a, struct provider_card *out, struct err *err)
{
	struct json item;
	const char *text = "";
	bool sealed = false;

	if (!json_find(top, f->key, &item))
		return true;
	if (f->kind == FIELD_SECRET) {
		if (!json_as_bool(&item, &sealed, err))
			return false;
		out->set[i] = sealed && out->account.secrets_len;
		return true;
	}
	if (!json_as_str(&item, &text, err))
		return false;
	out->values[i] = arena_strdup(a, text);
	out->set[i] = *text != '\0';
	return true;
}

bool card_read(const struct provider_account *row, struct arena *a, struct provider_card *out,
	struct err *err)
{
	struct json_doc *doc = json_parse(row->fields, strlen(row->fields), FIELDS_MAX, err);
	const struct provider_ops *ops = provider_ops(row->name);
	const struct provider_field *f;
	struct json top;
	bool ok = true;

	if (!doc)
		return false;
	*out = (struct provider_card){
		.ops = ops, .fields = ops->fields, .help = ops->help, .account = *row
	};
	for (size_t i = 0; i < PROVIDER_FIELDS; i++)
		out->values[i] = "";
	top = json_root(doc);
	f = out->fields;
	for (size_t i = 0; ok && i < PROVIDER_FIELDS && f[i].key; i++) {
		ok = read_field(&f[i], &top, i, a, out, err);
		if (ok && !out->missing && card_lacks(out, i))
			out->missing = f[i].key;
	}
	json_free(doc);
	return ok;
}

static bool may_look(struct session *s, struct err *err)
{
	struct err unused = ERR_INIT;

	return session_ready(s, RIGHT_SETTINGS, &unused) ||
	       session_ready(s, RIGHT_CAMPAIGNS_READ, err);
}

bool providers_get(struct session *s, enum provider_name name, struct arena *a,
	struct provider_card *out, struct err *err)
{
	struct provider_account row;

	if (!may_look(s, err) || !store_provider_get(s->db, s->company.id, name, a, &row, err) ||
		!card_read(&row, a, out, err))
		return false;
	out->account.secrets = NULL;
	out->account.secrets_len = 0;
	return true;
}

bool providers_list(struct session *s, struct arena *a, struct provider_card out[PROVIDER_COUNT],
	struct err *err)
{
	for (int i = 0; i < PROVIDER_COUNT; i++)
		if (!providers_get(s, (enum provider_name)i, a, &out[i], err))
			return false;
	return true;
}

bool providers_used(struct session *s, int64_t out[PROVIDER_COUNT], struct err *err)
{
	int64_t since = session_now(s) / 60 - RATE_MINUTES + 1;
	struct arena a = ARENA_INIT;
	struct rate_use *use;
	int n = 0;
	bool ok =
		may_look(s, err) && store_rate_load(s->db, s->company.id, since, &a, &use, &n, err);

	for (int p = 0; p < PROVIDER_COUNT; p++) {
		char scope[RATE_SCOPE_SIZE];

		out[p] = 0;
		rate_scope_provider((enum provider_name)p, scope);
		for (int i = 0; ok && i < n; i++)
			if (!strcmp(use[i].scope, scope))
				out[p] += use[i].used;
	}
	arena_release(&a);
	return ok;
}

int64_t providers_price(
	const struct session *s, const struct provider_account *p, const char *country)
{
	return provider_price(p->prices, money_decimals(s->company.currency), country);
}

/* What a provider refused it takes again: a test has shown it. */
static bool end_refusal(struct session *s, enum provider_name name, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct provider_account p;
	bool ok = store_provider_get(s->db, s->company.id, name, &a, &p, err);

	if (ok && p.state == BREAKER_REFUSING) {
		p.state = BREAKER_UP;
		p.state_until = 0;
		p.state_code = "";
		p.errors = 0;
		ok = store_provider_state(s->db, &p, err);
	}
	arena_release(&a);
	return ok;
}

bool providers_tested(struct session *s, enum provider_name name, bool ok, struct err *err)
{
	char detail[64];
	bool done;

	if (!session_ready(s, RIGHT_SETTINGS, err) || !db_write(s->db, err))
		return false;
	snprintf(detail, sizeof(detail), "{\"provider\":\"%s\",\"ok\":%s}",
		provider_name_word(name), ok ? "true" : "false");
	done = store_provider_tested(s->db, s->company.id, name, session_now(s), ok, err) &&
	       (!ok || end_refusal(s, name, err)) &&
	       session_audit(s, "provider.test", "provider", 0, detail, err) &&
	       db_commit(s->db, err);
	db_rollback(s->db);
	return done;
}

/* --- secrets --- */

void secrets_context(const struct provider_account *p, char out[SECRETS_CONTEXT])
{
	snprintf(out, SECRETS_CONTEXT, "provider %lld %s", (long long)p->company_id,
		provider_name_word(p->name));
}

bool secrets_of(struct session *s, const struct provider_account *p, char **memory, size_t *size,
	struct err *err)
{
	char context[SECRETS_CONTEXT];
	size_t len = p->secrets_len;

	secrets_context(p, context);
	*size = len > CRYPT_SEAL_EXTRA ? len - CRYPT_SEAL_EXTRA : 0;
	/* The last byte ends a text whatever was sealed. */
	*memory = mem_zalloc(*size + 1, 1);
	if (secrets_unseal(s, context, p->secrets, len, *memory, provider_name_label(p->name), err))
		return true;
	free(*memory);
	*memory = NULL;
	*size = 0;
	return false;
}

const char *secret_find(const char *memory, size_t size, const char *key)
{
	const char *end = memory + size;

	for (const char *p = memory; p && p < end;) {
		const char *value = p + strlen(p) + 1;

		if (value >= end)
			return NULL;
		if (!strcmp(p, key))
			return value;
		p = value + strlen(value) + 1;
	}
	return NULL;
}

/* --- for the one who sends --- */

static bool make_salt(struct session *s, struct arena *a, const char **out, struct err *err)
{
	struct strbuf hex = STRBUF_INIT;
	unsigned char random[SALT_SIZE];
	bool ok = db_write(s->db, err) && store_meta_get(s->db, "salt", a, out, err);

	if (ok && !**out) {
		crypt_random(random, sizeof(random));
		crypt_hex(random, sizeof(random), &hex);
		*out = arena_strdup(a, hex.buf);
		ok = store_meta_put(s->db, "salt", *out, err) && db_commit(s->db, err);
	}
	db_rollback(s->db);
	strbuf_release(&hex);
	return ok;
}

static bool read_salt(struct session *s, struct arena *a, const char **out, struct err *err)
{
	if (!store_meta_get(s->db, "salt", a, out, err))
		return false;
	return **out || make_salt(s, a, out, err);
}

/* Whether the company may send by it at all. */
static bool may_send(struct session *s, const struct provider_account *row, struct err *err)
{
	struct company now;

	if (!store_company_get(s->db, s->company.id, &now, err))
		return false;
	if (now.demo && row->name == PROVIDER_FILE)
		return true;
	if (now.demo)
		return err_set(err, ERR_DEMO_SENDS, now.name, "%s", provider_name_word(row->name));
	if (!row->revision || !row->active)
		return err_set(err, ERR_PROVIDER_UNSET, provider_name_label(row->name), "%s", "");
	return true;
}

static bool add_outbox(struct arena *a, const char **out, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	bool ok = path_place(PATH_EXCHANGE, &path, err);

	if (ok) {
		*out = arena_printf(a, "%s" OUTBOX, path.buf);
		ok = path_mkdirs(*out, err);
	}
	strbuf_release(&path);
	return ok;
}

static bool fill(struct provider_opened *o, const struct provider_card *card, struct err *err)
{
	const struct provider_field *f = card->fields;

	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++) {
		const char **value = &o->account.values[i];

		if (f[i].kind == FIELD_SECRET) {
			*value = secret_find(o->memory, o->size, f[i].key);
			if (!*value)
				*value = "";
		} else if (f[i].kind == FIELD_FOLDER && !card->set[i] && !*f[i].initial &&
			   !add_outbox(&o->arena, value, err)) {
			return false;
		}
	}
	return true;
}

static bool open_account(
	struct session *s, enum provider_name name, struct provider_opened *o, struct err *err)
{
	struct provider_account row;
	struct provider_card card;

	if (!store_provider_get(s->db, s->company.id, name, &o->arena, &row, err) ||
		!may_send(s, &row, err) || !card_read(&row, &o->arena, &card, err))
		return false;
	if (card.missing)
		return err_set(
			err, ERR_PROVIDER_NEEDS, card.missing, "%s", provider_name_word(name));
	o->settings = row;
	o->settings.secrets = NULL;
	o->settings.secrets_len = 0;
	o->account.ops = card.ops;
	memcpy(o->account.values, card.values, sizeof(card.values));
	if (row.secrets_len &&
		(!secrets_open(s, false, err) || !secrets_of(s, &row, &o->memory, &o->size, err)))
		return false;
	return fill(o, &card, err) && read_salt(s, &o->arena, &o->account.salt, err);
}

bool providers_open(
	struct session *s, enum provider_name name, struct provider_opened *out, struct err *err)
{
	*out = (struct provider_opened){ .arena = ARENA_INIT };
	if (open_account(s, name, out, err))
		return true;
	provider_opened_release(out);
	return false;
}

void provider_opened_release(struct provider_opened *o)
{
	if (o->memory) {
		crypt_wipe(o->memory, o->size);
		free(o->memory);
	}
	arena_release(&o->arena);
	crypt_wipe(o, sizeof(*o));
}
