/* What a person does with messages: again, not at all, or settled. */
#include "country.h"
#include "db.h"
#include "json_out.h"
#include "messages_private.h"
#include "providers.h"
#include "reach.h"
#include "settings.h"
#include "store_provider.h"
#include "store_queue.h"

#define SLICE 200 /* messages a transaction */

struct act {
	struct session *s;
	bool dry;
	enum message_deed deed;
	int64_t now;
	const struct progress *progress;
	struct messages_outcome *out;
	struct campaign_tally tally;
	/* the campaign it is at */
	struct campaign campaign; /* id 0 none */
	struct reach reach;
	bool reaching;
	int64_t not_after;
	int64_t done; /* of this slice */
	struct arena arena, slice;
};

static bool act_begin(struct act *act, struct session *s, bool dry, enum message_deed deed,
	struct messages_outcome *out, struct err *err)
{
	*out = (struct messages_outcome){ .looked_at = 0 };
	*act = (struct act){ .s = s, .dry = dry, .deed = deed, .now = session_now(s), .out = out };
	return session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err);
}

static void close_campaign(struct act *act)
{
	if (act->reaching)
		reach_release(&act->reach);
	act->reaching = false;
	act->campaign.id = 0;
	arena_clear(&act->arena);
}

static void act_end(struct act *act)
{
	close_campaign(act);
	campaign_tally_release(&act->tally);
	arena_release(&act->arena);
	arena_release(&act->slice);
}

/* --- the campaign --- */

/* Whom it reaches is the choice's to say: its filter was for the launch. */
static bool open_reach(struct act *act, struct err *err)
{
	int64_t hours;

	act->campaign.filter = act->campaign.persons = "";
	act->reaching = true;
	if (!reach_open(&act->reach, act->s, &act->campaign, err) ||
		!settings_number(act->s, SETTING_LATE_HOURS, &hours, err))
		return false;
	act->not_after = act->campaign.not_after > act->now ? act->campaign.not_after
							    : act->now + hours * 3600;
	return true;
}

static bool open_campaign(struct act *act, int64_t id, struct err *err)
{
	if (act->campaign.id == id)
		return true;
	close_campaign(act);
	return store_campaign_get(
		       act->s->db, act->s->company.id, id, &act->arena, &act->campaign, err) &&
	       (act->deed == DEED_CANCEL || open_reach(act, err));
}

bool message_may_again(const struct campaign *campaign, enum message_status status, bool doubt,
	enum message_no *no)
{
	enum campaign_status unused;

	if (status == MESSAGE_QUEUED)
		*no = NO_WAITS;
	else if (!message_may(ACT_PERSON, status, MESSAGE_QUEUED))
		*no = NO_WENT;
	else if (status == MESSAGE_UNCERTAIN && !doubt)
		*no = NO_DOUBT;
	else if (campaign->status != CAMPAIGN_SCHEDULED && campaign->status != CAMPAIGN_RUNNING &&
		 campaign->status != CAMPAIGN_PAUSED &&
		 !campaign_next(CAMPAIGN_ACT_REOPEN, campaign->status, &unused))
		*no = NO_CAMPAIGN;
	else
		return true;
	return false;
}

/* --- what it costs --- */

/* By the first provider that would carry it and has a price. */
static bool count_cost(struct act *act, const struct message *m, struct err *err)
{
	enum provider_name route[PROVIDER_COUNT];
	const char *country = country_of_address(m->address, act->s->company.country);
	bool abroad = strcmp(country, act->s->company.country) != 0;
	struct provider_account account;
	int64_t price = 0;
	int n;

	if (!providers_route(act->s, m->channel, abroad, route, &n, err))
		return false;
	for (int i = 0; i < n && !price; i++) {
		if (!store_provider_get(
			    act->s->db, act->s->company.id, route[i], &act->slice, &account, err))
			return false;
		if (provider_reaches(&account, country))
			price = providers_price(act->s, &account, country);
	}
	act->out->cost += price * m->parts;
	act->out->unpriced += !price;
	return true;
}

/* --- one message --- */

static void refuse(struct act *act, enum message_no no, enum message_reason reason)
{
	act->out->no[no]++;
	if (no == NO_PERSON)
		act->out->why[reason]++;
}

/* An address that a provider does not know is none until it is another one. */
static enum message_reason choose(
	struct act *act, const struct message *m, const struct person *p, enum channel *channel)
{
	struct person asked = *p;

	if (m->reason == REASON_BAD_ADDRESS && !strcmp(p->address[m->channel], m->address)) {
		asked.address[m->channel] = "";
		asked.wrong |= UINT32_C(1) << m->channel;
	}
	return audience_choose(&asked, &act->reach.terms, channel);
}

/* The message as it would be written today; false when there is no text for it. */
static bool write_anew(struct act *act, const struct person *p, struct message *fresh)
{
	const struct composed *text =
		composer_pick(&act->reach.composer, fresh->channel, p ? p->language : "");
	struct strbuf vars = STRBUF_INIT;

	if (!text)
		return false;
	if (p)
		composer_vars(&act->reach.composer, text, p, &vars);
	fresh->content_id = text->content.id;
	fresh->vars = arena_strndup(&act->slice, vars.buf, vars.len);
	fresh->parts = p ? composer_parts(&act->reach.composer, text, fresh->vars) : 1;
	fresh->not_after = act->not_after;
	strbuf_release(&vars);
	arena_clear(&act->reach.composer.one);
	return true;
}

bool message_note_deed(
	struct session *s, const struct message *before, enum message_deed deed, struct err *err)
{
	struct message_attempt attempt = { .at = session_now(s),
		.provider = before->provider,
		.outcome = message_deed_word(deed),
		.reason = before->reason,
		.code = before->code,
		.actor = s->actor.login };

	return store_attempt_add(s->db, before->id, &attempt, err);
}

static bool requeue(
	struct act *act, const struct message *before, const struct message *fresh, struct err *err)
{
	struct message m = *before;
	bool moved;

	if (act->dry) {
		if (!store_message_address_free(act->s->db, before, fresh->address, &moved, err))
			return false;
	} else if (!store_message_requeue(
			   act->s->db, &m, fresh, act->now, &moved, &act->tally, err) ||
		   (moved && !message_note_deed(act->s, before, act->deed, err))) {
		return false;
	}
	if (!moved) {
		refuse(act, NO_ADDRESS, REASON_NONE);
		return true;
	}
	act->done++;
	act->out->parts += fresh->parts;
	return count_cost(act, fresh, err);
}

/* `p` NULL: nobody of that id is there any more, or it is a post on a page. */
static bool again(struct act *act, const struct message *m, const struct person *p, struct err *err)
{
	struct message fresh = *m;
	enum message_reason reason = REASON_NONE;

	if (m->customer_id) {
		reason = p ? choose(act, m, p, &fresh.channel) : REASON_ANONYMISED;
		if (reason != REASON_NONE) {
			refuse(act, NO_PERSON, reason);
			return true;
		}
		fresh.address = p->address[fresh.channel];
	}
	if (!write_anew(act, p, &fresh)) {
		refuse(act, NO_TEXT, REASON_NONE);
		return true;
	}
	return requeue(act, m, &fresh, err);
}

static bool cancel(struct act *act, const struct message *before, struct err *err)
{
	struct message m = *before;
	bool moved = true;

	if (!message_may(ACT_PERSON, m.status, MESSAGE_SKIPPED)) {
		refuse(act, NO_WENT, REASON_NONE);
		return true;
	}
	if (!act->dry && (!store_message_move(act->s->db, &m, MESSAGE_SKIPPED, REASON_CANCELLED,
				  m.due_at, act->now, &moved, &act->tally, err) ||
				 (moved && !message_note_deed(act->s, before, act->deed, err))))
		return false;
	act->done += moved;
	act->out->parts += moved ? m.parts : 0;
	return true;
}

/* --- a slice of one campaign's messages --- */

static const struct person *person_of(const struct person *people, int n, int64_t id)
{
	int low = 0, high = n;

	while (low < high) {
		int mid = low + (high - low) / 2;

		if (people[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && people[low].id == id ? &people[low] : NULL;
}

static bool read_people(struct act *act, const struct message *list, int n, struct person **people,
	int *count, struct err *err)
{
	struct strbuf ids = STRBUF_INIT;
	bool ok;

	for (int i = 0; i < n; i++)
		if (list[i].customer_id)
			strbuf_addf(
				&ids, "%s%lld", ids.len ? "," : "", (long long)list[i].customer_id);
	*count = 0;
	act->reach.query.persons = ids.len ? ids.buf : "0";
	ok = reach_people(&act->reach, 0, n, &act->slice, people, count, err);
	strbuf_release(&ids);
	return ok;
}

static bool retry_slice(struct act *act, const struct message *list, int n, struct err *err)
{
	struct message *may = arena_alloc(&act->slice, (size_t)n * sizeof(*may));
	struct person *people;
	enum message_no no;
	int kept = 0, count;

	for (int i = 0; i < n; i++)
		if (message_may_again(
			    &act->campaign, list[i].status, act->deed == DEED_SEND_AGAIN, &no))
			may[kept++] = list[i];
		else
			refuse(act, no, REASON_NONE);
	if (!kept)
		return true;
	if (!read_people(act, may, kept, &people, &count, err))
		return false;
	for (int i = 0; i < kept; i++)
		if (!again(act, &may[i], person_of(people, count, may[i].customer_id), err))
			return false;
	return true;
}

/* What was sent again runs again. */
static bool reopen(struct act *act, struct err *err)
{
	enum campaign_status to;
	bool moved;

	if (!campaign_next(CAMPAIGN_ACT_REOPEN, act->campaign.status, &to))
		return true;
	if (!store_campaign_move(act->s->db, act->campaign.id, act->campaign.status, to, CAUSE_NONE,
		    act->now, &moved, err))
		return false;
	act->campaign.status = to;
	return true;
}

static bool audit_slice(struct act *act, struct err *err)
{
	static const char *const actions[MESSAGE_DEED_COUNT] = {
		[DEED_RETRY] = "message.retry",
		[DEED_CANCEL] = "message.cancel",
		[DEED_SEND_AGAIN] = "message.send_again",
	};
	char detail[48];

	snprintf(detail, sizeof(detail), "{\"messages\":%lld}", (long long)act->done);
	return session_audit(act->s, actions[act->deed], "campaign", act->campaign.id, detail, err);
}

/* Inside a transaction, of one campaign. */
static bool do_slice(struct act *act, const struct message *list, int n, struct err *err)
{
	bool ok;

	act->done = 0;
	if (!n)
		return true;
	if (!open_campaign(act, list[0].campaign_id, err))
		return false;
	act->out->looked_at += n;
	if (act->deed == DEED_CANCEL) {
		ok = true;
		for (int i = 0; ok && i < n; i++)
			ok = cancel(act, &list[i], err);
	} else {
		ok = retry_slice(act, list, n, err);
	}
	if (ok && act->done && !act->dry)
		ok = store_campaign_count(act->s->db, &act->tally, err) &&
		     (act->deed == DEED_CANCEL || reopen(act, err)) && audit_slice(act, err);
	act->out->done += ok ? act->done : 0;
	return ok;
}

static bool slice_begin(struct act *act, struct err *err)
{
	arena_clear(&act->slice);
	return act->dry ? db_read(act->s->db, err) : db_write(act->s->db, err);
}

static bool slice_end(struct act *act, bool ok, struct err *err)
{
	if (act->dry) {
		db_read_end(act->s->db);
	} else {
		ok = ok && db_commit(act->s->db, err);
		db_rollback(act->s->db);
	}
	return ok && (progress_step(act->progress, act->out->looked_at, 0) ||
			     err_set(err, ERR_CANCELLED, NULL, "%s", ""));
}

/* --- which ones --- */

bool message_of_company(
	struct session *s, int64_t id, struct arena *a, struct message *out, struct err *err)
{
	if (!store_message_get(s->db, id, a, out, err))
		return false;
	return out->company_id == s->company.id ||
	       err_set(err, ERR_GONE, "message", "%lld", (long long)id);
}

/* The next ones of a row of ids that are of one campaign. */
static bool read_ids(struct act *act, const int64_t *ids, int n, struct message *list, int *taken,
	struct err *err)
{
	int i = 0;

	for (; i < n && i < SLICE; i++) {
		if (!message_of_company(act->s, ids[i], &act->slice, &list[i], err))
			return false;
		if (list[i].campaign_id != list[0].campaign_id)
			break;
	}
	*taken = i;
	return true;
}

static bool do_ids(struct act *act, const struct messages_choice *choice, struct err *err)
{
	struct message list[SLICE];
	int taken = 0;

	for (int at = 0; at < choice->n_ids; at += taken) {
		bool ok = slice_begin(act, err) &&
			  read_ids(act, choice->ids + at, choice->n_ids - at, list, &taken, err) &&
			  do_slice(act, list, taken, err);

		if (!slice_end(act, ok, err))
			return false;
	}
	return true;
}

/* One slice of a part; *key goes on. */
static bool do_lines(struct act *act, int64_t campaign_id, const struct campaign_count *part,
	struct message_key *key, int *n, struct err *err)
{
	struct message_line *lines;
	struct message list[SLICE];

	if (!store_messages(
		    act->s->db, campaign_id, part, *key, SLICE, &act->slice, &lines, n, err))
		return false;
	for (int i = 0; i < *n; i++)
		list[i] = lines[i].message;
	if (*n)
		*key = (struct message_key){ list[*n - 1].due_at, list[*n - 1].id };
	return do_slice(act, list, *n, err);
}

static bool do_part(
	struct act *act, int64_t campaign_id, const struct campaign_count *part, struct err *err)
{
	struct message_key key = MESSAGE_KEY_FIRST;
	int n = SLICE;

	while (n == SLICE) {
		bool ok = slice_begin(act, err) && do_lines(act, campaign_id, part, &key, &n, err);

		if (!slice_end(act, ok, err))
			return false;
	}
	return true;
}

/* Whether the messages of a part are worth a look; else they are counted as they are. */
static bool part_may(const struct act *act, const struct campaign *c,
	const struct campaign_count *part, enum message_no *no)
{
	*no = NO_WENT;
	if (act->deed == DEED_CANCEL)
		return message_may(ACT_PERSON, part->status, MESSAGE_SKIPPED);
	return message_may_again(c, part->status, false, no);
}

static bool do_query(struct act *act, const struct messages_query *query, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_count *parts;
	struct campaign campaign;
	bool ok = store_campaign_get(
		act->s->db, act->s->company.id, query->campaign_id, &a, &campaign, err);
	int n = 0;

	ok = ok && messages_parts(act->s, query, &a, &parts, &n, err);
	for (int i = 0; ok && i < n; i++) {
		enum message_no no;

		if (part_may(act, &campaign, &parts[i], &no)) {
			ok = do_part(act, query->campaign_id, &parts[i], err);
			continue;
		}
		act->out->looked_at += parts[i].messages;
		act->out->no[no] += parts[i].messages;
	}
	arena_release(&a);
	return ok;
}

static bool do_choice(struct session *s, const struct messages_choice *choice, bool dry,
	enum message_deed deed, const struct progress *p, struct messages_outcome *out,
	struct err *err)
{
	struct act act;
	bool ok = act_begin(&act, s, dry, deed, out, err);

	act.progress = p;
	ok = ok &&
	     (choice->n_ids ? do_ids(&act, choice, err) : do_query(&act, &choice->query, err));
	act_end(&act);
	return ok;
}

bool messages_retry(struct session *s, const struct messages_choice *choice, bool dry,
	const struct progress *p, struct messages_outcome *out, struct err *err)
{
	return do_choice(s, choice, dry, DEED_RETRY, p, out, err);
}

bool messages_cancel(struct session *s, const struct messages_choice *choice, bool dry,
	const struct progress *p, struct messages_outcome *out, struct err *err)
{
	return do_choice(s, choice, dry, DEED_CANCEL, p, out, err);
}

/* Why not, in words of a list. */
static const char *why_not(const struct messages_outcome *out)
{
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++)
		if (out->why[i])
			return message_reason_label((enum message_reason)i);
	for (int i = 0; i < MESSAGE_NO_COUNT; i++)
		if (out->no[i])
			return message_no_label((enum message_no)i);
	return "";
}

bool message_send_again(struct session *s, const struct message *m, struct err *err)
{
	struct messages_outcome out;
	struct act act;
	bool ok =
		act_begin(&act, s, false, DEED_SEND_AGAIN, &out, err) && do_slice(&act, m, 1, err);

	act_end(&act);
	if (ok && !out.done)
		return err_set(err, ERR_MAY_NOT, why_not(&out), "%lld", (long long)m->id);
	return ok;
}
