// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace telltale::test {

/// Compressed forms of `text`, for requests and for damaging.
std::string gzipped(std::string_view text);
std::string zlibbed(std::string_view text);
std::string rawDeflated(std::string_view text);
std::string zstandard(std::string_view text, int level = 3);
std::string brotlied(std::string_view text);
/// `megabytes` MiB of blanks, made piece by piece, so that the test itself stays small.
std::string gzipBomb(std::size_t megabytes);
std::string zstdBomb(std::size_t megabytes);
std::string brotliBomb(std::size_t megabytes);

} // namespace telltale::test
