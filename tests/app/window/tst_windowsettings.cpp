// SPDX-License-Identifier: GPL-3.0-or-later
// Settings with a real collector, real ports and a real file.
#include "app/window/windowsettings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace telltale;

namespace {

/// Everything on free ports of this machine, in a folder of its own.
class Bench
{
public:
    explicit Bench(const QByteArray &more = {})
    {
        QFile file(m_folder.filePath(QStringLiteral("telltale.ini")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write("[receive]\notlp_http = 127.0.0.1:0\notlp_grpc = 127.0.0.1:0\nstatsd = 127.0.0.1:0\n" + more);
        file.close();
        settings = std::make_unique<WindowSettings>(file.fileName().toStdString());
        CollectorOptions options;
        options.cache = m_folder.filePath(QStringLiteral("cache.db")).toStdString();
        receiver = std::make_unique<CollectorReceiver>(settings->receiverOptions(std::move(options)));
        settings->setReceiver(receiver.get());
        QObject::connect(settings.get(), &WindowSettings::tokenKnown, receiver.get(),
                         [this] { receiver->restartWith(settings->receiverOptions(receiver->options())); });
    }
    bool start()
    {
        settings->readToken();
        return listens();
    }
    bool listens() const
    {
        for (int i = 0; i < 2'000 && receiver->status().state != ReceiverStatus::State::Listening; ++i)
            QTest::qWait(5);
        return receiver->status().state == ReceiverStatus::State::Listening;
    }
    DoorRow door(const std::string &id) const
    {
        for (const DoorRow &row : settings->doors()) {
            if (row.id == id)
                return row;
        }
        return {};
    }
    /// What a test of this door says; empty on success.
    QString test(const QString &id) const
    {
        QSignalSpy spy(settings.get(), &SourceControl::tested);
        settings->test(id);
        for (int i = 0; i < 2'000 && spy.isEmpty(); ++i)
            QTest::qWait(5);
        if (spy.isEmpty())
            return QStringLiteral("no answer");
        return spy[0][1].toBool() ? QString() : spy[0][2].toString();
    }
    void change(const std::function<void(Settings &)> &how) const
    {
        Settings wanted = settings->settings();
        how(wanted);
        settings->change(wanted);
    }
    QByteArray file() const
    {
        QFile text(m_folder.filePath(QStringLiteral("telltale.ini")));
        return text.open(QIODevice::ReadOnly) ? text.readAll() : QByteArray();
    }
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;

public:
    std::unique_ptr<WindowSettings> settings;
    std::unique_ptr<CollectorReceiver> receiver;
};

} // namespace

class TestWindowSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDoorAnswersItsTest()
    {
        Bench bench;
        QVERIFY(bench.start());
        for (const char *id : {"otlp_http", "otlp_grpc", "statsd"}) {
            QCOMPARE(bench.door(id).state, SourceState::Waiting);
            QCOMPARE(bench.test(QLatin1String(id)), QString());
            QTRY_COMPARE(bench.door(id).state, SourceState::Live);
        }
    }

    void pausingRefusesWithoutARestart()
    {
        Bench bench;
        QVERIFY(bench.start());
        const auto collector = bench.receiver->collector();
        bench.change([](Settings &s) { s.otlpHttp.isPaused = true; });
        QCOMPARE(bench.door("otlp_http").state, SourceState::Paused);
        QVERIFY2(bench.test(QStringLiteral("otlp_http")).contains(QStringLiteral("503")), "told to come again");
        QVERIFY(bench.door("otlp_http").turnedAway >= 1);
        bench.change([](Settings &s) { s.otlpHttp.isPaused = false; });
        QCOMPARE(bench.test(QStringLiteral("otlp_http")), QString());
        QCOMPARE(bench.receiver->collector().get(), collector.get());
        QTRY_VERIFY(bench.file().contains("otlp_http_paused"));
    }

    void targetsComeAndGo()
    {
        QTcpServer target;
        QVERIFY(target.listen(QHostAddress::LocalHost));
        connect(&target, &QTcpServer::newConnection, &target, [&target] {
            QTcpSocket *socket = target.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nopens_total 5\n");
                socket->disconnectFromHost();
            });
        });
        Bench bench;
        QVERIFY(bench.start());
        const std::string url = QStringLiteral("http://127.0.0.1:%1/metrics").arg(target.serverPort()).toStdString();
        bench.change([&](Settings &s) { s.targets = {{"checkout", url, std::chrono::seconds(1), false}}; });
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Live);
        QVERIFY(bench.door("scrape checkout").requests >= 1);
        QCOMPARE(bench.test(QStringLiteral("scrape checkout")), QString());
        target.close();
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Error);
        QVERIFY(!bench.door("scrape checkout").problem.empty());
        bench.change([](Settings &s) { s.targets[0].isPaused = true; });
        QTRY_COMPARE(bench.door("scrape checkout").state, SourceState::Paused);
        bench.change([](Settings &s) { s.targets.clear(); });
        QVERIFY(bench.door("scrape checkout").id.empty());
        QTRY_VERIFY(!bench.file().contains("checkout"));
    }

    void aTakenPortNamesItsHolder()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Bench bench;
        QVERIFY(bench.start());
        bench.change([&](Settings &s) { s.otlpHttp.port = other.serverPort(); });
        QTRY_COMPARE(bench.door("otlp_http").state, SourceState::Error);
        const std::string problem = bench.door("otlp_http").problem;
        QVERIFY2(problem.find(std::to_string(QCoreApplication::applicationPid())) != std::string::npos, problem.c_str());
        bench.change([](Settings &s) { s.otlpHttp.port = 0; });
        QVERIFY(bench.listens());
        QTRY_COMPARE(bench.door("otlp_http").state, SourceState::Waiting);
    }

    void aTokenInAFile()
    {
        Bench bench;
        QVERIFY(bench.start());
        bool isKept = false;
        bench.settings->setToken(QStringLiteral("open sesame"), TokenPlace::File, [&](const Result<void> &kept) { isKept = kept.has_value(); });
        QTRY_VERIFY(isKept);
        QVERIFY(bench.listens());
        QCOMPARE(bench.settings->token(), QStringLiteral("open sesame"));
        QTRY_COMPARE(bench.receiver->options().http->token, std::string("open sesame"));
        QTRY_VERIFY(bench.receiver->collector() != nullptr);
        QCOMPARE(bench.test(QStringLiteral("otlp_http")), QString()); // shows it
        QCOMPARE(bench.test(QStringLiteral("otlp_grpc")), QString());
        QTRY_VERIFY(bench.file().contains("token = file"));
        QVERIFY(!bench.file().contains("sesame"));
        QFile secret(bench.folder() + QStringLiteral("/telltale.receiver-token"));
        QCOMPARE(secret.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        // The next start knows it.
        WindowSettings next(bench.folder().toStdString() + "/telltale.ini");
        next.readToken();
        QTRY_COMPARE(next.token(), QStringLiteral("open sesame"));

        bool isGone = false;
        bench.settings->setToken({}, TokenPlace::None, [&](const Result<void> &gone) { isGone = gone.has_value(); });
        QTRY_VERIFY(isGone);
        QVERIFY(!secret.exists());
        QVERIFY(bench.settings->token().isEmpty());
    }

    void whatTheWindowLearnsIsKept()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receiver->allowOrigin(QStringLiteral("http://localhost:3000"));
        QCOMPARE(bench.settings->settings().allowedOrigins, std::vector<std::string>{"http://localhost:3000"});
        QTRY_VERIFY(bench.file().contains("allow_origin = http://localhost:3000"));
    }

    void problemsAreSaid()
    {
        Bench bench("colour = red\n[keep]\nage = soon\n");
        QCOMPARE(bench.settings->problems().size(), 2);
        QVERIFY(bench.settings->problems().join(u' ').contains(QStringLiteral("soon")));
    }

    void theCommandLineWins()
    {
        Bench bench;
        bench.settings->forceHttp("127.0.0.1", 0, {"http://localhost:5173"});
        CollectorOptions options = bench.settings->receiverOptions(CollectorOptions());
        QCOMPARE(options.http->port, std::uint16_t(0));
        QCOMPARE(options.http->allowedOrigins, std::vector<std::string>{"http://localhost:5173"});
        QVERIFY(!bench.settings->settings().allowedOrigins.size()); // for this time only
        bench.change([](Settings &s) { s.otlpHttp.port = 4400; });
        QCOMPARE(bench.settings->receiverOptions(CollectorOptions()).http->port, std::uint16_t(4400));
    }

    void nothingReceives()
    {
        const QTemporaryDir folder;
        WindowSettings settings(folder.filePath(QStringLiteral("telltale.ini")).toStdString());
        QVERIFY(!settings.isReceiving());
        QCOMPARE(settings.doors().size(), std::size_t(3));
        QCOMPARE(settings.doors()[0].state, SourceState::Off);
        QSignalSpy spy(&settings, &SourceControl::tested);
        settings.test(QStringLiteral("otlp_http"));
        QCOMPARE(spy.size(), 1);
        QVERIFY(!spy[0][1].toBool());
    }
};

QTEST_MAIN(TestWindowSettings)
#include "tst_windowsettings.moc"
