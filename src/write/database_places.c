// Places and things by name: districts, enterprises, families, variants, markets, lanes, sites; and what districts and
// enterprises did in each year of the first replication.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/database.h"
#include "write/town_hours.h"

static const struct output_table districts_table = {"districts", "places, in the region and outside", 1,
    {KEY("district", "id"), TEXT_COLUMN("name", "English name"), TEXT_COLUMN("name_zh", "Chinese name"),
     TEXT_COLUMN("zone", "zone of the region, or the outside area"), COUNTED("in_region", "", "1: in the region"),
     MEASURED("lat", "degree", "latitude; NULL: not given"), MEASURED("lon", "degree", "longitude"),
     COUNTED("population", "person", "inhabitants; 0: not given"),
     MEASURED("gdp", "yuan", "gross product; 0: not given")}};
static const struct output_table district_years_table = {"district_years",
    "the first replication by district and year", 2,
    {REFERS("district", "districts", "id"), YEAR_COLUMN, COUNTED("enterprises", "enterprise", "that shipped"),
     COUNTED("above_threshold", "enterprise", "with a turnover of turnover_threshold or more"),
     COUNTED("plants", "enterprise", "with lines"), MEASURED("turnover", "yuan", "shipped x unit value"),
     COUNTED("vehicles", "vehicle", "off its lines")}};
static const struct output_table enterprises_table = {"enterprises", "who makes and builds", 1,
    {KEY("enterprise", "id"), TEXT_COLUMN("name", "English name, or what it is called"),
     TEXT_COLUMN("name_zh", "Chinese name"), REFERS("district", "districts", "where it stands"),
     KEY("kind", "plant, supplier or unlimited"), KEY("identity", "named by a source, or synthetic: invented"),
     TEXT_COLUMN("trade", "group of trades"), TEXT_COLUMN("maker", "group or brand owner, of plants"),
     TEXT_COLUMN("family", "the family it makes, or the first of several"),
     TEXT_COLUMN("families", "all it makes, separated by ;"),
     {"tier", "INTEGER", "", "the least of its families: 1 goes into vehicles; 0: a plant; NULL: makes none", NULL},
     KEY("sources", "approved sources of the buyer who has the fewest: single, dual, several; none: no buyer"),
     MEASURED("size", "yuan", "yearly turnover in the register; 0: unknown"),
     MEASURED("ttr_low_days", "day", "time to recover, low"), MEASURED("ttr_mode_days", "day", "most likely"),
     MEASURED("ttr_high_days", "day", "high"), MEASURED("events_per_year", "1/year", "outages of that kind")}};
static const struct output_table enterprise_years_table = {"enterprise_years",
    "the first replication by enterprise and year", 2,
    {REFERS("enterprise", "enterprises", "id"), YEAR_COLUMN, MEASURED("turnover", "yuan", "shipped x unit value"),
     MEASURED("parts", "yuan", "value of parts shipped to it"),
     MEASURED("parts_local", "yuan", "of that, from enterprises in the region"),
     COUNTED("vehicles", "vehicle", "off its lines"),
     MEASURED("parts_days", "day", "mean value of parts on hand over that of the parts it got a day"),
     MEASURED("made_days", "day", "mean value of what it made and holds over its turnover a day"),
     MEASURED("service_level",
         "share", "of its approved links and days, those with nothing owed for more than a day")}};
static const struct output_table families_table = {"families", "parts and materials", 1,
    {KEY("family", "id"), TEXT_COLUMN("name", "English name"), TEXT_COLUMN("name_zh", "Chinese name"),
     TEXT_COLUMN("system", "engine, body, battery ..."), COUNTED("tier", "", "1 goes into vehicles, 2 into parts, ..."),
     KEY("per", "once, or platform: every platform has its own")}};
static const struct output_table variants_table = {"variants", "vehicles as ordered", 1,
    {KEY("variant", "id"), TEXT_COLUMN("name", "model and trim"), KEY("platform", "id"),
     TEXT_COLUMN("maker", "brand owner"),
     KEY("powertrain", "ICE, HEV, PHEV, EREV, BEV or FCEV"), COUNTED("nev", "", "1: PHEV, EREV, BEV or FCEV"),
     COUNTED("smart", "", "1: assisted driving from smart_level up"), MEASURED("price", "yuan", "ex-works value")}};
static const struct output_table markets_table = {"markets", "where vehicles are sold", 1,
    {KEY("market", "id"), TEXT_COLUMN("name", "English name"), TEXT_COLUMN("name_zh", "Chinese name"),
     TEXT_COLUMN("iso3", "country code"), KEY("channel", "local, domestic or export"),
     REFERS("lane", "lanes", "how vehicles get there")}};
static const struct output_table lanes_table = {"lanes", "ways out of the region", 1,
    {KEY("lane", "id"), TEXT_COLUMN("name", "in words")}};
static const struct output_table legs_table = {"legs", "legs of a lane", 2,
    {REFERS("lane", "lanes", "id"), COUNTED("leg", "", "1, 2, ..."), KEY("mode", "river, rail, road or sea"),
     TEXT_COLUMN("origin", "where it starts"), TEXT_COLUMN("destination", "where it ends"),
     MEASURED("departures", "1/day", "a day"), COUNTED("capacity", "vehicle", "per departure"),
     MEASURED("transit_hours", "hour", "from departure to arrival")}};

static const struct output_table *const tables[] = {&districts_table, &district_years_table, &enterprises_table,
    &enterprise_years_table, &families_table, &variants_table, &lanes_table, &markets_table, &legs_table};

// --- districts

static enum ap_status districts_fill(struct database *d, const struct tables *t) {
    for (uint32_t i = 1; i <= t->districts_count; i++) {
        const struct district_row *row = &t->districts[i];
        bool placed = row->lat != 0 || row->lon != 0;
        text_bind(d, 1, row->district);
        text_bind(d, 2, row->name);
        text_bind(d, 3, row->name_zh);
        text_bind(d, 4, row->zone);
        count_bind(d, 5, row->in_region);
        value_bind(d, 6, placed ? row->lat : NO_VALUE);
        value_bind(d, 7, placed ? row->lon : NO_VALUE);
        count_bind(d, 8, row->population);
        fen_bind(d, 9, row->gdp);
        TRY(row_end(d));
    }
    return AP_OK;
}

struct district_year {
    int64_t enterprises, above, plants, turnover, vehicles;
};

static uint32_t district_of(const struct model *m, uint32_t enterprise) {
    return m->tables->enterprises[m->enterprises[enterprise].table_row].district;
}

static void district_years_sum(struct year_span v, struct district_year *sums) {
    for (uint32_t i = 1; i < v.m->n.enterprise; i++) {
        struct district_year *sum = &sums[district_of(v.m, i)];
        int64_t turnover = v.b->enterprise_turnover[i] - v.a->enterprise_turnover[i];
        sum->enterprises += turnover > 0;
        sum->above += turnover >= v.m->set.turnover_threshold;
        sum->plants += v.m->tables->enterprises[v.m->enterprises[i].table_row].kind == KIND_PLANT;
        sum->turnover += turnover;
    }
    for (uint32_t i = 1; i < v.m->n.line; i++)
        sums[district_of(v.m, v.m->lines[i].enterprise)].vehicles += v.b->line_made[i] - v.a->line_made[i];
}

static enum ap_status district_years_fill(struct database *d, struct year_span v) {
    struct district_year *sums = calloc(v.m->tables->districts_count + 1, sizeof *sums);
    if (!sums) return AP_NO_MEMORY;
    district_years_sum(v, sums);
    enum ap_status status = AP_OK;
    for (uint32_t i = 1; i <= v.m->tables->districts_count && status == AP_OK; i++) {
        text_bind(d, 1, v.m->tables->districts[i].district);
        count_bind(d, 2, v.year);
        count_bind(d, 3, sums[i].enterprises);
        count_bind(d, 4, sums[i].above);
        count_bind(d, 5, sums[i].plants);
        fen_bind(d, 6, sums[i].turnover);
        count_bind(d, 7, sums[i].vehicles);
        status = row_end(d);
    }
    free(sums);
    return status;
}

// --- enterprises

// By enterprise: what it makes, and the fewest approved sources of a buyer of its.
struct trade {
    struct words families;
    uint32_t first;                // row of products
    int64_t  tier;                 // INT64_MAX: none
    uint32_t sources;              // 0: no buyer
};

static uint32_t approved_sources(const struct model *m, const struct stock *stock) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < stock->sources; i++) count += m->links[m->source_links[stock->first_source + i]].approved;
    return count;
}

static void trades_of(const struct model *m, struct trade *trades) {
    for (uint32_t i = 0; i < m->n.enterprise; i++) trades[i].tier = INT64_MAX;
    for (uint32_t i = 1; i < m->n.maker; i++) {
        struct trade *trade = &trades[m->makers[i].enterprise];
        uint32_t product = m->tables->makers[m->makers[i].table_row].product;
        if (trade->first) words_add_text(&trade->families, ";");
        else trade->first = product;
        words_add_text(&trade->families, m->tables->products[product].product);
        trade->tier = smaller_of(trade->tier, m->tables->products[product].tier);
    }
    for (uint32_t i = 1; i < m->n.link; i++) {
        const struct link *link = &m->links[i];
        if (!link->approved) continue;
        uint32_t count = approved_sources(m, &m->stocks[link->buyer]);
        struct trade *trade = &trades[link->supplier_enterprise];
        if (trade->sources == 0 || count < trade->sources) trade->sources = count;
    }
}

static enum ap_status enterprise_put(struct database *d, const struct model *m, uint32_t i, const struct trade *trade) {
    static const char *const kinds[] = {"plant", "supplier", "unlimited"}, *const identities[] = {"named", "synthetic"};
    static const char *const sources[] = {"none", "single", "dual", "several"};
    const struct enterprise_row *row = &m->tables->enterprises[m->enterprises[i].table_row];
    text_bind(d, 1, row->enterprise);
    text_bind(d, 2, row->name);
    text_bind(d, 3, row->name_zh);
    text_bind(d, 4, m->tables->districts[row->district].district);
    text_bind(d, 5, kinds[row->kind]);
    text_bind(d, 6, identities[row->identity]);
    text_bind(d, 7, row->family);
    text_bind(d, 8, row->maker);
    text_bind(d, 9, trade->first ? m->tables->products[trade->first].product : NULL);
    text_bind(d, 10, words_text(&trade->families));
    if (row->kind == KIND_PLANT) count_bind(d, 11, 0);
    else if (trade->tier != INT64_MAX) count_bind(d, 11, trade->tier);
    else text_bind(d, 11, NULL);
    text_bind(d, 12, sources[trade->sources > 3 ? 3 : trade->sources]);
    fen_bind(d, 13, row->size);
    value_bind(d, 14, row->ttr_low_days);
    value_bind(d, 15, row->ttr_mode_days);
    value_bind(d, 16, row->ttr_high_days);
    value_bind(d, 17, row->events_per_year);
    return row_end(d);
}

static enum ap_status enterprises_fill(struct database *d, const struct model *m) {
    struct trade *trades = calloc(m->n.enterprise + 1, sizeof *trades);
    if (!trades) return AP_NO_MEMORY;
    trades_of(m, trades);
    enum ap_status status = AP_OK;
    for (uint32_t i = 1; i < m->n.enterprise; i++) {
        if (status == AP_OK) status = words_status(&trades[i].families);
        if (status == AP_OK) status = enterprise_put(d, m, i, &trades[i]);
        words_free(&trades[i].families);
    }
    free(trades);
    return status;
}

static double days_of(int64_t held, int64_t days, int64_t flow) {
    return flow > 0 && days > 0 ? (double)held / (double)flow : NO_VALUE;
}

static enum ap_status enterprise_years_fill(struct database *d, struct year_span v) {
    int64_t *vehicles = calloc(v.m->n.enterprise + 1, sizeof *vehicles);
    if (!vehicles) return AP_NO_MEMORY;
    for (uint32_t i = 1; i < v.m->n.line; i++)
        vehicles[v.m->lines[i].enterprise] += v.b->line_made[i] - v.a->line_made[i];
    int32_t days = yard_days(&v.record->yards, v.year);
    enum ap_status status = AP_OK;
    for (uint32_t i = 1; i < v.m->n.enterprise && status == AP_OK; i++) {
        const struct yard *yard = yard_of(&v.record->yards, v.year, i);
        int64_t turnover = v.b->enterprise_turnover[i] - v.a->enterprise_turnover[i];
        int64_t parts = v.b->enterprise_parts[i] - v.a->enterprise_parts[i];
        text_bind(d, 1, enterprise_name(v.m, i));
        count_bind(d, 2, v.year);
        fen_bind(d, 3, turnover);
        fen_bind(d, 4, parts);
        fen_bind(d, 5, v.b->enterprise_parts_local[i] - v.a->enterprise_parts_local[i]);
        count_bind(d, 6, vehicles[i]);
        value_bind(d, 7, days_of(yard->parts_fen, days, parts));
        value_bind(d, 8, days_of(yard->made_fen, days, turnover));
        value_bind(d, 9, yard->link_days ? 1 - (double)yard->late_days / (double)yard->link_days : NO_VALUE);
        status = row_end(d);
    }
    free(vehicles);
    return status;
}

// --- families, variants, markets, lanes

static enum ap_status families_fill(struct database *d, const struct tables *t) {
    static const char *const per[] = {"once", "platform"};
    for (uint32_t i = 1; i <= t->products_count; i++) {
        const struct product_row *row = &t->products[i];
        text_bind(d, 1, row->product);
        text_bind(d, 2, row->name);
        text_bind(d, 3, row->name_zh);
        text_bind(d, 4, row->system);
        count_bind(d, 5, row->tier);
        text_bind(d, 6, per[row->per]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status variants_fill(struct database *d, const struct model *m) {
    static const char *const powertrains[] = {"ICE", "HEV", "PHEV", "EREV", "BEV", "FCEV"};
    for (uint32_t i = 1; i < m->n.variant; i++) {
        const struct variant_row *row = &m->tables->variants[m->variants[i].table_row];
        text_bind(d, 1, row->variant);
        text_bind(d, 2, row->name);
        text_bind(d, 3, m->tables->platforms[row->platform].platform);
        text_bind(d, 4, m->tables->platforms[row->platform].maker);
        text_bind(d, 5, powertrains[row->powertrain]);
        count_bind(d, 6, m->variants[i].nev);
        count_bind(d, 7, m->variants[i].smart);
        fen_bind(d, 8, row->price);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status markets_fill(struct database *d, const struct tables *t) {
    static const char *const channels[] = {"local", "domestic", "export"};
    for (uint32_t i = 1; i <= t->markets_count; i++) {
        const struct market_row *row = &t->markets[i];
        text_bind(d, 1, row->market);
        text_bind(d, 2, row->name);
        text_bind(d, 3, row->name_zh);
        text_bind(d, 4, row->iso3);
        text_bind(d, 5, channels[row->channel]);
        text_bind(d, 6, t->lanes[row->lane].lane);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status lanes_fill(struct database *d, const struct tables *t) {
    for (uint32_t i = 1; i <= t->lanes_count; i++) {
        text_bind(d, 1, t->lanes[i].lane);
        text_bind(d, 2, t->lanes[i].name);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status legs_fill(struct database *d, const struct tables *t) {
    static const char *const modes[] = {"river", "rail", "road", "sea"};
    for (uint32_t i = 1; i <= t->legs_count; i++) {
        const struct leg_row *row = &t->legs[i];
        text_bind(d, 1, t->lanes[row->lane].lane);
        count_bind(d, 2, row->leg);
        text_bind(d, 3, modes[row->mode]);
        text_bind(d, 4, row->origin);
        text_bind(d, 5, row->destination);
        value_bind(d, 6, row->departures);
        count_bind(d, 7, row->capacity);
        value_bind(d, 8, row->transit_hours);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status places_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct study *s = self;
    if (t == &districts_table) return districts_fill(d, s->tables);
    if (t == &district_years_table) return years_fill(d, s, district_years_fill);
    if (t == &enterprises_table) return enterprises_fill(d, &s->model);
    if (t == &enterprise_years_table) return years_fill(d, s, enterprise_years_fill);
    if (t == &families_table) return families_fill(d, s->tables);
    if (t == &variants_table) return variants_fill(d, &s->model);
    if (t == &lanes_table) return lanes_fill(d, s->tables);
    if (t == &markets_table) return markets_fill(d, s->tables);
    ASSERT(t == &legs_table);
    return legs_fill(d, s->tables);
}

struct result_part places_part(const struct study *s) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, places_fill, s};
}
