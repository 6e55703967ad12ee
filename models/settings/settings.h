// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// Where one receiver listens.
struct EndpointSetting
{
    bool isOn = true;
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    bool isPaused = false; ///< listens, but tells senders to come again later

    std::string text() const; ///< "127.0.0.1:4318" or "none"
    friend bool operator==(const EndpointSetting &, const EndpointSetting &) = default;
};

/// A target that is asked for its metrics.
struct TargetSetting
{
    std::string name; ///< the product; unique
    std::string url;
    std::chrono::milliseconds interval{15'000};
    bool isPaused = false; ///< not asked
    friend bool operator==(const TargetSetting &, const TargetSetting &) = default;
};

/// Where a secret is kept; never here.
enum class TokenPlace { None, Keychain, File };

/// What is wanted of a broker: a filter of topics, and at most this quality of service.
struct TopicSetting
{
    std::string filter = "#";
    int qos = 1; ///< 0 or 1
    friend bool operator==(const TopicSetting &, const TopicSetting &) = default;
};

/// An MQTT broker that is listened to.
struct BrokerSetting
{
    std::string name; ///< unique
    std::string host = "localhost";
    std::uint16_t port = 1883;
    bool isEncrypted = false;
    std::string certificates; ///< a file of authorities for TLS; empty: the system's
    std::string user;
    TokenPlace password = TokenPlace::None;
    std::string client; ///< id of our session; empty: one that stays the same
    std::vector<TopicSetting> topics{TopicSetting{}};
    bool isSessionKept = true; ///< the broker keeps what comes while nobody listens
    std::string mapping;       ///< a file of JSON that says what messages are; empty: the default
    bool isPaused = false;     ///< not connected
    friend bool operator==(const BrokerSetting &, const BrokerSetting &) = default;
};

/// A file that grows, or all of a folder.
struct FollowSetting
{
    enum class Format { Auto, Json, Csv }; ///< Auto: by the name
    std::string name;                      ///< unique
    std::string path;                      ///< absolute; a file, a folder, or a pattern with * and ?
    Format format = Format::Auto;
    /// Of tables: a field and the column that holds it.
    std::vector<std::pair<std::string, std::string>> columns;
    std::string product; ///< of lines that do not say theirs; may be empty
    bool isPaused = false;
    friend bool operator==(const FollowSetting &, const FollowSetting &) = default;
};

/// Everything a person can set, with its default. A value; what it means for a part of the program is that part's business.
struct Settings
{
    EndpointSetting otlpHttp{true, "127.0.0.1", 4318};
    EndpointSetting otlpGrpc{true, "127.0.0.1", 4317};
    EndpointSetting statsd{true, "127.0.0.1", 8125};
    TokenPlace token = TokenPlace::None;
    std::vector<std::string> allowedOrigins, allowedHosts;
    std::vector<TargetSetting> targets;
    std::vector<BrokerSetting> brokers;
    std::vector<FollowSetting> followed;

    std::optional<std::chrono::nanoseconds> keepAge; ///< none: however old
    /// In bytes; 0: however large; none: 10 GB or a fifth of the disk's room.
    std::optional<std::uint64_t> keepSize;

    std::vector<std::string> pausedSources; ///< "protocol | product | os": still stored, their lamps rest

    enum class Scheme { System, Light, Dark };
    enum class Tri { System, On, Off };
    Scheme scheme = Scheme::System;
    Tri highContrast = Tri::System;
    Tri reducedMotion = Tri::System;
    int textPercent = 100; ///< 100 to 200
    bool hasSingleKeys = true;
    bool showsIdentities = false; ///< whole ids of users and sessions, in the window
    enum class HeatPalette { Telltale, Viridis, Cividis, Grey };
    HeatPalette heatPalette = HeatPalette::Telltale;
    bool hasTray = false; ///< a lamp in the desktop's tray, and notifications of alerts
    std::string language = "system"; ///< a locale: "de", "en"
    friend bool operator==(const Settings &, const Settings &) = default;
};

} // namespace telltale
