#include "cli/stress_options.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/terminal.h"

enum { DAYS_LONGEST = 3650, WORD_ROOM = 32, ROWS_MOST = 100000, HORIZON_MOST = 36500 };

// The next word of a list with commas; false at its end. A word that is too long is cut: nothing has such a name.
static bool word_next(const char **at, char word[WORD_ROOM]) {
    if (!**at) return false;
    size_t length = strcspn(*at, ",");
    size_t kept = length < WORD_ROOM ? length : WORD_ROOM - 1;
    memcpy(word, *at, kept);
    word[kept] = 0;
    *at += length + ((*at)[length] == ',');
    return true;
}

static enum ap_status what_take(struct stress_wishes *w, const char *value) {
    static const char *const names[] = {"enterprises", "districts", "lanes", "families", "common", "regional", "all"};
    char word[WORD_ROOM], suggestion[80];
    for (const char *at = value; word_next(&at, word);) {
        unsigned before = w->what;
        for (unsigned i = 0; i < STANDSTILL_KINDS; i++)
            if (strcmp(word, names[i]) == 0) w->what |= 1u << i;
        if (strcmp(word, "regional") == 0) w->what |= STANDSTILL_REGIONAL;
        if (strcmp(word, "all") == 0) w->what = (1u << STANDSTILL_KINDS) - 1;
        if (w->what != before) continue;
        suggestion_write(word, names, sizeof names / sizeof *names, suggestion, sizeof suggestion);
        terminal_trouble("--what takes enterprises, regional, districts, lanes, families, common or all, not \"%s\"%s",
                         word, suggestion);
        return AP_BAD_USE;
    }
    return AP_OK;
}

static bool days_parse(const char *word, int32_t *out) {
    size_t count = strlen(word);
    if (strcmp(word, "ttr") == 0) {
        *out = OWN_TIME;
        return true;
    }
    if (count == 0 || count > 4 || strspn(word, "0123456789") != count) return false;
    *out = (int32_t)strtol(word, NULL, 10);
    return *out <= DAYS_LONGEST;
}

static enum ap_status days_take(struct stress_wishes *w, const char *value) {
    char word[WORD_ROOM];
    w->day_count = 0;
    for (const char *at = value; word_next(&at, word);) {
        int32_t days;
        bool good = days_parse(word, &days) && w->day_count < STRESS_DAYS_MOST;
        for (uint32_t i = 0; good && i < w->day_count; i++) good = w->days[i] != days;
        if (!good) {
            terminal_trouble("--days takes up to %d different lengths, each ttr or days up to %d, such as ttr,7,14,28, "
                             "not \"%s\"",
                             STRESS_DAYS_MOST, DAYS_LONGEST, value);
            return AP_BAD_USE;
        }
        w->days[w->day_count++] = days;
    }
    return AP_OK;
}

static enum ap_status starts_take(struct stress_wishes *w, const char *value) {
    char word[WORD_ROOM];
    w->start_count = 0;
    for (const char *at = value; word_next(&at, word);) {
        day_number day;
        bool good = date_parse(word, &day) && w->start_count < STRESS_STARTS_MOST;
        for (uint32_t i = 0; good && i < w->start_count; i++) good = w->starts[i] != day;
        if (!good) {
            terminal_trouble("--start takes up to %d different dates such as 2023-01-31,2023-06-01, not \"%s\"",
                             STRESS_STARTS_MOST, value);
            return AP_BAD_USE;
        }
        w->starts[w->start_count++] = day;
    }
    return AP_OK;
}

static enum ap_status number_take(const char *option, const char *value, uint32_t most, uint32_t *out) {
    size_t count = strlen(value);
    bool good = count > 0 && count < 9 && strspn(value, "0123456789") == count;
    *out = good ? (uint32_t)strtoul(value, NULL, 10) : 0;
    if (*out >= 1 && *out <= most) return AP_OK;
    terminal_trouble("%s takes a whole number from 1 to %u, not \"%s\"", option, most, value);
    return AP_BAD_USE;
}

enum ap_status stress_option_take(struct stress_wishes *w, enum stress_option option, const char *value) {
    uint32_t horizon = 0;
    switch (option) {
    case STRESS_OPTION_WHAT: return what_take(w, value);
    case STRESS_OPTION_DAYS: return days_take(w, value);
    case STRESS_OPTION_START: return starts_take(w, value);
    case STRESS_OPTION_TOP: return number_take("--top", value, ROWS_MOST, &w->top);
    case STRESS_OPTION_EVERY: return number_take("--every", value, ROWS_MOST, &w->every);
    case STRESS_OPTION_HORIZON:
        TRY(number_take("--horizon", value, HORIZON_MOST, &horizon));
        w->horizon = (int32_t)horizon;
        return AP_OK;
    case STRESS_OPTION_ONLY: w->only = value; break;
    case STRESS_OPTION_CSV: w->csv = value; break;
    case STRESS_OPTION_RESUME: w->resume = true; break;
    case STRESS_OPTION_SENSITIVITY: w->sensitivity = true; break;
    case STRESS_OPTION_MEASURES: w->measures = true; break;
    case STRESS_OPTION_WHY: w->why = true; break;
    case STRESS_OPTIONS: break;
    }
    return AP_OK;
}
