// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"
#include "models/telemetry/result.h"
#include "tests/support/loadgenerator.h"

#include <cstdint>
#include <filesystem>

namespace telltale::test {

/// The next request of `generator`, decoded as ingest would: ready for CacheWriter::commit().
Delivery nextDelivery(LoadGenerator &generator);

/// Fills a new cache at `path` with at least `count` generated records through decoder and writer, without the network.
/// Errors as CacheWriter.
Result<void> storeGeneratedRecords(const std::filesystem::path &path, std::uint64_t count,
                                   LoadShape shape = {});

} // namespace telltale::test
