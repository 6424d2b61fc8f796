/* One file of this process that a target may fill again and again. */
#ifndef FUZZ_FILE_H
#define FUZZ_FILE_H

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static char fuzz_path[] = "/tmp/ecompta-fuzz-XXXXXX";

static inline void fuzz_file_remove(void)
{
	unlink(fuzz_path);
}

/* Its path, filled with these bytes. */
static inline const char *fuzz_file(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		fd = mkstemp(fuzz_path);
		if (fd < 0 || atexit(fuzz_file_remove))
			abort();
	}
	if (pwrite(fd, data, size, 0) != (ssize_t)size || ftruncate(fd, (off_t)size))
		abort();
	return fuzz_path;
}

#endif
