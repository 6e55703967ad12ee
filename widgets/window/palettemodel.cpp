// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/palettemodel.h"

#include <algorithm>

namespace telltale {

namespace {

const QString kPrefixes = QStringLiteral(">#@/");

constexpr std::size_t kMostOfGroup = 8;
constexpr std::size_t kMostRecent = 6;

int wordScore(const QString &text, const QString &word)
{
    const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 0;
    if (at == 0)
        return 8;
    // The beginning of any word of it.
    for (qsizetype i = at; i >= 0; i = text.indexOf(word, i + 1, Qt::CaseInsensitive)) {
        if (!text[i - 1].isLetterOrNumber())
            return 4;
    }
    return 2;
}

} // namespace

int paletteScore(const PaletteEntry &entry, const QStringList &words)
{
    int score = 1;
    for (const QString &word : words) {
        const int best = std::max({2 * wordScore(entry.title, word), wordScore(entry.detail, word), wordScore(entry.key, word), wordScore(entry.also, word)});
        if (best == 0)
            return 0;
        score += best;
    }
    return score;
}

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    fill();
}

void PaletteModel::setQuery(const QString &text)
{
    QString typed = text.simplified();
    QChar prefix;
    if (!typed.isEmpty() && kPrefixes.contains(typed.front())) {
        prefix = typed.front();
        typed.remove(0, 1);
    }
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    if (words == m_words && prefix == m_prefix)
        return;
    m_words = words;
    m_prefix = prefix;
    fill();
}

void PaletteModel::fill()
{
    beginResetModel();
    m_rows.clear();
    const std::vector<std::size_t> recent = m_words.isEmpty() && m_prefix.isNull() ? recentEntries() : std::vector<std::size_t>();
    if (!recent.empty())
        m_rows.push_back({tr("Recent"), 0});
    for (const std::size_t entry : recent)
        m_rows.push_back({{}, entry});
    QStringList groups;
    for (const PaletteEntry &entry : m_entries) {
        if (!groups.contains(entry.group))
            groups << entry.group;
    }
    for (const QString &group : groups) {
        std::vector<std::pair<int, std::size_t>> found;
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            if (std::find(recent.begin(), recent.end(), i) != recent.end() || m_entries[i].group != group || (!m_prefix.isNull() && m_entries[i].prefix != m_prefix))
                continue;
            if (const int score = paletteScore(m_entries[i], m_words); score > 0)
                found.emplace_back(score, i);
        }
        std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
        if (found.empty())
            continue;
        m_rows.push_back({group, 0});
        for (std::size_t i = 0; i < std::min(found.size(), kMostOfGroup); ++i)
            m_rows.push_back({{}, found[i].second});
    }
    endResetModel();
}

std::vector<std::size_t> PaletteModel::recentEntries() const
{
    std::vector<std::size_t> found;
    for (const QString &id : m_recent) {
        const auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&id](const PaletteEntry &known) { return known.id() == id; });
        if (entry != m_entries.end() && found.size() < kMostRecent)
            found.push_back(static_cast<std::size_t>(entry - m_entries.begin()));
    }
    return found;
}

void PaletteModel::setRecent(const QStringList &ids)
{
    m_recent = ids;
    fill();
}

const PaletteEntry *PaletteModel::entry(int row) const
{
    if (row < 0 || row >= rowCount() || !m_rows[static_cast<std::size_t>(row)].heading.isEmpty())
        return nullptr;
    return &m_entries[m_rows[static_cast<std::size_t>(row)].entry];
}

int PaletteModel::firstEntry() const
{
    return m_rows.empty() ? -1 : 1;
}

int PaletteModel::nextEntry(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < rowCount(); next += step) {
        if (entry(next))
            return next;
    }
    return row;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (!row.heading.isEmpty())
        return role == Qt::DisplayRole ? QVariant(row.heading) : role == HeadingRole ? QVariant(true) : QVariant();
    const PaletteEntry &entry = m_entries[row.entry];
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole:
        return QString(entry.title + QStringLiteral(", ") + entry.detail);
    case HeadingRole:
        return false;
    case DetailRole:
        return entry.detail;
    case KeyRole:
        return entry.key;
    case IconRole:
        return static_cast<int>(entry.icon);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !entry(index.row()))
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace telltale
