# src/words: what both front ends say; between the rules and the front ends.
noinst_LIBRARIES += src/words/libwords.a
src_words_libwords_a_CPPFLAGS = $(COMMON) $(INC_WORDS)
src_words_libwords_a_SOURCES = \
	src/words/language.c \
	src/words/language.h \
	src/words/say.c \
	src/words/say.h \
	src/words/say_act.c \
	src/words/say_import.c \
	src/words/say_score.c \
	src/words/say_send.c \
	src/words/say_send.h
