// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/heap.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace telltale {
namespace {

/// Larger pieces are the system's own: they go back the moment they are freed. Without a fixed limit the C library raises it to
/// 32 MiB by itself, and keeps what was as large.
[[maybe_unused]] constexpr int kOwnPages = 512 * 1024;
/// So much may stay free at the end of each part of the heap.
[[maybe_unused]] constexpr int kKeptAtEnd = 1024 * 1024;
/// Parts of the heap, each with its own lock and its own holes: two that answer, the window, one that writes.
[[maybe_unused]] constexpr int kMostParts = 4;

} // namespace

void settleHeap()
{
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, kOwnPages);
    ::mallopt(M_TRIM_THRESHOLD, kKeptAtEnd);
    ::mallopt(M_ARENA_MAX, kMostParts);
#endif
}

void trimHeap()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace telltale
