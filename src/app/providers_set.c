/* Setting up an account, or changing it. */
#include <stdlib.h>
#include <string.h>

#include "crypt.h"
#include "db.h"
#include "email.h"
#include "json_out.h"
#include "mem.h"
#include "money.h"
#include "num.h"
#include "provider.h"
#include "providers_private.h"
#include "secrets.h"
#include "store_provider.h"
#include "utf8.h"

#define VALUE_MOST 4096

/* An account on its way to the store. */
struct draft {
	struct session *s;
	struct arena arena; /* nothing secret */
	struct provider_card card;
	const char *secrets[PROVIDER_FIELDS]; /* borrowed, of the caller or of `memory`; NULL */
	char *memory;			      /* the secrets that were there, open */
	size_t size;
	bool anew;   /* fields changed, or it was switched: what is known of it is void */
	bool secret; /* a secret changed */
};

static void draft_release(struct draft *d)
{
	if (d->memory) {
		crypt_wipe(d->memory, d->size);
		free(d->memory);
	}
	arena_release(&d->arena);
}

/* --- values --- */

static bool bad_value(const char *key, struct err *err)
{
	return err_set(err, ERR_PROVIDER_VALUE, key, "%s", "");
}

/* One line of text: what goes into a header or an address holds no control. */
static bool is_plain(const char *text)
{
	size_t len = strlen(text), at = 0;
	uint32_t cp;

	if (len > VALUE_MOST || !utf8_valid(text, len))
		return false;
	while (at < len) {
		at += utf8_decode(text + at, len - at, &cp);
		if (utf8_is_control(cp))
			return false;
	}
	return true;
}

/* Whether `text` is one of "starttls|tls|none". */
static bool is_choice(const char *choices, const char *text)
{
	size_t len = strlen(text);

	for (const char *p = choices; *p; p += strcspn(p, "|"), p += *p == '|')
		if (strcspn(p, "|") == len && !strncmp(p, text, len))
			return true;
	return false;
}

static bool clean_email(struct draft *d, const char *key, const char **value, struct err *err)
{
	struct email email;

	if (!email_clean(*value, &email))
		return bad_value(key, err);
	*value = arena_strdup(&d->arena, email.address);
	return true;
}

/* `*value` is replaced where it is written in another way than it was typed. */
static bool check_value(
	struct draft *d, const struct provider_field *f, const char **value, struct err *err)
{
	int64_t number;

	if (!is_plain(*value))
		return bad_value(f->key, err);
	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
		return true;
	case FIELD_URL:
		return wire_url_allowed(*value, d->card.account.name == PROVIDER_SMTP, err);
	case FIELD_EMAIL:
		return clean_email(d, f->key, value, err);
	case FIELD_NUMBER:
		return num_parse_i64(*value, 0, INT32_MAX, &number) || bad_value(f->key, err);
	case FIELD_CHOICE:
		return is_choice(f->choices, *value) || bad_value(f->key, err);
	case FIELD_FOLDER:
		return **value == '/' || bad_value(f->key, err);
	}
	return bad_value(f->key, err);
}

/* --- secrets --- */

/* Makes the secrets that are there known to the draft. */
static bool open_secrets(struct draft *d, struct err *err)
{
	const struct provider_field *f = d->card.fields;
	struct err damaged = ERR_INIT;

	if (d->secret)
		return true;
	d->secret = true;
	if (!secrets_open(d->s, true, err))
		return false;
	if (!d->card.account.secrets_len)
		return true;
	/* Damaged ones are typed again: what is not typed counts as never given. */
	if (!secrets_of(d->s, &d->card.account, &d->memory, &d->size, &damaged))
		memset(d->card.set, 0, sizeof(d->card.set));
	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (f[i].kind == FIELD_SECRET) {
			d->secrets[i] = secret_find(d->memory, d->size, f[i].key);
			d->card.set[i] = d->secrets[i] != NULL;
		} else {
			d->card.set[i] = *d->card.values[i] != '\0';
		}
	return true;
}

static size_t secrets_size(const struct draft *d)
{
	const struct provider_field *f = d->card.fields;
	size_t size = 0;

	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (d->secrets[i])
			size += strlen(f[i].key) + strlen(d->secrets[i]) + 2;
	return size;
}

static void seal(struct draft *d)
{
	const struct provider_field *f = d->card.fields;
	size_t size = secrets_size(d), at = 0;
	struct strbuf sealed = STRBUF_INIT;
	char context[SECRETS_CONTEXT], *plain, *copy;

	d->card.account.secrets = NULL;
	d->card.account.secrets_len = 0;
	if (!size)
		return;
	plain = mem_alloc(size);
	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (d->secrets[i]) {
			memcpy(plain + at, f[i].key, strlen(f[i].key) + 1);
			at += strlen(f[i].key) + 1;
			memcpy(plain + at, d->secrets[i], strlen(d->secrets[i]) + 1);
			at += strlen(d->secrets[i]) + 1;
		}
	secrets_context(&d->card.account, context);
	secrets_seal(d->s, context, plain, size, &sealed);
	copy = arena_alloc(&d->arena, sealed.len);
	memcpy(copy, sealed.buf, sealed.len);
	d->card.account.secrets = copy;
	d->card.account.secrets_len = sealed.len;
	crypt_wipe(plain, size);
	free(plain);
	strbuf_release(&sealed);
}

/* --- changes --- */

static bool set_number(const char *key, const char *value, int64_t initial, int64_t most,
	int64_t *out, struct err *err)
{
	*out = initial;
	return !*value || num_parse_i64(value, 0, most, out) || bad_value(key, err);
}

static bool set_batch(struct draft *d, const char *value, struct err *err)
{
	int64_t batch;

	if (!set_number("batch", value, 0, PROVIDER_BATCH_MOST, &batch, err))
		return false;
	d->card.account.batch = (int)batch;
	return true;
}

static bool set_active(struct draft *d, const char *value, struct err *err)
{
	bool on = !strcmp(value, "yes") || !strcmp(value, "on") || !*value;

	if (!on && strcmp(value, "no") && strcmp(value, "off"))
		return bad_value("active", err);
	d->anew = d->anew || on != d->card.account.active;
	d->card.account.active = on;
	return true;
}

static bool set_clean(struct draft *d, const char *key, bool good, struct strbuf *clean,
	const char **out, struct err *err)
{
	if (good)
		*out = arena_strdup(&d->arena, clean->buf);
	strbuf_release(clean);
	return good || bad_value(key, err);
}

/* What every account has. *known is false for another key. */
static bool set_common(
	struct draft *d, const struct provider_change *c, bool *known, struct err *err)
{
	struct provider_account *p = &d->card.account;
	struct strbuf clean = STRBUF_INIT;
	int decimals = money_decimals(d->s->company.currency);

	*known = true;
	if (!strcmp(c->key, "active"))
		return set_active(d, c->value, err);
	if (!strcmp(c->key, "hourly"))
		return set_number(c->key, c->value, provider_hourly(p->name), PROVIDER_HOURLY_MOST,
			&p->hourly, err);
	if (!strcmp(c->key, "batch"))
		return set_batch(d, c->value, err);
	if (!strcmp(c->key, "countries"))
		return set_clean(d, c->key, provider_countries_clean(c->value, &clean), &clean,
			&p->countries, err);
	if (!strcmp(c->key, "prices"))
		return set_clean(d, c->key, provider_prices_clean(c->value, decimals, &clean),
			&clean, &p->prices, err);
	*known = false;
	return true;
}

static bool set_field(struct draft *d, size_t i, const char *value, struct err *err)
{
	const struct provider_field *f = &d->card.fields[i];

	if (*value && !check_value(d, f, &value, err))
		return false;
	d->anew = true;
	if (f->kind == FIELD_SECRET) {
		if (!open_secrets(d, err))
			return false;
		d->secrets[i] = *value ? value : NULL;
	} else {
		d->card.values[i] = value;
	}
	d->card.set[i] = *value != '\0';
	return true;
}

static bool set_one(struct draft *d, const struct provider_change *c, struct err *err)
{
	const struct provider_field *f = d->card.fields;
	bool known;

	if (!set_common(d, c, &known, err) || known)
		return err->code == ERR_NONE;
	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (!strcmp(f[i].key, c->key))
			return set_field(d, i, c->value, err);
	return err_set(
		err, ERR_PROVIDER_KEY, c->key, "%s", provider_name_word(d->card.account.name));
}

/* --- writing --- */

static bool write_fields(struct draft *d, struct err *err)
{
	const struct provider_field *f = d->card.fields;
	struct strbuf text = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &text, false);
	json_out_object(&o, NULL);
	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (d->card.set[i] && f[i].kind == FIELD_SECRET)
			json_out_bool(&o, f[i].key, true);
		else if (d->card.set[i])
			json_out_str(&o, f[i].key, d->card.values[i]);
	json_out_end(&o);
	ok = json_out_finish(&o, err);
	d->card.account.fields = arena_strdup(&d->arena, text.buf);
	strbuf_release(&text);
	return ok;
}

static bool is_secret(const struct draft *d, const char *key)
{
	const struct provider_field *f = d->card.fields;

	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (!strcmp(f[i].key, key))
			return f[i].kind == FIELD_SECRET;
	return false;
}

static bool audit(struct draft *d, const struct provider_change *changes, int n, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "provider", provider_name_word(d->card.account.name));
	for (int i = 0; i < n; i++)
		if (is_secret(d, changes[i].key))
			json_out_str(&o, changes[i].key, *changes[i].value ? "changed" : "removed");
		else
			json_out_str(&o, changes[i].key, changes[i].value);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(d->s, "provider.set", "provider", 0, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

static bool write_account(
	struct draft *d, const struct provider_change *changes, int n, struct err *err)
{
	struct provider_account *p = &d->card.account;
	struct db *db = d->s->db;
	bool ok = db_write(db, err) && store_provider_put(db, p, err);

	if (ok && d->anew) {
		p->state = BREAKER_UP;
		p->state_until = 0;
		p->state_code = "";
		p->errors = 0;
		ok = store_provider_state(db, p, err) &&
		     store_provider_tested(db, p->company_id, p->name, 0, false, err);
	}
	ok = ok && audit(d, changes, n, err) && db_commit(db, err);
	db_rollback(db);
	return ok;
}

/* The first field that needs a value and has none. */
static bool check_complete(const struct draft *d, struct err *err)
{
	const struct provider_field *f = d->card.fields;

	for (size_t i = 0; i < PROVIDER_FIELDS && f[i].key; i++)
		if (card_lacks(&d->card, i))
			return err_set(err, ERR_PROVIDER_NEEDS, f[i].key, "%s", "");
	return true;
}

static bool begin(struct draft *d, enum provider_name name, int64_t revision, struct err *err)
{
	struct session *s = d->s;
	struct provider_account row;

	if (!session_ready(s, RIGHT_SETTINGS, err) ||
		!store_provider_get(s->db, s->company.id, name, &d->arena, &row, err))
		return false;
	if (revision != PROVIDERS_ANY && revision != row.revision)
		return err_set(err, ERR_CONFLICT, provider_name_label(name), "revision %lld",
			(long long)row.revision);
	return card_read(&row, &d->arena, &d->card, err);
}

bool providers_set(struct session *s, enum provider_name name, int64_t revision,
	const struct provider_change *changes, int n, struct err *err)
{
	struct draft d = { .s = s, .arena = ARENA_INIT };
	bool ok = begin(&d, name, revision, err);

	for (int i = 0; ok && i < n; i++)
		ok = set_one(&d, &changes[i], err);
	ok = ok && check_complete(&d, err) && write_fields(&d, err);
	if (ok && d.secret)
		seal(&d);
	ok = ok && write_account(&d, changes, n, err);
	draft_release(&d);
	return ok;
}
