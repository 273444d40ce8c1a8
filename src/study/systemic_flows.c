// flows.csv names what is bought by a word, and without one by the supplier's family; flows from the bills name it by
// its product. Words and products never meet in one list, so both number their inputs as they like.
#include "study/systemic_flows.h"

#include <stdlib.h>
#include <string.h>

struct word {
    const char *text;
    uint32_t    row;
};

static int word_compare(const void *left, const void *right) {
    const struct word *a = left, *b = right;
    int order = strcmp(a->text, b->text);
    return order ? order : a->row < b->row ? -1 : a->row > b->row;
}

// Numbers from 1 by the order of the words; equal words get the same. number: [count], may be sparse by word.row.
static uint32_t words_number(struct word *words, uint32_t count, uint32_t *number) {
    uint32_t last = 0;
    qsort(words, count, sizeof *words, word_compare);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(words[i].text, words[i - 1].text) != 0) last++;
        number[words[i].row] = last;
    }
    return last + 1;
}

static const char *family_of(const struct model *m, uint32_t enterprise) {
    return m->tables->enterprises[m->enterprises[enterprise].table_row].family;
}

// Sectors as enterprises.csv writes them.
static enum ap_status sectors_read(const struct model *m, struct arena *a, struct flow_list *out) {
    struct word *words = TAKE(a, m->n.enterprise + 1, struct word);
    if (!words) return AP_NO_MEMORY;
    for (uint32_t e = 1; e < m->n.enterprise; e++) words[e - 1] = (struct word){ family_of(m, e), e };
    out->sectors = words_number(words, m->n.enterprise - 1, out->sector);
    return AP_OK;
}

static int flow_compare(const void *left, const void *right) {
    const struct flow *a = left, *b = right;
    if (a->buyer != b->buyer) return a->buyer < b->buyer ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    return a->supplier < b->supplier ? -1 : a->supplier > b->supplier;
}

// Sorts, and adds up what is the same; nobody buys from itself.
static void flows_merge(struct flow_list *list) {
    uint32_t kept = 0;
    qsort(list->flows, list->count, sizeof *list->flows, flow_compare);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct flow *flow = &list->flows[i];
        if (flow->yuan <= 0 || flow->supplier == flow->buyer) continue;
        if (kept && flow_compare(&list->flows[kept - 1], flow) == 0) list->flows[kept - 1].yuan += flow->yuan;
        else list->flows[kept++] = *flow;
    }
    list->count = kept;
}

// ---- as flows.csv has them ------------------------------------------------------------------------------------------

static enum ap_status flows_read(const struct model *m, struct arena *a, struct flow_list *out) {
    const struct tables *t = m->tables;
    uint32_t *enterprise = TAKE(a, t->enterprises_count + 1, uint32_t);
    uint32_t *input = TAKE(a, t->flows_count + 1, uint32_t);
    struct word *words = TAKE(a, t->flows_count + 1, struct word);
    if (!enterprise || !input || !words) return AP_NO_MEMORY;
    for (uint32_t e = 1; e < m->n.enterprise; e++) enterprise[m->enterprises[e].table_row] = e;
    for (uint32_t i = 1; i <= t->flows_count; i++) {
        const struct flow_row *row = &t->flows[i];
        words[i - 1] = (struct word){ row->input[0] ? row->input : t->enterprises[row->supplier].family, i };
    }
    words_number(words, t->flows_count, input);
    for (uint32_t i = 1; i <= t->flows_count; i++) {
        const struct flow_row *row = &t->flows[i];
        out->flows[out->count++] = (struct flow){ .supplier = enterprise[row->supplier], .input = input[i],
                                                  .buyer = enterprise[row->buyer], .yuan = (double)row->yuan / 100,
                                                  .kind = (enum flow_kind)row->kind };
    }
    return AP_OK;
}

// ---- as bills and plans give them -----------------------------------------------------------------------------------

// Vehicles of a build that the bulletin's year wants, or the run where it has no day of that year.
static double wanted_a_year(const struct model *m, uint32_t build) {
    const int64_t *sum = m->wanted_sum + (size_t)build * ((size_t)m->days + 1);
    int year = (int)m->set.bulletin_year;
    int64_t from = day_from_date(year, 1, 1) - m->first_day, until = day_from_date(year + 1, 1, 1) - m->first_day;
    if (until <= 0 || from >= m->days) from = 0, until = m->days;
    from = larger_of(from, 0);
    until = smaller_of(until, m->days);
    return (double)(sum[until] - sum[from]) / 1e6 * 365 / (double)(until - from);
}

// The sector of an enterprise is the product it sells most of; 0 where it sells nothing.
static enum ap_status sectors_by_sales(const struct model *m, struct arena *a, struct flow_list *out) {
    uint32_t products = m->tables->products_count + 1;
    double *sales = TAKE(a, (size_t)m->n.enterprise * products, double);
    if (!sales) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < out->count; i++)
        sales[(size_t)out->flows[i].supplier * products + out->flows[i].input] += out->flows[i].yuan;
    for (uint32_t e = 1; e < m->n.enterprise; e++) {
        const double *of = sales + (size_t)e * products;
        for (uint32_t p = 1; p < products; p++)
            if (of[p] > of[out->sector[e]]) out->sector[e] = p;
    }
    out->sectors = products;
    return AP_OK;
}

static uint32_t platform_of(const struct model *m, uint32_t build) {
    return m->tables->variants[m->variants[m->builds[build].variant].table_row].platform;
}

// Whether both build the same platform in the same plant.
static bool builds_alike(const struct model *m, uint32_t a, uint32_t b) {
    return m->lines[m->builds[a].line].enterprise == m->lines[m->builds[b].line].enterprise &&
           platform_of(m, a) == platform_of(m, b);
}

// Marks the stocks that some builds of a plant's platform take and others do not.
static void options_mark(const struct model *m, uint32_t first, uint32_t *last_build, uint32_t *builds,
                         bool *optional) {
    uint32_t count = 0;
    for (uint32_t b = first; b < m->n.build; b++) {
        if (!builds_alike(m, b, first)) continue;
        count++;
        for (uint32_t i = m->builds[b].first_need; i < m->builds[b].first_need + m->builds[b].needs; i++) {
            uint32_t stock = m->needs[i].stock;
            builds[stock] += last_build[stock] != b;
            last_build[stock] = b;
        }
    }
    for (uint32_t b = first; b < m->n.build; b++) {
        if (!builds_alike(m, b, first)) continue;
        for (uint32_t i = m->builds[b].first_need; i < m->builds[b].first_need + m->builds[b].needs; i++) {
            uint32_t stock = m->needs[i].stock;
            if (builds[stock] && builds[stock] < count) optional[stock] = true;
            builds[stock] = 0;
        }
    }
}

static bool platform_seen(const struct model *m, uint32_t build) {
    for (uint32_t b = 1; b < build; b++)
        if (builds_alike(m, b, build)) return true;
    return false;
}

static enum ap_status flows_plan(const struct model *m, struct arena *a, struct flow_list *out) {
    uint32_t *last_build = TAKE(a, m->n.stock + 1, uint32_t), *builds = TAKE(a, m->n.stock + 1, uint32_t);
    bool *optional = TAKE(a, m->n.stock + 1, bool);
    double *wanted = TAKE(a, m->n.build + 1, double);
    if (!last_build || !builds || !optional || !wanted) return AP_NO_MEMORY;
    for (uint32_t b = 1; b < m->n.build; b++) {
        wanted[b] = wanted_a_year(m, b);
        if (!platform_seen(m, b)) options_mark(m, b, last_build, builds, optional);
    }
    for (uint32_t i = 1; i < m->n.link; i++) {
        const struct link *link = &m->links[i];
        const struct stock *buyer = &m->stocks[link->buyer];
        double units = 0;
        for (uint32_t k = m->first_planned[link->buyer]; link->approved && k < m->first_planned[link->buyer + 1]; k++)
            units += wanted[m->planned[k].build] * m->planned[k].use_per_1024 / 1024;
        double yuan = units * link->share_ppm / 1e6 * (double)m->products[buyer->product].value_fen / 100;
        out->flows[out->count++] = (struct flow){
            .supplier = link->supplier_enterprise, .buyer = buyer->enterprise, .yuan = yuan,
            .input = m->products[buyer->product].family,
            .kind = optional[link->buyer] ? FLOW_NON_ESSENTIAL : FLOW_ESSENTIAL };
    }
    return AP_OK;
}

enum ap_status flows_collect(const struct model *m, struct arena *a, struct flow_list *out) {
    uint32_t given = m->tables->flows_count;
    *out = (struct flow_list){ .room = given ? given : m->n.link };
    out->flows = TAKE(a, out->room + 1, struct flow);
    out->sector = TAKE(a, m->n.enterprise + 1, uint32_t);
    if (!out->flows || !out->sector) return AP_NO_MEMORY;
    TRY(given ? flows_read(m, a, out) : flows_plan(m, a, out));
    ASSERT(out->count <= out->room);
    flows_merge(out);
    return given ? sectors_read(m, a, out) : sectors_by_sales(m, a, out);
}
