// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/workbook.h"

#include "models/telemetry/timeformat.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace telltale {
namespace {

constexpr std::size_t kLongestText = 32'767; ///< UTF-16 units, says Excel
constexpr std::size_t kLongestName = 31;
constexpr double kDay = 86'400.0;
constexpr double kUnixEpoch = 25'569; ///< 1970-01-01 as Excel counts days

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// UTF-8 cut between characters after so many UTF-16 units. Control characters, which XML can not hold, become blanks.
std::string cut(std::string_view text, std::size_t most)
{
    std::string out;
    std::size_t units = 0;
    for (const char c : text) {
        if (!isContinuation(c)) {
            units += (static_cast<unsigned char>(c) & 0xf8U) == 0xf0U ? 2 : 1;
            if (units > most)
                break;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
    return out;
}

std::string folded(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
    return name;
}

} // namespace

class Workbook::Private
{
public:
    lxw_workbook *book = nullptr;
    lxw_worksheet *sheet = nullptr;
    lxw_format *header = nullptr, *count = nullptr, *decimal = nullptr, *ratio = nullptr, *time = nullptr;
    std::set<std::string> names;
    std::string name;
    std::vector<Column> columns;
    std::uint64_t row = 0;
    std::uint64_t rowsOfSheet = kRowsOfSheet;
    lxw_col_t column = 0;
    std::uint64_t cutCells = 0;

    std::string freeName(std::string_view wanted)
    {
        std::string base;
        for (const char c : cut(wanted, kLongestName))
            base += std::string_view("[]:*?/\\'\n\t").find(c) == std::string_view::npos ? c : ' ';
        if (base.empty())
            base = "Sheet";
        std::string result = base;
        for (int i = 2; !names.insert(folded(result)).second; ++i) {
            const std::string end = ' ' + std::to_string(i);
            result = cut(base, kLongestName - end.size()) + end;
        }
        return result;
    }

    void addSheet()
    {
        const std::string free = freeName(name);
        sheet = workbook_add_worksheet(book, free.c_str());
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto at = static_cast<lxw_col_t>(c);
            worksheet_set_column(sheet, at, at, columns[c].width, nullptr);
            worksheet_write_string(sheet, 0, at, cut(columns[c].title, kLongestText).c_str(), header);
        }
        worksheet_freeze_panes(sheet, 1, 0);
        row = 0;
    }

    lxw_row_t at() const { return static_cast<lxw_row_t>(row); }

    lxw_format *formatOf(Style style) const
    {
        switch (style) {
        case Style::Count:
            return count;
        case Style::Ratio:
            return ratio;
        case Style::Number:
            return decimal;
        case Style::Time:
            return time;
        case Style::Text:
            break;
        }
        return nullptr;
    }
    lxw_format *columnFormat() const
    {
        return column < columns.size() ? formatOf(columns[column].style) : nullptr;
    }
};

Workbook::Workbook(const std::string &path, const std::string &title, Instant created, std::uint64_t rowsOfSheet)
    : d(std::make_unique<Private>())
{
    d->rowsOfSheet = rowsOfSheet;
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.use_zip64 = LXW_TRUE;
    d->book = workbook_new_opt(path.c_str(), &options);
    if (!d->book)
        return;
    lxw_doc_properties properties{};
    std::string heading = title;
    std::string maker = "Telltale";
    properties.title = heading.data();
    properties.author = maker.data();
    properties.created = static_cast<time_t>(created.ns / 1'000'000'000);
    workbook_set_properties(d->book, &properties);
    d->header = workbook_add_format(d->book);
    format_set_bold(d->header);
    format_set_bottom(d->header, LXW_BORDER_THIN);
    d->count = workbook_add_format(d->book);
    format_set_num_format(d->count, "#,##0");
    d->decimal = workbook_add_format(d->book);
    format_set_num_format(d->decimal, "#,##0.###");
    d->ratio = workbook_add_format(d->book);
    format_set_num_format(d->ratio, "0.0%");
    d->time = workbook_add_format(d->book);
    format_set_num_format(d->time, "yyyy-mm-dd hh:mm:ss");
}

Workbook::~Workbook()
{
    if (d->book)
        workbook_close(d->book);
}

void Workbook::beginSheet(std::string_view name, std::vector<Column> columns)
{
    d->name = name;
    d->columns = std::move(columns);
    if (d->book)
        d->addSheet();
}

void Workbook::beginRow()
{
    if (!d->book)
        return;
    if (d->row == d->rowsOfSheet)
        d->addSheet();
    ++d->row;
    d->column = 0;
}

void Workbook::text(std::string_view utf8)
{
    if (!d->book)
        return;
    const std::string fits = cut(utf8, kLongestText);
    d->cutCells += fits.size() < utf8.size();
    worksheet_write_string(d->sheet, d->at(), d->column++, fits.c_str(), nullptr);
}

void Workbook::number(double value)
{
    if (!d->book)
        return;
    if (!std::isfinite(value)) {
        text(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        return;
    }
    worksheet_write_number(d->sheet, d->at(), d->column, value, d->columnFormat());
    ++d->column;
}

void Workbook::time(Instant at, int offsetSeconds)
{
    if (!d->book)
        return;
    const double days = (static_cast<double>(at.ns) / 1e9 + offsetSeconds) / kDay + kUnixEpoch;
    if (days < 61) { // Excel believes in 29 February 1900
        text(formatRfc3339(at));
        return;
    }
    worksheet_write_number(d->sheet, d->at(), d->column, days, d->time);
    ++d->column;
}

void Workbook::empty()
{
    ++d->column;
}

std::uint64_t Workbook::cutCells() const
{
    return d->cutCells;
}

Result<void> Workbook::close()
{
    if (!d->book)
        return failure(Error::Code::Io, "the workbook could not be opened");
    const lxw_error error = workbook_close(std::exchange(d->book, nullptr));
    if (error != LXW_NO_ERROR)
        return failure(Error::Code::Io, std::string("the workbook could not be written: ") + lxw_strerror(error));
    return {};
}

} // namespace telltale
