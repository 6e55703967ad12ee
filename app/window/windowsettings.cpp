// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowsettings.h"

#include "app/secrets/tokenreading.h"
#include "app/window/sourcetests.h"
#include "models/items/itemtext.h"
#include "widgets/pages/sourceforms.h"

#include <algorithm>

namespace telltale {
namespace {

/// What only a new start of the receivers can change.
bool needsRestart(const Settings &a, const Settings &b)
{
    const auto isOther = [](EndpointSetting one, EndpointSetting other) {
        one.isPaused = other.isPaused = false;
        return one != other;
    };
    return isOther(a.otlpHttp, b.otlpHttp) || isOther(a.otlpGrpc, b.otlpGrpc) || isOther(a.statsd, b.statsd) || a.token != b.token ||
           a.allowedOrigins != b.allowedOrigins || a.allowedHosts != b.allowedHosts || a.keepAge != b.keepAge || a.keepSize != b.keepSize;
}

/// Lately enough for a door to be called live.
constexpr std::chrono::seconds kLately{15};

} // namespace

WindowSettings::WindowSettings(std::filesystem::path path, QObject *parent)
    : SourceControl(parent)
    , m_path(std::move(path))
    , m_tests(new SourceTests(this))
{
    m_writer.setMaxThreadCount(1);
    auto loaded = loadSettings(m_path);
    if (loaded) {
        m_settings = std::move(loaded->settings);
        m_problems = std::move(loaded->problems);
    } else {
        m_problems.push_back({m_path.string(), loaded.error().message + " Defaults are used.", false});
    }
    connect(m_tests, &SourceTests::tested, this, &SourceControl::tested);
}

WindowSettings::~WindowSettings()
{
    m_writer.waitForDone();
}

void WindowSettings::forceHttp(const std::string &host, std::uint16_t port, const std::vector<std::string> &origins)
{
    m_forced = Forced{host, port, origins};
}

void WindowSettings::readToken()
{
    readPasswords();
    m_secrets = secretStoreFor(m_settings.token, m_path);
    if (!m_secrets) {
        Q_EMIT tokenKnown();
        return;
    }
    m_secrets->read(kTokenName, [this](const Result<std::string> &token) {
        m_kept.token = token.value_or(std::string());
        m_tokenProblem = token ? QString() : tr("The token could not be read: %1").arg(itemtext::text(token.error().message));
        Q_EMIT tokenKnown();
        Q_EMIT changed();
    });
}

/// One after the other they come; each broker is listened to when its own is there.
void WindowSettings::readPasswords()
{
    for (const BrokerSetting &broker : m_settings.brokers) {
        auto store = m_kept.passwords.contains(broker.name) ? nullptr : secretStoreFor(broker.password, m_path);
        if (!store)
            continue;
        SecretStore *asked = m_busyStores.emplace_back(std::move(store)).get();
        asked->read(passwordNameOf(broker.name), [this, name = broker.name](const Result<std::string> &password) {
            m_kept.passwords[name] = password.value_or(std::string());
            if (!password)
                m_passwordProblems[name] = tr("The password of %1 could not be read: %2").arg(itemtext::text(name), itemtext::text(password.error().message));
            tellSources();
            Q_EMIT changed();
        });
    }
}

std::vector<MqttSourceOptions> WindowSettings::readyBrokers() const
{
    Settings ready = m_settings;
    std::erase_if(ready.brokers, [this](const BrokerSetting &broker) {
        return broker.password != TokenPlace::None && !m_kept.passwords.contains(broker.name);
    });
    return brokerOptions(ready, m_kept);
}

/// A broker would go on keeping messages for somebody who never comes again.
void WindowSettings::forgetRemoved(const Settings &before)
{
    const auto sessionsOf = [this](Settings settings) {
        for (BrokerSetting &broker : settings.brokers)
            broker.isPaused = false; // comes again
        return brokerOptions(settings, m_kept);
    };
    const std::vector<MqttSourceOptions> now = sessionsOf(m_settings);
    std::vector<MqttSourceOptions> gone = sessionsOf(before);
    for (MqttSourceOptions &source : gone) {
        std::erase_if(source.brokers, [&](const BrokerAddress &address) {
            return std::any_of(now.begin(), now.end(), [&](const MqttSourceOptions &other) {
                return std::any_of(other.brokers.begin(), other.brokers.end(), [&](const BrokerAddress &each) {
                    const bool isSameSession = address.client.empty() ? other.id == source.id && each.user == address.user && each.qos == address.qos
                                                                      : each.client == address.client;
                    return isSameSession && each.place() == address.place();
                });
            });
        });
    }
    std::erase_if(gone, [](const MqttSourceOptions &source) { return source.brokers.empty(); });
    m_receiver->forgetBrokers(std::move(gone));
}

void WindowSettings::tellSources()
{
    if (m_receiver)
        m_receiver->setSources(readyBrokers(), followTargets(m_settings));
}

CollectorOptions WindowSettings::receiverOptions(CollectorOptions options) const
{
    applySettings(m_settings, m_kept, options);
    options.brokers = readyBrokers();
    if (m_forced) {
        if (!options.http)
            options.http.emplace();
        options.http->host = m_forced->host;
        options.http->port = m_forced->port;
        if (options.grpc)
            options.grpc->host = m_forced->host;
        options.http->token = m_kept.token;
    }
    if (m_forced && options.http)
        options.http->allowedOrigins.insert(options.http->allowedOrigins.end(), m_forced->origins.begin(), m_forced->origins.end());
    return options;
}

void WindowSettings::setReceiver(CollectorReceiver *receiver)
{
    m_receiver = receiver;
    m_tests->setReceiver(receiver);
    if (!receiver)
        return;
    connect(receiver, &Receiver::statusChanged, this, &SourceControl::changed);
    connect(receiver, &CollectorReceiver::looked, this, &SourceControl::changed);
    connect(receiver, &CollectorReceiver::originAllowed, this, [this](const QString &origin) {
        // It is allowed already: only to be kept.
        m_settings.allowedOrigins.push_back(origin.toStdString());
        store();
    });
    connect(receiver, &CollectorReceiver::portChosen, this, [this](int port) {
        m_settings.otlpHttp.port = static_cast<std::uint16_t>(port);
        m_settings.otlpHttp.isOn = true;
        if (m_forced)
            m_forced->port = m_settings.otlpHttp.port;
        store();
        Q_EMIT changed();
    });
}

void WindowSettings::change(const Settings &settings)
{
    if (settings == m_settings)
        return;
    const Settings before = std::exchange(m_settings, settings);
    // What was chosen here is newer than the command line.
    if (m_forced && (before.otlpHttp.host != settings.otlpHttp.host || before.otlpHttp.port != settings.otlpHttp.port ||
                     before.otlpHttp.isOn != settings.otlpHttp.isOn))
        m_forced.reset();
    store();
    tellReceiver(before);
    Q_EMIT changed();
}

void WindowSettings::tellReceiver(const Settings &before)
{
    if (!m_receiver)
        return;
    if (needsRestart(before, m_settings)) {
        m_receiver->restartWith(receiverOptions(m_receiver->options()));
        return;
    }
    if (before.targets != m_settings.targets)
        m_receiver->setTargets(scrapeOptions(m_settings));
    if (before.brokers != m_settings.brokers || before.followed != m_settings.followed) {
        tellSources();
        forgetRemoved(before);
    }
    if (const auto collector = m_receiver->collector()) {
        for (const auto &[id, endpoint] : {std::pair(DoorSight::kOtlpHttp, &m_settings.otlpHttp), std::pair(DoorSight::kOtlpGrpc, &m_settings.otlpGrpc),
                                           std::pair(DoorSight::kStatsd, &m_settings.statsd)})
            collector->setPaused(id, endpoint->isPaused);
    }
}

void WindowSettings::store()
{
    m_writer.start([this, path = m_path, settings = m_settings] {
        auto saved = saveSettings(path, settings);
        // Waited for in the destructor, so `this` is there.
        QMetaObject::invokeMethod(
            this,
            [this, saved = std::move(saved)] {
                const QString problem = saved ? QString() : tr("The settings could not be kept: %1").arg(itemtext::text(saved.error().message));
                if (std::exchange(m_storeProblem, problem) != problem)
                    Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

QStringList WindowSettings::problems() const
{
    QStringList sentences;
    for (const SettingsProblem &problem : m_problems)
        sentences.append(tr("%1: %2", "place in the settings file: what is wrong").arg(itemtext::text(problem.place), itemtext::text(problem.sentence)));
    for (const QString &problem : {m_storeProblem, m_tokenProblem}) {
        if (!problem.isEmpty())
            sentences.append(problem);
    }
    for (const auto &[broker, problem] : m_passwordProblems)
        sentences.append(problem);
    return sentences;
}

bool WindowSettings::isReceiving() const
{
    return m_receiver && m_receiver->status().state != ReceiverStatus::State::Elsewhere && m_receiver->status().state != ReceiverStatus::State::Off;
}

std::vector<DoorRow> WindowSettings::doors() const
{
    std::vector<DoorRow> rows;
    const auto add = [&rows](const QString &id, const std::string &name, const std::string &url) -> DoorRow & {
        DoorRow &row = rows.emplace_back();
        row.id = id.toStdString();
        row.name = name;
        row.url = url;
        return row;
    };
    const ReceiverStatus status = m_receiver ? m_receiver->status() : ReceiverStatus{};
    const auto collector = m_receiver ? m_receiver->collector() : nullptr;
    const std::vector<DoorSight> sights = collector ? collector->doors() : std::vector<DoorSight>();
    const auto judge = [&](DoorRow &row, bool isPaused, std::chrono::nanoseconds lately) {
        const auto sight = std::find_if(sights.begin(), sights.end(), [&](const DoorSight &one) { return one.id == row.id; });
        if (status.state == ReceiverStatus::State::Failed) {
            row.state = SourceState::Error;
            row.problem = status.problem.toStdString();
        } else if (status.state == ReceiverStatus::State::Starting) {
            row.state = SourceState::Late;
        } else if (sight != sights.end()) {
            if (!sight->url.empty())
                row.url = sight->url;
            row.requests = sight->requests;
            row.turnedAway = sight->turnedAway;
            row.files = sight->files;
            row.lastRequest = sight->lastRequest;
            row.problem = sight->problem;
            const bool isLively = sight->lastRequest && m_receiver->options().clock->now() - *sight->lastRequest <= lately;
            row.state = !sight->problem.empty() ? SourceState::Error
                        : sight->isPaused       ? SourceState::Paused
                        : isLively              ? SourceState::Live
                                                : SourceState::Waiting;
        } else if (isPaused && isReceiving()) {
            row.state = SourceState::Paused;
        }
    };
    for (const auto &[id, endpoint] : {std::pair(DoorSight::kOtlpHttp, &m_settings.otlpHttp), std::pair(DoorSight::kOtlpGrpc, &m_settings.otlpGrpc),
                                       std::pair(DoorSight::kStatsd, &m_settings.statsd)}) {
        const bool isForced = id == DoorSight::kOtlpHttp && m_forced;
        if (!endpoint->isOn && !isForced)
            continue;
        const QString door = itemtext::text(id);
        judge(add(door, kindOf(door)->name.toStdString(), endpoint->text()), endpoint->isPaused, kLately);
    }
    for (const TargetSetting &target : m_settings.targets)
        judge(add(itemtext::text(std::string(DoorSight::kScrape) + target.name), target.name, target.url), target.isPaused, target.interval * 3);
    for (const BrokerSetting &broker : m_settings.brokers) {
        const std::string url = brokerAddress(broker, {}).place();
        judge(add(itemtext::text(std::string(DoorSight::kMqtt) + broker.name), broker.name, url), broker.isPaused, kLately);
    }
    for (const FollowSetting &follow : m_settings.followed)
        judge(add(itemtext::text(std::string(DoorSight::kFollow) + follow.name), follow.name, follow.path), follow.isPaused, kLately);
    return rows;
}

void WindowSettings::test(const QString &door)
{
    m_tests->run(door, m_settings, m_kept);
}

void WindowSettings::setToken(const QString &token, TokenPlace place, std::function<void(Result<void>)> done)
{
    const auto kept = [this, token, place, done = std::move(done)](const Result<void> &result) {
        if (result) {
            m_kept.token = place == TokenPlace::None ? std::string() : token.toStdString();
            m_tokenProblem.clear();
            const Settings before = m_settings;
            m_settings.token = place;
            store();
            if (m_receiver)
                m_receiver->restartWith(receiverOptions(m_receiver->options()));
            Q_EMIT changed();
        }
        done(result);
    };
    keep(kTokenName, token, place, m_settings.token, kept);
}

void WindowSettings::keep(const QString &name, const QString &secret, TokenPlace place, TokenPlace before,
                          const std::function<void(const Result<void> &)> &kept)
{
    // Of a store only one thing is asked, and its answers end with it: it lives as long as this.
    auto store = secretStoreFor(place == TokenPlace::None ? before : place, m_path);
    if (!store)
        return kept({});
    SecretStore *asked = m_busyStores.emplace_back(std::move(store)).get();
    if (place == TokenPlace::None)
        asked->remove(name, kept);
    else
        asked->write(name, secret.toStdString(), kept);
}

void WindowSettings::setPassword(const QString &broker, const QString &password, TokenPlace place, std::function<void(Result<void>)> done)
{
    const std::string name = broker.toStdString();
    const auto known = std::find_if(m_settings.brokers.begin(), m_settings.brokers.end(), [&](const BrokerSetting &each) { return each.name == name; });
    const TokenPlace before = known == m_settings.brokers.end() ? TokenPlace::None : known->password;
    keep(passwordNameOf(name), password, place, before, [this, name, password, place, done = std::move(done)](const Result<void> &result) {
        if (result) {
            m_passwordProblems.erase(name);
            if (place == TokenPlace::None)
                m_kept.passwords.erase(name);
            else
                m_kept.passwords[name] = password.toStdString();
            tellSources();
        }
        done(result);
    });
}

} // namespace telltale
