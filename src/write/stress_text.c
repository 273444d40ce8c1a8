#include "write/stress_text.h"

#include <stdio.h>
#include <string.h>

#include "write/measures_text.h"
#include "write/quantity.h"
#include "write/stress_csv.h"
#include "write/stress_names.h"

enum { COLUMNS_WIDE = 100, NAME_WIDE = 44, CELL = 64, SHARE_OF_TOP = 20 };

// --- the answer

static const struct stress_line *first_line(const struct stress_ranks *r, enum standstill_kind kind, uint32_t mode) {
    for (uint32_t i = 0; i < r->line_count; i++)
        if (r->subjects[r->lines[i].subject].kind == kind && r->lines[i].mode == mode) return &r->lines[i];
    return NULL;
}

static void loss_say(const struct stress_ranks *r, const struct stress_line *line, struct words *out) {
    char vehicles[QUANTITY_ROOM], days[40];
    const struct interval *f = line->figures;
    bool output = f[STRESS_deficit].mean > 0;
    enum stress_figure late = output ? STRESS_deficit : STRESS_export_deficit;
    enum stress_figure never = output ? STRESS_lost : STRESS_export_units_lost;
    quantity_in_words(f[late].mean, "vehicle", LANGUAGE_EN, vehicles);
    stress_out_say(r, line, days);
    words_add(out, "%s, out %s, sets the %s back by %s", stress_subject_label(r, line->subject), days,
              output ? "output" : "exports", vehicles);
    if (output && r->stress->options.start_count > 1)
        words_add(out, " (%.0f to %.0f, by when it happens)", line->lowest, line->highest);
    if (f[never].mean >= 0.5)
        words_add(out, "; after %d days %.0f are still missing. ", (int)r->stress->options.horizon, f[never].mean);
    else words_add(out, "; after %d days none is missing. ", (int)r->stress->options.horizon);
}

// The shortest time from the outage to the first vehicle that comes late, among the rows shown.
static void soonest_say(const struct stress_said *s, struct words *out) {
    const struct stress_ranks *r = s->ranks;
    const struct stress_line *soonest = NULL;
    for (uint32_t i = 0; i < r->line_count && r->lines[i].rank <= s->top; i++) {
        const struct stress_line *line = &r->lines[i];
        const struct stress_subject *subject = &r->subjects[line->subject];
        if (subject->kind != STANDSTILL_ENTERPRISE || subject->plant || line->mode != 0) continue;
        double days = line->figures[STRESS_first_stop_days].mean;
        if (isnan(days) || (soonest && soonest->figures[STRESS_first_stop_days].mean <= days)) continue;
        soonest = line;
    }
    if (soonest)
        words_add(out, "Of those the lines stand still soonest without %s: after %.1f days. ",
                  stress_subject_label(r, soonest->subject), soonest->figures[STRESS_first_stop_days].mean);
}

static void sureness_say(const struct stress_ranks *r, const struct stress_line *line, struct words *out) {
    const struct stress_options *o = &r->stress->options;
    if (r->by_worlds)
        words_add(out, "It is among the first ten in %u of %u worlds, so with drawn inputs, network and luck.",
                  line->top_ten, line->ranked);
    else
        words_add(out,
                  "It is among the first ten in %u of %u replications: luck alone; the inputs are as written "
                  "(--worlds draws them).",
                  line->top_ten, o->replications);
}

static void answer_write(const struct stress_said *s, struct words *out) {
    static const char *const leads[STANDSTILL_KINDS] = {
        "Dearest single outage: ", "Dearest district: ", "Dearest lane: ", "Dearest family of parts: ",
        "Dearest common cause: "};
    const struct stress_ranks *r = s->ranks;
    for (enum standstill_kind kind = 0; kind < STANDSTILL_KINDS; kind++) {
        const struct stress_line *line = first_line(r, kind, 0);
        if (!line || !stress_line_effect(line)) continue;
        struct words said = {0};
        words_add_text(&said, leads[kind]);
        loss_say(r, line, &said);
        if (kind == STANDSTILL_ENTERPRISE) soonest_say(s, &said);
        if (r->stress->runs > 1) sureness_say(r, line, &said);
        words_add_wrapped(out, words_text(&said), COLUMNS_WIDE);
        out->refused |= said.refused;
        words_add_text(out, "\n");
        words_free(&said);
    }
    if (r->stress->runs < 2)
        words_add_text(out,
                       "One run with one luck: no interval. --replications shows what luck does, --worlds what the "
                       "inputs do.\n");
    words_add_text(out, "\n");
}

// --- tables

static void number_add(struct words *out, double value, int decimals, int columns) {
    char cell[QUANTITY_ROOM];
    struct scale scale = {1, decimals, "", NULL, false};
    quantity_format(value, scale, cell);
    words_add_right(out, cell, columns);
}

static void range_add(struct words *out, double low, double high, int columns) {
    char from[QUANTITY_ROOM], until[QUANTITY_ROOM], cell[2 * QUANTITY_ROOM + 8];
    struct scale scale = {1, 0, "", NULL, false};
    quantity_format(low, scale, from);
    quantity_format(high, scale, until);
    snprintf(cell, sizeof cell, "%s – %s", from, until);
    words_add_right(out, isnan(low) ? "" : cell, columns);
}

static void table_head(const struct stress_ranks *r, struct words *out) {
    words_add_text(out, "  rank  ");
    words_add_left(out, "", NAME_WIDE);
    words_add_text(out, " out  lost or late");
    words_add_right(out, r->by_worlds ? "worlds" : r->stress->runs > 1 ? "luck" : "", 17);
    words_add_text(out, "    lost  exports   stop  95 % back  settled");
    if (r->stress->runs > 1) words_add_right(out, "rank", 11);
    words_add_text(out, "\n");
}

static void line_write(const struct stress_ranks *r, const struct stress_line *line, struct words *out) {
    const struct interval *f = line->figures;
    const struct interval *deficit = &f[STRESS_deficit];
    number_add(out, line->rank, 0, 6);
    words_add_text(out, "  ");
    words_add_left(out, stress_subject_label(r, line->subject), NAME_WIDE);
    number_add(out, f[STRESS_out_days].mean, 0, 4);
    number_add(out, deficit->mean, 0, 14);
    range_add(out, r->by_worlds ? deficit->low_inputs : deficit->low,
              r->by_worlds ? deficit->high_inputs : deficit->high, 17);
    number_add(out, f[STRESS_lost].mean, 0, 8);
    number_add(out, f[STRESS_export_deficit].mean, 0, 9);
    number_add(out, f[STRESS_first_stop_days].mean, 1, 7);
    number_add(out, f[STRESS_rebuilt_95_days].mean, 0, 11);
    number_add(out, line->unsettled >= 0.5 ? NO_VALUE : f[STRESS_settled_days].mean, 0, 9);
    if (r->stress->runs > 1) range_add(out, line->rank_low, line->rank_high, 11);
    words_add_text(out, "\n");
}

static void table_write(const struct stress_said *s, enum standstill_kind kind, uint32_t mode, struct words *out) {
    static const char *const heads[STANDSTILL_KINDS] = {"Single enterprises", "Districts", "Lanes", "Families of parts",
                                                        "Common causes"};
    const struct stress_ranks *r = s->ranks;
    uint32_t shown = 0, none = 0;
    if (!first_line(r, kind, mode)) return;
    char days[24];
    stress_mode_say(r->stress, mode, days);
    words_add(out, "%s, out %s\n", heads[kind], days);
    table_head(r, out);
    for (uint32_t i = 0; i < r->line_count; i++) {
        const struct stress_line *line = &r->lines[i];
        if (r->subjects[line->subject].kind != kind || line->mode != mode) continue;
        bool effect = stress_line_effect(line);
        if (effect && shown < s->top) line_write(r, line, out);
        shown += effect;
        none += !effect;
    }
    if (shown > s->top) words_add(out, "        and %u more with an effect; ", shown - s->top);
    else words_add_text(out, "        ");
    words_add(out, "%u without\n\n", none);
}

// The same subjects for equal times: only what they cost.
static void equal_row(const struct stress_ranks *r, uint32_t subject, struct words *out) {
    words_add_text(out, "        ");
    words_add_left(out, stress_subject_label(r, subject), NAME_WIDE);
    for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
        const struct stress_line *line = stress_line_find(r, subject, mode);
        number_add(out, line ? line->figures[STRESS_deficit].mean : NO_VALUE, 0, 10);
        number_add(out, line ? line->rank : NO_VALUE, 0, 6);
    }
    words_add_text(out, "\n");
}

static void equal_write(const struct stress_said *s, struct words *out) {
    const struct stress_ranks *r = s->ranks;
    const struct stress_options *o = &r->stress->options;
    uint32_t last = o->day_count - 1, shown = 0;
    if (o->day_count < 2 || !first_line(r, STANDSTILL_ENTERPRISE, last)) return;
    words_add_text(out, "Lost or late and rank, by days out\n        ");
    words_add_left(out, "", NAME_WIDE);
    for (uint32_t mode = 0; mode < o->day_count; mode++) {
        char days[24];
        stress_mode_short(r->stress, mode, days);
        words_add_right(out, days, 10);
        words_add_text(out, "  rank");
    }
    words_add_text(out, "\n");
    for (uint32_t i = 0; i < r->line_count && shown < s->top; i++) {
        const struct stress_line *line = &r->lines[i];
        if (r->subjects[line->subject].kind != STANDSTILL_ENTERPRISE || line->mode != last) continue;
        if (line->figures[STRESS_deficit].mean > 0) equal_row(r, line->subject, out);
        shown++;
    }
    words_add_text(out, "\n");
}

// --- what is true of all

static void shapes_write(const struct stress_ranks *r, struct words *out) {
    words_add_text(out, "Outages without any effect on the output\n");
    for (uint32_t kind = 0; kind < STANDSTILL_KINDS; kind++) {
        for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
            const struct stress_shape *shape = &r->shapes[kind][mode];
            char days[24];
            if (!shape->rows) continue;
            stress_mode_say(r->stress, mode, days);
            words_add_text(out, "        ");
            words_add_left(out, standstill_kind_name(kind), 12);
            words_add_left(out, days, 22);
            words_add(out, "%6.1f %% of %u\n", 100.0 * shape->without_effect / shape->rows, shape->rows);
        }
    }
    words_add_text(out, "\n");
}

static bool failures_count_work(const struct tables *t) {
    for (uint32_t i = 1; i <= t->shops_count; i++)
        if (t->shops[i].failures == FAILURES_WORK || t->shops[i].failures == FAILURES_CYCLE) return true;
    return false;
}

static void spend_write(const struct stress_ranks *r, struct words *out) {
    for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
        const struct stress_shape *shape = &r->shapes[STANDSTILL_ENTERPRISE][mode];
        char days[24];
        if (shape->spend_rows < 3) continue;
        if (mode == 0) words_add_text(out, "Does the spend at a supplier tell what its outage costs?\n");
        stress_mode_say(r->stress, mode, days);
        words_add_text(out, "        ");
        words_add_left(out, days, 22);
        if (isnan(shape->spend_rank)) words_add_text(out, "all cost the same");
        else words_add(out, "rank correlation %+.2f over %u suppliers", shape->spend_rank, shape->spend_rows);
        if (!isnan(shape->spend_rank) && shape->spend_rows >= 2 * shape->spend_top)
            words_add(out, "; of the first %u by spend %u are among the first %u by effect", shape->spend_top,
                      shape->spend_top_both, shape->spend_top);
        words_add_text(out, "\n");
    }
    words_add_text(out, "\n");
}

// How long the whole state remembers an outage of a plant, by how full the plant is.
static void settled_write(const struct stress_ranks *r, struct words *out) {
    static const double bounds[] = {0, 0.5, 0.8, 1, 1e9};
    static const char *const names[] = {"below 50 %", "50 to 80 %", "80 to 100 %", "above 100 %"};
    bool head = false;
    for (uint32_t class = 0; class < 4; class ++) {
        for (uint32_t mode = 0; mode < r->stress->options.day_count; mode++) {
            struct stress_settled x = stress_settled_of(r->stress, mode, bounds[class], bounds[class + 1]);
            char days[24];
            if (!x.outages) continue;
            if (!head)
                words_add_text(
                    out, "Days until settled, by how much of its normal hours a plant needs for what is wanted\n"
                         "        use           out                   outages   mean days  not within the horizon\n");
            head = true;
            stress_mode_say(r->stress, mode, days);
            words_add_text(out, "        ");
            words_add_left(out, names[class], 14);
            words_add_left(out, days, 22);
            number_add(out, x.outages, 0, 7);
            number_add(out, x.outages > x.open ? x.days / (x.outages - x.open) : NO_VALUE, 0, 12);
            number_add(out, x.open, 0, 12);
            words_add_text(out, "\n");
        }
    }
    if (head && failures_count_work(r->stress->tables))
        words_add_text(
            out, "        Failures that count worked hours (shops.csv) remember every stop: such lines never settle "
                 "to the byte.\n");
    if (head) words_add_text(out, "\n");
}

static void head_write(const struct stress_ranks *r, struct words *out) {
    const struct stress *s = r->stress;
    const struct stress_options *o = &s->options;
    words_add(out, "Stress test of %s: %u outages, from", s->tables->name, s->jobs);
    for (uint32_t i = 0; i < o->start_count; i++) {
        char day[11];
        date_format(o->starts[i], day);
        words_add(out, "%s %s", i ? "," : "", day);
    }
    words_add(out, ", counted after %d days; %u replication%s, %u world%s\n\n", (int)o->horizon, o->replications,
              o->replications == 1 ? "" : "s", o->worlds, o->worlds == 1 ? "" : "s");
}

static void foot_write(const struct stress_ranks *r, struct words *out) {
    const struct stress_options *o = &r->stress->options;
    words_add(out,
              "lost or late: as far as cumulative output fell behind; lost: not made up after %d days (minus: ahead);\n"
              "exports: lost or late abroad. stop, 95 %% back, settled: days from the start. Each outage is an exact\n"
              "what-if against the same run without it; figures are means over %u start%s. Invented enterprises stand\n"
              "by role (family / district / single or dual source), the mean of its members; they are no findings\n"
              "about real firms.\n",
              (int)o->horizon, o->start_count, o->start_count == 1 ? "" : "s");
    if (r->by_worlds)
        words_add_text(out, "worlds: where 95 % of the worlds lie, inputs and network drawn, luck with them.\n");
    else if (r->stress->runs > 1)
        words_add_text(out,
                       "luck: 95 % interval of the mean over replications (Student); the inputs are as written.\n");
}

enum ap_status stress_to_text(const struct stress_said *s, struct words *out) {
    head_write(s->ranks, out);
    answer_write(s, out);
    for (enum standstill_kind kind = 0; kind < STANDSTILL_KINDS; kind++) table_write(s, kind, 0, out);
    equal_write(s, out);
    if (s->reasons) reasons_write(s->ranks->stress, s->reasons, out);
    if (s->measures) measures_write(s->measures, s->disagreements, out);
    shapes_write(s->ranks, out);
    spend_write(s->ranks, out);
    settled_write(s->ranks, out);
    foot_write(s->ranks, out);
    return words_status(out);
}
