// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/askedlines.h"
#include "models/analysis/engine.h"

#include <memory>
#include <string>

namespace telltale {

enum class ExportFormat { Lines, Otlp, Table, Sheets };

/// A file of records that is there when it is whole: written beside, put in place by keep(). One thread.
class RecordFile
{
public:
    /// "-" is the standard output, for all formats but sheets. `now` and `asked` are written into sheets.
    static std::unique_ptr<RecordFile> make(ExportFormat format, const std::string &path, Instant now, AskedLines asked);
    virtual ~RecordFile() = default; ///< what was not kept is gone

    virtual bool isOpen() const { return true; }
    /// False when it can not be written.
    virtual bool add(const Engine::RecordLine &record) = 0;
    /// How many cells had to be cut. Error: Io.
    virtual Result<std::uint64_t> keep() = 0;
};

} // namespace telltale
