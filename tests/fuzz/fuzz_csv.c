/* Any bytes, as a CSV file and as a paste. */
#include "check_rows.h"
#include "fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = ERR_INIT;
	struct rows *rows = rows_open_file(fuzz_file(data, size), NULL, &err);

	if (rows)
		check_rows(rows, 200);
	rows_close(rows);
	rows = rows_open_text((const char *)data, size, NULL, &err);
	if (rows)
		check_rows(rows, 20);
	rows_close(rows);
	return 0;
}
