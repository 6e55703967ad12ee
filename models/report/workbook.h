// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Writes an XLSX file row by row (Office Open XML, by libxlsxwriter): typed numbers and dates, a header that stays in sight, text
/// that is never a formula. Rows beyond what a sheet holds go on in another one. Equal input gives equal bytes. Memory is bounded: rows
/// go to a temporary file as they come. One thread.
class Workbook
{
public:
    enum class Style { Text, Count, Number, Ratio, Time };
    struct Column
    {
        std::string title;
        Style style = Style::Text;
        double width = 12; ///< characters
    };
    /// What one sheet holds, header not counted.
    static constexpr std::uint64_t kRowsOfSheet = 1'048'575;

    /// `path` is overwritten. Error: Io when it can not be written; said by close().
    Workbook(const std::string &path, const std::string &title, Instant created, std::uint64_t rowsOfSheet = kRowsOfSheet);
    ~Workbook(); ///< without close(): the file is unfinished
    Workbook(const Workbook &) = delete;
    Workbook &operator=(const Workbook &) = delete;

    /// Rows go there from now on. The name is cut and changed where Excel would refuse it.
    void beginSheet(std::string_view name, std::vector<Column> columns);
    void beginRow();
    void text(std::string_view utf8); ///< cut at Excel's 32,767 characters
    void number(double value);        ///< NaN and infinities as text
    void time(Instant at, int offsetSeconds); ///< shown as local time, which has no zone in Excel; before 1900 as text
    void empty();
    /// How many cells were cut.
    std::uint64_t cutCells() const;
    Result<void> close();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
