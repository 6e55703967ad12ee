// SPDX-License-Identifier: GPL-3.0-or-later
// What messages and records become, as the window reads and keeps it.
#include "app/window/brokerfeed.h"
#include "app/window/windowsettings.h"
#include "models/settings/privatefile.h"
#include "widgets/pages/brokerform.h"

#include <algorithm>
#include <cctype>

namespace telltale {
namespace {

Error noBroker()
{
    return {Error::Code::NotFound, "This broker was removed."};
}

} // namespace

std::unique_ptr<MessageFeed> WindowSettings::listen(const QString &door)
{
    const BrokerSetting *broker = brokerOf(m_settings, door);
    if (!broker)
        return nullptr;
    const auto password = m_kept.passwords.find(broker->name);
    return std::make_unique<BrokerFeed>(brokerAddress(*broker, password == m_kept.passwords.end() ? std::string() : password->second));
}

/// Beside the settings, called like the broker.
std::filesystem::path WindowSettings::mappingPathOf(const BrokerSetting &broker) const
{
    if (!broker.mapping.empty())
        return broker.mapping;
    std::string name = broker.name;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x80 && !std::isalnum(c) && c != '-' && c != '_'; }, '_');
    return std::filesystem::absolute(m_path).parent_path() / ("mqtt-" + name + ".json");
}

void WindowSettings::readMessageMapping(const QString &door, std::function<void(Result<std::string>)> done)
{
    const BrokerSetting *broker = brokerOf(m_settings, door);
    if (!broker)
        return done(tl::unexpected(noBroker()));
    if (broker->mapping.empty())
        return done(std::string());
    elsewhere<std::string>([path = mappingPathOf(*broker)] { return readSmallFile(path); }, std::move(done));
}

void WindowSettings::saveMessageMapping(const QString &door, const std::string &text, std::function<void(Result<void>)> done)
{
    const BrokerSetting *broker = brokerOf(m_settings, door);
    if (!broker)
        return done(tl::unexpected(noBroker()));
    const std::filesystem::path path = mappingPathOf(*broker);
    elsewhere<void>([path, text] { return writePrivateFile(path, text); },
                    [this, door, path, done = std::move(done)](const Result<void> &written) {
                        Settings settings = m_settings;
                        for (BrokerSetting &each : settings.brokers) {
                            if (written && brokerOf(settings, door) == &each)
                                each.mapping = path.string();
                        }
                        change(settings);
                        tellSources(); // one that could not start for its mapping may now
                        done(written);
                    });
}

void WindowSettings::readRules(std::function<void(Result<RuleEntries>)> done)
{
    if (m_cache.empty())
        return done(RuleEntries());
    elsewhere<RuleEntries>([path = rulePathOf(m_cache)] { return readRuleEntries(path); }, std::move(done));
}

void WindowSettings::replaceRules(const RuleEntries &before, const RuleEntries &after, std::function<void(Result<void>)> done)
{
    if (m_cache.empty())
        return done(failure(Error::Code::Unsupported, "There is no cache whose rules could be changed."));
    elsewhere<void>([path = rulePathOf(m_cache), before, after] { return replaceRuleEntries(path, before, after); }, std::move(done));
}

} // namespace telltale
