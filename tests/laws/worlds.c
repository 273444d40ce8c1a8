#include "laws/worlds.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "laws/sheet.h"

// The tables, and their headers without source and confidence.
#define SHEETS(X)                                                                                                      \
    X(settings, "setting,value")                                                                                       \
    X(districts, "district,zone,in_region")                                                                            \
    X(calendars, "calendar,always")                                                                                    \
    X(shifts, "calendar,days,from_hour,until_hour,level")                                                              \
    X(holidays, "holiday,from,until,calendar")                                                                         \
    X(enterprises, "enterprise,district,kind,calendar,size,family,maker")                                              \
    X(products, "product,per,tier,value")                                                                              \
    X(platforms, "platform,bill,maker")                                                                                \
    X(variants, "variant,platform,powertrain,driving_level,options,take,price")                                        \
    X(bom, "bill,component,option,quantity,at")                                                                        \
    X(makers, "enterprise,product,capacity,headroom,flow_hours,yield,cover_days,outside_share,overtime_share")         \
    X(links, "buyer,component,platform,supplier,share,approved,priority,transit_hours,spread_hours")                   \
    X(sourcing, "product,sources,unapproved,local_share,transit_hours,outside_hours,spread_hours,review_hours,"        \
                "cover_days")                                                                                          \
    X(stocks, "enterprise,product,platform,policy,reorder_at,order_up_to,lot,order_most,review_hours,"                 \
              "review_offset_hours,cover_days")                                                                        \
    X(demands, "demand,enterprise,product,demand_law,mean,deviation,every_hours,offset_hours,unmet")                   \
    X(lines, "line,enterprise,calendar,from,until")                                                                    \
    X(shops, "line,shop,next,cycle_seconds,cycle_law,shape,buffer,variant_share,failures,up_hours,down_hours")         \
    X(builds, "line,platform,share")                                                                                   \
    X(volumes, "platform,year,channel,units,shape")                                                                    \
    X(shapes, "shape,year,month,weight")                                                                               \
    X(losses, "loss,month,maker,units")                                                                                \
    X(markets, "market,channel,lane,price_ratio")                                                                      \
    X(shares, "market,year,share")                                                                                     \
    X(lanes, "lane,name")                                                                                              \
    X(legs, "lane,leg,mode,departures,capacity,transit_hours,spread_hours")                                            \
    X(shocks, "shock,from,until,scope,target,basis,factor,extra_hours,active")

enum { PLANTS_MOST = 4, LINES_MOST = 6, FAMILIES_MOST = 12, SUBS_MOST = 3, SUPPLIERS_MOST = 40 };

struct world {
    struct dice d;
#define SHEET_FIELD(name, header) struct sheet name;
    SHEETS(SHEET_FIELD)
#undef SHEET_FIELD
    int plants, line_count, families, subs, suppliers, exports, lane_count, tick_hours;
    int plant_of_line[LINES_MOST];
    double a_day_of_line[LINES_MOST];           // vehicles wanted a day
    bool uses[LINES_MOST][FAMILIES_MOST];       // the line's platform uses the family
    bool per_platform[FAMILIES_MOST];
    bool lots;                                  // stocks order in lots: they remember what was lost, for ever
    bool sun;                                   // some bill has the option SUN
    bool fed[FAMILIES_MOST][SUBS_MOST];         // a sub-tier goes into the family
    int  first_maker[FAMILIES_MOST + SUBS_MOST], maker_count[FAMILIES_MOST + SUBS_MOST];
};

static const char *pick(struct dice *d, const char *const *words, int count) {
    return words[dice_roll(d, 0, count - 1)];
}
#define PICK(d, ...)                                                                                                   \
    pick((d), (const char *const[]){__VA_ARGS__}, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)))

static void setting(struct world *w, const char *name, double value) {
    sheet_row(&w->settings, "%s,%g", name, value);
}

static void settings_make(struct world *w) {
    struct dice *d = &w->d;
    w->tick_hours = dice_chance(d, 80) ? 1 : 2;
    sheet_row(&w->settings, "from,2023-01-%02d", dice_roll(d, 2, 28));
    sheet_row(&w->settings, "until,2024-%02d-15", dice_roll(d, 3, 6));
    setting(w, "warm_up_days", dice_roll(d, 0, 20));
    setting(w, "tick_seconds", 3600 * w->tick_hours);
    setting(w, "seed", dice_roll(d, 1, 1000));
    setting(w, "firm_days", dice_roll(d, 3, 40));
    setting(w, "order_book_days", dice_roll(d, 0, 8));
    setting(w, "flex_up", dice_roll(d, 0, 40) / 100.0);
    setting(w, "flex_down", dice_roll(d, 0, 40) / 100.0);
    setting(w, "catch_up_days", dice_roll(d, 2, 25));
    setting(w, "dealer_days", dice_roll(d, 3, 40));
    setting(w, "build_to_order_share", dice_roll(d, 0, 10) / 10.0);
    setting(w, "patience_days", dice_roll(d, 10, 100));
    setting(w, "make_hours", dice_roll(d, 1, 6));
    setting(w, "switch_days", dice_roll(d, 0, 10));
    setting(w, "qualify_days", dice_roll(d, 1, 40));
    setting(w, "overtime_above_days", dice_roll(d, 1, 6) / 2.0);
    setting(w, "shift_add_days", dice_roll(d, 3, 30));
    if (dice_chance(d, 40)) {
        setting(w, "read_hours", 24);
        setting(w, "read_offset_hours", 12);
    }
    if (dice_chance(d, 20)) sheet_row(&w->settings, "audit_every_tick,yes");
}

static void places_make(struct world *w) {
    struct dice *d = &w->d;
    sheet_row(&w->districts, "North,Z1,yes");
    sheet_row(&w->districts, "South,Z2,yes");
    sheet_row(&w->districts, "Away,Z3,no");
    sheet_row(&w->calendars, "ONE,no");
    sheet_row(&w->calendars, "TWO,no");
    sheet_row(&w->calendars, "EVER,yes");
    sheet_row(&w->shifts, "ONE,1111100,8,16,normal");
    sheet_row(&w->shifts, "ONE,1111100,16,18,overtime");
    sheet_row(&w->shifts, "ONE,1111110,18,22,extra");
    sheet_row(&w->shifts, "TWO,1111110,6,14,normal");
    sheet_row(&w->shifts, "TWO,1111110,14,22,normal");
    sheet_row(&w->shifts, "TWO,0000001,6,14,%s", PICK(d, "overtime", "extra"));
    sheet_row(&w->holidays, "Spring,2023-01-21,2023-01-%02d,", dice_roll(d, 23, 29));
    sheet_row(&w->holidays, "Spring,2024-02-10,2024-02-%02d,", dice_roll(d, 12, 17));
    if (dice_chance(d, 50)) sheet_row(&w->holidays, "Autumn,2023-10-01,2023-10-04,ONE");
}

static const char *calendar_pick(struct dice *d) {
    return PICK(d, "ONE", "TWO", "EVER", "");
}

static void plants_make(struct world *w) {
    struct dice *d = &w->d;
    w->plants = dice_roll(d, 1, PLANTS_MOST);
    for (int p = 0; p < w->plants; p++) {
        sheet_row(&w->enterprises, "P%d,%s,plant,%s,0,F-CARS,M%d", p, PICK(d, "North", "South"), calendar_pick(d),
                  p % 2);
        int lines = w->plants == 1 ? dice_roll(d, 1, 3) : w->plants == 2 ? dice_roll(d, 1, 2) : 1;
        for (int i = 0; i < lines; i++) w->plant_of_line[w->line_count++] = p;
    }
    sheet_row(&w->enterprises, "EVERYWHERE,Away,unlimited,,0,,");
}

// Shops of one line in series; sometimes two shops side by side that the next one joins.
static void shops_make(struct world *w, int line, double cycle_seconds) {
    struct dice *d = &w->d;
    int shops = dice_roll(d, 1, 4);
    bool joined = shops >= 2 && dice_chance(d, 25);
    for (int s = 0; s < shops; s++) {
        char next[16] = "";
        if (s + 1 < shops) snprintf(next, sizeof next, "S%d", s + 1);
        const char *law = PICK(d, "constant", "constant", "exponential", "erlang");
        const char *failures = PICK(d, "none", "calendar", "none");
        for (int twin = 0; twin <= (joined && s == 0); twin++)
            sheet_row(&w->shops, "L%d,S%d%s,%s,%.3f,%s,%d,%d,%.2f,%s,%d,%g", line, s, twin ? "B" : "", next,
                      cycle_seconds * dice_roll(d, 60, 100) / 100.0, law, dice_roll(d, 1, 4), dice_roll(d, 0, 12),
                      dice_chance(d, 70) ? 1.0 : 0.6, failures, dice_roll(d, 20, 400), dice_roll(d, 1, 40) / 10.0);
    }
}

static void lines_make(struct world *w) {
    struct dice *d = &w->d;
    for (int i = 0; i < w->line_count; i++) {
        const char *calendar = PICK(d, "ONE", "TWO", "TWO");
        double hours = calendar[0] == 'O' ? 8 * 5 / 7.0 : 16 * 6 / 7.0;
        double cycle = dice_roll(d, 120, 900);
        sheet_row(&w->lines, "L%d,P%d,%s,%s,", i, w->plant_of_line[i], calendar,
                  dice_chance(d, 10) ? "2023-03-01" : "");
        shops_make(w, i, cycle);
        // Stations that block and fail lose a third and more of their nominal rate: use is of what remains.
        w->a_day_of_line[i] = 3600 / cycle * hours * 0.6 * dice_roll(d, 30, 75) / 100.0;
        sheet_row(&w->builds, "L%d,T%d,1", i, i);
    }
}

static void variants_make(struct world *w, int platform) {
    struct dice *d = &w->d;
    int count = dice_roll(d, 1, 3);
    sheet_row(&w->platforms, "T%d,BILL%d,M%d", platform, platform, platform % 2);
    for (int v = 0; v < count; v++) {
        const char *take = count == 1 ? "1" : count == 2 ? (v ? "0.3" : "0.7") : (v ? "0.25" : "0.5");
        sheet_row(&w->variants, "V%d%c,T%d,%s,%d,%s,%s,%d", platform, 'a' + v, platform,
                  PICK(d, "ICE", "PHEV", "BEV"), dice_roll(d, 0, 3), w->sun && dice_chance(d, 40) ? "SUN" : "", take,
                  dice_roll(d, 80000, 200000));
    }
}

// Families of parts, their use by the platforms, and what the sub-tier puts into them.
static void products_make(struct world *w) {
    struct dice *d = &w->d;
    w->families = dice_roll(d, 2, FAMILIES_MOST);
    w->subs = dice_roll(d, 0, SUBS_MOST);
    for (int f = 0; f < w->families; f++) {
        w->per_platform[f] = dice_chance(d, 40);
        sheet_row(&w->products, "F%02d,%s,1,%d", f, w->per_platform[f] ? "platform" : "once", dice_roll(d, 50, 5000));
        for (int s = 0; s < w->subs; s++) {
            w->fed[f][s] = dice_chance(d, 30);
            if (w->fed[f][s]) sheet_row(&w->bom, "F%02d,SUB%d,,%d,last", f, s, dice_roll(d, 1, 3));
        }
    }
    for (int s = 0; s < w->subs; s++) sheet_row(&w->products, "SUB%d,once,2,%d", s, dice_roll(d, 5, 500));
    for (int t = 0; t < w->line_count; t++) {
        for (int f = 0; f < w->families; f++) {
            w->uses[t][f] = f == t % w->families || dice_chance(d, 60);
            if (!w->uses[t][f]) continue;
            bool option = f != t % w->families && dice_chance(d, 15);
            sheet_row(&w->bom, "BILL%d,F%02d,%s,%d,%s", t, f, option ? "SUN" : "", dice_roll(d, 1, 4),
                      PICK(d, "first", "last", "last"));
            w->sun |= option;
        }
    }
    for (int t = 0; t < w->line_count; t++) variants_make(w, t);
}

static void product_name(const struct world *w, int f, char out[16]) {
    if (f < w->families) snprintf(out, 16, "F%02d", f);
    else snprintf(out, 16, "SUB%d", f - w->families);
}

static void suppliers_make(struct world *w) {
    struct dice *d = &w->d;
    for (int f = 0; f < w->families + w->subs; f++) {
        w->first_maker[f] = w->suppliers;
        w->maker_count[f] = dice_roll(d, 1, 3);
        for (int i = 0; i < w->maker_count[f]; i++) {
            int s = w->suppliers++;
            sheet_row(&w->enterprises, "E%02d,%s,supplier,%s,%d,F-%d,", s, PICK(d, "North", "South", "Away"),
                      calendar_pick(d), dice_roll(d, 1, 90) * 1000000, f % 3);
            char product[16];
            product_name(w, f, product);
            sheet_row(&w->makers, "E%02d,%s,,%.2f,%d,%s,%d,%.2f,%.2f", s, product, dice_roll(d, 130, 250) / 100.0,
                      dice_roll(d, 0, 60), dice_chance(d, 75) ? "1" : "0.97", dice_roll(d, 1, 6),
                      dice_chance(d, 30) ? 0.2 : 0, dice_roll(d, 0, 30) / 100.0);
        }
    }
}

// One buyer's links for a product: one or two approved suppliers, sometimes one that could be qualified.
static void links_of(struct world *w, const char *buyer, int f, const char *platform) {
    struct dice *d = &w->d;
    char product[16];
    product_name(w, f, product);
    int makers = w->maker_count[f], first = dice_roll(d, 0, makers - 1);
    int links = dice_roll(d, 1, makers);
    for (int i = 0; i < links; i++) {
        int maker = w->first_maker[f] + (first + i) % makers;
        bool approved = i == 0 || dice_chance(d, 60);
        sheet_row(&w->links, "%s,%s,%s,E%02d,%d,%s,%d,%d,%d", buyer, product, platform, maker, dice_roll(d, 1, 3),
                  approved ? "yes" : "no", dice_roll(d, 0, 1), dice_roll(d, w->tick_hours, 150),
                  dice_chance(d, 30) ? dice_roll(d, 1, 20) : 0);
    }
    if (dice_chance(d, 10))
        sheet_row(&w->links, "%s,%s,%s,EVERYWHERE,1,no,0,%d,0", buyer, product, platform, dice_roll(d, 24, 200));
}

static bool plant_uses(const struct world *w, int plant, int f) {
    for (int t = 0; t < w->line_count; t++)
        if (w->plant_of_line[t] == plant && w->uses[t][f]) return true;
    return false;
}

// Every other family is sourced by the plants' own rows of links.csv, the rest is drawn from sourcing.csv.
static void links_make(struct world *w) {
    struct dice *d = &w->d;
    for (int f = 0; f < w->families + w->subs; f++) {
        char product[16];
        product_name(w, f, product);
        sheet_row(&w->sourcing, "%s,%.1f,%d,%.1f,%d,%d,%d,%d,%d", product, dice_roll(d, 10, 20) / 10.0,
                  dice_roll(d, 0, 1), dice_roll(d, 5, 10) / 10.0, dice_roll(d, 2, 30), dice_roll(d, 24, 150),
                  dice_roll(d, 0, 12), 24 / dice_roll(d, 1, 2), dice_roll(d, 1, 6));
        if (f >= w->families || dice_chance(d, 50)) continue;
        for (int p = 0; p < w->plants; p++) {
            char buyer[16];
            snprintf(buyer, sizeof buyer, "P%d", p);
            if (plant_uses(w, p, f)) links_of(w, buyer, f, "");
        }
    }
}

// Stocks with policies of their own at the plants; levels that cover the longest transit at the planned use.
static void stocks_make(struct world *w) {
    struct dice *d = &w->d;
    w->lots = dice_chance(d, 10);
    for (int p = 0; p < w->plants; p++)
        for (int f = 0; f < w->families; f++) {
            if (w->per_platform[f] || !plant_uses(w, p, f) || !dice_chance(d, 25)) continue;
            double a_day = 0;
            for (int t = 0; t < w->line_count; t++)
                if (w->plant_of_line[t] == p && w->uses[t][f]) a_day += 4 * w->a_day_of_line[t];
            int up_to = (int)(a_day * dice_roll(d, 12, 20)) + 10;
            const char *policy = PICK(d, "plan", "order_up_to", "order_up_to", "s_S", w->lots ? "r_Q" : "plan");
            sheet_row(&w->stocks, "P%d,F%02d,,%s,%d,%d,%d,%d,%d,%d,%d", p, f, policy, up_to * 3 / 4, up_to,
                      policy[0] == 'r' ? up_to / 4 + 1 : w->lots ? dice_roll(d, 1, 5) : 1,
                      dice_chance(d, 15) ? up_to : 0,
                      24 * dice_roll(d, 1, 3), dice_roll(d, 0, 20) / 2 * 2, dice_roll(d, 2, 8));
        }
    for (int p = 0; p < w->plants; p++)
        for (int f = 0; f < w->families; f++) {
            if (w->per_platform[f] || !plant_uses(w, p, f) || !dice_chance(d, 10)) continue;
            sheet_row(&w->demands, "SPARE%d%02d,P%d,F%02d,%s,%d,%d,%d,%d,%s", p, f, p, f,
                      PICK(d, "poisson", "constant", "normal"), dice_roll(d, 1, 6), dice_roll(d, 1, 3),
                      24 * dice_roll(d, 1, 2), dice_roll(d, 0, 11) * 2, PICK(d, "backorder", "lost"));
        }
}

static void lanes_make(struct world *w) {
    struct dice *d = &w->d;
    w->lane_count = dice_roll(d, 2, 4);
    double a_day = 0;
    for (int t = 0; t < w->line_count; t++) a_day += w->a_day_of_line[t];
    for (int i = 0; i < w->lane_count; i++) {
        int legs = i < 2 ? 1 : dice_roll(d, 1, 3);
        sheet_row(&w->lanes, "WAY%d,lane", i);
        for (int g = 1; g <= legs; g++) {
            double departures = dice_roll(d, 1, 30) / 10.0;
            sheet_row(&w->legs, "WAY%d,%d,%s,%.1f,%d,%d,%d", i, g, PICK(d, "road", "rail", "river", "sea"), departures,
                      (int)(a_day * 3 / departures) + 5, dice_roll(d, 6, 400), dice_chance(d, 40) ? 12 : 0);
        }
    }
    sheet_row(&w->markets, "HERE,local,WAY0,1");
    sheet_row(&w->markets, "LAND,domestic,WAY1,1");
    w->exports = dice_roll(d, 1, 4);
    for (int i = 0; i < w->exports; i++) {
        sheet_row(&w->markets, "ABROAD%d,export,WAY%d,1.1", i, dice_roll(d, 0, w->lane_count - 1));
        sheet_row(&w->shares, "ABROAD%d,2023,%d", i, dice_roll(d, 1, 5));
        if (dice_chance(d, 50)) sheet_row(&w->shares, "ABROAD%d,2024,%d", i, dice_roll(d, 1, 5));
        else sheet_row(&w->shares, "ABROAD%d,2024,1", i);
    }
}

static void volumes_make(struct world *w) {
    struct dice *d = &w->d;
    bool shaped = dice_chance(d, 60);
    for (int month = 1; shaped && month <= 12; month++)
        for (int year = 2022; year <= 2024; year++)
            sheet_row(&w->shapes, "WAVE,%d,%d,%d", year, month, dice_roll(d, 80, 110));
    for (int t = 0; t < w->line_count; t++)
        for (int year = 2022; year <= 2024; year++) {
            double units = w->a_day_of_line[t] * 365;
            const char *shape = shaped && dice_chance(d, 70) ? "WAVE" : "";
            sheet_row(&w->volumes, "T%d,%d,local,%d,%s", t, year, (int)(units * 0.2), shape);
            sheet_row(&w->volumes, "T%d,%d,domestic,%d,%s", t, year, (int)(units * 0.6), shape);
            sheet_row(&w->volumes, "T%d,%d,export,%d,%s", t, year, (int)(units * 0.2), shape);
        }
    if (dice_chance(d, 30)) sheet_row(&w->losses, "CUT,2023-08-01,%s,%d", PICK(d, "", "M0"), dice_roll(d, 1, 60));
}

// A random target of a scope; returns the scope.
static const char *target_pick(struct world *w, char target[16]) {
    struct dice *d = &w->d;
    const char *scope = PICK(d, "everything", "region", "outside", "enterprise", "enterprise", "enterprise", "family",
                             "product", "district", "zone", "maker", "line", "lane", "market", "platform");
    target[0] = 0;
    if (!strcmp(scope, "enterprise")) {
        if (dice_chance(d, 25)) snprintf(target, 16, "P%d", dice_roll(d, 0, w->plants - 1));
        else snprintf(target, 16, "E%02d", dice_roll(d, 0, w->suppliers - 1));
    }
    if (!strcmp(scope, "family")) snprintf(target, 16, "F-%d", dice_roll(d, 0, w->families + w->subs > 2 ? 2 : 1));
    if (!strcmp(scope, "maker")) snprintf(target, 16, "M0");
    if (!strcmp(scope, "product"))
        product_name(w, dice_roll(d, 0, w->families + w->subs - 1), target);
    if (!strcmp(scope, "district")) snprintf(target, 16, "%s", PICK(d, "North", "South", "Away"));
    if (!strcmp(scope, "zone")) snprintf(target, 16, "%s", PICK(d, "Z1", "Z2", "Z3"));
    if (!strcmp(scope, "line")) snprintf(target, 16, "L%d", dice_roll(d, 0, w->line_count - 1));
    if (!strcmp(scope, "lane")) snprintf(target, 16, "WAY%d", dice_roll(d, 0, w->lane_count - 1));
    if (!strcmp(scope, "market"))
        snprintf(target, 16, "%s", dice_chance(d, 50) ? PICK(d, "HERE", "LAND") : "ABROAD0");
    if (!strcmp(scope, "platform")) snprintf(target, 16, "T%d", dice_roll(d, 0, w->line_count - 1));
    return scope;
}

static const char *basis_pick(struct dice *d, const char *scope) {
    if (!strcmp(scope, "lane")) return PICK(d, "transit", "capacity");
    if (!strcmp(scope, "market") || !strcmp(scope, "platform")) return "demand";
    if (!strcmp(scope, "line")) return "capacity";
    if (!strcmp(scope, "maker")) return PICK(d, "capacity", "planned_flow", "demand");
    if (!strcmp(scope, "everything") || !strcmp(scope, "region"))
        return PICK(d, "capacity", "planned_flow", "demand", "transit");
    return PICK(d, "capacity", "capacity", "planned_flow", "allocation", "transit");
}

static void shocks_make(struct world *w) {
    struct dice *d = &w->d;
    int steps = dice_roll(d, 1, 3), month = dice_roll(d, 3, 5), day = dice_roll(d, 1, 10);
    char target[16];
    const char *scope = target_pick(w, target), *basis = basis_pick(d, scope);
    for (int i = 0; i < steps; i++) {
        int last = day + dice_roll(d, 0, 6);
        int most = strcmp(basis, "demand") ? 8 : strcmp(scope, "market") ? 14 : 10;
        double factor = dice_roll(d, 0, most) / 10.0;
        sheet_row(&w->shocks, "WHATIF,2023-%02d-%02d,2023-%02d-%02d,%s,%s,%s,%.1f,%d,no", month, day, month, last,
                  scope, target, basis, factor, !strcmp(basis, "transit") ? dice_roll(d, 1, 60) : 0);
        day = last + 1;
    }
    sheet_row(&w->shocks, "NOTHING,2023-04-03,2023-04-20,everything,,capacity,1,0,no");
    sheet_row(&w->shocks, "FALLBACK,2023-04-03,2023-04-07,everything,,capacity,0.%d,0,no", dice_roll(d, 0, 6));
    sheet_row(&w->shocks, "NOTHING,2023-04-03,2023-04-20,everything,,demand,1,0,no");
    if (dice_chance(d, 40))
        sheet_row(&w->shocks, "ALWAYS,2023-03-20,2023-04-0%d,region,,capacity,0.%d,0,yes", dice_roll(d, 1, 9),
                  dice_roll(d, 5, 9));
}

bool world_write(const char *folder, uint32_t number, enum row_order order) {
    static struct world w;   // too large for the stack; a test is one thread
    memset(&w, 0, sizeof w);
#define SHEET_SET(sheet, columns) w.sheet.name = #sheet, w.sheet.header = columns;
    SHEETS(SHEET_SET)
#undef SHEET_SET
    w.d.state = 0x5eed0000u + number;
    settings_make(&w);
    places_make(&w);
    plants_make(&w);
    lines_make(&w);
    products_make(&w);
    suppliers_make(&w);
    links_make(&w);
    stocks_make(&w);
    lanes_make(&w);
    volumes_make(&w);
    shocks_make(&w);
    struct dice shuffle = {number * 2 + 1};
    bool written = true;
#define SHEET_WRITE(sheet, columns)                                                                                    \
    written = written && sheet_write(&w.sheet, folder, order == ORDER_SHUFFLED ? &shuffle : NULL);
    SHEETS(SHEET_WRITE)
#undef SHEET_WRITE
    return written;
}

void world_remove(const char *folder) {
    DIR *open = opendir(folder);
    if (!open) return;
    for (struct dirent *entry; (entry = readdir(open));) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.') unlink(path);
    }
    closedir(open);
    rmdir(folder);
}
