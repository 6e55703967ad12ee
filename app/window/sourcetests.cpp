// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/sourcetests.h"

#include "app/window/collectorreceiver.h"
#include "app/window/sourcetrials.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUdpSocket>
#include <QUrl>

namespace telltale {
namespace {

constexpr int kPatienceMs = 5'000;
constexpr int kBrokerPatienceSeconds = static_cast<int>(kTrialPatience.count());

std::uint64_t requestsOf(const CollectorReceiver *receiver, std::string_view id)
{
    const auto collector = receiver ? receiver->collector() : nullptr;
    for (const DoorSight &sight : collector ? collector->doors() : std::vector<DoorSight>()) {
        if (sight.id == id)
            return sight.requests + sight.turnedAway;
    }
    return 0;
}

} // namespace

SourceTests::SourceTests(QObject *parent)
    : QObject(parent)
{}

SourceTests::~SourceTests()
{
    m_isStopping = true;
    m_workers.waitForDone();
}

void SourceTests::testElsewhere(const QString &door, std::function<std::pair<bool, QString>()> test)
{
    m_workers.start([this, door, test = std::move(test)] {
        const auto [isGood, sentence] = test();
        // Waited for in the destructor, so `this` is there.
        QMetaObject::invokeMethod(
            this, [this, door, good = isGood, said = sentence] { Q_EMIT tested(door, good, said); }, Qt::QueuedConnection);
    });
}

void SourceTests::testBroker(const QString &door, const BrokerAddress &address)
{
    testElsewhere(door, [this, address] {
        const BrokerTrial trial = tryBroker(address, m_isStopping);
        const QString place = QString::fromStdString(address.place());
        if (!trial.problem.empty())
            return std::pair(false, tr("%1: %2", "a broker, why it does not work").arg(place, QString::fromStdString(trial.problem)));
        if (trial.refusedTopics > 0)
            return std::pair(false, tr("%1 let us in, but not subscribe to %n of the topics.", nullptr, static_cast<int>(trial.refusedTopics)).arg(place));
        if (trial.messages == 0)
            return std::pair(true, tr("%1 let us in. No message came within %n seconds.", nullptr, kBrokerPatienceSeconds).arg(place));
        return std::pair(true, tr("%1 let us in. %n messages came, the first on %2: %3", nullptr, static_cast<int>(trial.messages))
                                   .arg(place, QString::fromStdString(trial.topic), QString::fromStdString(trial.payload)));
    });
}

void SourceTests::testFiles(const QString &door, const FollowTarget &target)
{
    testElsewhere(door, [target] {
        const FileTrial trial = tryFiles(target);
        const QString file = QString::fromStdString(trial.file);
        if (trial.files == 0)
            return std::pair(true, tr("There is no such file yet. It is followed from when it is there."));
        if (!trial.problem.empty())
            return std::pair(false, tr("%1: %2", "a file, why it can not be read").arg(file, QString::fromStdString(trial.problem)));
        if (trial.lines == 0 && trial.rejected == 0)
            return std::pair(true, tr("%n files are there. %1 has no whole line yet.", nullptr, static_cast<int>(trial.files)).arg(file));
        if (trial.lines == 0)
            return std::pair(false, tr("%1 has %n lines that are neither JSON nor anything else known.", nullptr, static_cast<int>(trial.rejected)).arg(file));
        const QString kind = trial.isTable                 ? tr("rows of a table")
                             : trial.path == "/v1/logs"    ? tr("OTLP logs")
                             : trial.path == "/v1/traces"  ? tr("OTLP traces")
                             : trial.path == "/v1/metrics" ? tr("OTLP metrics")
                                                           : tr("lines of JSON");
        QString said = tr("%n files are there. The first piece of %1 holds %3 (%2).", nullptr, static_cast<int>(trial.files))
                           .arg(file, QString::number(trial.lines), kind);
        if (trial.rejected > 0)
            said += u' ' + tr("%n more can not be read.", nullptr, static_cast<int>(trial.rejected));
        return std::pair(true, said);
    });
}

void SourceTests::setReceiver(CollectorReceiver *receiver)
{
    m_receiver = receiver;
    if (!receiver)
        return;
    connect(receiver, &Receiver::testEventAnswered, this, [this](bool isGood, const QString &sentence) {
        if (std::exchange(m_isTestingHttp, false))
            Q_EMIT tested(QStringLiteral("otlp_http"), isGood, sentence);
    });
}

QNetworkAccessManager *SourceTests::network()
{
    if (!m_network)
        m_network = new QNetworkAccessManager(this);
    return m_network;
}

void SourceTests::run(const QString &door, const Settings &settings, const SourceSecrets &secrets)
{
    if (!m_receiver || !m_receiver->collector()) {
        Q_EMIT tested(door, false, tr("Nothing is received here now, so there is nobody to answer."));
        return;
    }
    if (door == u"otlp_http") {
        m_isTestingHttp = true;
        m_receiver->sendTestEvent();
        return;
    }
    if (door == u"otlp_grpc")
        return testGrpc(door, secrets.token);
    if (door == u"statsd")
        return testStatsd(door);
    for (const TargetSetting &target : settings.targets) {
        if (door == QStringLiteral("scrape ") + QString::fromStdString(target.name))
            return testTarget(door, QString::fromStdString(target.url));
    }
    for (const BrokerSetting &broker : settings.brokers) {
        const auto password = secrets.passwords.find(broker.name);
        if (door == QString::fromStdString(std::string(DoorSight::kMqtt) + broker.name))
            return testBroker(door, brokerAddress(broker, password == secrets.passwords.end() ? std::string() : password->second));
    }
    for (const FollowSetting &follow : settings.followed) {
        if (door == QString::fromStdString(std::string(DoorSight::kFollow) + follow.name))
            return testFiles(door, followTarget(follow));
    }
    Q_EMIT tested(door, false, tr("This source can not be tested."));
}

void SourceTests::testGrpc(const QString &door, const std::string &token)
{
    const std::string url = m_receiver->grpcUrl();
    if (url.empty()) {
        Q_EMIT tested(door, false, tr("It does not listen."));
        return;
    }
    QNetworkRequest request(QUrl(QString::fromStdString(url) + QStringLiteral("/opentelemetry.proto.collector.logs.v1.LogsService/Export")));
    request.setAttribute(QNetworkRequest::Http2DirectAttribute, true);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/grpc"));
    request.setRawHeader("te", "trailers");
    if (!token.empty())
        request.setRawHeader("authorization", "Bearer " + QByteArray::fromStdString(token));
    request.setTransferTimeout(kPatienceMs);
    // A call with an empty request: five bytes of frame, no record.
    QNetworkReply *reply = network()->post(request, QByteArray(5, '\0'));
    // A message comes with a call that went well only; what trails it is not waited for, Qt has no use for that.
    connect(reply, &QNetworkReply::readyRead, this, [this, reply, door] {
        if (reply->bytesAvailable() < 5)
            return;
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
        Q_EMIT tested(door, true, tr("A call over the network was answered with OK. It carried no records."));
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, door] {
        reply->deleteLater();
        const QByteArray said = reply->rawHeader("grpc-message");
        const QByteArray status = reply->rawHeader("grpc-status");
        if (!status.isEmpty())
            Q_EMIT tested(door, false, tr("The call was answered with gRPC status %1: %2").arg(QString::fromLatin1(status), QString::fromUtf8(QByteArray::fromPercentEncoding(said))));
        else
            Q_EMIT tested(door, false, tr("The call did not arrive: %1").arg(reply->errorString()));
    });
}

void SourceTests::testStatsd(const QString &door)
{
    const QUrl url(QString::fromStdString(m_receiver->statsdUrl()));
    if (!url.isValid() || url.port() <= 0) {
        Q_EMIT tested(door, false, tr("It does not listen."));
        return;
    }
    const std::uint64_t before = requestsOf(m_receiver, DoorSight::kStatsd);
    QUdpSocket socket;
    socket.writeDatagram("telltale.test:1|c\n", QHostAddress(url.host()), static_cast<quint16>(url.port()));
    // Nobody answers a datagram: whether it came is seen at the door.
    auto *look = new QTimer(this);
    look->setInterval(100);
    connect(look, &QTimer::timeout, this, [this, look, door, before, left = kPatienceMs / 100]() mutable {
        const bool isThere = requestsOf(m_receiver, DoorSight::kStatsd) > before;
        if (!isThere && --left > 0)
            return;
        look->deleteLater();
        look->stop();
        Q_EMIT tested(door, isThere, isThere ? tr("The datagram arrived: the metric telltale.test counts one more.")
                                             : tr("The datagram did not arrive within %n seconds.", nullptr, kPatienceMs / 1000));
    });
    look->start();
}

void SourceTests::testTarget(const QString &door, const QString &url)
{
    QNetworkRequest request{QUrl(url)};
    request.setTransferTimeout(kPatienceMs);
    request.setRawHeader("Accept", "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
    QNetworkReply *reply = network()->get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply, door] {
        reply->deleteLater();
        const QByteArray body = reply->readAll();
        qsizetype samples = 0;
        for (const QByteArray &line : body.split('\n'))
            samples += !line.trimmed().isEmpty() && !line.startsWith('#');
        if (reply->error() != QNetworkReply::NoError)
            Q_EMIT tested(door, false, tr("The target gave no metrics: %1").arg(reply->errorString()));
        else if (samples == 0)
            Q_EMIT tested(door, false, tr("The target answered, but with no metrics."));
        else
            Q_EMIT tested(door, true, tr("The target answered with %n samples.", nullptr, static_cast<int>(samples)));
    });
}

} // namespace telltale
