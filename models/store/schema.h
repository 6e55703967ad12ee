// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <span>

namespace telltale {

/// "TELL": what makes a SQLite file a cache of ours.
inline constexpr std::int32_t kCacheApplicationId = 0x54454c4c;

/// One numbered step of the schema. Numbers begin with 1 and leave nothing out.
struct Migration
{
    int version = 0;
    const char *sql = nullptr;
};

/// The files of schema/, embedded at build, in order.
std::span<const Migration> cacheMigrations();

/// Throws Unsupported for a newer schema and for a file that is not ours. Writes nothing.
void requireCache(Database &database, std::span<const Migration> migrations);

/// Brings an empty or older file to the newest version, each step in one transaction of its own.
/// Throws as requireCache().
void migrate(Database &database, std::span<const Migration> migrations);

/// The file holds a document that makes it an archive: nobody adds to it. Of any schema.
bool isArchive(Database &database);

/// Throws Unsupported unless the file is a cache of exactly the newest version.
void checkSchema(Database &database, std::span<const Migration> migrations);

} // namespace telltale
