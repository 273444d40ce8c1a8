#include "write/measures_text.h"

#include <stdio.h>

#include "study/programs.h"
#include "write/explain_text.h"
#include "write/quantity.h"
#include "write/stress_names.h"

enum { WIDE = 100, LABEL = 200 };

static const char *const said[MEASURE_COUNT] = {"simulated", "TTR program", "TTS program", "ESRI"};

// --- text

static void cause_write(const struct stress_reasons *reasons, uint32_t which, struct words *out) {
    const struct explain_cause *cause = reasons ? stress_reason_of(reasons, which) : NULL;
    if (!cause) return;
    if (cause->steps) explain_cause_say(&reasons->model, cause, LANGUAGE_EN, out);
    else words_add_text(out, "stocks and other sources lasted: no line fell short");
}

void reasons_write(const struct stress *s, const struct stress_reasons *reasons, struct words *out) {
    words_add_text(out, "Why the first of them cost what they do (first start, first run)\n");
    for (uint32_t i = 0; i < reasons->count; i++) {
        char label[LABEL];
        struct words line = {0};
        stress_case_label(s, reasons->rows[i].which, label, sizeof label);
        words_add(&line, "%s: ", label);
        cause_write(reasons, reasons->rows[i].which, &line);
        words_add_wrapped(out, words_text(&line), WIDE);
        words_add_text(out, "\n");
        out->refused |= line.refused;
        words_free(&line);
    }
    words_add_text(out, "\n");
}

static void agreement_write(const char *name, const struct agreement *x, struct words *out) {
    char cell[64];
    words_add_text(out, "        ");
    words_add_left(out, name, 28);
    if (isnan(x->kendall)) snprintf(cell, sizeof cell, "-");
    else snprintf(cell, sizeof cell, "%+.2f", x->kendall);
    words_add_right(out, cell, 12);
    snprintf(cell, sizeof cell, "%u of %u", x->top_both, x->top);
    words_add_right(out, cell, 16);
    snprintf(cell, sizeof cell, "%u, %u of %u", x->zero_a, x->zero_b, x->rows);
    words_add_right(out, cell, 26);
    words_add_text(out, "\n");
}

static void value_say(const struct measures *x, enum measure measure, uint32_t row, char *out, size_t room) {
    double value = x->values[measure][row];
    if (measure == MEASURE_ESRI) snprintf(out, room, "%.2f %% of all sales", 100 * value);
    else if (measure == MEASURE_TTS && value >= SURVIVES_FOR_EVER) snprintf(out, room, "survived for ever");
    else if (measure == MEASURE_TTS) snprintf(out, room, "survived %.1f days", value);
    else snprintf(out, room, "%.0f vehicles", value);
}

static void worst_write(const struct measures *x, enum measure measure, const struct stress_reasons *reasons,
                        struct words *out) {
    const struct measure_pair *pair = &x->pairs[measure];
    words_add(out, "Where the simulation and the %s disagree most\n", said[measure]);
    for (uint32_t i = 0; i < pair->worst_count; i++) {
        const struct disagreement *worst = &pair->worst[i];
        if (!(worst->rank_a < worst->rank_b) && !(worst->rank_a > worst->rank_b)) continue;
        char label[LABEL], ours[64], theirs[64];
        struct words line = {0};
        stress_case_label(x->stress, x->cases[worst->row], label, sizeof label);
        value_say(x, MEASURE_SIMULATED, worst->row, ours, sizeof ours);
        value_say(x, measure, worst->row, theirs, sizeof theirs);
        words_add(&line, "%s: simulated rank %.0f (%s), %s rank %.0f (%s). ", label, worst->rank_a, ours, said[measure],
                  worst->rank_b, theirs);
        cause_write(reasons, x->cases[worst->row], &line);
        words_add_wrapped(out, words_text(&line), WIDE);
        words_add_text(out, "\n");
        out->refused |= line.refused;
        words_free(&line);
    }
    words_add_text(out, "\n");
}

void measures_write(const struct measures *x, const struct stress_reasons *reasons, struct words *out) {
    if (x->count < 2) return;
    words_add(out,
              "Beside the published measures, on the same network (%u enterprises)\n"
              "        orders of                   Kendall's tau   among first of both   without effect in each\n",
              x->count);
    for (enum measure i = MEASURE_TTR; i < MEASURE_COUNT; i++) {
        char name[64];
        snprintf(name, sizeof name, "simulated, %s", said[i]);
        agreement_write(name, &x->pairs[i].agreement, out);
    }
    agreement_write("TTR program, ESRI", &x->programs_and_index, out);
    words_add_text(out, "        TTR: vehicles lost over the outage at the best response (linear program); TTS: days "
                        "without any loss;\n"
                        "        ESRI: share of all sales that a lasting failure takes along. None of them knows time "
                        "in transit, orders,\n"
                        "        overtime or luck.\n\n");
    for (enum measure i = MEASURE_TTR; i < MEASURE_COUNT; i++) worst_write(x, i, reasons, out);
}

// --- JSON

static json_t *number_json(double value) {
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *agreement_json(struct json_made *made, const struct agreement *x) {
    json_t *object = json_object();
    json_put(made, object, "rows", json_integer(x->rows));
    json_put(made, object, "kendall", number_json(x->kendall));
    json_put(made, object, "spearman", number_json(x->spearman));
    json_put(made, object, "top", json_integer(x->top));
    json_put(made, object, "top_in_both", json_integer(x->top_both));
    json_put(made, object, "without_effect_first", json_integer(x->zero_a));
    json_put(made, object, "without_effect_second", json_integer(x->zero_b));
    return object;
}

static const char *target_of(const struct stress *s, uint32_t which) {
    return s->rows.rows[s->cases[which].row].id;
}

static json_t *cause_json(const struct stress_reasons *reasons, uint32_t which, struct json_made *made) {
    struct words words = {0};
    cause_write(reasons, which, &words);
    made->refused |= words.refused;
    json_t *text = words.count ? json_string(words_text(&words)) : json_null();
    words_free(&words);
    return text;
}

static json_t *worst_json(struct json_made *made, const struct measures *x, enum measure measure,
                          const struct stress_reasons *reasons) {
    json_t *rows = json_array();
    for (uint32_t i = 0; i < x->pairs[measure].worst_count; i++) {
        const struct disagreement *worst = &x->pairs[measure].worst[i];
        json_t *object = json_object();
        json_put(made, object, "target", json_string(target_of(x->stress, x->cases[worst->row])));
        json_put(made, object, "rank_simulated", json_real(worst->rank_a));
        json_put(made, object, "rank", json_real(worst->rank_b));
        json_put(made, object, "cause", cause_json(reasons, x->cases[worst->row], made));
        json_add(made, rows, object);
    }
    return rows;
}

void measures_put(struct json_made *made, const struct measures *x, const struct stress_reasons *reasons) {
    json_t *object = json_object(), *rows = json_array();
    for (enum measure i = MEASURE_TTR; i < MEASURE_COUNT && x->count > 1; i++) {
        json_t *pair = agreement_json(made, &x->pairs[i].agreement);
        json_put(made, pair, "disagree_most", worst_json(made, x, i, reasons));
        json_put(made, object, measure_name(i), pair);
    }
    json_put(made, object, "ttr_and_esri", agreement_json(made, &x->programs_and_index));
    for (uint32_t i = 0; i < x->count; i++) {
        json_t *row = json_object();
        json_put(made, row, "target", json_string(target_of(x->stress, x->cases[i])));
        for (enum measure k = 0; k < MEASURE_COUNT; k++)
            json_put(made, row, measure_name(k), json_real(x->values[k][i]));
        json_add(made, rows, row);
    }
    json_put(made, object, "rows", rows);
    json_put(made, made->root, "measures", object);
}

void reasons_put(struct json_made *made, const struct stress *s, const struct stress_reasons *reasons) {
    json_t *rows = json_array();
    for (uint32_t i = 0; i < reasons->count; i++) {
        json_t *object = json_object();
        json_put(made, object, "target", json_string(target_of(s, reasons->rows[i].which)));
        json_put(made, object, "cause", cause_json(reasons, reasons->rows[i].which, made));
        json_add(made, rows, object);
    }
    json_put(made, made->root, "causes", rows);
}
