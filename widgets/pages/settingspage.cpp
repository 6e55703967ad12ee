// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settingspage.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/mappingrules.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGuiApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSystemTrayIcon>
#include <QVBoxLayout>

namespace telltale {

namespace {

constexpr int kAboutData = 3;    ///< cards that are: they make the first column, those about the window the second
constexpr int kTwoColumns = 760; ///< of the page, from which cards stand in two columns
constexpr qint64 kDay = 86'400'000'000'000;
constexpr qint64 kAutomatic = -1; ///< the size that a person did not choose

/// A label and what it is for, in one row.
QHBoxLayout *addRow(QVBoxLayout *layout, const QString &name, QWidget *field)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    auto *label = new PlainLabel(name);
    row->addWidget(label, 1);
    field->setAccessibleName(name);
    row->addWidget(field);
    layout->addLayout(row);
    return row;
}

PlainLabel *addNote(QVBoxLayout *layout, const QString &text = {})
{
    auto *note = new PlainLabel(text, FontRole::Secondary, Ink::Text2);
    note->setWordWrap(true);
    layout->addWidget(note);
    return note;
}

void choose(QComboBox *box, qint64 value, const QString &text)
{
    int index = box->findData(value);
    if (index < 0) { // from the file, by hand
        box->addItem(text, value);
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

/// Says it, or takes no room.
void say(PlainLabel *label, const QString &sentence, Ink ink = Ink::Text2)
{
    label->setInk(ink);
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
}

struct Beyond
{
    std::uint64_t records = 0;
    std::optional<Instant> oldest;
};

} // namespace

SettingsPage::SettingsPage(const PageContext &context, SourceControl *control, QWidget *parent)
    : Page(context, parent)
    , m_control(control)
{
    m_body = new QWidget;
    m_grid = new QGridLayout(m_body);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(size::kCardGap);
    makeReceiving();
    makeKeeping();
    makePrivacy();
    makeLook();
    makeLanguage();
    makeAlerts();
    makeKeyboard();
    makeMapping();
    m_scroll = new QScrollArea;
    m_scroll->setAccessibleName(tr("Settings"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(m_body);
    m_body->setAutoFillBackground(false); // a scroll area turns it on
    m_file = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_file->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_file);
    placeCards();
    connect(&live(), &LiveStatus::changed, this, [this] {
        if (isActive())
            showSettings();
    });
    if (m_control)
        connect(m_control, &SourceControl::changed, this, &SettingsPage::showSettings);
    showSettings();
}

QVBoxLayout *SettingsPage::addCard(const QString &title, const QString &subtitle)
{
    auto *card = new Card(title, subtitle, m_body);
    card->setAccessibleName(title);
    card->content()->setSpacing(10);
    m_cards.push_back(card);
    return card->content();
}

void SettingsPage::makeReceiving()
{
    QVBoxLayout *layout = addCard(tr("Sources and ports"), tr("where telemetry comes in"));
    m_receivers = addNote(layout);
    auto *open = makeButton(tr("Open Sources"));
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT viewRequested(QStringLiteral("sources"), {}); });
    layout->addWidget(open, 0, Qt::AlignLeft);
    layout->addSpacing(4);
    m_token = addNote(layout);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_makeToken = makeButton(IconId::Key, tr("Ask for a token"));
    m_copyToken = makeButton(IconId::Copy, tr("Copy token"));
    m_dropToken = makeButton(tr("No token"), ButtonKind::Danger);
    m_tokenFile = makeButton(tr("Keep it in a file"));
    for (QPushButton *button : {m_makeToken, m_copyToken, m_dropToken, m_tokenFile})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    m_tokenAnswer = addNote(layout);
    m_tokenAnswer->hide();
    m_tokenFile->hide();
    connect(m_makeToken, &QPushButton::clicked, this, [this] { setToken(TokenPlace::Keychain); });
    connect(m_tokenFile, &QPushButton::clicked, this, [this] { setToken(TokenPlace::File); });
    connect(m_dropToken, &QPushButton::clicked, this, [this] { setToken(TokenPlace::None); });
    connect(m_copyToken, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_control->token());
        say(m_tokenAnswer, tr("Copied. Senders show it as Authorization: Bearer, or as x-api-key."));
    });
}

void SettingsPage::setToken(TokenPlace place)
{
    m_tokenFile->hide();
    say(m_tokenAnswer, {});
    m_control->setToken(place == TokenPlace::None ? QString() : m_control->newToken(), place, [this, place](const Result<void> &kept) {
        showSettings();
        if (kept) {
            say(m_tokenAnswer, place == TokenPlace::None ? tr("Nobody needs a token any more.") : tr("Every sender must show the token from now on."));
            return;
        }
        const bool mayBeFile = place == TokenPlace::Keychain;
        say(m_tokenAnswer,
            mayBeFile ? tr("%1 The token can be kept in a file instead that only you can read.").arg(itemtext::text(kept.error().message))
                      : itemtext::text(kept.error().message),
            Ink::Bad);
        m_tokenFile->setVisible(mayBeFile);
    });
}

void SettingsPage::makeKeeping()
{
    QVBoxLayout *layout = addCard(tr("How much is kept"), tr("the oldest go first"));
    m_kept = addNote(layout);
    m_keepAge = new QComboBox;
    m_keepAge->addItem(tr("However old"), qint64(0));
    for (const int days : {7, 28, 90, 365})
        m_keepAge->addItem(tr("%n days", nullptr, days), days * kDay);
    addRow(layout, tr("Keep records for"), m_keepAge);
    m_keepSize = new QComboBox;
    m_keepSize->addItem(tr("Automatic"), kAutomatic);
    for (const int gigabytes : {1, 5, 10, 50, 200})
        m_keepSize->addItem(tr("%1 GB").arg(QLocale().toString(gigabytes)), gigabytes * qint64(1'000'000'000));
    m_keepSize->addItem(tr("However large"), qint64(0));
    m_keepSize->setToolTip(tr("Automatic is 10 GB, or a fifth of the room on the disk when that is less."));
    addRow(layout, tr("Size of the cache"), m_keepSize);
    m_keepQuestion = addNote(layout);
    m_keepQuestion->hide();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_removeNow = makeButton(tr("Remove them"), ButtonKind::Danger);
    m_keepThem = makeButton(tr("Keep them"));
    buttons->addWidget(m_removeNow);
    buttons->addWidget(m_keepThem);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    m_removeNow->hide();
    m_keepThem->hide();
    connect(m_keepAge, &QComboBox::activated, this, &SettingsPage::chooseKeep);
    connect(m_keepSize, &QComboBox::activated, this, &SettingsPage::chooseKeep);
    connect(m_removeNow, &QPushButton::clicked, this, &SettingsPage::applyKeep);
    connect(m_keepThem, &QPushButton::clicked, this, [this] {
        m_removeNow->hide();
        m_keepThem->hide();
        say(m_keepQuestion, {});
        showSettings();
    });
}

/// Removing is the one thing that can not be taken back, so it is the one that asks first.
void SettingsPage::chooseKeep()
{
    const qint64 age = m_keepAge->currentData().toLongLong();
    const qint64 size = m_keepSize->currentData().toLongLong();
    const std::uint64_t bytes = live().summary() ? live().summary()->bytes : 0;
    Scope scope;
    scope.zone = state().zone();
    scope.now = state().wallNow();
    if (age > 0)
        scope.range.to = scope.now - std::chrono::nanoseconds(age);
    ask<Beyond>(
        QStringLiteral("settings.beyond"), nullptr,
        [scope, age](Engine &engine, std::stop_token stop) -> Result<Beyond> {
            Beyond beyond;
            const auto summary = engine.summary(stop);
            if (summary)
                beyond.oldest = summary->value.oldest;
            if (age == 0)
                return beyond;
            const auto totals = engine.totals(scope, stop);
            if (!totals)
                return tl::unexpected(totals.error());
            const Totals &all = totals->value;
            beyond.records = all.usageEvents + all.screenViews + all.errors + all.spans + all.logs + all.metricPoints;
            return beyond;
        },
        [this, size, bytes](const Beyond &beyond) {
            const bool isTooLarge = size > 0 && bytes > static_cast<std::uint64_t>(size);
            if (beyond.records == 0 && !isTooLarge)
                return applyKeep();
            const QString since = beyond.oldest ? formatter().date(*beyond.oldest) : QString();
            QString question;
            if (beyond.records > 0)
                question = tr("%1 records go, the oldest of %2.").arg(itemtext::count(beyond.records), since);
            if (isTooLarge)
                question += (question.isEmpty() ? QString() : QStringLiteral(" ")) +
                            tr("The oldest %1 go, from %2 on.").arg(formatter().bytes(static_cast<double>(bytes - static_cast<std::uint64_t>(size))), since);
            say(m_keepQuestion, question + u' ' + tr("This can not be undone."), Ink::Bad);
            m_removeNow->show();
            m_keepThem->show();
            m_keepThem->setFocus(Qt::OtherFocusReason);
        });
}

void SettingsPage::applyKeep()
{
    m_removeNow->hide();
    m_keepThem->hide();
    say(m_keepQuestion, {});
    const qint64 age = m_keepAge->currentData().toLongLong();
    const qint64 size = m_keepSize->currentData().toLongLong();
    change([age, size](Settings &settings) {
        settings.keepAge = age > 0 ? std::optional(std::chrono::nanoseconds(age)) : std::nullopt;
        settings.keepSize = size == kAutomatic ? std::nullopt : std::optional(static_cast<std::uint64_t>(size));
    });
}

QString SettingsPage::keepQuestion() const
{
    return m_keepQuestion->text();
}

void SettingsPage::makePrivacy()
{
    QVBoxLayout *layout = addCard(tr("Privacy"), tr("before anything is stored"));
    addNote(layout, tr("Passwords, tokens, keys and cookies are taken out by the name of their field; e-mail addresses, card numbers and keys by "
                       "their shape. User names that hold one become pseudonyms. Nothing is sent anywhere."));
    m_redacted = addNote(layout);
    m_identities = new QCheckBox(tr("Show identity: whole ids of users and sessions"));
    layout->addWidget(m_identities);
    addNote(layout, tr("Without it, six characters tell them apart. What is exported or reported leaves them out either way, unless it is ticked there."));
    connect(m_identities, &QCheckBox::clicked, this, [this](bool isOn) { change([isOn](Settings &s) { s.showsIdentities = isOn; }); });
}

void SettingsPage::makeLook()
{
    QVBoxLayout *layout = addCard(tr("Appearance"), {});
    const auto segments = [](std::initializer_list<QString> words) {
        auto *control = new SegmentedControl;
        for (const QString &word : words)
            control->addSegment(word);
        return control;
    };
    m_scheme = segments({tr("System"), tr("Light"), tr("Dark")});
    m_contrast = segments({tr("System"), tr("High"), tr("Normal")});
    m_motion = segments({tr("System"), tr("Reduced"), tr("Full")});
    addRow(layout, tr("Theme"), m_scheme);
    addRow(layout, tr("Contrast"), m_contrast);
    addRow(layout, tr("Motion"), m_motion);
    m_textSize = new QComboBox;
    for (const int percent : {100, 110, 125, 150, 175, 200})
        m_textSize->addItem(tr("%1 %").arg(QLocale().toString(percent)), qint64(percent));
    addRow(layout, tr("Text size"), m_textSize);
    m_heatmap = new QComboBox;
    for (const QString &name : {tr("Telltale's"), QStringLiteral("Viridis"), QStringLiteral("Cividis"), tr("Grey")})
        m_heatmap->addItem(name);
    addRow(layout, tr("Heatmaps"), m_heatmap);
    connect(m_heatmap, &QComboBox::activated, this, [this](int index) { change([index](Settings &s) { s.heatPalette = static_cast<Settings::HeatPalette>(index); }); });
    connect(m_scheme, &SegmentedControl::currentChanged, this, [this](int index) { change([index](Settings &s) { s.scheme = static_cast<Settings::Scheme>(index); }); });
    connect(m_contrast, &SegmentedControl::currentChanged, this, [this](int index) { change([index](Settings &s) { s.highContrast = static_cast<Settings::Tri>(index); }); });
    connect(m_motion, &SegmentedControl::currentChanged, this, [this](int index) { change([index](Settings &s) { s.reducedMotion = static_cast<Settings::Tri>(index); }); });
    connect(m_textSize, &QComboBox::activated, this, [this] {
        const int percent = m_textSize->currentData().toInt();
        change([percent](Settings &s) { s.textPercent = percent; });
    });
}

void SettingsPage::makeLanguage()
{
    QVBoxLayout *layout = addCard(tr("Language"), tr("from the next start on"));
    m_language = new QComboBox;
    m_language->addItem(tr("The system's"), QStringLiteral("system"));
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    addRow(layout, tr("Words and numbers"), m_language);
    connect(m_language, &QComboBox::activated, this, [this] {
        const std::string language = m_language->currentData().toString().toStdString();
        change([&language](Settings &s) { s.language = language; });
    });
}

void SettingsPage::makeAlerts()
{
    QVBoxLayout *layout = addCard(tr("Alerts"), tr("while this window is open"));
    m_tray = new QCheckBox(tr("A lamp in the tray, and notifications"));
    layout->addWidget(m_tray);
    m_noTray = addNote(layout, tr("This desktop has no tray."));
    connect(m_tray, &QCheckBox::clicked, this, [this](bool isOn) { change([isOn](Settings &s) { s.hasTray = isOn; }); });
    auto *alerts = makeButton(IconId::Warning, tr("Alerts…"));
    layout->addWidget(alerts, 0, Qt::AlignLeading);
    connect(alerts, &QPushButton::clicked, this, &SettingsPage::alertsRequested);
}

void SettingsPage::makeKeyboard()
{
    QVBoxLayout *layout = addCard(tr("Keyboard and help"), {});
    m_singleKeys = new QCheckBox(tr("Keys without Ctrl or Alt act: Space, T, C, R…"));
    layout->addWidget(m_singleKeys);
    connect(m_singleKeys, &QCheckBox::clicked, this, [this](bool isOn) { change([isOn](Settings &s) { s.hasSingleKeys = isOn; }); });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *sheet = makeButton(IconId::Keyboard, tr("Keyboard shortcuts"));
    auto *about = makeButton(IconId::Info, tr("About Telltale"));
    buttons->addWidget(sheet);
    buttons->addWidget(about);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connect(sheet, &QPushButton::clicked, this, &SettingsPage::shortcutsRequested);
    connect(about, &QPushButton::clicked, this, &SettingsPage::aboutRequested);
}

/// As wide as the page: it is a table.
void SettingsPage::makeMapping()
{
    QVBoxLayout *layout = addCard(tr("Mapping rules"), tr("what becomes what"));
    m_mapping = new MappingRules(context(), m_control);
    layout->addWidget(m_mapping);
}

void SettingsPage::change(const std::function<void(Settings &)> &change)
{
    if (m_isShowing || !m_control)
        return;
    Settings settings = m_control->settings();
    change(settings);
    m_control->change(settings);
}

void SettingsPage::showSettings()
{
    m_isShowing = true;
    const Settings settings = m_control ? m_control->settings() : Settings();
    const Formatter words = formatter();
    QStringList doors;
    for (const DoorRow &row : m_control ? m_control->doors() : std::vector<DoorRow>())
        doors.append(tr("%1: %2", "receiver: address, state").arg(itemtext::text(row.name), itemtext::text(row.problem.empty() ? row.url : row.problem)));
    m_receivers->setText(doors.isEmpty() ? tr("Nothing is received here.") : doors.join(u'\n'));
    const bool hasToken = m_control && !m_control->token().isEmpty();
    m_token->setText(!hasToken ? tr("Senders on this computer need no token. The network needs one.")
                     : settings.token == TokenPlace::File ? tr("Every sender must show the token. It is kept in a file that only you can read.")
                                                          : tr("Every sender must show the token. It is kept in the system's keychain."));
    m_makeToken->setText(hasToken ? tr("New token") : tr("Ask for a token"));
    m_makeToken->setEnabled(m_control != nullptr);
    m_copyToken->setVisible(hasToken);
    const auto isOpen = [](const EndpointSetting &endpoint) { return endpoint.isOn && endpoint.host != "127.0.0.1" && endpoint.host != "localhost" && endpoint.host != "::1"; };
    m_dropToken->setVisible(hasToken);
    m_dropToken->setEnabled(!isOpen(settings.otlpHttp) && !isOpen(settings.otlpGrpc));
    m_dropToken->setToolTip(m_dropToken->isEnabled() ? QString() : tr("The network can send, and that needs a token."));

    if (const auto &summary = live().summary(); summary && summary->records > 0)
        m_kept->setText(summary->oldest ? tr("The cache takes %1 now: %2 records since %3.").arg(words.bytes(static_cast<double>(summary->bytes)), itemtext::count(summary->records), words.date(*summary->oldest))
                                        : tr("The cache takes %1 now.").arg(words.bytes(static_cast<double>(summary->bytes))));
    else
        m_kept->setText(tr("Nothing is stored yet."));
    if (!m_removeNow->isVisibleTo(this)) {
        const qint64 age = settings.keepAge ? settings.keepAge->count() : 0;
        choose(m_keepAge, age, tr("%1 days").arg(QLocale().toString(static_cast<double>(age) / static_cast<double>(kDay), 'g', 3)));
        const qint64 size = settings.keepSize ? static_cast<qint64>(*settings.keepSize) : kAutomatic;
        choose(m_keepSize, size, words.bytes(static_cast<double>(size)));
    }
    m_scheme->setCurrentIndex(static_cast<int>(settings.scheme));
    m_contrast->setCurrentIndex(static_cast<int>(settings.highContrast));
    m_motion->setCurrentIndex(static_cast<int>(settings.reducedMotion));
    choose(m_textSize, settings.textPercent, tr("%1 %").arg(QLocale().toString(settings.textPercent)));
    const QString language = itemtext::text(settings.language);
    if (m_language->findData(language) < 0)
        m_language->addItem(language, language);
    m_language->setCurrentIndex(m_language->findData(language));
    m_singleKeys->setChecked(settings.hasSingleKeys);
    m_identities->setChecked(settings.showsIdentities);
    m_heatmap->setCurrentIndex(static_cast<int>(settings.heatPalette));
    m_tray->setChecked(settings.hasTray);
    const bool hasTray = QSystemTrayIcon::isSystemTrayAvailable();
    m_tray->setEnabled(hasTray || settings.hasTray); // what is on can be switched off
    m_noTray->setVisible(!hasTray);
    QString file = m_control ? tr("Settings are kept in %1.").arg(m_control->settingsPath()) : tr("Nothing can be kept here.");
    for (const QString &problem : m_control ? m_control->problems() : QStringList())
        file += u'\n' + problem;
    m_file->setInk(m_control && !m_control->problems().isEmpty() ? Ink::Warn : Ink::Text2);
    m_file->setText(file);
    m_isShowing = false;
}

void SettingsPage::refresh()
{
    showSettings();
    m_mapping->readAgain();
    Scope scope;
    scope.zone = state().zone();
    scope.now = state().wallNow();
    ask<std::vector<CounterRow>>(
        QStringLiteral("settings.counters"), nullptr,
        [scope](Engine &engine, std::stop_token stop) -> Result<std::vector<CounterRow>> {
            auto counters = engine.counters(scope, stop);
            if (!counters)
                return tl::unexpected(counters.error());
            return std::move(counters->value);
        },
        [this](const std::vector<CounterRow> &counters) {
            std::map<std::string, std::uint64_t> counts;
            for (const CounterRow &row : counters)
                counts[row.counter] = row.count;
            m_redacted->setText(tr("So far: %1 values by the name of their field, %2 texts by their shape, %3 user names, %4 values that could not be read.")
                                    .arg(itemtext::count(counts["redaction.key"]), itemtext::count(counts["redaction.pattern"]),
                                         itemtext::count(counts["redaction.user"]), itemtext::count(counts["redaction.dropped"])));
        });
}

QStringList SettingsPage::sections() const
{
    QStringList names;
    for (const Card *card : m_cards)
        names.append(card->title());
    return names;
}

void SettingsPage::openSection(const QString &name)
{
    for (Card *card : m_cards) {
        if (card->title() != name)
            continue;
        m_scroll->ensureWidgetVisible(card);
        for (QWidget *child : card->findChildren<QWidget *>()) {
            if (child->focusPolicy() & Qt::TabFocus && child->isVisibleTo(card)) {
                child->setFocus(Qt::OtherFocusReason);
                return;
            }
        }
    }
}

void SettingsPage::placeCards()
{
    const bool isWide = width() >= scaled(kTwoColumns);
    while (m_grid->count() > 0)
        delete m_grid->takeAt(0);
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    int place = 0;
    for (Card *card : m_cards) {
        if (card != m_cards.back())
            (isWide && place++ >= kAboutData ? right : left)->addWidget(card);
    }
    for (QVBoxLayout *column : {left, right}) {
        column->setSpacing(size::kCardGap);
        column->addStretch(1);
    }
    m_grid->addLayout(left, 0, 0);
    m_grid->addLayout(right, 0, 1);
    m_grid->addWidget(m_cards.back(), 1, 0, 1, 2);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, isWide ? 1 : 0);
}

void SettingsPage::resizeEvent(QResizeEvent *event)
{
    const bool wasWide = event->oldSize().width() >= scaled(kTwoColumns);
    Page::resizeEvent(event);
    if (wasWide != (width() >= scaled(kTwoColumns)))
        placeCards();
}

} // namespace telltale
