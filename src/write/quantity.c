#include "write/quantity.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Units of the indicators in both languages. A column of vehicles needs no English unit: its name says what it counts.
struct unit_words {
    const char *unit, *many, *chinese;
};

static const struct unit_words unit_table[] = {
    {"vehicle", "vehicles", "辆"},       {"yuan", "yuan", "元"},
    {"enterprise", "enterprises", "家"}, {"market", "countries and regions", "个"},
    {"pile", "piles", "个"},             {"session", "sessions", "次"},
    {"request", "requests", "次"},       {"minute", "minutes", "分钟"},
    {"hour", "hours", "小时"},           {"kWh", "kWh", "千瓦时"},
    {"kW", "kW", "千瓦"},
};

static const struct unit_words *unit_find(const char *unit) {
    for (size_t i = 0; i < sizeof unit_table / sizeof *unit_table; i++)
        if (strcmp(unit_table[i].unit, unit) == 0) return &unit_table[i];
    return NULL;
}

static double magnitude(double value) {
    return value < 0 ? -value : value;
}

static struct scale yuan_scale(double size, enum language language) {
    if (language == LANGUAGE_ZH) {
        if (size >= 1e8) return (struct scale){1e8, size >= 1e12 ? 0 : 1, "亿元", NULL, false};
        if (size >= 1e4) return (struct scale){1e4, 1, "万元", NULL, false};
        return (struct scale){1, 0, "元", NULL, false};
    }
    if (size >= 1e9) return (struct scale){1e9, size >= 1e12 ? 0 : 2, "bn yuan", NULL, false};
    if (size >= 1e6) return (struct scale){1e6, 1, "m yuan", NULL, false};
    return (struct scale){1, 0, "yuan", NULL, false};
}

// Energy and load: 1,511 GWh, 402.6 MW, 8.97 kWh; in Chinese by ten thousands (kWh to yi).
static struct scale power_scale(double size, bool energy, enum language language) {
    int few = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    if (language == LANGUAGE_ZH) {
        if (energy && size >= 1e8) return (struct scale){1e8, 2, "亿千瓦时", NULL, false};
        if (size >= 1e4) return (struct scale){1e4, size >= 1e7 ? 0 : 1, energy ? "万千瓦时" : "万千瓦", NULL, false};
        return (struct scale){1, few, energy ? "千瓦时" : "千瓦", NULL, false};
    }
    if (size >= 1e7) return (struct scale){1e6, 1, energy ? "GWh" : "GW", NULL, false};
    if (size >= 1e4) return (struct scale){1e3, 1, energy ? "MWh" : "MW", NULL, false};
    return (struct scale){1, few, energy ? "kWh" : "kW", NULL, false};
}

static struct scale count_scale(double size, const char *plain, bool vehicle, enum language language) {
    if (language == LANGUAGE_ZH) {
        const char *many = vehicle ? "万辆" : strcmp(plain, "次") == 0 ? "万次" : "万个";
        return size >= 1e4 ? (struct scale){1e4, 2, many, NULL, false} : (struct scale){1, 0, plain, NULL, false};
    }
    if (size >= 1e7) return (struct scale){1e6, 2, "million", NULL, false};
    return size >= 1e4 ? (struct scale){1e3, 1, "thousand", NULL, false} : (struct scale){1, 0, plain, NULL, false};
}

static bool is_unit(const char *unit, const char *name) {
    return strcmp(unit, name) == 0;
}

struct scale scale_of(const char *unit, double size, enum language language) {
    size = magnitude(size);
    bool zh = language == LANGUAGE_ZH;
    const char *percent = zh ? "%" : " %";
    if (strcmp(unit, "share") == 0) return (struct scale){0.01, 1, "", percent, false};
    if (strcmp(unit, "ratio") == 0) return (struct scale){0.01, 1, "", percent, true};
    if (strcmp(unit, "yuan") == 0) return yuan_scale(size, language);
    if (is_unit(unit, "kWh") || is_unit(unit, "kW")) return power_scale(size, unit[2] != 0, language);
    if (is_unit(unit, "1")) return (struct scale){1, 2, "", NULL, false};
    const struct unit_words *words = unit_find(unit);
    const char *plain = !words ? unit : zh ? words->chinese : "";
    if (is_unit(unit, "minute")) return (struct scale){1, 1, zh ? plain : "minutes", NULL, false};
    if (is_unit(unit, "vehicle") || is_unit(unit, "pile") || is_unit(unit, "session") || is_unit(unit, "request"))
        return count_scale(size, plain, is_unit(unit, "vehicle"), language);
    return (struct scale){1, 0, plain, NULL, false};
}

void quantity_format(double value, struct scale s, char out[QUANTITY_ROOM]) {
    char digits[400];
    if (value != value) {
        snprintf(out, QUANTITY_ROOM, "-");
        return;
    }
    snprintf(digits, sizeof digits, "%.*f", s.decimals, magnitude(value) / s.divisor);
    bool zero = strspn(digits, "0.") == strlen(digits);
    size_t whole = strcspn(digits, "."), at = 0;
    if (value < 0 && !zero) out[at++] = '-';
    else if (s.sign && !zero) out[at++] = '+';
    for (size_t i = 0; digits[i] && at < QUANTITY_ROOM - 8; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    snprintf(out + at, QUANTITY_ROOM - at, "%s", s.percent ? s.percent : "");
}

// Three digits say enough in a sentence: 2.32 million, 501,000, 83.
static void words_english(double value, const char *unit, char out[QUANTITY_ROOM]) {
    const struct unit_words *words = unit_find(unit);
    const char *name = words ? words->many : unit;
    double size = magnitude(value);
    if (size >= 1e6) {
        bool billion = size >= 1e9;
        double scaled = value / (billion ? 1e9 : 1e6);
        int decimals = magnitude(scaled) >= 100 ? 0 : magnitude(scaled) >= 10 ? 1 : 2;
        if (scaled == (double)(int64_t)scaled) decimals = 0;
        snprintf(out, QUANTITY_ROOM, "%.*f %s %s", decimals, scaled, billion ? "billion" : "million", name);
        return;
    }
    double step = size >= 1e5 ? 1000 : size >= 1e4 ? 100 : 1;
    int64_t rounded = (int64_t)(size / step + 0.5) * (int64_t)step;
    char digits[QUANTITY_ROOM];
    quantity_format((double)rounded, (struct scale){1, 0, "", NULL, false}, digits);
    snprintf(out, QUANTITY_ROOM, "%s%.24s %.24s", value < 0 && rounded ? "-" : "", digits, name);
}

void quantity_in_words(double value, const char *unit, enum language language, char out[QUANTITY_ROOM]) {
    struct scale s = scale_of(unit, value, language);
    bool scaled = is_unit(unit, "kWh") || is_unit(unit, "kW") || is_unit(unit, "minute");
    if (language == LANGUAGE_EN && scaled) {
        char digits[QUANTITY_ROOM];
        quantity_format(value, s, digits);
        snprintf(out, QUANTITY_ROOM, "%.36s %.24s", digits, s.unit);
        return;
    }
    if (language == LANGUAGE_EN && !s.percent) {
        words_english(value, unit, out);
        return;
    }
    char digits[QUANTITY_ROOM];
    if (s.divisor == 1e4 && magnitude(value) >= 1e6) s.decimals = 1;
    if (!s.percent && value / s.divisor == (double)(int64_t)(value / s.divisor)) s.decimals = 0;
    quantity_format(value, s, digits);
    snprintf(out, QUANTITY_ROOM, "%.36s%.24s", digits, s.unit);
}

static bool wide(uint32_t code) {
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
           (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60);
}

int text_columns(const char *text) {
    int columns = 0;
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        uint32_t code = *at;
        int more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : code >= 0xc0 ? 1 : 0;
        if (more) code &= 0x3fu >> more;
        at++;
        for (; more > 0 && *at; more--) code = code << 6 | (*at++ & 0x3f);
        columns += wide(code) ? 2 : 1;
    }
    return columns;
}

// Bytes of the character that begins here.
static size_t character_bytes(const char *at) {
    unsigned char c = (unsigned char)*at;
    size_t count = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    return strnlen(at, count);
}

// Whether a line may break before this character: not before closing punctuation, and inside no Latin word.
static bool breaks_before(const char *at) {
    static const char *const closing[] = {"，", "。", "；", "）", "、", "：", "”"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (strncmp(at, closing[i], strlen(closing[i])) == 0) return false;
    return (unsigned char)*at >= 0xe0;
}

// The bytes of the next piece that a line takes whole: a word with its space, or a wide character.
static size_t piece_bytes(const char *at) {
    size_t count = 0;
    while (at[count] && at[count] != '\n' && at[count] != ' ') {
        count += character_bytes(at + count);
        if (breaks_before(at + count)) break;
    }
    return count;
}

void words_add_wrapped(struct words *w, const char *text, int columns) {
    int column = 0;
    char piece[200];
    while (*text) {
        if (*text == '\n' || *text == ' ') {
            bool line = *text++ == '\n';
            bool space = !line && column > 0 && *text && *text != '\n';
            size_t next = piece_bytes(text);
            snprintf(piece, sizeof piece, "%.*s", (int)next, text);
            bool full = space && column + 1 + text_columns(piece) > columns;
            words_add_text(w, line || full ? "\n" : space ? " " : "");
            column = line || full ? 0 : column + space;
            continue;
        }
        size_t count = piece_bytes(text);
        snprintf(piece, sizeof piece, "%.*s", (int)count, text);
        int width = text_columns(piece);
        if (column > 0 && column + width > columns) {
            words_add_text(w, "\n");
            column = 0;
        }
        words_add_bytes(w, text, count);
        column += width;
        text += count;
    }
}

void words_add_left(struct words *w, const char *text, int columns) {
    words_add_text(w, text);
    for (int i = text_columns(text); i < columns; i++) words_add_text(w, " ");
}

void words_add_right(struct words *w, const char *text, int columns) {
    for (int i = text_columns(text); i < columns; i++) words_add_text(w, " ");
    words_add_text(w, text);
}
