// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/settingsfile.h"

#include "models/settings/privatefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

Settings everythingElse()
{
    Settings settings;
    settings.otlpHttp = {true, "192.168.1.5", 4400, true};
    settings.otlpGrpc.isOn = false;
    settings.statsd = {true, "::1", 9125, true};
    settings.token = TokenPlace::Keychain;
    settings.allowedOrigins = {"http://localhost:3000", "http://localhost:5173"};
    settings.allowedHosts = {"build.local"};
    settings.targets = {{"checkout", "http://127.0.0.1:9090/metrics", 15s, false},
                        {"Größe [x", "https://example.org:9100/metrics?a=b;c", 250ms, true}};
    BrokerSetting hall;
    hall.name = "Halle 3";
    hall.host = "broker.example.org";
    hall.port = 8883;
    hall.isEncrypted = true;
    hall.certificates = "/etc/ssl/plant ca.pem";
    hall.user = "reader";
    hall.password = TokenPlace::Keychain;
    hall.client = "telltale-3";
    hall.topics = {{"plant/+/climate", 1}, {"plant/+/qos 0", 0}, {"a b/#", 0}};
    hall.isSessionKept = false;
    hall.mapping = "/home/me/hall.json";
    hall.isPaused = true;
    BrokerSetting six;
    six.name = "six";
    six.host = "::1";
    settings.brokers = {hall, six};
    settings.followed = {{"app", "/var/log/app/*.jsonl", FollowSetting::Format::Json, {}, "Stride", false},
                         {"table", "/data", FollowSetting::Format::Csv, {{"event", "What = it"}, {"user_id", "Who"}}, {}, true}};
    settings.keepAge = 90 * 24h;
    settings.keepSize = 2'000'000'000;
    settings.pausedSources = {"otlp/http | Stride | iOS"};
    settings.scheme = Settings::Scheme::Dark;
    settings.highContrast = Settings::Tri::On;
    settings.reducedMotion = Settings::Tri::Off;
    settings.textPercent = 150;
    settings.hasSingleKeys = false;
    settings.hasTray = true;
    settings.showsIdentities = true;
    settings.heatPalette = Settings::HeatPalette::Cividis;
    settings.language = "de";
    return settings;
}

} // namespace

class TestSettingsFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsTheDefault()
    {
        const LoadedSettings loaded = parseSettings({});
        QVERIFY(loaded.settings == Settings());
        QVERIFY(loaded.problems.empty());
    }

    void whatIsWrittenComesBack()
    {
        for (const Settings &settings : {Settings(), everythingElse()}) {
            const std::string text = writeSettings({}, settings);
            const LoadedSettings loaded = parseSettings(text);
            for (const SettingsProblem &problem : loaded.problems)
                QFAIL(qPrintable(QString::fromStdString(problem.place + ": " + problem.sentence)));
            QVERIFY2(loaded.settings == settings, text.c_str());
            // Once more changes nothing.
            QCOMPARE(QByteArray::fromStdString(writeSettings(text, settings)), QByteArray::fromStdString(text));
        }
    }

    void everyKeyIsExplained()
    {
        const QByteArray text = QByteArray::fromStdString(writeSettings({}, Settings()));
        QVERIFY(text.startsWith("; Telltale's settings."));
        for (const char *key : {"otlp_http = 127.0.0.1:4318", "otlp_grpc = 127.0.0.1:4317", "statsd = 127.0.0.1:8125", "token = none",
                                "age = none", "size = auto", "theme = system", "text_size = 100", "language = system"})
            QVERIFY2(text.contains(QByteArray("\n").append(key).append("\n")), key);
    }

    void onlyWhatChangedIsChanged()
    {
        const std::string text = "; mine\n\n[receive]\n; because of the proxy\notlp_http = 127.0.0.1:5000\nsecond_door = 7\n"
                                 "this line is broken\n\n[keep]\nage = soon\n\n[mine]\nx = 1\n";
        Settings settings = parseSettings(text).settings;
        QCOMPARE(settings.otlpHttp.port, std::uint16_t(5000));
        settings.scheme = Settings::Scheme::Light;
        const QByteArray changed = QByteArray::fromStdString(writeSettings(text, settings));
        for (const char *kept : {"; mine", "; because of the proxy", "otlp_http = 127.0.0.1:5000", "second_door = 7",
                                 "this line is broken", "age = soon", "[mine]", "x = 1"})
            QVERIFY2(changed.contains(kept), changed.constData());
        QVERIFY2(changed.contains("theme = light"), changed.constData());
        QVERIFY(!changed.contains("otlp_grpc"));
        settings.keepAge = 24h;
        const QByteArray aged = QByteArray::fromStdString(writeSettings(changed.toStdString(), settings));
        QVERIFY2(aged.contains("age = 1d") && !aged.contains("soon"), aged.constData());
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<bool>("isUnknown");
        const auto row = [](const char *name, const char *text, const char *place, const char *part, bool isUnknown = false) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(place) << QByteArray(part) << isUnknown;
        };
        row("port", "[receive]\notlp_http = 127.0.0.1:99999\n", "[receive] otlp_http", "127.0.0.1:4318 is used");
        row("no port", "[receive]\nstatsd = here\n", "[receive] statsd", "'here' is not HOST:PORT");
        row("empty", "[receive]\notlp_grpc =\n", "[receive] otlp_grpc", "127.0.0.1:4317 is used");
        row("token", "[receive]\ntoken = abc\n", "[receive] token", "none, keychain or file");
        row("age", "[keep]\nage = -3d\n", "[keep] age", "none is used");
        row("size", "[keep]\nsize = 0\n", "[keep] size", "auto is used");
        row("theme", "[look]\ntheme = pink\n", "[look] theme", "system is used");
        row("text", "[look]\ntext_size = 90\n", "[look] text_size", "100 to 200");
        row("flag", "[look]\nsingle_keys = maybe\n", "[look] single_keys", "yes or no");
        row("language", "[look]\nlanguage = ../x\n", "[look] language", "system is used");
        row("target", "[scrape a]\nurl = ftp://x\n", "[scrape a] url", "not asked");
        row("interval", "[scrape a]\nurl = http://x\ninterval = 1ms\n", "[scrape a] interval", "15s is used");
        row("broker", "[mqtt a]\nbroker = http://x\n", "[mqtt a] broker", "not listened to");
        row("broker's port", "[mqtt a]\nbroker = mqtt://x:0\n", "[mqtt a] broker", "not listened to");
        row("password", "[mqtt a]\nbroker = mqtt://x\npassword = open sesame\n", "[mqtt a] password", "keychain");
        row("session", "[mqtt a]\nbroker = mqtt://x\nkeep_session = perhaps\n", "[mqtt a] keep_session", "is kept");
        row("relative path", "[follow a]\npath = app.log\n", "[follow a] path", "not followed");
        row("format", "[follow a]\npath = /x\nformat = xml\n", "[follow a] format", "auto is used");
        row("column", "[follow a]\npath = /x\ncolumn = event\n", "[follow a] column", "FIELD=COLUMN");
        row("unknown in a broker", "[mqtt a]\nbroker = mqtt://x\nlight = on\n", "[mqtt a] light", "kept", true);
        row("unknown key", "[receive]\ncolour = red\n", "[receive] colour", "kept", true);
        row("unknown section", "[garden]\nflower = rose\n", "[garden] flower", "kept", true);
        row("unknown in a target", "[scrape a]\nurl = http://x\nuser = me\n", "[scrape a] user", "kept", true);
    }
    void problems()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, part);
        QFETCH(bool, isUnknown);
        const LoadedSettings loaded = parseSettings(text.toStdString());
        QCOMPARE(loaded.problems.size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(loaded.problems[0].place), place);
        QVERIFY2(QByteArray::fromStdString(loaded.problems[0].sentence).contains(part), loaded.problems[0].sentence.c_str());
        QCOMPARE(loaded.problems[0].isUnknown, isUnknown);
        Settings withoutTargets = loaded.settings;
        withoutTargets.targets.clear();
        withoutTargets.brokers.clear();
        withoutTargets.followed.clear();
        QVERIFY(withoutTargets == Settings());
    }

    void targetsComeAndGo()
    {
        Settings settings;
        settings.targets = {{"a", "http://a/metrics"}, {"b", "http://b/metrics"}};
        std::string text = writeSettings({}, settings);
        settings.targets.erase(settings.targets.begin());
        settings.targets[0].isPaused = true;
        text = writeSettings(text, settings);
        QVERIFY(text.find("scrape a") == std::string::npos);
        QVERIFY(parseSettings(text).settings == settings);
    }

    void brokersAndFilesComeAndGo()
    {
        Settings settings;
        settings.brokers.resize(2);
        settings.brokers[0].name = "a";
        settings.brokers[1].name = "b";
        settings.brokers[1].topics = {{"x/#", 1}, {"y/#", 0}};
        settings.followed = {{"log", "/log", FollowSetting::Format::Auto, {{"event", "What"}}, "P", false}};
        std::string text = "; mine\n" + writeSettings({}, settings);
        settings.brokers.erase(settings.brokers.begin());
        settings.brokers[0].topics = {{"z", 0}};
        settings.followed[0].columns.clear();
        settings.followed[0].product.clear();
        text = writeSettings(text, settings);
        QVERIFY2(text.find("mqtt a") == std::string::npos && text.find("x/#") == std::string::npos && text.find("product") == std::string::npos, text.c_str());
        QVERIFY(text.find("topic = z qos 0\n") != std::string::npos);
        QVERIFY(parseSettings(text).settings == settings);
        settings.brokers.clear();
        settings.followed.clear();
        QVERIFY(parseSettings(writeSettings(text, settings)).settings == settings);
    }

    void rubbish()
    {
        const std::string bytes("\0\xff\xfe[\n=\n[]\n==\n", 13);
        static_cast<void>(writeSettings(bytes, Settings()));
        QVERIFY(parseSettings(bytes).settings == Settings());
    }

    void file()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "new" / "telltale.ini";
        QVERIFY(loadSettings(path)->settings == Settings());
        QVERIFY(saveSettings(path, everythingElse()).has_value());
        QVERIFY(loadSettings(path)->settings == everythingElse());
        const QString name = QString::fromStdString(path.string());
        QCOMPARE(QFile::permissions(name) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        QCOMPARE(QDir(QString::fromStdString(path.parent_path().string())).entryList(QDir::Files).size(), 1);
        // A link stays one.
        const std::filesystem::path link = path.parent_path() / "link.ini";
        std::filesystem::create_symlink(path, link);
        QVERIFY(saveSettings(link, Settings()).has_value());
        QVERIFY(std::filesystem::is_symlink(link));
        QVERIFY(loadSettings(path)->settings == Settings());
    }

    void aFileThatCanNotBe()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path(folder.path().toStdString()); // a folder
        QCOMPARE(loadSettings(path).error().code, Error::Code::Io);
        QCOMPARE(saveSettings(path, Settings()).error().code, Error::Code::Io);
        const std::filesystem::path large = path / "large.ini";
        QVERIFY(writePrivateFile(large, std::string(2'000'000, 'x')).has_value());
        QCOMPARE(loadSettings(large).error().code, Error::Code::TooLarge);
    }
};

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
