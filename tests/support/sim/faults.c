#include "faults.h"

#include "mem.h"
#include "num.h"

struct sim_faults {
	VEC(struct sim_fault) orders;
};

static const char *const modes[FAULT_MODES] = {
	[FAULT_NONE] = "none",
	[FAULT_429] = "429",
	[FAULT_QUOTA] = "quota",
	[FAULT_500] = "500",
	[FAULT_401] = "401",
	[FAULT_403] = "403",
	[FAULT_500BARE] = "500bare",
	[FAULT_502] = "502",
	[FAULT_503] = "503",
	[FAULT_SLOW] = "slow",
	[FAULT_HANG] = "hang",
	[FAULT_HANG_BEFORE] = "hang_before",
	[FAULT_CLOSE] = "close",
	[FAULT_CLOSE_BEFORE] = "close_before",
	[FAULT_GARBAGE] = "garbage",
	[FAULT_EXPIRED] = "expired",
	[FAULT_REJECT] = "reject",
	[FAULT_GREETING] = "greeting",
	[FAULT_MAIL] = "mail",
	[FAULT_DATA] = "data",
	[FAULT_FINAL] = "final",
	[FAULT_DROP] = "drop",
};

struct sim_faults *faults_new(void)
{
	return mem_zalloc(1, sizeof(struct sim_faults));
}

void faults_free(struct sim_faults *f)
{
	if (f)
		vec_release(&f->orders);
	free(f);
}

static bool word_in(const char *word, const char *const *words, int count, int *out)
{
	for (int i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0) {
			*out = i;
			return true;
		}
	return false;
}

static bool copy_text(char *out, size_t size, const char *value)
{
	if (strlen(value) >= size)
		return false;
	memcpy(out, value, strlen(value) + 1);
	return true;
}

static bool set(struct sim_fault *f, const char *name, const char *value)
{
	static const char *const kinds[] = { "send", "token", "lookup", "post", "other", "any" };
	int found;

	if (strcmp(name, "provider") == 0)
		return sim_provider_of(value, &f->provider);
	if (strcmp(name, "mode") == 0) {
		if (!word_in(value, modes, FAULT_MODES, &found))
			return false;
		f->mode = (enum fault_mode)found;
		return true;
	}
	if (strcmp(name, "on") == 0) {
		if (!word_in(value, kinds, ARRAY_SIZE(kinds), &found))
			return false;
		f->on = found == SIM_OTHER + 1 ? FAULT_ANY_KIND : found;
		return true;
	}
	if (strcmp(name, "address") == 0)
		return copy_text(f->address, sizeof(f->address), value);
	if (strcmp(name, "code") == 0)
		return copy_text(f->code, sizeof(f->code), value);
	if (strcmp(name, "count") == 0)
		return num_parse_i64(value, 1, INT32_MAX, &f->count);
	if (strcmp(name, "after") == 0)
		return num_parse_i64(value, 0, INT32_MAX, &f->after);
	if (strcmp(name, "every") == 0)
		return num_parse_i64(value, 1, INT32_MAX, &f->every);
	if (strcmp(name, "hint") == 0)
		return num_parse_i64(value, 0, INT32_MAX, &f->hint);
	if (strcmp(name, "ms") == 0)
		return num_parse_i64(value, 0, 600000, &f->ms);
	return false;
}

bool faults_order(struct sim_faults *f, const char *query, const char **why)
{
	struct sim_fault new = {
		.provider = SIM_PROVIDERS, .on = SIM_SEND, .count = -1, .every = 1, .ms = 500
	};
	struct strbuf name = STRBUF_INIT, value = STRBUF_INIT;
	size_t at = 0;

	*why = NULL;
	while (form_next(query, strlen(query), &at, &name, &value))
		if (!set(&new, name.buf, value.buf))
			*why = "a parameter that is not known or out of range";
	if (!*why && new.mode == FAULT_NONE)
		*why = "mode is missing";
	if (!*why && new.mode == FAULT_REJECT &&new.address[0] == '\0')
		*why = "reject wants an address";
	if (new.mode == FAULT_EXPIRED &&new.count < 0)
		new.count = 1;
	if (!*why)
		vec_push(&f->orders, new);
	strbuf_release(&name);
	strbuf_release(&value);
	return !*why;
}

void faults_clear(struct sim_faults *f, enum sim_provider p)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->orders.len; i++)
		if (p != SIM_PROVIDERS && f->orders.items[i].provider != p)
			f->orders.items[kept++] = f->orders.items[i];
	f->orders.len = kept;
}

/* Its turn has come. */
static bool due(struct sim_fault *f)
{
	f->seen++;
	if (f->count == 0 || f->seen <= f->after || (f->seen - f->after) % f->every != 0)
		return false;
	if (f->count > 0)
		f->count--;
	return true;
}

static bool concerns(const struct sim_fault *f, const struct sim_call *c)
{
	if (f->provider != SIM_PROVIDERS && f->provider != c->provider)
		return false;
	if (f->mode == FAULT_REJECT || f->mode == FAULT_GREETING || f->mode == FAULT_MAIL ||
		f->mode == FAULT_DATA || (f->on != FAULT_ANY_KIND && f->on != (int)c->kind))
		return false;
	if (f->address[0] == '\0')
		return true;
	for (size_t i = 0; i < c->got.len; i++)
		if (strcmp(c->got.items[i].address, f->address) == 0)
			return true;
	return false;
}

struct sim_fault faults_take(struct sim_faults *f, const struct sim_call *c)
{
	for (size_t i = 0; i < f->orders.len; i++)
		if (concerns(&f->orders.items[i], c) && due(&f->orders.items[i]))
			return f->orders.items[i];
	return (struct sim_fault){ .mode = FAULT_NONE };
}

struct sim_fault faults_take_mode(
	struct sim_faults *f, enum sim_provider p, enum fault_mode mode, const char *address)
{
	for (size_t i = 0; i < f->orders.len; i++) {
		struct sim_fault *o = &f->orders.items[i];

		if (o->mode == mode && (o->provider == p || o->provider == SIM_PROVIDERS) &&
			(o->address[0] == '\0' || strcmp(o->address, address) == 0) && due(o))
			return *o;
	}
	return (struct sim_fault){ .mode = FAULT_NONE };
}

const char *faults_reject(
	struct sim_faults *f, enum sim_provider p, const char *address, const char *usual)
{
	for (size_t i = 0; i < f->orders.len; i++) {
		struct sim_fault *o = &f->orders.items[i];

		if (o->mode == FAULT_REJECT && (o->provider == p || o->provider == SIM_PROVIDERS) &&
			strcmp(o->address, address) == 0 && due(o))
			return o->code[0] ? o->code : usual;
	}
	return NULL;
}

int fault_code(const struct sim_fault *f, int usual)
{
	int64_t code;

	return f->code[0] && num_parse_i64(f->code, 100, 999999, &code) ? (int)code : usual;
}
