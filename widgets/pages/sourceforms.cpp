// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sourceforms.h"

#include "models/telemetry/timeformat.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/brokerform.h"
#include "widgets/pages/followform.h"
#include "widgets/theme/tokens.h"

#include <QHostAddress>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {
namespace {

QLineEdit *addField(QVBoxLayout *layout, const QString &name, const QString &text, SourceForm *form)
{
    auto *label = new PlainLabel(name, FontRole::Secondary, Ink::Text2);
    auto *field = new QLineEdit(text);
    field->setAccessibleName(name);
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addSpacing(6);
    QObject::connect(field, &QLineEdit::textEdited, form, &SourceForm::edited);
    return field;
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

class ReceiverForm final : public SourceForm
{
public:
    ReceiverForm(EndpointSetting Settings::*endpoint, const Settings &settings, bool isLocalOnly)
        : m_endpoint(endpoint)
    {
        EndpointSetting now = settings.*endpoint;
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        const QString host = QString::fromStdString(now.host);
        if (!isLocalOnly) {
            layout->addWidget(new PlainLabel(SourceForm::tr("Who may send"), FontRole::Secondary, Ink::Text2));
            m_reach = new SegmentedControl;
            m_reach->setAccessibleName(SourceForm::tr("Who may send"));
            m_reach->addSegment(SourceForm::tr("This computer"));
            m_reach->addSegment(SourceForm::tr("The network"));
            m_reach->setCurrentIndex(isLoopback(host) ? 0 : 1);
            layout->addWidget(m_reach);
            layout->addSpacing(6);
        }
        m_host = addField(layout, SourceForm::tr("Address of this computer"), isLoopback(host) ? QStringLiteral("0.0.0.0") : host, this);
        m_hostLabel = layout->itemAt(layout->indexOf(m_host) - 1)->widget();
        m_port = addField(layout, SourceForm::tr("Port"), QString::number(now.port), this);
        m_host->setVisible(isOnNetwork());
        m_hostLabel->setVisible(isOnNetwork());
        if (m_reach) {
            connect(m_reach, &SegmentedControl::currentChanged, this, [this] {
                m_host->setVisible(isOnNetwork());
                m_hostLabel->setVisible(isOnNetwork());
                Q_EMIT edited();
            });
        }
    }

    bool isOnNetwork() const override { return m_reach && m_reach->currentIndex() == 1; }
    QString problem() const override
    {
        bool isNumber = false;
        const int port = m_port->text().toInt(&isNumber);
        if (!isNumber || port < 1 || port > 65'535)
            return SourceForm::tr("A port is a number from 1 to 65535.");
        if (isOnNetwork() && QHostAddress(m_host->text().trimmed()).isNull())
            return SourceForm::tr("An address is one of this computer's, like 192.168.1.20, or 0.0.0.0 for all of them.");
        return {};
    }
    void apply(Settings &settings) const override
    {
        EndpointSetting &endpoint = settings.*m_endpoint;
        endpoint.isOn = true;
        endpoint.port = static_cast<std::uint16_t>(m_port->text().toInt());
        if (isOnNetwork())
            endpoint.host = m_host->text().trimmed().toStdString();
        else if (!isLoopback(QString::fromStdString(endpoint.host)))
            endpoint.host = "127.0.0.1";
    }

private:
    EndpointSetting Settings::*m_endpoint;
    SegmentedControl *m_reach = nullptr;
    QLineEdit *m_host;
    QWidget *m_hostLabel;
    QLineEdit *m_port;
};

const QString kTarget = QStringLiteral("scrape ");

std::vector<TargetSetting>::iterator targetIn(Settings &settings, const QString &door)
{
    const std::string name = door.mid(kTarget.size()).toStdString();
    return std::find_if(settings.targets.begin(), settings.targets.end(), [&](const TargetSetting &target) { return target.name == name; });
}

class TargetForm final : public SourceForm
{
public:
    TargetForm(Settings settings, const QString &door)
        : m_door(door)
    {
        TargetSetting target;
        if (const auto known = targetIn(settings, door); known != settings.targets.end())
            target = *known;
        for (const TargetSetting &other : settings.targets) {
            if (other.name != target.name)
                m_taken.push_back(QString::fromStdString(other.name));
        }
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        m_name = addField(layout, SourceForm::tr("Name, the product it is shown as"), QString::fromStdString(target.name), this);
        m_url = addField(layout, SourceForm::tr("Address of its metrics"), QString::fromStdString(target.url), this);
        m_url->setPlaceholderText(QStringLiteral("http://127.0.0.1:9090/metrics"));
        const auto ms = target.interval.count();
        m_interval = addField(layout, SourceForm::tr("Ask every"), ms % 1000 == 0 ? QStringLiteral("%1s").arg(ms / 1000) : QStringLiteral("%1ms").arg(ms), this);
    }
    QString problem() const override
    {
        const QString name = m_name->text().trimmed();
        if (name.isEmpty() || name.contains(u']'))
            return SourceForm::tr("It needs a name, without a square bracket.");
        if (m_taken.contains(name))
            return SourceForm::tr("Another target has this name.");
        const QUrl url(m_url->text().trimmed(), QUrl::StrictMode);
        if ((url.scheme() != u"http" && url.scheme() != u"https") || url.host().isEmpty())
            return SourceForm::tr("The address begins with http:// or https://.");
        const auto interval = parseDuration(m_interval->text().trimmed().toStdString());
        if (!interval || *interval < std::chrono::seconds(1))
            return SourceForm::tr("How often is a time of a second at least: 15s, 1m.");
        return {};
    }
    void apply(Settings &settings) const override
    {
        TargetSetting made;
        const auto known = targetIn(settings, m_door);
        if (known != settings.targets.end())
            made = *known;
        made.name = m_name->text().trimmed().toStdString();
        made.url = m_url->text().trimmed().toStdString();
        made.interval = std::chrono::duration_cast<std::chrono::milliseconds>(*parseDuration(m_interval->text().trimmed().toStdString()));
        if (known != settings.targets.end())
            *known = made;
        else
            settings.targets.push_back(made);
    }

private:
    QString m_door;
    QStringList m_taken;
    QLineEdit *m_name, *m_url, *m_interval;
};

SourceKind receiver(const QString &id, const QString &name, const QString &sentence, const QString &pause, EndpointSetting Settings::*endpoint,
                    bool isLocalOnly)
{
    SourceKind kind;
    kind.name = name;
    kind.sentence = sentence;
    kind.makeForm = [=](const Settings &settings, const QString &) { return new ReceiverForm(endpoint, settings, isLocalOnly); };
    kind.owns = [id](const QString &door) { return door == id; };
    kind.canAdd = [endpoint](const Settings &settings) { return !(settings.*endpoint).isOn; };
    kind.setPaused = [endpoint](Settings &settings, const QString &, bool isPaused) { (settings.*endpoint).isPaused = isPaused; };
    kind.remove = [endpoint](Settings &settings, const QString &) { (settings.*endpoint).isOn = false; };
    kind.pauseSentence = pause;
    return kind;
}

SourceKind target()
{
    SourceKind kind;
    kind.name = SourceForm::tr("Prometheus or OpenMetrics target");
    kind.sentence = SourceForm::tr("A service that is asked for its metrics on a schedule.");
    kind.makeForm = [](const Settings &settings, const QString &door) { return new TargetForm(settings, door); };
    kind.owns = [](const QString &door) { return door.startsWith(kTarget); };
    kind.canAdd = [](const Settings &) { return true; };
    kind.setPaused = [](Settings &settings, const QString &door, bool isPaused) {
        if (const auto known = targetIn(settings, door); known != settings.targets.end())
            known->isPaused = isPaused;
    };
    kind.remove = [](Settings &settings, const QString &door) {
        if (const auto known = targetIn(settings, door); known != settings.targets.end())
            settings.targets.erase(known);
    };
    kind.pauseSentence = SourceForm::tr("While it is paused it is not asked. Its charts show a gap.");
    kind.isReceiver = false;
    kind.isAsked = true;
    return kind;
}

} // namespace

const std::vector<SourceKind> &sourceKinds()
{
    static const std::vector<SourceKind> kinds{
        receiver(QStringLiteral("otlp_http"), SourceForm::tr("OTLP and SDKs over HTTP"),
                 SourceForm::tr("OpenTelemetry, Sentry, PostHog, Segment and the others, on one port."),
                 SourceForm::tr("While it is paused it answers “come again later”. OpenTelemetry SDKs keep their data and send it then; those of "
                        "Sentry do not, what they send meanwhile is lost."),
                 &Settings::otlpHttp, false),
        receiver(QStringLiteral("otlp_grpc"), SourceForm::tr("OTLP over gRPC"), SourceForm::tr("OpenTelemetry SDKs and collectors that speak gRPC."),
                 SourceForm::tr("While it is paused it answers “unavailable”. Collectors keep their data and send it then; some SDKs over gRPC never "
                        "send again, what they send meanwhile is lost."),
                 &Settings::otlpGrpc, false),
        receiver(QStringLiteral("statsd"), SourceForm::tr("StatsD"), SourceForm::tr("StatsD and DogStatsD datagrams of this computer."),
                 SourceForm::tr("While it is paused up to 32 MiB are held here and stored afterwards; what is more is dropped and counted."),
                 &Settings::statsd, true),
        target(), brokerKind(), followKind()};
    return kinds;
}

const SourceKind *kindOf(const QString &door)
{
    for (const SourceKind &kind : sourceKinds()) {
        if (kind.owns(door))
            return &kind;
    }
    return nullptr;
}

} // namespace telltale
