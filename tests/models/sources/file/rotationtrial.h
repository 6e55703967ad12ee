// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale::test {

/// How a log is rotated.
struct RotationKind
{
    bool isCopied = false; ///< copied and cut; else renamed
    QString packing = {};  ///< ".gz" or ".zst" of all but the last one, every other time of that, too; empty: none
};

/// Lines are written and rotated step by step; between any two steps a reader may look, take a part or all, or be killed and start
/// again. What comes between what is drawn from `seed`. Returns what is wrong in the end: lines that are missing or came twice; empty:
/// nothing.
QString rotationTrial(unsigned seed, const RotationKind &kind);

} // namespace telltale::test
