# src/base: no word of the business.
EXTRA_DIST += build-aux/unicode-tables
noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_CPPFLAGS = $(COMMON) $(INC_BASE) $(CJSON_CFLAGS) $(SODIUM_CFLAGS) $(ZIP_CFLAGS) $(EXPAT_CFLAGS) \
	$(XLSXWRITER_CFLAGS)
src_base_libbase_a_SOURCES = \
	src/base/arena.c \
	src/base/arena.h \
	src/base/banned.h \
	src/base/cellnum.c \
	src/base/cellnum.h \
	src/base/charset.c \
	src/base/charset.h \
	src/base/clock.c \
	src/base/clock.h \
	src/base/compiler.h \
	src/base/crypt.c \
	src/base/crypt.h \
	src/base/csv.c \
	src/base/csv.h \
	src/base/date.c \
	src/base/date.h \
	src/base/err.c \
	src/base/err.def \
	src/base/err.h \
	src/base/evq.c \
	src/base/evq.h \
	src/base/fold.c \
	src/base/fold.def \
	src/base/fold.h \
	src/base/i18n.h \
	src/base/intake.c \
	src/base/intake.h \
	src/base/json.c \
	src/base/json.h \
	src/base/json_out.c \
	src/base/json_out.h \
	src/base/lang.c \
	src/base/lang.h \
	src/base/log.c \
	src/base/log.h \
	src/base/mem.c \
	src/base/mem.h \
	src/base/money.c \
	src/base/money.h \
	src/base/num.c \
	src/base/num.h \
	src/base/ole.c \
	src/base/ole.h \
	src/base/package.c \
	src/base/package.h \
	src/base/path.c \
	src/base/path.h \
	src/base/rng.c \
	src/base/rng.h \
	src/base/rows.c \
	src/base/rows.h \
	src/base/sheet.c \
	src/base/sheet.h \
	src/base/sheet_xlsx.c \
	src/base/sheet_xlsx.h \
	src/base/strbuf.c \
	src/base/strbuf.h \
	src/base/tz.c \
	src/base/tz.h \
	src/base/utf8.c \
	src/base/utf8.h \
	src/base/utf8_width.def \
	src/base/vec.h \
	src/base/workbook.c \
	src/base/workbook.h \
	src/base/worker.c \
	src/base/worker.h \
	src/base/xlsx.c \
	src/base/xlsx.h \
	src/base/xmlread.c \
	src/base/xmlread.h
