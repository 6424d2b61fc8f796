/*
 * Meta's Graph API: WhatsApp messages (business-messaging-api), Messenger and a page's
 * posts, Instagram messages and publishing. By the first digit of the id in the path:
 * 1 a telephone number, 2 a page, 3 an Instagram account; 9 is what was made here.
 */
#include <inttypes.h>

#include "faults.h"
#include "sim.h"

enum {
	WHATSAPP_CHARS = 4096,
	MESSENGER_CHARS = 2000,
	INSTAGRAM_BYTES = 1000,
	METADATA_CHARS = 1000,
	CALLBACK_BYTES = 512,
	CAPTION_CHARS = 2200,
};

static void refuse(struct sim_call *c, int status, int code, const char *message)
{
	call_reply(c, status,
		"{\"error\":{\"message\":\"(#%d) %s\",\"type\":\"OAuthException\",\"code\":%d,"
		"\"is_transient\":%s,\"fbtrace_id\":\"sim\"}}",
		code, message, code, code == 1 || code == 2 ? "true" : "false");
}

/* The hint is in minutes. */
static void add_usage(struct sim_call *c, int64_t hint)
{
	if (hint)
		call_reply_header(c, "X-Business-Use-Case-Usage",
			"{\"1\":[{\"type\":\"messaging\",\"call_count\":100,\"total_cputime\":10,"
			"\"total_time\":10,\"estimated_time_to_regain_access\":%" PRId64 "}]}",
			(hint + 59) / 60);
}

static void fail(struct sim_call *c, const struct sim_fault *f)
{
	switch ((int)f->mode) {
	case FAULT_429:
		refuse(c, 429, fault_code(f, 4), "Application request limit reached");
		add_usage(c, f->hint);
		break;
	case FAULT_QUOTA:
		refuse(c, 400, fault_code(f, c->provider == SIM_WHATSAPP ? 130429 : 613),
			"Rate limit hit");
		add_usage(c, f->hint);
		break;
	case FAULT_500:
		refuse(c, 500, fault_code(f, 2), "Service temporarily unavailable");
		break;
	case FAULT_403:
		refuse(c, 403, fault_code(f, 200), "Permissions error");
		break;
	default:
		refuse(c, 401, 190, "Error validating access token: Session has expired");
	}
}

static void bad(struct sim_call *c)
{
	refuse(c, 400, 100, "Invalid parameter");
}

static void check_members(
	struct sim_call *c, const cJSON *object, const char *where, const char *const *known)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, object)
	{
		const char *const *k = known;

		while (*k && strcmp(*k, item->string) != 0)
			k++;
		if (!*k)
			call_violation(c, "\"%s\" is no member of %s", item->string, where);
	}
}

static void check_component(struct sim_call *c, const cJSON *part, struct strbuf *text)
{
	static const char *const members[] = { "type", "sub_type", "index", "parameters", NULL };
	const char *type = json_text(part, "type"), *index = json_text(part, "index");
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(part, "parameters"), *one;

	check_members(c, part, "a component", members);
	if (!type || (strcmp(type, "header") != 0 && strcmp(type, "body") != 0 &&
			     strcmp(type, "button") != 0))
		call_violation(c, "a component's type is not header, body or button");
	else if (strcmp(type, "button") == 0 &&
		 (!json_text(part, "sub_type") || !index || !digits_only(index, 1, 1)))
		call_violation(c, "a button wants sub_type and an index that is a string");
	if (!cJSON_IsArray(list))
		call_violation(c, "a component's parameters are not an array");
	cJSON_ArrayForEach(one, list)
	{
		const char *said = json_text(one, "text"), *kind = json_text(one, "type");

		if (!kind || strcmp(kind, "text") != 0 || !said || !*said)
			call_violation(
				c, "a parameter is not {\"type\":\"text\",\"text\":\"...\"}");
		else if (strpbrk(said, "\n\t") || strstr(said, "     "))
			call_violation(c, "a parameter has a line end, a tab or five blanks");
		else
			strbuf_addf(text, " | %s", said);
	}
}

/* What the template says is the provider's: its name, language and what is put in. */
static void check_template(struct sim_call *c, const cJSON *t, struct strbuf *text)
{
	static const char *const members[] = { "name", "language", "components", NULL };
	const cJSON *language = cJSON_GetObjectItemCaseSensitive(t, "language"), *part;
	const cJSON *parts = cJSON_GetObjectItemCaseSensitive(t, "components");
	const char *policy = json_text(language, "policy"), *code = json_text(language, "code");
	const char *name = json_text(t, "name");

	if (!cJSON_IsObject(t))
		call_violation(c, "template is missing");
	check_members(c, t, "template", members);
	if (!name || !*name ||
		strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name))
		call_violation(c, "template.name is not lowercase letters, digits and _");
	if (!policy || strcmp(policy, "deterministic") != 0)
		call_violation(c, "template.language.policy is not deterministic");
	if (!code || strlen(code) < 2)
		call_violation(c, "template.language.code is missing");
	if (parts && !cJSON_IsArray(parts))
		call_violation(c, "template.components is not an array");
	strbuf_addf(text, "%s/%s", name ? name : "", code ? code : "");
	cJSON_ArrayForEach(part, parts) check_component(c, part, text);
}

static void check_free_text(struct sim_call *c, const cJSON *t, struct strbuf *text)
{
	static const char *const members[] = { "body", "preview_url", NULL };
	const cJSON *preview = cJSON_GetObjectItemCaseSensitive(t, "preview_url");
	const char *body = json_text(t, "body");

	check_members(c, t, "text", members);
	if (!body || !*body || text_chars(body) > WHATSAPP_CHARS)
		call_violation(c, "text.body is not 1 to %d characters", WHATSAPP_CHARS);
	if (preview && !cJSON_IsBool(preview))
		call_violation(c, "text.preview_url is not a boolean");
	strbuf_adds(text, body ? body : "");
}

static void check_whatsapp(struct sim_call *c, const cJSON *m, struct strbuf *text)
{
	static const char *const members[] = { "messaging_product", "recipient_type", "to", "type",
		"template", "text", "biz_opaque_callback_data", NULL };
	const char *product = json_text(m, "messaging_product"), *type = json_text(m, "type"),
		   *recipient = json_text(m, "recipient_type"), *to = json_text(m, "to"),
		   *ref = json_text(m, "biz_opaque_callback_data");

	check_members(c, m, "a message", members);
	if (!product || strcmp(product, "whatsapp") != 0)
		call_violation(c, "messaging_product is not whatsapp");
	if (recipient && strcmp(recipient, "individual") != 0)
		call_violation(c, "recipient_type is %s", recipient);
	if (!to || to[0] == '0' || !digits_only(to, 7, 15))
		call_violation(c, "to is not a number in E.164 without +");
	if (cJSON_HasObjectItem(m, "biz_opaque_callback_data") &&
		(!ref || strlen(ref) > CALLBACK_BYTES))
		call_violation(c, "biz_opaque_callback_data is not up to %d bytes", CALLBACK_BYTES);
	if (type && strcmp(type, "template") == 0)
		check_template(c, cJSON_GetObjectItemCaseSensitive(m, "template"), text);
	else if (type && strcmp(type, "text") == 0)
		check_free_text(c, cJSON_GetObjectItemCaseSensitive(m, "text"), text);
	else
		call_violation(c, "type is neither template nor text");
}

static void whatsapp_send(struct sim_call *c)
{
	struct strbuf text = STRBUF_INIT, id = STRBUF_INIT;
	cJSON *m = call_json(c);
	const char *to, *code;
	struct sim_fault f = { 0 };

	c->kind = SIM_SEND;
	if (m)
		check_whatsapp(c, m, &text);
	if (c->violations) {
		bad(c);
		goto out;
	}
	to = json_text(m, "to");
	code = faults_reject(c->sim->faults, c->provider, to, "131026");
	if (code) {
		memcpy(f.code, code, strlen(code) + 1);
		refuse(c, 400, fault_code(&f, 131026), "Message undeliverable");
		goto out;
	}
	strbuf_adds(&id, "wamid.");
	sim_id(c->sim, 40, &id);
	call_got(c, to, json_text(m, "biz_opaque_callback_data"), "", text.buf, id.buf);
	call_reply(c, 200,
		"{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"%s\",\"wa_id\":\"%"
		"s\"}],"
		"\"messages\":[{\"id\":\"%s\",\"message_status\":\"accepted\"}]}",
		to, to, id.buf);
out:
	strbuf_release(&text);
	strbuf_release(&id);
	cJSON_Delete(m);
}

static void check_direct(struct sim_call *c, const cJSON *m)
{
	const char *to = json_text(cJSON_GetObjectItemCaseSensitive(m, "recipient"), "id");
	const cJSON *message = cJSON_GetObjectItemCaseSensitive(m, "message");
	const char *text = json_text(message, "text"), *type = json_text(m, "messaging_type"),
		   *ref = json_text(message, "metadata");

	if (!to || !digits_only(to, 1, 32))
		call_violation(c, "recipient.id is no id");
	if (!text || !*text)
		call_violation(c, "message.text is missing");
	else if (c->provider == SIM_MESSENGER && text_chars(text) > MESSENGER_CHARS)
		call_violation(c, "message.text has over %d characters", MESSENGER_CHARS);
	else if (c->provider == SIM_INSTAGRAM && strlen(text) > INSTAGRAM_BYTES)
		call_violation(c, "message.text has over %d bytes", INSTAGRAM_BYTES);
	if (ref && text_chars(ref) >= METADATA_CHARS)
		call_violation(c, "message.metadata has over %d characters", METADATA_CHARS - 1);
	if (!type && c->provider == SIM_MESSENGER)
		call_violation(c, "messaging_type is missing");
	if (type && strcmp(type, "RESPONSE") != 0 && strcmp(type, "UPDATE") != 0 &&
		strcmp(type, "UTILITY") != 0 && strcmp(type, "MESSAGE_TAG") != 0)
		call_violation(c, "messaging_type is %s", type);
	if ((type && strcmp(type, "MESSAGE_TAG") == 0) != (json_text(m, "tag") != NULL))
		call_violation(c, "tag and messaging_type MESSAGE_TAG go together");
}

static void direct_send(struct sim_call *c)
{
	struct strbuf id = STRBUF_INIT;
	struct sim_fault f = { 0 };
	cJSON *m = call_json(c);
	const cJSON *message = cJSON_GetObjectItemCaseSensitive(m, "message");
	const char *to, *code;

	c->kind = SIM_SEND;
	if (m)
		check_direct(c, m);
	if (c->violations) {
		bad(c);
		goto out;
	}
	to = json_text(cJSON_GetObjectItemCaseSensitive(m, "recipient"), "id");
	code = faults_reject(c->sim->faults, c->provider, to, "551");
	if (code) {
		memcpy(f.code, code, strlen(code) + 1);
		refuse(c, 400, fault_code(&f, 551), "This person isn't available right now");
		goto out;
	}
	strbuf_adds(&id, "m_");
	sim_id(c->sim, 40, &id);
	call_got(c, to, json_text(message, "metadata"), "", json_text(message, "text"), id.buf);
	call_reply(c, 200, "{\"recipient_id\":\"%s\",\"message_id\":\"%s\"}", to, id.buf);
out:
	strbuf_release(&id);
	cJSON_Delete(m);
}

/* A parameter of a post: from the form or from JSON. */
static bool parameter(struct sim_call *c, const cJSON *json, const char *name, struct strbuf *out)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);

	strbuf_clear(out);
	if (!json)
		return form_get(c->body, c->len, name, out);
	if (cJSON_IsString(item))
		strbuf_adds(out, item->valuestring);
	else if (cJSON_IsBool(item))
		strbuf_adds(out, cJSON_IsTrue(item) ? "true" : "false");
	else if (item)
		call_violation(c, "%s is no string", name);
	return item != NULL;
}

/* The body of a post, JSON or a form; NULL for a form. */
static cJSON *post_body(struct sim_call *c)
{
	c->kind = SIM_POST;
	return call_type_is(c, "application/x-www-form-urlencoded") ? NULL : call_json(c);
}

static void add_number(struct sim_call *c, struct strbuf *out)
{
	c->sim->serial++;
	strbuf_addf(out, "9%015" PRIu64, c->sim->serial);
}

static bool is_url(const struct strbuf *s)
{
	return strncmp(s->buf, "https://", 8) == 0 || strncmp(s->buf, "http://", 7) == 0;
}

/* On a page: `edge` is feed or photos. */
static void page_post(struct sim_call *c, const char *page, bool photo)
{
	struct strbuf text = STRBUF_INIT, link = STRBUF_INIT, id = STRBUF_INIT;
	cJSON *json = post_body(c);
	bool has_text = parameter(c, json, photo ? "caption" : "message", &text) && text.len;
	bool has_link = parameter(c, json, photo ? "url" : "link", &link) && link.len;

	if (has_link && !is_url(&link))
		call_violation(c, "%s is no URL", photo ? "url" : "link");
	if (photo ? !has_link : !has_text && !has_link)
		call_violation(c, photo ? "url is missing" : "neither message nor link");
	if (parameter(c, json, "published", &id) && strcmp(id.buf, "true") != 0 &&
		strcmp(id.buf, "false") != 0)
		call_violation(c, "published is %s", id.buf);
	strbuf_clear(&id);
	if (c->violations) {
		bad(c);
	} else {
		strbuf_addf(&id, "%s_", page);
		add_number(c, &id);
		call_got(c, page, "", link.buf, text.buf, id.buf);
		if (photo)
			call_reply(c, 200, "{\"id\":\"%s\",\"post_id\":\"%s\"}",
				strchr(id.buf, '_') + 1, id.buf);
		else
			call_reply(c, 200, "{\"id\":\"%s\"}", id.buf);
	}
	strbuf_release(&text);
	strbuf_release(&link);
	strbuf_release(&id);
	cJSON_Delete(json);
}

static struct sim_container *container(struct sim *s, const char *id)
{
	for (size_t i = 0; i < s->containers.len; i++)
		if (strcmp(s->containers.items[i].id, id) == 0)
			return &s->containers.items[i];
	return NULL;
}

/* The first step of publishing: nobody sees it yet. */
static void media_make(struct sim_call *c)
{
	struct strbuf url = STRBUF_INIT, caption = STRBUF_INIT, id = STRBUF_INIT;
	cJSON *json = post_body(c);
	struct sim_container new = { .polls = 0 };

	if ((!parameter(c, json, "image_url", &url) && !parameter(c, json, "video_url", &url)) ||
		!is_url(&url))
		call_violation(c, "neither image_url nor video_url is a URL");
	(void)parameter(c, json, "caption", &caption);
	if (text_chars(caption.buf) > CAPTION_CHARS)
		call_violation(c, "caption has over %d characters", CAPTION_CHARS);
	if (c->violations) {
		bad(c);
	} else {
		add_number(c, &id);
		call_reply(c, 200, "{\"id\":\"%s\"}", id.buf);
		new.id = strbuf_detach(&id);
		new.url = strbuf_detach(&url);
		new.caption = strbuf_detach(&caption);
		vec_push(&c->sim->containers, new);
	}
	strbuf_release(&url);
	strbuf_release(&caption);
	strbuf_release(&id);
	cJSON_Delete(json);
}

/* The second: once a container, however often it is asked for. */
static void media_publish(struct sim_call *c, const char *account)
{
	struct strbuf id = STRBUF_INIT, made = STRBUF_INIT;
	cJSON *json = post_body(c);
	struct sim_container *from = NULL;

	if (!parameter(c, json, "creation_id", &id))
		call_violation(c, "creation_id is missing");
	else if (!(from = container(c->sim, id.buf)))
		call_violation(c, "creation_id is none of ours: %s", id.buf);
	if (c->violations) {
		bad(c);
	} else if (from->polls == 0) {
		refuse(c, 400, 9007, "Media ID is not available");
	} else {
		if (!from->media[0]) {
			add_number(c, &made);
			memcpy(from->media, made.buf, made.len + 1);
			call_got(c, account, from->id, from->url, from->caption, from->media);
		}
		call_reply(c, 200, "{\"id\":\"%s\"}", from->media);
	}
	strbuf_release(&id);
	strbuf_release(&made);
	cJSON_Delete(json);
}

/* A container is being made when it is first looked at, and finished from then on. */
static void look(struct sim_call *c, const char *id)
{
	struct sim_container *from = container(c->sim, id);

	c->kind = SIM_LOOKUP;
	call_looked(c, id);
	if (from) {
		call_reply(c, 200, "{\"status_code\":\"%s\",\"id\":\"%s\"}",
			from->media[0] ? "PUBLISHED"
			: from->polls  ? "FINISHED"
				       : "IN_PROGRESS",
			id);
		from->polls++;
		return;
	}
	for (size_t i = 0; i < c->sim->mail.len; i++) {
		const struct sim_got *g = &c->sim->mail.items[i];

		if (strcmp(g->id, id) != 0)
			continue;
		call_reply(c, 200, "{\"id\":\"%s\",\"message\":", id);
		json_quote(&c->answer, g->text);
		strbuf_addc(&c->answer, '}');
		return;
	}
	refuse(c, 400, 100, "Unsupported get request. Object does not exist");
}

static void provider_of(struct sim_call *c, const char *id)
{
	c->provider = id[0] == '1' ? SIM_WHATSAPP : id[0] == '2' ? SIM_MESSENGER : SIM_INSTAGRAM;
}

static void route(struct sim_call *c, const char *id, const char *edge)
{
	bool post = strcmp(c->method, "POST") == 0, page = id[0] == '2';

	if (strcmp(c->method, "GET") == 0 && !*edge)
		look(c, id);
	else if (post && strcmp(edge, "/messages") == 0 && id[0] == '1')
		whatsapp_send(c);
	else if (post && strcmp(edge, "/messages") == 0 && (page || id[0] == '3'))
		direct_send(c);
	else if (post && page && (strcmp(edge, "/feed") == 0 || strcmp(edge, "/photos") == 0))
		page_post(c, id, strcmp(edge, "/photos") == 0);
	else if (post && id[0] == '3' && strcmp(edge, "/media") == 0)
		media_make(c);
	else if (post && id[0] == '3' && strcmp(edge, "/media_publish") == 0)
		media_publish(c, id);
	else {
		call_violation(c, "no such path");
		refuse(c, 404, 100, "Unsupported request. Object does not exist");
	}
}

/* /vNN.N/ID[/edge] */
static void answer(struct sim_call *c)
{
	struct strbuf id = STRBUF_INIT;
	const char *p = c->path;
	size_t len;

	if (strncmp(p, "/v", 2) == 0 && (len = strspn(p + 2, "0123456789")) > 0 &&
		p[2 + len] == '.')
		p += 3 + len + strspn(p + 3 + len, "0123456789");
	len = *p == '/' ? strspn(p + 1, "0123456789_") : 0;
	if (!len || p == c->path || (p[1 + len] && p[1 + len] != '/')) {
		call_violation(c, "the path is not /vNN.N/ID/...");
		refuse(c, 404, 2500, "Unknown path components");
		return;
	}
	strbuf_add(&id, p + 1, len);
	provider_of(c, id.buf);
	if (call_bearer(c, "meta-test"))
		route(c, id.buf, p + 1 + len);
	else
		refuse(c, 401, 190, "Invalid OAuth access token");
	strbuf_release(&id);
}

const struct sim_family sim_graph = {
	.prefix = "/graph", .provider = SIM_WHATSAPP, .answer = answer, .fail = fail
};
