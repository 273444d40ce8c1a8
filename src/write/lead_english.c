// The sentences of the English release. A sentence without its figure is not said.
#include <stdio.h>
#include <string.h>

#include "write/bulletin.h"

// Cuts what is counted off a value where the sentence has said it: "501,000 vehicles" to "501,000".
static const char *unit_drop(char *value) {
    static const char *const units[] = {" vehicles", " enterprises", " piles", " sessions", " requests"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char *unit = strstr(value, units[i]);
        if (unit) *unit = 0;
    }
    return value;
}

// ", 10.9 % more than a year before".
static void growth_say(const struct bulletin *b, enum indicator_id id) {
    char growth[QUANTITY_ROOM];
    bool fell;
    if (!bulletin_growth(b, id, growth, &fell)) return;
    words_add(b->out, ", %s %s than a year before", growth, fell ? "less" : "more");
}

// " (reported: 2.32 million vehicles)".
static void reported_say(const struct bulletin *b, enum indicator_id id) {
    const struct figure *f = bulletin_figure(b, id, b->period);
    if (!f || f->reported != f->reported) return;
    char value[QUANTITY_ROOM];
    quantity_in_words(f->reported, indicator_of(id)->unit, LANGUAGE_EN, value);
    words_add(b->out, " (reported: %s%s)", f->at_least ? "more than " : "", unit_drop(value));
}

// "in 2023", "over 2022-08-15..2022-08-28".
static const char *when(const struct bulletin *b) {
    return b->period.kind == PERIOD_DAYS ? "over" : "in";
}

static void title_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], nevs[QUANTITY_ROOM];
    const struct figure *nev = bulletin_figure(b, INDICATOR_nev_output, b->period);
    const char *region = b->tables->settings.region;
    words_add_text(b->out, b->style.color ? "\033[1m" : "");
    if (bulletin_value(b, INDICATOR_vehicle_output, value)) {
        words_add(b->out, "%s made %s %s %s", region, value, when(b), b->period.name);
        if (nev && nev->simulated > 0 && bulletin_value(b, INDICATOR_nev_output, nevs))
            words_add(b->out, ", %s of them new-energy", unit_drop(nevs));
    } else if (bulletin_value(b, INDICATOR_turnover, value)) {
        words_add(b->out, "The enterprises of %s shipped %s %s %s", region, value, when(b), b->period.name);
    } else if (bulletin_value(b, INDICATOR_charging_energy, value)) {
        words_add(b->out, "Vehicles in %s charged %s %s %s", region, value, when(b), b->period.name);
    } else {
        words_add(b->out, "%s, %s", region, b->period.name);
    }
    words_add(b->out, ", a simulation says%s\n\n", b->style.color ? "\033[0m" : "");
}

static void output_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], share[QUANTITY_ROOM];
    if (!bulletin_value(b, INDICATOR_vehicle_output, value)) return;
    words_add(b->out, "The plants of %s turned out %s %s %s", b->tables->settings.region, value, when(b),
              b->period.name);
    reported_say(b, INDICATOR_vehicle_output);
    growth_say(b, INDICATOR_vehicle_output);
    words_add_text(b->out, ".");
    const struct figure *nev = bulletin_figure(b, INDICATOR_nev_output, b->period);
    if (nev && nev->simulated > 0 && bulletin_value(b, INDICATOR_nev_output, value)) {
        unit_drop(value);
        words_add(b->out, " Of these, %s were new-energy vehicles (NEVs)", value);
        reported_say(b, INDICATOR_nev_output);
        growth_say(b, INDICATOR_nev_output);
        if (bulletin_value(b, INDICATOR_nev_share, share)) words_add(b->out, "; their share was %s", share);
        words_add_text(b->out, ".");
    }
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (f->indicator != INDICATOR_nev_output_cagr || f->simulated != f->simulated) continue;
        quantity_in_words(f->simulated, "share", LANGUAGE_EN, value);
        words_add(b->out, " In %s they had grown by %s a year.", f->period.name, value);
    }
    const struct figure *smart = bulletin_figure(b, INDICATOR_smart_share, b->period);
    if (smart && smart->simulated > 0 && bulletin_value(b, INDICATOR_smart_share, share))
        words_add(b->out, " %s of all vehicles carry assisted driving of level %d or more.", share,
                  (int)b->tables->settings.smart_level);
    words_add_text(b->out, "\n\n");
}

static void exports_say(const struct bulletin *b) {
    char units[QUANTITY_ROOM], value[QUANTITY_ROOM], markets[QUANTITY_ROOM], growth[QUANTITY_ROOM];
    bool fell;
    const struct figure *f = bulletin_figure(b, INDICATOR_export_units, b->period);
    if (!f || f->simulated <= 0 || !bulletin_value(b, INDICATOR_export_units, units)) return;
    words_add(b->out, "Exports: %s left for markets abroad", units);
    reported_say(b, INDICATOR_export_units);
    growth_say(b, INDICATOR_export_units);
    if (bulletin_value(b, INDICATOR_export_value, value)) words_add(b->out, "; they were worth %s", value);
    reported_say(b, INDICATOR_export_value);
    if (bulletin_growth(b, INDICATOR_export_value, growth, &fell))
        words_add(b->out, ", %s %s", growth, fell ? "less" : "more");
    if (bulletin_value(b, INDICATOR_export_markets, markets)) words_add(b->out, ", and went to %s", markets);
    words_add_text(b->out, ".\n\n");
}

static void industry_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], other[QUANTITY_ROOM], threshold[QUANTITY_ROOM];
    bool said = false;
    if (bulletin_value(b, INDICATOR_vehicle_capacity, value)) {
        said = true;
        words_add(b->out, "Running flat out, the lines could make %s a year", value);
        if (bulletin_value(b, INDICATOR_vehicle_capacity_chain, other))
            words_add(b->out, ", and %s with the real chain behind them", unit_drop(other));
        if (bulletin_value(b, INDICATOR_capacity_use, other))
            words_add(b->out, "; %s of the lines' capacity was used", other);
        words_add_text(b->out, ". ");
    }
    if (bulletin_value(b, INDICATOR_enterprises_above_threshold, value)) {
        said = true;
        unit_drop(value);
        quantity_in_words((double)b->tables->settings.turnover_threshold / 100, "yuan", LANGUAGE_EN, threshold);
        bulletin_value(b, INDICATOR_enterprises, other);
        words_add(b->out, "%s of the %s that shipped anything reached a turnover of %s", value, other, threshold);
        reported_say(b, INDICATOR_enterprises_above_threshold);
        if (bulletin_value(b, INDICATOR_turnover, value)) words_add(b->out, "; all together shipped %s", value);
        words_add_text(b->out, ". ");
    }
    if (bulletin_value(b, INDICATOR_local_content, value)) {
        said = true;
        words_add(b->out, "By value, %s of the parts that reached the plants came from the region.", value);
    }
    if (said) words_add_text(b->out, "\n\n");
}

static void shocks_say(const struct bulletin *b) {
    char lost[QUANTITY_ROOM], delayed[QUANTITY_ROOM], sales[QUANTITY_ROOM];
    const struct figure *f = bulletin_figure(b, INDICATOR_output_lost, b->period);
    if (!f || b->study->model.shock_count == 0 || !bulletin_value(b, INDICATOR_output_lost, lost)) return;
    if (f->simulated >= 0) {
        words_add(b->out, "Shocks cost %s of output", lost);
    } else {
        quantity_in_words(-f->simulated, "vehicle", LANGUAGE_EN, lost);
        words_add(b->out, "%s that earlier shocks had cost were made up for", lost);
    }
    if (bulletin_value(b, INDICATOR_output_delayed, delayed))
        words_add(b->out, "; %s came late and were rebuilt within the period", delayed);
    const struct figure *missed = bulletin_figure(b, INDICATOR_sales_lost, b->period);
    if (missed && missed->simulated > 0 && bulletin_value(b, INDICATOR_sales_lost, sales)) {
        unit_drop(sales);
        words_add(b->out, "; %s buyers left because of them", sales);
    }
    words_add_text(b->out, ".\n\n");
}

static void piles_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], added[QUANTITY_ROOM];
    const struct figure *local = bulletin_figure(b, INDICATOR_local_nev_sales, b->period);
    bool sold = local && local->simulated > 0 && bulletin_value(b, INDICATOR_local_nev_sales, value);
    if (sold) words_add(b->out, "Buyers in the region took %s of the NEVs made here.", unit_drop(value));
    bool stand = bulletin_value(b, INDICATOR_piles, value);
    if (stand) {
        words_add(b->out, "%sAt the end of %s, %s were in place", sold ? " " : "", b->period.name, value);
        reported_say(b, INDICATOR_piles);
        if (bulletin_value(b, INDICATOR_piles_added, added))
            words_add(b->out, ", %s more than a year before", unit_drop(added));
        words_add_text(b->out, b->study->model.charging.there ? "." : " (as the tables say: nothing charges here).");
    }
    if (sold || stand) words_add_text(b->out, "\n\n");
}

static void waits_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], other[QUANTITY_ROOM];
    if (!bulletin_value(b, INDICATOR_wait_mean, value)) return;
    words_add(b->out, " Who came to a shared or public site waited %s on average", value);
    if (bulletin_value(b, INDICATOR_wait_p95, other)) words_add(b->out, ", one in twenty more than %s", other);
    if (bulletin_value(b, INDICATOR_gave_up_share, other))
        words_add(b->out, "; %s of all requests were given up", other);
    words_add_text(b->out, ".");
}

static void charging_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], other[QUANTITY_ROOM];
    if (!bulletin_value(b, INDICATOR_charging_energy, value)) return;
    bool fleet = bulletin_value(b, INDICATOR_fleet, other);
    if (fleet) words_add(b->out, "The region's NEVs, %s at the end, were charged with %s", unit_drop(other), value);
    else words_add(b->out, "Vehicles were charged with %s", value);
    if (bulletin_value(b, INDICATOR_sessions, other)) words_add(b->out, " in %s", other);
    if (bulletin_value(b, INDICATOR_energy_per_nev_day, other)) words_add(b->out, ", %s per NEV and day", other);
    reported_say(b, INDICATOR_energy_per_nev_day);
    if (bulletin_value(b, INDICATOR_public_share, other)) words_add(b->out, "; %s of it at public piles", other);
    words_add_text(b->out, ".");
    waits_say(b);
    if (bulletin_value(b, INDICATOR_peak_load, value)) words_add(b->out, " The load peaked at %s.", value);
    words_add_text(b->out, "\n\n");
}

void lead_english(const struct bulletin *b) {
    title_say(b);
    output_say(b);
    exports_say(b);
    industry_say(b);
    shocks_say(b);
    piles_say(b);
    charging_say(b);
}
