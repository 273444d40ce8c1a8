// The cone of a what-if: which clusters are computed today, and the edge between them and the others.
#ifndef STUDY_CONE_H
#define STUDY_CONE_H

#include "study/fork.h"

// Rows of links and ways with one end inside.
struct edge {
    uint32_t *row;
    uint32_t  count;
};

struct ends {
    uint32_t from, to;             // clusters
};

struct desk {
    const struct baseline *b;
    struct run   run;              // of the what-if: valid in the clusters that are on
    struct state start;            // what they held when the day began
    bool     *on;                  // [cluster]
    uint32_t *inside;              // clusters that are on, in ascending order
    uint32_t  inside_count;
    bool     *fresh;               // [cluster] came in today: its cells are only in `start`
    struct ends *ends[NOTE_TARGET];      // [row] who sends and who gets its messages; from 0: they do not matter
    bool      moved;               // clusters came or went since the lists were made
    struct calm {
        int32_t equal, asked;      // days its cells equalled the baseline's; days after which it is let go
        int32_t until;             // day up to which a shock holds it inside
    } *calm;                       // [cluster]
    bool     *wanted;              // [cluster] got something else than in the baseline
    uint32_t  wanted_count;
    struct edge edges[NOTE_TARGET];      // rows whose messages of that kind leave the cone
    struct edge sources[NOTE_TARGET];    // rows whose messages of that kind come in
    bool     *leaves[NOTE_TARGET];       // [row] whether it stands in edges
    uint32_t *seen[NOTE_TARGET];         // [row] messages so far today
    struct note *script[NOTE_TARGET];
    const struct page *page;       // of today
    struct exchange exchange;
    int32_t  *work;                // cells of the largest cluster
};

// Fills `ends` of a new desk.
void ends_find(struct desk *d);
// Takes a cluster in; its cells are the baseline's when the day begins.
void cone_take(struct desk *d, uint32_t cluster, int32_t day);
void cone_leave(struct desk *d, uint32_t cluster);
// One day; clusters that turn out to get something else than in the baseline are taken in and the day is run again.
MUST_CHECK enum ap_status cone_day(struct desk *d, int32_t day, struct whatif *out);

#endif
