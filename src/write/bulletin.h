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

// The year, or all days when there is no whole year.
struct period bulletin_period(const struct study *s);

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
// Whether a source says between what and what it lies, and the run's value does.
bool figure_inside(const struct figure *f);
// English or Chinese, as the bulletin is.
const char *bulletin_say(const struct bulletin *b, const char *english, const char *chinese);
// A title on a line of its own.
void bulletin_heading(const struct bulletin *b, const char *english, const char *chinese);
// The rows of a table of figures, and the names of its columns.
void figures_heading(const struct bulletin *b);
void figure_row(const struct bulletin *b, const struct figure *f);
void intervals_explain(const struct bulletin *b);
// The months of the bulletin's year in columns, an indicator a row; without values it is left out.
void bulletin_months(const struct bulletin *b, const char *title, const enum indicator_id *ids, int count);
// A value in a column of so many characters; empty when there is none.
void bulletin_cell(const struct bulletin *b, double value, struct scale s, int columns);
const char *role_words(const struct bulletin *b, uint8_t role);
// Of sites or the fleet; the rest is of the chain.
bool of_charging(const struct figure *f);

void lead_english(const struct bulletin *b);
void lead_chinese(const struct bulletin *b);
void bulletin_tables(const struct bulletin *b);
void bulletin_score(const struct bulletin *b);
void bulletin_charging(const struct bulletin *b);
void bulletin_worst(const struct bulletin *b);
// Of a session table: its title, and its tables.
void replay_lead(const struct bulletin *b);
void bulletin_replay(const struct bulletin *b);
void bulletin_grounds(const struct bulletin *b);

#endif
