// Spellings are compared by their letters and digits alone: "GB/T 20234.3", GBT202343 and gb-t 20234.3 are one.
#include "read/connectors.h"

#include <string.h>

enum { KEY_BYTES = 64 };

static const struct plug plugs[] = {
    {"GBT_AC", PLUG_AC}, {"GBT_DC", PLUG_DC}, {"CHAOJI", PLUG_DC}, {"CHADEMO", PLUG_DC},
    {"IEC_62196_T1", PLUG_AC}, {"IEC_62196_T1_COMBO", PLUG_DC},
    {"IEC_62196_T2", PLUG_AC | PLUG_DC}, {"IEC_62196_T2_COMBO", PLUG_DC},     // Tesla sent DC through type 2
    {"IEC_62196_T3A", PLUG_AC}, {"IEC_62196_T3C", PLUG_AC},
    {"IEC_60309_2_single_16", PLUG_AC}, {"IEC_60309_2_three_16", PLUG_AC}, {"IEC_60309_2_three_32", PLUG_AC},
    {"IEC_60309_2_three_64", PLUG_AC}, {"TESLA_R", PLUG_AC | PLUG_DC}, {"TESLA_S", PLUG_AC | PLUG_DC},
    {"SAE_J3400", PLUG_AC | PLUG_DC}, {"MCS", PLUG_DC}, {"PANTOGRAPH_BOTTOM_UP", PLUG_DC},
    {"PANTOGRAPH_TOP_DOWN", PLUG_DC}, {"NEMA_5_20", PLUG_AC}, {"NEMA_6_30", PLUG_AC}, {"NEMA_6_50", PLUG_AC},
    {"NEMA_10_30", PLUG_AC}, {"NEMA_10_50", PLUG_AC}, {"NEMA_14_30", PLUG_AC}, {"NEMA_14_50", PLUG_AC},
    {"DOMESTIC_A", PLUG_AC}, {"DOMESTIC_B", PLUG_AC}, {"DOMESTIC_C", PLUG_AC}, {"DOMESTIC_D", PLUG_AC},
    {"DOMESTIC_E", PLUG_AC}, {"DOMESTIC_F", PLUG_AC}, {"DOMESTIC_G", PLUG_AC}, {"DOMESTIC_H", PLUG_AC},
    {"DOMESTIC_I", PLUG_AC}, {"DOMESTIC_J", PLUG_AC}, {"DOMESTIC_K", PLUG_AC}, {"DOMESTIC_L", PLUG_AC},
    {"DOMESTIC_M", PLUG_AC}, {"DOMESTIC_N", PLUG_AC}, {"DOMESTIC_O", PLUG_AC},
};
enum { PLUGS = sizeof plugs / sizeof *plugs };

// What people write; the key as spelling_key makes it.
static const struct {
    const char *key, *name;
} spellings[] = {
    {"TYPE1", "IEC_62196_T1"}, {"J1772", "IEC_62196_T1"}, {"SAEJ1772", "IEC_62196_T1"},
    {"TYPE2", "IEC_62196_T2"}, {"MENNEKES", "IEC_62196_T2"}, {"TYPE2MENNEKES", "IEC_62196_T2"},
    {"IEC621962", "IEC_62196_T2"}, {"IEC62196TYPE2", "IEC_62196_T2"}, {"TYP2", "IEC_62196_T2"},
    {"CCS1", "IEC_62196_T1_COMBO"}, {"COMBO1", "IEC_62196_T1_COMBO"}, {"CCSTYPE1", "IEC_62196_T1_COMBO"},
    {"CCSCOMBO1", "IEC_62196_T1_COMBO"}, {"CCS2", "IEC_62196_T2_COMBO"}, {"COMBO2", "IEC_62196_T2_COMBO"},
    {"CCSTYPE2", "IEC_62196_T2_COMBO"}, {"CCSCOMBO2", "IEC_62196_T2_COMBO"}, {"CCS", "IEC_62196_T2_COMBO"},
    {"COMBO", "IEC_62196_T2_COMBO"}, {"CCSCOMBO", "IEC_62196_T2_COMBO"}, {"TESLA", "TESLA_S"},
    {"NACS", "SAE_J3400"}, {"J3400", "SAE_J3400"}, {"SCHUKO", "DOMESTIC_F"}, {"TYPE3A", "IEC_62196_T3A"},
    {"TYPE3C", "IEC_62196_T3C"}, {"MEGAWATT", "MCS"},
};
enum { SPELLINGS = sizeof spellings / sizeof *spellings };

// Letters in capitals, digits, and whatever is not ASCII.
static void spelling_key(const char *text, char out[KEY_BYTES]) {
    size_t count = 0;
    for (; *text && count < KEY_BYTES - 1; text++) {
        bool small = *text >= 'a' && *text <= 'z', digit = *text >= '0' && *text <= '9';
        bool kept = small || digit || (*text >= 'A' && *text <= 'Z') || ((unsigned char)*text & 0x80);
        if (kept) out[count++] = small ? (char)(*text - 32) : *text;
    }
    out[count] = '\0';
}

// GB/T 20234: part 2 is AC, part 3 DC, part 4 ChaoJi. Without a part or a current it may be either.
static struct plug national_plug(const char *key) {
    static const struct plug none = {NULL, 0};
    bool national = strncmp(key, "GBT", 3) == 0 || strstr(key, "20234") || strstr(key, "国标");
    if (!national) return none;
    const char *part = strstr(key, "20234");
    char digit = part ? part[5] : '\0';
    if (digit == '3' || strstr(key, "DC") || strstr(key, "直流")) return (struct plug){"GBT_DC", PLUG_DC};
    if (digit == '2' || strstr(key, "AC") || strstr(key, "交流")) return (struct plug){"GBT_AC", PLUG_AC};
    if (digit == '4') return (struct plug){"CHAOJI", PLUG_DC};
    return (struct plug){"GBT", PLUG_AC | PLUG_DC};
}

struct plug plug_of(const char *spelling) {
    ASSERT(spelling != NULL);
    char key[KEY_BYTES], known[KEY_BYTES];
    spelling_key(spelling, key);
    const char *name = NULL;
    for (int i = 0; i < SPELLINGS; i++) {
        if (strcmp(spellings[i].key, key) == 0) name = spellings[i].name;
    }
    for (int i = 0; i < PLUGS; i++) {
        spelling_key(plugs[i].name, known);
        if (strcmp(known, key) == 0 || (name && strcmp(plugs[i].name, name) == 0)) return plugs[i];
    }
    return national_plug(key);
}

const char *plug_nearest(const char *spelling) {
    ASSERT(spelling != NULL);
    char key[KEY_BYTES], known[KEY_BYTES];
    spelling_key(spelling, key);
    const char *best = NULL;
    int least = 2 + (int)strlen(key) / 4;      // more edits than that are another plug
    for (int i = 0; i < PLUGS; i++) {
        spelling_key(plugs[i].name, known);
        int distance = text_distance(key, known);
        if (distance >= least) continue;
        least = distance;
        best = plugs[i].name;
    }
    return best;
}
