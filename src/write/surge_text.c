#include "write/surge_text.h"

#include <stdio.h>

#include "write/charging_json.h"
#include "write/quantity.h"

enum { SHORTS_SHOWN = 20, COUNT = 12 };

static void count_cell(double value, int columns, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(value, (struct scale){1, 0, "", NULL, false}, text);
    words_add_right(out, text, columns);
}

// "1,234 ±56", without ± where one run has no interval.
static void interval_cell(struct interval x, int columns, struct words *out) {
    char mean[QUANTITY_ROOM], half[QUANTITY_ROOM], cell[2 * QUANTITY_ROOM + 8];
    struct scale s = {1, 0, "", NULL, false};
    quantity_format(x.mean, s, mean);
    quantity_format((x.high - x.low) / 2, s, half);
    snprintf(cell, sizeof cell, isnan(x.low) ? "%s" : "%s ±%s", mean, half);
    words_add_right(out, cell, columns);
}

struct short_names {
    const char *supplier, *product, *buyer, *identity;
    int64_t     tier;
};

static struct short_names names_of(const struct surge *s, const struct surge_short *x) {
    const struct model *m = &s->model;
    const struct link *link = &m->links[x->link];
    const struct stock *buyer = &m->stocks[link->buyer];
    const struct product *product = &m->products[buyer->product];
    const struct enterprise_row *row = &m->tables->enterprises[m->enterprises[link->supplier_enterprise].table_row];
    return (struct short_names){row->enterprise, product->id, enterprise_name(m, buyer->enterprise),
                                row->identity == 0 ? "named" : "synthetic",
                                product->family ? m->tables->products[product->family].tier : 0};
}

static const struct surge_setting *own_of(const struct surge *s) {
    for (uint32_t i = 0; i < s->setting_count; i++)
        if (s->settings[i].own) return &s->settings[i];
    return &s->settings[0];
}

static void head_write(const struct surge *s, struct words *out) {
    const struct surge_setting *x = own_of(s);
    const struct surge_options *o = &s->options;
    char from[11], percent[QUANTITY_ROOM];
    date_format(o->from, from);
    quantity_format(x->share, scale_of("share", 0, LANGUAGE_EN), percent);
    words_add(out, "Surge: NEV orders of %s times %g from %s for %u days (%s)\n\n", o->maker, o->times, from, o->days,
              s->tables->name);
    words_add_text(out, "  asked for in addition     ");
    interval_cell(x->asked, 20, out);
    words_add_text(out, "\n  made in addition          ");
    count_cell(x->made.mean - x->before.mean, 12, out);
    words_add(out, "  (%s of it)\n  with unlimited supply     ", percent);
    count_cell(x->unlimited.mean - x->before.mean, 12, out);
    words_add_text(out, "  (what is missing then, lines and the firm plan do not allow)");
    words_add_text(out, "\n  buyers who left for it    ");
    interval_cell(x->left, 20, out);
    words_add_text(out, "\n\n");
}

static void weeks_write(const struct surge *s, struct words *out) {
    words_add_text(out, "NEVs made a week        before   with surge    unlimited supply\n");
    for (uint32_t i = 0; i < s->weeks; i++) {
        char day[11];
        date_format(s->options.from + (day_number)(i * SURGE_SERIES_DAYS), day);
        words_add(out, "  from %s", day);
        for (int arm = 0; arm < 3; arm++) count_cell(s->by_week[arm][i], 13, out);
        words_add_text(out, "\n");
    }
    words_add_text(out, "\n");
}

static uint32_t supplier_of(const struct surge *s, const struct surge_short *x) {
    return s->model.links[x->link].supplier_enterprise;
}

static bool supplier_told(const struct surge *s, uint32_t before) {
    for (uint32_t i = 0; i < before; i++)
        if (supplier_of(s, &s->shorts[i]) == supplier_of(s, &s->shorts[before])) return true;
    return false;
}

// A supplier by the first of its links that ran short, and how many of them did.
static void supplier_write(const struct surge *s, uint32_t first, struct words *out) {
    const struct surge_short *x = &s->shorts[first];
    struct short_names names = names_of(s, x);
    uint32_t links = 0;
    int64_t days = 0;
    char text[80];
    for (uint32_t i = first; i < s->short_count; i++) {
        if (supplier_of(s, &s->shorts[i]) != supplier_of(s, x)) continue;
        links++;
        days += s->shorts[i].days;
    }
    snprintf(text, sizeof text, "  %3d  ", x->first_day);
    words_add_text(out, text);
    words_add_left(out, names.supplier, 26);
    words_add_left(out, names.product, 22);
    words_add_left(out, names.buyer, 14);
    snprintf(text, sizeof text, "%4lld %10lld %6u %10lld", (long long)names.tier, (long long)x->owed_most, links,
             (long long)days);
    words_add_text(out, text);
    words_add(out, "%s\n", names.identity[0] == 's' ? "  synthetic" : "");
}

static void shorts_write(const struct surge *s, struct words *out) {
    uint32_t suppliers = 0;
    for (uint32_t i = 0; i < s->short_count; i++) suppliers += !supplier_told(s, i);
    words_add(out, "Suppliers that ran short with the surge and not without it: %u, on %u links\n", suppliers,
              s->short_count);
    if (!suppliers) {
        words_add_text(out, "  none: they could follow the firm plan\n\n");
        return;
    }
    words_add_text(out, "  day  supplier                  first part            for           tier  owed most  links"
                        "  link days\n");
    for (uint32_t i = 0, shown = 0; i < s->short_count && shown < SHORTS_SHOWN; i++) {
        if (supplier_told(s, i)) continue;
        supplier_write(s, i, out);
        shown++;
    }
    if (suppliers > SHORTS_SHOWN) words_add(out, "  and %u more (--json lists all)\n", suppliers - SHORTS_SHOWN);
    words_add_text(out, "  short: owed without a pause for more than a day. In the order in which they ran short.\n\n");
}

static void settings_write(const struct surge *s, struct words *out) {
    words_add_text(out, "What the firm horizon does (NEVs over the days of the surge)\n"
                        "  firm_days  flex_up      before           made      unlimited  of what was asked"
                        "  first short  buyers left\n");
    for (uint32_t i = 0; i < s->setting_count; i++) {
        const struct surge_setting *x = &s->settings[i];
        char text[64], percent[QUANTITY_ROOM];
        snprintf(text, sizeof text, "  %9lld  %7g", (long long)x->firm_days, x->flex_up);
        words_add_text(out, text);
        count_cell(x->before.mean, COUNT, out);
        interval_cell(x->made, 15, out);
        interval_cell(x->unlimited, 15, out);
        quantity_format(x->share, scale_of("share", 0, LANGUAGE_EN), percent);
        words_add_right(out, percent, 19);
        if (x->first_short < 0) snprintf(text, sizeof text, "never");
        else snprintf(text, sizeof text, "day %d", x->first_short);
        words_add_right(out, text, 13);
        count_cell(x->left.mean, 13, out);
        words_add_text(out, x->own ? "  as it is\n" : "\n");
    }
    words_add(out, "\n%u replication%s, luck alone; unlimited: every maker at %d times its rate.\nledgers balanced\n",
              s->options.replications, s->options.replications > 1 ? "s" : "", SURGE_UNLIMITED);
}

enum ap_status surge_to_text(const struct surge *s, struct words *out) {
    head_write(s, out);
    weeks_write(s, out);
    shorts_write(s, out);
    settings_write(s, out);
    return words_status(out);
}

// --- JSON

static json_t *luck_json(struct json_made *made, struct interval x) {
    json_t *o = json_object();
    json_put(made, o, "mean", json_number(x.mean));
    json_put(made, o, "low", json_number(x.low));
    json_put(made, o, "high", json_number(x.high));
    return o;
}

static json_t *setting_json(struct json_made *made, const struct surge_setting *x) {
    json_t *o = json_object();
    json_put(made, o, "firm_days", json_integer(x->firm_days));
    json_put(made, o, "flex_up", json_number(x->flex_up));
    json_put(made, o, "own", json_boolean(x->own));
    json_put(made, o, "before", luck_json(made, x->before));
    json_put(made, o, "made", luck_json(made, x->made));
    json_put(made, o, "unlimited", luck_json(made, x->unlimited));
    json_put(made, o, "asked_in_addition", luck_json(made, x->asked));
    json_put(made, o, "buyers_left", luck_json(made, x->left));
    json_put(made, o, "share_made", json_number(x->share));
    json_put(made, o, "first_short_day", x->first_short < 0 ? json_null() : json_integer(x->first_short));
    return o;
}

static json_t *short_json(struct json_made *made, const struct surge *s, const struct surge_short *x) {
    struct short_names names = names_of(s, x);
    json_t *o = json_object();
    json_put(made, o, "supplier", json_words(names.supplier));
    json_put(made, o, "identity", json_string(names.identity));
    json_put(made, o, "product", json_words(names.product));
    json_put(made, o, "buyer", json_words(names.buyer));
    json_put(made, o, "tier", json_integer(names.tier));
    json_put(made, o, "first_day", json_integer(x->first_day));
    json_put(made, o, "days", json_integer(x->days));
    json_put(made, o, "owed_most", json_integer(x->owed_most));
    json_put(made, o, "runs", json_integer(x->runs));
    return o;
}

static json_t *weeks_json(struct json_made *made, const struct surge *s) {
    static const char *const names[] = {"before", "made", "unlimited"};
    json_t *o = json_object();
    for (int arm = 0; arm < 3; arm++) {
        json_t *weeks = json_array();
        for (uint32_t i = 0; i < s->weeks; i++) json_add(made, weeks, json_number(s->by_week[arm][i]));
        json_put(made, o, names[arm], weeks);
    }
    return o;
}

enum ap_status surge_to_json(const struct surge *s, struct words *out) {
    struct json_made made = {json_object(), false};
    json_t *o = made.root, *settings = json_array(), *shorts = json_array();
    char from[11];
    date_format(s->options.from, from);
    json_put(&made, o, "scenario", json_words(s->tables->name));
    json_put(&made, o, "maker", json_words(s->options.maker));
    json_put(&made, o, "from", json_string(from));
    json_put(&made, o, "days", json_integer(s->options.days));
    json_put(&made, o, "times", json_number(s->options.times));
    json_put(&made, o, "seed", json_integer((json_int_t)s->options.seed));
    json_put(&made, o, "replications", json_integer(s->options.replications));
    json_put(&made, o, "ledger", json_string("balanced"));
    for (uint32_t i = 0; i < s->setting_count; i++) json_add(&made, settings, setting_json(&made, &s->settings[i]));
    json_put(&made, o, "settings", settings);
    json_put(&made, o, "weeks", weeks_json(&made, s));
    for (uint32_t i = 0; i < s->short_count; i++) json_add(&made, shorts, short_json(&made, s, &s->shorts[i]));
    json_put(&made, o, "shortages", shorts);
    return json_write(out, &made);
}
