// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/sqlite.h"
#include "tests/endtoend/program.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace telltale::test;

/// The administration of KDE's feedback server, as its own tools speak it.
class TestFeedbackAdmin final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/kuserfeedback/05-admin-api-exchange.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_exchanges = QJsonDocument::fromJson(file.readAll()).object()[u"exchanges"].toArray();
        QCOMPARE(m_exchanges.size(), 13);
    }

    /// What was recorded from the real server, with a restart in the middle. Only what tells the time differs.
    void theRecordedExchange()
    {
        QTemporaryDir folder;
        auto collector = std::make_unique<Collector>(folder.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector->start());
        for (int i = 0; i < m_exchanges.size(); ++i) {
            if (i == 9) {
                QVERIFY(collector->stop());
                collector = std::make_unique<Collector>(folder.filePath(QStringLiteral("cache.db")));
                QVERIFY(collector->start());
            }
            const QJsonObject request = m_exchanges[i][QLatin1String("request")].toObject();
            const QJsonObject expected = m_exchanges[i][QLatin1String("response")].toObject();
            const QString path = request[u"path"].toString();
            const Answer answer = send(collector->endpoint(), request[u"method"].toString(), path, request[u"body"].toString().toUtf8());
            QCOMPARE(answer.status, expected[u"status"].toInt());
            const QByteArray wanted = expected[u"body"].toString().trimmed().toUtf8();
            if (wanted.isEmpty())
                continue;
            if (!wanted.startsWith('[') && !wanted.startsWith('{')) {
                QCOMPARE(answer.body, wanted);
                continue;
            }
            QCOMPARE(withoutTime(answer.body), withoutTime(wanted));
        }
        QCOMPARE(rowsOf(folder.filePath(QStringLiteral("cache.db")), {QStringLiteral("totals")})[0][QLatin1String("sessions")].toInt(), 3);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *method, const char *path, const char *body, int status) {
            QTest::newRow(name) << QString::fromLatin1(method) << QString::fromLatin1(path) << QByteArray(body) << status;
        };
        row("no JSON", "POST", "/admin/products", "product", 400);
        row("no name", "POST", "/admin/products", "{\"schema\":[]}", 400);
        row("schema no list", "POST", "/admin/products", "{\"name\":\"a\",\"schema\":{}}", 400);
        row("unknown type", "POST", "/admin/products", "{\"name\":\"a\",\"schema\":[{\"name\":\"x\",\"type\":\"cube\"}]}", 400);
        row("unknown product", "PUT", "/admin/products/nobody", "{\"name\":\"nobody\"}", 404);
        row("renaming", "PUT", "/admin/products/a", "{\"name\":\"b\"}", 400);
        row("nothing to delete", "DELETE", "/admin/products/nobody", "", 404);
        row("survey of nobody", "POST", "/admin/surveys/nobody", "{\"uuid\":\"{1}\"}", 404);
        row("survey without id", "POST", "/admin/surveys/nobody", "{}", 400);
        row("no such survey", "DELETE", "/admin/surveys/%7B1%7D", "", 404);
        row("data of nobody", "GET", "/analytics/data/nobody", "", 404);
        row("samples no list", "POST", "/admin/data/a", "{}", 400);
        row("sample without time", "POST", "/admin/data/a", "[{\"startCount\":{\"value\":1}}]", 400);
        row("samples of nobody", "POST", "/admin/data/nobody", "[{\"timestamp\":\"2026-11-01T08:00:00\",\"startCount\":{\"value\":1}}]", 404);
        row("no samples of nobody", "POST", "/stride/admin/data/nobody", "[]", 404);
        row("sample with id", "POST", "/admin/data/a", "[{\"id\":1,\"timestamp\":\"2026-11-01T08:00:00\"}]", 400);
        row("wrong method", "DELETE", "/analytics/products", "", 405);
        row("no such page", "GET", "/analytics/weather", "", 404);
    }
    void refusals()
    {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        if (!m_shared) {
            m_shared = std::make_unique<Collector>(m_folder.filePath(QStringLiteral("shared.db")));
            QVERIFY(m_shared->start());
        }
        const Answer answer = send(m_shared->endpoint(), method, path, body);
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.body.isEmpty());
    }

    /// Samples are for a product that a console added, or that sends by itself.
    void importedIntoAProduct()
    {
        QTemporaryDir folder;
        Collector collector(folder.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector.start());
        const auto post = [&](const char *path, const char *body) { return send(collector.endpoint(), QStringLiteral("POST"), QString::fromLatin1(path), body).status; };
        const char *samples = "[{\"timestamp\":\"2026-11-01T08:00:00\",\"startCount\":{\"value\":1}}]";
        QCOMPARE(post("/admin/data/a%20b", samples), 404);
        QCOMPARE(post("/admin/products", "{\"name\":\"a b\"}"), 200);
        QCOMPARE(post("/admin/data/a%20b", samples), 200);
        QCOMPARE(post("/admin/data/sender", samples), 404);
        QCOMPARE(post("/receiver/submit/sender", "{\"startCount\":{\"value\":3}}"), 200);
        QCOMPARE(post("/admin/data/sender", samples), 200);
        QVERIFY(collector.stop());
        QCOMPARE(rowsOf(collector.cache(), {QStringLiteral("totals")})[0][QLatin1String("sessions")].toInt(), 3);
        const auto counters = counted(rowsOf(collector.cache(), {QStringLiteral("counters")}), QStringLiteral("counter"), QStringLiteral("count"));
        QCOMPARE(counters.value(QStringLiteral("kuserfeedback.product.unknown")), 2);
    }

    /// What rules the stored data is for tools with the token, not for pages, also those that may send.
    void whoMayAsk()
    {
        QTemporaryDir folder;
        Collector collector(folder.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector.start({QStringLiteral("--token"), QStringLiteral("geheim"), QStringLiteral("--allow-origin"), QStringLiteral("http://localhost:3000")}));
        const QString url = collector.endpoint();
        const QString products = QStringLiteral("/analytics/products");
        QCOMPARE(send(url, QStringLiteral("GET"), products, {}).status, 200);
        QCOMPARE(send(url, QStringLiteral("GET"), products, {}, {{"Authorization", "Bearer geheim"}}).status, 200);
        QCOMPARE(send(url, QStringLiteral("GET"), products, {}, {{"Authorization", "Basic YWRtaW46b2ZmZW4="}}).status, 401);
        QCOMPARE(send(url, QStringLiteral("GET"), products, {}, {{"Authorization", ""}}).status, 401);
        const QList<std::pair<QByteArray, QByteArray>> page{{"Origin", "http://localhost:3000"}};
        for (const QString &path : {products, QStringLiteral("/analytics/check_schema"), QStringLiteral("/analytics/data/a")})
            QCOMPARE(send(url, QStringLiteral("GET"), path, {}, page).status, 403);
        QCOMPARE(send(url, QStringLiteral("POST"), QStringLiteral("/admin/products"), "{\"name\":\"a\"}", page).status, 403);
        QCOMPARE(send(url, QStringLiteral("POST"), QStringLiteral("/admin/data/a"), "[]", page).status, 403);
        QCOMPARE(send(url, QStringLiteral("OPTIONS"), QStringLiteral("/admin/products"), {}, page).status, 403);
        QCOMPARE(send(url, QStringLiteral("POST"), QStringLiteral("/receiver/submit/a"), "{}", page).status, 200);
        QCOMPARE(send(url, QStringLiteral("GET"), products, {}).body, QByteArray("[]"));
    }

    /// Who comes second finds it done, however close behind.
    void sameThingTwiceAtOnce()
    {
        QTemporaryDir folder;
        Collector collector(folder.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector.start());
        QList<QNetworkReply *> replies;
        for (int i = 0; i < 4; ++i)
            replies.append(start(collector.endpoint(), QStringLiteral("POST"), QStringLiteral("/admin/products"), "{\"name\":\"a\"}", {}));
        QList<int> statuses;
        for (QNetworkReply *reply : std::as_const(replies))
            statuses.append(finished(reply).status);
        std::sort(statuses.begin(), statuses.end());
        QCOMPARE(statuses, (QList<int>{200, 400, 400, 400}));

        const auto post = [&](const char *path, const char *body) { return send(collector.endpoint(), QStringLiteral("POST"), QString::fromLatin1(path), body); };
        QCOMPARE(post("/admin/products", "{\"name\":\"b\"}").status, 200);
        QCOMPARE(post("/admin/surveys/a", "{\"uuid\":\"{1}\",\"active\":true}").status, 200);
        const Answer again = post("/admin/surveys/b", "{\"uuid\":\"{1}\",\"active\":true}");
        QCOMPARE(again.status, 400);
        QVERIFY(again.body.contains("of product a"));
        QCOMPARE(send(collector.endpoint(), QStringLiteral("GET"), QStringLiteral("/analytics/surveys/b"), {}).body, QByteArray("[]"));
    }

    /// What can not be read is said, not left out.
    void damagedSamples()
    {
        QTemporaryDir folder;
        const QString cache = folder.filePath(QStringLiteral("cache.db"));
        {
            Collector collector(cache);
            QVERIFY(collector.start());
            const QByteArray marker(200, 'z');
            QCOMPARE(send(collector.endpoint(), QStringLiteral("POST"), QStringLiteral("/receiver/submit/a"),
                          "{\"applicationVersion\":{\"value\":\"" + marker + "\"}}").status, 200);
            QVERIFY(collector.stop());
        }
        Database(cache.toStdString(), Database::Mode::ReadWrite).execute("UPDATE segment_data SET attributes = zeroblob(length(attributes))");
        Collector collector(cache);
        QVERIFY(collector.start());
        const Answer answer = send(collector.endpoint(), QStringLiteral("GET"), QStringLiteral("/analytics/data/a"), {});
        QCOMPARE(answer.status, 503);
        QVERIFY2(answer.body.contains("verify"), answer.body.constData());
    }

    void tooLarge()
    {
        QTemporaryDir folder;
        Collector collector(folder.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector.start());
        const QByteArray huge(70 << 20, ' ');
        QCOMPARE(send(collector.endpoint(), QStringLiteral("POST"), QStringLiteral("/admin/products"), huge).status, 413);
        QCOMPARE(send(collector.endpoint(), QStringLiteral("POST"), QStringLiteral("/admin/data/a"), huge).status, 413);
        QCOMPARE(send(collector.endpoint(), QStringLiteral("GET"), QStringLiteral("/analytics/products"), {}).body, QByteArray("[]"));
    }

    /// KDE's own tool, unmodified: what it imports it exports again.
    void userfeedbackctl()
    {
        const QString tool = QStandardPaths::findExecutable(QStringLiteral("userfeedbackctl"));
        if (tool.isEmpty())
            QSKIP("needs kuserfeedback-bin");
        QTemporaryDir home;
        const QString product = QStringLiteral("com.example.stride");
        const QString source = home.filePath(QStringLiteral("in/") + product);
        QVERIFY(QDir().mkpath(source));
        const auto put = [&](const char *suffix, const QByteArray &bytes) {
            QFile file(source + u'/' + product + QString::fromLatin1(suffix));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        const auto bodyOf = [&](int exchange) { return m_exchanges[exchange][QLatin1String("request")][QLatin1String("body")].toString().toUtf8(); };
        put(".schema", bodyOf(1));
        put(".surveys", '[' + bodyOf(2) + ']');
        put(".data", bodyOf(3));
        Collector collector(home.filePath(QStringLiteral("cache.db")));
        QVERIFY(collector.start());
        const auto run = [&](const QStringList &arguments) {
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("HOME"), home.path());
            environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config")));
            environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
            process.setProcessEnvironment(environment);
            process.start(tool, arguments);
            if (!process.waitForFinished(20'000))
                process.kill();
            return process.readAllStandardOutput();
        };
        const QStringList server{QStringLiteral("-s"), QStringLiteral("telltale")};
        run(QStringList{QStringLiteral("add-server")} + server +
            QStringList{QStringLiteral("--url"), collector.endpoint(), QStringLiteral("--user"), QStringLiteral("admin"), QStringLiteral("--password"),
                        QStringLiteral("secret")});
        run(QStringList{QStringLiteral("import-product")} + server + QStringList{source});
        QCOMPARE(run(QStringList{QStringLiteral("list-products")} + server).trimmed(), product.toUtf8());
        QVERIFY(QDir().mkpath(home.filePath(QStringLiteral("out"))));
        run(QStringList{QStringLiteral("export-all")} + server + QStringList{QStringLiteral("-o"), home.filePath(QStringLiteral("out"))});
        for (const char *suffix : {".schema", ".surveys", ".data"}) {
            QFile before(source + u'/' + product + QString::fromLatin1(suffix));
            QFile after(home.filePath(QStringLiteral("out/") + product + u'/' + product + QString::fromLatin1(suffix)));
            QVERIFY2(after.open(QIODevice::ReadOnly), suffix);
            QVERIFY(before.open(QIODevice::ReadOnly));
            QCOMPARE(QJsonDocument::fromJson(after.readAll()), QJsonDocument::fromJson(before.readAll()));
        }
    }

private:
    struct Answer
    {
        int status = 0;
        QByteArray body;
    };

    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    /// As a console asks, unless `headers` say otherwise.
    QNetworkReply *start(const QString &endpoint, const QString &method, const QString &path, const QByteArray &body, const Headers &headers)
    {
        QNetworkRequest request(QUrl(endpoint + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setRawHeader("Authorization", "Basic YWRtaW46Z2VoZWlt");
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return m_network.sendCustomRequest(request, method.toLatin1(), body);
    }
    static Answer finished(QNetworkReply *reply)
    {
        if (!reply->isFinished()) {
            QEventLoop loop;
            connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
            loop.exec();
        }
        const Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
        reply->deleteLater();
        return answer;
    }
    Answer send(const QString &endpoint, const QString &method, const QString &path, const QByteArray &body, const Headers &headers = {})
    {
        return finished(start(endpoint, method, path, body, headers));
    }

    /// Times of arrival, and which version of tables a server had before.
    static QJsonDocument withoutTime(const QByteArray &json)
    {
        QJsonDocument document = QJsonDocument::fromJson(json);
        if (document.isArray()) {
            QJsonArray rows = document.array();
            for (qsizetype i = 0; i < rows.size(); ++i) {
                QJsonObject row = rows[i].toObject();
                if (row[u"id"].toInt() == 3)
                    row.remove(QStringLiteral("timestamp"));
                rows[i] = row;
            }
            return QJsonDocument(rows);
        }
        QJsonObject object = document.object();
        object.remove(QStringLiteral("previousSchemaVersion"));
        return QJsonDocument(object);
    }

    QJsonArray m_exchanges;
    QTemporaryDir m_folder;
    std::unique_ptr<Collector> m_shared;
    QNetworkAccessManager m_network;
};

QTEST_GUILESS_MAIN(TestFeedbackAdmin)
#include "tst_feedbackadmin.moc"
