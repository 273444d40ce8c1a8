// The bulletin: what a press conference would release, in English or Chinese, and what it is worth.
#ifndef WRITE_BULLETIN_H
#define WRITE_BULLETIN_H

#include "study/study.h"
#include "write/quantity.h"

struct bulletin_style {
    enum language language;
    bool color;                // a terminal: the title stands out, driven figures are grey
};

// audit may be NULL.
MUST_CHECK enum ap_status bulletin_write(const struct study *s, const struct audit *audit,
                                         struct bulletin_style style, struct words *out);

// --- between the files of the bulletin
struct bulletin {
    const struct study   *study;
    const struct figures *figures;
    const struct tables  *tables;
    const struct audit   *audit;
    struct bulletin_style style;
    struct period         period;      // the year, or all days when there is no whole year
    struct words         *out;
};

enum { HIT_PER_CENT = 5 };             // a scored figure is a hit within so many per cent

// The figure when it has a value, else NULL.
const struct figure *bulletin_figure(const struct bulletin *b, enum indicator_id id, struct period p);
// Its simulated value in words of the bulletin's language; false when there is none.
bool bulletin_value(const struct bulletin *b, enum indicator_id id, char out[QUANTITY_ROOM]);
// Its simulated growth on the year before, as "10.9 %" and whether it fell; false when there is none.
bool bulletin_growth(const struct bulletin *b, enum indicator_id id, char out[QUANTITY_ROOM], bool *fell);
bool figure_hit(const struct figure *f);

void lead_english(const struct bulletin *b);
void lead_chinese(const struct bulletin *b);
void bulletin_tables(const struct bulletin *b);
void bulletin_score(const struct bulletin *b);
void bulletin_grounds(const struct bulletin *b);

#endif
