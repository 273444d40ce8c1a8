// The published measures beside the simulation, on the same network (M-13.6): what an outage of the same length costs
// at the best response (TTR), how long nothing is lost (TTS), and the economic systemic risk index (ESRI). Where the
// orders agree, and the rows where they do least.
#ifndef STUDY_MEASURES_H
#define STUDY_MEASURES_H

#include "study/agreement.h"
#include "study/stress.h"

enum measure { MEASURE_SIMULATED, MEASURE_TTR, MEASURE_TTS, MEASURE_ESRI, MEASURE_COUNT };
enum { MEASURES_TOP = 20, MEASURES_WORST = 5 };

// The simulation beside one published measure.
struct measure_pair {
    struct agreement agreement;
    struct disagreement worst[MEASURES_WORST]; // .row: index into rows
    uint32_t worst_count;
};

struct measures {
    struct arena arena;
    const struct stress *stress;
    uint32_t count;
    uint32_t *cases;               // [count] index into stress->cases: enterprises, the first of the days
    double *values[MEASURE_COUNT]; // [count]: vehicles lost or late; vehicles lost; days survived; share of all sales
    struct measure_pair pairs[MEASURE_COUNT]; // of each published one with the simulation
    struct agreement programs_and_index;      // TTR with ESRI
    double planned_a_day;                     // what the linear programs measure losses against
    char trouble[300];                        // AP_REFUSED: the solver's words
};

// After stress_run. On the network of the first run; the programs' plan is the mean from the first start to its
// horizon.
MUST_CHECK enum ap_status measures_make(const struct stress *s, struct complaints *c, struct measures *out);
void measures_free(struct measures *m);
const char *measure_name(enum measure measure);

#endif
