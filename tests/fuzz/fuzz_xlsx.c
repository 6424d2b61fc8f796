/*
 * Workbooks. An input that begins like a zip is one as it stands. Any other is
 * the text of its parts, each after a line "=== name", which is packed here:
 * so the parts are reached without finding a checksum first.
 */
#include "check_rows.h"

#include "fuzz_file.h"
#include "pack.h"

#define MAX_PARTS 16
#define MARK "=== "

/* Cuts the text into parts, in place; names and data end with a NUL. */
static size_t cut(char *text, size_t size, struct pack_part *parts)
{
	size_t n = 0;
	char *p = text;
	char *end = text + size;

	while (p < end && n < MAX_PARTS && !strncmp(p, MARK, strlen(MARK))) {
		char *name = p + strlen(MARK);
		char *line = memchr(name, '\n', (size_t)(end - name));
		char *next;

		if (!line)
			break;
		*line = '\0';
		for (next = line + 1; next < end; next++) {
			if (next[-1] == '\n' && !strncmp(next, MARK, strlen(MARK)))
				break;
		}
		parts[n++] = (struct pack_part){ name, line + 1, (size_t)(next - line - 1) };
		if (next < end)
			next[-1] = '\0';
		p = next;
	}
	return n;
}

static void try_file(const char *path)
{
	struct err err = ERR_INIT;
	struct rows_sheets sheets;
	struct rows *rows = rows_open_file(path, NULL, &err);

	if (rows)
		check_rows(rows, 20);
	rows_close(rows);
	if (!rows_sheets(path, &sheets, &err))
		return;
	for (size_t i = 0; i < sheets.n && i < 4; i++) {
		const struct rows_options options = { .sheet = sheets.names[i] };

		rows = rows_open_file(path, &options, &err);
		if (rows)
			check_rows(rows, 2);
		rows_close(rows);
	}
	rows_sheets_release(&sheets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pack_part parts[MAX_PARTS];
	char *text;
	void *zip = NULL;
	size_t n, len;

	if (size >= 2 && !memcmp(data, "PK", 2)) {
		try_file(fuzz_file(data, size));
		return 0;
	}
	text = malloc(size + 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	n = cut(text, size, parts);
	if (n)
		zip = pack_workbook(parts, n, false, &len);
	if (zip)
		try_file(fuzz_file(zip, len));
	free(zip);
	free(text);
	return 0;
}
