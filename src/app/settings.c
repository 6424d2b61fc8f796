#include "settings.h"

#include "db.h"
#include "json_out.h"
#include "num.h"
#include "store_company.h"

static const struct {
	const char *key;
	const char *label;
	bool number;
	int64_t least, most;
	const char *initial;
} table[SETTING_COUNT] = {
	[SETTING_CAP_MESSAGES] = { "cap.messages",
		N_("Marketing messages to one customer, at most"), true, 0, 1000, "3" },
	[SETTING_CAP_DAYS] = { "cap.days", N_("Within so many days"), true, 1, 365, "7" },
	[SETTING_LATE_HOURS] = { "late.hours",
		N_("Hours after its start that a message may still go"), true, 1, 8760, "72" },
	[SETTING_PAUSE_ERRORS] = { "pause.errors",
		N_("Provider errors in a row that pause a campaign"), true, 1, 1000, "10" },
	[SETTING_HOURLY_EMAIL] = { "hourly.EMAIL", N_("E-mails an hour"), true, 0, INT32_MAX,
		"1000" },
	[SETTING_HOURLY_SMS] = { "hourly.SMS", N_("SMS parts an hour"), true, 0, INT32_MAX, "200" },
	[SETTING_HOURLY_WHATSAPP] = { "hourly.WHATSAPP", N_("WhatsApp messages an hour"), true, 0,
		INT32_MAX, "100" },
	[SETTING_HOURLY_FACEBOOK] = { "hourly.FACEBOOK", N_("Facebook messages an hour"), true, 0,
		INT32_MAX, "100" },
	[SETTING_HOURLY_INSTAGRAM] = { "hourly.INSTAGRAM", N_("Instagram messages an hour"), true,
		0, INT32_MAX, "100" },
	[SETTING_SMS_BATCH] = { "sms.batch", N_("SMS sent in a row"), true, 1, 10000, "50" },
	[SETTING_SMS_PAUSE] = { "sms.pause", N_("Seconds between two rows of SMS"), true, 0, 3600,
		"2" },
	[SETTING_LOOKUP_SECONDS] = { "lookup.seconds",
		N_("Seconds before a provider is asked what became of a message"), true, 0, 86400,
		"30" },
	[SETTING_ATTRIBUTION] = { "attribution.days",
		N_("Days after a message in which an invoice counts for it"), true, 1, 365, "7" },
	[SETTING_SMS_STOP] = { "sms.stop", N_("How to stop SMS: short code, number or link"), false,
		0, 0, "" },
	[SETTING_UNSUBSCRIBE_URL] = { "unsubscribe.url", N_("Address of one-click unsubscription"),
		false, 0, 0, "" },
};

const char *setting_key(enum setting setting)
{
	return (size_t)setting < SETTING_COUNT ? table[setting].key : "";
}

const char *setting_label(enum setting setting)
{
	return (size_t)setting < SETTING_COUNT ? table[setting].label : "";
}

bool setting_find(const char *key, enum setting *setting)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (!strcmp(table[i].key, key)) {
			*setting = (enum setting)i;
			return true;
		}
	return false;
}

bool setting_number_bounds(enum setting setting, int64_t *least, int64_t *most)
{
	*least = table[setting].least;
	*most = table[setting].most;
	return table[setting].number;
}

bool settings_text(struct session *s, enum setting setting, struct strbuf *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *value;
	bool ok = store_setting_get(s->db, s->company.id, 0, table[setting].key, &a, &value, err);

	if (ok)
		strbuf_adds(out, *value ? value : table[setting].initial);
	arena_release(&a);
	return ok;
}

bool settings_number(struct session *s, enum setting setting, int64_t *out, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok = settings_text(s, setting, &text, err);

	/* What is stored was checked; a damaged one falls back. */
	if (ok && !num_parse_i64(text.buf, table[setting].least, table[setting].most, out) &&
		!num_parse_i64(table[setting].initial, INT64_MIN, INT64_MAX, out))
		*out = 0;
	strbuf_release(&text);
	return ok;
}

static bool value_valid(enum setting setting, const char *value)
{
	int64_t unused;

	if (table[setting].number)
		return num_parse_i64(value, table[setting].least, table[setting].most, &unused);
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ')
			return false;
	return strlen(value) < 160;
}

static bool audit(struct session *s, enum setting setting, const char *value, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "key", table[setting].key);
	json_out_str(&o, "value", value);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(s, "setting.set", "setting", 0, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

bool settings_set(struct session *s, enum setting setting, const char *value, struct err *err)
{
	bool ok;

	if (!session_ready(s, RIGHT_SETTINGS, err))
		return false;
	if (!value_valid(setting, value))
		return err_set(err, ERR_INVALID, value, "%s", table[setting].key);
	ok = db_write(s->db, err) &&
	     store_setting_put(s->db, s->company.id, 0, table[setting].key, value, err) &&
	     audit(s, setting, value, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}
