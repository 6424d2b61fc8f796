#include "station.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "campaign.h"
#include "crypt.h"
#include "db.h"
#include "json.h"
#include "json_out.h"
#include "mem.h"
#include "num.h"
#include "path.h"
#include "secrets.h"
#include "store_campaign.h"
#include "store_company.h"

/* Of `meta`. */
#define TOKEN "station_token"
#define BEAT "station_beat"

#define TOKEN_SIZE 16
#define FILE_MAX 8192

/* Where a store lies. */
struct place {
	char *path; /* owned; without links */
	int64_t device, inode;
	char machine[2 * CRYPT_HASH_SIZE + 1]; /* "" unknown */
};

/* What the state folder knows of it. */
struct paper {
	char token[2 * TOKEN_SIZE + 1];
	int64_t beat; /* how often it was checked, at least */
	struct place place;
};

/* All that a decision needs. */
struct view {
	char id[33];
	char token[2 * TOKEN_SIZE + 1]; /* the store's; "" new */
	int64_t beat;
	struct place here;
	struct paper paper;
	bool found; /* there is a paper */
};

static void view_release(struct view *v)
{
	free(v->here.path);
	free(v->paper.place.path);
}

/* --- where it lies --- */

/* A hash: the number of a machine is nobody's business outside of it. */
static void read_machine(char out[2 * CRYPT_HASH_SIZE + 1])
{
	unsigned char hash[CRYPT_HASH_SIZE];
	struct strbuf hex = STRBUF_INIT;
	char id[64] = "";
	int fd = open("/etc/machine-id", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t len = fd < 0 ? -1 : read(fd, id, sizeof(id) - 1);

	if (fd >= 0)
		close(fd);
	*out = '\0';
	if (len <= 0)
		return;
	crypt_hmac("ecompta-crm station", 19, id, strcspn(id, "\n"), hash);
	crypt_hex(hash, sizeof(hash), &hex);
	snprintf(out, 2 * CRYPT_HASH_SIZE + 1, "%s", hex.buf);
	strbuf_release(&hex);
}

static bool read_place(const char *store, struct place *out, struct err *err)
{
	struct stat st;

	out->path = realpath(store, NULL);
	if (!out->path || stat(out->path, &st))
		return err_set_errno(err, ERR_IO, store);
	out->device = (int64_t)st.st_dev;
	out->inode = (int64_t)st.st_ino;
	read_machine(out->machine);
	return true;
}

/* Devices are numbered anew when a machine starts; there the path decides. */
static bool is_same_place(const struct place *a, const struct place *b)
{
	if (*a->machine && *b->machine && strcmp(a->machine, b->machine) != 0)
		return false;
	return a->inode == b->inode && (a->device == b->device || !strcmp(a->path, b->path));
}

/* --- the paper --- */

static bool paper_path(const struct view *v, int64_t station, struct strbuf *out, struct err *err)
{
	if (!path_place(PATH_STATE, out, err))
		return false;
	strbuf_adds(out, "/stations");
	if (!path_mkdirs(out->buf, err))
		return false;
	strbuf_addf(out, "/%s.%lld", v->id, (long long)station);
	return true;
}

static bool parse_paper(const char *text, size_t len, struct paper *out, struct err *err)
{
	struct json_doc *doc = json_parse(text, len, FILE_MAX, err);
	const char *token, *path, *machine, *device, *inode;
	struct json top;
	bool ok;

	if (!doc)
		return false;
	top = json_root(doc);
	ok = json_str(&top, "token", &token, err) && json_str(&top, "path", &path, err) &&
	     json_str(&top, "machine", &machine, err) && json_str(&top, "device", &device, err) &&
	     json_str(&top, "inode", &inode, err) &&
	     json_int(&top, "beat", 0, INT64_C(1) << 53, &out->beat, err);
	if (ok) {
		snprintf(out->token, sizeof(out->token), "%s", token);
		snprintf(out->place.machine, sizeof(out->place.machine), "%s", machine);
		out->place.path = mem_strdup(path);
		ok = num_parse_i64(device, INT64_MIN, INT64_MAX, &out->place.device) &&
		     num_parse_i64(inode, INT64_MIN, INT64_MAX, &out->place.inode);
	}
	json_free(doc);
	return ok;
}

/* One that is not there, or makes no sense, was not found. */
static bool read_paper(struct view *v, int64_t station, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	struct err unused = ERR_INIT;
	char text[FILE_MAX];
	ssize_t len = -1;
	bool ok = paper_path(v, station, &path, err);
	int fd = ok ? open(path.buf, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;

	if (fd >= 0)
		len = read(fd, text, sizeof(text));
	if (ok && fd < 0 && errno != ENOENT)
		ok = err_set_errno(err, ERR_IO, path.buf);
	if (fd >= 0)
		close(fd);
	v->found = len > 0 && parse_paper(text, (size_t)len, &v->paper, &unused);
	strbuf_release(&path);
	return ok;
}

static void put_number(struct json_out *o, const char *key, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	json_out_str(o, key, text);
}

static bool write_paper(const struct view *v, int64_t station, struct err *err)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT_MAX(FILE_MAX - 1);
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &text, true);
	json_out_object(&o, NULL);
	json_out_str(&o, "token", v->token);
	json_out_int(&o, "beat", v->beat);
	json_out_str(&o, "path", v->here.path);
	put_number(&o, "device", v->here.device);
	put_number(&o, "inode", v->here.inode);
	json_out_str(&o, "machine", v->here.machine);
	json_out_end(&o);
	ok = json_out_finish(&o, err) && paper_path(v, station, &path, err) &&
	     path_write(path.buf, text.buf, text.len, err);
	strbuf_release(&path);
	strbuf_release(&text);
	return ok;
}

/* --- what the store says --- */

static bool read_meta(struct session *s, struct view *v, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *token, *beat;
	bool ok = store_meta_get(s->db, TOKEN, &a, &token, err) &&
		  store_meta_get(s->db, BEAT, &a, &beat, err);

	if (ok) {
		snprintf(v->token, sizeof(v->token), "%s", token);
		if (!num_parse_i64(beat, 0, INT64_MAX, &v->beat))
			v->beat = 0;
	}
	arena_release(&a);
	return ok;
}

static bool write_meta(struct session *s, const struct view *v, struct err *err)
{
	char beat[24];

	snprintf(beat, sizeof(beat), "%lld", (long long)v->beat);
	return store_meta_put(s->db, TOKEN, v->token, err) &&
	       store_meta_put(s->db, BEAT, beat, err);
}

static void make_token(struct view *v)
{
	unsigned char random[TOKEN_SIZE];
	struct strbuf hex = STRBUF_INIT;

	crypt_random(random, sizeof(random));
	crypt_hex(random, sizeof(random), &hex);
	snprintf(v->token, sizeof(v->token), "%s", hex.buf);
	v->beat = 0;
	strbuf_release(&hex);
}

static bool in_memory(struct session *s)
{
	return !strcmp(session_store(s), ":memory:");
}

/* The counter of checks is FULL in the store before the paper has it: after an outage the
 * store is never behind, unless somebody put an older one in its place. */
static enum station judge(const struct view *v)
{
	if (!*v->token)
		return STATION_NEW;
	if (!v->found || strcmp(v->token, v->paper.token) != 0 ||
		!is_same_place(&v->here, &v->paper.place))
		return STATION_COPY;
	return v->beat < v->paper.beat ? STATION_COPY : STATION_OK;
}

static bool read_view(struct session *s, struct view *v, struct err *err)
{
	int64_t station = db_station(s->db, err);

	if (!station || !read_place(session_store(s), &v->here, err) || !read_meta(s, v, err))
		return false;
	return !*v->token || (secrets_store_id(s, v->id, err) && read_paper(v, station, err));
}

bool station_look(struct session *s, enum station *out, struct err *err)
{
	struct view v = { .beat = 0 };
	bool ok;

	*out = STATION_OK;
	if (in_memory(s))
		return true;
	ok = read_view(s, &v, err);
	if (ok)
		*out = judge(&v);
	view_release(&v);
	return ok;
}

/* Counts one more check; the paper follows. Somebody else's check meanwhile is fine: the
 * transaction gives each its own number, and the paper takes either. */
static bool beat(struct session *s, struct view *v, struct err *err)
{
	struct view now = { .beat = 0 };
	int64_t station = 0;
	bool ok = db_write(s->db, err) && read_meta(s, &now, err);

	if (ok) {
		if (!*now.token)
			make_token(&now);
		snprintf(v->token, sizeof(v->token), "%s", now.token);
		v->beat = now.beat + 1;
		station = db_station(s->db, err);
		ok = station && write_meta(s, v, err) && db_commit(s->db, err);
	}
	db_rollback(s->db);
	return ok && write_paper(v, station, err);
}

bool station_check(struct session *s, enum station *out, struct err *err)
{
	struct view v = { .beat = 0 };
	bool ok;

	*out = STATION_OK;
	if (in_memory(s))
		return true;
	ok = read_view(s, &v, err);
	if (ok)
		*out = judge(&v);
	if (ok && *out != STATION_COPY) {
		ok = secrets_store_id(s, v.id, err) && beat(s, &v, err);
		*out = STATION_OK;
	}
	view_release(&v);
	return ok;
}

bool station_must_be_ours(struct session *s, struct err *err)
{
	enum station station;

	return station_check(s, &station, err) &&
	       (station != STATION_COPY ||
		       err_set(err, ERR_STORE_COPY, session_store(s), "%s", ""));
}

/* --- taking over --- */

static bool pause_one(struct session *s, const struct campaign *c, int64_t *paused, struct err *err)
{
	enum campaign_status to;
	bool moved = false;

	if (c->status == CAMPAIGN_LAUNCHING || !campaign_next(CAMPAIGN_ACT_PAUSE, c->status, &to))
		return true;
	if (!store_campaign_move(
		    s->db, c->id, c->status, to, CAUSE_COPY, session_now(s), &moved, err))
		return false;
	*paused += moved;
	return true;
}

/* Those that go come in portions; what was paused is no longer among them. */
static bool pause_all(struct session *s, int64_t *paused, struct err *err)
{
	int64_t before;
	bool ok = true;

	*paused = 0;
	do {
		struct arena a = ARENA_INIT;
		struct campaign *list;
		int n;

		before = *paused;
		ok = store_campaign_going(s->db, &a, &list, &n, err);
		for (int i = 0; ok && i < n; i++)
			ok = pause_one(s, &list[i], paused, err);
		arena_release(&a);
	} while (ok && *paused > before);
	return ok;
}

static bool register_anew(struct session *s, struct view *v, int64_t *paused, struct err *err)
{
	char detail[96];
	int64_t station, before = db_station(s->db, err);

	if (!before || !db_new_station(s->db, err))
		return false;
	station = db_station(s->db, err);
	make_token(v);
	v->beat = 1;
	if (!station || !pause_all(s, paused, err))
		return false;
	snprintf(detail, sizeof(detail), "{\"before\":%lld,\"station\":%lld,\"paused\":%lld}",
		(long long)before, (long long)station, (long long)*paused);
	return write_meta(s, v, err) &&
	       session_audit(s, "station.take_over", "station", station, detail, err) &&
	       write_paper(v, station, err);
}

bool station_take_over(struct session *s, int64_t *paused, struct err *err)
{
	struct view v = { .beat = 0 };
	bool ok;

	*paused = 0;
	if (!session_may(s, RIGHT_SETTINGS, err))
		return false;
	if (in_memory(s))
		return true;
	ok = read_view(s, &v, err);
	if (ok && judge(&v) == STATION_COPY) {
		ok = db_write(s->db, err) && register_anew(s, &v, paused, err) &&
		     db_commit(s->db, err);
		db_rollback(s->db);
	}
	view_release(&v);
	return ok;
}
