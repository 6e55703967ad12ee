// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/sourceforms.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;

namespace telltale {

class PlainLabel;

/// "mqtt " and the name of a broker: its door.
extern const QString kBrokerDoor;
/// nullptr: there is none.
const BrokerSetting *brokerOf(const Settings &settings, const QString &door);
/// What a crash loses of what comes at this quality of service, a sentence.
QString qosPromise(int qos);
/// What a crash loses of what this broker sends, and what it does not: whole sentences.
QString brokerPromise(const BrokerSetting &broker);

/// Fields of an MQTT broker. Its password is handed over for the keychain, never to the settings.
class BrokerForm final : public SourceForm
{
    Q_OBJECT

public:
    BrokerForm(const Settings &settings, const QString &door);

    QString problem() const override;
    void apply(Settings &settings) const override;
    std::optional<FormSecret> secret() const override;
    void setSecretPlace(TokenPlace place) override { m_broker.password = place; }

private:
    std::vector<TopicSetting> topics() const;
    BrokerSetting typed() const;
    void showPromise();
    void chooseFile(QLineEdit *field, const QString &title, const QString &filter);

    QString m_door;
    BrokerSetting m_broker; ///< as it was
    std::vector<BrokerSetting> m_others;
    QLineEdit *m_name, *m_host, *m_port, *m_certificates, *m_user, *m_password, *m_client, *m_mapping;
    QCheckBox *m_isEncrypted, *m_isKept;
    QPlainTextEdit *m_topics;
    QWidget *m_certificateBox;
    PlainLabel *m_promise;
};

SourceKind brokerKind();

} // namespace telltale
