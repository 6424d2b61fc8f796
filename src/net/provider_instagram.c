/*
 * Instagram: direct messages, and posts in two steps. Source: developers.facebook.com,
 * "Instagram Platform: Send messages", "Content publishing", "Error codes"; parameters
 * from Meta's published business SDK specification (IGUser).
 *
 * A post is prepared as a container (nobody sees it), then published. The container's id
 * is kept in between: published twice it is still one post, so only the second step can
 * leave doubt, and then the container itself can be asked.
 */
#include <string.h>

#include "i18n.h"
#include "json_out.h"
#include "meta.h"
#include "provider_table.h"

#define TEXT_MOST 1000	  /* characters of a message */
#define CAPTION_MOST 2200 /* of a post */
#define SETTLED 600	  /* seconds after which a publication is no longer under way */

static const struct provider_field fields[] = {
	META_FIELDS,
	{ "ig_user_id", N_("Instagram account ID"), FIELD_TEXT, true, "", NULL },
	{ "page_id", N_("ID of the linked page"), FIELD_TEXT, false, "", NULL },
	{ .key = NULL },
};

static bool second_step(const struct batch *b)
{
	return b->post && *b->to[0].ref;
}

static bool add_step(
	const struct batch *b, const char *caption, struct strbuf *body, struct err *err)
{
	struct json_out o;

	json_out_init_buf(&o, body, false);
	json_out_object(&o, NULL);
	if (second_step(b)) {
		json_out_str(&o, "creation_id", b->to[0].ref);
	} else {
		json_out_str(&o, "image_url", b->media);
		json_out_str(&o, "caption", caption);
	}
	json_out_end(&o);
	return json_out_finish(&o, err);
}

static bool build_post(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	struct strbuf caption = STRBUF_INIT_MAX(TEMPLATE_MAX);
	const char *edge = second_step(b) ? "media_publish" : "media";
	bool ok = false;

	if (!*b->media) {
		err_set(err, ERR_POST_PICTURE, NULL, "%s", "");
		goto out;
	}
	if (!second_step(b) &&
		!single_text(b, WRITE_TEXT, CAPTION_MOST, "Instagram", &caption, err))
		goto out;
	meta_request(a, WIRE_POST, account_get(a, "ig_user_id"), edge, req);
	ok = add_step(b, caption.buf, &req->body, err);
out:
	strbuf_release(&caption);
	return ok;
}

static bool instagram_fits(
	const struct account *a, const struct batch *b, size_t i, struct send_result *why)
{
	(void)a;
	return single_fits(b, i, WRITE_TEXT, b->post ? CAPTION_MOST : TEXT_MOST, why);
}

/* With a page's token messages go by the page, with Instagram's own by the account. */
static bool instagram_build(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	const char *page = account_get(a, "page_id");
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	bool ok = false;

	if (b->post)
		return build_post(a, b, req, err);
	if (!single_text(b, WRITE_TEXT, TEXT_MOST, "Instagram", &text, err))
		goto out;
	meta_request(a, WIRE_POST, *page ? page : account_get(a, "ig_user_id"), "messages", req);
	ok = meta_message(b->to, NULL, text.buf, &req->body, err);
out:
	strbuf_release(&text);
	return ok;
}

/* clang-format off */
static const struct meta_rule rules[] = {
	/* messages */
	{ 10, 10, 2018278, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },	/* outside the window */
	{ 10, 10, 2534022, OUTCOME_REFUSED, REASON_NOT_ALLOWED, 0 },
	{ 100, 100, 2018001, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0 },	/* no such person */
	{ 100, 100, 2534014, OUTCOME_REFUSED, REASON_BAD_ADDRESS, 0 },
	{ 551, 551, 0, OUTCOME_REFUSED, REASON_BLOCKED, 0 },		/* person not available */
	{ 1200, 1200, 0, OUTCOME_RETRY, REASON_NONE, 0 },		/* passing failure */
	/* posts */
	{ -2, -1, 0, OUTCOME_RETRY, REASON_NONE, 60 },			/* their server, slow media */
	{ 4, 4, 2207051, OUTCOME_FORBIDDEN, REASON_NONE, 0 },		/* taken for spam */
	{ 9, 9, 2207042, OUTCOME_QUOTA, REASON_NONE, 0 },		/* posts of the day */
	{ 24, 24, 0, OUTCOME_RETRY, REASON_NONE, 60 },			/* container gone, passing */
	{ 25, 25, 0, OUTCOME_FORBIDDEN, REASON_NONE, 0 },		/* account restricted */
	{ 352, 352, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },		/* kind of media */
	{ 9004, 9004, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },		/* picture not fetched */
	{ 9007, 9007, 2207027, OUTCOME_RETRY, REASON_NONE, 30 },	/* not ready yet */
	{ 36000, 36009, 0, OUTCOME_REFUSED, REASON_REJECTED, 0 },	/* size, form of picture */
	META_RULES_END,
};
/* clang-format on */

/* The container is of no more use: the next try makes another. */
static bool container_gone(int subcode)
{
	return subcode == 2207006 || subcode == 2207020 || subcode == 2207032 || subcode == 2207053;
}

static void read_post(const struct batch *b, const struct wire_answer *answer,
	const struct json *top, struct send_result *r)
{
	const char *id = provider_str(top, "id");
	int subcode;
	bool judged = meta_judge(answer, top, rules, r, &subcode);

	if (second_step(b)) {
		if (!judged)
			single_sent(r, id);
		else if (!container_gone(subcode))
			single_id(r->provider_id, b->to[0].ref);
		return;
	}
	if (!judged) {
		single_sent(r, id);
		r->outcome = OUTCOME_MORE;
	}
	/* of a container that may be there or not nobody sees anything: make another */
	if (r->outcome == OUTCOME_UNCERTAIN || (r->outcome == OUTCOME_MORE && !*r->provider_id))
		single_result(r, OUTCOME_RETRY, REASON_NONE, 60);
}

static void instagram_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, struct send_result *results)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);

	(void)a;
	if (b->post)
		read_post(b, answer, &top, results);
	else if (!meta_judge(answer, &top, rules, results, NULL))
		single_sent(results, provider_str(&top, "message_id"));
	json_free(doc);
}

static bool instagram_lookup(
	const struct account *a, const struct batch *b, struct wire_request *req, struct err *err)
{
	if (!second_step(b))
		return err_set(err, ERR_NO_LOOKUP, "Instagram", "%s", "");
	meta_request(a, WIRE_GET, b->to[0].ref, "", req);
	strbuf_adds(&req->url, "?fields=status_code");
	return true;
}

/* What was published is no longer FINISHED; that it still is says nothing while the
 * publication may be under way. An expired container was not published in its day. */
static enum lookup_answer instagram_lookup_read(const struct account *a, const struct batch *b,
	const struct wire_answer *answer, char provider_id[160])
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);
	const char *status = provider_str(&top, "status_code");
	enum lookup_answer found = LOOKUP_UNKNOWN;
	struct send_result r;

	(void)a;
	single_id(provider_id, b->to[0].ref);
	if (!meta_judge(answer, &top, rules, &r, NULL)) {
		if (strcmp(status, "PUBLISHED") == 0)
			found = LOOKUP_SENT;
		else if (strcmp(status, "ERROR") == 0 || strcmp(status, "EXPIRED") == 0) {
			found = LOOKUP_NEVER_ARRIVED;
			provider_id[0] = '\0';
		} else if (strcmp(status, "FINISHED") == 0 &&
			   b->now - b->to[0].claimed_at >= SETTLED)
			found = LOOKUP_NEVER_ARRIVED;
	}
	json_free(doc);
	return found;
}

const struct provider_ops provider_instagram = {
	.name = PROVIDER_INSTAGRAM,
	.fields = fields,
	.batch_max = 1,
	.per_second = 300,
	.help = N_("The Instagram account must be a professional one. On "
		   "developers.facebook.com, the Graph API Explorer shows its ID "
		   "(me/accounts?fields=instagram_business_account) and gives the token of the "
		   "page it is linked to, with instagram_manage_messages and "
		   "instagram_content_publish. With Instagram's own login, leave the page empty "
		   "and set the address to https://graph.instagram.com."),
	.fits = instagram_fits,
	.build = instagram_build,
	.read = instagram_read,
	.lookup = instagram_lookup,
	.lookup_read = instagram_lookup_read,
};
