// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/tokenreading.h"

#include "app/secrets/filesecrets.h"
#include "app/secrets/keychainsecrets.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

namespace telltale {

std::unique_ptr<SecretStore> secretStoreFor(TokenPlace place, const std::filesystem::path &settingsFile)
{
    switch (place) {
    case TokenPlace::Keychain:
        return std::make_unique<KeychainSecrets>();
    case TokenPlace::File:
        return std::make_unique<FileSecrets>(settingsFile.parent_path());
    case TokenPlace::None:
        break;
    }
    return nullptr;
}

QString passwordNameOf(const std::string &broker)
{
    QString name = QStringLiteral("mqtt-password ") + QString::fromStdString(broker);
    return name.replace(u'/', u'_'); // it may be a file's
}

Result<std::string> readSecretNow(const QString &name, TokenPlace place, const std::filesystem::path &settingsFile, int argc, char **argv)
{
    if (place == TokenPlace::None)
        return {};
    if (place == TokenPlace::File)
        return FileSecrets(settingsFile.parent_path()).readNow(name);
    std::unique_ptr<QCoreApplication> own;
    if (!QCoreApplication::instance())
        own = std::make_unique<QCoreApplication>(argc, argv);
    constexpr int kPatienceMs = 20'000; // a person may have to open it
    Result<std::string> answer = failure(Error::Code::Busy, "The keychain did not answer.");
    QEventLoop loop;
    KeychainSecrets keychain;
    keychain.read(name, [&](Result<std::string> read) {
        answer = std::move(read);
        loop.quit();
    });
    QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
    loop.exec();
    return answer;
}

} // namespace telltale
