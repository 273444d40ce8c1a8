// Plugs by any spelling.
#include "read/connectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void every_spelling_finds_its_plug(void **unused) {
    (void)unused;
    static const struct {
        const char *spelling, *name;
        unsigned    currents;
    } known[] = {
        {"GBT_DC", "GBT_DC", PLUG_DC},         {"GB/T 20234.3", "GBT_DC", PLUG_DC},
        {"GB/T 20234.3-2015", "GBT_DC", PLUG_DC}, {"gb-t dc", "GBT_DC", PLUG_DC},
        {"国标直流", "GBT_DC", PLUG_DC},       {"GBT_AC", "GBT_AC", PLUG_AC},
        {"GB/T 20234.2", "GBT_AC", PLUG_AC},   {"GB/T 20234.2-2015", "GBT_AC", PLUG_AC},
        {"国标交流", "GBT_AC", PLUG_AC},       {"GB/T 20234.4", "CHAOJI", PLUG_DC},
        {"GB/T", "GBT", PLUG_AC | PLUG_DC},    {"CHAdeMO", "CHADEMO", PLUG_DC},
        {"CCS2", "IEC_62196_T2_COMBO", PLUG_DC}, {"ccs combo 2", "IEC_62196_T2_COMBO", PLUG_DC},
        {"Type 2", "IEC_62196_T2", PLUG_AC | PLUG_DC}, {"IEC 62196-2", "IEC_62196_T2", PLUG_AC | PLUG_DC},
        {"iec_62196_t2_combo", "IEC_62196_T2_COMBO", PLUG_DC}, {"J1772", "IEC_62196_T1", PLUG_AC},
        {"NACS", "SAE_J3400", PLUG_AC | PLUG_DC}, {"Schuko", "DOMESTIC_F", PLUG_AC},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct plug plug = plug_of(known[i].spelling);
        assert_non_null(plug.name);
        assert_string_equal(plug.name, known[i].name);
        assert_int_equal(plug.currents, known[i].currents);
    }
}

static void unknown_plugs_have_no_name_and_perhaps_a_neighbour(void **unused) {
    (void)unused;
    static const char *const unknown[] = {"", "hexagon", "GB", "IEC_62196_T4", "+"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) assert_null(plug_of(unknown[i]).name);
    assert_string_equal(plug_nearest("IEC_62196_T2_COMB"), "IEC_62196_T2_COMBO");
    assert_string_equal(plug_nearest("CHADEMA"), "CHADEMO");
    assert_null(plug_nearest("hexagonal prism"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_finds_its_plug),
        cmocka_unit_test(unknown_plugs_have_no_name_and_perhaps_a_neighbour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
