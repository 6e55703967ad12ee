// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/strideengine.h"
#include "widgets/pages/sourcecontrol.h"
#include "widgets/pages/sourceforms.h"

namespace telltale {

/// A broker that sent what a test says.
class FakeFeed final : public MessageFeed
{
public:
    std::vector<std::pair<std::uint64_t, SeenMessage>> messages() const override { return said; }
    QString problem() const override { return broken; }
    void say(std::uint64_t number, const SeenMessage &message)
    {
        said.emplace_back(number, message);
        Q_EMIT changed();
    }
    std::vector<std::pair<std::uint64_t, SeenMessage>> said;
    QString broken;
};

/// Settings that are nowhere but here, doors that are told how they do, a keychain that may be missing.
class FakeSourceControl final : public SourceControl
{
public:
    const Settings &settings() const override { return held; }
    void change(const Settings &settings) override
    {
        held = settings;
        ++changes;
        Q_EMIT changed();
    }
    QString settingsPath() const override { return QStringLiteral("~/.config/telltale/telltale.ini"); }
    QStringList problems() const override { return said; }
    std::vector<DoorRow> doors() const override
    {
        std::vector<DoorRow> rows;
        const auto add = [&](const QString &id, const EndpointSetting &endpoint) {
            if (!endpoint.isOn)
                return;
            DoorRow row;
            row.id = id.toStdString();
            row.name = kindOf(id)->name.toStdString();
            row.url = "http://" + endpoint.text();
            row.state = endpoint.isPaused ? SourceState::Paused : SourceState::Waiting;
            if (const auto problem = broken.find(id); problem != broken.end()) {
                row.state = SourceState::Error;
                row.problem = problem->second.toStdString();
            } else if (id == u"otlp_http" && !endpoint.isPaused) {
                row.state = SourceState::Live;
                row.requests = 1'204;
                row.lastRequest = StrideEngine::now() - std::chrono::seconds(1);
            }
            rows.push_back(row);
        };
        add(QStringLiteral("otlp_http"), held.otlpHttp);
        add(QStringLiteral("otlp_grpc"), held.otlpGrpc);
        add(QStringLiteral("statsd"), held.statsd);
        for (const TargetSetting &target : held.targets) {
            DoorRow row;
            row.id = "scrape " + target.name;
            row.name = target.name;
            row.url = target.url;
            row.state = target.isPaused ? SourceState::Paused : SourceState::Live;
            rows.push_back(row);
        }
        for (const BrokerSetting &broker : held.brokers) {
            DoorRow row;
            row.id = "mqtt " + broker.name;
            row.name = broker.name;
            row.url = "mqtt://" + broker.host;
            row.state = broker.isPaused ? SourceState::Paused : SourceState::Live;
            rows.push_back(row);
        }
        for (const FollowSetting &follow : held.followed) {
            DoorRow row;
            row.id = "follow " + follow.name;
            row.name = follow.name;
            row.url = follow.path;
            row.files = 3;
            row.state = follow.isPaused ? SourceState::Paused : SourceState::Live;
            rows.push_back(row);
        }
        return rows;
    }
    bool isReceiving() const override { return receives; }
    void test(const QString &door) override
    {
        testedDoors.append(door);
        Q_EMIT tested(door, !broken.contains(door), QStringLiteral("the answer of %1").arg(door));
    }
    QString token() const override { return kept; }
    QString newToken() const override { return QStringLiteral("a-new-token"); }
    void setToken(const QString &token, TokenPlace place, std::function<void(Result<void>)> done) override
    {
        places.push_back(place);
        if (place == TokenPlace::Keychain && !hasKeychain)
            return done(failure(Error::Code::Unsupported, "There is no keychain here."));
        kept = place == TokenPlace::None ? QString() : token;
        held.token = place;
        Q_EMIT changed();
        done({});
    }

    void setPassword(const QString &broker, const QString &password, TokenPlace place, std::function<void(Result<void>)> done) override
    {
        places.push_back(place);
        if (place == TokenPlace::Keychain && !hasKeychain)
            return done(failure(Error::Code::Unsupported, "There is no keychain here."));
        passwords[broker] = password;
        done({});
    }

    std::unique_ptr<MessageFeed> listen(const QString &) override
    {
        auto made = std::make_unique<FakeFeed>();
        made->said = seen;
        feed = made.get();
        return made;
    }
    void readMessageMapping(const QString &, std::function<void(Result<std::string>)> done) override { done(mapping); }
    void saveMessageMapping(const QString &, const std::string &text, std::function<void(Result<void>)> done) override
    {
        mapping = text;
        done({});
    }
    void readRules(std::function<void(Result<RuleEntries>)> done) override { done(rules); }
    void replaceRules(const RuleEntries &before, const RuleEntries &after, std::function<void(Result<void>)> done) override
    {
        if (before != rules)
            return done(failure(Error::Code::Busy, "The rules were changed by somebody else meanwhile."));
        rules = after;
        done({});
    }

    std::vector<std::pair<std::uint64_t, SeenMessage>> seen; ///< by the next feed
    FakeFeed *feed = nullptr;                                ///< the last one
    std::string mapping;
    RuleEntries rules;
    std::map<QString, QString> passwords; ///< by broker
    Settings held;
    QStringList said, testedDoors;
    std::map<QString, QString> broken; ///< by door
    QString kept;
    std::vector<TokenPlace> places;
    int changes = 0;
    bool receives = true, hasKeychain = true;
};

} // namespace telltale
