// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/reference/plainrecord.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <initializer_list>

// What reading JSON by QJsonDocument takes again and again, written as one writes it: values by key, texts as QString.
namespace telltale::test {

/// A text, or a number written out; else empty.
QString textOf(const QJsonValue &value);
/// The first of these keys with such a text.
QString firstText(const QJsonObject &object, std::initializer_list<QLatin1String> keys);
/// ISO 8601, or a number of seconds or milliseconds; nanoseconds since the epoch, `otherwise` when it is none.
qint64 timeOf(const QJsonValue &value, qint64 otherwise);
/// The time that somebody spent on a screen, ns.
qint64 dwellOf(const QJsonObject &properties);
/// Nothing, when the value is null or missing.
void addAttribute(PlainAttributes &to, const QString &key, const QJsonValue &value);
/// Each field.
void addAttributes(PlainAttributes &to, const QJsonObject &object);
/// Frames as text, the crash first.
QString stackOf(const QString &type, const QString &message, const QJsonArray &frames);

} // namespace telltale::test
