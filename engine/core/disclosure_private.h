/* engine/core/disclosure_private.h: what suppression and rounding share. */
#ifndef WM_CORE_DISCLOSURE_PRIVATE_H
#define WM_CORE_DISCLOSURE_PRIVATE_H

#include <waymark/disclosure.h>

/* The rules with their defaults filled in; NULL: all of them. */
WmDisclosureRules disclosure_rules(const WmDisclosureRules *rules);

bool disclosure_is_small(double count, const WmDisclosureRules *rules);

#endif
