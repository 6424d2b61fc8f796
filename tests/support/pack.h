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
#include <unistd.h>

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

/* Packs exactly these parts into the file, which is overwritten. */
static inline bool pack_exactly(
	const char *path, const struct pack_part *parts, size_t n, bool squeeze)
{
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	bool ok = zip != NULL;

	for (size_t i = 0; ok && i < n; i++)
		pack_add(zip, &parts[i], squeeze);
	return ok && !zip_close(zip);
}

/* Adds the usual parts that are not among these. */
static inline bool pack_workbook(
	const char *path, const struct pack_part *parts, size_t n, bool squeeze)
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
	return pack_exactly(path, all, count, squeeze);
}

#endif
