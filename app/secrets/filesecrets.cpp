// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/filesecrets.h"

#include "models/settings/privatefile.h"

#include <QRandomGenerator>
#include <QTimer>

namespace telltale {

QString newToken()
{
    static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QString token;
    for (int i = 0; i < 32; ++i)
        token += QLatin1Char(kLetters[QRandomGenerator::system()->bounded(int(sizeof kLetters) - 1)]);
    return token;
}

std::filesystem::path FileSecrets::pathOf(const QString &name) const
{
    return m_folder / ("telltale." + name.toStdString());
}

Result<std::string> FileSecrets::readNow(const QString &name) const
{
    auto text = readSmallFile(pathOf(name));
    if (!text)
        return text;
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r'))
        text->pop_back();
    if (text->empty())
        return failure(Error::Code::NotFound, "There is no secret in " + pathOf(name).string() + ".");
    return text;
}

// A few bytes in the person's own folder: done at once, answered later as by any store.

void FileSecrets::read(const QString &name, ReadDone done)
{
    QTimer::singleShot(0, &m_context, [done = std::move(done), result = readNow(name)] { done(result); });
}

void FileSecrets::write(const QString &name, const std::string &secret, Done done)
{
    QTimer::singleShot(0, &m_context, [done = std::move(done), result = writePrivateFile(pathOf(name), secret + "\n")] { done(result); });
}

void FileSecrets::remove(const QString &name, Done done)
{
    std::error_code error;
    std::filesystem::remove(pathOf(name), error);
    Result<void> result;
    if (error)
        result = failure(Error::Code::Io, "Can not remove " + pathOf(name).string() + ": " + error.message() + ".");
    QTimer::singleShot(0, &m_context, [done = std::move(done), result] { done(result); });
}

} // namespace telltale
