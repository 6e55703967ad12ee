// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/countermodel.h"
#include "widgets/pages/page.h"
#include "widgets/pages/sourcecontrol.h"

#include <map>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace telltale {

class MappingRules;
class PlainLabel;
class SegmentedControl;

/// Everything a person can set, applied at once and remembered in a plain file.
class SettingsPage final : public Page
{
    Q_OBJECT

public:
    /// `control` may be null: then only the look can be set, for this time.
    SettingsPage(const PageContext &context, SourceControl *control, QWidget *parent = nullptr);

    /// Names of the sections, for the palette.
    QStringList sections() const;
    void openSection(const QString &name);

    SegmentedControl *scheme() const { return m_scheme; }
    QComboBox *textSize() const { return m_textSize; }
    QComboBox *keepAge() const { return m_keepAge; }
    QComboBox *keepSize() const { return m_keepSize; }
    QCheckBox *identities() const { return m_identities; }
    QComboBox *heatmap() const { return m_heatmap; }
    QCheckBox *singleKeys() const { return m_singleKeys; }
    QCheckBox *trayBox() const { return m_tray; }
    QPushButton *removeButton() const { return m_removeNow; }
    QString keepQuestion() const;
    MappingRules *mapping() const { return m_mapping; }

Q_SIGNALS:
    void alertsRequested();
    void shortcutsRequested();
    void aboutRequested();

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QVBoxLayout *addCard(const QString &title, const QString &subtitle);
    void makeReceiving();
    void makeKeeping();
    void makePrivacy();
    void makeLook();
    void makeLanguage();
    void makeAlerts();
    void makeKeyboard();
    void makeMapping();
    void placeCards();
    void showSettings();
    void change(const std::function<void(Settings &)> &change);
    void chooseKeep();
    void applyKeep();
    void setToken(TokenPlace place);

    SourceControl *m_control;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_body = nullptr;
    QGridLayout *m_grid = nullptr;
    std::vector<Card *> m_cards;
    bool m_isShowing = false; ///< fields are being filled, nobody chose anything

    PlainLabel *m_receivers = nullptr, *m_token = nullptr, *m_tokenAnswer = nullptr;
    QPushButton *m_makeToken = nullptr, *m_copyToken = nullptr, *m_dropToken = nullptr, *m_tokenFile = nullptr;
    QComboBox *m_keepAge = nullptr, *m_keepSize = nullptr, *m_textSize = nullptr, *m_language = nullptr;
    PlainLabel *m_kept = nullptr, *m_keepQuestion = nullptr, *m_redacted = nullptr, *m_file = nullptr;
    QPushButton *m_removeNow = nullptr, *m_keepThem = nullptr;
    SegmentedControl *m_scheme = nullptr, *m_contrast = nullptr, *m_motion = nullptr;
    QCheckBox *m_singleKeys = nullptr;
    QCheckBox *m_identities = nullptr;
    QComboBox *m_heatmap = nullptr;
    QCheckBox *m_tray = nullptr;
    PlainLabel *m_noTray = nullptr;
    MappingRules *m_mapping = nullptr;
};

} // namespace telltale
