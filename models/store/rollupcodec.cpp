// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupcodec.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"

#include <algorithm>
#include <iterator>

namespace telltale {
namespace {

std::vector<std::uint32_t> united(const std::vector<std::uint32_t> &a, const std::vector<std::uint32_t> &b)
{
    std::vector<std::uint32_t> result;
    result.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
    return result;
}

std::string setBytes(const std::vector<std::uint32_t> &ids)
{
    std::string bytes;
    IdSet::appendSorted(bytes, ids);
    return bytes;
}

} // namespace

std::int64_t bucketOf(std::int64_t timeNs, std::int64_t resolution)
{
    const std::int64_t width = resolution * 1'000'000'000;
    return timeNs >= 0 ? timeNs / width : -((-(timeNs + 1)) / width) - 1;
}

std::string encodeRollup(std::span<const RollupEntry> entries)
{
    std::string raw;
    ByteWriter writer(raw);
    for (const RollupEntry &entry : entries) {
        writer.varint(entry.feature);
        writer.varint(entry.events);
        writer.sized(setBytes(entry.users));
        writer.sized(setBytes(entry.sessions));
    }
    std::string data;
    appendPacked(data, raw);
    return data;
}

std::vector<RollupEntry> decodeRollup(std::string_view data)
{
    ByteReader packed(data);
    std::string buffer;
    ByteReader in(readPacked(packed, buffer));
    std::vector<RollupEntry> entries;
    while (!in.isAtEnd()) {
        RollupEntry entry;
        entry.feature = in.id();
        entry.events = in.varint();
        entry.users = IdSet::read(in.sized()).ids();
        entry.sessions = IdSet::read(in.sized()).ids();
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<RollupEntry> mergeRollups(std::vector<RollupEntry> a, std::vector<RollupEntry> b)
{
    std::vector<RollupEntry> merged;
    merged.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->feature < right->feature)) {
            merged.push_back(std::move(*left++));
        } else if (left == a.end() || right->feature < left->feature) {
            merged.push_back(std::move(*right++));
        } else {
            merged.push_back({left->feature, left->events + right->events, united(left->users, right->users),
                              united(left->sessions, right->sessions)});
            ++left;
            ++right;
        }
    }
    return merged;
}

} // namespace telltale
