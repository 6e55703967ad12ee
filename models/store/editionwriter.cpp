// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/editionwriter.h"

#include <string>

namespace telltale {

EditionWriter::EditionWriter(Database &database)
    : m_origin(database, "SELECT product, environment, release FROM origins WHERE id = :id")
    , m_find(database, "SELECT id FROM editions WHERE product = :product AND environment = :environment"
                       " AND release = :release")
    , m_insert(database, "INSERT INTO editions (product, environment, release)"
                         " VALUES (:product, :environment, :release)")
{}

std::uint32_t EditionWriter::lookUp(OriginId origin)
{
    std::string product, environment, release;
    {
        const StatementScope scope(m_origin);
        m_origin.bind(":id", origin);
        if (m_origin.step()) { // else none of the three is known
            product = m_origin.bytes(0);
            environment = m_origin.bytes(1);
            release = m_origin.bytes(2);
        }
    }
    const auto bindTo = [&](Statement &statement) -> Statement & {
        return statement.bindText(":product", product)
            .bindText(":environment", environment)
            .bindText(":release", release);
    };
    const auto find = [&]() -> std::uint32_t {
        const StatementScope scope(m_find);
        return bindTo(m_find).step() ? m_find.id(0) : 0;
    };
    std::uint32_t id = find();
    if (id == 0) {
        bindTo(m_insert).execute();
        id = find();
    }
    if (origin >= m_known.size())
        m_known.resize(std::size_t(origin) + 1);
    m_known[origin] = id;
    return id;
}

} // namespace telltale
