// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachecondition.h"

#include "models/store/cachefile.h"
#include "models/store/schema.h"

#include <system_error>

namespace telltale {
namespace {

CacheCondition conditionFor(Error::Code code)
{
    switch (code) {
    case Error::Code::NotFound:
    case Error::Code::Busy:
        return CacheCondition::Openable;
    case Error::Code::Unsupported:
        return CacheCondition::NoDatabase;
    case Error::Code::Damaged:
        return CacheCondition::Damaged;
    default:
        return CacheCondition::Unreadable;
    }
}

} // namespace

CacheCondition conditionOf(const std::filesystem::path &cache)
{
    std::error_code problem;
    if (!std::filesystem::exists(cache, problem) && !problem)
        return CacheCondition::Openable;
    const auto looked = guarded([&] {
        Database database(cache, Database::Mode::ReadOnly);
        configureReader(database);
        const std::int64_t tables = database.integer("SELECT count(*) FROM sqlite_schema");
        const std::int64_t application = database.integer("PRAGMA application_id");
        if (application == 0 && tables == 0)
            return CacheCondition::Openable; // nothing is in it yet
        if (application != kCacheApplicationId)
            return CacheCondition::Foreign;
        if (database.integer("PRAGMA user_version") > cacheMigrations().back().version)
            return CacheCondition::Newer;
        const std::int64_t states = database.integer("SELECT count(*) FROM state");
        return states == 1 ? CacheCondition::Openable : CacheCondition::Damaged;
    });
    return looked ? *looked : conditionFor(looked.error().code);
}

} // namespace telltale
