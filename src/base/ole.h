/*
 * Which document stands in an OLE2 container: before 2007 every Office file was
 * one, and a workbook under a password still is. Only its list of streams is
 * read ([MS-CFB] sections 2.2 to 2.6). Any thread.
 */
#ifndef OLE_H
#define OLE_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"

enum ole_kind {
	OLE_NOT, /* no such container */
	OLE_ENCRYPTED,
	OLE_XLS,
	OLE_OTHER,
};

/* `fd` is *borrowed* and read by offset. What cannot be read is OLE_OTHER. */
enum ole_kind ole_kind(int fd) MUST_USE;

#endif
