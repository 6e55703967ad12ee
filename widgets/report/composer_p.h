// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/composer.h"
#include "widgets/report/reportcells.h"
#include "widgets/report/reportcharts.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace telltale {

/// What tr() counts with holds no more; nobody reads the last digits of that.
inline int pluralOf(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

/// Writes one report, section by section.
class Composer
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Report)

public:
    Composer(const ReportFacts &facts, const Formatter &formatter)
        : m_facts(facts)
        , m_formatter(formatter)
        , m_cells(formatter)
    {}
    ReportDocument compose();

private:
    using Blocks = std::vector<ReportBlock>;
    Blocks blocksOf(ReportSection section) const;

    // composer.cpp: what is used
    Blocks summary() const;
    Blocks usage() const;
    Blocks features() const;
    Blocks screens() const;
    Blocks sessions() const;
    QString lead() const;
    ReportChart activityChart() const;
    ReportChart featureHeatmap() const;
    QString columnText(const HeatmapColumn &column, std::size_t index) const;

    // composersections.cpp: how it does
    Blocks errors() const;
    Blocks performance() const;
    Blocks retention() const;
    Blocks releases() const;
    Blocks notes() const;
    Blocks appendix() const;
    ReportTable releaseFigures(const ReleaseCard &card) const;
    ReportTable adoptionTable(const ReleaseCard &card) const;
    /// Error groups of the newer release, each with how many of its sessions met it.
    ReportTable cardGroups(const QString &title, const std::vector<ErrorGroupRow> &groups, const ReleaseRow &release) const;
    QString shareInterval(const Estimate &share) const;
    ReportTable groupTable(const QString &title, const std::vector<ErrorGroupRow> &groups) const;
    QString figureName(const ReleaseFigure &figure) const;

    // Both
    QString versus() const; ///< "vs. 4 – 11 Nov"
    QString rowsNote(std::size_t shown, std::size_t all) const;
    QString nothingText() const;
    /// A day in ISO form, written as the locale does it; sheets keep the form.
    ReportCell day(const std::string &iso) const;
    std::vector<std::pair<Instant, QString>> releaseMarkers() const;
    static QString nameOr(const std::string &name, const QString &otherwise);

    const ReportFacts &m_facts;
    const Formatter &m_formatter;
    ReportCells m_cells;
};

} // namespace telltale
