#include "store_acts.h"

#include "crypt.h"
#include "holding.h"
#include "i18n.h"
#include "secrets.h"
#include "station.h"

/* --- the recovery key ---------------------------------------------------- */

void store_key_words(struct strbuf *out, const struct desk *d)
{
	enum secrets_kept kept = SECRETS_NONE;
	struct err err = ERR_INIT;

	if (!secrets_kept(d->s, &kept, &err))
		kept = SECRETS_NONE;
	switch (kept) {
	case SECRETS_NONE:
		strbuf_adds(out, _("there is none yet: no password is kept here"));
		break;
	case SECRETS_FILE:
		strbuf_adds(out, _("opens the providers' passwords on another machine"));
		break;
	case SECRETS_PASSPHRASE:
		strbuf_adds(out, _("the passwords open with a passphrase"));
		break;
	}
}

static unsigned show_key(struct desk *d)
{
	char key[RECOVERY_LEN + 1];
	const char *buttons[] = { _("I have written it down") };
	struct dialog_spec spec = { .title = _("Recovery key: keep it on paper, away from here"),
		.text = key,
		.buttons = buttons,
		.count = 1,
		.bare = true };
	struct err err = ERR_INIT;

	if (!secrets_recovery(d->s, key, &err))
		return ui_error(d->ui, &err);
	ui_dialog(d->ui, &spec, NULL, NULL);
	crypt_wipe(key, sizeof(key));
	return STALE_PAINT | STALE_RELOAD;
}

static unsigned on_show(void *ctx, const struct answer *answer)
{
	return answer->value == 0 ? show_key(ctx) : STALE_PAINT;
}

static unsigned ask_show(struct desk *d)
{
	return ui_confirm(d->ui, _("Show the recovery key?"),
		_("Whoever has it and a copy of the store can read the passwords of your "
		  "providers. Look whether somebody stands behind you. That it was shown is noted "
		  "in the audit trail."),
		_("Show it"), on_show, d);
}

static unsigned on_typed(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!secrets_recover(d->s, answer->text, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("The key is back: the providers' passwords open again.")) |
	       STALE_RELOAD;
}

static unsigned ask_typed(struct desk *d)
{
	const char *buttons[] = { _("Use this key"), _("Cancel") };
	const struct dialog_spec spec = { .title = _("Recovery key"),
		.text = _("Type the 14 groups of 4 characters as they stand on your paper."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = _("Recovery key"),
		.max = 200 };

	return ui_dialog(d->ui, &spec, on_typed, d);
}

static unsigned on_renew(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct err err = ERR_INIT;
	int64_t lost;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!secrets_renew(d->s, &lost, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui,
		       ngettext("A new key. %lld account needs its passwords again.",
			       "A new key. %lld accounts need their passwords again.",
			       (unsigned long)lost),
		       (long long)lost) |
	       STALE_RELOAD;
}

static unsigned ask_renew(struct desk *d)
{
	return ui_confirm(d->ui, _("Begin a new key?"),
		_("The passwords that are kept here are forgotten: they have to be typed again at "
		  "each provider. Only when the old key is lost for good."),
		_("Forget them, new key"), on_renew, d);
}

enum { KEY_SHOW, KEY_TYPE, KEY_RENEW };

static unsigned on_key(void *ctx, const struct answer *answer)
{
	switch (answer->value) {
	case KEY_SHOW:
		return ask_show(ctx);
	case KEY_TYPE:
		return ask_typed(ctx);
	case KEY_RENEW:
		return ask_renew(ctx);
	}
	return STALE_PAINT;
}

unsigned store_key_ask(struct desk *d)
{
	const struct menu_item items[] = {
		{ .letter = '1', .label = _("Show it, to be written down"), .value = KEY_SHOW },
		{ .letter = '2',
			.label = _("Type the one I have written down"),
			.value = KEY_TYPE },
		{ .letter = '3',
			.label = _("The key is lost: begin a new one"),
			.value = KEY_RENEW },
	};
	const struct menu_spec spec = {
		.title = _("Recovery key"), .items = items, .count = ARRAY_SIZE(items)
	};
	struct err err = ERR_INIT;

	if (!session_may(d->s, RIGHT_SETTINGS, &err))
		return ui_error(d->ui, &err);
	return ui_menu(d->ui, &spec, on_key, d);
}

/* --- a copy -------------------------------------------------------------- */

static unsigned on_copy(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct err err = ERR_INIT;
	int64_t paused;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!station_take_over(d->s, &paused, &err))
		return ui_error(d->ui, &err);
	desk_look(d);
	holding_show(d);
	if (!paused)
		return ui_say(d->ui, "%s",
			       _("This store goes on. Nothing was waiting to be sent.")) |
		       STALE_RELOAD;
	return ui_say(d->ui,
		       ngettext("This store goes on. %lld campaign is paused: look before it goes "
				"on.",
			       "This store goes on. %lld campaigns are paused: look before they go "
			       "on.",
			       (unsigned long)paused),
		       (long long)paused) |
	       STALE_RELOAD;
}

unsigned store_copy_ask(struct desk *d)
{
	struct err err = ERR_INIT;

	if (!session_may(d->s, RIGHT_SETTINGS, &err))
		return ui_error(d->ui, &err);
	return ui_confirm(d->ui, _("Does this store go on?"),
		_("It is a copy of another one, or was restored: both would write to the same "
		  "people. Say yes on one only, the one that you will work with. Its campaigns are "
		  "paused, so that you can look at what the other one has sent."),
		_("This one goes on"), on_copy, d);
}
