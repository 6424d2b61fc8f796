/*
 * A table of keys on disk that nobody else sees and that is gone when it is
 * closed: what a dry run would have made, which customers an import has met. Its
 * memory is one small page cache however many keys it holds. One thread.
 */
#ifndef STORE_SCRATCH_H
#define STORE_SCRATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

struct scratch;

/* *Owned*. The file lies where the system keeps temporary ones. */
struct scratch *scratch_open(struct err *err) MUST_USE;
void scratch_close(struct scratch *scratch);

/* *value is 0 for a key that is not there. */
bool scratch_get(
	struct scratch *scratch, const char *key, int64_t *value, struct err *err) MUST_USE;
bool scratch_put(struct scratch *scratch, const char *key, int64_t value, struct err *err) MUST_USE;

#endif
