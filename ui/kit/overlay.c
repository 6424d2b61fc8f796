#include "overlay.h"

struct rect overlay_place(struct rect body, int h, int w)
{
	return rect_centre(body, h, w + 4 > body.w ? body.w : w);
}
