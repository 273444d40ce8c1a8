#include "read/moments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { DAY_SECONDS = 86400 };

bool offset_read(const char *text, int32_t *out) {
    ASSERT(text != NULL && out != NULL);
    *out = 0;
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) return true;
    if (text[0] != '+' && text[0] != '-') return false;
    char digits[5] = "";
    size_t count = 0;
    for (size_t i = 1; text[i]; i++) {
        if (i == 3 && text[i] == ':') continue;
        if (text[i] < '0' || text[i] > '9' || count == 4) return false;
        digits[count++] = text[i];
    }
    int hours = (digits[0] - '0') * 10 + digits[1] - '0', minutes = count == 4 ? atoi(digits + 2) : 0;
    if ((count != 2 && count != 4) || hours > 18 || minutes > 59) return false;
    *out = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
    return true;
}

bool moment_read(const char *text, struct moment *out) {
    ASSERT(text != NULL && out != NULL);
    char clock[MOMENT_BYTES] = "";
    *out = (struct moment){0};
    size_t count = strlen(text) < 11 ? 0 : 11 + strcspn(text + 11, ".Zz+-");
    if (count == 0 || count >= sizeof clock) return false;
    memcpy(clock, text, count);
    if (!moment_parse(clock, &out->clock)) return false;
    const char *rest = text + count;
    if (*rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        if (digits == 0 || count < 19) return false;
        rest += 1 + digits;
    }
    out->zoned = *rest != '\0';
    return !out->zoned || offset_read(rest, &out->offset);
}

void moment_write(int64_t seconds, char out[MOMENT_BYTES]) {
    char date[11];
    int64_t day = floor_div(seconds, DAY_SECONDS);
    int second = (int)(seconds - day * DAY_SECONDS);
    date_format((day_number)day, date);
    int count = snprintf(out, MOMENT_BYTES, "%.10sT%02d:%02d", date, second / 3600, second / 60 % 60);
    if (second % 60 != 0) snprintf(out + count, MOMENT_BYTES - (size_t)count, ":%02d", second % 60);
}

enum { GROUPS = 7 };

struct digits {
    int value[GROUPS], length[GROUPS], count;
};

static struct digits digits_of(const char *text) {
    struct digits d = {0};
    while (*text && d.count < GROUPS) {
        size_t length = strspn(text, "0123456789");
        for (size_t i = 0; i < length && i < 9; i++) d.value[d.count] = d.value[d.count] * 10 + (text[i] - '0');
        d.length[d.count] = (int)length;
        d.count += length > 0;
        text += length > 0 ? length : 1;
    }
    return d;
}

static bool moment_suggest(int64_t seconds, const char *words, char out[SPELLING_BYTES]) {
    char written[MOMENT_BYTES];
    bool likely = seconds >= (int64_t)day_from_date(1990, 1, 1) * DAY_SECONDS &&
                  seconds < (int64_t)day_from_date(2100, 1, 1) * DAY_SECONDS;
    if (!likely) return false;
    moment_write(seconds, written);
    snprintf(out, SPELLING_BYTES, "%swrite %s", words, written);
    return true;
}

// Year, month, day, hour, minute and second that exist.
static bool parts_suggest(const int part[6], char out[SPELLING_BYTES]) {
    bool date = part[0] >= 1990 && part[0] < 2100 && part[1] >= 1 && part[1] <= 12 && part[2] >= 1;
    if (!date || part[2] > days_in_month(part[0], part[1])) return false;
    if (part[3] > 23 || part[4] > 59 || part[5] > 59) return false;
    int64_t day = day_from_date(part[0], part[1], part[2]);
    return moment_suggest(day * DAY_SECONDS + part[3] * 3600 + part[4] * 60 + part[5], "", out);
}

// One number: 20181221102000, Excel's days or seconds since 1970.
static bool number_suggest(const char *text, const struct digits *d, char out[SPELLING_BYTES]) {
    enum { EXCEL_1970 = 25569 };
    int length = d->length[0], part[6] = {0};
    if (length == 14 || length == 12) {
        sscanf(text, "%4d%2d%2d%2d%2d%2d", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5]);
        return parts_suggest(part, out);
    }
    if (length == 10) return moment_suggest(strtoll(text, NULL, 10), "if these are seconds since 1970, in UTC, ", out);
    if (length != 5 || d->count > 2 || d->value[0] <= EXCEL_1970) return false;
    double days = strtod(text, NULL) - EXCEL_1970;
    return moment_suggest((int64_t)(days * DAY_SECONDS + 0.5), "if this is Excel's day number, ", out);
}

bool moment_spelling(const char *text, char out[SPELLING_BYTES]) {
    ASSERT(text != NULL && out != NULL);
    struct digits d = digits_of(text);
    if (d.count > 0 && strspn(text, "0123456789.") == strlen(text)) return number_suggest(text, &d, out);
    if (d.count < 5) return false;
    int part[6] = {d.value[0], d.value[1], d.value[2], d.value[3], d.value[4], d.count > 5 ? d.value[5] : 0};
    if (d.length[0] != 4) {
        // day and month in either order: only dots, or a day above 12, tell which
        bool day_first = d.value[0] > 12 || text[strspn(text, "0123456789")] == '.';
        if (d.length[2] != 4 || (!day_first && d.value[1] <= 12)) return false;
        part[0] = d.value[2];
        part[1] = day_first ? d.value[1] : d.value[0];
        part[2] = day_first ? d.value[0] : d.value[1];
    }
    bool afternoon = strstr(text, "PM") || strstr(text, "pm") || strstr(text, "下午");
    bool morning = strstr(text, "AM") || strstr(text, "am") || strstr(text, "上午");
    if (afternoon && part[3] < 12) part[3] += 12;
    if (morning && part[3] == 12) part[3] = 0;
    return parts_suggest(part, out);
}
