// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// All of the charts, for pages that use many of them.
#include "widgets/charts/dwellranges.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/minitimeline.h"
#include "widgets/charts/sessiontimeline.h"
#include "widgets/charts/sharebars.h"
#include "widgets/charts/sparkline.h"
#include "widgets/charts/trackstack.h"
#include "widgets/charts/trendbars.h"
