// The tables of the bulletin: every figure of the period, year by year, month by month, and the score.
#include <stdio.h>
#include <string.h>

#include "write/bulletin.h"
#include "write/figures_json.h"

enum { NAME = 37, VALUE = 11, GROWTH = 10, MISS = 9, LUCK = 10, INPUTS = 20, YEARS_SHOWN = 8 };

static bool is_zh(const struct bulletin *b) {
    return b->style.language == LANGUAGE_ZH;
}

// Driven figures are grey: they repeat what went in.
static void row_begin(const struct bulletin *b, uint8_t role) {
    if (b->style.color && role == ROLE_DRIVEN) words_add_text(b->out, "\033[90m");
}

static void row_end(const struct bulletin *b, uint8_t role) {
    if (b->style.color && role == ROLE_DRIVEN) words_add_text(b->out, "\033[0m");
    words_add_text(b->out, "\n");
}

static void label_say(const struct bulletin *b, enum indicator_id id, const char *more, int columns) {
    const struct indicator *indicator = indicator_of(id);
    char label[120];
    const char *name = bulletin_say(b, indicator->english, indicator->chinese);
    snprintf(label, sizeof label, *more ? "  %s (%s)" : "  %s%s", name, more);
    words_add_left(b->out, label, columns);
}

static void name_say(const struct bulletin *b, enum indicator_id id, struct scale s, int columns) {
    label_say(b, id, s.unit, columns);
}

// "± 1.2": the interval is as wide on both sides.
static void luck_cell(const struct bulletin *b, const struct figure *f, struct scale s) {
    char text[QUANTITY_ROOM], cell_text[QUANTITY_ROOM + 8];
    s.sign = false;
    if (f->low != f->low) {
        words_add_right(b->out, "", LUCK);
        return;
    }
    quantity_format((f->high - f->low) / 2, s, text);
    snprintf(cell_text, sizeof cell_text, "±%s", text);
    words_add_right(b->out, cell_text, LUCK);
}

static void inputs_cell(const struct bulletin *b, const struct figure *f, struct scale s) {
    char low[QUANTITY_ROOM], high[QUANTITY_ROOM], text[2 * QUANTITY_ROOM + 8] = "";
    quantity_format(f->low_inputs, s, low);
    quantity_format(f->high_inputs, s, high);
    if (f->low_inputs == f->low_inputs) snprintf(text, sizeof text, "%s – %s", low, high);
    words_add_right(b->out, text, INPUTS);
}

const char *role_words(const struct bulletin *b, uint8_t role) {
    static const char *const chinese[] = {"驱动", "推算", "检验", ""};
    const char *english = role_name(role);
    return is_zh(b) ? chinese[role] : english ? english : "";
}

static struct scale signed_percent(const struct bulletin *b) {
    return scale_of("ratio", 0, b->style.language);
}

void figure_row(const struct bulletin *b, const struct figure *f) {
    const char *unit = indicator_of(f->indicator)->unit;
    struct scale s = scale_of(unit, f->reported == f->reported ? f->reported : f->simulated, b->style.language);
    const struct figure *before =
        f->period.kind == PERIOD_YEAR ? bulletin_figure(b, f->indicator, period_year_before(f->period)) : NULL;
    uint8_t basis = indicator_of(f->indicator)->basis;
    bool grows = before && before->simulated > 0 && !s.percent && basis != FROM_GAPS && basis != FROM_FEED;
    row_begin(b, f->role);
    label_say(b, f->indicator, period_same(f->period, b->period) ? s.unit : f->period.name, NAME);
    bulletin_cell(b, f->simulated, s, VALUE);
    bulletin_cell(b, grows ? f->simulated / before->simulated - 1 : NO_VALUE, signed_percent(b), GROWTH);
    bulletin_cell(b, f->reported, s, VALUE);
    bulletin_cell(b, f->miss, signed_percent(b), MISS);
    luck_cell(b, f, s);
    if (b->figures->worlds) inputs_cell(b, f, s);
    words_add_text(b->out, "  ");
    words_add_text(b->out, role_words(b, f->role));
    row_end(b, f->role);
}

void figures_heading(const struct bulletin *b) {
    words_add_left(b->out, "", NAME);
    words_add_right(b->out, bulletin_say(b, "simulated", "模拟"), VALUE);
    words_add_right(b->out, bulletin_say(b, "growth", "增速"), GROWTH);
    words_add_right(b->out, bulletin_say(b, "reported", "公布"), VALUE);
    words_add_right(b->out, bulletin_say(b, "miss", "偏差"), MISS);
    words_add_right(b->out, bulletin_say(b, "luck", "随机"), LUCK);
    if (b->figures->worlds) words_add_right(b->out, bulletin_say(b, "luck and inputs", "随机和输入"), INPUTS);
    words_add_text(b->out, "\n");
}

// The charging section has its own table.
static bool figure_shown(const struct bulletin *b, const struct figure *f) {
    bool now = period_same(f->period, b->period) || f->indicator == INDICATOR_nev_output_cagr;
    bool elsewhere = b->study->model.charging.there && of_charging(f);
    return now && !elsewhere && f->simulated == f->simulated;
}

static bool any_shown(const struct bulletin *b) {
    for (uint32_t i = 0; i < b->figures->count; i++)
        if (figure_shown(b, &b->figures->rows[i])) return true;
    return false;
}

void intervals_explain(const struct bulletin *b) {
    words_add_text(b->out, bulletin_say(b, "luck: 95 % interval of the mean", "随机：均值的95%置信区间"));
    words_add_text(b->out, b->figures->worlds
                               ? bulletin_say(b, "; luck and inputs: where 95 % of the worlds lie\n\n",
                                     "；随机和输入：95%的输入抽样所在区间\n\n")
                               : bulletin_say(b, "; for that of luck and inputs add --worlds 100\n\n",
                                     "；加 --worlds 100 给出随机和输入的区间\n\n"));
}

static void figures_table(const struct bulletin *b) {
    char title[120];
    if (!any_shown(b)) return;
    snprintf(title, sizeof title, is_zh(b) ? "%s各项指标" : "Figures of %s", b->period.name);
    bulletin_heading(b, title, title);
    figures_heading(b);
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (figure_shown(b, f)) figure_row(b, f);
    }
    intervals_explain(b);
}

// --- year by year

static void year_row(const struct bulletin *b, enum indicator_id id, int first, int last) {
    const char *unit = indicator_of(id)->unit;
    double most = 0;
    bool any = false, any_reported = false;
    for (int year = first; year <= last; year++) {
        const struct figure *f = bulletin_figure(b, id, period_year(year));
        if (!f) continue;
        any |= f->simulated != 0;
        any_reported |= f->reported == f->reported;
        double size = f->simulated < 0 ? -f->simulated : f->simulated;
        most = size > most ? size : most;
    }
    if (!any) return;
    struct scale s = scale_of(unit, most, b->style.language);
    name_say(b, id, s, NAME);
    for (int year = first; year <= last; year++) {
        const struct figure *f = bulletin_figure(b, id, period_year(year));
        bulletin_cell(b, f ? f->simulated : NO_VALUE, s, GROWTH);
    }
    words_add_text(b->out, "\n");
    if (!any_reported) return;
    words_add_left(b->out, bulletin_say(b, "    reported", "    公布"), NAME);
    for (int year = first; year <= last; year++) {
        const struct figure *f = bulletin_figure(b, id, period_year(year));
        uint8_t role = f ? f->role : ROLE_NONE;
        if (b->style.color && role == ROLE_DRIVEN) words_add_text(b->out, "\033[90m");
        bulletin_cell(b, f ? f->reported : NO_VALUE, s, GROWTH);
        if (b->style.color && role == ROLE_DRIVEN) words_add_text(b->out, "\033[0m");
    }
    words_add_text(b->out, "\n");
}

static void years_table(const struct bulletin *b) {
    static const enum indicator_id shown[] = {
        INDICATOR_vehicle_output, INDICATOR_nev_output, INDICATOR_nev_share, INDICATOR_export_units,
        INDICATOR_export_value, INDICATOR_turnover, INDICATOR_local_content, INDICATOR_output_lost,
        INDICATOR_output_delayed, INDICATOR_sales_lost, INDICATOR_fleet, INDICATOR_piles, INDICATOR_charging_energy,
        INDICATOR_peak_load};
    int first = 9999, last = 0;
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (f->indicator != INDICATOR_vehicle_output || f->period.kind != PERIOD_YEAR) continue;
        int year = date_from_day(f->period.from).year;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    if (last <= first) return;
    if (last - first >= YEARS_SHOWN) first = last - YEARS_SHOWN + 1;
    bulletin_heading(b, "Year by year", "历年");
    words_add_left(b->out, "", NAME);
    for (int year = first; year <= last; year++) {
        char text[16];
        snprintf(text, sizeof text, "%d", year);
        words_add_right(b->out, text, GROWTH);
    }
    words_add_text(b->out, "\n");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) year_row(b, shown[i], first, last);
    words_add_text(b->out, "\n");
}

// --- month by month

static void month_row(const struct bulletin *b, enum indicator_id id) {
    double most = 0;
    for (int month = 1; month <= 12; month++) {
        const struct figure *f = bulletin_figure(b, id, period_months(b->figures->year, month, month));
        if (f && f->simulated > most) most = f->simulated;
    }
    if (most <= 0) return;
    struct scale s = scale_of(indicator_of(id)->unit, most, b->style.language);
    if (most / s.divisor >= 1000) s.decimals = 0;      // the columns are narrow
    name_say(b, id, s, NAME - 8);
    for (int month = 1; month <= 12; month++) {
        const struct figure *f = bulletin_figure(b, id, period_months(b->figures->year, month, month));
        bulletin_cell(b, f ? f->simulated : NO_VALUE, s, 7);
    }
    words_add_text(b->out, "\n");
}

void bulletin_months(const struct bulletin *b, const char *title, const enum indicator_id *ids, int count) {
    bulletin_heading(b, title, title);
    words_add_left(b->out, "", NAME - 8);
    for (int month = 1; month <= 12; month++) {
        char text[16];
        snprintf(text, sizeof text, "%d", month);
        words_add_right(b->out, text, 7);
    }
    words_add_text(b->out, "\n");
    for (int i = 0; i < count; i++) month_row(b, ids[i]);
    words_add_text(b->out, "\n");
}

static void months_table(const struct bulletin *b) {
    static const enum indicator_id shown[] = {INDICATOR_vehicle_output, INDICATOR_nev_output, INDICATOR_export_units};
    const struct figure *f = bulletin_figure(b, INDICATOR_vehicle_output, b->period);
    if (!b->figures->year || !f || f->simulated <= 0) return;
    char title[120];
    snprintf(title, sizeof title, is_zh(b) ? "%s各月" : "Months of %s", b->period.name);
    bulletin_months(b, title, shown, sizeof shown / sizeof *shown);
}

void bulletin_tables(const struct bulletin *b) {
    figures_table(b);
    years_table(b);
    months_table(b);
}

// --- the score

static void score_row(const struct bulletin *b, const struct figure *f) {
    struct scale s = scale_of(indicator_of(f->indicator)->unit, f->reported, b->style.language);
    char reported[QUANTITY_ROOM], label[QUANTITY_ROOM + 4];
    name_say(b, f->indicator, s, NAME);
    words_add_left(b->out, f->period.name, 18);
    bulletin_cell(b, f->simulated, s, VALUE);
    quantity_format(f->reported, s, reported);
    snprintf(label, sizeof label, "%s%s", f->at_least ? "> " : "", reported);
    words_add_right(b->out, label, VALUE);
    bulletin_cell(b, f->miss, signed_percent(b), MISS);
    bool inside = f->reported >= f->low_inputs && f->reported <= f->high_inputs;
    words_add(b->out, "  %s", figure_hit(f) ? bulletin_say(b, "hit", "吻合") : bulletin_say(b, "miss", "不吻合"));
    if (f->low_inputs == f->low_inputs)
        words_add_text(b->out, inside ? bulletin_say(b, ", within inputs", "，在区间内") : "");
    words_add_text(b->out, "\n");
}

void bulletin_score(const struct bulletin *b) {
    uint32_t hits = 0, scored = 0, inside = 0;
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (f->role != ROLE_SCORED || f->miss != f->miss || of_charging(f)) continue;
        if (scored++ == 0) bulletin_heading(b, "Scored: published figures that drove nothing", "检验：未用于驱动的公布数");
        score_row(b, f);
        hits += figure_hit(f);
        inside += f->reported >= f->low_inputs && f->reported <= f->high_inputs;
    }
    if (!scored && !chain_there(&b->study->model)) return;
    if (!scored) {
        words_add_text(b->out, bulletin_say(b, "No published figure of the chain was kept out of this run: nothing "
                                               "scores it.\n\n",
                                            "没有未用于驱动的产业链公布数：本次运行未受检验。\n\n"));
        return;
    }
    unsigned misses = scored - hits;
    if (is_zh(b)) words_add(b->out, "偏差在%d%%以内（或高于下限）%u项，不吻合%u项", HIT_PER_CENT, hits, misses);
    else words_add(b->out, "%u hits within %d %% (or above a bound), %u misses", hits, HIT_PER_CENT, misses);
    if (b->figures->worlds > 1)
        words_add(b->out, bulletin_say(b, "; %u lie within luck and inputs", "；%u项在随机和输入区间内"), inside);
    words_add_text(b->out, bulletin_say(b, ". Misses are printed as they are.\n\n", "。偏差如实列出。\n\n"));
}
