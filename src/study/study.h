// The study room: many ticks, many runs. Records, replications and worlds, indicators, the audit, the trace, forks.
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "study/audit.h"
#include "study/fork.h"
#include "study/indicators.h"
#include "study/period.h"
#include "study/record.h"
#include "study/replicate.h"
#include "study/selftest.h"
#include "study/trace.h"

#endif
