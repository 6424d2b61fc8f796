#include "test.h"

#include "pack.h"
#include "rows_file.h"
#include "xmlread.h"

/* A sheet with these rows. */
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define SHEET1(rows)                                                                               \
	{                                                                                          \
		"xl/worksheets/sheet1.xml", SHEET(rows), 0                                         \
	}
/* Cell style 1 is a builtin day, 2 a custom one, 3 an amount, 4 a day and time. */
#define STYLES                                                                                     \
	{                                                                                          \
		"xl/styles.xml",                                                                   \
			"<styleSheet><numFmts>"                                                    \
			"<numFmt numFmtId=\"164\" formatCode=\"dd\\/mm\\/yyyy\"/>"                 \
			"<numFmt numFmtId=\"165\" formatCode=\"#,##0\\ &quot;F "                   \
			"CFA&quot;\"/></numFmts>"                                                  \
			"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"              \
			"<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"          \
			"<xf numFmtId=\"165\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",      \
			0                                                                          \
	}

struct fixture {
	struct table_file file;
	struct rows *rows;
	struct err err;
	struct strbuf got;
};

static struct table_file write_zip(const struct pack_part *parts, size_t n)
{
	size_t len;
	void *bytes = pack_exactly(parts, n, true, &len);
	struct table_file file;

	assert_non_null(bytes);
	file = table_write(bytes, len);
	free(bytes);
	return file;
}

static struct table_file write_workbook(const struct pack_part *parts, size_t n)
{
	size_t len;
	void *bytes = pack_workbook(parts, n, true, &len);
	struct table_file file;

	assert_non_null(bytes);
	file = table_write(bytes, len);
	free(bytes);
	return file;
}

static void begin_with(
	struct fixture *f, const struct pack_part *parts, size_t n, const char *sheet)
{
	const struct rows_options options = { .sheet = sheet };

	*f = (struct fixture){ .err = ERR_INIT, .got = STRBUF_INIT };
	f->file = write_workbook(parts, n);
	f->rows = rows_open_file(f->file.path, &options, &f->err);
	if (f->rows)
		table_read(f->rows, &f->got);
}

static void end(struct fixture *f)
{
	rows_close(f->rows);
	strbuf_release(&f->got);
	unlink(f->file.path);
}

static void check(const struct pack_part *parts, size_t n, const char *expected)
{
	struct fixture f;

	begin_with(&f, parts, n, NULL);
	assert_non_null(f.rows);
	assert_string_equal(f.got.buf, expected);
	end(&f);
}

/* The parts of the workbook come last because they hold commas. */
#define CHECK(expected, ...)                                                                       \
	do {                                                                                       \
		const struct pack_part parts_[] = { __VA_ARGS__ };                                 \
		check(parts_, ARRAY_SIZE(parts_), expected);                                       \
	} while (0)

static void check_refused(const struct pack_part *parts, size_t n, enum err_code code)
{
	struct fixture f;

	begin_with(&f, parts, n, NULL);
	assert_null(f.rows);
	assert_string_equal(err_name(f.err.code), err_name(code));
	assert_string_equal(f.err.subject, f.file.path);
	end(&f);
}

#define CHECK_REFUSED(code, ...)                                                                   \
	do {                                                                                       \
		const struct pack_part parts_[] = { __VA_ARGS__ };                                 \
		check_refused(parts_, ARRAY_SIZE(parts_), code);                                   \
	} while (0)

static void xlsx__read__cells_of_every_type(void **state)
{
	(void)state;
	CHECK("1:nom|en ligne|calcul|#12|?1|?0|!#N/A|#2.5|@19813=2024-03-31\n",
		{ "xl/sharedStrings.xml", "<sst><si><t>nom</t></si></sst>", 0 },
		SHEET1("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
		       "<c r=\"B1\" t=\"inlineStr\"><is><t>en ligne</t></is></c>"
		       "<c r=\"C1\" t=\"str\"><f>A1&amp;\"x\"</f><v>calcul</v></c>"
		       "<c r=\"D1\"><f>6*2</f><v>12</v></c><c r=\"E1\" t=\"b\"><v>1</v></c>"
		       "<c r=\"F1\" t=\"b\"><v>0</v></c><c r=\"G1\" t=\"e\"><v>#N/A</v></c>"
		       "<c r=\"H1\" t=\"n\"><v>2.50</v></c>"
		       "<c r=\"I1\" t=\"d\"><v>2024-03-31T00:00:00Z</v></c></row>"));
}

static void xlsx__read__shared_strings(void **state)
{
	(void)state;
	/* Runs are joined, how a name is pronounced is left out, _xHHHH_ is what
	 * it stands for. */
	CHECK("1:Soci\xc3\xa9t\xc3\xa9 Le Bon|\xe6\x9d\xb1\xe4\xba\xac|a\nb|_x000A_|_x00zz_| x \n",
		{ "xl/sharedStrings.xml",
			"<sst><si><r><t>Soci\xc3\xa9</t></r><r><rPr><b/></rPr><t>t\xc3\xa9 Le "
			"Bon</t></r></si>"
			"<si><t>\xe6\x9d\xb1\xe4\xba\xac</t><rPh sb=\"0\" eb=\"2\"><t>xx</t></rPh>"
			"<phoneticPr fontId=\"1\"/></si>"
			"<si><t>a_x000A_b</t></si><si><t>_x005F_x000A_</t></si>"
			"<si><t>_x00zz_</t></si><si><t xml:space=\"preserve\"> x </t></si></sst>",
			0 },
		SHEET1("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
		       "<c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c><c t=\"s\"><v>5</v></c>"
		       "</row>"));
}

static void xlsx__read__places_of_cells(void **state)
{
	(void)state;
	/* Gaps are empty, cells without a place follow the one before, empty
	 * ones at the end and rows without any are left out. */
	CHECK("2:||#3||#5\n4:#1|#2\n5:#7||#9\n9:#8\n",
		SHEET1("<row r=\"2\"><c r=\"C2\"><v>3</v></c><c r=\"E2\"><v>5</v></c>"
		       "<c r=\"Z2\" s=\"3\"/></row><row r=\"3\"><c r=\"A3\" s=\"1\"/></row>"
		       "<row><c><v>1</v></c><c><v>2</v></c></row>"
		       "<row><c r=\"A5\"><v>7</v></c><c/><c><v>9</v></c></row>"
		       "<row r=\"8\"/><row r=\"9\"><c r=\"A9\"><v>8</v></c></row>"));
}

static void xlsx__read__numbers_as_they_are_shown(void **state)
{
	(void)state;
	CHECK("1:#22670123456|#22670123456|#0.3|#1234.56|1,5\n",
		SHEET1("<row><c><v>22670123456</v></c><c><v>2.2670123456E10</v></c>"
		       "<c><v>0.30000000000000004</v></c><c><v>1234.5599999999999</v></c>"
		       "<c><v>1,5</v></c></row>"));
}

static void xlsx__read__days_by_number_format(void **state)
{
	(void)state;
	CHECK("1:#45382|@19813=2024-03-31|@19813=2024-03-31|#45382|"
	      "@19813=2024-03-31 14:05:00|14:05:00\n"
	      "2:@-25567=1900-01-01|@-25509=1900-02-28|#60|@-25508=1900-03-01|#-1|"
	      "@2932896=9999-12-31|#2958466\n",
		STYLES,
		SHEET1("<row><c><v>45382</v></c><c s=\"1\"><v>45382</v></c>"
		       "<c s=\"2\"><v>45382</v></c><c s=\"3\"><v>45382</v></c>"
		       "<c s=\"4\"><v>45382.586805555555</v></c><c s=\"4\"><v>0.5868055</v></c>"
		       "</row><row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c>"
		       "<c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c><c s=\"1\"><v>-1</v></c>"
		       "<c s=\"1\"><v>2958465</v></c><c s=\"1\"><v>2958466</v></c></row>"));
}

static void xlsx__read__days_of_the_1904_system(void **state)
{
	(void)state;
	CHECK("1:@19813=2024-03-31|#43920\n", STYLES,
		{ "xl/workbook.xml",
			"<x:workbook xmlns:x=\"x\" xmlns:r=\"r\"><x:workbookPr date1904=\"1\"/>"
			"<x:sheets><x:sheet name=\"S\" r:id=\"rId1\"/></x:sheets></x:workbook>",
			0 },
		SHEET1("<row><c s=\"1\"><v>43920</v></c><c s=\"9\"><v>43920</v></c></row>"));
}

static void xlsx__read__names_with_a_prefix(void **state)
{
	(void)state;
	CHECK("1:#1\n",
		{ "xl/worksheets/sheet1.xml",
			"<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\">"
			"<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>",
			0 });
}

#define THREE_SHEETS                                                                               \
	{                                                                                          \
		"xl/workbook.xml",                                                                 \
			"<workbook xmlns:r=\"r\"><sheets>"                                         \
			"<sheet name=\"Cachée\" state=\"hidden\" r:id=\"rId1\"/>"                 \
			"<sheet name=\"Graphique\" r:id=\"rId4\"/>"                                \
			"<sheet name=\"Vide\" r:id=\"rId2\"/>"                                     \
			"<sheet name=\"Factures\" r:id=\"rId3\"/></sheets></workbook>",            \
			0                                                                          \
	}

static void xlsx__sheets__names_and_choice(void **state)
{
	const struct pack_part parts[] = {
		THREE_SHEETS,
		SHEET1("<row><c><v>1</v></c></row>"),
		{ "xl/worksheets/sheet2.xml", SHEET("<row r=\"1\"/>"), 0 },
		{ "xl/worksheets/sheet3.xml", SHEET("<row><c><v>3</v></c></row>"), 0 },
	};
	struct rows_sheets sheets;
	struct fixture f;

	(void)state;
	/* The first visible one with something in it. */
	begin_with(&f, parts, ARRAY_SIZE(parts), NULL);
	assert_string_equal(f.got.buf, "1:#3\n");
	assert_string_equal(rows_facts(f.rows)->sheet, "Factures");
	assert_int_equal(rows_facts(f.rows)->format, ROWS_XLSX);
	assert_true(rows_sheets(f.file.path, &sheets, &f.err));
	assert_int_equal(sheets.n, 3);
	assert_string_equal(sheets.names[0], "Cachée");
	assert_string_equal(sheets.names[1], "Vide");
	assert_string_equal(sheets.names[2], "Factures");
	rows_sheets_release(&sheets);
	end(&f);

	begin_with(&f, parts, ARRAY_SIZE(parts), "Cachée");
	assert_string_equal(f.got.buf, "1:#1\n");
	end(&f);
	begin_with(&f, parts, ARRAY_SIZE(parts), "Vide");
	assert_non_null(f.rows);
	assert_string_equal(f.got.buf, "");
	end(&f);
	begin_with(&f, parts, ARRAY_SIZE(parts), "Graphique");
	assert_null(f.rows);
	assert_string_equal(err_name(f.err.code), "XLSX_NO_SHEET");
	assert_string_equal(f.err.subject, "Graphique");
	end(&f);
}

static void xlsx__sheets__hidden_one_when_no_other_has_anything(void **state)
{
	(void)state;
	CHECK("1:#1\n", THREE_SHEETS, SHEET1("<row><c><v>1</v></c></row>"),
		{ "xl/worksheets/sheet2.xml", SHEET(""), 0 },
		{ "xl/worksheets/sheet3.xml", SHEET("<row><c s=\"1\"/></row>"), 0 });
	CHECK_REFUSED(ERR_FILE_EMPTY, SHEET1("<row><c s=\"1\"/></row>"));
}

static void xlsx__seek__goes_on_at_any_mark(void **state)
{
	const struct pack_part parts[] = {
		SHEET1("<row><c><v>1</v></c></row><row r=\"5\"/><row><c><v>6</v></c></row>"
		       "<row><c><v>7</v></c></row>"),
	};
	struct strbuf rest = STRBUF_INIT;
	struct fixture f;
	struct rows *other;
	size_t done = 0;

	(void)state;
	begin_with(&f, parts, 1, NULL);
	assert_string_equal(f.got.buf, "1:#1\n6:#6\n7:#7\n");
	assert_int_equal(rows_tell(f.rows), rows_size(f.rows));
	other = rows_open_file(f.file.path, NULL, &f.err);
	assert_non_null(other);
	assert_true(rows_seek(f.rows, rows_mark(other), &f.err));
	for (;;) {
		assert_true(rows_seek(other, rows_mark(f.rows), &f.err));
		table_read(other, &rest);
		assert_string_equal(rest.buf, f.got.buf + done);
		strbuf_clear(&rest);
		if (!table_row(f.rows, &rest))
			break;
		done += rest.len;
	}
	assert_int_equal(done, f.got.len);
	assert_true(rows_seek(other, (struct rows_mark){ 9, 9 }, &f.err));
	table_read(other, &rest);
	assert_string_equal(rest.buf, "FAIL FILE_CHANGED");
	rows_close(other);
	strbuf_release(&rest);
	end(&f);
}

static void add_times(struct strbuf *sb, const char *s, size_t times)
{
	while (times--)
		strbuf_adds(sb, s);
}

static void check_sheet(const struct strbuf *sheet, const char *begins, const char *ends)
{
	const struct pack_part parts[] = { { "xl/worksheets/sheet1.xml", sheet->buf, sheet->len } };
	struct fixture f;

	begin_with(&f, parts, 1, NULL);
	assert_non_null(f.rows);
	assert_memory_equal(f.got.buf, begins, strlen(begins));
	assert_true(f.got.len > strlen(ends));
	assert_string_equal(f.got.buf + f.got.len - strlen(ends), ends);
	end(&f);
}

static void xlsx__read__columns_up_to_the_ceiling(void **state)
{
	struct strbuf sheet = STRBUF_INIT;

	(void)state;
	strbuf_adds(&sheet, "<worksheet><sheetData><row>");
	add_times(&sheet, "<c><v>1</v></c>", ROWS_MAX_COLUMNS);
	strbuf_adds(&sheet, "<c/></row><row><c><v>2</v></c></row></sheetData></worksheet>");
	check_sheet(&sheet, "1:#1|#1", "|#1|#1\n2:#2\n");
	strbuf_clear(&sheet);
	strbuf_adds(&sheet, "<worksheet><sheetData><row>");
	add_times(&sheet, "<c><v>1</v></c>", ROWS_MAX_COLUMNS + 1);
	strbuf_adds(&sheet, "</row><row><c><v>2</v></c></row></sheetData></worksheet>");
	check_sheet(&sheet, "1!TOO_MANY_COLUMNS:1;1;1", ";1;1\n2:#2\n");
	strbuf_release(&sheet);
}

static void xlsx__read__row_up_to_the_ceiling(void **state)
{
	struct strbuf sheet = STRBUF_INIT;

	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		strbuf_clear(&sheet);
		strbuf_adds(&sheet, "<worksheet><sheetData><row><c t=\"str\"><v>");
		add_times(&sheet, "0123456789abcdef", ROWS_MAX_LINE / 16 - 1);
		strbuf_adds(&sheet, "0123456789abcde</v></c><c t=\"str\"><v>");
		strbuf_adds(&sheet, extra ? "yz" : "y");
		strbuf_adds(&sheet, "</v></c></row><row><c><v>2</v></c></row></sheetData>"
				    "</worksheet>");
		check_sheet(&sheet, extra ? "1!LINE_TOO_LONG:0123" : "1:0123",
			extra ? "cdef\n2:#2\n" : "abcde|y\n2:#2\n");
	}
	strbuf_release(&sheet);
}

static void xlsx__read__broken_xml_ends_the_file(void **state)
{
	(void)state;
	CHECK("1:#1\nFAIL XLSX_DAMAGED",
		{ "xl/worksheets/sheet1.xml",
			"<worksheet><sheetData><row><c><v>1</v></c></row><row><c>", 0 });
	CHECK("1:#1\nFAIL XLSX_DAMAGED", SHEET1("<row><c><v>1</v></c></row>"
						"<row><c t=\"s\"><v>0</v></c></row>"));
}

static void xlsx__read__row_inside_a_row_ends_the_file(void **state)
{
	(void)state;
	CHECK("1:#1\nFAIL XLSX_DAMAGED",
		SHEET1("<row><c><v>1</v></c></row>"
		       "<row><c><v>2</v></c><row><c><v>3</v></c></row></row>"));
}

static void xlsx__open__refuses_a_zip_without_a_workbook(void **state)
{
	const struct pack_part plain[] = { { "notes.txt", "bonjour", 0 } };
	struct table_file file = write_zip(plain, 1);
	struct err err = ERR_INIT;

	(void)state;
	assert_null(rows_open_file(file.path, NULL, &err));
	assert_string_equal(err_name(err.code), "NOT_A_WORKBOOK");
	unlink(file.path);
	/* A zip with nothing in it. */
	file = table_write("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	assert_null(rows_open_file(file.path, NULL, &err));
	assert_string_equal(err_name(err.code), "NOT_A_WORKBOOK");
	unlink(file.path);
	CHECK_REFUSED(ERR_NOT_A_WORKBOOK,
		{ "_rels/.rels",
			"<Relationships>" PACK_RELATION(
				"rId1", "officeDocument", "word/document.xml") "</Relationships>",
			0 },
		{ "word/document.xml", "<document/>", 0 });
	CHECK_REFUSED(ERR_XLS_OLD, { "_rels/.rels",
					   "<Relationships>" PACK_RELATION("rId1", "officeDocument",
						   "xl/workbook.bin") "</Relationships>",
					   0 });
}

static void xlsx__open__refuses_ods(void **state)
{
	const struct pack_part parts[] = {
		{ "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0 },
		{ "content.xml", "<x/>", 0 },
	};
	struct table_file file = write_zip(parts, 2);
	struct err err = ERR_INIT;

	(void)state;
	assert_null(rows_open_file(file.path, NULL, &err));
	assert_string_equal(err_name(err.code), "ODS");
	unlink(file.path);
}

/* The bytes of a small workbook, *owned*. */
static char *workbook_bytes(size_t *len)
{
	const struct pack_part parts[] = { SHEET1("<row><c><v>1</v></c></row>") };
	char *data = pack_workbook(parts, 1, true, len);

	assert_non_null(data);
	return data;
}

static void xlsx__open__refuses_a_truncated_zip(void **state)
{
	size_t len;
	char *data = workbook_bytes(&len);
	static const size_t keep_percent[] = { 10, 50, 99 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(keep_percent); i++) {
		struct table_file file = table_write(data, len * keep_percent[i] / 100);
		struct err err = ERR_INIT;

		assert_null(rows_open_file(file.path, NULL, &err));
		assert_string_equal(err_name(err.code), "XLSX_DAMAGED");
		unlink(file.path);
	}
	free(data);
}

/* The directory entry of that part in the zip. */
static unsigned char *directory_entry(char *data, size_t len, const char *name)
{
	for (size_t i = 0; i + 46 + strlen(name) <= len; i++) {
		if (!memcmp(data + i, "PK\1\2", 4) && !memcmp(data + i + 46, name, strlen(name)))
			return (unsigned char *)data + i;
	}
	fail();
	return NULL;
}

/* Opens the small workbook with one byte of its directory changed. */
static struct rows *open_patched(size_t offset, unsigned char byte, struct err *err)
{
	size_t len;
	char *data = workbook_bytes(&len);
	struct table_file file;
	struct rows *rows;

	directory_entry(data, len, "xl/worksheets/sheet1.xml")[offset] = byte;
	file = table_write(data, len);
	rows = rows_open_file(file.path, NULL, err);
	unlink(file.path);
	free(data);
	return rows;
}

static void check_patched(size_t offset, unsigned char byte, enum err_code code)
{
	struct err err = ERR_INIT;

	assert_null(open_patched(offset, byte, &err));
	assert_string_equal(err_name(err.code), err_name(code));
}

static void xlsx__open__refuses_parts_that_say_too_much(void **state)
{
	(void)state;
	check_patched(27, 0x41, ERR_XLSX_TOO_LARGE); /* over 1 GiB unpacked */
	check_patched(8, 1, ERR_XLSX_PROTECTED);     /* encrypted inside the zip */
	check_patched(10, 99, ERR_XLSX_DAMAGED);     /* packed in an unknown way */
}

static void xlsx__read__wrong_checksum_ends_the_file(void **state)
{
	struct err err = ERR_INIT;
	struct strbuf got = STRBUF_INIT;
	struct rows *rows = open_patched(16, 0, &err);

	(void)state;
	assert_non_null(rows);
	table_read(rows, &got);
	assert_string_equal(got.buf, "1:#1\nFAIL XLSX_DAMAGED");
	rows_close(rows);
	strbuf_release(&got);
}

static void check_blank_sheet(size_t blanks, const char *name, enum err_code code)
{
	static const char tail[] = "</sheetData></worksheet>";
	struct strbuf sheet = STRBUF_INIT;
	char *data;

	strbuf_adds(&sheet, "<worksheet><sheetData>");
	for (size_t i = 0; i < blanks / 64; i++)
		strbuf_add(&sheet,
			"                                                               \n", 64);
	strbuf_adds(&sheet, tail);
	data = sheet.buf;
	CHECK_REFUSED(code, { name, data, sheet.len });
	strbuf_release(&sheet);
}

static void xlsx__open__refuses_a_zip_bomb(void **state)
{
	(void)state;
	check_blank_sheet((size_t)9 << 20, "xl/worksheets/sheet1.xml", ERR_FILE_EMPTY);
	check_blank_sheet((size_t)11 << 20, "xl/worksheets/sheet1.xml", ERR_XLSX_BOMB);
	check_blank_sheet((size_t)11 << 20, "xl/workbook.xml", ERR_XLSX_BOMB);
}

static void xlsx__open__refuses_xml_that_exhausts(void **state)
{
	struct strbuf xml = STRBUF_INIT;

	(void)state;
	CHECK_REFUSED(ERR_XLSX_BOMB,
		{ "xl/worksheets/sheet1.xml",
			"<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;"
			"</worksheet>",
			0 });
	/* 64 elements deep is read, 65 is not. */
	for (size_t depth = XMLREAD_MAX_DEPTH; depth <= XMLREAD_MAX_DEPTH + 1; depth++) {
		strbuf_clear(&xml);
		add_times(&xml, "<a>", depth);
		add_times(&xml, "</a>", depth);
		CHECK_REFUSED(depth > XMLREAD_MAX_DEPTH ? ERR_XLSX_BOMB : ERR_FILE_EMPTY,
			{ "xl/worksheets/sheet1.xml", xml.buf, xml.len });
	}
	/* A tag that expat would keep whole in memory. */
	strbuf_clear(&xml);
	strbuf_adds(&xml, "<worksheet x=\"");
	for (int i = 0; i < 300000; i++)
		strbuf_addf(&xml, "%06d", i);
	strbuf_adds(&xml, "\"/>");
	CHECK_REFUSED(ERR_XLSX_BOMB, { "xl/worksheets/sheet1.xml", xml.buf, xml.len });
	strbuf_release(&xml);
}

/* An OLE2 container with one directory sector that names these streams. */
static void check_ole(const char *stream, enum err_code code)
{
	unsigned char data[512 * 3] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };
	unsigned char *entry = data + 1024 + 128;
	struct table_file file;
	struct err err = ERR_INIT;

	data[30] = 9;		       /* sectors of 512 bytes */
	data[48] = 1;		       /* the directory is sector 1 */
	memset(data + 512, 0xff, 512); /* its chain ends at once */
	memcpy(data + 1024, "R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0\0", 22);
	data[1024 + 64] = 22;
	for (size_t i = 0; i < strlen(stream); i++)
		entry[2 * i] = (unsigned char)stream[i];
	entry[64] = (unsigned char)(2 * strlen(stream) + 2);
	file = table_write(data, sizeof(data));
	assert_null(rows_open_file(file.path, NULL, &err));
	assert_string_equal(err_name(err.code), err_name(code));
	unlink(file.path);
}

static void xlsx__open__refuses_ole_containers_by_name(void **state)
{
	struct table_file file = table_write("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	struct err err = ERR_INIT;

	(void)state;
	check_ole("EncryptedPackage", ERR_XLSX_PROTECTED);
	check_ole("Workbook", ERR_XLS_OLD);
	check_ole("Book", ERR_XLS_OLD);
	check_ole("WordDocument", ERR_NOT_A_WORKBOOK);
	assert_null(rows_open_file(file.path, NULL, &err));
	assert_string_equal(err_name(err.code), "NOT_A_WORKBOOK");
	unlink(file.path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xlsx__read__cells_of_every_type),
		cmocka_unit_test(xlsx__read__shared_strings),
		cmocka_unit_test(xlsx__read__places_of_cells),
		cmocka_unit_test(xlsx__read__numbers_as_they_are_shown),
		cmocka_unit_test(xlsx__read__days_by_number_format),
		cmocka_unit_test(xlsx__read__days_of_the_1904_system),
		cmocka_unit_test(xlsx__read__names_with_a_prefix),
		cmocka_unit_test(xlsx__sheets__names_and_choice),
		cmocka_unit_test(xlsx__sheets__hidden_one_when_no_other_has_anything),
		cmocka_unit_test(xlsx__seek__goes_on_at_any_mark),
		cmocka_unit_test(xlsx__read__columns_up_to_the_ceiling),
		cmocka_unit_test(xlsx__read__row_up_to_the_ceiling),
		cmocka_unit_test(xlsx__read__broken_xml_ends_the_file),
		cmocka_unit_test(xlsx__read__row_inside_a_row_ends_the_file),
		cmocka_unit_test(xlsx__open__refuses_a_zip_without_a_workbook),
		cmocka_unit_test(xlsx__open__refuses_ods),
		cmocka_unit_test(xlsx__open__refuses_a_truncated_zip),
		cmocka_unit_test(xlsx__open__refuses_parts_that_say_too_much),
		cmocka_unit_test(xlsx__read__wrong_checksum_ends_the_file),
		cmocka_unit_test(xlsx__open__refuses_a_zip_bomb),
		cmocka_unit_test(xlsx__open__refuses_xml_that_exhausts),
		cmocka_unit_test(xlsx__open__refuses_ole_containers_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
