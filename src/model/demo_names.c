#include "demo_names.h"

#include "compiler.h"

/* clang-format off */
#define LIST(array) { (array), ARRAY_SIZE(array) }

static const char *const christian_men[] = {
	"Jean", "Paul", "Joseph", "Emmanuel", "Pierre", "Michel", "André", "François",
	"Alain", "Bernard", "Étienne", "Gérard", "Hervé", "Justin", "Laurent", "Marcel",
	"Mathias", "Norbert", "Pascal", "Raphaël", "Serge", "Théodore", "Urbain", "Victor",
	"Yves", "Zacharie", "Anselme", "Blaise", "Célestin", "Désiré", "Édouard", "Firmin",
	"Gaston", "Hilaire", "Innocent", "Jérémie", "Léonard", "Moïse", "Noël", "Prosper",
};
static const char *const christian_women[] = {
	"Marie", "Jeanne", "Thérèse", "Françoise", "Cécile", "Élisabeth", "Bernadette",
	"Noëlie", "Rosalie", "Clarisse", "Georgette", "Pauline", "Béatrice", "Florence",
	"Esther", "Rachel", "Sandrine", "Édith", "Alice", "Solange", "Léontine", "Delphine",
	"Angèle", "Irène", "Brigitte", "Véronique", "Joséphine", "Odile", "Estelle", "Inès",
	"Viviane", "Christelle", "Mireille", "Sylvie", "Colette", "Henriette", "Lucie",
	"Victorine", "Yvette", "Germaine",
};
static const char *const muslim_men[] = {
	"Moussa", "Issa", "Ibrahim", "Ousmane", "Amadou", "Abdoulaye", "Mamadou", "Adama",
	"Boukary", "Idrissa", "Souleymane", "Salif", "Hamidou", "Rasmané", "Seydou",
	"Yacouba", "Harouna", "Lassané", "Oumar", "Alassane", "Drissa", "Bakary", "Modibo",
	"Cheick", "Aboubacar", "Mahamadi", "Saïdou", "Soumaïla", "Karim", "Ismaël", "Daouda",
	"Madi", "Inoussa", "Tidiane", "Sékou", "Zakaria", "Youssouf", "Mohamed", "Abdoul",
	"Bassirou",
};
static const char *const muslim_women[] = {
	"Aminata", "Fatimata", "Awa", "Mariam", "Salimata", "Aïcha", "Fatoumata", "Rokia",
	"Kadidia", "Ramata", "Safiatou", "Zénabou", "Assétou", "Djénéba", "Alimata",
	"Habibou", "Rasmata", "Maïmouna", "Bintou", "Oumou", "Nafissatou", "Adjaratou",
	"Rahinatou", "Azèta", "Balkissa", "Hawa", "Binta", "Kady", "Hadiza", "Zeinabou",
	"Rabi", "Halimatou", "Sakinatou", "Roukiatou", "Mariétou", "Korotimi", "Sita",
	"Nana", "Haoua", "Ramatoulaye",
};
static const char *const mossi_men[] = {
	"Wendpanga", "Kiswendsida", "Wendyam", "Raogo", "Tiga", "Noaga", "Tibo", "Sibiri",
	"Lamoussa", "Arzouma",
};
static const char *const mossi_women[] = {
	"Pengdwendé", "Wendkouni", "Poko", "Téné", "Nopoko", "Tipoko", "Lamoussa",
	"Wendlasida", "Yempoko", "Rasmata",
};
static const char *const akan_men[] = {
	"Kouadio", "Yao", "Koffi", "Konan", "Kouamé", "N'Dri", "Kouakou", "Brou", "Assi",
	"Ehui",
};
static const char *const akan_women[] = {
	"Adjoua", "Amenan", "Aya", "Affoué", "Akissi", "Ahou", "Amoin", "N'Goran", "Aman",
	"Akoua",
};
static const char *const wolof_men[] = {
	"Modou", "Cheikh", "Pape", "Babacar", "Serigne", "Mor", "Ibou", "Aliou", "Assane",
	"Ndiaga",
};
static const char *const wolof_women[] = {
	"Fatou", "Ndèye", "Coumba", "Astou", "Khady", "Mame", "Sokhna", "Yacine", "Adja",
	"Marème",
};
static const char *const gulf_men[] = {
	"Kossi", "Koffi", "Kodjo", "Komlan", "Kokou", "Yaovi", "Sènan", "Codjo", "Mawuli",
	"Edem",
};
static const char *const gulf_women[] = {
	"Afi", "Ama", "Akossiwa", "Adjo", "Abla", "Akouvi", "Essi", "Dédé", "Sika", "Enyonam",
};
static const char *const french_men[] = {
	"Jean", "Pierre", "Nicolas", "Julien", "Thomas", "Philippe", "Antoine", "Louis",
	"Luc", "Mathieu", "Hugo", "Gérard", "Sébastien", "Frédéric", "Rémi", "Loïc", "Cédric",
	"Benoît", "Jérôme", "Étienne", "Gaël", "Maël", "Joël", "Grégoire", "Aurélien",
};
static const char *const french_women[] = {
	"Marie", "Camille", "Sophie", "Claire", "Nathalie", "Élodie", "Chloé", "Léa", "Manon",
	"Anaïs", "Hélène", "Céline", "Aurélie", "Émilie", "Noémie", "Zoé", "Agnès",
	"Catherine", "Isabelle", "Françoise", "Maëlle", "Joëlle", "Gaëlle", "Solène",
	"Clémence",
};

const struct demo_list demo_given[POOL_COUNT][2] = {
	[POOL_CHRISTIAN] = { LIST(christian_men), LIST(christian_women) },
	[POOL_MUSLIM] = { LIST(muslim_men), LIST(muslim_women) },
	[POOL_MOSSI] = { LIST(mossi_men), LIST(mossi_women) },
	[POOL_AKAN] = { LIST(akan_men), LIST(akan_women) },
	[POOL_WOLOF] = { LIST(wolof_men), LIST(wolof_women) },
	[POOL_GULF] = { LIST(gulf_men), LIST(gulf_women) },
	[POOL_FRENCH] = { LIST(french_men), LIST(french_women) },
};

static const char *const families_bf[] = {
	"Ouédraogo", "Sawadogo", "Kaboré", "Traoré", "Compaoré", "Zongo", "Sanou", "Nikiéma",
	"Tapsoba", "Ilboudo", "Kafando", "Konaté", "Zoungrana", "Diallo", "Ouattara", "Somé",
	"Kabré", "Congo", "Yaméogo", "Bationo", "Tiendrébéogo", "Sorgho", "Bamogo", "Belem",
	"Nacoulma", "Bonkoungou", "Guigma", "Kiemtoré", "Nana", "Nacro", "Ouoba", "Lompo",
	"Thiombiano", "Dabiré", "Hien", "Palé", "Kambou", "Da", "Millogo", "Toé", "Paré",
	"Zerbo", "Ki", "Bambara", "Bancé", "Zabré", "Barry", "Dicko", "Tall", "Porgo",
	"Rouamba", "Savadogo", "Simporé", "Soulama", "Tarnagda", "Yanogo", "Zida", "Zagré",
	"Kéré", "Koala",
};
static const char *const families_ci[] = {
	"Kouassi", "Koné", "Kouamé", "Coulibaly", "Koffi", "Ouattara", "Konan", "Touré",
	"Yao", "Bamba", "Kouadio", "N'Guessan", "Diomandé", "Soro", "Fofana", "Silué", "Brou",
	"Aka", "Assi", "Tanoh", "Gnagne", "Ehouman", "Dagnogo", "Doumbia", "Yapi", "Zadi",
	"Séry", "Lago", "Gnahoré", "Kacou",
};
static const char *const families_sn[] = {
	"Ndiaye", "Diop", "Fall", "Sarr", "Faye", "Gueye", "Sow", "Ba", "Diouf", "Sy", "Seck",
	"Mbaye", "Thiam", "Cissé", "Ndour", "Sène", "Niang", "Kane", "Diagne", "Samb",
	"Mbodj", "Dieng", "Lo", "Badji", "Sané", "Mendy", "Gomis", "Camara", "Tine", "Sagna",
};
static const char *const families_ml[] = {
	"Traoré", "Coulibaly", "Keïta", "Diarra", "Sissoko", "Koné", "Maïga", "Touré",
	"Sangaré", "Diakité", "Sidibé", "Dembélé", "Cissé", "Kouyaté", "Doumbia", "Dolo",
	"Guindo", "Togola", "Samaké", "Sacko", "Tangara", "Bagayoko", "Haïdara", "Ongoïba",
	"Sanogo", "Berthé", "Diawara", "Fofana", "Kanté", "Konaté",
};
static const char *const families_bj[] = {
	"Dossou", "Hounsou", "Houngbédji", "Adjovi", "Tossou", "Zinsou", "Agossou",
	"Akplogan", "Gbaguidi", "Hounkpatin", "Houessou", "Dansou", "Assogba", "Chabi", "Bio",
	"Adéoti", "Adékambi", "Amoussou", "Sossou", "Lokossou", "Vodounou", "Alapini",
	"Codjia", "Ahouansou", "Azonhiho",
};
static const char *const families_tg[] = {
	"Mensah", "Lawson", "Amouzou", "Akakpo", "Adjavon", "Agbéko", "Amegan", "Kpodar",
	"Ayité", "Attiogbé", "Dogbé", "Tchalla", "Kombaté", "Lamboni", "Agbodji", "Ekoué",
	"Folly", "Johnson", "d'Almeida", "Kodjo", "Tchagnao", "Kpatcha",
};
static const char *const families_ne[] = {
	"Moussa", "Abdou", "Garba", "Mahamadou", "Oumarou", "Hassane", "Harouna", "Saley",
	"Souley", "Amadou", "Boubacar", "Seyni", "Adamou", "Maman", "Idi", "Yacouba",
	"Salifou", "Hamani", "Soumana", "Djibo", "Tahirou", "Mounkaïla", "Zakari", "Laouali",
	"Ibro", "Kimba",
};
static const char *const families_fr[] = {
	"Martin", "Bernard", "Petit", "Robert", "Durand", "Dubois", "Moreau", "Laurent",
	"Simon", "Michel", "Lefèvre", "Lefebvre", "Leroy", "Roux", "Morel", "Fournier",
	"Girard", "Bonnet", "Dupont", "Lambert", "Fontaine", "Rousseau", "Vincent", "Faure",
	"Mercier", "Blanc", "Guérin", "Chevalier", "Perrin", "Gauthier", "Béranger",
	"Lemaître", "Hébert", "Noël", "Lacroix", "Marchand",
};

static const struct demo_city cities_bf[] = {
	{ "Ouagadougou", "", 100 }, { "Bobo-Dioulasso", "", 42 }, { "Koudougou", "", 9 },
	{ "Ouahigouya", "", 8 }, { "Banfora", "", 7 }, { "Kaya", "", 6 },
	{ "Tenkodogo", "", 4 }, { "Fada N'Gourma", "", 4 }, { "Houndé", "", 4 },
	{ "Dédougou", "", 3 }, { "Pô", "", 2 }, { "Gaoua", "", 2 }, { "Ziniaré", "", 2 },
	{ "Réo", "", 1 }, { "Léo", "", 1 }, { "Manga", "", 1 },
};
static const struct demo_city cities_ci[] = {
	{ "Abidjan", "", 60 }, { "Bouaké", "", 14 }, { "Yamoussoukro", "", 8 },
	{ "Daloa", "", 6 }, { "Korhogo", "", 6 }, { "San-Pédro", "", 6 },
	{ "Ferkessédougou", "", 3 }, { "Gagnoa", "", 3 },
};
static const struct demo_city cities_sn[] = {
	{ "Dakar", "", 60 }, { "Thiès", "", 14 }, { "Kaolack", "", 8 },
	{ "Saint-Louis", "", 8 }, { "Ziguinchor", "", 6 }, { "Touba", "", 6 },
};
static const struct demo_city cities_ml[] = {
	{ "Bamako", "", 60 }, { "Sikasso", "", 16 }, { "Ségou", "", 8 }, { "Kayes", "", 6 },
	{ "Koutiala", "", 6 }, { "Mopti", "", 4 },
};
static const struct demo_city cities_bj[] = {
	{ "Cotonou", "", 50 }, { "Porto-Novo", "", 20 }, { "Parakou", "", 14 },
	{ "Abomey-Calavi", "", 10 }, { "Natitingou", "", 4 },
};
static const struct demo_city cities_tg[] = {
	{ "Lomé", "", 60 }, { "Sokodé", "", 12 }, { "Kara", "", 10 }, { "Dapaong", "", 10 },
	{ "Atakpamé", "", 6 },
};
static const struct demo_city cities_ne[] = {
	{ "Niamey", "", 60 }, { "Maradi", "", 12 }, { "Zinder", "", 10 }, { "Dosso", "", 6 },
	{ "Tillabéri", "", 6 }, { "Tahoua", "", 6 },
};
static const struct demo_city cities_fr[] = {
	{ "Paris", "75011", 30 }, { "Lyon", "69003", 20 }, { "Marseille", "13002", 14 },
	{ "Toulouse", "31000", 8 }, { "Montreuil", "93100", 8 }, { "Lille", "59000", 6 },
	{ "Nantes", "44000", 6 }, { "Bordeaux", "33000", 6 }, { "Saint-Étienne", "42000", 4 },
};

static const struct demo_street streets_bf[] = {
	{ "Secteur ", "", 1, 55 }, { "01 BP ", "", 100, 6999 },
	{ "Avenue Kwamé N'Krumah, n° ", "", 1, 300 }, { "Rue 12.", "", 10, 99 },
	{ "Avenue de la Liberté, n° ", "", 1, 180 }, { "Quartier Dapoya, porte ", "", 1, 900 },
};
static const struct demo_street streets_west[] = {
	{ "BP ", "", 100, 6999 }, { "Rue ", "", 100, 899 }, { "Quartier du Plateau, lot ", "", 1, 400 },
	{ "Avenue de l'Indépendance, n° ", "", 1, 250 }, { "Marché central, boutique ", "", 1, 600 },
};
static const struct demo_street streets_fr[] = {
	{ "", " rue Victor-Hugo", 1, 120 }, { "", " avenue de la République", 1, 200 },
	{ "", " rue de la Gare", 1, 60 }, { "", " boulevard Gambetta", 1, 150 },
	{ "", " place du Marché", 1, 20 }, { "", " rue des Écoles", 1, 80 },
};

/* What follows a prefix is drawn at random. Only the French numbers are certain to
 * belong to nobody: their ranges are kept for fiction by the numbering plan (ARCEP,
 * decision 2018-0881). */
static const char *const mobile_bf[] = {
	"70", "71", "72", "73", "74", "75", "76", "77", "78", "60", "61", "62", "63", "64",
	"65", "66", "67", "51", "52", "53", "54", "55", "56", "57", "58",
};
static const char *const fixed_bf[] = { "25", "20", "24" };
static const char *const mobile_ci[] = {
	"0707", "0708", "0709", "0747", "0748", "0749", "0757", "0758", "0777", "0778",
	"0504", "0505", "0506", "0544", "0545", "0555", "0575", "0101", "0102", "0103",
	"0140", "0151", "0171",
};
static const char *const fixed_ci[] = { "2720", "2721", "2722" };
static const char *const mobile_sn[] = { "77", "78", "76", "70", "75" };
static const char *const fixed_sn[] = { "338", "339" };
static const char *const mobile_ml[] = {
	"76", "66", "70", "79", "65", "67", "69", "71", "72", "73", "74", "75", "77", "78",
};
static const char *const fixed_ml[] = { "20", "21" };
static const char *const mobile_bj[] = {
	"0197", "0196", "0195", "0194", "0190", "0161", "0162", "0166", "0167", "0169",
};
static const char *const fixed_bj[] = { "0121", "0120" };
static const char *const mobile_tg[] = {
	"90", "91", "92", "93", "96", "97", "98", "99", "70", "79",
};
static const char *const fixed_tg[] = { "22" };
static const char *const mobile_ne[] = {
	"96", "97", "98", "99", "90", "91", "92", "93", "94", "95", "88", "89",
};
static const char *const fixed_ne[] = { "20" };
static const char *const mobile_fr[] = { "063998" };
static const char *const fixed_fr[] = { "019900", "026191", "035301", "046571", "053649" };

static const char *const places_bf[] = {
	"Sahel", "Faso", "Volta", "Nakambé", "Savane", "Mouhoun", "Burkina", "Yennenga",
};
static const char *const places_ci[] = { "Ivoire", "Lagune", "Éburnie", "Comoé", "Savane" };
static const char *const places_sn[] = { "Teranga", "Sénégal", "Cayor", "Sahel", "Atlantique" };
static const char *const places_ml[] = { "Djoliba", "Mandé", "Sahel", "Niger", "Savane" };
static const char *const places_bj[] = { "Bénin", "Danxomè", "Littoral", "Ouémé", "Golfe" };
static const char *const places_tg[] = { "Golfe", "Togo", "Kéran", "Mono", "Savanes" };
static const char *const places_ne[] = { "Niger", "Ténéré", "Sahel", "Aïr", "Fleuve" };
static const char *const places_fr[] = { "Rhône", "Méditerranée", "Atlantique", "Europe Sud", "Garonne" };

const struct demo_country demo_countries[] = {
	{
		.iso = "BF", .share = 62,
		.families = LIST(families_bf),
		.pools = { [POOL_CHRISTIAN] = 40, [POOL_MUSLIM] = 52, [POOL_MOSSI] = 8 },
		.mobile = { LIST(mobile_bf), 6 }, .fixed = { LIST(fixed_bf), 6 },
		.places = LIST(places_bf),
		.cities = cities_bf, .city_count = ARRAY_SIZE(cities_bf),
		.streets = streets_bf, .street_count = ARRAY_SIZE(streets_bf),
	},
	{
		.iso = "CI", .share = 12,
		.families = LIST(families_ci),
		.pools = { [POOL_CHRISTIAN] = 45, [POOL_MUSLIM] = 35, [POOL_AKAN] = 20 },
		.mobile = { LIST(mobile_ci), 6 }, .fixed = { LIST(fixed_ci), 6 },
		.places = LIST(places_ci),
		.cities = cities_ci, .city_count = ARRAY_SIZE(cities_ci),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "SN", .share = 6,
		.families = LIST(families_sn),
		.pools = { [POOL_CHRISTIAN] = 10, [POOL_MUSLIM] = 50, [POOL_WOLOF] = 40 },
		.mobile = { LIST(mobile_sn), 7 }, .fixed = { LIST(fixed_sn), 6 },
		.places = LIST(places_sn),
		.cities = cities_sn, .city_count = ARRAY_SIZE(cities_sn),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "ML", .share = 6,
		.families = LIST(families_ml),
		.pools = { [POOL_CHRISTIAN] = 6, [POOL_MUSLIM] = 94 },
		.mobile = { LIST(mobile_ml), 6 }, .fixed = { LIST(fixed_ml), 6 },
		.places = LIST(places_ml),
		.cities = cities_ml, .city_count = ARRAY_SIZE(cities_ml),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "BJ", .share = 3,
		.families = LIST(families_bj),
		.pools = { [POOL_CHRISTIAN] = 60, [POOL_MUSLIM] = 15, [POOL_GULF] = 25 },
		.mobile = { LIST(mobile_bj), 6 }, .fixed = { LIST(fixed_bj), 6 },
		.places = LIST(places_bj),
		.cities = cities_bj, .city_count = ARRAY_SIZE(cities_bj),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "TG", .share = 4,
		.families = LIST(families_tg),
		.pools = { [POOL_CHRISTIAN] = 55, [POOL_MUSLIM] = 15, [POOL_GULF] = 30 },
		.mobile = { LIST(mobile_tg), 6 }, .fixed = { LIST(fixed_tg), 6 },
		.places = LIST(places_tg),
		.cities = cities_tg, .city_count = ARRAY_SIZE(cities_tg),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "NE", .share = 4,
		.families = LIST(families_ne),
		.pools = { [POOL_MUSLIM] = 100 },
		.mobile = { LIST(mobile_ne), 6 }, .fixed = { LIST(fixed_ne), 6 },
		.places = LIST(places_ne),
		.cities = cities_ne, .city_count = ARRAY_SIZE(cities_ne),
		.streets = streets_west, .street_count = ARRAY_SIZE(streets_west),
	},
	{
		.iso = "FR", .share = 3,
		.families = LIST(families_fr),
		.pools = { [POOL_FRENCH] = 92, [POOL_MUSLIM] = 8 },
		.mobile = { LIST(mobile_fr), 4 }, .fixed = { LIST(fixed_fr), 4 },
		.places = LIST(places_fr),
		.cities = cities_fr, .city_count = ARRAY_SIZE(cities_fr),
		.streets = streets_fr, .street_count = ARRAY_SIZE(streets_fr),
	},
};
const size_t demo_country_count = ARRAY_SIZE(demo_countries);

const struct demo_trade demo_trades[] = {
	{ "Établissements", FIRM_FAMILY, "revendeur" },
	{ "Garage", FIRM_MOTTO, "transport" },
	{ "Pharmacie", FIRM_MOTTO, "santé" },
	{ "Maison", FIRM_FAMILY, "revendeur" },
	{ "Négoce SARL", FIRM_PLACE, "grossiste" },
	{ "& Fils", FIRM_SUFFIX, "revendeur" },
	{ "Quincaillerie", FIRM_FAMILY, "BTP" },
	{ "Quincaillerie", FIRM_MOTTO, "BTP" },
	{ "Alimentation", FIRM_MOTTO, "revendeur" },
	{ "Boulangerie", FIRM_MOTTO, "alimentation" },
	{ "Restaurant", FIRM_MOTTO, "hôtellerie" },
	{ "Hôtel", FIRM_MOTTO, "hôtellerie" },
	{ "Transports", FIRM_FAMILY, "transport" },
	{ "Transit SA", FIRM_PLACE, "transport" },
	{ "Couture", FIRM_GIVEN, "artisanat" },
	{ "Salon", FIRM_GIVEN, "artisanat" },
	{ "Chez", FIRM_GIVEN, "hôtellerie" },
	{ "Coopérative agricole", FIRM_CITY, "agriculture" },
	{ "Groupement maraîcher", FIRM_CITY, "agriculture" },
	{ "Librairie", FIRM_MOTTO, "éducation" },
	{ "École privée", FIRM_MOTTO, "éducation" },
	{ "Clinique", FIRM_MOTTO, "santé" },
	{ "Cabinet", FIRM_FAMILY, "services" },
	{ "Imprimerie", FIRM_MOTTO, "services" },
	{ "Menuiserie", FIRM_FAMILY, "artisanat" },
	{ "Bâtiment SARL", FIRM_PLACE, "BTP" },
	{ "Énergie SA", FIRM_PLACE, "services" },
	{ "Agro-Industrie SA", FIRM_PLACE, "agriculture" },
	{ "& Frères", FIRM_SUFFIX, "grossiste" },
	{ "Import-Export SARL", FIRM_SUFFIX, "grossiste" },
	{ "Informatique", FIRM_PLACE, "services" },
	{ "Station-service", FIRM_MOTTO, "transport" },
	{ "Association", FIRM_MOTTO, "ONG" },
};
const size_t demo_trade_count = ARRAY_SIZE(demo_trades);

static const char *const mottos[] = {
	"du Progrès", "de l'Amitié", "de la Paix", "de l'Espoir", "du Sahel", "de l'Avenir",
	"de l'Unité", "de la Gare", "du Marché", "de la Place", "du Centre", "du Plateau",
	"de la Solidarité", "de l'Étoile", "de la Source", "du Carrefour", "du Fleuve",
	"de l'Indépendance", "Sainte-Thérèse", "Saint-Michel", "Nouvelle Vision",
	"Bon Samaritain", "du Soleil", "de la Victoire", "Wend-Kuni", "Relwendé", "Barka",
	"de la Jeunesse", "du Stade", "de l'Aéroport", "de la Corniche", "Djamila",
};
const struct demo_list demo_mottos = LIST(mottos);

static const char *const person_tags[] = {
	"fidélité", "boutique", "marché", "foire", "parrainage", "livraison", "gros achats",
	"rappeler le matin",
};
const struct demo_list demo_person_tags = LIST(person_tags);

static const char *const mail_domains[] = {
	"courriel.example", "faso.example", "mail.example", "poste.example", "sahel.example",
};
const struct demo_list demo_mail_domains = LIST(mail_domains);
/* clang-format on */
