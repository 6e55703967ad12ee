// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"

#include <QTest>

using namespace telltale;

class TestCountly final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Numbers are texts where texts belong, and stay so until the record is written.
    void numbersForTexts()
    {
        ProtocolRequest request;
        request.method = "GET";
        request.path = "/i";
        request.query = R"(app_key=key&device_id=d&metrics={"_os":-1234567890123456,"_device":7.25,"_app_version":18446744073709551615})"
                        R"(&crash={"_error":31415926535})";
        RecordBatch batch;
        ProtocolReport report;
        QVERIFY(decodeCountly(request, batch, report));
        QCOMPARE(batch.errors.size(), std::size_t(1));
        QCOMPARE(batch.text(batch.errors[0].stack), std::string_view("31415926535"));
        const Origin &origin = batch.origins[batch.origin[0]];
        QCOMPARE(batch.text(origin.release), std::string_view("18446744073709551615"));
        // The crash knows neither.
        QCOMPARE(origin.os, kNoString);
        QCOMPARE(origin.device, kNoString);
        request.query.remove_suffix(request.query.size() - request.query.find("&crash"));
        RecordBatch metrics;
        QVERIFY(decodeCountly(request, metrics, report));
        QCOMPARE(metrics.origins.size(), std::size_t(1));
        QCOMPARE(metrics.text(metrics.origins[0].os), std::string_view("-1234567890123456"));
        QCOMPARE(metrics.text(metrics.origins[0].device), std::string_view("7.25"));
    }
};

QTEST_APPLESS_MAIN(TestCountly)
#include "tst_countly.moc"
