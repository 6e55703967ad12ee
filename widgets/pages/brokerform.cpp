// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/brokerform.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/formfields.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

const QString kBrokerDoor = QStringLiteral("mqtt ");

namespace {

constexpr int kPlainPort = 1883, kEncryptedPort = 8883;
constexpr qsizetype kLongestClient = 64;

std::vector<BrokerSetting>::iterator brokerIn(Settings &settings, const QString &door)
{
    const std::string name = door.mid(kBrokerDoor.size()).toStdString();
    return std::find_if(settings.brokers.begin(), settings.brokers.end(), [&](const BrokerSetting &broker) { return broker.name == name; });
}

/// + and # stand for whole levels, # for the last ones.
bool isFilter(const QString &filter)
{
    const QStringList levels = filter.split(u'/');
    for (qsizetype i = 0; i < levels.size(); ++i) {
        const QString &level = levels[i];
        if (level.contains(u'+') && level != u"+")
            return false;
        if (level.contains(u'#') && (level != u"#" || i + 1 < levels.size()))
            return false;
    }
    return !filter.isEmpty();
}

/// "plant/# 0"
TopicSetting topicOf(const QString &line)
{
    TopicSetting topic;
    QString filter = line.trimmed();
    if (filter.endsWith(QStringLiteral(" 0")) || filter.endsWith(QStringLiteral(" 1"))) {
        topic.qos = filter.endsWith(u'0') ? 0 : 1;
        filter = filter.chopped(2).trimmed();
    }
    topic.filter = filter.toStdString();
    return topic;
}

QString textOf(const std::vector<TopicSetting> &topics)
{
    QStringList lines;
    for (const TopicSetting &topic : topics)
        lines.append(QString::fromStdString(topic.filter) + (topic.qos == 0 ? QStringLiteral(" 0") : QStringLiteral(" 1")));
    return lines.join(u'\n');
}

} // namespace

const BrokerSetting *brokerOf(const Settings &settings, const QString &door)
{
    const std::string name = door.mid(kBrokerDoor.size()).toStdString();
    for (const BrokerSetting &broker : settings.brokers) {
        if (door.startsWith(kBrokerDoor) && broker.name == name)
            return &broker;
    }
    return nullptr;
}

QString qosPromise(int qos)
{
    return qos == 0 ? BrokerForm::tr("Topics at 0: the broker never sends a message again. What it sends while Telltale is away, or what a crash catches "
                                     "before it is stored, is lost.")
                    : BrokerForm::tr("Topics at 1: a message is acknowledged only after it is stored, so a crash or a full disk loses none.");
}

QString brokerPromise(const BrokerSetting &broker)
{
    const auto has = [&](int qos) {
        return std::any_of(broker.topics.begin(), broker.topics.end(), [qos](const TopicSetting &topic) { return topic.qos == qos; });
    };
    QStringList paragraphs;
    if (has(1)) {
        paragraphs.append(qosPromise(1) + u' ' + (broker.isSessionKept ? BrokerForm::tr("While Telltale is away the broker keeps them, as many as it is set to.")
                                              : BrokerForm::tr("While Telltale is away the broker keeps nothing for it: what comes then is lost.")));
    }
    if (has(0))
        paragraphs.append(qosPromise(0));
    return paragraphs.join(u'\n');
}

BrokerForm::BrokerForm(const Settings &settings, const QString &door)
    : m_door(door)
{
    if (const BrokerSetting *known = brokerOf(settings, door))
        m_broker = *known;
    for (const BrokerSetting &other : settings.brokers) {
        if (other.name != m_broker.name)
            m_others.push_back(other);
    }
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    QVBoxLayout *layout = formfields::makeLayout(this);
    m_name = formfields::addText(layout, tr("Name"), text(m_broker.name), this);
    m_host = formfields::addText(layout, tr("Address of the broker"), text(m_broker.host), this);
    m_port = formfields::addText(layout, tr("Port"), QString::number(m_broker.port), this);
    m_isEncrypted = formfields::addCheck(layout, tr("Encrypted (TLS)"), m_broker.isEncrypted, this);
    m_certificateBox = new QWidget;
    auto *certificates = new QVBoxLayout(m_certificateBox);
    certificates->setContentsMargins(0, 0, 0, 0);
    certificates->setSpacing(4);
    auto *chooseCertificates = makeButton(tr("Choose…"));
    chooseCertificates->setAccessibleName(tr("Choose the file of authorities"));
    m_certificates = formfields::addTextWithButton(certificates, tr("File of its authorities, empty for the system's"), text(m_broker.certificates),
                                                   chooseCertificates, this);
    layout->addWidget(m_certificateBox);
    m_user = formfields::addText(layout, tr("User, empty for none"), text(m_broker.user), this);
    m_password = formfields::addText(layout, tr("Password"), {}, this);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(m_broker.password == TokenPlace::Keychain ? tr("kept in the keychain")
                                   : m_broker.password == TokenPlace::File   ? tr("kept in a file")
                                                                             : tr("none"));
    m_topics = formfields::addLines(layout, tr("Topics, one a line, with 1 or 0 behind it: how often it is delivered"), textOf(m_broker.topics), 3, this);
    m_topics->setToolTip(tr("plant/+/climate 1: + stands for one level, # for all at the end."));
    m_isKept = formfields::addCheck(layout, tr("The broker keeps our session"), m_broker.isSessionKept, this);
    m_promise = formfields::addNote(layout);
    m_client = formfields::addText(layout, tr("Name of our session, empty for one of our own"), text(m_broker.client), this);
    auto *chooseMapping = makeButton(tr("Choose…"));
    chooseMapping->setAccessibleName(tr("Choose the file of the mapping"));
    m_mapping = formfields::addTextWithButton(layout, tr("File that says what messages are, empty for the usual"), text(m_broker.mapping), chooseMapping, this);

    connect(chooseCertificates, &QPushButton::clicked, this,
            [this] { chooseFile(m_certificates, tr("Authorities of the broker"), tr("Certificates (*.pem *.crt)")); });
    connect(chooseMapping, &QPushButton::clicked, this, [this] { chooseFile(m_mapping, tr("Mapping of messages"), tr("JSON (*.json)")); });
    connect(m_isEncrypted, &QCheckBox::toggled, this, [this](bool isOn) {
        m_certificateBox->setVisible(isOn);
        const int other = isOn ? kPlainPort : kEncryptedPort;
        if (m_port->text().toInt() == other) // nobody chose another
            m_port->setText(QString::number(isOn ? kEncryptedPort : kPlainPort));
    });
    m_certificateBox->setVisible(m_broker.isEncrypted);
    connect(this, &SourceForm::edited, this, &BrokerForm::showPromise);
    showPromise();
}

void BrokerForm::chooseFile(QLineEdit *field, const QString &title, const QString &filter)
{
    auto *dialog = new QFileDialog(this, title, field->text(), filter + QStringLiteral(";;") + tr("All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

std::vector<TopicSetting> BrokerForm::topics() const
{
    std::vector<TopicSetting> topics;
    for (const QString &line : m_topics->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            topics.push_back(topicOf(line));
    }
    return topics;
}

BrokerSetting BrokerForm::typed() const
{
    BrokerSetting broker = m_broker;
    const auto text = [](const QLineEdit *field) { return field->text().trimmed().toStdString(); };
    broker.name = text(m_name);
    broker.host = text(m_host);
    broker.port = static_cast<std::uint16_t>(m_port->text().toInt());
    broker.isEncrypted = m_isEncrypted->isChecked();
    broker.certificates = broker.isEncrypted ? text(m_certificates) : std::string();
    broker.user = text(m_user);
    if (broker.user.empty())
        broker.password = TokenPlace::None;
    broker.client = text(m_client);
    broker.topics = topics();
    broker.isSessionKept = m_isKept->isChecked();
    broker.mapping = text(m_mapping);
    return broker;
}

void BrokerForm::showPromise()
{
    m_promise->setText(brokerPromise(typed()));
}

QString BrokerForm::problem() const
{
    const BrokerSetting broker = typed();
    if (broker.name.empty() || broker.name.find(']') != std::string::npos)
        return tr("It needs a name, without a square bracket.");
    const auto isSame = [&](const BrokerSetting &other) { return other.name == broker.name; };
    if (std::any_of(m_others.begin(), m_others.end(), isSame))
        return tr("Another broker has this name.");
    if (m_broker.password != TokenPlace::None && broker.password != TokenPlace::None && broker.name != m_broker.name && m_password->text().isEmpty())
        return tr("The password is kept under the old name. Type it again.");
    if (broker.host.empty() || broker.host.find_first_of(" \t/@[]") != std::string::npos)
        return tr("The address is the name or number of a computer: localhost, broker.example.org, 192.168.1.20.");
    bool isNumber = false;
    const int port = m_port->text().trimmed().toInt(&isNumber);
    if (!isNumber || port < 1 || port > 65'535)
        return tr("A port is a number from 1 to 65535.");
    if (broker.topics.empty())
        return tr("Without a topic nothing comes. # is all there is.");
    for (const TopicSetting &topic : broker.topics) {
        const QString filter = QString::fromStdString(topic.filter);
        if (!isFilter(filter))
            return tr("“%1” is no topic: + stands for a whole level, # for all at the end.").arg(filter);
    }
    if (m_client->text().trimmed().size() > kLongestClient)
        return tr("The name of the session has 64 characters at most.");
    const auto isSameSession = [&](const BrokerSetting &other) {
        return !broker.client.empty() && other.client == broker.client && other.host == broker.host && other.port == broker.port;
    };
    if (std::any_of(m_others.begin(), m_others.end(), isSameSession))
        return tr("Another source has a session of this name at this broker; both would push each other out.");
    if (!broker.mapping.empty() && !broker.mapping.starts_with('/'))
        return tr("The file of the mapping is a path from the root.");
    return {};
}

void BrokerForm::apply(Settings &settings) const
{
    const auto known = brokerIn(settings, m_door);
    if (!m_door.isEmpty() && known != settings.brokers.end())
        *known = typed();
    else
        settings.brokers.push_back(typed());
}

std::optional<FormSecret> BrokerForm::secret() const
{
    const QString password = m_password->text();
    const BrokerSetting broker = typed();
    if (password.isEmpty() || broker.user.empty())
        return std::nullopt;
    return FormSecret{QString::fromStdString(broker.name), password};
}

SourceKind brokerKind()
{
    SourceKind kind;
    kind.name = BrokerForm::tr("MQTT broker");
    kind.sentence = BrokerForm::tr("Sensors and devices by a broker that is there already.");
    kind.makeForm = [](const Settings &settings, const QString &door) { return new BrokerForm(settings, door); };
    kind.owns = [](const QString &door) { return door.startsWith(kBrokerDoor); };
    kind.canAdd = [](const Settings &) { return true; };
    kind.setPaused = [](Settings &settings, const QString &door, bool isPaused) {
        if (const auto known = brokerIn(settings, door); known != settings.brokers.end())
            known->isPaused = isPaused;
    };
    kind.remove = [](Settings &settings, const QString &door) {
        if (const auto known = brokerIn(settings, door); known != settings.brokers.end())
            settings.brokers.erase(known);
    };
    kind.promise = [](const Settings &settings, const QString &door) {
        const BrokerSetting *broker = brokerOf(settings, door);
        return broker ? brokerPromise(*broker) : QString();
    };
    kind.pauseSentence = BrokerForm::tr("While it is paused we are not connected. What the broker keeps for our session comes afterwards.");
    kind.isReceiver = false;
    kind.hasMapping = true;
    return kind;
}

} // namespace telltale
