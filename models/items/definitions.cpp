// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/definitions.h"

#include "models/items/itemtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Definitions)
};

} // namespace

QString termName(Term term)
{
    switch (term) {
    case Term::UsageEvent:
        return Words::tr("Usage event");
    case Term::User:
        return Words::tr("User");
    case Term::Session:
        return Words::tr("Session");
    case Term::CrashFree:
        return Words::tr("Crash-free");
    case Term::Dwell:
        return Words::tr("Time on a screen");
    case Term::Percentile:
        return Words::tr("Percentile");
    case Term::Interval:
        return Words::tr("Interval");
    case Term::Bucket:
        return Words::tr("Bucket");
    case Term::ErrorGroup:
        return Words::tr("Error group");
    case Term::Trend:
        return Words::tr("Trend");
    case Term::Span:
        return Words::tr("Span");
    case Term::Trace:
        return Words::tr("Trace");
    case Term::Metric:
        return Words::tr("Metric");
    case Term::Retention:
        return Words::tr("Retention");
    case Term::Funnel:
        return Words::tr("Funnel");
    case Term::Source:
        return Words::tr("Source");
    }
    return {};
}

QString termMeaning(Term term)
{
    switch (term) {
    case Term::UsageEvent:
        return Words::tr("Something a person did, sent by the app: a feature that was used, a button that was pressed.");
    case Term::User:
        return Words::tr("A distinct person or installation with at least one usage event, screen view, error, log or session bound.");
    case Term::Session:
        return Words::tr("From its first to its last record; those that begin in the range or reach into it count.");
    case Term::CrashFree:
        return Words::tr("Without an unhandled error.");
    case Term::Dwell:
        return Words::tr("Until the session's next screen view or its end, 30 minutes at most, when the app sends none.");
    case Term::Percentile:
        return Words::tr("Of the nearest rank: always a value that was measured.");
    case Term::Interval:
        return Words::tr("Holds the true value 95 times out of 100.");
    case Term::Bucket:
        return Words::tr("A stretch of time with its start and without its end. From an hour on, cut by the clock of the time zone.");
    case Term::ErrorGroup:
        return Words::tr("Errors of one cause: the same type and place in the code, or the fingerprint that the app sends.");
    case Term::Trend:
        return Words::tr("Events in 32 equal slices of the range.");
    case Term::Span:
        return Words::tr("One run of an operation, with its duration as the app measured it.");
    case Term::Trace:
        return Words::tr("Spans that belong together, as far as they match; its length is from the first start to the last end.");
    case Term::Metric:
        return Words::tr("Points that an app sent under one name. Of sums and histograms that only grow, what they grew by.");
    case Term::Retention:
        return Words::tr("Of the users first seen in a period, how many were active again so many periods later. Periods that are not over are marked.");
    case Term::Funnel:
        return Words::tr("Users who took the steps in this order, with anything between them, within the time after the first.");
    case Term::Source:
        return Words::tr("A product on one system that sends by one protocol. What it lost itself is counted as it says.");
    }
    return {};
}

std::vector<Term> termsOf(const AskedQuestion &question)
{
    const std::string &name = question.question;
    if (name == "heatmap") {
        const auto has = [&question](const char *value) {
            for (const auto &option : question.options) {
                if (option.second == value)
                    return true;
            }
            return false;
        };
        std::vector<Term> terms{has("dwell") ? Term::Dwell : Term::UsageEvent};
        if (has("users"))
            terms.push_back(Term::User);
        terms.push_back(Term::Bucket);
        return terms;
    }
    static const std::vector<std::pair<std::string_view, std::vector<Term>>> known{
        {"totals", {Term::UsageEvent, Term::User, Term::Session, Term::CrashFree}},
        {"features", {Term::UsageEvent, Term::User, Term::Session}},
        {"screens", {Term::Dwell, Term::Percentile, Term::User}},
        {"activity", {Term::UsageEvent, Term::User, Term::Bucket}},
        {"active-users", {Term::User}},
        {"sessions", {Term::Session}},
        {"session", {Term::Session, Term::Dwell}},
        {"errors", {Term::ErrorGroup, Term::User, Term::Trend}},
        {"error", {Term::ErrorGroup}},
        {"releases", {Term::CrashFree, Term::Session, Term::User}},
        {"metrics", {Term::Metric}},
        {"metric", {Term::Metric, Term::Bucket, Term::Percentile}},
        {"operations", {Term::Span, Term::Percentile, Term::Bucket}},
        {"traces", {Term::Trace, Term::Span}},
        {"trace", {Term::Trace, Term::Span}},
        {"retention", {Term::Retention, Term::User}},
        {"funnel", {Term::Funnel, Term::User}},
        {"sources", {Term::Source}},
    };
    for (const auto &[named, terms] : known) {
        if (named == name)
            return terms;
    }
    return {};
}

QString planText(const QuestionPlan &plan)
{
    const QString records = Words::tr("%Ln record(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(plan.scannedRecords, 2'000'000'000)));
    const QString segments = Words::tr("%Ln segment(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(plan.scannedSegments, 2'000'000'000)));
    if (!plan.isRollup)
        return Words::tr("By reading %1 in %2.", "records, segments").arg(records, segments);
    const QString buckets = Words::tr("%Ln bucket(s)", nullptr, static_cast<int>(std::min<std::uint64_t>(plan.buckets, 2'000'000'000)));
    if (plan.scannedRecords == 0)
        return Words::tr("From rollups: %1.", "buckets").arg(buckets);
    return Words::tr("From rollups: %1, and %2 read one by one.", "buckets, records").arg(buckets, records);
}

QString sampleText(const AskedQuestion &question)
{
    using SampleOf = AskedQuestion::SampleOf;
    const int n = static_cast<int>(std::min<std::uint64_t>(question.sample, 2'000'000'000));
    switch (question.sampleOf) {
    case SampleOf::Records:
        return Words::tr("%Ln record(s)", nullptr, n);
    case SampleOf::UsageEvents:
        return Words::tr("%Ln usage event(s)", nullptr, n);
    case SampleOf::ScreenViews:
        return Words::tr("%Ln screen view(s)", nullptr, n);
    case SampleOf::Sessions:
        return Words::tr("%Ln session(s)", nullptr, n);
    case SampleOf::Errors:
        return Words::tr("%Ln error(s)", nullptr, n);
    case SampleOf::Spans:
        return Words::tr("%Ln span(s)", nullptr, n);
    case SampleOf::Users:
        return Words::tr("%Ln user(s)", nullptr, n);
    case SampleOf::UsersOfRows:
        return Words::tr("%Ln user(s), counted once a row", nullptr, n);
    case SampleOf::MetricPoints:
        return Words::tr("%Ln point(s)", nullptr, n);
    case SampleOf::Buckets:
        return Words::tr("%Ln bucket(s) with a value", nullptr, n);
    }
    return {};
}

} // namespace telltale
