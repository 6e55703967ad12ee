// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/askedengine.h"

#include <QString>

#include <vector>

// What the words mean: the one place, for "Explain this number" and for reports. In the language of the program.
namespace telltale {

enum class Term {
    UsageEvent,
    User,
    Session,
    CrashFree,
    Dwell,
    Percentile,
    Interval, ///< of confidence
    Bucket,
    ErrorGroup,
    Trend,
    Span,
    Trace,
    Metric,
    Retention,
    Funnel,
    Source,
};

QString termName(Term term);
/// A sentence or two.
QString termMeaning(Term term);
/// The terms that an answer to this question is made of, the most important one first.
std::vector<Term> termsOf(const AskedQuestion &question);

/// "From rollups: 120 buckets, and 3 records read one by one." or "By reading 1,204 records in 3 segments."
QString planText(const QuestionPlan &plan);
/// "1,204 usage events"
QString sampleText(const AskedQuestion &question);

} // namespace telltale
