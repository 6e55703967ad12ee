// SPDX-License-Identifier: GPL-3.0-or-later
// Files dropped on the real window.
#include "tests/widgets/window/windowbench.h"

#include "widgets/controls/banner.h"
#include "widgets/controls/progressline.h"
#include "widgets/window/dropoverlay.h"
#include "widgets/window/filedrop.h"
#include "widgets/window/importrow.h"
#include "widgets/window/paletteentries.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QDragLeaveEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUrl>

using namespace telltale;

class TestFileDrop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        beginWindowTest(m_theme);
        m_lines = write("stride.jsonl", "{\"event\":\"Share\"}\n");
        QByteArray cache("SQLite format 3");
        cache.append('\0');
        cache.append(QByteArray(52, 'x'));
        m_cache = write("other.db", cache + "TELL" + QByteArray(100, 'x'));
        m_database = write("foreign.db", cache + "XXXX" + QByteArray(100, 'x'));
    }

    void heldAboveAndLetGo()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        DropOverlay *overlay = bench.window->files()->overlay();
        QVERIFY(!overlay->isVisible());
        QVERIFY(enter(bench, {m_lines}));
        QVERIFY(overlay->isVisible());
        QVERIFY(overlay->isTaken());
        QCOMPARE(overlay->size(), bench.window->size());
        QCOMPARE(overlay->title(), QStringLiteral("Import stride.jsonl"));
        QVERIFY(!overlay->accessibleDescription().isEmpty());
        leave(bench);
        QVERIFY(!overlay->isVisible());
        QVERIFY(bench.receiver.imported.isEmpty());

        QVERIFY(enter(bench, {m_lines, m_database}));
        QCOMPARE(overlay->title(), QStringLiteral("Import 2 files"));
        QVERIFY(drop(bench, {m_lines, m_database}));
        QVERIFY(!overlay->isVisible());
        QTRY_COMPARE(bench.receiver.imported, (QStringList{m_lines, m_database}));
        QVERIFY(bench.opened.isEmpty());
    }

    void onlyFilesAreTaken()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QMimeData text;
        text.setText(QStringLiteral("hello"));
        text.setUrls({QUrl(QStringLiteral("https://example.org/x.jsonl"))});
        QDragEnterEvent event({100, 100}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(bench.window.get(), &event);
        QVERIFY(!event.isAccepted());
        QVERIFY(!bench.window->files()->overlay()->isVisible());
    }

    void aCacheOpensInAnotherWindow()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        QVERIFY(enter(bench, {m_cache}));
        QTRY_COMPARE(bench.window->files()->overlay()->title(), QStringLiteral("Open other.db"));
        QVERIFY(bench.window->files()->overlay()->isTaken());
        QVERIFY(drop(bench, {m_cache, m_lines}));
        QTRY_COMPARE(bench.opened, QStringList{m_cache});
        QTRY_COMPARE(bench.receiver.imported, QStringList{m_lines});
    }

    void whatOnlyReadsSaysSo_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("isDeaf");
        QTest::addColumn<QString>("word");
        QTest::newRow("elsewhere") << int(ReceiverStatus::State::Elsewhere) << false << QStringLiteral("process 4711");
        QTest::newRow("failed") << int(ReceiverStatus::State::Failed) << false << QStringLiteral("process 4711");
        QTest::newRow("only shows") << int(ReceiverStatus::State::Off) << true << QStringLiteral("only shows");
    }
    void whatOnlyReadsSaysSo()
    {
        QFETCH(int, state);
        QFETCH(bool, isDeaf);
        QFETCH(QString, word);
        WindowBench bench(m_theme, {1440, 900}, false, isDeaf);
        ReceiverStatus status = bench.receiver.status();
        status.state = static_cast<ReceiverStatus::State>(state);
        status.problem = QStringLiteral("process 4711 has it");
        bench.receiver.setStatus(status);
        QVERIFY(bench.settle());
        enter(bench, {m_lines});
        DropOverlay *overlay = bench.window->files()->overlay();
        QVERIFY(overlay->isVisible());
        QVERIFY(!overlay->isTaken());
        QVERIFY2(overlay->detail().contains(word), qPrintable(overlay->detail()));
        QVERIFY(!drop(bench, {m_lines}));
        ImportRow *row = bench.window->files()->row();
        QTRY_VERIFY(row->isVisible());
        QCOMPARE(row->status().state, ImportStatus::State::Failed);
        QVERIFY(row->status().detail.contains(word));
        QVERIFY(bench.receiver.imported.isEmpty());
        // A cache can be looked at all the same.
        bench.window->files()->take({m_cache});
        QTRY_COMPARE(bench.opened, QStringList{m_cache});
    }

    void whileTheReceiverStarts()
    {
        WindowBench bench(m_theme);
        ReceiverStatus status = bench.receiver.status();
        status.state = ReceiverStatus::State::Starting;
        bench.receiver.setStatus(status);
        QVERIFY(bench.settle());
        bench.window->files()->take({m_lines});
        QTest::qWait(100); // long enough to find out what it is
        QVERIFY(bench.receiver.imported.isEmpty());
        status.state = ReceiverStatus::State::Listening;
        bench.receiver.setStatus(status);
        QTRY_COMPARE(bench.receiver.imported, QStringList{m_lines});
    }

    void progressCancelAndResult()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        ImportRow *row = bench.window->files()->row();
        QVERIFY(!row->isVisible());
        bench.receiver.setImport({ImportStatus::State::Running, QStringLiteral("Importing stride.jsonl…"), QStringLiteral("12 % · 1,000 records"), 12});
        QVERIFY(row->isVisible());
        QVERIFY(row->line()->isVisible());
        QCOMPARE(row->banner()->accessibleName(), QStringLiteral("Importing stride.jsonl…"));
        QVERIFY(row->cancelButton());
        bench.receiver.setImport({ImportStatus::State::Running, QStringLiteral("Importing stride.jsonl…"), QStringLiteral("50 % · 5,000 records"), 50});
        QPushButton *cancel = row->cancelButton();
        cancel->click();
        QCOMPARE(bench.receiver.cancelled, 1);
        QVERIFY(!cancel->isEnabled());
        bench.receiver.setImport({ImportStatus::State::Partial, QStringLiteral("5,000 records from stride.jsonl."), QStringLiteral("Stopped before the end."), -1});
        QVERIFY(!row->cancelButton());
        QVERIFY(!row->line()->isVisible());
        QVERIFY(row->isVisible());
        auto *close = row->findChild<QToolButton *>();
        QVERIFY(close && close->isVisible());
        close->click();
        QVERIFY(!row->isVisible());
        bench.receiver.setImport({ImportStatus::State::Running, QStringLiteral("Importing more.jsonl…"), {}, -1});
        QVERIFY(row->isVisible() && row->banner()->isVisible());
        QVERIFY(row->cancelButton()->isEnabled());
    }

    void byMenuKeyAndPalette()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const auto entries = commandEntries(bench.window->actions());
        QVERIFY(std::any_of(entries.begin(), entries.end(), [](const PaletteEntry &entry) { return entry.title == QStringLiteral("Open or import…"); }));
        bench.window->actions().importFiles->trigger();
        auto *dialog = bench.window->findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        Q_EMIT dialog->filesSelected({m_lines});
        QTRY_COMPARE(bench.receiver.imported, QStringList{m_lines});
        dialog->reject();
    }

    /// To look at.
    void pictures()
    {
        const QString folder = QStringLiteral(TELLTALE_SCREENSHOTS);
        QDir().mkpath(folder);
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            const QString theme = mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light");
            WindowBench bench(m_theme);
            QVERIFY(bench.settle());
            bench.receiver.setImport({ImportStatus::State::Running, QStringLiteral("Importing stride.jsonl…"), QStringLiteral("48 % · 2,331,648 records"), 48});
            QVERIFY(bench.window->grab().save(folder + QStringLiteral("/import-running-%1.png").arg(theme)));
            bench.receiver.setImport({ImportStatus::State::Partial, QStringLiteral("12,345 records from stride.jsonl."), QStringLiteral("3 left out, the first in line 17. Lines of files that are not one JSON object. Left out."), -1});
            QVERIFY(bench.window->grab().save(folder + QStringLiteral("/import-result-%1.png").arg(theme)));
            bench.receiver.setImport({});
            QVERIFY(bench.settle());
            enter(bench, {m_lines});
            QVERIFY(bench.window->grab().save(folder + QStringLiteral("/drop-%1.png").arg(theme)));
            ReceiverStatus status = bench.receiver.status();
            status.state = ReceiverStatus::State::Elsewhere;
            status.problem = QStringLiteral("process 4711 writes it");
            bench.receiver.setStatus(status);
            enter(bench, {m_lines});
            QVERIFY(bench.window->grab().save(folder + QStringLiteral("/drop-refused-%1.png").arg(theme)));
        }
        m_theme.setMode(Theme::Mode::Light);
    }

private:
    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no room for a test file");
        return path;
    }
    static std::unique_ptr<QMimeData> dataOf(const QStringList &files)
    {
        auto data = std::make_unique<QMimeData>();
        QList<QUrl> urls;
        for (const QString &file : files)
            urls.append(QUrl::fromLocalFile(file));
        data->setUrls(urls);
        return data;
    }
    static bool enter(WindowBench &bench, const QStringList &files)
    {
        const auto data = dataOf(files);
        QDragEnterEvent event({200, 200}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(bench.window.get(), &event);
        return event.isAccepted();
    }
    static void leave(WindowBench &bench)
    {
        QDragLeaveEvent event;
        QCoreApplication::sendEvent(bench.window.get(), &event);
    }
    static bool drop(WindowBench &bench, const QStringList &files)
    {
        const auto data = dataOf(files);
        QDropEvent event({200, 200}, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(bench.window.get(), &event);
        return event.isAccepted();
    }

    Theme m_theme;
    QTemporaryDir m_folder;
    QString m_lines, m_cache, m_database;
};

QTEST_MAIN(TestFileDrop)
#include "tst_filedrop.moc"
