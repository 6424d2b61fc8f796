# src/model: plain structs and pure rules; no I/O, no clock.
noinst_LIBRARIES += src/model/libmodel.a
src_model_libmodel_a_CPPFLAGS = $(COMMON) $(INC_MODEL) -iquote src/model
src_model_libmodel_a_SOURCES = \
	src/model/actor.c \
	src/model/actor.h \
	src/model/audience.c \
	src/model/audience.h \
	src/model/breaker.c \
	src/model/breaker.h \
	src/model/campaign.c \
	src/model/campaign.h \
	src/model/campaign_count.h \
	src/model/channel.c \
	src/model/channel.h \
	src/model/company.h \
	src/model/consent.c \
	src/model/consent.h \
	src/model/consent_event.c \
	src/model/consent_event.h \
	src/model/contact.c \
	src/model/contact.h \
	src/model/country.c \
	src/model/country.h \
	src/model/country_rule.c \
	src/model/country_rule.h \
	src/model/customer.c \
	src/model/customer.h \
	src/model/customer_field.c \
	src/model/customer_field.h \
	src/model/customer_page.c \
	src/model/customer_page.h \
	src/model/demo.c \
	src/model/demo.h \
	src/model/demo_customer.c \
	src/model/demo_invoices.c \
	src/model/demo_names.c \
	src/model/demo_names.h \
	src/model/demo_plan.h \
	src/model/email.c \
	src/model/email.h \
	src/model/filter.c \
	src/model/filter.h \
	src/model/filter_parse.c \
	src/model/html_entity.c \
	src/model/html_entity.h \
	src/model/html_text.c \
	src/model/finding.c \
	src/model/finding.h \
	src/model/holiday.c \
	src/model/holiday.h \
	src/model/import_reason.c \
	src/model/import_reason.def \
	src/model/import_reason.h \
	src/model/import_run.c \
	src/model/import_run.h \
	src/model/import_words.c \
	src/model/import_words.h \
	src/model/invoice.h \
	src/model/kind.c \
	src/model/kind.h \
	src/model/likeness.c \
	src/model/likeness.h \
	src/model/mapping.c \
	src/model/mapping.h \
	src/model/message.c \
	src/model/message.h \
	src/model/message_line.h \
	src/model/message_list.c \
	src/model/message_list.h \
	src/model/message_vars.c \
	src/model/message_vars.h \
	src/model/phone.c \
	src/model/phone.h \
	src/model/provider_account.c \
	src/model/provider_account.h \
	src/model/provider_field.h \
	src/model/provider_name.c \
	src/model/provider_name.h \
	src/model/rate.c \
	src/model/rate.h \
	src/model/retry.c \
	src/model/retry.h \
	src/model/role.c \
	src/model/role.h \
	src/model/route.c \
	src/model/route.h \
	src/model/saved_template.h \
	src/model/segment.c \
	src/model/segment.h \
	src/model/send_hours.c \
	src/model/send_hours.h \
	src/model/sms.c \
	src/model/sms.h \
	src/model/stop_text.c \
	src/model/stop_text.h \
	src/model/suppression.c \
	src/model/suppression.h \
	src/model/system_template.c \
	src/model/system_template.h \
	src/model/task.h \
	src/model/template.c \
	src/model/template.h \
	src/model/unsubscribe.c \
	src/model/unsubscribe.h \
	src/model/template_var.c \
	src/model/word.c \
	src/model/word.h

# The texts that come with the program lie in data/templates; awk makes a table of them.
TEMPLATE_FILES = $(sort $(wildcard $(top_srcdir)/data/templates/*/*.*))
EXTRA_DIST += build-aux/templates.awk data/templates

src/model/system_templates.def: $(TEMPLATE_FILES) build-aux/templates.awk
	$(AM_V_GEN)$(MKDIR_P) src/model && \
	LC_ALL=C $(AWK) -f $(top_srcdir)/build-aux/templates.awk $(TEMPLATE_FILES) > $@.tmp && mv $@.tmp $@

src/model/libmodel_a-system_template.$(OBJEXT): src/model/system_templates.def
BUILT_SOURCES += src/model/system_templates.def
CLEANFILES += src/model/system_templates.def
