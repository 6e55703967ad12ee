// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/mutation.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace telltale::test {
namespace {

constexpr const char *kNumbers[] = {"-1",   "0",     "1e999", "-1e308",              "9223372036854775808",
                                    "1e-9", "00012", "NaN",   "18446744073709551616", "253402300800"};
constexpr std::string_view kDigits = "0123456789";
constexpr char kRawMarks[] = "{}[]\",:\\\0\n\xff\x80%&=|#";
constexpr std::string_view kMarks{kRawMarks, sizeof kRawMarks - 1};
constexpr std::size_t kLongestPiece = 200, kDeepest = 2'000;

} // namespace

std::string Mutation::of(std::string bytes)
{
    // One change often leaves something that can be read, and goes deeper.
    for (std::size_t left = below(2) == 0 ? 1 : 1 + below(8); left > 0 && !bytes.empty(); --left)
        change(bytes);
    return bytes;
}

void Mutation::change(std::string &bytes)
{
    const std::size_t at = below(bytes.size());
    switch (below(8)) {
    case 0:
        bytes[at] = static_cast<char>(m_random());
        break;
    case 1:
        bytes[at] = kMarks[below(kMarks.size())];
        break;
    case 2:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
    case 3:
        bytes.erase(at, 1 + below(30));
        break;
    case 4:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(kLongestPiece)));
        break;
    case 5:
        exaggerateNumber(bytes, at);
        break;
    case 6:
        if (below(8) == 0)
            bytes.insert(at, std::string(1 + below(kDeepest), kMarks[below(4)]));
        else
            bytes[at] = '\0';
        break;
    default:
        if (below(4) == 0)
            bytes.resize(at);
        else
            bytes.insert(at, 1, static_cast<char>(m_random()));
        break;
    }
}

/// The first number behind `from` becomes another.
void Mutation::exaggerateNumber(std::string &bytes, std::size_t from)
{
    const char *other = kNumbers[below(std::size(kNumbers))];
    const std::size_t begin = bytes.find_first_of(kDigits, from);
    if (begin == std::string::npos)
        return;
    const std::size_t end = std::min(bytes.find_first_not_of(kDigits, begin), bytes.size());
    bytes.replace(begin, end - begin, other);
}

} // namespace telltale::test
