// Clusters: the rows that hang together. An enterprise with its stocks, makers and lines, together with the enterprises
// that build the same variants and the offers of those; or a lane with its ways and markets. All that passes from one
// cluster to another is orders, shipments, plans and vehicles handed over, so a what-if computes only the clusters that
// got something else than in the baseline (M-7). Cluster 0 is nobody.
#ifndef STATE_CLUSTER_H
#define STATE_CLUSTER_H

#include "model/model.h"

// Consecutive cells of a block.
struct cells {
    uint32_t first, count;
};

struct cluster {
    uint32_t first_state, state_spans;     // index into spans: cells of the state
    uint32_t first_tally, tally_spans;     // the same of the tallies
    uint32_t state_cells, tally_cells;
};

struct clusters {
    uint32_t count;
    uint32_t *of_enterprise, *of_variant, *of_lane;
    struct cluster *rows;          // [count]
    struct cells   *spans;
    uint32_t span_count;
    uint32_t state_most;           // cells of the largest
    uint32_t *first_user, *users;  // [build + 1], stocks whose targets its plan moves
    struct arena arena;
};

// A link's cells belong to the clusters of both of its ends; every other cell to one cluster.
MUST_CHECK enum ap_status clusters_make(const struct model *m, struct clusters *out);
void clusters_free(struct clusters *c);

static inline uint32_t cluster_of_stock(const struct clusters *c, const struct model *m, uint32_t stock) {
    return c->of_enterprise[m->stocks[stock].enterprise];
}
static inline uint32_t cluster_of_supplier(const struct clusters *c, const struct model *m, uint32_t link) {
    return c->of_enterprise[m->links[link].supplier_enterprise];
}
static inline uint32_t cluster_of_buyer(const struct clusters *c, const struct model *m, uint32_t link) {
    return cluster_of_stock(c, m, m->links[link].buyer);
}
static inline uint32_t cluster_of_offer(const struct clusters *c, const struct model *m, uint32_t offer) {
    return c->of_variant[m->offers[offer].variant];
}
static inline uint32_t cluster_of_way(const struct clusters *c, const struct model *m, uint32_t way) {
    return c->of_lane[m->ways[way].lane];
}

#endif
