#include "import_reason.h"

#include "i18n.h"
#include "rows.h"

static const struct {
	const char *name;
	const char *sentence;
} reasons[REASON_COUNT] = {
	[REASON_NONE] = { "", "" },
#define REASON_(code, sentence) [REASON_##code] = { #code, sentence },
#include "import_reason.def"
#undef REASON_
};

const char *import_reason_name(enum import_reason reason)
{
	return reasons[reason].name;
}

const char *import_reason_sentence(const char *name)
{
	for (int i = 1; i < REASON_COUNT; i++)
		if (!strcmp(reasons[i].name, name))
			return reasons[i].sentence;
	for (int i = 1; i < ROW_FAULT_COUNT; i++)
		if (!strcmp(row_fault_name((enum row_fault)i), name))
			return row_fault_sentence((enum row_fault)i);
	return "";
}

void import_reason_words(const char *name, enum import_kind kind, const char *field,
	const char *value, char *(*translate)(const char *), struct strbuf *out)
{
	const char *sentence = import_reason_sentence(name);
	enum import_field f;
	const char *label = field;

	if (!*sentence) {
		strbuf_adds(out, name);
		return;
	}
	if (import_field_find(kind, field, &f))
		label = translate(import_field_info(f)->label);
	for (sentence = translate(sentence); *sentence;) {
		size_t len = strcspn(sentence, "{");

		strbuf_add(out, sentence, len);
		sentence += len;
		if (!strncmp(sentence, "{field}", 7)) {
			strbuf_adds(out, label);
			sentence += 7;
		} else if (!strncmp(sentence, "{value}", 7)) {
			strbuf_adds(out, value);
			sentence += 7;
		} else if (*sentence) {
			strbuf_addc(out, *sentence++);
		}
	}
}
