// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/settings.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace telltale {

/// What a form holds that must not stand in the settings.
struct FormSecret
{
    QString broker; ///< whose password it is
    QString text;
};

/// Fields for one thing that telemetry comes in through.
class SourceForm : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// Why it can not be taken over yet, one sentence; empty: it can.
    virtual QString problem() const = 0;
    virtual void apply(Settings &settings) const = 0;
    /// Other machines could send then, so that a token is needed.
    virtual bool isOnNetwork() const { return false; }
    /// What is to be kept before apply(); nothing: as it was.
    virtual std::optional<FormSecret> secret() const { return {}; }
    /// Where it is kept now.
    virtual void setSecretPlace(TokenPlace) {}

Q_SIGNALS:
    void edited();
};

/// A kind of door: how it is called, how it is added and edited, paused and taken away. Whoever brings another kind adds one to
/// sourceKinds(); pages know no more of it than this.
struct SourceKind
{
    QString name;     ///< "OTLP over HTTP", "Prometheus target"
    QString sentence; ///< what it is for
    /// Fields filled for this door; for a new one when `door` is empty.
    std::function<SourceForm *(const Settings &settings, const QString &door)> makeForm;
    std::function<bool(const QString &door)> owns;
    /// There may be one more.
    std::function<bool(const Settings &settings)> canAdd;
    std::function<void(Settings &settings, const QString &door, bool isPaused)> setPaused;
    std::function<void(Settings &settings, const QString &door)> remove;
    QString pauseSentence; ///< what a pause means for who sends
    /// What can be lost and what can not, whole sentences; may be unset.
    std::function<QString(const Settings &settings, const QString &door)> promise{};
    bool isReceiver = true;  ///< false: it is us who ask or look
    bool isAsked = false;    ///< it answers requests of ours
    bool hasMapping = false; ///< what its messages become is edited with a preview
};

const std::vector<SourceKind> &sourceKinds();
/// nullptr: of a kind that nobody here knows.
const SourceKind *kindOf(const QString &door);

} // namespace telltale
