// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/windowsettings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>
#include <string>

namespace telltale::test {

/// Everything on free ports of this machine, in a folder of its own.
class SettingsBench
{
public:
    explicit SettingsBench(const QByteArray &more = {})
    {
        QFile file(m_folder.filePath(QStringLiteral("telltale.ini")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write("[receive]\notlp_http = 127.0.0.1:0\notlp_grpc = 127.0.0.1:0\nstatsd = 127.0.0.1:0\n" + more);
        file.close();
        settings = std::make_unique<WindowSettings>(file.fileName().toStdString());
        CollectorOptions options;
        options.cache = m_folder.filePath(QStringLiteral("cache.db")).toStdString();
        receiver = std::make_unique<CollectorReceiver>(settings->receiverOptions(std::move(options)));
        settings->setReceiver(receiver.get());
        QObject::connect(settings.get(), &WindowSettings::tokenKnown, receiver.get(),
                         [this] { receiver->restartWith(settings->receiverOptions(receiver->options())); });
    }
    bool start()
    {
        settings->readToken();
        return listens();
    }
    bool listens() const
    {
        for (int i = 0; i < 2'000 && receiver->status().state != ReceiverStatus::State::Listening; ++i)
            QTest::qWait(5);
        return receiver->status().state == ReceiverStatus::State::Listening;
    }
    DoorRow door(const std::string &id) const
    {
        for (const DoorRow &row : settings->doors()) {
            if (row.id == id)
                return row;
        }
        return {};
    }
    /// What a test of this door says; empty on success.
    QString test(const QString &id) const
    {
        QSignalSpy spy(settings.get(), &SourceControl::tested);
        settings->test(id);
        for (int i = 0; i < 2'000 && spy.isEmpty(); ++i)
            QTest::qWait(5);
        if (spy.isEmpty())
            return QStringLiteral("no answer");
        return spy[0][1].toBool() ? QString() : spy[0][2].toString();
    }
    void change(const std::function<void(Settings &)> &how) const
    {
        Settings wanted = settings->settings();
        how(wanted);
        settings->change(wanted);
    }
    QByteArray file() const
    {
        QFile text(m_folder.filePath(QStringLiteral("telltale.ini")));
        return text.open(QIODevice::ReadOnly) ? text.readAll() : QByteArray();
    }
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;

public:
    std::unique_ptr<WindowSettings> settings;
    std::unique_ptr<CollectorReceiver> receiver;
};

} // namespace telltale::test
