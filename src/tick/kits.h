// Parts of lines as the scratch keeps them: who takes what, and how many kits are surely there (kits.c, parts.c).
#ifndef TICK_KITS_H
#define TICK_KITS_H

#include "base/base.h"

// A build's parts are of two kinds: those that only its platform has, and those that platforms share.
enum parts_kind { PARTS_OWN, PARTS_COMMON, PARTS_KINDS };

// Needs, first-shop ones first.
struct part_list {
    uint32_t first, firsts, count;
};

// Needs of a build by kind: in `core` what every build of its group takes alike, in `rest` what is left. The group is,
// of its own parts, the line's builds of its platform; of common ones, all builds of the line.
struct line_needs {
    bool mixed;                    // in its plant one build takes by the first shop what another takes by the last
    uint32_t platform, leader;     // leader: the plant's first build of the platform
    uint32_t mate;                 // column of the line's first build of the platform
    uint32_t head[PARTS_KINDS];    // first build of its group: keeps the count of the core
    struct part_list core[PARTS_KINDS], rest[PARTS_KINDS];
    int32_t  ratio[PARTS_KINDS];   // most kits of a build that a kit of another can cost it
};

// A need with what else a take touches.
struct taking {
    uint32_t stock;
    int32_t  quantity;
    uint32_t maker;
};

// Kits that were there when they were counted, and how many takes there had been, by end (parts.c). Valid from tick to
// tick as long as nothing but lines took from the plant's stocks (stamp).
struct limits {
    int32_t kits[3], base[3];
    int32_t stamp, tick;           // tick: when they were counted
};

// The number of takes up to which kits surely last, by end; stamp as above.
struct lasting {
    int32_t until[3];
    int32_t stamp;
};

// Kits of a build that are surely there, by end (parts.c), and the ends that have failed in this tick.
struct credit {
    struct lasting whole[PARTS_KINDS];
    const int32_t *takes[PARTS_KINDS];       // of its platform in the plant, of its plant: by end
    struct limits core[PARTS_KINDS];         // of the group, at its head; with what is in process not taken off
    int32_t used[3];               // takes of the platform's builds in the plant, counted at its first build: by end
    int32_t taken[PARTS_KINDS][2], core_taken[PARTS_KINDS][2];   // that still have to leave the stocks, first and last
    bool    pending[PARTS_KINDS];  // of a head: somebody of its group took something
    uint8_t failed;
};

// Takes of an enterprise's builds, by end; see struct limits for the stamp.
struct plant_takes {
    int32_t used[3], stamp;
};

#endif
