#include "read/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "read/moments.h"
#include "read/spelling.h"

enum { NAME_BYTES_MOST = 120, PHRASE_BYTES = 240, SENTENCE_BYTES = 300 };

void cell_complain(const struct cell_case *k, const char *rule, const char *suggestion, const char *sentence) {
    struct spot spot = {{k->option, 0}, 0, NULL};
    if (k->file) spot = spot_of(k->file, k->record, k->byte);
    complain(k->c, spot.at, spot.column, spot.text, rule, suggestion, "%s: \"%.200s\"", sentence, k->text);
}

// Complains with the column's name in front of the words.
static bool column_complain(const struct cell_case *k, const struct column_schema *column, const char *const words[2],
                            const char *suggestion) {
    char sentence[SENTENCE_BYTES];
    snprintf(sentence, sizeof sentence, "%.50s %.240s", column->name, words[1]);
    cell_complain(k, words[0], suggestion, sentence);
    return false;
}

bool number_parse(const char *text, double *out) {
    const char *s = text;
    bool negative = *s == '-';
    if (*s == '-' || *s == '+') s++;
    uint64_t digits = 0;
    int kept = 0, scale = 0, seen = 0;
    for (bool fraction = false;; s++) {
        if (*s == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (*s < '0' || *s > '9') break;
        seen++;
        scale -= fraction;
        digits = digits * 10 + (uint64_t)(*s - '0');
        kept += digits > 0;
        if (kept > 18) break;
    }
    bool plain = seen > 0 && *s == '\0' && digits <= (uint64_t)1 << 53 && scale >= -22;
    if (plain) {
        // both factors are exact in a double, so one division rounds correctly
        static const double tens[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
        double value = (double)digits / tens[-scale];
        *out = negative ? -value : value;
        return true;
    }
    if (seen == 0 || strspn(text, "+-0123456789.eE") != strlen(text)) return false;   // strtod knows nan, inf and hex
    char *end = NULL;
    double value = strtod(text, &end);
    bool held = value >= -1e300 && value <= 1e300 && (value != 0 || kept == 0);   // neither too large nor too small
    if (*end != '\0' || !held) return false;
    *out = value;
    return true;
}

static bool number_wrong(const struct cell_case *k, const struct column_schema *column) {
    static const char *const words[2] = {"NOT_A_NUMBER", "is not a number"};
    static const char *const nothing[] = {"nan", "na", "n/a", "null", "none", "-", "--", "/", "—", "无"};
    char better[SPELLING_BYTES];
    if (number_spelling(k->text, better)) return column_complain(k, column, words, better);
    if (k->text[0] == '#') return column_complain(k, column, words, "mend the formula in the workbook, and save again");
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0] && column->standard; i++) {
        if (!strcasecmp(k->text, nothing[i])) return column_complain(k, column, words, "leave the cell empty");
    }
    // a figure with its unit behind it, whatever unit that is
    size_t digits = strspn(k->text, "0123456789.-+");
    bool unit = digits > 0 && k->text[digits] != '\0' && !strpbrk(k->text + digits, "0123456789");
    snprintf(better, sizeof better, "write the figure alone, in: %.80s", column->unit);
    if (unit && column->unit[0]) return column_complain(k, column, words, better);
    static const char *const beyond[2] = {"OUT_OF_RANGE", "is a number too large or too small to be held"};
    char *end = NULL;
    strtod(k->text, &end);
    bool number = *end == '\0' && strspn(k->text, "+-0123456789.eE") == k->count;
    return column_complain(k, column, number ? beyond : words, NULL);
}

static bool bounds_check(const struct cell_case *k, const struct column_schema *column, struct bounds b,
                         double value) {
    bool low_enough = value <= b.high;
    bool high_enough = b.above ? value > b.low : value >= b.low;
    if (low_enough && high_enough) return true;
    char phrase[PHRASE_BYTES];
    snprintf(phrase, sizeof phrase, "must be %s %.16g and at most %.16g", b.above ? "above" : "at least", b.low,
             b.high);
    const char *const words[2] = {"OUT_OF_RANGE", phrase};
    bool percent = strcmp(column->unit, "share") == 0 && value >= 2 && value <= 100;
    char better[SPELLING_BYTES];
    snprintf(better, sizeof better, "a share is a part of 1: write %.10g", value / 100);
    return column_complain(k, column, words, percent ? better : NULL);
}

static bool real_store(const struct cell_case *k, const struct column_schema *column, struct bounds b, double *out) {
    double value;
    if (!number_parse(k->text, &value)) return number_wrong(k, column);
    if (!bounds_check(k, column, b, value)) return false;
    *out = value;
    return true;
}

static bool int_store(const struct cell_case *k, const struct column_schema *column, struct bounds b, int64_t *out) {
    static const char *const words[2] = {"NOT_A_WHOLE_NUMBER", "is not a whole number"};
    double value;
    if (!number_parse(k->text, &value)) return number_wrong(k, column);
    if (!bounds_check(k, column, b, value)) return false;
    int64_t whole = (int64_t)value;
    const char *digits = k->text + (*k->text == '-' || *k->text == '+');
    if (strspn(digits, "0123456789") != strlen(digits)) {
        char better[SPELLING_BYTES];
        snprintf(better, sizeof better, "write %lld", (long long)whole);
        return column_complain(k, column, words, (double)whole == value ? better : NULL);
    }
    *out = whole;
    return true;
}

// Yuan with up to two decimals, to fen, without passing through a double.
static bool yuan_store(const struct cell_case *k, const struct column_schema *column, struct bounds b, int64_t *out) {
    static const char *const words[2] = {"NOT_AN_AMOUNT", "is not an amount in yuan with up to two decimals"};
    double value;
    if (!number_parse(k->text, &value)) return number_wrong(k, column);
    if (!bounds_check(k, column, b, value)) return false;
    const char *s = k->text;
    bool negative = *s == '-';
    if (*s == '-' || *s == '+') s++;
    size_t whole = strspn(s, "0123456789");
    size_t cents = s[whole] == '.' ? strspn(s + whole + 1, "0123456789") : 0;
    if (s[whole + (s[whole] == '.') + cents] != '\0' || cents > 2 || whole > 16) {
        char better[SPELLING_BYTES];
        snprintf(better, sizeof better, "write %.2f", value);
        return column_complain(k, column, words, better);
    }
    int64_t fen = 0;
    for (size_t i = 0; i < whole; i++) fen = fen * 10 + (s[i] - '0');
    for (size_t i = 0; i < 2; i++) fen = fen * 10 + (i < cents ? s[whole + 1 + i] - '0' : 0);
    *out = negative ? -fen : fen;
    return true;
}

static bool date_store(const struct cell_case *k, const struct column_schema *column, day_number *out) {
    static const char *const words[2] = {"NOT_A_DATE", "is not a date"};
    if (date_parse(k->text, out)) return true;
    char better[SPELLING_BYTES];
    return column_complain(k, column, words, date_spelling(k->text, better) ? better : "write YYYY-MM-DD");
}

static bool moment_store(const struct cell_case *k, const struct column_schema *column, int64_t *out) {
    static const char *const words[2] = {"NOT_A_MOMENT", "is not a date with a time"};
    if (moment_parse(k->text, out)) return true;
    char better[SPELLING_BYTES];
    bool known = moment_spelling(k->text, better);
    return column_complain(k, column, words, known ? better : "write YYYY-MM-DDTHH:MM or with :SS");
}

static bool yesno_store(const struct cell_case *k, const struct column_schema *column, int32_t *out) {
    static const char *const words[2] = {"NOT_YES_OR_NO", "must be yes or no"};
    bool yes = strcmp(k->text, "yes") == 0;
    if (yes || strcmp(k->text, "no") == 0) {
        *out = yes;
        return true;
    }
    char better[SPELLING_BYTES];
    return column_complain(k, column, words, yesno_spelling(k->text, better) ? better : NULL);
}

static bool choice_store(const struct cell_case *k, const struct column_schema *column, int32_t *out) {
    int index = choice_index(column->of, k->text, k->count);
    if (index >= 0) {
        *out = index;
        return true;
    }
    char list[PHRASE_BYTES], better[SPELLING_BYTES];
    snprintf(list, sizeof list, "must be one of %s", column->of);
    const char *const words[2] = {"UNKNOWN_CHOICE", list};
    return column_complain(k, column, words, choice_spelling(column->of, k->text, better) ? better : NULL);
}

static bool text_store(struct cell_case *k, const char **out) {
    const char *copy = text_copy(k->texts, k->text, k->count);
    if (!copy) k->refused = true;
    *out = copy ? copy : "";
    return copy != NULL;
}

void cell_none(const struct column_schema *column, void *field) {
    switch (column->kind) {
    case COLUMN_ID:
    case COLUMN_TEXT: *(const char **)field = ""; break;
    case COLUMN_REF: *(uint32_t *)field = 0; break;
    case COLUMN_INT: *(int64_t *)field = 0; break;
    case COLUMN_REAL: *(double *)field = REAL_NONE; break;
    case COLUMN_YUAN: *(int64_t *)field = YUAN_NONE; break;
    case COLUMN_DATE: *(day_number *)field = DATE_NONE; break;
    case COLUMN_MOMENT: *(int64_t *)field = MOMENT_NONE; break;
    case COLUMN_YESNO:
    case COLUMN_CHOICE: *(int32_t *)field = 0; break;
    }
}

static bool spaces_check(const struct cell_case *k, const struct column_schema *column) {
    static const char *const words[2] = {"STRAY_SPACE", "has a space before or behind it"};
    // with those that come from web pages and Chinese keyboards: no-break, wide, and of no width
    static const char *const spaces[] = {" ", "\t", "\u00a0", "\u3000", "\u200b"};
    bool stray = false;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        size_t length = strlen(spaces[i]);
        if (k->count < length) continue;
        stray |= memcmp(k->text, spaces[i], length) == 0 || memcmp(k->text + k->count - length, spaces[i], length) == 0;
    }
    if (!stray || column->kind == COLUMN_TEXT) return true;
    return column_complain(k, column, words, "delete it");
}

// Names stand in lists, messages and file names: one line, and not a paragraph.
static bool name_check(const struct cell_case *k, const struct column_schema *column) {
    static const char *const broken[2] = {"LINE_BREAK", "has a line break"};
    static const char *const too_long[2] = {"NAME_TOO_LONG", "must have at most 120 bytes"};
    if (k->count > NAME_BYTES_MOST) return column_complain(k, column, too_long, NULL);
    return strpbrk(k->text, "\r\n") ? column_complain(k, column, broken, "delete it") : true;
}

static bool field_store(struct cell_case *k, const struct column_schema *column, struct bounds b, void *field) {
    switch (column->kind) {
    case COLUMN_ID: return name_check(k, column) && text_store(k, field);
    case COLUMN_TEXT: return text_store(k, field);
    case COLUMN_REF: return name_check(k, column);
    case COLUMN_INT: return int_store(k, column, b, field);
    case COLUMN_REAL: return real_store(k, column, b, field);
    case COLUMN_YUAN: return yuan_store(k, column, b, field);
    case COLUMN_DATE: return date_store(k, column, field);
    case COLUMN_MOMENT: return moment_store(k, column, field);
    case COLUMN_YESNO: return yesno_store(k, column, field);
    case COLUMN_CHOICE: return choice_store(k, column, field);
    }
    return false;
}

bool cell_store(struct cell_case *k, const struct column_schema *column, struct bounds b, void *field) {
    static const char *const required[2] = {"REQUIRED", "must not be empty"};
    ASSERT(k != NULL && column != NULL);
    ASSERT(field != NULL);
    cell_none(column, field);          // what a refused cell leaves behind
    if (k->count > 0) return spaces_check(k, column) && field_store(k, column, b, field);
    if (!column->standard) return column_complain(k, column, required, NULL);
    if (column->standard[0] == '\0' || column->kind == COLUMN_REF) return true;
    struct cell_case standard = *k;
    standard.text = column->standard;
    standard.count = strlen(column->standard);
    struct bounds any = {-1e18, 1e18, false};   // a standard such as -1 may mean "none"
    bool stored = field_store(&standard, column, any, field);
    k->refused |= standard.refused;
    return stored;
}
