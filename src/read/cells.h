// Cells: one cell's text to one field of a row, with every check that needs the cell alone.
#ifndef READ_CELLS_H
#define READ_CELLS_H

#include "read/columns.h"
#include "read/text_file.h"

// A cell on its way into a row.
struct cell_case {
    struct complaints *c;
    struct arena      *texts;      // keeps the texts of the row
    const char        *text;       // what stands there, NUL-terminated
    size_t             count;
    const struct text_file *file;  // NULL: from the command line
    const struct record    *record;
    uint32_t           byte;       // where the cell starts in the file
    const char        *option;     // of the command line: --set
    bool               refused;    // memory was refused
};

// Stores the text into *field as the column's kind has it and returns true, or complains and returns false. An empty
// text stands for the column's standard. A REF is not stored: its row may stand in a file that is not read yet.
bool cell_store(struct cell_case *k, const struct column_schema *column, struct bounds bounds, void *field);
// What an empty cell without a standard stands for: "", 0, DATE_NONE, YUAN_NONE, REAL_NONE.
void cell_none(const struct column_schema *column, void *field);
// Complains about the cell: sentence: "text".
void cell_complain(const struct cell_case *k, const char *rule, const char *suggestion, const char *sentence);

// A finite decimal number: sign, digits, fraction, exponent; no spaces, nothing else.
bool number_parse(const char *text, double *out);

#endif
