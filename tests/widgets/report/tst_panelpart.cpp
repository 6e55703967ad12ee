// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/panelpart.h"

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace telltale;

class TestPanelPart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersOverTimeAreCharts()
    {
        ExportTable panel;
        panel.title = QStringLiteral("Live activity");
        panel.columns = {QStringLiteral("Time"), QStringLiteral("Interactions per minute"), QStringLiteral("Interactions before"), QStringLiteral("Screen load")};
        for (int i = 0; i < 30; ++i) {
            panel.rows.push_back({QString(), m_words.count(1000 + i), m_words.count(900 + i), m_words.valueText(800 + i, ValueKind::Milliseconds)});
            panel.values.push_back({QDateTime::fromMSecsSinceEpoch(1'763'472'000'000 + i * 60'000LL, Qt::UTC), 1000.0 + i, 900.0 + i,
                                    i == 7 ? std::numeric_limits<double>::quiet_NaN() : 800.0 + i});
        }
        panel.rows[7][3].clear();
        panel.asked = {{QStringLiteral("Filter"), QStringLiteral("release:4.2.0")}};
        const ReportPart part = panelPart(panel, m_words);
        QCOMPARE(part.title, panel.title);
        QCOMPARE(part.blocks.size(), std::size_t(3)); // one chart a unit, and what was asked
        const auto &first = std::get<ReportChart>(part.blocks[0]);
        QCOMPARE(first.title, QStringLiteral("Interactions per minute"));
        QVERIFY(!first.drawing.empty());
        QCOMPARE(first.data.rows.size(), std::size_t(30));
        QCOMPARE(first.data.columns[0].kind, ReportColumn::Kind::Time);
        QCOMPARE(first.data.columns[1].kind, ReportColumn::Kind::Count);
        QCOMPARE(first.data.columns[3].kind, ReportColumn::Kind::Milliseconds);
        const bool isDashed = std::any_of(first.drawing.begin(), first.drawing.end(), [](const Shape &shape) { return shape.isDashed; });
        QVERIFY(isDashed); // the period before
        QCOMPARE(std::get<ReportChart>(part.blocks[1]).title, QStringLiteral("Screen load"));
        QVERIFY(std::get<ReportText>(part.blocks[2]).text.contains(QStringLiteral("release:4.2.0")));
    }

    void numbersByRowAndColumnAreAHeatmap()
    {
        ExportTable panel;
        panel.title = QStringLiteral("Feature usage");
        panel.columns << QStringLiteral("Name");
        for (int i = 0; i < 24; ++i)
            panel.columns << QString::number(i);
        for (int row = 0; row < 3; ++row) {
            QStringList words{QStringLiteral("Feature %1").arg(row)};
            QVariantList values{QVariant()};
            for (int i = 0; i < 24; ++i) {
                words << (row == 1 && i < 5 ? QString() : QString::number(row * i));
                values << (row == 1 && i < 5 ? QVariant() : QVariant(double(row * i))); // not tracked yet
            }
            panel.rows.push_back(words);
            panel.values.push_back(values);
        }
        const ReportPart part = panelPart(panel, m_words);
        QCOMPARE(part.blocks.size(), std::size_t(1));
        const auto &chart = std::get<ReportChart>(part.blocks[0]);
        QVERIFY(chart.drawing.size() > 60);
        QVERIFY(chart.summary.contains(QStringLiteral("46")));
    }

    void everythingElseIsATable()
    {
        ExportTable panel;
        panel.title = QStringLiteral("Traces");
        panel.columns = {QStringLiteral("Operation"), QStringLiteral("Spans")};
        for (int i = 0; i < 40; ++i) {
            panel.rows.push_back({QStringLiteral("GET /%1").arg(i), QString::number(i)});
            panel.values.push_back({QVariant(), double(i)});
        }
        const ReportPart part = panelPart(panel, m_words);
        const auto &table = std::get<ReportTable>(part.blocks[0]);
        QCOMPARE(table.rows.size(), std::size_t(25));
        QVERIFY(table.note.contains(QStringLiteral("40")));
        QCOMPARE(table.rows[3][1].text, QStringLiteral("3"));
        QCOMPARE(std::get<double>(table.rows[3][1].value), 3.0);
        QCOMPARE(std::get<QString>(table.rows[3][0].value), QStringLiteral("GET /3"));
    }

    void nothingAndWordsAlone()
    {
        QCOMPARE(std::get<ReportTable>(panelPart({}, m_words).blocks[0]).rows.size(), std::size_t(0));
        ExportTable panel;
        panel.columns = {QStringLiteral("A")};
        panel.rows = {{QStringLiteral("b")}};
        const ReportPart part = panelPart(panel, m_words);
        QCOMPARE(std::get<ReportTable>(part.blocks[0]).rows[0][0].text, QStringLiteral("b"));
    }

private:
    Formatter m_words;
};

QTEST_MAIN(TestPanelPart)
#include "tst_panelpart.moc"
