// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/report/reportrequest.h"
#include "models/telemetry/time.h"
#include "widgets/report/drawing.h"

#include <QSizeF>
#include <QString>

#include <variant>
#include <vector>

// A report in words, numbers and drawings, before it becomes pages, a web page or sheets. Plain values: made on one thread,
// written on any.
namespace telltale {

struct ReportCell
{
    std::variant<std::monostate, QString, double, Instant> value; ///< what sheets get; ratios 0..1, durations in ms
    QString text;                                                 ///< what people read
    int mood = 0;                                                 ///< +1 good, −1 bad
    std::vector<double> trend; ///< bars in place of text; sheets leave the column out
    double shade = 0;          ///< 0..1: how strongly the ground is coloured
};

/// How much of the accent lies behind a cell: little enough for text to be read on it.
inline double shadeOpacity(double shade)
{
    return shade <= 0 ? 0 : 0.05 + 0.37 * shade;
}

struct ReportColumn
{
    enum class Kind { Text, Code, Count, Number, Ratio, Milliseconds, Time, Trend };
    QString title;
    Kind kind = Kind::Text;
    bool isRight() const { return kind == Kind::Count || kind == Kind::Number || kind == Kind::Ratio || kind == Kind::Milliseconds; }
};

struct ReportTable
{
    QString title;
    std::vector<ReportColumn> columns;
    std::vector<std::vector<ReportCell>> rows;
    QString note; ///< "25 of 132 rows"; below the table
};

struct ReportFigure
{
    QString label, number, unit;
    double value = 0; ///< what sheets get: ratios 0..1, durations in ms
    QString change;   ///< "+6.1 %"; empty: there is nothing to compare with
    int mood = 0;
};

struct ReportChart
{
    QString title;
    QString summary; ///< one sentence for those who do not see it
    Drawing drawing;
    QSizeF size; ///< tenths of a millimetre
    ReportTable data;
};

struct ReportText
{
    QString text;
    bool isCaption = false;
};

using ReportBlock = std::variant<ReportText, std::vector<ReportFigure>, ReportChart, ReportTable>;

struct ReportPart
{
    ReportSection section = ReportSection::Summary;
    QString title;
    std::vector<ReportBlock> blocks;
    int panel = 0; ///< from a panel of the window, by its number there; 0: the section that it says
};

struct ReportDocument
{
    QString title;
    QString subject;   ///< "Stride · production"
    QString rangeText; ///< "11 – 18 November 2025"
    QString zone;
    QString language; ///< "en-US"
    QString madeWith; ///< "Made with Telltale 1.0 from 38.2 M cached events"
    std::vector<std::pair<QString, QString>> asked; ///< range, zone, filter, how much was looked at, what was dropped
    std::vector<ReportPart> parts;
    ReportPaper paper = ReportPaper::A4;
    Instant made;
    bool isRightToLeft = false;
};

/// What is between the margins of either paper, so that one drawing fits both.
inline constexpr double kReportWidth = 1740;

} // namespace telltale
