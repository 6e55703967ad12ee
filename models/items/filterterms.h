// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/itemtext.h"

#include <QStringList>
#include <QVariant>

#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// Fields of the filter language and what a row has there.
using RowFilterTerms = std::vector<std::pair<const char *, std::string>>;

/// As FilterTermsRole answers them: those that are known, each once.
inline QVariant filterTermsValue(const RowFilterTerms &terms)
{
    QVariantList list;
    for (const auto &[field, value] : terms) {
        const QVariant pair = QStringList{QLatin1String(field), itemtext::text(value)};
        if (!value.empty() && !list.contains(pair))
            list.append(pair);
    }
    return list;
}

} // namespace telltale
