// The frame: the answer first, then every figure of the year, the years, what the run is scored against, and what it
// stands on.
#include "write/bulletin.h"

#include <inttypes.h>
#include <string.h>

#include "write/precision_text.h"

enum { LINE_COLUMNS = 100 };

const struct figure *bulletin_figure(const struct bulletin *b, enum indicator_id id, struct period p) {
    const struct figure *f = figure_find(b->figures, id, p);
    return f && f->simulated == f->simulated ? f : NULL;
}

bool bulletin_value(const struct bulletin *b, enum indicator_id id, char out[QUANTITY_ROOM]) {
    const struct figure *f = bulletin_figure(b, id, b->period);
    if (!f) return false;
    quantity_in_words(f->simulated, indicator_of(id)->unit, b->style.language, out);
    return true;
}

bool bulletin_growth(const struct bulletin *b, enum indicator_id id, char out[QUANTITY_ROOM], bool *fell) {
    if (b->period.kind != PERIOD_YEAR) return false;
    const struct figure *now = bulletin_figure(b, id, b->period);
    const struct figure *before = bulletin_figure(b, id, period_year_before(b->period));
    if (!now || !before || before->simulated <= 0) return false;
    double growth = now->simulated / before->simulated - 1;
    *fell = growth < 0;
    quantity_in_words(*fell ? -growth : growth, "share", b->style.language, out);
    return true;
}

bool figure_hit(const struct figure *f) {
    if (f->at_least && f->simulated >= f->reported) return true;
    return f->miss <= HIT_PER_CENT / 100.0 && f->miss >= -HIT_PER_CENT / 100.0;
}

bool figure_inside(const struct figure *f) {
    return f->simulated >= f->reported_low && f->simulated <= f->reported_high;
}

bool of_charging(const struct figure *f) {
    return indicator_of(f->indicator)->basis >= FROM_PILES;
}

const char *bulletin_say(const struct bulletin *b, const char *english, const char *chinese) {
    return b->style.language == LANGUAGE_ZH ? chinese : english;
}

void bulletin_heading(const struct bulletin *b, const char *english, const char *chinese) {
    words_add_text(b->out, b->style.color ? "\033[1m" : "");
    words_add_text(b->out, bulletin_say(b, english, chinese));
    words_add_text(b->out, b->style.color ? "\033[0m\n" : "\n");
}

void bulletin_cell(const struct bulletin *b, double value, struct scale s, int columns) {
    char text[QUANTITY_ROOM];
    quantity_format(value, s, text);
    words_add_right(b->out, value == value ? text : "", columns);
}

static void ledger_say(const struct bulletin *b) {
    const struct study_options *o = &b->study->options;
    bool zh = b->style.language == LANGUAGE_ZH;
    const struct precision *p = &b->study->precision;
    const struct indicator *widest = indicator_of(b->figures->rows[p->widest].indicator);
    if (zh) precision_write_chinese(p, o->replications, widest->chinese, b->out);
    else precision_write(p, o->replications, widest->name, b->out);
    words_add_text(b->out, "ledgers balanced\n");
    words_add(b->out,
              zh ? "情景 %s，种子 %" PRIu64 "，重复 %u 次，输入抽样 %u 个，末态 %016" PRIx64 "\n"
                 : "scenario %s, seed %" PRIu64 ", %u replications, %u worlds, final state %016" PRIx64 "\n",
              b->tables->name, o->seed, (unsigned)o->replications, (unsigned)o->worlds, study_hash(b->study));
}

struct period bulletin_period(const struct study *s) {
    return s->figures.year ? period_year(s->figures.year) : period_days(s->model.from, s->model.until);
}

enum ap_status bulletin_write(const struct study *s, const struct audit *audit, struct bulletin_style style,
                              struct words *out) {
    const struct model *m = &s->model;
    struct bulletin b = {.study = s, .figures = &s->figures, .tables = s->tables, .audit = audit,
                         .style = style, .out = out};
    b.period = bulletin_period(s);
    struct words lead = {0};
    b.out = &lead;
    bool replay = m->charging.n.session > 1;
    if (replay) replay_lead(&b);
    else if (style.language == LANGUAGE_ZH) lead_chinese(&b);
    else lead_english(&b);
    b.out = out;
    enum ap_status status = words_status(&lead);
    words_add_wrapped(out, words_text(&lead), LINE_COLUMNS);
    words_free(&lead);
    if (status != AP_OK) return status;
    bulletin_tables(&b);
    bulletin_score(&b);
    if (replay) bulletin_replay(&b);
    else if (m->charging.there) bulletin_charging(&b);
    bulletin_grounds(&b);
    ledger_say(&b);
    return words_status(out);
}
