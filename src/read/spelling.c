#include "read/spelling.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "read/cells.h"

enum { PLAIN_BYTES = 64 };

// A sign that may stand in a number, what it becomes, and by what it multiplies.
struct number_sign {
    const char *sign, *plain;
    double      factor;
};

static const struct number_sign number_signs[] = {
    {"%", "", 0.01}, {"％", "", 0.01},   {"万", "", 1e4}, {"亿", "", 1e8}, {"¥", "", 1},   {"￥", "", 1},
    {"元", "", 1},   {"yuan", "", 1},    {"CNY", "", 1},  {"RMB", "", 1},  {" ", "", 1},   {"\u00a0", "", 1},
    {"'", "", 1},    {"_", "", 1},       {"０", "0", 1},  {"１", "1", 1},  {"２", "2", 1}, {"３", "3", 1},
    {"４", "4", 1},  {"５", "5", 1},     {"６", "6", 1},  {"７", "7", 1},  {"８", "8", 1}, {"９", "9", 1},
    {"．", ".", 1},  {"－", "-", 1},     {"−", "-", 1},   {"，", ",", 1},
};

// Takes one sign off the text: appends its plain form; false when no sign stands there.
static bool sign_take(const char **text, char *plain, double *factor) {
    for (size_t i = 0; i < sizeof number_signs / sizeof number_signs[0]; i++) {
        size_t count = strlen(number_signs[i].sign);
        if (strncmp(*text, number_signs[i].sign, count) != 0) continue;
        strncat(plain, number_signs[i].plain, 1);
        *factor *= number_signs[i].factor;
        *text += count;
        return true;
    }
    return false;
}

// Commas: every three digits they separate thousands, a single one elsewhere is a decimal comma.
static void commas_settle(char *plain) {
    const char *first = strchr(plain, ',');
    if (!first) return;
    bool thousands = true;
    for (const char *comma = first; comma && thousands; comma = strchr(comma + 1, ',')) {
        thousands = strspn(comma + 1, "0123456789") == 3;
    }
    bool single = !strchr(first + 1, ',') && !strchr(plain, '.');
    char *out = plain;
    for (const char *s = plain; *s; s++) {
        if (*s != ',') *out++ = *s;
        else if (!thousands && single) *out++ = '.';
        else if (!thousands) *out++ = ',';
    }
    *out = '\0';
}

bool number_spelling(const char *text, char out[SPELLING_BYTES]) {
    char plain[PLAIN_BYTES + 8] = "";
    double factor = 1, value;
    while (*text && strlen(plain) < PLAIN_BYTES) {
        if (sign_take(&text, plain, &factor)) continue;
        strncat(plain, text, 1);
        text++;
    }
    commas_settle(plain);
    if (*text || !number_parse(plain, &value)) return false;
    snprintf(out, SPELLING_BYTES, "write %.15g", value * factor);
    return true;
}

enum { GROUPS = 4 };

// Groups of digits in the text; returns their number, at most GROUPS.
static int digit_groups(const char *text, int value[GROUPS], int length[GROUPS]) {
    int groups = 0;
    while (*text && groups < GROUPS) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0) {
            text++;
            continue;
        }
        value[groups] = 0;
        for (size_t i = 0; i < digits && i < 9; i++) value[groups] = value[groups] * 10 + (text[i] - '0');
        length[groups++] = (int)digits;
        text += digits;
    }
    return groups;
}

static bool date_write(int year, int month, int day, char out[SPELLING_BYTES]) {
    bool exists = year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1;
    if (!exists || day > days_in_month(year, month)) return false;
    snprintf(out, SPELLING_BYTES, "write %04d-%02d-%02d", year, month, day);
    return true;
}

bool date_spelling(const char *text, char out[SPELLING_BYTES]) {
    enum { EXCEL_1970 = 25569, EXCEL_2000 = 36526, EXCEL_2100 = 73051 };
    int value[GROUPS], length[GROUPS];
    int groups = digit_groups(text, value, length);
    if (groups >= 3 && length[0] == 4) return date_write(value[0], value[1], value[2], out);
    if (groups >= 3 && length[2] == 4) {
        // day and month in either order: only a day above 12 tells which
        if (value[0] > 12) return date_write(value[2], value[1], value[0], out);
        return value[1] > 12 && date_write(value[2], value[0], value[1], out);
    }
    if (groups == 1 && length[0] == 8) {
        return date_write(value[0] / 10000, value[0] / 100 % 100, value[0] % 100, out);
    }
    if (groups == 1 && value[0] >= EXCEL_2000 && value[0] < EXCEL_2100 && length[0] == 5) {
        char date[11];
        date_format(value[0] - EXCEL_1970, date);
        snprintf(out, SPELLING_BYTES, "if this is Excel's day number, write %s", date);
        return true;
    }
    return false;
}

static bool same_letters(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        char low_a = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char low_b = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (low_a != low_b) return false;
    }
    return *a == *b;
}

bool yesno_spelling(const char *text, char out[SPELLING_BYTES]) {
    static const char *const yes[] = {"yes", "y", "true", "t", "1", "on", "是", "有"};
    static const char *const no[] = {"no", "n", "false", "f", "0", "off", "否", "无"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        bool means_yes = same_letters(text, yes[i]);
        if (!means_yes && !same_letters(text, no[i])) continue;
        snprintf(out, SPELLING_BYTES, "write %s", means_yes ? "yes" : "no");
        return true;
    }
    return false;
}

bool choice_spelling(const char *choices, const char *text, char out[SPELLING_BYTES]) {
    char best[PLAIN_BYTES] = "";
    int least = 1 + (int)strlen(text) / 3;      // more edits than that are another word
    while (*choices) {
        size_t count = strcspn(choices, "|");
        char choice[PLAIN_BYTES];
        snprintf(choice, sizeof choice, "%.*s", (int)count, choices);
        int distance = same_letters(choice, text) ? 0 : text_distance(choice, text);
        if (distance <= least && (best[0] == '\0' || distance < least)) {
            least = distance;
            memcpy(best, choice, sizeof best);
        }
        choices += count;
        choices += *choices == '|';
    }
    if (best[0] != '\0') snprintf(out, SPELLING_BYTES, "write %s", best);
    return best[0] != '\0';
}
