// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/dictionary.h"

#include "models/store/sessionkey.h"

namespace telltale {
namespace {

constexpr std::size_t kMostRemembered = 200'000;
constexpr std::size_t kMostBytesRemembered = std::size_t{16} << 20;

} // namespace

Dictionary::Dictionary(Database &lookups, ChangeWriter &writer, ChangeLog &log, const std::string &table)
    : m_find(lookups, "SELECT id, text FROM " + table + " WHERE hash = :hash")
    , m_text(lookups, "SELECT text FROM " + table + " WHERE id = :id")
    , m_largest(lookups, "SELECT coalesce(max(id), 0) FROM " + table)
    , m_insert(writer, log, "INSERT INTO " + table + " (id, hash, text) VALUES (:id, :hash, :text)")
{}

std::uint32_t Dictionary::idOf(std::string_view text)
{
    const StringId local = m_texts.intern(text);
    if (m_ids.size() <= local)
        m_ids.resize(local + 1U);
    if (m_ids[local] == 0)
        m_ids[local] = lookUp(text, local);
    return m_ids[local];
}

std::uint32_t Dictionary::lookUp(std::string_view text, StringId local)
{
    const std::int64_t hash = textHash(text);
    {
        const StatementScope scope(m_find);
        m_find.bind(":hash", hash);
        while (m_find.step()) {
            if (m_find.bytes(1) == text)
                return m_find.id(0);
        }
    }
    if (m_next == 0) {
        const StatementScope scope(m_largest);
        m_largest.step();
        m_next = m_firstNew = m_largest.id(0) + 1;
    }
    m_insert.execute(m_next, hash, text);
    m_added.push_back(local);
    return m_next++;
}

std::string Dictionary::textOf(std::uint32_t id)
{
    if (m_next != 0 && id >= m_firstNew)
        return std::string(id < m_next ? m_texts.view(m_added[id - m_firstNew]) : std::string_view());
    const StatementScope scope(m_text);
    m_text.bind(":id", id);
    return m_text.step() ? std::string(m_text.bytes(0)) : std::string();
}

void Dictionary::forget()
{
    m_texts.clear();
    m_ids.clear();
    m_added.clear();
    m_next = 0;
}

bool Dictionary::isFull() const
{
    return m_texts.size() > kMostRemembered || m_texts.textBytes() > kMostBytesRemembered;
}

void Dictionary::trim()
{
    if (isFull())
        forget();
}

} // namespace telltale
