// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function that is a plain loop over a column: it is compiled twice, for every processor and for those of the last ten
/// years (AVX2), and the system chooses once. What such a function calls has to be inlined. Sanitizers are not ready yet when
/// it chooses, so they get the first one alone.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&     \
    !defined(__SANITIZE_THREAD__)
#    define TELLTALE_WIDE_LOOP __attribute__((target_clones("avx2", "default")))
#else
#    define TELLTALE_WIDE_LOOP
#endif
