#include "country.h"

#include "compiler.h"
#include "i18n.h"

/* clang-format off */
/* iso, name, code, min, max, trunk, trunk_kept, starts, old, groups, currency, time_zone, language */
static const struct country countries[] = {
	{ "DZ", N_("Algeria"), 213, 8, 9, '0', false, "", "", "", "DZD", "Africa/Algiers", LANG_FR },
	{ "AD", N_("Andorra"), 376, 6, 9, 0, false, "", "", "", "EUR", "Europe/Andorra", LANG_FR },
	{ "AO", N_("Angola"), 244, 9, 9, 0, false, "", "", "333", "AOA", "Africa/Luanda", LANG_EN },
	{ "AT", N_("Austria"), 43, 4, 13, '0', false, "", "", "", "EUR", "Europe/Vienna", LANG_EN },
	{ "BE", N_("Belgium"), 32, 8, 9, '0', false, "", "", "", "EUR", "Europe/Brussels", LANG_FR },
	{ "BJ", N_("Benin"), 229, 10, 10, '0', true, "01", "8:01", "", "XOF", "Africa/Porto-Novo", LANG_FR },
	{ "BR", N_("Brazil"), 55, 10, 11, '0', false, "", "", "", "BRL", "America/Sao_Paulo", LANG_EN },
	{ "BF", N_("Burkina Faso"), 226, 8, 8, 0, false, "", "", "", "XOF", "Africa/Ouagadougou", LANG_FR },
	{ "BI", N_("Burundi"), 257, 8, 8, 0, false, "", "", "", "BIF", "Africa/Bujumbura", LANG_FR },
	{ "CM", N_("Cameroon"), 237, 9, 9, 0, false, "", "", "12222", "XAF", "Africa/Douala", LANG_FR },
	{ "CA", N_("Canada"), 1, 10, 10, '1', false, "", "", "334", "CAD", "America/Toronto", LANG_FR },
	{ "CV", N_("Cape Verde"), 238, 7, 7, 0, false, "", "", "322", "CVE", "Atlantic/Cape_Verde", LANG_FR },
	{ "CF", N_("Central African Republic"), 236, 8, 8, 0, false, "", "", "", "XAF", "Africa/Bangui", LANG_FR },
	{ "TD", N_("Chad"), 235, 8, 8, 0, false, "", "", "", "XAF", "Africa/Ndjamena", LANG_FR },
	{ "CN", N_("China"), 86, 10, 11, '0', false, "", "", "344", "CNY", "Asia/Shanghai", LANG_EN },
	{ "KM", N_("Comoros"), 269, 7, 7, 0, false, "", "", "322", "KMF", "Indian/Comoro", LANG_FR },
	{ "CG", N_("Congo"), 242, 9, 9, '0', true, "", "", "2322", "XAF", "Africa/Brazzaville", LANG_FR },
	{ "CI", N_("Côte d’Ivoire"), 225, 10, 10, '0', true, "01 05 07 21 25 27", "", "", "XOF", "Africa/Abidjan", LANG_FR },
	{ "CD", N_("Democratic Republic of the Congo"), 243, 7, 9, '0', false, "", "", "433", "CDF", "Africa/Kinshasa", LANG_FR },
	{ "DK", N_("Denmark"), 45, 8, 8, 0, false, "", "", "", "DKK", "Europe/Copenhagen", LANG_EN },
	{ "DJ", N_("Djibouti"), 253, 8, 8, 0, false, "", "", "", "DJF", "Africa/Djibouti", LANG_FR },
	{ "EG", N_("Egypt"), 20, 8, 10, '0', false, "", "", "434", "EGP", "Africa/Cairo", LANG_EN },
	{ "GQ", N_("Equatorial Guinea"), 240, 9, 9, 0, false, "", "", "333", "XAF", "Africa/Malabo", LANG_FR },
	{ "ET", N_("Ethiopia"), 251, 9, 9, '0', false, "", "", "334", "ETB", "Africa/Addis_Ababa", LANG_EN },
	{ "FR", N_("France"), 33, 9, 9, '0', false, "", "", "", "EUR", "Europe/Paris", LANG_FR },
	{ "GF", N_("French Guiana"), 594, 9, 9, '0', false, "", "", "", "EUR", "America/Cayenne", LANG_FR },
	{ "PF", N_("French Polynesia"), 689, 8, 8, 0, false, "", "", "", "XPF", "Pacific/Tahiti", LANG_FR },
	{ "GA", N_("Gabon"), 241, 8, 8, '0', false, "", "", "", "XAF", "Africa/Libreville", LANG_FR },
	{ "GM", N_("Gambia"), 220, 7, 7, 0, false, "", "", "34", "GMD", "Africa/Banjul", LANG_EN },
	{ "DE", N_("Germany"), 49, 6, 11, '0', false, "", "", "", "EUR", "Europe/Berlin", LANG_EN },
	{ "GH", N_("Ghana"), 233, 9, 9, '0', false, "", "", "334", "GHS", "Africa/Accra", LANG_EN },
	{ "GR", N_("Greece"), 30, 10, 10, 0, false, "", "", "334", "EUR", "Europe/Athens", LANG_EN },
	{ "GP", N_("Guadeloupe"), 590, 9, 9, '0', false, "", "", "4222", "EUR", "America/Guadeloupe", LANG_FR },
	{ "GN", N_("Guinea"), 224, 8, 9, 0, false, "", "", "3222", "GNF", "Africa/Conakry", LANG_FR },
	{ "GW", N_("Guinea-Bissau"), 245, 9, 9, 0, false, "", "", "333", "XOF", "Africa/Bissau", LANG_FR },
	{ "HT", N_("Haiti"), 509, 8, 8, 0, false, "", "", "", "HTG", "America/Port-au-Prince", LANG_FR },
	{ "IN", N_("India"), 91, 10, 10, '0', false, "", "", "56", "INR", "Asia/Kolkata", LANG_EN },
	{ "IE", N_("Ireland"), 353, 7, 9, '0', false, "", "", "334", "EUR", "Europe/Dublin", LANG_EN },
	{ "IT", N_("Italy"), 39, 6, 11, '0', true, "", "", "334", "EUR", "Europe/Rome", LANG_EN },
	{ "KE", N_("Kenya"), 254, 7, 9, '0', false, "", "", "433", "KES", "Africa/Nairobi", LANG_EN },
	{ "LB", N_("Lebanon"), 961, 7, 8, '0', false, "", "", "233", "LBP", "Asia/Beirut", LANG_FR },
	{ "LR", N_("Liberia"), 231, 7, 9, '0', false, "", "", "433", "LRD", "Africa/Monrovia", LANG_EN },
	{ "LY", N_("Libya"), 218, 9, 9, '0', false, "", "", "37", "LYD", "Africa/Tripoli", LANG_EN },
	{ "LU", N_("Luxembourg"), 352, 4, 11, 0, false, "", "", "333", "EUR", "Europe/Luxembourg", LANG_FR },
	{ "MG", N_("Madagascar"), 261, 9, 9, '0', false, "", "", "3232", "MGA", "Indian/Antananarivo", LANG_FR },
	{ "ML", N_("Mali"), 223, 8, 8, 0, false, "", "", "", "XOF", "Africa/Bamako", LANG_FR },
	{ "MQ", N_("Martinique"), 596, 9, 9, '0', false, "", "", "4222", "EUR", "America/Martinique", LANG_FR },
	{ "MR", N_("Mauritania"), 222, 8, 8, 0, false, "", "", "", "MRU", "Africa/Nouakchott", LANG_FR },
	{ "MU", N_("Mauritius"), 230, 7, 8, 0, false, "", "", "44", "MUR", "Indian/Mauritius", LANG_FR },
	{ "YT", N_("Mayotte"), 262, 9, 9, '0', false, "", "", "4222", "EUR", "Indian/Mayotte", LANG_FR },
	{ "MC", N_("Monaco"), 377, 8, 9, '0', false, "", "", "", "EUR", "Europe/Monaco", LANG_FR },
	{ "MA", N_("Morocco"), 212, 9, 9, '0', false, "", "", "", "MAD", "Africa/Casablanca", LANG_FR },
	{ "MZ", N_("Mozambique"), 258, 8, 9, 0, false, "", "", "234", "MZN", "Africa/Maputo", LANG_EN },
	{ "NL", N_("Netherlands"), 31, 9, 9, '0', false, "", "", "", "EUR", "Europe/Amsterdam", LANG_EN },
	{ "NC", N_("New Caledonia"), 687, 6, 6, 0, false, "", "", "", "XPF", "Pacific/Noumea", LANG_FR },
	{ "NE", N_("Niger"), 227, 8, 8, 0, false, "", "", "", "XOF", "Africa/Niamey", LANG_FR },
	{ "NG", N_("Nigeria"), 234, 8, 10, '0', false, "", "", "434", "NGN", "Africa/Lagos", LANG_EN },
	{ "NO", N_("Norway"), 47, 8, 8, 0, false, "", "", "", "NOK", "Europe/Oslo", LANG_EN },
	{ "PL", N_("Poland"), 48, 9, 9, 0, false, "", "", "333", "PLN", "Europe/Warsaw", LANG_EN },
	{ "PT", N_("Portugal"), 351, 9, 9, 0, false, "", "", "333", "EUR", "Europe/Lisbon", LANG_FR },
	{ "RE", N_("Réunion"), 262, 9, 9, '0', false, "", "", "4222", "EUR", "Indian/Reunion", LANG_FR },
	{ "RO", N_("Romania"), 40, 9, 9, '0', false, "", "", "433", "RON", "Europe/Bucharest", LANG_FR },
	{ "RU", N_("Russia"), 7, 10, 10, '8', false, "", "", "", "RUB", "Europe/Moscow", LANG_EN },
	{ "RW", N_("Rwanda"), 250, 9, 9, '0', false, "", "", "433", "RWF", "Africa/Kigali", LANG_FR },
	{ "BL", N_("Saint Barthélemy"), 590, 9, 9, '0', false, "", "", "4222", "EUR", "America/St_Barthelemy", LANG_FR },
	{ "MF", N_("Saint Martin"), 590, 9, 9, '0', false, "", "", "4222", "EUR", "America/Marigot", LANG_FR },
	{ "PM", N_("Saint Pierre and Miquelon"), 508, 6, 9, '0', false, "", "", "", "EUR", "America/Miquelon", LANG_FR },
	{ "ST", N_("São Tomé and Príncipe"), 239, 7, 7, 0, false, "", "", "322", "STN", "Africa/Sao_Tome", LANG_FR },
	{ "SA", N_("Saudi Arabia"), 966, 9, 9, '0', false, "", "", "334", "SAR", "Asia/Riyadh", LANG_EN },
	{ "SN", N_("Senegal"), 221, 9, 9, 0, false, "", "", "2322", "XOF", "Africa/Dakar", LANG_FR },
	{ "SC", N_("Seychelles"), 248, 7, 7, 0, false, "", "", "133", "SCR", "Indian/Mahe", LANG_FR },
	{ "SL", N_("Sierra Leone"), 232, 8, 8, '0', false, "", "", "36", "SLE", "Africa/Freetown", LANG_EN },
	{ "ZA", N_("South Africa"), 27, 9, 9, '0', false, "", "", "334", "ZAR", "Africa/Johannesburg", LANG_EN },
	{ "ES", N_("Spain"), 34, 9, 9, 0, false, "", "", "333", "EUR", "Europe/Madrid", LANG_EN },
	{ "SE", N_("Sweden"), 46, 7, 9, '0', false, "", "", "3322", "SEK", "Europe/Stockholm", LANG_EN },
	{ "CH", N_("Switzerland"), 41, 9, 9, '0', false, "", "", "3322", "CHF", "Europe/Zurich", LANG_FR },
	{ "TZ", N_("Tanzania"), 255, 9, 9, '0', false, "", "", "433", "TZS", "Africa/Dar_es_Salaam", LANG_EN },
	{ "TG", N_("Togo"), 228, 8, 8, 0, false, "", "", "", "XOF", "Africa/Lome", LANG_FR },
	{ "TN", N_("Tunisia"), 216, 8, 8, 0, false, "", "", "233", "TND", "Africa/Tunis", LANG_FR },
	{ "TR", N_("Turkey"), 90, 10, 10, '0', false, "", "", "4322", "TRY", "Europe/Istanbul", LANG_EN },
	{ "UG", N_("Uganda"), 256, 9, 9, '0', false, "", "", "433", "UGX", "Africa/Kampala", LANG_EN },
	{ "AE", N_("United Arab Emirates"), 971, 8, 9, '0', false, "", "", "334", "AED", "Asia/Dubai", LANG_EN },
	{ "GB", N_("United Kingdom"), 44, 9, 10, '0', false, "", "", "56", "GBP", "Europe/London", LANG_EN },
	{ "US", N_("United States"), 1, 10, 10, '1', false, "", "", "334", "USD", "America/New_York", LANG_EN },
	{ "VN", N_("Vietnam"), 84, 9, 10, '0', false, "", "", "433", "VND", "Asia/Ho_Chi_Minh", LANG_FR },
	{ "WF", N_("Wallis and Futuna"), 681, 6, 6, 0, false, "", "", "", "XPF", "Pacific/Wallis", LANG_FR },
	{ "ZM", N_("Zambia"), 260, 9, 9, '0', false, "", "", "433", "ZMW", "Africa/Lusaka", LANG_EN },
};
/* clang-format on */

/* The main country of a calling code that several share. */
static const char *const main_of_code[] = { "US", "RE", "GP" };

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const struct country *country_find(const char *iso)
{
	if (!iso[0] || !iso[1] || iso[2])
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(countries); i++)
		if (countries[i].iso[0] == upper(iso[0]) && countries[i].iso[1] == upper(iso[1]))
			return &countries[i];
	return NULL;
}

static bool is_main(const struct country *c)
{
	for (size_t i = 0; i < ARRAY_SIZE(main_of_code); i++)
		if (c->iso[0] == main_of_code[i][0] && c->iso[1] == main_of_code[i][1])
			return true;
	return false;
}

const struct country *country_of_code(int code)
{
	const struct country *first = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(countries); i++) {
		const struct country *c = &countries[i];

		if (c->code == code && is_main(c))
			return c;
		if (c->code == code && !first)
			first = c;
	}
	return first;
}

/* No calling code is the head of another, so the first that fits is the one. */
const struct country *country_of_digits(const char *digits, size_t *taken)
{
	int code = 0;

	for (size_t n = 0; n < 3 && digits[n] >= '0' && digits[n] <= '9'; n++) {
		const struct country *c;

		code = code * 10 + (digits[n] - '0');
		c = code ? country_of_code(code) : NULL;
		if (c && digits[0] != '0') {
			*taken = n + 1;
			return c;
		}
	}
	return NULL;
}

const char *country_of_address(const char *address, const char *home)
{
	const struct country *own = country_find(home), *country;
	size_t taken;

	if (*address != '+')
		return home;
	country = country_of_digits(address + 1, &taken);
	if (!country)
		return "";
	/* Several countries share a code; one's own is the likeliest. */
	return own && country->code == own->code ? own->iso : country->iso;
}

const struct country *country_at(size_t i)
{
	return i < ARRAY_SIZE(countries) ? &countries[i] : NULL;
}
