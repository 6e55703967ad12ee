// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <QWidget>

#include <vector>

namespace telltale {

/// A row of joined buttons, one of them chosen: tabs of a view, a small choice. Arrow keys move, Home and End jump. Accessible as a page tab
/// list. A segment may carry a count: "Unresolved 23".
class SegmentedControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    int addSegment(const QString &text, const QVariant &data = {});
    void clear();
    int count() const { return int(m_segments.size()); }
    void setText(int index, const QString &text);
    QString text(int index) const;
    /// A number after the text; below 0 none.
    void setCountAt(int index, qint64 count);
    /// −1: none is shown.
    qint64 countAt(int index) const { return m_segments[std::size_t(index)].count; }
    void setSegmentEnabled(int index, bool enabled);
    QVariant data(int index) const;
    int currentIndex() const { return m_current; }
    QVariant currentData() const { return data(m_current); }
    int indexOfData(const QVariant &data) const;
    QRect segmentRect(int index) const; ///< in widget coordinates, already mirrored

    QSize sizeHint() const override;
    /// Narrower than its words it elides them; tooltips say them in full.
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setCurrentIndex(int index);

Q_SIGNALS:
    /// Whoever changed it.
    void currentChanged(int index);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Segment
    {
        QString text;
        qint64 count = -1;
        QVariant data;
        bool isEnabled = true;
    };
    QString shownText(const Segment &segment) const;
    int widthOf(const Segment &segment) const;
    std::vector<int> widths() const; ///< as shown
    int shownWidth() const;
    int segmentAt(const QPoint &position) const;
    void step(int direction);

    std::vector<Segment> m_segments;
    int m_current = -1;
    int m_hovered = -1;
    bool m_isKeyboardFocus = false;
};

} // namespace telltale
