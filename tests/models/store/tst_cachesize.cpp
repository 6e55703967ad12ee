// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachewriter.h"

#include "models/store/storetesting.h"
#include "models/store/usageload.h"

#include <QTest>

using namespace telltale;
using namespace telltale::testing;

class TestCacheSize final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventTakesThirtyBytes_data()
    {
        QTest::addColumn<int>("stepMs");
        QTest::newRow("a thousand a second") << 1;
        QTest::newRow("fifty a second") << 20;
        QTest::newRow("five a second") << 200;
    }

    void anEventTakesThirtyBytes()
    {
        QFETCH(int, stepMs);
        const ScratchFolder folder;
        UsageLoad load{std::chrono::milliseconds(stepMs)};
        constexpr int kRequests = 200;
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer);
            for (int i = 0; i < kRequests; ++i) {
                std::vector<Delivery> one;
                one.push_back(load.next());
                QVERIFY(writer->commit(one));
            }
        }
        const double bytes = static_cast<double>(std::filesystem::file_size(folder.cache()));
        const double each = bytes / (kRequests * 512);
        qInfo("%.1f bytes an event", each);
        if (const char *keep = std::getenv("TELLTALE_KEEP_CACHE"))
            std::filesystem::copy(folder.cache(), std::string(keep) + std::to_string(stepMs));
        QVERIFY2(each <= 30, qPrintable(QString::number(each)));
    }
};

QTEST_APPLESS_MAIN(TestCacheSize)
#include "tst_cachesize.moc"
