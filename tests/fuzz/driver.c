/*
 * Runs a fuzz target without libFuzzer, for "make check": over its corpus, and
 * over every file of it cut short and with single bytes changed, always the
 * same ones.
 *
 *	fuzz_csv [FILE...]	only these files, as they are
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_BYTES ((size_t)16 << 20)
#define CHANGES 300 /* of each file */

static bool read_input(const char *path, struct strbuf *out)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	size_t got;

	if (!file) {
		perror(path);
		return false;
	}
	strbuf_clear(out);
	while ((got = fread(piece, 1, sizeof(piece), file)))
		strbuf_add(out, piece, got);
	fclose(file);
	return !out->full;
}

static void run(const struct strbuf *input)
{
	LLVMFuzzerTestOneInput((const uint8_t *)input->buf, input->len);
}

static void run_changed(struct strbuf *input)
{
	static const char bytes[] = "\"\n\r;,\t<>&'=0A_\x80\xff\xc3\xe9";
	uint32_t seed = (uint32_t)input->len;
	struct strbuf cut = STRBUF_INIT_MAX(MOST_BYTES);

	for (int i = 0; input->len && i < CHANGES; i++) {
		size_t at;
		char was;

		seed = seed * 1664525 + 1013904223;
		at = (seed >> 8) % input->len;
		if (i % 4 == 0) {
			strbuf_clear(&cut);
			strbuf_add(&cut, input->buf, at);
			run(&cut);
			continue;
		}
		was = input->buf[at];
		input->buf[at] = bytes[(seed >> 4) % sizeof(bytes)];
		run(input);
		input->buf[at] = was;
	}
	strbuf_release(&cut);
}

static int run_corpus(const char *folder)
{
	DIR *dir = opendir(folder);
	struct strbuf path = STRBUF_INIT;
	struct strbuf input = STRBUF_INIT_MAX(MOST_BYTES);
	int n = 0;

	if (!dir) {
		perror(folder);
		return 0;
	}
	for (const struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		strbuf_clear(&path);
		strbuf_addf(&path, "%s/%s", folder, entry->d_name);
		if (!read_input(path.buf, &input))
			continue;
		run(&input);
		run_changed(&input);
		n++;
	}
	closedir(dir);
	strbuf_release(&path);
	strbuf_release(&input);
	return n;
}

int main(int argc, char **argv)
{
	const char *name = strstr(argv[0], "fuzz_");
	struct strbuf path = STRBUF_INIT;
	struct strbuf input = STRBUF_INIT_MAX(MOST_BYTES);
	int n = 0;

	if (argc > 1) {
		for (int i = 1; i < argc; i++) {
			if (read_input(argv[i], &input)) {
				run(&input);
				n++;
			}
		}
	} else if (name) {
		/* The last of the path: folders may be called fuzz_ too. */
		while (strstr(name + 1, "fuzz_"))
			name = strstr(name + 1, "fuzz_");
		strbuf_addf(&path, "%s/tests/fuzz/corpus/%s", TEST_SRCDIR, name + strlen("fuzz_"));
		n = run_corpus(path.buf);
	}
	printf("%d inputs\n", n);
	strbuf_release(&path);
	strbuf_release(&input);
	return n ? EXIT_SUCCESS : EXIT_FAILURE;
}
