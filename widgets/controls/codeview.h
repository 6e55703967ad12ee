// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QToolButton;

namespace telltale {

/// Monospace text to read and copy: snippets, stacks, raw events. Always plain, always left to right, with a copy button.
/// Optionally numbers lines and marks one of them. At most 1 MiB is shown, the cut is named in the last line; copying copies all of it.
class CodeView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);
    void setCode(const QString &code);
    QString code() const { return m_code; }
    /// `first` is the number of the first line; 0: no numbers.
    void setFirstLineNumber(int first);
    /// A line by its number is drawn on the error ground; 0: none.
    void setMarkedLine(int number);
    /// As high as its lines, up to `lines` of them.
    void setVisibleLines(int lines);
    /// Lines that start with this are comments and grey; empty: none.
    void setCommentPrefix(const QString &prefix);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void copyAll();

Q_SIGNALS:
    void copied();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    int numbersWidth() const;
    void paintPanel();

    QString m_code;
    QString m_commentPrefix;
    int m_firstLine = 0;
    int m_markedLine = 0;
    int m_visibleLines = 0;
    QToolButton *m_copy;
};

} // namespace telltale
