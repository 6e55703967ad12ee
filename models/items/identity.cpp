// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/identity.h"

#include <QCryptographicHash>

#include <algorithm>

namespace telltale::identity {

namespace {

bool s_areShown = false;

constexpr std::size_t kFewestOpaque = 8; ///< a shorter one may be a number that people know each other by

bool isOpaque(std::string_view id)
{
    return id.size() >= kFewestOpaque && std::all_of(id.begin(), id.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F') || letter == '-';
           }) && std::any_of(id.begin(), id.end(), [](char letter) { return (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F'); });
}

} // namespace

QString pseudonym(std::string_view id)
{
    if (id.empty())
        return {};
    const QByteArray bytes(id.data(), static_cast<qsizetype>(id.size()));
    if (isOpaque(id))
        return QString::fromLatin1(bytes.left(kShortLength));
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(kShortLength));
}

QString shown(std::string_view id)
{
    return s_areShown ? QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())) : pseudonym(id);
}

bool areShown()
{
    return s_areShown;
}

void setShown(bool areShown)
{
    s_areShown = areShown;
}

Scope::Scope(bool areShown)
    : m_before(s_areShown)
{
    s_areShown = areShown;
}

Scope::~Scope()
{
    s_areShown = m_before;
}

} // namespace telltale::identity
