#include "write/audit_text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "write/json_text.h"

bool conflict_published(const struct conflict *c) {
    return !c->claim.derived && !c->against[0].derived && !(c->against[1].series && c->against[1].derived);
}

static bool is_growth(const struct statement *s) {
    return s->kind == STATES_GROWTH || s->kind == STATES_AVERAGE;
}

// Growths with one decimal, shares too, levels to the unit.
static void value_write(double value, bool ratio, bool sign, char out[QUANTITY_ROOM]) {
    struct scale s = ratio ? (struct scale){0.01, 1, "", " %", sign} : (struct scale){1, 0, "", NULL, false};
    quantity_format(value, s, out);
}

static bool is_ratio(const struct statement *s) {
    return is_growth(s) || strstr(s->series, "share") || strstr(s->series, "use");
}

// "+30.3 % in 2023 (A0)".
static void statement_write(const struct statement *s, struct words *out) {
    char value[QUANTITY_ROOM];
    value_write(s->value, is_ratio(s), is_growth(s), value);
    words_add(out, "%s%s%s in %s (%s%s)", s->kind == STATES_ABOVE ? "more than " : "", value,
              s->kind == STATES_AVERAGE ? " a year" : "", s->period.name, *s->sources ? s->sources : "no source",
              s->derived ? ", not published" : "");
}

// What lies between the claim and what it was held against, and what of it rounding can explain.
static void size_write(const struct conflict *c, struct words *out) {
    const struct statement *last = c->against[1].series ? &c->against[1] : &c->against[0];
    char implied[QUANTITY_ROOM], size[QUANTITY_ROOM], gap[QUANTITY_ROOM], tolerance[QUANTITY_ROOM];
    double difference = c->implied - last->value;
    bool ratio = is_ratio(last);
    value_write(c->implied, ratio, is_growth(last), implied);
    value_write(difference < 0 ? -difference : difference, ratio, false, gap);
    value_write(c->size < 0 ? -c->size : c->size, true, false, size);
    value_write(c->tolerance, true, false, tolerance);
    if (ratio) gap[strlen(gap) - 2] = 0;
    if (c->against[1].series)
        words_add(out, "       implies  %s%s in %s, %s (%s) %s what is published there", c->at_least ? "at least " : "",
                  implied, last->period.name, gap, size, difference < 0 ? "below" : "above");
    else if (ratio)
        words_add(out, "       differ   by %s points, or %s of the level", gap, size);
    else
        words_add(out, "       differ   by %s%s (%s)", c->at_least ? "at least " : "", gap, size);
    words_add(out, "; rounding explains %s\n\n", tolerance);
}

static void conflict_write(const struct conflict *c, int number, struct words *out) {
    char computed[QUANTITY_ROOM];
    words_add(out, "%3d  %s, %s: %s\n", number, c->claim.series, c->claim.period.name, audit_rule_meaning(c->rule));
    words_add_text(out, "       claimed  ");
    statement_write(&c->claim, out);
    words_add_text(out, "\n       against  ");
    statement_write(&c->against[0], out);
    if (c->against[1].series) {
        words_add_text(out, "\n                ");
        statement_write(&c->against[1], out);
        value_write(c->computed, is_ratio(&c->claim), is_growth(&c->claim), computed);
        words_add(out, "\n       gives    %s%s", c->at_least && is_growth(&c->claim) ? "more than " : "", computed);
    }
    words_add_text(out, "\n");
    size_write(c, out);
}

enum ap_status audit_to_text(const struct audit *a, const char *scenario, struct words *out) {
    uint32_t published = 0;
    for (uint32_t i = 0; i < a->conflict_count; i++) published += conflict_published(&a->conflicts[i]);
    words_add(out, "%s: %u figures, published or derived; %u conflicts, %u of them between published figures "
              "alone.\n", scenario, (unsigned)a->statement_count, (unsigned)a->conflict_count, (unsigned)published);
    words_add_text(out, "A conflict is what rounding of the printed digits cannot explain.\n");
    for (uint32_t i = 0; i < a->conflict_count; i++) {
        if (i == 0 && published) words_add_text(out, "\nBetween published figures\n\n");
        if (i == published)
            words_add_text(out, "\nWith a figure that was derived from others, recalled or estimated\n\n");
        conflict_write(&a->conflicts[i], (int)i + 1, out);
    }
    return words_status(out);
}

// The name people know the series by.
static const char *series_name(const char *series, enum language language) {
    enum indicator_id id = indicator_find(series);
    if (id == INDICATOR_COUNT) return series;
    return language == LANGUAGE_ZH ? indicator_of(id)->chinese : indicator_of(id)->english;
}

void conflict_in_words(const struct conflict *c, enum language language, struct words *out) {
    const struct statement *last = c->against[1].series ? &c->against[1] : &c->against[0];
    char claim[QUANTITY_ROOM], implied[QUANTITY_ROOM], published[QUANTITY_ROOM];
    bool above = c->claim.kind == STATES_ABOVE, zh = language == LANGUAGE_ZH;
    value_write(c->claim.value, is_ratio(&c->claim), is_growth(&c->claim), claim);
    value_write(c->implied, is_ratio(last), is_growth(last), implied);
    value_write(last->value, is_ratio(last), is_growth(last), published);
    words_add(out, zh ? "%s（%s）：%s%s（%s）" : "%s in %s: %s%s (%s)", series_name(c->claim.series, language),
              c->claim.period.name, !above ? "" : zh ? "超过" : "more than ", claim, c->claim.sources);
    if (!c->against[1].series)
        words_add(out, zh ? "与%s（%s）不一致" : " against %s (%s)", published, last->sources);
    else
        words_add(out, zh ? "意味着%s年为%s%s，而公布数为%s（%s）" : " implies for %s %s%s, while %s is published (%s)",
                  last->period.name, !c->at_least ? "" : zh ? "至少" : "at least ", implied, published,
                  last->sources);
}

static json_t *statement_object(const struct statement *s) {
    static const char *const kinds[] = {"level", "level above", "growth", "average growth a year"};
    return json_pack("{s:s, s:s, s:s, s:f, s:f, s:s, s:b, s:s, s:i}", "series", s->series, "period",
                     s->period.name, "kind", kinds[s->kind], "value", s->value, "half_unit", s->half, "source",
                     s->sources, "derived", s->derived, "file", s->row.file ? s->row.file : "", "line",
                     (int)s->row.line);
}

static json_t *conflict_object(struct json_made *made, const struct conflict *c) {
    const struct statement *last = c->against[1].series ? &c->against[1] : &c->against[0];
    json_t *against = json_array();
    json_add(made, against, statement_object(&c->against[0]));
    if (c->against[1].series) json_add(made, against, statement_object(&c->against[1]));
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:f, s:f, s:f, s:f, s:f, s:b, s:b}", "rule",
                     audit_rule_name(c->rule), "series", c->claim.series, "period", c->claim.period.name, "claim",
                     statement_object(&c->claim), "against", against, "computed", c->computed, "implied",
                     c->implied, "size", c->size, "size_units", c->implied - last->value, "tolerance",
                     c->tolerance, "at_least", c->at_least, "published", conflict_published(c));
}

enum ap_status audit_to_json(const struct audit *a, const char *scenario, struct words *out) {
    struct json_made made = {NULL, false};
    json_t *rows = json_array();
    for (uint32_t i = 0; i < a->conflict_count; i++)
        json_add(&made, rows, conflict_object(&made, &a->conflicts[i]));
    made.root = json_pack("{s:s, s:i, s:o}", "scenario", scenario, "statements", (int)a->statement_count,
                          "conflicts", rows);
    if (!made.root) made.refused = true;
    return json_write(out, &made);
}
