// The tables below the story: the lines that lost most, and the parts they lost it to.
#include <stdio.h>
#include <stdlib.h>

#include "write/explain_text.h"

enum { ROWS_SHOWN = 10, NAME_COLUMNS = 24 };

// Rows from the largest value down; equal ones as they stand.
static uint32_t next_largest(const struct explanation *e, int64_t (*value)(const struct explanation *, uint32_t),
                             uint32_t count, const uint32_t *before) {
    uint32_t best = 0;
    for (uint32_t row = 1; row < count; row++) {
        if (value(e, row) <= 0 || (best && value(e, row) <= value(e, best))) continue;
        if (*before && (value(e, row) > value(e, *before) || (value(e, row) == value(e, *before) && row <= *before)))
            continue;
        best = row;
    }
    return best;
}

static int64_t line_late(const struct explanation *e, uint32_t line) {
    const struct path_days *slow = &e->lines[line].slow;
    return slow->days && slow->first <= explain_last_day(e) ? e->lines[line].gap_most : 0;
}

static int64_t part_cost(const struct explanation *e, uint32_t stock) {
    const struct path_days *held = &e->stocks[stock].held;
    return held->days && held->first <= explain_last_day(e) ? e->stocks[stock].units : 0;
}

static uint32_t rows_there(const struct explanation *e, int64_t (*value)(const struct explanation *, uint32_t),
                           uint32_t count) {
    uint32_t there = 0;
    for (uint32_t row = 1; row < count; row++) there += value(e, row) > 0;
    return there;
}

static void number_cell(double value, int decimals, int columns, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(value, (struct scale){1, decimals, "", NULL, false}, text);
    words_add_text(out, " ");
    words_add_right(out, text, columns);
}

static void name_cell(const struct explanation *e, struct path_row row, enum language language, struct words *out) {
    struct words name = {0};
    path_row_say(e->m, row, language, &name);
    words_add_text(out, "  ");
    words_add_left(out, words_text(&name), NAME_COLUMNS);
    out->refused |= name.refused;
    words_free(&name);
}

static void line_row(const struct explanation *e, uint32_t row, enum language language, struct words *out) {
    const struct line_path *path = &e->lines[row];
    name_cell(e, (struct path_row){PATH_LINE, row}, language, out);
    words_add_text(out, " ");
    path_date_say(e, path->slow.first, out);
    number_cell(path->idle.days, 0, 6, out);
    number_cell((double)path->lost_ms / 3600000, 0, 8, out);
    number_cell((double)(path->overtime_ms + path->shift_ms) / 3600000, 0, 8, out);
    number_cell((double)path->gap_most, 0, 9, out);
    number_cell((double)(path->gap_most - path->gap_absorbed), 0, 9, out);
    number_cell((double)path->gap_absorbed, 0, 9, out);
    words_add_text(out, "\n");
}

static void part_row(const struct explanation *e, uint32_t row, enum language language, struct words *out) {
    const struct stock_path *path = &e->stocks[row];
    words_add_text(out, "  ");
    path_date_say(e, path->held.first, out);
    if (path->cover_milli >= 0) number_cell(path->cover_milli / 1000.0, 1, 6, out);
    else words_add(out, " %6s", "");
    number_cell((double)path->hours_milli / 1000, 0, 8, out);
    number_cell((double)path->units, 0, 8, out);
    words_add_text(out, "  ");
    path_row_say(e->m, (struct path_row){PATH_STOCK, row}, language, out);
    struct path_row chain[CHAIN_MOST];
    uint32_t steps = explain_chain(e, (struct path_row){PATH_STOCK, row}, chain);
    for (uint32_t i = 1; i < steps; i++) {
        if (chain[i].kind == PATH_STOCK && chain[i - 1].kind == PATH_LINK) continue; // the supplier's name says it
        words_add_text(out, " < ");
        explain_step_say(e->m, chain[i], language, out);
    }
    words_add_text(out, "\n");
}

static void more_say(uint32_t there, enum language language, struct words *out) {
    if (there > ROWS_SHOWN)
        words_add(
            out, language == LANGUAGE_ZH ? "  另有%u行（--csv有全部事件）\n" : "  and %u more (--csv has all events)\n",
            there - ROWS_SHOWN);
}

void explain_tables(const struct explanation *e, enum language language, struct words *out) {
    bool zh = language == LANGUAGE_ZH;
    uint32_t lines = rows_there(e, line_late, e->m->n.line), parts = rows_there(e, part_cost, e->m->n.stock);
    if (lines) {
        words_add_text(out, "\n");
        words_add_left(out, zh ? "生产线" : "Lines", NAME_COLUMNS + 3);
        words_add_text(out, zh ? "减产始于   停产天  少工作h    多开h    最多少      补上      没补\n"
                               : "slow from   idle     hours    hours   at most      made       not\n");
        if (!zh) words_add(out, "%*s days    missed    extra    behind    up for   made up\n", NAME_COLUMNS + 14, "");
    }
    for (uint32_t i = 0, row = 0; i < lines && i < ROWS_SHOWN; i++) {
        row = next_largest(e, line_late, e->m->n.line, &row);
        line_row(e, row, language, out);
    }
    more_say(lines, language, out);
    if (parts) {
        words_add_text(out, zh ? "\n缺的零部件及原因\n  缺始于     可用天     小时   影响件\n"
                               : "\nParts that held them up, and because of what\n"
                                 "  short from  cover    hours    units\n");
    }
    for (uint32_t i = 0, row = 0; i < parts && i < ROWS_SHOWN; i++) {
        row = next_largest(e, part_cost, e->m->n.stock, &row);
        part_row(e, row, language, out);
    }
    more_say(parts, language, out);
}
