// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/reportdocument.h"
#include "widgets/theme/formatter.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace telltale {

/// Makes cells: the value for sheets beside the words for people. Cheap; keeps a reference to the formatter.
class ReportCells
{
public:
    explicit ReportCells(const Formatter &formatter)
        : m_formatter(formatter)
    {}

    ReportCell text(const QString &text) const { return {text, text, 0, {}}; }
    ReportCell text(std::string_view utf8) const
    {
        return text(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
    }
    ReportCell count(std::uint64_t value) const
    {
        return {static_cast<double>(value), m_formatter.count(static_cast<double>(value)), 0, {}};
    }
    ReportCell percent(double ratio, int digits = 1) const { return {ratio, m_formatter.percent(ratio, digits), 0, {}}; }
    ReportCell duration(std::optional<double> ms) const
    {
        return ms ? ReportCell{*ms, m_formatter.duration(*ms).joined(), 0, {}} : none();
    }
    ReportCell time(Instant at) const { return {at, m_formatter.dateTime(at), 0, {}}; }
    ReportCell change(const Change &change) const
    {
        ReportCell cell{std::monostate(), change.text(m_formatter), change.mood(), {}};
        if (change.kind == Change::Kind::Ratio || change.kind == Change::Kind::Points || change.kind == Change::Kind::Value)
            cell.value = change.amount;
        return cell;
    }
    ReportCell trend(std::vector<double> values) const { return {std::monostate(), {}, 0, std::move(values)}; }
    static ReportCell none() { return {std::monostate(), QStringLiteral("\u2013"), 0, {}}; }

private:
    const Formatter &m_formatter;
};

} // namespace telltale
