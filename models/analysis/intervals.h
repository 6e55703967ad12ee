// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

/// What a sample lets one say about everybody: 95 % confidence intervals that hold for small samples too.
namespace telltale {

/// A figure and the interval that holds the true one 95 times out of 100.
struct Estimate
{
    double value = 0, low = 0, high = 0;

    /// The interval says which side of zero the true figure is on.
    bool isDecided() const { return low > 0 || high < 0; }
    friend bool operator==(const Estimate &, const Estimate &) = default;
};

/// A share `hits` of `all`, by Wilson's score interval (E. B. Wilson, JASA 22, 1927): also right at 0 and at 1, where the usual
/// one has no width. None without observations.
std::optional<Estimate> shareEstimate(std::uint64_t hits, std::uint64_t all);

/// `b` less `a`, from intervals of their own, by squaring and adding the margins (R. G. Newcombe, Statistics in Medicine 17, 1998,
/// method 10; G. Y. Zou and A. Donner, ibid. 27, 2008). For shares this is Newcombe's interval. Both must be independent.
Estimate differenceEstimate(const Estimate &a, const Estimate &b);

/// The places (from 0, of `count` sorted values) between which the true quantile `share` lies, whatever the distribution: order
/// statistics around the binomial's normal approximation (J. D. Gibbons, Nonparametric Statistical Inference). None for so few
/// values that an end would lie outside them.
std::optional<std::pair<std::size_t, std::size_t>> quantilePlaces(std::size_t count, double share);

} // namespace telltale
