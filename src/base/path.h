/*
 * Where the program's files lie, and how they are written so that a crash or a
 * full disk leaves either the old file or the new one. Owns nothing. Any thread.
 *
 * Places follow the XDG Base Directory Specification 0.8: a variable that is
 * unset, empty or not absolute counts as its default under $HOME. Folders are
 * made 0700, files 0600: what they hold is about people.
 */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "compiler.h"
#include "err.h"
#include "strbuf.h"

enum path_place {
	PATH_DATA,    /* $XDG_DATA_HOME/ecompta-crm, else ~/.local/share/ecompta-crm */
	PATH_CONFIG,  /* $XDG_CONFIG_HOME/ecompta-crm, else ~/.config/ecompta-crm */
	PATH_STATE,   /* $XDG_STATE_HOME/ecompta-crm, else ~/.local/state/ecompta-crm */
	PATH_RUNTIME, /* $XDG_RUNTIME_DIR/ecompta-crm, else the state folder's run */
	PATH_EXCHANGE /* ~/ecompta, where exports land and imports are looked for */
};

/* Appends the folder's absolute path, without a slash at the end; it is not
 * made. ERR_NOT_FOUND if the user has no home. */
bool path_place(enum path_place place, struct strbuf *out, struct err *err) MUST_USE;
/* Appends the path of `name` in that folder and makes the folder. */
bool path_file(
	enum path_place place, const char *name, struct strbuf *out, struct err *err) MUST_USE;
/* Appends the default store, store.db of PATH_DATA, and makes its folder. */
bool path_store(struct strbuf *out, struct err *err) MUST_USE;
/* Makes a folder and those above it, 0700; one that exists is left as it is. */
bool path_mkdirs(const char *path, struct err *err) MUST_USE;

/*
 * A file written beside its final name and put in its place as a whole. Between
 * _open and _commit or _discard the new content is in `file`, 0600, under a
 * hidden name in the same folder. A reader of the final name never sees half a
 * file, and after _commit returned true the new one survives a power cut.
 */
struct path_new {
	FILE *file; /* owned; write to it, do not close it */
	char *tmp;  /* owned */
	char *path; /* owned */
};

bool path_new_open(struct path_new *n, const char *path, struct err *err) MUST_USE;
/* Releases `n` in every case. On failure the old file is as it was, or, where
 * only the folder could not be synced, the new one is whole in its place. */
bool path_new_commit(struct path_new *n, struct err *err) MUST_USE;
/*
 * The same where nothing may be replaced: ERR_DUPLICATE, and the new content is
 * gone, when there is a file of that name by now.
 */
bool path_new_commit_once(struct path_new *n, struct err *err) MUST_USE;
void path_new_discard(struct path_new *n);
/* All three for a content that is in memory. */
bool path_write(const char *path, const void *data, size_t len, struct err *err) MUST_USE;

/* Gives a finished file its name, unless there is one of that name: ERR_DUPLICATE, and it
 * keeps its own. */
bool path_put_once(const char *from, const char *to, struct err *err) MUST_USE;

/* Bytes of a file. */
bool path_size(const char *path, int64_t *bytes, struct err *err) MUST_USE;
/* Bytes that this user may still write where `path` lies or, if it does not
 * exist yet, would lie. */
bool path_free_space(const char *path, int64_t *bytes, struct err *err) MUST_USE;

#endif
