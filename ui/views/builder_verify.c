/* Last step: what is wrong with it, who sends, and the launch. */
#include "builder.h"
#include "i18n.h"
#include "mem.h"
#include "say_send.h"

#define SETTINGS_TAB 8

enum { RUN_LAUNCH = 1, RUN_TEST, RUN_MESSAGE, RUN_FINDING = 100 };

/* What was looked at, and found in order where none of its findings is there. */
static const struct {
	const char *label; /* N_() */
	uint64_t codes;
} looked_at[] = {
#define CODE(code) (UINT64_C(1) << FINDING_##code)
	/* TRANSLATORS: what a check found in order. */
	{ N_("Name, channel and texts"),
		CODE(NO_NAME) | CODE(NO_CHANNEL) | CODE(NO_TEXT) | CODE(NO_SUBJECT) | CODE(MEDIA) },
	/* TRANSLATORS: what a check found in order: the {{fields}} of a text. */
	{ N_("Fields known"), CODE(TEXT) },
	/* TRANSLATORS: what a check found in order: how people say stop. */
	{ N_("Way to say stop"),
		CODE(NO_UNSUBSCRIBE) | CODE(NO_STOP_TEXT) | CODE(NO_STOP_SETTING) },
	/* TRANSLATORS: what a check found in order: links in a text. */
	{ N_("Links"), CODE(LINK_BAD) | CODE(LINK_HTTP) },
	/* TRANSLATORS: what a check found in order: whom it reaches. */
	{ N_("Recipients and their consent"), CODE(FILTER) | CODE(NOBODY) },
	/* TRANSLATORS: what a check found in order: who carries messages. */
	{ N_("Provider"), CODE(NO_PROVIDER) | CODE(PROVIDER_UNTESTED) | CODE(PROVIDER_STALE) |
				  CODE(PROVIDER_FAILED) | CODE(PROVIDER_REFUSES) | CODE(FOLDER) |
				  CODE(DEMO) },
	/* TRANSLATORS: what a check found in order: when it goes, what it costs. */
	{ N_("Hours, limits and budget"), CODE(START_PAST) | CODE(NOT_AFTER) | CODE(BUDGET) },
#undef CODE
};

/* Nothing is typed here: the form has no field. */
static void enter(struct builder *b)
{
	(void)b;
}

static void take(struct builder *b)
{
	(void)b;
}

static enum role role_of(enum finding_level level)
{
	return level == FINDING_STOP ? ROLE_BAD : level == FINDING_WARN ? ROLE_MIDDLE : ROLE_GOOD;
}

static void add_finding(struct builder *b, const struct finding *f, int value)
{
	static const enum glyph signs[FINDING_LEVELS] = {
		[FINDING_OK] = G_YES, [FINDING_WARN] = G_WARN, [FINDING_STOP] = G_DOT
	};
	const struct say_style style = { b->desk->lang, b->desk->s->company.currency };
	struct strbuf text = STRBUF_INIT_MAX(512);

	strbuf_addf(&text, "%s ", ui_look(b->view.ui)->glyphs[signs[f->level]]);
	if (f->level == FINDING_STOP)
		say_with(&text, _("%s: "), _(finding_level_label(f->level)));
	say_finding(&text, f, &style);
	builder_item(b, value, text.buf)->role = role_of(f->level);
	strbuf_release(&text);
}

/* A text that only says how to stop is none. */
static void add_empty(struct builder *b)
{
	struct strbuf text = STRBUF_INIT_MAX(256);

	strbuf_addf(&text, "%s ", ui_look(b->view.ui)->glyphs[G_DOT]);
	say_with(&text, _("%s: "), _(finding_level_label(FINDING_STOP)));
	strbuf_adds(&text, _("The message says nothing yet"));
	builder_item(b, RUN_MESSAGE, text.buf)->role = ROLE_BAD;
	strbuf_release(&text);
}

static void add_good(struct builder *b)
{
	struct strbuf text = STRBUF_INIT_MAX(256);
	uint64_t found = 0;

	for (int i = 0; i < b->figures->n_findings; i++)
		found |= UINT64_C(1) << b->figures->findings[i].code;
	for (size_t i = 0; i < ARRAY_SIZE(looked_at); i++) {
		if (looked_at[i].codes & found)
			continue;
		strbuf_clear(&text);
		strbuf_addf(
			&text, "%s %s", ui_look(b->view.ui)->glyphs[G_YES], _(looked_at[i].label));
		builder_item(b, ITEM_TEXT, text.buf)->role = ROLE_GOOD;
	}
	strbuf_release(&text);
}

static void fill(struct builder *b)
{
	const struct figures *f = b->figures;

	builder_button(b, RUN_LAUNCH, _("Launch…"));
	builder_button(b, RUN_TEST, _("Send a test to myself"));
	builder_item(b, ITEM_TEXT, " ");
	if (!f->judged || f->old) {
		builder_item(b, ITEM_TEXT, _("Checking…"))->role = ROLE_DIM;
		return;
	}
	if (!builder_message.complete(b))
		add_empty(b);
	for (int i = 0; i < f->n_findings; i++)
		if (f->findings[i].code != FINDING_READY)
			add_finding(b, &f->findings[i],
				f->findings[i].code == FINDING_DEMO ? ITEM_TEXT : RUN_FINDING + i);
	add_good(b);
	builder_add_reasons(b);
}

/* Where what was found can be put right. */
static enum builder_step step_of(const struct builder *b, const struct finding *f)
{
	bool many = b->draft.c.kind == CAMPAIGN_MANY;

	switch ((int)f->code) {
	case FINDING_NO_NAME:
		return STEP_TYPE;
	case FINDING_FILTER:
	case FINDING_NOBODY:
		return many ? STEP_PEOPLE : STEP_MESSAGE;
	case FINDING_START_PAST:
	case FINDING_NOT_AFTER:
	case FINDING_BUDGET:
		return many ? STEP_SENDING : STEP_MESSAGE;
	case FINDING_NO_STOP_SETTING:
	case FINDING_NO_PROVIDER:
	case FINDING_PROVIDER_UNTESTED:
	case FINDING_PROVIDER_STALE:
	case FINDING_PROVIDER_FAILED:
	case FINDING_PROVIDER_REFUSES:
	case FINDING_COPY:
	case FINDING_FOLDER:
		return STEP_VERIFY;
	}
	return STEP_MESSAGE;
}

static unsigned go_to_finding(struct builder *b, const struct finding *f)
{
	enum builder_step step = step_of(b, f);

	if (step == STEP_VERIFY) {
		b->recheck = true;
		return ui_go(b->view.ui, SETTINGS_TAB);
	}
	if (f->channel < CHANNEL_COUNT && *f->language &&
		draft_text(&b->draft, f->channel, f->language)) {
		b->channel = f->channel;
		snprintf(b->language, sizeof(b->language), "%s", f->language);
	}
	return builder_go(b, step);
}

static unsigned run(struct builder *b, int value)
{
	if (value == RUN_LAUNCH)
		return builder_launch(b);
	if (value == RUN_TEST)
		return builder_test(b);
	if (value == RUN_MESSAGE)
		return builder_go(b, STEP_MESSAGE);
	if (value >= ITEM_REASON)
		return builder_open_reason(b, value);
	return go_to_finding(b, &b->figures->findings[value - RUN_FINDING]);
}

static void side(struct builder *b, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(512);

	rect_top(&r, figures_draw_people(b->figures, c, r));
	rect_top(&r, builder_draw_items(b, c, r, true));
	rect_top(&r, 1);
	rect_top(&r, figures_draw_cost(b->figures, c, r));
	rect_top(&r, 1);
	builder_say_sender(b, &text);
	draw_wrapped(c, r, ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static bool complete(const struct builder *b)
{
	return b->figures->judged && b->figures->worst != FINDING_STOP && b->figures->now.people &&
	       builder_message.complete(b);
}

const struct step_ops builder_verify = {
	/* TRANSLATORS: a step of making a campaign; up to 12 cells. */
	.title = N_("Verify"),
	.enter = enter,
	.take = take,
	.fill = fill,
	.run = run,
	.side = side,
	.complete = complete,
};
