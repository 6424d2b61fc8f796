#include "provider_try.h"

#include "i18n.h"
#include "mem.h"
#include "num.h"
#include "provider_test.h"

#define TO_MAX 250

struct try_job {
	struct job job;
	enum provider_name name;
	enum channel channel;
	char to[TO_MAX + 1];
	struct provider_test_result result;
};

void provider_try_init(struct provider_try *t, struct desk *desk)
{
	*t = (struct provider_try){ .desk = desk };
}

/* --- sending ------------------------------------------------------------- */

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct try_job *t = (struct try_job *)job;
	struct provider_test test = { .name = t->name, .channel = (int)t->channel, .to = t->to };

	(void)p;
	return provider_test_send(s, &test, &t->result, err);
}

static void add_answer(struct strbuf *out, const struct desk *d, const struct try_job *t)
{
	const struct send_result *r = &t->result.result;

	strbuf_addf(out, "%s\n\n%s · ", _(provider_test_sentence(r)), t->result.to);
	num_format(out, (t->result.took_ms + 50) / 100, 1, d->lang);
	strbuf_adds(out, " s");
	if (*r->code)
		/* TRANSLATORS: the provider's own code of its answer follows. */
		strbuf_addf(out, _(" · its code: %s"), r->code);
}

/* The field that an error names by its key, as it stands in the form. */
static unsigned tell_error(struct desk *d, const struct try_job *t)
{
	const struct err *why = &t->job.err;
	struct arena a = ARENA_INIT;
	struct provider_card card;
	struct err unseen = ERR_INIT, err = ERR_INIT;
	const char *subject = why->subject;

	if (providers_get(d->s, t->name, &a, &card, &unseen))
		for (const struct provider_field *f = card.fields; f->key; f++)
			if (!strcmp(f->key, why->subject))
				subject = _(f->label);
	err_set(&err, why->code, subject, "%s", why->detail);
	arena_release(&a);
	return ui_error(d->ui, &err);
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct try_job *t = (struct try_job *)job;
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .buttons = buttons, .count = 1 };
	struct strbuf text = STRBUF_INIT_MAX(1024), title = STRBUF_INIT_MAX(256);

	ui_say(d->ui, "%s", ""); /* it is not being asked any more */
	if (!job->ok)
		return tell_error(d, t);
	add_answer(&text, d, t);
	/* TRANSLATORS: the provider's name follows. */
	strbuf_addf(&title, _("Test · %s"), _(provider_name_label(t->name)));
	spec.title = title.buf;
	spec.text = text.buf;
	ui_dialog(d->ui, &spec, NULL, NULL);
	strbuf_release(&text);
	strbuf_release(&title);
	return STALE_PAINT | STALE_RELOAD;
}

static const struct job_ops try_ops = {
	.title = N_("Test"),
	.run = run,
	.ended = ended,
};

/* --- asking -------------------------------------------------------------- */

static void pref_key(const struct provider_try *t, char out[64])
{
	snprintf(out, 64, "test.%s", channel_word(t->channel));
}

static unsigned start(struct provider_try *t, const char *to)
{
	struct try_job *job = mem_zalloc(1, sizeof(*job));
	struct err err = ERR_INIT;
	char key[64];

	pref_key(t, key);
	desk_keep(t->desk, key, to);
	job->job.ops = &try_ops;
	job->name = t->name;
	job->channel = t->channel;
	snprintf(job->to, sizeof(job->to), "%s", to);
	if (!job_start(t->desk, &job->job, &err))
		return ui_error(t->desk->ui, &err);
	return ui_say(t->desk->ui, _("Asking %s…"), _(provider_name_label(t->name)));
}

static unsigned on_address(void *ctx, const struct answer *answer)
{
	struct provider_try *t = ctx;
	struct strbuf to = STRBUF_INIT_MAX(TO_MAX);
	unsigned stale = STALE_PAINT;

	if (answer->value != 0)
		return stale;
	strbuf_adds(&to, answer->text);
	strbuf_trim(&to);
	if (to.len)
		stale = start(t, to.buf);
	strbuf_release(&to);
	return stale;
}

static const char *label_of(enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return _("Your e-mail");
	case CHANNEL_SMS:
	case CHANNEL_WHATSAPP:
		return _("Your number");
	case CHANNEL_FACEBOOK:
	case CHANNEL_INSTAGRAM:
	case CHANNEL_COUNT:
		break;
	}
	return _("Your ID there");
}

static enum channel first_channel(enum provider_name name)
{
	for (int c = 0; c < CHANNEL_COUNT; c++)
		if (provider_serves(name, (enum channel)c))
			return (enum channel)c;
	return CHANNEL_EMAIL;
}

bool provider_can_be_tried(const struct desk *d, const struct provider_card *card)
{
	return card->account.revision ||
	       (d->s->company.demo && card->account.name == PROVIDER_FILE);
}

unsigned provider_try_ask(struct provider_try *t, const struct provider_card *card)
{
	const char *buttons[] = { _("Send"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Send a test"),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.max = TO_MAX };
	struct strbuf kept = STRBUF_INIT_MAX(TO_MAX), text = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	char key[64];

	if (!session_may(t->desk->s, RIGHT_SETTINGS, &err))
		return ui_error(t->desk->ui, &err);
	if (!provider_can_be_tried(t->desk, card))
		return ui_say(t->desk->ui, _("%s is not set up: Enter asks for its account."),
			_(provider_name_label(card->account.name)));
	if (job_find(t->desk, &try_ops))
		return ui_say(t->desk->ui, "%s", _("A test is on its way already."));
	t->name = card->account.name;
	t->channel = first_channel(t->name);
	pref_key(t, key);
	desk_pref(t->desk, key, &kept);
	if (t->name == PROVIDER_FILE)
		strbuf_adds(&text, _("A message is laid into the folder: nobody gets it."));
	else
		strbuf_addf(&text,
			_("One real message goes through %s, to you. It may cost something."),
			_(provider_name_label(t->name)));
	spec.text = text.buf;
	spec.label = label_of(t->channel);
	spec.initial = kept.buf;
	ui_dialog(t->desk->ui, &spec, on_address, t);
	strbuf_release(&kept);
	strbuf_release(&text);
	return STALE_PAINT;
}
