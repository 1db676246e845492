/* Nobody to listen to, unless the host says otherwise. */
#include "engine/core/pause.h"

void wm_pause(void)
{
}
