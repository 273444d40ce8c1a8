// The base room: arenas, text, hashes, draws, dates, trouble. Knows nothing of vehicles.
// Invariants: nothing here prints, exits, reads a clock or keeps a global that changes.
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/dates.h"
#include "base/draws.h"
#include "base/numbers.h"
#include "base/period.h"
#include "base/trouble.h"
#include "base/text.h"
#include "base/words.h"

#endif
