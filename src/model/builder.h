// Inside the model room: what model_build shares between its files. Nothing outside this room includes it.
#ifndef MODEL_BUILDER_H
#define MODEL_BUILDER_H

#include "model/model.h"

// A growing array. When memory is refused the builder remembers, and list_add hands out its dummy.
struct list {
    void    *items;
    uint32_t count, room;
};

// Open-addressing map from a key to a row; 0 means absent.
struct index {
    uint64_t *keys;
    uint32_t *rows;
    uint32_t  room, count;
};

// A table's rows in the order of their ids' text.
struct sorted {
    const char *key;
    uint32_t    row;
};

// Rows 1..count by a key: those of key k are rows[first[k]] .. rows[first[k + 1] - 1], in ascending order.
struct groups {
    uint32_t *first, *rows;
};

struct draft_stock {
    uint32_t enterprise, product;  // model row; index into product drafts
    uint32_t stock_row;            // row of stocks.csv or 0
    uint32_t maker_row;            // row of makers.csv or 0
    uint32_t sourcing_row;         // row of sourcing.csv or 0
    uint32_t final_row;            // row in the model
    uint8_t  kind;
};

struct draft_link {
    uint32_t buyer, supplier;      // drafts; supplier 0: unlimited
    uint32_t supplier_enterprise;  // model row
    double   share, transit_hours, spread_hours;
    int64_t  priority;
    uint8_t  approved, drawn, spread_law, spread_per;
};

// Who could supply a part that nobody's row names a source for.
struct candidate {
    uint32_t row;                  // of enterprises.csv
    double   weight;
    bool     local, taken;
};

struct draft_need {
    uint32_t made, component;      // drafts
    int64_t  quantity;
};

struct builder {
    const struct tables *t;
    struct model        *m;
    struct complaints   *c;
    struct luck          luck;
    uint32_t             world;
    struct arena         scratch;
    bool                 refused;
    _Alignas(16) char    dummy[128];   // stands in for a row when memory is refused
    uint32_t *enterprise_of, *variant_of, *line_of, *market_of, *lane_of;   // table row -> model row
    struct sorted *bom;            // rows of bom.csv by bill, component, option
    struct list    products;       // struct product, [0] nobody
    struct index   product_index, stock_index;
    struct list    stocks;         // struct draft_stock, [0] nobody
    struct list    links;          // struct draft_link
    struct list    needs;          // struct draft_need
    struct index   maker_index;    // (enterprise table row, product row) -> maker row
    uint32_t      *next_maker;     // makers of the same product: chain
    uint32_t      *first_maker;    // [product]
    struct index   link_index;     // (buyer, component) -> first link row
    uint32_t      *next_link;
    uint32_t      *families_of;    // [enterprise row] how many it makes
    uint32_t      *sourcing_of;    // [product]
    double        *open_hours;     // [calendar] normal hours of a mean day
    double        *year_wanted;    // [build][volume years]: vehicles wanted in the year, all channels
    int32_t        volume_year, volume_years;   // first year of volumes.csv, and how many
    struct groups  variants_of;    // [platform row] -> model rows of its variants
    struct candidate **candidates; // [product row] who makes it, in the order of their ids
    uint32_t      *candidate_count, candidates_most;
    struct candidate *candidates_drawn;   // those of one buyer
    struct index   stock_row_index;  // (enterprise, product, platform) -> stocks.csv row
};

void *list_add(struct builder *b, struct list *l, size_t size);
void list_free(struct list *l);
uint32_t index_get(const struct index *x, uint64_t key);
void index_put(struct builder *b, struct index *x, uint64_t key, uint32_t row);
void index_free(struct index *x);
// Memory from the model's or the scratch arena; NULL sets b->refused.
void *model_take(struct builder *b, size_t count, size_t size);
void *scratch_take(struct builder *b, size_t count, size_t size);
// Sorts by text, then by row of the file (for keys that are equal, which the reader has complained about).
void sorted_order(struct sorted *rows, uint32_t count);

// key_of[1..count] below `keys`, from the scratch arena. When memory is refused the builder remembers.
void groups_make(struct builder *b, const uint32_t *key_of, uint32_t count, uint32_t keys, struct groups *out);

static inline uint64_t pair_key(uint32_t a, uint32_t b) {
    return ((uint64_t)a << 32 | b) + 1;   // never 0: 0 marks a free place
}

// M-8: the value of a ranged row in this world; in world 0 as written.
double drawn(const struct builder *b, uint64_t who, const struct row_common *common, double written);
int64_t drawn_fen(const struct builder *b, uint64_t who, const struct row_common *common, int64_t written);
int32_t ticks_of(const struct builder *b, double hours);
// True when the list `options` (a;b;c) holds `option`.
bool option_listed(const char *options, const char *option);
// First row of b->bom with this bill; *count rows follow.
uint32_t bom_rows(const struct builder *b, const char *bill, uint32_t *count);

// Weights of a shape's months in a year, [0]: their sum; false when it has none.
bool shape_weights(const struct tables *t, const char *shape, int year, double weights[13]);

// Steps of model_build, in this order.
void calendars_build(struct builder *b);
void enterprises_build(struct builder *b);
void variants_build(struct builder *b);
void lines_build_rows(struct builder *b);
void network_expand(struct builder *b);       // stocks, links and needs as drafts
void network_place(struct builder *b);        // sorted into the model
void builds_place(struct builder *b);
void markets_build(struct builder *b);
void wanted_build(struct builder *b);
void plans_build(struct builder *b), makers_build(struct builder *b);
void shift_plan_build(struct builder *b);
void shocks_build(struct builder *b);
void rings_build(struct builder *b);
void charging_build(struct builder *b);       // reads wanted offers; nothing reads it
void limits_check(struct builder *b);         // complaints only

uint32_t product_draft(struct builder *b, uint32_t family, uint32_t platform);
uint32_t product_draft_variant(struct builder *b, uint32_t variant_row);
uint32_t stock_draft(struct builder *b, uint32_t enterprise, uint32_t product);
static inline struct draft_stock *draft_of(const struct builder *b, uint32_t row) {
    return &((struct draft_stock *)b->stocks.items)[row];
}
static inline struct product *product_of(const struct builder *b, uint32_t row) {
    return &((struct product *)b->products.items)[row];
}

#endif
