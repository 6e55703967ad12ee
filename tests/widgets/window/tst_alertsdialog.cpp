// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/strideengine.h"
#include "translations/translator.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/datatable.h"
#include "widgets/theme/theme.h"
#include "widgets/window/alertsdialog.h"
#include "widgets/window/alertwatcher.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;

namespace {

/// Stride, with as many errors as a test wants.
class StormyEngine final : public Engine
{
public:
    explicit StormyEngine(std::shared_ptr<std::atomic<std::uint64_t>> errors)
        : m_errors(std::move(errors))
    {}
    Reply<Totals> totals(const Scope &, std::stop_token) override
    {
        Totals totals;
        totals.errors = *m_errors;
        return Answered<Totals>{totals, {}, {}};
    }
    Reply<std::vector<FeatureRow>> features(const Scope &s, std::stop_token t) override { return m_stride.features(s, t); }
    Reply<std::vector<ScreenRow>> screens(const Scope &s, std::stop_token t) override { return m_stride.screens(s, t); }
    Reply<std::vector<ActivityRow>> activity(const Scope &s, ActivityStep step, std::stop_token t) override { return m_stride.activity(s, step, t); }
    Reply<std::vector<LatencyRow>> latency(const Scope &s, ActivityStep step, std::stop_token t) override { return m_stride.latency(s, step, t); }
    Reply<Pulse> pulse(const Scope &s, ActivityStep step, std::stop_token t) override { return m_stride.pulse(s, step, t); }
    Reply<Heatmap> heatmap(const Scope &s, HeatmapRows r, HeatmapColumns c, HeatmapValue v, std::stop_token t) override { return m_stride.heatmap(s, r, c, v, t); }
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &s, std::stop_token t) override { return m_stride.activeUsers(s, t); }
    Reply<SessionList> sessions(const Scope &s, bool with, std::stop_token t) override { return m_stride.sessions(s, with, t); }
    Reply<SessionDetail> session(const std::string &id, const Scope &s, std::stop_token t) override { return m_stride.session(id, s, t); }
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &s, std::stop_token t) override { return m_stride.errors(s, t); }
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &g, const Scope &s, std::stop_token t) override { return m_stride.errorGroup(g, s, t); }
    Reply<std::vector<LogRow>> logs(const Scope &s, std::stop_token t) override { return m_stride.logs(s, t); }
    Reply<std::vector<SourceRow>> sources(const Scope &s, std::stop_token t) override { return m_stride.sources(s, t); }
    Reply<std::vector<CounterRow>> counters(const Scope &s, std::stop_token t) override { return m_stride.counters(s, t); }
    Reply<std::vector<ReleaseRow>> releases(const Scope &s, std::stop_token t) override { return m_stride.releases(s, t); }
    Reply<Summary> summary(std::stop_token t) override { return m_stride.summary(t); }
    std::uint64_t dataVersion() override { return 1; }

private:
    std::shared_ptr<std::atomic<std::uint64_t>> m_errors;
    StrideEngine m_stride{std::make_shared<StrideSwitches>()};
};

} // namespace

class TestAlertsDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installTranslations(*QCoreApplication::instance(), QLocale::c());
        m_theme.install(Theme::Mode::Light);
        m_theme.setReducedMotion(true);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        *m_errors = 0;
        m_queries = std::make_unique<QueryRunner>([errors = m_errors]() -> Result<std::unique_ptr<Engine>> { return std::make_unique<StormyEngine>(errors); });
        m_watcher = std::make_unique<AlertWatcher>(*m_queries, m_state, file());
    }
    void cleanup()
    {
        m_watcher.reset();
        m_queries.reset();
    }

    void addedTriedAndSwitchedOn()
    {
        QAbstractItemModelTester tester(&m_watcher->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        AlertsDialog dialog(*m_watcher, *m_queries, m_state, Formatter(), nullptr);
        dialog.show();
        m_watcher->start();
        QVERIFY(!dialog.addButton()->isEnabled() && !dialog.switchButton()->isEnabled());
        QTest::keyClicks(dialog.ruleField(), QStringLiteral("errors > many in 10m"));
        QVERIFY(dialog.replayLabel()->text().contains(QLatin1String("many")));
        QVERIFY(!dialog.addButton()->isEnabled());
        dialog.ruleField()->clear();
        *m_errors = 30;
        QTest::keyClicks(dialog.ruleField(), QStringLiteral("errors > 20 in 10m"));
        QTest::keyClicks(dialog.nameField(), QStringLiteral("Storm"));
        QTRY_VERIFY2(dialog.replayLabel()->text().contains(QLatin1String("1 time")), qPrintable(dialog.replayLabel()->text()));
        QVERIFY(dialog.replayLabel()->text().contains(QLatin1String("30 at worst")));
        *m_errors = 3;
        dialog.addButton()->click();
        QTRY_COMPARE(m_watcher->model().rowCount(), 1);
        QCOMPARE(m_watcher->model().index(0, AlertModel::Now).data().toString(), QStringLiteral("off"));
        QVERIFY(dialog.ruleField()->text().isEmpty());
        QVERIFY(dialog.switchButton()->isEnabled());
        dialog.switchButton()->click();
        QTRY_COMPARE(m_watcher->model().index(0, AlertModel::Now).data().toString(), QStringLiteral("3"));
        QTRY_COMPARE(dialog.switchButton()->text(), QStringLiteral("Switch &off"));
        dialog.removeButton()->click();
        QTRY_COMPARE(m_watcher->model().rowCount(), 0);
        QVERIFY(AlertFile::read(file())->alerts.empty());
    }

    void toldOnceWhenItBeginsAndWhenItIsOver()
    {
        AlertFile alerts;
        alerts.alerts.push_back({"Storm", *AlertRule::parse("errors > 20 in 10m"), {}, true});
        QVERIFY(alerts.write(file()));
        QSignalSpy told(m_watcher.get(), &AlertWatcher::told);
        QSignalSpy changed(m_watcher.get(), &AlertWatcher::changed);
        const auto checkAgain = [&] {
            const auto before = changed.count();
            m_watcher->check();
            QTRY_COMPARE(changed.count(), before + 1);
        };
        checkAgain();
        QCOMPARE(told.count(), 0);
        *m_errors = 28;
        checkAgain();
        checkAgain();
        QCOMPARE(told.count(), 1);
        QCOMPARE(told[0][0].toString(), QStringLiteral("Storm"));
        QCOMPARE(told[0][1].toString(), QStringLiteral("errors > 20 in 10m: now 28"));
        QCOMPARE(m_watcher->firing(), QStringList{QStringLiteral("Storm")});
        QCOMPARE(m_watcher->model().index(0, AlertModel::Now).data().toString(), QStringLiteral("holds: 28"));
        *m_errors = 2;
        checkAgain();
        QCOMPARE(told.count(), 2);
        QVERIFY(told[1][0].toString().contains(QLatin1String("over")));
        QVERIFY(m_watcher->firing().isEmpty());
    }

    void aBrokenFileIsSaid()
    {
        QFile broken(QString::fromStdString(file().string()));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no JSON") > 0);
        broken.close();
        AlertsDialog dialog(*m_watcher, *m_queries, m_state, Formatter(), nullptr);
        m_watcher->check();
        QTRY_VERIFY(!m_watcher->problem().isEmpty());
        QSignalSpy failed(m_watcher.get(), &AlertWatcher::changeFailed);
        m_watcher->add({"x", *AlertRule::parse("new error"), {}, false});
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(broken.open(QIODevice::ReadOnly));
        QCOMPARE(broken.readAll(), QByteArray("no JSON")); // nothing of the person's is lost
    }

    void twoChangesAtOnceAreBothMade()
    {
        for (const char *name : {"a", "b", "c", "d"})
            m_watcher->add({name, *AlertRule::parse("new error"), {}, false});
        QTRY_COMPARE(m_watcher->model().rowCount(), 4);
    }

private:
    std::filesystem::path file() const { return m_folder->filePath(QStringLiteral("alerts.json")).toStdString(); }

    Theme m_theme;
    ViewState m_state{std::make_shared<FixedClock>(StrideEngine::now())};
    std::shared_ptr<std::atomic<std::uint64_t>> m_errors = std::make_shared<std::atomic<std::uint64_t>>(0);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QueryRunner> m_queries;
    std::unique_ptr<AlertWatcher> m_watcher;
};

QTEST_MAIN(TestAlertsDialog)
#include "tst_alertsdialog.moc"
