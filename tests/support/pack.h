/*
 * Workbooks written down in a test: parts by name, packed into a zip. The parts
 * that every workbook has come by themselves unless the test brings its own.
 */
#ifndef PACK_H
#define PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

struct pack_part {
	const char *name;
	const char *data;
	size_t len; /* 0: the data is a string */
};

#define PACK_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACK_RELATION(id, type, target)                                                            \
	"<Relationship Id=\"" id "\" Type=\"" PACK_TYPE type "\" Target=\"" target "\"/>"

static const struct pack_part pack_usual[] = {
	{ "_rels/.rels",
		"<Relationships>" PACK_RELATION(
			"rId1", "officeDocument", "xl/workbook.xml") "</Relationships>",
		0 },
	{ "xl/workbook.xml",
		"<workbook xmlns:r=\"r\"><sheets>"
		"<sheet name=\"Clients\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
		0 },
	{ "xl/_rels/workbook.xml.rels",
		"<Relationships>" PACK_RELATION(
			"rId1", "worksheet", "worksheets/sheet1.xml") PACK_RELATION("rId2",
			"worksheet", "/xl/worksheets/sheet2.xml") PACK_RELATION("rId3", "worksheet",
			"../xl/worksheets/sheet3.xml")
			PACK_RELATION("rId4", "chartsheet", "chartsheets/sheet1.xml") PACK_RELATION(
				"rId5", "sharedStrings", "sharedStrings.xml")
				PACK_RELATION("rId6", "styles", "styles.xml") "</Relationships>",
		0 },
};

static inline bool pack_add(zip_t *zip, const struct pack_part *part, bool squeeze)
{
	size_t len = part->len ? part->len : strlen(part->data);
	zip_source_t *source = zip_source_buffer(zip, part->data, len, 0);
	zip_int64_t at = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);

	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return !zip_set_file_compression(
		zip, (zip_uint64_t)at, squeeze ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 9);
}

/* Packs exactly these parts; the zip's bytes, owned, or NULL. */
static inline void *pack_exactly(const struct pack_part *parts, size_t n, bool squeeze, size_t *len)
{
	zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = out ? zip_open_from_source(out, ZIP_TRUNCATE, NULL) : NULL;
	zip_stat_t st;
	void *bytes = NULL;

	if (!zip)
		return NULL;
	zip_source_keep(out);
	for (size_t i = 0; i < n; i++)
		pack_add(zip, &parts[i], squeeze);
	if (zip_close(zip) || zip_source_stat(out, &st) || zip_source_open(out))
		goto end;
	*len = (size_t)st.size;
	bytes = malloc(st.size + 1);
	if (bytes && zip_source_read(out, bytes, st.size) != (zip_int64_t)st.size) {
		free(bytes);
		bytes = NULL;
	}
	zip_source_close(out);
end:
	zip_source_free(out);
	return bytes;
}

/* Adds the usual parts that are not among these. */
static inline void *pack_workbook(
	const struct pack_part *parts, size_t n, bool squeeze, size_t *len)
{
	struct pack_part all[32];
	size_t count = 0;

	for (; count < n && count < 24; count++)
		all[count] = parts[count];
	for (size_t i = 0; i < sizeof(pack_usual) / sizeof(*pack_usual); i++) {
		bool own = false;

		for (size_t j = 0; j < n; j++)
			own = own || !strcmp(parts[j].name, pack_usual[i].name);
		if (!own)
			all[count++] = pack_usual[i];
	}
	return pack_exactly(all, count, squeeze, len);
}

#endif
