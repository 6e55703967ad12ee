// SPDX-License-Identifier: GPL-3.0-or-later
// The views that explain and tell, performance and reports, and what leaves a panel, in the real window.
#include "tests/support/sheetreader.h"
#include "tests/widgets/window/windowbench.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/journeyspage.h"
#include "widgets/pages/kpirow.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/performancepage.h"
#include "widgets/pages/reportspage.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QHeaderView>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QXmlStreamReader>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

class TestPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    void anOperationNarrowsChartAndTraces()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        QCOMPARE(page->operations()->model()->rowCount(), 10);
        QCOMPARE(page->latency()->data().tracks.size(), std::size_t(3));
        const int all = page->traces()->model()->rowCount();
        QVERIFY(all > 20);
        page->operations()->setFocus();
        QTest::keyClick(page->operations(), Qt::Key_Down);
        QTest::keyClick(page->operations(), Qt::Key_Down);
        QVERIFY(bench.settle());
        const QString operation = page->operations()->currentIndex().siblingAtColumn(0).data().toString();
        QVERIFY(!operation.isEmpty());
        const int narrowed = page->traces()->model()->rowCount();
        QVERIFY(narrowed > 0 && narrowed < all);
        for (int row = 0; row < narrowed; ++row)
            QCOMPARE(page->traces()->model()->index(row, TraceModel::Root).data().toString(), operation);
    }

    void enterFiltersByTheOperation()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        page->operations()->setCurrentIndex(page->operations()->model()->index(0, 0));
        QTest::keyClick(page->operations(), Qt::Key_Return);
        QVERIFY(bench.state->filterText().startsWith(QStringLiteral("operation:")));
        QVERIFY(bench.settle());
        QCOMPARE(page->operations()->model()->rowCount(), 1);
    }

    void headersSortByRawValues()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        page->operations()->sortByColumn(OperationModel::P50, Qt::DescendingOrder);
        double last = std::numeric_limits<double>::max();
        for (int row = 0; row < page->operations()->model()->rowCount(); ++row) {
            const double value = page->operations()->model()->index(row, OperationModel::P50).data(SortRole).toDouble();
            QVERIFY(value <= last);
            last = value;
        }
    }

    void searchingOperations()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        static_cast<SearchField *>(page->searchField())->setText(QStringLiteral("SYNC"));
        QCOMPARE(page->operations()->model()->rowCount(), 1);
    }

    void aTraceShowsItsSpans()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        QCOMPARE(page->spans()->model()->rowCount(), 8);
        QCOMPARE(page->spans()->model()->index(7, 0).data(SpanModel::OrphanRole).toBool(), true);
        QTest::keyClick(page->spans(), Qt::Key_Down);
        QCOMPARE(page->spans()->currentIndex().row(), 1);
    }

    void metricsAreSplitByAnAttribute()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        page->tabs()->setCurrentIndex(1);
        QVERIFY(bench.settle());
        QCOMPARE(page->metrics()->model()->rowCount(), 5);
        QCOMPARE(page->metricChart()->data().tracks.size(), std::size_t(1));
        auto *by = page->findChild<QComboBox *>(QString(), Qt::FindChildrenRecursively);
        for (QComboBox *box : page->findChildren<QComboBox *>()) {
            if (box->isEditable())
                by = box;
        }
        by->lineEdit()->setText(QStringLiteral("os.type"));
        QTest::keyClick(by->lineEdit(), Qt::Key_Return);
        QVERIFY(bench.settle());
        QCOMPARE(page->metricChart()->data().tracks.size(), std::size_t(3));
        QCOMPARE(page->metricChart()->data().tracks.front().name, QStringLiteral("android"));
    }

    void reportsAreOrderedAndExported()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<ReportsPage>("reports");
        QVERIFY(page->preview()->pageCount() > 2);
        page->titleField()->setText(QStringLiteral("Release health"));
        page->sectionList()->setFocus();
        page->sectionList()->setCurrentIndex(page->sections()->index(0));
        QTest::keyClick(page->sectionList(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(page->request().sections.front(), ReportSection::Usage);
        QTest::keyClick(page->sectionList(), Qt::Key_Space);
        QVERIFY(!page->sections()->isChosen(ReportSection::Summary));
        QTest::qWait(300); // the pause after typing
        QVERIFY(bench.settle());
        QVERIFY(page->preview()->pageText().contains(QStringLiteral("Release health")));
        QVERIFY(!page->preview()->pageText().contains(QStringLiteral("Crash-free sessions")));
        QTest::keyClick(page->preview(), Qt::Key_PageDown);
        QCOMPARE(page->preview()->page(), 1);

        QTemporaryDir folder;
        QSignalSpy written(page, &ReportsPage::written);
        page->exportTo(folder.filePath(QStringLiteral("r.pdf")), ReportFormat::Pdf);
        QTRY_COMPARE(written.count(), 1);
        QVERIFY(written.front().at(1).toString().isEmpty());
        QVERIFY(QFileInfo(folder.filePath(QStringLiteral("r.pdf"))).size() > 10'000);
        page->exportTo(QStringLiteral("/no/such/folder/r.pdf"), ReportFormat::Pdf);
        QTRY_COMPARE(written.count(), 2);
        QVERIFY(!written.back().at(1).toString().isEmpty());
        QTRY_VERIFY(page->exportButton()->isEnabled());
    }

    void aTemplateSetsTheControls()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<ReportsPage>("reports");
        ReportRequest request;
        request.title = "Weekly";
        request.from = "-7d";
        request.to = "now";
        request.filter = "release:4.2.0";
        request.sections = {ReportSection::Errors, ReportSection::Notes};
        request.notes = "Look at the map.";
        request.paper = ReportPaper::Letter;
        QVERIFY(page->apply(request));
        QVERIFY(bench.settle());
        const ReportRequest shown = page->request();
        QCOMPARE(shown.title, request.title);
        QVERIFY(shown.sections == request.sections);
        QCOMPARE(shown.filter, request.filter);
        QCOMPARE(shown.notes, request.notes);
        QCOMPARE(shown.paper, request.paper);
        QVERIFY(bench.state->range().isLive && bench.state->range().width == 7 * 24h);
        request.from = "yesterdayish";
        QVERIFY(!page->apply(request));
    }

    /// Every panel with rows gives them as they are seen.
    void panelsLeaveTheWindow_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("menus");
        QTest::addColumn<int>("tab");
        QTest::newRow("overview") << QStringLiteral("overview") << 4 << 0;
        QTest::newRow("usage") << QStringLiteral("usage") << 4 << 0;
        QTest::newRow("usage, trends") << QStringLiteral("usage") << 4 << 2;
        QTest::newRow("sessions") << QStringLiteral("sessions") << 5 << 0;
        QTest::newRow("errors") << QStringLiteral("errors") << 2 << 0;
        QTest::newRow("performance") << QStringLiteral("performance") << 6 << 0;
        QTest::newRow("journeys") << QStringLiteral("journeys") << 3 << 0;
        QTest::newRow("sources") << QStringLiteral("sources") << 2 << 0;
    }
    void panelsLeaveTheWindow()
    {
        QFETCH(QString, view);
        QFETCH(int, menus);
        QFETCH(int, tab);
        WindowBench bench(m_theme);
        bench.window->showView(view);
        QTemporaryDir folder;
        Page *page = bench.window->page(view);
        if (tab > 0)
            page->findChild<SegmentedControl *>()->setCurrentIndex(tab);
        QVERIFY(bench.settle());
        const auto found = page->findChildren<PanelMenu *>();
        QCOMPARE(found.size(), menus);
        QSignalSpy told(page, &Page::told);
        for (qsizetype i = 0; i < found.size(); ++i) {
            PanelMenu *menu = found[i];
            auto *panel = static_cast<Panel *>(menu->parent());
            if (!panel->isVisible() || !panel->isShowingBody())
                continue;
            const ExportTable table = menu->table();
            QVERIFY2(!table.rows.empty() && !table.title.isEmpty(), qPrintable(view + QString::number(i)));
            for (const QStringList &row : table.rows)
                QCOMPARE(row.size(), table.columns.size());
            for (const char *suffix : {"csv", "json", "xlsx", "png", "svg"}) {
                const QString path = folder.filePath(QString::number(i) + u'.' + QString::fromLatin1(suffix));
                told.clear();
                menu->exportTo(path);
                const auto isSaved = [&told] { return !told.isEmpty() && told.back().front().toString().startsWith(QStringLiteral("Saved")); };
                QVERIFY2(QTest::qWaitFor(isSaved, 20'000), qPrintable(path + u' ' + (told.isEmpty() ? QString() : told.back().front().toString())));
                QVERIFY(QFileInfo(path).size() > 200);
            }
            const QString name = folder.filePath(QString::number(i));
            checkJson(name + QStringLiteral(".json"), table);
            checkSheets(name + QStringLiteral(".xlsx"), table);
            checkPicture(name + QStringLiteral(".svg"), table.title);
            const QImage png(name + QStringLiteral(".png"));
            QVERIFY(png.width() > 2 * panel->width()); // two pixels to a pixel, and a margin
            QCOMPARE(png.text(QStringLiteral("Title")), table.title);
            QVERIFY(png.text(QStringLiteral("Description")).contains(QStringLiteral("Looked at: ")));
        }
        QVERIFY(!QDir(folder.path()).entryList({QStringLiteral("*.csv")}).isEmpty());
    }

    /// Text, HTML, Markdown, JSON and image; each says what was asked and of how much.
    void panelsAreCopied()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        QSignalSpy told(page, &Page::told);
        const QMimeData *copied = nullptr;
        const auto copy = [&](const char *action) {
            for (PanelMenu *menu : page->findChildren<PanelMenu *>()) {
                if (menu->table().title != u"Operations")
                    continue;
                for (QAction *one : menu->actions()) {
                    if (one->text().remove(u'&') == QLatin1String(action))
                        one->trigger();
                }
            }
            const bool isTold = QTest::qWaitFor([&] { return !told.isEmpty(); }, 20'000);
            told.clear();
            copied = QApplication::clipboard()->mimeData();
            return isTold;
        };
        const auto saysAll = [](const QString &text) {
            return text.contains(QStringLiteral("Product: Stride")) && text.contains(QStringLiteral("Time zone: Europe/Berlin")) &&
                   text.contains(QStringLiteral("Filter: none")) && text.contains(QStringLiteral("Dropped records: ")) &&
                   text.contains(QStringLiteral("Looked at: ")) && text.contains(QStringLiteral("session"));
        };
        QVERIFY(copy("Copy data"));
        QVERIFY2(copied->text().startsWith(QStringLiteral("Operation\t")) && saysAll(copied->text()), qPrintable(copied->text()));
        QVERIFY(copied->html().startsWith(QStringLiteral("<table><caption>Operations</caption>")) && saysAll(copied->html()));
        QVERIFY(copy("Copy as Markdown"));
        QVERIFY(copied->text().startsWith(QStringLiteral("| Operation |")) && saysAll(copied->text()));
        QVERIFY(copy("Copy as JSON"));
        const QJsonObject json = QJsonDocument::fromJson(copied->text().toUtf8()).object();
        QVERIFY(json[u"rows"].toArray().size() > 3 && json[u"asked"][u"Looked at"].toString().contains(QStringLiteral("session")));
        QVERIFY(copy("Copy image"));
        QVERIFY(copied->hasImage() && qvariant_cast<QImage>(copied->imageData()).width() > 400);
    }

    /// Ctrl+C on a tile copies the row of them.
    void figuresAreCopied()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        const auto *row = bench.window->page(QStringLiteral("overview"))->findChild<KpiRow *>();
        QVERIFY(row);
        const ExportTable table = exportTableOf(row);
        QCOMPARE(table.rows.size(), std::size_t(KpiRow::kTiles));
        for (int i = 0; i < KpiRow::kTiles; ++i) {
            const auto place = static_cast<std::size_t>(i);
            QVERIFY2(table.rows[place][0].startsWith(row->tile(i).figure().label), qPrintable(table.rows[place][0]));
            QVERIFY(!table.rows[place][1].isEmpty());
            QCOMPARE(table.values[place][1].toDouble(), *row->tile(i).figure().value);
        }
    }

    void exportedNumbersAreThoseOfTheEngine()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<PerformancePage>("performance");
        const auto menus = page->findChildren<PanelMenu *>();
        const auto menu = std::find_if(menus.begin(), menus.end(), [](const PanelMenu *one) { return one->table().title == u"Operations"; });
        QVERIFY(menu != menus.end());
        StrideEngine engine;
        const auto expected = engine.operations(bench.state->scope(), {});
        const ExportTable table = (*menu)->table();
        QCOMPARE(table.rows.size(), expected->value.size());
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            QCOMPARE(table.rows[i][0], QString::fromStdString(expected->value[i].operation));
            QCOMPARE(table.values[i][1].toULongLong(), expected->value[i].spans);
            QCOMPARE(table.values[i][3].toDouble(), *expected->value[i].p50Ms);
        }
        QVERIFY(std::any_of(table.asked.begin(), table.asked.end(), [](const auto &line) { return line.second == u"Europe/Berlin"; }));
    }

    void aPanelAsATable()
    {
        WindowBench bench(m_theme);
        auto *page = bench.show<JourneysPage>("journeys");
        for (PanelMenu *menu : page->findChildren<PanelMenu *>()) {
            if (menu->table().title == u"Funnel")
                menu->showTable();
        }
        auto *dialog = bench.window->findChild<QDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<DataTable *>()->model()->rowCount(), 4);
        dialog->close();
    }

    /// Nothing that a screen reader could not name.
    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("view");
        for (const char *view : {"performance", "journeys", "reports"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void everyControlHasAName()
    {
        QFETCH(QString, view);
        WindowBench bench(m_theme);
        bench.window->showView(view);
        QVERIFY(bench.settle());
        for (QWidget *widget : bench.window->page(view)->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget == bench.window->page(view) ||
                widget->objectName().startsWith(QStringLiteral("qt_")) || qobject_cast<QScrollBar *>(widget) ||
                qobject_cast<QHeaderView *>(widget))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->parentWidget()->objectName()));
        }
    }

private:
    /// A number or an instant where there is one behind the words, else the words.
    static void checkCell(const QJsonValue &cell, const ExportTable &table, std::size_t row, qsizetype column, const QTimeZone &zone)
    {
        const QVariant value = row < table.values.size() ? table.values[row].value(column) : QVariant();
        const QString words = table.rows[row][column];
        if (value.typeId() == QMetaType::QDateTime) {
            const QDateTime at = value.toDateTime();
            const QString read = cell.toString().left(19).replace(u'T', u' ');
            QCOMPARE(read, at.toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
        } else if (value.isValid() && std::isfinite(value.toDouble())) {
            QVERIFY2(cell.isDouble(), qPrintable(words));
            QCOMPARE(cell.toDouble(), value.toDouble());
        } else {
            QCOMPARE(cell.toString(), words);
        }
    }

    static void checkJson(const QString &path, const ExportTable &table)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject read = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(read[u"title"].toString(), table.title);
        for (const char *line : {"Product", "Range", "Time zone", "Filter", "Looked at", "Dropped records", "Rows"})
            QVERIFY2(!read[u"asked"][QLatin1String(line)].toString().isEmpty(), line);
        const QJsonArray rows = read[u"rows"].toArray();
        QCOMPARE(static_cast<std::size_t>(rows.size()), table.rows.size());
        QCOMPARE(QSet<QString>(table.columns.begin(), table.columns.end()).size(), table.columns.size());
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            for (qsizetype column = 0; column < table.columns.size(); ++column)
                checkCell(rows[static_cast<qsizetype>(row)][table.columns[column]], table, row, column, QTimeZone::utc());
        }
    }

    static void checkSheets(const QString &path, const ExportTable &table)
    {
        const QJsonArray sheets = test::sheetsOf(path);
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QCOMPARE(sheets.size(), 2);
        QCOMPARE(sheets[0][u"frozen"].toString(), QStringLiteral("A2"));
        const QJsonArray rows = sheets[0][u"rows"].toArray();
        QCOMPARE(static_cast<std::size_t>(rows.size()), table.rows.size() + 1);
        for (qsizetype column = 0; column < table.columns.size(); ++column) {
            QCOMPARE(rows[0][column].toString(), table.columns[column]);
            for (std::size_t row = 0; row < table.rows.size(); ++row)
                checkCell(rows[static_cast<qsizetype>(row) + 1][column], table, row, column, QTimeZone("Europe/Berlin"));
        }
        const QByteArray about = QJsonDocument(sheets[1][u"rows"].toArray()).toJson();
        for (const char *line : {"Product", "Range", "Time zone", "Filter", "Looked at", "Dropped records", "Rows"})
            QVERIFY2(about.contains(line), line);
    }

    /// Shapes and text that another program reads, and not one pixel.
    static void checkPicture(const QString &path, const QString &title)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        int texts = 0, shapes = 0;
        QString named, described;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            const QStringView name = xml.name();
            QVERIFY2(name != u"image", qPrintable(title));
            texts += name == u"text";
            shapes += name == u"path" || name == u"rect" || name == u"polyline";
            if (name == u"title")
                named = xml.readElementText();
            else if (name == u"desc")
                described = xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(named, title);
        QVERIFY2(described.contains(QStringLiteral("Time zone: Europe/Berlin")) && described.contains(QStringLiteral("Looked at: ")), qPrintable(described));
        QVERIFY2(texts > 5 && shapes > 3, qPrintable(title));
    }

    Theme m_theme;
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
