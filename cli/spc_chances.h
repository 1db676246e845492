/* cli/spc_chances.h: over a batch, which signals at the latest reading chance alone would give. */
#ifndef WM_CLI_SPC_CHANCES_H
#define WM_CLI_SPC_CHANCES_H

#include <waymark/spc_many.h>

#include "cli/command.h"
#include "engine/data/long_csv.h"

/* One series' latest reading. */
typedef struct {
    WmSpcChance chance;
    double q_value; /* NAN where p_value is */
    WmSpcCaution caution;
} SeriesChance;

typedef struct SpcChances SpcChances;

/* New. */
SpcChances *spc_chances_new(void);
void spc_chances_free(SpcChances *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpcChances, spc_chances_free)

/* Judge the next series: `spc` charts its first spc->n_points readings. FALSE without memory. */
gboolean spc_chances_add(SpcChances *self, const LongSeries *series, const WmSpc *spc, const WmSpcOptions *options, GError **error);

/* All are there: adjust for their number, and say how many signals chance alone gives. */
void spc_chances_finish(SpcChances *self, const CommonOptions *common);

/* Of the series added as number i_series. Borrowed. */
const SeriesChance *spc_chances_get(const SpcChances *self, guint i_series);

#endif
