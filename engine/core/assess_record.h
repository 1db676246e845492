/* engine/core/assess_record.h: an assessment as bytes: made where the readings are, taken over where packs are drawn.
 *
 * A record says from what it was made, as a digest of all that wm_assess looks at. Whoever has the same input may take the
 * assessment and its fit over, and has them to the last bit; of any other input the record is of no use, and says so. It is for
 * programs of one method on machines of one kind: its bytes are the engine's own.
 */
#ifndef WM_CORE_ASSESS_RECORD_H
#define WM_CORE_ASSESS_RECORD_H

#include <waymark/assess.h>

/* FNV-1a of 64 bits (Fowler, Noll and Vo, RFC 9923) over every member of an input, and over what it points to. */
uint64_t wm_assess_input_digest(const WmAssessmentInput *input);

#define WM_ASSESS_RECORD_MAX (sizeof(WmAssessment) + sizeof(WmForecast) + 64)

/* Write what wm_assess made of an input whose trend is the pooled model's. At most WM_ASSESS_RECORD_MAX bytes; returns how many. */
size_t wm_assess_record_write(const WmAssessmentInput *input, const WmAssessment *assessment, unsigned char *out);

/* Take over what a record says, if it is of this input: *out, and the fit where input->trend.forecast has room for it. False: it is
 * of another input, method or kind of machine, or damaged; *out is not to be used. */
bool wm_assess_record_read(const unsigned char *record, size_t n, const WmAssessmentInput *input, WmAssessment *out);

#endif
