#include "form.h"
#include "i18n.h"
#include "mem.h"
#include "ui_state.h"

static unsigned on_choice(void *ctx, const struct answer *answer)
{
	struct view *v = ctx;

	return answer->value < 0 ? STALE_PAINT : form_pick(v->form, (size_t)answer->value);
}

static unsigned ask_choice(struct view *v)
{
	const struct form_field *field = &v->form->fields[v->form->focus];
	struct menu_item *items = mem_zalloc(field->choice_count, sizeof(*items));
	struct menu_spec spec = { .title = _(field->label),
		.items = items,
		.count = field->choice_count,
		.current = (int)v->form->values[v->form->focus].choice };

	for (size_t i = 0; i < field->choice_count; i++)
		items[i] =
			(struct menu_item){ .label = _(field->choices[i].label), .value = (int)i };
	ui_menu(v->ui, &spec, on_choice, v);
	free(items);
	return STALE_PAINT;
}

unsigned form_screen_key(struct view *v, struct key key)
{
	unsigned stale = form_key(v->form, key);

	if (!(stale & STALE_PASS) || key.code != K_ENTER)
		return stale;
	if (form_is_choice(v->form))
		return ask_choice(v);
	route_act(v->ui, ACT_SAVE);
	return STALE_PAINT;
}

unsigned ui_form_key(struct view *v, struct key key)
{
	return form_screen_key(v, key);
}

static unsigned on_leave(void *ctx, const struct answer *answer)
{
	struct view *v = ctx;
	struct ui *ui = v->ui;

	if (answer->value == 0) {
		route_act(ui, ACT_SAVE);
		if (!stack_has(&ui->stack, v) || form_changed(v->form))
			return STALE_PAINT;
		return ui_close(ui, v);
	}
	return answer->value == 1 ? ui_close(ui, v) : STALE_PAINT;
}

unsigned form_ask_leave(struct view *v)
{
	const char *buttons[] = { _("Save"), _("Throw away"), _("Go on writing") };
	struct dialog_spec spec = { .title = _("Not saved"),
		.text = _("What was changed here is not saved yet."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons) };

	return ui_dialog(v->ui, &spec, on_leave, v);
}
