// Inside the study room: what differs between the two runs on a day, and why (M-15).
#ifndef STUDY_EXPLAIN_COMPARE_H
#define STUDY_EXPLAIN_COMPARE_H

#include "study/explain.h"
#include "study/explain_watch.h"

// What is on hand and under way before the shock, for the cover of a stock.
struct cover {
    int64_t have, on_hand, received, used;   // used: by the undisturbed run since
    bool    over;
};

struct sides {
    struct explanation *e;
    struct watch calm, shocked;
    int32_t *over;                 // [needs] ticks of today beyond the undisturbed run in which there was too little
    int64_t *need_units;           // [needs] of builds: vehicles lost on days when it was the tightest
    int64_t *build_today;          // [build] vehicles fewer today
    int64_t *build_gap;            // [build] so far
    int64_t *shock_units;          // [line] vehicles lost while the shock held the line itself
    int64_t *busy_gap, *open_gap;  // [line] ms that the undisturbed run's last shop is ahead
    int32_t *score;                // [stock] hours short, of the line or made stock at hand; zeros in between
    bool    *fresh;                // [stock] held up its first user today
    struct cover *covers;          // [stock]
    // number of the shock that acts today, and of the last that did; 0: none
    struct hits { uint32_t *today, *ever; uint32_t rows; } makers, lines, stocks, links, lanes, offers;
};

MUST_CHECK enum ap_status sides_make(struct sides *x, struct arena *a);
// Before the first day: what there is.
void sides_begin(struct sides *x);
// After both runs have passed a day. Day 0 of the explanation is its span's first.
void sides_day(struct sides *x, int32_t day);
// After the last: what each line lost most to.
void sides_end(struct sides *x);
// The table of events from the paths (explain_events.c).
MUST_CHECK enum ap_status explain_events_list(struct explanation *e);

// What the files of the comparison do for each other.
// True in the first spell: amounts are those of the spell, what comes after is ripples.
bool path_days_mark(struct path_days *d, int32_t day);
// Of the needs first..end - 1 the stock that was too low in most hours more, `best` and its hours included; 0: none.
// needs_clear is to be called for the same needs when the best is found.
uint32_t needs_tightest(struct sides *x, uint32_t first, uint32_t end, uint32_t best);
void needs_clear(struct sides *x, uint32_t first, uint32_t end);
// Marks what was too low today as having held up `user`, a build or a made stock.
void needs_held(struct sides *x, uint32_t first, uint32_t end, uint32_t user, int32_t day);
// The stock was the tightest when so many units were not made; within its first spell.
void stock_cost(struct sides *x, uint32_t row, int64_t units);
void lines_compare(struct sides *x, int32_t day);      // explain_output.c, with the next ones
void makers_compare(struct sides *x, int32_t day);
void offers_compare(struct sides *x, int32_t day);
void lanes_compare(struct sides *x, int32_t day);

#endif
