// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QVBoxLayout;

namespace telltale {

/// One line of a stack as a person reads it.
struct ShownFrame
{
    QString function; ///< "RouteRecorder.onLocation"
    QString place;    ///< "RouteRecorder.kt:214", may be empty
    QString module;  ///< what a folded frame belongs to: "android.os"
    bool isInApp = true;
};

/// The frames of a stack text, top first; empty when it is in no form we know. Pure.
std::vector<ShownFrame> shownFrames(const std::string &stack);

/// A stack with the app's own frames open and each run of system frames folded into one line, "5 system
/// frames", that opens. A text in no known form is shown as it is.
class StackView final : public QWidget
{
    Q_OBJECT

public:
    explicit StackView(QWidget *parent = nullptr);
    void setStack(const std::string &stack);

private:
    void addFrame(const ShownFrame &frame, bool isFirst);
    void addFold(std::vector<ShownFrame> frames);

    std::string m_stack;
    QVBoxLayout *m_layout;
};

} // namespace telltale
