#include "ole.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define HEADER 512
#define ENTRY 128      /* bytes of one directory entry */
#define NAME_BYTES 64  /* of them, its name in UTF-16 */
#define MAX_SECTORS 64 /* of the directory that are looked at */
#define MAX_SECTOR ((size_t)4096)
#define FIRST_FAT 76 /* where the header lists the sectors of the table */
#define LISTED_FATS 109
#define LAST_SECTOR 0xfffffffau /* above it: end of chain, free, ... */

static const unsigned char magic[8] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

struct ole {
	int fd;
	unsigned char header[HEADER];
	size_t sector_size;
};

static uint32_t le32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool read_at(const struct ole *ole, uint32_t sector, size_t offset, void *out, size_t len)
{
	int64_t at = ((int64_t)sector + 1) * (int64_t)ole->sector_size + (int64_t)offset;

	return pread(ole->fd, out, len, (off_t)at) == (ssize_t)len;
}

/* The sector that follows in its chain; over LAST_SECTOR when none does. */
static uint32_t next_sector(const struct ole *ole, uint32_t sector)
{
	size_t per = ole->sector_size / 4;
	unsigned char entry[4];
	uint32_t table;

	if (sector / per >= LISTED_FATS)
		return UINT32_MAX;
	table = le32(ole->header + FIRST_FAT + sector / per * 4);
	if (table >= LAST_SECTOR || !read_at(ole, table, sector % per * 4, entry, sizeof(entry)))
		return UINT32_MAX;
	return le32(entry);
}

static bool has_name(const unsigned char *entry, const char *name)
{
	size_t len = strlen(name);

	if ((size_t)entry[NAME_BYTES] != (len + 1) * 2)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1])
			return false;
	}
	return true;
}

static enum ole_kind kind_of_entries(const unsigned char *sector, size_t len)
{
	for (size_t at = 0; at + ENTRY <= len; at += ENTRY) {
		if (has_name(sector + at, "EncryptedPackage"))
			return OLE_ENCRYPTED;
		if (has_name(sector + at, "Workbook") || has_name(sector + at, "Book"))
			return OLE_XLS;
	}
	return OLE_OTHER;
}

enum ole_kind ole_kind(int fd)
{
	struct ole ole = { .fd = fd };
	unsigned char sector[MAX_SECTOR];
	enum ole_kind kind = OLE_OTHER;
	uint32_t at;

	if (pread(fd, ole.header, HEADER, 0) < (ssize_t)sizeof(magic) ||
		memcmp(ole.header, magic, sizeof(magic)))
		return OLE_NOT;
	ole.sector_size = ole.header[30] == 12 ? MAX_SECTOR : HEADER;
	at = le32(ole.header + 48);
	for (int i = 0; kind == OLE_OTHER && i < MAX_SECTORS && at < LAST_SECTOR; i++) {
		if (!read_at(&ole, at, 0, sector, ole.sector_size))
			break;
		kind = kind_of_entries(sector, ole.sector_size);
		at = next_sector(&ole, at);
	}
	return kind;
}
