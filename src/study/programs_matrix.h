// Inside the study room: the matrix of the linear programs (M-30). Every row is a sum <= fixed + rate x days, every
// column lies between 0 and a bound that grows with the days, or none; so an outage changes bounds and nothing else.
#ifndef STUDY_PROGRAMS_MATRIX_H
#define STUDY_PROGRAMS_MATRIX_H

#include "study/programs.h"

enum column_kind {
    COLUMN_MADE,           // good units of a made stock
    COLUMN_FLOW,           // units over an approved link
    COLUMN_BUILT,          // vehicles of a build
    COLUMN_SERVED          // units of outside demand
};

struct program_column {
    enum column_kind kind;
    uint32_t row;          // stock, link, build or demand
    uint32_t closed_by;    // enterprise whose outage makes it 0; 0: none
    double   rate;         // most of it a day; below 0: no bound of its own
    double   weight;       // what one unit is worth
    double   margin_yuan;
};

enum limit_kind { LIMIT_STOCK, LIMIT_MAKER, LIMIT_LINE, LIMIT_VARIANT, LIMIT_YARD };

struct program_row {
    enum limit_kind kind;
    uint32_t row;          // stock, maker, line, variant, or the stock of a yard
    double   fixed, rate;  // it is at most fixed + rate x days
    double   margin_yuan;  // of a variant's vehicle
};

struct program_matrix {
    struct arena arena;
    struct program_column *columns;
    struct program_row    *rows;
    uint32_t column_count, row_count;
    int     *starts;       // [column_count + 1]
    int     *indices;
    double  *values;
};

MUST_CHECK enum ap_status program_matrix_make(const struct model *m, const struct programs_options *o,
                                              struct program_matrix *out);
void program_matrix_free(struct program_matrix *x);
// Vehicles that a line can make in a mean day of the span at the pace of its slowest shop: for its capacity in normal
// hours, in an outage in overtime too, and in the shifts that are planned.
double line_vehicles_a_day(const struct model *m, uint32_t line, enum programs_purpose purpose, int32_t first_day,
                           int32_t last_day);

#endif
