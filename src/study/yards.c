#include "study/yards.h"

#include <stdlib.h>
#include <string.h>

enum ap_status yards_make(const struct model *m, struct yards *out) {
    memset(out, 0, sizeof *out);
    out->m = m;
    out->first_year = date_from_day(m->from).year;
    out->years = (uint32_t)(date_from_day(m->until).year - out->first_year + 1);
    out->days = calloc(out->years, sizeof *out->days);
    out->rows = calloc((size_t)out->years * m->n.enterprise, sizeof *out->rows);
    return out->days && out->rows ? AP_OK : AP_NO_MEMORY;
}

void yards_free(struct yards *y) {
    free(y->days);
    free(y->rows);
    memset(y, 0, sizeof *y);
}

static bool link_late(const struct model *m, const struct state *s, uint32_t row) {
    int32_t since = s->link_owed_since[row];
    return since != 0 && s->tick - (since - 1) > m->ticks_per_day;
}

void yards_day(struct yards *y, const struct run *run, day_number day) {
    const struct model *m = y->m;
    const struct state *s = &run->state;
    uint32_t year = (uint32_t)(date_from_day(day).year - y->first_year);
    ASSERT(year < y->years);
    struct yard *rows = y->rows + (size_t)year * m->n.enterprise;
    y->days[year]++;
    for (uint32_t i = 1; i < m->n.stock; i++) {
        const struct stock *stock = &m->stocks[i];
        int64_t fen = s->stock_on_hand[i] * m->products[stock->product].value_fen;
        if (stock->kind == STOCK_BOUGHT) rows[stock->enterprise].parts_fen += fen;
        else rows[stock->enterprise].made_fen += fen;
    }
    for (uint32_t i = 1; i < m->n.link; i++) {
        if (!m->links[i].approved) continue;
        rows[m->links[i].supplier_enterprise].link_days++;
        rows[m->links[i].supplier_enterprise].late_days += link_late(m, s, i);
    }
}

const struct yard *yard_of(const struct yards *y, int year, uint32_t enterprise) {
    ASSERT(year >= y->first_year && year < y->first_year + (int)y->years);
    return y->rows + (size_t)(year - y->first_year) * y->m->n.enterprise + enterprise;
}

int32_t yard_days(const struct yards *y, int year) {
    ASSERT(year >= y->first_year && year < y->first_year + (int)y->years);
    return y->days[year - y->first_year];
}
