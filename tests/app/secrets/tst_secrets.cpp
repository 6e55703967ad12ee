// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/filesecrets.h"
#include "app/secrets/keychainsecrets.h"
#include "app/secrets/tokenreading.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;

namespace {

/// Waits for what a store says.
template<typename T>
class Answer
{
public:
    std::function<void(Result<T>)> taker()
    {
        return [this](Result<T> result) { m_result = std::move(result); };
    }
    Result<T> get() const
    {
        for (int i = 0; i < 2'000 && !m_result; ++i)
            QTest::qWait(5);
        return m_result.value_or(failure(Error::Code::Busy, "no answer"));
    }

private:
    std::optional<Result<T>> m_result;
};

} // namespace

class TestSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAreNotGuessed()
    {
        QSet<QString> seen;
        for (int i = 0; i < 100; ++i) {
            const QString token = newToken();
            QVERIFY(QRegularExpression(QStringLiteral("^[A-Za-z0-9]{32}$")).match(token).hasMatch());
            seen.insert(token);
        }
        QCOMPARE(seen.size(), 100);
    }

    void file()
    {
        const QTemporaryDir folder;
        const std::filesystem::path settings = std::filesystem::path(folder.path().toStdString()) / "telltale.ini";
        const auto store = secretStoreFor(TokenPlace::File, settings);
        Answer<std::string> none, some, gone;
        Answer<void> written, removed, removedAgain;
        store->read(kTokenName, none.taker());
        QCOMPARE(none.get().error().code, Error::Code::NotFound);
        store->write(kTokenName, "a secret", written.taker());
        QVERIFY(written.get().has_value());
        store->read(kTokenName, some.taker());
        QCOMPARE(some.get().value_or(""), std::string("a secret"));
        const QString path = QString::fromStdString(FileSecrets(settings.parent_path()).pathOf(kTokenName).string());
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(readSecretNow(kTokenName, TokenPlace::File, settings, 0, nullptr).value_or(""), std::string("a secret"));
        store->remove(kTokenName, removed.taker());
        QVERIFY(removed.get().has_value());
        store->remove(kTokenName, removedAgain.taker());
        QVERIFY(removedAgain.get().has_value());
        store->read(kTokenName, gone.taker());
        QCOMPARE(gone.get().error().code, Error::Code::NotFound);
    }

    void aFolderThatCanNotBe()
    {
        const FileSecrets store("/proc/nowhere");
        QVERIFY(!store.readNow(kTokenName));
        FileSecrets other("/proc/nowhere");
        Answer<void> written;
        other.write(kTokenName, "x", written.taker());
        QCOMPARE(written.get().error().code, Error::Code::Io);
    }

    void noPlace()
    {
        QVERIFY(!secretStoreFor(TokenPlace::None, {}));
        QCOMPARE(readSecretNow(kTokenName, TokenPlace::None, {}, 0, nullptr).value_or("?"), std::string());
    }

    /// Without a bus there is no keychain, and that is said instead of writing somewhere else.
    void noKeychain()
    {
        if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
            QSKIP("there is a session bus, and what it offers is not ours");
        KeychainSecrets store;
        Answer<std::string> read;
        Answer<void> written;
        store.read(kTokenName, read.taker());
        QCOMPARE(read.get().error().code, Error::Code::Unsupported);
        QVERIFY(!read.get().error().message.empty());
        store.write(kTokenName, "x", written.taker());
        QCOMPARE(written.get().error().code, Error::Code::Unsupported);
    }

    void noAnswerAfterTheEnd()
    {
        const QTemporaryDir folder;
        bool isAnswered = false;
        {
            FileSecrets store(folder.path().toStdString());
            store.read(kTokenName, [&](const Result<std::string> &) { isAnswered = true; });
        }
        QTest::qWait(20);
        QVERIFY(!isAnswered);
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
