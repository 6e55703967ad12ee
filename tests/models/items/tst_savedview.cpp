// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/savedview.h"
#include "models/telemetry/timeformat.h"

#include <QJsonArray>
#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

const Instant kNow = *parseRfc3339("2025-11-18T13:32:10Z");

RangeParser parser()
{
    return RangeParser(kNow, QTimeZone::utc());
}

} // namespace

class TestSavedView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_state = std::make_unique<ViewState>(std::make_shared<FixedClock>(kNow)); }

    void thereAndBack_data()
    {
        QTest::addColumn<QString>("range");
        for (const char *range : {"60m", "yesterday", "7d", "16 Nov 9:00 - 10:00"})
            QTest::newRow(range) << QString::fromLatin1(range);
    }
    void thereAndBack()
    {
        QFETCH(QString, range);
        const RangeSpec wanted = *parser().parse(range);
        m_state->setView(QStringLiteral("usage"));
        m_state->setRange(wanted);
        QVERIFY(m_state->setFilterText(QStringLiteral("feature:\"Live route map\" -os:iOS")));
        m_state->setProduct(QStringLiteral("stride"), QStringLiteral("production"));
        Comparison releases;
        releases.kind = Comparison::Kind::Releases;
        releases.release = QStringLiteral("4.2.0");
        releases.otherRelease = QStringLiteral("4.1.3");
        m_state->setComparison(releases);
        const SavedView saved = savedView(QStringLiteral("A"), *m_state);
        ViewState other(std::make_shared<FixedClock>(kNow));
        QVERIFY(showSavedView(saved, other, parser()));
        QCOMPARE(other.view(), QStringLiteral("usage"));
        QCOMPARE(other.range().isLive, wanted.isLive);
        QCOMPARE(other.resolvedRange(), wanted.resolve(kNow));
        QCOMPARE(other.filter(), m_state->filter());
        QCOMPARE(other.product(), QStringLiteral("stride"));
        QCOMPARE(other.comparison(), releases);
        QVERIFY(other.isComparing());
        other.goBack();
        QVERIFY(!other.canGoBack()); // it was one step
    }

    void aBaselineAndNoComparison()
    {
        m_state->pinBaseline();
        m_state->setComparing(false);
        ViewState other(std::make_shared<FixedClock>(kNow));
        QVERIFY(showSavedView(savedView(QStringLiteral("A"), *m_state), other, parser()));
        QVERIFY(!other.isComparing());
        QCOMPARE(other.comparison(), m_state->comparison());
    }

    void aZoomIsKeptAsItIs()
    {
        const TimeRange zoomed{kNow - 20min, kNow - 10min};
        m_state->setRange(RangeSpec::history(zoomed));
        ViewState other(std::make_shared<FixedClock>(kNow));
        QVERIFY(showSavedView(savedView(QStringLiteral("A"), *m_state), other, parser()));
        QCOMPARE(other.range().fixed, zoomed);
    }

    void whatIsWrongChangesNothing()
    {
        for (const QJsonObject &document : {QJsonObject{{QStringLiteral("range"), QStringLiteral("soon")}},
                                            QJsonObject{{QStringLiteral("range"), QStringLiteral("60m")}, {QStringLiteral("filter"), QStringLiteral("colour:red")}}, QJsonObject()}) {
            QVERIFY(!showSavedView({QStringLiteral("A"), document}, *m_state, parser()));
            QVERIFY(!m_state->canGoBack());
        }
    }

    void theFile()
    {
        const QByteArray text = R"({"from_a_newer_one": true, "telltale_views": [{"name": "B", "range": "60m", "unknown": [1]}, {"range": "no name"}, 7]})";
        QJsonObject others;
        const auto views = parseSavedViews(text, others);
        QVERIFY(views);
        QCOMPARE(views->size(), std::size_t(1));
        QCOMPARE(views->front().name, QStringLiteral("B"));
        const QByteArray again = savedViewsText(*views, others);
        QVERIFY(again.contains("from_a_newer_one") && again.contains("unknown"));
        QJsonObject same;
        QCOMPARE(savedViewsText(*parseSavedViews(again, same), same), again);
        for (const char *broken : {"", "[]", "{}", "{\"telltale_views\": 5}"})
            QVERIFY2(!parseSavedViews(broken, others), broken);
    }

private:
    std::unique_ptr<ViewState> m_state;
};

QTEST_GUILESS_MAIN(TestSavedView)
#include "tst_savedview.moc"
