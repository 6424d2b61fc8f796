#include "places.h"

#include "campaigns_view.h"
#include "customers_view.h"
#include "duplicates_view.h"
#include "first_view.h"
#include "home_view.h"
#include "i18n.h"
#include "import_pick.h"
#include "imports_view.h"
#include "outbox_view.h"
#include "page.h"
#include "pause_all.h"
#include "providers_view.h"
#include "settings_view.h"
#include "shelf_view.h"
#include "tasks_view.h"
#include "templates_view.h"

static const struct ui_place places[] = {
	{ 'h', 1, &home_view, NULL },
	{ 'c', 2, &customers_view, NULL },
	{ 'm', 3, &campaigns_view, NULL },
	{ 'o', 4, &outbox_view, NULL },
	{ 't', 0, &tasks_view, NULL },
	{ 's', 8, &settings_view, NULL },
	{ 'r', 0, &recent_view, NULL },
	{ 'f', 0, &favourites_view, NULL },
	{ 'i', 0, &imports_view, NULL },
	{ 'd', 0, &duplicates_view, NULL },
	{ 'e', 0, &templates_view, NULL },
	{ 'p', 0, &providers_view, NULL },
};

static const struct ui_place no_company[] = {
	{ 'h', 0, &first_view, NULL },
};

/* What can be asked for on every screen. */
static const struct view_action everywhere[] = {
	{ ACT_IMPORT, NULL },
	{ ACT_PAUSE, NULL },
	{ ACT_KEY_SHEET, NULL },
};

static unsigned act(void *ctx, struct ui *ui, enum action_id action)
{
	struct desk *d = ctx;

	if (action == ACT_KEY_SHEET)
		return page_keys(d);
	if (action == ACT_IMPORT && d->s->company.id)
		return ui_push(ui, &import_pick_view, NULL);
	if (action == ACT_PAUSE && d->s->company.id && desk_may(d, RIGHT_CAMPAIGNS_CHANGE))
		return pause_all(d);
	return STALE_PASS;
}

void places_of(const struct desk *d, struct ui_config *config)
{
	config->places = d->s->company.id ? places : no_company;
	config->place_count = d->s->company.id ? ARRAY_SIZE(places) : ARRAY_SIZE(no_company);
	config->act = act;
	config->actions = everywhere;
	config->action_count = ARRAY_SIZE(everywhere);
}
