// The study room: many ticks, many runs. Records, replications and worlds, indicators, the audit, the trace, forks.
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "base/period.h"
#include "study/agreement.h"
#include "study/audit.h"
#include "study/capacity.h"
#include "study/charging_values.h"
#include "study/compare.h"
#include "study/daily.h"
#include "study/forecast.h"
#include "study/explain.h"
#include "study/fork.h"
#include "study/hindcast.h"
#include "study/indicators.h"
#include "study/pile_plan.h"
#include "study/programs.h"
#include "study/record.h"
#include "study/replicate.h"
#include "study/selftest.h"
#include "study/surge.h"
#include "study/systemic.h"
#include "study/town_figures.h"
#include "study/trace.h"
#include "study/yards.h"

#endif
