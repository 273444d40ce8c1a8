// Charging in the bulletin: its figures, who charges and waits, how requests end, what the sources say of it, and what
// is assumed.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/bulletin.h"

enum { CLASS_NAME = 37, CLASS_VALUE = 11, CALIBRATION_NAME = 37, CALIBRATION_VALUE = 12, RANGE = 22,
       SETTINGS_COLUMNS = 100 };

static bool is_zh(const struct bulletin *b) {
    return b->style.language == LANGUAGE_ZH;
}

static const char *say(const struct bulletin *b, const char *english, const char *chinese) {
    return bulletin_say(b, english, chinese);
}

// --- the figures

static bool figure_shown(const struct bulletin *b, const struct figure *f) {
    return of_charging(f) && indicator_of(f->indicator)->basis != FROM_FEED && period_same(f->period, b->period) &&
           f->simulated == f->simulated;
}

static void figures_say(const struct bulletin *b) {
    char title[120];
    snprintf(title, sizeof title, is_zh(b) ? "%s充电" : "Charging in %s", b->period.name);
    bulletin_heading(b, title, title);
    figures_heading(b);
    for (uint32_t i = 0; i < b->figures->count; i++)
        if (figure_shown(b, &b->figures->rows[i])) figure_row(b, &b->figures->rows[i]);
    intervals_explain(b);
}

static void months_say(const struct bulletin *b) {
    static const enum indicator_id shown[] = {INDICATOR_fleet, INDICATOR_charging_energy, INDICATOR_peak_load,
                                              INDICATOR_wait_mean, INDICATOR_gave_up_share};
    if (!b->figures->year || !bulletin_figure(b, INDICATOR_charging_energy, b->period)) return;
    char title[120];
    snprintf(title, sizeof title, is_zh(b) ? "%s各月充电" : "Charging in the months of %s", b->period.name);
    bulletin_months(b, title, shown, sizeof shown / sizeof *shown);
}

// What the shocks moved: rows of their own, with their signs.
static void feed_say(const struct bulletin *b) {
    bool any = false;
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        bool feed = indicator_of(f->indicator)->basis == FROM_FEED && period_same(f->period, b->period);
        if (!feed || f->simulated != f->simulated) continue;
        if (!any) {
            bulletin_heading(b, "What the shocks moved in the fleet", "冲击对保有量的影响");
            figures_heading(b);
        }
        any = true;
        figure_row(b, f);
    }
    if (any)
        words_add_text(b->out, say(b, "against the undisturbed twin (same luck); who is in neither line still waits or "
                                      "came later\n\n",
                                   "与无冲击对照运行（随机数相同）相比；其余购车者仍在等候或稍后购得\n\n"));
}

// --- by class

static const char *class_name(const struct bulletin *b, int32_t class) {
    if (class == 0) return say(b, "visitors, other requests", "外来车辆等");
    const struct ev_class_row *row = &b->tables->ev_classes[b->study->model.charging.classes[class].table_row];
    return *row->name && !is_zh(b) ? row->name : row->class;
}

struct class_column {
    enum town_measure measure;
    const char *english, *chinese;
};
static const struct class_column class_columns[] = {
    {TOWN_fleet, "NEVs", "车辆"},           {TOWN_sessions, "sessions", "充电次数"},
    {TOWN_energy_home, "at home", "居住地"}, {TOWN_energy_public, "in public", "公共"},
    {TOWN_energy_per_nev_day, "a NEV-day", "车均日"}, {TOWN_wait_mean, "wait", "等候"},
    {TOWN_wait_p95, "95 % wait", "95%等候"}, {TOWN_gave_up_share, "gave up", "放弃"},
    {TOWN_fuel_requests, "on fuel", "改用燃油"},
};
enum { CLASS_COLUMNS = sizeof class_columns / sizeof *class_columns };

// One scale per column, for its largest value, so that the column can be read downwards.
static struct scale column_scale(const struct bulletin *b, enum town_measure measure) {
    const struct town_figures *town = &b->study->town;
    double most = 0;
    for (uint32_t i = 0; i < town->classes; i++)
        if (town->rows[i].is[measure].mean > most) most = town->rows[i].is[measure].mean;
    return scale_of(town_measure_of(measure)->unit, most, b->style.language);
}

static void classes_say(const struct bulletin *b) {
    const struct town_figures *town = &b->study->town;
    struct scale scales[CLASS_COLUMNS];
    if (!town->classes) return;
    bulletin_heading(b, "By class of vehicle", "按用途");
    words_add_left(b->out, "", CLASS_NAME);
    for (int k = 0; k < CLASS_COLUMNS; k++) {
        scales[k] = column_scale(b, class_columns[k].measure);
        words_add_right(b->out, say(b, class_columns[k].english, class_columns[k].chinese), CLASS_VALUE);
    }
    words_add_text(b->out, "\n");
    words_add_left(b->out, "", CLASS_NAME);
    for (int k = 0; k < CLASS_COLUMNS; k++) words_add_right(b->out, scales[k].unit, CLASS_VALUE);
    words_add_text(b->out, "\n");
    for (uint32_t i = 0; i < town->classes; i++) {
        words_add_text(b->out, "  ");
        words_add_left(b->out, class_name(b, town->rows[i].scope.class), CLASS_NAME - 2);
        for (int k = 0; k < CLASS_COLUMNS; k++)
            bulletin_cell(b, town->rows[i].is[class_columns[k].measure].mean, scales[k], CLASS_VALUE);
        words_add_text(b->out, "\n");
    }
    words_add_text(b->out, "\n");
}

// --- how requests ended

struct ending {
    enum fleet_sum sum;
    const char *english, *chinese;
};

static void ends_say(const struct bulletin *b) {
    static const struct ending endings[] = {
        {FLEET_ended_served, "charged", "充电"},
        {FLEET_ended_fuel, "drove on fuel instead", "改用燃油"},
        {FLEET_ended_patience, "lost patience", "等候过久离开"},
        {FLEET_ended_full, "found no place to wait", "无等候位"},
        {FLEET_ended_no_site, "had no such pile in reach", "附近无桩"},
        {FLEET_ended_late, "ran out of time", "时间不足"},
        {FLEET_ended_waiting, "were waiting at the end", "期末等候中"},
        {FLEET_ended_charging, "were charging at the end", "期末充电中"},
        {FLEET_ended_between, "were between two tries at the end", "期末两次尝试之间"}};
    const struct fleet_record *r = &b->study->fleet;
    struct town_scope all = {ALL, ALL};
    int64_t asked = fleet_sum(r, b->period, all, FLEET_asked), shown = 0;
    char text[QUANTITY_ROOM];
    if (!r->months || asked == 0) return;
    bulletin_heading(b, "How requests for a pile ended (first replication)", "充电请求的结局（第一次重复）");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        int64_t count = fleet_sum(r, b->period, all, endings[i].sum);
        if (!count) continue;
        quantity_format((double)count, (struct scale){1, 0, "", NULL, false}, text);
        words_add_text(b->out, "  ");
        words_add_left(b->out, say(b, endings[i].english, endings[i].chinese), CALIBRATION_NAME - 2);
        words_add_right(b->out, text, CALIBRATION_VALUE + 3);
        quantity_format((double)count / (double)asked, (struct scale){0.01, 2, "", " %", false}, text);
        words_add_right(b->out, text, CALIBRATION_VALUE);
        words_add_text(b->out, "\n");
        shown += count;
    }
    quantity_format((double)asked, (struct scale){1, 0, "", NULL, false}, text);
    words_add(b->out, say(b, "  of %s that began%s\n\n", "  期内共%s次请求%s\n\n"), text,
              shown == asked ? "" : say(b, "; the others began before or ended after the period", "；其余跨期"));
}

// --- the calibration loop

static void range_say(const struct bulletin *b, double low, double high, struct scale s) {
    char from[QUANTITY_ROOM], until[QUANTITY_ROOM], text[2 * QUANTITY_ROOM + 8] = "";
    quantity_format(low, s, from);
    quantity_format(high, s, until);
    if (low == low) snprintf(text, sizeof text, "%s – %s", from, until);
    words_add_right(b->out, text, RANGE);
}

static void calibration_heading(const struct bulletin *b) {
    bulletin_heading(b, "The calibration loop: what sources say of it", "校准：与资料对照");
    words_add_left(b->out, "", CALIBRATION_NAME);
    words_add_left(b->out, "", 18);
    words_add_right(b->out, say(b, "simulated", "模拟"), CALIBRATION_VALUE);
    words_add_right(b->out, say(b, "luck and inputs", "随机和输入"), RANGE);
    words_add_right(b->out, say(b, "source", "资料"), CALIBRATION_VALUE);
    words_add_right(b->out, say(b, "its range", "资料区间"), RANGE);
    words_add_text(b->out, "\n");
}

static const char *verdict(const struct bulletin *b, const struct figure *f) {
    if (f->reported_low != f->reported_low) return figure_hit(f) ? say(b, "hit", "吻合") : say(b, "miss", "不吻合");
    return figure_inside(f) ? say(b, "inside", "区间内") : say(b, "outside", "区间外");
}

static void calibration_row(const struct bulletin *b, const struct figure *f) {
    const struct indicator *indicator = indicator_of(f->indicator);
    struct scale s = scale_of(indicator->unit, f->reported, b->style.language);
    char label[120];
    const char *name = say(b, indicator->english, indicator->chinese);
    snprintf(label, sizeof label, *s.unit ? "  %s (%s)" : "  %s%s", name, s.unit);
    words_add_left(b->out, label, CALIBRATION_NAME);
    words_add_left(b->out, f->period.name, 18);
    bulletin_cell(b, f->simulated, s, CALIBRATION_VALUE);
    range_say(b, f->low_inputs, f->high_inputs, s);
    bulletin_cell(b, f->reported, s, CALIBRATION_VALUE);
    range_say(b, f->reported_low, f->reported_high, s);
    words_add_text(b->out, "  ");
    words_add_left(b->out, verdict(b, f), 9);
    words_add_left(b->out, role_words(b, f->role), 9);
    words_add(b->out, "%s\n", f->source ? f->source : "");
}

static bool is_calibration(const struct figure *f) {
    return of_charging(f) && f->reported == f->reported && f->simulated == f->simulated;
}

static bool calibration_good(const struct figure *f) {
    return f->reported_low == f->reported_low ? figure_inside(f) : figure_hit(f);
}

static void calibration_say(const struct bulletin *b) {
    uint32_t rows = 0, scored = 0, good = 0;
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (!is_calibration(f)) continue;
        if (rows++ == 0) calibration_heading(b);
        calibration_row(b, f);
        scored += f->role == ROLE_SCORED;
        good += f->role == ROLE_SCORED && calibration_good(f);
    }
    if (!rows) return;
    if (is_zh(b))
        words_add(b->out, "检验%u项，其中%u项在资料区间内（资料无区间时偏差%d%%以内）\n\n", (unsigned)scored,
                  (unsigned)good, HIT_PER_CENT);
    else
        words_add(b->out, "%u of %u scored figures lie in the source's range, or within %d %% where it gives none.\n"
                          "Misses are printed as they are.\n\n", (unsigned)good, (unsigned)scored, HIT_PER_CENT);
}

// --- what is assumed

struct assumed {
    uint32_t rows, all;
};

static void table_say(const struct bulletin *b, const char *table, const char *column, struct assumed a) {
    if (!a.rows) return;
    words_add(b->out, say(b, "  %s.csv (%s): %u of %u rows\n", "  %s.csv（%s）：%u行，共%u行\n"), table, column,
              (unsigned)a.rows, (unsigned)a.all);
}

static void settings_say(const struct bulletin *b) {
    const struct row_common *given = b->tables->setting_common;
    struct words line = {0};
    const char *comma = "";
    words_add_text(&line, say(b, "Settings: ", "设置："));
#define SETTING_SAY(kind, name, dflt, low, high, unit, meaning)                                                        \
    if (given[SETTING_##name].confidence == ASSUMED || given[SETTING_##name].confidence == CONFIDENCE_NONE) {          \
        words_add(&line, "%s%s%s", comma, #name,                                                                       \
                  given[SETTING_##name].confidence == ASSUMED ? "" : say(b, " (default)", "（默认）"));                \
        comma = say(b, ", ", "、");                                                                                    \
    }
    CHARGING_SETTINGS(SETTING_SAY)
#undef SETTING_SAY
    words_add_text(&line, *comma ? "\n\n" : say(b, "none\n\n", "无\n\n"));
    if (line.refused) b->out->refused = true;
    words_add_wrapped(b->out, words_text(&line), SETTINGS_COLUMNS);
    words_free(&line);
}

static void assumed_say(const struct bulletin *b) {
    const struct tables *t = b->tables;
    bulletin_heading(b, "Charging inputs without a source: assumed", "没有资料、属于假设的充电输入");
#define TABLE_SAY(table, row, COLUMNS, keys, main, required, meaning)                                                  \
    {                                                                                                                  \
        struct assumed a = {0, t->table##_count};                                                                      \
        for (uint32_t i = 1; i <= a.all; i++) a.rows += t->table[i].common.confidence == ASSUMED;                      \
        table_say(b, #table, main, a);                                                                                 \
    }
    CHARGING_TABLES(TABLE_SAY)
#undef TABLE_SAY
    settings_say(b);
}

void bulletin_charging(const struct bulletin *b) {
    figures_say(b);
    months_say(b);
    feed_say(b);
    classes_say(b);
    ends_say(b);
    calibration_say(b);
    bulletin_worst(b);
    assumed_say(b);
}
