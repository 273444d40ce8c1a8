// Plugs: the names of OCPI 2.2.1 and what people write for them, GB/T 20234 among them.
#ifndef READ_CONNECTORS_H
#define READ_CONNECTORS_H

#include "base/base.h"

enum { PLUG_AC = 1, PLUG_DC = 2 };

struct plug {
    const char *name;          // OCPI's; NULL: not known
    unsigned    currents;      // PLUG_AC, PLUG_DC or both
};

// By any spelling: GBT_DC, "GB/T 20234.3", CCS2, "Type 2", 国标直流 ...
struct plug plug_of(const char *spelling);
// The known name that comes nearest, NULL: none comes near.
const char *plug_nearest(const char *spelling);

#endif
