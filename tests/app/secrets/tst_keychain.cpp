// SPDX-License-Identifier: GPL-3.0-or-later
// The system's keychain, as the product uses it, with a real Secret Service on a bus of the test's own.
#include "app/secrets/keychainsecrets.h"
#include "app/secrets/tokenreading.h"
#include "tests/app/secrets/realkeyring.h"

#include <QTest>

#include <optional>

using namespace telltale;

namespace {

/// What a store says, waited for.
template<typename T>
Result<T> answerOf(const std::function<void(std::function<void(Result<T>)>)> &ask)
{
    std::optional<Result<T>> answer;
    ask([&](Result<T> said) { answer = std::move(said); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 60'000))
        return failure(Error::Code::Busy, "no answer");
    return std::move(*answer);
}

Result<std::string> read(KeychainSecrets &store, const QString &name = kTokenName)
{
    return answerOf<std::string>([&](auto done) { store.read(name, std::move(done)); });
}

Result<void> write(KeychainSecrets &store, const std::string &secret, const QString &name = kTokenName)
{
    return answerOf<void>([&](auto done) { store.write(name, secret, std::move(done)); });
}

Result<void> removeFrom(KeychainSecrets &store, const QString &name = kTokenName)
{
    return answerOf<void>([&](auto done) { store.remove(name, std::move(done)); });
}

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!test::RealKeyring::isInstalled())
            QSKIP("gnome-keyring is not installed; resources/packages-tests.txt names it");
        QVERIFY(m_keyring.startBus());
    }

    /// A bus, and no keychain on it.
    void absent()
    {
        KeychainSecrets store;
        const auto none = read(store);
        QVERIFY(!none);
        QCOMPARE(none.error().code, Error::Code::Unsupported);
        QVERIFY(!none.error().message.empty());
        const auto written = write(store, "x");
        QVERIFY(!written);
        QCOMPARE(written.error().code, Error::Code::Unsupported);
        QVERIFY(!removeFrom(store));
        QCOMPARE(readSecretNow(kTokenName, TokenPlace::Keychain, {}, 0, nullptr).error().code, Error::Code::Unsupported);
    }

    void storedReadAndDeleted()
    {
        QVERIFY(m_keyring.start());
        KeychainSecrets store;
        QCOMPARE(read(store).error().code, Error::Code::NotFound);
        const std::string secret = "s3cret \xc3\xa4\xe2\x82\xac\n" + std::string(2'000, 'x');
        QVERIFY(write(store, secret).has_value());
        QCOMPARE(read(store).value_or(""), secret);
        QVERIFY(write(store, "another").has_value()); // in its place
        QVERIFY(write(store, "of something else", QStringLiteral("broker")).has_value());
        QCOMPARE(read(store).value_or(""), std::string("another"));
        QCOMPARE(readSecretNow(kTokenName, TokenPlace::Keychain, {}, 0, nullptr).value_or(""), std::string("another"));
        QVERIFY(removeFrom(store).has_value());
        QCOMPARE(read(store).error().code, Error::Code::NotFound);
        QVERIFY(removeFrom(store).has_value()); // what is not there counts as removed
        QCOMPARE(read(store, QStringLiteral("broker")).value_or(""), std::string("of something else"));
    }

    void keptOverARestart()
    {
        KeychainSecrets store;
        QVERIFY(write(store, "kept").has_value());
        m_keyring.stop();
        QVERIFY(m_keyring.start());
        const auto kept = read(store);
        QVERIFY2(kept.has_value(), kept ? "" : kept.error().message.c_str());
        QCOMPARE(*kept, std::string("kept"));
    }

    /// There is nobody to open it. That is something else than a keychain without the entry: the token is not made anew.
    void locked()
    {
        KeychainSecrets store;
        const auto written = write(store, "behind a lock");
        QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
        QVERIFY(m_keyring.lock());
        const auto answer = read(store);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, Error::Code::Cancelled);
        QVERIFY(!answer.error().message.empty());
        QVERIFY(!write(store, "over it"));
        QCOMPARE(removeFrom(store).error().code, Error::Code::Cancelled);
        QCOMPARE(readSecretNow(kTokenName, TokenPlace::Keychain, {}, 0, nullptr).error().code, Error::Code::Cancelled);
        m_keyring.stop();
        QVERIFY(m_keyring.start()); // opened
        QCOMPARE(read(store).value_or(""), std::string("behind a lock"));
    }

private:
    test::RealKeyring m_keyring;
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
