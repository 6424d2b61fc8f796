# src/app: services, one call is one thing a person means.
noinst_LIBRARIES += src/app/libapp.a
src_app_libapp_a_CPPFLAGS = $(COMMON) $(INC_APP)
src_app_libapp_a_SOURCES = \
	src/app/companies.c \
	src/app/companies.h \
	src/app/session.c \
	src/app/session.h
