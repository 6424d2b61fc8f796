/*
 * A disk that loses power, and one that fails: an SQLite VFS over the system's
 * own, for tests. It keeps, for every file of a store in one folder, what has
 * been synced and what was only written. When the power goes, everything since
 * the last sync is lost, kept or torn, each 512-byte sector by itself, and so
 * are the names of files that were made or removed since their folder was last
 * synced. From then on every call of an open connection fails, as the process
 * would be gone; once all are closed, powercut_restore puts the wreck in place
 * and the next connection finds what a machine finds after an outage.
 *
 *	struct powercut *pc = powercut_install(folder, seed);
 *	powercut_at(pc, 17);             // in the 17th call that changes the disk
 *	... open, write, commit: what was acknowledged must survive; close ...
 *	powercut_restore(pc);
 *	... open and look ...
 *	powercut_remove(pc);
 *
 * While it is installed it is the default VFS, and fsync(), fdatasync(),
 * rename(), link() and unlink() of this program tell it what was done to a store past
 * SQLite. Nothing is really synced, so thousands of cuts take seconds. Files that
 * were there at the first open count as safe, but for an empty one, whose name
 * may be lost.
 *
 * Any thread may use the disk; install, restore and remove belong to one.
 */
#ifndef POWERCUT_H
#define POWERCUT_H

#include <stdbool.h>
#include <stdint.h>

struct powercut;

/* *owned*; `folder` must exist. One at a time. */
struct powercut *powercut_install(const char *folder, uint64_t seed);
/* Real files are left as the last connection saw them. NULL is allowed. */
void powercut_remove(struct powercut *pc);

/* Calls so far that change the disk: writes, truncations, syncs, deletions. */
int64_t powercut_calls(const struct powercut *pc);
/* The power goes in the n-th such call from now, which may or may not have its effect; 0: never. */
void powercut_at(struct powercut *pc, int64_t n);
/* The power goes now. */
void powercut_now(struct powercut *pc);
bool powercut_happened(const struct powercut *pc);
/*
 * The power is back: files are what the outage left of them. False while a
 * connection is still open. Without an outage before it, all is as after one
 * at this moment.
 */
bool powercut_restore(struct powercut *pc);
/*
 * All files of the folder are safe as they are now: after a test put its own in
 * place. No connection may be open.
 */
void powercut_settle(struct powercut *pc);

/* What goes wrong on a disk that fails. */
enum powercut_fault {
	POWERCUT_READ = 1,
	POWERCUT_WRITE = 2, /* half of it may have been written */
	POWERCUT_SYNC = 4,  /* any part of it may be safe; a later sync does not try again */
	POWERCUT_TRUNCATE = 8,
	POWERCUT_DELETE = 16,
	POWERCUT_OPEN = 32,
	POWERCUT_SHM = 64,
	POWERCUT_ALL = 127,
};

/*
 * The n-th call from now among these kinds fails with EIO, with ENOSPC where
 * `full`; `lasting`: and so do all later ones. 0 faults ends it.
 */
void powercut_fail(struct powercut *pc, unsigned faults, int64_t n, bool full, bool lasting);
/* Calls of these kinds since the last powercut_fail, and whether one has failed. */
int64_t powercut_fault_calls(const struct powercut *pc);
bool powercut_failed(const struct powercut *pc);

#endif
