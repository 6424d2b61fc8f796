# The stand-in for the providers: no test by itself, but tests start it.
if HAVE_MICROHTTPD
EXTRA_PROGRAMS += tests/support/sim/sim
CLEANFILES += tests/support/sim/sim
check_DATA = tests/support/sim/sim$(EXEEXT)
tests_support_sim_sim_CPPFLAGS = $(COMMON) $(INC_BASE) -iquote $(top_srcdir)/tests/support/sim \
	$(CJSON_CFLAGS) $(MICROHTTPD_CFLAGS)
tests_support_sim_sim_LDADD = src/base/libbase.a $(CJSON_LIBS) $(MICROHTTPD_LIBS)
tests_support_sim_sim_SOURCES = \
	tests/support/sim/call.c \
	tests/support/sim/client.c \
	tests/support/sim/client.h \
	tests/support/sim/faults.c \
	tests/support/sim/faults.h \
	tests/support/sim/graph.c \
	tests/support/sim/http.c \
	tests/support/sim/http.h \
	tests/support/sim/mailchimp.c \
	tests/support/sim/main.c \
	tests/support/sim/mime.c \
	tests/support/sim/mime.h \
	tests/support/sim/mtn.c \
	tests/support/sim/orange.c \
	tests/support/sim/record.c \
	tests/support/sim/record.h \
	tests/support/sim/sendgrid.c \
	tests/support/sim/sim.h \
	tests/support/sim/smtp.c \
	tests/support/sim/smtp.h \
	tests/support/sim/twilio.c
endif
