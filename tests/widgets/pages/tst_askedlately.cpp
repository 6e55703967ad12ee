// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/askedlately.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestAskedLately final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = 5'000ms;
        m_asked = std::make_unique<AskedLately>([this] { return m_now; });
    }

    void soonAsLongAsThereIsNews()
    {
        QVERIFY(!m_asked->isSame("a"));
        for (int i = 0; i < 5; ++i) {
            m_asked->answered(true);
            m_now += 999ms;
            QVERIFY(m_asked->isSame("a"));
            m_now += 1ms;
            QVERIFY(!m_asked->isSame("a"));
        }
    }

    void pausesDoubleUpToAMinute()
    {
        QVERIFY(!m_asked->isSame("a"));
        for (const auto pause : {2'000ms, 4'000ms, 8'000ms, 16'000ms, 32'000ms, 60'000ms, 60'000ms}) {
            m_asked->answered(false);
            QCOMPARE(m_asked->pause().count(), pause.count());
            m_now += pause - 1ms;
            QVERIFY(m_asked->isSame("a"));
            m_now += 1ms;
            QVERIFY(!m_asked->isSame("a"));
        }
        m_asked->answered(true);
        QCOMPARE(m_asked->pause().count(), AskedLately::kShortest.count());
    }

    void anotherQuestionIsAskedAtOnce()
    {
        QVERIFY(!m_asked->isSame("a"));
        m_asked->answered(false);
        m_asked->answered(false);
        QVERIFY(!m_asked->isSame("b"));
        QVERIFY(!m_asked->isSame("a"));
        m_asked->answered(true);
        QCOMPARE(m_asked->pause().count(), AskedLately::kShortest.count());
    }

    void whatTakesLongIsAskedForLessOften()
    {
        QVERIFY(!m_asked->isSame("a"));
        m_now += 500ms;
        QVERIFY(m_asked->isSame("a")); // is being answered
        m_asked->answered(true);
        QCOMPARE(m_asked->pause().count(), (500ms * AskedLately::kShareOfTime).count());
        m_asked->answered(true, 20'000ms);
        QCOMPARE(m_asked->pause().count(), (20'000ms).count());
        m_now += 30'000ms;
        m_asked->answered(true);
        QCOMPARE(m_asked->pause().count(), AskedLately::kLongest.count());
    }

    void whatIsNotAnsweredIsNotAskedTwice()
    {
        QVERIFY(!m_asked->isSame("a"));
        m_now += 59'999ms;
        QVERIFY(m_asked->isSame("a"));
        m_asked->forget();
        QVERIFY(!m_asked->isSame("a"));
    }

    void questionsAboutTimes()
    {
        Scope scope;
        scope.range = {Instant{0}, Instant{1}};
        QVERIFY(!m_asked->isSame(scope));
        QVERIFY(m_asked->isSame(scope));
        scope.filter = *Filter::parse("os:iOS");
        QVERIFY(!m_asked->isSame(scope));
        scope.zone = *Zone::named("Europe/Berlin");
        QVERIFY(!m_asked->isSame(scope));
        scope.range.to = Instant{2};
        QVERIFY(!m_asked->isSame(scope));
        QVERIFY(m_asked->isSame(scope));
    }

private:
    std::chrono::milliseconds m_now{};
    std::unique_ptr<AskedLately> m_asked;
};

QTEST_APPLESS_MAIN(TestAskedLately)
#include "tst_askedlately.moc"
