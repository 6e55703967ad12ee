// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/recordbatch.h"

#include <QList>
#include <QPair>
#include <QString>
#include <QVariant>

namespace telltale::test {

/// In order of arrival. What is nested is compact JSON in a QByteArray: it must outlive its document, as ours does.
using PlainAttributes = QList<QPair<QString, QVariant>>;

/// Who sends.
struct PlainOrigin
{
    QString product, environment, release, os, device, country, scopeName, scopeVersion;
    PlainAttributes attributes;
};

/// What a program has of a record that keeps Qt's own values: the fields that our decoders fill, field by field.
struct PlainRecord
{
    RecordKind kind = RecordKind::Log;
    quint8 severity = 0;
    qint64 time = 0; ///< ns since the epoch
    qint64 duration = kNoDuration;
    QString name, feature, screen, user, session;
    QString messageId, otherUser;
    PlainOrigin origin;
    PlainAttributes attributes; ///< with the body, if there is one
    QString errorType, errorMessage, errorStack, fingerprint;
    bool isUnhandled = false;
    QString traceId, spanId, parentSpanId, status; ///< as sent
    double value = 0;                              ///< of a metric point
    QString unit;
};

/// A request as the reference sees it.
struct PlainRequest
{
    QByteArray body, path, appKey, authorization, userAgent;
    qint64 arrival = 0; ///< ns since the epoch
};

} // namespace telltale::test
