// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainsecrets.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLibrary>
#include <QMap>

#include <qt6keychain/keychain.h>

namespace telltale {
namespace {

const QString kService = QStringLiteral("telltale");

Error notOpened()
{
    return {Error::Code::Cancelled, "The keychain was not opened."};
}

Error errorOf(const QKeychain::Job &job)
{
    const std::string said = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {Error::Code::NotFound, "The keychain has no such entry."};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return notOpened();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {Error::Code::Unsupported, "There is no keychain here: neither a Secret Service nor KWallet."};
    default:
        // Without a service on the bus the backends say so in their own words.
        return {Error::Code::Unsupported, said.empty() ? "The keychain can not be reached." : "The keychain can not be reached: " + said};
    }
}

/// libsecret, which QtKeychain loads, keeps its session with the service also when that was started anew, and then all it asks fails. False
/// where another keychain is used.
bool forgetService()
{
    QLibrary library(QStringLiteral("secret-1"), 0);
    const auto disconnect = reinterpret_cast<void (*)()>(library.resolve("secret_service_disconnect"));
    if (disconnect)
        disconnect();
    return disconnect != nullptr;
}

/// Runs the job that `make` makes. Jobs delete themselves.
template<typename Make, typename Finish>
void run(Make make, QObject *context, Finish finish, bool isAgain = false)
{
    auto *job = make();
    job->setAutoDelete(true);
    job->setInsecureFallback(false); // never into a plain file unasked
    QObject::connect(job, &QKeychain::Job::finished, context, [=](QKeychain::Job *) {
        if (!isAgain && job->error() == QKeychain::OtherError && forgetService())
            return run(make, context, finish, true);
        finish(*job);
    });
    job->start();
}

/// To a keychain that nobody opened, QtKeychain says that there is no such entry. Finds out whether there is one behind the lock.
template<typename Then>
void askWhetherLocked(const QString &name, QObject *context, Then then)
{
    QDBusMessage search =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
                                       QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("SearchItems"));
    search.setAutoStartService(false);
    qDBusRegisterMetaType<QMap<QString, QString>>();
    const QMap<QString, QString> attributes{{QStringLiteral("user"), name}, {QStringLiteral("server"), kService}};
    search.setArguments({QVariant::fromValue(attributes)});
    auto *call = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(search), context);
    QObject::connect(call, &QDBusPendingCallWatcher::finished, context, [then](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        // Open items, then locked ones.
        const QDBusPendingReply<QList<QDBusObjectPath>, QList<QDBusObjectPath>> reply = *finished;
        then(reply.isValid() && reply.argumentAt<0>().isEmpty() && !reply.argumentAt<1>().isEmpty());
    });
}

} // namespace

void KeychainSecrets::read(const QString &name, ReadDone done)
{
    const auto make = [name] {
        auto *job = new QKeychain::ReadPasswordJob(kService);
        job->setKey(name);
        return job;
    };
    run(make, &m_context, [this, name, done = std::move(done)](QKeychain::ReadPasswordJob &job) {
        if (job.error() == QKeychain::NoError)
            return done(job.textData().toStdString());
        const Error error = errorOf(job);
        if (error.code != Error::Code::NotFound)
            return done(tl::unexpected(error));
        askWhetherLocked(name, &m_context, [done, error](bool isLocked) { done(tl::unexpected(isLocked ? notOpened() : error)); });
    });
}

void KeychainSecrets::write(const QString &name, const std::string &secret, Done done)
{
    const auto make = [name, text = QString::fromStdString(secret)] {
        auto *job = new QKeychain::WritePasswordJob(kService);
        job->setKey(name);
        job->setTextData(text);
        return job;
    };
    run(make, &m_context, [done = std::move(done)](QKeychain::WritePasswordJob &job) {
        done(job.error() == QKeychain::NoError ? Result<void>() : tl::unexpected(errorOf(job)));
    });
}

void KeychainSecrets::remove(const QString &name, Done done)
{
    const auto make = [name] {
        auto *job = new QKeychain::DeletePasswordJob(kService);
        job->setKey(name);
        return job;
    };
    run(make, &m_context, [this, name, done = std::move(done)](QKeychain::DeletePasswordJob &job) {
        // QtKeychain does not say whether anything was removed.
        if (job.error() != QKeychain::NoError && job.error() != QKeychain::EntryNotFound)
            return done(tl::unexpected(errorOf(job)));
        askWhetherLocked(name, &m_context, [done](bool isLocked) {
            done(isLocked ? Result<void>(tl::unexpected(notOpened())) : Result<void>()); // what is not there counts as removed
        });
    });
}

} // namespace telltale
