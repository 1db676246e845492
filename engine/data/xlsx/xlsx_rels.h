/* engine/data/xlsx/xlsx_rels.h: which part of a workbook points to which (ECMA-376 part 2, 9.3: relationships). */
#ifndef WM_DATA_XLSX_RELS_H
#define WM_DATA_XLSX_RELS_H

#include "engine/data/xlsx/xlsx_zip.h"

typedef struct {
    char *id;
    char *kind;   /* the last word of its type: officeDocument, worksheet, sharedStrings, styles … */
    char *target; /* the part's name within the archive; NULL when it lies outside the file, and is never followed */
} XlsxRel;

typedef struct XlsxRels XlsxRels;

/* The relationships of `part` ("" for the archive's own). A target that climbs out of the archive is refused. New. */
XlsxRels *xlsx_rels_read(XlsxZip *zip, const char *part, GError **error);
void xlsx_rels_free(XlsxRels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XlsxRels, xlsx_rels_free)

/* The first of a kind, or the one of an id; NULL for none. Borrowed. */
const XlsxRel *xlsx_rels_of_kind(const XlsxRels *self, const char *kind);
const XlsxRel *xlsx_rels_of_id(const XlsxRels *self, const char *id);

#endif
