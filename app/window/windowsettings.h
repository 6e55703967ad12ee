// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secretstore.h"
#include "app/collector/settingsoptions.h"
#include "app/window/collectorreceiver.h"
#include "models/settings/settingsfile.h"
#include "widgets/pages/sourcecontrol.h"

#include <QThreadPool>

namespace telltale {

class SourceTests;

/// The settings of the window: read once, changed by pages, written on a thread of their own, and what they mean for the
/// receiver. Problems of the file and of writing it become sentences.
class WindowSettings final : public SourceControl
{
    Q_OBJECT

public:
    /// Reads the file: a small one, before the window is there.
    explicit WindowSettings(std::filesystem::path path = defaultSettingsPath(), QObject *parent = nullptr);
    ~WindowSettings() override; ///< waits for the last write

    /// What the command line says of OTLP over HTTP wins as long as this program runs. Before receiverOptions().
    void forceHttp(const std::string &host, std::uint16_t port, const std::vector<std::string> &origins);
    /// The token was read, or there is none: a receiver can be started. Emits tokenKnown(), perhaps at once.
    void readToken();
    CollectorOptions receiverOptions(CollectorOptions options) const;
    /// Not owned; null: nothing is received here.
    void setReceiver(CollectorReceiver *receiver);

    const Settings &settings() const override { return m_settings; }
    void change(const Settings &settings) override;
    QString settingsPath() const override { return QString::fromStdString(m_path.string()); }
    QStringList problems() const override;
    std::vector<DoorRow> doors() const override;
    bool isReceiving() const override;
    void test(const QString &door) override;
    QString token() const override { return QString::fromStdString(m_kept.token); }
    QString newToken() const override { return telltale::newToken(); }
    void setToken(const QString &token, TokenPlace place, std::function<void(Result<void>)> done) override;
    void setPassword(const QString &broker, const QString &password, TokenPlace place, std::function<void(Result<void>)> done) override;

    /// Whose rules are read and changed; none before.
    void setCache(const std::filesystem::path &cache) { m_cache = cache; }
    std::unique_ptr<MessageFeed> listen(const QString &door) override;
    void readMessageMapping(const QString &door, std::function<void(Result<std::string>)> done) override;
    void saveMessageMapping(const QString &door, const std::string &text, std::function<void(Result<void>)> done) override;
    void readRules(std::function<void(Result<RuleEntries>)> done) override;
    void replaceRules(const RuleEntries &before, const RuleEntries &after, std::function<void(Result<void>)> done) override;

Q_SIGNALS:
    void tokenKnown();

private:
    void store();
    std::filesystem::path mappingPathOf(const BrokerSetting &broker) const;
    /// Does it on the thread that writes, and hands over what came of it.
    template<typename T>
    void elsewhere(std::function<Result<T>()> work, std::function<void(Result<T>)> done)
    {
        m_writer.start([this, work = std::move(work), done = std::move(done)] {
            // Waited for in the destructor, so `this` is there.
            QMetaObject::invokeMethod(
                this, [done, result = work()] { done(result); }, Qt::QueuedConnection);
        });
    }
    void tellReceiver(const Settings &before);
    void readPasswords();
    void tellSources();
    void forgetRemoved(const Settings &before);
    /// Only those whose password is known, or that need none.
    std::vector<MqttSourceOptions> readyBrokers() const;
    void keep(const QString &name, const QString &secret, TokenPlace place, TokenPlace before, const std::function<void(const Result<void> &)> &kept);

    std::filesystem::path m_path, m_cache;
    Settings m_settings;
    std::vector<SettingsProblem> m_problems;
    QString m_storeProblem, m_tokenProblem;
    SourceSecrets m_kept; ///< passwords as far as they were read
    std::map<std::string, QString> m_passwordProblems;
    std::unique_ptr<SecretStore> m_secrets;
    std::vector<std::unique_ptr<SecretStore>> m_busyStores; ///< until they answered
    struct Forced
    {
        std::string host;
        std::uint16_t port = 0;
        std::vector<std::string> origins;
    };
    std::optional<Forced> m_forced;
    CollectorReceiver *m_receiver = nullptr;
    SourceTests *m_tests = nullptr;
    std::shared_ptr<const bool> m_alive = std::make_shared<bool>(true);
    QThreadPool m_writer; ///< one thread: writes in order
};

} // namespace telltale
