# ui/kit: widgets that know no business. They see src/base only.
noinst_LIBRARIES += ui/kit/libkit.a
ui_kit_libkit_a_CPPFLAGS = $(COMMON) $(INC_KIT) $(CURSES_CFLAGS)
ui_kit_libkit_a_SOURCES = \
	ui/kit/action.h \
	ui/kit/chart.c \
	ui/kit/chart.h \
	ui/kit/dialog.c \
	ui/kit/dialog.h \
	ui/kit/draw.c \
	ui/kit/draw.h \
	ui/kit/edit.c \
	ui/kit/edit.h \
	ui/kit/form.c \
	ui/kit/form.h \
	ui/kit/form_box.c \
	ui/kit/form_box.h \
	ui/kit/form_draw.c \
	ui/kit/help.c \
	ui/kit/help.h \
	ui/kit/input.h \
	ui/kit/keyin.c \
	ui/kit/keyin.h \
	ui/kit/keymap.c \
	ui/kit/keymap.h \
	ui/kit/keyline.c \
	ui/kit/keyline.h \
	ui/kit/layout.c \
	ui/kit/layout.h \
	ui/kit/look.c \
	ui/kit/look.h \
	ui/kit/menu.c \
	ui/kit/menu.h \
	ui/kit/meter.c \
	ui/kit/meter.h \
	ui/kit/overlay.c \
	ui/kit/overlay.h \
	ui/kit/palette.c \
	ui/kit/palette.h \
	ui/kit/stale.h \
	ui/kit/status.c \
	ui/kit/status.h \
	ui/kit/table.c \
	ui/kit/table.h \
	ui/kit/table_window.c \
	ui/kit/table_window.h \
	ui/kit/tabs.c \
	ui/kit/tabs.h \
	ui/kit/term.c \
	ui/kit/term.h \
	ui/kit/theme.c \
	ui/kit/theme.h \
	ui/kit/words.c \
	ui/kit/words.h

# ui: the loop, and one file a screen in ui/views.
noinst_LIBRARIES += ui/libui.a
ui_libui_a_CPPFLAGS = $(COMMON) $(INC_VIEWS) $(CURSES_CFLAGS)
ui_libui_a_SOURCES = \
	ui/actions.c \
	ui/actions.def \
	ui/actions.h \
	ui/command.c \
	ui/desk.c \
	ui/desk.h \
	ui/desk_event.h \
	ui/form_screen.c \
	ui/frame.c \
	ui/job.c \
	ui/job.h \
	ui/list.c \
	ui/list.h \
	ui/reader.c \
	ui/reader.h \
	ui/route.c \
	ui/screens.c \
	ui/screens.h \
	ui/sending.c \
	ui/sending.h \
	ui/stack.c \
	ui/stack.h \
	ui/ui.c \
	ui/ui.h \
	ui/ui_state.h \
	ui/view.h \
	ui/views/acts.c \
	ui/views/acts.h \
	ui/views/bulk.c \
	ui/views/bulk.h \
	ui/views/campaign_acts.c \
	ui/views/campaign_acts.h \
	ui/views/campaign_cells.c \
	ui/views/campaign_cells.h \
	ui/views/campaign_messages.c \
	ui/views/campaign_messages.h \
	ui/views/campaign_view.c \
	ui/views/campaign_view.h \
	ui/views/campaigns_view.c \
	ui/views/campaigns_view.h \
	ui/views/cells.c \
	ui/views/cells.h \
	ui/views/company_form.c \
	ui/views/company_form.h \
	ui/views/consent_acts.c \
	ui/views/consent_acts.h \
	ui/views/customer_form.c \
	ui/views/customer_form.h \
	ui/views/customer_parts.c \
	ui/views/customer_parts.h \
	ui/views/customer_pick.c \
	ui/views/customer_pick.h \
	ui/views/customer_view.c \
	ui/views/customer_view.h \
	ui/views/customers_view.c \
	ui/views/customers_view.h \
	ui/views/demo_erase.c \
	ui/views/demo_erase.h \
	ui/views/duplicates_view.c \
	ui/views/duplicates_view.h \
	ui/views/filter_box.c \
	ui/views/filter_box.h \
	ui/views/first_view.c \
	ui/views/first_view.h \
	ui/views/holding.c \
	ui/views/holding.h \
	ui/views/home_view.c \
	ui/views/home_view.h \
	ui/views/import_ask.c \
	ui/views/import_ask.h \
	ui/views/import_check.c \
	ui/views/import_check.h \
	ui/views/import_columns.c \
	ui/views/import_columns.h \
	ui/views/import_going.c \
	ui/views/import_going.h \
	ui/views/import_lines.c \
	ui/views/import_lines.h \
	ui/views/import_options_form.c \
	ui/views/import_options_form.h \
	ui/views/import_pick.c \
	ui/views/import_pick.h \
	ui/views/import_resume.c \
	ui/views/import_resume.h \
	ui/views/import_run_view.c \
	ui/views/import_run_view.h \
	ui/views/import_said.c \
	ui/views/import_said.h \
	ui/views/import_undo.c \
	ui/views/import_undo.h \
	ui/views/import_work.c \
	ui/views/import_work.h \
	ui/views/imports_view.c \
	ui/views/imports_view.h \
	ui/views/merge_view.c \
	ui/views/merge_view.h \
	ui/views/message_acts.c \
	ui/views/message_acts.h \
	ui/views/message_retry.c \
	ui/views/message_retry.h \
	ui/views/message_view.c \
	ui/views/message_view.h \
	ui/views/pace.c \
	ui/views/pace.h \
	ui/views/page.c \
	ui/views/page.h \
	ui/views/page_question.c \
	ui/views/page_question.h \
	ui/views/pause_all.c \
	ui/views/pause_all.h \
	ui/views/places.c \
	ui/views/places.h \
	ui/views/provider_form.c \
	ui/views/provider_form.h \
	ui/views/provider_try.c \
	ui/views/provider_try.h \
	ui/views/provider_words.c \
	ui/views/provider_words.h \
	ui/views/providers_view.c \
	ui/views/providers_view.h \
	ui/views/rules_view.c \
	ui/views/rules_view.h \
	ui/views/send_rules_view.c \
	ui/views/send_rules_view.h \
	ui/views/settings_view.c \
	ui/views/settings_view.h \
	ui/views/shelf_view.c \
	ui/views/shelf_view.h \
	ui/views/store_acts.c \
	ui/views/store_acts.h \
	ui/views/tasks_view.c \
	ui/views/tasks_view.h \
	ui/views/template_form.c \
	ui/views/template_form.h \
	ui/views/template_view.c \
	ui/views/template_view.h \
	ui/views/templates_view.c \
	ui/views/templates_view.h \
	ui/views/thresholds.c \
	ui/views/thresholds.h \
	ui/views/undoing.c \
	ui/views/undoing.h \
	ui/views/whole.c \
	ui/views/whole.h \
	ui/views/work.c \
	ui/views/work.h
nodist_ui_libui_a_SOURCES = ui/keys_builtin.c

ui/keys_builtin.c: $(top_srcdir)/data/keys.conf
	$(AM_V_GEN)$(MKDIR_P) ui && { \
		echo '#include "actions.h"'; \
		echo 'const char keys_builtin[] ='; \
		$(SED) -e 's/[\\"]/\\&/g' -e 's/^/"/' -e 's/$$/\\n"/' $(top_srcdir)/data/keys.conf; \
		echo ';'; \
	} > $@.tmp && mv -f $@.tmp $@
CLEANFILES += ui/keys_builtin.c
EXTRA_DIST += data/keys.conf
