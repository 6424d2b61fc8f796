/*
 * Facebook: Messenger, and posts on the page. Source: developers.facebook.com,
 * "Messenger Platform: Send API", "Common error codes", "Pages API: posts"; parameters
 * from Meta's published business SDK specification (Page).
 *
 * A message goes to a person who wrote to the page within 24 hours (RESPONSE). A post is
 * on the feed, or a photo with its caption where there is a picture; it has no receipts.
 */
#include "i18n.h"
#include "json_out.h"
#include "meta.h"
#include "provider_table.h"

#define TEXT_MOST 2000	/* characters of a message */
#define POST_MOST 63206 /* of a post */

static const struct provider_field fields[] = {
	META_FIELDS,
	{ "page_id", N_("Page ID"), FIELD_TEXT, true, "", NULL },
	{ .key = NULL },
};

static bool add_post(const struct batch *b, const char *text, struct strbuf *body, struct err *err)
{
	struct json_out o;

	json_out_init_buf(&o, body, false);
	json_out_object(&o, NULL);
	if (*b->media)
		json_out_str(&o, "url", b->media);
	json_out_str(&o, *b->media ? "caption" : "message", text);
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static size_t most(const struct batch *b)
{
	return b->post ? POST_MOST : TEXT_MOST;
}

static bool facebook_fits(
	const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	(void)a;
	return single_fits(b, i, WRITE_TEXT, most(b), why);
}

static bool facebook_build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *edge = !b->post ? "messages" : *b->media ? "photos" : "feed";
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	bool ok = false;

	if (!single_text(b, WRITE_TEXT, most(b), "Facebook", &text, err))
		goto out;
	meta_request(a, WIRE_POST, account_get(a, "page_id"), edge, req);
	if (b->post)
		ok = add_post(b, text.buf, &req->body, err);
	else
		ok = meta_message(b->to, "RESPONSE", text.buf, &req->body, err);
out:
	strbuf_release(&text);
	return ok;
}

/* clang-format off */
static const struct meta_rule rules[] = {
	{ 10, 10, 2018065, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },	/* outside the window */
	{ 10, 10, 2018278, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },
	{ 10, 10, 2018108, OUTCOME_REFUSED, REASON_BLOCKED, 0 },	/* person cannot receive */
	{ 100, 100, 2018001, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0 },	/* no such person */
	{ 200, 200, 1545041, OUTCOME_REFUSED, REASON_BLOCKED, 0 },	/* person not available */
	{ 230, 230, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },	/* this person forbids it */
	{ 551, 551, 0, OUTCOME_REFUSED, REASON_BLOCKED, 0 },		/* person not available */
	{ 1200, 1200, 0, OUTCOME_RETRY, REASON_NONE, 0 },		/* passing failure */
	{ 1545041, 1545041, 0, OUTCOME_REFUSED, REASON_BLOCKED, 0 },
	{ 2022, 2022, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },
	{ 10900, 10904, 0, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },	/* cannot reply to this */
	META_RULES_END,
};
/* clang-format on */

static void facebook_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);

	(void)a;
	if (meta_judge(answer, &top, rules, results, NULL))
		goto out;
	/* a photo has an id of its own and one of the post that shows it */
	if (b->post && *provider_str(&top, "post_id"))
		single_sent(results, provider_str(&top, "post_id"));
	else
		single_sent(results, provider_str(&top, b->post ? "id" : "message_id"));
out:
	json_free(doc);
}

const struct provider_ops provider_facebook = {
	.name = PROVIDER_FACEBOOK,
	.fields = fields,
	.batch_max = 1,
	.per_second = 300,
	.help = N_("On Facebook, the page's “About” shows the page ID. On "
		   "developers.facebook.com, the Graph API Explorer gives a page access token "
		   "with pages_messaging and pages_manage_posts; take one that does not end "
		   "(from a long-lived user token, or a system user)."),
	.fits = facebook_fits,
	.build = facebook_build,
	.read = facebook_read,
};
