// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainsecrets.h"

#include <qt6keychain/keychain.h>

namespace telltale {
namespace {

const QString kService = QStringLiteral("telltale");

Error errorOf(const QKeychain::Job &job)
{
    const std::string said = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {Error::Code::NotFound, "The keychain has no such entry."};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {Error::Code::Cancelled, "The keychain was not opened."};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {Error::Code::Unsupported, "There is no keychain here: neither a Secret Service nor KWallet."};
    default:
        // Without a service on the bus the backends say so in their own words.
        return {Error::Code::Unsupported, said.empty() ? "The keychain can not be reached." : "The keychain can not be reached: " + said};
    }
}

/// Jobs delete themselves.
template<typename Job, typename Finish>
void run(Job *job, QObject *context, Finish finish)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false); // never into a plain file unasked
    QObject::connect(job, &QKeychain::Job::finished, context, [job, finish](QKeychain::Job *) { finish(*job); });
    job->start();
}

} // namespace

void KeychainSecrets::read(const QString &name, ReadDone done)
{
    auto *job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(name);
    run(job, &m_context, [done = std::move(done)](QKeychain::ReadPasswordJob &read) {
        if (read.error() != QKeychain::NoError)
            done(tl::unexpected(errorOf(read)));
        else
            done(read.textData().toStdString());
    });
}

void KeychainSecrets::write(const QString &name, const std::string &secret, Done done)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setKey(name);
    job->setTextData(QString::fromStdString(secret));
    run(job, &m_context, [done = std::move(done)](QKeychain::WritePasswordJob &write) {
        done(write.error() == QKeychain::NoError ? Result<void>() : tl::unexpected(errorOf(write)));
    });
}

void KeychainSecrets::remove(const QString &name, Done done)
{
    auto *job = new QKeychain::DeletePasswordJob(kService);
    job->setKey(name);
    run(job, &m_context, [done = std::move(done)](QKeychain::DeletePasswordJob &gone) {
        const bool isGone = gone.error() == QKeychain::NoError || gone.error() == QKeychain::EntryNotFound;
        done(isGone ? Result<void>() : tl::unexpected(errorOf(gone)));
    });
}

} // namespace telltale
