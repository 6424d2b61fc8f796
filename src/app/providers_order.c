/* In which order the providers of a channel are tried, and the channel's own limit. */
#include <string.h>

#include "db.h"
#include "json_out.h"
#include "num.h"
#include "providers_private.h"
#include "route.h"
#include "store_company.h"
#include "store_provider.h"

#define KEY_SIZE 32

static void order_key(enum channel channel, bool abroad, char out[KEY_SIZE])
{
	snprintf(out, KEY_SIZE, "order.%s%s", channel_word(channel),
		abroad && channel == CHANNEL_SMS ? ".abroad" : "");
}

static bool has(const enum provider_name *list, int n, enum provider_name name)
{
	for (int i = 0; i < n; i++)
		if (list[i] == name)
			return true;
	return false;
}

/* Of "ORANGE,TWILIO"; each once, and each of the channel. */
static bool parse_order(const char *words, enum channel channel,
	enum provider_name out[PROVIDER_COUNT], int *n, struct err *err)
{
	*n = 0;
	for (const char *p = words; *p; p += *p == ',') {
		enum provider_name name;
		char word[24];
		size_t len;

		p += strspn(p, " ");
		len = strcspn(p, ", ");
		snprintf(word, sizeof(word), "%.*s", (int)(len < 23 ? len : 23), p);
		p += len + strspn(p + len, " ");
		if (*p && *p != ',')
			return err_set(err, ERR_INVALID, words, "no comma");
		if (!provider_name_parse(word, &name))
			return err_set(err, ERR_INVALID, word, "no provider");
		if (!provider_serves(name, channel))
			return err_set(err, ERR_PROVIDER_CHANNEL, provider_name_label(name), "%s",
				channel_word(channel));
		if (has(out, *n, name))
			return err_set(err, ERR_INVALID, word, "twice");
		out[(*n)++] = name;
	}
	return true;
}

/* *named says whether the setting wants FILE. */
static bool read_order(struct session *s, enum channel channel, bool abroad,
	enum provider_name out[PROVIDER_COUNT], int *n, bool *named, struct err *err)
{
	struct arena a = ARENA_INIT;
	char key[KEY_SIZE];
	const char *words;
	bool ok;

	order_key(channel, abroad, key);
	ok = store_setting_get(s->db, s->company.id, 0, key, &a, &words, err);
	if (ok) {
		*n = route_order(channel, !abroad, words, out);
		*named = route_setting_names(words, PROVIDER_FILE);
	}
	arena_release(&a);
	return ok;
}

bool providers_order(struct session *s, enum channel channel, bool abroad,
	enum provider_name out[PROVIDER_COUNT], int *n, struct err *err)
{
	bool named;

	return read_order(s, channel, abroad, out, n, &named, err);
}

static bool put_setting(struct session *s, const char *key, const char *value, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, key, value);
	json_out_end(&o);
	ok = json_out_finish(&o, err) && db_write(s->db, err) &&
	     store_setting_put(s->db, s->company.id, 0, key, value, err) &&
	     session_audit(s, "setting.put", "setting", 0, detail.buf, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	strbuf_release(&detail);
	return ok;
}

bool providers_order_set(
	struct session *s, enum channel channel, bool abroad, const char *words, struct err *err)
{
	enum provider_name list[PROVIDER_COUNT];
	struct strbuf clean = STRBUF_INIT;
	char key[KEY_SIZE];
	bool ok;
	int n;

	if (!session_ready(s, RIGHT_SETTINGS, err) || !parse_order(words, channel, list, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		strbuf_addf(&clean, "%s%s", i ? "," : "", provider_name_word(list[i]));
	order_key(channel, abroad, key);
	ok = put_setting(s, key, clean.buf, err);
	strbuf_release(&clean);
	return ok;
}

/* Set up, on, and nothing missing. */
static bool is_usable(struct session *s, enum provider_name name, bool *usable, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct provider_account row;
	struct provider_card card;
	bool ok = store_provider_get(s->db, s->company.id, name, &a, &row, err);

	*usable = ok && row.revision && row.active;
	if (*usable) {
		ok = card_read(&row, &a, &card, err);
		*usable = ok && !card.missing;
	}
	arena_release(&a);
	return ok;
}

bool providers_route(struct session *s, enum channel channel, bool abroad,
	enum provider_name out[PROVIDER_COUNT], int *n, struct err *err)
{
	enum provider_name list[PROVIDER_COUNT];
	bool named, usable;
	int count;

	*n = 0;
	if (s->company.demo) {
		out[(*n)++] = PROVIDER_FILE;
		return true;
	}
	if (!read_order(s, channel, abroad, list, &count, &named, err))
		return false;
	for (int i = 0; i < count; i++) {
		if (list[i] == PROVIDER_FILE && !named && *n)
			continue;
		if (!is_usable(s, list[i], &usable, err))
			return false;
		if (usable)
			out[(*n)++] = list[i];
	}
	return true;
}

/* --- limits --- */

bool providers_channel_hourly(
	struct session *s, enum channel channel, int64_t *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	char key[KEY_SIZE];
	const char *text;
	bool ok;

	snprintf(key, sizeof(key), "hourly.%s", channel_word(channel));
	ok = store_setting_get(s->db, s->company.id, 0, key, &a, &text, err);
	if (ok && !num_parse_i64(text, 0, PROVIDER_HOURLY_MOST, out))
		*out = channel_hourly(channel);
	arena_release(&a);
	return ok;
}

bool providers_channel_hourly_set(
	struct session *s, enum channel channel, int64_t hourly, struct err *err)
{
	char key[KEY_SIZE], text[24];

	if (!session_ready(s, RIGHT_SETTINGS, err))
		return false;
	snprintf(key, sizeof(key), "hourly.%s", channel_word(channel));
	if (hourly < 0 || hourly > PROVIDER_HOURLY_MOST)
		return err_set(err, ERR_PROVIDER_VALUE, key, "%lld", (long long)hourly);
	snprintf(text, sizeof(text), "%lld", (long long)hourly);
	return put_setting(s, key, text, err);
}
