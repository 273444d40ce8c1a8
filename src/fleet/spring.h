// The requests of a stream on a day, drawn in rows of candidates (stream.c), as the two ways of serving them see them.
#ifndef FLEET_SPRING_H
#define FLEET_SPRING_H

#include "fleet/town.h"

struct spring {
    struct request q;              // what all requests of the stream have in common
    uint32_t stream, site;         // site: a closed one, 0: others
    uint64_t who_size, who_law, who_patience, who_thin;
    const double *gap_us;          // [24]: of today
    bool     even;                 // the same at every hour
    double   gaps_us[2][24];       // workday, restday: mean gap by hour at the swing's top; below 0: nobody comes
    double   unit;                 // us or uWh in a unit of its size
    double   mean, spread;         // lognormal: of its logarithm; hyperexponential: the share of the shorter ones
    double   clock_us;             // since midnight, of the last candidate
    uint32_t drawn;                // candidates drawn today
    bool     over;                 // no more candidates today
    uint32_t count, next;          // requests of the row, and which of them is the next
    uint32_t number[TIMES_ROW];
    int64_t  at_us[TIMES_ROW];     // since the run's first day began
    int64_t  size[TIMES_ROW], patience_us[TIMES_ROW];
};

// Moment of the next request; NEVER_US: none is left today.
static inline int64_t spring_at(const struct spring *s) {
    return s->next < s->count ? s->at_us[s->next] : NEVER_US;
}
// To the next request of the day.
void spring_next(const struct town *t, struct spring *s);
// The one whose turn it is, of several at a site: by moment, then by stream.
static inline struct spring *spring_first(struct spring *springs, uint32_t count) {
    struct spring *first = springs;
    for (uint32_t i = 1; i < count; i++)
        if (spring_at(&springs[i]) < spring_at(first)) first = &springs[i];
    return first;
}

// plain.c: a site whose requests can be served and tallied in one go, and a day of it.
bool site_plain(const struct town *t, const struct spring *springs, uint32_t count);
void plain_serve(struct hand *h, struct spring *springs, uint32_t count);

#endif
