// Variants, and products as they are stocked: a part of one platform, a part used by all, a vehicle.
#include "model/builder.h"

#include <stdio.h>
#include <string.h>

void variants_build(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t count = t->variants_count;
    struct sorted *order = scratch_take(b, count, sizeof *order);
    b->variant_of = scratch_take(b, count + 1, sizeof *b->variant_of);
    m->variants = model_take(b, count + 1, sizeof *m->variants);
    list_add(b, &b->products, sizeof(struct product));   // row 0 is nobody
    if (b->refused) return;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ t->variants[i + 1].variant, i + 1 };
    sorted_order(order, count);
    m->n.variant = count + 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct variant_row *row = &t->variants[order[i].row];
        b->variant_of[order[i].row] = i + 1;
        int64_t export_price = row->export_price ? row->export_price : row->price;
        m->variants[i + 1] = (struct variant){
            .table_row = order[i].row,
            .who = hash_text(row->variant),
            .nev = row->powertrain >= PHEV,
            .smart = row->driving_level >= m->set.smart_level,
            .powertrain = (uint8_t)row->powertrain,
            .price_fen = row->price,
            .export_price_fen = export_price,
        };
        m->variants[i + 1].product = product_draft_variant(b, order[i].row);
    }
}

// Unit value of a platform's part: what its platform's bill says, else the product's own value.
static int64_t part_value(const struct builder *b, uint32_t family, uint32_t platform, uint64_t who) {
    const struct tables *t = b->t;
    const struct product_row *product = &t->products[family];
    int64_t own = drawn_fen(b, hash_text(product->product), &product->common, product->value);
    if (!platform) return own;
    uint32_t count, first = bom_rows(b, t->platforms[platform].bill, &count);
    const struct bom_row *best = NULL;      // the row without an option, else the first option's
    for (uint32_t i = first; i < first + count; i++) {
        const struct bom_row *row = &t->bom[b->bom[i].row];
        if (row->component != family || row->value == YUAN_NONE) continue;
        if (!best || strcmp(row->option, best->option) < 0) best = row;
    }
    return best ? drawn_fen(b, who, &best->common, best->value) / best->quantity : own;
}

static const char *part_id(struct builder *b, uint32_t family, uint32_t platform) {
    const char *part = b->t->products[family].product;
    if (!platform) return text_copy(&b->m->arena, part, strlen(part));
    const char *of = b->t->platforms[platform].platform;
    size_t length = strlen(part) + 1 + strlen(of);
    char *id = model_take(b, length + 1, 1);
    if (!id) return NULL;
    snprintf(id, length + 1, "%s@%s", part, of);
    return id;
}

uint32_t product_draft(struct builder *b, uint32_t family, uint32_t platform) {
    ASSERT(family != 0);
    if (b->t->products[family].per == PER_ONCE) platform = 0;
    uint64_t key = pair_key(family, platform);
    uint32_t row = index_get(&b->product_index, key);
    if (row) return row;
    row = b->products.count;
    struct product *p = list_add(b, &b->products, sizeof *p);
    const char *id = part_id(b, family, platform);
    if (!id) b->refused = true;
    if (b->refused) return 0;
    *p = (struct product){ .id = id, .who = hash_text(id), .family = family, .platform = platform };
    p->value_fen = part_value(b, family, platform, p->who);
    index_put(b, &b->product_index, key, row);
    return row;
}

uint32_t product_draft_variant(struct builder *b, uint32_t variant_row) {
    uint32_t row = b->products.count;
    struct product *p = list_add(b, &b->products, sizeof *p);
    if (b->refused) return 0;
    const struct variant_row *v = &b->t->variants[variant_row];
    *p = (struct product){ .id = v->variant, .who = hash_text(v->variant), .platform = v->platform,
                           .variant = b->variant_of[variant_row], .value_fen = v->price };
    return row;
}
