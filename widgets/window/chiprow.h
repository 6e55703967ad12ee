// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QToolButton;

namespace telltale {

class FilterChip;

/// The filter's terms as chips; those that do not fit fold into "+ 2".
class ChipRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ChipRow(QWidget *parent = nullptr);
    void setTerms(const QStringList &terms);
    /// One a term: why the view that is shown can not honour it; empty where it does.
    void setReasons(const QStringList &reasons);
    const QList<FilterChip *> &chips() const { return m_chips; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested(int term);
    void editRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();
    void showReasons();

    QStringList m_terms, m_reasons;
    QList<FilterChip *> m_chips;
    QToolButton *m_more;
};

} // namespace telltale
