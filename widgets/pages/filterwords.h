// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale {

/// A field of the filter language as people call it; others as they are written.
QString fieldInWords(QString field);
/// "release:4.2.0" as "Release 4.2.0", "-screen:Home" as "not Screen Home", two values of a field as "Release 4.2.0 or 4.1.3"; other expressions stay as they
/// are.
QString termInWords(const QString &term);

} // namespace telltale
