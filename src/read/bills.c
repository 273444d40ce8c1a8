// Bills of materials: no product may go into itself, and somebody must make or supply every component.
#include <stdio.h>
#include <string.h>

#include "read/checks.h"

static const struct bom_row *bom_of(const struct table_read *t, uint32_t row) {
    return (const struct bom_row *)(const void *)row_of(t, row);
}

// Rows of bom.csv by the product they are a bill of: a chain per product. Bills of platforms begin no circle, since
// no platform is a component.
struct bills {
    const struct table_read *bom, *products;
    uint32_t *first, *next;      // [product], [row of bom]
    uint8_t  *seen;              // [product]: not yet, on the way, done
    uint32_t *way, *row;         // the way from the root: products, and the row of bom tried next
};
enum { NOT_YET, ON_THE_WAY, DONE };

static enum ap_status bills_make(struct reader *r, struct bills *b) {
    *b = (struct bills){.bom = &r->tables[TABLE_bom], .products = &r->tables[TABLE_products]};
    uint32_t products = b->products->count + 2;
    b->first = TAKE(&r->scratch, products, uint32_t);
    b->next = TAKE(&r->scratch, b->bom->count + 1, uint32_t);
    b->seen = TAKE(&r->scratch, products, uint8_t);
    b->way = TAKE(&r->scratch, products, uint32_t);
    b->row = TAKE(&r->scratch, products, uint32_t);
    if (!b->first || !b->next || !b->seen || !b->way || !b->row) return AP_NO_MEMORY;
    for (uint32_t row = b->bom->count; row >= 1; row--) {
        const char *bill = bom_of(b->bom, row)->bill;
        uint32_t product = index_find(b->products, bill, hash_text(bill));
        if (product == 0) continue;
        b->next[row] = b->first[product];
        b->first[product] = row;
    }
    return AP_OK;
}

static const char *product_name(const struct bills *b, uint32_t product) {
    return ((const struct product_row *)(const void *)row_of(b->products, product))->product;
}

// The products from `start` on the way back to it: A -> B -> A.
static void cycle_complain(struct reader *r, const struct bills *b, uint32_t depth, uint32_t row) {
    uint32_t start = bom_of(b->bom, row)->component, i = depth;
    while (b->way[i] != start) i--;
    struct words cycle = {.arena = &r->scratch};
    for (; i <= depth && cycle.count < 150; i++) words_add(&cycle, "%s -> ", product_name(b, b->way[i]));
    words_add_text(&cycle, i <= depth ? "..." : product_name(b, start));
    int slot = column_by_name(b->bom->schema, "component", 9);
    struct row_place place = {b->bom, row, (uint32_t)slot, words_text(&cycle)};
    row_complain(r, &place, "BOM_CYCLE", "take one of these rows out of bom.csv", "these products go into each other");
}

// Walks everything below a product, depth first, with the way kept apart from the stack of C: bills may be deep.
static void product_walk(struct reader *r, struct bills *b, uint32_t root) {
    uint32_t depth = 0;
    b->way[0] = root;
    b->row[0] = b->first[root];
    b->seen[root] = ON_THE_WAY;
    for (;;) {
        uint32_t row = b->row[depth];
        if (row == 0) {
            b->seen[b->way[depth]] = DONE;
            if (depth == 0) return;
            depth--;
            continue;
        }
        b->row[depth] = b->next[row];
        uint32_t component = bom_of(b->bom, row)->component;
        if (component == 0 || b->seen[component] == DONE) continue;
        if (b->seen[component] == ON_THE_WAY) {
            cycle_complain(r, b, depth, row);
            continue;
        }
        depth++;
        b->way[depth] = component;
        b->row[depth] = b->first[component];
        b->seen[component] = ON_THE_WAY;
    }
}

// Marks the products of one table's reference column.
static bool products_mark(const struct reader *r, enum table_id id, const char *column, uint8_t *made) {
    const struct table_read *t = &r->tables[id];
    int slot = column_by_name(t->schema, column, strlen(column));
    ASSERT(slot >= 0);
    for (uint32_t row = 1; row <= t->count; row++) made[*(const uint32_t *)field_of(t, row, (uint32_t)slot)] = 1;
    return !t->unreadable;
}

static enum ap_status sources_check(struct reader *r) {
    const struct table_read *bom = &r->tables[TABLE_bom], *products = &r->tables[TABLE_products];
    uint8_t *made = TAKE(&r->scratch, products->count + 1, uint8_t);
    if (!made) return AP_NO_MEMORY;
    bool known = products_mark(r, TABLE_makers, "product", made) && products_mark(r, TABLE_links, "component", made) &&
                 products_mark(r, TABLE_sourcing, "product", made) && products_mark(r, TABLE_stocks, "product", made);
    int slot = column_by_name(bom->schema, "component", 9);
    for (uint32_t row = 1; row <= bom->count && known; row++) {
        uint32_t component = bom_of(bom, row)->component;
        if (component == 0 || made[component]) continue;
        made[component] = 1;                            // say it once
        const struct product_row *product = (const void *)row_of(products, component);
        struct row_place place = {bom, row, (uint32_t)slot, product->product};
        row_complain(r, &place, "NOT_MADE", "add who makes it to makers.csv, or who supplies it to links.csv",
                     "nobody makes or supplies this component");
    }
    return AP_OK;
}

enum ap_status bills_check(struct reader *r) {
    struct bills b;
    TRY(bills_make(r, &b));
    for (uint32_t product = 1; product <= b.products->count; product++) {
        if (b.seen[product] == NOT_YET) product_walk(r, &b, product);
    }
    return sources_check(r);
}
