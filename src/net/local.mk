# src/net: the network, and nobody else: transfers out, providers.
noinst_LIBRARIES += src/net/libnet.a
src_net_libnet_a_CPPFLAGS = $(COMMON) $(INC_NET) $(CURL_CFLAGS)
src_net_libnet_a_SOURCES = \
	src/net/meta.c \
	src/net/meta.h \
	src/net/mail.c \
	src/net/mail.h \
	src/net/mime.c \
	src/net/mime.h \
	src/net/oauth.c \
	src/net/oauth.h \
	src/net/provider.h \
	src/net/provider_facebook.c \
	src/net/provider_file.c \
	src/net/provider_http.c \
	src/net/provider_http.h \
	src/net/provider_instagram.c \
	src/net/provider_judge.c \
	src/net/provider_mailchimp.c \
	src/net/provider_sendgrid.c \
	src/net/provider_mtn.c \
	src/net/provider_orange.c \
	src/net/provider_smtp.c \
	src/net/provider_table.c \
	src/net/provider_table.h \
	src/net/provider_twilio.c \
	src/net/provider_whatsapp.c \
	src/net/single.c \
	src/net/single.h \
	src/net/wire.c \
	src/net/wire.h \
	src/net/wire_answer.c \
	src/net/wire_private.h \
	src/net/wire_request.c \
	src/net/wire_setup.c \
	src/net/wire_sockets.c \
	src/net/wire_url.c
