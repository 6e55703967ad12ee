// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/value.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace telltale {

/// Takes out of records, in the words of JSON lines, who the people were; what they did stays:
/// - users and sessions get new names, "user-17": the same one each time, so that counts hold; nothing leads back;
/// - attributes about people, their machines and addresses are left out, at any depth (isIdentity());
/// - in texts, what stands for a person in a path ("/home/ann/") becomes "/home/user/".
/// Texts that people wrote stay but for that: log bodies, messages, names of features.
/// Memory: the names of all users and sessions. One thread.
class IdentityRemover
{
public:
    void apply(Value::Map &record);
    /// Whether an attribute with this key says who or where somebody is.
    static bool isIdentity(std::string_view key);
    /// Without the names of people in paths of their home folders.
    static std::string withoutHomes(std::string_view text);

private:
    using Names = std::unordered_map<std::string, std::string>;
    static void rename(Names &names, const char *prefix, Value &value);
    static void clean(Value::Map &map);
    static void clean(Value &value);

    Names m_users, m_sessions;
};

} // namespace telltale
