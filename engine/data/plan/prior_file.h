/* engine/data/plan/prior_file.h: priors for short series as data: a named, versioned, hashed file (INI), one section a group of
 * series.
 */
#ifndef WM_DATA_PRIOR_FILE_H
#define WM_DATA_PRIOR_FILE_H

#include <waymark/error.h>
#include <waymark/forecast.h>

/* New text of a file of priors (WmPrior *). Numbers read back to the same double, so that a file gives the answers of its batch. */
GString *prior_file_format(const WmPrior *const *priors, size_t n_priors);

/* Read one, of WmPrior, each prepared; NULL with WM_ERROR_INPUT when it is not one, of a later version, or changed since it was
 * made. */
GArray *prior_file_read(const char *path, GError **error);

#endif
