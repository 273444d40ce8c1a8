// Any bytes as recorded sessions, CSV or OCPI CDRs. The properties stand in importing.h.
#include "fuzz/importing.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    import_hold(import_sessions_read, bytes, count);
    return 0;
}
