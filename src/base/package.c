#include "package.h"

#include <sys/stat.h>
#include <unistd.h>

#include <zip.h>

#include "mem.h"

struct package {
	zip_t *zip;
	char *path;
	int64_t file_size;
	int64_t total; /* bytes unpacked that count towards the ceiling */
};

struct part {
	struct package *package;
	zip_file_t *file;
	char *name;
	int64_t packed;
	int64_t size;
	int64_t read;
};

static bool zip_failed(struct err *err, const char *path, zip_error_t *error, const char *what)
{
	enum err_code code = zip_error_system_type(error) == ZIP_ET_SYS ? ERR_IO : ERR_XLSX_DAMAGED;

	return err_set(err, code, path, "%s: %s", what, zip_error_strerror(error));
}

struct package *package_open(int fd, const char *path, struct err *err)
{
	struct package *package;
	struct stat st = { .st_size = 0 };
	int code = 0;
	zip_t *zip;

	if (fstat(fd, &st) < 0) {
		err_set_errno(err, ERR_IO, path);
		close(fd);
		return NULL;
	}
	zip = zip_fdopen(fd, 0, &code);
	if (!zip) {
		zip_error_t error;

		zip_error_init_with_code(&error, code);
		zip_failed(err, path, &error, "zip");
		zip_error_fini(&error);
		close(fd);
		return NULL;
	}
	package = mem_zalloc(1, sizeof(*package));
	package->zip = zip;
	package->path = mem_strdup(path);
	package->file_size = st.st_size;
	return package;
}

void package_close(struct package *package)
{
	if (!package)
		return;
	zip_discard(package->zip);
	free(package->path);
	free(package);
}

bool package_has(const struct package *package, const char *name)
{
	return zip_name_locate(package->zip, name, ZIP_FL_NOCASE) >= 0;
}

/* Finds the part and judges what the zip says of it. */
static bool part_stat(struct package *package, const char *name, zip_stat_t *st, struct err *err)
{
	zip_stat_init(st);
	if (zip_stat(package->zip, name, ZIP_FL_NOCASE, st) < 0)
		return zip_failed(err, package->path, zip_get_error(package->zip), name);
	if (!(st->valid & ZIP_STAT_SIZE) || !(st->valid & ZIP_STAT_COMP_SIZE))
		return err_set(err, ERR_XLSX_DAMAGED, package->path, "%s: no size", name);
	if (st->valid & ZIP_STAT_ENCRYPTION_METHOD && st->encryption_method != ZIP_EM_NONE)
		return err_set(err, ERR_XLSX_PROTECTED, package->path, "%s", name);
	if (st->size > (zip_uint64_t)PACKAGE_MAX_TOTAL)
		return err_set(err, ERR_XLSX_TOO_LARGE, package->path, "%s: %llu bytes", name,
			(unsigned long long)st->size);
	return true;
}

struct part *part_open(struct package *package, const char *name, struct err *err)
{
	struct part *part;
	zip_file_t *file;
	zip_stat_t st;

	if (!part_stat(package, name, &st, err))
		return NULL;
	file = zip_fopen_index(package->zip, st.index, 0);
	if (!file) {
		zip_failed(err, package->path, zip_get_error(package->zip), name);
		return NULL;
	}
	part = mem_zalloc(1, sizeof(*part));
	part->package = package;
	part->file = file;
	part->name = mem_strdup(name);
	part->size = (int64_t)st.size;
	/* No part is packed in more than the whole file, whatever it says. */
	part->packed = package->file_size;
	if (st.comp_size < (zip_uint64_t)package->file_size)
		part->packed = (int64_t)st.comp_size;
	return part;
}

void part_close(struct part *part)
{
	if (!part)
		return;
	zip_fclose(part->file);
	free(part->name);
	free(part);
}

const char *part_name(const struct part *part)
{
	return part->name;
}

const char *part_path(const struct part *part)
{
	return part->package->path;
}

void part_abandon(struct part *part)
{
	if (part)
		part->package->total -= part->read;
	part_close(part);
}

int64_t part_read(struct part *part, void *out, size_t len, struct err *err)
{
	struct package *package = part->package;
	zip_int64_t got = zip_fread(part->file, out, len);

	if (got < 0) {
		zip_failed(err, package->path, zip_file_get_error(part->file), part->name);
		return -1;
	}
	part->read += got;
	package->total += got;
	if (part->read > PACKAGE_RATIO_FROM && part->read / PACKAGE_MAX_RATIO >= part->packed) {
		err_set(err, ERR_XLSX_BOMB, package->path, "%s: %lld bytes from %lld", part->name,
			(long long)part->read, (long long)part->packed);
		return -1;
	}
	if (package->total > PACKAGE_MAX_TOTAL) {
		err_set(err, ERR_XLSX_TOO_LARGE, package->path, "%s", part->name);
		return -1;
	}
	return got;
}

int64_t part_tell(const struct part *part)
{
	return part->read;
}

int64_t part_size(const struct part *part)
{
	return part->size;
}
