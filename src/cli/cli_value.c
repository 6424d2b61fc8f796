#include "cli_value.h"

#include <strings.h>

#include "country.h"
#include "date.h"
#include "i18n.h"
#include "imports.h"
#include "money.h"
#include "num.h"
#include "phone.h"

static bool read_day(const struct cli *cli, const char *text, int32_t *out)
{
	int32_t today = session_today(cli->s);
	int64_t days;

	if (!strcmp(text, "today"))
		*out = today;
	else if (!strcmp(text, "tomorrow"))
		*out = today + 1;
	else if (*text == '+' && num_parse_i64(text + 1, 0, 36500, &days))
		*out = today + (int32_t)days;
	else if (*text == '-' && num_parse_i64(text, -36500, 0, &days))
		*out = today + (int32_t)days;
	else
		return date_parse(text, strlen(text), DATE_ISO | DATE_DMY, out) == DATE_OK;
	return true;
}

bool cli_day(const struct cli *cli, const char *name, int32_t none, int32_t *out)
{
	const char *text = cli_get(cli, name, NULL);

	*out = none;
	if (!text || read_day(cli, text, out))
		return true;
	cli_usage(cli, _("%s wants a day such as 2026-12-31, 31/12/2026, today or +3, not “%s”"),
		name, text);
	return false;
}

/* The hour, then the minutes after ':' or 'h', which may be left out after 'h'. */
static bool read_minute(const char *text, int *out)
{
	size_t hour_len = strcspn(text, ":hH");
	bool words = text[hour_len] == 'h' || text[hour_len] == 'H';
	const char *rest = text[hour_len] ? text + hour_len + 1 : text + hour_len;
	char hour_text[4];
	int64_t hour, minute = 0;

	if (hour_len == 0 || hour_len > 2 || !text[hour_len])
		return false;
	snprintf(hour_text, sizeof(hour_text), "%.*s", (int)hour_len, text);
	if (!num_parse_i64(hour_text, 0, 23, &hour))
		return false;
	if (!(words && !*rest) && (strlen(rest) != 2 || !num_parse_i64(rest, 0, 59, &minute)))
		return false;
	*out = (int)(hour * 60 + minute);
	return true;
}

bool cli_minute(const struct cli *cli, const char *name, int none, int *out)
{
	const char *text = cli_get(cli, name, NULL);

	*out = none;
	if (!text || read_minute(text, out))
		return true;
	cli_usage(cli, _("%s wants a time such as 14:30, not “%s”"), name, text);
	return false;
}

static bool read_amount(const struct cli *cli, const char *text, int64_t *out)
{
	struct money_guess guess = { 0 };
	size_t len = strlen(text);
	char mark, group;
	int64_t minor;

	money_guess_add(&guess, text, len);
	if (!money_column_marks(money_guess_answer(&guess), &mark, &group) ||
		money_names_other(text, len, cli->s->company.currency) ||
		money_parse(text, len, mark, group, money_decimals(cli->s->company.currency),
			&minor) != MONEY_OK ||
		minor <= 0)
		return false;
	*out = minor;
	return true;
}

bool cli_amount(const struct cli *cli, const char *name, int64_t none, int64_t *out)
{
	const char *text = cli_get(cli, name, NULL);

	*out = none;
	if (!text || read_amount(cli, text, out))
		return true;
	cli_usage(
		cli, _("%s wants an amount in %s, not “%s”"), name, cli->s->company.currency, text);
	return false;
}

bool cli_id(const struct cli *cli, const char *text, const char *what, int64_t *out)
{
	if (num_parse_i64(text, 1, INT64_MAX, out))
		return true;
	/* TRANSLATORS: “12a” is not the id of a task */
	cli_usage(cli, _("“%s” is not the id of %s"), text, what);
	return false;
}

static bool read_format(const char *word, enum sheet_format *out)
{
	static const char *const words[] = {
		[SHEET_CSV] = "csv", [SHEET_XLSX] = "xlsx", [SHEET_JSON] = "json"
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcasecmp(words[i], word)) {
			*out = (enum sheet_format)i;
			return true;
		}
	return false;
}

bool cli_format(const struct cli *cli, const char *path, enum sheet_format *out)
{
	const char *text = cli_get(cli, "--format", NULL);
	const char *dot = path ? strrchr(path, '.') : NULL;

	*out = SHEET_CSV;
	if (text)
		return read_format(text, out) || cli_no_choice(cli, "--format");
	if (dot && !read_format(dot + 1, out))
		*out = SHEET_CSV;
	return true;
}

bool cli_delimiter(const struct cli *cli, char *out)
{
	const char *text = cli_get(cli, "--delimiter", NULL);

	*out = text ? import_delimiter(text) : '\0';
	return !text || *out || cli_no_choice(cli, "--delimiter");
}

bool cli_decimal(const struct cli *cli, char *out)
{
	const char *text = cli_get(cli, "--decimal", NULL);

	*out = '\0';
	if (!text)
		return true;
	if (!strcmp(text, "comma") || !strcmp(text, ","))
		*out = ',';
	else if (!strcmp(text, "point") || !strcmp(text, "."))
		*out = '.';
	return *out || cli_no_choice(cli, "--decimal");
}

bool cli_no_choice(const struct cli *cli, const char *name)
{
	const struct cli_option *o = cli->cmd->options;

	while (strcmp(o->name, name) != 0)
		o++;
	cli_usage(cli, _("%s wants one of %s, not “%s”"), name, o->arg, cli_get(cli, name, ""));
	return false;
}

int cli_tell_id(const struct cli *cli, int64_t id)
{
	if (id && cli->json)
		fprintf(cli->out, "{\"id\": \"%lld\"}\n", (long long)id);
	else if (id && !cli->quiet)
		fprintf(cli->out, "%lld\n", (long long)id);
	return EXIT_DONE;
}

const char *cli_customer_name(struct cli *cli, const char *name, const char *first_name)
{
	struct strbuf s = STRBUF_INIT;
	const char *kept;

	customer_name(name, first_name, &s);
	kept = arena_strdup(&cli->arena, s.buf);
	strbuf_release(&s);
	return kept;
}

const char *cli_phone(struct cli *cli, const char *phone, const char *e164)
{
	const struct country *home = country_find(cli->s->company.country);
	struct strbuf s = STRBUF_INIT;
	const char *kept;

	if (*e164 && cli->json)
		return e164;
	if (!*e164 || !home)
		return phone;
	phone_show(&s, e164, home);
	kept = arena_strdup(&cli->arena, s.buf);
	strbuf_release(&s);
	return kept;
}
