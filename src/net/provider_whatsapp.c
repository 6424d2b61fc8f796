/*
 * WhatsApp Cloud API. Source: Meta's published OpenAPI of business messaging v23.0 (POST
 * /{phone-number-id}/messages) and developers.facebook.com, "WhatsApp: error codes",
 * "Send message templates", "Throughput".
 *
 * Outside the 24 hours after a person's last message WhatsApp takes approved templates
 * alone, so a campaign names one: its subject is the template's name, its language the
 * template's, and the variables of its text, each time they appear and in that order, are
 * the parameters {{1}}, {{2}}... of the template's body. Without a subject the text goes
 * as it is, within the 24 hours.
 */
#include <string.h>

#include "i18n.h"
#include "json_out.h"
#include "meta.h"
#include "provider_table.h"

#define TEXT_MOST 4096 /* characters of a text message */
#define NAME_MOST 512  /* of a template's name */

static const struct provider_field fields[] = {
	META_FIELDS,
	{ "phone_number_id", N_("Phone number ID"), FIELD_TEXT, true, "", NULL },
	{ .key = NULL },
};

static bool name_good(const char *name)
{
	size_t len = strlen(name);

	return len <= NAME_MOST && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

/* Any run of blanks and line ends becomes one space: a parameter with a line end, a tab
 * or more than four spaces in a row is refused. */
static void add_flat(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		bool blank = *s == ' ' || (*s >= '\t' && *s <= '\r');

		if (!blank)
			strbuf_addc(out, *s);
		else if (out->len && out->buf[out->len - 1] != ' ')
			strbuf_addc(out, ' ');
	}
	strbuf_trim(out);
}

/* The value of one variable, or what stands in for it. */
static void add_value(
	const struct template_piece *piece, const struct outgoing *to, struct strbuf *out)
{
	struct template one = { .pieces = piece, .count = 1 };
	struct strbuf value = STRBUF_INIT_MAX(TEMPLATE_MAX);

	template_write(&one, WRITE_TEXT, to->values, &value);
	add_flat(out, value.buf);
	strbuf_release(&value);
}

static bool add_parameter(struct json_out *o, const struct template_piece *piece,
	const struct outgoing *to, struct err *err)
{
	struct strbuf value = STRBUF_INIT_MAX(TEMPLATE_MAX);
	bool ok = true;

	add_value(piece, to, &value);
	if (!value.len)
		ok = err_set(err, ERR_TEMPLATE_VALUE,
			template_var_name((enum template_var)piece->var), "%s", "");
	json_out_object(o, NULL);
	json_out_str(o, "type", "text");
	json_out_str(o, "text", value.buf);
	json_out_end(o);
	strbuf_release(&value);
	return ok;
}

static bool add_template(
	struct json_out *o, const struct batch *b, const char *name, struct err *err)
{
	bool ok = true;

	json_out_str(o, "type", "template");
	json_out_object(o, "template");
	json_out_str(o, "name", name);
	json_out_object(o, "language");
	json_out_str(o, "policy", "deterministic");
	json_out_str(o, "code", b->language);
	json_out_end(o);
	if (b->text->vars) {
		json_out_array(o, "components");
		json_out_object(o, NULL);
		json_out_str(o, "type", "body");
		json_out_array(o, "parameters");
		for (size_t i = 0; i < b->text->count; i++) {
			if (b->text->pieces[i].var >= 0)
				ok = ok && add_parameter(o, &b->text->pieces[i], b->to, err);
		}
		json_out_end(o);
		json_out_end(o);
		json_out_end(o);
	}
	json_out_end(o);
	return ok;
}

static bool add_text(struct json_out *o, const struct batch *b, struct err *err)
{
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	bool ok = single_text(b, WRITE_TEXT, TEXT_MOST, "WhatsApp", &text, err);

	json_out_str(o, "type", "text");
	json_out_object(o, "text");
	json_out_str(o, "body", text.buf);
	json_out_bool(o, "preview_url", false);
	json_out_end(o);
	strbuf_release(&text);
	return ok;
}

static bool add_body(struct json_out *o, const struct batch *b, const char *name, struct err *err)
{
	const char *to = b->to[0].to;
	char ref[32];
	bool ok;

	provider_ref(b->to[0].message_id, ref);
	json_out_object(o, NULL);
	json_out_str(o, "messaging_product", "whatsapp");
	json_out_str(o, "recipient_type", "individual");
	json_out_str(o, "to", *to == '+' ? to + 1 : to);
	ok = *name ? add_template(o, b, name, err) : add_text(o, b, err);
	json_out_str(o, "biz_opaque_callback_data", ref);
	json_out_end(o);
	return ok;
}

/* The approved template, by its name; "" for a text. */
static void add_name(const struct batch *b, size_t i, struct strbuf *out)
{
	if (b->subject)
		template_write(b->subject, WRITE_TEXT, b->to[i].values, out);
	strbuf_trim(out);
}

/* Of a template each variable must have a value, of a text its length counts. */
static bool whatsapp_fits(
	const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	bool ok = true;

	(void)a;
	add_name(b, i, &text);
	if (!text.len) {
		ok = single_fits(b, i, WRITE_TEXT, TEXT_MOST, why);
		goto out;
	}
	for (size_t n = 0; ok && n < b->text->count; n++) {
		if (b->text->pieces[n].var < 0)
			continue;
		strbuf_clear(&text);
		add_value(&b->text->pieces[n], &b->to[i], &text);
		ok = text.len > 0;
	}
	if (!ok) {
		*why = (struct send_result){ .wait_seconds = 0 };
		single_result(why, OUTCOME_REFUSED, REASON_TEMPLATE, 0);
	}
out:
	strbuf_release(&text);
	return ok;
}

static bool whatsapp_build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct strbuf name = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct json_out o;
	bool ok = false;

	add_name(b, 0, &name);
	if (!name_good(name.buf)) {
		err_set(err, ERR_TEMPLATE_NAME, name.buf, "%s", "");
		goto out;
	}
	meta_request(a, WIRE_POST, account_get(a, "phone_number_id"), "messages", req);
	json_out_init_buf(&o, &req->body, false);
	ok = add_body(&o, b, name.buf, err) && json_out_finish(&o, err);
out:
	strbuf_release(&name);
	return ok;
}

/* clang-format off */
static const struct meta_rule rules[] = {
	{ 130429, 130429, 0, OUTCOME_QUOTA, REASON_NONE, 0 },	/* throughput of the number */
	{ 130472, 130472, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 }, /* person in an experiment */
	{ 130497, 130497, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 }, /* person's country */
	{ 131000, 131000, 0, OUTCOME_RETRY, REASON_NONE, 0 },	/* unknown, of their side */
	{ 131005, 131005, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* access denied */
	{ 131008, 131009, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 }, /* parameter missing, wrong */
	{ 131016, 131016, 0, OUTCOME_RETRY, REASON_NONE, 0 },	/* service unavailable */
	{ 131021, 131021, 0, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0 }, /* to ourselves */
	{ 131026, 131026, 0, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0 }, /* undeliverable */
	{ 131030, 131030, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 }, /* test number's list */
	{ 131031, 131031, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* account locked */
	{ 131037, 131037, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* display name not approved */
	{ 131042, 131042, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* payment */
	{ 131045, 131045, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* number's registration */
	{ 131047, 131047, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 }, /* past the 24 hours */
	/* the number is held back for its quality: no one on it gets through for a while */
	{ 131048, 131048, 0, OUTCOME_QUOTA, REASON_NONE, 6 * 3600 },
	/* this person has had enough marketing, from anybody: Meta says to wait a day */
	{ 131049, 131049, 0, OUTCOME_RETRY, REASON_NONE, 24 * 3600 },
	{ 131050, 131050, 0, OUTCOME_REFUSED, REASON_REFUSED, 0 }, /* stopped our marketing */
	{ 131051, 131053, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 }, /* type, media */
	/* too many to this one person: the others need not wait */
	{ 131056, 131056, 0, OUTCOME_RETRY, REASON_NONE, 60 },
	{ 131057, 131057, 0, OUTCOME_QUOTA, REASON_NONE, 300 },	/* account being upgraded */
	{ 132000, 132999, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 }, /* template */
	{ 133000, 133999, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 }, /* number not registered */
	{ 135000, 135000, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 }, /* parameters, generic */
	META_RULES_END,
};
/* clang-format on */

/* Taken; a message kept back for its quality is in WhatsApp's hands too, and a failure
 * is told later. */
static void taken(const struct json *top, struct send_result *r)
{
	struct json messages, first = { .item = NULL };
	const char *status;

	if (!json_find(top, "messages", &messages) || !json_next(&messages, &first)) {
		single_sent(r, "");
		return;
	}
	single_sent(r, provider_str(&first, "id"));
	status = provider_str(&first, "message_status");
	if (strcmp(status, "accepted") != 0)
		provider_copy(r->code, sizeof(r->code), status);
}

static void whatsapp_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);

	(void)a;
	(void)b;
	if (!meta_judge(answer, &top, rules, results, NULL))
		taken(&top, results);
	json_free(doc);
}

const struct provider_ops provider_whatsapp = {
	.name = PROVIDER_WHATSAPP,
	.fields = fields,
	.batch_max = 1,
	.per_second = 80,
	.help = N_("On developers.facebook.com, open the application, then WhatsApp, “API "
		   "setup”: it shows the phone number ID. The access token is that of a system "
		   "user (Business settings, “System users”) with whatsapp_business_messaging; "
		   "it does not end. A campaign's subject is the name of an approved template "
		   "in WhatsApp Manager."),
	.fits = whatsapp_fits,
	.build = whatsapp_build,
	.read = whatsapp_read,
};
