// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/settingsfile.h"

#include "models/settings/privatefile.h"
#include "models/settings/sourcesections.h"
#include "models/telemetry/bytecount.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <set>
#include <string_view>

namespace telltale {
namespace {

constexpr const char *kHead = "; Telltale's settings. The Settings page writes here, and so may you: lines, comments and keys that Telltale does not\n"
                              "; know stay as they are. `telltale collect --settings FILE` reads the same file. Secrets are never in here.";
constexpr int kLeastText = 100, kMostText = 200;

using Read = Result<void>;
using namespace sections;

Read wrong(std::string_view value, const char *expected)
{
    return failure(Error::Code::InvalidArgument, "'" + std::string(value) + "' is not " + expected + ".");
}

/// One key: how it is written, and what it does to the settings.
struct Key
{
    const char *section, *name, *comment;
    std::function<std::string(const Settings &)> write;
    std::function<Read(Settings &, const std::string &)> read;
};

/// A key that may stand there several times, one value each.
struct ListKey
{
    const char *section, *name, *comment;
    std::vector<std::string> Settings::*list;
};

Read readEndpoint(EndpointSetting &endpoint, const std::string &value)
{
    if (value == "none") {
        endpoint.isOn = false;
        return {};
    }
    const auto colon = value.rfind(':');
    const std::string digits = colon == std::string::npos ? value : value.substr(colon + 1);
    unsigned port = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    std::string host = colon == std::string::npos ? endpoint.host : value.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    const bool isHost = !host.empty() && host.find_first_of(" \t/") == std::string::npos;
    if (problem != std::errc() || end != digits.data() + digits.size() || port > 65'535 || !isHost)
        return wrong(value, "HOST:PORT, like 127.0.0.1:4318, or none");
    endpoint.isOn = true;
    endpoint.host = host;
    endpoint.port = static_cast<std::uint16_t>(port);
    return {};
}

template<typename Enum>
Read readWord(Enum &value, const std::string &text, std::initializer_list<std::pair<const char *, Enum>> words, const char *expected)
{
    for (const auto &[word, meaning] : words) {
        if (text == word) {
            value = meaning;
            return {};
        }
    }
    return wrong(text, expected);
}

constexpr std::initializer_list<std::pair<const char *, Settings::Scheme>> kSchemes{
    {"system", Settings::Scheme::System}, {"light", Settings::Scheme::Light}, {"dark", Settings::Scheme::Dark}};
constexpr std::initializer_list<std::pair<const char *, Settings::Tri>> kTris{
    {"system", Settings::Tri::System}, {"yes", Settings::Tri::On}, {"no", Settings::Tri::Off}};
constexpr std::initializer_list<std::pair<const char *, Settings::HeatPalette>> kPalettes{{"telltale", Settings::HeatPalette::Telltale},
                                                                                           {"viridis", Settings::HeatPalette::Viridis},
                                                                                           {"cividis", Settings::HeatPalette::Cividis},
                                                                                           {"grey", Settings::HeatPalette::Grey}};
constexpr std::initializer_list<std::pair<const char *, TokenPlace>> kPlaces{
    {"none", TokenPlace::None}, {"keychain", TokenPlace::Keychain}, {"file", TokenPlace::File}};

template<typename Enum>
std::string wordOf(Enum value, std::initializer_list<std::pair<const char *, Enum>> words)
{
    for (const auto &[word, meaning] : words) {
        if (meaning == value)
            return word;
    }
    return {};
}

std::string sizeText(std::uint64_t bytes)
{
    static constexpr std::pair<std::uint64_t, const char *> kUnits[] = {
        {1'000'000'000, "GB"}, {std::uint64_t{1} << 30, "GiB"}, {1'000'000, "MB"}, {std::uint64_t{1} << 20, "MiB"}, {1, "B"}};
    for (const auto &[size, unit] : kUnits) {
        if (bytes % size == 0)
            return std::to_string(bytes / size) + unit;
    }
    return {};
}

Read readAge(Settings &settings, const std::string &value)
{
    if (value == "none") {
        settings.keepAge.reset();
        return {};
    }
    const auto age = parseDuration(value);
    if (!age || age->count() <= 0)
        return wrong(value, "an age, like 90d, or none");
    settings.keepAge = *age;
    return {};
}

Read readSize(Settings &settings, const std::string &value)
{
    if (value == "auto") {
        settings.keepSize.reset();
        return {};
    }
    const auto size = value == "none" ? Result<std::uint64_t>(0) : parseByteCount(value);
    if (!size || (*size == 0 && value != "none"))
        return wrong(value, "a size, like 10GB, auto or none");
    settings.keepSize = *size;
    return {};
}

Read readPercent(int &percent, const std::string &text)
{
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (problem != std::errc() || (!rest.empty() && rest != "%") || value < kLeastText || value > kMostText)
        return wrong(text, "a percentage from 100 to 200");
    percent = value;
    return {};
}

Read readLanguage(std::string &language, const std::string &text)
{
    const bool isLocale = !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-' || c == '@' || c == '.';
    });
    if (!isLocale)
        return wrong(text, "system or a language, like de");
    language = text;
    return {};
}

const std::vector<Key> &keys()
{
    using S = Settings;
    using Text = const std::string &;
    static const std::vector<Key> all{
        {"receive", "otlp_http", "; Where OTLP over HTTP, Sentry, PostHog and all the others arrive: HOST:PORT, or none. An address of the network needs a token.",
         [](const S &s) { return s.otlpHttp.text(); }, [](S &s, Text v) { return readEndpoint(s.otlpHttp, v); }},
        {"receive", "otlp_grpc", "; OTLP over gRPC.", [](const S &s) { return s.otlpGrpc.text(); },
         [](S &s, Text v) { return readEndpoint(s.otlpGrpc, v); }},
        {"receive", "statsd", "; StatsD and DogStatsD datagrams; of this machine only.", [](const S &s) { return s.statsd.text(); },
         [](S &s, Text v) { return readEndpoint(s.statsd, v); }},
        {"receive", "token", "; Where the token is that every request must carry: none, keychain or file (telltale.token beside this file).",
         [](const S &s) { return wordOf(s.token, kPlaces); },
         [](S &s, Text v) { return readWord(s.token, v, kPlaces, "none, keychain or file"); }},
        {"receive", "otlp_http_paused", "; A paused receiver answers 503: come again later.", [](const S &s) { return boolText(s.otlpHttp.isPaused); },
         [](S &s, Text v) { return readBool(s.otlpHttp.isPaused, v); }},
        {"receive", "otlp_grpc_paused", nullptr, [](const S &s) { return boolText(s.otlpGrpc.isPaused); },
         [](S &s, Text v) { return readBool(s.otlpGrpc.isPaused, v); }},
        {"receive", "statsd_paused", nullptr, [](const S &s) { return boolText(s.statsd.isPaused); },
         [](S &s, Text v) { return readBool(s.statsd.isPaused, v); }},
        {"keep", "age", "; Records older than this are removed: 90d, 12h, or none.",
         [](const S &s) { return s.keepAge ? durationText(*s.keepAge) : "none"; }, &readAge},
        {"keep", "size", "; The oldest records are removed when the cache is larger: 10GB, none, or auto (10 GB or a fifth of the disk's room).",
         [](const S &s) { return !s.keepSize ? "auto" : *s.keepSize == 0 ? "none" : sizeText(*s.keepSize); }, &readSize},
        {"look", "theme", "; system, light or dark.", [](const S &s) { return wordOf(s.scheme, kSchemes); },
         [](S &s, Text v) { return readWord(s.scheme, v, kSchemes, "system, light or dark"); }},
        {"look", "high_contrast", "; system, yes or no; likewise reduced_motion.", [](const S &s) { return wordOf(s.highContrast, kTris); },
         [](S &s, Text v) { return readWord(s.highContrast, v, kTris, "system, yes or no"); }},
        {"look", "reduced_motion", nullptr, [](const S &s) { return wordOf(s.reducedMotion, kTris); },
         [](S &s, Text v) { return readWord(s.reducedMotion, v, kTris, "system, yes or no"); }},
        {"look", "text_size", "; In percent of the system's, 100 to 200.", [](const S &s) { return std::to_string(s.textPercent); },
         [](S &s, Text v) { return readPercent(s.textPercent, v); }},
        {"look", "single_keys", "; Keys without Ctrl or Alt act in the window: Space, T, C...", [](const S &s) { return boolText(s.hasSingleKeys); },
         [](S &s, Text v) { return readBool(s.hasSingleKeys, v); }},
        {"look", "heatmap", "; The colours of heatmaps: telltale, viridis, cividis or grey.", [](const S &s) { return wordOf(s.heatPalette, kPalettes); },
         [](S &s, Text v) { return readWord(s.heatPalette, v, kPalettes, "telltale, viridis, cividis or grey"); }},
        {"privacy", "show_identities", "; Whole ids of users and sessions in the window; no: six characters that tell them apart.",
         [](const S &s) { return boolText(s.showsIdentities); }, [](S &s, Text v) { return readBool(s.showsIdentities, v); }},
        {"look", "tray", "; A lamp in the desktop's tray, and notifications of alerts.", [](const S &s) { return boolText(s.hasTray); },
         [](S &s, Text v) { return readBool(s.hasTray, v); }},
        {"look", "language", "; system, en, de; from the next start on.", [](const S &s) { return s.language; },
         [](S &s, Text v) { return readLanguage(s.language, v); }},
    };
    return all;
}

const std::vector<ListKey> &listKeys()
{
    static const std::vector<ListKey> all{
        {"receive", "allow_origin", "; A web page that may send, one a line: http://localhost:3000", &Settings::allowedOrigins},
        {"receive", "allow_host", "; Another name that clients may call this machine by, one a line.", &Settings::allowedHosts},
        {"view", "paused_source", "; A source whose lamp rests, one a line: protocol | product | os. It is still stored.", &Settings::pausedSources},
    };
    return all;
}

void setUp(CSimpleIniA &ini)
{
    ini.SetUnicode(true);
    ini.SetMultiKey(true);
    ini.SetSpaces(true);
    ini.SetAllowKeyOnly(true); // a broken line is kept, too
}

void findUnknown(const CSimpleIniA &ini, LoadedSettings &loaded)
{
    std::set<std::string, std::less<>> known;
    for (const Key &key : keys())
        known.insert(placeOf(key.section, key.name));
    for (const ListKey &key : listKeys())
        known.insert(placeOf(key.section, key.name));
    CSimpleIniA::TNamesDepend sections;
    ini.GetAllSections(sections);
    sections.sort(CSimpleIniA::Entry::LoadOrder());
    for (const auto &section : sections) {
        CSimpleIniA::TNamesDepend names;
        ini.GetAllKeys(section.pItem, names);
        names.sort(CSimpleIniA::Entry::LoadOrder());
        for (const auto &name : names) {
            const std::string_view key = name.pItem;
            bool isKnown = false;
            if (!owns(section.pItem, key, isKnown))
                isKnown = known.contains(placeOf(section.pItem, key));
            if (!isKnown)
                loaded.problems.push_back({placeOf(section.pItem, key), "Nobody here knows this. It is kept as it is.", true});
        }
    }
}

LoadedSettings readAll(const CSimpleIniA &ini)
{
    LoadedSettings loaded;
    for (const Key &key : keys()) {
        const char *text = ini.GetValue(key.section, key.name);
        if (!text)
            continue;
        if (const Read read = key.read(loaded.settings, text); !read)
            loaded.problems.push_back({placeOf(key.section, key.name),
                                       read.error().message + " " + key.write(loaded.settings) + " is used.", false});
    }
    for (const ListKey &key : listKeys())
        loaded.settings.*key.list = valuesOf(ini, key.section, key.name);
    sections::read(ini, loaded);
    findUnknown(ini, loaded);
    return loaded;
}

} // namespace

std::string EndpointSetting::text() const
{
    if (!isOn)
        return "none";
    const bool isSix = host.find(':') != std::string::npos;
    return (isSix ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::filesystem::path defaultSettingsPath()
{
    if (const char *config = std::getenv("XDG_CONFIG_HOME"); config && *config == '/')
        return std::filesystem::path(config) / "telltale" / "telltale.ini";
    const char *home = std::getenv("HOME");
    return std::filesystem::path(home ? home : ".") / ".config" / "telltale" / "telltale.ini";
}

LoadedSettings parseSettings(const std::string &text)
{
    CSimpleIniA ini;
    setUp(ini);
    if (ini.LoadData(text) < 0) {
        LoadedSettings loaded;
        loaded.problems.push_back({"the file", "It is no text of settings. Defaults are used.", false});
        return loaded;
    }
    return readAll(ini);
}

std::string writeSettings(const std::string &text, const Settings &settings)
{
    CSimpleIniA ini;
    setUp(ini);
    static_cast<void>(ini.LoadData(text));
    const bool isNew = text.empty();
    const Settings before = readAll(ini).settings;
    for (const Key &key : keys()) {
        const std::string value = key.write(settings);
        if (isNew || value != key.write(before))
            set(ini, key.section, key.name, value, key.comment);
    }
    for (const ListKey &key : listKeys()) {
        if (before.*key.list == settings.*key.list)
            continue;
        ini.Delete(key.section, key.name);
        const char *comment = key.comment;
        for (const std::string &value : settings.*key.list)
            ini.SetValue(key.section, key.name, oneLine(value).c_str(), std::exchange(comment, nullptr));
    }
    sections::write(ini, before, settings);
    std::string out;
    ini.Save(out);
    return isNew ? std::string(kHead) + "\n\n\n" + out : out;
}

Result<LoadedSettings> loadSettings(const std::filesystem::path &path)
{
    const auto text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    return parseSettings(*text);
}

Result<void> saveSettings(const std::filesystem::path &path, const Settings &settings)
{
    const auto text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    return writePrivateFile(path, writeSettings(*text, settings));
}

} // namespace telltale
