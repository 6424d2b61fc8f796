/* A test to oneself: the message as somebody real reads it, by the real provider. */
#include <stdlib.h>

#include "builder.h"
#include "i18n.h"
#include "mem.h"
#include "prefs.h"
#include "provider_test.h"
#include "providers.h"

#define KEY_MOST 32
#define ADDRESS_MOST 254

struct test_job {
	struct job job;
	int64_t campaign_id, customer_id; /* 0: the first one it reaches */
	enum channel channel;
	char *to, *subject, *text, *html, *sender; /* owned; the texts as they are typed */
	struct provider_test_result out;
	enum provider_name provider;
};

static void free_job(struct job *job)
{
	struct test_job *j = (struct test_job *)job;

	free(j->to);
	free(j->subject);
	free(j->text);
	free(j->html);
	free(j->sender);
	free(j);
}

/* As the person shown reads it; where it reaches nobody, as it is typed. */
static bool write_out(struct test_job *j, struct session *s, struct arena *a,
	struct provider_test *test, struct err *err)
{
	struct campaign_preview p;
	bool found = true, ok = true;

	if (!j->customer_id) {
		ok = campaigns_preview_next(s, j->campaign_id, 0, a, &p, &found, err);
		j->customer_id = ok && found ? p.customer_id : 0;
	}
	if (ok && j->customer_id)
		ok = campaigns_preview_of(
			s, j->campaign_id, j->customer_id, (int)j->channel, a, &p, err);
	if (!ok)
		return false;
	test->subject = j->customer_id ? p.subject : j->subject;
	test->text = j->customer_id ? p.text : j->text;
	test->html = j->customer_id ? p.html : j->html;
	return true;
}

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct test_job *j = (struct test_job *)job;
	struct provider_test test = {
		.channel = (int)j->channel, .to = j->to, .sender = j->sender
	};
	enum provider_name route[PROVIDER_COUNT];
	struct arena a = ARENA_INIT;
	int n = 0;
	bool ok = providers_route(s, j->channel, false, route, &n, err) &&
		  write_out(j, s, &a, &test, err);

	(void)p;
	if (ok && !n)
		ok = err_set(err, ERR_PROVIDER_UNSET, channel_label(j->channel), "%s", "");
	if (ok) {
		test.name = j->provider = route[0];
		ok = provider_test_send(s, &test, &j->out, err);
	}
	arena_release(&a);
	return ok;
}

static void pref_key(enum channel channel, char key[KEY_MOST])
{
	snprintf(key, KEY_MOST, "test.%s", channel_word(channel));
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct test_job *j = (struct test_job *)job;
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .title = _("Test to myself"), .buttons = buttons, .count = 1 };
	struct strbuf text = STRBUF_INIT_MAX(1024);
	unsigned stale;

	if (!job->ok)
		return ui_error(d->ui, &job->err);
	strbuf_addf(&text, "%s · %s\n%s", _(provider_name_label(j->provider)), j->out.to,
		_(provider_test_sentence(&j->out.result)));
	if (*j->out.result.code)
		strbuf_addf(&text, " (%s)", j->out.result.code);
	spec.text = text.buf;
	stale = ui_dialog(d->ui, &spec, NULL, NULL);
	strbuf_release(&text);
	return stale;
}

static const struct job_ops test_ops = {
	.title = N_("Test"),
	.run = run,
	.ended = ended,
	.free = free_job,
};

static unsigned start(struct builder *b, const char *to)
{
	const struct draft_text *t = builder_text(b);
	struct test_job *j = mem_zalloc(1, sizeof(*j));
	const struct preview *p = &b->preview;
	struct err err = ERR_INIT;

	j->job.ops = &test_ops;
	j->campaign_id = b->draft.c.id;
	j->customer_id = p->there ? p->now.customer_id : 0;
	j->channel = b->channel;
	j->to = mem_strdup(to);
	j->subject = mem_strdup(t->subject.buf);
	j->text = mem_strdup(t->text.buf);
	j->html = mem_strdup(t->html.buf);
	j->sender = mem_strdup(b->draft.sender.buf);
	if (!job_start(b->desk, &j->job, &err))
		return ui_error(b->view.ui, &err);
	return ui_say(b->view.ui, _("A test goes to %s…"), to);
}

static unsigned on_address(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct err err = ERR_INIT;
	char key[KEY_MOST];

	if (answer->value != 0 || !*answer->text)
		return STALE_PAINT;
	pref_key(b->channel, key);
	if (!pref_put(b->desk->s, PREF_HERE, key, answer->text, &err))
		err_clear(&err); /* then it is asked again */
	return start(b, answer->text);
}

static unsigned ask_address(struct builder *b, const char *before)
{
	const char *buttons[] = { _("Send"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Test to myself"),
		.text = b->channel == CHANNEL_EMAIL
				? _("Your own e-mail address. One message goes there now, as "
				    "the person shown would read it.")
				: _("Your own number. One message goes there now, as the person "
				    "shown would read it; it costs what any other does."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.focus = ARRAY_SIZE(buttons),
		.ask = true,
		.label = b->channel == CHANNEL_EMAIL ? _("E-mail") : _("Number"),
		.initial = before,
		.max = ADDRESS_MOST };

	return ui_dialog(b->view.ui, &spec, on_address, b);
}

/* The address is asked with the last one in it: Enter is enough. */
unsigned builder_test(struct builder *b)
{
	struct strbuf to = STRBUF_INIT_MAX(ADDRESS_MOST);
	struct err err = ERR_INIT;
	char key[KEY_MOST];
	unsigned stale;

	if (job_find(b->desk, &test_ops))
		return ui_say(b->view.ui, "%s", _("A test is on its way already."));
	if (!builder_keep(b) || !b->draft.c.id)
		return STALE_PAINT;
	pref_key(b->channel, key);
	if (!pref_get(b->desk->s, PREF_HERE, key, &to, &err))
		err_clear(&err);
	stale = ask_address(b, to.buf);
	strbuf_release(&to);
	return stale;
}
