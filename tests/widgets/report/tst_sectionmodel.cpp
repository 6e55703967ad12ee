// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/sectionmodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace telltale;

class TestSectionModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithEverythingButNotes()
    {
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), static_cast<int>(allSections().size()));
        QVERIFY(!model.isChosen(ReportSection::Notes));
        QCOMPARE(model.chosen().size(), allSections().size() - 1);
        for (int row = 0; row < model.rowCount(); ++row) {
            QVERIFY(!model.index(row).data().toString().isEmpty());
            QVERIFY(!model.index(row).data(SectionModel::ContentsRole).toString().isEmpty());
        }
    }

    void ticks()
    {
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &SectionModel::changed);
        QVERIFY(model.setData(model.index(0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!model.isChosen(ReportSection::Summary));
        QCOMPARE(changed.count(), 1);
        QVERIFY(!model.setData(model.index(0), QStringLiteral("Other"), Qt::EditRole));
        QVERIFY(!model.setData({}, Qt::Checked, Qt::CheckStateRole));
    }

    void panelsBetweenSections()
    {
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &SectionModel::changed);
        const auto made = [](const char *title) {
            auto part = std::make_shared<ReportPart>();
            part->title = QString::fromLatin1(title);
            return part;
        };
        model.addPanel(1, made("Live activity"));
        model.addPanel(2, made("Latency"), 0);
        model.addPanel(2, made("Another of the same number"));
        QCOMPARE(changed.count(), 2);
        QCOMPARE(model.rowCount(), static_cast<int>(allSections().size()) + 2);
        QCOMPARE(model.panelAt(0), 2);
        QCOMPARE(model.panelAt(1), 0);
        QCOMPARE(model.panelAt(model.rowCount() - 2), 1); // before the appendix
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("Latency"));
        QCOMPARE(model.chosen().size(), allSections().size() - 1); // panels are no sections
        QVERIFY(model.moveBy(0, 1));
        QCOMPARE(model.panelAt(1), 2);

        ReportDocument document;
        for (const ReportSection section : {ReportSection::Summary, ReportSection::Usage, ReportSection::Appendix})
            document.parts.push_back({section, QString::fromUtf8(sectionName(section).data()), {}, 0});
        placePanels(document, model.items());
        QStringList titles;
        for (const ReportPart &part : document.parts)
            titles << part.title;
        QCOMPARE(titles, (QStringList{QStringLiteral("summary"), QStringLiteral("Latency"), QStringLiteral("usage"), QStringLiteral("Live activity"),
                                      QStringLiteral("appendix")}));

        model.choose({ReportSection::Errors});
        QCOMPARE(model.panelAt(model.rowCount() - 1), 1);
        QVERIFY(model.setData(model.index(model.rowCount() - 1), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.items().size(), std::size_t(2)); // errors, and the panel that is ticked
        QVERIFY(model.removePanel(1) >= 0);
        QCOMPARE(model.removePanel(1), -1);
        QCOMPARE(model.rowCount(), static_cast<int>(allSections().size()) + 1);
    }

    void moves_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("step");
        QTest::addColumn<bool>("isMoved");
        QTest::newRow("down") << 0 << 1 << true;
        QTest::newRow("up") << 3 << -1 << true;
        QTest::newRow("above the first") << 0 << -1 << false;
        QTest::newRow("below the last") << 10 << 1 << false;
        QTest::newRow("no row") << -1 << 1 << false;
    }
    void moves()
    {
        QFETCH(int, row);
        QFETCH(int, step);
        QFETCH(bool, isMoved);
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QVariant section = model.index(row).data(SectionModel::SectionRole);
        QCOMPARE(model.moveBy(row, step), isMoved);
        if (isMoved)
            QCOMPARE(model.index(row + step).data(SectionModel::SectionRole), section);
    }

    void dragging()
    {
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(4)}));
        QVERIFY(!model.dropMimeData(data.get(), Qt::MoveAction, 1, 0, {}));
        QCOMPARE(model.index(1).data(SectionModel::SectionRole).toInt(), static_cast<int>(ReportSection::Sessions));
        QCOMPARE(model.rowCount(), static_cast<int>(allSections().size()));
    }

    void choosing()
    {
        SectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::vector<ReportSection> wanted{ReportSection::Errors, ReportSection::Notes};
        model.choose(wanted);
        QVERIFY(model.chosen() == wanted);
        QCOMPARE(model.rowCount(), static_cast<int>(allSections().size()));
    }
};

QTEST_GUILESS_MAIN(TestSectionModel)
#include "tst_sectionmodel.moc"
