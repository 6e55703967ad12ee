// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/schema.h"

#include "models/telemetry/document.h"

namespace telltale {
namespace {

[[noreturn]] void unsupported(const std::string &message)
{
    throw StoreFailure{Error{Error::Code::Unsupported, message}};
}

int newestVersion(std::span<const Migration> migrations)
{
    return migrations.empty() ? 0 : migrations.back().version;
}

/// 0 for a file without any table. Throws when it is not ours or too new.
int versionOf(Database &database, std::span<const Migration> migrations)
{
    const std::int64_t application = database.integer("PRAGMA application_id");
    const std::int64_t version = database.integer("PRAGMA user_version");
    if (application != kCacheApplicationId) {
        if (application == 0 && version == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0)
            return 0;
        unsupported("the file is a database of another program, not a Telltale cache");
    }
    if (version > newestVersion(migrations))
        unsupported("the cache was written by a newer Telltale (schema " + std::to_string(version) +
                    ", this one knows " + std::to_string(newestVersion(migrations)) + ")");
    return static_cast<int>(version);
}

} // namespace

void requireCache(Database &database, std::span<const Migration> migrations)
{
    versionOf(database, migrations);
}

void migrate(Database &database, std::span<const Migration> migrations)
{
    const int present = versionOf(database, migrations);
    for (const Migration &migration : migrations) {
        if (migration.version <= present)
            continue;
        Transaction transaction(database);
        database.execute(migration.sql);
        database.execute(("PRAGMA application_id = " + std::to_string(kCacheApplicationId)).c_str());
        database.execute(("PRAGMA user_version = " + std::to_string(migration.version)).c_str());
        transaction.commit();
    }
}

bool isArchive(Database &database)
{
    if (database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'documents'") == 0)
        return false;
    Statement find(database, "SELECT 1 FROM documents WHERE kind = :kind");
    find.bindText(":kind", kArchiveKind);
    return find.step();
}

void checkSchema(Database &database, std::span<const Migration> migrations)
{
    const int present = versionOf(database, migrations);
    if (present == 0) // another process is about to make it
        throw StoreFailure{Error{Error::Code::NotFound, "there is no cache yet, only an empty file"}};
    if (present != newestVersion(migrations))
        unsupported("the cache has schema " + std::to_string(present) + "; it is brought to " +
                    std::to_string(newestVersion(migrations)) + " when Telltale next writes it");
}

} // namespace telltale
