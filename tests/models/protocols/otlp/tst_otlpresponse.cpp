// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpresponse.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace telltale;

class TestOtlpResponse final : public QObject
{
    Q_OBJECT

private:
    static QByteArray hex(const std::string &bytes) { return QByteArray::fromStdString(bytes).toHex(' '); }
    static QJsonObject object(const std::string &text)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    }

private Q_SLOTS:
    void fullSuccessIsEmpty()
    {
        for (const OtlpSignal signal : {OtlpSignal::Logs, OtlpSignal::Traces, OtlpSignal::Metrics}) {
            QCOMPARE(encodeOtlpResponse(signal, OtlpEncoding::Protobuf), std::string());
            QCOMPARE(encodeOtlpResponse(signal, OtlpEncoding::Json), std::string("{}"));
        }
    }

    void partialSuccessSaysHowManyAndWhy()
    {
        // partial_success { rejected_log_records: 3 error_message: "no" }
        QCOMPARE(hex(encodeOtlpResponse(OtlpSignal::Logs, OtlpEncoding::Protobuf, 3, "no")),
                 QByteArray("0a 06 08 03 12 02 6e 6f"));
        const auto partial = [](OtlpSignal signal) {
            return object(encodeOtlpResponse(signal, OtlpEncoding::Json, 3, "a \"b\""))
                .value(QStringLiteral("partialSuccess"))
                .toObject();
        };
        QCOMPARE(partial(OtlpSignal::Logs).value(QStringLiteral("rejectedLogRecords")).toString(),
                 QStringLiteral("3"));
        QCOMPARE(partial(OtlpSignal::Traces).value(QStringLiteral("rejectedSpans")).toString(),
                 QStringLiteral("3"));
        QCOMPARE(partial(OtlpSignal::Metrics).value(QStringLiteral("rejectedDataPoints")).toString(),
                 QStringLiteral("3"));
        QCOMPARE(partial(OtlpSignal::Logs).value(QStringLiteral("errorMessage")).toString(),
                 QStringLiteral("a \"b\""));
    }

    void aMessageAloneIsAWarning()
    {
        QCOMPARE(hex(encodeOtlpResponse(OtlpSignal::Traces, OtlpEncoding::Protobuf, 0, "w")),
                 QByteArray("0a 03 12 01 77"));
    }

    void statusCarriesCodeAndMessage()
    {
        QCOMPARE(hex(encodeRpcStatus(OtlpEncoding::Protobuf, RpcCode::InvalidArgument, "no")),
                 QByteArray("08 03 12 02 6e 6f"));
        const QJsonObject status = object(encodeRpcStatus(OtlpEncoding::Json, RpcCode::Unavailable, "later"));
        QCOMPARE(status.value(QStringLiteral("code")).toInt(), 14);
        QCOMPARE(status.value(QStringLiteral("message")).toString(), QStringLiteral("later"));
    }
};

QTEST_APPLESS_MAIN(TestOtlpResponse)
#include "tst_otlpresponse.moc"
