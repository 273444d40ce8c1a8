// A fuzz target: one function that any bytes may be given to. It returns 0; what it finds wrong stops at an ASSERT, so
// that libFuzzer, the sanitizers and the replay of the corpus see the same thing.
#ifndef TESTS_FUZZ_TARGET_H
#define TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

// libFuzzer's name.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

#endif
