// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/sourcesections.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace telltale::sections {
namespace {

constexpr std::string_view kScrape = "scrape ", kMqtt = "mqtt ", kFollow = "follow ";
constexpr std::string_view kNotListened = " This broker is not listened to.", kNotFollowed = " It is not followed.";
constexpr std::string_view kQos0 = " qos 0", kQos1 = " qos 1";
constexpr std::string_view kPlaces[] = {"none", "keychain", "file"};
constexpr std::string_view kFormats[] = {"auto", "json", "csv"};

std::vector<std::string> sectionsOf(const CSimpleIniA &ini, std::string_view prefix)
{
    CSimpleIniA::TNamesDepend sections;
    ini.GetAllSections(sections);
    sections.sort(CSimpleIniA::Entry::LoadOrder());
    std::vector<std::string> names;
    for (const auto &section : sections) {
        if (std::string_view(section.pItem).starts_with(prefix))
            names.emplace_back(section.pItem);
    }
    return names;
}

/// One section while it is read.
class Reader
{
public:
    Reader(const CSimpleIniA &ini, std::string section, LoadedSettings &loaded)
        : m_ini(ini)
        , m_section(std::move(section))
        , m_loaded(loaded)
    {}
    std::string text(const char *key) const { return m_ini.GetValue(m_section.c_str(), key, ""); }
    bool has(const char *key) const { return m_ini.GetValue(m_section.c_str(), key) != nullptr; }
    std::vector<std::string> texts(const char *key) const { return valuesOf(m_ini, m_section.c_str(), key); }
    void complain(const char *key, const std::string &sentence) { m_loaded.problems.push_back({placeOf(m_section, key), sentence, false}); }
    void readFlag(const char *key, bool &value, const char *otherwise)
    {
        if (!has(key))
            return;
        if (const auto read = readBool(value, text(key)); !read)
            complain(key, read.error().message + otherwise);
    }
    /// The place in `words` of what the key says; `usual` when it says nothing or something else.
    template<std::size_t N>
    std::size_t readWord(const char *key, const std::string_view (&words)[N], std::size_t usual, const char *otherwise)
    {
        if (!has(key))
            return usual;
        const auto found = std::find(std::begin(words), std::end(words), text(key));
        if (found != std::end(words))
            return static_cast<std::size_t>(found - std::begin(words));
        complain(key, "'" + text(key) + "' is not " + otherwise);
        return usual;
    }

private:
    const CSimpleIniA &m_ini;
    const std::string m_section;
    LoadedSettings &m_loaded;
};

void readTarget(Reader reader, const std::string &name, Settings &settings)
{
    TargetSetting target;
    target.name = name;
    target.url = reader.text("url");
    if (!target.url.starts_with("http://") && !target.url.starts_with("https://"))
        return reader.complain("url", "'" + target.url + "' is neither http:// nor https://. This target is not asked.");
    if (reader.has("interval")) {
        const auto interval = parseDuration(reader.text("interval"));
        if (interval && *interval >= std::chrono::milliseconds(100))
            target.interval = std::chrono::duration_cast<std::chrono::milliseconds>(*interval);
        else
            reader.complain("interval", "'" + reader.text("interval") + "' is no duration of 100ms at least. 15s is used.");
    }
    reader.readFlag("paused", target.isPaused, " It is asked.");
    settings.targets.push_back(std::move(target));
}

/// mqtt://HOST:PORT, or mqtts:// for TLS.
bool readBroker(BrokerSetting &broker, std::string_view url)
{
    broker.isEncrypted = url.starts_with("mqtts://");
    if (!broker.isEncrypted && !url.starts_with("mqtt://"))
        return false;
    url.remove_prefix(broker.isEncrypted ? 8 : 7);
    broker.port = broker.isEncrypted ? 8883 : 1883;
    const auto bracket = url.starts_with('[') ? url.find(']') : 0;
    const auto colon = bracket == std::string_view::npos ? bracket : url.find(':', bracket);
    std::string_view host = url.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    if (colon != std::string_view::npos) {
        const char *const end = url.data() + url.size();
        const auto [stop, problem] = std::from_chars(url.data() + colon + 1, end, broker.port);
        if (problem != std::errc() || stop != end || broker.port == 0)
            return false;
    }
    broker.host = host;
    return !host.empty() && host.find_first_of(" \t/@[]") == std::string_view::npos;
}

std::string brokerText(const BrokerSetting &broker)
{
    const std::string host = broker.host.find(':') == std::string::npos ? broker.host : "[" + broker.host + "]";
    return (broker.isEncrypted ? "mqtts://" : "mqtt://") + host + ":" + std::to_string(broker.port);
}

/// "plant/#", "plant/# qos 0"
TopicSetting topicOf(std::string_view text)
{
    TopicSetting topic;
    const bool isZero = text.ends_with(kQos0);
    if (isZero || text.ends_with(kQos1))
        text.remove_suffix(kQos0.size());
    topic.qos = isZero ? 0 : 1;
    topic.filter = text;
    return topic;
}

std::string topicText(const TopicSetting &topic)
{
    return topic.filter + std::string(topic.qos == 0 ? kQos0 : kQos1);
}

void readMqtt(Reader reader, const std::string &name, Settings &settings)
{
    BrokerSetting broker;
    broker.name = name;
    if (!readBroker(broker, reader.text("broker")))
        return reader.complain("broker", "'" + reader.text("broker") + "' is neither mqtt://HOST:PORT nor mqtts://HOST:PORT." + std::string(kNotListened));
    broker.certificates = reader.text("ca");
    broker.user = reader.text("user");
    broker.password = static_cast<TokenPlace>(reader.readWord("password", kPlaces, 0, "none, keychain or file. No password is shown."));
    broker.client = reader.text("client");
    broker.topics.clear();
    for (const std::string &text : reader.texts("topic"))
        broker.topics.push_back(topicOf(text));
    if (broker.topics.empty())
        broker.topics.emplace_back();
    reader.readFlag("keep_session", broker.isSessionKept, " The session is kept.");
    broker.mapping = reader.text("mapping");
    reader.readFlag("paused", broker.isPaused, " It is listened to.");
    settings.brokers.push_back(std::move(broker));
}

void readFollow(Reader reader, const std::string &name, Settings &settings)
{
    FollowSetting follow;
    follow.name = name;
    follow.path = reader.text("path");
    if (!follow.path.starts_with('/'))
        return reader.complain("path", "'" + follow.path + "' is no path from the root, like /var/log/app/*.jsonl." + std::string(kNotFollowed));
    follow.format = static_cast<FollowSetting::Format>(reader.readWord("format", kFormats, 0, "auto, json or csv. auto is used."));
    for (const std::string &text : reader.texts("column")) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
            reader.complain("column", "'" + text + "' is not FIELD=COLUMN. It is left out.");
        else
            follow.columns.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    follow.product = reader.text("product");
    reader.readFlag("paused", follow.isPaused, " It is followed.");
    settings.followed.push_back(std::move(follow));
}

/// The keys of a section with their values, in the order they are written; a key may be there several times.
using Lines = std::vector<std::pair<const char *, std::vector<std::string>>>;

Lines linesOf(const TargetSetting &target)
{
    return {{"url", {target.url}}, {"interval", {durationText(target.interval)}}, {"paused", {boolText(target.isPaused)}}};
}

std::vector<std::string> unlessEmpty(const std::string &text)
{
    return text.empty() ? std::vector<std::string>() : std::vector<std::string>{text};
}

Lines linesOf(const BrokerSetting &broker)
{
    std::vector<std::string> topics;
    for (const TopicSetting &topic : broker.topics)
        topics.push_back(topicText(topic));
    return {{"broker", {brokerText(broker)}},
            {"ca", unlessEmpty(broker.certificates)},
            {"user", unlessEmpty(broker.user)},
            {"password", {std::string(kPlaces[static_cast<std::size_t>(broker.password)])}},
            {"client", unlessEmpty(broker.client)},
            {"topic", std::move(topics)},
            {"keep_session", {boolText(broker.isSessionKept)}},
            {"mapping", unlessEmpty(broker.mapping)},
            {"paused", {boolText(broker.isPaused)}}};
}

Lines linesOf(const FollowSetting &follow)
{
    std::vector<std::string> columns;
    for (const auto &[field, column] : follow.columns)
        columns.push_back(field + "=" + column);
    return {{"path", {follow.path}},
            {"format", {std::string(kFormats[static_cast<std::size_t>(follow.format)])}},
            {"column", std::move(columns)},
            {"product", unlessEmpty(follow.product)},
            {"paused", {boolText(follow.isPaused)}}};
}

void setAll(CSimpleIniA &ini, const std::string &section, const char *key, const std::vector<std::string> &values)
{
    if (values.size() == 1)
        return set(ini, section.c_str(), key, values.front());
    ini.Delete(section.c_str(), key);
    for (const std::string &value : values)
        ini.SetValue(section.c_str(), key, oneLine(value).c_str());
}

template<typename Setting>
void writeEach(CSimpleIniA &ini, std::string_view prefix, const std::vector<Setting> &before, const std::vector<Setting> &after)
{
    const auto sectionOf = [&](const Setting &setting) {
        std::string name = std::string(prefix) + oneLine(setting.name);
        std::erase(name, ']');
        return name;
    };
    std::map<std::string, Lines> known;
    for (const Setting &setting : before)
        known.emplace(sectionOf(setting), linesOf(setting));
    for (const Setting &setting : after) {
        const std::string section = sectionOf(setting);
        const Lines lines = linesOf(setting);
        const auto old = known.find(section);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (old == known.end() ? !lines[i].second.empty() : old->second[i].second != lines[i].second)
                setAll(ini, section, lines[i].first, lines[i].second);
        }
        if (old != known.end())
            known.erase(old);
    }
    for (const auto &[section, lines] : known)
        ini.Delete(section.c_str(), nullptr, true);
}

} // namespace

std::string placeOf(std::string_view section, std::string_view key)
{
    return "[" + std::string(section) + "] " + std::string(key);
}

std::string oneLine(std::string text)
{
    std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return text;
}

void set(CSimpleIniA &ini, const char *section, const char *key, const std::string &value, const char *comment)
{
    const bool isNew = !ini.GetValue(section, key);
    ini.SetValue(section, key, oneLine(value).c_str(), isNew ? comment : nullptr, true);
}

std::vector<std::string> valuesOf(const CSimpleIniA &ini, const char *section, const char *key)
{
    CSimpleIniA::TNamesDepend values;
    ini.GetAllValues(section, key, values);
    values.sort(CSimpleIniA::Entry::LoadOrder());
    std::vector<std::string> texts;
    for (const auto &value : values) {
        if (*value.pItem)
            texts.emplace_back(value.pItem);
    }
    return texts;
}

Result<void> readBool(bool &value, const std::string &text)
{
    for (const char *yes : {"yes", "true", "on", "1"}) {
        if (text == yes) {
            value = true;
            return {};
        }
    }
    for (const char *no : {"no", "false", "off", "0"}) {
        if (text == no) {
            value = false;
            return {};
        }
    }
    return failure(Error::Code::InvalidArgument, "'" + text + "' is not yes or no.");
}

std::string boolText(bool value)
{
    return value ? "yes" : "no";
}

std::string durationText(std::chrono::nanoseconds time)
{
    static constexpr std::pair<std::int64_t, const char *> kUnits[] = {
        {86'400'000, "d"}, {3'600'000, "h"}, {60'000, "m"}, {1'000, "s"}, {1, "ms"}};
    const std::int64_t milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    for (const auto &[length, unit] : kUnits) {
        if (milliseconds % length == 0 && (milliseconds != 0 || length == 1))
            return std::to_string(milliseconds / length) + unit;
    }
    return "0ms";
}

void read(const CSimpleIniA &ini, LoadedSettings &loaded)
{
    for (const auto &[prefix, readOne] : {std::pair(kScrape, &readTarget), std::pair(kMqtt, &readMqtt), std::pair(kFollow, &readFollow)}) {
        for (const std::string &section : sectionsOf(ini, prefix))
            readOne(Reader(ini, section, loaded), section.substr(prefix.size()), loaded.settings);
    }
}

void write(CSimpleIniA &ini, const Settings &before, const Settings &after)
{
    writeEach(ini, kScrape, before.targets, after.targets);
    writeEach(ini, kMqtt, before.brokers, after.brokers);
    writeEach(ini, kFollow, before.followed, after.followed);
}

bool owns(std::string_view section, std::string_view key, bool &isKnown)
{
    const auto isOne = [&](const Lines &lines) {
        return std::any_of(lines.begin(), lines.end(), [&](const auto &line) { return line.first == key; });
    };
    if (section.starts_with(kScrape))
        isKnown = isOne(linesOf(TargetSetting()));
    else if (section.starts_with(kMqtt))
        isKnown = isOne(linesOf(BrokerSetting()));
    else if (section.starts_with(kFollow))
        isKnown = isOne(linesOf(FollowSetting()));
    else
        return false;
    return true;
}

} // namespace telltale::sections
