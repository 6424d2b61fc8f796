/* What tests/support/sim promises: the stand-in for the providers accepts what their
 * contracts say, refuses the rest and tells why, and fails as it is told to. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "mem.h"
#include "sim/client.h"
#include "sim_run.h"

#define AC "AC0123456789abcdef0123456789abcdef"
#define JSON "Content-Type: application/json\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define SG JSON "Authorization: Bearer SG.test\r\n"
/* base64 of AC...:twilio-test, orange-id:orange-secret */
#define TW                                                                                         \
	FORM "Authorization: Basic "                                                               \
	     "QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0d2lsaW8tdGVzdA==\r\n"
#define OR_BASIC FORM "Authorization: Basic b3JhbmdlLWlkOm9yYW5nZS1zZWNyZXQ=\r\n"
#define OR JSON "Authorization: Bearer orange-token-1\r\n"
#define MTN JSON "Authorization: Bearer mtn-token-1\r\n"
#define META JSON "Authorization: Bearer meta-test\r\n"

#define SG_SEND "/sendgrid/v3/mail/send"
#define TW_SEND "/twilio/2010-04-01/Accounts/" AC "/Messages.json"
#define OR_SEND "/orange/smsmessaging/v1/outbound/tel%3A%2B2260000/requests"
#define MTN_SEND "/mtn/v3/sms/messages/sms/outbound"

struct world {
	struct sim_run sim;
	struct strbuf head, answer;
	bool absent; /* not built here */
};

static int setup_as(void **state, bool cheap)
{
	struct world *w = mem_zalloc(1, sizeof(*w));

	strbuf_init(&w->head, 0);
	strbuf_init(&w->answer, 0);
	w->absent = !sim_run_start(&w->sim, cheap);
	*state = w;
	return 0;
}

static int setup(void **state)
{
	return setup_as(state, false);
}

static int setup_cheap(void **state)
{
	return setup_as(state, true);
}

static int teardown(void **state)
{
	struct world *w = *state;

	if (!w->absent)
		sim_run_stop(&w->sim);
	strbuf_release(&w->head);
	strbuf_release(&w->answer);
	free(w);
	return 0;
}

static struct world *world(void **state)
{
	struct world *w = *state;

	if (w->absent)
		skip();
	return w;
}

static int ask(struct world *w, const char *method, const char *path, const char *headers,
	const char *body)
{
	return client_call(
		w->sim.http, method, path, headers, body, strlen(body), 1, &w->head, &w->answer);
}

static int post(struct world *w, const char *path, const char *headers, const char *body)
{
	return ask(w, "POST", path, headers, body);
}

/* The last line of a kind is this. */
static void assert_last(struct world *w, const char *kind, const char *line)
{
	struct strbuf lines = STRBUF_INIT;
	char *last;

	sim_run_lines(&w->sim, kind, NULL, &lines);
	assert_true(lines.len > 0);
	strbuf_truncate(&lines, lines.len - 1);
	last = strrchr(lines.buf, '\n');
	assert_string_equal(last ? last + 1 : lines.buf, line);
	strbuf_release(&lines);
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("“%s” is not in: %s", part, text);
}

static char *replaced(const char *text, const char *what, const char *with)
{
	struct strbuf out = STRBUF_INIT;
	const char *at = strstr(text, what);

	assert_non_null(at);
	strbuf_add(&out, text, (size_t)(at - text));
	strbuf_adds(&out, with);
	strbuf_adds(&out, at + strlen(what));
	return strbuf_detach(&out);
}

/* A good request with one thing made wrong, and the words for it. */
struct wrong {
	const char *what, *with, *reason;
};

static void assert_refused(struct world *w, const char *path, const char *headers, const char *good,
	const struct wrong *table, size_t n, int status)
{
	for (size_t i = 0; i < n; i++) {
		struct strbuf lines = STRBUF_INIT;
		char *body = replaced(good, table[i].what, table[i].with);
		size_t before = sim_run_count(&w->sim, "violation", NULL);
		size_t got = sim_run_count(&w->sim, "got", NULL);

		assert_int_equal(post(w, path, headers, body), status);
		assert_true(sim_run_count(&w->sim, "violation", NULL) > before);
		assert_int_equal(sim_run_count(&w->sim, "got", NULL), got);
		sim_run_lines(&w->sim, "violation", NULL, &lines);
		assert_has(lines.buf, table[i].reason);
		strbuf_release(&lines);
		free(body);
	}
}

static const char sg_good[] =
	"{\"personalizations\":[{\"to\":[{\"email\":\"alex@example.com\",\"name\":\"Alex\"}],"
	"\"subject\":\"Hi -name-\",\"substitutions\":{\"-name-\":\"Zoé\"},"
	"\"headers\":{\"List-Unsubscribe\":\"<https://ex.com/u/T>\","
	"\"List-Unsubscribe-Post\":\"List-Unsubscribe=One-Click\"},"
	"\"custom_args\":{\"relay_msg_id\":\"m-1\",\"relay_campaign\":\"c-9\"}},"
	"{\"to\":[{\"email\":\"bo@example.com\"}],\"subject\":\"\","
	"\"custom_args\":{\"relay_msg_id\":\"m-2\"}}],"
	"\"from\":{\"email\":\"news@example.com\",\"name\":\"Shop\"},\"subject\":\"fallback\","
	"\"content\":[{\"type\":\"text/plain\",\"value\":\"Hello -name-\\nBye\"},"
	"{\"type\":\"text/html\",\"value\":\"<p>Hello -name-</p>\"}],\"categories\":[\"c-9\"],"
	"\"tracking_settings\":{\"open_tracking\":{\"enable\":true}}}";

static void sendgrid__send__writes_down_what_each_person_reads(void **state)
{
	struct world *w = world(state);
	struct strbuf lines = STRBUF_INIT;

	assert_int_equal(post(w, SG_SEND, SG, sg_good), 202);
	assert_string_equal(w->answer.buf, "");
	assert_has(w->head.buf, "X-Message-Id: ");
	sim_run_lines(&w->sim, "got", "sendgrid", &lines);
	assert_string_equal(lines.buf,
		"got\tsendgrid\talex@example.com\tm-1\tHi Zoé\tHello Zoé\\nBye\n"
		"got\tsendgrid\tbo@example.com\tm-2\tfallback\tHello -name-\\nBye\n");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_int_equal(post(w, "/sendgrid/v3/logs", SG,
				 "{\"query\":\"to_email = 'bo@example.com'\",\"limit\":10}"),
		200);
	assert_has(w->answer.buf, "\"subject\":\"fallback\",\"to_email\":\"bo@example.com\"");
	assert_int_equal(
		post(w, "/sendgrid/v3/logs", SG, "{\"query\":\"to_email = 'no@ex.com'\"}"), 200);
	assert_string_equal(w->answer.buf, "{\"messages\":[]}");
	assert_int_equal(post(w, SG_SEND, JSON "Authorization: Bearer SG.other\r\n", sg_good), 401);
	assert_int_equal(sim_run_count(&w->sim, "denied", NULL), 1);
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_int_equal(sim_run_twice(&w->sim), 0);
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 202);
	assert_int_equal(sim_run_twice(&w->sim), 2);
	strbuf_release(&lines);
}

static void sendgrid__send__refuses_what_breaks_the_contract(void **state)
{
	static const struct wrong table[] = {
		{ "bo@example.com", "Alex@Example.com", "Example.com stands in the request twice" },
		{ "bo@example.com", "bo.example.com", "to is not {\"email\"" },
		{ "[{\"email\":\"bo@example.com\"}]", "[]", "personalizations.1.to is missing" },
		{ "\"m-2\"", "2", "\"relay_msg_id\" is not a string" },
		{ "\"categories\"", "\"custom_args\":{\"a\":\"b\"},\"categories\"",
			"custom_args outside personalizations" },
		{ ",\"List-Unsubscribe-Post\":\"List-Unsubscribe=One-Click\"", "", "go together" },
		{ "\"headers\":{", "\"headers\":{\"Subject\":\"x\",",
			"header Subject may not be set" },
		{ "\"enable\":true", "\"enable\":\"true\"", "is not a boolean" },
		{ "\"from\"", "\"frm\"", "from is not {\"email\"" },
		{ "text/plain", "text/calendar\",\"value\":\"\"},{\"type\":\"text/plain",
			"content.0 wants a type and a value" },
		{ "\"content\"", "\"contents\"", "content is missing" },
		{ "}}}", "}}", "not one JSON object" },
		{ "Zo\xc3\xa9", "Zo\xe9", "not UTF-8" },
	};
	struct world *w = world(state);
	char *long_value = mem_alloc(10001), *bad;

	assert_refused(w, SG_SEND, SG, sg_good, table, ARRAY_SIZE(table), 400);
	assert_has(w->answer.buf, "{\"errors\":[{\"message\":");
	memset(long_value, 'x', 10000);
	long_value[10000] = '\0';
	bad = replaced(sg_good, "Zoé", long_value);
	assert_int_equal(post(w, SG_SEND, SG, bad), 400);
	assert_last(w, "violation",
		"violation\tsendgrid\tPOST /v3/mail/send\t\t\tsubstitutions has over 10000 bytes");
	free(bad);
	long_value[10000 - 2 - 6 - 6] = '\0';
	bad = replaced(sg_good, "Zoé", long_value);
	assert_int_equal(post(w, SG_SEND, SG, bad), 202);
	free(bad);
	free(long_value);
}

static void many_people(struct strbuf *out, int n)
{
	strbuf_adds(out, "{\"personalizations\":[");
	for (int i = 0; i < n; i++)
		strbuf_addf(out,
			"%s{\"to\":[{\"email\":\"c%d@example.com\"}],"
			"\"substitutions\":{\"-n-\":\"say \\\"to\\\":[]\"}}",
			i ? "," : "", i);
	strbuf_adds(out, "],\"from\":{\"email\":\"news@example.com\"},\"subject\":\"s\","
			 "\"content\":[{\"type\":\"text/plain\",\"value\":\"-n-\"}]}");
}

static void sendgrid__send__takes_a_thousand_and_no_more(void **state)
{
	struct world *w = world(state);
	struct strbuf body = STRBUF_INIT;

	many_people(&body, 1000);
	assert_int_equal(post(w, SG_SEND, SG, body.buf), 202);
	assert_int_equal(sim_run_count(&w->sim, "got", "sendgrid"), 1000);
	strbuf_clear(&body);
	many_people(&body, 1001);
	assert_int_equal(post(w, SG_SEND, SG, body.buf), 400);
	assert_int_equal(sim_run_count(&w->sim, "got", "sendgrid"), 1000);
	strbuf_release(&body);
}

static void sendgrid__cheap__counts_recipients(void **state)
{
	struct world *w = world(state);
	struct strbuf body = STRBUF_INIT;

	many_people(&body, 1000);
	assert_int_equal(post(w, SG_SEND, SG, body.buf), 202);
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 202);
	assert_int_equal(sim_run_many(&w->sim), 1002);
	sim_run_fault(&w->sim, "provider=sendgrid&mode=429&count=1&hint=2");
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 429);
	assert_int_equal(sim_run_many(&w->sim), 1002);
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 0);
	strbuf_release(&body);
}

static const char tw_good[] = "To=%2B22670000000&From=%2B15005550006&Body=Bonjour+Zo%C3%A9"
			      "&StatusCallback=https%3A%2F%2Fr.example.com%2Fs%3Fmid%3Dm-1"
			      "&ValidityPeriod=14400";

static void twilio__send__one_text_that_can_be_found_again(void **state)
{
	struct world *w = world(state);

	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	assert_has(w->answer.buf, "\"sid\":\"SM");
	assert_has(w->answer.buf, "\"status\":\"queued\"");
	assert_last(w, "got", "got\ttwilio\t+22670000000\tm-1\t\tBonjour Zoé");
	assert_int_equal(
		ask(w, "GET", TW_SEND "?To=%2B22670000000&DateSent%3E=2020-01-01", TW, ""), 200);
	assert_has(w->answer.buf, "\"body\":\"Bonjour Zoé\"");
	assert_int_equal(ask(w, "GET", TW_SEND "?To=%2B22670000001", TW, ""), 200);
	assert_has(w->answer.buf, "{\"messages\":[],");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
}

static void twilio__send__refuses_what_breaks_the_contract(void **state)
{
	static const struct wrong table[] = {
		{ "%2B22670000000", "22670000000", "To is not a number in E.164" },
		{ "To=", "to=", "\"to\" is no field of a message" },
		{ "From=%2B15005550006&", "", "neither From nor MessagingServiceSid" },
		{ "%2B15005550006", "A+name+too+long", "From is no number and no name" },
		{ "Body", "Bodi", "neither Body nor MediaUrl" },
		{ "%C3%A9", "%E9", "Body is not UTF-8" },
		{ "14400", "36001", "ValidityPeriod is not within" },
		{ "From=%2B15005550006", "MessagingServiceSid=MG12",
			"MessagingServiceSid is not MG" },
	};
	struct world *w = world(state);
	struct strbuf body = STRBUF_INIT;

	assert_refused(w, TW_SEND, TW, tw_good, table, ARRAY_SIZE(table), 400);
	for (int chars = 1600; chars <= 1601; chars++) {
		strbuf_clear(&body);
		strbuf_adds(&body, "To=%2B22670000000&From=SHOP&Body=");
		for (int i = 0; i < chars; i++)
			strbuf_adds(&body, "%C3%A9");
		assert_int_equal(post(w, TW_SEND, TW, body.buf), chars == 1600 ? 201 : 400);
	}
	assert_int_equal(
		post(w, TW_SEND, JSON "Authorization: Basic QUM6eA==\r\n", "{\"To\":\"x\"}"), 401);
	strbuf_release(&body);
}

static const char or_good[] = "{\"outboundSMSMessageRequest\":{\"address\":\"tel:+22670000000\","
			      "\"senderAddress\":\"tel:+2260000\",\"senderName\":\"MYSHOP12345\","
			      "\"outboundSMSTextMessage\":{\"message\":\"Bonjour\\tZoé\"}}}";

static void orange__send__wants_a_token_that_lives(void **state)
{
	struct world *w = world(state);
	const char *good = or_good;

	assert_int_equal(post(w, OR_SEND, OR, good), 401);
	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 200);
	assert_string_equal(w->answer.buf, "{\"token_type\":\"Bearer\",\"access_token\":\"orange-"
					   "token-1\",\"expires_in\":\"3600\"}");
	assert_int_equal(post(w, OR_SEND, OR, good), 201);
	assert_has(w->answer.buf,
		"\"resourceURL\":\"https://api.orange.com/smsmessaging/v1/outbound/"
		"tel:+2260000/requests/");
	assert_last(w, "got", "got\torange\t+22670000000\t\t\tBonjour\\tZoé");
	sim_run_expire(&w->sim, "orange");
	assert_int_equal(post(w, OR_SEND, OR, good), 401);
	assert_has(w->answer.buf, "{\"code\":42,");
	sim_run_fault(&w->sim, "provider=orange&mode=401&on=token&count=1");
	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 401);
	assert_has(w->answer.buf, "{\"error\":\"invalid_client\"");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_int_equal(post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=password"), 400);
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 1);
}

static void orange__send__refuses_what_breaks_the_contract(void **state)
{
	static const struct wrong table[] = {
		{ "MYSHOP12345", "MYSHOP123456", "senderName is not up to 11" },
		{ "\"MYSHOP12345\"", "\"MY SHOP\"", "senderName is not up to 11" },
		{ "\"tel:+22670000000\"", "[\"tel:+22670000000\",\"tel:+22670000001\"]",
			"address is not one" },
		{ "tel:+22670000000", "+22670000000", "address is not one" },
		{ "tel:+2260000\"", "tel:+2250000\"", "senderAddress is not that of the path" },
		{ "message", "massage", "outboundSMSTextMessage.message is missing" },
	};
	struct world *w = world(state);

	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 200);
	assert_refused(w, OR_SEND, OR, or_good, table, ARRAY_SIZE(table), 400);
	assert_has(w->answer.buf, "\"serviceException\":{\"messageId\":\"SVC0002\"");
	assert_int_equal(
		post(w, "/orange/smsmessaging/v1/outbound/tel:+2260000/requests", OR, or_good),
		400);
}

static const char mtn_good[] = "{\"senderAddress\":\"MYSHOP\",\"receiverAddress\":[\"22507000000\"]"
			       ",\"message\":\"Bonjour\","
			       "\"clientCorrelatorId\":\"m-1\",\"serviceCode\":\"MYSHOP\","
			       "\"requestDeliveryReceipt\":true}";

static void mtn__send__success_is_a_field(void **state)
{
	static const struct wrong table[] = {
		{ "22507000000", "+22507000000", "without +" },
		{ "[\"22507000000\"]", "\"22507000000\"",
			"receiverAddress is not an array of one" },
		{ "\"serviceCode\":\"MYSHOP\"", "\"serviceCode\":\"OTHER\"", "does not repeat" },
		{ "m-1", "0123456789012345678901234567890123456", "not up to 36" },
		{ "\"message\"", "\"text\"", "message is missing" },
	};
	struct world *w = world(state);

	assert_int_equal(post(w, "/mtn/v1/oauth/access_token?grant_type=client_credentials", FORM,
				 "client_id=mtn-id&client_secret=no"),
		401);
	assert_int_equal(post(w, "/mtn/v1/oauth/access_token?grant_type=client_credentials", FORM,
				 "client_id=mtn-id&client_secret=mtn-secret"),
		200);
	assert_has(w->answer.buf, "\"access_token\":\"mtn-token-1\",\"expires_in\":\"3599\"");
	assert_int_equal(post(w, MTN_SEND, MTN, mtn_good), 200);
	assert_has(w->answer.buf, "{\"statusCode\":\"0000\"");
	assert_last(w, "got", "got\tmtn\t22507000000\tm-1\t\tBonjour");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_refused(w, MTN_SEND, MTN, mtn_good, table, ARRAY_SIZE(table), 400);
	sim_run_fault(&w->sim, "provider=mtn&mode=reject&address=22507000000&code=5000");
	assert_int_equal(post(w, MTN_SEND, MTN, mtn_good), 200);
	assert_has(w->answer.buf, "{\"statusCode\":\"5000\"");
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 1);
}

static const char mc_good[] = "{\"key\":\"test-key\",\"message\":{\"text\":\"Bonjour "
			      "*|NAME|*\",\"subject\":\"Hi *|NAME|*\","
			      "\"from_email\":\"news@example.com\",\"to\":[{\"email\":\"alex@"
			      "example.com\",\"type\":\"to\"},"
			      "{\"email\":\"bo@example.com\"}],\"preserve_recipients\":false,"
			      "\"merge_vars\":[{\"rcpt\":\"alex@example.com\",\"vars\":[{\"name\":"
			      "\"NAME\",\"content\":\"Zoé\"}]}],"
			      "\"global_merge_vars\":[{\"name\":\"NAME\",\"content\":\"client\"}],"
			      "\"recipient_metadata\":[{\"rcpt\":\"alex@example.com\",\"values\":{"
			      "\"relay_msg_id\":\"m-1\"}}]},"
			      "\"async\":false}";

static void mailchimp__send__each_has_a_fate_of_its_own(void **state)
{
	static const struct wrong table[] = {
		{ "\"preserve_recipients\":false", "\"preserve_recipients\":true",
			"see each other" },
		{ "bo@example.com", "alex@example.com", "stands in the request twice" },
		{ "\"text\"", "\"txt\"", "neither text nor html" },
		{ "\"to\"}", "\"too\"}", "type is too" },
		{ "\"async\":false", "\"async\":\"no\"", "async is not a boolean" },
	};
	struct world *w = world(state);

	sim_run_fault(&w->sim, "provider=mailchimp&mode=reject&address=bo@example.com&code=unsub");
	assert_int_equal(post(w, "/mailchimp/messages/send", JSON, mc_good), 200);
	assert_has(w->answer.buf, "[{\"email\":\"alex@example.com\",\"status\":\"sent\"");
	assert_has(w->answer.buf, "{\"email\":\"bo@example.com\",\"status\":\"rejected\",\"reject_"
				  "reason\":\"unsub\"");
	assert_last(w, "got", "got\tmailchimp\talex@example.com\tm-1\tHi Zoé\tBonjour Zoé");
	assert_int_equal(post(w, "/mailchimp/messages/search", JSON,
				 "{\"key\":\"test-key\",\"query\":\"u_relay_msg_id:m-1\"}"),
		200);
	assert_has(w->answer.buf, "\"metadata\":{\"relay_msg_id\":\"m-1\"}");
	assert_int_equal(post(w, "/mailchimp/users/ping2", JSON, "{\"key\":\"test-key\"}"), 200);
	assert_int_equal(post(w, "/mailchimp/users/ping2", JSON, "{\"key\":\"other\"}"), 401);
	assert_has(w->answer.buf, "\"name\":\"Invalid_Key\"");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_refused(w, "/mailchimp/messages/send", JSON, mc_good, table, ARRAY_SIZE(table), 422);
}

static const char wa_good[] =
	"{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":"
	"\"22670000000\","
	"\"type\":\"template\",\"template\":{\"name\":\"promo_1\","
	"\"language\":{\"policy\":\"deterministic\",\"code\":\"fr\"},\"components\":["
	"{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Zoé\"}]},{\"type\":"
	"\"button\","
	"\"sub_type\":\"url\",\"index\":\"0\",\"parameters\":[{\"type\":\"text\",\"text\":"
	"\"TOKEN\"}]}]},"
	"\"biz_opaque_callback_data\":\"m-1\"}";

static void whatsapp__send__templates_and_texts(void **state)
{
	static const struct wrong table[] = {
		{ "22670000000", "+22670000000", "without +" },
		{ "\"policy\":\"deterministic\",", "", "policy is not deterministic" },
		{ "\"index\":\"0\"", "\"index\":0", "index that is a string" },
		{ "\"Zoé\"", "\"Zoé\\n\"", "a line end" },
		{ "\"whatsapp\"", "\"sms\"", "messaging_product is not whatsapp" },
		{ "\"biz_opaque", "\"opaque", "is no member of a message" },
	};
	struct world *w = world(state);

	assert_int_equal(post(w, "/graph/v23.0/1555/messages", META, wa_good), 200);
	assert_has(w->answer.buf, "\"messages\":[{\"id\":\"wamid.");
	assert_last(w, "got", "got\twhatsapp\t22670000000\tm-1\t\tpromo_1/fr | Zoé | TOKEN");
	assert_int_equal(
		post(w, "/graph/v23.0/1555/messages", META,
			"{\"messaging_product\":\"whatsapp\",\"to\":\"22670000001\","
			"\"type\":\"text\",\"text\":{\"body\":\"Bonjour\",\"preview_url\":false}}"),
		200);
	assert_last(w, "got", "got\twhatsapp\t22670000001\t\t\tBonjour");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_refused(
		w, "/graph/v23.0/1555/messages", META, wa_good, table, ARRAY_SIZE(table), 400);
	assert_has(w->answer.buf, "\"code\":100,");
	sim_run_fault(&w->sim, "provider=whatsapp&mode=reject&address=22670000000&code=131050");
	assert_int_equal(post(w, "/graph/v23.0/1555/messages", META, wa_good), 400);
	assert_has(w->answer.buf, "\"code\":131050,");
}

static void facebook__send__messages_and_posts(void **state)
{
	static const char good[] = "{\"recipient\":{\"id\":\"77\"},\"messaging_type\":\"RESPONSE\","
				   "\"message\":{\"text\":\"Bonjour\",\"metadata\":\"m-1\"}}";
	static const struct wrong table[] = {
		{ "\"77\"", "77", "recipient.id is no id" },
		{ "\"messaging_type\":\"RESPONSE\",", "", "messaging_type is missing" },
		{ "RESPONSE", "MESSAGE_TAG", "go together" },
		{ "\"text\"", "\"txt\"", "message.text is missing" },
	};
	struct world *w = world(state);

	assert_int_equal(post(w, "/graph/v23.0/2555/messages", META, good), 200);
	assert_has(w->answer.buf, "{\"recipient_id\":\"77\",\"message_id\":\"m_");
	assert_last(w, "got", "got\tfacebook\t77\tm-1\t\tBonjour");
	assert_int_equal(post(w, "/graph/v23.0/2555/feed", META, "{\"message\":\"Soldes\"}"), 200);
	assert_has(w->answer.buf, "{\"id\":\"2555_9");
	assert_last(w, "post", "post\tfacebook\t2555\t\t\tSoldes");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_refused(w, "/graph/v23.0/2555/messages", META, good, table, ARRAY_SIZE(table), 400);
	assert_int_equal(post(w, "/graph/v23.0/2555/feed", META, "{}"), 400);
	assert_int_equal(post(w, "/graph/2555/feed", META, "{\"message\":\"Soldes\"}"), 404);
}

/* The id of an answer {"id":"9..."}. */
static void take_id(const struct world *w, char out[32])
{
	assert_int_equal(sscanf(w->answer.buf, "{\"id\":\"%31[0-9]\"}", out), 1);
}

static void instagram__publish__twice_is_once(void **state)
{
	struct world *w = world(state);
	char box[32], media[32], again[32], path[80], body[80];

	assert_int_equal(post(w, "/graph/v23.0/3555/media", META,
				 "{\"image_url\":\"https://ex.com/a.jpg\",\"caption\":\"Soldes\"}"),
		200);
	take_id(w, box);
	assert_int_equal(sim_run_count(&w->sim, "post", NULL), 0);
	snprintf(body, sizeof(body), "{\"creation_id\":\"%s\"}", box);
	assert_int_equal(post(w, "/graph/v23.0/3555/media_publish", META, body), 400);
	assert_has(w->answer.buf, "\"code\":9007,");
	snprintf(path, sizeof(path), "/graph/v23.0/%s?fields=status_code", box);
	assert_int_equal(ask(w, "GET", path, META, ""), 200);
	assert_has(w->answer.buf, "{\"status_code\":\"IN_PROGRESS\"");
	assert_int_equal(ask(w, "GET", path, META, ""), 200);
	assert_has(w->answer.buf, "{\"status_code\":\"FINISHED\"");
	assert_int_equal(post(w, "/graph/v23.0/3555/media_publish", META, body), 200);
	take_id(w, media);
	assert_int_equal(post(w, "/graph/v23.0/3555/media_publish", META, body), 200);
	take_id(w, again);
	assert_string_equal(media, again);
	assert_int_equal(sim_run_count(&w->sim, "post", "instagram"), 1);
	assert_int_equal(ask(w, "GET", path, META, ""), 200);
	assert_has(w->answer.buf, "{\"status_code\":\"PUBLISHED\"");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	assert_int_equal(post(w, "/graph/v23.0/3555/media", META, "{\"caption\":\"Soldes\"}"), 400);
}

static void faults__hints__are_told_in_each_provider_s_way(void **state)
{
	struct world *w = world(state);
	const char *good = or_good;

	sim_run_fault(&w->sim, "provider=all&mode=429&hint=90&count=3");
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 429);
	assert_has(w->head.buf, "X-RateLimit-Reset: 1");
	assert_has(w->answer.buf, "\"message\":\"too many requests\"");
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 429);
	assert_has(w->answer.buf, "{\"code\":20429,");
	assert_int_equal(post(w, "/graph/v23.0/1555/messages", META, wa_good), 429);
	assert_has(w->head.buf, "\"estimated_time_to_regain_access\":2}");
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 0);
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 200);
	sim_run_fault(&w->sim, "provider=sendgrid&mode=quota&count=1");
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 401);
	assert_has(w->answer.buf, "Maximum credits exceeded");
	sim_run_fault(&w->sim, "provider=orange&mode=quota");
	assert_int_equal(post(w, OR_SEND, OR, good), 403);
	assert_has(w->answer.buf, "\"policyException\":{\"messageId\":\"POL0001\"");
	sim_run_clear(&w->sim);
	sim_run_fault(&w->sim, "provider=orange&mode=expired");
	assert_int_equal(post(w, OR_SEND, OR, good), 401);
	assert_has(w->answer.buf, "{\"code\":42,");
	assert_int_equal(post(w, OR_SEND, OR, good), 401);
	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 200);
	assert_int_equal(
		post(w, OR_SEND, JSON "Authorization: Bearer orange-token-2\r\n", good), 201);
	sim_run_fault(&w->sim, "provider=twilio&mode=503&hint=7&count=1");
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 503);
	assert_has(w->head.buf, "Retry-After: 7\r\n");
	sim_run_fault(&w->sim, "provider=twilio&mode=502&count=1");
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 502);
	assert_has(w->answer.buf, "<center>nginx</center>");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
}

static void faults__lost_answers__were_received_or_not(void **state)
{
	static const struct {
		const char *mode;
		int status;
		size_t received;
	} table[] = {
		{ "hang", 0, 1 },
		{ "hang_before", 0, 0 },
		{ "close", 0, 1 },
		{ "close_before", 0, 0 },
		{ "garbage", 201, 1 },
		{ "slow&ms=50", 201, 1 },
		{ "500", 500, 0 },
		{ "500bare", 500, 0 },
		{ "401", 401, 0 },
		{ "403", 403, 0 },
	};
	struct world *w = world(state);
	char order[80];

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		size_t before = sim_run_count(&w->sim, "got", NULL);

		snprintf(order, sizeof(order), "provider=twilio&count=1&mode=%s", table[i].mode);
		sim_run_fault(&w->sim, order);
		assert_int_equal(post(w, TW_SEND, TW, tw_good), table[i].status);
		assert_int_equal(sim_run_count(&w->sim, "got", NULL) - before, table[i].received);
	}
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	sim_run_clear(&w->sim);
	for (int tries = 0; tries < 100; tries++) { /* those that hung are broken off */
		assert_int_equal(ask(w, "GET", "/_sim/stats", "", ""), 200);
		if (strstr(w->answer.buf, "\"requests\":11,\"inflight\":0"))
			break;
	}
	assert_has(w->answer.buf, "\"twilio\":{\"received\":5,\"unique\":1,\"duplicates\":4,");
	assert_has(w->answer.buf, "\"requests\":11,\"inflight\":0}");
}

static void faults__count__after_and_every(void **state)
{
	static const int expected[] = { 201, 201, 201, 500, 201, 500, 201, 201 };
	struct world *w = world(state);

	sim_run_fault(&w->sim, "provider=twilio&mode=500&after=2&every=2&count=2");
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++)
		assert_int_equal(post(w, TW_SEND, TW, tw_good), expected[i]);
	sim_run_fault(&w->sim, "provider=twilio&mode=500&address=%2B22670000001");
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	sim_run_fault(&w->sim, "provider=twilio&mode=reject&address=%2B22670000000&code=21610");
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 400);
	assert_has(w->answer.buf, "{\"code\":21610,");
	assert_int_equal(post(w, "/_sim/fault?mode=nonsense", "", ""), 400);
	assert_int_equal(post(w, "/_sim/fault?mode=reject", "", ""), 400);
}

static int smtp_open(struct world *w)
{
	struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(w->sim.smtp) };
	struct timeval limit = { .tv_sec = 2 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (struct sockaddr *)&there, sizeof(there)), 0);
	return fd;
}

/* Says it all at once (pipelining), reads until the line that begins with `last`, or
 * the end of the connection. */
static void smtp_talk(struct world *w, const char *said, const char *last)
{
	int fd = smtp_open(w);
	char piece[512];
	ssize_t n;

	strbuf_clear(&w->answer);
	assert_int_equal(send(fd, said, strlen(said), MSG_NOSIGNAL), (ssize_t)strlen(said));
	while (!strstr(w->answer.buf, last) && (n = recv(fd, piece, sizeof(piece), 0)) > 0)
		strbuf_add(&w->answer, piece, (size_t)n);
	close(fd);
}

#define SMTP_HELLO                                                                                 \
	"EHLO me\r\nAUTH PLAIN AHNtdHAtdXNlcgBzbXRwLXBhc3M=\r\nMAIL FROM:<b@example.com>\r\n"      \
	"RCPT TO:<alex@example.com>\r\nDATA\r\n"
#define SMTP_HEAD                                                                                  \
	"Date: Sun, 22 Nov 2026 14:00:00 +0000\r\nMessage-ID: <m-1.x@example.com>\r\n"             \
	"From: Shop <news@example.com>\r\nTo: Alex <alex@example.com>\r\n"                         \
	"Subject: =?UTF-8?Q?Caf=C3=A9?=\r\n =?UTF-8?B?IG5vaXI=?=\r\nMIME-Version: 1.0\r\n"
#define SMTP_BODY                                                                                  \
	"Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n"                     \
	"Content-Type: text/plain; charset=utf-8\r\n"                                              \
	"Content-Transfer-Encoding: quoted-printable\r\n\r\nBonj=\r\nour "                         \
	"Zo=C3=A9\r\n..\r\n--b1\r\n"                                                               \
	"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"      \
	"PHA+WjwvcD4=\r\n--b1--\r\n"
#define SMTP_BYE ".\r\nQUIT\r\n"

static void smtp__send__a_person_reads_the_plain_part(void **state)
{
	struct world *w = world(state);

	smtp_talk(w, SMTP_HELLO SMTP_HEAD SMTP_BODY SMTP_BYE, "\n221");
	assert_has(w->answer.buf, "\n235 2.7.0 ");
	assert_has(w->answer.buf, "\n250 2.0.0 Ok: queued as ");
	assert_last(w, "got",
		"got\tsmtp\talex@example.com\t<m-1.x@example.com>\tCafé noir\tBonjour Zoé\\n.");
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	smtp_talk(w, "EHLO me\r\nAUTH PLAIN AGEAYg==\r\nMAIL FROM:<b@example.com>\r\nQUIT\r\n",
		"\n221");
	assert_has(w->answer.buf, "\n535 5.7.8 ");
	assert_has(w->answer.buf, "\n530 5.7.0 ");
	smtp_talk(w, "EHLO me\r\nAUTH LOGIN\r\nc210cC11c2Vy\r\nc210cC1wYXNz\r\nQUIT\r\n", "\n221");
	assert_has(w->answer.buf, "\n235 2.7.0 ");
}

static void smtp__send__refuses_what_breaks_the_rules(void **state)
{
	static const struct wrong table[] = {
		{ "=C3=A9", "\xc3\xa9", "a byte over 127 in the headers" },
		{ "MIME-Version: 1.0\r\n", "", "MIME-Version does not stand there once" },
		{ "Sun, 22 Nov", "22/11", "Date is not as in RFC 5322" },
		{ "To: Alex <alex@", "To: Alex <bo@", "the recipient alex@example.com" },
		{ "From: ", "List-Unsubscribe: <https://ex.com/u>\r\nFrom: ", "go together" },
		{ "<m-1.x@example.com>", "m-1", "Message-ID is not <left@right>" },
		{ "IG5vaXI=", "IG5vaXI", "cannot be decoded" },
		{ "--b1--", "--b2--", "not closed" },
		{ "our Zo", "our\nZo", "does not end with CR LF" },
		{ "DATA", "RCPT TO:<bo@example.com>\r\nDATA", "2 recipients in one transaction" },
	};
	static const char good[] = SMTP_HELLO SMTP_HEAD SMTP_BODY SMTP_BYE;
	struct world *w = world(state);

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf lines = STRBUF_INIT;
		char *said = replaced(good, table[i].what, table[i].with);

		smtp_talk(w, said, "\n221");
		assert_has(w->answer.buf, "\n554 5.6.0 ");
		sim_run_lines(&w->sim, "violation", "smtp", &lines);
		assert_has(lines.buf, table[i].reason);
		strbuf_release(&lines);
		free(said);
	}
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 0);
}

/* Failover: another provider of the channel reaches the same person. */
static void sim__twice__counts_across_providers(void **state)
{
	struct world *w = world(state);

	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	assert_int_equal(post(w, "/graph/v23.0/1555/messages", META, wa_good), 200);
	assert_int_equal(post(w, SG_SEND, SG, sg_good), 202);
	assert_int_equal(sim_run_twice(&w->sim), 0);
	assert_int_equal(
		post(w, "/orange/oauth/v3/token", OR_BASIC, "grant_type=client_credentials"), 200);
	assert_int_equal(post(w, OR_SEND, OR, or_good), 201);
	assert_int_equal(sim_run_twice(&w->sim), 1);
	smtp_talk(w, SMTP_HELLO SMTP_HEAD SMTP_BODY SMTP_BYE, "\n221");
	assert_int_equal(sim_run_twice(&w->sim), 2);
	assert_int_equal(ask(w, "GET", "/_sim/stats", "", ""), 200);
	assert_has(w->answer.buf, "\"orange\":{\"received\":1,\"unique\":0,\"duplicates\":1,");
	assert_has(w->answer.buf, "\"whatsapp\":{\"received\":1,\"unique\":1,\"duplicates\":0,");
}

static void smtp__faults__at_each_point(void **state)
{
	static const struct {
		const char *order, *answer;
		size_t received;
	} table[] = {
		{ "mode=reject&address=alex@example.com", "\n550 5.1.1 ", 0 },
		{ "mode=reject&address=alex@example.com&code=450", "\n450 4.2.1 ", 0 },
		{ "mode=greeting", "421 4.3.2 ", 0 },
		{ "mode=mail", "\n451 4.3.0 ", 0 },
		{ "mode=data&code=452", "\n452 4.3.1 ", 0 },
		{ "mode=final&code=554", "\n554 5.7.1 ", 0 },
		{ "mode=drop", "\n354 End data", 1 },
		{ "mode=close_before", "\n354 End data", 0 },
	};
	struct world *w = world(state);
	char order[128];

	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		size_t before = sim_run_count(&w->sim, "got", NULL);

		snprintf(order, sizeof(order), "provider=smtp&count=1&%s", table[i].order);
		sim_run_fault(&w->sim, order);
		smtp_talk(w, SMTP_HELLO SMTP_HEAD SMTP_BODY SMTP_BYE, "\n221");
		assert_has(w->answer.buf, table[i].answer);
		assert_null(strstr(w->answer.buf, "queued as"));
		assert_int_equal(sim_run_count(&w->sim, "got", NULL) - before, table[i].received);
	}
	assert_int_equal(sim_run_count(&w->sim, "denied", NULL), 0);
}

static void sim__clients__may_break_off_anywhere(void **state)
{
	struct world *w = world(state);
	struct strbuf request = STRBUF_INIT;
	struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(w->sim.http) };

	there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	strbuf_addf(&request, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n%s\r\n%s",
		TW_SEND, strlen(tw_good), TW, tw_good);
	for (size_t cut = 1; cut < request.len; cut += 13) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		struct linger hard = { .l_onoff = 1 };

		assert_int_equal(connect(fd, (struct sockaddr *)&there, sizeof(there)), 0);
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
		assert_true(send(fd, request.buf, cut, MSG_NOSIGNAL) > 0);
		close(fd);
	}
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 0);
	assert_int_equal(post(w, TW_SEND, TW, tw_good), 201);
	assert_int_equal(sim_run_count(&w->sim, "got", NULL), 1);
	assert_int_equal(sim_run_count(&w->sim, "violation", NULL), 0);
	/* What was answered is on the record, however the simulator ends. */
	kill(w->sim.pid, SIGKILL);
	assert_last(w, "got", "got\ttwilio\t+22670000000\tm-1\t\tBonjour Zoé");
	strbuf_release(&request);
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ONE(sendgrid__send__writes_down_what_each_person_reads),
		ONE(sendgrid__send__refuses_what_breaks_the_contract),
		ONE(sendgrid__send__takes_a_thousand_and_no_more),
		cmocka_unit_test_setup_teardown(
			sendgrid__cheap__counts_recipients, setup_cheap, teardown),
		ONE(twilio__send__one_text_that_can_be_found_again),
		ONE(twilio__send__refuses_what_breaks_the_contract),
		ONE(orange__send__wants_a_token_that_lives),
		ONE(orange__send__refuses_what_breaks_the_contract),
		ONE(mtn__send__success_is_a_field),
		ONE(mailchimp__send__each_has_a_fate_of_its_own),
		ONE(whatsapp__send__templates_and_texts),
		ONE(facebook__send__messages_and_posts),
		ONE(instagram__publish__twice_is_once),
		ONE(faults__hints__are_told_in_each_provider_s_way),
		ONE(faults__lost_answers__were_received_or_not),
		ONE(faults__count__after_and_every),
		ONE(smtp__send__a_person_reads_the_plain_part),
		ONE(smtp__send__refuses_what_breaks_the_rules),
		ONE(smtp__faults__at_each_point),
		ONE(sim__twice__counts_across_providers),
		ONE(sim__clients__may_break_off_anywhere),
	};

	return cmocka_run_group_tests_name("sim", tests, NULL, NULL);
}
