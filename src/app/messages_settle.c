/* One message: its card, and the settling of an uncertain one. */
#include "compose.h"
#include "db.h"
#include "messages_private.h"
#include "provider.h"
#include "store_contact.h"
#include "store_customer.h"
#include "store_queue.h"

#define LINK_STANDS_HERE "…" /* where each message has a link of its own */

/* --- the card --- */

static const char *written(const struct template *t, enum template_way form,
	const char *const values[TEMPLATE_VAR_COUNT], struct arena *a)
{
	struct strbuf out = STRBUF_INIT;
	const char *text;

	template_write(t, form, values, &out);
	text = arena_strndup(a, out.buf, out.len);
	strbuf_release(&out);
	return text;
}

/* A text that can no longer be read leaves the card without it. */
static void render(struct session *s, struct arena *a, struct message_card *card)
{
	const struct message *m = &card->line.message;
	const char *values[TEMPLATE_VAR_COUNT];
	struct err unused = ERR_INIT;
	const struct composed *text;
	struct composer composer;

	card->subject = card->text = card->html = "";
	if (composer_open(&composer, s, &card->campaign, &unused) &&
		(text = composer_find(&composer, m->content_id)) &&
		(*m->vars || !text->vars || *m->address) &&
		composer_values(&composer, text, m->vars, LINK_STANDS_HERE, a, values, &unused)) {
		card->subject = written(&text->subject, WRITE_TEXT, values, a);
		card->text = written(
			&text->text, m->channel == CHANNEL_SMS ? WRITE_SMS : WRITE_TEXT, values, a);
		card->html = written(&text->html, WRITE_HTML, values, a);
	}
	composer_release(&composer);
}

static bool read_handle(struct session *s, struct arena *a, const struct message *m,
	enum contact_kind kind, const char **out, struct err *err)
{
	struct contact *list;
	int n;

	if (!store_contacts_of(s->db, s->company.id, m->customer_id, a, &list, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (list[i].kind == kind && *list[i].value) {
			*out = list[i].value;
			break;
		}
	return true;
}

/* The address that the next message would go to. */
static bool read_address(struct session *s, struct arena *a, const struct customer *c,
	const struct message *m, const char **out, struct err *err)
{
	*out = "";
	switch (m->channel) {
	case CHANNEL_EMAIL:
		*out = c->email_key;
		return true;
	case CHANNEL_SMS:
		*out = c->phone_e164;
		return true;
	case CHANNEL_WHATSAPP:
		*out = c->phone_e164;
		return read_handle(s, a, m, CONTACT_WHATSAPP, out, err);
	case CHANNEL_FACEBOOK:
		return read_handle(s, a, m, CONTACT_FACEBOOK, out, err);
	case CHANNEL_INSTAGRAM:
		return read_handle(s, a, m, CONTACT_INSTAGRAM, out, err);
	case CHANNEL_COUNT:
		break;
	}
	return true;
}

static bool read_customer(
	struct session *s, struct arena *a, struct message_card *card, struct err *err)
{
	struct message_line *line = &card->line;
	struct customer c;
	struct err why = ERR_INIT;

	line->name = line->first_name = card->address_now = "";
	if (!line->message.customer_id)
		return true;
	if (!store_customer_get(s->db, s->company.id, line->message.customer_id, a, &c, &why)) {
		if (why.code == ERR_GONE)
			return true;
		*err = why;
		return false;
	}
	line->name = c.name;
	line->first_name = c.first_name;
	return read_address(s, a, &c, &line->message, &card->address_now, err);
}

static bool can_ask(int provider)
{
	const struct provider_ops *ops;

	if (provider < 0)
		return false;
	ops = provider_ops((enum provider_name)provider);
	return ops->look || ops->lookup;
}

bool messages_get(
	struct session *s, int64_t id, struct arena *a, struct message_card *out, struct err *err)
{
	struct message *m = &out->line.message;

	*out = (struct message_card){ .n_attempts = 0 };
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !message_of_company(s, id, a, m, err) ||
		!store_campaign_get(s->db, s->company.id, m->campaign_id, a, &out->campaign, err) ||
		!store_attempts(s->db, id, a, &out->attempts, &out->n_attempts, err) ||
		!read_customer(s, a, out, err))
		return false;
	if (out->campaign.status == CAMPAIGN_LAUNCHING)
		return err_set(err, ERR_GONE, "message", "%lld", (long long)id);
	out->line.campaign = out->campaign.name;
	out->can_retry = message_may_again(&out->campaign, m->status, false, &out->no);
	out->can_cancel = message_may(ACT_PERSON, m->status, MESSAGE_SKIPPED);
	out->can_resolve = m->status == MESSAGE_UNCERTAIN;
	out->can_look_up = out->can_resolve && can_ask(m->provider);
	render(s, a, out);
	return true;
}

/* --- settling --- */

static bool audit(struct session *s, const struct message *m, const char *action, struct err *err)
{
	char detail[48] = "";

	if (m->customer_id)
		snprintf(detail, sizeof(detail), "{\"customer\":\"%lld\"}",
			(long long)m->customer_id);
	return session_audit(s, action, "message", m->id, detail, err);
}

static bool look_up(struct session *s, const struct message *m, struct err *err)
{
	if (!can_ask(m->provider))
		return err_set(err, ERR_NO_LOOKUP,
			provider_name_label((enum provider_name)m->provider), "%lld",
			(long long)m->id);
	return store_queue_doubt_again(s->db, m->id, session_now(s), err) &&
	       audit(s, m, "message.look_up", err);
}

static bool mark_sent(struct session *s, const struct message *before, struct err *err)
{
	struct campaign_tally tally = { .changes = { .items = NULL } };
	struct message m = *before;
	bool moved, ok;

	ok = store_message_move(s->db, &m, MESSAGE_SENT, REASON_NONE, m.due_at, session_now(s),
		     &moved, &tally, err) &&
	     store_campaign_count(s->db, &tally, err) && audit(s, before, "message.mark_sent", err);
	campaign_tally_release(&tally);
	return ok;
}

static bool settle(
	struct session *s, const struct message *m, enum message_deed deed, struct err *err)
{
	if (m->status != MESSAGE_UNCERTAIN)
		return err_set(err, ERR_NOT_UNCERTAIN, "", "%lld", (long long)m->id);
	switch (deed) {
	case DEED_LOOK_UP:
		return look_up(s, m, err) && message_note_deed(s, m, deed, err);
	case DEED_MARK_SENT:
		return mark_sent(s, m, err) && message_note_deed(s, m, deed, err);
	case DEED_SEND_AGAIN: /* notes itself */
		return message_send_again(s, m, err) && audit(s, m, "message.send_again", err);
	case DEED_RETRY:
	case DEED_CANCEL:
	case MESSAGE_DEED_COUNT:
		break;
	}
	return err_set(err, ERR_INVALID, message_deed_word(deed), "%s", "");
}

bool messages_resolve(struct session *s, int64_t id, enum message_deed deed, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct message m;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = message_of_company(s, id, &a, &m, err) && settle(s, &m, deed, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}
