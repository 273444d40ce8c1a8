// What buyers want, by offer and day: volumes x shape, published losses added (M-4.1); export shares by market
// and year; dealers' targets.
#include "model/builder.h"

#include <string.h>

enum { WANTED_MOST = 4000 };       // vehicles a day: millionths of them are held in 32 bits

bool shape_weights(const struct tables *t, const char *shape, int year, double weights[13]) {
    bool any = false;
    memset(weights, 0, 13 * sizeof *weights);
    for (uint32_t i = 1; i <= t->shapes_count; i++) {
        const struct shape_row *row = &t->shapes[i];
        if (row->year != year || strcmp(row->shape, shape) != 0 || row->month < 1 || row->month > 12) continue;
        weights[row->month] = row->weight;
        any = true;
    }
    for (int month = 1; month <= 12; month++) weights[0] += weights[month];   // in one order, whatever the file's
    return any && weights[0] > 0;
}

// Vehicles a day of one volume row in a month of its year.
struct volume_days {
    double per_day[13];
};

static double volume_units(const struct builder *b, uint32_t row) {
    const struct volume_row *v = &b->t->volumes[row];
    uint64_t who = hash_pair(hash_text(b->t->platforms[v->platform].platform),
                             (uint64_t)v->year * 8 + (uint64_t)v->channel);
    return drawn(b, who, &v->common, (double)v->units);
}

static void volume_spread(struct builder *b, uint32_t row, struct volume_days *out) {
    const struct volume_row *v = &b->t->volumes[row];
    double weights[13], units = volume_units(b, row);
    bool shaped = v->shape[0] && shape_weights(b->t, v->shape, (int)v->year, weights);
    if (v->shape[0] && !shaped)
        complain(b->c, v->common.source, 0, NULL, "UNKNOWN_SHAPE", "add its months to shapes.csv",
                 "shape \"%s\" has no weights for %lld", v->shape, (long long)v->year);
    double days = day_from_date((int)v->year + 1, 1, 1) - day_from_date((int)v->year, 1, 1);
    for (int month = 1; month <= 12; month++)
        out->per_day[month] = shaped ? units * weights[month] / weights[0] / days_in_month((int)v->year, month)
                                     : units / days;
}

// Days of the row's year, and for the first year of the table also the days of the run before it.
static void volume_add(struct builder *b, uint32_t row, bool first, const double *take) {
    const struct volume_row *v = &b->t->volumes[row];
    struct model *m = b->m;
    struct volume_days spread;
    volume_spread(b, row, &spread);
    for (int month = 1; month <= 12; month++) {
        if (spread.per_day[month] <= WANTED_MOST) continue;
        complain(b->c, v->common.source, 0, NULL, "VOLUME_TOO_LARGE", "split the platform into several",
                 "a platform can be wanted %d times a day in a channel, month %d wants \"%.0f\"", WANTED_MOST, month,
                 spread.per_day[month]);
        return;
    }
    int32_t begin = first ? 0 : day_from_date((int)v->year, 1, 1) - m->first_day;
    int32_t end = day_from_date((int)v->year, 12, 31) - m->first_day;
    if (begin < 0) begin = 0;
    if (end >= m->days) end = m->days - 1;
    for (uint32_t i = b->variants_of.first[v->platform]; i < b->variants_of.first[v->platform + 1]; i++) {
        uint32_t k = b->variants_of.rows[i];
        uint32_t offer = m->variants[k].first_offer + (uint32_t)v->channel;
        uint32_t *wanted = m->wanted_micro + (size_t)offer * (size_t)m->days;
        for (int32_t day = begin; day <= end; day++) {
            struct date date = date_from_day(m->first_day + day);
            if (date.year != v->year && m->first_day + day >= m->from) continue;
            wanted[day] += (uint32_t)(spread.per_day[date.month] * take[k] * 1e6 + 0.5);
        }
    }
}

static double *takes_of(struct builder *b) {
    struct model *m = b->m;
    double *take = scratch_take(b, m->n.variant, sizeof *take);
    double *sum = scratch_take(b, b->t->platforms_count + 1, sizeof *sum);
    if (b->refused) return NULL;
    for (uint32_t k = 1; k < m->n.variant; k++) {
        const struct variant_row *row = &b->t->variants[m->variants[k].table_row];
        take[k] = drawn(b, m->variants[k].who, &row->common, row->take);
        sum[row->platform] += take[k];
    }
    for (uint32_t k = 1; k < m->n.variant; k++) {
        double of = sum[b->t->variants[m->variants[k].table_row].platform];
        take[k] = of > 0 ? take[k] / of : 0;
    }
    return take;
}

// Sum of what is wanted of the maker's platforms on days first..last, after multiplying it by `factor`; below 0: more
// than can be held.
static double wanted_scale(struct builder *b, const char *maker, const int32_t days[2], double factor) {
    struct model *m = b->m;
    double sum = 0;
    for (uint32_t o = 1; o < m->n.offer; o++) {
        uint32_t platform = b->t->variants[m->variants[m->offers[o].variant].table_row].platform;
        if (maker[0] && strcmp(b->t->platforms[platform].maker, maker) != 0) continue;
        uint32_t *wanted = m->wanted_micro + (size_t)o * (size_t)m->days;
        for (int32_t day = days[0]; day <= days[1]; day++) {
            if (wanted[day] * factor > WANTED_MOST * 1e6) return -1;
            if (factor != 1) wanted[day] = (uint32_t)(wanted[day] * factor + 0.5);
            sum += wanted[day];
        }
    }
    return sum;
}

// A loss is added to the month it was lost in, in proportion to what is wanted of the maker's platforms.
static void loss_add(struct builder *b, const struct loss_row *loss) {
    struct model *m = b->m;
    struct date month = date_from_day(loss->month);
    int32_t days[2] = { day_from_date(month.year, month.month, 1) - m->first_day, 0 };
    days[1] = days[0] + days_in_month(month.year, month.month) - 1;
    if (days[0] < 0 || days[1] >= m->days) return;
    double sum = wanted_scale(b, loss->maker, days, 1);
    double units = drawn(b, hash_text(loss->loss), &loss->common, (double)loss->units) * 1e6;
    if (sum <= 0 || wanted_scale(b, loss->maker, days, 1 + units / sum) >= 0) return;
    complain(b->c, loss->common.source, 0, NULL, "VOLUME_TOO_LARGE", "check its units",
             "with the loss a variant is wanted more than %d times a day in a channel", WANTED_MOST);
}

static void export_shares(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    m->market_share = model_take(b, (size_t)m->years * m->n.market, sizeof *m->market_share);
    double *share = scratch_take(b, m->n.market, sizeof *share);
    if (b->refused) return;
    for (int32_t y = 0; y < m->years; y++) {
        double sum = 0, reached = 0;
        for (uint32_t k = 1; k < m->n.market; k++) {
            int64_t best = INT64_MIN;            // the last year not after y, else the first there is
            share[k] = 0;
            for (uint32_t i = 1; i <= t->shares_count; i++) {
                const struct share_row *row = &t->shares[i];
                int64_t year = row->year <= m->first_year + y ? row->year : -row->year;
                if (b->market_of[row->market] != k || year <= best) continue;
                best = year;
                share[k] = drawn(b, hash_pair(m->markets[k].who, (uint64_t)row->year), &row->common, row->share);
            }
            if (m->markets[k].channel != CHANNEL_EXPORT) share[k] = 0;
            sum += share[k];
        }
        for (uint32_t k = 1; k < m->n.market; k++) {
            reached += sum > 0 ? share[k] / sum : 0;
            m->market_share[(size_t)y * m->n.market + k] = (uint32_t)(reached * 4294967295.0);
        }
    }
}

// Whole years as volumes.csv has them, whatever days the run covers: makers are sized for them (M-10).
static void years_wanted(struct builder *b, const double *take) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    int64_t first = INT32_MAX, last = INT32_MIN;
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        first = smaller_of(first, t->volumes[i].year);
        last = larger_of(last, t->volumes[i].year);
    }
    b->volume_year = (int32_t)first;
    b->volume_years = last < first ? 0 : (int32_t)(last - first + 1);
    b->year_wanted = scratch_take(b, (size_t)m->n.build * (size_t)b->volume_years, sizeof *b->year_wanted);
    if (b->refused) return;
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        const struct volume_row *v = &t->volumes[i];
        for (uint32_t k = 1; k < m->n.build; k++) {
            const struct build *build = &m->builds[k];
            if (t->variants[m->variants[build->variant].table_row].platform != v->platform) continue;
            b->year_wanted[(size_t)k * (size_t)b->volume_years + (size_t)(v->year - first)] +=
                volume_units(b, i) * take[build->variant] * build->share_ppm / 1e6;
        }
    }
}

static void wanted_sums(struct builder *b) {
    struct model *m = b->m;
    m->wanted_sum = model_take(b, (size_t)m->n.build * ((size_t)m->days + 1), sizeof *m->wanted_sum);
    if (b->refused) return;
    for (uint32_t k = 1; k < m->n.build; k++) {
        int64_t *sum = m->wanted_sum + (size_t)k * ((size_t)m->days + 1);
        uint32_t first = m->variants[m->builds[k].variant].first_offer;
        for (int32_t day = 0; day < m->days; day++) {
            int64_t wanted = 0;
            for (uint32_t o = first; o < first + CHANNEL_COUNT; o++)
                wanted += m->wanted_micro[(size_t)o * (size_t)m->days + (size_t)day];
            sum[day + 1] = sum[day] + wanted * m->builds[k].share_ppm / 1000000;
        }
    }
}

// M-4.7: dealers hold dealer_days of what is wanted over the year around a day: they plan for the year, not for the
// month, so that no month's jump is multiplied into the plants. Only the share of buyers that does not wait counts.
static void dealer_targets(struct builder *b) {
    struct model *m = b->m;
    size_t row = (size_t)m->days + 1;
    m->dealer_target = model_take(b, (size_t)m->n.offer * row, sizeof *m->dealer_target);
    int64_t *sum = scratch_take(b, row, sizeof *sum);
    if (b->refused) return;
    double days = m->set.dealer_days * (1 - m->set.build_to_order_share) / 1e6;
    for (uint32_t o = 1; o < m->n.offer; o++) {
        const uint32_t *wanted = m->wanted_micro + (size_t)o * (size_t)m->days;
        for (int32_t day = 0; day < m->days; day++) sum[day + 1] = sum[day] + wanted[day];
        for (int32_t day = 0; m->offers[o].dealer && day <= m->days; day++) {
            int32_t first = day > 182 ? day - 182 : 0, last = day + 183 < m->days ? day + 183 : m->days;
            double a_day = (double)(sum[last] - sum[first]) / (last - first);
            m->dealer_target[(size_t)o * row + (size_t)day] = (int32_t)(a_day * days + 0.5);
        }
    }
}

void wanted_build(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    m->wanted_micro = model_take(b, (size_t)m->n.offer * (size_t)m->days, sizeof *m->wanted_micro);
    double *take = takes_of(b);
    if (b->refused) return;
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        bool first = true;          // of the table: what the days before it want is what it wants
        for (uint32_t k = 1; k <= t->volumes_count; k++) first &= t->volumes[k].year >= t->volumes[i].year;
        volume_add(b, i, first, take);
    }
    for (uint32_t i = 1; i <= t->losses_count; i++) loss_add(b, &t->losses[i]);
    wanted_sums(b);
    years_wanted(b, take);
    dealer_targets(b);
    export_shares(b);
}
