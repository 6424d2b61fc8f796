# src/model: plain structs and pure rules; no I/O, no clock.
noinst_LIBRARIES += src/model/libmodel.a
src_model_libmodel_a_CPPFLAGS = $(COMMON) $(INC_MODEL)
src_model_libmodel_a_SOURCES = \
	src/model/actor.c \
	src/model/actor.h \
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
	src/model/customer.c \
	src/model/customer.h \
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
	src/model/phone.c \
	src/model/phone.h \
	src/model/role.c \
	src/model/role.h \
	src/model/segment.c \
	src/model/segment.h \
	src/model/suppression.c \
	src/model/suppression.h \
	src/model/task.h \
	src/model/word.c \
	src/model/word.h
