// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoprogress.h"

#include "models/telemetry/timeformat.h"

#include <fstream>
#include <string>
#include <system_error>

namespace telltale::demo {

std::optional<DemoProgress> DemoProgress::load(const std::filesystem::path &file)
{
    std::ifstream in(file);
    DemoProgress progress;
    for (Instant *field :
         {&progress.epoch, &progress.boundary, &progress.sent, &progress.oldFrom, &progress.oldSent}) {
        std::string line;
        if (!std::getline(in, line))
            return {};
        const auto instant = parseRfc3339(line);
        if (!instant)
            return {};
        *field = *instant;
    }
    if (progress.boundary < progress.oldFrom)
        return {};
    return progress;
}

void DemoProgress::save(const std::filesystem::path &file) const
{
    std::filesystem::path next = file;
    next += ".new";
    {
        std::ofstream out(next, std::ios::trunc);
        for (Instant instant : {epoch, boundary, sent, oldFrom, oldSent})
            out << formatRfc3339(instant) << '\n';
        if (!out.flush())
            return;
    }
    std::error_code ignored;
    std::filesystem::rename(next, file, ignored);
}

} // namespace telltale::demo
