// Who sold what to whom, by year: parts between enterprises, vehicles from makers to markets. Of the first replication.
#include <stdlib.h>
#include <string.h>

#include "write/database.h"

static const struct output_table flows_table = {"flows", "parts shipped, by seller, buyer and family", 4,
    {YEAR_COLUMN, REFERS("seller", "enterprises", "who shipped"), REFERS("buyer", "enterprises", "to whom"),
     REFERS("family", "families", "what"), COUNTED("units", "unit", "shipped"), MEASURED("value", "yuan", "of them")}};
static const struct output_table deliveries_table = {"deliveries", "vehicles that left for a market, by maker", 5,
    {YEAR_COLUMN, KEY("maker", "brand owner"), KEY("platform", "id"),
     KEY("powertrain", "ICE, HEV, PHEV, EREV, BEV or FCEV"),
     REFERS("market", "markets", "id"), COUNTED("units", "vehicle", "left on leg 1"),
     MEASURED("value", "yuan", "of them")}};
static const struct output_table *const tables[] = {&flows_table, &deliveries_table};

// Rows with the same three names are one.
struct sold {
    uint32_t names[3];
    int64_t  units, value;
};

struct sold_list {
    struct sold *rows;
    uint32_t count;
};

static int flow_order(const void *a, const void *b) {
    const struct sold *x = a, *y = b;
    for (int i = 0; i < 3; i++)
        if (x->names[i] != y->names[i]) return x->names[i] < y->names[i] ? -1 : 1;
    return 0;
}

static void flows_join(struct sold_list *l) {
    uint32_t kept = 0;
    qsort(l->rows, l->count, sizeof *l->rows, flow_order);
    for (uint32_t i = 0; i < l->count; i++) {
        bool same = kept > 0 && flow_order(&l->rows[kept - 1], &l->rows[i]) == 0;
        if (!same) {
            l->rows[kept++] = l->rows[i];
            continue;
        }
        l->rows[kept - 1].units += l->rows[i].units;
        l->rows[kept - 1].value += l->rows[i].value;
    }
    l->count = kept;
}

// --- parts

static void parts_list(struct year_span v, struct sold_list *l) {
    const struct model *m = v.m;
    for (uint32_t i = 1; i < m->n.link; i++) {
        int64_t units = v.b->link_shipped[i] - v.a->link_shipped[i];
        const struct product *product = &m->products[m->stocks[m->links[i].buyer].product];
        if (units == 0 || m->links[i].supplier_enterprise == 0 || product->family == 0) continue;
        l->rows[l->count++] = (struct sold){{m->links[i].supplier_enterprise,
            m->stocks[m->links[i].buyer].enterprise, product->family}, units, units * product->value_fen};
    }
}

static enum ap_status parts_put(struct database *d, struct year_span v, const struct sold_list *l) {
    for (uint32_t i = 0; i < l->count; i++) {
        const struct sold *flow = &l->rows[i];
        count_bind(d, 1, v.year);
        text_bind(d, 2, enterprise_name(v.m, flow->names[0]));
        text_bind(d, 3, enterprise_name(v.m, flow->names[1]));
        text_bind(d, 4, v.m->tables->products[flow->names[2]].product);
        count_bind(d, 5, flow->units);
        fen_bind(d, 6, flow->value);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status parts_fill(struct database *d, struct year_span v) {
    struct sold_list l = {calloc(v.m->n.link, sizeof *l.rows), 0};
    if (!l.rows) return AP_NO_MEMORY;
    parts_list(v, &l);
    flows_join(&l);
    enum ap_status status = parts_put(d, v, &l);
    free(l.rows);
    return status;
}

// --- vehicles

static void ways_list(struct year_span v, struct sold_list *l) {
    const struct model *m = v.m;
    for (uint32_t i = 1; i < m->n.way; i++) {
        int64_t units = v.b->way_left[i] - v.a->way_left[i];
        const struct variant *variant = &m->variants[m->offers[m->ways[i].offer].variant];
        uint32_t platform = m->tables->variants[variant->table_row].platform;
        if (units == 0) continue;
        l->rows[l->count++] = (struct sold){{platform, variant->powertrain, m->ways[i].market}, units,
                                            units * m->ways[i].price_fen};
    }
}

static enum ap_status ways_put(struct database *d, struct year_span v, const struct sold_list *l) {
    static const char *const powertrains[] = {"ICE", "HEV", "PHEV", "EREV", "BEV", "FCEV"};
    for (uint32_t i = 0; i < l->count; i++) {
        const struct sold *flow = &l->rows[i];
        const struct platform_row *platform = &v.m->tables->platforms[flow->names[0]];
        count_bind(d, 1, v.year);
        text_bind(d, 2, platform->maker);
        text_bind(d, 3, platform->platform);
        text_bind(d, 4, powertrains[flow->names[1]]);
        text_bind(d, 5, v.m->tables->markets[v.m->markets[flow->names[2]].table_row].market);
        count_bind(d, 6, flow->units);
        fen_bind(d, 7, flow->value);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status ways_fill(struct database *d, struct year_span v) {
    struct sold_list l = {calloc(v.m->n.way, sizeof *l.rows), 0};
    if (!l.rows) return AP_NO_MEMORY;
    ways_list(v, &l);
    flows_join(&l);
    enum ap_status status = ways_put(d, v, &l);
    free(l.rows);
    return status;
}

static enum ap_status flows_fill(struct database *d, const struct output_table *t, const void *self) {
    if (t == &flows_table) return years_fill(d, self, parts_fill);
    ASSERT(t == &deliveries_table);
    return years_fill(d, self, ways_fill);
}

struct result_part flows_part(const struct study *s) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, flows_fill, s};
}
