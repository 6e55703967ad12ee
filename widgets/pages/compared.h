// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/items/saidchange.h"
#include "widgets/theme/formatter.h"

#include <chrono>
#include <optional>
#include <utility>

/// What several views do to hold their answers against something.
namespace telltale {

/// An answer and, while something is compared, that of the same question over what it is held against.
template<typename T>
struct Compared
{
    T now;
    std::optional<T> before;
};

/// Asks `question(scope)`, an Engine::Reply<T>, for one scope or both.
template<typename T, typename Question>
Result<Compared<T>> askCompared(const Scope &scope, const std::optional<Scope> &before, const Question &question)
{
    auto now = question(scope);
    if (!now)
        return tl::unexpected(now.error());
    Compared<T> both{std::move(now->value), std::nullopt};
    if (!before)
        return both;
    auto then = question(*before);
    if (!then)
        return tl::unexpected(then.error());
    both.before = std::move(then->value);
    return both;
}

/// The buckets that those of a chart are held against.
struct EarlierBuckets
{
    Scope scope;
    std::chrono::nanoseconds shift{}; ///< how much earlier they are
};

/// `before` is the figure it is held against, in words; `against` what that is, with its dates.
SaidChange said(const Change &change, const QString &before, const QString &against, const Formatter &words);

} // namespace telltale
