// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/firsteventmodel.h"
#include "widgets/pages/page.h"

class QButtonGroup;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace telltale {

class CodeView;
class Lamp;
class PlainLabel;
class SegmentedControl;

/// The first page a person sees: what their app speaks, what to put into it, and the lamp that turns green on
/// the first event.
class ConnectPage final : public Page
{
    Q_OBJECT

public:
    explicit ConnectPage(const PageContext &context, QWidget *parent = nullptr);

    Lamp *lamp() const { return m_lamp; }
    QPushButton *testButton() const { return m_test; }
    QPushButton *openButton() const { return m_open; }
    /// An event was accepted since the page was opened.
    bool hasFirstEvent() const { return m_hasEvent; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    class Check;
    enum Way { OpenTelemetry, OtherSdk, Example };

    QWidget *makeChoice();
    QWidget *makeWaiting();
    QWidget *makeFirstEvents();
    void showSnippet();
    void updateChecks();
    void updateLamp();
    void askFirstEvents();

    QButtonGroup *m_ways = nullptr;
    SegmentedControl *m_languages = nullptr;
    SegmentedControl *m_sdks = nullptr;
    CodeView *m_code = nullptr;
    PlainLabel *m_note = nullptr;
    PlainLabel *m_copied = nullptr;
    Lamp *m_lamp = nullptr;
    PlainLabel *m_heading = nullptr;
    PlainLabel *m_word = nullptr;
    PlainLabel *m_sentence = nullptr;
    Check *m_port = nullptr;
    Check *m_connection = nullptr;
    Check *m_rejected = nullptr;
    QVBoxLayout *m_origins = nullptr;
    QStringList m_shownOrigins;
    QPushButton *m_test = nullptr;
    QPushButton *m_open = nullptr;
    PlainLabel *m_testAnswer = nullptr;
    QTableView *m_table = nullptr;
    Panel *m_waitingPanel = nullptr;
    Panel *m_eventPanel = nullptr;
    FirstEventModel m_events;
    QTimer m_tick;
    Instant m_opened;
    std::optional<std::uint64_t> m_watermark; ///< records in the cache when the page was opened
    bool m_hasEvent = false;
};

} // namespace telltale
