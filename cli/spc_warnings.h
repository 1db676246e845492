/* cli/spc_warnings.h: what was asked of `waymark spc` that does nothing, or not what it seems to. */
#ifndef WM_CLI_SPC_WARNINGS_H
#define WM_CLI_SPC_WARNINGS_H

#include "cli/spc_job.h"

/* Say on stderr, unless quiet, which options have no effect, which targets belong to no series or to another scale, and which
 * readings a forced chart cannot be of. `all` are of LongSeries. */
void spc_warn(const SpcLine *line, const SpcJob *job, const GArray *all, const CommonOptions *common);

#endif
