// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/reportpages.h"

#include <QPixmap>
#include <QWidget>

#include <memory>

namespace telltale {

/// One page of a report as it will be printed, as large as fits. Page Up and Page Down turn it. Its accessible value is the text
/// on the page.
class PagePreview final : public QWidget
{
    Q_OBJECT

public:
    explicit PagePreview(QWidget *parent = nullptr);

    /// Null: nothing yet. Stays on its page where there still is one.
    void setPages(std::shared_ptr<const ReportPages> pages);
    int pageCount() const { return m_pages ? static_cast<int>(m_pages->pages.size()) : 0; }
    int page() const { return m_page; }
    /// The sheet in widget coordinates.
    QRectF sheet() const;
    /// All texts of the page in the order in which they are drawn.
    QString pageText() const;

public Q_SLOTS:
    void setPage(int page);

Q_SIGNALS:
    void pageChanged(int page, int count);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void showChange();

    std::shared_ptr<const ReportPages> m_pages;
    int m_page = 0;
    int m_wheel = 0;
    QPixmap m_picture; ///< of the page; null: stale
};

} // namespace telltale
