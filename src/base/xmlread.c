#include "xmlread.h"

#include <expat.h>

#include "mem.h"

#define PIECE (64 << 10)

struct xmlread {
	XML_Parser parser;
	struct part *part;
	const struct xmlread_ops *ops;
	void *ctx;
	int depth;
	int64_t fed;   /* bytes given to the parser */
	int64_t moved; /* of them, when it last found something */
	bool paused;
	bool last;
	enum err_code failed; /* by an operation or by a ceiling */
	const char *why;
};

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xmlread_attr(const char **attrs, const char *name)
{
	for (; *attrs; attrs += 2) {
		if (!strcmp(local_name(attrs[0]), name))
			return attrs[1];
	}
	return NULL;
}

void xmlread_pause(struct xmlread *xml)
{
	if (xml->failed)
		return;
	xml->paused = true;
	XML_StopParser(xml->parser, XML_TRUE);
}

void xmlread_fail(struct xmlread *xml, enum err_code code, const char *detail)
{
	if (xml->failed)
		return;
	xml->failed = code;
	xml->why = detail;
	XML_StopParser(xml->parser, XML_FALSE);
}

static void on_open(void *data, const char *name, const char **attrs)
{
	struct xmlread *xml = data;

	xml->moved = xml->fed;
	if (xml->failed)
		return;
	if (++xml->depth > XMLREAD_MAX_DEPTH)
		xmlread_fail(xml, ERR_XLSX_BOMB, "elements nested too deep");
	else
		xml->ops->open(xml, xml->ctx, local_name(name), attrs);
}

static void on_close(void *data, const char *name)
{
	struct xmlread *xml = data;

	xml->moved = xml->fed;
	if (xml->failed)
		return;
	xml->depth--;
	xml->ops->close(xml, xml->ctx, local_name(name));
}

static void on_text(void *data, const char *text, int len)
{
	struct xmlread *xml = data;

	xml->moved = xml->fed;
	if (!xml->failed && xml->ops->text)
		xml->ops->text(xml, xml->ctx, text, (size_t)len);
}

/* Comments, processing instructions and the like: only a sign of progress. */
static void on_other(void *data, const char *text, int len)
{
	struct xmlread *xml = data;

	(void)text;
	(void)len;
	xml->moved = xml->fed;
}

static void on_doctype(
	void *data, const char *name, const char *system, const char *public, int has_subset)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	xmlread_fail(data, ERR_XLSX_BOMB, "a document type definition");
}

struct xmlread *xmlread_open(struct part *part, const struct xmlread_ops *ops, void *ctx)
{
	struct xmlread *xml = mem_zalloc(1, sizeof(*xml));

	xml->parser = XML_ParserCreate(NULL);
	if (!xml->parser)
		abort();
	xml->part = part;
	xml->ops = ops;
	xml->ctx = ctx;
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_open, on_close);
	XML_SetCharacterDataHandler(xml->parser, on_text);
	XML_SetDefaultHandler(xml->parser, on_other);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	return xml;
}

void xmlread_close(struct xmlread *xml)
{
	if (!xml)
		return;
	XML_ParserFree(xml->parser);
	part_close(xml->part);
	free(xml);
}

void xmlread_abandon(struct xmlread *xml)
{
	if (!xml)
		return;
	part_abandon(xml->part);
	xml->part = NULL;
	xmlread_close(xml);
}

const struct part *xmlread_part(const struct xmlread *xml)
{
	return xml->part;
}

static enum xmlread_status broken(struct xmlread *xml, struct err *err)
{
	if (xml->failed)
		err_set(err, xml->failed, part_path(xml->part), "%s: %s", part_name(xml->part),
			xml->why);
	else
		err_set(err, ERR_XLSX_DAMAGED, part_path(xml->part), "%s line %lu: %s",
			part_name(xml->part), (unsigned long)XML_GetCurrentLineNumber(xml->parser),
			XML_ErrorString(XML_GetErrorCode(xml->parser)));
	return XMLREAD_FAILED;
}

/* Gives the parser the next piece of the part; false with `err` set when it
 * cannot be read. */
static bool feed(struct xmlread *xml, enum XML_Status *status, struct err *err)
{
	void *piece = XML_GetBuffer(xml->parser, PIECE);
	int64_t got;

	*status = XML_STATUS_ERROR;
	if (!piece)
		return true;
	got = part_read(xml->part, piece, PIECE, err);
	if (got < 0)
		return false;
	xml->last = !got;
	xml->fed += got;
	*status = XML_ParseBuffer(xml->parser, (int)got, xml->last);
	if (*status == XML_STATUS_OK && xml->fed - xml->moved > XMLREAD_MAX_TOKEN) {
		xml->failed = ERR_XLSX_BOMB;
		xml->why = "a tag without end";
		*status = XML_STATUS_ERROR;
	}
	return true;
}

enum xmlread_status xmlread_go(struct xmlread *xml, struct err *err)
{
	enum XML_Status status = XML_STATUS_OK;

	if (xml->paused) {
		xml->paused = false;
		status = XML_ResumeParser(xml->parser);
	}
	for (;;) {
		if (status == XML_STATUS_SUSPENDED)
			return XMLREAD_PAUSED;
		if (status == XML_STATUS_ERROR)
			return broken(xml, err);
		if (xml->last)
			return XMLREAD_END;
		if (!feed(xml, &status, err))
			return XMLREAD_FAILED;
	}
}

bool xmlread_part_all(struct package *package, const char *name, const struct xmlread_ops *ops,
	void *ctx, struct err *err)
{
	struct part *part = part_open(package, name, err);
	struct xmlread *xml;
	enum xmlread_status status;

	if (!part)
		return false;
	xml = xmlread_open(part, ops, ctx);
	do {
		status = xmlread_go(xml, err);
	} while (status == XMLREAD_PAUSED);
	xmlread_close(xml);
	return status == XMLREAD_END;
}
