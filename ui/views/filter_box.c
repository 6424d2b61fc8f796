#include "filter_box.h"

#include "filter.h"
#include "i18n.h"

void filter_box_init(struct filter_box *b, struct desk *desk,
	unsigned (*done)(void *ctx, const char *text), void *ctx)
{
	*b = (struct filter_box){ .desk = desk, .done = done, .ctx = ctx };
	strbuf_init(&b->text, FILTER_TEXT_MAX);
}

void filter_box_release(struct filter_box *b)
{
	strbuf_release(&b->text);
}

/* "At “scorr”: a field is expected (score, segment...)." */
static void say_wrong(
	const struct filter_box *b, const struct filter_error *wrong, struct strbuf *out)
{
	if (wrong->len)
		strbuf_addf(out, _("At “%.*s”: "), (int)wrong->len, b->text.buf + wrong->at);
	else
		strbuf_adds(out, _("At the end: "));
	filter_error_add(wrong, gettext, out);
}

static unsigned ask(struct filter_box *b, const char *text);

static unsigned on_answer(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;
	struct arena a = ARENA_INIT;
	const struct filter *filter;
	struct filter_error wrong;
	struct strbuf sentence = STRBUF_INIT_MAX(2048);
	unsigned stale = STALE_PAINT;

	if (answer->value != 0)
		return STALE_PAINT;
	strbuf_clear(&b->text);
	strbuf_adds(&b->text, answer->text);
	strbuf_trim(&b->text);
	if (filter_parse(&a, b->text.buf, &filter, &wrong)) {
		stale |= b->done(b->ctx, b->text.buf);
	} else {
		say_wrong(b, &wrong, &sentence);
		stale |= ask(b, sentence.buf);
	}
	strbuf_release(&sentence);
	arena_release(&a);
	return stale;
}

static unsigned ask(struct filter_box *b, const char *text)
{
	const char *buttons[] = { _("Filter"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Filter"),
		.text = text,
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.initial = b->text.buf,
		.max = FILTER_TEXT_MAX };

	return ui_dialog(b->desk->ui, &spec, on_answer, b);
}

unsigned filter_box_ask(struct filter_box *b, const char *text)
{
	strbuf_clear(&b->text);
	strbuf_adds(&b->text, text);
	return ask(b, _("For instance: segment=vip,loyal score>=70 overdue>30d\n"
			"or: tag=export city~bobo -consent.sms=refused"));
}
