# src/stats: numbers only, worked out from the model's.
noinst_LIBRARIES += src/stats/libstats.a
src_stats_libstats_a_CPPFLAGS = $(COMMON) $(INC_STATS)
src_stats_libstats_a_SOURCES = \
	src/stats/facts.c \
	src/stats/facts.h \
	src/stats/percentile.c \
	src/stats/percentile.h \
	src/stats/score.c \
	src/stats/score.h \
	src/stats/settle.c \
	src/stats/settle.h \
	src/stats/sum.h
