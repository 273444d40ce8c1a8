// Periods as reported.csv and claims.csv write them. Properties: an accepted period lies in the calendar, its own name
// is accepted and means the same days, and the year before it exists.
#include <string.h>

#include "fuzz/target.h"
#include "base/base.h"

enum { TEXT_MOST = 100 };

static void period_hold(struct period p) {
    struct period again;
    ASSERT(p.from <= p.until);
    ASSERT(memchr(p.name, '\0', sizeof p.name) != NULL);
    ASSERT(period_parse(p.name, &again));
    ASSERT(period_same(p, again) && strcmp(p.name, again.name) == 0);
    ASSERT(period_within(p, again) && period_month_count(p) >= 0);
    struct period before = period_year_before(p);
    ASSERT(before.from <= before.until && before.until < p.until);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    char text[TEXT_MOST + 1];
    if (count < 2) return 0;
    int64_t year = 1890 + bytes[0] * 2 + bytes[1] % 2;
    size_t length = count - 2 < TEXT_MOST ? count - 2 : TEXT_MOST;
    memcpy(text, bytes + 2, length);
    text[length] = '\0';
    struct period p;
    if (period_parse(text, &p)) period_hold(p);
    if (period_parse_claim(year, text, &p)) period_hold(p);
    return 0;
}
