#include "campaign_args.h"

#include "campaign_people.h"
#include "cli_value.h"
#include "customer_ref.h"
#include "date.h"
#include "i18n.h"
#include "json.h"
#include "money.h"
#include "num.h"
#include "say_send.h"
#include "template.h"
#include "tz.h"

#define JSON_MAX ((size_t)4 << 20)

const struct cli_option campaign_options[] = {
	{ "--json", N_("FILE"), N_("a description in JSON, see below; - reads standard input"),
		false },
	{ "--name", N_("NAME"), N_("what the campaign is called here"), false },
	{ "--type", N_("TYPE"), N_("promotional, newsletter, transactional..."), false },
	{ "--kind", "many|one|post", N_("to many, to one person, or a post on a page"), false },
	{ "--channel", N_("CHANNEL"), N_("email, sms, whatsapp, facebook or instagram"), true },
	{ "--filter", N_("FILTER"), N_("whom it reaches, as of “customers list”"), false },
	{ "--customer", N_("CUSTOMER"), N_("these customers alone, by id or code"), true },
	{ "--list", N_("FILE"), N_("those whom the rows name by code, e-mail or telephone"),
		false },
	{ "--sender", N_("NAME"), N_("the name it goes out under"), false },
	{ "--plain-names", NULL, N_("names in SMS are written in its alphabet: Aïcha is Aicha"),
		false },
	{ "--start", N_("TIME"), N_("\"2026-12-01 09:00\" by the company's clock; now"), false },
	{ "--customer-zone", NULL, N_("the start is that hour by each customer's clock"), false },
	{ "--not-after", N_("TIME"), N_("what has not gone by then is not sent"), false },
	{ "--late", "expire|ask", N_("what becomes of messages that are late"), false },
	{ "--budget", N_("AMOUNT"), N_("it pauses when this is used up"), false },
	{ "--language", "fr|en", N_("of the text; the company's by default"), false },
	{ "--subject", N_("TEXT"), N_("of an e-mail"), false },
	{ "--text", N_("FILE"), N_("the text, for each channel given; - reads standard input"),
		false },
	{ "--html", N_("FILE"), N_("the page of an e-mail"), false },
	{ "--media", N_("URL"), N_("the public address of a post's picture"), false },
	{ "--template", N_("KEY"), N_("the text from a template: WELCOME, RETENTION..."), false },
	{ NULL, NULL, NULL, false },
};

void campaign_args_terms(struct cli_terms *to)
{
	cli_terms_title(to, _("JSON of a campaign:"));
	cli_term(to, "name, type, kind", _("texts: as the options"));
	cli_term(to, "channels", _("a list, the first one is tried first"));
	cli_term(to, "filter, customers", _("a filter, or a list of ids or codes"));
	cli_term(to, "sender, late", _("texts: as the options"));
	cli_term(to, "start, not_after", _("times, as the options"));
	cli_term(to, "customer_zone, plain_names", _("true or false"));
	cli_term(to, "budget", _("a text, as the option; \"0\": none"));
	cli_term(to, "texts",
		_("a list of {channel, language, subject, text, html, media, template}"));
}

/* --- files --- */

static bool read_file(
	struct cli *cli, const char *path, size_t most, const char **out, struct err *err)
{
	struct strbuf text = { .buf = strbuf_empty, .max = most };
	bool own = strcmp(path, "-") != 0;
	FILE *file = own ? fopen(path, "rb") : stdin;
	char part[4096];
	size_t n;

	if (!file)
		return err_set_errno(err, ERR_NOT_FOUND, path);
	while ((n = fread(part, 1, sizeof(part), file)) > 0 && !text.full)
		strbuf_add(&text, part, n);
	if (ferror(file))
		err_set_errno(err, ERR_IO, path);
	else if (text.full)
		err_set(err, ERR_TOO_LARGE, path, "%zu", most);
	if (own)
		fclose(file);
	/* The line end that editors put behind the last line is no part of a message. */
	while (text.len && (text.buf[text.len - 1] == '\n' || text.buf[text.len - 1] == '\r'))
		strbuf_truncate(&text, text.len - 1);
	*out = arena_strndup(&cli->arena, text.buf, text.len);
	strbuf_release(&text);
	return err->code == ERR_NONE;
}

/* --- values --- */

bool campaign_args_instant(struct cli *cli, const char *name, const char *text, int64_t *out)
{
	size_t day_len = strcspn(text, " T");
	int hour = 0, minute = 0;
	char rest = 0;
	int32_t day;

	*out = 0;
	if (!*text || !strcmp(text, "now") || !strcmp(text, "0"))
		return true;
	if (date_parse_instant(text, strlen(text), out))
		return true;
	if (date_parse(text, day_len, DATE_ISO | DATE_DMY, &day) == DATE_OK && text[day_len] &&
		sscanf(text + day_len + 1, "%2d:%2d%c", &hour, &minute, &rest) == 2 && hour >= 0 &&
		hour < 24 && minute >= 0 && minute < 60) {
		*out = tz_instant(cli->tz, day, (hour * 60 + minute) * 60);
		return true;
	}
	cli_usage(cli, _("%s wants a time such as \"2026-12-01 09:00\", not “%s”"), name, text);
	return false;
}

static bool take_budget(struct cli *cli, const char *text, int64_t *out)
{
	int decimals = money_decimals(cli->s->company.currency);

	if (money_parse(text, strlen(text), '.', 0, decimals, out) == MONEY_OK && *out >= 0)
		return true;
	if (money_parse(text, strlen(text), ',', 0, decimals, out) == MONEY_OK && *out >= 0)
		return true;
	cli_usage(cli, _("%s wants an amount in %s, not “%s”"), "--budget",
		cli->s->company.currency, text);
	return false;
}

static bool no_word(struct cli *cli, const char *name, const char *text)
{
	cli_usage(cli, _("%s cannot be “%s”"), name, text);
	return false;
}

static bool add_channel(struct cli *cli, struct campaign *c, const char *text)
{
	enum channel channel;

	if (!channel_parse(text, &channel))
		return no_word(cli, "--channel", text);
	if (c->channels & UINT32_C(1) << channel)
		return true;
	c->channels |= UINT32_C(1) << channel;
	c->order = arena_printf(
		&cli->arena, "%s%s%s", c->order, *c->order ? "," : "", channel_word(channel));
	return true;
}

static bool add_person(struct cli *cli, struct campaign *c, const char *text, struct err *err)
{
	int64_t id;

	if (!customer_ref(cli->s, text, &id, err))
		return false;
	c->persons = arena_printf(
		&cli->arena, "%s%s%lld", c->persons, *c->persons ? "," : "", (long long)id);
	return true;
}

static bool take_words(
	struct cli *cli, struct campaign *c, const char *type, const char *kind, const char *late)
{
	if (type && !campaign_type_parse(type, &c->type))
		return no_word(cli, "--type", type);
	if (kind && !campaign_kind_parse(kind, &c->kind))
		return no_word(cli, "--kind", kind);
	if (late && !late_policy_parse(late, &c->late))
		return no_word(cli, "--late", late);
	return true;
}

static bool start_text(struct cli *cli, struct campaign_args *a, enum channel channel,
	const char *language, const char *template, struct campaign_content **out, struct err *err)
{
	struct campaign_content *t = &a->texts[a->n_texts];

	if (a->n_texts == CAMPAIGN_TEXTS_MAX)
		return err_set(err, ERR_INVALID, "texts", "%d at most", CAMPAIGN_TEXTS_MAX);
	if (!language)
		language = lang_code(cli->s->company.language);
	if (template &&
		!campaigns_template(cli->s, template, channel, language, &cli->arena, t, err))
		return false;
	if (!template) {
		*t = (struct campaign_content){
			.channel = channel, .subject = "", .text = "", .html = "", .media = ""
		};
		snprintf(t->language, sizeof(t->language), "%s", language);
	}
	a->n_texts++;
	*out = t;
	return true;
}

/* --- JSON --- */

/* A member that may be missing: then `out` stays. */
static bool get_str(
	struct cli *cli, const struct json *top, const char *key, const char **out, struct err *err)
{
	struct json item;
	const char *text;

	if (!json_find(top, key, &item))
		return true;
	if (!json_as_str(&item, &text, err))
		return false;
	*out = arena_strdup(&cli->arena, text);
	return true;
}

static bool json_text(
	struct cli *cli, struct campaign_args *a, const struct json *item, struct err *err)
{
	const char *word = "", *language = NULL, *template = NULL;
	struct campaign_content *t;
	enum channel channel;

	if (!json_str(item, "channel", &word, err) ||
		!get_str(cli, item, "language", &language, err) ||
		!get_str(cli, item, "template", &template, err))
		return false;
	if (!channel_parse(word, &channel))
		return no_word(cli, "channel", word);
	return start_text(cli, a, channel, language, template, &t, err) &&
	       get_str(cli, item, "subject", &t->subject, err) &&
	       get_str(cli, item, "text", &t->text, err) &&
	       get_str(cli, item, "html", &t->html, err) &&
	       get_str(cli, item, "media", &t->media, err);
}

static bool json_channels(
	struct cli *cli, struct campaign *c, const struct json *top, struct err *err)
{
	struct json list, item = { .item = NULL };
	const char *text;

	if (!json_find(top, "channels", &list))
		return true;
	c->channels = 0;
	c->order = "";
	while (json_next(&list, &item))
		if (!json_as_str(&item, &text, err) || !add_channel(cli, c, text))
			return false;
	return true;
}

static bool json_persons(
	struct cli *cli, struct campaign *c, const struct json *top, struct err *err)
{
	struct json list, item = { .item = NULL };
	const char *text;

	if (!json_find(top, "customers", &list))
		return true;
	c->persons = "";
	while (json_next(&list, &item))
		if (!json_as_str(&item, &text, err) || !add_person(cli, c, text, err))
			return false;
	return true;
}

static bool json_rest(struct cli *cli, struct campaign *c, const struct json *top, struct err *err)
{
	const char *start = NULL, *not_after = NULL, *budget = NULL;
	struct json item;

	if (json_find(top, "plain_names", &item) && !json_as_bool(&item, &c->plain_names, err))
		return false;
	if (json_find(top, "customer_zone", &item) && !json_as_bool(&item, &c->customer_zone, err))
		return false;
	return get_str(cli, top, "start", &start, err) &&
	       get_str(cli, top, "not_after", &not_after, err) &&
	       get_str(cli, top, "budget", &budget, err) &&
	       (!start || campaign_args_instant(cli, "start", start, &c->start_at)) &&
	       (!not_after || campaign_args_instant(cli, "not_after", not_after, &c->not_after)) &&
	       (!budget || take_budget(cli, budget, &c->budget));
}

static bool take_top(
	struct cli *cli, struct campaign_args *a, const struct json *top, struct err *err)
{
	const char *type = NULL, *kind = NULL, *late = NULL;
	struct campaign *c = &a->campaign;
	struct json list, item = { .item = NULL };

	if (!get_str(cli, top, "name", &c->name, err) || !get_str(cli, top, "type", &type, err) ||
		!get_str(cli, top, "kind", &kind, err) || !get_str(cli, top, "late", &late, err) ||
		!get_str(cli, top, "filter", &c->filter, err) ||
		!get_str(cli, top, "sender", &c->sender, err) ||
		!take_words(cli, c, type, kind, late) || !json_channels(cli, c, top, err) ||
		!json_persons(cli, c, top, err) || !json_rest(cli, c, top, err))
		return false;
	if (json_find(top, "texts", &list))
		while (json_next(&list, &item))
			if (!json_text(cli, a, &item, err))
				return false;
	return true;
}

static bool take_json(struct cli *cli, struct campaign_args *a, const char *path, struct err *err)
{
	struct json_doc *doc;
	const char *text;
	struct json top;
	bool ok;

	if (!read_file(cli, path, JSON_MAX, &text, err))
		return false;
	doc = json_parse(text, strlen(text), JSON_MAX, err);
	if (!doc)
		return false;
	top = json_root(doc);
	ok = take_top(cli, a, &top, err);
	json_free(doc);
	return ok;
}

/* --- options --- */

/* Over those named one by one; what it names and nobody knows is told. */
static bool take_list(struct cli *cli, struct campaign_args *a, const char *path, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	struct campaign_people people;
	bool ok = campaign_people_file(cli->s, path, &people, err);

	if (ok) {
		campaign_people_add(&people, &text);
		a->campaign.persons = arena_strdup(&cli->arena, text.buf);
		a->unknown = people.lines.len > 0;
	}
	if (ok && a->unknown) {
		strbuf_clear(&text);
		say_list(&text, people.ids.len, people.lines.items, people.lines.len, cli->lang);
		fprintf(stderr, "%s: %s\n", path, text.buf);
	}
	campaign_people_release(&people);
	strbuf_release(&text);
	return ok;
}

static bool take_lists(struct cli *cli, struct campaign_args *a, struct err *err)
{
	const char *path = cli_get(cli, "--list", NULL);
	struct campaign *c = &a->campaign;
	const char *const *list;
	size_t n = cli_all(cli, "--channel", &list);

	if (n) {
		c->channels = 0;
		c->order = "";
	}
	for (size_t i = 0; i < n; i++)
		if (!add_channel(cli, c, list[i]))
			return false;
	n = cli_all(cli, "--customer", &list);
	if (n)
		c->persons = "";
	if (path && !take_list(cli, a, path, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!add_person(cli, c, list[i], err))
			return false;
	return true;
}

/* The text of --text, --html and so on, for every channel of the campaign. */
static bool take_text(struct cli *cli, struct campaign_args *a, struct err *err)
{
	const char *text = cli_get(cli, "--text", NULL), *html = cli_get(cli, "--html", NULL);
	const char *subject = cli_get(cli, "--subject", NULL);
	const char *media = cli_get(cli, "--media", NULL);
	const char *template = cli_get(cli, "--template", NULL);
	const char *words = NULL, *page = NULL;
	struct campaign_content *t;

	if (!text && !html && !template)
		return true;
	if ((text && !read_file(cli, text, TEMPLATE_MAX, &words, err)) ||
		(html && !read_file(cli, html, TEMPLATE_MAX, &page, err)))
		return false;
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (!(a->campaign.channels & UINT32_C(1) << i))
			continue;
		if (!start_text(cli, a, (enum channel)i, cli_get(cli, "--language", NULL), template,
			    &t, err))
			return false;
		t->text = words ? words : t->text;
		t->media = media ? media : t->media;
		if (i == CHANNEL_EMAIL) {
			t->html = page ? page : t->html;
			t->subject = subject ? subject : t->subject;
		}
	}
	return true;
}

bool campaign_args_take(struct cli *cli, struct campaign_args *a, struct err *err)
{
	const char *path = cli_get(cli, "--json", NULL);
	const char *start = cli_get(cli, "--start", NULL);
	const char *not_after = cli_get(cli, "--not-after", NULL);
	const char *budget = cli_get(cli, "--budget", NULL);
	struct campaign *c = &a->campaign;

	if (path && *path && !take_json(cli, a, path, err))
		return false;
	c->name = cli_get(cli, "--name", c->name);
	c->filter = cli_get(cli, "--filter", c->filter);
	c->sender = cli_get(cli, "--sender", c->sender);
	if (cli_has(cli, "--customer-zone"))
		c->customer_zone = true;
	if (cli_has(cli, "--plain-names"))
		c->plain_names = true;
	return take_words(cli, c, cli_get(cli, "--type", NULL), cli_get(cli, "--kind", NULL),
		       cli_get(cli, "--late", NULL)) &&
	       (!start || campaign_args_instant(cli, "--start", start, &c->start_at)) &&
	       (!not_after ||
		       campaign_args_instant(cli, "--not-after", not_after, &c->not_after)) &&
	       (!budget || take_budget(cli, budget, &c->budget)) && take_lists(cli, a, err) &&
	       take_text(cli, a, err);
}
